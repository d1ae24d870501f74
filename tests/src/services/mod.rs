//! Stand-ins for the four services: what each of them remembers, checks and answers, by its documentation.
//!
//! A request that no correct client sends (a wrong path, another `Accept`, a body where none belongs, credentials
//! where none are wanted) is answered by 400 with an explanation and makes the test fail when the stand-in is
//! dropped, whatever the client made of the answer. A request that a correct client may send (a wrong password, a
//! token that has expired) is answered as the service would.

mod aivo;
mod pacerpro;
mod thetvdb;
mod tvmaze;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::http::{self, StatusCode};
use axum::routing::Router;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

pub use self::aivo::Aivo;
pub use self::pacerpro::{DeleteBody, PacerPro};
pub use self::thetvdb::TheTvdb;
pub use self::tvmaze::TvMaze;
use crate::recorder::{Recorded, Recorder};
use crate::server::Server;

/// The moment at which every stand-in starts: 2030-01-01T00:00:00Z. Only the test moves its clock.
pub const START: i64 = 1_893_456_000;

/// A request body has no reason to be larger.
const MAX_BODY: usize = 64 * 1024;

/// One service.
pub trait Service: Default + Send + 'static {
    /// The path of the base URL, in front of the paths of all operations.
    const BASE_PATH: &'static str;
    /// What there is to be called.
    const OPERATIONS: &'static [Operation];

    /// Its clock, in seconds since 1970.
    fn now(&self) -> i64;

    /// Answers a request that keeps the rules of its operation.
    fn answer(&mut self, call: &Call) -> Answer;
}

/// What the documentation says about the requests of one operation.
#[derive(Debug)]
pub struct Operation {
    /// How the service's `answer` knows it.
    pub id: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path below the base path.
    pub path: &'static str,
    /// Which credentials may be sent.
    pub credentials: Credentials,
    /// The properties of the JSON body; none means that there is no body.
    pub body: &'static [Property],
}

/// What the documentation says about the `Authorization` header of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// There must be none.
    None,
    /// `Bearer` and a token. Without it the service refuses.
    Bearer,
    /// `Basic` with user name and password. Without it the service refuses, or does not mind.
    Basic,
}

/// A property of a request body.
#[derive(Debug)]
pub enum Property {
    /// A string that must be there.
    Required(&'static str),
    /// A string that may be left out, but not be null.
    Optional(&'static str),
    /// A boolean that may be left out, but not be null.
    OptionalBoolean(&'static str),
}

/// A request that keeps the rules of its operation.
#[derive(Debug)]
pub struct Call {
    /// The operation's id.
    pub operation: &'static str,
    /// What the `Authorization` header says.
    pub authorization: Option<Authorization>,
    /// The properties of the body.
    pub body: Map<String, Value>,
}

/// The credentials in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// A token.
    Bearer(String),
    /// User name and password.
    Basic(String, String),
}

impl Call {
    /// Returns a string of the body; the empty string if it was left out.
    #[must_use]
    pub fn text(&self, property: &str) -> &str {
        self.body
            .get(property)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Returns the bearer token.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        match &self.authorization {
            Some(Authorization::Bearer(token)) => Some(token),
            Some(Authorization::Basic(..)) | None => None,
        }
    }
}

/// What a service answers.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
}

impl Answer {
    /// Answers with JSON.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json".to_owned())],
            body: Some(body.to_string()),
        }
    }

    /// Answers without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// A service that runs on loopback.
#[derive(Debug)]
pub struct StandIn<S> {
    server: Server,
    recorder: Recorder,
    desk: Arc<Mutex<Desk<S>>>,
}

/// What the handler of requests works with.
#[derive(Debug, Default)]
struct Desk<S> {
    service: S,
    /// What was wrong with requests that no correct client sends.
    violations: Vec<String>,
}

impl<S: Service> StandIn<S> {
    /// Starts the service as it is on its first day.
    #[must_use]
    pub fn start() -> Self {
        let recorder = Recorder::default();
        let desk = Arc::new(Mutex::new(Desk::<S>::default()));
        let (log, worker) = (recorder.clone(), Arc::clone(&desk));
        let router = Router::new().fallback(async move |request: http::Request<Body>| {
            let request = record(request).await;
            log.record(request.clone());
            respond(handle(&mut lock(&worker), &request))
        });
        let server = Server::start(async move |listener: TcpListener| {
            axum::serve(listener, router)
                .await
                .expect("the server accepts connections");
        });
        Self {
            server,
            recorder,
            desk,
        }
    }

    /// Returns the URL to give to a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.server.origin(), S::BASE_PATH)
    }

    /// Returns the requests that have arrived.
    #[must_use]
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Runs something on the service that its operators or users would do.
    pub fn with<T>(&self, change: impl FnOnce(&mut S) -> T) -> T {
        change(&mut lock(&self.desk).service)
    }

    /// Removes and returns what was wrong with requests that no correct client sends.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.desk).violations)
    }
}

impl<S> Drop for StandIn<S> {
    fn drop(&mut self) {
        let violations = &lock(&self.desk).violations;
        assert!(
            violations.is_empty() || std::thread::panicking(),
            "a client broke the rules: {violations:#?}"
        );
    }
}

fn lock<S>(desk: &Mutex<Desk<S>>) -> MutexGuard<'_, Desk<S>> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn record(request: http::Request<Body>) -> Recorded {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.iter().map(|(name, value)| {
        (
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    Recorded {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: headers.collect(),
        body: to_bytes(body, MAX_BODY)
            .await
            .map(Vec::from)
            .unwrap_or_default(),
    }
}

fn handle<S: Service>(desk: &mut Desk<S>, request: &Recorded) -> Answer {
    let answer = match check::<S>(request) {
        Ok(call) => desk.service.answer(&call),
        Err(violation) => {
            let violation = format!("{} {}: {violation}", request.method, request.target);
            desk.violations.push(violation.clone());
            Answer {
                status: 400,
                headers: vec![("content-type", "text/plain".to_owned())],
                body: Some(violation),
            }
        }
    };
    let length = answer.body.as_ref().map_or(0, String::len);
    let answer = if answer.status == 204 {
        answer
    } else {
        answer.header("content-length", length.to_string())
    };
    answer.header("date", date(desk.service.now()))
}

/// A date as HTTP has it (RFC 9110, section 5.6.7).
fn date(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).expect("the clock of a test shows a date");
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn respond(answer: Answer) -> http::Response<Body> {
    let mut response = http::Response::new(answer.body.map_or_else(Body::empty, Body::from));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).expect("a service answers with a valid status");
    for (name, value) in answer.headers {
        response
            .headers_mut()
            .insert(name, value.parse().expect("a service sends valid headers"));
    }
    response
}

/// Checks everything about a request that does not depend on what the service remembers.
fn check<S: Service>(request: &Recorded) -> Result<Call, String> {
    let path = request
        .target
        .strip_prefix(S::BASE_PATH)
        .ok_or("that is not below the base path")?;
    let operation = S::OPERATIONS
        .iter()
        .find(|operation| operation.method == request.method && operation.path == path)
        .ok_or("there is no such operation")?;
    let accept = sole(request, "accept")?;
    if accept != Some("application/json") {
        return Err(format!("`Accept` is {accept:?}"));
    }
    for unwanted in ["cookie", "referer", "transfer-encoding", "origin"] {
        if sole(request, unwanted)?.is_some() {
            return Err(format!("`{unwanted}` was sent"));
        }
    }
    let authorization = authorization(operation.credentials, sole(request, "authorization")?)?;
    let body = body(operation.body, request)?;
    Ok(Call {
        operation: operation.id,
        authorization,
        body,
    })
}

/// Returns the value of a header that was sent once, if at all.
fn sole<'a>(request: &'a Recorded, name: &str) -> Result<Option<&'a str>, String> {
    let mut values = request.headers.iter().filter(|(sent, _)| sent == name);
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(format!("`{name}` was sent more than once")),
        (value, None) => Ok(value.map(|(_, value)| value.as_str())),
    }
}

fn authorization(
    credentials: Credentials,
    header: Option<&str>,
) -> Result<Option<Authorization>, String> {
    let Some(header) = header else {
        return Ok(None);
    };
    let (scheme, value) = header
        .split_once(' ')
        .ok_or("`Authorization` names no scheme")?;
    match (credentials, scheme) {
        (Credentials::Bearer, "Bearer") => {
            // RFC 6750, `b64token`: neither blanks nor a second prefix.
            let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
            if value.is_empty() || !value.chars().all(is_token) {
                return Err("the bearer token has a form that no token has".to_owned());
            }
            Ok(Some(Authorization::Bearer(value.to_owned())))
        }
        (Credentials::Basic, "Basic") => {
            let decoded = STANDARD
                .decode(value)
                .map_err(|error| format!("basic credentials: {error}"))?;
            let decoded = String::from_utf8(decoded)
                .map_err(|error| format!("basic credentials: {error}"))?;
            let (user, password) = decoded
                .split_once(':')
                .ok_or("basic credentials without a colon")?;
            Ok(Some(Authorization::Basic(
                user.to_owned(),
                password.to_owned(),
            )))
        }
        _ => Err(format!(
            "`Authorization: {scheme}`, but the operation takes {credentials:?}"
        )),
    }
}

fn body(properties: &[Property], request: &Recorded) -> Result<Map<String, Value>, String> {
    let content_type = sole(request, "content-type")?;
    if properties.is_empty() {
        let length = sole(request, "content-length")?.unwrap_or("0");
        return if content_type.is_none() && length == "0" && request.body.is_empty() {
            Ok(Map::new())
        } else {
            Err(format!(
                "there should be no body, but `Content-Type` is {content_type:?}, `Content-Length` {length}"
            ))
        };
    }
    if content_type != Some("application/json") {
        return Err(format!("`Content-Type` is {content_type:?}"));
    }
    let json = serde_json::from_slice(&request.body)
        .map_err(|error| format!("the body is not JSON: {error}"))?;
    let Value::Object(body) = json else {
        return Err("the body is not a JSON object".to_owned());
    };
    for (name, value) in &body {
        let fits = properties.iter().any(|property| match property {
            Property::Required(known) | Property::Optional(known) => {
                known == name && value.is_string()
            }
            Property::OptionalBoolean(known) => known == name && value.is_boolean(),
        });
        if !fits {
            return Err(format!(
                "the property `{name}` is unknown or of a wrong type"
            ));
        }
    }
    for property in properties {
        if let Property::Required(name) = property
            && !body.contains_key(*name)
        {
            return Err(format!("the property `{name}` is missing"));
        }
    }
    Ok(body)
}

/// Returns something that looks like a JSON Web Token with these claims; nobody checks its signature.
fn jwt(claims: &Value) -> String {
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    [
        header.to_string(),
        claims.to_string(),
        "signature".to_owned(),
    ]
    .map(|part| URL_SAFE_NO_PAD.encode(part))
    .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a request to `POST /auth/start` or `GET /auth/validate` of TVmaze.
    fn fault(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> String {
        let request = Recorded {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.as_bytes().to_vec(),
        };
        check::<TvMaze>(&request)
            .map_or_else(|fault| fault, |call| format!("fine: {}", call.operation))
    }

    #[test]
    fn requests_are_checked_strictly() {
        const ACCEPT: (&str, &str) = ("accept", "application/json");
        const JSON: (&str, &str) = ("content-type", "application/json");
        let start =
            |headers: &[(&str, &str)], body: &str| fault("POST", "/v1/auth/start", headers, body);
        let validate =
            |headers: &[(&str, &str)], body: &str| fault("GET", "/v1/auth/validate", headers, body);
        let faults = [
            start(&[ACCEPT, JSON], r#"{"email":"e"}"#),
            start(&[JSON], r#"{"email":"e"}"#),
            start(&[("accept", "*/*"), JSON], r#"{"email":"e"}"#),
            start(&[ACCEPT, ACCEPT, JSON], r#"{"email":"e"}"#),
            start(&[ACCEPT], r#"{"email":"e"}"#),
            start(
                &[ACCEPT, ("content-type", "application/json; charset=utf-8")],
                r#"{"email":"e"}"#,
            ),
            start(&[ACCEPT, JSON], "[]"),
            start(&[ACCEPT, JSON], "{}"),
            start(
                &[ACCEPT, JSON],
                r#"{"email":"e","email_confirmation":null}"#,
            ),
            start(&[ACCEPT, JSON], r#"{"email":"e","more":1}"#),
            start(
                &[ACCEPT, JSON, ("authorization", "Bearer t")],
                r#"{"email":"e"}"#,
            ),
            validate(&[ACCEPT, ("authorization", "Basic YTpi")], ""),
            validate(&[ACCEPT], ""),
            validate(&[ACCEPT, JSON], ""),
            validate(&[ACCEPT], "{}"),
            validate(&[ACCEPT, ("authorization", "Basic YQ==")], ""),
            validate(&[ACCEPT, ("authorization", "YTpi")], ""),
            fault("GET", "/v1//auth/validate", &[ACCEPT], ""),
            fault("GET", "/v1/auth/validate?", &[ACCEPT], ""),
            fault("GET", "/auth/validate", &[ACCEPT], ""),
            fault("POST", "/v1/auth/validate", &[ACCEPT], ""),
        ];
        insta::assert_snapshot!(faults.join("\n"), @r#"
        fine: start
        `Accept` is None
        `Accept` is Some("*/*")
        `accept` was sent more than once
        `Content-Type` is None
        `Content-Type` is Some("application/json; charset=utf-8")
        the body is not a JSON object
        the property `email` is missing
        the property `email_confirmation` is unknown or of a wrong type
        the property `more` is unknown or of a wrong type
        `Authorization: Bearer`, but the operation takes Basic
        fine: validate
        fine: validate
        there should be no body, but `Content-Type` is Some("application/json"), `Content-Length` 0
        there should be no body, but `Content-Type` is None, `Content-Length` 0
        basic credentials without a colon
        `Authorization` names no scheme
        there is no such operation
        there is no such operation
        that is not below the base path
        there is no such operation
        "#);
    }
}
