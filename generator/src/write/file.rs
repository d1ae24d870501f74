//! A single file, outside of the folders that Keywright owns.

use std::fs;
use std::io;
use std::path::Path;

use super::{persist, shown, stage_file, unreadable};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

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
    let old = match read(path) {
        Ok(old) => old,
        Err(error) => {
            diagnostics.report(unreadable(path, &error));
            return None;
        }
    };
    if old.as_deref() == Some(text.as_bytes()) {
        return Some(FileChange::Unchanged);
    }
    if let Some(old) = &old
        && !force
        && !String::from_utf8_lossy(old)
            .lines()
            .any(|it| it.contains(mark))
    {
        let message = format!(
            "`{}` is there already, and Keywright did not write it",
            shown(path)
        );
        let help = "choose another file, or replace this one with `--force`";
        diagnostics.report(Diagnostic::new(Code::ForeignFile, message).help(help));
        return None;
    }
    if let Err(error) = stage_file(path, text).and_then(|it| persist(it).map_err(|(_, it)| it)) {
        let message = format!("`{}` cannot be written: {error}", shown(path));
        let help = "see to it that the folder is there and can be written to";
        diagnostics.report(Diagnostic::new(Code::UnwritableFile, message).help(help));
        return None;
    }
    Some(if old.is_some() {
        FileChange::Updated
    } else {
        FileChange::Created
    })
}

/// The bytes of a file; `None` when there is none. A link is not followed, since it would be replaced.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(io::Error::other("it is a symbolic link")),
        Ok(_) => fs::read(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
