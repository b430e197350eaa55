//! In: a link's address with value tokens. Out: a [`LinkTarget`] that is safe to open, or why it is not.
//!
//! A value may fill a part of an address or be the whole of it, but never decides by parts where a link leads: within
//! an address every character of a value that could have a meaning there is percent-encoded (RFC 3986, 2.1).

use super::model::LinkTarget;
use super::tokens::{Piece, Values, has_value};
use crate::diagnostic::Diagnostic;
use crate::source::contact::{dialled, is_email};

const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];
const FIX: &str = "write `https://…`, `mailto:…`, `tel:…`, or `#section-id` for a section of this document";

/// Reads the address of a link.
///
/// # Errors
/// D070 for an address that marketing wrote and D071 for one that a value spoils.
pub(super) fn target(url: &str, values: &Values) -> Result<LinkTarget, Diagnostic> {
    if let Some(id) = url.strip_prefix('#') {
        return section(id);
    }
    let pieces = values.pieces(url);
    let shown = values.plain(url);
    let (scheme, from_value) = match pieces.first() {
        None => return Err(Diagnostic::error("D070", "a link has no address").help(FIX)),
        Some(Piece::Words(words)) => (scheme_of(words), false),
        Some(Piece::Value(value)) => (scheme_of(value), true),
    };
    let code = if has_value(url) { "D071" } else { "D070" };
    let Some(scheme) = scheme else {
        let problem = Diagnostic::error(code, format!("`{shown}` does not say what kind of address it is"));
        return Err(match from_value {
            true => problem.help("begin the link with `https://`, or give the value with it"),
            false => problem.help(FIX),
        });
    };
    if !SCHEMES.contains(&scheme.as_str()) {
        return Err(Diagnostic::error(code, format!("a link cannot lead to `{scheme}:`")).help(FIX));
    }
    if let "mailto" | "tel" = scheme.as_str() {
        return contact(&scheme, &shown)
            .map_err(|(what, fix)| Diagnostic::error(code, format!("`{shown}` {what}")).help(fix));
    }
    let mut address = Address { scheme, text: String::new() };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => address.push_uri(words),
            Piece::Value(value) if index == 0 => address.push_uri(value),
            Piece::Value(value) => address.push_value(value),
        }
    }
    address.check().map_err(|what| Diagnostic::error(code, format!("`{shown}` {what}")).help(FIX))
}

/// A link to one address or one number and nothing else: headers, further receivers and extensions would do what no
/// reader sees.
fn contact(scheme: &str, whole: &str) -> Result<LinkTarget, (&'static str, &'static str)> {
    let rest = whole.get(scheme.len() + 1..).unwrap_or_default();
    if scheme == "tel" {
        let number = dialled(rest)
            .ok_or(("is not one telephone number", "write `tel:` and one number, such as `tel:+1-416-555-0142`"))?;
        return Ok(LinkTarget::Uri(format!("tel:{number}")));
    }
    if !is_email(rest) {
        return Err(("is not one e-mail address", "write `mailto:` and one address, such as `mailto:jo@example.com`"));
    }
    let mut address = Address { scheme: scheme.to_owned(), text: "mailto:".into() };
    address.push_value(rest);
    Ok(LinkTarget::Uri(address.text))
}

fn section(id: &str) -> Result<LinkTarget, Diagnostic> {
    if has_value(id) {
        return Err(Diagnostic::error("D071", "a value cannot name a section").help("write the section's id"));
    }
    if id.is_empty() {
        return Err(Diagnostic::error("D070", "`#` names no section").help("write `#` and the section's id"));
    }
    Ok(LinkTarget::Section(id.to_owned()))
}

/// The scheme that a text begins with, in lower case (RFC 3986, 3.1).
fn scheme_of(text: &str) -> Option<String> {
    let (scheme, _) = text.split_once(':')?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (first && rest).then(|| scheme.to_ascii_lowercase())
}

/// An address while it is put together.
struct Address {
    scheme: String,
    text: String,
}

impl Address {
    fn is_web(&self) -> bool {
        self.scheme.starts_with("http")
    }

    /// Adds text that may use all of an address's own characters.
    fn push_uri(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for (at, c) in text.char_indices() {
            let is_escape = c == '%' && bytes.len() > at + 2 && bytes[at + 1..at + 3].iter().all(u8::is_ascii_hexdigit);
            match c {
                _ if c.is_ascii_alphanumeric() || is_escape => self.text.push(c),
                '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '\'' | '(' | ')' | '*'
                | '+' | ',' | ';' | '=' => self.text.push(c),
                _ => self.escape(c),
            }
        }
    }

    /// Adds a value as mere data.
    fn push_value(&mut self, value: &str) {
        let in_host = self.is_web() && self.rest().and_then(host_end).is_some_and(|end| end.is_none());
        for c in value.chars() {
            match c {
                _ if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') => self.text.push(c),
                ':' if in_host => self.text.push(c),
                '@' if self.scheme == "mailto" => self.text.push(c),
                '+' if !self.is_web() => self.text.push(c),
                _ => self.escape(c),
            }
        }
    }

    fn escape(&mut self, c: char) {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            self.text.push_str(&format!("%{byte:02X}"));
        }
    }

    /// What follows the scheme and its colon.
    fn rest(&self) -> Option<&str> {
        self.text.get(self.scheme.len() + 1..)
    }

    fn check(self) -> Result<LinkTarget, &'static str> {
        let rest = self.rest().unwrap_or_default();
        match host_fault(rest) {
            Some(fault) => Err(fault),
            None => Ok(LinkTarget::Uri(self.text)),
        }
    }
}

/// Where the host of `//host/…` ends: `Some(None)` where it reaches to the end, `None` where there is no `//`.
fn host_end(rest: &str) -> Option<Option<usize>> {
    Some(rest.strip_prefix("//")?.find(['/', '?', '#']))
}

fn host_fault(rest: &str) -> Option<&'static str> {
    let Some(end) = host_end(rest) else { return Some("lacks `//` after its scheme") };
    let host = &rest[2..end.map_or(rest.len(), |end| end + 2)];
    if host.contains('@') {
        return Some("has a name before its host, which hides where it leads");
    }
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'_'));
    let named = host.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!plain || !named).then_some("has no host name in plain letters")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::token;
    use crate::document::tokens::Line;

    fn read(url: &str) -> Result<String, String> {
        let mut values = Values::default();
        let Line::Text(url) = values.take(url, &mut Vec::new()) else { panic!("a block?") };
        match target(&url, &values) {
            Ok(LinkTarget::Uri(uri)) => Ok(uri),
            Ok(LinkTarget::Section(id)) => Ok(format!("section {id}")),
            Err(problem) => Err(problem.message),
        }
    }

    fn good(url: &str, expected: &str) {
        assert_eq!(read(url).as_deref(), Ok(expected), "{url}");
    }

    #[test]
    fn addresses_that_marketing_wrote() {
        good("https://northline.example/a?b=c#d", "https://northline.example/a?b=c#d");
        good("HTTPS://northline.example", "HTTPS://northline.example");
        good("https://northline.example/été x%20y%", "https://northline.example/%C3%A9t%C3%A9%20x%20y%25");
        good("mailto:a@b.example", "mailto:a@b.example");
        good("MailTo:a@b.example", "mailto:a@b.example");
        good("tel:+1-416-555-0100", "tel:+14165550100");
        good("#risks", "section risks");
    }

    #[test]
    fn addresses_that_lead_nowhere_safe() {
        for url in [
            "",
            "#",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "www.x.example",
            "pricing.md",
            "//x.example",
            "https:",
            "https://",
            "https:///x",
            "https:x",
            "mailto:",
            "mailto:x",
            "mailto:a@b.example?bcc=c@d.example",
            "mailto:?to=a@b.example",
            "mailto:a@b.example,c@d.example",
            "mailto:a@b.example;c@d.example",
            "mailto:a@b.example%2Cc@d.example",
            "mailto:a%40b.example",
            "mailto:a@b.example%0ABcc:c@d.example",
            "mailto:a@b.example#x",
            "mailto:Ann<a@b.example>",
            "tel:+14165550100;ext=12",
            "tel:+14165550100;phone-context=example.com",
            "tel:+1416555,12",
            "tel:1-800-CARE",
            "tel:+14165550100?x=1",
            "tel:%2B14165550100",
            "tel:",
            "tel:x",
            "https://northline.example@evil.example/",
            "https://münchen.example/",
            "https:\\\\x",
            " https",
            "1http://x",
        ] {
            assert!(read(url).is_err(), "{url} gave {:?}", read(url));
        }
    }

    #[test]
    fn values_are_data_in_an_address() {
        good(&format!("mailto:{}", token("ann@b.example")), "mailto:ann@b.example");
        good(&format!("mailto:{}", token("ann+x@b.example")), "mailto:ann+x@b.example");
        good(&format!("mailto:{}", token("jürgen@müller.example")), "mailto:j%C3%BCrgen@m%C3%BCller.example");
        for value in ["ann@b.example?bcc=all@evil.example", "a@b.example,c@d.example", "a@b.example&cc=c@d.example"] {
            assert!(read(&format!("mailto:{}", token(value))).is_err(), "{value}");
        }
        for value in ["4165550100;ext=1", "416 555 0100 ext 1", "1,2"] {
            assert!(read(&format!("tel:{}", token(value))).is_err(), "{value}");
        }
    }

    #[test]
    fn a_value_fills_a_part() {
        good(
            &format!("https://x.example/?q={}&r=1", token("a&b=c#d e/é")),
            "https://x.example/?q=a%26b%3Dc%23d%20e%2F%C3%A9&r=1",
        );
        good(&format!("https://x.example/{}/y", token("../..")), "https://x.example/..%2F../y");
        good(&format!("tel:{}", token("+1 (416) 555-0100")), "tel:+14165550100");
        good(&format!("https://{}/y", token("harbour.example:8080")), "https://harbour.example:8080/y");
    }

    #[test]
    fn a_value_is_the_whole() {
        good(&token("https://harbour.example/a b?c=d"), "https://harbour.example/a%20b?c=d");
        good(&format!("{}/more", token("https://harbour.example")), "https://harbour.example/more");
    }

    #[test]
    fn a_value_cannot_lead_elsewhere() {
        for url in [
            token("javascript:alert(1)"),
            token("harbour.example"),
            token("#pricing"),
            token(""),
            format!("{}://x.example", token("https")),
            format!("java{}", token("script:alert(1)")),
            format!("{}{}", token("java"), token("script:1")),
            format!("#{}", token("pricing")),
            format!("https://{}", token("evil.example/x")),
            format!("https://x.example{}", token("@evil.example")),
            format!("https://{}.x.example", token("")),
            format!("mailto:{}", token("nobody")),
            format!("mailto:{}", token("a@b@c")),
        ] {
            assert!(read(&url).is_err(), "{url:?} gave {:?}", read(&url));
        }
    }
}
