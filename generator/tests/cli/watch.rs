//! `keywright watch`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use crate::{SPEC, command, project};

/// A watch that ends with the test.
struct Watch {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Watch {
    fn start(folder: &Path) -> Self {
        let mut child = command()
            .arg("watch")
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command can be run");
        let lines = BufReader::new(child.stdout.take().expect("it is piped"));
        Self { child, lines }
    }

    /// Everything that is printed up to the next line that says what is watched.
    fn turn(&mut self) -> String {
        let mut text = String::new();
        loop {
            let before = text.len();
            let read = self.lines.read_line(&mut text).expect("it prints text");
            assert_ne!(read, 0, "the watch has ended:\n{text}");
            if text[before..].starts_with("watching ") {
                return text;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Saves a file as editors do: by another one that takes its place, so that it never is there in part.
fn save(folder: &Path, name: &str, text: &str) {
    let other = folder.join(format!("{name}~"));
    fs::write(&other, text).expect("it can be written");
    fs::rename(&other, folder.join(name)).expect("it can be moved");
}

#[test]
fn writes_again_what_is_saved_and_says_what_it_means() {
    let types = "Mood: { type: object, properties: { level: { type: integer } } }\n";
    let body = "{ '200': { description: Alive., content: { application/json: { schema: { $ref: 'types.yaml#/Mood' } } } } }";
    let spec = SPEC.replace("{ '204': { description: Alive. } }", body);
    let project = project(&spec);
    let folder = project.path();
    fs::write(folder.join("types.yaml"), types).expect("it can be written");

    let mut watch = Watch::start(folder);
    let first = watch.turn();
    assert!(first.contains("created  out/Cargo.toml"), "{first}");
    assert!(first.contains("watching 3 files"), "{first}");

    // A file to which only a reference leads.
    save(folder, "types.yaml", &types.replace("integer", "string"));
    let second = watch.turn();
    assert!(
        second.contains("updated  out/src/small/models.rs"),
        "{second}"
    );
    assert!(second.contains("models::Mood.level"), "{second}");
    assert!(second.contains("major"), "{second}");

    // A fault leaves the clients as they are, and the next save goes on from there.
    save(folder, "small.yaml", "openapi: 9\n");
    let third = watch.turn();
    assert!(!third.contains("updated"), "{third}");
    save(
        folder,
        "small.yaml",
        &spec.replace("operationId: ping", "operationId: pong"),
    );
    let fourth = watch.turn();
    assert!(fourth.contains("pong"), "{fourth}");
    assert!(!fourth.contains("Mood.level"), "{fourth}");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it() {
    let project = project(SPEC);
    let mut watch = Watch::start(project.path());
    watch.turn();
    let id = watch.child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.expect("there is `kill`").success());
    let status = watch.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}
