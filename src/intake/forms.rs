//! In: text that a rep typed. Out: whether it is an e-mail address, a web address, a language tag or a code.

/// Whether this is one plain address, such as `jo@example.com`.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"@".contains(c);
    let local_good = !local.is_empty() && !local.contains(odd) && local.split('.').all(|part| !part.is_empty());
    local_good && text.len() <= 254 && domain.contains('.') && is_host(domain)
}

/// Whether this is a full web address that a reader may follow: `http` or `https`, and no name before an `@`.
pub(super) fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme));
    let Some(rest) = scheme.and_then(|scheme| text.get(scheme.len()..)) else { return false };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    !rest.contains(odd) && is_host(host) && port.parse::<u16>().is_ok()
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let inner = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// Whether this is a BCP 47 tag, written with `-`.
pub(super) fn is_locale(text: &str) -> bool {
    !text.contains('_') && icu_locale::Locale::try_from_str(text).is_ok()
}

/// Whether this has the shape of an ISO 3166 country code.
pub(super) fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether this is a currency of ISO 4217.
pub(super) fn is_currency(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase()) && iso_currency::Currency::from_code(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["jo@example.com", "jo.b+x@sub.example.co.uk", "jürgen@müller.example"] {
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
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn web_addresses() {
        for good in ["https://example.com", "HTTP://example.com:8080/a?b=c#d", "https://example.com?x"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "example.com",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://a b.com",
            "https://bank.example@evil.example",
            "ftp://x.com",
            "https://x.com:99999",
            "https://x.com/<",
            "https:/x.com",
            "éééééé://x",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn codes() {
        assert!(is_locale("en-CA") && is_locale("fr") && is_locale("zh-Hant-TW"));
        assert!(!is_locale("en_CA") && !is_locale("") && !is_locale("english language"));
        assert!(is_country("CA") && !is_country("ca") && !is_country("CAN") && !is_country("é"));
        assert!(is_currency("CAD") && !is_currency("cad") && !is_currency("XYZ") && !is_currency(""));
    }
}
