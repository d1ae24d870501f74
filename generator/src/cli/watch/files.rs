//! Watches files by watching the folders that contain them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// A change of files. It has no paths if the system does not know which files changed.
pub(super) struct Change {
    paths: Vec<PathBuf>,
}

/// The watched files.
pub(super) struct Files {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    /// The files, by the paths that the system reports.
    paths: BTreeSet<PathBuf>,
    /// The number of files that were asked for.
    count: usize,
}

impl Files {
    /// Creates a watcher without files.
    pub(super) fn new(mut changed: impl FnMut(Change) + Send + 'static) -> Result<Self, String> {
        let watcher =
            notify::recommended_watcher(move |event: notify::Result<Event>| match event {
                // Reading a file does not change it.
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

    /// Watches these files from now on, and no others. Returns `true` if this adds folders.
    pub(super) fn follow(&mut self, files: impl IntoIterator<Item = PathBuf>) -> bool {
        let files: BTreeSet<PathBuf> = files.into_iter().filter_map(|it| placed(&it)).collect();
        self.count = files.len();
        // Both a link and its target may be replaced.
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

    /// Returns the number of watched files.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Returns `true` if a change affects one of these files.
    pub(super) fn are_in(&self, change: &Change) -> bool {
        change.paths.is_empty() || change.paths.iter().any(|it| self.paths.contains(it))
    }
}

/// Returns a file's path with the real path of its folder, as changes are reported. The file need not exist.
fn placed(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(file.file_name()?))
}
