//! Files that only save time: each is written whole or not at all, and none of them is missed.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::or_here;
use crate::digest::Digest;

/// How long a file is kept that nobody writes again. What it belongs to may be gone long since.
const LIFE: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// How the names of such files end.
const KIND: &str = ".keywright-stamp";

/// The file that is kept for an output folder, from wherever and by whatever links that is named.
pub(crate) fn kept(folder: &Path, dir: &Path) -> io::Result<PathBuf> {
    let dir = fs::canonicalize(or_here(dir))?;
    let name = Digest::of(&[dir.as_os_str().as_encoded_bytes()]);
    Ok(folder.join(format!("{name}{KIND}")))
}

/// Writes the file for an output folder, into a folder that is made if need be. Files that are old are removed.
pub(crate) fn keep(folder: &Path, dir: &Path, text: &str) -> io::Result<()> {
    let path = kept(folder, dir)?;
    create(folder)?;
    // Runs at the same time write beside each other, and the last one counts.
    let mut staged = path.clone().into_os_string();
    staged.push(format!("-{}", std::process::id()));
    let done = File::create(&staged)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&staged, &path));
    if done.is_err() {
        let _ = fs::remove_file(&staged);
    }
    remove_old(folder);
    done
}

/// Makes a folder that is the user's alone (XDG Base Directory Specification).
fn create(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes files that nobody has written for long, also those that killed runs have left half.
fn remove_old(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = entry.metadata().and_then(|it| it.modified());
        let age = age.ok().and_then(|it| it.elapsed().ok());
        let is_own = entry.file_name().to_string_lossy().contains(KIND);
        if is_own && age.is_some_and(|it| it > LIFE) {
            // What cannot be removed is no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn keeps_what_is_new_and_nothing_half() {
        let root = tempfile::tempdir().expect("a folder");
        let (folder, dir) = (root.path().join("a/b"), root.path());
        keep(&folder, dir, "one").expect("it is written");
        keep(&folder, &folder.join("../.."), "two").expect("it is written");
        let path = kept(&folder, dir).expect("the folder is there");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "two");
        let others = [
            ("2.keywright-stamp", true),
            ("3.keywright-stamp-7", true),
            ("4.keywright-stamp", false),
            ("mine.txt", true),
        ];
        for (name, is_old) in others {
            let file = File::create(folder.join(name)).expect("made");
            if is_old {
                let old = SystemTime::now() - LIFE - Duration::from_secs(60);
                file.set_modified(old).expect("files have times here");
            }
        }
        // A folder is in the way.
        fs::remove_file(&path).expect("it is there");
        fs::create_dir(&path).expect("made");
        assert!(keep(&folder, dir, "three").is_err());
        let entries = fs::read_dir(&folder).expect("it is there").flatten();
        let mut names: Vec<_> = entries.map(|it| it.file_name()).collect();
        names.sort();
        names.retain(|it| *it != path.file_name().expect("it has a name"));
        assert_eq!(names, ["4.keywright-stamp", "mine.txt"]);
        assert!(keep(&folder.join("mine.txt"), dir, "four").is_err());
        assert!(keep(&folder, &dir.join("gone"), "five").is_err());
    }
}
