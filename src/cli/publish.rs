//! `publish`: in, a working copy of the library; out, its lock.

use clap::Args;
use serde_json::json;

use super::{Global, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic};
use crate::library::files::Source;
use crate::library::publish::publish;
use crate::pipeline;

#[derive(Debug, Args)]
pub(super) struct Publish {
    /// The release's version; the last one with its last number raised, if left out
    #[arg(long, value_name = "X.Y.Z")]
    release: Option<String>,
    /// What changed, in a sentence
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
    /// The release's date, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    date: Option<jiff::civil::Date>,
}

impl Publish {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        let Source::Folder(root) = global.find()? else {
            return Err(Diagnostic::error("L010", "the sample library inside the program cannot be published")
                .help("name a library of your own with `--library DIR`")
                .into());
        };
        let date = self.date.unwrap_or_else(super::today);
        let lock = publish(&root, self.release.as_deref(), date, &self.note, &pipeline::check_content)?;
        screen.say(&format!("release {} of {date}: {} files locked", lock.version, lock.files.len()));
        screen.document(&json!({
            "version": lock.version.to_string(), "date": date.to_string(), "files": lock.files.len(), "sha256": lock.digest(),
        }));
        Ok(())
    }
}
