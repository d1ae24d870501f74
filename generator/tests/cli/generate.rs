//! `keywright generate` and `keywright check`.

use std::fs;

use insta::assert_snapshot;

use crate::{SPEC, files, keywright, project};

#[test]
fn generates_then_changes_nothing() {
    let project = project(SPEC);
    let (code, printed, complaints) = keywright(project.path(), &["generate"]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    assert!(
        printed.contains("created  out/src/small/mod.rs\n"),
        "{printed}"
    );
    let before = files(project.path());
    let (code, printed, _) = keywright(project.path(), &["generate"]);
    assert_eq!(code, 0);
    assert!(
        printed.ends_with("up to date in <time>\n") && printed.lines().count() == 1,
        "{printed}"
    );
    assert_eq!(files(project.path()), before);
    assert_eq!(keywright(project.path(), &["check"]).0, 0);
}

#[test]
fn what_repeats_is_counted() {
    let keywords = [1, 2, 3, 4, 5, 6, 7, 8].map(|it| format!("colour{it}: red"));
    let schema = format!("{{ {} }}", keywords.join(", "));
    let project = project(&format!("{SPEC}components:\n  schemas:\n    A: {schema}\n"));
    let shown = |arguments: &[&str]| {
        let (code, _, complaints) = keywright(project.path(), arguments);
        assert_eq!(code, 0, "{complaints}");
        let findings = complaints.lines().filter(|it| it.starts_with("warning"));
        (findings.count(), complaints)
    };
    let (count, complaints) = shown(&["generate"]);
    assert_eq!(count, 6, "{complaints}");
    let end: Vec<&str> = complaints
        .lines()
        .rev()
        .filter(|it| !it.is_empty())
        .take(3)
        .collect();
    assert_eq!(
        end,
        [
            "8 warnings",
            "use `--verbose` to show every error and warning",
            "warning[KW0304]: 3 more times: `…` is not a field of the schema",
        ]
    );
    let (count, complaints) = shown(&["generate", "--verbose"]);
    assert_eq!(count, 8, "{complaints}");
}

#[test]
fn lays_an_api_out_by_tag() {
    let id = "      operationId";
    let project = project(&SPEC.replace(id, &format!("      tags: [User pings]\n{id}")));
    let features = |arguments: &[&str], out: &str| {
        let (code, _, complaints) = keywright(project.path(), arguments);
        assert_eq!((code, complaints.as_str()), (0, ""));
        let manifest = project.path().join(out).join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).expect("it is written");
        let lines = manifest
            .lines()
            .filter(|it| it.starts_with("default") || it.starts_with("small"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let whole = features(&["generate"], "out");
    assert_snapshot!(whole, @r#"
    default = ["small", "rustls"]
    small = []
    "#);
    let path = project.path().join("keywright.toml");
    let config = fs::read_to_string(&path).expect("the configuration is there");
    fs::write(&path, format!("{config}layout = 'by-tag'\n")).expect("it can be written");
    let by_tag = features(&["generate"], "out");
    assert_snapshot!(by_tag, @r#"
    default = ["small", "rustls"]
    small = ["small-user-pings"]
    small-client = []
    small-user-pings = ["small-client"]
    "#);
    let flags = [
        "--spec",
        "small.yaml",
        "--out",
        "flags",
        "--layout",
        "by-tag",
    ];
    let arguments = [&["generate"][..], &flags].concat();
    assert_eq!(features(&arguments, "flags"), by_tag);
}

#[test]
fn writes_a_mock_service_if_asked() {
    let project = project(SPEC);
    let has_mock = |arguments: &[&str], out: &str| {
        let (code, _, complaints) = keywright(project.path(), arguments);
        assert_eq!((code, complaints.as_str()), (0, ""));
        let out = project.path().join(out);
        let root = fs::read_to_string(out.join("src/small/mod.rs")).expect("it is written");
        let manifest = fs::read_to_string(out.join("Cargo.toml")).expect("it is written");
        let is_declared = root.contains("#[cfg(feature = \"mock\")]\npub mod mock;");
        assert_eq!(is_declared, manifest.contains("mock = [\"full\"]"));
        assert_eq!(is_declared, out.join("src/small/mock.rs").exists());
        assert_eq!(is_declared, out.join("src/runtime/mock").exists());
        is_declared
    };
    assert!(!has_mock(&["generate"], "out"));
    let path = project.path().join("keywright.toml");
    let config = fs::read_to_string(&path).expect("the configuration is there");
    let with_mock = config.replace("[output]\n", "[output]\nmock = true\n");
    fs::write(&path, with_mock).expect("it can be written");
    assert!(has_mock(&["generate"], "out"));
    fs::write(&path, config).expect("it can be written");
    assert!(!has_mock(&["generate"], "out"));
    let flags = [
        "generate",
        "--spec",
        "small.yaml",
        "--out",
        "flags",
        "--mock",
    ];
    assert!(has_mock(&flags, "flags"));
}

#[test]
fn takes_names_from_the_configuration() {
    let spec = SPEC.replace(
        "      responses:",
        "      parameters: [{ name: a, in: query, schema: { $ref: 'types.yaml#/A' } }]\n      responses:",
    );
    let project = project(&spec);
    let types = "A:\n  type: string\n  enum: [x]\n";
    fs::write(project.path().join("types.yaml"), types).expect("the file can be written");
    let path = project.path().join("keywright.toml");
    let config = fs::read_to_string(&path).expect("the configuration is there");
    let with_names = |names: &str| {
        fs::write(&path, format!("{config}[api.names]\n{names}"))
            .expect("the configuration can be written");
        keywright(project.path(), &["generate"])
    };
    let names = "'#/paths/~1ping/get' = 'is_alive'\n'types.yaml#/A' = 'Letter'\n'types.yaml#/A/enum/0' = 'ex'\n\
                 '#/paths/~1ping/get/parameters/0' = 'letter'\n";
    let (code, _, complaints) = with_names(names);
    assert_eq!((code, complaints.as_str()), (0, ""));
    let operations = fs::read_to_string(project.path().join("out/src/small/operations.rs"));
    let operations = operations.expect("the operations are there");
    assert!(
        operations.contains("pub fn is_alive(&self) -> Request<IsAlive>"),
        "{operations}"
    );
    assert!(
        operations.contains("letter: &models::Letter"),
        "{operations}"
    );

    let models = fs::read_to_string(project.path().join("out/src/small/models.rs"));
    let models = models.expect("the models are there");
    assert!(models.contains("Ex = \"x\","), "{models}");

    let names = "'#/paths/~1pin/get' = 'a'\n'#/info' = 'b'\n'types.yaml#/B' = 'c'\n";
    assert_snapshot!(with_names(names).2, @"
    error[KW0002]: `#/paths/~1pin/get` does not point to anything with a name in Rust
     --> keywright.toml:9:1 at #/api/0/names/#~1paths~1~01pin~1get
      |
    9 | '#/paths/~1pin/get' = 'a'
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: a similar pointer exists: `#/paths/~1ping/get`

    error[KW0002]: `#/info` does not point to anything with a name in Rust
      --> keywright.toml:10:1 at #/api/0/names/#~1info
       |
    10 | '#/info' = 'b'
       | ^^^^^^^^
       |
       = help: name a schema, property, operation, parameter, response, header, tag, server or security scheme, where it stands itself and not where a `$ref` leads to it

    error[KW0002]: `types.yaml#/B` does not point to anything with a name in Rust
      --> keywright.toml:11:1 at #/api/0/names/types.yaml#~1B
       |
    11 | 'types.yaml#/B' = 'c'
       | ^^^^^^^^^^^^^^^
       |
       = help: a similar pointer exists: `types.yaml#/A`

    3 errors
    ");
    let names = "'#/paths/~1ping/get' = '--'\nPing = 'a'\n'#/paths/~1ping/get/parameters/0' = 1\n";
    assert_snapshot!(with_names(names).2, @"
    error[KW0002]: `--` cannot be a name in Rust
     --> keywright.toml:9:24 at #/api/0/names/#~1paths~1~01ping~1get
      |
    9 | '#/paths/~1ping/get' = '--'
      |                        ^^^^
      |
      = help: use letters, digits and `_`

    error[KW0002]: `Ping` leads to no part of a document
      --> keywright.toml:10:8 at #/api/0/names/Ping
       |
    10 | Ping = 'a'
       |        ^^^
       |
       = help: write a JSON pointer after `#`: `#/components/schemas/Pet`

    error[KW0002]: `#/paths/~1ping/get/parameters/0` is a number, not text
      --> keywright.toml:11:37 at #/api/0/names/#~1paths~1~01ping~1get~1parameters~10
       |
    11 | '#/paths/~1ping/get/parameters/0' = 1
       |                                     ^

    3 errors
    ");
}

#[test]
fn writes_only_what_an_edit_changes() {
    let project = project(SPEC);
    keywright(project.path(), &["generate", "--quiet"]);
    let edited = SPEC.replace("Alive.", "Still alive.");
    fs::write(project.path().join("small.yaml"), edited).expect("the spec can be written");
    let (code, printed, _) = keywright(project.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(printed.contains("out/src/small/operations.rs"), "{printed}");
    let (_, printed, _) = keywright(project.path(), &["generate"]);
    assert_snapshot!(printed.lines().next().unwrap_or_default(), @"updated  out/src/small/operations.rs");
    assert_eq!(printed.lines().count(), 2, "{printed}");
}

#[test]
fn removes_what_it_no_longer_writes_and_nothing_else() {
    let project = project(SPEC);
    keywright(project.path(), &["generate", "--quiet"]);
    let own = project.path().join("out/src/own.rs");
    fs::write(&own, "// mine\n").expect("the file can be written");
    let tagged = SPEC.replace(
        "operationId: ping",
        "operationId: ping\n      tags: [health]",
    );
    fs::write(project.path().join("small.yaml"), tagged).expect("the spec can be written");
    let (code, printed, _) = keywright(project.path(), &["generate"]);
    assert_eq!(code, 0);
    assert!(
        printed.contains("removed  out/src/small/operations.rs"),
        "{printed}"
    );
    assert!(own.exists());
}

#[test]
fn refuses_a_folder_that_is_not_its_own() {
    let project = project(SPEC);
    fs::create_dir_all(project.path().join("out/src")).expect("the folder can be made");
    fs::write(project.path().join("out/src/lib.rs"), "// mine\n").expect("the file can be written");
    let before = files(project.path());
    let (code, printed, complaints) = keywright(project.path(), &["generate"]);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(complaints.starts_with("error[KW0601]"), "{complaints}");
    assert_eq!(files(project.path()), before);
}

#[test]
fn reports_every_fault_and_writes_nothing() {
    let project = project(&SPEC.replace(
        "      responses: { '204': { description: Alive. } }",
        "      parameters: [{ $ref: 'gone.yaml#/a' }]\n      \
         responses: { '204': { $ref: 'lost.yaml#/b' } }",
    ));
    let (code, printed, complaints) = keywright(project.path(), &["generate"]);
    assert_eq!((code, printed.as_str()), (1, ""));
    let mut codes: Vec<&str> = complaints
        .lines()
        .filter(|line| line.starts_with("error["))
        .map(|it| &it[6..12])
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, ["KW0101", "KW0101"], "{complaints}");
    assert!(
        complaints.contains("--> small.yaml:8:28 at #/paths/~1ping/get/parameters/0/$ref"),
        "{complaints}"
    );
    assert!(!project.path().join("out").exists());
}

#[test]
fn a_document_forges_no_lines() {
    let forged = "gone%0Aerror[KW9999]: forged%0A%1B[31m%C2%9B31m%E2%80%AE.yaml#/a";
    let spec = SPEC.replace(
        "      responses:",
        &format!("      parameters: [{{ $ref: '{forged}' }}]\n      responses:"),
    );
    let project = project(&spec);
    let (_, _, complaints) = keywright(project.path(), &["generate"]);
    assert!(complaints.contains("KW9999"), "{complaints}");
    let mut lines = complaints.lines();
    assert!(!lines.any(|it| it.trim_start().starts_with("error[KW999")));
    let mut letters = complaints.chars().filter(|it| *it != '\n');
    assert!(
        !letters.any(|it| it.is_control() || it == '\u{202e}'),
        "{complaints:?}"
    );

    let unknown = "\"un\\nerror[KW9998]: known\\e[31m\\u202e\": 1";
    let spec = SPEC.replace(
        "operationId: ping",
        &format!("operationId: ping\n      {unknown}"),
    );
    fs::write(project.path().join("small.yaml"), spec).expect("the file can be written");
    for report in ["report.md", "report.json"] {
        let (code, _, _) = keywright(project.path(), &["generate", "--report", report]);
        assert_eq!(code, 0);
        let report = fs::read_to_string(project.path().join(report)).expect("it is there");
        let mut letters = report.chars().filter(|it| *it != '\n');
        assert!(report.contains("KW9998") && !report.contains("\nerror"));
        assert!(
            !letters.any(|it| it.is_control() || it == '\u{202e}'),
            "{report:?}"
        );
    }
}

#[test]
fn takes_warnings_for_errors_when_told_so() {
    let project =
        project(&SPEC.replace("operationId: ping", "operationId: ping\n      unknown: 1"));
    assert_eq!(keywright(project.path(), &["generate"]).0, 0);
    let (code, _, complaints) = keywright(project.path(), &["generate", "--strict"]);
    assert_eq!(code, 1);
    assert!(complaints.starts_with("error[KW0304]"), "{complaints}");
}

#[test]
fn works_without_a_configuration() {
    let project = project(SPEC);
    let arguments = [
        "generate",
        "--spec",
        "small.yaml",
        "--out",
        "my-client",
        "--quiet",
    ];
    assert_eq!(
        keywright(project.path(), &arguments),
        (0, String::new(), String::new())
    );
    let manifest =
        fs::read_to_string(project.path().join("my-client/Cargo.toml")).expect("it was written");
    assert!(manifest.contains("name = \"my-client\""), "{manifest}");
}

#[test]
fn reads_copies_of_what_is_not_fetched() {
    let project = project(&SPEC.replace(
        "{ '204': { description: Alive. } }",
        "{ '200': { $ref: 'https://example.org/common/responses.yaml#/Alive' } }",
    ));
    let (code, _, complaints) = keywright(project.path(), &["generate", "--strict"]);
    assert_eq!(code, 1);
    assert!(complaints.starts_with("error[KW0202]"), "{complaints}");

    let config = project.path().join("keywright.toml");
    let text = fs::read_to_string(&config).expect("the configuration is there");
    let copies = "copies = { \"https://example.org/common/\" = \"copies\" }\n";
    fs::write(&config, text + copies).expect("the configuration can be written");
    fs::create_dir(project.path().join("copies")).expect("a folder can be made");
    let copy =
        "Alive: { description: Alive., content: { text/plain: { schema: { type: string } } } }";
    fs::write(project.path().join("copies/responses.yaml"), copy).expect("the copy can be written");
    let (code, _, complaints) = keywright(project.path(), &["generate", "--strict"]);
    assert_eq!((code, complaints.as_str()), (0, ""));
}
