//! In: the bytes of a property element as docx-rs writes it, and properties that it cannot write. Out: the element with
//! its children in the order of the schema (ECMA-376, 17.3–17.4), without empty ones.

/// Children of `w:pPr` in the order of CT_PPr.
const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:textAlignment",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
];

/// Children of `w:rPr` in the order of CT_RPr.
const RUN: &[&str] = &[
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:dstrike",
    "w:noProof",
    "w:vanish",
    "w:webHidden",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
    "w:bdr",
    "w:shd",
    "w:vertAlign",
    "w:rtl",
    "w:cs",
    "w:lang",
    "w:specVanish",
    "w14:numForm",
    "w14:numSpacing",
];

/// Children of `w:tblPr` in the order of CT_TblPr.
const TABLE: &[&str] = &[
    "w:tblStyle",
    "w:tblpPr",
    "w:tblOverlap",
    "w:bidiVisual",
    "w:tblW",
    "w:jc",
    "w:tblInd",
    "w:tblBorders",
    "w:shd",
    "w:tblLayout",
    "w:tblCellMar",
    "w:tblLook",
    "w:tblCaption",
    "w:tblDescription",
];

/// Children of `w:tcPr` in the order of CT_TcPr.
const CELL: &[&str] = &[
    "w:tcW",
    "w:gridSpan",
    "w:vMerge",
    "w:tcBorders",
    "w:shd",
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:tcFitText",
    "w:vAlign",
    "w:hideMark",
];

/// Edges in the order of `w:tcBorders`, `w:tcMar` and their kin.
const EDGES: &[&str] = &["w:top", "w:start", "w:left", "w:bottom", "w:end", "w:right", "w:insideH", "w:insideV"];

/// Puts the children of an element in the schema's order, `extra` (elements of the same kind) among them.
///
/// `None` for what is not one element.
pub fn normalised(element: &str, extra: &str) -> Option<String> {
    let open_end = element.find('>')?;
    let name: &str = element.get(1..)?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let inner = match element[..open_end].ends_with('/') {
        true => "",
        false => element.get(open_end + 1..element.rfind("</")?)?,
    };
    let order = order_of(name)?;
    let mut children: Vec<(usize, String)> = Vec::new();
    for child in split(inner)?.into_iter().chain(split(extra)?) {
        let name = name_of(child)?;
        let child = match order_of(name) {
            Some(_) => normalised(child, "")?,
            None => child.to_owned(),
        };
        if child.is_empty() {
            continue;
        }
        let rank = order.iter().position(|known| *known == name)?;
        // What is said last holds.
        match children.iter_mut().find(|(other, _)| *other == rank) {
            Some(known) => known.1 = child,
            None => children.push((rank, child)),
        }
    }
    if children.is_empty() {
        return Some(String::new());
    }
    children.sort_by_key(|(rank, _)| *rank);
    let children: String = children.into_iter().map(|(_, child)| child).collect();
    Some(format!("<{name}>{children}</{name}>"))
}

fn order_of(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "w:pPr" => PARAGRAPH,
        "w:rPr" => RUN,
        "w:tblPr" => TABLE,
        "w:tcPr" => CELL,
        "w:tcBorders" | "w:tblBorders" | "w:tcMar" | "w:tblCellMar" => EDGES,
        _ => return None,
    })
}

fn name_of(element: &str) -> Option<&str> {
    element.strip_prefix('<')?.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()
}

/// The elements of a well-formed piece without text between them.
fn split(xml: &str) -> Option<Vec<&str>> {
    let mut elements = Vec::new();
    let mut rest = xml.trim();
    while !rest.is_empty() {
        let end = end_of(rest)?;
        elements.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    Some(elements)
}

/// Where the first element ends.
fn end_of(xml: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let start = at + xml.get(at..)?.find('<')?;
        let end = start + xml[start..].find('>')? + 1;
        let tag = &xml[start..end];
        if tag.starts_with("</") {
            depth = depth.checked_sub(1)?;
        } else if !tag.ends_with("/>") {
            depth += 1;
        }
        if depth == 0 {
            return Some(end);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_stand_in_the_schemas_order() {
        let pr =
            r#"<w:pPr><w:rPr /><w:jc w:val="left" /><w:ind w:left="20" /><w:keepNext /><w:pStyle w:val="A" /></w:pPr>"#;
        let wanted =
            r#"<w:pPr><w:pStyle w:val="A" /><w:keepNext /><w:bidi/><w:ind w:left="20" /><w:jc w:val="left" /></w:pPr>"#;
        assert_eq!(normalised(pr, "<w:bidi/>").as_deref(), Some(wanted));
        assert_eq!(normalised("<w:rPr />", "").as_deref(), Some(""));
        assert_eq!(normalised("<w:rPr />", "<w:unknown/>"), None);
    }
}
