//! Documents in, the 3.0 document and what it could not say out.

use insta::assert_snapshot;

use crate::diagnostics::Diagnostics;
use crate::{interchange, testing};

/// Converts a document; what was reported stands above the result.
fn converted(text: &str) -> String {
    let mut found = Diagnostics::new(false);
    let description = testing::describe(text, &mut found);
    let document = interchange::convert(&description, &mut found).expect("3.0 understands it");
    let mut reported: Vec<String> = found
        .iter()
        .map(|it| format!("{}: {}", it.code, it.message))
        .collect();
    reported.push(serde_yaml::to_string(&document).expect("a document can be written"));
    reported.join("\n")
}

#[test]
fn what_3_1_says_in_other_words() {
    assert_snapshot!(
        converted(
            "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get:
      operationId: a
      responses:
        '200':
          description: A.
          content: { application/json: { schema: { $ref: '#/components/schemas/S' } } }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
  schemas:
    S:
      type: object
      required: [kind]
      properties:
        kind: { const: s }
        next: { $ref: '#/components/schemas/S', description: With a sibling. }
        none: { type: [string, 'null'] }
        number: { type: number, exclusiveMinimum: 0, maximum: 9, examples: [1] }
        several: { type: [string, integer] }
"
        ),
        @r#"
    openapi: 3.0.3
    info:
      title: T
      version: '1'
    paths:
      /a/{id}:
        get:
          operationId: a
          parameters:
          - in: path
            name: id
            required: true
            schema:
              type: string
            explode: false
            style: simple
          responses:
            '200':
              description: A.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/S'
          security: []
    components:
      schemas:
        S:
          type: object
          properties:
            kind:
              enum:
              - s
            next:
              description: With a sibling.
              allOf:
              - $ref: '#/components/schemas/S'
            none:
              nullable: true
              type: string
            number:
              example: 1
              type: number
              exclusiveMinimum: true
              minimum: 0.0
              maximum: 9.0
            several:
              anyOf:
              - type: string
              - type: integer
          required:
          - kind
    "#
    );
}

#[test]
fn what_3_0_cannot_say() {
    assert_snapshot!(
        converted(
            "openapi: 3.1.0
info: { title: T, version: '1' }
webhooks: { news: { post: { responses: { '204': { description: D. } } } } }
components:
  securitySchemes: { certificate: { type: mutualTLS } }
  schemas:
    Pair: { type: array, prefixItems: [{ type: string }] }
    Pattern: { type: object, patternProperties: { ^x: { type: string } } }
    If: { if: { type: string } }
"
        ),
        @"
    KW0701: OpenAPI 3.0 cannot say that there is a webhook
    KW0701: OpenAPI 3.0 cannot say `prefixItems`
    KW0701: OpenAPI 3.0 cannot say `patternProperties`
    KW0701: OpenAPI 3.0 cannot say `if`, `then`, `else` or `dependentSchemas`
    KW0701: OpenAPI 3.0 cannot say that a scheme is mutual TLS
    openapi: 3.0.3
    info:
      title: T
      version: '1'
    paths: {}
    components:
      schemas:
        Pair:
          type: array
          items: {}
        Pattern:
          type: object
        If: {}
    "
    );
}

#[test]
fn what_2_0_says_in_other_words() {
    assert_snapshot!(
        converted(
            "swagger: '2.0'
info: { title: T, version: '1' }
host: api.example.org
basePath: /v1
produces: [application/json]
securityDefinitions: { code: { type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: { r: Reads. } } }
paths:
  /a:
    put:
      operationId: a
      security: [{ code: [r] }]
      parameters:
        - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: pipes }
        - { name: a, in: body, required: true, schema: { $ref: '#/definitions/A' } }
      responses:
        '200': { description: A., schema: { $ref: '#/definitions/A' } }
definitions:
  A: { type: object, properties: { a: { type: string, x-nullable: true } } }
"
        ),
        @"
    openapi: 3.0.3
    info:
      title: T
      version: '1'
    servers:
    - url: https://api.example.org/v1
    paths:
      /a:
        put:
          operationId: a
          parameters:
          - in: query
            name: tags
            schema:
              type: array
              items:
                type: string
            explode: false
            style: pipeDelimited
          requestBody:
            content:
              application/json:
                schema:
                  $ref: '#/components/schemas/A'
            required: true
            x-body-name: a
          responses:
            '200':
              description: A.
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/A'
          security:
          - code:
            - r
    components:
      schemas:
        A:
          type: object
          properties:
            a:
              nullable: true
              x-nullable: true
              type: string
      securitySchemes:
        code:
          type: oauth2
          flows:
            authorizationCode:
              authorizationUrl: https://a
              tokenUrl: https://t
              scopes:
                r: Reads.
    "
    );
}

#[test]
fn forms_of_2_0() {
    assert_snapshot!(
        converted(
            "swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /b:
    post:
      operationId: b
      parameters:
        - { name: file, in: formData, type: file, required: true }
        - { name: tags, in: formData, type: array, items: { type: string } }
      consumes: [multipart/form-data]
      responses: { '204': { description: B. } }
"
        ),
        @"
    openapi: 3.0.3
    info:
      title: T
      version: '1'
    paths:
      /b:
        post:
          operationId: b
          requestBody:
            content:
              multipart/form-data:
                schema:
                  type: object
                  properties:
                    file:
                      type: string
                      format: binary
                    tags:
                      type: array
                      items:
                        type: string
                  required:
                  - file
                encoding:
                  tags:
                    contentType: null
                    style: form
            required: true
          responses:
            '204':
              description: B.
          security: []
    components: {}
    "
    );
}
