//! In: a template that has been checked, and the values of a document. Out: filled text, every value an opaque token.
//!
//! Filters and functions are shared by all templates; what belongs to one rendering is in the [`Run`] of this thread.

mod filters;
mod functions;
mod run;
mod tokens;
pub(super) mod values;

use std::io::{self, Write};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use tera::Tera;

pub(super) use run::{Outcome, Run};

use super::lines::MOST_OUTPUT;
use super::lower::Mode;
use super::section::Compiled;
use crate::diagnostic::Diagnostic;
use crate::fill::context::Values;

/// A Tera instance with our filters and functions and without templates.
pub(super) fn bare() -> Tera {
    static BARE: OnceLock<Tera> = OnceLock::new();
    let tera = BARE.get_or_init(|| {
        let mut tera = Tera::new();
        // Every name ends with nothing, so every template is escaped.
        tera.autoescape_on([""]);
        tera.set_escape_fn(tokens::escape);
        filters::register(&mut tera);
        functions::register(&mut tera);
        tera
    });
    tera.clone()
}

/// Renders one template of a compiled file.
pub(super) fn render(compiled: &Arc<Compiled>, part: &str, mode: Mode, values: &Rc<Values>) -> Outcome {
    let run = Run::new(Rc::clone(values), Arc::clone(compiled), mode);
    let mut out = Limited { bytes: Vec::with_capacity(8 * 1024), full: false };
    let (result, run) = run.during(|| compiled.tera.render_to(part, &values.names, &mut out));
    let mut outcome = run.finish(String::from_utf8(out.bytes).unwrap_or_default());
    if let Err(error) = result
        && outcome.errors.is_empty()
    {
        outcome.errors.push(if out.full {
            compiled.too_long()
        } else {
            Diagnostic::error("T024", format!("the template engine stopped: {error}")).at(compiled.start())
        });
    }
    outcome
}

/// A buffer that refuses to grow beyond [`MOST_OUTPUT`].
struct Limited {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MOST_OUTPUT {
            self.full = true;
            return Err(io::Error::other("too long"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
