//! Documents and requests in, answers out.

mod authorization;
mod credentials;
mod errors;
mod pages;
mod places;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::header::LOCATION;
use serde_json::Value;

use crate::config::Overrides;
use crate::diagnostics::Diagnostics;
use crate::mock::answer::Reply;
use crate::mock::contract::{self, Contract};
use crate::mock::{Settings, StandIn};
use crate::{load, lower, normalize, resolve};

/// A server with every flow, and one operation for each scope.
const PETS: &str = r"
openapi: 3.2.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: 'https://pets.example.org/v1' }]
paths:
  /read: { get: { security: [{ pets: [read] }], responses: { '204': { description: Done. } } } }
  /write: { get: { security: [{ pets: [write] }], responses: { '204': { description: Done. } } } }
components:
  securitySchemes:
    pets:
      type: oauth2
      flows:
        clientCredentials: &flow
          tokenUrl: https://auth.example.org/token
          authorizationUrl: https://auth.example.org/authorize
          deviceAuthorizationUrl: https://auth.example.org/device
          scopes: { read: Read pets., write: Change pets., openid: Know who you are. }
        password: *flow
        authorizationCode: *flow
        implicit: *flow
        deviceAuthorization: *flow
";

fn contract(module: &str, text: &str) -> Contract {
    let mut found = Diagnostics::new(false);
    let files = [("api.yaml", text)];
    let spec = load::from_texts(&files, &load::Limits::default(), &mut found).expect("it is YAML");
    let references = resolve::resolve(&spec, &mut found);
    let description = normalize::normalize(&spec, &references, &mut found).expect("it is OpenAPI");
    let api = lower::lower(&description, Overrides::default(), &mut found);
    contract::read(module.to_owned(), spec, &description, api, None).expect("it has schemas")
}

fn pets(settings: Settings) -> StandIn {
    StandIn::new(vec![contract("pets", PETS)], settings).expect("it is set up")
}

/// An answer, as far as the tests look at it.
struct Seen {
    reply: Reply,
}

impl Seen {
    fn status(&self) -> u16 {
        self.reply.status.as_u16()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.reply.whole_body()).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap_or_default()
    }

    /// A member of the body.
    fn get(&self, name: &str) -> String {
        let body = self.json();
        body[name].as_str().unwrap_or_default().to_owned()
    }

    /// The status, and the error if there is one.
    fn outcome(&self) -> String {
        let error = self.get("error");
        format!("{} {error}", self.status()).trim_end().to_owned()
    }

    fn location(&self) -> String {
        let location = self.reply.headers.get(LOCATION);
        let location = location.and_then(|it| it.to_str().ok());
        location.unwrap_or_default().to_owned()
    }

    /// A parameter of the place to which a user is sent.
    fn sent(&self, name: &str) -> Option<String> {
        let location = self.location();
        let (_, parameters) = location.split_once(['?', '#'])?;
        let parameters = super::Parameters::read(parameters);
        parameters.get(name).map(str::to_owned)
    }
}

fn send(stand_in: &StandIn, request: http::request::Builder, body: &str) -> Seen {
    let request = request.header("host", "127.0.0.1:4010");
    let body = Bytes::copy_from_slice(body.as_bytes());
    let request = request.body(body).expect("it is a request");
    Seen {
        reply: stand_in.answer(&request),
    }
}

fn get(stand_in: &StandIn, path: &str) -> Seen {
    send(stand_in, http::Request::get(path), "")
}

/// Sends a form.
fn post(stand_in: &StandIn, path: &str, form: &str) -> Seen {
    let form_type = "application/x-www-form-urlencoded";
    let request = http::Request::post(path).header("content-type", form_type);
    send(stand_in, request, form)
}

/// Sends a form of the client `app` with its secret.
fn post_as_app(stand_in: &StandIn, path: &str, form: &str) -> Seen {
    post(
        stand_in,
        path,
        &format!("client_id=app&client_secret=secret&{form}"),
    )
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// Calls an operation with a token.
fn call(stand_in: &StandIn, path: &str, token: &str) -> u16 {
    let request = http::Request::get(path).header("authorization", format!("Bearer {token}"));
    send(stand_in, request, "").status()
}

/// The code that a user who agrees gives a client.
fn code(stand_in: &StandIn, more: &str) -> String {
    let path = format!(
        "/authorize?response_type=code&client_id=app&redirect_uri=http://127.0.0.1:1/&keywright_auto=allow{more}"
    );
    let seen = get(stand_in, &path);
    seen.sent("code").unwrap_or_else(|| seen.text())
}

/// The claims of a token.
fn claims(token: &str) -> Value {
    let claims = token.split('.').nth(1).unwrap_or_default();
    let claims = URL_SAFE_NO_PAD.decode(claims).expect("it is Base64");
    serde_json::from_slice(&claims).expect("it is JSON")
}
