//! Documents in, the IR as text out.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::diagnostics::Diagnostics;
use crate::{ir, load, lower, normalize, resolve, testing};

/// Lowers a document; what was reported stands above the result, a line each.
fn lowered(text: &str) -> String {
    let mut found = Diagnostics::new(false);
    let description = testing::describe(text, &mut found);
    let api = lower::lower(&description, &[], &mut found);
    let mut printed = String::new();
    for it in found.iter() {
        let _ = writeln!(printed, "{}: {}", it.code, it.message);
    }
    printed + &ir::print(&api)
}

/// Lowers a document in several files, the entry document first.
fn lowered_files(files: &[(&str, &str)]) -> String {
    let mut found = Diagnostics::new(false);
    let spec = load::from_texts(files, &load::Limits::default(), &mut found).expect("it is YAML");
    let references = resolve::resolve(&spec, &mut found);
    let description = normalize::normalize(&spec, &references, &mut found).expect("it is OpenAPI");
    let api = lower::lower(&description, &[], &mut found);
    found
        .iter()
        .map(|it| format!("{}: {}\n", it.code, it.message))
        .chain([ir::print(&api)])
        .collect()
}

/// Lowers component schemas, given by their YAML.
fn schemas(version: &str, components: &str) -> String {
    let indented = components.replace('\n', "\n    ");
    let text = format!(
        "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    {indented}\n"
    );
    lowered(&text).replace("server \n", "")
}

/// Lowers a schema of 3.1, in one line of YAML.
fn schema(schema: &str) -> String {
    schemas("3.1.0", &format!("S: {schema}"))
}

#[test]
fn scalars() {
    assert_snapshot!(schema("{ type: string }"), @"alias S = String");
    assert_snapshot!(schema("{ type: string, format: password }"), @"alias S = Secret");
    assert_snapshot!(schema("{ type: string, x-keywright-sensitive: true }"), @"alias S = Secret");
    assert_snapshot!(schema("{ type: string, format: date-time }"), @"alias S = DateTime");
    assert_snapshot!(schema("{ type: string, format: odd }"), @r#"
    KW0403: the format `odd` is not known
    alias S = String
    "#);
    assert_snapshot!(schema("{ type: integer }"), @"alias S = Integer");
    assert_snapshot!(schema("{ type: integer, format: int32 }"), @"alias S = i32");
    assert_snapshot!(schema("{ type: number, format: float }"), @"alias S = Number");
    assert_snapshot!(schema("{}"), @"alias S = Any");
}

#[test]
fn objects() {
    assert_snapshot!(schema("{ type: object }"), @"alias S = {Any}");
    assert_snapshot!(schema("{ type: object, additionalProperties: false }"), @"struct S closed");
    assert_snapshot!(schema("{ type: object, additionalProperties: { type: integer } }"), @"alias S = {Integer}");
    assert_snapshot!(schema("{ properties: { a: { type: string } }, required: [a] }"), @r#"
    struct S
      a: String
    "#);
    assert_snapshot!(
        schema("{ type: object, properties: { a: { type: [string, 'null'] } }, additionalProperties: true }"),
        @r#"
    struct S + Any
      a: String? | null
    "#
    );
    assert_snapshot!(schema("{ type: object, properties: { in: { properties: { x: { type: boolean } } } } }"), @r#"
    struct S
      in: S/in?
    struct S/in
      x: Boolean?
    "#);
}

#[test]
fn arrays_and_enumerations() {
    assert_snapshot!(schema("{ type: array, items: { type: [integer, 'null'] } }"), @"alias S = [(Integer | null)]");
    assert_snapshot!(schema("{ type: array, items: { enum: [a, b] } }"), @r#"
    alias S = [S/item]
    enum S/item = "a" | "b"
    "#);
    assert_snapshot!(schema("{ type: integer, enum: [1, 2, 2] }"), @"enum S = 1 | 2");
    assert_snapshot!(schema("{ const: only }"), @r#"enum S = "only""#);
    assert_snapshot!(schema("{ enum: [a, 1] }"), @r#"enum S = "a" | 1"#);
}

#[test]
fn all_of() {
    let base = "Base: { type: object, required: [id], properties: { id: { type: integer } } }";
    assert_snapshot!(
        schemas("3.0.3", &format!("{base}\nS: {{ allOf: [{{ $ref: '#/components/schemas/Base' }}, {{ type: object, properties: {{ b: {{ type: string }} }} }}], required: [b] }}")),
        @r#"
    struct Base
      id: Integer
    struct S
      id: Integer
      b: String
    "#
    );
    // A description beside a reference needs `allOf` in 3.0, and makes no type of its own.
    assert_snapshot!(
        schemas("3.0.3", &format!("{base}\nS: {{ type: object, properties: {{ base: {{ nullable: true, description: d, allOf: [{{ $ref: '#/components/schemas/Base' }}] }} }} }}")),
        @r#"
    struct Base
      id: Integer
    struct S
      base: Base? | null
    "#
    );
    // In 3.1 it does not, and siblings that say something count.
    assert_snapshot!(
        schemas("3.1.0", &format!("{base}\nS: {{ $ref: '#/components/schemas/Base', required: [x], properties: {{ x: {{ type: string }} }} }}")),
        @r#"
    struct Base
      id: Integer
    struct S
      id: Integer
      x: String
    "#
    );
    assert_snapshot!(
        schema("{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }"),
        @r#"
    KW0402: `allOf` gives the property `a` two types that exclude each other
    struct S
      a: Integer?
    "#
    );
    assert_snapshot!(schema("{ allOf: [{ type: string }, { maxLength: 3 }] }"), @"alias S = String");
}

#[test]
fn unions() {
    let pets = "Cat: { type: object, required: [type], properties: { type: { type: string } } }\n\
                Dog: { type: object, required: [type], properties: { type: { type: string } } }";
    assert_snapshot!(
        schemas("3.1.0", &format!("{pets}\nS: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}], discriminator: {{ propertyName: type, mapping: {{ c: '#/components/schemas/Cat' }} }} }}")),
        @r#"
    struct Cat
      type: String
    struct Dog
      type: String
    union S
      Cat: Cat
      Dog: Dog
      by Object: Tag type { "c": Only(0), "Dog": Only(1) }
    "#
    );
    assert_snapshot!(
        schemas("3.1.0", &format!("{pets}\nS: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}] }}")),
        @r#"
    KW0409: nothing tells `Cat` and `Dog` apart
    struct Cat
      type: String
    struct Dog
      type: String
    union S
      Cat: Cat
      Dog: Dog
      by Object: Trial([0, 1])
    "#
    );
    assert_snapshot!(
        schema("{ oneOf: [{ properties: { kind: { const: a } }, required: [kind] }, { properties: { kind: { enum: [b, c] } }, required: [kind] }] }"),
        @r#"
    union S
      a: S/a
      b or c: S/b or c
      by Object: Tag kind { "a": Only(0), "b": Only(1), "c": Only(1) }
    struct S/a
      kind: S/a/kind
    enum S/a/kind = "a"
    struct S/b or c
      kind: S/b or c/kind
    enum S/b or c/kind = "b" | "c"
    "#
    );
    assert_snapshot!(
        schema("{ oneOf: [{ title: A, properties: { a: { type: string } }, required: [a] }, { title: B, properties: { b: { type: string } } }] }"),
        @r#"
    union S
      A: S/A
      B: S/B
      by Object: Key { a: 0, else: 1 }
    struct S/A
      a: String
    struct S/B
      b: String?
    "#
    );
    assert_snapshot!(schema("{ type: [string, integer, 'null'] }"), @r#"
    union S
      string: String
      integer: Integer
      by Number: Only(1)
      by String: Only(0)
    "#);
    assert_snapshot!(schema("{ oneOf: [{ type: integer }, { type: 'null' }] }"), @"alias S = Integer");
    assert_snapshot!(schema("{ anyOf: [{ type: string }, { enum: [a, b] }] }"), @r#"enum S = "a" | "b""#);
    assert_snapshot!(
        schema("{ anyOf: [{ properties: { a: { type: string }, x: { type: string } }, required: [x] }, { properties: { a: { type: integer }, x: { type: string } }, required: [x] }] }"),
        @r#"
    struct S
      a: S/a?
      x: String
    union S/a
      string: String
      integer: Integer
      by Number: Only(1)
      by String: Only(0)
    "#
    );
    assert_snapshot!(
        schema("{ type: object, properties: { a: { type: string }, b: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }"),
        @r#"
    struct S
      a: String?
      b: String?
    "#
    );
    assert_snapshot!(schema("{ oneOf: [{ $ref: '#/components/schemas/S' }, { type: string }] }"), @"alias S = String");
}

#[test]
fn recursion_needs_a_box_only_where_nothing_else_is_between() {
    assert_snapshot!(
        schemas(
            "3.1.0",
            "A: { type: object, properties: { a: { $ref: '#/components/schemas/A' }, list: { type: array, items: { $ref: '#/components/schemas/A' } }, b: { $ref: '#/components/schemas/B' }, c: { $ref: '#/components/schemas/C' } } }\n\
             B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }\n\
             C: { type: object, properties: { x: { type: string } } }"
        ),
        @r#"
    struct A
      a: box A?
      list: [A]?
      b: box B?
      c: C?
    struct B
      a: box A?
    struct C
      x: String?
    "#
    );
    // An alias that leads only to itself has no Rust type.
    assert_snapshot!(schema("{ type: array, items: { $ref: '#/components/schemas/S' } }"), @r#"
    union S
      array: [S]
      by Array: Only(0)
    "#);
}

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
fn what_is_said_of_xml_stands_where_it_is_said() {
    let document = "\
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody: { content: { application/xml: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
      responses:
        '200': { description: d, content: { application/xml: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '400': { description: d, content: { text/xml: { schema: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Tags' }] } } } }
components:
  schemas:
    Pet:
      type: object
      xml: { name: pet, namespace: 'urn:pets', prefix: p }
      properties:
        id: { type: integer, xml: { attribute: true } }
        plain: { type: string }
        tags: { $ref: '#/components/schemas/Tags', xml: { name: labels } }
        owner: { allOf: [{ $ref: '#/components/schemas/Pet' }], xml: { name: owner } }
        inline: { type: object, xml: { name: within }, properties: { a: { type: string } } }
        lists: { type: array, items: { type: array, items: { type: string, xml: { name: x } }, xml: { wrapped: true } } }
        notWrapped: { type: string, xml: { wrapped: true } }
    Tags: { type: array, items: { type: string, xml: { name: tag } }, xml: { wrapped: true } }
";
    assert_snapshot!(lowered(document), @"
    KW0410: nothing gives the root element of the XML a name
    server 
    struct Pet <p: pet in urn:pets>
      id: Integer? <attribute>
      plain: String?
      tags: Tags? <labels>
      owner: box Pet? <owner>
      inline: Pet/inline?
      lists: [[String]]? <[element [x]]>
      notWrapped: String?
    struct Pet/inline <within>
      a: String?
    alias Tags <element [tag]> = [String]
    union put-a/400 response
      Pet: Pet
      Tags: Tags
      by Array: Only(1)
      by Object: Only(0)
    group -
      put-a PUT /a
        body? [Pet] as Xml application/xml <element root [pet]>
        ok 200: Pet as Xml application/xml <pet>
        err 400: put-a/400 response as Xml text/xml <none [pet, Tags]>
    ");
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
    assert_snapshot!(lowered_files(&files).replace("server \n", ""), @r"
    KW0307: `$ref` stands for an operation, which the specification does not provide for
    KW0307: `$ref` stands for an operation, which the specification does not provide for
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

#[test]
fn chains_and_nests_that_no_type_has() {
    let chain = |count: usize, link: &str, end: &str| {
        let links = (0..count).map(|it| {
            format!(
                "c{it}: {}\n",
                link.replace("NEXT", &format!("'#/x-chain/c{}'", it + 1))
            )
        });
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {{ type: object, properties: {{ p: {{ $ref: '#/x-chain/c0' }} }} }}\nx-chain:\n  {}c{count}: {end}\n",
            links.map(|it| it + "  ").collect::<String>()
        )
    };
    let first = |text: &str| lowered(text).lines().next().unwrap_or_default().to_owned();
    assert_snapshot!(first(&chain(70, "{ type: array, items: { $ref: NEXT } }", "{ type: string }")), @"KW0401: a schema in more than 64 arrays or maps is not supported yet");
    assert_snapshot!(first(&chain(1100, "{ type: object, properties: { p: { $ref: NEXT } } }", "{ type: string }")), @"KW0401: an inline schema in more than a thousand others is not supported yet");
    assert_snapshot!(first(&chain(1100, "{ description: d, $ref: NEXT }", "{ type: string }")), @"KW0401: a chain of more than 1000 references is not supported");
    let pair =
        "{ type: array, prefixItems: [{ $ref: NEXT }, { $ref: NEXT }], minItems: 2, maxItems: 2 }";
    assert_snapshot!(first(&chain(60, pair, "{ type: string }")), @"KW0401: a tuple of more than 500 types is not supported yet");
}

/// A schema that is written in `PetOwner` is not written in `Pet`, whose name it begins with.
#[test]
fn inline_schemas_are_called_after_what_they_stand_in() {
    assert_snapshot!(schemas("3.1.0", "Pet: { type: object, properties: { home: { $ref: '#/components/schemas/PetOwner/properties/address' } } }
PetOwner: { type: object, properties: { address: { type: object, properties: { city: { type: string } } } } }"), @r"
    struct Pet
      home: PetOwner address?
    struct PetOwner
      address: PetOwner address?
    struct PetOwner address
      city: String?
    ");
}

/// Bounds that no `double` holds count to the last digit.
#[test]
fn bounds_are_exact() {
    let bounded = |most: &str| schema(&format!("{{ type: integer, minimum: 0, maximum: {most} }}"));
    assert_snapshot!(bounded("170141183460469231731687303715884105727"), @"alias S = i128");
    assert_snapshot!(bounded("170141183460469231731687303715884105728"), @"alias S = u128");
    assert_snapshot!(bounded("340282366920938463463374607431768211455"), @"alias S = u128");
    assert_snapshot!(bounded("340282366920938463463374607431768211456"), @r"
    KW0415: no integer type holds what the bounds of this integer allow
    alias S = Any
    ");
    assert_snapshot!(bounded("3.402823669209385e38"), @"alias S = u128");
}
