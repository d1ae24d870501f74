//! A package that is laid out by tag compiles without a warning whatever is switched on of it. That it compiles with
//! everything, and what its code is, is tested as of any other fixture.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use keywright::config::{ApiLayout, Config};
use keywright::diagnostics::Diagnostics;
use keywright_tests::fixtures;

/// What is switched on: nothing, the client alone, each tag by itself, all of it; with what else the code depends on.
const FEATURES: [&str; 13] = [
    "",
    "library-client",
    "library-books",
    "library-books,full,xml",
    "library-books,mock",
    "library-lent-books,mock,xml",
    "library-lent-books",
    "library-lent-books,library-webhooks,blocking",
    "library-blätter",
    "library-callbacks",
    "library-other-models",
    "library",
    "library,mock",
];

#[test]
fn every_part_stands_alone() {
    let folder = package();
    let found: String = FEATURES.iter().map(|it| warnings(&folder, it)).collect();
    assert_eq!(found, "");
}

/// Writes the package, with the versions of its dependencies that this one has.
fn package() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("by-tag/library-client");
    let spec = Path::new("fixtures/by-tag.yaml");
    let mut config = Config::of_spec(spec, &folder);
    "library".clone_into(&mut config.apis[0].module);
    config.apis[0].layout = ApiLayout::ByTag;
    config.apis[0].aliases = fixtures::aliases(spec);
    config.output.mock = true;
    let mut found = Diagnostics::new(false);
    let files = keywright::generate(&config, &mut found).expect("the fixture has no errors");
    keywright::write::write(&files, &folder, &mut found).expect("the folder can be written");
    let manifest = folder.with_file_name("Cargo.toml");
    std::fs::write(
        &manifest,
        "[workspace]\nresolver = \"3\"\nmembers = [\"library-client\"]\n",
    )
    .expect("the folder can be written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.with_file_name("Cargo.lock")).expect("there is a lock file");
    folder
}

/// What the compiler says of the package with these features.
fn warnings(folder: &Path, features: &str) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["check", "--offline", "--quiet", "--no-default-features"])
        .args(["--features", features])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.with_file_name("target"))
        .output()
        .expect("Cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && said.is_empty() {
        String::new()
    } else {
        format!("==== {features}\n{said}")
    }
}
