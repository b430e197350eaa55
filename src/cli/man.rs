//! `man`: in, a folder; out, a manual page for each command.

use std::path::PathBuf;

use clap::Args;

use super::screen::Screen;
use crate::diagnostic::{Checked, Diagnostic};

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

impl Man {
    pub fn run(&self, screen: &Screen) -> Checked<()> {
        let failed = |e: std::io::Error| {
            Diagnostic::error("S006", format!("the manual pages could not be written to `{}`: {e}", self.out.display()))
                .help("choose another folder with `-o`")
        };
        std::fs::create_dir_all(&self.out).map_err(failed)?;
        clap_mangen::generate_to(super::command(), &self.out).map_err(failed)?;
        screen.say(&format!("manual pages written to {}", self.out.display()));
        screen.document(&serde_json::json!({ "folder": self.out.display().to_string() }));
        Ok(())
    }
}
