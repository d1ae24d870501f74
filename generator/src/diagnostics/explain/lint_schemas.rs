//! What the codes about schemas and names that are hard to use mean.

use super::{Example, Explanation};

pub(super) const OVERLAPPING_BRANCHES: Explanation = Explanation {
    meaning: "\
        A value can match several branches of a `oneOf` or `anyOf`, and nothing in the value says which one is meant. \
        The client tries the branches one after the other and may choose a different one than the server meant.\n\n\
        Add a `discriminator`, or give each branch a property with its own `const`.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet:
      oneOf:
        - { $ref: '#/components/schemas/Cat' }
        - { $ref: '#/components/schemas/Dog' }
    Cat: { type: object, properties: { name: { type: string }, indoor: { type: boolean } } }
    Dog: { type: object, properties: { name: { type: string }, tricks: { type: integer } } }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      oneOf:
        - { $ref: '#/components/schemas/Cat' }
        - { $ref: '#/components/schemas/Dog' }
    Cat:
      type: object
      required: [kind]
      properties: { kind: { const: cat }, name: { type: string }, indoor: { type: boolean } }
    Dog:
      type: object
      required: [kind]
      properties: { kind: { const: dog }, name: { type: string }, tricks: { type: integer } }
",
    }),
};

pub(super) const UNTITLED_INLINE_TYPE: Explanation = Explanation {
    meaning: "\
        An inline schema without a `title` becomes a Rust type that is named after the place of the schema, such as \
        `FindPetResponse`. The name changes when the schema moves, and two places with the same schema give two types.\n\n\
        Move the schema to `components.schemas`, or name it with `x-keywright-name`.",
    example: Some(Example {
        wrong: "\
paths:
  /pet:
    get:
      operationId: findPet
      responses:
        '200':
          description: The pet.
          content:
            application/json: { schema: { type: object, properties: { name: { type: string } } } }
",
        right: "\
paths:
  /pet:
    get:
      operationId: findPet
      responses:
        '200':
          description: The pet.
          content:
            application/json: { schema: { $ref: '#/components/schemas/Pet' } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
",
    }),
};

pub(super) const CHANGED_NAME: Explanation = Explanation {
    meaning: "\
        A name of the document is not possible in Rust, or something else already has it. Callers find the part under \
        a different name than the one in the documentation of the API.\n\n\
        Choose the name yourself with `x-keywright-name`, or in `[api.names]` of the configuration.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Account: { type: object, properties: { 2fa: { type: boolean } } }
",
        right: "\
paths: {}
components:
  schemas:
    Account:
      type: object
      properties: { 2fa: { type: boolean, x-keywright-name: two_factor } }
",
    }),
};

pub(super) const RESERVED_NAME: Explanation = Explanation {
    meaning: "\
        A name of the document is a keyword of Rust, or the name of something that every client has. The client adds a \
        suffix, as in `type_`. This rule is off unless the configuration turns it on.\n\n\
        To get another name, choose one with `x-keywright-name`, or in `[api.names]` of the configuration.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet: { type: object, properties: { type: { type: string } } }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      type: object
      properties: { type: { type: string, x-keywright-name: species } }
",
    }),
};

pub(super) const UNUSED_COMPONENT: Explanation = Explanation {
    meaning: "\
        No operation, webhook or security requirement uses a component. An unused schema still becomes a public Rust \
        type that no method takes or returns.\n\n\
        Remove the component, or refer to it. Documents without any path are not checked, because they exist for other \
        documents to refer to.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/feed:
    post:
      responses: { '204': { description: Done. } }
components:
  schemas:
    Food: { type: object, properties: { grams: { type: integer } } }
",
        right: "\
paths:
  /pets/feed:
    post:
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Food' } } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    Food: { type: object, properties: { grams: { type: integer } } }
",
    }),
};

pub(super) const UNFIT_EXAMPLE: Explanation = Explanation {
    meaning: "\
        An example is not a value that its schema allows, so either the example or the schema is wrong. Readers trust \
        examples, and `keywright mock` sends them.\n\n\
        Keywright checks the examples of schemas, parameters and JSON bodies. In requests, `readOnly` properties may \
        be missing, and in responses, `writeOnly` properties.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: { name: { type: string }, age: { type: integer } }
      example: { name: Rex, age: three }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: { name: { type: string }, age: { type: integer } }
      example: { name: Rex, age: 3 }
",
    }),
};
