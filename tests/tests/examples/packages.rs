//! Packages with the examples of all fixtures, and of small documents: they compile without a warning, and look as rustfmt
//! would have them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use keywright::config::{ApiConfig, ApiLayout, Config};
use keywright::diagnostics::Diagnostics;
use keywright_tests::fixtures;

/// Every feature that an example may need, and one that changes what clients have.
const FEATURES: &str = "blocking,oauth2,xml";

#[test]
fn all_compile_and_are_formatted() {
    let folder = package();
    let examples = folder.join("examples").read_dir().expect("there are some");
    let examples: Vec<PathBuf> = examples
        .map(|it| it.expect("it can be read").path())
        .collect();
    assert!(examples.len() > 80, "{}", examples.len());
    let said = run("rustfmt", &folder, |it| {
        it.args(["--check", "--edition", "2024", "--style-edition", "2024"])
            .args(&examples)
    });
    assert_eq!(said, "");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let said = run(cargo, &folder, |it| {
        it.args(["check", "--offline", "--quiet", "--examples"])
            .args(["--features", FEATURES])
            .env("CARGO_TARGET_DIR", folder.with_file_name("target"))
    });
    assert_eq!(said, "");
}

/// Writes a package of all fixtures, with the versions of its dependencies that this one has.
fn package() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples/fixtures-client");
    let mut apis = Vec::new();
    for document in fixtures::documents("fixtures") {
        let name = fixtures::name(&document).replace(['-', '.'], "_");
        let mut api = ApiConfig::new(name, &document);
        if api.module == "by_tag" {
            api.layout = ApiLayout::ByTag;
        }
        apis.push(api);
    }
    for (name, text) in super::documents() {
        let document = folder.with_file_name(format!("{name}.yaml"));
        std::fs::create_dir_all(folder.parent().expect("it is in one"))
            .and_then(|()| std::fs::write(&document, text))
            .expect("the folder can be written");
        apis.push(ApiConfig::new(name, &document));
    }
    let mut config = Config::of_spec(Path::new("fixtures"), &folder);
    config.apis = apis;
    let mut found = Diagnostics::new(false);
    let files = keywright::generate(&config, &mut found).expect("the fixtures have no errors");
    keywright::write::write(&files, &folder, &mut found).expect("the folder can be written");
    std::fs::write(
        folder.with_file_name("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"fixtures-client\"]\n",
    )
    .expect("the folder can be written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.with_file_name("Cargo.lock")).expect("there is a lock file");
    folder
}

/// What a program has to say; nothing if all is well.
fn run(
    program: impl Into<OsString>,
    folder: &Path,
    set: impl FnOnce(&mut Command) -> &mut Command,
) -> String {
    let mut command = Command::new(program.into());
    let Output {
        status,
        stdout,
        stderr,
    } = set(&mut command)
        .current_dir(folder)
        .output()
        .expect("it runs");
    let said = [stdout, stderr].concat();
    let said = String::from_utf8_lossy(&said);
    if status.success() {
        said.into_owned()
    } else {
        format!("{status}\n{said}")
    }
}
