//! Whether the disk still gives the answers that an earlier run got from it.

use std::path::Path;

use super::bounds::Bounds;
use super::files::{Disk, Files as _};
use super::text_of;
use crate::document::{Copies, Lookup};
use crate::limits::Limits;

/// Asks everything again that was asked when a spec was read. Gives the text of each of its files, the entry document
/// first, or `None` if anything is different: a text, where a symbolic link leads, the root.
pub(crate) fn recheck(
    root: Option<&Path>,
    entry: &Path,
    copies: &Copies,
    overlays: &[String],
    limits: &Limits,
    lookups: &[Lookup],
) -> Option<Vec<String>> {
    let disk = Disk(Bounds::new(entry, root, copies, overlays).ok()?);
    let largest = limits.bounded().document_size;
    let mut texts = Vec::new();
    for lookup in lookups {
        let place = disk.locate(&lookup.path).ok();
        if Lookup::place_of(place.as_deref()) != lookup.place {
            return None;
        }
        let (Some(place), Some(content)) = (place, lookup.content) else {
            continue;
        };
        let bytes = disk.read(&place, largest).ok()?;
        if Lookup::content_of(Ok(&bytes)) != content {
            return None;
        }
        texts.push(text_of(bytes).ok()?);
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::load::load;

    /// A change of a folder, named.
    type Change = (&'static str, fn(&Path));

    const CHANGES: &[Change] = &[
        ("edits the entry document", |folder| {
            put(
                folder,
                "project/specs/api.yaml",
                "a: { $ref: '../b.yaml' }\n",
            );
        }),
        ("edits another file", |folder| {
            put(folder, "project/b.yaml", "y");
        }),
        ("removes a file", |folder| {
            fs::remove_file(folder.join("project/b.yaml")).expect("it is there");
        }),
        ("makes a folder of a file", |folder| {
            fs::remove_file(folder.join("project/b.yaml")).expect("it is there");
            fs::create_dir(folder.join("project/b.yaml")).expect("created");
        }),
        ("moves the root", |folder| {
            put(folder, "project/specs/keywright.toml", "");
        }),
        #[cfg(unix)]
        (
            "makes a file a link to another file that is the same",
            |folder| {
                let file = folder.join("project/b.yaml");
                fs::rename(&file, folder.join("project/c.yaml")).expect("moved");
                std::os::unix::fs::symlink("c.yaml", file).expect("linked");
            },
        ),
    ];

    fn put(folder: &Path, file: &str, text: &str) {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("created");
        fs::write(path, text).expect("written");
    }

    #[test]
    fn any_other_answer_counts() {
        for (name, change) in CHANGES {
            let folder = tempfile::tempdir().expect("a folder");
            put(folder.path(), "project/.git/HEAD", "");
            put(folder.path(), "project/b.yaml", "x: 1\n");
            let text = "\u{feff}openapi: 3.1.0\npaths: { /a: { $ref: ../b.yaml } }\n";
            put(folder.path(), "project/specs/api.yaml", text);
            let entry = folder.path().join("project/specs/api.yaml");
            let (copies, limits) = (Copies::default(), Limits::default());
            let spec = load(&entry, &copies, &limits, &mut Diagnostics::default());
            let lookups = spec.expect("it can be read").lookups;
            assert_eq!(lookups.len(), 2);
            let again = || recheck(None, &entry, &copies, &[], &limits, &lookups);
            let texts = again().expect("nothing has changed");
            assert_eq!(texts, [&text[3..], "x: 1\n"]);
            change(folder.path());
            assert_eq!(again(), None, "{name}");
        }
    }
}
