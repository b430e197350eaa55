//! Whole sections in, filled text out.

/// Filled text with its value tokens decoded: `⟨value⟩`.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive('\u{E001}') {
        match part.strip_suffix('\u{E001}').and_then(|part| part.rsplit_once('\u{E000}')) {
            Some((before, hex)) => {
                let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
                let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
                out.push_str(&format!("{before}⟨{}⟩", String::from_utf8(bytes).expect("UTF-8")));
            }
            None => out.push_str(part),
        }
    }
    out
}
