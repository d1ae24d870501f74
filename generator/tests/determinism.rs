//! The same documents give the same bytes: in every process, folder, locale and time zone, with any number of threads,
//! and from a checkout with any line ends.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Documents with much in them: the four, and fixtures in which names, tags and types meet.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let specs = fs::read_dir(root.join("specs")).expect("the folder is there");
    let mut all: Vec<PathBuf> = specs.map(|it| it.expect("it can be read").path()).collect();
    let fixtures = [
        "names",
        "one-of-tags",
        "oauth",
        "by-tag",
        "callbacks",
        "xml-types",
    ];
    all.extend(fixtures.map(|it| root.join(format!("tests/fixtures/{it}.yaml"))));
    all.sort();
    all
}

/// A folder with a configuration for copies of all documents, changed in some way.
fn project(change: impl Fn(String) -> String) -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    let mut config =
        "[output]\ndir = \"out\"\npackage = \"many\"\nmock = true\nsnapshots = \"review\"\n"
            .to_owned();
    for document in documents() {
        let name = document
            .file_name()
            .expect("it has a name")
            .to_string_lossy();
        let text = fs::read_to_string(&document).expect("it can be read");
        fs::write(folder.path().join(&*name), change(text)).expect("it can be written");
        let _ = write!(config, "\n[[api]]\nspec = \"{name}\"\n");
        if name.starts_with("by-tag") {
            config.push_str("layout = \"by-tag\"\n");
        }
    }
    fs::write(folder.path().join("keywright.toml"), config).expect("it can be written");
    folder
}

/// Everything that is written, by path.
fn generated(
    project: &Path,
    config: &str,
    adjust: impl Fn(&mut Command),
) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keywright"));
    command.args(["generate", "--quiet", "--no-cache", "--config", config]);
    adjust(command.current_dir(project));
    let status = command.status().expect("the command can be run");
    assert!(status.success());
    let mut files = BTreeMap::new();
    let root = project.join(Path::new(config).parent().unwrap_or(Path::new("")));
    let mut open = vec![root.join("out"), root.join("review")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("it is written") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let place = path.strip_prefix(&root).expect("it is inside").to_owned();
                files.insert(place, fs::read(&path).expect("it can be read"));
            }
        }
    }
    assert!(files.len() > documents().len() * 3, "{:?}", files.keys());
    files
}

/// Compares files one by one, so that a failure names the first that differs.
fn assert_same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) {
    let paths = |it: &BTreeMap<PathBuf, Vec<u8>>| it.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    for (path, text) in one {
        assert_eq!(
            String::from_utf8_lossy(text),
            String::from_utf8_lossy(&other[path]),
            "{}",
            path.display()
        );
    }
}

/// Each process has hash seeds of its own.
#[test]
fn the_same_bytes_wherever_and_however_it_runs() {
    let first = project(|text| text);
    let one = generated(first.path(), "keywright.toml", |_| {});
    // Another place, another locale, another clock, one thread.
    let second = project(|text| text);
    let other = generated(second.path(), "keywright.toml", |it| {
        it.env("RAYON_NUM_THREADS", "1")
            .env("TZ", "Pacific/Kiritimati")
            .env("LANG", "tr_TR.UTF-8")
            .env("LC_ALL", "tr_TR.UTF-8");
    });
    assert_same(&one, &other);
    // Another working folder: paths lead down from it.
    let third = project(|text| text);
    let name = third.path().file_name().expect("it has a name").to_owned();
    let outer = third.path().parent().expect("it is in a folder");
    let config = Path::new(&name).join("keywright.toml");
    let other = generated(outer, &config.to_string_lossy(), |it| {
        it.env("RAYON_NUM_THREADS", "7");
    });
    assert_same(&one, &other);
}

/// Git may give documents other line ends.
#[test]
fn the_same_bytes_with_other_line_ends() {
    let first = project(|text| text);
    let one = generated(first.path(), "keywright.toml", |_| {});
    let second = project(|text| text.replace('\n', "\r\n"));
    let other = generated(second.path(), "keywright.toml", |_| {});
    assert_same(&one, &other);
}
