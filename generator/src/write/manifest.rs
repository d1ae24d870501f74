//! The manifest `.keywright`: which files of a folder Keywright wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use super::staging;
use crate::plain_file;

/// The manifest's file.
pub(super) const NAME: &str = ".keywright";

/// How many bytes it may have: a hundred thousand paths, and more.
const LARGEST: usize = 16 << 20;

const HEADER: &str =
    "# Written by keywright. It lists the files that keywright updates and removes.\n";

/// The line of a manifest that covers a folder which is neither as it was nor as it shall be.
const INCOMPLETE: &str =
    "# Incomplete: a run has not ended, or was interrupted; `keywright generate` completes it.\n";

/// The manifest of these files.
pub(super) fn text<'a>(files: impl IntoIterator<Item = &'a String>) -> String {
    listing("", files)
}

/// The manifest of these files while they are put in place.
pub(super) fn interim<'a>(files: impl IntoIterator<Item = &'a String>) -> String {
    listing(INCOMPLETE, files)
}

fn listing<'a>(remark: &str, files: impl IntoIterator<Item = &'a String>) -> String {
    let version = concat!("version ", env!("CARGO_PKG_VERSION"), "\n");
    let lines = files.into_iter().map(|path| format!("{path}\n"));
    [HEADER, remark, version]
        .map(str::to_owned)
        .into_iter()
        .chain(lines)
        .collect()
}

/// The manifest that a folder has.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// Its text, if there is one.
    pub(super) text: Option<String>,
    /// The files that it lists.
    pub(super) files: BTreeSet<String>,
}

impl Manifest {
    /// Whether a run was interrupted, or is under way.
    pub(super) fn is_interim(&self) -> bool {
        self.text
            .as_ref()
            .is_some_and(|text| text.lines().any(|line| line == INCOMPLETE.trim_end()))
    }
}

/// Reads the manifest of a folder, which has none before the first run.
pub(super) fn read(dir: &Path) -> io::Result<Manifest> {
    let Some(place) = super::find(dir, NAME)? else {
        return Ok(Manifest::default());
    };
    let text = plain_file::read_text(&place, LARGEST)?;
    let lines = text.lines();
    let paths = lines.filter(|it| !it.is_empty() && !it.starts_with('#'));
    let paths = paths.filter(|it| !it.starts_with("version ") && *it != NAME);
    let files: BTreeSet<String> = paths.map(str::to_owned).collect();
    if let Some(path) = files.iter().find(|path| !is_inside(path)) {
        let message = format!("it lists `{path}`, which is not a file inside the folder");
        return Err(io::Error::other(message));
    }
    Ok(Manifest {
        text: Some(text),
        files,
    })
}

/// Whether a path leads to something inside the folder, and not to what is there only during a run.
pub(super) fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts
        .clone()
        .next()
        .is_some_and(|it| it.as_os_str() != staging::NAME)
        && parts.all(|it| matches!(it, Component::Normal(_)))
}

/// What is in a folder that is in use without a manifest.
pub(super) fn foreign_files(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != staging::NAME)
        .collect();
    names.sort();
    names
}
