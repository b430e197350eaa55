//! In: text. Out: whether it is one e-mail address or one telephone number, and nothing else.

/// Most characters of an address (RFC 5321, 4.5.3.1.3 with its brackets taken off).
const LONGEST_ADDRESS: usize = 254;
/// Digits of a telephone number: a number of a firm's own exchange up to one of the whole world (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 2..=15;

/// Whether this is one plain address, such as `jo@example.com`: no second one, no name around it, no header after it.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"@?&%#/`{}|^".contains(c);
    let local_good = !local.is_empty() && !local.contains(odd) && local.split('.').all(|part| !part.is_empty());
    local_good && text.len() <= LONGEST_ADDRESS && domain.contains('.') && is_host(domain)
}

/// Whether this is the name of a host.
pub fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let inner = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// What a telephone dials for one plain number, such as `+1 (416) 555-0142`: a plus sign and digits. None for
/// extensions, letters, parameters and several numbers.
pub fn dialled(text: &str) -> Option<String> {
    let number = text.trim();
    let (plus, rest) = number.strip_prefix('+').map_or(("", number), |rest| ("+", rest));
    let separates = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2013}');
    if rest.chars().any(|c| !c.is_ascii_digit() && !separates(c)) {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    DIGITS.contains(&digits.len()).then(|| format!("{plus}{digits}"))
}

/// The address of a link that dials a number; none where the text is not one plain number, and is only read.
pub fn phone_link(text: &str) -> Option<String> {
    dialled(text).map(|number| format!("tel:{number}"))
}

/// The address of a link that writes to one address; none where the text is not one.
pub fn mail_link(text: &str) -> Option<String> {
    is_email(text).then(|| format!("mailto:{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["jo@example.com", "jo.b+x@sub.example.co.uk", "jürgen@müller.example", "o'neil_2@x.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "@",
            "jo",
            "jo@",
            "@x.com",
            "jo@x",
            "jo@x..com",
            "a b@x.com",
            "a@b@x.com",
            "jo@-x.com",
            "<jo@x.com>",
            ".jo@x.com",
            "jo@x.com\n",
            "jo@x.com?bcc=a@b.com",
            "jo@x.com,a@b.com",
            "jo@x.com;a@b.com",
            "jo%40x.com",
            "jo%2Ca%40b.com@x.com",
            "jo?cc=a@x.com",
            "jo&cc=a@x.com",
            "mailto:jo@x.com",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(dialled("+1 (416) 555-0142").as_deref(), Some("+14165550142"));
        assert_eq!(dialled("0711\u{a0}/ 123.45").as_deref(), Some("071112345"));
        assert_eq!(dialled("911").as_deref(), Some("911"));
        for bad in [
            "",
            "+",
            "x",
            "1",
            "1-800-CARE",
            "416 555 0142 ext. 12",
            "4165550142;ext=12",
            "416,555",
            "+1+416",
            "4165550142;4165550143",
            "%2B1416",
            "1234567890123456",
            "416?x=1",
            "*31#416",
        ] {
            assert_eq!(dialled(bad), None, "{bad}");
        }
    }
}
