//! The wire of each API on one page: every request that leaves the client, and what becomes of every answer.
//!
//! The requests are those that a server has received. The bodies of the answers are samples from the services'
//! documentation.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use auth_apis::runtime::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use auth_apis::{aivo, pacerpro, thetvdb, tvmaze};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::recorder::Recorded;

/// A page in the making.
struct Page {
    server: FaultServer,
    text: String,
}

impl Page {
    /// Starts a page with the URL that the client of an API calls unless told otherwise.
    fn new(title: &str, url: &str) -> Self {
        let server = FaultServer::start([Answer::empty("500 Internal Server Error")]);
        Self {
            server,
            text: format!("{title}\nthe first operation goes to {url}\n"),
        }
    }

    /// Adds an operation: what it sends, and what it returns for each answer (status, a body of JSON or nothing).
    async fn operation<T, E>(
        &mut self,
        name: &str,
        answers: &[(&str, &str)],
        call: impl AsyncFn() -> Result<T, E>,
    ) where
        T: Debug,
        E: StdError,
    {
        let mut request: Option<Recorded> = None;
        let mut outcomes = String::new();
        for (status, body) in answers {
            let answer = if body.is_empty() {
                Answer::empty(status)
            } else {
                Answer::json(status, body)
            };
            self.server.answer([answer]);
            let outcome = call().await;
            let sent = self.server.recorder().only();
            assert_eq!(
                sent,
                *request.get_or_insert_with(|| sent.clone()),
                "the same call sends the same request"
            );
            let _ = write!(outcomes, "\n{}\n", format!("{status}\n{body}").trim_end());
            let outcome = match outcome {
                Ok(value) => format!("Ok({value:#?})"),
                Err(error) => format!("Err({error:#?})\n{error}"),
            };
            let _ = writeln!(
                outcomes,
                "{}",
                indented(&joined(&without_headers(&outcome)))
            );
        }
        let request = request.expect("an operation has an answer").render();
        let _ = write!(self.text, "\n== {name} ==\n\n{request}{outcomes}");
    }

    /// Compares the page with the one that was accepted.
    fn check(&self, api: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots/wire");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(api, &self.text));
    }
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Puts what was broken into lines back on one line, where it fits.
fn joined(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        lines.push(line.to_owned());
        let content = line.trim_start();
        if !content.starts_with([')', ']', '}']) {
            continue;
        }
        let indent = &line[..line.len() - content.len()];
        let is_start =
            |known: &String| known.starts_with(indent) && !known[indent.len()..].starts_with(' ');
        let Some(start) = lines[..lines.len() - 1].iter().rposition(is_start) else {
            continue;
        };
        let pieces: Vec<&str> = lines[start..].iter().map(|line| line.trim()).collect();
        let [first, inner @ .., last] = &*pieces else {
            continue;
        };
        let inner = inner.join(" ");
        let space = if first.ends_with('{') { " " } else { "" };
        let joined = format!(
            "{indent}{first}{space}{}{space}{last}",
            inner.trim_end_matches(',')
        );
        if joined.len() <= 110 {
            lines.truncate(start);
            lines.push(joined);
        }
    }
    lines.join("\n")
}

/// Leaves out the headers of an answer: they are the server's, and about the connection.
fn without_headers(text: &str) -> String {
    let mut end = None;
    let lines = text.lines().filter(|line| {
        if line.trim_start().starts_with("headers: {") {
            end = Some(format!(
                "{}}},",
                &line[..line.len() - line.trim_start().len()]
            ));
        }
        let is_header = end.is_some();
        if end.as_deref() == Some(*line) || line.ends_with("headers: {},") {
            end = None;
        }
        !is_header
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A transport that remembers where the request would have gone.
#[derive(Clone, Default)]
struct Nowhere(Arc<Mutex<String>>);

impl Nowhere {
    fn url(&self) -> String {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Transport for Nowhere {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = request.uri().to_string();
        Box::pin(async { Err(TransportErrorKind::Refused.into()) })
    }
}

#[tokio::test]
async fn thetvdb() {
    use thetvdb::Client;
    use thetvdb::models::AuthenticationString;

    let nowhere = Nowhere::default();
    let client = Client::builder()
        .transport(nowhere.clone())
        .build()
        .expect("the settings are right");
    let _ = client
        .login_post(AuthenticationString::new("K"))
        .send()
        .await;
    let mut page = Page::new("TheTVDB API v2", &nowhere.url());
    let client = Client::builder()
        .base_url(page.server.origin())
        .jwt_token("J1")
        .build()
        .expect("the settings are right");
    let answers = [
        ("200 OK", r#"{"token":"J1"}"#),
        ("401 Unauthorized", r#"{"Error":"Not Authorized"}"#),
    ];
    page.operation("login_post", &answers, async || {
        client
            .login_post(AuthenticationString::new("K"))
            .send()
            .await
    })
    .await;
    let answers = [
        ("200 OK", r#"{"token":"J2"}"#),
        ("401 Unauthorized", r#"{"Error":"Not authorized"}"#),
    ];
    page.operation("refresh_token_get", &answers, async || {
        client.refresh_token_get().send().await
    })
    .await;
    page.check("thetvdb");
}

/// What Aivo answers to a login.
const SIGNED_IN: &str = r#"{"accessToken":"A1","refreshToken":"R1","user":{
  "id":"7c9e6679-7425-40de-944b-e07fc1e90ae7","email":"ada@example.org","firstName":"Ada","lastName":"Lovelace",
  "role":"learner","tenantId":"0b7c1f0e-3f5e-4b57-9a3e-5d1c7f2b8a44","status":"active",
  "avatar":null,"lastLoginAt":"2025-09-13T00:14:42.935897+00:00",
  "createdAt":"2025-09-01T08:30:00.000000+00:00","updatedAt":"2025-09-13T00:14:42.935897+00:00"
},"expiresIn":3600}"#;

#[tokio::test]
async fn aivo() {
    use aivo::Client;
    use aivo::models::{LoginRequest, RefreshTokenRequest};

    let nowhere = Nowhere::default();
    let client = Client::builder()
        .transport(nowhere.clone())
        .build()
        .expect("the settings are right");
    let _ = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let mut page = Page::new("Aivo", &nowhere.url());
    let client = Client::builder()
        .base_url(page.server.origin())
        .bearer_auth("A1")
        .build()
        .expect("the settings are right");
    let answers = [
        ("200 OK", SIGNED_IN),
        (
            "401 Unauthorized",
            r#"{"error":"UNAUTHORIZED","message":"Bad credentials"}"#,
        ),
        (
            "422 Unprocessable Content",
            r#"{"error":"VALIDATION_FAILED","message":"Bad input","validationErrors":[
  {"field":"email","message":"not an address"}
]}"#,
        ),
    ];
    let request = || LoginRequest::new("ada@example.org", "correct-horse");
    page.operation("login", &answers, async || {
        client.login(request()).send().await
    })
    .await;
    let renewed = SIGNED_IN
        .replace("A1", "A2")
        .replace("R1", "R2")
        .replace(r#""avatar":null,"#, "");
    let answers = [
        ("200 OK", &*renewed),
        (
            "401 Unauthorized",
            r#"{"error":"UNAUTHORIZED","message":"Refresh token not accepted"}"#,
        ),
    ];
    let request = || RefreshTokenRequest::new("R1");
    page.operation("refresh_token", &answers, async || {
        client.refresh_token(request()).send().await
    })
    .await;
    let answers = [
        ("204 No Content", ""),
        (
            "401 Unauthorized",
            r#"{"error":"UNAUTHORIZED","message":"Token expired","details":{"at":1}}"#,
        ),
    ];
    page.operation("logout", &answers, async || client.logout().send().await)
        .await;
    page.check("aivo");
}

#[tokio::test]
async fn tvmaze() {
    use tvmaze::Client;
    use tvmaze::models::{AuthPollPostRequest, AuthStartPostRequest};

    let nowhere = Nowhere::default();
    let client = Client::builder()
        .transport(nowhere.clone())
        .build()
        .expect("the settings are right");
    let _ = client
        .auth_start_post(AuthStartPostRequest::new("ada@example.org"))
        .send()
        .await;
    let mut page = Page::new("TVmaze user API", &nowhere.url());
    let client = Client::builder()
        .base_url(page.server.origin())
        .build()
        .expect("the settings are right");
    let answers = [
        (
            "200 OK",
            r#"{"token":"T","confirm_url":"https://www.tvmaze.com/confirm/T"}"#,
        ),
        ("401 Unauthorized", ""),
        ("404 Not Found", ""),
        ("429 Too Many Requests", ""),
    ];
    let request = || AuthStartPostRequest::new("ada@example.org").with_email_confirmation(false);
    page.operation("auth_start_post", &answers, async || {
        client.auth_start_post(request()).send().await
    })
    .await;
    let answers = [
        ("200 OK", r#"{"username":"ada","apikey":"K"}"#),
        (
            "403 Forbidden",
            r#"{"name":"Forbidden","message":"not confirmed yet"}"#,
        ),
        ("404 Not Found", ""),
        ("429 Too Many Requests", ""),
    ];
    let request = || AuthPollPostRequest::new("T");
    page.operation("auth_poll_post", &answers, async || {
        client.auth_poll_post(request()).send().await
    })
    .await;
    let client = client.with_usertoken("ada", "K");
    let answers = [("200 OK", r#"{"premium":2}"#), ("401 Unauthorized", "")];
    page.operation("auth_validate_get", &answers, async || {
        client.auth_validate_get().send().await
    })
    .await;
    page.check("tvmaze");
}

#[tokio::test]
async fn pacerpro() {
    use pacerpro::Client;
    use pacerpro::models::User;

    let nowhere = Nowhere::default();
    let client = Client::builder()
        .transport(nowhere.clone())
        .build()
        .expect("the settings are right");
    let _ = client
        .session_create(User::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let mut page = Page::new("PacerPro", &nowhere.url());
    let client = Client::builder()
        .base_url(page.server.origin())
        .bearer("J1")
        .build()
        .expect("the settings are right");
    let answers = [
        (
            "200 OK",
            r#"{"jwtToken":"J1","expiresAt":"2030-01-01T00:00:00.000Z"}"#,
        ),
        (
            "401 Unauthorized",
            r#"{"error":"Unauthorized","message":"Unauthorized","status":401,"type":"error"}"#,
        ),
    ];
    let request = || User::new("ada@example.org", "correct-horse");
    page.operation("session_create", &answers, async || {
        client.session_create(request()).send().await
    })
    .await;
    let refused = r#"{"error":"Unauthorized","message":"Token no longer accepted","status":401,"type":"error"}"#;
    let answers = [
        (
            "200 OK",
            r#"{"jwtToken":"J2","expiresAt":"2030-01-02T00:00:00.000Z"}"#,
        ),
        ("401 Unauthorized", refused),
    ];
    page.operation("session_refresh", &answers, async || {
        client.session_refresh().send().await
    })
    .await;
    let answers = [
        ("200 OK", "{}"),
        ("200 OK", ""),
        ("401 Unauthorized", refused),
    ];
    page.operation("session_delete", &answers, async || {
        client.session_delete().send().await
    })
    .await;
    page.check("pacerpro");
}
