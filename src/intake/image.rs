//! In: the name of an image beside the client file. Out: its path and digest, when it is one that a document can carry.

use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

/// Most bytes of a client's image.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// An image of the client.
pub(super) struct ClientImage {
    /// Resolved beside the client file.
    pub(super) path: PathBuf,
    /// SHA-256 of the file, lower-case hex.
    pub(super) digest: String,
}

/// Why an image cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ImageFault {
    #[error("the image `{0}` is not beside the client file")]
    Outside(String),
    #[error("the image `{0}` is not a PNG, JPEG or SVG file")]
    Kind(String),
    #[error("there is no image `{0}` beside the client file")]
    Missing(String),
    #[error("the image `{name}` cannot be read: {error}")]
    Unreadable { name: String, error: std::io::Error },
    #[error("the image `{0}` is longer than 20 MB")]
    TooLong(String),
}

impl ImageFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Outside(_) => "C018",
            _ => "C019",
        }
    }

    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Outside(_) => "copy the image into the client file's folder and give its name alone",
            Self::Kind(_) => "save it as PNG, JPEG or SVG, with that ending",
            Self::Missing(_) => "copy the image into the client file's folder, or mend its name",
            Self::Unreadable { .. } => "choose a file that you may read",
            Self::TooLong(_) => "save a smaller one: 2,000 pixels across are plenty",
        }
    }
}

/// Finds an image below `folder`. Names go down only: no `..`, no absolute path, no link that leads elsewhere.
pub(super) fn find(folder: &Path, name: &str) -> Result<ClientImage, ImageFault> {
    let outside = || ImageFault::Outside(name.to_owned());
    // A name must mean the same on every system, so what Windows reads as a path is refused everywhere.
    let down = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if name.is_empty() || !down || name.contains(['\\', ':', '\0']) || name.starts_with('/') {
        return Err(outside());
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.as_deref().filter(|ending| matches!(*ending, "png" | "jpg" | "jpeg" | "svg"));
    let Some(ending) = ending else { return Err(ImageFault::Kind(name.to_owned())) };
    let fault = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ImageFault::Missing(name.to_owned()),
        std::io::ErrorKind::FileTooLarge => ImageFault::TooLong(name.to_owned()),
        _ => ImageFault::Unreadable { name: name.to_owned(), error },
    };
    let path = folder.join(name);
    let real = path.canonicalize().map_err(fault)?;
    if !real.starts_with(folder.canonicalize().map_err(fault)?) {
        return Err(outside());
    }
    let bytes = crate::source::read_file(&real, MAX_BYTES).map_err(fault)?;
    if !begins_as(&bytes, ending) {
        return Err(ImageFault::Kind(name.to_owned()));
    }
    Ok(ClientImage { path, digest: crate::hexadecimal::hex(&Sha256::digest(&bytes)) })
}

/// Whether the first bytes are those of the format that the ending names.
fn begins_as(bytes: &[u8], ending: &str) -> bool {
    match ending {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        _ => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
            head.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') && head.contains("<svg")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_images_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("clients");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("logo.png"), b"\x89PNG\r\n\x1a\n....").unwrap();
        std::fs::write(inner.join("fake.png"), b"GIF89a").unwrap();
        std::fs::write(inner.join("logo.SVG"), b"<?xml version='1.0'?><svg/>").unwrap();
        std::fs::write(folder.path().join("out.png"), b"\x89PNG\r\n\x1a\n....").unwrap();
        assert!(find(&inner, "logo.png").is_ok());
        assert!(find(&inner, "logo.SVG").is_ok());
        let code = |name: &str| find(&inner, name).err().map(|fault| fault.code());
        for bad in ["../out.png", "/etc/x.png", "..\\out.png", "C:x.png", "a/../../out.png", "", "./../out.png"] {
            assert_eq!(code(bad), Some("C018"), "{bad}");
        }
        for bad in ["none.png", "fake.png", "logo.gif", "logo"] {
            assert_eq!(code(bad), Some("C019"), "{bad}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("out.png"), inner.join("link.png")).unwrap();
            assert_eq!(code("link.png"), Some("C018"));
        }
    }
}
