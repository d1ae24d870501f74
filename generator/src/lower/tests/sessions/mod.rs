//! Security schemes with `x-keywright-session` in, their sessions and the faults in them out.

mod faults;

use insta::assert_snapshot;

use super::extension;
use crate::diagnostics::Code;

/// Operations that give, renew and end tokens in several ways, and a scheme for the extension.
const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /login:
    post:
      operationId: login
      security: []
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Login' } } } }
      responses:
        '200':
          description: D.
          headers:
            X-Token: { schema: { type: string } }
            X-Lifetime: { schema: { type: integer } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Tokens' } } }
        '401': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Fault' } } } }
  /refresh:
    post:
      operationId: refresh
      security: []
      parameters:
        - { name: X-Token, in: header, schema: { type: string } }
        - { name: token, in: query, schema: { type: string } }
        - { name: page, in: query, schema: { type: integer } }
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Refresh' } } } }
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Tokens' } } } }
  /free:
    get:
      operationId: free
      responses: { '200': { description: D., content: { application/json: {} } } }
  /text:
    get:
      operationId: text
      responses: { '200': { description: D., content: { text/plain: { schema: { type: string } } } } }
  /logout:
    post:
      operationId: logout
      responses: { '204': { description: D. } }
  /unreadable:
    post:
      operationId: unreadable
      requestBody: { $ref: '#/components/requestBodies/missing' }
      responses: { '204': { description: D. } }
components:
  schemas:
    Login: { type: object, required: [user], properties: { user: { type: string } } }
    Refresh: { type: object, properties: { refreshToken: { type: string }, count: { type: integer } } }
    Expiring: { type: object, properties: { expiresIn: { type: integer }, expiresAt: { type: string, format: date-time } } }
    Tokens:
      allOf:
        - $ref: '#/components/schemas/Expiring'
        - type: object
          properties:
            accessToken: { type: [string, 'null'] }
            refreshToken: { type: string, format: password }
            all: { type: array, items: { oneOf: [{ type: object, properties: { token: { type: string } } }, { type: integer }] } }
            pair: { type: array, prefixItems: [{ type: integer }, { type: string }], items: false, minItems: 2 }
            free: {}
            bag: { type: object }
            kept: { type: object, additionalProperties: { type: string } }
            isNew: { type: boolean }
            count: { type: integer }
            kind: { enum: [a, b] }
    Fault: { type: object, properties: { error: { type: string } } }
  securitySchemes:
    basicAuth: { type: http, scheme: basic }
    certificate: { type: mutualTLS }
    bearerAuth:
      type: http
      scheme: bearer
      x-keywright-session:
";

/// The session of the extension with a value, and what is wrong in it, with the line of that.
fn session(value: &str) -> String {
    read(&format!(
        "{DOCUMENT}        {}\n",
        value.trim_end().replace('\n', "\n        ")
    ))
}

fn read(text: &str) -> String {
    extension(text, Code::InvalidSession, "session ")
}

/// What is wrong with a token that is in some part of the response of an operation.
fn token(operation: &str, part: &str) -> String {
    session(&format!(
        "acquire: {{ operation: {operation}, token: {part} }}"
    ))
}

#[test]
fn sessions_with_all_keys() {
    assert_snapshot!(session(
        "acquire:
  operation: login
  token: $response.header.x-token
  refreshToken: $response.body#/refreshToken
  expiresIn: $response.header.X-Lifetime
  ended: [400, '401', 400]
  x-note: Of no effect.
renew:
  operation: refresh
  send: { /refreshToken: refreshToken, $request.header.X-Token: token, $request.query.token: token }
  token: $response.body#/accessToken
  refreshToken: $response.body#/refreshToken
  expiresAt: $response.body#/expiresAt
  ended: []
revoke:
  operation: logout
  scope: all"
    ), @"
    session bearerAuth
      acquire by login
        token from header x-token
        refreshToken from body /refreshToken
        expires in seconds from header X-Lifetime
        ended by [400, 401]
      renew by refresh
        send refreshToken to body /refreshToken
        send token to header X-Token
        send token to query token
        token from body /accessToken
        refreshToken from body /refreshToken
        expires at moment from body /expiresAt
        ended by []
      revoke by logout ends all
    ");
    assert_snapshot!(session(
        "acquire: { operation: login, token: $response.body#/accessToken, refreshToken: $response.body#/refreshToken, lifetime: 30m }
revoke: { operation: refresh, send: { $request.body#/refreshToken: refreshToken } }"
    ), @"
    session bearerAuth
      acquire by login
        token from body /accessToken
        refreshToken from body /refreshToken
        expires in 1800 s
        ended by [401]
      revoke by refresh
        send refreshToken to body /refreshToken
    ");
}

#[test]
fn pointers_that_lead_to_text() {
    let parts = [
        "all/0/token",
        "pair/1",
        "free",
        "free/a/b",
        "bag/token",
        "kept/token",
        "kind",
    ];
    for part in parts {
        let found = token("login", &format!("$response.body#/{part}"));
        assert!(found.starts_with("session "), "{found}");
    }
    for part in ["$response.body#/a/0", "$response.body"] {
        let found = token("free", part);
        assert!(found.starts_with("session "), "{found}");
    }
}

#[test]
fn schemes_that_use_no_token() {
    let extension = "x-keywright-session: { acquire: { operation: login, token: $response.body#/accessToken } }";
    let basic = format!("scheme: basic, {extension}");
    let mutual = format!("mutualTLS, {extension}");
    let text = DOCUMENT.replace("scheme: basic", &basic);
    let text = text.replace("mutualTLS", &mutual);
    let text = text.replace("      x-keywright-session:\n", "");
    assert_snapshot!(read(&text), @r#"
    the security scheme `basicAuth` cannot use a token: HTTP basic authentication takes a user name and a password
      at "x-keywright-session" in "basicAuth: { type: http, scheme: basic, x-keywright-session: { acquire: { operation: login, token: $response.body#/accessToken } } }"
      help: use a scheme of type `http` or `apiKey`, which says how the token is sent
    the security scheme `certificate` cannot use a token: the client does not send this scheme
      at "x-keywright-session" in "certificate: { type: mutualTLS, x-keywright-session: { acquire: { operation: login, token: $response.body#/accessToken } } }"
      help: use a scheme of type `http` or `apiKey`, which says how the token is sent
    "#);
}

#[test]
fn sessions_of_other_versions() {
    assert_snapshot!(read(
        "swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /login:
    get:
      operationId: login
      produces: [application/json]
      responses: { '200': { description: D., schema: { type: object, properties: { token: { type: string } } } } }
securityDefinitions:
  key:
    type: apiKey
    in: header
    name: X-Key
    x-keywright-session: { acquire: { operation: login, token: $response.body#/token, lifetime: 7d } }
"
    ), @"
    session key
      acquire by login
        token from body /token
        expires in 604800 s
        ended by [401]
    ");
}

#[test]
fn sessions_at_the_root() {
    let read_root = |root: &str| {
        let text = DOCUMENT.replace("      x-keywright-session:\n", "");
        read(&format!("{text}x-keywright-sessions:{root}\n"))
    };
    assert_snapshot!(read_root("
  bearerAuth: { acquire: { operation: login, token: $response.body#/accessToken } }
  x-note: Of no effect."), @"
    session bearerAuth
      acquire by login
        token from body /accessToken
        ended by [401]
    ");
    assert_snapshot!(read_root(" [bearerAuth]"), @r#"
    `x-keywright-sessions` is a list, not a mapping
      at "x-keywright-sessions" in "x-keywright-sessions: [bearerAuth]"
      help: map the name of each security scheme to its session
    "#);
    assert_snapshot!(read_root("
  bearerAut: { acquire: { operation: login, token: $response.body#/accessToken } }
  bearerAuth: { acquir: 1 }
  certificate: { acquire: { operation: login, token: $response.body#/accessToken } }"), @r#"
    no security scheme is named `bearerAut`
      at "bearerAut" in "bearerAut: { acquire: { operation: login, token: $response.body#/accessToken } }"
      help: a security scheme with a similar name exists: `bearerAuth`
    the security scheme `certificate` cannot use a token: the client does not send this scheme
      at "certificate" in "certificate: { acquire: { operation: login, token: $response.body#/accessToken } }"
      help: use a scheme of type `http` or `apiKey`, which says how the token is sent
    `acquir` is not a key of `bearerAuth`
      at "acquir" in "bearerAuth: { acquir: 1 }"
      help: a key with a similar name exists: `acquire`
    `bearerAuth` has no `acquire`
      at "bearerAuth" in "bearerAuth: { acquir: 1 }"
      help: name the operation that returns the token
    "#);
    let own = "{ acquire: { operation: login, token: $response.body#/accessToken } }";
    let other = "{ acquire: { operation: free, token: $response.body } }";
    let text =
        format!("{DOCUMENT}        {own}\nx-keywright-sessions: {{ bearerAuth: {other} }}\n");
    assert_snapshot!(read(&text), @r#"
    the security scheme `bearerAuth` already has a session
      at "bearerAuth" in "x-keywright-sessions: { bearerAuth: { acquire: { operation: free, token: $response.body } } }"
      help: keep one of them
    session bearerAuth
      acquire by login
        token from body /accessToken
        ended by [401]
    "#);
}

#[test]
fn sessions_are_few() {
    let schemes = |count: usize| {
        let scheme = |number| {
            format!(
                "    s{number}: {{ type: apiKey, in: header, name: X-{number}, x-keywright-session: {{ acquire: {{ operation: free, token: $response.body }} }} }}\n"
            )
        };
        let schemes: String = (0..count).map(scheme).collect();
        let text = DOCUMENT.replace("      x-keywright-session:\n", "");
        read(&(text + &schemes))
    };
    assert_eq!(schemes(100).lines().next(), Some("session s0"));
    assert!(schemes(101).starts_with("more than 100 security schemes have sessions"));
}
