//! `completions`: in, a shell's name; out, its completion script.

use clap::Args;

use super::screen::Screen;
use crate::diagnostic::Checked;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub fn run(&self, screen: &Screen) -> Checked<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "collateral", &mut script);
        screen.print(String::from_utf8_lossy(&script).trim_end());
        Ok(())
    }
}
