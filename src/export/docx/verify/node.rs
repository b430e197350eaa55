//! In: the XML of a part. Out: its elements, with names that do not depend on the prefixes that the part declares.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::export::docx::reader::referred;

/// The most elements of a part: each takes about a hundred bytes. A document of 500 pages has about 300,000.
const MOST_ELEMENTS: usize = 3_000_000;
/// The most attributes of an element. Those of shapes have about 25.
const MOST_ATTRIBUTES: usize = 100;
/// The deepest nesting. Documents have about 40 levels.
const DEEPEST: usize = 128;

/// The namespaces that are known, with the prefixes that are used for them here.
const KNOWN: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", "wpg"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", "wp14"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("http://schemas.microsoft.com/office/drawing/2016/SVG/main", "asvg"),
    ("http://schemas.microsoft.com/office/drawing/2017/decorative", "adec"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("urn:schemas-microsoft-com:office:word", "w10"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "custom"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", "vt"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
];
/// The prefix of every other namespace.
const FOREIGN: &str = "?";

/// Elements that occur once in their parent: programs differ in which of two they follow.
const SINGLE: &[&str] = &[
    "w:rPr",
    "w:pPr",
    "w:tcPr",
    "w:trPr",
    "w:tblPr",
    "w:sdtPr",
    "w:sdtContent",
    "w:numPr",
    "w:pStyle",
    "w:rStyle",
    "w:color",
    "w:sz",
    "w:rFonts",
    "w:spacing",
    "w:basedOn",
    "a:xfrm",
    "a:off",
    "a:ext",
    "wp:extent",
    "wp:docPr",
    "a:graphic",
    "wps:spPr",
    "wps:txbx",
    "a:pathLst",
    "pic:spPr",
    "pic:blipFill",
    "a:blip",
];

/// An element.
#[derive(Debug, Clone)]
pub struct Element<'x> {
    /// `prefix:local`, the prefix from the table of known namespaces; a foreign one is `?`.
    pub name: Cow<'x, str>,
    /// Names as those of elements; one without a namespace has no prefix.
    attributes: Vec<(Cow<'x, str>, Cow<'x, str>)>,
    pub children: Vec<Child<'x>>,
}

/// The content of an element.
#[derive(Debug, Clone)]
pub enum Child<'x> {
    Element(Element<'x>),
    Text(Cow<'x, str>),
}

impl<'x> Element<'x> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// The value of `w:val`.
    pub fn val(&self) -> Option<&str> {
        self.get("w:val")
    }

    /// True for a switch that is on: present without a value, or with one that is not false.
    pub fn is_on(&self) -> bool {
        !matches!(self.val(), Some("0" | "false" | "off"))
    }

    /// True where both elements are empty, and have the same name and attributes.
    fn says_the_same(&self, other: &Self) -> bool {
        let empty = self.children.is_empty() && other.children.is_empty();
        empty && self.name == other.name && self.attributes == other.attributes
    }

    /// The elements within.
    pub fn elements(&self) -> impl Iterator<Item = &Element<'x>> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element of a name within.
    pub fn child(&self, name: &str) -> Option<&Element<'x>> {
        self.elements().find(|element| element.name == name)
    }

    /// The text within, without that of inner elements.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_ref()),
            Child::Element(_) => None,
        });
        texts.collect()
    }

    /// Adds the text of every `w:t` within, white space aside.
    pub fn add_words(&self, words: &mut String) {
        if self.name == "w:t" {
            words.extend(self.text().split_whitespace());
        }
        self.elements().for_each(|element| element.add_words(words));
    }

    /// True where an element of this name or with such an attribute is anywhere within.
    pub fn any(&self, test: &dyn Fn(&Element<'x>) -> bool) -> bool {
        test(self) || self.elements().any(|element| element.any(test))
    }
}

/// Prefixes that are declared, innermost last: the depth, the declared prefix, and the prefix that is used here.
type Scope = Vec<(usize, String, &'static str)>;

/// Reads a part; `None` for what is not well-formed, too deep or too large.
pub fn read(bytes: &[u8]) -> Option<Element<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element<'_>> = Vec::new();
    let mut root = None;
    let mut scope: Scope = vec![(0, "xml".to_owned(), "xml")];
    let mut count = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEEPEST || count > MOST_ELEMENTS || root.is_some() {
                    return None;
                }
                open.push(element(&start, open.len() + 1, &mut scope)?);
            }
            Event::Empty(start) => {
                count += 1;
                if count > MOST_ELEMENTS || root.is_some() {
                    return None;
                }
                let depth = open.len() + 1;
                let element = element(&start, depth, &mut scope)?;
                close(element, depth, &mut open, &mut root, &mut scope)?;
            }
            Event::End(_) => {
                let depth = open.len();
                let element = open.pop()?;
                close(element, depth, &mut open, &mut root, &mut scope)?;
            }
            Event::Text(text) => {
                let text = text.decode().ok()?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(Child::Text(Cow::Owned(text.into_owned()))),
                    None if text.trim().is_empty() => {}
                    None => return None,
                }
            }
            Event::GeneralRef(name) => {
                open.last_mut()?.children.push(Child::Text(Cow::Owned(referred(&name)?.to_string())));
            }
            Event::CData(_) | Event::DocType(_) | Event::PI(_) => return None,
            // Programs that believe another encoding would read other words.
            Event::Decl(declaration) => match declaration.encoding() {
                None => {}
                Some(Ok(name)) if name.eq_ignore_ascii_case(b"utf-8") => {}
                Some(_) => return None,
            },
            Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if open.is_empty() { root } else { None }
}

fn close<'x>(
    element: Element<'x>,
    depth: usize,
    open: &mut [Element<'x>],
    root: &mut Option<Element<'x>>,
    scope: &mut Scope,
) -> Option<()> {
    while scope.last().is_some_and(|(at, ..)| *at >= depth) {
        scope.pop();
    }
    match open.last_mut() {
        Some(parent) => {
            // Extensions are a list of elements that are named like a size.
            let single = SINGLE.contains(&element.name.as_ref()) && parent.name != "a:extLst";
            match parent.child(&element.name).filter(|_| single) {
                None => parent.children.push(Child::Element(element)),
                // LibreOffice writes some properties twice; programs do not differ where both say the same.
                Some(first) => first.says_the_same(&element).then_some(())?,
            }
        }
        None => *root = Some(element),
    }
    Some(())
}

/// Reads a start tag and what it declares.
fn element<'x>(start: &BytesStart<'_>, depth: usize, scope: &mut Scope) -> Option<Element<'x>> {
    let mut attributes = Vec::new();
    // The check for duplicates follows when the prefixes are known.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        if attributes.len() >= MOST_ATTRIBUTES {
            return None;
        }
        let name = std::str::from_utf8(attribute.key.into_inner()).ok()?;
        let value = crate::export::docx::reader::unescaped(&attribute.value)?;
        match name.strip_prefix("xmlns") {
            Some("") => scope.push((depth, String::new(), known(&value))),
            Some(prefix) if prefix.starts_with(':') => scope.push((depth, prefix[1..].to_owned(), known(&value))),
            _ => attributes.push((name.to_owned(), value)),
        }
    }
    let qualified = start.name().into_inner();
    let name = std::str::from_utf8(qualified).ok()?;
    let attributes = attributes.into_iter().map(|(name, value)| {
        let name = if name.contains(':') { canonical(&name, scope)? } else { name };
        Some((Cow::Owned(name), Cow::Owned(value)))
    });
    let attributes: Vec<(Cow<'x, str>, Cow<'x, str>)> = attributes.collect::<Option<_>>()?;
    let twice = (1..attributes.len())
        .any(|at| attributes[..at].iter().any(|(name, _)| *name == attributes[at].0 && !name.starts_with(FOREIGN)));
    (!twice).then_some(())?;
    Some(Element { name: Cow::Owned(canonical(name, scope)?), attributes, children: Vec::new() })
}

fn known(uri: &str) -> &'static str {
    KNOWN.iter().find(|(known, _)| *known == uri).map_or(FOREIGN, |(_, prefix)| prefix)
}

/// A name with the prefix that is used for its namespace; `None` for a prefix that is not declared.
fn canonical(name: &str, scope: &Scope) -> Option<String> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let found = scope.iter().rev().find(|(_, known, _)| known == prefix).map(|(.., known)| *known);
    match found {
        Some(known) => Some(format!("{known}:{local}")),
        None if prefix.is_empty() => Some(local.to_owned()),
        None => None,
    }
}
