//! The limits of every kind of input (docs/limits.md): up to a limit reading stays quick and small, beyond it there is
//! an error with a place and a fix. The hard inputs are made here, so that the repository holds no large files.

mod client;
mod images;
mod measure;
mod prices;
mod sections;
