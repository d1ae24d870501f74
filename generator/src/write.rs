//! Writes files: only those that changed, and only over files that Keywright wrote.
//!
//! Keywright owns the files that the manifest `.keywright` lists; all other files in the folder are left alone. Either
//! all changes are made or none. Two runs wait for each other. A killed run leaves a folder that is marked as
//! incomplete, and the next run completes it.

mod cache;
mod file;
mod file_system;
mod lock;
mod manifest;
mod plan;
mod staging;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use cache::{keep, kept};
pub use file::{FileChange, write_file};
pub(crate) use verify::{Content, Holding, holding, verify};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::plain_file;
use file_system::{FileSystem, Real};
use lock::Claim;
use plan::Plan;
use staging::Failure;

/// The number of foreign files that a message names.
const NAMED: usize = 5;

/// The changes that were made to a folder, or would be made.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that are not up to date, in the order of their paths.
    pub changes: Vec<Change>,
    /// The files that are up to date.
    pub unchanged: Vec<String>,
    /// Set if an earlier run was interrupted.
    pub was_interrupted: bool,
}

/// A file that is not up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path relative to the folder, with `/` as separator.
    pub path: String,
    /// The kind of change.
    pub kind: ChangeKind,
}

/// A kind of change of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The file is missing and is created.
    Created,
    /// The file has other content and is replaced.
    Updated,
    /// The file was written by an earlier run, is no longer needed, and is removed.
    Removed,
}

impl Report {
    fn add(&mut self, path: &str, kind: ChangeKind) {
        let path = path.to_owned();
        self.changes.push(Change { path, kind });
    }

    fn sort(&mut self) {
        self.changes.sort_by(|one, other| one.path.cmp(&other.path));
        self.unchanged.sort();
    }
}

/// Brings a folder up to date. Returns `None` if that is not possible; then nothing has changed.
pub fn write(
    files: &BTreeMap<String, String>,
    dir: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    write_by(&Real, files, dir, diagnostics)
}

fn write_by(
    system: &dyn FileSystem,
    files: &BTreeMap<String, String>,
    dir: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let dir = or_here(dir);
    check_folder(dir, diagnostics)?;
    let claim = match Claim::of(dir, system) {
        Ok(claim) => claim,
        Err(error) => {
            diagnostics.report(unwritable(dir, &error));
            return None;
        }
    };
    // From here on no other run changes anything, so that what is there is looked at now.
    let report = Plan::make(files, dir, diagnostics)
        .and_then(|plan| carry_out(plan, system, dir, diagnostics));
    if report.is_none() {
        claim.give_up(system);
    }
    report
}

fn carry_out(
    plan: Plan,
    system: &dyn FileSystem,
    dir: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let done = if plan.report.changes.is_empty() {
        staging::clear(dir, system).map_err(|error| Failure {
            path: dir.join(staging::NAME),
            error,
            is_undone: true,
        })
    } else {
        plan.job.carry_out(dir, system)
    };
    match done {
        Ok(()) => Some(plan.report),
        Err(failure) => {
            diagnostics.report(failed(&failure));
            None
        }
    }
}

/// Returns the changes that [`write()`] would make, without making them.
pub fn compare(
    files: &BTreeMap<String, String>,
    dir: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let dir = or_here(dir);
    check_folder(dir, diagnostics)?;
    let _lock = lock::shared(dir);
    Plan::make(files, dir, diagnostics).map(|plan| plan.report)
}

/// Returns a folder, or the working folder if the path is empty.
fn or_here(dir: &Path) -> &Path {
    if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    }
}

fn check_folder(dir: &Path, diagnostics: &mut Diagnostics) -> Option<()> {
    if fs::metadata(dir).is_ok_and(|found| !found.is_dir()) {
        let message = format!("`{}` is not a folder", shown(dir));
        let help = "choose another output folder";
        diagnostics.report(Diagnostic::new(Code::UnwritableFile, message).help(help));
        return None;
    }
    Some(())
}

/// Finds a file of a folder. Returns `None` if there is none. Neither the file nor a folder on its path may be a
/// symbolic link, which could lead out of the folder, or another special file.
fn find(dir: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let mut place = dir.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if parts.peek().is_none() {
            plain_file::check(&found)?;
        } else if !found.is_dir() {
            let is = if found.is_symlink() {
                "a symbolic link"
            } else {
                "not a folder"
            };
            return Err(io::Error::other(format!("`{}` is {is}", shown(&place))));
        }
    }
    Ok(Some(place))
}

fn failed(failure: &Failure) -> Diagnostic {
    let note = if failure.is_undone {
        "nothing was changed"
    } else {
        "the folder is incomplete, since not everything could be undone; the next run that can write completes it"
    };
    unwritable(&failure.path, &failure.error).note(note)
}

fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let reason = plain_file::reason(error);
    Diagnostic::new(
        Code::UnwritableFile,
        format!("`{}` cannot be written: {reason}", shown(path)),
    )
    .help("make the folder writable, or choose another one")
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableOutput,
        format!(
            "`{}` cannot be read: {}",
            shown(path),
            plain_file::reason(error)
        ),
    )
    .help("see to it that the output folder holds plain files that can be read")
}

fn foreign(dir: &Path, foreign: &[String]) -> Diagnostic {
    let named: Vec<String> = foreign
        .iter()
        .take(NAMED)
        .map(|it| format!("`{it}`"))
        .collect();
    let more = foreign.len().saturating_sub(NAMED);
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    let message = format!("`{}` holds files that Keywright did not write", shown(dir));
    Diagnostic::new(Code::ForeignFile, message)
        .note(format!(
            "the first are {}{more}; nothing was changed",
            named.join(", ")
        ))
        .help("choose an empty or a new folder, or move these files away")
}

/// Formats a path for messages.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;
