//! Files and folders in the state in which disks and other runs leave them.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::{SPEC, files, keywright, project};

const STAGING: &str = ".keywright-staging";

/// What is said of a pipe.
#[cfg(unix)]
const PIPE: &str = "it is a pipe, a socket or a device";

/// A document that leads out of its project by `reference`.
fn leading_to(reference: &str) -> String {
    SPEC.replace(
        "{ description: Alive. }",
        &format!("{{ $ref: '{reference}' }}"),
    )
}

#[test]
fn says_nothing_of_files_outside_the_root() {
    let said = |reference: &str, arguments: &[&str]| {
        let around = project(&leading_to(reference));
        let folder = around.path().join("project/specs");
        fs::create_dir_all(&folder).expect("a folder can be made");
        fs::write(around.path().join("secret.yaml"), "token: s3cret: x")
            .expect("it can be written");
        // All but the secret is in a project of its own.
        for name in ["small.yaml", "keywright.toml"] {
            fs::rename(around.path().join(name), folder.join(name)).expect("it can be moved");
        }
        fs::rename(
            folder.join("keywright.toml"),
            around.path().join("project/keywright.toml"),
        )
        .expect("it can be moved");
        #[cfg(unix)]
        for (link, target) in [("there.yaml", "secret.yaml"), ("gone.yaml", "none.yaml")] {
            std::os::unix::fs::symlink(around.path().join(target), folder.join(link))
                .expect("a link can be made");
        }
        let (code, printed, complaints) = keywright(&folder, arguments);
        assert_eq!(
            (code, printed.contains("s3cret")),
            (1, false),
            "{complaints}"
        );
        assert!(!complaints.contains("s3cret"), "{complaints}");
        complaints
    };
    let convert = ["convert", "small.yaml"];
    let generate = ["generate", "--spec", "small.yaml", "--out", "out"];
    assert_snapshot!(said("../../secret.yaml", &generate), @r#"
    error[KW0205]: `../../secret.yaml` points outside the root folder
     --> small.yaml:8:35 at #/paths/~1ping/get/responses/204/$ref
      |
    8 |       responses: { '204': { $ref: '../../secret.yaml' } }
      |                                   ^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: the root folder is `..`, relative to the entry document
      = help: move the file into the root folder, or choose another one: `--root DIR`, or `root = "DIR"` under `[[api]]` in the configuration

    1 error
    "#);
    let same = |one: &str, other: &str| {
        let here = said(one, &convert).replace(one, "FILE");
        let there = said(other, &convert).replace(other, "FILE");
        let mask = |text: &str| text.replace('^', "").replace("none.yaml", "secret.yaml");
        assert_eq!(mask(&here), mask(&there));
        assert!(here.contains("error[KW0205]"), "{here}");
    };
    same("../../secret.yaml", "../../none.yaml");
    same("..%2f%2e%2e%2fsecret.yaml", "..%2f%2e%2e%2fnone.yaml");
    #[cfg(unix)]
    {
        let out = |name: &str| said(name, &convert).replace(name, "FILE").replace('^', "");
        assert_eq!(out("there.yaml"), out("gone.yaml"));
    }
    for arguments in [
        &["inspect", "--stage", "model", "small.yaml"][..],
        &["check", "--spec", "small.yaml", "--out", "out"],
    ] {
        assert!(said("../../secret.yaml", arguments).contains("error[KW0205]"));
    }
    let missing = ["convert", "small.yaml", "--root", "../../elsewhere"];
    assert!(said("../../secret.yaml", &missing).contains("error[KW0101]: the root"));
}

#[test]
fn takes_a_root_from_everywhere() {
    let around = project(&leading_to("../responses.yaml"));
    let folder = around.path().join("project");
    fs::create_dir(&folder).expect("a folder can be made");
    fs::write(around.path().join("responses.yaml"), "description: Alive.")
        .expect("it can be written");
    for name in ["small.yaml", "keywright.toml"] {
        fs::rename(around.path().join(name), folder.join(name)).expect("it can be moved");
    }
    assert_eq!(keywright(&folder, &["generate"]).0, 1);
    assert_eq!(keywright(&folder, &["generate", "--root", ".."]).0, 0);
    assert_eq!(keywright(&folder, &["check"]).0, 1);
    assert_eq!(keywright(&folder, &["check", "--root", ".."]).0, 0);
    for arguments in [
        &["convert", "small.yaml"][..],
        &["inspect", "--stage", "ir", "small.yaml"],
        &["generate", "--spec", "small.yaml", "--out", "other"],
    ] {
        assert_eq!(keywright(&folder, arguments).0, 1, "{arguments:?}");
        let with_root = [arguments, &["--root", ".."]].concat();
        assert_eq!(keywright(&folder, &with_root).0, 0, "{arguments:?}");
    }
    let config = folder.join("keywright.toml");
    let text = fs::read_to_string(&config).expect("the configuration is there");
    fs::write(&config, text + "root = \"..\"\n").expect("it can be written");
    assert_eq!(keywright(&folder, &["check"]).0, 0);
    // The folder that the command runs in is a root, too, if nothing else is.
    fs::remove_file(&config).expect("it can be removed");
    let arguments = ["convert", "project/small.yaml"];
    assert_eq!(keywright(around.path(), &arguments).0, 0);
}

#[test]
fn writes_into_no_folder_of_its_own_document() {
    let project = project(SPEC);
    let before = files(project.path());
    let arguments = ["generate", "--spec", "small.yaml", "--out", "."];
    let (code, _, complaints) = keywright(project.path(), &arguments);
    assert_eq!(code, 1);
    assert!(complaints.starts_with("error[KW0601]"), "{complaints}");
    assert_eq!(files(project.path()), before);
}

#[test]
fn completes_what_was_interrupted() {
    let project = project(SPEC);
    let out = project.path().join("out");
    let stage = |folder: &Path| {
        fs::create_dir_all(folder.join(STAGING).join("new/src")).expect("a folder can be made");
        fs::write(folder.join(STAGING).join("new/src/lib.rs"), "ha").expect("it can be written");
    };
    // A first run that came no further than to write beside.
    stage(&out);
    assert_eq!(keywright(project.path(), &["check", "--quiet"]).0, 1);
    assert_eq!(keywright(project.path(), &["generate", "--quiet"]).0, 0);
    let complete = files(&out);
    assert!(!out.join(STAGING).exists());
    // One that had nothing to do but to put things right.
    stage(&out);
    assert_eq!(keywright(project.path(), &["check"]).0, 0);
    assert_eq!(keywright(project.path(), &["generate", "--quiet"]).0, 0);
    assert_eq!(files(&out), complete);
    // One that was moving files.
    let manifest = out.join(".keywright");
    let text = fs::read_to_string(&manifest).expect("it is there");
    let (first, rest) = text.split_once('\n').expect("it has lines");
    let interim = format!(
        "{first}\n# Incomplete: a run has not ended, or was interrupted; `keywright generate` completes it.\n{rest}"
    );
    fs::write(&manifest, interim).expect("it can be written");
    let (code, printed, complaints) = keywright(project.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(printed.contains("differs      out/.keywright"), "{printed}");
    assert!(
        complaints.contains("an earlier run was interrupted"),
        "{complaints}"
    );
    assert_eq!(keywright(project.path(), &["generate", "--quiet"]).0, 0);
    assert_eq!(files(&out), complete);
}

#[cfg(unix)]
#[test]
fn opens_no_pipe_and_no_device() {
    let project = project(SPEC);
    let at = project.path();
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo")
            .arg(at.join(name))
            .status();
        assert!(made.is_ok_and(|it| it.success()));
    };
    let refuses = |arguments: &[&str], said: &str| {
        let (code, _, complaints) = keywright(at, arguments);
        assert_eq!(code, 1, "{arguments:?}");
        assert!(complaints.contains(said), "{arguments:?}: {complaints}");
    };
    pipe("pipe.yaml");
    refuses(&["generate", "--spec", "pipe.yaml", "--out", "x"], PIPE);
    refuses(&["generate", "--config", "pipe.yaml"], PIPE);
    refuses(&["inspect", "--stage", "tree", "pipe.yaml"], PIPE);
    refuses(&["convert", "small.yaml", "--out", "pipe.yaml"], PIPE);
    refuses(
        &["convert", "small.yaml", "--out", "pipe.yaml", "--force"],
        PIPE,
    );
    refuses(&["generate", "--report", "pipe.yaml"], PIPE);
    refuses(&["generate", "--report", "/dev/null"], PIPE);
    refuses(
        &["generate", "--spec", "small.yaml", "--out", "pipe.yaml"],
        "is not a folder",
    );
    assert!(!at.join("out").exists());
    let copies = "copies = { \"https://example.org/a.yaml\" = \"pipe.yaml\" }\n";
    let config = fs::read_to_string(at.join("keywright.toml")).expect("it is there") + copies;
    fs::write(at.join("copies.toml"), config).expect("it can be written");
    fs::write(
        at.join("small.yaml"),
        leading_to("https://example.org/a.yaml"),
    )
    .expect("written");
    refuses(&["generate", "--config", "copies.toml"], PIPE);
    fs::write(at.join("small.yaml"), SPEC).expect("written");
    for name in ["out/.keywright", "out/src/lib.rs"] {
        assert_eq!(keywright(at, &["generate"]).0, 0);
        fs::remove_file(at.join(name)).expect("it is there");
        pipe(name);
        refuses(&["generate"], PIPE);
        refuses(&["check"], PIPE);
        fs::remove_dir_all(at.join("out")).expect("it can be removed");
    }
}

#[test]
fn git_attributes_are_written_unless_the_folder_has_its_own() {
    let project = project(SPEC);
    let folder = project.path();
    assert_eq!(keywright(folder, &["generate"]).0, 0);
    let path = folder.join("out/.gitattributes");
    let text = fs::read_to_string(&path).expect("it is written");
    assert!(text.contains("linguist-generated"), "{text}");

    // Somebody takes it over: out of the manifest, and with a content of their own.
    let manifest = folder.join("out/.keywright");
    let listed = fs::read_to_string(&manifest).expect("it is written");
    fs::write(&manifest, listed.replace(".gitattributes\n", "")).expect("it can be written");
    fs::write(&path, "* -diff\n").expect("it can be written");
    assert_eq!(keywright(folder, &["generate"]).0, 0);
    assert_eq!(keywright(folder, &["check"]).0, 0);
    assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("* -diff\n"));
}
