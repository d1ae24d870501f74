//! One run at a time in a folder.
//!
//! The folder itself is locked, by the operating system, which lets go of it when the run ends in whatever way.
//! Nothing is left behind, and nothing can be left locked. Where folders cannot be locked, as on Windows and some
//! network drives, a file of the same meaning among the temporary files of the machine is.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::file_system::FileSystem;
use crate::plain_file;

/// A lock, for as long as it lives.
pub(super) struct Lock(
    #[expect(dead_code, reason = "it is held, and let go of when it is dropped")] Locked,
);

/// What is locked; `None` where the system knows no locks, so that runs do not wait for each other.
type Locked = Option<File>;

/// A folder that is there and that no other run changes.
pub(super) struct Claim {
    /// The folders that were made for it.
    created: Vec<PathBuf>,
    #[expect(dead_code, reason = "it is held, and let go of when it is dropped")]
    lock: Locked,
}

impl Claim {
    /// Makes a folder if need be, and waits until it is free.
    pub(super) fn of(dir: &Path, files: &dyn FileSystem) -> io::Result<Self> {
        let mut created = Vec::new();
        loop {
            let made = create_missing(dir, files, &mut created);
            let locked = made.and_then(|()| lock(dir, File::lock));
            match locked {
                // Another run may have removed the folder that it had made, while this one waited.
                Ok(lock) if !is_of(lock.as_ref(), dir) => {}
                Ok(lock) => return Ok(Self { created, lock }),
                Err(error) => {
                    remove(&created, files);
                    return Err(error);
                }
            }
        }
    }

    /// Leaves no folder behind that was only made for what came to nothing.
    pub(super) fn give_up(self, files: &dyn FileSystem) {
        remove(&self.created, files);
    }
}

/// Waits until a folder is free, and keeps it so.
pub(super) fn exclusive(dir: &Path) -> io::Result<Lock> {
    lock(dir, File::lock).map(Lock)
}

/// Waits until nobody changes a folder, and keeps it so as far as that is possible.
pub(super) fn shared(dir: &Path) -> Lock {
    Lock(lock(dir, File::lock_shared).ok().flatten())
}

fn lock(dir: &Path, how: fn(&File) -> io::Result<()>) -> io::Result<Locked> {
    let wait_for = |file: &File| loop {
        match how(file) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    };
    #[cfg(unix)]
    if let Ok(file) = File::open(dir)
        && wait_for(&file).is_ok()
    {
        return Ok(Some(file));
    }
    let file = open_stand_in(dir)?;
    match wait_for(&file) {
        Ok(()) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

/// The file that is locked instead of a folder. It stays where it is: to remove it would take it from those who
/// wait for it.
fn open_stand_in(dir: &Path) -> io::Result<File> {
    let dir = fs::canonicalize(dir)?;
    let name = format!("keywright-{:016x}.lock", hash(&dir.to_string_lossy()));
    let path = std::env::temp_dir().join(name);
    if let Ok(found) = fs::symlink_metadata(&path) {
        plain_file::check(&found)?;
    }
    File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// A number for a text, the same in every build (FNV-1a).
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Whether what is locked still stands for the folder.
#[cfg(unix)]
fn is_of(file: Option<&File>, dir: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(there) = fs::metadata(dir) else {
        return false;
    };
    match file.and_then(|file| file.metadata().ok()) {
        Some(locked) if locked.is_dir() => {
            (locked.dev(), locked.ino()) == (there.dev(), there.ino())
        }
        _ => true,
    }
}

/// Whether what is locked still stands for the folder.
#[cfg(not(unix))]
fn is_of(_file: Option<&File>, dir: &Path) -> bool {
    dir.exists()
}

/// Makes a folder and those around it, as far as they are not there.
fn create_missing(
    dir: &Path,
    files: &dyn FileSystem,
    created: &mut Vec<PathBuf>,
) -> io::Result<()> {
    let missing: Vec<&Path> = dir
        .ancestors()
        .take_while(|it| !it.as_os_str().is_empty() && !it.exists())
        .collect();
    for folder in missing.into_iter().rev() {
        match files.create_dir(folder) {
            Ok(()) => created.push(folder.to_owned()),
            // Another run was faster.
            Err(_) if folder.is_dir() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn remove(created: &[PathBuf], files: &dyn FileSystem) {
    for folder in created.iter().rev() {
        // A folder that cannot be removed is not empty, or no harm.
        let _ = files.remove_dir(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_is_one_file_per_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = open_stand_in(folder.path()).expect("it can be made");
        first.lock().expect("it is free");
        let same = folder.path().join(".");
        let second = open_stand_in(&same).expect("it is there");
        assert!(second.try_lock().is_err());
        drop(first);
        assert!(second.try_lock().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_ends_with_its_life() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = exclusive(folder.path()).expect("it is free");
        let other = File::open(folder.path()).expect("it can be opened");
        assert!(other.try_lock().is_err());
        drop(held);
        assert!(other.try_lock().is_ok());
    }
}
