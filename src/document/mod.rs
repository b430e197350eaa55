//! In: [`Filled`](crate::fill::filled::Filled) sections. Out: the [`Document`](model::Document) model.
pub mod model;
