//! The command that works through a corpus, on a small one made of fixtures. Packages are only generated here;
//! checking them would compile a client.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A document with an error.
const BROKEN: &str = "openapi: 3.9.0\ninfo: { title: Broken, version: '1' }\npaths: { /a: {} }\n";

fn corpus(folder: &Path, work: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corpus"))
        .arg(folder)
        .args(["--generate-only", "--jobs", "2", "--work"])
        .arg(work)
        .args(arguments)
        .output()
        .expect("the command can be run")
}

/// A folder with documents: some good, one broken, and one file that is no document.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    for fixture in ["all-of.yaml", "one-of.yaml", "servers.yaml"] {
        let text = fs::read(Path::new("fixtures").join(fixture)).expect("the fixture can be read");
        fs::write(folder.path().join(fixture), text).expect("it can be written");
    }
    fs::write(folder.path().join("broken.yml"), BROKEN).expect("it can be written");
    fs::write(
        folder.path().join("other.json"),
        "{ \"name\": \"openapi\" }",
    )
    .expect("it can be written");
    folder
}

/// The rows of a table, without what differs from run to run, or with every change of what is generated.
fn rows(table: &str) -> String {
    let stable = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        [&cells[..4], &cells[9..]].concat().join(" | ")
    };
    let rows: Vec<String> = table.lines().map(stable).collect();
    rows.join("\n")
}

#[test]
fn writes_a_row_for_each_document() {
    let (folder, work) = (folder(), TempDir::new().expect("a folder can be made"));
    let report = work.path().join("table.tsv");
    let output = corpus(
        folder.path(),
        work.path(),
        &["--report", &report.to_string_lossy()],
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout), @"
    version  documents   generates    compiles       clean    operations
    3.0              2    2  100 %           -           -           3/3
    3.1              1    1  100 %           -           -           1/1
    3.9              1    0    0 %           -           -           0/0
    all              4    3   75 %           -           -           4/4

    refused   broken.yml: KW0301: OpenAPI version `3.9.0` is not supported (line 1, column 10)
    ");
    let table = fs::read_to_string(report).expect("the table is there");
    insta::assert_snapshot!(rows(&table), @"
    document | version | outcome | first error | operations | kept | dropped | instances | faults
    all-of.yaml | 3.0.3 | generated |  | 1 | 1 |  |  | 
    broken.yml | 3.9.0 | refused | KW0301: OpenAPI version `3.9.0` is not supported (line 1, column 10) | 0 | 0 |  |  | 
    one-of.yaml | 3.1.0 | generated |  | 1 | 1 |  |  | 
    servers.yaml | 3.0.3 | generated |  | 2 | 2 |  |  |
    ");
    let package = work.path().join("packages/api-one-of");
    assert!(package.join("Cargo.toml").exists());
    assert!(package.join("src/one_of/models.rs").exists());
}

#[test]
fn writes_markdown_and_json_of_an_index_and_fails_when_required() {
    let (folder, work) = (folder(), TempDir::new().expect("a folder can be made"));
    let index = "file\tnote\nservers.yaml\tgood\nbroken.yml\tbad\n";
    fs::write(folder.path().join("index.tsv"), index).expect("it can be written");
    for (name, start) in [("table.md", "```text\nversion"), ("table.json", "[\n  {")] {
        let report = work.path().join(name);
        let output = corpus(
            folder.path(),
            work.path(),
            &["--require", "--report", &report.to_string_lossy()],
        );
        assert_eq!(output.status.code(), Some(1));
        let text = fs::read_to_string(report).expect("the table is there");
        assert!(text.starts_with(start), "{text}");
        assert!(
            text.contains("broken.yml") && !text.contains("one-of.yaml"),
            "{text}"
        );
    }
    let output = corpus(
        folder.path(),
        work.path(),
        &["--require", "--only", "servers"],
    );
    assert_eq!(output.status.code(), Some(0));
}
