//! Where the bytes of a spec come from.

use std::path::{Path, PathBuf};

use super::bounds::Bounds;
use crate::plain_file;
use crate::revision::Revision;

/// A supply of files, by their path relative to the folder of the entry document.
pub(super) trait Files {
    /// Where a path leads: the same for all paths to one file, whether it is there or not.
    fn locate(&self, path: &str) -> Result<PathBuf, Outside>;

    /// The bytes of a file that was located, or nothing more than `limit + 1` of them.
    fn read(&self, place: &Path, limit: usize) -> Result<Vec<u8>, String>;
}

/// A path leads out of the root. Nothing else is known of it.
pub(super) struct Outside {
    /// The root, as messages show it.
    pub(super) root: String,
}

/// The files of a disk, within bounds.
pub(super) struct Disk(pub(super) Bounds);

impl Files for Disk {
    fn locate(&self, path: &str) -> Result<PathBuf, Outside> {
        self.0.locate(path).ok_or_else(|| Outside {
            root: self.0.shown_root(),
        })
    }

    fn read(&self, place: &Path, limit: usize) -> Result<Vec<u8>, String> {
        plain_file::read(place, limit).map_err(|error| plain_file::reason(&error))
    }
}

/// The files of a revision of a repository, within its folder.
pub(super) struct AtRevision<'r> {
    pub(super) revision: &'r Revision,
    /// The folder of the entry document in the repository, with `/` between its parts.
    pub(super) folder: &'r str,
}

impl Files for AtRevision<'_> {
    fn locate(&self, path: &str) -> Result<PathBuf, Outside> {
        let mut parts: Vec<&str> = self.folder.split('/').filter(|it| !it.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or_else(|| Outside {
                        root: "the folder of the repository".to_owned(),
                    })?;
                }
                part => parts.push(part),
            }
        }
        Ok(parts.join("/").into())
    }

    fn read(&self, place: &Path, limit: usize) -> Result<Vec<u8>, String> {
        self.revision.read(&place.to_string_lossy(), limit)
    }
}

/// Files that are in memory already: path and text.
pub(super) struct Memory<'t>(pub(super) &'t [(&'t str, &'t str)]);

impl Files for Memory<'_> {
    fn locate(&self, path: &str) -> Result<PathBuf, Outside> {
        Ok(path.into())
    }

    fn read(&self, place: &Path, _limit: usize) -> Result<Vec<u8>, String> {
        let file = self.0.iter().find(|(name, _)| Path::new(name) == place);
        file.map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "there is no such file".to_owned())
    }
}
