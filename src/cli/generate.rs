//! `generate`: in, an order; out, the finished files and what was decided on the way.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Global, OrderArgs, quote, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::export::provenance::{Provenance, SIDECAR};
use crate::export::seal::SealKey;
use crate::export::{self, file};
use crate::hexadecimal::hex;
use crate::keyfile::{self, Purpose};
use crate::pipeline::{self, Order};

#[derive(Debug, Args)]
pub(super) struct Generate {
    #[command(flatten)]
    order: OrderArgs,
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// The formats to write
    #[arg(long, short, value_enum, value_delimiter = ',', default_value = "pdf", value_name = "FORMAT")]
    format: Vec<Format>,
    /// Write no `NAME.provenance.json` beside the document; nobody can then say what it was made from
    #[arg(long)]
    no_sidecar: bool,
    /// Seal the files with this secret key, as `keygen` makes it: whoever has the public key can tell who made them
    #[arg(long, value_name = "KEYFILE")]
    seal: Option<PathBuf>,
    /// A file whose first line is the password of the secret key
    #[arg(long, value_name = "FILE", requires = "seal")]
    password_file: Option<PathBuf>,
    /// Open the document when it is done
    #[arg(long)]
    open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Final, for reading and printing
    Pdf,
    /// For Word: the brand's parts locked, the rest to be filled in
    Docx,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Pdf => Self::Pdf,
            Format::Docx => Self::Docx,
        }
    }
}

impl Generate {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        let order = Order { seal_key: self.seal_key()?, ..self.order.order() };
        let engine = global.engine(order.draft, screen)?;
        let formats: Vec<export::Format> = self.format.iter().map(|format| (*format).into()).collect();
        let made = pipeline::generate_as(&engine, &order, &formats)?;
        let own = |there: &[u8]| is_same_client(there, &made.provenance);
        let sidecar = made.provenance.to_json();
        let mut files: Vec<(&str, &[u8])> =
            made.files.iter().map(|made| (made.format.ending(), made.bytes.as_slice())).collect();
        if !self.no_sidecar {
            files.push((SIDECAR, &sidecar));
        }
        let mut paths = file::write_all(&self.out, &made.stem, &files, &own)?;
        let sidecar = paths.drain(made.files.len()..).next();
        let mut warnings = made.laid_out.warnings.clone();
        if self.open {
            warnings.0.extend(paths.iter().filter_map(|path| open(path)));
        }
        screen.warn(&warnings);
        let pages = made.laid_out.pages.pages.len();
        for path in &paths {
            screen.say(&format!("{} ({pages} pages)", path.display()));
        }
        if let Some(path) = &sidecar {
            screen.say(&format!("{} (what it was made from, for your own records)", path.display()));
        }
        let key = order.seal_key.as_ref().map(|key| hex(&key.public().id()));
        if let Some(key) = &key {
            screen.say(&format!("  sealed with the key {key}"));
        }
        for dropped in &made.laid_out.dropped {
            screen.say(&format!("  left out to keep within the page budget: {dropped}"));
        }
        if let Some(line) = quote::approval_line(&made.laid_out) {
            screen.say(&line);
        }
        let files: Vec<Value> = made
            .files
            .iter()
            .zip(&paths)
            .map(|(made, path)| {
                json!({
                    "path": shown(path),
                    "format": made.format.ending(),
                    "pages": pages,
                    "sha256": hex(&Sha256::digest(&made.bytes)),
                })
            })
            .collect();
        let plan = &made.laid_out.plan;
        screen.document(&json!({
            "files": files,
            "sidecar": sidecar.as_deref().map(shown),
            "seal": key,
            "document": made.provenance.id(),
            "template": plan.template,
            "version": made.provenance.template_version,
            "segment": plan.segment,
            "variant": plan.variant,
            "reasons": plan.reasons,
            "dropped": made.laid_out.dropped,
            "quote": quote::figures(made.laid_out.quote.as_ref()),
            "approval": quote::approval(&made.laid_out),
            "warnings": warnings,
        }));
        Ok(())
    }

    /// The key that seals the files, if one was named.
    fn seal_key(&self) -> Checked<Option<SealKey>> {
        let Some(path) = &self.seal else { return Ok(None) };
        let password = self.password_file.as_deref().map(keyfile::read_password).transpose()?;
        let seed = keyfile::read_secret(path, Purpose::Seal, password.as_deref())?;
        Ok(Some(SealKey::from_seed(seed)))
    }
}

/// Whether a file that stands at the wanted name was made for the same client.
fn is_same_client(there: &[u8], provenance: &Provenance) -> bool {
    let digest = match Provenance::from_json(there) {
        Some(other) => Some(other.client_name_digest),
        None => export::record_of(there).ok().map(|other| other.client_name_digest),
    };
    digest.as_ref() == Some(&provenance.client_name_digest)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Opens a document with the program that the system has for it; a warning where it cannot: the document is there.
pub(super) fn open(path: &Path) -> Option<Diagnostic> {
    let mut command = if cfg!(target_os = "windows") {
        let mut command = std::process::Command::new("explorer");
        command.arg(path);
        command
    } else {
        let mut command = std::process::Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
        command.arg(path);
        command
    };
    command.spawn().err().map(|e| {
        Diagnostic::warning("S005", format!("`{}` was written, but could not be opened: {}", path.display(), plain(&e)))
            .help("open it yourself, and leave `--open` out")
    })
}
