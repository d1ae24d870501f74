//! `keywright generate --snapshots`.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::{SPEC, keywright, project};

/// A document with something of everything that travels.
const LIBRARY: &str = "\
openapi: 3.1.0
info: { title: Library, version: '1' }
servers: [{ url: 'https://{city}.library.example.org', variables: { city: { default: turin, enum: [turin, oslo] } } }]
security: [{ card: [], key: [read] }, {}]
paths:
  /books/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getBook
      parameters:
        - { name: fields, in: query, schema: { type: array, items: { type: string } }, explode: false }
      responses:
        '200':
          description: The book.
          headers: { ETag: { schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } }
        default: { description: It is lost. }
    put:
      operationId: putBook
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Book' } }
          multipart/form-data: { schema: { type: object, properties: { cover: { type: string, format: binary } } } }
      responses: { '204': { description: It is there. } }
components:
  securitySchemes:
    card: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: Authorization, x-keywright-prefix: Key }
  schemas:
    Book:
      type: object
      required: [title]
      additionalProperties: { type: integer }
      properties:
        title: { type: string }
        lent: { type: [string, 'null'], format: date, readOnly: true }
        kind: { enum: [novel, atlas] }
    Unused: { type: object, properties: { a: { type: string } } }
";

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_default()
}

#[test]
fn shows_all_that_travels() {
    let project = project(LIBRARY);
    let (code, ..) = keywright(project.path(), &["generate", "--snapshots", "review"]);
    assert_eq!(code, 0);
    assert_snapshot!(read(project.path(), "review/small.wire.txt"), @r#"
    wire of small

    server https://{city}.library.example.org, city = turin of turin, oslo
    credential card: bearer token
    credential key: key in the header `Authorization`, after `Key`

    GET /books/{id}
      credentials card and key [read], or none
      path id: string (uuid), simple
      query? fields: array of string, form
      200 application/json: Book
        header? ETag: string, simple
      default without a body

    PUT /books/{id}
      credentials card and key [read], or none
      path id: string (uuid), simple
      body application/json: Book
      body multipart/form-data: PutBookRequestMultipart
      204 without a body

    Book: object
      title: string
      lent?: string (date) or null, read-only
      kind?: BookKind
      any other: integer

    BookKind: one of
      "novel"
      "atlas"

    PutBookRequestMultipart: object
      cover?: file, as file
    "#);
    assert!(read(project.path(), "review/small.surface.txt").starts_with("mod small: Library"));
}

#[test]
fn are_written_checked_and_removed_as_clients_are() {
    let project = project(SPEC);
    let folder = project.path();
    let config = read(folder, "keywright.toml");
    let config = config.replace("package", "snapshots = \"review\"\npackage");
    fs::write(folder.join("keywright.toml"), &config).expect("it can be written");
    let (code, ..) = keywright(folder, &["generate"]);
    assert_eq!(code, 0);
    let (code, ..) = keywright(folder, &["check"]);
    assert_eq!(code, 0);

    fs::write(folder.join("review/small.wire.txt"), "edited").expect("it can be written");
    let (code, printed, _) = keywright(folder, &["check"]);
    assert_eq!(code, 1);
    assert_snapshot!(printed, @r#"
    differs      review/small.wire.txt
    1 different, 78 unchanged in <time>
    "#);

    let renamed = config.replace("module = \"small\"", "module = \"tiny\"");
    fs::write(folder.join("keywright.toml"), renamed).expect("it can be written");
    let (code, printed, _) = keywright(folder, &["generate"]);
    assert_eq!(code, 0);
    assert!(
        printed.contains("removed  review/small.wire.txt"),
        "{printed}"
    );
    assert!(folder.join("review/tiny.wire.txt").exists());
    assert!(!folder.join("review/small.surface.txt").exists());
}

#[test]
fn belong_to_the_output_where_they_are_in_it() {
    let project = project(SPEC);
    let (code, ..) = keywright(project.path(), &["generate", "--snapshots", "out/review"]);
    assert_eq!(code, 0);
    let manifest = read(project.path(), "out/.keywright");
    assert!(manifest.contains("\nreview/small.wire.txt\n"), "{manifest}");
    assert!(!project.path().join("out/review/.keywright").exists());
    // Without them, they are gone.
    let (code, ..) = keywright(project.path(), &["generate"]);
    assert_eq!(code, 0);
    assert!(!project.path().join("out/review/small.wire.txt").exists());
}

#[test]
fn nothing_foreign_is_overwritten_and_then_nothing_is_written() {
    let project = project(SPEC);
    fs::create_dir(project.path().join("review")).expect("it can be made");
    let foreign = project.path().join("review/small.wire.txt");
    fs::write(&foreign, "mine").expect("it can be written");
    let (code, _, complaints) = keywright(project.path(), &["generate", "--snapshots", "review"]);
    assert_eq!(code, 1);
    assert!(complaints.contains("error[KW0601]"), "{complaints}");
    assert_eq!(read(project.path(), "review/small.wire.txt"), "mine");
    assert!(!project.path().join("out").exists());
}
