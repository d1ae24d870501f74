//! What the codes about operations and their parts mean.

use super::{Example, Explanation};

pub(super) const IGNORED_HEADER_PARAMETER: Explanation = Explanation {
    meaning: "\
        The specification says that header parameters named `Accept`, `Content-Type` or `Authorization` are \
        ignored: media types and `security` decide what these headers contain. Keywright follows it, so callers \
        get no argument for them.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - { name: Accept, in: header, schema: { type: string } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets.
          content: { application/json: { schema: { type: string } } }
",
    }),
};

pub(super) const UNDECLARED_PATH_PARAMETER: Explanation = Explanation {
    meaning: "\
        The path template contains a name in braces, but neither the operation nor the path item declares a path \
        parameter with that name. The client takes a string for it, which fits every value but says nothing to \
        callers.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/{petId}:
    get:
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets/{petId}:
    get:
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const UNUSED_PATH_PARAMETER: Explanation = Explanation {
    meaning: "\
        A parameter with `in: path` is declared, but the path template does not contain its name, so there is no \
        place to send it. It is left out.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets/{petId}:
    get:
      parameters:
        - { name: petId, in: path, required: true, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const DUPLICATE_OPERATION_ID: Explanation = Explanation {
    meaning: "\
        An `operationId` names one operation in the whole API, and becomes the name of a method. If two operations \
        share it, only one can keep it: the one whose path comes first in alphabetical order, wherever it stands \
        in the document. The other method is named after its HTTP method and path.",
    example: Some(Example {
        wrong: "\
paths:
  /cats: { get: { operationId: listPets, responses: { '204': { description: Done. } } } }
  /dogs: { get: { operationId: listPets, responses: { '204': { description: Done. } } } }
",
        right: "\
paths:
  /cats: { get: { operationId: listCats, responses: { '204': { description: Done. } } } }
  /dogs: { get: { operationId: listDogs, responses: { '204': { description: Done. } } } }
",
    }),
};

pub(super) const UNKNOWN_SECURITY_SCHEME: Explanation = Explanation {
    meaning: "\
        A security requirement names a scheme that `components.securitySchemes` does not declare, so nothing says \
        which credential to send or how. The client sends requests without it; a transport of your own can add it.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      security: [{ bearer: [] }]
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      security: [{ bearer: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
",
    }),
};

pub(super) const DUPLICATE_PARAMETER: Explanation = Explanation {
    meaning: "\
        Two parameters of one operation have the same name and the same location. A request has room for one of \
        them; the first is used. Names of headers are compared without regard to case.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: x-trace, in: header, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      parameters:
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: X-Attempt, in: header, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const INVALID_PATH_TEMPLATE: Explanation = Explanation {
    meaning: "\
        A path starts with `/`, and each of its parameters is a name between `{` and `}`. A path with unmatched \
        braces is left out with its operations. Parameters in the notation of other tools, such as `:id` or \
        `<id>`, are sent as plain text.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/{petId:
    get:
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets/{petId}:
    get:
      parameters:
        - { name: petId, in: path, required: true, schema: { type: string } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const MISSING_RESPONSES: Explanation = Explanation {
    meaning: "\
        An operation documents no responses. The client cannot tell success from failure by the document, so every \
        response is an error with an undocumented status.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get: { operationId: listPets, responses: {} }
",
        right: "\
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': { description: All pets. }
",
    }),
};

pub(super) const UNREADABLE_REQUEST: Explanation = Explanation {
    meaning: "\
        A parameter or request body of the operation could not be read, or its `$ref` does not exist. A client \
        without that part would send something other than what was meant, so the operation is left out. The \
        finding points to the part; the reason is reported there.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: qeury, schema: { type: integer } }
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

pub(super) const MISSPELLED_PATH_PARAMETER: Explanation = Explanation {
    meaning: "\
        The path template and the declared parameter have names that differ only in case or punctuation, such as \
        `{ownerId}` and `owner-id`. Keywright takes them for the same parameter. Other tools do not, and would \
        have an undeclared parameter and an unused one.",
    example: Some(Example {
        wrong: "\
paths:
  /owners/{ownerId}:
    get:
      parameters:
        - { name: owner-id, in: path, required: true, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /owners/{ownerId}:
    get:
      parameters:
        - { name: ownerId, in: path, required: true, schema: { type: integer } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const UNKNOWN_REQUIRED_PROPERTY: Explanation = Explanation {
    meaning: "\
        `required` lists a property that `properties` does not define. The field is required and may have any \
        value, so callers get no type for it. Most often one of the two names is misspelled.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [id, nmae]
      properties:
        id: { type: integer }
        name: { type: string }
",
        right: "\
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: integer }
        name: { type: string }
",
    }),
};

pub(super) const UNFIT_DEFAULT: Explanation = Explanation {
    meaning: "\
        The `default` of a schema is not a value that the schema allows: it has another type, or `enum` does not \
        list it. It is shown in the documentation, but cannot be used otherwise.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Limit: { type: integer, default: '10' }
    Order: { type: string, enum: [up, down], default: sideways }
",
        right: "\
paths: {}
components:
  schemas:
    Limit: { type: integer, default: 10 }
    Order: { type: string, enum: [up, down], default: up }
",
    }),
};
