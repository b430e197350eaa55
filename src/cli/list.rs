//! `list`: in, the library; out, its templates, whom they are for and whether they may be used today.

use clap::Args;
use jiff::civil::Date;
use serde_json::json;

use super::{Global, screen::Screen};
use crate::diagnostic::Checked;
use crate::library::days::UsageDays;
use crate::library::template::{Status, Template, TemplateKind};
use crate::library::usable::refuse_template;

#[derive(Debug, Args)]
pub(super) struct List {
    /// Say what may be used on this day, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    date: Option<Date>,
    /// List a library whose lock is missing or broken, too
    #[arg(long)]
    draft: bool,
}

impl List {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        let library = global.library(self.draft, screen)?;
        let date = self.date.unwrap_or_else(super::today);
        let mut rows = Vec::new();
        for id in library.template_ids() {
            let template = library.template(&id)?;
            let refused = refuse_template(&template, UsageDays::on(date));
            print_template(&template, refused.as_ref().map(|d| d.message.as_str()), screen);
            rows.push(row(&template, refused.map(|d| d.message)));
        }
        screen.document(&json!({ "library": library.settings.name, "templates": rows }));
        Ok(())
    }
}

fn kind(template: &Template) -> &'static str {
    match template.kind {
        TemplateKind::Proposal => "proposal",
        TemplateKind::Deck => "deck",
    }
}

fn print_template(template: &Template, refused: Option<&str>, screen: &Screen) {
    screen.say(&format!("{:<16} {} {} ({})", template.id, template.title.first(), template.version, kind(template)));
    for (id, variant) in &template.variants.0 {
        let segments: Vec<&str> = variant.segments.iter().map(|s| s.value.as_str()).collect();
        screen.say(&format!("  {:<14} for {}", id.value, segments.join(", ")));
    }
    if let Some(reason) = refused {
        screen.say(&format!("  cannot be used: {reason}"));
    }
}

fn row(template: &Template, refused: Option<String>) -> serde_json::Value {
    let variants: Vec<_> = template
        .variants
        .0
        .iter()
        .map(|(id, v)| json!({"id": id.value, "segments": v.segments.iter().map(|s| &s.value).collect::<Vec<_>>()}))
        .collect();
    let status = match template.status.value {
        Status::InReview => "in_review",
        Status::Approved => "approved",
        Status::Retired => "retired",
    };
    json!({
        "id": template.id,
        "title": template.title.first(),
        "kind": kind(template),
        "version": template.version,
        "status": status,
        "languages": template.languages.iter().map(|l| &l.value).collect::<Vec<_>>(),
        "owner": template.owner,
        "variants": variants,
        "usable": refused.is_none(),
        "why_not": refused,
    })
}
