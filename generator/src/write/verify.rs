//! Whether a folder still holds what an earlier run wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::{Report, find, lock, manifest, or_here, plan, staging};
use crate::digest::Digest;
use crate::plain_file;

/// What a file is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// How many bytes.
    pub(crate) size: usize,
    /// Which ones.
    pub(crate) digest: Digest,
}

impl Content {
    fn of(text: &str) -> Self {
        Self {
            size: text.len(),
            digest: Digest::of(&[text.as_bytes()]),
        }
    }
}

/// What a folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holding {
    /// The files that Keywright has written, the manifest among them.
    pub(crate) contents: BTreeMap<String, Content>,
    /// Files of others in the place of some that Keywright would write.
    pub(crate) foreign: Vec<String>,
}

/// What a folder holds once [`write()`](super::write()) has written these files. `None` if its manifest cannot be read.
pub(crate) fn holding(files: &BTreeMap<String, String>, dir: &Path) -> Option<Holding> {
    let dir = or_here(dir);
    let own = plan::wanted(files, &manifest::read(dir).ok()?, dir);
    let foreign = files.keys().filter(|it| !own.contains_key(*it));
    let manifest = (
        manifest::NAME.to_owned(),
        Content::of(&manifest::text(own.keys())),
    );
    let own: Vec<_> = own.iter().collect();
    let contents = own
        .into_par_iter()
        .map(|(path, text)| (path.clone(), Content::of(text)));
    Some(Holding {
        foreign: foreign.cloned().collect(),
        contents: contents.chain([manifest]).collect(),
    })
}

/// The report of a run that finds everything as it should be; `None` if something is not, or cannot be looked at.
pub(crate) fn verify(holding: &Holding, dir: &Path) -> Option<Report> {
    let Holding { contents, foreign } = holding;
    let dir = or_here(dir);
    let _lock = lock::shared(dir);
    if fs::symlink_metadata(dir.join(staging::NAME)).is_ok() {
        return None;
    }
    // Where the file of somebody else is gone, there is room for Keywright's.
    if !foreign
        .iter()
        .all(|path| matches!(find(dir, path), Ok(Some(_))))
    {
        return None;
    }
    let files: Vec<_> = contents.iter().collect();
    let is_same = files
        .into_par_iter()
        .all(|(path, content)| holds(dir, path, content).is_some_and(|it| it));
    is_same.then(|| Report {
        unchanged: contents.keys().cloned().collect(),
        ..Report::default()
    })
}

fn holds(dir: &Path, path: &str, content: &Content) -> Option<bool> {
    let place = find(dir, path)
        .ok()?
        .filter(|_| manifest::is_inside(path))?;
    // A file of another size is not read, however large it is.
    if usize::try_from(fs::metadata(&place).ok()?.len()) != Ok(content.size) {
        return Some(false);
    }
    let bytes = plain_file::read(&place, content.size).ok()?;
    Some(Digest::of(&[&bytes]) == content.digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::output::GIT_ATTRIBUTES;
    use crate::write::write;

    /// A change of a folder, named.
    type Change = (&'static str, fn(&Path));

    const CHANGES: &[Change] = &[
        ("edits a file", |dir| put(dir, "src/a.rs", "2")),
        ("makes a file longer", |dir| put(dir, "src/a.rs", "11")),
        ("removes a file", |dir| {
            fs::remove_file(dir.join("src/a.rs")).expect("it is there");
        }),
        ("removes the manifest", |dir| {
            fs::remove_file(dir.join(manifest::NAME)).expect("it is there");
        }),
        ("lists another file", |dir| {
            let text = fs::read_to_string(dir.join(manifest::NAME)).expect("it is there");
            put(dir, manifest::NAME, &(text + "src/b.rs\n"));
        }),
        ("leaves something staged", |dir| {
            fs::create_dir(dir.join(staging::NAME)).expect("created");
        }),
        ("removes everything", |dir| {
            fs::remove_dir_all(dir).expect("it is there");
        }),
        #[cfg(unix)]
        ("makes a folder a link", |dir| {
            fs::rename(dir.join("src"), dir.join("elsewhere")).expect("moved");
            std::os::unix::fs::symlink("elsewhere", dir.join("src")).expect("linked");
        }),
    ];

    fn put(dir: &Path, path: &str, text: &str) {
        fs::write(dir.join(path), text).expect("written");
    }

    #[test]
    fn any_other_content_counts() {
        let files = [("Cargo.toml", "c"), ("src/a.rs", "1")];
        let files: BTreeMap<String, String> = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        for (name, change) in CHANGES {
            let root = tempfile::tempdir().expect("a folder");
            let dir = root.path().join("out");
            let expected = holding(&files, &dir).expect("there is no manifest yet");
            assert_eq!(verify(&expected, &dir), None);
            write(&files, &dir, &mut Diagnostics::default()).expect("it is written");
            assert_eq!(holding(&files, &dir).as_ref(), Some(&expected));
            put(&dir, "src/mine.rs", "not Keywright's");
            let report = write(&files, &dir, &mut Diagnostics::default());
            assert_eq!(verify(&expected, &dir), report);
            change(&dir);
            assert_eq!(verify(&expected, &dir), None, "{name}");
        }
    }

    #[test]
    fn a_file_of_somebody_else_has_to_stay() {
        let root = tempfile::tempdir().expect("a folder");
        let dir = root.path();
        let files = BTreeMap::from([(GIT_ATTRIBUTES.to_owned(), "mine".to_owned())]);
        write(&BTreeMap::new(), dir, &mut Diagnostics::default()).expect("it is written");
        put(dir, GIT_ATTRIBUTES, "theirs");
        let report = write(&files, dir, &mut Diagnostics::default());
        let expected = holding(&files, dir).expect("the manifest can be read");
        assert_eq!(expected.foreign, [GIT_ATTRIBUTES]);
        assert_eq!(verify(&expected, dir), report);
        put(dir, GIT_ATTRIBUTES, "theirs, changed");
        assert_eq!(verify(&expected, dir), report);
        fs::remove_file(dir.join(GIT_ATTRIBUTES)).expect("it is there");
        assert_eq!(verify(&expected, dir), None);
    }
}
