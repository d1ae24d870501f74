//! `keywright lint`.

use std::fs;

use insta::assert_snapshot;

use crate::{SPEC, keywright, project};

#[test]
fn warns_of_what_hurts() {
    let project = project(SPEC);
    let (code, printed, complaints) = keywright(project.path(), &["lint"]);
    assert_eq!((code, printed.as_str()), (0, ""));
    assert_snapshot!(complaints, @r#"
    warning[KW0902]: `GET /ping` has neither a `summary` nor a `description`
     --> small.yaml:6:5 at #/paths/~1ping/get
      |
    6 |     get:
      |     ^^^
      |
      = help: add a `summary`

    warning[KW0905]: `GET /ping` documents no error response
     --> small.yaml:8:7 at #/paths/~1ping/get/responses
      |
    8 |       responses: { '204': { description: Alive. } }
      |       ^^^^^^^^^
      |
      = help: document the responses of failures: a status such as `404`, a range such as `4XX`, or `default`

    2 warnings
    "#);
}

#[test]
fn levels_come_from_the_configuration_and_then_from_the_arguments() {
    let project = project(SPEC);
    let path = project.path().join("keywright.toml");
    let config = fs::read_to_string(&path).expect("it is there");
    let lint = "\n[lint]\nundescribed-operation = \"allow\"\nundocumented-errors = \"deny\"\n";
    fs::write(&path, format!("{config}{lint}")).expect("it can be written");
    let (code, _, complaints) = keywright(project.path(), &["lint"]);
    assert_eq!(code, 1);
    assert!(complaints.contains("error[KW0905]"), "{complaints}");
    assert!(!complaints.contains("KW0902"), "{complaints}");

    let levels = [
        "--level",
        "undocumented-errors=warn",
        "--level",
        "undescribed-operation=deny",
    ];
    let (code, _, complaints) = keywright(project.path(), &[&["lint"], &levels[..]].concat());
    assert_eq!(code, 1);
    assert!(complaints.contains("error[KW0902]"), "{complaints}");
    assert!(complaints.contains("warning[KW0905]"), "{complaints}");
    // A document alone has no configuration.
    let (code, _, complaints) = keywright(project.path(), &["lint", "small.yaml"]);
    assert_eq!(code, 0, "{complaints}");
}

#[test]
fn an_unknown_rule_is_an_error() {
    let project = project(SPEC);
    let path = project.path().join("keywright.toml");
    let config = fs::read_to_string(&path).expect("it is there");
    fs::write(
        &path,
        format!("{config}\n[lint]\nunpaged-lists = \"deny\"\n"),
    )
    .expect("it can be written");
    let arguments = ["lint", "--level", "operation-id=deny"];
    let (code, _, complaints) = keywright(project.path(), &arguments);
    assert_eq!(code, 1);
    assert_snapshot!(complaints, @r#"
    error[KW0002]: there is no lint rule `operation-id`
     |
     = help: `keywright lint --list` shows all rules

    error[KW0002]: there is no lint rule `unpaged-lists`
      --> keywright.toml:10:1 at #/lint/unpaged-lists
       |
    10 | unpaged-lists = "deny"
       | ^^^^^^^^^^^^^
       |
       = help: did you mean `unpaged-list`?

    warning[KW0902]: `GET /ping` has neither a `summary` nor a `description`
     --> small.yaml:6:5 at #/paths/~1ping/get
      |
    6 |     get:
      |     ^^^
      |
      = help: add a `summary`

    warning[KW0905]: `GET /ping` documents no error response
     --> small.yaml:8:7 at #/paths/~1ping/get/responses
      |
    8 |       responses: { '204': { description: Alive. } }
      |       ^^^^^^^^^
      |
      = help: document the responses of failures: a status such as `404`, a range such as `4XX`, or `default`

    2 errors, 2 warnings
    "#);
    let (code, ..) = keywright(project.path(), &["lint", "--level", "unpaged-list=never"]);
    assert_eq!(code, 2);
}

#[test]
fn a_document_that_cannot_be_read_is_an_error() {
    let project = project("openapi: 9.1.0\n");
    let (code, _, complaints) = keywright(project.path(), &["lint", "small.yaml"]);
    assert_eq!(code, 1);
    assert!(complaints.contains("error[KW03"), "{complaints}");
}

#[test]
fn lists_the_rules() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (code, printed, complaints) = keywright(folder.path(), &["lint", "--list"]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    let first = printed.lines().next().unwrap_or_default();
    assert_snapshot!(first, @"missing-operation-id    KW0901  warn   An operation has no `operationId`.");
    assert!(printed.lines().count() > 15, "{printed}");
}

#[test]
fn findings_for_programs_are_all_that_is_printed() {
    let project = project(SPEC);
    let finding = |format: &str, arguments: &[&str], pointer: &str| {
        let arguments = [&["lint", "--format", format], arguments].concat();
        let (code, printed, complaints) = keywright(project.path(), &arguments);
        assert_eq!(complaints, "");
        let document: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
        (code, document.pointer(pointer).cloned())
    };
    let rule = "/runs/0/results/0/ruleId";
    assert_eq!(finding("sarif", &[], rule), (0, Some("KW0902".into())));
    let denied = ["--level", "undescribed-operation=deny"];
    assert_eq!(finding("sarif", &denied, rule), (1, Some("KW0902".into())));
    let code = "/findings/0/code";
    assert_eq!(finding("json", &[], code), (0, Some("KW0902".into())));
    assert_eq!(
        finding("json", &["--config", "none.toml"], code),
        (1, Some("KW0001".into()))
    );
}
