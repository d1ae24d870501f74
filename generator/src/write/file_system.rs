//! The changes that are made to a folder, one by one, so that a test can let each of them fail.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// What changes files.
pub(super) trait FileSystem {
    /// Makes a folder.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that is not there yet.
    fn create(&self, path: &Path, text: &str) -> io::Result<()>;
    /// Gives a file a second path.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a file with the content of another one.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Moves a file, in place of one that may be there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, or a link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder and everything in it, but nothing that a link in it leads to.
    fn remove_dir_all(&self, path: &Path) -> io::Result<()>;
}

/// That of the machine.
pub(super) struct Real;

impl FileSystem for Real {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create(&self, path: &Path, text: &str) -> io::Result<()> {
        fs::File::create_new(path)?.write_all(text.as_bytes())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::copy(from, to).map(drop)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}
