//! Documents of 2.0 in, the version-free description out.

use insta::assert_snapshot;

use crate::normalize::tests::{printed, read};

/// What a document says, and the findings about it.
fn described(rest: &str) -> String {
    let text = format!("swagger: '2.0'\ninfo: {{title: T, version: v}}\n{rest}");
    let (model, mut lines) = read(&text);
    let model = model.expect("the root is a mapping");
    lines.push_str(&printed(&model));
    lines
}

/// The same for a single operation, whose fields are given.
fn operation(fields: &str) -> String {
    let indented: Vec<String> = fields.lines().map(|it| format!("      {it}")).collect();
    let fields = indented.join("\n");
    described(&format!(
        "paths:\n  /a:\n    post:\n{fields}\n      responses: {{200: {{description: d}}}}\n"
    ))
}

#[test]
fn makes_servers() {
    let servers = |rest: &str| described(&format!("{rest}\npaths: {{}}"));
    assert_snapshot!(servers("host: api.example.org:8443\nbasePath: /v1/\nschemes: [http, https]"), @"
    server https://api.example.org:8443/v1
    server http://api.example.org:8443/v1
    ");
    assert_snapshot!(servers("host: api.example.org"), @"server https://api.example.org");
    assert_snapshot!(servers("basePath: /v1\nschemes: https"), @"
    Warning KW0302 #/schemes: `schemes` is a string, not a list; it is read as a list with one item
    server /v1
    ");
    assert_snapshot!(servers("basePath: /"), @"");
    assert_snapshot!(servers("host: https://api.example.org/v1\nbasePath: v2\nschemes: [gopher]"), @"
    Warning KW0305 #/host: `host` is `https://api.example.org/v1`, which is more than a host; it is read as the start of a URL
    Warning KW0305 #/basePath: `basePath` does not start with `/`; it is read as `/v2`
    Warning KW0305 #/schemes: `gopher` is not a transfer protocol
    server https://api.example.org/v1/v2
    ");
    assert_snapshot!(servers("basePath: http://api.example.org/v1"), @"
    Warning KW0305 #/basePath: `basePath` is `http://api.example.org/v1`, which is more than a host; it is read as the start of a URL
    server http://api.example.org/v1
    ");
    assert_snapshot!(servers("host: '{tenant}.example.org'\nbasePath: /v1"), @"
    Warning KW0305 #/host: `host` contains a variable, which OpenAPI 2.0 does not allow: `{tenant}.example.org`
    server /v1
    ");
    assert_snapshot!(servers("host: api.example.org\nbasePath: '/{version}'"), @"Warning KW0305 #/basePath: `basePath` contains a variable, which OpenAPI 2.0 does not allow: `/{version}`");
}

#[test]
fn gives_operations_servers_of_their_own() {
    assert_snapshot!(described("
host: api.example.org
schemes: [https]
paths:
  /a:
    get: {schemes: [http], responses: {200: {description: d}}}
    put: {schemes: [https], responses: {200: {description: d}}}
"), @r#"
    server https://api.example.org
    GET /a
      200 nothing "d"
      at http://api.example.org
    PUT /a
      200 nothing "d"
    "#);
}

#[test]
fn reads_parameters() {
    assert_snapshot!(described("
paths:
  /a/{id}:
    parameters:
      - {$ref: '#/parameters/Id'}
      - {name: q, in: query, type: string}
    get:
      parameters:
        - {name: q, in: query, type: integer, minimum: 0, exclusiveMinimum: true, format: int64}
        - {name: e, in: query, type: string, enum: [a, b], x-enum-varnames: [A, B], x-keywright-name: letter}
        - {name: Accept, in: header, type: string}
        - {name: Authorization, in: header, type: string, required: true}
        - {name: o, in: query, type: object}
        - {name: s, in: query, schema: {type: string}}
        - {name: n, in: query}
        - {name: b, in: Query, type: bool, x-nullable: true}
        - {name: b, in: query, type: string}
      responses: {200: {description: d}}
parameters:
  Id: {name: id, in: path, type: string}
"), @r#"
    Warning KW0306 #/paths/~1a~1{id}/get/parameters/2: the header parameter `Accept` is ignored
    Warning KW0307 #/paths/~1a~1{id}/get/parameters/5/schema: `schema` is only allowed in body parameters; it is read as the schema of the value
    Warning KW0303 #/paths/~1a~1{id}/get/parameters/6: the parameter object has no `type`
    Warning KW0305 #/paths/~1a~1{id}/get/parameters/7/in: `Query` is not a parameter location; it is read as `query`
    Warning KW0305 #/paths/~1a~1{id}/get/parameters/7/type: `bool` is not a type; it is read as `boolean`
    Warning KW0312 #/paths/~1a~1{id}/get/parameters/8: two query parameters are named `b`
    Warning KW0303 #/parameters/Id: the path parameter `id` has no `required: true`
    GET /a/{id}
      Path id! Simple (string)
      Query q Form (integer > 0 format "int64")
      Query e Form (string enum ["a", "b"] x-enum-varnames=["A","B"])
      Header Authorization! Simple (string)
      Query o Form exploded (object)
      Query s Form (string)
      Query n Form ()
      Query b Form (boolean or null x-nullable=true)
      200 nothing "d"
    "#);
}

#[test]
fn reads_collection_formats() {
    assert_snapshot!(operation("
parameters:
  - {name: a, in: query, type: array, items: {type: string}}
  - {name: b, in: query, type: array, items: {type: string}, collectionFormat: multi}
  - {name: c, in: query, type: array, items: {type: string}, collectionFormat: ssv}
  - {name: d, in: query, type: array, items: {type: string}, collectionFormat: pipes}
  - {name: e, in: query, type: array, items: {type: string}, collectionFormat: tsv}
  - {name: f, in: header, type: array, items: {type: string}, collectionFormat: csv}
  - {name: g, in: header, type: array, items: {type: string}, collectionFormat: multi}
  - {name: h, in: query, type: array, collectionFormat: pipes, items: {type: array, items: {type: string}, collectionFormat: csv}}
  - {name: i, in: query, type: array, items: {type: string}, collectionFormat: coma}
  - {name: j, in: query, type: string, collectionFormat: multi}
"), @r#"
    Warning KW0305 #/paths/~1a/post/parameters/6/collectionFormat: `collectionFormat: multi` is only allowed in queries and forms; it is read as `csv`
    Warning KW0401 #/paths/~1a/post/parameters/7/items/collectionFormat: `collectionFormat` of a list inside another list is not supported yet
    Warning KW0305 #/paths/~1a/post/parameters/8/collectionFormat: `coma` is not a `collectionFormat`; it is read as `csv`
    POST /a
      Query a Form (array items (string))
      Query b Form exploded (array items (string))
      Query c SpaceDelimited (array items (string))
      Query d PipeDelimited (array items (string))
      Query e TabDelimited (array items (string))
      Header f Simple (array items (string))
      Header g Simple (array items (string))
      Query h PipeDelimited (array items (array items (string)))
      Query i Form (array items (string))
      Query j Form (string)
      200 nothing "d"
    "#);
}

#[test]
fn makes_a_body_of_a_body_parameter() {
    assert_snapshot!(operation("
consumes: [application/json, application/xml, application/json, nonsense]
parameters: [{name: pet, in: body, required: true, description: A pet., schema: {type: object, discriminator: kind}}]
"), @r#"
    Warning KW0305 #/paths/~1a/post/consumes/3: `nonsense` in `consumes` is not a media type; it is ignored
    POST /a
      body! application/json (object by kind {}) | application/xml (object by kind {})
      200 nothing "d"
    "#);
    assert_snapshot!(operation("
parameters:
  - {name: a, in: body, schema: {type: string}}
  - {name: b, in: body, schema: {type: integer}}
  - {name: c, in: formData, type: string}
"), @r#"
    Warning KW0312 #/paths/~1a/post/parameters/1: the operation has a second body parameter
    Warning KW0305 #/paths/~1a/post/parameters/2: the operation has both a body and form fields; the form fields are left out
    POST /a
      body application/json (string)
      200 nothing "d"
    "#);
    assert_snapshot!(operation("parameters: [{name: a, in: body, schema: {type: file}}]"), @r#"
    POST /a
      body application/octet-stream (string format "binary")
      200 nothing "d"
    "#);
    assert_snapshot!(operation("parameters: [{name: a, in: body, type: string}]"), @r#"
    Warning KW0303 #/paths/~1a/post/parameters/0: the parameter object has no `schema`
    POST /a
      body application/json (string)
      200 nothing "d"
    "#);
}

#[test]
fn makes_a_body_of_form_parameters() {
    assert_snapshot!(operation("
parameters:
  - {name: a, in: formData, type: string, required: true, description: One.}
  - {name: b, in: formData, type: array, items: {type: integer}, collectionFormat: pipes}
  - {name: c, in: formData, type: array, items: {type: integer}, collectionFormat: multi}
"), @r#"
    POST /a
      body! application/x-www-form-urlencoded (object a: (string about "One.") b: (array items (integer)) c: (array items (integer)) required ["a"]) [b PipeDelimited in one]
      200 nothing "d"
    "#);
    assert_snapshot!(operation("
consumes: [multipart/form-data, application/x-www-form-urlencoded]
parameters: [{name: a, in: formData, type: string}]
"), @r#"
    schema #/paths/~1a/post: object
      a: (string)
    POST /a
      body multipart/form-data #/paths/~1a/post | application/x-www-form-urlencoded #/paths/~1a/post
      200 nothing "d"
    "#);
    assert_snapshot!(operation("
consumes: [application/json]
parameters: [{name: a, in: formData, type: file, description: A file.}]
"), @r#"
    Warning KW0305 #/paths/~1a/post: `consumes` lists no media type that can carry a file; it is sent as `multipart/form-data`
    POST /a
      body multipart/form-data (object a: (string format "binary" about "A file."))
      200 nothing "d"
    "#);
}

#[test]
fn takes_bodies_and_forms_from_the_path() {
    assert_snapshot!(described("
consumes: [application/x-www-form-urlencoded]
paths:
  /a:
    parameters:
      - {$ref: '#/parameters/Field'}
      - {name: own, in: formData, type: string}
    post:
      parameters: [{name: own, in: formData, type: integer}]
      responses: {200: {description: d}}
parameters:
  Field: {name: field, in: formData, type: string}
"), @r#"
    POST /a
      body application/x-www-form-urlencoded (object own: (integer) field: (string))
      200 nothing "d"
    "#);
}

#[test]
fn reads_responses() {
    assert_snapshot!(described("
produces: [application/json]
paths:
  /a:
    get:
      produces: [application/json, application/xml]
      responses:
        200: {description: d, schema: {$ref: '#/definitions/A'}, headers: {X-A: {type: array, items: {type: string}}, Content-Type: {type: string}}}
        404: {$ref: '#/responses/Missing'}
    put:
      responses:
        200: {description: d, schema: {type: file, description: A file.}}
        204: {examples: [a]}
    post:
      produces: [image/png]
      responses:
        200: {description: d, schema: {type: file}}
        400: {description: d, schema: {$ref: '#/definitions/A'}}
        404: {description: d, schema: {$ref: '#/definitions/A'}, examples: {application/problem+json: {a: b}, text: x}}
        500: {description: d, examples: {text/plain: oops}}
    delete:
      produces: []
      responses: {200: {description: d, schema: {type: string}}}
responses:
  Missing: {description: Not there., schema: {type: string}}
definitions:
  A: {type: object, properties: {a: {type: string}}}
"), @r#"
    Warning KW0303 #/paths/~1a/put/responses/204: the response object has no `description`
    Warning KW0302 #/paths/~1a/put/responses/204/examples: `examples` is a list, not a mapping; it is ignored
    Warning KW0305 #/paths/~1a/post/responses/400/schema: none of the media types in `produces` can carry this schema; JSON is accepted, too
    Warning KW0305 #/paths/~1a/post/responses/404/examples/text: `produces` does not list `text`; the example is left out
    Warning KW0303 #/paths/~1a/post/responses/500: the response object has no `schema`
    schema A: object
      a: (string)
    GET /a
      200 application/json A | application/xml A [X-A: Simple (array items (string))] "d"
      404 application/json (string) | application/xml (string) "Not there."
    PUT /a
      200 application/octet-stream (string format "binary" about "A file.") "d"
      204 nothing ""
    POST /a
      200 image/png (string format "binary") "d"
      400 image/png A | application/json A "d"
      404 image/png A | application/problem+json A "d"
      500 text/plain "d"
    DELETE /a
      200 application/json (string) "d"
    "#);
}

#[test]
fn reads_schemas() {
    assert_snapshot!(described("
paths: {}
definitions:
  Animal: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
  Cat: {allOf: [{$ref: '#/definitions/Animal'}, {properties: {claws: {type: integer, maximum: 9, exclusiveMaximum: true}}}]}
  Nullable: {type: string, x-nullable: true}
  Later: {anyOf: [{type: string}, {type: integer}], nullable: true, deprecated: true, const: a}
  Object: {discriminator: {propertyName: kind, mapping: {cat: Cat}}}
  File: {type: file}
  Odd: {properties: {a: {type: Int, required: true}, b: {$ref: '#/definitions/Cat', description: d, type: object, minLength: 1}}}
"), @r#"
    Warning KW0307 #/definitions/Later/anyOf: `anyOf` comes from OpenAPI 3.0; it is read as it would be there
    Warning KW0307 #/definitions/Later/nullable: `nullable` comes from OpenAPI 3.0; it is read as an additional type `null`
    Warning KW0307 #/definitions/Later/deprecated: `deprecated` comes from OpenAPI 3.0; it is read as it would be there
    Warning KW0307 #/definitions/Later/const: `const` comes from OpenAPI 3.1; it is read as it would be there
    Warning KW0307 #/definitions/Object/discriminator: `discriminator` is an object, as in OpenAPI 3.0; it is read as it would be there
    Warning KW0307 #/definitions/File/type: the type `file` comes from OpenAPI 2.0 and is not for schemas; it is read as `string` with `format: binary`
    Warning KW0305 #/definitions/Odd/properties/a/type: `Int` is not a type; it is read as `integer`
    Warning KW0302 #/definitions/Odd/properties/a/required: `required` is a boolean, not a list; it is ignored
    Warning KW0304 #/definitions/Odd/properties/b/type: `type` next to `$ref` is ignored
    Warning KW0304 #/definitions/Odd/properties/b/minLength: `minLength` next to `$ref` is ignored
    schema Animal: object required ["kind"] by kind {}
      kind: (string)
    schema Cat: all of Animal, (claws: (integer < 9))
    schema Nullable: string or null x-nullable=true
    schema Later: or null const "a" any of (string), (integer) deprecated
    schema Object: by kind {cat = Cat}
    schema File: string format "binary"
    schema Odd: 
      a: (integer)
      b: (-> Cat about "d")
    "#);
}

#[test]
fn reads_security() {
    assert_snapshot!(described("
securityDefinitions:
  basic: {type: basic}
  key: {type: apiKey, in: header, name: X-Key}
  implicit: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: {read: Reads., x-internal: true}}
  password: {type: oauth2, flow: password, tokenUrl: 'https://t', scopes: {}}
  application: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}
  code: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a'}
  bearer: {type: http, scheme: bearer}
  later: {type: oauth2, flow: clientCredentials}
  odd: {type: oauth2, flow: code}
  none: {type: oauth2}
security: [{basic: []}]
paths:
  /a:
    get: {security: [{key: [], implicit: [read]}, {}], responses: {200: {description: d}}}
    put: {responses: {200: {description: d}}, parameters: [{name: Authorization, in: header, type: string}]}
    post: {security: [{bassic: []}], responses: {200: {description: d}}}
"), @r#"
    Warning KW0303 #/securityDefinitions/code: the security scheme object has no `tokenUrl`
    Warning KW0307 #/securityDefinitions/bearer: the security scheme is written as in OpenAPI 3.0; it is read as it would be there
    Warning KW0303 #/securityDefinitions/later: the security scheme object has no `tokenUrl`
    Warning KW0307 #/securityDefinitions/later/flow: the flow `clientCredentials` comes from OpenAPI 3.0; it is read as it would be there
    Warning KW0305 #/securityDefinitions/odd/flow: `code` is not a security scheme flow in OpenAPI 2.0
    Warning KW0303 #/securityDefinitions/none: the security scheme object has no `flow`
    Warning KW0306 #/paths/~1a/put/parameters/0: the header parameter `Authorization` is ignored because `security` decides which credential is sent
    Warning KW0311 #/paths/~1a/post/security/0/bassic: no security scheme is named `bassic`
    scheme basic: HTTP basic
    scheme key: API key Header X-Key
    scheme implicit: OAuth 2 implicit authorization https://a scopes ["read"]
    scheme password: OAuth 2 password token https://t scopes []
    scheme application: OAuth 2 client credentials token https://t scopes []
    scheme code: OAuth 2 authorization code authorization https://a scopes []
    scheme bearer: HTTP bearer
    scheme later: OAuth 2 client credentials scopes []
    scheme odd: OAuth 2 
    scheme none: OAuth 2 
    GET /a
      200 nothing "d"
      needs {"key": [], "implicit": ["read"]}
      needs {}
    PUT /a
      200 nothing "d"
      needs {"basic": []}
    POST /a
      200 nothing "d"
      needs {"bassic": []}
    "#);
}
