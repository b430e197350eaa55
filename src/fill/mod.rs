//! In: sections of the library, a plan and a client. Out: [`Filled`](filled::Filled) sections: Markdown with opaque
//! value tokens.
//!
//! A file goes through four steps, the first three once per library:
//!
//! text → [`syntax`] (our own reader of the part of Tera that is offered) → [`lower`] (every name and type checked,
//! written anew as a template that holds nothing unchecked) → Tera → `engine` (values in, tokens out) → lines
//!
//! | code | problem |
//! | --- | --- |
//! | T001 | a tag that cannot be read | T002 | `if` and `for` that do not match up |
//! | T003 | an unknown name | T004 | a construct that is not offered |
//! | T005 | an unknown filter | T006 | an unknown function |
//! | T007 | wrong arguments | T008 | a filter on the wrong kind of value |
//! | T009 | something that cannot be printed | T010 | arithmetic by operators |
//! | T011 | a value that is not given | T012 | a comparison that cannot be made |
//! | T013 | a value that can never be equal | T014 | an unknown block |
//! | T015 | a block that may not be used | T016 | a block or long text inside a line |
//! | T017 | an unknown section | T018 | too much: depth, loops, size |
//! | T019 | a sum without a result | T020 | private characters in the text |
//! | T021 | braces that would be printed | T022 | front matter without an end |
//! | T023 | a name that is taken | T024 | the template engine's own refusal |
//! | T025 | nobody to compare with | | |

mod blocks;
mod content;
mod context;
mod engine;
pub mod filled;
mod lines;
mod lower;
mod parts;
mod schema;
mod section;
mod suggest;
mod syntax;
mod when;

pub use content::{Content, FillCache};
pub use context::{FillContext, FillInput};
pub use section::{check_block, check_section, fill_section};
pub use when::{check_when, evaluate_when};

#[cfg(test)]
mod tests;
