//! Where the bytes of a spec come from.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A supply of files, by their path relative to the folder of the entry document.
pub(super) trait Files {
    /// What tells whether two paths lead to the same file.
    fn identity(&self, path: &str) -> Option<PathBuf>;

    /// The bytes of a file, or nothing more than `limit + 1` of them.
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, String>;
}

/// The files of a folder.
pub(super) struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// The folder of an entry document.
    pub(super) fn around(entry: &Path) -> Self {
        Self {
            folder: entry.parent().map(Path::to_owned).unwrap_or_default(),
        }
    }
}

impl Files for Disk {
    fn identity(&self, path: &str) -> Option<PathBuf> {
        fs::canonicalize(self.folder.join(path)).ok()
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, String> {
        let path = self.folder.join(path);
        // Opening a device or a pipe can block, and reading it may never end.
        let metadata = fs::metadata(&path).map_err(|error| reason(&error))?;
        if !metadata.is_file() {
            return Err(if metadata.is_dir() {
                "it is a folder"
            } else {
                "it is not a file"
            }
            .to_owned());
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(|error| reason(&error))?;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| reason(&error))?;
        Ok(bytes)
    }
}

/// The same words on every system for what is common.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Files that are in memory already: path and text.
pub(super) struct Memory<'t>(pub(super) &'t [(&'t str, &'t str)]);

impl Files for Memory<'_> {
    fn identity(&self, path: &str) -> Option<PathBuf> {
        self.0
            .iter()
            .any(|(name, _)| *name == path)
            .then(|| path.into())
    }

    fn read(&self, path: &str, _limit: usize) -> Result<Vec<u8>, String> {
        let file = self.0.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "there is no such file".to_owned())
    }
}
