//! `explain`: in, an order; out, each decision about the document with its reason. Nothing is written.

use clap::Args;
use serde_json::json;

use super::{Global, OrderArgs, quote, screen::Screen};
use crate::diagnostic::Checked;
use crate::pipeline;

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    order: OrderArgs,
    /// Say how each figure of the quote came to be
    #[arg(long)]
    quote: bool,
}

impl Explain {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        let order = self.order.order();
        let engine = global.engine(order.draft, screen)?;
        let laid_out = pipeline::lay_out(&engine, &order)?;
        let plan = &laid_out.plan;
        let pages = laid_out.pages.pages.len();
        screen.say(&format!("{} for {}: {pages} pages", plan.template, laid_out.client.client.name));
        for reason in &plan.reasons {
            screen.say(&format!("  {reason}"));
        }
        screen.say("");
        for section in &plan.sections {
            let mark = if section.included { "in " } else { "out" };
            screen.say(&format!("  {mark}  {:<24} {}", section.id, section.reason));
        }
        let reckoned = laid_out.quote.as_ref();
        if let Some(line) = quote::approval_line(&laid_out) {
            screen.say(&line);
        }
        if self.quote {
            quote::say(reckoned, screen);
        }
        screen.warn(&laid_out.warnings);
        let sections: Vec<_> = plan
            .sections
            .iter()
            .map(|s| json!({"id": s.id, "file": s.path, "in": s.included, "reason": s.reason}))
            .collect();
        screen.document(&json!({
            "template": plan.template,
            "segment": plan.segment,
            "variant": plan.variant,
            "language": plan.language,
            "locale": plan.locale,
            "pages": pages,
            "reasons": plan.reasons,
            "sections": sections,
            "dropped": laid_out.dropped,
            "quote": if self.quote { quote::worked(reckoned) } else { quote::figures(reckoned) },
            "approval": quote::approval(&laid_out),
            "warnings": laid_out.warnings,
        }));
        Ok(())
    }
}
