//! In: the XML of blocks that hold fields. Out: the same with the words around the fields in locked controls of their own,
//! since a field within a locked control could not be filled in.

/// Puts what `lock` makes of them in the place of the runs that stand in no control, paragraph by paragraph; XML that is
/// not as the writer writes it stays as it is.
pub fn locked_around(xml: &str, lock: &mut impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(xml.len() * 2);
    let mut rest = xml;
    while let Some((element, after)) = first(rest) {
        match element.name {
            "w:p" => in_paragraph(element, &mut out, lock),
            "w:tbl" | "w:tr" | "w:tc" => {
                out.push_str(element.open);
                out.push_str(&locked_around(element.inner, lock));
                out.push_str(element.close);
            }
            _ => element.push_to(&mut out),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The same for a paragraph: what stands between two controls is locked as one.
fn in_paragraph(paragraph: Element<'_>, out: &mut String, lock: &mut impl FnMut(&str) -> String) {
    let mut flush = |runs: &mut String, out: &mut String| {
        let says = runs.contains("<w:t ") || runs.contains("<w:t>") || runs.contains("<w:drawing");
        out.push_str(&if says { lock(runs) } else { std::mem::take(runs) });
        runs.clear();
    };
    out.push_str(paragraph.open);
    let (mut runs, mut rest) = (String::new(), paragraph.inner);
    while let Some((element, after)) = first(rest) {
        match element.name {
            "w:pPr" => element.push_to(out),
            "w:sdt" => {
                flush(&mut runs, out);
                element.push_to(out);
            }
            _ => element.push_to(&mut runs),
        }
        rest = after;
    }
    flush(&mut runs, out);
    out.push_str(rest);
    out.push_str(paragraph.close);
}

/// An element: its tags and what stands between them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Element<'x> {
    name: &'x str,
    open: &'x str,
    inner: &'x str,
    close: &'x str,
}

impl Element<'_> {
    fn push_to(self, out: &mut String) {
        for part in [self.open, self.inner, self.close] {
            out.push_str(part);
        }
    }
}

/// The element that some XML begins with, and what follows it; none where no element stands there whole.
fn first(xml: &str) -> Option<(Element<'_>, &str)> {
    let end = xml.find('>')? + 1;
    let (open, rest) = xml.split_at(end);
    let head = open.strip_prefix('<')?;
    let name = &head[..head.find([' ', '/', '>'])?];
    if name.is_empty() {
        return None;
    }
    if open.ends_with("/>") {
        return Some((Element { name, open, inner: "", close: "" }, rest));
    }
    let (mut depth, mut at) = (1, 0);
    loop {
        // `<` begins a tag: in words and values it is written otherwise.
        at += rest[at..].find('<')? + 1;
        let tag = &rest[at..];
        let (closes, name_on) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let Some(after) = name_on.strip_prefix(name).filter(|after| after.starts_with([' ', '>', '/'])) else {
            continue;
        };
        let length = tag.len() - after.len() + after.find('>')? + 1;
        if closes {
            depth -= 1;
        } else if !tag[..length].ends_with("/>") {
            depth += 1;
        }
        if depth == 0 {
            let (inner, close) = (&rest[..at - 1], &rest[at - 1..at + length]);
            return Some((Element { name, open, inner, close }, &rest[at + length..]));
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(xml: &str) -> String {
        locked_around(xml, &mut |runs| format!("[{runs}]"))
    }

    #[test]
    fn words_around_controls_are_locked_and_nothing_else_is_touched() {
        let field = "<w:sdt><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>";
        let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
        let paragraph = |inner: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"A\" /></w:pPr>{inner}</w:p>");
        let cell = |inner: &str| format!("<w:tbl><w:tr><w:tc><w:tcPr/>{inner}</w:tc></w:tr></w:tbl>");
        let (a, b) = (run("a"), run("b"));
        let before = cell(&format!("{}{}", paragraph(&format!("{a}{b}{field}{b}")), cell(&paragraph(&a))));
        let after =
            cell(&format!("{}{}", paragraph(&format!("[{a}{b}]{field}[{b}]")), cell(&paragraph(&format!("[{a}]")))));
        assert_eq!(around(&before), after);
        // What says nothing, and what stands in a control with its paragraphs, stays.
        let whole = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph(&a));
        let still = format!("{}{whole}<w:bookmarkStart w:id=\"1\"/>", paragraph("<w:r><w:br/></w:r>"));
        assert_eq!(around(&still), still);
    }

    #[test]
    fn a_box_within_a_paragraph_is_locked_with_it() {
        let inner = "<w:p><w:pPr /><w:r><w:t>a</w:t></w:r></w:p>";
        let drawn = format!("<w:r><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></w:r>");
        assert_eq!(around(&format!("<w:p>{drawn}</w:p>")), format!("<w:p>[{drawn}]</w:p>"));
    }

    #[test]
    fn what_is_not_whole_stays() {
        for xml in ["", "words", "<w:p><w:r>", "<", "<>", "</w:p>", "<w:p", "<w:p><w:r></w:p>"] {
            assert_eq!(around(xml), xml);
        }
    }
}
