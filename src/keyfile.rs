//! In: the text of a key file, what the key must be for, a password. Out: the bytes of the key, and whose it is; and a
//! new pair of key files.
//!
//! Key files have the format of minisign, which holds the key and nothing else here. What a key is for is written in its
//! comment line, so that a key for seals is never used to sign a release, or the other way round:
//!
//! `untrusted comment: collateral seal secret key: NAME`
//!
//! | Code | Meaning |
//! |---|---|
//! | S060 | the key file cannot be read |
//! | S061 | the file holds no key of the kind that is asked for, or a damaged one |
//! | S062 | the key is for another purpose |
//! | S063 | the password is missing or wrong |
//! | S064 | a key file of that name is there already |
//! | S065 | a key file cannot be written |
//! | S066 | the system gives no random numbers |
//! | S067 | the password file cannot be read or is empty |
//! | S068 | the name of a key cannot be a file name |

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use minisign::{KeyPair, PublicKeyBox, SecretKey, SecretKeyBox};

use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::source;

/// Key files of minisign hold some 300 bytes; a password file holds one line.
const LARGEST: u64 = 4096;
/// What each key file begins with.
const COMMENT: &str = "untrusted comment: ";
/// The signature algorithm of minisign's keys.
const ALGORITHM: &[u8] = b"Ed";
/// Where a secret key begins in the bytes of a secret key file: after three algorithms, the salt, two limits and the
/// key's number.
const SECRET_AT: usize = 2 + 2 + 2 + 32 + 8 + 8 + 8;
/// Where a public key begins in the bytes of a public key file: after the algorithm and the key's number.
const PUBLIC_AT: usize = 2 + 8;
/// Bytes of each half of a key.
const KEY_BYTES: usize = 32;
/// Longest name of a key, bytes: with its ending it stays within what file systems allow.
const NAME_BYTES: usize = 100;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Seals of documents.
    Seal,
    /// Signatures of releases.
    Release,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Seal, Self::Release];

    fn word(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Release => "release",
        }
    }
}

/// As people read it: `a key for seals`.
impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a key for {}s", self.word())
    }
}

/// The two halves of a key, each in a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Secret,
    Public,
}

impl Half {
    fn word(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Public => "public",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Secret => "key",
            Self::Public => PUBLIC_ENDING,
        }
    }
}

/// The ending of a public key's file.
pub const PUBLIC_ENDING: &str = "pub";

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedKey {
    /// Who the file says holds the key; may hold any character.
    pub name: String,
    pub bytes: [u8; KEY_BYTES],
}

/// Reads a secret key and gives the 32 bytes that it is derived from (RFC 8032, 5.1.5).
///
/// # Errors
/// `S060`–`S063`, see the table above.
pub fn read_secret(path: &Path, purpose: Purpose, password: Option<&str>) -> Checked<[u8; KEY_BYTES]> {
    let text = read_text(path, "S060")?;
    let (_, bytes) = parse(path, &text, purpose, Half::Secret)?;
    let unsound = || damaged(path, Half::Secret);
    let protected = SecretKey::from_bytes(&bytes).map_err(|_| unsound())?.is_encrypted();
    let boxed = SecretKeyBox::from(text);
    let key = match (protected, password) {
        (false, _) => boxed.into_unencrypted_secret_key().map_err(|_| unsound())?,
        (true, None) => return Err(no_password(path).into()),
        // The crate says "wrong password" for a damaged key as well: they cannot be told apart.
        (true, Some(password)) => boxed.into_secret_key(Some(password.to_owned())).map_err(|_| wrong_password(path))?,
    };
    let bytes = key.to_bytes();
    let halves = bytes.get(SECRET_AT..).and_then(|rest| rest.split_first_chunk::<KEY_BYTES>());
    let (seed, rest) = halves.ok_or_else(unsound)?;
    // Signing with a public half of another key would give the secret away.
    if rest.first_chunk() != Some(&SigningKey::from_bytes(seed).verifying_key().to_bytes()) {
        return Err(unsound().into());
    }
    Ok(*seed)
}

/// Reads a public key.
///
/// # Errors
/// `S060`–`S062`, see the table above.
pub fn read_public(path: &Path, purpose: Purpose) -> Checked<NamedKey> {
    let text = read_text(path, "S060")?;
    let (name, _) = parse(path, &text, purpose, Half::Public)?;
    let unsound = || damaged(path, Half::Public);
    let key = PublicKeyBox::from(text).into_public_key().map_err(|_| unsound())?.to_bytes();
    let bytes = key.get(PUBLIC_AT..).and_then(|rest| rest.try_into().ok()).ok_or_else(unsound)?;
    Ok(NamedKey { name, bytes })
}

/// Reads the first line of a password file.
///
/// # Errors
/// `S067` where it cannot be read or holds no password.
pub fn read_password(path: &Path) -> Checked<String> {
    let text = read_text(path, "S067")?;
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        return Err(Diagnostic::error("S067", format!("the first line of `{}` holds no password", path.display()))
            .help("write the password into the first line of the file")
            .into());
    }
    Ok(password.to_owned())
}

/// Makes a new key and writes its two files `NAME.key`, which only its owner may read, and `NAME.pub`.
///
/// # Errors
/// `S064`–`S066` and `S068`, see the table above; then neither file is left behind.
pub fn create(folder: &Path, name: &str, purpose: Purpose, password: Option<&str>) -> Checked<(PathBuf, PathBuf)> {
    if !is_file_name(name) {
        return Err(Diagnostic::error("S068", format!("`{name}` cannot be the name of a key"))
            .help("use letters, digits, blanks, `-`, `_` and `.`, at most 100 bytes, without a dot or blank at an end")
            .into());
    }
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password.to_owned())),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let pair = pair.map_err(|error| {
        Diagnostic::error("S066", format!("no key can be made: {error}")).help("try again, or on another machine")
    })?;
    let text = |half: Half, key: &[u8]| format!("{}{name}\n{}\n", mark(purpose, half), STANDARD.encode(key));
    let path = |half: Half| folder.join(format!("{name}.{}", half.ending()));
    let (secret, public) = (path(Half::Secret), path(Half::Public));
    write_new(&public, &text(Half::Public, &pair.pk.to_bytes()), false)?;
    if let Err(problem) = write_new(&secret, &text(Half::Secret, &pair.sk.to_bytes()), true) {
        // The public half alone is of no use; that it cannot be removed is the lesser problem.
        let _ = std::fs::remove_file(&public);
        return Err(problem.into());
    }
    Ok((secret, public))
}

/// The comment line of a key file up to the name.
fn mark(purpose: Purpose, half: Half) -> String {
    format!("{COMMENT}collateral {} {} key: ", purpose.word(), half.word())
}

/// Takes a key file apart: the name in its comment, and the bytes of its key.
fn parse(path: &Path, text: &str, purpose: Purpose, half: Half) -> Checked<(String, Vec<u8>)> {
    let mut lines = text.lines();
    let (comment, key) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    if lines.any(|line| !line.is_empty()) || !comment.starts_with(COMMENT) {
        return Err(damaged(path, half).into());
    }
    let other = if half == Half::Secret { Half::Public } else { Half::Secret };
    for found in Purpose::ALL {
        if comment.starts_with(&mark(found, other)) {
            return Err(damaged(path, half).into());
        }
        let Some(name) = comment.strip_prefix(&mark(found, half)) else { continue };
        if found != purpose {
            return Err(misused(path, purpose, &found.to_string()).into());
        }
        let bytes = STANDARD.decode(key).ok().filter(|bytes| bytes.starts_with(ALGORITHM));
        return Ok((name.to_owned(), bytes.ok_or_else(|| damaged(path, half))?));
    }
    Err(misused(path, purpose, "a key that does not say what it is for").into())
}

fn damaged(path: &Path, half: Half) -> Diagnostic {
    let (word, ending) = (half.word(), half.ending());
    Diagnostic::error("S061", format!("`{}` holds no sound {word} key", path.display())).help(format!(
        "name the `.{ending}` file as `collateral keygen` wrote it; secret keys end in `.key`, public keys in `.pub`"
    ))
}

fn misused(path: &Path, wanted: Purpose, found: &str) -> Diagnostic {
    Diagnostic::error("S062", format!("`{}` is {found}, and {wanted} is needed", path.display()))
        .help(format!("make one with `collateral keygen --{} NAME`", wanted.word()))
}

fn no_password(path: &Path) -> Diagnostic {
    Diagnostic::error("S063", format!("`{}` is protected by a password", path.display()))
        .help("name a file whose first line is the password with `--password-file FILE`")
}

fn wrong_password(path: &Path) -> Diagnostic {
    Diagnostic::error("S063", format!("the password does not open `{}`, or the key is damaged", path.display()))
        .help("check the first line of the password file")
}

/// The text of a small file; `code` is that of the problem.
fn read_text(path: &Path, code: &'static str) -> Result<String, Diagnostic> {
    let refused = |why: &str| {
        let message = format!("`{}` cannot be read: {why}", path.display());
        let problem =
            if code == "S067" { Diagnostic::error("S067", message) } else { Diagnostic::error("S060", message) };
        problem.help("check the path, and that you may read the file")
    };
    let bytes = source::read_file(path, LARGEST).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => refused("it is larger than any file of its kind"),
        _ => refused(&plain(&error)),
    })?;
    String::from_utf8(bytes).map_err(|_| refused("it is not text"))
}

/// Writes a file that is not there yet; a private one can be read by its owner alone.
fn write_new(path: &Path, text: &str, private: bool) -> Result<(), Diagnostic> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if private {
        keep_private(&mut options);
    }
    let mut file = options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Diagnostic::error("S064", format!("`{}` is there already", path.display()))
            .help("choose another name: what was sealed with a key that is replaced can no longer be checked"),
        _ => unwritten(path, &error),
    })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // The file is new and incomplete; the problem that is reported is the first one.
        let _ = std::fs::remove_file(path);
        unwritten(path, &error)
    })
}

fn unwritten(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("S065", format!("`{}` cannot be written: {}", path.display(), plain(error)))
        .help("choose another folder with `-o`")
}

#[cfg(unix)]
fn keep_private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// A new file on Windows inherits who may read it from its folder.
#[cfg(not(unix))]
fn keep_private(_: &mut OpenOptions) {}

/// True for what every system can hold as a name of a file, and one line of a comment.
fn is_file_name(name: &str) -> bool {
    let fine = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let ends = |c: char| matches!(c, ' ' | '.');
    !name.is_empty()
        && name.len() <= NAME_BYTES
        && name.chars().all(fine)
        && !name.starts_with(ends)
        && !name.ends_with(ends)
}

#[cfg(test)]
#[path = "keyfile_tests.rs"]
mod tests;
