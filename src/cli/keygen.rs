//! `keygen`: in, a name and what the key is for; out, the two files of a new key.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::screen::Screen;
use crate::diagnostic::{Checked, Diagnostic};
use crate::export::attest::Signer;
use crate::export::seal::SealPublicKey;
use crate::hexadecimal::hex;
use crate::keyfile::{self, Purpose};

#[derive(Debug, Args)]
pub(super) struct Keygen {
    /// Make a key for seals of documents; whoever verifies a document reads this name
    #[arg(long, value_name = "NAME", required = true)]
    seal: String,
    /// The folder to write NAME.key and NAME.pub to
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// A file whose first line is the password that protects the secret key
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl Keygen {
    pub fn run(&self, screen: &Screen) -> Checked<()> {
        let password = self.password_file.as_deref().map(keyfile::read_password).transpose()?;
        let (secret, public) = keyfile::create(&self.out, &self.seal, Purpose::Seal, password.as_deref())?;
        let id = hex(&read_signer(&public)?.key.id());
        let protected = if password.is_some() { "protected by the password" } else { "not protected by a password" };
        screen.say(&format!("{} (secret, {protected}: for whoever seals)", secret.display()));
        screen.say(&format!("{} (public, for everybody who verifies; key {id})", public.display()));
        screen.document(&json!({
            "secret": secret.display().to_string(),
            "public": public.display().to_string(),
            "key": id,
            "name": self.seal,
            "protected": password.is_some(),
        }));
        Ok(())
    }
}

/// Reads the public half of a key for seals, and whose it is.
pub(super) fn read_signer(path: &Path) -> Checked<Signer> {
    let found = keyfile::read_public(path, Purpose::Seal)?;
    let key = SealPublicKey::from_bytes(&found.bytes).ok_or_else(|| {
        Diagnostic::error("S061", format!("`{}` holds no sound public key", path.display()))
            .help("name the `.pub` file as `collateral keygen` wrote it")
    })?;
    Ok(Signer { name: found.name, key })
}
