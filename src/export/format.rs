//! In: nothing. Out: [`Format`]: the kinds of files that a document is written as.

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Docx,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Docx];

    /// The format of a file by how it begins; a file of neither kind is refused by the reader of PDF.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK") { Self::Docx } else { Self::Pdf }
    }

    /// What a file of it is called after the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
}
