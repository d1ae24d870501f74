//! The manifest `.keywright`: which files of a folder Keywright wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use super::{read_file, unreadable};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// The manifest's file.
pub(super) const NAME: &str = ".keywright";

const HEADER: &str =
    "# Written by keywright. It lists the files that keywright updates and removes.\n";

/// The manifest of these files.
pub(super) fn text<'a>(files: impl IntoIterator<Item = &'a String>) -> String {
    let version = concat!("version ", env!("CARGO_PKG_VERSION"), "\n");
    let lines = files.into_iter().map(|path| format!("{path}\n"));
    [HEADER.to_owned(), version.to_owned()]
        .into_iter()
        .chain(lines)
        .collect()
}

/// The files that a folder's manifest lists, and the manifest itself; none where there is no manifest.
/// `None` when it cannot be read, or says what Keywright would not have written.
pub(super) fn read(dir: &Path, diagnostics: &mut Diagnostics) -> Option<BTreeSet<String>> {
    if fs::metadata(dir).is_ok_and(|found| !found.is_dir()) {
        let message = format!("`{}` is not a folder", super::shown(dir));
        diagnostics.report(
            Diagnostic::new(Code::UnwritableFile, message).help("choose another output folder"),
        );
        return None;
    }
    let bytes = match read_file(dir, NAME) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Some(BTreeSet::new()),
        Err(error) => {
            diagnostics.report(unreadable(&dir.join(NAME), &error));
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let paths = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#']));
    let paths: Vec<&str> = paths.filter(|line| !line.starts_with("version ")).collect();
    if let Some(path) = paths.iter().find(|path| !is_inside(path)) {
        let error = io::Error::other(format!(
            "it lists `{path}`, which is not a file inside the folder"
        ));
        diagnostics.report(unreadable(&dir.join(NAME), &error));
        return None;
    }
    Some(paths.into_iter().chain([NAME]).map(str::to_owned).collect())
}

/// Whether a path leads to something inside the folder.
fn is_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|it| matches!(it, Component::Normal(_)))
}

/// The first entries of a folder that is in use without a manifest.
pub(super) fn foreign_files(dir: &Path, owned: &BTreeSet<String>) -> Vec<String> {
    if owned.contains(NAME) {
        return Vec::new();
    }
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
