//! Operations in, the model out.

use insta::assert_snapshot;

use super::{document, operations, read};
use crate::model::SecuritySchemeKind;

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
    Warning KW0306 #/paths/~1a~1{id}/get/parameters/3: the header parameter `accept` is ignored
    Warning KW0303 #/components/parameters/Id: the path parameter `id` has no `required: true`
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
    Warning KW0316 #/paths/~1a~1{id}/get: `GET /a/{id}` is left out: part of its request cannot be read
    Warning KW0309 #/paths/~1a~1{id}/get/parameters/0: the path parameter `idd` does not appear in the path template `/a/{id}`
    Warning KW0312 #/paths/~1a~1{id}/get/parameters/2: two header parameters are named `x-a`
    Warning KW0309 #/paths/~1a~1{id}/get/parameters/3: the path parameter `s` does not appear in the path template `/a/{id}`
    Warning KW0305 #/paths/~1a~1{id}/get/parameters/3/style: a path parameter cannot have the style `form`
    Warning KW0303 #/paths/~1a~1{id}/get/parameters/4: the parameter object has no `schema`
    Warning KW0304 #/paths/~1a~1{id}/get/parameters/4/type: `type` is not a field of the parameter object
    Warning KW0305 #/paths/~1a~1{id}/get/parameters/5/in: `nowhere` is not a parameter location
    Warning KW0303 #/paths/~1a~1{id}/get/parameters/6: the parameter object has no `name`
    Warning KW0313 #/paths/b~1{: the path `b/{` does not start with `/`
    Warning KW0313 #/paths/b~1{: the path template `/b/{` has a `{` without a `}`
    Warning KW0302 #/paths/~1c/get/parameters: `parameters` is an empty mapping, not a list; it is read as an empty list
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
    Warning KW0305 #/paths/~1a/post/responses/4xx: `4xx` is not a status code or range
    Warning KW0303 #/paths/~1a/post/responses/4xx: the response object has no `description`
    Warning KW0305 #/paths/~1a/post/responses/999: `999` is not a status code or range
    Warning KW0314 #/paths/~1a/get: the operation documents no responses
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
    Warning KW0307 #/components/securitySchemes/bad/type: `basic` is not a security scheme type; it is read as `type: http` with `scheme: basic`
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
        .map(|it| match &it.kind {
            SecuritySchemeKind::OpenIdConnect { url } => format!("OpenID Connect {:?}", url.text),
            kind => format!("{kind:?}"),
        })
        .collect();
    assert_snapshot!(kinds.join("\n"), @r#"
    Http { scheme: "bearer", bearer_format: Some("JWT") }
    Http { scheme: "bearer", bearer_format: Some("JWT") }
    OpenID Connect "https://a"
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
    Warning KW0401 #/components/callbacks/C/{$request.body#~1url}/post/callbacks: `callbacks` of the operation object is not supported yet
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
"), @"
    Warning KW0201 #/paths/~1a~1{id}/parameters/0/$ref: no parameter is named `Id`
    Warning KW0201 #/paths/~1b/get/parameters/0/$ref: no parameter is named `Q`
    Warning KW0201 #/paths/~1b/put/requestBody/$ref: no request body is named `B`
    Warning KW0201 #/paths/~1b/post/responses/200/$ref: no response is named `R`
    Warning KW0202 #/paths/~1c/$ref: `https://example.org/paths.yaml#/c` points to the network; Keywright does not fetch anything
    Warning KW0316 #/paths/~1a~1{id}/get: `GET /a/{id}` is left out: part of its request cannot be read
    Warning KW0316 #/paths/~1b/get: `GET /b` is left out: part of its request cannot be read
    Warning KW0316 #/paths/~1b/put: `PUT /b` is left out: part of its request cannot be read
    POST /b
    ");
}
