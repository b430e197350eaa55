//! In: one line that begins with `:::`. Out: a [`Fence`]: how many colons, which name, which attributes.

/// A line of colons, taken apart. All texts are slices of the line.
#[derive(Debug, PartialEq)]
pub(super) struct Fence<'a> {
    pub colons: usize,
    /// Empty on a closing line.
    pub name: &'a str,
    /// What stands between the braces.
    pub attributes: Option<&'a str>,
    pub fault: Option<FenceFault<'a>>,
}

/// What can be wrong with the form of a fence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FenceFault<'a> {
    /// White space before the first colon.
    Indented,
    /// White space between colons, name and brace.
    Spaced,
    /// No name where one belongs.
    Nameless(&'a str),
    /// The brace is never closed.
    OpenBrace,
    /// Text after the fence.
    Trailing(&'a str),
}

/// Takes a line apart if it is a fence: three colons or more, perhaps wrongly indented.
pub(super) fn read(line: &str) -> Option<Fence<'_>> {
    let trimmed = line.trim();
    let rest = trimmed.trim_start_matches(':');
    let colons = trimmed.len() - rest.len();
    if colons < 3 {
        return None;
    }
    let indented = line.starts_with(char::is_whitespace).then_some(FenceFault::Indented);
    let mut fence = Fence { colons, name: "", attributes: None, fault: None };
    let form = read_rest(rest, &mut fence);
    fence.fault = indented.or(form);
    Some(fence)
}

fn read_rest<'a>(rest: &'a str, fence: &mut Fence<'a>) -> Option<FenceFault<'a>> {
    if rest.is_empty() {
        return None;
    }
    let mut fault = rest.starts_with(char::is_whitespace).then_some(FenceFault::Spaced);
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    fence.name = &rest[..end];
    if end == 0 {
        return Some(FenceFault::Nameless(rest));
    }
    let after = rest[end..].trim_start();
    if after.starts_with('{') && after.len() < rest[end..].len() {
        fault = fault.or(Some(FenceFault::Spaced));
    }
    let Some(inside) = after.strip_prefix('{') else {
        return fault.or((!after.is_empty()).then_some(FenceFault::Trailing(after)));
    };
    let Some(close) = closing_brace(inside) else {
        fence.attributes = Some(inside);
        return Some(FenceFault::OpenBrace);
    };
    fence.attributes = Some(&inside[..close]);
    let trailing = inside[close + 1..].trim();
    fault.or((!trailing.is_empty()).then_some(FenceFault::Trailing(trailing)))
}

/// The byte at which the brace closes, outside quotation marks.
fn closing_brace(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '}' if !quoted => return Some(at),
            _ => {}
        }
    }
    // A quotation mark left open hides the brace: take the last one, and let the attributes say what is wrong.
    text.rfind('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fence(line: &str) -> Fence<'_> {
        read(line).unwrap_or_else(|| panic!("{line} is a fence"))
    }

    #[test]
    fn takes_a_fence_apart() {
        let whole = fence(r#"::::callout{tone=accent title="a } b"}"#);
        assert_eq!((whole.colons, whole.name, whole.fault), (4, "callout", None));
        assert_eq!(whole.attributes, Some(r#"tone=accent title="a } b""#));
        assert_eq!(fence(":::  ").name, "");
        assert_eq!(fence(":::page-break").fault, None);
    }

    #[test]
    fn two_colons_are_text() {
        assert_eq!(read(":: x"), None);
        assert_eq!(read("a :::"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn faults_of_form() {
        assert_eq!(fence("  :::toc").fault, Some(FenceFault::Indented));
        assert_eq!(fence("::: toc").fault, Some(FenceFault::Spaced));
        assert_eq!(fence(":::callout {tone=accent}").fault, Some(FenceFault::Spaced));
        assert_eq!(fence(":::callout{tone=accent").fault, Some(FenceFault::OpenBrace));
        assert_eq!(fence(":::callout Read this").fault, Some(FenceFault::Trailing("Read this")));
        assert_eq!(fence(":::toc{} x").fault, Some(FenceFault::Trailing("x")));
        assert_eq!(fence(":::{tone=accent}").fault, Some(FenceFault::Nameless("{tone=accent}")));
    }
}
