//! What the codes about credentials mean.

use super::{Example, Explanation};

pub(super) const CONFLICTING_CREDENTIALS: Explanation = Explanation {
    meaning: "\
        A security requirement asks for several credentials at once, but two of them are sent in the same header, \
        query parameter or cookie. A request has room for one of them, so the client refuses to send it. Often the \
        schemes were meant as alternatives, each of them its own item of `security`.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      security:
        - { token: [], person: [] }
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    person: { type: http, scheme: basic }
",
        right: "\
paths:
  /pets:
    get:
      security:
        - { token: [] }
        - { person: [] }
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    person: { type: http, scheme: basic }
",
    }),
};

pub(super) const ARGUMENT_FOR_CREDENTIAL: Explanation = Explanation {
    meaning: "\
        An operation has a parameter in the header, query parameter or cookie that a security scheme of the \
        operation already sends. The client keeps both: if a caller sets the argument, it is sent instead of the \
        credential. Usually the parameter is a leftover and can be removed.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      security: [{ key: [] }]
      parameters:
        - { name: X-Key, in: header, schema: { type: string } }
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
",
        right: "\
paths:
  /pets:
    get:
      security: [{ key: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
",
    }),
};

pub(super) const INFERRED_SECURITY: Explanation = Explanation {
    meaning: "\
        An operation takes a credential as an ordinary parameter, and no security scheme describes it. Keywright \
        treats it as a credential all the same: it is set once on the client, kept out of logs, and sent only to \
        the server's own origin. Declare it, so that the document says so and other tools know it, too. The help \
        shows the lines to add.",
    example: Some(Example {
        wrong: "\
paths:
  /pets:
    get:
      parameters:
        - { name: Authorization, in: header, description: A bearer token., required: true, schema: { type: string } }
      responses: { '204': { description: Done. } }
",
        right: "\
paths:
  /pets:
    get:
      security: [{ bearerAuth: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    bearerAuth: { type: http, scheme: bearer }
",
    }),
};

pub(super) const INVALID_SESSION: Explanation = Explanation {
    meaning: "\
        `x-keywright-session` describes how the client gets, renews and ends the credential of a security scheme. \
        It refers to operations, to parts of their requests and to parts of their responses. If one of these does \
        not exist or does not fit, the client cannot act on it, and the whole session is ignored.",
    example: Some(Example {
        wrong: "\
paths:
  /login:
    post:
      operationId: login
      security: []
      responses:
        '200':
          description: Signed in.
          content:
            application/json:
              schema: { type: object, required: [token], properties: { token: { type: string } } }
components:
  securitySchemes:
    bearer:
      type: http
      scheme: bearer
      x-keywright-session:
        acquire: { operation: logIn, token: $response.body#/token }
",
        right: "\
paths:
  /login:
    post:
      operationId: login
      security: []
      responses:
        '200':
          description: Signed in.
          content:
            application/json:
              schema: { type: object, required: [token], properties: { token: { type: string } } }
components:
  securitySchemes:
    bearer:
      type: http
      scheme: bearer
      x-keywright-session:
        acquire: { operation: login, token: $response.body#/token }
",
    }),
};

pub(super) const INVALID_DEVICE_FLOW: Explanation = Explanation {
    meaning: "\
        `x-keywright-device-flow` describes how a user confirms elsewhere, such as in a browser, that the client \
        may sign in. It refers to the operation that starts the flow, to the one that polls, and to parts of both. \
        If one of these does not exist or does not fit, the client cannot act on it, and the whole flow is \
        ignored.",
    example: Some(Example {
        wrong: "\
paths:
  /start:
    post:
      operationId: start
      security: []
      x-keywright-device-flow:
        scheme: bearer
        start: { operation: strat, token: $response.body#/token, url: $response.body#/url }
        poll:
          operation: poll
          send: { /token: token }
          pending: [403]
          token: $response.body#/key
      responses:
        '200':
          description: Open the URL.
          content:
            application/json:
              schema: { type: object, required: [token, url], properties: { token: { type: string }, url: { type: string } } }
  /poll:
    post:
      operationId: poll
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [token], properties: { token: { type: string } } }
      responses:
        '200':
          description: Confirmed.
          content:
            application/json:
              schema: { type: object, required: [key], properties: { key: { type: string } } }
        '403': { description: Not confirmed yet. }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
",
        right: "\
paths:
  /start:
    post:
      operationId: start
      security: []
      x-keywright-device-flow:
        scheme: bearer
        start: { operation: start, token: $response.body#/token, url: $response.body#/url }
        poll:
          operation: poll
          send: { /token: token }
          pending: [403]
          token: $response.body#/key
      responses:
        '200':
          description: Open the URL.
          content:
            application/json:
              schema: { type: object, required: [token, url], properties: { token: { type: string }, url: { type: string } } }
  /poll:
    post:
      operationId: poll
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [token], properties: { token: { type: string } } }
      responses:
        '200':
          description: Confirmed.
          content:
            application/json:
              schema: { type: object, required: [key], properties: { key: { type: string } } }
        '403': { description: Not confirmed yet. }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
",
    }),
};

pub(super) const UNUSABLE_ENDPOINT: Explanation = Explanation {
    meaning: "\
        A URL of an OAuth flow or of an OpenID provider cannot be requested: it is empty, contains a placeholder, \
        has no host, or uses another scheme than `https` or `http`. The client has no method for the flow. A token \
        from elsewhere can still be used.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: 'https://{tenant}.example.org/token', scopes: {} }
",
        right: "\
paths: {}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: 'https://login.example.org/token', scopes: {} }
",
    }),
};

pub(super) const UNKNOWN_PREFIX: Explanation = Explanation {
    meaning: "\
        An API key in the header `Authorization` usually has a word before it, such as `Bearer` or `Token`. \
        OpenAPI cannot express it, and neither the name nor the description of the scheme mentions one. Callers \
        therefore have to pass the whole header value. With `x-keywright-prefix`, they pass the key alone.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: Authorization }
",
        right: "\
paths: {}
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: Authorization, x-keywright-prefix: Token }
",
    }),
};
