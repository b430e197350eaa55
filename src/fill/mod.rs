//! In: sections of the library, a plan and a client. Out: [`Filled`](filled::Filled) sections: Markdown with opaque value tokens.
pub mod filled;
