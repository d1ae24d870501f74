//! Reads plain files. Special files are not opened, since a pipe may block and a device may never end.

use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use crate::digest::Digest;

/// The bytes of a file, or nothing more than `limit + 1` of them.
pub(crate) fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    check(&fs::metadata(path)?)?;
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file, which is not larger than `limit` bytes.
pub(crate) fn read_text(path: &Path, limit: usize) -> io::Result<String> {
    let bytes = read(path, limit)?;
    if bytes.len() > limit {
        let message = format!("it is larger than {limit} bytes");
        return Err(io::Error::other(message));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
}

/// The digest of a file, however large it is.
pub(crate) fn digest(path: &Path) -> io::Result<Digest> {
    check(&fs::metadata(path)?)?;
    Digest::of_reader(fs::File::open(path)?)
}

/// Says what is in the place of a file, if it is none.
pub(crate) fn check(found: &Metadata) -> io::Result<()> {
    let what = if found.is_file() {
        return Ok(());
    } else if found.is_symlink() {
        "it is a symbolic link"
    } else if found.is_dir() {
        "it is a folder"
    } else {
        "it is a pipe, a socket or a device"
    };
    Err(io::Error::other(what))
}

/// Why a file could not be read or written, in the same words on every system for what is common.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".to_owned(),
        io::ErrorKind::InvalidFilename => "the file system does not take this name".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}
