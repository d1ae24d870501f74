//! Documents with operations in, the IR out.

use insta::assert_snapshot;

use super::{lowered, lowered_files};

#[test]
fn credentials_among_parameters() {
    let described = |parameters: &str| {
        let responses = "responses: { '204': { description: D. } }";
        lowered(&format!(
            "openapi: 3.1.0
info: {{ title: T, version: '1' }}
paths:
  /a: {{ get: {{ operationId: a, parameters: [{parameters}], {responses} }} }}
  /b: {{ get: {{ operationId: b, parameters: [{{ name: token, in: query, description: Session token }}], {responses} }} }}
components:
  securitySchemes:
    bearerAuth: {{ type: apiKey, in: query, name: bearer }}
"
        ))
        .lines()
        .filter(|it| ["scheme", "    "].iter().any(|start| it.starts_with(start)))
        .filter(|it| !it.contains("204"))
        .collect::<Vec<_>>()
        .join("\n")
    };
    // The name is taken. What one operation has may be what it is about.
    let bearer = "{ name: Authorization, in: header, required: true, description: Bearer token }";
    assert_snapshot!(described(bearer), @"
    scheme bearerAuth Query bearer
    scheme bearerAuth-header bearer inferred
        security bearerAuth-header inferred
        Query token: Any? Form exploded
    ");
    // What two have is not.
    let token = "{ name: token, in: query, description: Access token }";
    assert_snapshot!(described(token), @"
    scheme bearerAuth Query bearer
    scheme token Query token inferred
        security token or nothing inferred
        security token or nothing inferred
    ");
    // Optional ones double the alternatives, so that they are few.
    let keys = ["p", "q", "r", "s"];
    let keys = keys.map(|it| format!("{{ name: {it}-api-key, in: header, description: API key }}"));
    assert_snapshot!(described(&keys.join(", ")), @"
    scheme bearerAuth Query bearer
    scheme p-api-key Header p-api-key inferred
    scheme q-api-key Header q-api-key inferred
    scheme r-api-key Header r-api-key inferred
    scheme s-api-key Header s-api-key inferred
        security p-api-key and q-api-key and r-api-key or p-api-key and q-api-key or p-api-key and r-api-key or p-api-key or q-api-key and r-api-key or q-api-key or r-api-key or nothing inferred
        Header s-api-key: Any? Simple
        Query token: Any? Form exploded
    ");
}

#[test]
fn successes() {
    let responses = |responses: &str| {
        lowered(&format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n      responses:\n        {}\n",
            responses.replace('\n', "\n        ")
        ))
    };
    assert_snapshot!(responses("'200': { description: a }\n'204': { description: b }"), @r#"
    server 
    group -
      get-a GET /a
        ok 200: nothing
        ok 204: nothing
    "#);
    assert_snapshot!(
        responses("'200': { description: a, content: { application/json: { schema: { type: string } } } }\n'204': { description: b }"),
        @"
        server 
        group -
          get-a GET /a
            ok 200: String as Json application/json
            ok 204: nothing
        "
    );
    assert_snapshot!(responses("default: { description: a }"), @r#"
    server 
    group -
      get-a GET /a
        ok default: nothing
    "#);
    assert_snapshot!(responses("'302': { description: a }\n4XX: { description: b }"), @r#"
    server 
    group -
      get-a GET /a
        ok 302: nothing
        err 4XX: nothing
    "#);
}

#[test]
fn payloads_that_are_alike_are_one() {
    let document = "\
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    post:
      requestBody:
        content:
          text/json: { schema: { type: object, properties: { a: { enum: [x] } } } }
          application/json: { schema: { type: object, properties: { a: { enum: [x] } } } }
          application/merge-patch+json: { schema: { type: object, properties: { a: { enum: [x] } } } }
      responses:
        '200':
          description: d
          content:
            text/plain: { schema: { type: object, properties: { b: { type: string } } } }
            application/json: { schema: { type: object, properties: { b: { type: string } } } }
            text/csv: { schema: { type: string } }
";
    assert_snapshot!(lowered(document), @r#"
    server 
    struct post-a/request
      a: post-a/request/a?
    enum post-a/request/a = "x"
    struct post-a/200 response
      b: String?
    group -
      post-a POST /a
        body? post-a/request as Json application/json, Json text/json | post-a/request as Json application/merge-patch+json
        ok 200: post-a/200 response as Json application/json, Text text/plain | String as Text text/csv
    "#);
}

#[test]
fn payloads_that_are_told_apart_otherwise_are_two() {
    let bodies = |one: &str, other: &str| {
        lowered(&format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    put:\n      requestBody:\n        content:\n          application/json: {{ schema: {one} }}\n          application/merge-patch+json: {{ schema: {other} }}\n      responses: {{ '204': {{ description: d }} }}\n\
             components:\n  schemas:\n    A: {{ type: object, properties: {{ t: {{ type: string }} }} }}\n    B: {{ type: object, properties: {{ t: {{ type: string }} }} }}\n"
        ))
    };
    let switch = |on: &str| format!("{{ type: object, properties: {{ on: {{ const: {on} }} }} }}");
    let choice = |beside: &str| {
        format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/A' }}, {{ $ref: '#/components/schemas/B' }}]{beside} }}"
        )
    };
    let count = |printed: String| {
        let is_made = |line: &&str| line.contains("put-a/") && !line.starts_with(' ');
        printed.lines().filter(is_made).count()
    };
    assert_eq!(count(bodies(&switch("true"), &switch("true"))), 1);
    assert_eq!(count(bodies(&switch("true"), &switch("false"))), 2);
    let mapped = choice(", discriminator: { propertyName: t, mapping: { a: A } }");
    assert_eq!(count(bodies(&mapped, &mapped)), 1);
    let others = [
        "",
        ", discriminator: { propertyName: t }",
        ", discriminator: { propertyName: t, mapping: { a: B } }",
        ", discriminator: { propertyName: u, mapping: { a: A } }",
    ];
    for other in others {
        assert_eq!(count(bodies(&mapped, &choice(other))), 2, "{other}");
    }
}

#[test]
fn items_of_streams_have_a_type() {
    let document = "\
openapi: 3.2.0
info: { title: T, version: '1' }
paths:
  /log:
    get:
      responses:
        '200':
          description: d
          content:
            application/jsonl: { itemSchema: { type: object, properties: { line: { type: string } } } }
            text/event-stream:
              itemSchema:
                properties:
                  event: { type: string }
                  data: { type: string, contentMediaType: application/json, contentSchema: { type: object, properties: { at: { type: integer } } } }
";
    assert_snapshot!(lowered(document), @"
    server 
    struct get-log/200 response item
      line: String?
    struct get-log/200 response event-stream event
      at: Integer?
    group -
      get-log GET /log
        ok 200: get-log/200 response item as Lines application/jsonl | get-log/200 response event-stream event as Events text/event-stream
    ");
}

#[test]
fn parts_are_written_by_their_types() {
    let document = "\
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              required: [name, file]
              properties:
                name: { type: string }
                file: { type: string, format: binary }
                files: { type: array, items: { contentMediaType: image/png } }
                any: {}
                coded: { type: string, contentEncoding: base64 }
                maybe: { type: [integer, 'null'] }
                object: { type: object, properties: { a: { type: string } } }
                objects: { type: array, items: { type: object, properties: { a: { type: string } } } }
                grid: { type: array, items: { type: array, items: { type: integer } } }
                deep: { type: object, properties: { a: { type: string } } }
                icon: { type: string }
                signed: { type: string }
            encoding:
              deep: { style: deepObject, explode: true }
              icon: { contentType: image/* }
              signed: { contentType: text/markdown, headers: { X-Signature: { schema: { type: string } } } }
      responses: { '204': { description: d } }
";
    assert_snapshot!(lowered(document), @r#"
    server 
    struct post-a/request
      name: String by Part { encoding: Text, media_type: None, transfer_encoding: None, headers: [] }
      file: File by Part { encoding: File, media_type: None, transfer_encoding: None, headers: [] }
      files: [File]? by Part { encoding: File, media_type: Some("image/png"), transfer_encoding: None, headers: [] }
      any: File? by Part { encoding: File, media_type: None, transfer_encoding: None, headers: [] }
      coded: Base64? by Part { encoding: Text, media_type: None, transfer_encoding: None, headers: [] }
      maybe: Integer? by Part { encoding: Text, media_type: None, transfer_encoding: None, headers: [] }
      object: post-a/request/object? by Part { encoding: Json, media_type: Some("application/json"), transfer_encoding: None, headers: [] }
      objects: [post-a/request/objects item]? by Part { encoding: Json, media_type: Some("application/json"), transfer_encoding: None, headers: [] }
      grid: [[Integer]]? by Part { encoding: Json, media_type: Some("application/json"), transfer_encoding: None, headers: [] }
      deep: post-a/request/deep? by Part { encoding: Style(Style { style: DeepObject, explode: true, allow_reserved: false }), media_type: None, transfer_encoding: None, headers: [] }
      icon: File? by Part { encoding: File, media_type: None, transfer_encoding: None, headers: [] }
      signed: part String? by Part { encoding: Text, media_type: Some("text/markdown"), transfer_encoding: None, headers: ["X-Signature"] }
    struct post-a/request/object
      a: String?
    struct post-a/request/objects item
      a: String?
    struct post-a/request/deep
      a: String?
    group -
      post-a POST /a
        body? post-a/request as Multipart multipart/form-data
        ok 204: nothing
    "#);
}

#[test]
fn operations_in_files_of_their_own() {
    let entry = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a: { get: { $ref: a.yaml } }
  /b: { get: { $ref: b.yaml } }
  /c: { $ref: c.yaml }
  /d: { $ref: d.yaml }
";
    let operation = |id: &str| {
        format!(
            "{{ operationId: {id}, tags: [{id}s], responses: {{ '204': {{ description: d }} }} }}"
        )
    };
    let item = |id: &str| format!("get: {}", operation(id));
    let files = [
        ("api.yaml", entry),
        ("a.yaml", &operation("a")),
        ("b.yaml", &operation("b")),
        ("c.yaml", &item("c")),
        ("d.yaml", &item("d")),
    ];
    assert_snapshot!(lowered_files(&files).replace("server \n", ""), @"
    KW0307: `$ref` stands in for an operation, which the specification does not allow; it is followed anyway
    KW0307: `$ref` stands in for an operation, which the specification does not allow; it is followed anyway
    group as
      a GET /a
        ok 204: nothing
    group bs
      b GET /b
        ok 204: nothing
    group cs
      c GET /c
        ok 204: nothing
    group ds
      d GET /d
        ok 204: nothing
    ");
}
