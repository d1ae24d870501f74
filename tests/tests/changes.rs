//! The reports of a diff, and what the docs say of them.

use std::path::Path;

use keywright::Config;
use keywright::diagnostics::Diagnostics;
use keywright::diff::report::{self, About};
use keywright::diff::{Diff, Rule, diff, guide};
use keywright::outline::of_apis;

/// A service that signs users in.
const OLD: &str = "\
openapi: 3.1.0
info: { title: Desk, version: '1' }
servers: [{ url: https://desk.example.org/v1 }]
security: [{ key: [] }]
paths:
  /notes:
    get:
      operationId: listNotes
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200':
          description: Notes.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Note' } }
        '404': { description: None. }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Note:
      type: object
      required: [id, text]
      properties:
        id: { type: integer }
        text: { type: string, description: What it says. }
        color: { type: string, enum: [red, blue] }
";

/// What makes text of a diff.
type Format = fn(&Diff, &About) -> String;

const EDITS: [(&str, &str); 7] = [
    ("security: [{ key: [] }]", "security: [{ key: [] }, {}]"),
    ("in: header, name: X-Key", "in: query, name: key"),
    (
        "name: limit, in: query,",
        "name: limit, in: query, required: true,",
    ),
    ("required: [id, text]", "required: [id]"),
    ("enum: [red, blue]", "enum: [red, blue, green]"),
    ("What it says.", "What the note says."),
    ("        '404': { description: None. }\n", ""),
];

/// What the edits mean.
fn edited(read: impl FnOnce(&Diff, &About) -> String) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let api = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        let mut config = Config::of_spec(&path, Path::new("desk"));
        "desk".clone_into(&mut config.apis[0].module);
        let apis = keywright::read_all(&config, &mut Diagnostics::default());
        (apis.expect("it is valid"), config)
    };
    let mut new = OLD.to_owned();
    for (from, to) in EDITS {
        assert_eq!(new.matches(from).count(), 1, "{from}");
        new = new.replace(from, to);
    }
    let (old, config) = api("old.yaml", OLD);
    let (new, _) = api("new.yaml", &new);
    let mut diff = diff(&of_apis(&old, &config), &of_apis(&new, &config));
    diff.changes[0].allowed = Some("Guests | may *read*.".to_owned());
    let about = About {
        old: "HEAD".to_owned(),
        new: "the working tree".to_owned(),
        version: Some("0.3.1".to_owned()),
        new_version: Some("0.3.1".to_owned()),
    };
    let text = read(&diff, &about);
    text.replace(&format!("{}/", folder.path().display()), "specs/")
}

#[test]
fn reports() {
    let formats: [(&str, Format); 5] = [
        ("text", |diff, about| {
            let text = report::terminal(diff, about);
            let parts = text.split('\u{1b}').enumerate();
            let plain = parts.map(|(index, it)| match index {
                0 => it,
                _ => it.split_once('m').map_or("", |(_, rest)| rest),
            });
            plain.collect()
        }),
        ("markdown", report::markdown),
        ("json", report::json),
        ("github", |diff, _| report::github(diff)),
        ("notes", report::notes),
    ];
    for (name, report) in formats {
        insta::with_settings!({
            snapshot_path => "../snapshots/changes",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, edited(report));
        });
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = serde_json::from_str(report::SCHEMA).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let nothing = || report::json(&Diff::default(), &About::default());
    for text in [edited(report::json), nothing()] {
        let value = serde_json::from_str(&text).expect("it is JSON");
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert_document("schemas/diff.schema.json", report::SCHEMA);
}

#[test]
fn the_docs_list_every_rule() {
    assert_document("changes.md", &guide());
    let mut names: Vec<&str> = Rule::ALL.iter().map(|it| it.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Rule::ALL.len(), "two rules have one name");
}

/// Compares a file of the docs with what it is made from, or writes it if `UPDATE_DOCS` is set.
fn assert_document(name: &str, text: &str) {
    let path = Path::new("../docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).expect("written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "docs/{name} is out of date: run `UPDATE_DOCS=1 cargo test -p keywright-tests --test changes`"
    );
}
