//! The example of `docs/reviewing.md` is what the command prints.

use std::fs;
use std::path::Path;
use std::process::Command;

const GUIDE: &str = include_str!("../../docs/reviewing.md");
const CONFIG: &str = include_str!("../../keywright.toml");

/// The first block of a kind.
fn block(kind: &str) -> &'static str {
    let start = format!("```{kind}\n");
    let text = GUIDE.split(&start).nth(1).expect("the guide has the block");
    text.split("```").next().expect("it ends")
}

/// Applies a difference, whose parts stand in the text once each.
fn apply(text: &str, difference: &str) -> String {
    let mut text = text.to_owned();
    for part in difference.split("@@\n") {
        let side = |other: char| {
            let lines = part.lines().filter(|line| !line.starts_with(other));
            let lines: Vec<&str> = lines
                .map(|line| line.get(1..).unwrap_or_default())
                .collect();
            format!("{}\n", lines.join("\n"))
        };
        let (old, new) = (side('+'), side('-'));
        assert_eq!(text.matches(&old).count(), 1, "{old}");
        text = text.replace(&old, &new);
    }
    text
}

#[test]
fn the_example_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    fs::create_dir(&specs).expect("created");
    for spec in ["thetvdb", "aivo", "tvmaze", "pacerpro"] {
        let file = format!("{spec}.yaml");
        fs::copy(root.join("specs").join(&file), specs.join(&file)).expect("copied");
    }
    fs::write(folder.path().join("keywright.toml"), CONFIG).expect("written");
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program}: {error}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run("git", &["init", "--quiet"]);
    run("git", &["add", "--all"]);
    let author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
    run(
        "git",
        &[&author[..], &["commit", "--quiet", "--message", "First"]].concat(),
    );
    let spec = specs.join("tvmaze.yaml");
    let text = fs::read_to_string(&spec).expect("it is there");
    fs::write(&spec, apply(&text, block("diff"))).expect("written");
    let printed = run(env!("CARGO_BIN_EXE_keywright"), &["diff"]);
    assert_eq!(printed, block("text"));
}
