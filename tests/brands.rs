//! A second brand, with other colours, fonts, covers, furniture and languages, over the sample library's templates as
//! they are: the lock holds because nothing of a brand is in a template. Also: pages that run from right to left, and
//! words in several scripts.

mod support;

use std::path::{Path, PathBuf};

use collateral::diagnostic::Problems;
use collateral::document::model::{Align, Kind};
use collateral::export::Format;
use collateral::export::pdf::words_of;
use collateral::layout::fonts::Fonts;
use collateral::layout::look::Look;
use collateral::layout::page::{GlyphRun, ItemKind, Page, Pages};
use collateral::layout::text::Setter;
use collateral::layout::{Context, Meta};
use collateral::library::files::Source;
use collateral::library::template::PageFormat;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Generated, Order, generate, generate_as, lay_out};
use collateral::plan::Wishes;
use support::squeeze;
use support::workplace::copy;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the second brand over the sample library's templates, and templates of its own.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let own = root().join("tests/brands/tamar");
    copy(&root().join("templates"), &folder.path().join("templates"));
    copy(&own.join("templates"), &folder.path().join("templates"));
    copy(&own.join("brand"), &folder.path().join("brand"));
    for weight in ["Regular", "Bold"] {
        let font = format!("brand/fonts/NotoSansArabic-{weight}.ttf");
        std::fs::copy(root().join(&font), folder.path().join(&font)).expect("the sample brand has the font");
    }
    folder
}

/// The same with prices in Hebrew instead of the sample library's.
fn hebrew_folder() -> TempDir {
    let folder = folder();
    let book = root().join("tests/brands/tamar/pricebook.yaml");
    std::fs::copy(book, folder.path().join("templates/pricebook.yaml")).expect("the price book is there");
    folder
}

fn library(folder: &TempDir) -> Library {
    Library::load(Source::Folder(folder.path().to_path_buf()), Trust::Draft).expect("the second brand is sound")
}

fn order(template: &str, client: &Path, sets: &[&str]) -> Order {
    let date = jiff::civil::date(2026, 11, 23);
    // A client of unknown size asks for a segment.
    let of_unknown_size = client.ends_with("name-only.yaml");
    Order {
        client_file: Some(client.to_path_buf()),
        sets: sets.iter().map(|set| (*set).to_string()).collect(),
        wishes: Wishes { segment: of_unknown_size.then(|| "small".into()), ..Wishes::default() },
        ..Order::new(template, date)
    }
}

fn make(engine: &Engine, template: &str, client: &Path) -> Generated {
    let made = generate(engine, &order(template, client, &[]));
    made.unwrap_or_else(|problems| panic!("{template} for {}: {problems:#?}", client.display()))
}

fn sorted(folder: &str, keep: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| keep(path)).collect();
    paths.sort();
    paths
}

fn own_client(name: &str) -> PathBuf {
    root().join("tests/brands/tamar/clients").join(name)
}

#[test]
fn every_sample_document_is_drawn_in_a_second_brand_without_a_change() {
    let folder = folder();
    let engine = Engine::new(library(&folder));
    let templates = sorted("templates", |path| path.join("template.yaml").is_file());
    let clients = sorted("examples/clients", |path| path.extension().is_some_and(|ending| ending == "yaml"));
    assert!(templates.len() >= 4 && clients.len() >= 5);
    let sample = Library::load(Source::Folder(root().to_path_buf()), Trust::Draft).expect("the sample is sound");
    let sample = Engine::new(sample);
    let codes = |problems: &Problems| problems.0.iter().map(|problem| problem.code).collect::<Vec<_>>();
    let mut count = 0;
    for template in &templates {
        let id = template.file_name().and_then(|name| name.to_str()).expect("ids are plain");
        for client in &clients {
            let order = order(id, client, &[]);
            match (lay_out(&sample, &order), generate(&engine, &order)) {
                (Ok(_), Ok(made)) => {
                    let fonts = &made.laid_out.pages.fonts;
                    let foreign = |path: &str| path.contains("Lato") || path.contains("Manrope");
                    assert!(!fonts.iter().any(|font| foreign(&font.path)), "{id}");
                    count += 1;
                }
                // A template that lacks the client's language or a field of his is refused in any brand.
                (Err(before), Err(after)) => assert_eq!(codes(&before), codes(&after), "{id} {}", client.display()),
                (Ok(_), Err(problems)) => panic!("{id} for {}: {problems:#?}", client.display()),
                (Err(problems), Ok(_)) => panic!("only the sample brand refuses {id}: {problems:#?}"),
            }
        }
    }
    assert!(count >= 20, "{count} documents");
}

#[test]
fn every_cover_style_goes_with_every_motif() {
    let folders = [hebrew_folder(), folder()];
    let path = |folder: &TempDir| folder.path().join("brand/brand.yaml");
    let brand = std::fs::read_to_string(path(&folders[0])).expect("the brand can be read");
    let (style, motif, place) = ("style: split", "kind: arcs", "page_number: centre");
    assert!([style, motif, place].iter().all(|words| brand.contains(words)));
    let client = root().join("examples/clients/harbour.yaml");
    for other in ["field", "band", "split"] {
        for kind in ["alignment_lines", "bands", "arcs", "dots", "none"] {
            let changed = brand
                .replace(style, &format!("style: {other}"))
                .replace(motif, &format!("kind: {kind}"))
                .replace(place, if kind == "dots" { "page_number: end" } else { place });
            let [hebrew, english] = folders.each_ref().map(|folder| {
                std::fs::write(path(folder), &changed).expect("the brand can be written");
                Engine::new(library(folder))
            });
            // Read back: no ink outside the page, every word there.
            make(&hebrew, "hebrew-deck", &own_client("meridian-he.yaml"));
            let made = make(&english, "one-pager", &client);
            assert!(!made.laid_out.pages.pages.is_empty(), "{other} {kind}");
        }
    }
}

/// Runs of a page whose words hold `words`.
fn runs<'p>(page: &'p Page, words: &str) -> Vec<&'p GlyphRun> {
    let kinds = page.items.iter().map(|item| &item.kind);
    kinds
        .filter_map(|kind| if let ItemKind::Glyphs(run) = kind { Some(run) } else { None })
        .filter(|run| run.text.contains(words) && !run.glyphs.is_empty())
        .collect()
}

fn page_with<'p>(pages: &'p Pages, words: &str) -> &'p Page {
    pages.pages.iter().find(|page| !runs(page, words).is_empty()).unwrap_or_else(|| panic!("no page says `{words}`"))
}

/// The left and right end of the run that is `words`, else of the first that holds them.
fn ends(page: &Page, words: &str) -> (f32, f32) {
    let found = runs(page, words);
    let exact = found.iter().find(|run| run.text.trim() == words);
    let run = exact.or(found.first()).copied().unwrap_or_else(|| panic!("the page does not say `{words}`"));
    (run.x, run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>())
}

#[test]
fn the_hebrew_templates_use_every_directive_and_every_layout() {
    let mut all = String::new();
    for template in ["hebrew", "hebrew-deck"] {
        let folder = format!("tests/brands/tamar/templates/{template}/sections");
        for path in sorted(&folder, |_| true) {
            all += &std::fs::read_to_string(path).expect("a section can be read");
        }
    }
    let directives = [
        "callout",
        "columns",
        "column",
        "stats",
        "testimonial",
        "toc",
        "signature",
        "page-break",
        "timeline",
        "steps",
        "cards",
        "team",
        "editable",
        "acceptance",
        "pricing",
        "comparison",
        "case-study",
        "figure",
        "chart{type=bar",
        "chart{type=line",
        "chart{type=donut",
        "chart{type=waterfall",
    ];
    for directive in directives {
        assert!(all.contains(&format!(":::{directive}")), "no section uses {directive}");
    }
    let layouts = [
        "cover",
        "section",
        "content",
        "two-column",
        "big-number",
        "timeline",
        "team",
        "closing",
        "agenda",
        "testimonial",
        "comparison",
        "pricing",
    ];
    for layout in layouts {
        assert!(all.contains(&format!("layout: {layout}\n")), "no section has the layout {layout}");
    }
    assert!(all.contains("[^1]") && all.contains("![") && all.contains("| --- |"));
}

#[test]
fn a_proposal_that_runs_from_right_to_left_is_mirrored_whole() {
    let folder = hebrew_folder();
    let engine = Engine::new(library(&folder));
    let made = make(&engine, "hebrew", &own_client("meridian-he.yaml"));
    let pages = &made.laid_out.pages;
    // The brand's panel stands at the right of the cover, where reading begins; the client's name beside it.
    let cover = &pages.pages[0];
    assert!(ends(cover, "Samuel Osei").0 > cover.width * 0.64 && ends(cover, "דנה לוי").1 < cover.width * 0.64);
    // Side heads at the right of their words, both against their right edges; the number at the right of the title.
    let page = page_with(pages, "מה תקבלו");
    assert!(ends(page, "מה תקבלו").0 > ends(page, "חילוץ בדרך").1);
    // Figures in a row begin at the right.
    assert!(ends(page, "42%").0 > ends(page, "3.1").1 && ends(page, "3.1").0 > ends(page, "24/7").1);
    // The contents: number, title, page, from right to left.
    let page = page_with(pages, "ינואר");
    assert!(ends(page, "ינואר").0 > ends(page, "אוקטובר").1, "the first month stands at the right");
    // A table's columns run to the left, their figures against one right edge.
    let page = page_with(pages, "מה נמדד");
    assert!(ends(page, "מה נמדד").0 > ends(page, "היום").1 && ends(page, "היום").0 > ends(page, "הפרש").1);
    assert!((ends(page, "629").1 - ends(page, "2,461").1).abs() < 0.5);
    assert!((ends(page, "-42%").1 - ends(page, "-57%").1).abs() < 0.5);
    // A link's area lies on its words, a field before the one that is read after it.
    let page = page_with(pages, "tamar.example");
    let link = page.links.iter().find(|link| link.contents.contains("tamar.example")).expect("the link is there");
    let (left, right) = ends(page, "tamar.example");
    assert!((link.rect.x - left).abs() < 1.0 && (link.rect.x + link.rect.width - right).abs() < 1.0);
    let page = pages.pages.iter().find(|page| page.fields.len() > 2).expect("the agreement has fields");
    let at = |word: &str| page.fields.iter().find(|field| field.label.contains(word)).map(|field| field.rect);
    let (name, title) = (at("שם").expect("a name"), at("תפקיד").expect("a title"));
    assert!(name.x > title.x, "{name:?} {title:?}");
    // Prices: names at the right, sums at the left; figures of one column stand under each other on their decimal mark,
    // though one has a fraction and the other none.
    let page = page_with(pages, "חד־פעמי");
    assert!(ends(page, "סיור").0 > ends(page, "כמות").1 && ends(page, "כמות").0 > ends(page, "סכום").1);
    assert!((ends(page, "39,486.75").1 - ends(page, "33.15").1).abs() < 0.5);
    let (whole, fraction) = (ends(page, "85"), ends(page, "8.5"));
    let width = runs(page, "8.5")[0].glyphs.iter().take(1).map(|glyph| glyph.advance).sum::<f32>();
    assert!(whole.1 < fraction.1 && (whole.1 - (fraction.0 + width)).abs() < 0.5, "{whole:?} {fraction:?} {width}");
    // Us beside the questions, rivals to the left, in Hebrew; the figures of a case study at the right of its words.
    let page = page_with(pages, "איפה נעשית העבודה");
    assert!(ends(page, "איפה נעשית העבודה").0 > ends(page, "בחצר שלכם").1);
    assert!(ends(page, "בחצר שלכם").0 > ends(page, "סוכנות").1);
    let page = page_with(pages, "בעלת המאפייה");
    assert!(ends(page, "44").0 > ends(page, "בעלת המאפייה").1);
    // The head: logo at the right, the document's title at the left.
    let page = &pages.pages[1];
    assert!(ends(page, "הצעה לתחזוקת צי").1 < page.width / 2.0);
    assert!((ends(page, "מתוך").0 + ends(page, "מתוך").1 - page.width).abs() < 60.0, "the number is in the middle");
}

#[test]
fn slides_that_run_from_right_to_left_are_mirrored_whole() {
    let folder = hebrew_folder();
    let engine = Engine::new(library(&folder));
    let made = make(&engine, "hebrew-deck", &own_client("meridian-he.yaml"));
    let pages = &made.laid_out.pages;
    let before = |first: &str, second: &str| {
        let page = page_with(pages, first);
        assert!(ends(page, first).0 > ends(page, second).1, "`{first}` stands at the right of `{second}`");
    };
    before("העבודה שתכננו", "העצירה שאיש לא תכנן");
    before("השבתה", "חלק שחוק");
    before("הנתונים", "הנהגים");
    before("איפה", "אצל הסוכנות");
    before("איסוף", "בדיקה");
    before("נועה בר", "Samuel Osei");
    before("משאיות", "איתנו");
    before("איפה נעשית העבודה", "בחצר שלכם");
    before("עצירות לא מתוכננות בשנה", "בעלת המאפייה");
    before("סיור", "לפני מסים");
    // The slide's number at the left, the title against the right margin.
    for page in &pages.pages[2..4] {
        assert!(runs(page, "3").iter().chain(&runs(page, "4")).any(|run| run.x < page.width * 0.1));
    }
    let page = page_with(pages, "החצרות הקשות קודם");
    assert!(ends(page, "החצרות הקשות קודם").1 > page.width * 0.93);
}

#[test]
fn hebrew_latin_numbers_and_punctuation_are_read_back_in_the_order_they_were_written() {
    let folder = hebrew_folder();
    let engine = Engine::new(library(&folder));
    for template in ["hebrew", "hebrew-deck"] {
        let made = make(&engine, template, &own_client("meridian-he.yaml"));
        let words = squeeze(&words_of(made.bytes(Format::Pdf)).expect("our own file can be read"));
        let said = ["מרידיאן לוגיסטיקה (2018) בע״מ", "Senior Account Executive", "+972 4 555 0142"];
        let more: &[&str] = match template {
            "hebrew" => &[
                "(מנוע, בלמים או צמיגים)",
                "מערכת Northline Connect 2.0 שולחת קריאות (CAN bus, 24/7) לכתובת tamar.example, ואנו",
                "לפי רישומי השירות לשנת 2025, ב־31,400 כלי רכב.",
                "עלות לק״מ (₪)",
            ],
            _ => &["דבר לא נעשה ללא אישור מעל 500 ₪", "חברה אחת מתכננת, מבצעת ורושמת (ISO 9001)", "30 → 13"],
        };
        for words_said in said.iter().chain(more) {
            assert!(words.contains(&squeeze(words_said)), "{template} does not read `{words_said}`");
        }
    }
}

#[test]
fn numbers_and_latin_names_look_right_among_hebrew_words() {
    let folder = hebrew_folder();
    let engine = Engine::new(library(&folder));
    let made = make(&engine, "hebrew", &own_client("meridian-he.yaml"));
    let pages = &made.laid_out.pages;
    // A telephone number keeps its order on the rep's card and within a sentence.
    for page in pages.pages.iter().filter(|page| !runs(page, "0142").is_empty()) {
        for run in runs(page, "0142") {
            assert!(run.text.contains("+972 4 555 0142") && !run.right_to_left, "`{}` is torn", run.text);
        }
    }
    // A sign stands before its figure, and a range runs as it is said.
    let page = page_with(pages, "הפרש");
    assert!(runs(page, "-42%").iter().all(|run| !run.right_to_left));
    let signed = page_with(pages, "נמדדה");
    assert!(runs(signed, "-42%").iter().any(|run| !run.right_to_left), "within a sentence");
    // A Latin name keeps its last full stop.
    let order = order("hebrew", &own_client("meridian-he.yaml"), &["client.name=Harbour & Sons Ltd."]);
    let made = generate(&engine, &order).expect("the name is sound");
    let page = page_with(&made.laid_out.pages, "ממנה את");
    assert!(runs(page, "Sons Ltd.").iter().any(|run| !run.right_to_left), "the full stop went astray");
}

#[test]
fn an_arabic_name_stands_whole_in_an_english_document() {
    let folder = folder();
    let engine = Engine::new(library(&folder));
    let name = "شركة الميناء 2018";
    let set = format!("client.name={name}");
    let client = root().join("examples/clients/harbour.yaml");
    let made = generate(&engine, &order("proposal", &client, &[&set])).expect("the name is sound");
    let words = squeeze(&words_of(made.bytes(Format::Pdf)).expect("our own file can be read"));
    assert!(words.contains(&squeeze(&format!("{name} can gain about"))), "in the order in which it was typed");
    // The year belongs to the name: it stands at its left, and the English words go on to the right of both.
    let page = &made.laid_out.pages.pages[1];
    let (year, arabic, english) = (ends(page, "2018"), ends(page, "شركة"), ends(page, "can gain"));
    assert!(year.1 <= arabic.0 + 0.5 && english.0 >= arabic.1 - 0.5, "{year:?} {arabic:?} {english:?}");
}

/// What may not begin and what may not end a line of Japanese or Chinese (JIS X 4051, GB/T 15834).
const NEVER_FIRST: &str = "、。，．！？：；」』）】〕》ーっゃゅょッャュョ々";
const NEVER_LAST: &str = "「『（【〔《";

#[test]
fn japanese_and_chinese_lines_break_between_letters_but_not_before_their_punctuation() {
    let folder = folder();
    let library = library(&folder);
    let fonts = Fonts::new(&library.brand, &library).expect("the fonts can be read");
    let texts = [
        (
            "ja",
            "「停止した車両は、お金を生みません。」当社の技術者が、夜間と週末に貴社の倉庫で作業し、すべての記録を写真（一台ごと）で\
             残します。窓口は一人、電話番号も一つ。ちょっと、サーバーのデータ（CAN bus、24/7）から次の点検日を予定します！",
        ),
        ("zh", "車両（一台）、「安全」、「信頼」：中国語文字，行頭禁則。前後左右，正！安全？第一；第二。"),
    ];
    for (language, words) in texts {
        let meta = Meta { language: language.into(), locale: language.into(), ..Meta::default() };
        let cx = Context {
            brand: &library.brand,
            assets: &library,
            fonts: &fonts,
            kind: Kind::Proposal,
            page: PageFormat::A4,
            meta,
        };
        let mut setter = Setter::new(&cx);
        let style = Look::proposal(&library.brand).body;
        for width in 60..400 {
            let lines = setter.shape_str(words, &style).lines(width as f32, Align::Start);
            let set: Vec<String> = lines.lines.iter().map(|line| line.text()).collect();
            assert_eq!(squeeze(&set.concat()), squeeze(words), "every letter is there, in order");
            for line in &set {
                assert!(!line.starts_with(|c| NEVER_FIRST.contains(c)), "{width}: `{line}` begins with punctuation");
                assert!(
                    !line.trim_end().ends_with(|c| NEVER_LAST.contains(c)),
                    "{width}: `{line}` ends with a bracket"
                );
            }
            // Without spaces, lines are full all the same; a Latin word or a bracket of them goes to the next line whole.
            let room = lines.lines.iter().rev().skip(1).map(|line| width as f32 - line.width);
            assert!(room.fold(0.0, f32::max) < style.size * 6.0, "{width}: {set:?}");
        }
        setter.finish().expect("the fallback font has every letter");
    }
}

#[test]
fn a_japanese_document_is_set_in_the_fallback_font_and_read_back() {
    let folder = folder();
    let engine = Engine::new(library(&folder));
    let made = make(&engine, "japanese", &own_client("yamada-ja.yaml"));
    let words = squeeze(&words_of(made.bytes(Format::Pdf)).expect("our own file can be read"));
    for said in
        ["株式会社山田物流", "Northline Connect 2.0のデータ（CAN bus、24/7）から", "準備：車両の一覧", "2026年11月23日"]
    {
        assert!(words.contains(&squeeze(said)), "`{said}` is not read");
    }
    assert!(made.laid_out.pages.fonts.iter().any(|font| font.path.contains("ZenKakuGothicNew")));
}

/// Word files of the second brand, from right to left, and in Japanese: each verifies, locked and unlocked.
#[test]
fn word_files_of_a_second_brand_verify() {
    let harbour = root().join("examples/clients/harbour.yaml");
    let plain = Engine::new(library(&folder()));
    let own = Engine::new(library(&hebrew_folder()));
    let (hebrew, japanese) = (own_client("meridian-he.yaml"), own_client("yamada-ja.yaml"));
    let orders = [
        (&plain, "proposal", &harbour),
        (&plain, "pitch-deck", &harbour),
        (&plain, "one-pager", &harbour),
        (&own, "hebrew", &hebrew),
        (&own, "hebrew-deck", &hebrew),
        (&own, "japanese", &japanese),
    ];
    for (engine, template, client) in orders {
        let made = generate_as(engine, &order(template, client, &[]), &[Format::Docx]);
        let made = made.unwrap_or_else(|problems| panic!("{template}: {problems:?}"));
        support::word::assert_verifies(template, made.bytes(Format::Docx));
    }
}
