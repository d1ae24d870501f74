//! What the codes about operations that are hard to use mean.

use super::{Example, Explanation};

pub(super) const MISSING_OPERATION_ID: Explanation = Explanation {
    meaning: "\
        An operation has no `operationId`, so the client names its method after the HTTP method and the path, such as \
        `get_pets_by_pet_id`. The name changes when the path changes, which breaks every caller. Sessions, device \
        flows and links cannot refer to the operation.\n\n\
        Give the operation an `operationId` that says what it does, and keep it.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets/{petId}:
    get:
      operationId: findPet
      parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const UNDESCRIBED_OPERATION: Explanation = Explanation {
    meaning: "\
        An operation has neither a `summary` nor a `description`. The documentation of its method is then only the \
        route, and callers have to guess what the operation does.\n\n\
        A `summary` of a few words is enough.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/feed:
    post:
      operationId: feedPets
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets/feed:
    post:
      operationId: feedPets
      summary: Feed all pets that are hungry
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const UNDECLARED_TAG: Explanation = Explanation {
    meaning: "\
        An operation has a tag that is not in the list `tags` of the document. The tag is usually misspelled, and the \
        operation then ends up in a group of its own. The `description` of a declared tag becomes the documentation of \
        its group.\n\n\
        Correct the tag, or declare it. Keywright does not check tags in a document that declares none.",
    example: Some(Example {
        wrong: "\
tags:
  - { name: pets, description: Everything about pets. }
paths:
  /pets/feed:
    post:
      tags: [pet]
      responses: { '204': { description: Done. } }
",
        right: "\
tags:
  - { name: pets, description: Everything about pets. }
paths:
  /pets/feed:
    post:
      tags: [pets]
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const UNEXPECTED_BODY: Explanation = Explanation {
    meaning: "\
        HTTP gives the body of a `GET`, `HEAD` or `DELETE` request no meaning (RFC 9110, section 9.3). Proxies and \
        servers may drop the body or refuse the request.\n\n\
        Send the values in the query, or use `POST`.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      requestBody:
        content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      parameters: [{ name: name, in: query, schema: { type: string } }]
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const UNDOCUMENTED_ERRORS: Explanation = Explanation {
    meaning: "\
        An operation documents no error response: no status from 400 on, no range such as `4XX`, and no `default`. \
        Callers cannot tell one failure from another, because every failure is an undocumented status.\n\n\
        Document the statuses that callers should handle.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/feed:
    post:
      responses:
        '204': { description: Done. }
",
        right: "\
paths:
  /pets/feed:
    post:
      responses:
        '204': { description: Done. }
        '409':
          description: The pets are asleep.
          content: { text/plain: { schema: { type: string } } }
",
    }),
};

pub(super) const EMPTY_ERROR: Explanation = Explanation {
    meaning: "\
        An error response is documented without a body, so the client does not decode the body that the server sends. \
        Callers only learn the status.\n\n\
        Describe the body with `content`. If the response has no body, allow the finding with `x-keywright-lint` and \
        state the reason.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/feed:
    post:
      responses:
        '204': { description: Done. }
        '409': { description: The pets are asleep. }
",
        right: "\
paths:
  /pets/feed:
    post:
      responses:
        '204': { description: Done. }
        '409':
          description: The pets are asleep.
          content:
            application/json: { schema: { type: object, properties: { until: { type: string } } } }
",
    }),
};

pub(super) const UNPAGED_LIST: Explanation = Explanation {
    meaning: "\
        An operation responds with a list, or with an object around one, and takes no parameter that limits the list. \
        The response grows with the data until it exceeds a timeout or the limit on the size of responses. Adding \
        pages later breaks every caller.\n\n\
        Add parameters such as `limit` and `cursor`, or bound the list with `maxItems`.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets.
          content:
            application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
",
        right: "\
paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        '200':
          description: Some pets.
          content:
            application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
",
    }),
};

pub(super) const USELESS_ALLOW: Explanation = Explanation {
    meaning: "\
        An `x-keywright-lint` allows a rule that finds nothing there, names an unknown rule, or gives no reason. An \
        exception without effect hides later findings, and an exception without a reason cannot be reviewed.\n\n\
        Remove the exception, or state the reason as its value.",
    example: Some(Example {
        wrong: "\
paths:
  /pets/feed:
    post:
      operationId: feedPets
      summary: Feed all pets
      x-keywright-lint: { allow: { undocumented-errors: '' } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets/feed:
    post:
      operationId: feedPets
      summary: Feed all pets
      x-keywright-lint: { allow: { undocumented-errors: The gateway documents all errors. } }
      responses: { '204': { description: Done. } }
",
    }),
};
