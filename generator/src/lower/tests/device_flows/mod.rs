//! Operations with `x-keywright-device-flow` in, the flows and the faults in them out.

mod faults;

use insta::assert_snapshot;

use super::extension;
use crate::diagnostics::Code;

/// Operations that ask a user to confirm, and schemes of several kinds.
const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /poll:
    post:
      operationId: poll
      security: []
      parameters: [{ name: token, in: query, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { token: { type: string } } } } } }
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Confirmed' } } } }
        '400': { description: D. }
        '403': { description: D. }
        '410': { description: D. }
        '429': { description: D. }
  /lenient:
    post:
      operationId: pollLeniently
      security: []
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Confirmed' } } } }
        4XX: { description: D. }
  /defaulting:
    post:
      operationId: pollByDefault
      security: []
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Confirmed' } } } }
        default: { description: D. }
  /me:
    get:
      operationId: me
      security: [{ basicAuth: [] }]
      responses: { '204': { description: D. } }
  /me/token:
    get:
      operationId: meByToken
      security: [{ bearerAuth: [] }]
      responses: { '204': { description: D. } }
components:
  schemas:
    Confirmed: { type: object, properties: { name: { type: string }, key: { type: string }, level: { type: integer } } }
  securitySchemes:
    basicAuth: { type: http, scheme: basic }
    bearerAuth: { type: http, scheme: bearer }
    certificate: { type: mutualTLS }
";

/// The operation that starts, which has the extension.
const START: &str = "  /start:
    post:
      operationId: start
      security: []
      responses:
        '200':
          description: D.
          headers: { X-Wait: { schema: { type: integer } } }
          content:
            application/json:
              schema:
                type: object
                properties:
                  token: { type: string }
                  url: { type: string, format: uri }
                  code: { type: string }
                  seconds: { type: integer }
                  isNew: { type: boolean }
";

/// A start and a poll without faults.
const PLAIN_START: &str = "start: { operation: start, token: $response.body#/token }";
const PLAIN_POLL: &str = "operation: poll\n  send: { /token: token }\n  pending: [403]";
const BASIC: &str = "username: $response.body#/name\n  password: $response.body#/key";

fn read(text: &str) -> String {
    extension(text, Code::InvalidDeviceFlow, "device flow ")
}

/// The document with something at its end, and with the extension on an operation if there is one.
fn document(extension: Option<&str>, end: &str) -> String {
    let start = match extension {
        Some(value) => {
            let value = value.replace('\n', "\n        ");
            format!("{START}      x-keywright-device-flow:\n        {value}\n")
        }
        None => START.to_owned(),
    };
    DOCUMENT.replacen("paths:\n", &format!("paths:\n{start}"), 1) + end
}

/// The flow of the extension with a value, and what is wrong in it, with the line of that.
fn flow(value: &str) -> String {
    read(&document(Some(value), ""))
}

#[test]
fn flows_with_all_keys() {
    assert_snapshot!(flow(
        "scheme: basicAuth
start:
  operation: start
  token: $response.body#/token
  url: $response.body#/url
  code: $response.body#/code
  interval: $response.header.X-Wait
  expiresIn: $response.body#/seconds
poll:
  operation: poll
  send: { /token: token, $request.query.token: token }
  interval: 10s
  deadline: 1h
  pending: [403, '400', 403]
  slowDown: [429]
  gone: [410]
  username: $response.body#/name
  password: $response.body#/key
  x-note: Of no effect.
check: { operation: me }"
    ), @"
    device flow basicAuth
      start by start
        token from body /token
        url from body /url
        code from body /code
        interval from header X-Wait
        expiresIn from body /seconds
      poll by poll
        send token to body /token
        send token to query token
        every 10 s until 3600 s
        pending [403, 400] slowDown [429] gone [410]
        username from body /name
        password from body /key
      check by me
    ");
    assert_snapshot!(flow(&format!(
        "scheme: bearerAuth\n{PLAIN_START}\npoll:\n  {PLAIN_POLL}\n  token: $response.body#/key"
    )), @"
    device flow bearerAuth
      start by start
        token from body /token
      poll by poll
        send token to body /token
        every 5 s until 900 s
        pending [403] slowDown [] gone []
        token from body /key
    ");
}

/// A flow without faults, in one line.
fn in_line(scheme: &str, credential: &str) -> String {
    format!(
        "{{ scheme: {scheme}, {PLAIN_START}, poll: {{ operation: poll, send: {{ /token: token }}, pending: [403], {credential} }} }}"
    )
}

#[test]
fn flows_at_the_root() {
    let of_basic = in_line(
        "basicAuth",
        "username: $response.body#/name, password: $response.body#/key",
    );
    let of_bearer = in_line("bearerAuth", "token: $response.body#/key");
    let root = |list: &str| {
        read(&document(
            None,
            &format!("x-keywright-device-flows:{list}\n"),
        ))
    };
    assert_snapshot!(root(&format!("\n  - {of_bearer}")), @"
    device flow bearerAuth
      start by start
        token from body /token
      poll by poll
        send token to body /token
        every 5 s until 900 s
        pending [403] slowDown [] gone []
        token from body /key
    ");
    assert_snapshot!(root(&format!(" {of_bearer}")), @r#"
    `x-keywright-device-flows` is a mapping, not a list
      at "x-keywright-device-flows" in "x-keywright-device-flows: { scheme: bearerAuth, start: { operation: start, token: $response.body#/token }, poll: { operation: poll, send: { /token: token }, pending: [403], token: $response.body#/key } }"
      help: list the device flows, even if there is only one
    "#);
    assert_snapshot!(root("\n  - bearerAuth\n  - scheme: bearerAuth\n    start: {}\n    polls: {}"), @r#"
    `x-keywright-device-flow` is a string, not a mapping
      at "bearerAuth" in "- bearerAuth"
      help: use `scheme`, `start`, `poll` or `check`
    `polls` is not a key of `x-keywright-device-flow`
      at "polls" in "polls: {}"
      help: a key with a similar name exists: `poll`
    `start` has no `operation`
      at "start" in "start: {}"
      help: use the `operationId` of an operation in this document
    `start` has no `token`
      at "start" in "start: {}"
      help: say where the response contains the token, such as `$response.body#/token`
    `x-keywright-device-flow` has no `poll`
      at "scheme: bearerAuth\n    start: {}\n    polls: {}" in "- scheme: bearerAuth"
      help: name the operation that returns the credential once the user has confirmed
    "#);
    let both = format!("x-keywright-device-flows:\n  - {of_basic}\n");
    assert_snapshot!(read(&document(Some(&of_basic), &both)), @r#"
    the security scheme `basicAuth` already has a device flow
      at "basicAuth" in "- { scheme: basicAuth, start: { operation: start, token: $response.body#/token }, poll: { operation: poll, send: { /token: token }, pending: [403], username: $response.body#/name, password: $response.body#/key } }"
      help: keep one of them
    device flow basicAuth
      start by start
        token from body /token
      poll by poll
        send token to body /token
        every 5 s until 900 s
        pending [403] slowDown [] gone []
        username from body /name
        password from body /key
    "#);
}

#[test]
fn flows_of_other_places() {
    // A path item that two paths refer to has its flow once.
    let shared = document(
        Some(&in_line("bearerAuth", "token: $response.body#/key")),
        "",
    );
    let shared = shared.replacen(
        "paths:\n",
        "paths:\n  /begin: { $ref: '#/paths/~1start' }\n",
        1,
    );
    assert!(read(&shared).starts_with("device flow bearerAuth"));
    // The flow of an operation that is left out is not forgotten.
    let left_out = document(
        Some(&in_line("bearerAuth", "token: $response.body#/key")),
        "",
    );
    let left_out = left_out.replacen(
        "operationId: start\n",
        "operationId: start\n      requestBody: { $ref: '#/components/requestBodies/missing' }\n",
        1,
    );
    assert_snapshot!(read(&left_out), @r#"
    the operation `start` is left out: part of its request cannot be read
      at "start" in "{ scheme: bearerAuth, start: { operation: start, token: $response.body#/token }, poll: { operation: poll, send: { /token: token }, pending: [403], token: $response.body#/key } }"
      help: name another operation
    "#);
}

#[test]
fn flows_of_other_versions() {
    assert_snapshot!(read(
        "swagger: '2.0'
info: { title: T, version: '1' }
consumes: [application/json]
produces: [application/json]
paths:
  /start:
    get:
      operationId: start
      responses: { '200': { description: D., schema: { type: object, properties: { token: { type: string } } } } }
      x-keywright-device-flow:
        scheme: key
        start: { operation: start, token: $response.body#/token }
        poll: { operation: poll, send: { $request.query.token: token }, pending: [404], token: $response.body#/key }
  /poll:
    get:
      operationId: poll
      parameters: [{ name: token, in: query, type: string }]
      responses:
        '200': { description: D., schema: { type: object, properties: { key: { type: string } } } }
        '404': { description: D. }
securityDefinitions:
  key: { type: apiKey, in: header, name: X-Key }
"
    ), @"
    device flow key
      start by start
        token from body /token
      poll by poll
        send token to query token
        every 5 s until 900 s
        pending [404] slowDown [] gone []
        token from body /key
    ");
}

#[test]
fn flows_are_few() {
    let listed = |count: usize| {
        let flow = in_line("bearerAuth", "token: $response.body#/key");
        let flows = format!("  - {flow}\n").repeat(count);
        read(&document(
            None,
            &format!("x-keywright-device-flows:\n{flows}"),
        ))
    };
    assert!(listed(100).starts_with("the security scheme `bearerAuth` already has a device flow"));
    assert!(listed(101).starts_with("there are more than 100 device flows"));
}
