//! The documents of `tests/fixtures`, and what becomes of them.

use std::path::{Path, PathBuf};

use keywright::config::{Alias, ApiConfig, ApiLayout, Config};
use keywright::diagnostics::{Diagnostics, Style, render};
use keywright::load::Limits;
use keywright::{NamedApi, read};

/// The documents of a folder of this package, sorted; their paths are relative to it.
///
/// # Panics
///
/// If the folder is not there.
#[must_use]
pub fn documents(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}

/// The name of a document: its file's, without the extension.
///
/// # Panics
///
/// If it has none.
#[must_use]
pub fn name(document: &Path) -> String {
    document
        .file_stem()
        .expect("a document has a name")
        .to_string_lossy()
        .into_owned()
}

/// The old names that the client of a document keeps.
#[must_use]
pub fn aliases(document: &Path) -> Vec<Alias> {
    let aliases = crate::aliases::of(&name(document)).iter();
    let aliases = aliases.map(|(old, new)| Alias {
        old: (*old).to_owned(),
        new: (*new).to_owned(),
        places: None,
    });
    aliases.collect()
}

/// Reads a document; also returns what was found in it, as text.
#[must_use]
pub fn read_document(document: &Path) -> (Option<NamedApi>, String) {
    let mut found = Diagnostics::new(false);
    let mut api = ApiConfig::new("fixture", document);
    if name(document) == "by-tag" {
        api.layout = ApiLayout::ByTag;
    }
    api.aliases = aliases(document);
    let named = read(&api, &Limits::default(), &mut found);
    let text = found.in_order().into_iter();
    let text: Vec<String> = text.map(|it| render(it, Style::Plain)).collect();
    let named = if found.has_errors() { None } else { named };
    (named, text.join("\n"))
}

/// The files of a document's module, by their path in it, all but the runtime.
#[must_use]
pub fn module_of(document: &Path) -> Option<Vec<(String, String)>> {
    let config = Config::of_spec(document, Path::new("fixture"));
    let (named, _) = read_document(document);
    let files = keywright::print(&[named?], &config);
    let of_module = files.into_iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("src/fixture/")?;
        Some((name.to_owned(), text))
    });
    Some(of_module.collect())
}
