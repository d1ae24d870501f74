//! Which documents there are.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use keywright::diagnostics::Diagnostics;
use keywright::load::{self, Limits};
use serde::Serialize;

use super::Options;

/// A document of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What it is called in the table: its path in the folder, or the name of its own folder there.
    pub name: String,
    /// The entry document.
    pub path: PathBuf,
    /// The folder out of which its references do not lead: the corpus.
    pub root: PathBuf,
    /// The name of the package that is made of it, unique in the corpus.
    pub package: String,
}

/// The documents that are wanted: those of `index.tsv` when the folder has one, else every JSON or YAML file that
/// says it is OpenAPI.
pub(super) fn find(options: &Options) -> io::Result<Vec<Document>> {
    let folder = &options.folder;
    let named = match std::fs::read_to_string(folder.join("index.tsv")) {
        Ok(index) => of_index(folder, &index)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut paths = Vec::new();
            walk(folder, options.recursive, &mut paths)?;
            paths.sort();
            let name = |path: &Path| {
                path.strip_prefix(folder)
                    .unwrap_or(path)
                    .display()
                    .to_string()
            };
            paths.into_iter().map(|path| (name(&path), path)).collect()
        }
        Err(error) => return Err(error),
    };
    let is_wanted = |name: &str| {
        options.only.is_empty() || options.only.iter().any(|it| name.contains(it.as_str()))
    };
    let mut taken = HashSet::new();
    // A package is called the same whichever documents are wanted.
    let all = named.into_iter().map(|(name, path)| Document {
        package: package(&name, &mut taken),
        name,
        path,
        root: folder.clone(),
    });
    let wanted: Vec<Document> = all.filter(|document| is_wanted(&document.name)).collect();
    let count = options.sample.unwrap_or(wanted.len()).max(1);
    let step = wanted.len().div_ceil(count).max(1);
    Ok(wanted.into_iter().step_by(step).collect())
}

/// Name and entry document of a line of an index.
type PathOf<'f> = dyn Fn(&[&str]) -> Option<(String, PathBuf)> + 'f;

/// The documents that an index lists: a line each, under a line of headings of which `file` names the document, or
/// `folder` its folder and `entry` its path in there.
fn of_index(folder: &Path, index: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let mut lines = index.lines();
    let headings: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |heading: &str| headings.iter().position(|it| *it == heading);
    let path_of: Box<PathOf<'_>> = match (column("file"), column("folder"), column("entry")) {
        (Some(file), _, _) => Box::new(move |cells| {
            let file = *cells.get(file)?;
            Some((file.to_owned(), folder.join(file)))
        }),
        (None, Some(own), Some(entry)) => Box::new(move |cells| {
            let (own, entry) = (*cells.get(own)?, *cells.get(entry)?);
            Some((own.to_owned(), folder.join(own).join(entry)))
        }),
        _ => {
            return Err(io::Error::other(
                "index.tsv has neither a column `file` nor `folder` and `entry`",
            ));
        }
    };
    let rows = lines.filter(|line| !line.is_empty());
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        path_of(&cells)
            .ok_or_else(|| io::Error::other(format!("index.tsv has a line too short: {line}")))
    })
    .collect()
}

fn walk(folder: &Path, recursive: bool, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if recursive {
                walk(&path, recursive, found)?;
            }
        } else if is_document(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file is OpenAPI. One that mentions it and cannot be read counts, so that the table tells why.
fn is_document(path: &Path) -> bool {
    let is_tree = path
        .extension()
        .is_some_and(|it| ["json", "yaml", "yml"].iter().any(|known| it == *known));
    if !is_tree {
        return false;
    }
    let text = match std::fs::read_to_string(path) {
        Ok(text) if text.contains("openapi") || text.contains("swagger") => text,
        _ => return false,
    };
    let name = path.to_string_lossy();
    match load::from_text(
        &name,
        &text,
        &Limits::default(),
        &mut Diagnostics::new(false),
    ) {
        Some(spec) => ["openapi", "swagger"]
            .iter()
            .any(|key| spec.entry().root.get(key).is_some()),
        None => true,
    }
}

/// A name for a package that no dependency has, and no other document.
fn package(name: &str, taken: &mut HashSet<String>) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| !it.is_empty());
    let plain = std::iter::once("api")
        .chain(words)
        .collect::<Vec<_>>()
        .join("-")
        .to_ascii_lowercase();
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    let free = std::iter::once(plain.clone())
        .chain(numbered)
        .find(|it| !taken.contains(it));
    let free = free.expect("there are more numbers than documents");
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_files_or_folders() {
        let folder = Path::new("corpus");
        let files = of_index(folder, "file\tversion\na.json\t3.0.0\nb.yaml\t2.0\n")
            .expect("it is an index");
        assert_eq!(files[1], ("b.yaml".to_owned(), folder.join("b.yaml")));
        let folders =
            of_index(folder, "folder\tentry\nsplit\tspec/openapi.yaml\n").expect("it is an index");
        assert_eq!(
            folders,
            [("split".to_owned(), folder.join("split/spec/openapi.yaml"))]
        );
        assert!(of_index(folder, "name\n").is_err());
        assert!(of_index(folder, "folder\tentry\nsplit\n").is_err());
    }

    #[test]
    fn packages_have_names_of_their_own() {
        let mut taken = HashSet::new();
        let names =
            ["a_b.json", "a-b.yaml", "http", "1.0/ü.json"].map(|name| package(name, &mut taken));
        assert_eq!(names, ["api-a-b", "api-a-b-2", "api-http", "api-1-0"]);
    }
}
