//! Text in, files out: only those that changed, and nothing that Keywright did not write before.
//!
//! The folder belongs to Keywright as far as its manifest `.keywright` lists files; whatever else lies there
//! is left alone. Everything is checked before the first file is touched, and every file appears complete or
//! not at all.

mod file;
mod manifest;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use file::{FileChange, write_file};
use tempfile::NamedTempFile;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// How many foreign files a message names.
const NAMED: usize = 5;

/// What was done to a folder, or what would be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that are not as they should be, in the order of their paths.
    pub changes: Vec<Change>,
    /// The files that are.
    pub unchanged: Vec<String>,
}

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path relative to the folder, with `/` between the parts.
    pub path: String,
    /// What has to be done.
    pub kind: ChangeKind,
}

/// What has to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is missing.
    Created,
    /// It holds something else.
    Updated,
    /// It was written before, and is no longer wanted.
    Removed,
}

/// Brings a folder up to date. `None` when that is not possible; then nothing was changed.
pub fn write(
    files: &BTreeMap<String, String>,
    dir: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let before = diagnostics.len();
    let plan = Plan::make(files, dir, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    if let Err((path, error)) = plan.carry_out(dir) {
        let message = format!("`{}` cannot be written: {error}", shown(&path));
        let help = "make the folder writable, or choose another one";
        diagnostics.report(Diagnostic::new(Code::UnwritableFile, message).help(help));
        return None;
    }
    Some(plan.report)
}

/// Says what [`write()`] would do, without doing it.
pub fn compare(
    files: &BTreeMap<String, String>,
    dir: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let before = diagnostics.len();
    let plan = Plan::make(files, dir, diagnostics);
    (diagnostics.len() == before).then_some(plan.report)
}

/// What has to be done.
#[derive(Debug, Default)]
struct Plan {
    report: Report,
    /// The text of each file to be written.
    texts: BTreeMap<String, String>,
    /// The manifest that covers the folder while it is half-way, old and new files; `None` when the one that is
    /// there does.
    interim: Option<String>,
}

impl Plan {
    fn make(files: &BTreeMap<String, String>, dir: &Path, diagnostics: &mut Diagnostics) -> Self {
        let Some(owned) = manifest::read(dir, diagnostics) else {
            return Self::default();
        };
        let mut wanted = files.clone();
        wanted.insert(manifest::NAME.to_owned(), manifest::text(files.keys()));
        let mut plan = Self::default();
        let mut foreign = manifest::foreign_files(dir, &owned);
        for (path, text) in wanted {
            match read_file(dir, &path) {
                Ok(None) => plan.change(path, ChangeKind::Created, Some(text)),
                Ok(Some(_)) if !owned.contains(&path) => foreign.push(path),
                Ok(Some(old)) if old == text.as_bytes() => plan.report.unchanged.push(path),
                Ok(Some(_)) => plan.change(path, ChangeKind::Updated, Some(text)),
                Err(error) => diagnostics.report(unreadable(&dir.join(path), &error)),
            }
        }
        for path in owned
            .iter()
            .filter(|path| *path != manifest::NAME && !files.contains_key(*path))
        {
            match read_file(dir, path) {
                Ok(None) => {}
                Ok(Some(_)) => plan.change(path.clone(), ChangeKind::Removed, None),
                Err(error) => diagnostics.report(unreadable(&dir.join(path), &error)),
            }
        }
        if !foreign.is_empty() {
            diagnostics.report(refused(dir, &foreign));
        }
        plan.report
            .changes
            .sort_by(|one, other| one.path.cmp(&other.path));
        let both: BTreeSet<&String> = owned
            .iter()
            .chain(files.keys())
            .filter(|it| *it != manifest::NAME)
            .collect();
        let interim = manifest::text(both);
        let covered =
            matches!(read_file(dir, manifest::NAME), Ok(Some(old)) if old == interim.as_bytes());
        plan.interim = (!covered).then_some(interim);
        plan
    }

    fn change(&mut self, path: String, kind: ChangeKind, text: Option<String>) {
        if let Some(text) = text {
            self.texts.insert(path.clone(), text);
        }
        self.report.changes.push(Change { path, kind });
    }

    /// Writes every new text beside its place, and moves them all only when that has worked for each.
    fn carry_out(&self, dir: &Path) -> Result<(), (PathBuf, io::Error)> {
        let mut created = Folders::default();
        let (interim, staged) = match self.stage(dir, &mut created) {
            Ok(staged) => staged,
            Err(error) => {
                created.remove();
                return Err(error);
            }
        };
        // From here on the manifest covers whatever is there, should the machine stop half-way.
        interim.into_iter().try_for_each(persist)?;
        let (manifests, others): (Vec<Staged>, Vec<Staged>) = staged
            .into_iter()
            .partition(|staged| staged.path.ends_with(manifest::NAME));
        others.into_iter().try_for_each(persist)?;
        for change in self
            .report
            .changes
            .iter()
            .filter(|change| change.kind == ChangeKind::Removed)
        {
            let path = dir.join(&change.path);
            fs::remove_file(&path).map_err(|error| (path.clone(), error))?;
            remove_empty_parents(&path, dir);
        }
        manifests.into_iter().try_for_each(persist)
    }

    /// Writes everything beside its place: the interim manifest, and the files.
    fn stage(
        &self,
        dir: &Path,
        created: &mut Folders,
    ) -> Result<(Option<Staged>, Vec<Staged>), (PathBuf, io::Error)> {
        let mut staged = Vec::new();
        for (path, text) in &self.texts {
            let path = dir.join(path);
            let folder = path.parent().unwrap_or(dir);
            created
                .create(folder)
                .map_err(|error| (folder.to_owned(), error))?;
            staged.push(stage_file(&path, text).map_err(|error| (path.clone(), error))?);
        }
        let path = dir.join(manifest::NAME);
        let interim = self
            .interim
            .as_ref()
            .map(|text| stage_file(&path, text))
            .transpose();
        Ok((interim.map_err(|error| (path, error))?, staged))
    }
}

/// A file that is written and waits for its place.
struct Staged {
    path: PathBuf,
    file: NamedTempFile,
}

fn stage_file(path: &Path, text: &str) -> io::Result<Staged> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".keywright-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Like any new file: what the umask leaves of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(Staged {
        path: path.to_owned(),
        file,
    })
}

fn persist(staged: Staged) -> Result<(), (PathBuf, io::Error)> {
    let Staged { path, file } = staged;
    file.persist(&path)
        .map(drop)
        .map_err(|error| (path, error.error))
}

/// The folders that were created, so that a failure leaves none behind.
#[derive(Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|it| !it.as_os_str().is_empty() && !it.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.0.push(folder.to_owned());
        }
        Ok(())
    }

    fn remove(self) {
        for folder in self.0.iter().rev() {
            // A folder that cannot be removed is not empty, or no harm.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty_parents(path: &Path, dir: &Path) {
    for folder in path.ancestors().skip(1).take_while(|it| *it != dir) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// The bytes of a file of the folder; `None` when there is none. Neither the file nor a folder on the way to it
/// may be a symbolic link, which might lead out of the folder.
fn read_file(dir: &Path, path: &str) -> io::Result<Option<Vec<u8>>> {
    let mut place = dir.to_owned();
    for part in path.split('/') {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(found) if found.is_symlink() => {
                return Err(io::Error::other(format!(
                    "`{}` is a symbolic link",
                    shown(&place)
                )));
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    fs::read(&place).map(Some)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableOutput,
        format!("`{}` cannot be read: {error}", shown(path)),
    )
    .help("see to it that the output folder holds plain files that can be read")
}

fn refused(dir: &Path, foreign: &[String]) -> Diagnostic {
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

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests;
