//! `man`: in, a folder; out, a manual page for each command.

use std::path::PathBuf;

use clap::{Args, Command};

use super::screen::Screen;
use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::disk::{self, Existing};

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

impl Man {
    pub fn run(&self, screen: &Screen) -> Checked<()> {
        let failed = |why: String| {
            Diagnostic::error(
                "S006",
                format!("the manual pages could not be written to `{}`: {why}", self.out.display()),
            )
            .help("choose another folder with `-o`")
        };
        let mut command = super::command().disable_help_subcommand(true);
        command.build();
        let mut pages = Vec::new();
        render(&command, &mut pages).map_err(|error| failed(plain(&error)))?;
        let files: Vec<(&str, &[u8])> = pages.iter().map(|(name, page)| (name.as_str(), page.as_slice())).collect();
        disk::write_files(&self.out, &files, Existing::Replace).map_err(|error| failed(error.problem().message))?;
        screen.say(&format!("manual pages written to {}", self.out.display()));
        screen.document(&serde_json::json!({ "folder": self.out.display().to_string() }));
        Ok(())
    }
}

/// The pages of a command and of those below it, with their file names.
fn render(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        render(below, pages)?;
    }
    let page = clap_mangen::Man::new(command.clone());
    let mut bytes = Vec::new();
    page.render(&mut bytes)?;
    pages.push((page.get_filename(), bytes));
    Ok(())
}
