//! In: a [`Document`](crate::document::model::Document) and the brand. Out: [`Pages`](page::Pages) of placed items.
pub mod page;
