//! The rows of the table, as the files of `rows/` have them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use keywright::config::{ApiConfig, ApiLayout, Config, Dates, Rename};
use serde::Deserialize;

/// A row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// What is edited, in a few words.
    pub name: String,
    /// The document, by the name of its file in `bases/`.
    pub base: String,
    /// The texts that are replaced, each of which stands once in the document, and what takes their places.
    #[serde(default)]
    pub edits: Vec<(String, String)>,
    /// Texts that are replaced likewise on both sides, before the edit.
    #[serde(default)]
    pub old_edits: Vec<(String, String)>,
    /// Whether the edit is taken back: the new side is the document as it stands in `bases/`.
    #[serde(default)]
    pub reversed: bool,
    /// Whether something is reported of the documents.
    #[serde(default)]
    pub warnings: bool,
    /// The configuration of the old side, where it is not the usual one.
    #[serde(default)]
    pub old: Settings,
    /// The configuration of the new side.
    #[serde(default)]
    pub new: Settings,
    /// The changes, in the order of the report: the rule, the path without the name of the module, a text of the line
    /// that the old place points to, and one of the line that the new place points to; `-` where there is no place.
    pub changes: Vec<(String, String, String, String)>,
    /// The verdict on a published crate.
    pub published: String,
    /// The verdict on a vendored module.
    pub vendored: String,
    /// A user's program that compiles against the old client and not against the new one. It finds the API as `api`.
    pub witness: Option<String>,
    /// The error of the compiler.
    pub error: Option<String>,
    /// Another program for the same crate, where `#[non_exhaustive]` does nothing; empty where none is broken there.
    pub vendored_witness: Option<String>,
    /// The error of the compiler there; empty likewise.
    pub vendored_error: Option<String>,
    /// Why a verdict is `major` although every program compiles still.
    pub no_witness: Option<String>,
    /// Why the lists of public items differ in another way than the changes say.
    pub items: Option<String>,
    /// Why cargo-semver-checks says something else than the verdict on a published crate.
    pub semver_checks: Option<String>,
}

/// What a configuration says besides the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// The types of dates.
    pub dates: Option<String>,
    /// Whether there is a mock.
    pub mock: bool,
    /// The name of the package.
    pub package: Option<String>,
    /// The version of the package.
    pub version: Option<String>,
    /// The name of the module.
    pub module: Option<String>,
    /// Whether the module is laid out by tag.
    pub by_tag: bool,
    /// Rust names, by pointer.
    pub names: BTreeMap<String, String>,
    /// A document whose client is in the package, too.
    pub also: Option<String>,
}

#[derive(Deserialize)]
struct File {
    row: Vec<Row>,
}

/// The folder of this package.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the table, in the order of the files.
///
/// # Panics
///
/// If a file cannot be read, or two rows have one name.
#[must_use]
pub fn table() -> Vec<Row> {
    let folder = std::fs::read_dir(folder().join("rows")).expect("the folder is there");
    let mut files: Vec<PathBuf> = folder
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    files.sort();
    let mut rows: Vec<Row> = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let file: File =
            toml::from_str(&text).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
        rows.extend(file.row);
    }
    let mut names: Vec<&str> = rows.iter().map(|it| &*it.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rows.len(), "two rows have one name");
    rows
}

impl Row {
    /// Returns the error of the compiler where the module is vendored.
    #[must_use]
    pub fn error_within(&self) -> Option<&str> {
        let error = self.vendored_error.as_ref().or(self.error.as_ref());
        error.map(String::as_str).filter(|it| !it.is_empty())
    }

    /// Returns the documents before and after the edit.
    ///
    /// # Panics
    ///
    /// If a text does not stand once in what it is replaced in.
    #[must_use]
    pub fn documents(&self) -> (String, String) {
        let before = self.replaced(base(&self.base), &self.old_edits);
        let after = self.replaced(before.clone(), &self.edits);
        if self.reversed {
            (after, before)
        } else {
            (before, after)
        }
    }

    fn replaced(&self, mut text: String, edits: &[(String, String)]) -> String {
        for (from, to) in edits {
            let count = text.matches(&**from).count();
            assert_eq!(count, 1, "{}: `{from}`", self.name);
            text = text.replacen(&**from, to, 1);
        }
        text
    }
}

/// Returns a document of `bases/`.
fn base(name: &str) -> String {
    let path = folder().join("bases").join(format!("{name}.yaml"));
    std::fs::read_to_string(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
}

impl Settings {
    /// Writes a document to a folder, and returns the configuration of its client.
    ///
    /// # Panics
    ///
    /// If the folder cannot be written, or a setting is none.
    #[must_use]
    pub fn config(&self, base: &str, document: &str, folder: &Path) -> Config {
        let write = |name: &str, text: &str| {
            let path = folder.join(format!("{name}.yaml"));
            std::fs::write(&path, text).expect("the folder can be written");
            path
        };
        let path = write(base, document);
        let mut config = Config::of_spec(&path, Path::new("client"));
        let api = &mut config.apis[0];
        base.clone_into(&mut api.module);
        if let Some(module) = &self.module {
            module.clone_into(&mut api.module);
        }
        if self.by_tag {
            api.layout = ApiLayout::ByTag;
        }
        api.names = self
            .names
            .iter()
            .map(|(pointer, name)| Rename {
                pointer: pointer.clone(),
                name: name.clone(),
                place: None,
            })
            .collect();
        if let Some(also) = &self.also {
            let path = write(also, &self::base(also));
            config.apis.push(ApiConfig::new(also.clone(), path));
        }
        config.output.mock = self.mock;
        config.output.dates = match self.dates.as_deref() {
            None | Some("text") => Dates::Text,
            Some("jiff") => Dates::Jiff,
            Some("chrono") => Dates::Chrono,
            Some(other) => panic!("there are no dates `{other}`"),
        };
        if let Some(package) = &self.package {
            config.output.package.clone_from(package);
        }
        if let Some(version) = &self.version {
            config.output.version.clone_from(version);
        }
        config
    }
}
