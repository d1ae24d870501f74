//! What has to be done with a folder, from what is there and what shall be.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::Path;

use super::manifest::{self, Manifest};
use super::staging::{Job, ManifestChange, NewFile};
use super::{ChangeKind, Report, find, foreign, unreadable, unwritable};
use crate::diagnostics::Diagnostics;
use crate::output::GIT_ATTRIBUTES;

/// What has to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The same, to be shown.
    pub(super) report: Report,
    pub(super) job: Job,
}

/// How a file is, compared with how it shall be.
enum State {
    Missing,
    Same,
    Different,
}

impl Plan {
    /// Makes a plan. `None` when it cannot be carried out, or must not.
    pub(super) fn make(
        files: &BTreeMap<String, String>,
        dir: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let before = diagnostics.len();
        check_paths(files, dir, diagnostics);
        let manifest = match manifest::read(dir) {
            Ok(manifest) => manifest,
            Err(error) => {
                diagnostics.report(unreadable(&dir.join(manifest::NAME), &error));
                return None;
            }
        };
        let files = &*wanted(files, &manifest, dir);
        let mut plan = Self::default();
        let mut others = match manifest.text {
            Some(_) => Vec::new(),
            None => manifest::foreign_files(dir),
        };
        for (path, text) in files {
            match state(dir, path, text) {
                Ok(State::Missing) => plan.put(path, text, ChangeKind::Created),
                Ok(_) if !manifest.files.contains(path) => others.push(path.clone()),
                Ok(State::Same) => plan.report.unchanged.push(path.clone()),
                Ok(State::Different) => plan.put(path, text, ChangeKind::Updated),
                Err(error) => diagnostics.report(unreadable(&dir.join(path), &error)),
            }
        }
        for path in manifest.files.iter().filter(|it| !files.contains_key(*it)) {
            match find(dir, path) {
                Ok(None) => plan.job.gone.push(path.clone()),
                Ok(Some(_)) => plan.remove(path),
                Err(error) => diagnostics.report(unreadable(&dir.join(path), &error)),
            }
        }
        if !others.is_empty() {
            diagnostics.report(foreign(dir, &others));
        }
        plan.change_manifest(&manifest, files);
        plan.report.sort();
        (diagnostics.len() == before).then_some(plan)
    }

    fn put(&mut self, path: &str, text: &str, kind: ChangeKind) {
        self.report.add(path, kind);
        self.job.files.push(NewFile {
            path: path.to_owned(),
            text: text.to_owned(),
            replaces: kind == ChangeKind::Updated,
        });
    }

    fn remove(&mut self, path: &str) {
        self.report.add(path, ChangeKind::Removed);
        self.job.removed.push(path.to_owned());
    }

    fn change_manifest(&mut self, old: &Manifest, files: &BTreeMap<String, String>) {
        let text = manifest::text(files.keys());
        let is_same = old.text.as_ref() == Some(&text);
        match old.text {
            _ if is_same => self.report.unchanged.push(manifest::NAME.to_owned()),
            Some(_) => self.report.add(manifest::NAME, ChangeKind::Updated),
            None => self.report.add(manifest::NAME, ChangeKind::Created),
        }
        let both: BTreeSet<&String> = old.files.iter().chain(files.keys()).collect();
        self.job.manifest = Some(ManifestChange {
            interim: manifest::interim(both),
            text: (!is_same).then_some(text),
            replaces: old.text.is_some(),
        });
        self.report.was_interrupted = old.is_interim();
    }
}

/// The files that are wanted: without those that somebody else has written, and may.
pub(super) fn wanted<'f>(
    files: &'f BTreeMap<String, String>,
    manifest: &Manifest,
    dir: &Path,
) -> Cow<'f, BTreeMap<String, String>> {
    let is_foreign = !manifest.files.contains(GIT_ATTRIBUTES)
        && matches!(find(dir, GIT_ATTRIBUTES), Ok(Some(_)));
    let mut files = Cow::Borrowed(files);
    if is_foreign && files.contains_key(GIT_ATTRIBUTES) {
        files.to_mut().remove(GIT_ATTRIBUTES);
    }
    files
}

/// Reports paths that are none of a file in the folder, or of the same file on some systems.
fn check_paths(files: &BTreeMap<String, String>, dir: &Path, diagnostics: &mut Diagnostics) {
    let mut known: HashMap<String, &String> = HashMap::new();
    for path in files.keys() {
        if !manifest::is_inside(path) || path == manifest::NAME {
            let error = io::Error::other("it is not a file inside the folder");
            diagnostics.report(unwritable(&dir.join(path), &error));
        } else if let Some(other) = known.insert(path.to_lowercase(), path) {
            let message = format!("where case does not count, `{other}` is the same file");
            diagnostics.report(unwritable(&dir.join(path), &io::Error::other(message)));
        }
    }
}

fn state(dir: &Path, path: &str, text: &str) -> io::Result<State> {
    let Some(place) = find(dir, path)? else {
        return Ok(State::Missing);
    };
    let length = fs::metadata(&place)?.len();
    let is_same = usize::try_from(length) == Ok(text.len()) && fs::read(&place)? == text.as_bytes();
    Ok(if is_same {
        State::Same
    } else {
        State::Different
    })
}
