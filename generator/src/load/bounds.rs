//! Which files of a disk a spec may consist of: those below its root, and those that the configuration names.
//!
//! A document of somebody else must not make a run read, and quote in its messages, any file of this machine. What
//! leads out is refused in the same way whether it is there or not.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::document::Copies;

/// What a folder has that is the root of a project.
const MARKS: [&str; 2] = [".git", "keywright.toml"];

/// How many symbolic links one path may lead through, as on Linux.
const MOST_LINKS: u8 = 40;

/// Where the files of a spec may be. All paths are absolute and without links, unless the folder is not there.
pub(super) struct Bounds {
    /// The folder of the entry document.
    folder: PathBuf,
    root: PathBuf,
    /// The root as it was given, if it was.
    given: Option<PathBuf>,
    /// The files and folders that are named outright: the entry document, copies and overlays.
    named: HashSet<PathBuf>,
}

impl Bounds {
    /// The bounds of an entry document. Without a `root` it is the closest folder around the entry document that
    /// holds `.git` or `keywright.toml`, or else the working folder, or else the document's own.
    pub(super) fn new(
        entry: &Path,
        root: Option<&Path>,
        copies: &Copies,
        overlays: &[String],
    ) -> io::Result<Self> {
        let folder = entry.parent().unwrap_or(Path::new(""));
        let folder = canonical(folder).unwrap_or_else(|_| folder.to_owned());
        let mut bounds = Self {
            root: match root {
                Some(root) => given_root(root)?,
                None => usual_root(&folder),
            },
            given: root.map(Path::to_owned),
            folder,
            named: HashSet::new(),
        };
        let entry = entry.file_name().map(Path::new);
        let named = copies.files().chain(overlays.iter().map(String::as_str));
        for path in entry.into_iter().chain(named.map(Path::new)) {
            let path = bounds.join(path);
            bounds.named.extend(fs::canonicalize(&path));
            bounds.named.insert(path);
        }
        Ok(bounds)
    }

    /// The file to which a path leads, relative to the folder of the entry document; `None` if it is out of bounds.
    pub(super) fn locate(&self, path: &str) -> Option<PathBuf> {
        let path = self.join(Path::new(path));
        if !self.hold(&path) {
            return None;
        }
        let place = match fs::canonicalize(&path) {
            Ok(place) => place,
            Err(_) => resolve(&path, MOST_LINKS)?,
        };
        self.hold(&place).then_some(place)
    }

    /// The root as messages show it: as it was given, or from the folder of the entry document.
    pub(super) fn shown_root(&self) -> String {
        if let Some(given) = &self.given {
            return format!("`{}`", given.to_string_lossy().replace('\\', "/"));
        }
        let below = self.folder.strip_prefix(&self.root);
        let up = below.map_or(0, |below| below.components().count());
        let way = if up == 0 {
            ".".to_owned()
        } else {
            vec![".."; up].join("/")
        };
        format!("`{way}`, relative to the entry document")
    }

    fn hold(&self, path: &Path) -> bool {
        path.starts_with(&self.root) || path.ancestors().any(|it| self.named.contains(it))
    }

    /// A path in the folder of the entry document, with no `..` in it. Since that folder is without links, to leave
    /// out its last part is the way up.
    fn join(&self, path: &Path) -> PathBuf {
        let mut joined = self.folder.clone();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    joined.pop();
                }
                Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                    joined.push(part);
                }
            }
        }
        joined
    }
}

/// The root of a document in a folder where nothing else is said.
fn usual_root(folder: &Path) -> PathBuf {
    let is_root = |it: &&Path| MARKS.iter().any(|mark| it.join(mark).exists());
    if let Some(root) = folder.ancestors().find(is_root) {
        return root.to_owned();
    }
    match canonical(Path::new("")) {
        Ok(working) if folder.starts_with(&working) => working,
        _ => folder.to_owned(),
    }
}

fn given_root(root: &Path) -> io::Result<PathBuf> {
    let root = canonical(root)?;
    if root.is_dir() {
        Ok(root)
    } else {
        Err(io::Error::other("it is not a folder"))
    }
}

fn canonical(folder: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    })
}

/// Where a path leads that cannot be followed to its end, since something is not there: links are followed as far
/// as there are any. `None` when there are too many.
fn resolve(path: &Path, links: u8) -> Option<PathBuf> {
    let mut place = PathBuf::new();
    let mut parts = path.components();
    while let Some(part) = parts.next() {
        if part == Component::ParentDir {
            place.pop();
            continue;
        }
        let next = place.join(part);
        if let Ok(target) = fs::read_link(&next) {
            let rest = place.join(target).join(parts.as_path());
            return resolve(&rest, links.checked_sub(1)?);
        }
        place = next;
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    /// A folder with these files.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("created");
            fs::write(path, "{}").expect("written");
        }
        folder
    }

    /// Where each path leads, from `project/specs/api.yaml`.
    fn located(folder: &Path, bounds: &Bounds, paths: &[&str]) -> String {
        let folder = fs::canonicalize(folder).expect("it is there");
        let lines = paths.iter().map(|path| {
            let place = bounds.locate(path).map(|place| {
                let place = place.strip_prefix(&folder).expect("it is in the folder");
                place.to_string_lossy().replace('\\', "/")
            });
            format!("{path}: {}\n", place.unwrap_or_else(|| "out".to_owned()))
        });
        lines.collect()
    }

    fn bounds(folder: &Path, root: Option<&str>, copies: &[(&str, &str)]) -> Bounds {
        let copies = copies
            .iter()
            .map(|(url, path)| ((*url).to_owned(), (*path).to_owned()));
        let root = root.map(|root| folder.join(root));
        let entry = folder.join("project/specs/api.yaml");
        Bounds::new(&entry, root.as_deref(), &Copies::new(copies), &[]).expect("the root is there")
    }

    #[test]
    fn the_root_is_that_of_the_project() {
        let folder = folder(&[
            "project/.git/HEAD",
            "project/specs/api.yaml",
            "project/common/errors.yaml",
            "secret.yaml",
        ]);
        let usual = bounds(folder.path(), None, &[]);
        assert_eq!(usual.shown_root(), "`..`, relative to the entry document");
        let paths = [
            "api.yaml",
            "missing.yaml",
            "../common/errors.yaml",
            "../../secret.yaml",
            "../../missing.yaml",
            "../../../../../../../../../../etc/passwd",
        ];
        assert_snapshot!(located(folder.path(), &usual, &paths), @"
        api.yaml: project/specs/api.yaml
        missing.yaml: project/specs/missing.yaml
        ../common/errors.yaml: project/common/errors.yaml
        ../../secret.yaml: out
        ../../missing.yaml: out
        ../../../../../../../../../../etc/passwd: out
        ");
        let wider = bounds(folder.path(), Some("."), &[]);
        assert_snapshot!(located(folder.path(), &wider, &paths), @"
        api.yaml: project/specs/api.yaml
        missing.yaml: project/specs/missing.yaml
        ../common/errors.yaml: project/common/errors.yaml
        ../../secret.yaml: secret.yaml
        ../../missing.yaml: missing.yaml
        ../../../../../../../../../../etc/passwd: out
        ");
        let narrow = bounds(folder.path(), Some("project/common"), &[]);
        assert_snapshot!(located(folder.path(), &narrow, &paths), @"
        api.yaml: project/specs/api.yaml
        missing.yaml: out
        ../common/errors.yaml: project/common/errors.yaml
        ../../secret.yaml: out
        ../../missing.yaml: out
        ../../../../../../../../../../etc/passwd: out
        ");
    }

    #[test]
    fn without_a_project_it_is_the_folder_of_the_document() {
        let folder = folder(&["project/specs/api.yaml", "project/common/errors.yaml"]);
        let usual = bounds(folder.path(), None, &[]);
        assert_eq!(usual.shown_root(), "`.`, relative to the entry document");
        assert_snapshot!(located(folder.path(), &usual, &["a/b.yaml", "../common/errors.yaml"]), @"
        a/b.yaml: project/specs/a/b.yaml
        ../common/errors.yaml: out
        ");
    }

    #[test]
    fn copies_are_allowed_wherever_they_are() {
        let folder = folder(&[
            "project/specs/api.yaml",
            "copies/a/b.yaml",
            "one.yaml",
            "other.yaml",
        ]);
        let copies = [
            ("https://example.org/", "../../copies"),
            ("https://example.net/one.yaml", "../../one.yaml"),
        ];
        let bounds = bounds(folder.path(), None, &copies);
        let paths = [
            "../../copies/a/b.yaml",
            "../../copies/c.yaml",
            "../../one.yaml",
            "../../other.yaml",
        ];
        assert_snapshot!(located(folder.path(), &bounds, &paths), @"
        ../../copies/a/b.yaml: copies/a/b.yaml
        ../../copies/c.yaml: copies/c.yaml
        ../../one.yaml: one.yaml
        ../../other.yaml: out
        ");
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_where_they_lead() {
        use std::os::unix::fs::symlink;
        let folder = folder(&[
            "project/keywright.toml",
            "project/specs/api.yaml",
            "project/common/errors.yaml",
            "secret/key.yaml",
        ]);
        let specs = folder.path().join("project/specs");
        for (target, link) in [
            ("../common", "inside"),
            ("../../secret", "outside"),
            ("../../secret/key.yaml", "key.yaml"),
            ("../../secret/missing.yaml", "dangling.yaml"),
            ("../common/missing.yaml", "dangling-inside.yaml"),
            ("outside", "twice"),
            ("circle", "circle"),
        ] {
            symlink(target, specs.join(link)).expect("linked");
        }
        let bounds = bounds(folder.path(), None, &[]);
        let paths = [
            "inside/errors.yaml",
            "outside/key.yaml",
            "outside/missing.yaml",
            "key.yaml",
            "dangling.yaml",
            "dangling-inside.yaml",
            "twice/key.yaml",
            "twice/missing.yaml",
            "circle",
        ];
        assert_snapshot!(located(folder.path(), &bounds, &paths), @"
        inside/errors.yaml: project/common/errors.yaml
        outside/key.yaml: out
        outside/missing.yaml: out
        key.yaml: out
        dangling.yaml: out
        dangling-inside.yaml: project/common/missing.yaml
        twice/key.yaml: out
        twice/missing.yaml: out
        circle: out
        ");
    }
}
