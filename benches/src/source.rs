//! The Rust code of a package.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

/// How much code there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Lines of all files.
    pub lines: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Counts the code of a package, its runtime included.
pub(crate) fn size(package: &Path) -> io::Result<Size> {
    let mut size = Size { lines: 0, bytes: 0 };
    for file in files(package)? {
        let text = fs::read(file)?;
        size.bytes += text.len() as u64;
        size.lines += text.split(|it| *it == b'\n').count() as u64 - 1;
    }
    Ok(size)
}

/// Every Rust file of a folder, in the same order each time.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
