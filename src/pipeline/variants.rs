//! In: an order. Out: its document in every variant of the template, for a look at all of them.

use super::{Engine, LaidOut, Order, lay_out};
use crate::diagnostic::Checked;
use crate::plan::Wishes;

/// One variant of a template, laid out for a look; or why it could not be.
#[derive(Debug)]
pub struct Look {
    pub variant: String,
    pub laid_out: Checked<LaidOut>,
}

/// Lays out the document in every variant of its template (in the one that is wished for, where one is), as a draft.
///
/// # Errors
/// Where there is no such template.
pub fn lay_out_variants(engine: &Engine, order: &Order) -> Checked<Vec<Look>> {
    let template = engine.library.template(&order.template)?;
    let wished = |id: &str| order.wishes.variant.as_deref().is_none_or(|wished| wished == id);
    let ids = template.variants.0.iter().map(|(id, _)| id.value.clone());
    let looks = ids.filter(|id| wished(id)).map(|variant| {
        let wishes = Wishes { variant: Some(variant.clone()), any_length: true, ..order.wishes.clone() };
        let order = Order { wishes, draft: true, ..order.clone() };
        Look { variant, laid_out: lay_out(engine, &order) }
    });
    let looks: Vec<Look> = looks.collect();
    if looks.is_empty() {
        // Nothing but a wish for an unknown variant leaves none; planning says so with the ones there are.
        lay_out(engine, &Order { draft: true, ..order.clone() })?;
    }
    Ok(looks)
}
