//! Changes of a folder that are made as one: all of them, or none.
//!
//! First everything is written into a folder of its own inside of the folder, where it harms nobody; whatever the
//! disk has against a name or a size, it says there. Then files are moved into their places, each by one step that
//! leaves no moment without a file. What they replace is kept until the last of them is in place; if one cannot be
//! moved, all go back. While they are moved the manifest says that the folder is incomplete and lists the files of
//! before and after, so that a run that is killed leaves nothing which the next one does not know.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file_system::FileSystem;
use super::manifest;

/// The folder for what is only there during a run.
pub(super) const NAME: &str = ".keywright-staging";

/// The interim manifest among the staged files.
const INTERIM: &str = ".keywright-interim";

/// The first file that is kept: the manifest of before.
const FIRST: &str = "0";

/// What is to be done in a folder. Paths are relative to it, with `/` between their parts.
#[derive(Debug, Default)]
pub(super) struct Job {
    /// The files to put in place.
    pub(super) files: Vec<NewFile>,
    /// The files to remove.
    pub(super) removed: Vec<String>,
    /// Files that are not there any more, whose folders may have been left empty.
    pub(super) gone: Vec<String>,
    /// The change of the manifest, if the folder has one.
    pub(super) manifest: Option<ManifestChange>,
}

/// A file to put in place.
#[derive(Debug)]
pub(super) struct NewFile {
    pub(super) path: String,
    pub(super) text: String,
    /// Whether there is one to be replaced.
    pub(super) replaces: bool,
}

/// What becomes of the manifest.
#[derive(Debug)]
pub(super) struct ManifestChange {
    /// The manifest while the other files are put in place.
    pub(super) interim: String,
    /// The manifest afterwards; `None` if it is the one of before.
    pub(super) text: Option<String>,
    /// Whether there is one already.
    pub(super) replaces: bool,
}

/// Why a job could not be done.
#[derive(Debug)]
pub(super) struct Failure {
    /// Where it failed.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) error: io::Error,
    /// Whether everything is as it was.
    pub(super) is_undone: bool,
}

/// A step that failed: where, and why.
type Step<T> = Result<T, (PathBuf, io::Error)>;

impl Job {
    /// Does all of it or nothing.
    pub(super) fn carry_out(&self, dir: &Path, files: &dyn FileSystem) -> Result<(), Failure> {
        let mut run = Run {
            job: self,
            dir,
            staging: dir.join(NAME),
            files,
            undo: Vec::new(),
        };
        let done = run.stage().and_then(|()| run.put_in_place());
        let result = done.map_err(|(path, error)| Failure {
            path,
            error,
            is_undone: run.undo_all(),
        });
        // What is left of it is removed by the next run.
        let _ = clear(dir, files);
        result
    }
}

/// Removes what a killed run has left.
pub(super) fn clear(dir: &Path, files: &dyn FileSystem) -> io::Result<()> {
    let staging = dir.join(NAME);
    match fs::symlink_metadata(&staging) {
        Ok(found) if found.is_dir() => files.remove_dir_all(&staging),
        Ok(_) => files.remove_file(&staging),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// A job under way.
struct Run<'a> {
    job: &'a Job,
    dir: &'a Path,
    staging: PathBuf,
    files: &'a dyn FileSystem,
    /// How to go back, the last step last.
    undo: Vec<Undo>,
}

/// How to go back a step.
enum Undo {
    /// By moving back what was there before.
    Restore { kept: PathBuf, to: PathBuf },
    /// By removing a file that was not there before.
    Remove(PathBuf),
    /// By removing a folder that was not there before.
    RemoveFolder(PathBuf),
    /// By making a folder that was there before, empty at last.
    CreateFolder(PathBuf),
}

impl Run<'_> {
    /// Writes everything into the staging folder, each file in a place like its own.
    fn stage(&self) -> Step<()> {
        clear(self.dir, self.files).map_err(|error| (self.staging.clone(), error))?;
        let staging = &self.staging;
        for folder in [staging, &self.new_file(""), &self.kept_file("")] {
            let created = self.files.create_dir(folder);
            created.map_err(|error| (staging.clone(), error))?;
        }
        let mut folders = BTreeSet::new();
        let change = self.job.manifest.as_ref();
        let interim = change.map(|it| (INTERIM, &it.interim));
        let manifest = change.and_then(|it| Some((manifest::NAME, it.text.as_ref()?)));
        let texts = self.job.files.iter().map(|it| (it.path.as_str(), &it.text));
        for (path, text) in texts.chain(interim).chain(manifest) {
            let staged = self
                .stage_folders(path, &mut folders)
                .and_then(|()| self.files.create(&self.new_file(path), text));
            staged.map_err(|error| (self.dir.join(path), error))?;
        }
        Ok(())
    }

    fn stage_folders<'p>(&self, path: &'p str, folders: &mut BTreeSet<&'p str>) -> io::Result<()> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if folders.insert(folder) {
                self.files.create_dir(&self.new_file(folder))?;
            }
        }
        Ok(())
    }

    /// Where a file waits for its place.
    fn new_file(&self, path: &str) -> PathBuf {
        self.staging.join("new").join(path)
    }

    /// Where a file is kept that had a place.
    fn kept_file(&self, name: &str) -> PathBuf {
        self.staging.join("kept").join(name)
    }

    fn put_in_place(&mut self) -> Step<()> {
        let job = self.job;
        if let Some(it) = &job.manifest {
            self.put(INTERIM, manifest::NAME, it.replaces)?;
        }
        for path in &job.removed {
            self.remove(path)?;
        }
        for file in &job.files {
            self.create_folders(&file.path)?;
            self.put(&file.path, &file.path, file.replaces)?;
        }
        for path in job.removed.iter().chain(&job.gone) {
            self.remove_empty_folders(path);
        }
        if let Some(it) = &job.manifest {
            let path = self.dir.join(manifest::NAME);
            // From this step on the folder is complete.
            let last = match it.text {
                Some(_) => self.new_file(manifest::NAME),
                None => self.kept_file(FIRST),
            };
            let moved = self.files.rename(&last, &path);
            moved.map_err(|error| (path, error))?;
        }
        Ok(())
    }

    /// Puts a file that was staged as `staged` in its place.
    fn put(&mut self, staged: &str, path: &str, replaces: bool) -> Step<()> {
        let (new, to) = (self.new_file(staged), self.dir.join(path));
        let kept = replaces.then(|| self.next_kept());
        let put = match &kept {
            // It stays in its place, too, until the new one is there.
            Some(kept) => self
                .files
                .link(&to, kept)
                .or_else(|_| self.files.copy(&to, kept)),
            None => Ok(()),
        };
        put.and_then(|()| self.files.rename(&new, &to))
            .map_err(|error| (to.clone(), error))?;
        self.undo.push(match kept {
            Some(kept) => Undo::Restore { kept, to },
            None => Undo::Remove(to),
        });
        Ok(())
    }

    fn remove(&mut self, path: &str) -> Step<()> {
        let (kept, to) = (self.next_kept(), self.dir.join(path));
        let moved = self.files.rename(&to, &kept);
        moved.map_err(|error| (to.clone(), error))?;
        self.undo.push(Undo::Restore { kept, to });
        Ok(())
    }

    fn next_kept(&self) -> PathBuf {
        self.kept_file(&self.undo.len().to_string())
    }

    fn create_folders(&mut self, path: &str) -> Step<()> {
        for (end, _) in path.match_indices('/') {
            let folder = self.dir.join(&path[..end]);
            if !folder.is_dir() {
                let created = self.files.create_dir(&folder);
                created.map_err(|error| (folder.clone(), error))?;
                self.undo.push(Undo::RemoveFolder(folder));
            }
        }
        Ok(())
    }

    /// Removes the folders that a removed file leaves empty.
    fn remove_empty_folders(&mut self, path: &str) {
        for (end, _) in path.rmatch_indices('/') {
            let folder = self.dir.join(&path[..end]);
            match self.files.remove_dir(&folder) {
                Ok(()) => self.undo.push(Undo::CreateFolder(folder)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                // It is not empty, or no harm.
                Err(_) => return,
            }
        }
    }

    /// Goes back to where the run started. Where that fails, the manifest stays incomplete, so that the next run
    /// knows of it; `false` then.
    fn undo_all(&mut self) -> bool {
        let manifest = self.dir.join(manifest::NAME);
        let mut is_undone = true;
        for step in std::mem::take(&mut self.undo).into_iter().rev() {
            let result = match &step {
                Undo::Restore { to, .. } | Undo::Remove(to) if *to == manifest && !is_undone => {
                    continue;
                }
                Undo::Restore { kept, to } => self.files.rename(kept, to),
                Undo::Remove(path) => self.files.remove_file(path),
                Undo::RemoveFolder(folder) => self.files.remove_dir(folder),
                Undo::CreateFolder(folder) => self.files.create_dir(folder),
            };
            is_undone &= result.is_ok();
        }
        is_undone
    }
}
