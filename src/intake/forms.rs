//! In: text that a rep typed. Out: whether it is a web address, a language tag or a code.

use crate::source::contact::is_host;

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
