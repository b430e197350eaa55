//! In: bytes of a PDF object or content stream. Out: [`Object`]s and operators, borrowed from the bytes.
//!
//! Reads what this program writes and a little more; whatever it does not know is `None`, never a guess.

/// How deep arrays and dictionaries may nest.
const DEEPEST: usize = 32;

/// A PDF object; strings keep their written form until they are asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Object<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Name(&'a [u8]),
    /// The digits between the angle brackets.
    Hex(&'a [u8]),
    /// What stands between the parentheses.
    Literal(&'a [u8]),
    Array(Vec<Object<'a>>),
    Dict(Dict<'a>),
    /// A reference to an object by its number.
    Ref(u32),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dict<'a>(pub Vec<(&'a [u8], Object<'a>)>);

impl<'a> Dict<'a> {
    /// Gives the value of a key.
    pub fn get(&self, key: &str) -> Option<&Object<'a>> {
        self.0.iter().find(|(name, _)| *name == key.as_bytes()).map(|(_, value)| value)
    }

    /// Says whether all programs read the same dictionary: no key is present twice or hides behind an escape.
    pub fn is_unambiguous(&self) -> bool {
        let mut keys: Vec<&[u8]> = self.0.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        keys.windows(2).all(|pair| pair[0] != pair[1]) && keys.iter().all(|key| !key.contains(&b'#'))
    }

    /// Says whether the value of a key is this name.
    pub fn is(&self, key: &str, name: &str) -> bool {
        self.get(key) == Some(&Object::Name(name.as_bytes()))
    }
}

impl<'a> Object<'a> {
    /// Gives a number that is whole and not negative.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::Number(number) if number >= 0.0 && number.fract() == 0.0 && number < 1e15 => Some(number as usize),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub fn dict(&self) -> Option<&Dict<'a>> {
        if let Self::Dict(dict) = self { Some(dict) } else { None }
    }

    pub fn array(&self) -> Option<&[Object<'a>]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    pub fn reference(&self) -> Option<u32> {
        if let Self::Ref(number) = self { Some(*number) } else { None }
    }
}

/// Decodes hex digits as 16-bit numbers.
pub fn units(hex: &[u8]) -> Option<impl Iterator<Item = u16> + '_> {
    let digits = hex.len().is_multiple_of(4) && hex.iter().all(u8::is_ascii_hexdigit);
    // The low half of a digit's code is its value; of a letter's, its value less nine.
    let value = |digit: u8| u16::from((digit & 0xF) + 9 * (digit >> 6));
    digits.then(|| hex.chunks_exact(4).map(move |four| four.iter().fold(0, |unit, digit| unit << 4 | value(*digit))))
}

/// Decodes hex digits as UTF-16.
pub fn utf16(hex: &[u8]) -> Option<String> {
    char::decode_utf16(units(hex)?).collect::<Result<String, _>>().ok()
}

/// What comes next in a content stream.
pub enum Token<'a> {
    Operand(Object<'a>),
    Operator(&'a [u8]),
}

/// Walks through bytes.
pub struct Reader<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over white space and comments.
    pub fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\0' | b'\t' | b'\n' | 0x0C | b'\r' | b' ' => self.at += 1,
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                _ => return,
            }
        }
    }

    /// Passes over a word if it comes next.
    pub fn word(&mut self, word: &str) -> bool {
        self.skip_space();
        let next = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if next {
            self.at += word.len();
        }
        next
    }

    /// Reads the next object of a file, where two numbers and `R` are a reference.
    pub fn object(&mut self) -> Option<Object<'a>> {
        self.nested(0)
    }

    /// Reads the next token of a content stream; `Some(None)` at its end.
    pub fn token(&mut self) -> Option<Option<Token<'a>>> {
        self.skip_space();
        let Some(byte) = self.peek() else { return Some(None) };
        if byte.is_ascii_alphabetic() || byte == b'\'' || byte == b'"' {
            let word = self.regular();
            return Some(Some(match word {
                b"true" => Token::Operand(Object::Bool(true)),
                b"false" => Token::Operand(Object::Bool(false)),
                b"null" => Token::Operand(Object::Null),
                _ => Token::Operator(word),
            }));
        }
        self.nested(0).map(|object| Some(Token::Operand(object)))
    }

    fn nested(&mut self, depth: usize) -> Option<Object<'a>> {
        if depth > DEEPEST {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.regular()))
            }
            b'(' => self.literal(),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dict(depth),
            b'<' => {
                let start = self.at + 1;
                let length = self.bytes[start..].iter().position(|byte| *byte == b'>')?;
                self.at = start + length + 1;
                Some(Object::Hex(&self.bytes[start..start + length]))
            }
            b'[' => self.array(depth),
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number_or_reference(),
            _ => match self.regular() {
                b"true" => Some(Object::Bool(true)),
                b"false" => Some(Object::Bool(false)),
                b"null" => Some(Object::Null),
                _ => None,
            },
        }
    }

    /// Reads a run of regular characters (ISO 32000-1, 7.2.2).
    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        let end = |byte: &u8| {
            byte.is_ascii_whitespace()
                || matches!(byte, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'/' | b'%' | b'{' | b'}')
        };
        let rest = &self.bytes[start..];
        self.at = start + rest.iter().position(end).unwrap_or(rest.len());
        &self.bytes[start..self.at]
    }

    fn array(&mut self, depth: usize) -> Option<Object<'a>> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek()? == b']' {
                self.at += 1;
                return Some(Object::Array(items));
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Object<'a>> {
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            match self.peek()? {
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Some(Object::Dict(Dict(entries)));
                }
                b'/' => {
                    self.at += 1;
                    let key = self.regular();
                    entries.push((key, self.nested(depth + 1)?));
                }
                _ => return None,
            }
        }
    }

    fn literal(&mut self) -> Option<Object<'a>> {
        let start = self.at + 1;
        let mut open = 0_usize;
        loop {
            match self.peek()? {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Some(Object::Literal(&self.bytes[start..self.at - 1]));
            }
        }
    }

    fn number_or_reference(&mut self) -> Option<Object<'a>> {
        let number = self.number()?;
        let after = self.at;
        // Only whole numbers can begin a reference; looking for one costs two short steps.
        let whole = number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX);
        if whole && self.peek() == Some(b' ') && self.bytes.get(after + 1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
            let named = self.number().is_some() && self.bytes.get(self.at..self.at + 2) == Some(b" R");
            // `1 1 1 RG` in a content stream is white, no reference.
            if named && self.bytes.get(self.at + 2).is_none_or(|byte| !byte.is_ascii_alphanumeric()) {
                self.at += 2;
                return Some(Object::Ref(number as u32));
            }
            self.at = after;
        }
        Some(Object::Number(number))
    }

    fn number(&mut self) -> Option<f64> {
        let negative = match self.peek()? {
            b'-' => true,
            b'+' => false,
            _ => {
                return self.digits();
            }
        };
        self.at += 1;
        self.digits().map(|number| if negative { -number } else { number })
    }

    fn digits(&mut self) -> Option<f64> {
        let start = self.at;
        let (mut whole, mut decimals, mut divisor) = (0.0, 0.0, 1.0);
        let mut point = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' if point => {
                    decimals = decimals * 10.0 + f64::from(byte - b'0');
                    divisor *= 10.0;
                }
                b'0'..=b'9' => whole = whole * 10.0 + f64::from(byte - b'0'),
                b'.' if !point => point = true,
                _ => break,
            }
            self.at += 1;
        }
        let number = whole + decimals / divisor;
        (self.at > start + usize::from(point) && number.is_finite()).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Object<'_>> {
        Reader::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn objects_are_read() {
        assert_eq!(read("-12.50"), Some(Object::Number(-12.5)));
        assert_eq!(read(".5"), Some(Object::Number(0.5)));
        assert_eq!(read("12 0 R"), Some(Object::Ref(12)));
        assert_eq!(read("1 1 RG"), Some(Object::Number(1.0)), "the colour white");
        assert_eq!(read("(a(b)\\)c)"), Some(Object::Literal(b"a(b)\\)c")));
        assert_eq!(
            read("<</A[1 2 3 0 R]/B<FEFF>/C/D>>").and_then(|dict| dict.dict().map(|dict| dict.0.len())),
            Some(3)
        );
    }

    #[test]
    fn garbage_is_none() {
        for text in ["", "<<", "[1 2", "(a", "<12", "<</A", "<</A>>", "-", ".", "}", "<<1 2>>", "\\"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000)), None);
    }

    #[test]
    fn text_comes_back_from_utf16() {
        assert_eq!(utf16(b"00E9d83dDE9A").as_deref(), Some("é🚚"));
        for bad in ["00E", "D83D", "00G9"] {
            assert_eq!(utf16(bad.as_bytes()), None, "{bad}");
        }
    }
}
