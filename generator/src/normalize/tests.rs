use std::fmt::Write as _;

use insta::assert_snapshot;

use super::normalize;
use crate::diagnostics::{Diagnostics, Style, render};
use crate::load::{Limits, from_text};
use crate::model::{Description, SecuritySchemeKind, print};
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
fn folds_null() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: [string, 'null']}
B: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}
C: {oneOf: [{type: string}, {type: integer}, {const: null}]}
D: {type: 'null'}
E: {enum: [a, null]}
F: {type: string, nullable: true}
G: {oneOf: [{$ref: '#/components/schemas/D'}, {$ref: '#/components/schemas/A'}]}"), @r#"
    Warning KW0307 #/components/schemas/F/nullable: `nullable` is of OpenAPI 3.0, and was read as a further type `null`
    schema A: string or null
    schema B: or null any of A
    schema C: or null one of (string), (integer)
    schema D: null or null
    schema E: or null enum ["a"]
    schema F: string or null
    schema G: or null one of A
    "#);
    assert_snapshot!(schemas("3.0.3", "
A: {type: string, nullable: true, enum: [a, null]}
B: {type: string, enum: [a, null]}
C: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}
D: {type: [string, 'null']}
E: {type: string, x-nullable: true}"), @r#"
    Warning KW0307 #/components/schemas/B: `enum` has null but the type does not; read as if the type had it
    Warning KW0307 #/components/schemas/D/type: `type` is of OpenAPI 3.1, and was read as a list of types
    Warning KW0307 #/components/schemas/E/x-nullable: `x-nullable` was read as a further type `null`
    schema A: string or null enum ["a"]
    schema B: string or null enum ["a"]
    schema C: or null all of A
    schema D: string or null
    schema E: string or null x-nullable=true
    "#);
}

#[test]
fn reads_references() {
    assert_snapshot!(schemas("3.0.3", "
A: {$ref: '#/components/schemas/B'}
B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B', type: object, minLength: 1, nullable: true, description: d}}}
C: {$ref: '#/components/schemas/B/properties/a'}"), @r#"
    Warning KW0304 #/components/schemas/B/properties/b/minLength: `minLength` is ignored beside `$ref`
    schema A: -> B
    schema B: object
      a: A
      b: (-> B or null about "d")
    schema C: -> A
    "#);
    assert_snapshot!(schemas("3.1.0", "
A: {$ref: '#/components/schemas/B', properties: {x: {type: string}}}
B: {properties: {b: {$ref: '#/components/schemas/Nowhere'}}}"), @"
    Warning KW0201 #/components/schemas/B/properties/b/$ref: no schema is named `Nowhere`
    schema A: -> B
      x: (string)
    schema B: 
      b: ()
    ");
}

#[test]
fn reads_objects_and_arrays() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: object, required: [a, a, c], properties: {a: true, b: }, additionalProperties: false}
B: {additionalProperties: {type: integer}, patternProperties: {x: {}}, propertyNames: {}}
C: {type: array, items: {type: string}, prefixItems: [{type: integer}]}
D: {items: [{type: integer}]}
E: {properties: {a: {type: string, required: true}}}"), @r#"
    Warning KW0315 #/components/schemas/A: `required` names `c`, which `properties` does not describe
    Warning KW0302 #/components/schemas/A/properties/b: the schema has no value, and allows everything
    Warning KW0307 #/components/schemas/D/items: a list under `items` is of older JSON Schema, and was read as `prefixItems`
    Warning KW0302 #/components/schemas/E/properties/a/required: `required` is a boolean, and is ignored
    schema A: object required ["a", "c"] others (never)
      a: ()
      b: ()
    schema B: /x/: () keys () others (integer)
    schema C: array items (string) prefix (integer)
    schema D: prefix (integer)
    schema E: 
      a: (string)
    "#);
}

#[test]
fn reads_compositions() {
    assert_snapshot!(schemas("3.1.0", "
A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: t, mapping: {b: B, c: '#/components/schemas/C', d: D}}}
B: {type: object}
C: {allOf: [{$ref: '#/components/schemas/B'}, {required: [x], properties: {y: {}}}], discriminator: t}
D: {not: {type: string}, if: {}, then: {}, xml: {name: d}}"), @r#"
    Warning KW0307 #/components/schemas/C/discriminator: a bare name as `discriminator` is of OpenAPI 2.0, and was read as its `propertyName`
    schema A: one of B, C by t {b = B, c = C, d = D}
    schema B: object
    schema C: all of B, (y: () required ["x"]) by t {}
    schema D: not (string) perhaps () perhaps () xml d
    "#);
}

#[test]
fn reads_xml() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: integer, xml: {name: a b, prefix: p, attribute: true, x-a: 1}}
B: {type: array, xml: {name: bs, wrapped: true, nodeType: none, namespce: 'urn:b'}}
C: {xml: {nodeType: comment}}
D: {xml: c}
E: {$ref: '#/components/schemas/A', xml: {name: e}}"), @"
    Warning KW0305 #/components/schemas/A/xml/name: `a b` cannot be a name in XML
    Warning KW0307 #/components/schemas/B/xml/nodeType: `nodeType` is of OpenAPI 3.2, and was read as it is there
    Warning KW0304 #/components/schemas/B/xml/namespce: `namespce` is not a field of the XML object
    Warning KW0305 #/components/schemas/C/xml/nodeType: `comment` is not a node type of XML
    Warning KW0302 #/components/schemas/D/xml: XML object expected, but this is a string
    schema A: integer xml attribute p:
    schema B: array xml none wrapped bs
    schema C: xml 
    schema D: 
    schema E: -> A xml e
    ");
    assert_snapshot!(schemas("3.2.0", "
A: {xml: {nodeType: attribute}}
B: {$ref: '#/components/schemas/A', xml: {name: b}}
C: {$ref: '#/components/schemas/A', xml: {name: c, nodeType: element}}"), @"
    Warning KW0304 #/components/schemas/B: a name in XML is ignored beside `$ref`
    schema A: xml attribute
    schema B: -> A xml 
    schema C: -> A xml element c
    ");
}

#[test]
fn reads_bounds() {
    assert_snapshot!(schemas("3.0.3", "
A: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
B: {minLength: 1.0, maximum: '5', minimum: .inf, maxLength: -1}
C: {exclusiveMinimum: 3, const: 4}"), @"
    Warning KW0302 #/components/schemas/B/maximum: `maximum` is a string, and was read as a number
    Warning KW0302 #/components/schemas/B/minimum: `minimum` is not a number of JSON, and is ignored
    Warning KW0305 #/components/schemas/B/maxLength: `maxLength` is not a whole number from 0 on, and is ignored
    Warning KW0307 #/components/schemas/C/exclusiveMinimum: `exclusiveMinimum` is of OpenAPI 3.1, and was read as it is there
    Warning KW0307 #/components/schemas/C/const: `const` is of OpenAPI 3.1, and was read as it is there
    schema A: integer > 1 <= 9
    schema B: <= 5 length >= 1
    schema C: const 4 > 3
    ");
}

#[test]
fn reports_faults_of_schemas() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: strin, desciption: d, format: 3, x-a: {b: 1}}
B: [a]
C: {properties: [a], required: {a: b}, enum: a, type: {a: b}}
D:
E: {readOnly: 'true', writeOnly: 3}"), @r#"
    Warning KW0305 #/components/schemas/A/type: `strin` is not a type, and counts as absent
    Warning KW0304 #/components/schemas/A/desciption: `desciption` is not a field of the schema
    Warning KW0302 #/components/schemas/A/format: `format` is a number, and was read as the text `3`
    Warning KW0302 #/components/schemas/B: schema expected, but this is a list; it allows everything
    Error KW0302 #/components/schemas/C/properties: `properties` is a list, not a mapping
    Error KW0302 #/components/schemas/C/required: `required` is a mapping, not a list
    Warning KW0302 #/components/schemas/C/enum: `enum` is a string, and was read as a list of one
    Warning KW0302 #/components/schemas/C/type: `type` is a mapping, not text, and counts as absent
    Warning KW0302 #/components/schemas/D: the schema has no value, and allows everything
    Warning KW0302 #/components/schemas/E/readOnly: `readOnly` is a string, and was read as a boolean
    Warning KW0302 #/components/schemas/E/writeOnly: `writeOnly` is a number, not a boolean, and counts as absent
    schema A: format "3" x-a={"b":1}
    schema B: 
    schema C: enum ["a"]
    schema D: 
    schema E: read-only
    "#);
}

#[test]
fn reads_parameters() {
    assert_snapshot!(operations("
paths:
  /a/{id}:
    parameters:
      - {$ref: '#/components/parameters/Id'}
      - {name: q, in: query, schema: {type: string}}
    get:
      parameters:
        - {name: q, in: query, style: deepObject, schema: {type: object}}
        - {name: c, in: cookie, schema: {}}
        - {name: f, in: query, content: {application/json: {schema: {}}}}
        - {name: accept, in: header, schema: {}}
      responses: {200: {description: d}}
components:
  parameters:
    Id: {name: id, in: path, schema: {type: string}}
"), @r#"
    Warning KW0306 #/paths/~1a~1{id}/get/parameters/3: a header parameter called `accept` is ignored
    Warning KW0303 #/components/parameters/Id: the path parameter `id` does not say `required: true`
    GET /a/{id}
      Path id! Simple (string)
      Query q DeepObject (object)
      Cookie c Form exploded ()
      Query f application/json ()
      200 nothing "d"
    "#);
}

#[test]
fn checks_parameters() {
    assert_snapshot!(operations("
paths:
  /a/{id}:
    get:
      parameters:
        - {name: idd, in: path, required: true, schema: {}}
        - {name: X-A, in: header, schema: {}}
        - {name: x-a, in: header, schema: {}}
        - {name: s, in: path, required: true, style: form, schema: {}}
        - {name: t, in: query, type: string}
        - {name: u, in: nowhere, schema: {}}
        - {in: query, schema: {}}
      responses: {200: {description: d}}
  b/{: {get: {responses: {200: {description: d}}}}
  /c: {get: {parameters: {}, responses: {200: {description: d}}}}
"), @r#"
    Warning KW0316 #/paths/~1a~1{id}/get: `GET /a/{id}` is left out: a part of what it sends cannot be read
    Warning KW0309 #/paths/~1a~1{id}/get/parameters/0: the path parameter `idd` is not in the path template `/a/{id}`
    Warning KW0312 #/paths/~1a~1{id}/get/parameters/2: two header parameters have the name `x-a`; the first one counts
    Warning KW0309 #/paths/~1a~1{id}/get/parameters/3: the path parameter `s` is not in the path template `/a/{id}`
    Warning KW0305 #/paths/~1a~1{id}/get/parameters/3/style: a path parameter has no style `form`, and keeps its default
    Warning KW0303 #/paths/~1a~1{id}/get/parameters/4: the parameter object has no `schema`
    Warning KW0304 #/paths/~1a~1{id}/get/parameters/4/type: `type` is not a field of the parameter object
    Warning KW0305 #/paths/~1a~1{id}/get/parameters/5/in: `nowhere` is not a place of a parameter
    Warning KW0303 #/paths/~1a~1{id}/get/parameters/6: the parameter object has no `name`
    Warning KW0313 #/paths/b~1{: the path `b/{` does not start with `/`, and was read as if it did
    Warning KW0313 #/paths/b~1{: the path template `/b/{` has a `{` without a `}`
    Warning KW0302 #/paths/~1c/get/parameters: `parameters` is an empty mapping, and was read as an empty list
    GET /c
      200 nothing "d"
    "#);
}

#[test]
fn reads_bodies_and_responses() {
    assert_snapshot!(operations("
paths:
  /a:
    post:
      requestBody: {$ref: '#/components/requestBodies/B'}
      responses:
        200: {$ref: '#/components/responses/R', description: own}
        4xx: {}
        default: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
        x-other: 1
        999: {description: d}
    get: {responses: {}}
    put: {requestBody: {}, responses: {204: {$ref: '#/components/responses/None'}}}
components:
  schemas: {S: {type: string}}
  requestBodies: {B: {content: {text/plain: {}, multipart/form-data: {schema: {}, encoding: {a: {contentType: a/b, style: form}}}}}}
  responses: {R: {description: d, headers: {Content-Type: {schema: {}}, X-Rate: {schema: {}}}}}
"), @r#"
    Warning KW0201 #/paths/~1a/put/responses/204/$ref: no response is named `None`
    Warning KW0305 #/paths/~1a/post/responses/4xx: `4xx` was read as `4XX`
    Warning KW0303 #/paths/~1a/post/responses/4xx: the response object has no `description`
    Warning KW0305 #/paths/~1a/post/responses/999: `999` is not a status
    Warning KW0314 #/paths/~1a/get: the operation documents no response
    Warning KW0303 #/paths/~1a/put/requestBody: the request body object has no `content`
    schema S: string
    POST /a
      body text/plain | multipart/form-data () [a as a/b Form]
      200 nothing [X-Rate: Simple ()] "own"
      4XX nothing ""
      default application/json S "d"
    GET /a
    PUT /a
      body application/octet-stream
    "#);
}

#[test]
fn reads_security_and_servers() {
    assert_snapshot!(operations("
security: [{key: []}]
servers: [{url: /root}]
paths:
  /a:
    servers: [{url: /a}]
    get: {responses: {200: {description: d}}}
    put: {security: [], responses: {200: {description: d}}}
    post: {security: [{oauth: [x]}, {}], servers: [{url: '/{v}', variables: {v: {enum: [b]}}}], responses: {200: {description: d}}}
    patch: {security: [{kee: []}], responses: {200: {description: d}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: K}
    oauth: {type: oauth2, flows: {password: {scopes: {x: y}}, implicitt: {}}}
    http: {type: http, scheme: Basic}
    bad: {type: basic}
"), @r#"
    Warning KW0303 #/paths/~1a/post/servers/0/variables/v: the server variable object has no `default`
    Warning KW0311 #/paths/~1a/patch/security/0/kee: no security scheme is named `kee`
    Warning KW0303 #/components/securitySchemes/oauth/flows/password: the OAuth flow object has no `tokenUrl`
    Warning KW0304 #/components/securitySchemes/oauth/flows/implicitt: `implicitt` is not a field of the OAuth flows object
    Warning KW0307 #/components/securitySchemes/bad/type: the type `basic` was read as `http` with that scheme
    server /root
    scheme key: API key Header K
    scheme oauth: OAuth 2 password scopes ["x"]
    scheme http: HTTP basic
    scheme bad: HTTP basic
    GET /a
      200 nothing "d"
      needs {"key": []}
      at /a
    PUT /a
      200 nothing "d"
      at /a
    POST /a
      200 nothing "d"
      needs {"oauth": ["x"]}
      needs {}
      at /{v} v = "b" of ["b"]
    PATCH /a
      200 nothing "d"
      needs {"kee": []}
      at /a
    "#);
}

#[test]
fn reads_security_schemes() {
    let (model, findings) = read(&document(
        "3.1.0",
        "paths: {}
components:
  securitySchemes:
    a: {type: http, scheme: Bearer, bearerFormat: JWT}
    b: {$ref: '#/components/securitySchemes/a'}
    c: {type: openIdConnect, openIdConnectUrl: 'https://a'}
    d: {type: mutualTLS}
",
    ));
    let model = model.expect("the root is a mapping");
    assert_eq!(findings, "");
    let kinds: Vec<String> = model
        .security_schemes
        .values()
        .map(|it| format!("{:?}", it.kind))
        .collect();
    assert_snapshot!(kinds.join("\n"), @r#"
    Http { scheme: "bearer", bearer_format: Some("JWT") }
    Http { scheme: "bearer", bearer_format: Some("JWT") }
    OpenIdConnect { url: "https://a" }
    MutualTls
    "#);
    assert!(matches!(
        model.security_schemes["d"].kind,
        SecuritySchemeKind::MutualTls
    ));
}

#[test]
fn reads_callbacks_links_and_webhooks() {
    assert_snapshot!(operations("
paths:
  /a:
    post:
      operationId: a
      callbacks: {done: {$ref: '#/components/callbacks/C'}}
      responses: {200: {description: d, links: {next: {operationId: a}, bad: {}}}}
webhooks:
  event: {post: {operationId: a, responses: {200: {description: d}}}}
components:
  callbacks:
    C: {'{$request.body#/url}': {post: {callbacks: {again: {$ref: '#/components/callbacks/C'}}, responses: {200: {description: d}}}}}
"), @r#"
    Warning KW0303 #/paths/~1a/post/responses/200/links/bad: the link object has no `operationId`
    Warning KW0310 #/webhooks/event/post/operationId: two operations have the `operationId` `a`
    Warning KW0401 #/components/callbacks/C/{$request.body#~1url}/post/callbacks: `callbacks` of the operation object has no effect yet
    POST /a
      200 nothing "d"
      callback done POST {$request.body#/url}
        200 nothing "d"
    webhook POST event
      200 nothing "d"
    "#);
}

#[test]
fn merges_a_path_item_with_what_it_refers_to() {
    assert_snapshot!(operations("
paths:
  /a: {$ref: '#/components/pathItems/P', put: {responses: {200: {description: d}}}}
  /b: {$ref: '#/components/pathItems/P'}
components:
  pathItems:
    P: {get: {operationId: p, responses: {200: {description: d}}}}
"), @r#"
    Warning KW0310 #/components/pathItems/P/get/operationId: two operations have the `operationId` `p`
    PUT /a
      200 nothing "d"
    GET /a
      200 nothing "d"
    GET /b
      200 nothing "d"
    "#);
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
    error[KW0301]: `1.2` is not a version of OpenAPI that is read
     --> api.yaml:1:10 at #/swagger
      |
    1 | swagger: '1.2'
      |          ^^^^^
      |
      = help: convert the document to Swagger 2.0 or to OpenAPI 3.0, 3.1 or 3.2
    ");
    assert_snapshot!(rendered("openapi: 2.0"), @"
    warning[KW0303]: the Swagger object has no `info`
     --> api.yaml:1:1
      |
    1 | openapi: 2.0
      | ^^^^^^^^^^^^
      |
      = help: add the field
    ");
    assert_snapshot!(rendered("swagger: 3.0.3"), @"
    warning[KW0303]: the OpenAPI object has no `info`
     --> api.yaml:1:1
      |
    1 | swagger: 3.0.3
      | ^^^^^^^^^^^^^^
      |
      = help: add the field
    ");
    assert_snapshot!(rendered("openapi: 4.0.0"), @"
    error[KW0301]: `4.0.0` is not a version of OpenAPI that is read
     --> api.yaml:1:10 at #/openapi
      |
    1 | openapi: 4.0.0
      |          ^^^^^
      |
      = help: convert the document to Swagger 2.0 or to OpenAPI 3.0, 3.1 or 3.2
    ");
    assert_snapshot!(rendered("info: {}"), @"
    error[KW0301]: the document does not say which version of OpenAPI it is of
     --> api.yaml:1:1
      |
    1 | info: {}
      | ^^^^^^^^
      |
      = help: start it with a line such as `openapi: 3.1.0`
    ");
    assert_snapshot!(rendered("[]"), @"
    error[KW0301]: the document does not say which version of OpenAPI it is of
     --> api.yaml:1:1
      |
    1 | []
      | ^^
      |
      = help: start it with a line such as `openapi: 3.1.0`
    ");
}

#[test]
fn shows_the_place_of_a_fault() {
    let text = "paths:\n  /a/{pet_id}:\n    get:\n      parameters: [{name: petId, in: path, required: true, schema: {}}]\n      responses: {200: {description: d}}\n";
    assert_snapshot!(rendered(&document("3.1.0", text)), @"
    warning[KW0317]: the path template has `{pet_id}`, and the parameter is called `petId`
     --> api.yaml:6:20 at #/paths/~1a~1{pet_id}/get/parameters/0
      |
    6 |       parameters: [{name: petId, in: path, required: true, schema: {}}]
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ taken for the one of the template
      |
     ::: api.yaml:4:3 at #/paths/~1a~1{pet_id}
      |
    4 |   /a/{pet_id}:
      |   ----------- the template
      |
      = help: call the parameter `pet_id`
    ");
    let text = "paths:\n  /a: {get: {operationId: x, responses: {200: {description: d}}}}\n  /b: {get: {operationId: x, responses: {200: {description: d}}}}\n";
    assert_snapshot!(rendered(&document("3.1.0", text)), @"
    warning[KW0310]: two operations have the `operationId` `x`
     --> api.yaml:5:27 at #/paths/~1b/get/operationId
      |
    5 |   /b: {get: {operationId: x, responses: {200: {description: d}}}}
      |                           ^ `/b GET` is called after its method and path
      |
     ::: api.yaml:4:27 at #/paths/~1a/get/operationId
      |
    4 |   /a: {get: {operationId: x, responses: {200: {description: d}}}}
      |                           - keeps it
      |
      = help: give one of them another `operationId`
    ");
}

#[test]
fn leaves_out_what_cannot_be_sent_as_it_was_meant() {
    assert_snapshot!(operations("
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get: {responses: {200: {description: d}}}
  /b:
    get: {parameters: [{$ref: '#/components/parameters/Q'}], responses: {200: {description: d}}}
    put: {requestBody: {$ref: '#/components/requestBodies/B'}, responses: {200: {description: d}}}
    post: {responses: {200: {$ref: '#/components/responses/R'}}}
  /c: {$ref: 'https://example.org/paths.yaml#/c'}
"), @r#"
    Warning KW0201 #/paths/~1a~1{id}/parameters/0/$ref: no parameter is named `Id`
    Warning KW0201 #/paths/~1b/get/parameters/0/$ref: no parameter is named `Q`
    Warning KW0201 #/paths/~1b/put/requestBody/$ref: no request body is named `B`
    Warning KW0201 #/paths/~1b/post/responses/200/$ref: no response is named `R`
    Warning KW0202 #/paths/~1c/$ref: `https://example.org/paths.yaml#/c` leads out of the spec, and nothing is fetched
    Warning KW0316 #/paths/~1a~1{id}/get: `GET /a/{id}` is left out: a part of what it sends cannot be read
    Warning KW0316 #/paths/~1b/get: `GET /b` is left out: a part of what it sends cannot be read
    Warning KW0316 #/paths/~1b/put: `PUT /b` is left out: a part of what it sends cannot be read
    POST /b
    "#);
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
    Warning KW0401 #/components/headers/H/content/a~1b/encoding/x/headers: `headers` of the encoding object has no effect yet
    Warning KW0401 #/components/callbacks/C/u/post/callbacks: `callbacks` of the operation object has no effect yet
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
    Warning KW0302 #/servers: `servers` is a mapping, and was read as a list of one
    Warning KW0302 #/security: `security` is a mapping, and was read as a list of one
    Warning KW0303 #/tags/0: the tag object has no `name`
    Warning KW0302 #/tags/1: an item of `tags` has no value and is left out
    Warning KW0307 #/components/securitySchemes/key/type: the type `bearer` was read as `http` with that scheme
    Warning KW0305 #/components/securitySchemes/odd/in: `body` is not a place of an API key
    Warning KW0302 #/components/schemas: `schemas` is an empty list, and was read as an empty mapping
    Warning KW0313 #/paths/~1a~1{x}~1{x}: the path template `/a/{x}/{x}` has the parameter `x` twice; both get one value
    Warning KW0308 #/paths/~1a~1{x}~1{x}: the path template has `{x}`, but no parameter `x` is declared
    Warning KW0303 #/paths: the parameter object has no `name`
    Warning KW0303 #/paths: the parameter object has no `in`
    Warning KW0303 #/paths: the parameter object has no `schema`
    Warning KW0304 #/paths/~1a~1{x}~1{x}: `/a/{x}/{x}` is not a field of the parameter object
    Warning KW0302 #/paths/~1a~1{x}~1{x}/get/parameters: `parameters` is a mapping, and was read as a list of one
    Warning KW0305 #/paths/~1a~1{x}~1{x}/get/parameters/style: `FORM` is not a style of a parameter
    Warning KW0302 #/paths/~1a~1{x}~1{x}/get/responses/200: the response object has no value and counts as empty
    Warning KW0303 #/paths/~1a~1{x}~1{x}/get/responses/200: the response object has no `description`
    Warning KW0305 #/paths/~1a~1{x}~1{x}/get/responses/2000: `2000` is not a status
    Warning KW0303 #/paths/~1a~1{x}~1{x}/get/responses/2000: the response object has no `description`
    Warning KW0304 #/paths/~1b: `/b` is not a field of the parameter object
    Warning KW0314 #/paths/~1b/post: the operation documents no response
    Warning KW0303 #/paths/~1b/post/requestBody: the request body object has no `content`
    Warning KW0302 #/paths/~1b/post/parameters/0: an item of `parameters` has no value and is left out
    Warning KW0304 #/paths/~1c: `/c` is not a field of the parameter object
    Warning KW0302 #/paths/~1c/get: operation object expected, but this is a string
    Warning KW0314 #/paths/~1c/put: the operation documents no response
    Warning KW0316 #/paths/~1c/put: `PUT /c` is left out: a part of what it sends cannot be read
    Warning KW0302 #/paths/~1c/put/operationId: `operationId` is a mapping, not text, and counts as absent
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
