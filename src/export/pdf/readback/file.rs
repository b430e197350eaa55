//! In: the bytes of a PDF. Out: [`File`]: its objects and streams, looked up by number.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::filters::{self, Decoded, LARGEST_STREAM};
use super::syntax::{Dict, Object, Reader};

/// All object streams of a file together, in bytes; ours hold less than a megabyte.
const MOST_UNPACKED: usize = 64 << 20;
/// Bytes that are searched for the ends of streams whose length is wrong, in one file.
const MOST_SEARCHED: usize = 64 << 20;
/// A header may follow this number of bytes that are not the file's (ISO 32000-1, annex H, note 13).
const LATEST_HEADER: usize = 1024;
/// How many earlier states of the file are followed.
const MOST_UPDATES: usize = 16;

/// A PDF opened for reading.
pub struct File<'a> {
    bytes: &'a [u8],
    places: Vec<Place>,
    /// The number of the catalog.
    root: u32,
    /// The number of the information dictionary.
    info: Option<u32>,
    /// The object streams, sorted by their numbers.
    packed: Vec<Packed>,
    /// How many bytes have been searched for the ends of streams.
    searched: AtomicUsize,
}

/// Where an object stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// No table names the object.
    Nowhere,
    /// A table says that the object does not exist, whatever older tables say.
    Free,
    /// An offset in the file.
    At(usize),
    /// The number of an object stream and an index in it.
    In(u32, usize),
}

/// An object stream, inflated.
struct Packed {
    number: u32,
    content: Vec<u8>,
    /// The number of each of its objects, and where it starts.
    starts: Vec<(usize, usize)>,
}

impl<'a> File<'a> {
    /// Opens a file; `None` where it is no PDF or not one that this reader knows.
    ///
    /// Bytes before the header are passed over. Programs count offsets from the header or from the first byte: a file
    /// that can be read in both ways is refused, because two programs would show two documents.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let header = b"%PDF-";
        let start = &bytes[..bytes.len().min(LATEST_HEADER + header.len())];
        let base = start.windows(header.len()).position(|window| window == header)?;
        let counted = Self::open_at(&bytes[base..]);
        if base == 0 {
            return counted;
        }
        match (counted, Self::open_at(bytes)) {
            (Some(file), None) | (None, Some(file)) => Some(file),
            _ => None,
        }
    }

    /// Opens a file whose offsets count from the first of the bytes.
    fn open_at(bytes: &'a [u8]) -> Option<Self> {
        let tail = bytes.len().saturating_sub(1024);
        let mark = b"startxref";
        let found = bytes[tail..].windows(mark.len()).rposition(|window| window == mark)?;
        let mut next = Some(Reader::new(bytes, tail + found + mark.len()).object()?.index()?);
        let mut file =
            Self { bytes, places: Vec::new(), root: 0, info: None, packed: Vec::new(), searched: AtomicUsize::new(0) };
        let mut newest: Option<Dict<'a>> = None;
        let mut tables = Vec::new();
        while let Some(at) = next {
            // Tables that lead in a circle end where it closes.
            if tables.contains(&at) {
                break;
            }
            if tables.len() == MOST_UPDATES {
                return None;
            }
            tables.push(at);
            let trailer = file.table(at)?;
            if trailer.get("Encrypt").is_some() || !trailer.is_unambiguous() {
                return None;
            }
            next = trailer.get("Prev").and_then(Object::index);
            newest.get_or_insert(trailer);
        }
        let newest = newest?;
        file.root = newest.get("Root").and_then(Object::reference)?;
        file.info = newest.get("Info").and_then(Object::reference);
        file.packed = file.unpack()?;
        let root = file.root;
        matches!(file.object(root)?, Object::Dict(_)).then_some(file)
    }

    /// Gives the catalog.
    pub fn catalog(&self) -> Option<Object<'_>> {
        self.object(self.root)
    }

    /// Gives the information dictionary.
    pub fn info(&self) -> Option<Object<'_>> {
        self.object(self.info?)
    }

    /// Gives an object by its number; a stream gives its dictionary.
    pub fn object(&self, number: u32) -> Option<Object<'_>> {
        self.entry(number).map(|(object, _, _)| object)
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

    /// Gives the dictionary and the decoded content of a stream; only the first `limit` bytes of it.
    pub fn stream(&self, number: u32, limit: u64) -> Option<(Dict<'_>, Vec<u8>)> {
        let (dict, raw) = self.raw(number)?;
        let content = self.whole(&dict, raw, limit)?;
        Some((dict, content))
    }

    /// Gives the dictionary and the content of a stream, decoded as far as filters keep every byte.
    pub fn decoded(&self, number: u32) -> Option<(Dict<'_>, Decoded)> {
        let (dict, raw) = self.raw(number)?;
        let decoded = filters::decode(self, &dict, raw, LARGEST_STREAM)?;
        Some((dict, decoded))
    }

    /// Says whether a table names a place for an object, whether or not the object can be read there.
    pub fn is_listed(&self, number: u32) -> bool {
        matches!(self.places.get(number as usize), Some(Place::At(_) | Place::In(..)))
    }

    /// Gives an object by its number, whether it is the dictionary of a stream, and the bytes that were read for it.
    pub fn entry(&self, number: u32) -> Option<(Object<'_>, bool, usize)> {
        match *self.places.get(number as usize)? {
            Place::Nowhere | Place::Free => None,
            Place::At(offset) => {
                let (object, mut reader) = self.indirect(offset, Some(number))?;
                let length = reader.at.saturating_sub(offset);
                let stream = matches!(object, Object::Dict(_)) && reader.word("stream");
                Some((object, stream, length))
            }
            Place::In(stream, index) => {
                let at = self.packed.binary_search_by_key(&stream, |packed| packed.number).ok()?;
                let packed = &self.packed[at];
                let (own, start) = *packed.starts.get(index)?;
                let mut reader = Reader::new(&packed.content, start);
                let object = (own == number as usize).then(|| reader.object())??;
                Some((object, false, reader.at.saturating_sub(start)))
            }
        }
    }

    /// The numbers that objects may have.
    pub fn numbers(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// Where bytes of the file, as [`File::raw`] gives them, start in the bytes that were opened.
    pub fn offset(&self, whole: &[u8], part: &[u8]) -> Option<usize> {
        (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)
    }

    /// Gives the dictionary of a stream, and its bytes as they are in the file.
    pub fn raw(&self, number: u32) -> Option<(Dict<'_>, &'a [u8])> {
        match *self.places.get(number as usize)? {
            Place::At(offset) => self.raw_at(offset, Some(number)),
            _ => None,
        }
    }

    fn whole(&self, dict: &Dict<'_>, raw: &[u8], limit: u64) -> Option<Vec<u8>> {
        let decoded = filters::decode(self, dict, raw, limit)?;
        decoded.left.is_empty().then_some(decoded.content)
    }

    fn raw_at(&self, offset: usize, number: Option<u32>) -> Option<(Dict<'a>, &'a [u8])> {
        let (object, mut reader) = self.indirect(offset, number)?;
        let Object::Dict(dict) = object else { return None };
        if !reader.word("stream") {
            return None;
        }
        let rest = self.bytes.get(reader.at..)?;
        let start = reader.at + if rest.starts_with(b"\r\n") { 2 } else { 1 };
        let length = match dict.get("Length")? {
            Object::Ref(length) => self.object(*length).and_then(|length| length.index()),
            length => length.index(),
        };
        let end = length
            .and_then(|length| start.checked_add(length))
            .filter(|end| *end <= self.bytes.len() && Reader::new(self.bytes, *end).word("endstream"));
        let raw = match end {
            Some(end) => self.bytes.get(start..end)?,
            None => self.searched(start)?,
        };
        Some((dict, raw))
    }

    /// Gives the bytes up to the next `endstream`, for a stream whose length is wrong.
    fn searched(&self, start: usize) -> Option<&'a [u8]> {
        let rest = self.bytes.get(start..)?;
        let mark = b"endstream";
        let found = rest.windows(mark.len()).position(|window| window == mark);
        let before = self.searched.fetch_add(found.unwrap_or(rest.len()), Ordering::Relaxed);
        if before > MOST_SEARCHED {
            return None;
        }
        let raw = &rest[..found?];
        Some(raw.strip_suffix(b"\r\n").or(raw.strip_suffix(b"\n")).or(raw.strip_suffix(b"\r")).unwrap_or(raw))
    }

    /// Reads `12 0 obj` and what follows it; `number` is the number that it must have.
    fn indirect(&self, offset: usize, number: Option<u32>) -> Option<(Object<'a>, Reader<'a>)> {
        let mut reader = Reader::new(self.bytes, offset);
        let own = reader.object()?.index()?;
        reader.object()?.index()?;
        if !reader.word("obj") || number.is_some_and(|number| number as usize != own) {
            return None;
        }
        let object = reader.object()?;
        Some((object, reader))
    }

    /// Reads one table of places, in either of its forms, and gives its trailer.
    fn table(&mut self, at: usize) -> Option<Dict<'a>> {
        let mut reader = Reader::new(self.bytes, at);
        if reader.word("xref") { self.classic_table(reader) } else { self.stream_table(at, &[]) }
    }

    fn classic_table(&mut self, mut reader: Reader<'a>) -> Option<Dict<'a>> {
        // Numbers that this table, and no newer one, calls free.
        let mut freed = Vec::new();
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
                let is_new = self.places.get(number).is_none_or(|place| *place == Place::Nowhere);
                self.place(number, if used { Place::At(offset) } else { Place::Free })?;
                if is_new && !used {
                    freed.push(number);
                }
            }
        }
        let Object::Dict(trailer) = reader.object()? else { return None };
        if let Some(hidden) = trailer.get("XRefStm") {
            freed.sort_unstable();
            self.stream_table(hidden.index()?, &freed)?;
        }
        Some(trailer)
    }

    /// Reads a table that is a stream. Where it belongs to a classic table, it tells the places of what that table alone
    /// calls free: `freed`, sorted.
    fn stream_table(&mut self, at: usize, freed: &[usize]) -> Option<Dict<'a>> {
        let (trailer, raw) = self.raw_at(at, None)?;
        let content = self.whole(&trailer, raw, LARGEST_STREAM)?;
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
                    _ => Place::Free,
                };
                if freed.binary_search(&number).is_ok() && self.places.get(number) == Some(&Place::Free) {
                    self.places[number] = Place::Nowhere;
                }
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
            let own = reader.object()?.index()?;
            let start = first.checked_add(reader.object()?.index()?)?;
            starts.push((own, start));
        }
        Some(Packed { number, content, starts })
    }
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

    #[test]
    fn a_trailer_that_programs_read_in_two_ways_is_refused() {
        for two in ["/Root 1 0 R/Root 2 0 R", "/Root 1 0 R/#52oot 2 0 R"] {
            assert!(File::open(CLASSIC.replace("/Root 1 0 R", two).as_bytes()).is_none(), "{two}");
        }
    }

    /// A file with tables appended, each of which names nothing new.
    fn updated(count: usize) -> String {
        let mut file = CLASSIC.to_owned();
        let mut before = 54;
        for _ in 0..count {
            let at = file.len() + 1;
            file.push_str(&format!(
                "\nxref\n0 0\ntrailer\n<</Root 1 0 R/Size 2/Prev {before}>>\nstartxref\n{at}\n%%EOF"
            ));
            before = at;
        }
        file
    }

    #[test]
    fn a_file_with_more_updates_than_are_followed_is_refused() {
        assert!(File::open(updated(MOST_UPDATES - 1).as_bytes()).is_some());
        assert!(File::open(updated(MOST_UPDATES).as_bytes()).is_none());
    }

    #[test]
    fn an_object_that_cannot_be_read_is_listed_and_one_that_nothing_names_is_not() {
        let moved = CLASSIC.replace(
            "0 2\n0000000000 65535 f \n0000000009 00000 n \n",
            "0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000001 00000 n \n",
        );
        let file = File::open(moved.as_bytes()).expect("a file");
        assert_eq!(file.object(2), None);
        assert!(file.is_listed(2));
        assert!(!file.is_listed(0) && !file.is_listed(3));
    }
}
