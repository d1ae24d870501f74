//! Wrong usage, and help.

use std::fs;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::{SPEC, keywright, project};

#[test]
fn says_what_is_wrong_with_the_configuration() {
    let project = project(SPEC);
    fs::write(
        project.path().join("keywright.toml"),
        "[output]\ndirectory = \"out\"\n",
    )
    .expect("it can be written");
    let (code, _, complaints) = keywright(project.path(), &["generate"]);
    assert_eq!(code, 1);
    assert!(
        complaints.contains("error[KW0002]") && complaints.contains("keywright.toml:2:1"),
        "{complaints}"
    );
    let (code, _, complaints) =
        keywright(project.path(), &["generate", "--config", "nowhere.toml"]);
    assert_eq!(code, 1);
    assert!(complaints.contains("error[KW0001]"), "{complaints}");
}

/// Documents that no fault of the configuration is about are read, so that one run tells everything. Of one that is read
/// by a faulty table, nobody knows what is wrong.
#[test]
fn says_what_is_wrong_with_the_documents_too() {
    let project = project(&SPEC.replace("paths:", "colour: red\npaths:"));
    let config = "\
[output]
dir = \"out\"
directory = \"out\"

[[api]]
module = \"default\"
spec = \"small.yaml\"

[[api]]
spec = \"other.yaml\"
overlay = [\"o.yaml\"]
";
    let path = project.path().join("keywright.toml");
    fs::write(&path, config).expect("it can be written");
    for command in ["generate", "check"] {
        let (code, printed, complaints) = keywright(project.path(), &[command]);
        assert_eq!((code, printed.as_str()), (1, ""));
        let heads = complaints.lines().filter(|it| it.contains('['));
        let heads: Vec<_> = heads.filter(|it| it.contains("KW")).collect();
        let expected = [
            "error[KW0002]: `directory` is not a key of `output`",
            "error[KW0002]: `default` cannot be the name of a module",
            "error[KW0002]: `overlay` is not a key of `api`",
            "warning[KW0304]: `colour` is not a field of the OpenAPI object",
        ];
        assert_eq!(heads, expected);
        assert!(!project.path().join("out").exists());
    }
    let (code, _, complaints) = keywright(project.path(), &["lint"]);
    assert_eq!(code, 1);
    assert!(complaints.contains("KW0905"), "{complaints}");

    // A limit may be what makes a document too large.
    let limits = format!("{config}\n[limits]\nfile = 1\n");
    fs::write(&path, limits).expect("it can be written");
    let (code, _, complaints) = keywright(project.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(!complaints.contains("KW0304"), "{complaints}");
}

#[test]
fn says_what_is_wrong_with_the_arguments() {
    let project = project(SPEC);
    for arguments in [
        &["generate", "--spec", "small.yaml"][..],
        &["generate", "--nonsense"],
        &["generate", "--limit", "files"],
        &["generate", "--limit", "files=many"],
        &["check", "--limit", "document-size=1"],
        &["mock", "small.yaml", "--client", ":secret"],
        &["mock", "small.yaml", "--client", "app:"],
        &["nonsense"],
        &[],
    ] {
        assert_eq!(keywright(project.path(), arguments).0, 2, "{arguments:?}");
    }
}

#[test]
fn sets_limits() {
    let project = project(SPEC);
    let limited = ["--limit", "files=1", "--limit", "document_size=1_0"];
    for command in [
        &["generate", "--spec", "small.yaml", "--out", "out"][..],
        &["generate"],
        &["check"],
        &["convert", "small.yaml"],
        &["inspect", "--stage", "tree", "small.yaml"],
    ] {
        let (code, _, complaints) = keywright(project.path(), &[command, &limited].concat());
        assert_eq!(code, 1, "{command:?}");
        assert!(complaints.contains("larger than 10 bytes"), "{complaints}");
        assert!(complaints.contains("--limit document_size=NUMBER"));
        assert_ne!(
            keywright(project.path(), &[command, &["--limit", "depth=5"]].concat()).0,
            0
        );
    }
    let (_, _, complaints) = keywright(project.path(), &["generate", "--limit", "document-size=1"]);
    assert!(
        complaints.contains("did you mean `document_size`?"),
        "{complaints}"
    );
}

#[test]
fn explains_itself() {
    let folder = TempDir::new().expect("a folder can be made");
    let (code, help, _) = keywright(folder.path(), &["--help"]);
    assert_eq!(code, 0);
    assert_snapshot!(help, @"
    Generates Rust clients from OpenAPI documents

    Usage: keywright <COMMAND>

    Commands:
      generate  Generate the clients; only changed files are written, and only files that Keywright
                wrote are replaced
      check     Check that the generated clients are up to date, and list the files that are not
      watch     Regenerate the clients whenever a document or the configuration is saved, and print the
                effect on callers
      diff      Compare two versions of the documents: breaking changes, security changes, and the
                version to publish
      lint      Find problems that make valid documents hard to use
      inspect   Print what one stage of the generator makes of a document
      convert   Convert a document of any OpenAPI version, in one or more files, to a single OpenAPI 3.0
                document
      explain   Explain an error or warning code, or show where an item of a generated client comes from
      mock      Run a mock HTTP server for the services that the documents describe
      help      Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Examples:
      keywright generate
          Generate the clients that keywright.toml in this folder lists.
      keywright check
          Check that the generated clients are up to date, for example in CI.
      keywright generate --spec openapi.yaml --out my-client
          Generate a package from an OpenAPI document, without a configuration.
      keywright lint openapi.yaml
          Find problems that make a valid document hard to use.
      keywright inspect --stage names openapi.yaml
          Show the Rust names of everything in a document.
      keywright explain KW0409
          Explain an error or warning code.
      keywright convert openapi.yaml --out bundled.json
          Convert a document to a single OpenAPI 3.0 file, for other tools.
      keywright mock openapi.yaml
          Run a mock server for the document, to test against.

    Exit code: 0 on success, 1 if the input has errors or files are out of date, 2 for invalid
    arguments.
    ");
}
