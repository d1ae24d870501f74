//! A single file, outside of the folders that Keywright owns.

use std::fs;
use std::io;
use std::path::Path;

use super::file_system::{FileSystem, Real};
use super::staging::{self, Job, NewFile};
use super::{failed, lock, or_here, shown, unreadable, unwritable};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::plain_file;

/// How many bytes of a file are looked at before it is replaced.
const LARGEST: usize = 1 << 30;

/// What was done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// There was none.
    Created,
    /// It held something else.
    Updated,
    /// It held the text already.
    Unchanged,
}

/// Writes a file, whole or not at all. One that is there already is replaced if it has a line with `mark` in it,
/// which tells that Keywright wrote it, or else only by `force`. `None`, with a diagnostic, when nothing was written.
pub fn write_file(
    path: &Path,
    text: &str,
    mark: &str,
    force: bool,
    diagnostics: &mut Diagnostics,
) -> Option<FileChange> {
    match put(&Real, path, text, mark, force) {
        Ok(change) => Some(change),
        Err(diagnostic) => {
            diagnostics.report(*diagnostic);
            None
        }
    }
}

fn put(
    system: &dyn FileSystem,
    path: &Path,
    text: &str,
    mark: &str,
    force: bool,
) -> Result<FileChange, Box<Diagnostic>> {
    read(path)?;
    let folder = or_here(path.parent().unwrap_or(Path::new("")));
    let _lock = lock::exclusive(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unwritable(path, &io::Error::other("there is no such folder")),
        _ => unwritable(path, &error),
    })?;
    // Another run may just have written it.
    let old = read(path)?;
    let change = match &old {
        None => FileChange::Created,
        Some(old) if old == text.as_bytes() => FileChange::Unchanged,
        Some(old) if force || has_mark(old, mark) => FileChange::Updated,
        Some(_) => return Err(Box::new(refused(path))),
    };
    if change == FileChange::Unchanged {
        // It is no harm if something of a killed run stays.
        let _ = staging::clear(folder, system);
        return Ok(change);
    }
    let name = path.file_name().unwrap_or_default();
    let file = NewFile {
        path: name.to_string_lossy().into_owned(),
        text: text.to_owned(),
        replaces: old.is_some(),
    };
    let job = Job {
        files: vec![file],
        ..Job::default()
    };
    match job.carry_out(folder, system) {
        Ok(()) => Ok(change),
        Err(failure) => Err(Box::new(failed(&failure))),
    }
}

/// The bytes of a file; `None` when there is none. A link is not followed, since it would be replaced.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
    let help = "choose another file, or move away what is in its place";
    bytes(path).map_err(|error| Box::new(unreadable(path, &error).help(help)))
}

fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(found) => {
            plain_file::check(&found)?;
            plain_file::read(path, LARGEST).map(Some)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn has_mark(text: &[u8], mark: &str) -> bool {
    String::from_utf8_lossy(text)
        .lines()
        .any(|it| it.contains(mark))
}

fn refused(path: &Path) -> Diagnostic {
    let message = format!(
        "`{}` is there already, and Keywright did not write it",
        shown(path)
    );
    let help = "choose another file, or replace this one with `--force`";
    Diagnostic::new(Code::ForeignFile, message).help(help)
}
