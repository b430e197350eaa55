//! What stands on each page of the fixture library's documents, in words: a change of the layout shows as a change of text.

mod support;

use std::fmt::Write as _;
use std::path::Path;

use collateral::layout::page::{ItemKind, Pages, TagKind};
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, lay_out};
use snapbox::{Assert, Data, data::DataFormat};
use support::workplace::Workplace;

/// A line for each run of glyphs: the structure it belongs to (`-` for decoration), where it stands (pt), its size and
/// its words. Shapes and images are counted.
fn sketch(pages: &Pages) -> String {
    let mut text = String::new();
    for page in &pages.pages {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "page {} ({} x {} pt)", page.label, page.width, page.height);
        let (mut shapes, mut images) = (0, 0);
        for item in &page.items {
            match &item.kind {
                ItemKind::Glyphs(run) => {
                    let tag = item.tag.map_or("-".to_string(), |tag| name(&pages.tags[tag.0].kind));
                    let _ = writeln!(text, "  {tag:<10} {:>5.0} {:>5.0} {:>5.1}  {}", run.x, run.y, run.size, run.text);
                }
                ItemKind::Path(_) => shapes += 1,
                ItemKind::Image { .. } => images += 1,
            }
        }
        let _ = writeln!(text, "  {shapes} shapes, {images} images, {} links", page.links.len());
    }
    for entry in &pages.outline {
        let _ = writeln!(text, "bookmark {} page {}: {}", entry.level, entry.page + 1, entry.title);
    }
    text
}

fn name(kind: &TagKind) -> String {
    format!("{kind:?}").split(['(', ' ']).next().unwrap_or_default().to_string()
}

fn check(template: &str) {
    check_in(&Workplace::new(), template, template);
}

/// Lays out a template of the library at a place and compares it with a snapshot.
fn check_in(place: &Workplace, template: &str, snapshot: &str) {
    let library =
        Library::load(Source::Folder(place.path().join("library")), Trust::Draft).expect("the fixture is sound");
    let date = jiff::civil::date(2026, 11, 23);
    let sets =
        ["client.name=Golden Crust Bakery", "client.size.vehicles=4", "rep.name=Ada Rep", "rep.phone=416-555-0100"];
    let order = Order { sets: sets.map(String::from).to_vec(), ..Order::new(template, date) };
    let laid_out = lay_out(&Engine::new(library), &order).expect("the fixture can be laid out");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{snapshot}.txt"));
    let expected = Data::read_from(&path, Some(DataFormat::Text));
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(Data::text(sketch(&laid_out.pages)), expected);
}

#[test]
fn a_proposal_is_laid_out_as_before() {
    check("letter");
}

#[test]
fn a_deck_is_laid_out_as_before() {
    check("slides");
}

#[test]
fn charts_are_laid_out_as_before() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/section/charts");
    check_in(&Workplace::for_case(&cases), "letter", "charts");
}
