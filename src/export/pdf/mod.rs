//! In: [`Pages`](crate::layout::page::Pages) and what the file says of itself. Out: the bytes of a PDF.
