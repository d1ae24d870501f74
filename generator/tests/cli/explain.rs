//! `keywright explain`.

use insta::assert_snapshot;

use crate::{SPEC, keywright, project};

/// What is printed, and what is complained of, with the exit code.
fn explained(arguments: &[&str]) -> String {
    let project = project(SPEC);
    let arguments = [&["explain"], arguments].concat();
    let (code, printed, complaints) = keywright(project.path(), &arguments);
    format!("{printed}{complaints}exit {code}")
}

#[test]
fn explains_a_code() {
    assert_snapshot!(explained(&["kw407"]), @"
    KW0407 (warning): A server URL cannot be used.

    The URL of a server cannot be used, because it has a variable in braces that `variables` does not
    declare. The server is left out; if it was the only one, callers must pass a base URL.

    Wrong:

        servers:
          - url: https://{region}.example.org
        paths: {}

    Corrected:

        servers:
          - url: https://{region}.example.org
            variables:
              region: { default: eu }
        paths: {}
    exit 0
    ");
    assert_eq!(explained(&["kw407"]), explained(&["KW0407"]));
}

/// A document with something of everything that decides what is generated.
const STORE: &str = "\
openapi: 3.1.0
info: { title: Store, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - name: type
          in: query
          required: true
          schema: { type: string, maxLength: 5 }
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200': { description: All. }
        '404': { description: None. }
components:
  schemas:
    Session:
      type: object
      required: [token, next]
      properties:
        token: { type: string, format: password, minLength: 8 }
        expiresAt:
          type: [string, 'null']
          format: date-time
        type: { type: integer, x-keywright-name: kind }
        next:
          $ref: '#/components/schemas/Next'
        parent: { $ref: '#/components/schemas/Session' }
        secret: { type: string, x-keywright-sensitive: 'yes' }
    Next: { type: string, enum: [red, green] }
";

#[test]
fn explains_parts_of_a_client() {
    let project = project(STORE);
    let paths = [
        "small::models::Session.token",
        "models::Session.expires_at",
        "models::Session.kind",
        "models::Session.next",
        "models::Session.parent",
        "models::Session.secret",
        "models::Session",
        "models::Next::Green",
        "Client::list_pets",
        "Client::list_pets(type_)",
        "Client::list_pets(limit)",
        "ListPetsError::NotFound",
    ];
    let texts = paths.map(|path| {
        let (code, printed, complaints) = keywright(project.path(), &["explain", path]);
        assert_eq!((code, complaints.as_str()), (0, ""), "{path}");
        printed
    });
    assert_snapshot!(texts.join("\n"), @"
    small::models::Session.token: SecretString
      field at small.yaml:23:9
      | token: { type: string, format: password, minLength: 8 }
    - the name comes from `token`
    - no `Option`: `token` is in `required` (small.yaml:21:18)
    - `SecretString`, hidden in logs: `format: password` (small.yaml:23:32)
    - not expressed by the type: at least 8 characters

    small::models::Session.expires_at: Maybe<DateTime>
      field at small.yaml:24:9
      | expiresAt:
    - the name comes from `expiresAt`
    - `Maybe`: `expiresAt` is not in `required`, and may also be null (small.yaml:25:11)
    - the type follows from `format: date-time` (small.yaml:26:11)

    small::models::Session.kind: Option<i64>
      field at small.yaml:27:9
      | type: { type: integer, x-keywright-name: kind }
    - the name comes from `x-keywright-name: kind` (small.yaml:27:32)
    - `Option`: `type` is not in `required` (small.yaml:21:7)
    - `i64`: `type: integer` without `format` (small.yaml:27:17)

    small::models::Session.next: Next
      field at small.yaml:28:9
      | next:
    - the name comes from `next`
    - no `Option`: `next` is in `required` (small.yaml:21:25)
    - the type is `models::Next` (small.yaml:29:11)

    small::models::Session.parent: Option<Box<Session>>
      field at small.yaml:30:9
      | parent: { $ref: '#/components/schemas/Session' }
    - the name comes from `parent`
    - `Option`: `parent` is not in `required` (small.yaml:21:7)
    - `Box`: the type contains itself
    - the type is `models::Session` (small.yaml:30:19)

    small::models::Session.secret: Option<String>
      field at small.yaml:31:9
      | secret: { type: string, x-keywright-sensitive: 'yes' }
    - the name comes from `secret`
    - `Option`: `secret` is not in `required` (small.yaml:21:7)
    - `String`: `type: string` (small.yaml:31:19)
    - warning KW0408: `x-keywright-sensitive` is not `true` or `false` (small.yaml:31:33)

    small::models::Session
      type at small.yaml:19:5
      | Session:
    - the name comes from `Session`
    - a struct: the schema has `properties` (small.yaml:22:7)
    - warning KW0408: `x-keywright-sensitive` is not `true` or `false` (small.yaml:31:33)

    small::models::Next::Green
      variant at small.yaml:32:39
      | Next: { type: string, enum: [red, green] }
    - the value `green` of `enum`

    small::Client::list_pets: ()
      operation at small.yaml:6:5
      | get:
    - the name comes from `operationId: listPets` (small.yaml:7:7)
    - it sends `GET /pets`
    - `parameters` (small.yaml:8:7)
    - `responses` (small.yaml:14:7)

    small::Client::list_pets(type_): &str
      argument at small.yaml:9:11
      | - name: type
    - the name comes from `type`
    - `type_` has an underscore because `type` is reserved
    - it is positional: the parameter is required (small.yaml:11:11)
    - `in: query` (small.yaml:10:11)
    - `schema` (small.yaml:12:11)
    - not expressed by the type: at most 5 characters

    small::Client::list_pets(limit): i64
      argument at small.yaml:13:11
      | - { name: limit, in: query, schema: { type: integer } }
    - the name comes from `limit`
    - it is a setter: the parameter is not required
    - `in: query` (small.yaml:13:26)
    - `schema` (small.yaml:13:37)

    small::ListPetsError::NotFound: ()
      response at small.yaml:16:10
      | '404': { description: None. }
    - the response with the status `404`
    ");
}

/// A document with what few others have.
const SHOP: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: 'https://example.org' }]
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
  /orders:
    post:
      operationId: order
      security: [{ token: [] }]
      responses:
        '200':
          description: Delivered.
          headers:
            X-Order-Id: { schema: { type: integer } }
          content: { application/json: { schema: { type: string } } }
        '202':
          description: Taken.
          content: { application/json: { schema: { type: integer } } }
        '429':
          description: Later.
          headers:
            Retry-Later: { schema: { type: boolean }, required: true }
webhooks:
  delivered:
    post:
      requestBody:
        content: { application/json: { schema: { type: string } } }
      responses: { '204': { description: Thank you. } }
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      x-keywright-session:
        acquire: { operation: login, token: $response.body#/token }
";

#[test]
fn explains_what_few_clients_have() {
    let project = project(SHOP);
    let paths = [
        "Client::session",
        "ClientBuilder::token_session",
        "OrderSuccess",
        "OrderSuccess::Accepted",
        "Order200Headers",
        "Order200Headers.x_order_id",
        "Order429Headers.retry_later",
        "webhooks::delivered",
    ];
    let texts = paths.map(|path| {
        let (code, printed, complaints) = keywright(project.path(), &["explain", path]);
        assert_eq!((code, complaints.as_str()), (0, ""), "{path}");
        printed
    });
    assert_snapshot!(texts.join("\n"), @"
    small::Client::session
      session at small.yaml:43:7
      | x-keywright-session:
    - it is for the security scheme `token`
    - `login` gives the token

    small::ClientBuilder::token_session
      session at small.yaml:43:7
      | x-keywright-session:
    - it is for the security scheme `token`
    - `login` gives the token

    small::OrderSuccess
      response type at small.yaml:16:5
      | post:
    - an enum: the successful responses have different bodies (small.yaml:19:7)

    small::OrderSuccess::Accepted: i64
      response at small.yaml:25:10
      | '202':
    - the response with the status `202`
    - `content` (small.yaml:27:11)

    small::Order200Headers
      headers at small.yaml:20:10
      | '200':
    - the response with the status `200`
    - `content` (small.yaml:24:11)
    - `headers` (small.yaml:22:11)

    small::Order200Headers.x_order_id: Option<i64>
      header at small.yaml:23:13
      | X-Order-Id: { schema: { type: integer } }
    - the name comes from `X-Order-Id`
    - `Option`: a response may lack the header
    - `schema` (small.yaml:23:27)

    small::Order429Headers.retry_later: Option<bool>
      header at small.yaml:31:13
      | Retry-Later: { schema: { type: boolean }, required: true }
    - the name comes from `Retry-Later`
    - `Option`: a response may lack the header
    - `required: true` (small.yaml:31:55)
    - `schema` (small.yaml:31:28)

    small::webhooks::delivered: String
      parsing function at small.yaml:34:5
      | post:
    - the name comes from `delivered`
    - the API sends it as a `POST` request
    - `requestBody` (small.yaml:35:7)
    - `responses` (small.yaml:37:7)
    ");
}

#[test]
fn suggests_paths() {
    let project = project(STORE);
    let explained = |what| keywright(project.path(), &["explain", what, "--spec", "small.yaml"]);
    let (code, printed, complaints) = explained("models::Session.expiresAt");
    assert_eq!((code, printed.as_str()), (1, ""));
    assert_eq!(
        complaints,
        "no generated client has `models::Session.expiresAt`; did you mean `models::Session.expires_at`?\n"
    );
    let (code, _, complaints) = explained("KW9999");
    assert_eq!(
        (code, complaints.as_str()),
        (1, "there is no code `KW9999`\n")
    );
}
