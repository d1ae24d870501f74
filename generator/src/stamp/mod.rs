//! Stamps record the input and the output of a run, so that a run with unchanged input need not be repeated.
//!
//! The input is a configuration and the result of a full run; a later run learns whether all of it is still valid. A
//! stamp proves that with digests of the program, of the configuration, of everything that was read from disk while
//! documents were loaded, and of every file that was written. Findings are kept as data, so that they are shown as in a
//! full run.
//!
//! A stamp is never part of the output. It is in a folder of the user or of a build, which people who change documents
//! or clients cannot reach. It can be deleted at any time: a stamp that is missing, damaged, or from another run or
//! machine only costs a full run.

mod finding;
mod folder;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::NamedApi;
use crate::config::{ApiConfig, Config};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::document::{Lookup, Source, Spec};
use crate::snapshots::Beside;
use crate::write::{self, Holding, Report};
use crate::{load, plain_file};

/// The largest stamp in bytes.
const LARGEST: usize = 64 << 20;

/// A folder of stamps, one for each output folder.
#[derive(Debug)]
pub struct Stamps {
    folder: PathBuf,
    /// The digest of the running program, since two builds may have the same version.
    program: Digest,
}

/// The result of a run that was recalled from its stamp.
#[derive(Debug)]
pub struct Recalled {
    /// The files of the output folder, all of them up to date.
    pub report: Report,
    /// The same for a folder of snapshots outside of the output folder.
    pub beside: Option<(PathBuf, Report)>,
    /// The paths of the files of all specs, the entry document of each first.
    pub inputs: Vec<PathBuf>,
}

/// The stamp of a run.
#[derive(Debug, PartialEq)]
struct Stamp {
    /// The program and the configuration.
    key: Digest,
    /// For each API, the lookups on disk while its spec was read.
    lookups: Vec<Vec<Lookup>>,
    /// The content of the output folder.
    output: Holding,
    /// The content of the folder of snapshots, if it is another one.
    snapshots: Option<Holding>,
    /// The findings, serialized.
    findings: Vec<serde_json::Value>,
}

impl Stamps {
    /// Returns the stamps of the current user: in the folder in `KEYWRIGHT_CACHE_DIR`, or else in the system's cache
    /// folder. Returns `None` if there is no such folder, or if the program cannot be read.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        Self::in_folder(folder::of_user(&|name| std::env::var_os(name))?)
    }

    /// Returns the stamps in a folder. People who are not trusted with the output folder must not be able to write to
    /// it. Returns `None` if the running program cannot be read.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Option<Self> {
        Some(Self {
            folder: folder.into(),
            program: plain_file::digest(&running_program()?).ok()?,
        })
    }

    /// Recalls the last run into an output folder, if a run with this configuration would have the same result and all
    /// of its files are still there. Reports its findings. Otherwise, returns `None` and reports nothing.
    #[must_use]
    pub fn recall(&self, config: &Config, diagnostics: &mut Diagnostics) -> Option<Recalled> {
        let stamp = self.read(&config.output.dir)?;
        if stamp.key != self.key(config) || stamp.lookups.len() != config.apis.len() {
            return None;
        }
        // A full run tells best which findings are errors, and of what else it fails.
        if diagnostics.has_errors() || (diagnostics.is_strict() && !stamp.findings.is_empty()) {
            return None;
        }
        let (mut texts, mut inputs) = (Vec::new(), Vec::new());
        for (api, lookups) in config.apis.iter().zip(&stamp.lookups) {
            let read = recheck(api, config, lookups)?;
            inputs.extend(api.files(read.iter().map(|(name, _)| name.as_str())));
            texts.extend(read);
        }
        let findings = findings(&stamp.findings, texts)?;
        let report = write::verify(&stamp.output, &config.output.dir)?;
        let beside = match (&stamp.snapshots, &config.output.snapshots) {
            (Some(holding), Some(dir)) => Some((dir.clone(), write::verify(holding, dir)?)),
            _ => None,
        };
        for finding in findings {
            diagnostics.report(finding);
        }
        Some(Recalled {
            report,
            beside,
            inputs,
        })
    }

    /// Records the input of a full run, its output `files` generated from `apis` and the files `beside` them, and its
    /// findings.
    /// If this fails, the next run is a full one.
    pub fn record(
        &self,
        config: &Config,
        apis: &[NamedApi],
        files: &BTreeMap<String, String>,
        beside: Option<&Beside>,
        diagnostics: &Diagnostics,
    ) {
        let stamp = self.stamp(config, apis, files, beside, diagnostics);
        let text = stamp.map(|it| it.to_text());
        if let Some(text) = text.filter(|it| it.len() <= LARGEST) {
            let _ = write::keep(&self.folder, &config.output.dir, &text);
        }
    }

    /// Returns the stamp of a run, or `None` if a part of it cannot be stored.
    fn stamp(
        &self,
        config: &Config,
        apis: &[NamedApi],
        files: &BTreeMap<String, String>,
        beside: Option<&Beside>,
        diagnostics: &Diagnostics,
    ) -> Option<Stamp> {
        let specs = || apis.iter().map(|it| &it.spec);
        let is_plain = specs().all(|spec| {
            let read = spec.lookups.iter().filter(|it| it.content.is_some());
            read.map(|it| &it.path)
                .eq(spec.all_files().map(|it| &it.path))
        });
        let files_of_specs = specs().flat_map(Spec::all_files);
        let sources: Vec<_> = files_of_specs.map(|it| Arc::clone(&it.source)).collect();
        let findings = diagnostics
            .iter()
            .map(|it| finding::to_json(it, &sources))
            .collect::<Option<_>>()?;
        if !is_plain {
            return None;
        }
        let snapshots = match beside {
            Some(it) => Some(write::holding(&it.files, &it.dir)?),
            None => None,
        };
        Some(Stamp {
            key: self.key(config),
            lookups: specs().map(|spec| spec.lookups.clone()).collect(),
            output: write::holding(files, &config.output.dir)?,
            snapshots,
            findings,
        })
    }

    fn read(&self, dir: &Path) -> Option<Stamp> {
        let path = write::kept(&self.folder, dir).ok()?;
        Stamp::from_text(&plain_file::read_text(&path, LARGEST).ok()?)
    }

    /// Returns a digest of the whole input except files. It covers all settings, including future ones, since it is
    /// derived from their `Debug` text.
    fn key(&self, config: &Config) -> Digest {
        let mut text = self.program.to_string();
        // Writing into a string does not fail.
        let _ = write!(text, " {config:?}");
        Digest::of(&[text.as_bytes()])
    }
}

/// Returns the name and text of each file of a spec, if reading it would have the same result.
fn recheck(api: &ApiConfig, config: &Config, lookups: &[Lookup]) -> Option<Vec<(String, String)>> {
    let copies = api.copies_from_spec();
    let root = api.root.as_deref();
    let overlays = api.overlays_from_spec();
    let texts = load::recheck(root, &api.spec, &copies, &overlays, &config.limits, lookups)?;
    let read = lookups.iter().filter(|it| it.content.is_some());
    let entry = load::name_of(&api.spec);
    let others = read.skip(1).map(|it| it.path.clone());
    Some(std::iter::once(entry).chain(others).zip(texts).collect())
}

/// Returns the findings in the files with these names and texts.
fn findings(
    written: &[serde_json::Value],
    texts: Vec<(String, String)>,
) -> Option<Vec<Diagnostic>> {
    if written.is_empty() {
        return Some(Vec::new());
    }
    let sources: Vec<Arc<Source>> = texts
        .into_iter()
        .map(|(name, text)| Arc::new(Source::new(name, text)))
        .collect();
    written
        .iter()
        .map(|it| finding::from_json(it, &sources))
        .collect()
}

/// Returns the file of the running program.
fn running_program() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        // Of this file, and no other that has taken its path since, as a new build does.
        return Some(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe().ok()
}

#[cfg(test)]
mod tests;
