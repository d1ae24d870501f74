//! What a run went by and what came of it, so that a run with nothing new to go by need not do it again.
//!
//! In go a configuration and what a full run made of it; out comes, in a later run, that all of it is still so. A
//! stamp proves that by digests: of the program that runs, of the configuration, of every answer that the disk gave
//! while documents were read, and of every file that was written. Findings are kept as data, so that they are shown
//! as if they had just been made.
//!
//! A stamp is never a part of the output. It is in a folder of the user's or of a build, out of reach for whoever
//! changes a document or a client, and nothing is lost with it: a stamp that is missing, damaged, or of another run
//! or machine costs a full run.

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

/// How many bytes a stamp may have.
const LARGEST: usize = 64 << 20;

/// Where the stamps of runs are kept, one for each output folder.
#[derive(Debug)]
pub struct Stamps {
    folder: PathBuf,
    /// The program that runs: two builds may bear one version.
    program: Digest,
}

/// What is known without a full run, and is what that would give.
#[derive(Debug)]
pub struct Recalled {
    /// The files of the output folder, none of which is to be changed.
    pub report: Report,
    /// The same of a folder of snapshots that is not in the output folder.
    pub beside: Option<(PathBuf, Report)>,
    /// The files of all specs, by the path to open, the entry document of each first.
    pub inputs: Vec<PathBuf>,
}

/// A run, as it is kept.
#[derive(Debug, PartialEq)]
struct Stamp {
    /// The program and the configuration.
    key: Digest,
    /// For each API, what reading its spec asked of the disk.
    lookups: Vec<Vec<Lookup>>,
    /// What the output folder holds.
    output: Holding,
    /// What the folder of snapshots holds, if it is another one.
    snapshots: Option<Holding>,
    /// What was found, in its written form.
    findings: Vec<serde_json::Value>,
}

impl Stamps {
    /// Those of the user who runs this program: in the folder that `KEYWRIGHT_CACHE_DIR` names, or else among the
    /// caches of the system. `None` where there is no such folder, or where the program cannot be read.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        Self::in_folder(folder::of_user(&|name| std::env::var_os(name))?)
    }

    /// Those in a folder. It must be out of reach for whoever is not trusted with the output folder itself.
    /// `None` where the program that runs cannot be read.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Option<Self> {
        Some(Self {
            folder: folder.into(),
            program: plain_file::digest(&running_program()?).ok()?,
        })
    }

    /// Looks whether the last run into an output folder is what a run by this configuration would be, and whether all
    /// of what it wrote is there. Then its findings are reported; otherwise there is `None`, and nothing was reported.
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

    /// Keeps what a full run went by and what it left in the output folder and `beside` it: `files`, made of `apis`,
    /// with everything that was found on the way. Where that cannot be kept, the next run is a full one.
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

    /// The stamp of a run; `None` if it has something that no stamp can hold.
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

    /// A digest of everything but files that a run goes by. Every setting is in it, and those to come will be, since
    /// the text is the derived one.
    fn key(&self, config: &Config) -> Digest {
        let mut text = self.program.to_string();
        // Writing into a string does not fail.
        let _ = write!(text, " {config:?}");
        Digest::of(&[text.as_bytes()])
    }
}

/// The name and text of each file of a spec, if reading it would go as before.
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

/// Findings, in the files of this name and text.
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

/// The file of the program that runs.
fn running_program() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        // Of this file, and no other that has taken its path since, as a new build does.
        return Some(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe().ok()
}

#[cfg(test)]
mod tests;
