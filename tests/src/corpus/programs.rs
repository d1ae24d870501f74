//! Programs that use the packages of documents: one for each package, and for each a process of its own that makes
//! something of what it does.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::generate;
use super::process::{self, Ended};
use super::workspace::Workspace;
use super::{Document, Options};

/// A kind of programs.
pub(super) struct Programs<R> {
    /// What it is called: its folder in the work folder, and the names of its logs.
    pub(super) name: &'static str,
    /// The task of a process that works with one; set for such processes alone.
    pub(super) task: &'static str,
    /// What comes of a program with which nothing could be done, and why.
    pub(super) failed: fn(String) -> R,
    /// What comes of a program, for people to read.
    pub(super) report: fn(&R) -> String,
}

impl<R: DeserializeOwned> Programs<R> {
    /// The folder of the program for a package.
    pub(super) fn folder(&self, work: &Path, package: &str) -> PathBuf {
        work.join(self.name).join(package)
    }

    /// Builds the programs of documents, and has a process work with each that could be built.
    pub(super) fn run<T: Serialize>(
        &self,
        documents: &[&Document],
        options: &Options,
        bar: &ProgressBar,
        task: impl Fn(&Document, &Path) -> T,
    ) -> io::Result<BTreeMap<String, R>> {
        let members = documents.iter().map(|it| it.package.clone());
        let workspace = Workspace::write(&options.work.join(self.name), members)?;
        let programs = workspace.build(options, &format!("-{}", self.name))?;
        let mut results = BTreeMap::new();
        for document in documents {
            bar.set_message(document.name.clone());
            let log = |kind: &str| {
                let file = format!("{}.{kind}", self.name);
                generate::log(&options.work, &document.package, &file)
            };
            let result = match programs.get(&document.package) {
                Some(program) => {
                    let task = task(document, program);
                    match process::delegate(self.task, task, &log("json"), options.limit)? {
                        Ended::Done(result) => result,
                        Ended::Died(said) => (self.failed)(said),
                        Ended::TimedOut => (self.failed)("it took too long".to_owned()),
                    }
                }
                None => (self.failed)("the program cannot be built".to_owned()),
            };
            fs::write(log("txt"), (self.report)(&result))?;
            results.insert(document.package.clone(), result);
            bar.inc(1);
        }
        Ok(results)
    }
}
