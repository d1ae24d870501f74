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
        @r#"
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
        If: {}
        Pair:
          type: array
          items: {}
        Pattern:
          type: object
    "#
    );
}
