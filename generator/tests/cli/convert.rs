//! `keywright convert`.

use std::fs;

use insta::assert_snapshot;

use crate::{SPEC, files, keywright, masked_version, project};

/// A document of 3.1 that says more than 3.0 can.
fn newer() -> String {
    SPEC.replace(
        "paths:\n",
        "webhooks: { news: { post: { responses: { '204': { description: Seen. } } } } }\npaths:\n",
    )
}

#[test]
fn writes_to_standard_output() {
    let project = project(&newer());
    let (code, printed, complaints) = keywright(project.path(), &["convert", "small.yaml"]);
    assert_eq!(code, 0);
    assert_snapshot!(masked_version(&printed), @"
    openapi: '3.0.3'
    info:
      title: Small
      version: '1'
    servers:
      - url: 'https://example.org'
    paths:
      /ping:
        get:
          operationId: ping
          responses:
            '204':
              description: Alive.
    x-written-by-keywright: '<version>'
    ");
    assert_snapshot!(complaints, @"
    warning[KW0701]: OpenAPI 3.0 cannot say that there is a webhook
     --> small.yaml:4:13 at #/webhooks/news
      |
    4 | webhooks: { news: { post: { responses: { '204': { description: Seen. } } } } }
      |             ^^^^ left out

    1 warning
    ");
    let arguments = ["convert", "small.yaml", "--format", "json", "--quiet"];
    let (_, printed, complaints) = keywright(project.path(), &arguments);
    assert!(
        printed.starts_with("{\n  \"openapi\": \"3.0.3\""),
        "{printed}"
    );
    assert_eq!(complaints, "");
}

#[test]
fn refuses_what_3_0_cannot_say_when_told_so() {
    let project = project(&newer());
    let arguments = ["convert", "small.yaml", "--strict", "--out", "out.yaml"];
    let (code, printed, complaints) = keywright(project.path(), &arguments);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(complaints.starts_with("error[KW0701]"), "{complaints}");
    assert!(!project.path().join("out.yaml").exists());
}

#[test]
fn writes_a_file_again_and_no_other() {
    let project = project(SPEC);
    let convert = |more: &[&str]| {
        let arguments = [&["convert", "small.yaml", "--out", "out.json"], more].concat();
        keywright(project.path(), &arguments)
    };
    assert_eq!(convert(&[]).1, "created  out.json\n");
    assert_eq!(convert(&[]).1, "unchanged  out.json\n");
    let edited = SPEC.replace("Alive.", "Still alive.");
    fs::write(project.path().join("small.yaml"), edited).expect("the spec can be written");
    assert_eq!(convert(&[]).1, "updated  out.json\n");

    let out = project.path().join("out.json");
    fs::write(&out, "{}\n").expect("the file can be written");
    let before = files(project.path());
    let (code, printed, complaints) = convert(&[]);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert_snapshot!(complaints, @"
    error[KW0601]: `out.json` is there already, and Keywright did not write it
     |
     = help: choose another file, or replace this one with `--force`

    1 error
    ");
    assert_eq!(files(project.path()), before);
    assert_eq!(convert(&["--force"]).1, "updated  out.json\n");
}

#[test]
fn says_why_a_file_cannot_be_written() {
    let project = project(SPEC);
    let convert = |out: &str| keywright(project.path(), &["convert", "small.yaml", "--out", out]);
    let (code, _, complaints) = convert("nowhere/out.yaml");
    assert_eq!(code, 1);
    assert!(complaints.starts_with("error[KW0602]"), "{complaints}");
    let (code, _, complaints) = convert(".");
    assert_eq!(code, 1);
    assert!(complaints.starts_with("error[KW0603]"), "{complaints}");
    let help = "help: choose another file, or move away what is in its place";
    assert!(complaints.contains(help), "{complaints}");
}
