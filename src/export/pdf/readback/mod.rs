//! In: the bytes of a finished PDF and what it should hold. Out: nothing, or everything that is wrong with it.
//!
//! Guarantee 2: no file is kept that does not say what its document says. This reader shares no code with the writer,
//! and reads only what the writer writes: anything else in the file is a fault too.
//!
//! | Code | Meaning |
//! |---|---|
//! | E010 | the words differ |
//! | E011 | a page is blank |
//! | E012 | ink lies outside a page |
//! | E013 | a font is not embedded |
//! | E014 | a glyph is missing |
//! | E015 | the file cannot be read back |

mod file;
pub(super) mod filters;
mod fonts;
mod page;
pub(super) mod syntax;
#[cfg(test)]
mod tests;
mod words;

use std::num::NonZero;

pub use self::file::File;
use self::fonts::FontText;
use self::page::{Fault, Shown};
use self::syntax::Dict;
pub use self::syntax::Object;
pub use self::words::difference;
use super::content::groups;
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::layout::page::{Pages, TagId};
use crate::library::parallel;

/// A page's content is never larger.
const LARGEST_PAGE: u64 = 32 << 20;

/// Reads a finished file and compares it with the pages and words that it was made of.
///
/// `expected_words` are the document's words in reading order; white space does not count.
///
/// # Errors
/// `E010`–`E015`, see the table above: every problem found.
pub fn read_back(bytes: &[u8], pages: &Pages, expected_words: &str) -> Checked<()> {
    read_back_on(NonZero::<usize>::MIN, bytes, pages, expected_words)
}

/// The same on up to so many threads.
///
/// # Errors
/// Those of [`read_back`].
pub fn read_back_on(threads: NonZero<usize>, bytes: &[u8], pages: &Pages, expected_words: &str) -> Checked<()> {
    let mut problems = Problems::default();
    if compare(threads, bytes, pages, expected_words, &mut problems).is_none() && problems.0.is_empty() {
        problems.0.push(
            Diagnostic::error("E015", "the finished PDF cannot be read back")
                .help("this is a fault in collateral; please report it with the template and the client file"),
        );
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

/// The tagged words of a finished file in structure order, those that layout made included.
///
/// # Errors
/// `E015` for a file that is not one of ours.
pub fn words_of(bytes: &[u8]) -> Checked<String> {
    let read = || {
        let file = File::open(bytes)?;
        let catalog = file.catalog()?;
        let numbers = page_numbers(&file, catalog.dict()?)?;
        let (shown, _) = read_pages(NonZero::<usize>::MIN, &file, &numbers)?;
        let generated: Vec<Vec<bool>> = shown.iter().map(|page| vec![false; page.sequences.len()]).collect();
        let tree = file.value(catalog.dict()?, "StructTreeRoot")?;
        let mut gather =
            words::Gather { file: &file, pages: &numbers, shown: &shown, generated: &generated, words: String::new() };
        gather.walk(tree.dict()?.get("K")?, None, 0)?;
        Some(gather.words)
    };
    read().ok_or_else(|| {
        Diagnostic::error("E015", "the PDF cannot be read back").help("name a PDF as collateral has written it").into()
    })
}

/// `None` where the file is not built as expected.
fn compare(
    threads: NonZero<usize>,
    bytes: &[u8],
    pages: &Pages,
    expected: &str,
    problems: &mut Problems,
) -> Option<()> {
    let file = File::open(bytes)?;
    let catalog = file.catalog()?;
    let catalog = catalog.dict()?;
    let numbers = page_numbers(&file, catalog)?;
    if numbers.len() != pages.pages.len() {
        return None;
    }
    let (shown, cache) = read_pages(threads, &file, &numbers)?;
    shown.iter().enumerate().for_each(|(index, page)| page_problems(page, index, problems));
    cache.problems(problems);
    let tree = file.value(catalog, "StructTreeRoot")?;
    let mut gather = words::Gather {
        file: &file,
        pages: &numbers,
        shown: &shown,
        generated: &generated(pages),
        words: String::with_capacity(expected.len()),
    };
    gather.walk(tree.dict()?.get("K")?, None, 0)?;
    if let Some((found, wanted)) = words::difference(&gather.words, expected) {
        let message = format!("the finished PDF reads `{found}` where the document says `{wanted}`");
        problems.0.push(
            Diagnostic::error("E010", message)
                .help("this is a fault in collateral; please report it with the template and the client file"),
        );
    }
    Some(())
}

fn page_numbers(file: &File<'_>, catalog: &Dict<'_>) -> Option<Vec<u32>> {
    let tree = file.object(catalog.get("Pages")?.reference()?)?;
    let kids = file.value(tree.dict()?, "Kids")?;
    kids.array()?.iter().map(Object::reference).collect()
}

/// The fonts of a page by their names in its resources.
type FontSet<'a> = Vec<(&'a [u8], FontText)>;

/// Fonts by the object that a page takes them from: usually all pages share one.
#[derive(Default)]
struct FontCache<'a> {
    sets: Vec<(Object<'a>, FontSet<'a>)>,
}

impl<'a> FontCache<'a> {
    fn index(&mut self, file: &'a File<'a>, resource: &Object<'a>) -> Option<usize> {
        if let Some(index) = self.sets.iter().position(|(known, _)| known == resource) {
            return Some(index);
        }
        let Some(Object::Dict(fonts)) = file.resolve(resource) else { return None };
        let read = |(name, font): (&'a [u8], Object<'a>)| {
            let font = file.resolve(&font)?;
            Some((name, FontText::read(file, font.dict()?)?))
        };
        let set = fonts.0.into_iter().map(read).collect::<Option<Vec<_>>>()?;
        self.sets.push((resource.clone(), set));
        Some(self.sets.len() - 1)
    }

    fn problems(&self, problems: &mut Problems) {
        for (_, font) in self.sets.iter().flat_map(|(_, set)| set).filter(|(_, font)| !font.embedded) {
            let message = format!("the font `{}` is not embedded in the finished PDF", font.name);
            problems.0.push(
                Diagnostic::error("E013", message)
                    .help("put a static TrueType file of the family under brand/fonts/ and name it in brand.yaml"),
            );
        }
    }
}

/// Reads what every page shows, and the fonts that it is shown in.
fn read_pages<'a>(threads: NonZero<usize>, file: &'a File<'a>, numbers: &[u32]) -> Option<(Vec<Shown>, FontCache<'a>)> {
    let mut cache = FontCache::default();
    let frames = numbers.iter().map(|number| frame(file, *number, &mut cache)).collect::<Option<Vec<_>>>()?;
    let shown = parallel::map_on(threads, &frames, |frame| {
        let (_, content) = file.stream(frame.content, LARGEST_PAGE)?;
        page::read(&content, frame.area, &cache.sets[frame.fonts].1)
    });
    Some((shown.into_iter().collect::<Option<_>>()?, cache))
}

/// What a page is besides its content.
struct Frame {
    /// Index in the cache.
    fonts: usize,
    area: [f64; 4],
    /// The number of the content stream.
    content: u32,
}

fn frame<'a>(file: &'a File<'a>, number: u32, cache: &mut FontCache<'a>) -> Option<Frame> {
    let Some(Object::Dict(page)) = file.object(number) else { return None };
    let Some(Object::Dict(resources)) = file.value(&page, "Resources") else { return None };
    let fonts = match resources.get("Font") {
        Some(fonts) => cache.index(file, fonts)?,
        None => return None,
    };
    let area: Vec<f64> = page.get("MediaBox")?.array()?.iter().map(Object::number).collect::<Option<_>>()?;
    Some(Frame { fonts, area: area.try_into().ok()?, content: page.get("Contents")?.reference()? })
}

fn page_problems(shown: &Shown, index: usize, problems: &mut Problems) {
    let page = index + 1;
    if !shown.ink {
        problems.0.push(
            Diagnostic::error("E011", format!("page {page} of the finished PDF is blank"))
                .help("take out the section or the page break that leaves it empty"),
        );
    }
    for fault in &shown.faults {
        problems.0.push(match fault {
            Fault::Outside => {
                Diagnostic::error("E012", format!("something lies outside page {page} of the finished PDF"))
                    .help("shorten the longest word or line on that page, or make the picture smaller")
            }
            Fault::MissingGlyph => Diagnostic::error(
                "E014",
                format!("page {page} of the finished PDF shows a character that its font lacks"),
            )
            .help("name a fallback family for its script in brand.yaml"),
        });
    }
}

/// Says for each marked sequence whether its words were made by layout instead of written by an author.
fn generated(pages: &Pages) -> Vec<Vec<bool>> {
    let made = |tag: TagId| {
        std::iter::successors(Some(tag), |tag| pages.tags[tag.0].parent).any(|tag| pages.tags[tag.0].generated)
    };
    let of_page =
        |page: &crate::layout::page::Page| groups(&page.items).filter_map(|group| group[0].tag).map(made).collect();
    pages.pages.iter().map(of_page).collect()
}
