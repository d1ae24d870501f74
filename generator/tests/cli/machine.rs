//! `--format json` and `--format sarif`: what programs get from each command.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{SPEC, keywright, project};

/// A spec with a misspelled field.
fn flawed() -> String {
    SPEC.replace("operationId", "operationID")
}

/// Runs a command; returns its exit code and the JSON document that standard output has, which must be nothing else.
fn document(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let (code, printed, _) = keywright(folder, arguments);
    let document = serde_json::from_str(&printed);
    (
        code,
        document.unwrap_or_else(|error| panic!("{error} in {printed}")),
    )
}

#[test]
fn each_command_writes_json_and_nothing_else() {
    let project = project(&flawed());
    let folder = project.path();
    let commands: [(&[&str], i32); 4] = [
        (&["generate", "--format", "json"], 0),
        (&["check", "--format", "json"], 0),
        (
            &["inspect", "--stage", "ir", "small.yaml", "--format", "json"],
            0,
        ),
        (
            &[
                "convert",
                "small.yaml",
                "--out",
                "small.json",
                "--message-format",
                "json",
            ],
            0,
        ),
    ];
    for (arguments, expected) in commands {
        let (code, document) = document(folder, arguments);
        assert_eq!(code, expected, "{arguments:?}");
        let [finding] = &document["findings"].as_array().expect("a list")[..] else {
            panic!("one finding: {document:#}")
        };
        assert_eq!(finding["code"], "KW0304");
        assert_eq!(finding["place"]["file"], "small.yaml");
        assert_eq!(finding["place"]["line"], 7);
        assert_eq!(finding["place"]["column"], 7);
    }
    assert!(folder.join("out/Cargo.toml").is_file());
}

#[test]
fn sarif_is_written_where_there_is_an_error_too() {
    let project = project("openapi: 3.1.0\ninfo: [\n");
    let (code, log) = document(project.path(), &["check", "--format", "sarif"]);
    assert_eq!(code, 1);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "KW0102");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "small.yaml");
}

#[test]
fn a_file_that_is_out_of_date_fails_the_check() {
    let project = project(SPEC);
    keywright(project.path(), &["generate"]);
    fs::write(project.path().join("out/Cargo.toml"), "").expect("it can be written");
    let (code, document) = document(project.path(), &["check", "--format", "json"]);
    assert_eq!(code, 1);
    assert_eq!(document["findings"], Value::Array(Vec::new()));
}
