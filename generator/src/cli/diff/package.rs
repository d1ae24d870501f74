//! Reads a generated package from its folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use keywright::outline::{self, Outline};

/// Reads the outline of a package from its manifest and its sources.
pub(super) fn outline(folder: &Path) -> Result<Outline<'static>, String> {
    if !folder.join("Cargo.toml").is_file() {
        return Err("it has no `Cargo.toml`".to_owned());
    }
    let mut files = BTreeMap::new();
    add(folder, "Cargo.toml", &mut files)?;
    add_folder(folder, "src", &mut files)?;
    outline::of_package(&files)
}

fn add(folder: &Path, path: &str, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let text = fs::read_to_string(folder.join(path))
        .map_err(|error| format!("`{path}` cannot be read: {error}"))?;
    files.insert(path.to_owned(), text);
    Ok(())
}

fn add_folder(
    folder: &Path,
    path: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    let fault = |error| format!("`{path}` cannot be read: {error}");
    for entry in fs::read_dir(folder.join(path)).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(fault)?;
        // Keywright writes no links, and a link could lead out of the package.
        if kind.is_dir() {
            add_folder(folder, &inner, files)?;
        } else if kind.is_file() && Path::new(&inner).extension().is_some_and(|it| it == "rs") {
            add(folder, &inner, files)?;
        }
    }
    Ok(())
}
