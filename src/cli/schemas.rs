//! `schemas`: in, a folder; out, a JSON Schema for each kind of YAML file, for editors.

use std::path::PathBuf;

use clap::Args;

use super::screen::Screen;
use crate::diagnostic::{Checked, Diagnostic};
use crate::pipeline;

#[derive(Debug, Args)]
pub(super) struct Schemas {
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

impl Schemas {
    pub fn run(&self, screen: &Screen) -> Checked<()> {
        let failed = |e: std::io::Error| {
            Diagnostic::error("S006", format!("the schemas could not be written to `{}`: {e}", self.out.display()))
                .help("choose another folder with `-o`")
        };
        std::fs::create_dir_all(&self.out).map_err(failed)?;
        let mut written = Vec::new();
        for (name, schema) in pipeline::editor_schemas() {
            let path = self.out.join(name);
            std::fs::write(&path, format!("{schema:#}\n")).map_err(failed)?;
            screen.say(&path.display().to_string());
            written.push(path.display().to_string());
        }
        screen.document(&serde_json::json!({ "files": written }));
        Ok(())
    }
}
