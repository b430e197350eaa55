//! `schemas`: in, a folder; out, a JSON Schema for each kind of YAML file, for editors.

use std::path::PathBuf;

use clap::Args;

use super::screen::Screen;
use crate::diagnostic::{Checked, Diagnostic};
use crate::disk::{self, Existing};
use crate::pipeline;

#[derive(Debug, Args)]
pub(super) struct Schemas {
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

impl Schemas {
    pub fn run(&self, screen: &Screen) -> Checked<()> {
        let schemas: Vec<(&str, String)> =
            pipeline::editor_schemas().into_iter().map(|(name, schema)| (name, format!("{schema:#}\n"))).collect();
        let files: Vec<(&str, &[u8])> = schemas.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let paths = disk::write_files(&self.out, &files, Existing::Replace).map_err(|failure| {
            let why = failure.problem().message;
            Diagnostic::error("S006", format!("the schemas could not be written to `{}`: {why}", self.out.display()))
                .help("choose another folder with `-o`")
        })?;
        let written: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        for path in &written {
            screen.say(path);
        }
        screen.document(&serde_json::json!({ "files": written }));
        Ok(())
    }
}
