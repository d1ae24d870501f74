//! Files in, the spec that they are out.

use insta::assert_snapshot;

use super::findings;
use crate::load::*;

const ENTRY: &str = "openapi: 3.1.0\npaths:\n  /a: {$ref: 'paths/a%20b.yaml'}\n";

/// The findings and the names of the files of a spec in memory.
fn files(files: &[(&str, &str)], limits: &Limits) -> String {
    let mut diagnostics = Diagnostics::default();
    let spec = from_texts(files, limits, &mut diagnostics);
    let names: Vec<String> = spec
        .map(|spec| {
            spec.files
                .iter()
                .map(|file| file.source.name.clone())
                .collect()
        })
        .unwrap_or_default();
    format!("{}\n{}", names.join(" "), findings(&diagnostics))
}

#[test]
fn loads_files_that_references_name() {
    let path = "get: {responses: {200: {content: {a/b: {schema: {$ref: '../s.json#/Pet'}}}}}}";
    let schemas =
        r#"{"Pet": {"properties": {"a": {"$ref": "api.yaml#/x"}}}, "Other": {"$ref": "no.yaml"}}"#;
    assert_snapshot!(
        files(&[("api.yaml", ENTRY), ("paths/a b.yaml", path), ("s.json", schemas)], &Limits::default()),
        @"api.yaml paths/a b.yaml s.json"
    );
}

#[test]
fn takes_references_in_data_for_data() {
    let text = "openapi: 3.1.0
components:
  schemas:
    A:
      example: {$ref: no.yaml}
      default: {$ref: no.yaml}
      enum: [{$ref: no.yaml}]
      x-a: {$ref: no.yaml}
      properties:
        default: {$ref: yes.yaml}
  examples:
    B: {value: {$ref: no.yaml}}
";
    assert_snapshot!(files(&[("api.yaml", text), ("yes.yaml", "{}")], &Limits::default()), @"api.yaml yes.yaml");
}

#[test]
fn reports_files_that_cannot_be_read() {
    assert_snapshot!(files(&[("api.yaml", ENTRY)], &Limits::default()), @"
    api.yaml
    error[KW0101]: `paths/a b.yaml` cannot be read: there is no such file
     --> api.yaml:3:14 at #/paths/~1a/$ref
      |
    3 |   /a: {$ref: 'paths/a%20b.yaml'}
      |              ^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: check the path and the permissions of the file
    ");
    let one = Limits {
        files: 1,
        ..Limits::default()
    };
    assert_snapshot!(files(&[("api.yaml", ENTRY), ("paths/a b.yaml", "{}")], &one), @"
    api.yaml
    error[KW0103]: the spec has more than 1 files
     --> api.yaml:3:14 at #/paths/~1a/$ref
      |
    3 |   /a: {$ref: 'paths/a%20b.yaml'}
      |              ^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: if this is intended, raise the limit with `--limit files=NUMBER`, or set `files` under `[limits]` in the configuration
    ");
}

#[test]
fn reads_from_disk() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str| {
        let mut diagnostics = Diagnostics::default();
        let spec = load(
            &folder.path().join(name),
            &Copies::default(),
            &Limits::default(),
            &mut diagnostics,
        );
        let names: Vec<String> = spec
            .iter()
            .flat_map(|spec| spec.files.iter().map(|file| file.path.clone()))
            .collect();
        let path = folder.path().to_string_lossy().into_owned();
        format!(
            "{} {}",
            names.join(" "),
            findings(&diagnostics).replace(&path, "tmp")
        )
    };
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write(
        "api.yaml",
        b"openapi: 3.1.0\npaths: {/a: {$ref: 'a.yaml'}, /b: {$ref: '../x/./a.yaml#'}}",
    );
    write("a.yaml", b"get: {}");
    write("latin1.yaml", b"title: Caf\xe9\n");
    write("empty.yaml", b"");
    assert!(report("api.yaml").starts_with("api.yaml a.yaml"));
    assert_snapshot!(report("missing.yaml"), @"
    error[KW0101]: `tmp/missing.yaml` cannot be read: there is no such file
    |
    = help: check the path and the permissions of the file
    ");
    assert_snapshot!(report("latin1.yaml"), @"
     error[KW0101]: `tmp/latin1.yaml` is not valid UTF-8
     --> tmp/latin1.yaml:1:11
      |
    1 | title: Caf�
      |           ^ this byte is not part of any character
      |
      = help: save the file as UTF-8
    ");
    assert_snapshot!(report("empty.yaml"), @"
     error[KW0102]: the file is empty
     --> tmp/empty.yaml:1:1
      |
    1 |
      | ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    assert_snapshot!(report("folder"), @"
    error[KW0101]: `tmp/folder` cannot be read: it is a folder
    |
    = help: check the path and the permissions of the file
    ");
}

#[test]
fn reads_copies_of_documents_of_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "api.yaml",
        "openapi: 3.1.0\npaths: {/a: {$ref: 'https://example.org/paths/a.yaml#/a'}, /b: {$ref: 'https://example.net/b.yaml'}}",
    );
    std::fs::create_dir(folder.path().join("copies")).unwrap();
    // The copy goes on by relative paths, beside itself.
    write("copies/a.yaml", "a: {$ref: 'c.yaml'}");
    write(
        "copies/c.yaml",
        "{$ref: 'https://example.org/paths/d.yaml'}",
    );
    write("copies/d.yaml", "get: {}");
    write("b.yaml", "get: {}");
    let copies = [
        ("https://example.org/paths/", "copies"),
        ("https://example.net/b.yaml", "b.yaml"),
    ];
    let copies = Copies::new(copies.map(|(url, path)| (url.to_owned(), path.to_owned())));
    let mut diagnostics = Diagnostics::default();
    let entry = folder.path().join("api.yaml");
    let spec = load(&entry, &copies, &Limits::default(), &mut diagnostics).unwrap();
    assert_eq!(findings(&diagnostics), "");
    let names: Vec<&str> = spec.files.iter().map(|file| file.path.as_str()).collect();
    let expected = [
        "api.yaml",
        "copies/a.yaml",
        "b.yaml",
        "copies/c.yaml",
        "copies/d.yaml",
    ];
    assert_eq!(names, expected);
}

#[test]
fn reads_nothing_outside_the_root() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    for name in ["specs", "common", "copies"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    write(
        "specs/api.yaml",
        "openapi: 3.1.0\npaths:\n  /a: {$ref: '../common/a.yaml'}\n  /b: {$ref: '..%2Fcommon/none.yaml'}\n  \
         /c: {$ref: 'https://example.org/c.yaml'}\n",
    );
    write("common/a.yaml", "secret: &secret");
    // A copy is allowed, and what it leads to is not.
    write("copies/c.yaml", "{$ref: ../common/c.yaml}");
    let copies = [("https://example.org/".to_owned(), "../copies/".to_owned())];
    let loaded = |root: Option<&Path>| {
        let mut diagnostics = Diagnostics::default();
        let entry = folder.path().join("specs/api.yaml");
        let copies = Copies::new(copies.clone());
        let limits = Limits::default();
        let spec = load_within(root, &entry, &copies, &[], &limits, &mut diagnostics);
        assert_eq!(spec.is_some(), root.is_none_or(Path::is_dir));
        findings(&diagnostics).replace(&*folder.path().to_string_lossy(), "tmp")
    };
    assert_snapshot!(loaded(None), @r#"
    error[KW0205]: `../common/a.yaml` points outside the root folder
     --> tmp/specs/api.yaml:3:14 at #/paths/~1a/$ref
      |
    3 |   /a: {$ref: '../common/a.yaml'}
      |              ^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: the root folder is `.`, relative to the entry document
      = help: move the file into the root folder, or choose another one: `--root DIR`, or `root = "DIR"` under `[[api]]` in the configuration

    error[KW0205]: `../common/none.yaml` points outside the root folder
     --> tmp/specs/api.yaml:4:14 at #/paths/~1b/$ref
      |
    4 |   /b: {$ref: '..%2Fcommon/none.yaml'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: the root folder is `.`, relative to the entry document
      = help: move the file into the root folder, or choose another one: `--root DIR`, or `root = "DIR"` under `[[api]]` in the configuration

    error[KW0205]: `../common/c.yaml` points outside the root folder
     --> ../copies/c.yaml:1:8 at #/$ref
      |
    1 | {$ref: ../common/c.yaml}
      |        ^^^^^^^^^^^^^^^^ referenced here
      |
      = note: the root folder is `.`, relative to the entry document
      = help: move the file into the root folder, or choose another one: `--root DIR`, or `root = "DIR"` under `[[api]]` in the configuration
    "#);
    assert_snapshot!(loaded(Some(folder.path())), @"
    error[KW0101]: `../common/none.yaml` cannot be read: there is no such file
     --> tmp/specs/api.yaml:4:14 at #/paths/~1b/$ref
      |
    4 |   /b: {$ref: '..%2Fcommon/none.yaml'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: check the path and the permissions of the file

    error[KW0101]: `../common/c.yaml` cannot be read: there is no such file
     --> ../copies/c.yaml:1:8 at #/$ref
      |
    1 | {$ref: ../common/c.yaml}
      |        ^^^^^^^^^^^^^^^^ referenced here
      |
      = help: check the path and the permissions of the file
    ");
    assert_snapshot!(loaded(Some(&folder.path().join("none"))), @"
    error[KW0101]: the root `tmp/none` cannot be read: there is no such file
     |
     = help: name a folder that is there
    ");
}
