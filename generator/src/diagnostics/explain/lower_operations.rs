//! What the codes about requests and responses mean.

use super::{Example, Explanation};

pub(super) const INVALID_SERVER: Explanation = Explanation {
    meaning: "\
        The URL of a server cannot be used, because it has a variable in braces that `variables` does not declare. \
        The server is left out; if it was the only one, callers must pass a base URL.",
    example: Some(Example {
        wrong: "\
servers:
  - url: https://{region}.example.org
paths: {}
",
        right: "\
servers:
  - url: https://{region}.example.org
    variables:
      region: { default: eu }
paths: {}
",
    }),
};

pub(super) const INVALID_EXTENSION: Explanation = Explanation {
    meaning: "\
        An extension that Keywright understands has a value of the wrong type or a value that cannot be used, or \
        its name is misspelled. The extension is ignored; everything else is generated as if it were not there. \
        The extension reference lists all extensions and their values.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Key: { type: string, x-keywright-sensitive: 'yes' }
",
        right: "\
paths: {}
components:
  schemas:
    Key: { type: string, x-keywright-sensitive: true }
",
    }),
};

pub(super) const UNNAMED_XML_ROOT: Explanation = Explanation {
    meaning: "\
        An XML document has a root element with a name. The name comes from `xml.name` or from the name of the \
        component; an inline schema has neither. The client sends and expects `root`, which is probably not what \
        the server uses.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    put:
      requestBody:
        content:
          application/xml: { schema: { type: array, items: { type: string } } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    put:
      requestBody:
        content:
          application/xml:
            schema: { type: array, items: { type: string }, xml: { name: pets, wrapped: true } }
      responses: { '204': { description: Done. } }
",
    }),
};

pub(super) const IMPOSSIBLE_BODY: Explanation = Explanation {
    meaning: "\
        HTTP does not allow a body in responses to `HEAD` and in responses with the status codes 1xx, 204, 205 and \
        304. A body documented there can never arrive, so the client has no type for it.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    delete:
      responses:
        '204':
          description: The pets are gone.
          content: { application/json: { schema: { type: integer } } }
",
        right: "\
paths:
  /pets:
    delete:
      responses:
        '200':
          description: The pets are gone.
          content: { application/json: { schema: { type: integer } } }
",
    }),
};

pub(super) const UNDEFINED_SERIALIZATION: Explanation = Explanation {
    meaning: "\
        `style` says how a list or an object of simple values is written in a path, query, header or cookie. For a \
        list or an object inside another one, and for null, the specification defines nothing, and servers differ. \
        The label says which convention the client uses; check that the server uses the same one.\n\n\
        To be independent of conventions, describe the parameter with `content: { application/json: .. }` instead \
        of `schema`, or use simple values only.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - name: filter
          in: query
          style: deepObject
          schema:
            type: object
            properties:
              owner: { type: object, properties: { name: { type: string } } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      parameters:
        - name: filter
          in: query
          style: deepObject
          schema:
            type: object
            properties:
              ownerName: { type: string }
      responses: { '204': { description: Done. } }
",
    }),
};
