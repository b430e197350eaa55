//! In: the bytes of a PDF. Out: [`File`]: its objects and streams, looked up by number.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::syntax::{Dict, Object, Reader};

/// No stream of ours inflates to more; a file that claims to is an attack.
const LARGEST_STREAM: u64 = 64 << 20;
/// All object streams of a file together; ours hold less than a megabyte.
const MOST_UNPACKED: usize = 256 << 20;
/// How many earlier states of the file are followed.
const MOST_UPDATES: usize = 16;

/// A PDF opened for reading.
pub struct File<'a> {
    bytes: &'a [u8],
    places: Vec<Place>,
    /// The number of the catalog.
    root: u32,
    packed: Vec<Packed>,
}

/// Where an object stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Nowhere,
    /// An offset in the file.
    At(usize),
    /// The number of an object stream and an index in it.
    In(u32, usize),
}

/// An object stream, inflated.
struct Packed {
    number: u32,
    content: Vec<u8>,
    /// Where each of its objects starts.
    starts: Vec<usize>,
}

impl<'a> File<'a> {
    /// Opens a file; `None` where it is no PDF or not one that this reader knows.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(b"%PDF-") {
            return None;
        }
        let tail = bytes.len().saturating_sub(1024);
        let mark = b"startxref";
        let found = bytes[tail..].windows(mark.len()).rposition(|window| window == mark)?;
        let mut next = Some(Reader::new(bytes, tail + found + mark.len()).object()?.index()?);
        let mut file = Self { bytes, places: Vec::new(), root: 0, packed: Vec::new() };
        let mut root = None;
        for _ in 0..MOST_UPDATES {
            let Some(at) = next else { break };
            let trailer = file.table(at)?;
            root = root.or_else(|| trailer.get("Root").and_then(Object::reference));
            next = trailer.get("Prev").and_then(Object::index);
        }
        file.root = root?;
        file.packed = file.unpack()?;
        Some(file)
    }

    /// Gives the catalog.
    pub fn catalog(&self) -> Option<Object<'_>> {
        self.object(self.root)
    }

    /// Gives an object by its number; a stream gives its dictionary.
    pub fn object(&self, number: u32) -> Option<Object<'_>> {
        match *self.places.get(number as usize)? {
            Place::Nowhere => None,
            Place::At(offset) => self.indirect(offset).map(|(object, _)| object),
            Place::In(stream, index) => {
                let packed = self.packed.iter().find(|packed| packed.number == stream)?;
                Reader::new(&packed.content, *packed.starts.get(index)?).object()
            }
        }
    }

    /// Follows a reference; all else stays as it is.
    pub fn resolve<'b>(&'b self, object: &Object<'b>) -> Option<Object<'b>> {
        match object {
            Object::Ref(number) => self.object(*number),
            other => Some(other.clone()),
        }
    }

    /// Gives the value of a key, its reference followed.
    pub fn value<'b>(&'b self, dict: &Dict<'b>, key: &str) -> Option<Object<'b>> {
        self.resolve(dict.get(key)?)
    }

    /// Gives the dictionary and the inflated content of a stream; only the first `limit` bytes of it.
    pub fn stream(&self, number: u32, limit: u64) -> Option<(Dict<'_>, Vec<u8>)> {
        match *self.places.get(number as usize)? {
            Place::At(offset) => self.stream_at(offset, limit),
            _ => None,
        }
    }

    fn stream_at(&self, offset: usize, limit: u64) -> Option<(Dict<'_>, Vec<u8>)> {
        let (object, mut reader) = self.indirect(offset)?;
        let Object::Dict(dict) = object else { return None };
        if !reader.word("stream") {
            return None;
        }
        let rest = self.bytes.get(reader.at..)?;
        let start = reader.at + if rest.starts_with(b"\r\n") { 2 } else { 1 };
        let length = self.value(&dict, "Length")?.index()?;
        let raw = self.bytes.get(start..start.checked_add(length)?)?;
        let content = match dict.get("Filter") {
            None => raw[..raw.len().min(limit as usize)].to_vec(),
            Some(Object::Name(b"FlateDecode")) if dict.get("DecodeParms").is_none() => inflate(raw, limit)?,
            Some(_) => return None,
        };
        Some((dict, content))
    }

    /// Reads `12 0 obj` and what follows it.
    fn indirect(&self, offset: usize) -> Option<(Object<'a>, Reader<'a>)> {
        let mut reader = Reader::new(self.bytes, offset);
        reader.object()?.index()?;
        reader.object()?.index()?;
        if !reader.word("obj") {
            return None;
        }
        let object = reader.object()?;
        Some((object, reader))
    }

    /// Reads one table of places, in either of its forms, and gives its trailer.
    fn table(&mut self, at: usize) -> Option<Dict<'a>> {
        let mut reader = Reader::new(self.bytes, at);
        if reader.word("xref") { self.classic_table(reader) } else { self.stream_table(at) }
    }

    fn classic_table(&mut self, mut reader: Reader<'a>) -> Option<Dict<'a>> {
        while !reader.word("trailer") {
            let first = reader.object()?.index()?;
            let count = reader.object()?.index()?;
            for number in first..first.checked_add(count)? {
                let offset = reader.object()?.index()?;
                reader.object()?.index()?;
                let used = reader.word("n");
                if !used && !reader.word("f") {
                    return None;
                }
                self.place(number, if used { Place::At(offset) } else { Place::Nowhere })?;
            }
        }
        match reader.object()? {
            Object::Dict(trailer) => Some(trailer),
            _ => None,
        }
    }

    fn stream_table(&mut self, at: usize) -> Option<Dict<'a>> {
        let (Object::Dict(trailer), _) = self.indirect(at)? else { return None };
        let content = self.stream_at(at, LARGEST_STREAM)?.1;
        let widths: Vec<usize> = trailer.get("W")?.array()?.iter().map(Object::index).collect::<Option<_>>()?;
        let [kind, second, third] = *widths.as_slice() else { return None };
        let size = kind.checked_add(second)?.checked_add(third)?;
        if size == 0 || size > 24 || [kind, second, third].iter().any(|width| *width > 8) {
            return None;
        }
        let all = [Object::Number(0.0), trailer.get("Size")?.clone()];
        let ranges = trailer.get("Index").and_then(Object::array).unwrap_or(&all);
        let mut rows = content.chunks_exact(size);
        for range in ranges.chunks_exact(2) {
            let (first, count) = (range[0].index()?, range[1].index()?);
            for (number, row) in (first..first.checked_add(count)?).zip(&mut rows) {
                let field = |from: usize, width: usize| {
                    row[from..from + width].iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte))
                };
                let (a, b) = (field(kind, second), field(kind + second, third));
                let place = match if kind == 0 { 1 } else { field(0, kind) } {
                    1 => Place::At(usize::try_from(a).ok()?),
                    2 => Place::In(u32::try_from(a).ok()?, usize::try_from(b).ok()?),
                    _ => Place::Nowhere,
                };
                self.place(number, place)?;
            }
        }
        Some(trailer)
    }

    /// Notes a place; the newest table is read first and holds.
    fn place(&mut self, number: usize, place: Place) -> Option<()> {
        // Every object takes more than one byte, so a larger number is no number of this file.
        if number > self.bytes.len() {
            return None;
        }
        if self.places.len() <= number {
            self.places.resize(number + 1, Place::Nowhere);
        }
        if self.places[number] == Place::Nowhere {
            self.places[number] = place;
        }
        Some(())
    }

    fn unpack(&self) -> Option<Vec<Packed>> {
        let mut numbers: Vec<u32> = self
            .places
            .iter()
            .filter_map(|place| if let Place::In(stream, _) = place { Some(*stream) } else { None })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut packed = Vec::with_capacity(numbers.len());
        let mut size = 0;
        for number in numbers {
            let one = self.unpack_one(number)?;
            size += one.content.len();
            if size > MOST_UNPACKED {
                return None;
            }
            packed.push(one);
        }
        Some(packed)
    }

    fn unpack_one(&self, number: u32) -> Option<Packed> {
        let (dict, content) = self.stream(number, LARGEST_STREAM)?;
        let (count, first) = (dict.get("N")?.index()?, dict.get("First")?.index()?);
        let mut reader = Reader::new(&content, 0);
        let mut starts = Vec::new();
        for _ in 0..count {
            reader.object()?.index()?;
            starts.push(first.checked_add(reader.object()?.index()?)?);
        }
        Some(Packed { number, content, starts })
    }
}

fn inflate(bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity((bytes.len() * 4).min(limit as usize));
    ZlibDecoder::new(bytes).take(limit).read_to_end(&mut content).ok()?;
    (limit < LARGEST_STREAM || (content.len() as u64) < LARGEST_STREAM).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSIC: &str = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R/Size 2>>\nstartxref\n54\n%%EOF";

    #[test]
    fn a_classic_table_is_read() {
        let file = File::open(CLASSIC.as_bytes()).expect("a file");
        assert!(file.catalog().is_some_and(|catalog| catalog.dict().is_some_and(|dict| dict.is("Type", "Catalog"))));
        assert_eq!(file.object(7), None);
    }

    #[test]
    fn a_file_cut_or_changed_anywhere_never_panics() {
        for end in 0..CLASSIC.len() {
            let _ = File::open(&CLASSIC.as_bytes()[..end]).map(|file| file.catalog().is_some());
            let mut changed = CLASSIC.as_bytes().to_vec();
            for byte in [b'9', b'<', 0xFF] {
                changed[end] = byte;
                let _ = File::open(&changed).map(|file| file.catalog().is_some());
            }
        }
    }

    #[test]
    fn tables_that_lead_in_a_circle_end() {
        let circle = CLASSIC.replace("/Size 2", "/Prev 54");
        assert!(File::open(circle.as_bytes()).is_some());
    }
}
