//! The commands, as a user runs them: what they print, what they write, and how they end.

mod aliases;
mod arguments;
mod convert;
mod diff;
mod explain;
mod files;
mod generate;
mod inspect;
mod lint;
mod machine;
#[cfg(feature = "mock")]
mod mock;
mod report;
mod runs;
mod snapshots;
mod stamps;
#[cfg(feature = "watch")]
mod watch;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Small, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /ping:
    get:
      operationId: ping
      responses: { '204': { description: Alive. } }
";

/// Runs the command in a folder; returns its exit code, what it printed and what it complained of. The time
/// that a run took is masked.
fn keywright(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(command().args(arguments).current_dir(folder))
}

/// The command, with a folder for its stamps that is none of the user's.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keywright"));
    let stamps = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stamps");
    command.env("KEYWRIGHT_CACHE_DIR", stamps);
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let output = loop {
        match command.output() {
            // A test that copies the command has its file open while another one starts a process.
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {}
            output => break output.expect("the command can be run"),
        }
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap_or(-1),
        masked(&text(&output.stdout)),
        masked(&text(&output.stderr)),
    )
}

fn masked(text: &str) -> String {
    text.lines()
        .map(|line| match line.rsplit_once(" in ") {
            Some((before, time)) if time.ends_with(" s") => format!("{before} in <time>\n"),
            _ => format!("{line}\n"),
        })
        .collect()
}

/// A folder with a spec and a configuration.
fn project(spec: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    fs::write(folder.path().join("small.yaml"), spec).expect("the spec can be written");
    let config = "[output]\ndir = \"out\"\npackage = \"small\"\n\n[[api]]\nmodule = \"small\"\nspec = \"small.yaml\"\n";
    fs::write(folder.path().join("keywright.toml"), config)
        .expect("the configuration can be written");
    folder
}

/// The paths and contents of all files below a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((
                    path.display().to_string(),
                    fs::read(&path).expect("the file can be read"),
                ));
            }
        }
    }
    found.sort();
    found
}

/// A text without the number of Keywright's version.
fn masked_version(text: &str) -> String {
    text.replace(env!("CARGO_PKG_VERSION"), "<version>")
}
