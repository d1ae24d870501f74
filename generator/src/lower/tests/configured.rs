//! Sessions and device flows of a configuration in, what they become in the document's place out.

use insta::assert_snapshot;

use crate::config;
use crate::config::keys::{self, Key};
use crate::diagnostics::{Diagnostics, Style, render};
use crate::lower::lifecycle::{device_flow, session};
use crate::{ir, lower, testing};

/// A document that says of both of its schemes where their credentials come from.
const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /login:
    post:
      operationId: login
      security: []
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Given' } } } }
        '403': { description: D. }
      x-keywright-device-flow:
        scheme: basic
        start: { operation: login, token: $response.body#/token }
        poll:
          operation: renew
          send: { /token: token }
          pending: [403]
          username: $response.body#/name
          password: $response.body#/token
  /renew:
    post:
      operationId: renew
      security: []
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Given' } } } }
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Given' } } } }
        '403': { description: D. }
components:
  schemas:
    Given: { type: object, properties: { name: { type: string }, token: { type: string } } }
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer:
      type: http
      scheme: bearer
      x-keywright-session: { acquire: { operation: login, token: $response.body#/token } }
    other: { type: http, scheme: bearer }
x-keywright-sessions:
  bearer: { acquire: { operation: login, token: $response.body#/token } }
  other: { acquire: { operation: login, token: $response.body#/token } }
";

/// What a configuration of the document makes of it: the faults, the sessions and the device flows.
fn configured(settings: &str) -> String {
    let mut found = Diagnostics::new(false);
    let text = format!("[[api]]\nspec = \"t.yaml\"\n{settings}");
    let config = config::from_text(&text, &mut found).expect("it is a configuration");
    let description = testing::describe(DOCUMENT, &mut found);
    let api = lower::lower(&description, config.apis[0].overrides(), &mut found);
    // Editors know the keys, too.
    assert!(config::is_valid(&text) || !found.is_empty());
    let faults = found.iter().map(|it| render(it, Style::Plain) + "\n");
    let printed = ir::print(&api);
    let lines = printed.lines();
    let lines = lines.skip_while(|it| !it.starts_with("session ") && !it.starts_with("device "));
    let lines = lines.take_while(|it| !it.starts_with("struct "));
    faults.chain(lines.map(|it| format!("{it}\n"))).collect()
}

#[test]
fn configurations_take_the_place_of_documents() {
    assert_snapshot!(configured(
        r#"
[api.sessions.bearer.acquire]
operation = "login"
token = "$response.body#/token"
lifetime = "24h"
[api.sessions.bearer.renew]
operation = "renew"
send = { "/token" = "token", "/name" = "token" }
token = "$response.body#/token"
ended = [403, 0x190]
[[api.device-flows]]
scheme = "basic"
start = { operation = "login", token = "$response.body#/token" }
[api.device-flows.poll]
operation = "renew"
send = { "/token" = "token" }
interval = "7s"
pending = [403]
username = "$response.body#/name"
password = "$response.body#/token"
"#
    ), @"
    session bearer
      acquire by login
        token from body /token
        expires in 86400 s
        ended by [401]
      renew by renew
        send token to body /token
        send token to body /name
        token from body /token
        ended by [403, 400]
    session other
      acquire by login
        token from body /token
        ended by [401]
    device flow basic
      start by login
        token from body /token
      poll by renew
        send token to body /token
        every 7 s until 900 s
        pending [403] slowDown [] gone []
        username from body /name
        password from body /token
    ");
}

#[test]
fn faults_in_configurations_are_errors() {
    assert_snapshot!(configured(
        r#"
[api.sessions.baerer.acquire]
operation = "login"
token = "$response.body#/token"
[api.sessions.bearer]
acquire = { operation = "logn", token = 1 }
[api.sessions.bearer.renew]
operation = "renew"
token = "$response.body#/tokn"
lifetime = 24
[[api.device-flows]]
scheme = "basic"
[[api.device-flows]]
scheme = "bearer"
start = { operation = "login", token = "$response.body#/token" }
poll = { operation = "renew", send = { "/token" = "token" }, pending = [404], token = "$response.body#/token" }
"#
    ), @r#"
    error[KW0002]: no security scheme is named `baerer`
     --> keywright.toml:4:15 at #/api/0/sessions/baerer
      |
    4 | [api.sessions.baerer.acquire]
      |               ^^^^^^
      |
      = help: a security scheme with a similar name exists: `bearer`
    error[KW0002]: no operation has the id `logn`
     --> keywright.toml:8:25 at #/api/0/sessions/bearer/acquire/operation
      |
    8 | acquire = { operation = "logn", token = 1 }
      |                         ^^^^^^
      |
      = help: an operation with a similar id exists: `login`
    error[KW0002]: `token` is a number, not a string
     --> keywright.toml:8:33 at #/api/0/sessions/bearer/acquire/token
      |
    8 | acquire = { operation = "logn", token = 1 }
      |                                 ^^^^^
      |
      = help: write it like `$response.body#/token` or `$response.header.X-Token`
    error[KW0002]: `$response.body#/tokn` does not exist: no successful response of `renew` has a property `tokn` there
      --> keywright.toml:11:9 at #/api/0/sessions/bearer/renew/token
       |
    11 | token = "$response.body#/tokn"
       |         ^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a property with a similar name exists: `token`
    error[KW0002]: `lifetime` is a number, not a string
      --> keywright.toml:12:1 at #/api/0/sessions/bearer/renew/lifetime
       |
    12 | lifetime = 24
       | ^^^^^^^^
       |
       = help: write a number and a unit: `90s`, `30m`, `24h` or `7d`
    error[KW0002]: `device-flows` has no `start`
      --> keywright.toml:13:1 at #/api/0/device-flows/0
       |
    13 | [[api.device-flows]]
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: name the operation that asks the user to confirm
    error[KW0002]: `device-flows` has no `poll`
      --> keywright.toml:13:1 at #/api/0/device-flows/0
       |
    13 | [[api.device-flows]]
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: name the operation that returns the credential once the user has confirmed
    error[KW0002]: `renew` documents no response with status 404
      --> keywright.toml:18:73 at #/api/0/device-flows/1/poll/pending/0
       |
    18 | …", send = { "/token" = "token" }, pending = [404], token = "$response.body#/token" }
       |                                               ^^^
       |
       = help: correct the status, or document the response
    session other
      acquire by login
        token from body /token
        ended by [401]
    "#);
}

#[test]
fn settings_of_wrong_types_leave_it_to_the_document() {
    assert_snapshot!(configured("sessions = ['bearer']\ndevice-flows = { scheme = 'basic' }"), @"
    error[KW0002]: `sessions` is a list, not a mapping
     --> keywright.toml:3:1 at #/api/0/sessions
      |
    3 | sessions = ['bearer']
      | ^^^^^^^^
      |
      = help: map the name of each security scheme to its session
    warning[KW0425]: the security scheme `bearer` already has a session
      --> test.yaml:39:3 at #/x-keywright-sessions/bearer
       |
    39 |   bearer: { acquire: { operation: login, token: $response.body#/token } }
       |   ^^^^^^ the session is ignored
       |
      ::: test.yaml:36:7 at #/components/securitySchemes/bearer/x-keywright-session
       |
    36 |       x-keywright-session: { acquire: { operation: login, token: $response.body#/token…
       |       ------------------- this one is used
       |
       = help: keep one of them
    error[KW0002]: `device-flows` is a mapping, not a list
     --> keywright.toml:4:1 at #/api/0/device-flows
      |
    4 | device-flows = { scheme = 'basic' }
      | ^^^^^^^^^^^^
      |
      = help: list the device flows, even if there is only one
    session bearer
      acquire by login
        token from body /token
        ended by [401]
    session other
      acquire by login
        token from body /token
        ended by [401]
    device flow basic
      start by login
        token from body /token
      poll by renew
        send token to body /token
        every 5 s until 900 s
        pending [403] slowDown [] gone []
        username from body /name
        password from body /token
    ");
}

/// The keys that a configuration documents are those that are read.
#[test]
fn keys_are_documented() {
    fn names(keys: &[Key]) -> Vec<&'static str> {
        keys.iter().map(|key| key.name).collect()
    }
    fn below(keys: &[Key], name: &str) -> Vec<&'static str> {
        let key = keys.iter().find(|key| key.name == name);
        names(key.expect("it is a key").kind.keys())
    }
    let keys = keys::session();
    assert_eq!(names(&keys), session::KEYS);
    assert_eq!(below(&keys, "acquire"), session::OF_GRANT);
    assert_eq!(below(&keys, "renew"), session::OF_GRANT);
    assert_eq!(below(&keys, "revoke"), session::OF_REVOCATION);
    let keys = keys::device_flow();
    assert_eq!(names(&keys), device_flow::KEYS);
    assert_eq!(below(&keys, "start"), device_flow::OF_START);
    assert_eq!(below(&keys, "poll"), device_flow::OF_POLL);
    assert_eq!(below(&keys, "check"), device_flow::OF_CHECK);
}
