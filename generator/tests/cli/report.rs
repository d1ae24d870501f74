//! `keywright generate --report`.

use std::fs;

use insta::assert_snapshot;

use crate::{keywright, project};

#[test]
fn reports_who_applies_security_schemes() {
    let spec = "\
openapi: 3.1.0
info: { title: Small, version: '1' }
paths:
  /ping:
    get: { parameters: [{ name: Authorization, in: header, description: A JWT, schema: {} }], responses: {} }
    put: { security: [{ lost: [] }, { key: [] }, { shown: [] }], responses: {} }
components:
  securitySchemes:
    key: { type: apiKey, in: query, name: 'k|`<' }
    shown: { type: mutualTLS }
";
    let folder = project(spec);
    let at = folder.path();
    let (code, _, _) = keywright(at, &["generate", "--report", "report.md"]);
    assert_eq!(code, 0);
    let report = fs::read_to_string(at.join("report.md")).expect("the report is there");
    let start = report.find("### Security schemes").expect("there are some");
    let end = report[start..].find("\n\n### Fields").expect("it ends");
    assert_snapshot!(report[start..start + end], @r"
    ### Security schemes

    | scheme | kind | treatment | at |
    |---|---|---|---|
    | `key` | key in the query parameter `k\|`\<\` | applied | `small.yaml:9:10 at #/components/securitySchemes/key` |
    | `shown` | mutual TLS | applied | `small.yaml:10:12 at #/components/securitySchemes/shown` |
    | `bearerAuth` | bearer token | inferred from parameters | `small.yaml:5:25 at #/paths/~1ping/get/parameters/0` |
    | `lost` | not declared | left to the transport | `small.yaml:6:10 at #/paths/~1ping/put` |
    ");
    let (code, _, _) = keywright(at, &["generate", "--report", "report.json"]);
    assert_eq!(code, 0);
    let report = fs::read_to_string(at.join("report.json")).expect("the report is there");
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    assert_eq!(
        report["apis"][0]["security"][2]["standing"],
        "inferred from parameters"
    );
}

#[test]
fn reports_what_became_of_a_document() {
    let spec = "\
openapi: 3.1.0
info: { title: Small, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /ping:
    get:
      operationId: ping
      x-owner: nobody
      responses:
        '200':
          description: Alive.
          content: { application/json: { schema: { type: object, not: { required: [dead] } } } }
    post:
      operationId: send
      requestBody: { content: { multipart/form-data: { schema: { type: object } } } }
      responses: { '204': { description: Taken. } }
    delete:
      parameters: [{ $ref: '#/components/parameters/none' }]
      responses: { '204': { description: Gone. } }
";
    let folder = project(spec);
    let at = folder.path();
    let (code, _, _) = keywright(at, &["generate", "--report", "report.md"]);
    assert_eq!(code, 0);
    let report = fs::read_to_string(at.join("report.md")).expect("the report is there");
    assert_snapshot!(report, @"
    # Keywright coverage report

    ## `small`

    Generated from `small.yaml`.

    - Operations with a method: 2 of 3
    - Values without a type: 1
    - Findings: 3

    ### Operations without a method

    | operation | at | reason |
    |---|---|---|
    | `DELETE /ping` | `small.yaml:18:7 at #/paths/~1ping/delete` | part of its request cannot be read |

    ### Values without a type

    | at | why |
    |---|---|
    | `small.yaml:12:50 at #/paths/~1ping/get/responses/200/content/application~1json/schema` | the object says nothing of its properties |

    ### Fields without effect

    | object | field | times | first at |
    |---|---|---|---|
    | operation | `x-owner` | 1 | `small.yaml:8:7 at #/paths/~1ping/get/x-owner` |
    | schema | `not` | 1 | `small.yaml:12:66 at #/paths/~1ping/get/responses/200/content/application~1json/schema/not` |

    ### Fields that only appear in the docs

    | object | field | times | first at |
    |---|---|---|---|
    | document | `info` | 1 | `small.yaml:2:1 at #/info` |
    | info object | `title` | 1 | `small.yaml:2:9 at #/info/title` |
    | info object | `version` | 1 | `small.yaml:2:23 at #/info/version` |
    | response | `description` | 3 | `small.yaml:11:11 at #/paths/~1ping/get/responses/200/description` |

    ### Fields with an effect on the client

    | object | field | times | first at |
    |---|---|---|---|
    | document | `openapi` | 1 | `small.yaml:1:1 at #/openapi` |
    | document | `paths` | 1 | `small.yaml:4:1 at #/paths` |
    | document | `servers` | 1 | `small.yaml:3:1 at #/servers` |
    | media type | `schema` | 2 | `small.yaml:12:42 at #/paths/~1ping/get/responses/200/content/application~1json/schema` |
    | operation | `operationId` | 2 | `small.yaml:7:7 at #/paths/~1ping/get/operationId` |
    | operation | `parameters` | 1 | `small.yaml:18:7 at #/paths/~1ping/delete/parameters` |
    | operation | `requestBody` | 1 | `small.yaml:15:7 at #/paths/~1ping/post/requestBody` |
    | operation | `responses` | 3 | `small.yaml:9:7 at #/paths/~1ping/get/responses` |
    | parameter | `$ref` | 1 | `small.yaml:18:22 at #/paths/~1ping/delete/parameters/0/$ref` |
    | path item | `delete` | 1 | `small.yaml:17:5 at #/paths/~1ping/delete` |
    | path item | `get` | 1 | `small.yaml:6:5 at #/paths/~1ping/get` |
    | path item | `post` | 1 | `small.yaml:13:5 at #/paths/~1ping/post` |
    | request body | `content` | 1 | `small.yaml:15:22 at #/paths/~1ping/post/requestBody/content` |
    | response | `content` | 1 | `small.yaml:12:11 at #/paths/~1ping/get/responses/200/content` |
    | schema | `required` | 1 | `small.yaml:12:73 at #/paths/~1ping/get/responses/200/content/application~1json/schema/not/required` |
    | schema | `type` | 2 | `small.yaml:12:52 at #/paths/~1ping/get/responses/200/content/application~1json/schema/type` |
    | server | `url` | 1 | `small.yaml:3:13 at #/servers/0/url` |

    ### Findings

    | code | at | finding |
    |---|---|---|
    | KW0201 | `small.yaml:18:28 at #/paths/~1ping/delete/parameters/0/$ref` | no parameter is named `none` |
    | KW0316 | `small.yaml:18:7 at #/paths/~1ping/delete` | `DELETE /ping` is left out: part of its request cannot be read |
    | KW0401 | `small.yaml:12:66 at #/paths/~1ping/get/responses/200/content/application~1json/schema/not` | `not` is not supported yet |
    ");
    let (code, _, _) = keywright(at, &["generate", "--report", "report.json"]);
    assert_eq!(code, 0);
    let report = fs::read_to_string(at.join("report.json")).expect("the report is there");
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    assert_eq!(report["apis"][0]["operations"]["documented"], 3);
    assert_eq!(report["apis"][0]["untyped"][0]["at"]["line"], 12);

    // A report of its own is replaced, and nothing else is.
    fs::write(at.join("notes.md"), "My notes").expect("it can be written");
    let (code, _, _) = keywright(at, &["generate", "--report", "report.md"]);
    assert_eq!(code, 0);
    let (code, _, complaint) = keywright(at, &["generate", "--report", "notes.md"]);
    assert_eq!(code, 1);
    assert!(complaint.contains("KW0601"), "{complaint}");
    let notes = fs::read_to_string(at.join("notes.md")).expect("it is there");
    assert_eq!(notes, "My notes");
}

/// A discriminator that no enum goes by is no feature that the client has.
#[test]
fn reports_which_discriminators_have_an_effect() {
    let spec = "\
openapi: 3.0.3
info: { title: Small, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /ping: { get: { operationId: ping, responses: { '204': { description: Alive. } } } }
components:
  schemas:
    Sole: { type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
    Root: { type: object, properties: { id: { type: string } } }
    Base:
      allOf:
        - $ref: '#/components/schemas/Root'
        - { type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind, mapping: { leaf: Leaf } } }
    Leaf: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { size: { type: integer } } }] }
";
    let folder = project(spec);
    let at = folder.path();
    let (code, _, _) = keywright(at, &["generate", "--report", "report.md"]);
    assert_eq!(code, 0);
    let report = fs::read_to_string(at.join("report.md")).expect("the report is there");
    let lines = report.lines();
    let lines: Vec<&str> = lines
        .filter(|line| line.starts_with("###") || line.contains("discriminator"))
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    ### Values without a type
    ### Fields without effect
    | discriminator | `propertyName` | 1 | `small.yaml:8:84 at #/components/schemas/Sole/discriminator/propertyName` |
    | schema | `discriminator` | 1 | `small.yaml:8:67 at #/components/schemas/Sole/discriminator` |
    ### Fields that only appear in the docs
    ### Fields with an effect on the client
    | discriminator | `mapping` | 1 | `small.yaml:13:104 at #/components/schemas/Base/allOf/1/discriminator/mapping` |
    | discriminator | `propertyName` | 1 | `small.yaml:13:84 at #/components/schemas/Base/allOf/1/discriminator/propertyName` |
    | schema | `discriminator` | 1 | `small.yaml:13:67 at #/components/schemas/Base/allOf/1/discriminator` |
    ");
}

/// Nor is one beside a choice that something else decides.
#[test]
fn reports_which_discriminators_beside_choices_have_an_effect() {
    let spec = "\
openapi: 3.0.3
info: { title: Small, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /ping: { get: { operationId: ping, responses: { '204': { description: Alive. } } } }
components:
  schemas:
    Oak: { type: object, required: [kind], properties: { kind: { type: string }, rings: { type: integer } } }
    Fern: { type: object, required: [kind], properties: { kind: { type: string }, fronds: { type: integer } } }
    Note: { type: string }
    Told: { oneOf: [{ $ref: '#/components/schemas/Oak' }, { $ref: '#/components/schemas/Fern' }], discriminator: { propertyName: kind } }
    Plain: { oneOf: [{ $ref: '#/components/schemas/Oak' }, { $ref: '#/components/schemas/Note' }], discriminator: { propertyName: kind } }
    Alone: { oneOf: [{ $ref: '#/components/schemas/Oak' }], discriminator: { propertyName: kind } }
";
    let folder = project(spec);
    let at = folder.path();
    let (code, _, _) = keywright(at, &["generate", "--report", "report.md"]);
    assert_eq!(code, 0);
    let report = fs::read_to_string(at.join("report.md")).expect("the report is there");
    let lines: Vec<&str> = report
        .lines()
        .filter(|line| line.starts_with("### Fields") || line.contains("`discriminator`"))
        .collect();
    assert_snapshot!(lines.join("\n"), @r"
    ### Fields without effect
    | schema | `discriminator` | 2 | `small.yaml:12:100 at #/components/schemas/Plain/discriminator` |
    ### Fields that only appear in the docs
    ### Fields with an effect on the client
    | schema | `discriminator` | 1 | `small.yaml:11:99 at #/components/schemas/Told/discriminator` |
    ");
}

/// Every operation of a path has a method, or a reason why it has none.
#[test]
fn reports_why_operations_are_left_out() {
    let spec = "\
openapi: 3.2.0
info: { title: Small, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /ping/{id:
    get: { responses: { '204': { description: Alive. } } }
    put: { responses: { '204': { description: Alive. } } }
  /pong:
    get: { responses: { '204': { description: Alive. } } }
    put: nothing
    additionalOperations:
      GET: { responses: { '204': { description: Alive. } } }
      'no word': { responses: { '204': { description: Alive. } } }
      CONNECT: { responses: { '204': { description: Alive. } } }
  /both: { $ref: '#/components/pathItems/callbacks' }
webhooks:
  told: { put: nothing }
components:
  pathItems:
    callbacks:
      get: { parameters: [{ $ref: '#/lost' }], responses: { '204': { description: Alive. } } }
";
    let folder = project(spec);
    let at = folder.path();
    let (_, _, _) = keywright(at, &["generate", "--report", "report.md"]);
    let report = fs::read_to_string(at.join("report.md")).expect("the report is there");
    let start = report.find("- Operations with").expect("it counts");
    let end = report.find("### Fields").expect("it ends");
    assert_snapshot!(&report[start..end], @"
    - Operations with a method: 1 of 8
    - Values without a type: 0
    - Findings: 8

    ### Operations without a method

    | operation | at | reason |
    |---|---|---|
    | `GET /ping/{id` | `small.yaml:6:10 at #/paths/~1ping~1{id/get` | the path template is malformed |
    | `PUT /ping/{id` | `small.yaml:7:10 at #/paths/~1ping~1{id/put` | the path template is malformed |
    | `PUT /pong` | `small.yaml:10:10 at #/paths/~1pong/put` | it is not an object |
    | `GET /pong` | `small.yaml:12:12 at #/paths/~1pong/additionalOperations/GET` | the path has another operation for the same method |
    | `no word /pong` | `small.yaml:13:18 at #/paths/~1pong/additionalOperations/no word` | its method is not a valid HTTP method |
    | `CONNECT /pong` | `small.yaml:14:16 at #/paths/~1pong/additionalOperations/CONNECT` | `CONNECT` opens a tunnel through a proxy and has no response to read |
    | `GET /both` | `small.yaml:21:12 at #/components/pathItems/callbacks/get` | part of its request cannot be read |
    ");
}
