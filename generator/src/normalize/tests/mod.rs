//! Documents in, the model and what is wrong with them out.

mod operations;
mod schemas;

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::normalize;
use crate::diagnostics::{Diagnostics, Style, render};
use crate::load::{Limits, from_text};
use crate::model::{Description, print};
use crate::resolve::resolve;

/// Reads a document; gives the model and the findings, one line each.
pub(super) fn read(text: &str) -> (Option<Description>, String) {
    let mut diagnostics = Diagnostics::default();
    let spec =
        from_text("api.yaml", text, &Limits::default(), &mut diagnostics).expect("it is YAML");
    let references = resolve(&spec, &mut diagnostics);
    let model = normalize(&spec, &references, &mut diagnostics);
    let mut lines = String::new();
    for it in diagnostics.iter() {
        let place = it
            .place
            .as_ref()
            .map(|place| place.pointer.to_string())
            .unwrap_or_default();
        let _ = writeln!(
            lines,
            "{:?} {} {}: {}",
            it.severity, it.code, place, it.message
        );
    }
    (model, lines)
}

/// What a description says, without the lines about version and title.
pub(super) fn printed(model: &Description) -> String {
    let text = print(model);
    text.split_inclusive('\n').skip(2).collect()
}

/// The first finding about a document, rendered.
fn rendered(text: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    let spec =
        from_text("api.yaml", text, &Limits::default(), &mut diagnostics).expect("it is YAML");
    let references = resolve(&spec, &mut diagnostics);
    let _ = normalize(&spec, &references, &mut diagnostics);
    diagnostics
        .iter()
        .next()
        .map(|it| render(it, Style::Plain))
        .unwrap_or_default()
}

fn indented(text: &str, by: usize) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("{}{line}", " ".repeat(by)))
        .collect();
    lines.join("\n")
}

fn document(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: T, version: v}}\n{rest}")
}

/// The component schemas of a document and the findings about it.
fn schemas(version: &str, text: &str) -> String {
    let rest = format!(
        "paths: {{}}\ncomponents:\n  schemas:\n{}",
        indented(text, 4)
    );
    let (model, mut lines) = read(&document(version, &rest));
    let model = model.expect("the root is a mapping");
    for (name, id) in &model.component_schemas {
        assert_eq!(model.schemas[*id].component.as_ref(), Some(name));
    }
    lines.push_str(&printed(&model));
    lines
}

/// The operations of a 3.1 document and the findings about it.
fn operations(rest: &str) -> String {
    let (model, mut lines) = read(&document("3.1.0", rest));
    let model = model.expect("the root is a mapping");
    lines.push_str(&printed(&model));
    lines
}

#[test]
fn reads_what_3_2_adds() {
    let text = "paths:
  /a:
    query: {responses: {200: {content: {a/b: {itemSchema: {}}}}}}
    additionalOperations: {COPY: {responses: {200: {summary: s}}}}
";
    let (model, findings) = read(&document("3.2.0", text));
    assert_eq!(findings, "");
    let path = &model.expect("the root is a mapping").paths[0];
    let methods: Vec<&str> = path
        .operations
        .iter()
        .map(|it| it.method.as_str())
        .collect();
    assert_eq!(methods, ["QUERY", "COPY"]);
    assert!(
        path.operations[0].responses[0].1.content[0]
            .item_schema
            .is_some()
    );
    assert!(
        read(&document("3.1.0", text))
            .1
            .contains("`query` is not a field of the path item object")
    );
}

#[test]
fn says_which_version_is_read() {
    assert_snapshot!(rendered("swagger: '1.2'"), @"
    error[KW0301]: OpenAPI version `1.2` is not supported
     --> api.yaml:1:10 at #/swagger
      |
    1 | swagger: '1.2'
      |          ^^^^^
      |
      = help: convert the document to OpenAPI 2.0, 3.0, 3.1 or 3.2
    ");
    assert_snapshot!(rendered("openapi: 2.0"), @"
    warning[KW0307]: the version 2.0 belongs under the key `swagger`
     --> api.yaml:1:1 at #/openapi
      |
    1 | openapi: 2.0
      | ^^^^^^^
      |
      = help: rename the key to `swagger`
    ");
    assert_snapshot!(rendered("swagger: 3.0.3"), @"
    warning[KW0307]: the version 3.0.3 belongs under the key `openapi`
     --> api.yaml:1:1 at #/swagger
      |
    1 | swagger: 3.0.3
      | ^^^^^^^
      |
      = help: rename the key to `openapi`
    ");
    assert_snapshot!(rendered("openapi: 4.0.0"), @"
    error[KW0301]: OpenAPI version `4.0.0` is not supported
     --> api.yaml:1:10 at #/openapi
      |
    1 | openapi: 4.0.0
      |          ^^^^^
      |
      = help: convert the document to OpenAPI 2.0, 3.0, 3.1 or 3.2
    ");
    assert_snapshot!(rendered("info: {}"), @"
    error[KW0301]: the document does not state its OpenAPI version
     --> api.yaml:1:1
      |
    1 | info: {}
      | ^^^^^^^^
      |
      = help: add the version as the first line:
              openapi: 3.1.0
    ");
    assert_snapshot!(rendered("[]"), @"
    error[KW0301]: the document does not state its OpenAPI version
     --> api.yaml:1:1
      |
    1 | []
      | ^^
      |
      = help: add the version as the first line:
              openapi: 3.1.0
    ");
}

#[test]
fn shows_the_place_of_a_fault() {
    let text = "paths:\n  /a/{pet_id}:\n    get:\n      parameters: [{name: petId, in: path, required: true, schema: {}}]\n      responses: {200: {description: d}}\n";
    assert_snapshot!(rendered(&document("3.1.0", text)), @"
    warning[KW0317]: the path template has `{pet_id}`, but the parameter is named `petId`
     --> api.yaml:6:20 at #/paths/~1a~1{pet_id}/get/parameters/0
      |
    6 |       parameters: [{name: petId, in: path, required: true, schema: {}}]
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ read as `pet_id`
      |
     ::: api.yaml:4:3 at #/paths/~1a~1{pet_id}
      |
    4 |   /a/{pet_id}:
      |   ----------- the path template
      |
      = help: rename the parameter to `pet_id`
    ");
    let text = "paths:\n  /a: {get: {operationId: x, responses: {200: {description: d}}}}\n  /b: {get: {operationId: x, responses: {200: {description: d}}}}\n";
    assert_snapshot!(rendered(&document("3.1.0", text)), @"
    warning[KW0310]: two operations have the `operationId` `x`
     --> api.yaml:5:27 at #/paths/~1b/get/operationId
      |
    5 |   /b: {get: {operationId: x, responses: {200: {description: d}}}}
      |                           ^ `GET /b` is named after its method and path
      |
     ::: api.yaml:4:27 at #/paths/~1a/get/operationId
      |
    4 |   /a: {get: {operationId: x, responses: {200: {description: d}}}}
      |                           - this operation keeps the id
      |
      = help: give each operation its own `operationId`
    ");
}

#[test]
fn headers_and_callbacks_that_contain_themselves_end() {
    let text = "paths: {}
components:
  headers:
    H: {content: {a/b: {encoding: {x: {headers: {a: {$ref: '#/components/headers/H'}}}}}}}
  callbacks:
    C: {u: {post: {callbacks: {a: {$ref: '#/components/callbacks/C'}}, responses: {200: {description: d}}}}}
";
    let (_, findings) = read(&document("3.1.0", text));
    assert_snapshot!(findings, @"
    Warning KW0401 #/components/headers/H/content/a~1b/encoding/x/headers: `headers` of the encoding object is not supported yet
    Warning KW0401 #/components/callbacks/C/u/post/callbacks: `callbacks` of the operation object is not supported yet
    ");
}

#[test]
fn the_deepest_document_does_not_exhaust_the_stack() {
    let depth = Limits::DEEPEST - 4;
    let text = format!(
        r#"{{"openapi": "3.1.0", "components": {{"schemas": {{"A": {}{{}}{}}}}}}}"#,
        r#"{"not": "#.repeat(depth),
        "}".repeat(depth)
    );
    let limits = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    let mut diagnostics = Diagnostics::default();
    let spec = from_text("a.json", &text, &limits, &mut diagnostics).expect("it is not too deep");
    let references = resolve(&spec, &mut diagnostics);
    let model = normalize(&spec, &references, &mut diagnostics).expect("the root is a mapping");
    assert_eq!(model.schemas.0.len(), depth + 1);
}

#[test]
fn a_fault_of_a_shared_part_is_reported_once() {
    let text = "paths:
  /a: {get: {responses: {200: {$ref: '#/components/responses/R'}}}}
  /b: {get: {responses: {200: {$ref: '#/components/responses/R'}}}}
components: {responses: {R: {description: d, foo: 1}}}
";
    assert_eq!(read(&document("3.1.0", text)).1.lines().count(), 1);
}

#[test]
fn a_small_document_cannot_describe_a_huge_one() {
    let many =
        |entry: &dyn Fn(usize) -> String| (100..300).map(entry).collect::<Vec<_>>().join(", ");
    let responses = many(&|status| format!("{status}: {{$ref: '#/components/responses/R'}}"));
    let content = many(&|number| format!("a/b{number}: {{}}"));
    let paths = many(&|number| format!("/{number}: {{get: {{responses: {{{responses}}}}}}}"));
    let shared =
        format!("components: {{responses: {{R: {{description: d, content: {{{content}}}}}}}}}");
    assert!(
        read(&document("3.1.0", &format!("paths: {{{paths}}}\n{shared}")))
            .1
            .contains("KW0103")
    );
}

#[test]
fn repairs_what_a_reader_would_understand() {
    let text = "
servers: { url: 'https://a.test' }
security: { key: [] }
tags: [{}, null, { name: t }]
components:
  securitySchemes: { key: { type: bearer }, odd: { type: apiKey, in: body, name: k } }
  schemas: []
paths:
  /a/{x}/{x}: { get: { parameters: { name: q, in: query, style: FORM, schema: {} }, responses: { 200: , 2000: {} } } }
  /b: { post: { requestBody: { description: d }, parameters: [null], security: [{ odd: [] }], responses: {} } }
  /c: { get: text, put: { operationId: {}, parameters: [{ $ref: '#/paths' }], responses: {} } }
";
    assert_snapshot!(operations(text), @r#"
    Warning KW0302 #/servers: `servers` is a mapping, not a list; it is read as a list with one item
    Warning KW0302 #/security: `security` is a mapping, not a list; it is read as a list with one item
    Warning KW0303 #/tags/0: the tag object has no `name`
    Warning KW0302 #/tags/1: an item of `tags` has no value; it is left out
    Warning KW0307 #/components/securitySchemes/key/type: `bearer` is not a security scheme type; it is read as `type: http` with `scheme: bearer`
    Warning KW0305 #/components/securitySchemes/odd/in: `body` is not a location for an API key
    Warning KW0302 #/components/schemas: `schemas` is an empty list, not a mapping; it is read as an empty mapping
    Warning KW0313 #/paths/~1a~1{x}~1{x}: the path template `/a/{x}/{x}` uses the parameter `x` twice
    Warning KW0308 #/paths/~1a~1{x}~1{x}: the path template has `{x}`, but no path parameter `x` is declared
    Warning KW0303 #/paths: the parameter object has no `name`
    Warning KW0303 #/paths: the parameter object has no `in`
    Warning KW0303 #/paths: the parameter object has no `schema`
    Warning KW0304 #/paths/~1a~1{x}~1{x}: `/a/{x}/{x}` is not a field of the parameter object
    Warning KW0302 #/paths/~1a~1{x}~1{x}/get/parameters: `parameters` is a mapping, not a list; it is read as a list with one item
    Warning KW0305 #/paths/~1a~1{x}~1{x}/get/parameters/style: `FORM` is not a parameter style
    Warning KW0302 #/paths/~1a~1{x}~1{x}/get/responses/200: the response object has no value; it is read as empty
    Warning KW0303 #/paths/~1a~1{x}~1{x}/get/responses/200: the response object has no `description`
    Warning KW0305 #/paths/~1a~1{x}~1{x}/get/responses/2000: `2000` is not a status code or range
    Warning KW0303 #/paths/~1a~1{x}~1{x}/get/responses/2000: the response object has no `description`
    Warning KW0304 #/paths/~1b: `/b` is not a field of the parameter object
    Warning KW0314 #/paths/~1b/post: the operation documents no responses
    Warning KW0303 #/paths/~1b/post/requestBody: the request body object has no `content`
    Warning KW0302 #/paths/~1b/post/parameters/0: an item of `parameters` has no value; it is left out
    Warning KW0304 #/paths/~1c: `/c` is not a field of the parameter object
    Warning KW0302 #/paths/~1c/get: expected an operation object, found a string
    Warning KW0314 #/paths/~1c/put: the operation documents no responses
    Warning KW0316 #/paths/~1c/put: `PUT /c` is left out: part of its request cannot be read
    Warning KW0302 #/paths/~1c/put/operationId: `operationId` is a mapping, not a string; it is ignored
    server https://a.test
    scheme key: HTTP bearer
    tag t
    GET /a/{x}/{x}
      Query q Form exploded ()
      Path x! Simple (string)
      200 nothing ""
      needs {"key": []}
    POST /b
      body application/octet-stream
      needs {"odd": []}
    "#);
}
