//! What the codes about credentials that are hard to use mean.

use super::{Example, Explanation};

pub(super) const INSECURE_SERVER: Explanation = Explanation {
    meaning: "\
        The URL of a server begins with `http://`, and operations require credentials. Anyone between the client and \
        the server can read the credentials, so the client refuses to send them unless the caller explicitly allows \
        it.\n\n\
        Serve the API over HTTPS. Loopback addresses, such as `localhost`, are not reported.",
    example: Some(Example {
        wrong: "\
servers: [{ url: http://pets.example.org }]
security: [{ key: [] }]
paths:
  /pets/feed:
    post:
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
",
        right: "\
servers: [{ url: https://pets.example.org }]
security: [{ key: [] }]
paths:
  /pets/feed:
    post:
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
",
    }),
};

pub(super) const MISSING_PREFIX: Explanation = Explanation {
    meaning: "\
        An API key is sent in the header `Authorization`, and the document does not say which scheme precedes it, such \
        as `Bearer`. Every caller has to find out what the server expects and pass the whole header value.\n\n\
        Use `type: http` with `scheme: bearer`, or add `x-keywright-prefix`. An empty prefix means that the key is the \
        whole value.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  securitySchemes:
    token: { type: apiKey, in: header, name: Authorization }
",
        right: "\
paths: {}
components:
  securitySchemes:
    token: { type: apiKey, in: header, name: Authorization, x-keywright-prefix: Token }
",
    }),
};

pub(super) const UNMARKED_SECRET: Explanation = Explanation {
    meaning: "\
        A property or parameter has the name of a secret, such as `password` or `token`, but is described as plain \
        text. The client shows its value in `Debug` output, from where it gets into logs, and does not wipe it from \
        memory.\n\n\
        Add `format: password` or `x-keywright-sensitive: true`; either makes it a `SecretString`. If the value is not \
        secret, add `x-keywright-sensitive: false`.",
    example: Some(Example {
        wrong: "\
paths: {}
components:
  schemas:
    Login: { type: object, properties: { password: { type: string } } }
",
        right: "\
paths: {}
components:
  schemas:
    Login: { type: object, properties: { password: { type: string, format: password } } }
",
    }),
};

pub(super) const UNDECLARED_SESSION: Explanation = Explanation {
    meaning: "\
        An operation looks as if it signs a user in: it takes a credential and responds with a token that a security \
        scheme uses. Without `x-keywright-session`, every caller has to get, renew and revoke the token; with it, the \
        client does.\n\n\
        The finding shows the block to add to the security scheme.",
    example: Some(Example {
        wrong: "\
paths:
  /login:
    post:
      operationId: login
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [password]
              properties: { password: { type: string, format: password } }
      responses:
        '200':
          description: Signed in.
          content:
            application/json:
              schema:
                type: object
                required: [token]
                properties: { token: { type: string, format: password } }
  /pets:
    get:
      operationId: listPets
      security: [{ session: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    session:
      type: http
      scheme: bearer
",
        right: "\
paths:
  /login:
    post:
      operationId: login
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [password]
              properties: { password: { type: string, format: password } }
      responses:
        '200':
          description: Signed in.
          content:
            application/json:
              schema:
                type: object
                required: [token]
                properties: { token: { type: string, format: password } }
  /pets:
    get:
      operationId: listPets
      security: [{ session: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    session:
      type: http
      scheme: bearer
      x-keywright-session:
        acquire:
          operation: login
          token: $response.body#/token
",
    }),
};

pub(super) const UNDECLARED_DEVICE_FLOW: Explanation = Explanation {
    meaning: "\
        One operation asks the user to confirm, on a page or another device, and another operation is polled until it \
        responds with the credential. Without `x-keywright-device-flow`, every caller has to write this loop; with it, \
        the client starts the flow, polls no faster than the server allows, and uses the credential.\n\n\
        The finding shows the block to add to the operation that starts the flow.",
    example: Some(Example {
        wrong: "\
paths:
  /auth/start:
    post:
      operationId: authStart
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [email], properties: { email: { type: string } } }
      responses:
        '200':
          description: The user has to confirm the sign-in.
          content:
            application/json:
              schema:
                type: object
                required: [pollToken]
                properties: { pollToken: { type: string, format: password } }
  /auth/poll:
    post:
      operationId: authPoll
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [pollToken]
              properties: { pollToken: { type: string, format: password } }
      responses:
        '200':
          description: Confirmed.
          content:
            application/json:
              schema:
                type: object
                required: [apiKey]
                properties: { apiKey: { type: string, format: password } }
        '403': { description: Not confirmed yet. }
  /shows:
    get:
      operationId: listShows
      security: [{ key: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: X-Api-Key
",
        right: "\
paths:
  /auth/start:
    post:
      operationId: authStart
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [email], properties: { email: { type: string } } }
      responses:
        '200':
          description: The user has to confirm the sign-in.
          content:
            application/json:
              schema:
                type: object
                required: [pollToken]
                properties: { pollToken: { type: string, format: password } }
      x-keywright-device-flow:
        scheme: key
        start:
          operation: authStart
          token: $response.body#/pollToken
        poll:
          operation: authPoll
          send: { /pollToken: token }
          pending: [403]
          token: $response.body#/apiKey
  /auth/poll:
    post:
      operationId: authPoll
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [pollToken]
              properties: { pollToken: { type: string, format: password } }
      responses:
        '200':
          description: Confirmed.
          content:
            application/json:
              schema:
                type: object
                required: [apiKey]
                properties: { apiKey: { type: string, format: password } }
        '403': { description: Not confirmed yet. }
  /shows:
    get:
      operationId: listShows
      security: [{ key: [] }]
      responses: { '204': { description: Done. } }
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: X-Api-Key
",
    }),
};
