//! In: text. Out: PDF string objects.

use lopdf::{Object, StringFormat};

/// Makes a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else as UTF-16 with its mark.
pub fn text_string(text: &str) -> Object {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return ascii(text);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Makes a byte string of ASCII characters.
pub fn ascii(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// Makes a URI of ASCII characters alone (RFC 3987, 3.1): all others are written as percent signs and hex digits.
pub fn uri(text: &str) -> Object {
    let mut uri = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            0x21..=0x7E => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    ascii(&uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(object: Object) -> Vec<u8> {
        object.as_str().expect("a string").to_vec()
    }

    #[test]
    fn text_outside_ascii_becomes_utf16() {
        assert_eq!(bytes(text_string("A-1")), b"A-1");
        assert_eq!(bytes(text_string("é")), [0xFE, 0xFF, 0x00, 0xE9]);
        assert_eq!(bytes(text_string("🚚")), [0xFE, 0xFF, 0xD8, 0x3D, 0xDE, 0x9A]);
        assert_eq!(bytes(text_string("a\nb"))[..2], [0xFE, 0xFF], "line ends mean something else in byte strings");
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(bytes(uri("https://example.com/é b")), b"https://example.com/%C3%A9%20b");
    }
}
