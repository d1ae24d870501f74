//! What the codes about documents and their values mean.

use super::{Example, Explanation};

pub(super) const UNKNOWN_VERSION: Explanation = Explanation {
    meaning: "\
        An OpenAPI document states its version in its root: `swagger: '2.0'`, or `openapi: 3.0.x`, `3.1.x` or \
        `3.2.x`. Without it, nothing in the document has a meaning, so nothing else is checked.",
    example: Some(Example {
        wrong: "\
openApi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths: {}
",
        right: "\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths: {}
",
    }),
};

pub(super) const WRONG_TYPE: Explanation = Explanation {
    meaning: "\
        A value does not have the type that the specification requires: a number instead of a string, a mapping \
        instead of a list. Where the meaning is obvious, Keywright reads the value as what was meant and says so. \
        Where it is not, the value is ignored.\n\n\
        In YAML, `version: 1.0` is a number and `version: '1.0'` is a string; `yes`, `1e3` and `0x10` may also \
        surprise.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters: { name: limit, in: query, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const MISSING_FIELD: Explanation = Explanation {
    meaning: "\
        An object lacks a field that the specification requires. A missing text for readers, such as \
        `description`, does no harm. A part that cannot work without the field, such as a parameter without \
        `name`, is left out; if it is part of a request, the operation is left out with it (KW0316).",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      responses:
        '200':
          content:
            application/json: { schema: { type: string } }
",
        right: "\
paths:
  /pets:
    get:
      responses:
        '200':
          description: The name of the pet.
          content:
            application/json: { schema: { type: string } }
",
    }),
};

pub(super) const UNKNOWN_FIELD: Explanation = Explanation {
    meaning: "\
        A field is neither defined by the specification for this object nor an extension, which starts with `x-`. \
        It has no effect. Most often it is misspelled, is indented into the wrong object, or belongs to another \
        version of OpenAPI.\n\n\
        The same code is used for fields next to a `$ref` that OpenAPI ignores there.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      operationID: listPets
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const INVALID_VALUE: Explanation = Explanation {
    meaning: "\
        A value has the right type, but is not one of those that the specification allows in this place: an \
        unknown `type`, `in` or `style`, a status code that does not exist, a host with a path. Keywright reads it \
        as what was probably meant, or ignores it; the label says which.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - { name: filter, in: query, style: deepobject, schema: { type: object } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      parameters:
        - { name: filter, in: query, style: deepObject, schema: { type: object } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const REPAIRED_KEYWORD: Explanation = Explanation {
    meaning: "\
        The document uses a keyword that its own OpenAPI version does not have but another one does, such as \
        `nullable` (3.0) in a document of version 3.1. Strictly read, the keyword has no effect. Keywright reads \
        it with its meaning in the other version, because that is what the author wanted; other tools may not.",
    example: Some(Example {
        wrong: "\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Name: { type: string, nullable: true }
",
        right: "\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Name: { type: [string, 'null'] }
",
    }),
};
