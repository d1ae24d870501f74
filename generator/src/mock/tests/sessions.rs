use std::time::Duration;

use serde_json::{Value, json};

use super::{JSON, ask, outcome, stand_in, stand_in_with, value};
use crate::mock::state::FlowState;
use crate::mock::{Settings, StandIn};

const SESSION: &str = "
openapi: 3.1.0
info: { title: Sessions, version: '1' }
security: [{ token: [] }]
paths:
  /login:
    post:
      operationId: login
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { '200': { $ref: '#/components/responses/Tokens' } }
  /refresh:
    post:
      operationId: refresh
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [refresh], properties: { refresh: { type: string } } } } } }
      responses: { '200': { $ref: '#/components/responses/Tokens' }, '403': { description: No } }
  /logout: { post: { operationId: logout, responses: { '204': { description: Bye } } } }
  /me: { get: { operationId: me, responses: { '204': { description: Fine }, '401': { description: No } } } }
components:
  responses:
    Tokens:
      description: Tokens
      content:
        application/json:
          schema:
            type: object
            required: [access, refresh, expires]
            properties:
              access: { type: string }
              refresh: { type: string, maxLength: 20 }
              expires: { type: integer }
  securitySchemes:
    token:
      type: http
      scheme: bearer
      x-keywright-session:
        acquire: { operation: login, token: $response.body#/access, refreshToken: $response.body#/refresh, expiresIn: $response.body#/expires }
        renew:
          operation: refresh
          token: $response.body#/access
          refreshToken: $response.body#/refresh
          expiresIn: $response.body#/expires
          send: { $request.body#/refresh: refreshToken }
          ended: [403]
        revoke: { operation: logout }
";

fn sign_in(service: &StandIn) -> Value {
    value(&ask(service, "POST /login", &[JSON], "{}"))
}

fn refresh(service: &StandIn, tokens: &Value) -> (String, Value) {
    let body = json!({ "refresh": tokens["refresh"] }).to_string();
    let reply = ask(service, "POST /refresh", &[JSON], &body);
    (outcome(&reply), value(&reply))
}

fn me(service: &StandIn, tokens: &Value) -> String {
    let token = format!("Bearer {}", tokens["access"].as_str().unwrap_or_default());
    outcome(&ask(service, "GET /me", &[("authorization", &token)], ""))
}

#[test]
fn a_session_is_issued_rotated_and_ended() {
    let service = stand_in(SESSION);
    let first = sign_in(&service);
    assert!(first["expires"].as_i64().unwrap() > 0);
    assert!(
        first["refresh"].as_str().unwrap().len() <= 20,
        "it conforms to the schema"
    );
    assert_eq!(me(&service, &first), "204");
    let (said, second) = refresh(&service, &first);
    assert_eq!(said, "200");
    assert_eq!(me(&service, &second), "204");
    let token = format!("Bearer {}", second["access"].as_str().unwrap());
    let reply = ask(&service, "POST /logout", &[("authorization", &token)], "");
    assert_eq!(outcome(&reply), "204");
    let revoked = "401 credential: that of `token`: it has been revoked";
    assert_eq!(me(&service, &second), revoked);
    assert_eq!(
        me(&service, &sign_in(&service)),
        "204",
        "another session goes on"
    );
    let unknown = "401 credential: that of `token`: it was never issued here";
    assert_eq!(me(&service, &json!({ "access": "x" })), unknown);
}

#[test]
fn a_refresh_token_that_comes_again_ends_all_of_its_sign_in() {
    let service = stand_in(SESSION);
    let first = sign_in(&service);
    let (_, second) = refresh(&service, &first);
    let (said, _) = refresh(&service, &first);
    assert_eq!(said, "403 credential: it has been used before");
    assert!(me(&service, &second).starts_with("401"));
    assert!(refresh(&service, &second).0.starts_with("403"));
}

#[test]
fn tokens_expire_by_the_clock_of_the_stand_in() {
    let settings = Settings {
        token_lifetime: Some(Duration::from_secs(60)),
        ..Settings::default()
    };
    let service = stand_in_with(SESSION, settings);
    let tokens = sign_in(&service);
    assert_eq!(tokens["expires"], 60);
    service.state().clock.advance(61);
    let expired = "401 credential: that of `token`: it has expired";
    assert_eq!(me(&service, &tokens), expired);
    assert_eq!(refresh(&service, &tokens).0, "200");
}

#[test]
fn an_answer_that_is_asked_for_signs_nobody_in() {
    let service = stand_in(SESSION);
    let reply = ask(
        &service,
        "POST /login",
        &[JSON, ("prefer", "code=200")],
        "{}",
    );
    assert!(me(&service, &value(&reply)).starts_with("401"));
}

const DEVICE: &str = "
openapi: 3.1.0
info: { title: Devices, version: '1' }
paths:
  /start:
    post:
      operationId: start
      x-keywright-device-flow:
        scheme: user
        start: { operation: start, token: $response.body#/token, url: $response.body#/url }
        poll:
          operation: poll
          send: { /token: token }
          interval: 10s
          deadline: 5m
          pending: [403]
          slowDown: [429]
          gone: [404]
          username: $response.body#/name
          password: $response.body#/key
      responses:
        '200': { description: Started, content: { application/json: { schema: { type: object, required: [token, url], properties: { token: { type: string }, url: { type: string, format: uri } } } } } }
  /poll:
    post:
      operationId: poll
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [token], properties: { token: { type: string } } } } } }
      responses:
        '200': { description: Confirmed, content: { application/json: { schema: { type: object, required: [name, key], properties: { name: { type: string }, key: { type: string } } } } } }
        '403': { description: Not yet }
        '404': { description: Gone }
        '429': { description: Slower }
  /me: { get: { operationId: me, security: [{ user: [] }], responses: { '204': { description: Fine } } } }
components:
  securitySchemes:
    user: { type: http, scheme: basic }
";

#[test]
fn a_user_confirms_once() {
    let service = stand_in(DEVICE);
    let started = value(&ask(
        &service,
        "POST /start",
        &[("host", "localhost:1")],
        "",
    ));
    let code = service.state().flows.all().next().unwrap().code.clone();
    assert_eq!(
        started["url"],
        format!("http://localhost:1/__keywright/confirm/{code}")
    );
    let body = json!({ "token": started["token"] }).to_string();
    let poll = || ask(&service, "POST /poll", &[JSON], &body);
    assert!(outcome(&poll()).starts_with("403"));
    assert!(outcome(&poll()).starts_with("429"), "it comes too soon");
    service.state().clock.advance(10);
    assert!(outcome(&poll()).starts_with("403"));
    service.state().flows.by_code(&code).unwrap().state = FlowState::Confirmed;
    service.state().clock.advance(10);
    let confirmed = poll();
    assert_eq!(outcome(&confirmed), "200");
    service.state().clock.advance(10);
    assert!(outcome(&poll()).starts_with("404"), "it is handed out once");
    let confirmed = value(&confirmed);
    let text = |name: &str| confirmed[name].as_str().unwrap().to_owned();
    let credential = {
        use base64::Engine as _;
        let pair = format!("{}:{}", text("name"), text("key"));
        format!(
            "Basic {}",
            base64::engine::general_purpose::STANDARD.encode(pair)
        )
    };
    let me = |credential: &str| ask(&service, "GET /me", &[("authorization", credential)], "");
    assert_eq!(me(&credential).status, 204);
    assert_eq!(me("Basic YTpi").status, 401);
}

#[test]
fn a_confirmation_has_an_end() {
    let service = stand_in(DEVICE);
    let started = value(&ask(&service, "POST /start", &[], ""));
    let body = json!({ "token": started["token"] }).to_string();
    service.state().clock.advance(301);
    assert!(outcome(&ask(&service, "POST /poll", &[JSON], &body)).starts_with("404"));
    let settings = Settings {
        confirm_after: Some(Duration::ZERO),
        ..Settings::default()
    };
    let service = stand_in_with(DEVICE, settings);
    let started = value(&ask(&service, "POST /start", &[], ""));
    let body = json!({ "token": started["token"] }).to_string();
    assert_eq!(ask(&service, "POST /poll", &[JSON], &body).status, 200);
}
