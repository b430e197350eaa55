//! The sections of the sample library.
