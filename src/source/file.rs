//! In: the path of a file that somebody named. Out: its bytes, of an ordinary file and up to a limit.
//!
//! Opening a named pipe waits for its other end, and a device may never end, so neither is opened.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, Prefix};

/// Reads a whole file of at most `most` bytes.
///
/// # Errors
/// As the system says; [`ErrorKind::FileTooLarge`] for a longer file; `it is not a file` for pipes, devices, sockets and
/// folders.
pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let not_a_file = || io::Error::other("it is not a file");
    // Windows says that its devices are files.
    if cfg!(windows) && names_device(path) {
        return Err(not_a_file());
    }
    // Asked before it is opened: opening a pipe would wait.
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(not_a_file());
    }
    if about.len() > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    // One byte more tells a file that is longer than it says, or that grows.
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// True for a path that Windows would read as a device: `\\.\pipe\x`, `C:\x\NUL`, `con.txt`.
fn names_device(path: &Path) -> bool {
    let device = |component: Component| match component {
        Component::Prefix(prefix) => matches!(prefix.kind(), Prefix::DeviceNS(_)),
        _ => false,
    };
    let name = path.file_name().and_then(|name| name.to_str());
    path.components().any(device) || name.is_some_and(is_device_name)
}

/// True for a name that Windows keeps for a device, with any ending and in any case.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or(name).trim_end_matches(' ').to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    // The digits in superscript are digits to Windows too.
    let numbered = port.is_some_and(|digit| {
        let mut digits = digit.chars();
        digits.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')) && digits.next().is_none()
    });
    numbered || matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" | "clock$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_files_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.txt");
        std::fs::write(&file, b"abc").expect("it can be written");
        assert_eq!(read_file(&file, 3).expect("it fits"), b"abc");
        assert_eq!(read_file(&file, 2).expect_err("it is longer").kind(), ErrorKind::FileTooLarge);
        assert_eq!(read_file(folder.path(), 9).expect_err("a folder").to_string(), "it is not a file");
        assert_eq!(read_file(&folder.path().join("b"), 9).expect_err("nothing").kind(), ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_sockets_and_devices_are_not_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is part of every Unix");
        assert!(made.success());
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).expect("a link");
        for path in [&pipe, &socket, &link, Path::new("/dev/zero"), Path::new("/dev/null")] {
            assert_eq!(read_file(path, 9).expect_err("no file").to_string(), "it is not a file", "{}", path.display());
        }
    }

    #[test]
    fn names_of_devices() {
        for name in ["CON", "con.md", "Aux", "nul.tar.gz", "COM1", "lpt9.txt", "com²", "PRN ", "NUL .md", "CONOUT$"] {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["console", "com", "com10", "comb", "a.con", "nullable.md", "auxiliary", "lpt", "contact.md"] {
            assert!(!is_device_name(name), "{name}");
        }
    }
}
