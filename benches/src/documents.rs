//! The documents that are measured.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What one package is made of.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name in tables and folders.
    pub name: String,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// An OpenAPI document that becomes a module of a package.
#[derive(Clone, Debug)]
pub struct Part {
    /// The module's name.
    pub module: String,
    /// The document.
    pub spec: PathBuf,
}

/// Lists the documents that files and folders name: of a folder every JSON or YAML file at its top, by name. With
/// `together`, one more package is made of them all.
pub fn list(paths: &[PathBuf], together: bool) -> io::Result<Vec<Document>> {
    let mut specs = Vec::new();
    for path in paths {
        if path.is_dir() {
            specs.extend(files_of(path)?);
        } else {
            specs.push(path.clone());
        }
    }
    let mut taken = BTreeSet::new();
    let mut documents = Vec::new();
    for spec in specs {
        let spec = fs::canonicalize(&spec).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", spec.display()))
        })?;
        let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
        let name = name(&stem, &mut taken);
        let module = format!("api_{}", name.replace('-', "_"));
        documents.push(Document {
            name,
            parts: vec![Part { module, spec }],
        });
    }
    if together {
        let parts = documents.iter().flat_map(|it| it.parts.clone()).collect();
        let name = name("together", &mut taken);
        documents.push(Document { name, parts });
    }
    Ok(documents)
}

impl Document {
    /// The name of the package that is made of it.
    #[must_use]
    pub fn package(&self) -> String {
        format!("api-{}", self.name)
    }

    /// The bytes of its parts.
    pub fn size(&self) -> io::Result<u64> {
        let sizes = self
            .parts
            .iter()
            .map(|it| Ok(fs::metadata(&it.spec)?.len()));
        sizes.sum()
    }
}

fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let files = entries.map(|entry| Ok(entry?.path()));
    let mut files: Vec<PathBuf> = files.collect::<io::Result<_>>()?;
    files.retain(|path| {
        let is_spec = |it| it == "json" || it == "yaml" || it == "yml";
        path.is_file() && path.extension().is_some_and(is_spec)
    });
    files.sort();
    Ok(files)
}

/// A name that suits a package, and that no other document has.
fn name(stem: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
    let words: String = stem.to_ascii_lowercase().chars().map(plain).collect();
    let words: Vec<&str> = words.split('-').filter(|it| !it.is_empty()).collect();
    let plain = words.join("-");
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    let mut names = std::iter::once(plain.clone()).chain(numbered);
    names
        .find(|it| taken.insert(it.clone()))
        .expect("there is always a further number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suit_packages_and_differ() {
        let mut taken = BTreeSet::new();
        let names = ["od-Stripe_com", "od stripe.com", "v1"].map(|it| name(it, &mut taken));
        assert_eq!(names, ["od-stripe-com", "od-stripe-com-2", "v1"]);
    }
}
