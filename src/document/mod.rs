//! In: [`Filled`](crate::fill::filled::Filled) sections. Out: the [`Document`](model::Document) model.
//!
//! [`parse`] reads a document, [`parse_section`] one section of it; [`words()`] and [`leftovers()`] are what later steps
//! check a finished file against. Inside, a section goes through these files in order:
//!
//! [`source`] (lines, values out of harm's way) → [`directives`] (`:::` fences) → [`build`] (each directive's own
//! rules) → [`markdown`] and [`inlines`] (the rest, by comrak) → [`section`] (rules about the whole).
//!
//! Codes are `D…`; each has an entry in `docs/errors/document.md`.

pub mod model;
pub mod prices;
pub mod pricing;

mod attributes;
mod build;
mod case_study;
mod chart;
mod comparison;
mod dialect;
mod directives;
mod editable;
mod fences;
mod footnotes;
mod headed;
mod headings;
mod images;
mod inlines;
mod layouts;
mod leftovers;
mod limits;
mod links;
mod markdown;
pub(crate) mod marks;
mod section;
mod sink;
mod source;
mod steps;
mod tables;
#[cfg(test)]
mod tests;
mod timeline;
mod tokens;
mod vocabulary;
pub(crate) mod walk;
mod words;

pub use dialect::{attribute_words, directive_names, layout_names};
pub use leftovers::{leftovers, leftovers_in};
pub use section::{check_together, number_footnotes, parse, parse_section};
pub(crate) use walk::{each_image, each_inline, each_text};
pub use words::words;
