//! In: JSON text. Out: the same text with its surrogate pairs (`\ud83d\ude00`), which YAML does not know, as `\U0001f600`.

/// Text in which pairs were joined.
pub(super) struct Joined {
    pub(super) text: String,
    /// For each pair, the byte offset in the joined text and in the original at which text runs on.
    after: Vec<(usize, usize)>,
}

impl Joined {
    /// The original byte offset of each character of the joined text.
    pub(super) fn offsets(&self) -> Vec<u32> {
        let mut after = self.after.iter().peekable();
        let (mut joined, mut original) = (0, 0);
        let place = |(at, _): (usize, char)| {
            while let Some(&&(j, o)) = after.peek().filter(|(j, _)| *j <= at) {
                (joined, original) = (j, o);
                after.next();
            }
            (original + (at - joined)) as u32
        };
        self.text.char_indices().map(place).collect()
    }
}

/// Joins the surrogate pairs in the double-quoted text of a JSON file (one that begins with `{` or `[`); `None` when
/// there are none. Block YAML is left alone: there, plain text may show such a pair as mere words.
pub(super) fn join_surrogates(text: &str) -> Option<Joined> {
    if !text.trim_start().starts_with(['{', '[']) || !text.contains("\\u") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut after = Vec::new();
    let mut copied = 0;
    for at in pairs(text) {
        let Some(c) = pair(&text[at..]) else { continue };
        out.push_str(&text[copied..at]);
        out.push_str(&format!("\\U{:08x}", c as u32));
        copied = at + PAIR;
        after.push((out.len(), copied));
    }
    out.push_str(&text[copied..]);
    (!after.is_empty()).then_some(Joined { text: out, after })
}

/// Bytes of one pair: `\ud83d\ude00`.
const PAIR: usize = 12;

fn pair(text: &str) -> Option<char> {
    let bytes = text.as_bytes().get(..PAIR)?;
    let unit = |part: &[u8]| match part {
        [b'\\', b'u', digits @ ..] if digits.iter().all(u8::is_ascii_hexdigit) => {
            u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        }
        _ => None,
    };
    let units = [unit(&bytes[..6])?, unit(&bytes[6..])?];
    // A lone or doubled half decodes to an error or to two characters.
    let mut decoded = char::decode_utf16(units);
    let first = decoded.next()?.ok()?;
    decoded.next().is_none().then_some(first)
}

/// Where pairs may stand: the escapes inside double-quoted text.
fn pairs(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // The last byte that was not blank: quoted text begins only after a bracket, comma or colon.
    let mut before = b'{';
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                continue;
            }
            quote @ (b'"' | b'\'') if matches!(before, b'{' | b'[' | b',' | b':' | b'?') => {
                at = skip_quoted(bytes, at + 1, quote, &mut found);
                before = quote;
                continue;
            }
            byte if !byte.is_ascii_whitespace() => before = byte,
            _ => {}
        }
        at += 1;
    }
    found
}

/// Walks to just after the closing quote, noting the escapes of double-quoted text that may begin a pair.
fn skip_quoted(bytes: &[u8], mut at: usize, quote: u8, found: &mut Vec<usize>) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => {
                let rest = &bytes[at..];
                if rest.len() >= PAIR && std::str::from_utf8(&rest[..PAIR]).ok().and_then(pair).is_some() {
                    found.push(at);
                    at += PAIR;
                } else {
                    at += 2;
                }
            }
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    at
}
