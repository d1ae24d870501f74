//! The files that are watched, by the folders that they are in.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// What happened, and to which files; to any of them, where the system does not know.
pub(super) struct Change {
    paths: Vec<PathBuf>,
}

/// Files that are watched.
pub(super) struct Files {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    /// The files, as the system calls them.
    paths: BTreeSet<PathBuf>,
    /// How many files were asked for.
    count: usize,
}

impl Files {
    /// Starts without any file.
    pub(super) fn new(mut changed: impl FnMut(Change) + Send + 'static) -> Result<Self, String> {
        let watcher =
            notify::recommended_watcher(move |event: notify::Result<Event>| match event {
                // To read a file is no change of it.
                Ok(event) if event.kind.is_access() => {}
                Ok(event) => changed(Change { paths: event.paths }),
                Err(error) => changed(Change { paths: error.paths }),
            });
        Ok(Self {
            watcher: watcher.map_err(|error| format!("files cannot be watched: {error}"))?,
            folders: BTreeSet::new(),
            paths: BTreeSet::new(),
            count: 0,
        })
    }

    /// Watches these files from now on, and no others; whether there are folders that were not watched before.
    pub(super) fn follow(&mut self, files: impl IntoIterator<Item = PathBuf>) -> bool {
        let files: BTreeSet<PathBuf> = files.into_iter().filter_map(|it| placed(&it)).collect();
        self.count = files.len();
        // A link and what it leads to may both be replaced.
        let targets = files.iter().filter_map(|it| it.canonicalize().ok());
        self.paths = files.iter().cloned().chain(targets).collect();
        let folders: BTreeSet<PathBuf> = self
            .paths
            .iter()
            .filter_map(|it| it.parent().map(Path::to_owned))
            .collect();
        for folder in self.folders.difference(&folders) {
            // A folder that is gone is not watched anyway.
            let _ = self.watcher.unwatch(folder);
        }
        let mut has_grown = false;
        for folder in folders.difference(&self.folders) {
            has_grown |= self
                .watcher
                .watch(folder, RecursiveMode::NonRecursive)
                .is_ok();
        }
        self.folders = folders;
        has_grown
    }

    /// How many files are watched.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Whether a change is one of these files.
    pub(super) fn are_in(&self, change: &Change) -> bool {
        change.paths.is_empty() || change.paths.iter().any(|it| self.paths.contains(it))
    }
}

/// A file by the real path of its folder, which is how changes are told; the file itself need not exist.
fn placed(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(file.file_name()?))
}
