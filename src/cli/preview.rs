//! `preview`: in, an order; out, a page for the browser with the document in every variant, anew whenever a file is saved.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clap::Args;
use serde_json::json;
use walkdir::WalkDir;

use super::{Global, OrderArgs, generate::open, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::export::file;
use crate::library::files::Source;
use crate::pipeline::{self, Look};
use crate::web::preview;

/// How often the files are looked at: often enough to feel at once, seldom enough for a shared drive.
const PAUSE: Duration = Duration::from_millis(400);

#[derive(Debug, Args)]
pub(super) struct Preview {
    #[command(flatten)]
    order: OrderArgs,
    /// The page to write
    #[arg(long, short, value_name = "FILE", default_value = "preview.html")]
    out: PathBuf,
    /// Write the page again whenever the library or the client file is saved, until stopped with Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
}

impl Preview {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        if self.watch && screen.json {
            return Err(Diagnostic::error("S011", "`--watch` does not end, so that it has no one JSON document")
                .help("leave out `--json` or `--watch`")
                .into());
        }
        // Found once: a library that loses a file while it is watched is not replaced by another.
        let source = global.source(screen)?;
        let mut seen = self.watch.then(|| self.state(&source));
        let looks = self.looks(&source);
        if !self.watch {
            let looks = looks?;
            if let Some(problems) = refused(&looks) {
                return Err(problems);
            }
            let path = self.write(&preview::page(&self.title(), &looks, false))?;
            return self.tell(screen, &path, &looks);
        }
        let path = self.again(screen, looks)?;
        let warning = self.open.then(|| open(&path)).flatten();
        screen.warn(&Problems(warning.into_iter().collect()));
        loop {
            std::thread::sleep(PAUSE);
            let now = Some(self.state(&source));
            if now != seen {
                seen = now;
                self.again(screen, self.looks(&source))?;
            }
            if screen.is_failed() {
                return Ok(());
            }
        }
    }

    fn looks(&self, source: &Source) -> Checked<Vec<Look>> {
        pipeline::lay_out_variants(&super::engine(source.clone(), true)?, &self.order.order())
    }

    /// Writes the page as things stand, with the problems on it: whoever watches looks there.
    fn again(&self, screen: &Screen, looks: Checked<Vec<Look>>) -> Checked<PathBuf> {
        let html = match &looks {
            Ok(looks) => preview::page(&self.title(), looks, true),
            Err(problems) => preview::refusal(&self.title(), problems, true),
        };
        let path = self.write(&html)?;
        let fine = looks.is_ok_and(|looks| looks.iter().all(|look| look.laid_out.is_ok()));
        screen.say(&format!("{}{}", path.display(), if fine { "" } else { " (with problems, shown on the page)" }));
        Ok(path)
    }

    fn title(&self) -> String {
        format!("{}: preview", self.order.template)
    }

    fn write(&self, html: &str) -> Checked<PathBuf> {
        let folder = self.out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let stem = self.out.file_stem().map_or_else(|| "preview".into(), |stem| stem.to_string_lossy());
        let is_own = |there: &[u8]| there.starts_with(preview::MARK.as_bytes());
        file::write(folder, &stem, "html", html.as_bytes(), &is_own)
    }

    fn tell(&self, screen: &Screen, path: &Path, looks: &[Look]) -> Checked<()> {
        let mut variants = Vec::new();
        let mut warnings = Problems::default();
        for look in looks {
            let pages = look.laid_out.as_ref().map(|laid_out| laid_out.pages.pages.len()).ok();
            let problems = look.laid_out.as_ref().err();
            variants.push(json!({"variant": look.variant, "pages": pages, "problems": problems}));
            if let Some(problems) = problems {
                warnings.extend_new(problems.clone());
            }
        }
        screen.warn(&warnings);
        screen.say(&path.display().to_string());
        screen.document(
            &json!({"files": [{"path": path.display().to_string(), "format": "html"}], "variants": variants}),
        );
        let warning = self.open.then(|| open(path)).flatten();
        screen.warn(&Problems(warning.into_iter().collect()));
        Ok(())
    }

    /// Names, sizes and times of all files that the document is made from.
    fn state(&self, source: &Source) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
        let mut roots: Vec<PathBuf> = self.order.client.iter().cloned().collect();
        if let Source::Folder(folder) = source {
            roots.extend(["brand", "templates"].map(|part| folder.join(part)));
        }
        let mut state = Vec::new();
        // A file that vanishes while it is looked at is a change like any other.
        for entry in roots.iter().flat_map(|root| WalkDir::new(root).sort_by_file_name()).flatten() {
            if let Ok(about) = entry.metadata()
                && about.is_file()
            {
                state.push((entry.into_path(), about.len(), about.modified().ok()));
            }
        }
        state
    }
}

/// The problems of all variants where none can be shown.
fn refused(looks: &[Look]) -> Option<Problems> {
    let mut problems = Problems::default();
    for look in looks {
        match &look.laid_out {
            Ok(_) => return None,
            Err(found) => problems.extend_new(found.clone()),
        }
    }
    Some(problems)
}
