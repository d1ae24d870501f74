//! `keywright diff`: its sides, what it fails on, and what it writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::{SPEC, keywright, project};

/// The document with an operation that was not there before, and another that is public no longer.
fn edited() -> String {
    let secured = SPEC.replace(
        "      operationId: ping\n",
        "      operationId: ping\n      security: [{ key: [] }]\n",
    );
    let scheme =
        "components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }\n";
    format!("{secured}{scheme}")
}

/// A project in a repository, with the edit in its working tree.
fn repository() -> TempDir {
    let project = project(SPEC);
    git(project.path(), &["init", "--quiet"]);
    commit(project.path());
    fs::write(project.path().join("small.yaml"), edited()).expect("written");
    project
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    let author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
    git(
        folder,
        &[&author[..], &["commit", "--quiet", "--message", "Work"]].concat(),
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .status();
    assert!(status.expect("git runs").success(), "{arguments:?}");
}

#[test]
fn compares_the_last_commit_with_the_working_tree() {
    let project = repository();
    let (code, printed, complaints) = keywright(project.path(), &["diff"]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    assert_snapshot!(printed, @r"
    Security (needs review)
      minor small::ClientBuilder::key
          A security scheme was added: `API key`
          --> small.yaml:10:34
          scheme-added d04a2b0bddcacd95
      major small::Client::ping
          The operation now requires credentials: `no credentials` -> `key`
          --> small.yaml:8:7 (before: HEAD:small.yaml:6:5)
          help: set one of the credentials on the client builder; calls without it fail before they are sent
          operation-became-protected 9acd677c6df39674

    2 changes: 1 major, 1 minor
    verdict: major for a published crate, major for a vendored module
    version: publish 0.2.0 after 0.1.0
    ");
}

/// The rules that a comparison finds.
fn rules(folder: &Path, sides: &[&str]) -> Vec<String> {
    let arguments = [&["diff", "--format", "json"][..], sides].concat();
    let (code, printed, complaints) = keywright(folder, &arguments);
    assert_eq!(code, 0, "{sides:?}: {complaints}");
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    let changes = report["changes"].as_array().expect("a list").iter();
    changes
        .map(|it| it["rule"].as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn a_side_is_a_revision_a_document_a_package_or_a_project() {
    let project = repository();
    let folder = project.path();
    let expected = ["operation-became-protected", "scheme-added"];
    fs::copy(folder.join("small.yaml"), folder.join("new.yaml")).expect("copied");
    let outcome = keywright(folder, &["generate", "--quiet"]);
    assert_eq!(outcome.0, 0, "{}", outcome.2);
    for sides in [
        &["HEAD"][..],
        &["HEAD", "new.yaml"],
        &["HEAD:small.yaml", "new.yaml"],
        &["HEAD:small.yaml", "out"],
        &["HEAD", "out"],
        &["HEAD", "."],
    ] {
        let mut found = rules(folder, sides);
        found.sort();
        assert_eq!(found, expected, "{sides:?}");
    }
    for sides in [
        &["out"][..],
        &["out", "new.yaml"],
        &["new.yaml", "small.yaml"],
        &["HEAD..HEAD"],
        &["HEAD...HEAD"],
        &["out", "out"],
    ] {
        assert_eq!(rules(folder, sides), Vec::<String>::new(), "{sides:?}");
    }
    commit(folder);
    assert_eq!(rules(folder, &["HEAD~1..HEAD"]).len(), 2);
    assert_eq!(rules(folder, &["HEAD~1", "HEAD"]).len(), 2);
}

#[test]
fn references_of_a_revision_lead_to_files_of_the_revision() {
    let spec = SPEC.replace(
        "{ '204': { description: Alive. } }",
        "{ '200': { description: Alive., content: { application/json: { schema: { $ref: 'types/mood.yaml#/Mood' } } } } }",
    );
    let project = project(&spec);
    let folder = project.path();
    fs::create_dir(folder.join("types")).expect("created");
    let types = |ty: &str| {
        let text = format!(
            "Mood: {{ type: object, required: [self], properties: {{ self: {{ type: {ty} }} }} }}\n"
        );
        fs::write(folder.join("types/mood.yaml"), text).expect("written");
    };
    types("string");
    git(folder, &["init", "--quiet"]);
    commit(folder);
    types("integer");
    assert_eq!(rules(folder, &[]), ["field-type-changed"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let project = repository();
    let complaint = |sides: &[&str]| {
        let arguments = [&["diff"][..], sides].concat();
        let (code, _, complaints) = keywright(project.path(), &arguments);
        assert_eq!(code, 1, "{sides:?}");
        complaints.lines().next().unwrap_or_default().to_owned()
    };
    fs::create_dir(project.path().join("empty")).expect("created");
    let sides: [&[&str]; 7] = [
        &["nothing"],
        &["nothing.yaml"],
        &["HEAD:nothing.yaml"],
        &["nothing:small.yaml"],
        &["empty"],
        &["--", "--upload-pack=true"],
        &["HEAD", "--config", "other.toml"],
    ];
    let complaints = sides.map(complaint).join("\n");
    assert_snapshot!(complaints, @r"
    error[KW1001]: `nothing` cannot be compared: the repository has no revision `nothing`
    error[KW0101]: `nothing.yaml` cannot be read: there is no such file
    error[KW0101]: `HEAD:nothing.yaml` cannot be read: there is no such file in this revision
    error[KW1001]: `nothing` cannot be compared: the repository has no revision `nothing`
    error[KW1001]: `empty` cannot be compared: it has no `Cargo.toml`
    error[KW1001]: `--upload-pack=true` cannot be compared: the repository has no revision `--upload-pack=true`
    error[KW0001]: the configuration `HEAD:other.toml` cannot be read: there is no such file in this revision
    ");
}

#[test]
fn fails_on_what_is_not_allowed() {
    let project = repository();
    let folder = project.path();
    let fails = |what: &str| keywright(folder, &["diff", "--fail-on", what]).0;
    assert_eq!(
        (fails("security"), fails("breaking"), fails("any")),
        (1, 1, 1)
    );
    let (_, printed, _) = keywright(folder, &["diff", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    let mut config = fs::read_to_string(folder.join("keywright.toml")).expect("it is there");
    for change in report["changes"].as_array().expect("a list") {
        let fingerprint = &change["fingerprint"];
        let entry = format!("[[diff.allow]]\nfingerprint = {fingerprint}\nreason = 'Meant.'\n");
        config.push_str(&entry);
    }
    fs::write(folder.join("keywright.toml"), &config).expect("written");
    assert_eq!(
        (fails("security"), fails("breaking"), fails("any")),
        (0, 0, 0)
    );
    let (_, printed, _) = keywright(folder, &["diff"]);
    assert_eq!(printed.matches("allowed: Meant.").count(), 2, "{printed}");
    // An edit that has landed needs no allowance any more.
    commit(folder);
    let (code, _, complaints) = keywright(folder, &["diff", "--fail-on", "any"]);
    assert_eq!(code, 0);
    assert!(complaints.contains("warning[KW1002]"), "{complaints}");
}

#[test]
fn writes_notes_for_callers() {
    let project = repository();
    let folder = project.path();
    let arguments = ["diff", "--upgrade-notes", "UPGRADING.md"];
    assert_eq!(keywright(folder, &arguments).0, 0);
    let notes = fs::read_to_string(folder.join("UPGRADING.md")).expect("written");
    assert_snapshot!(notes, @r"
    <!-- Written by keywright. -->
    # Upgrading from 0.1.0 to 0.2.0

    ## What to change in your code

    - `small::Client::ping`: the operation now requires credentials.
      Before: `no credentials`
      After: `key`
      To do: set one of the credentials on the client builder; calls without it fail before they are sent

    ## What works differently

    - `small::ClientBuilder::key`: a security scheme was added: `API key`
    ");
    fs::write(folder.join("OWN.md"), "# Ours\n").expect("written");
    let (code, _, complaints) = keywright(folder, &["diff", "--upgrade-notes", "OWN.md"]);
    assert_eq!(code, 1, "{complaints}");
    let own = fs::read_to_string(folder.join("OWN.md")).expect("it is there");
    assert_eq!(own, "# Ours\n");
}
