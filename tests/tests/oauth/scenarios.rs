//! What each flow does for each answer of the server: tables to go through.

use std::fmt::Write as _;
use std::time::Duration;

use insta::assert_snapshot;
use keywright_tests::clients::oauth::Client;
use keywright_tests::clients::runtime::oauth::AuthorizationError;
use keywright_tests::clients::runtime::session::{ConfirmationError, SessionError, SessionState};

use super::authority::{Answer, Authority};
use super::{Hand, app, authorizing, builder, client, public, signed_in, token, told};

/// Every way in which a server may answer that is asked for a token.
fn answers() -> Vec<(&'static str, Answer)> {
    let refusal = |status, code: &'static str| {
        let body = match code {
            "invalid_request" => r#"{"error": "invalid_request"}"#,
            "invalid_client" => r#"{"error": "invalid_client", "error_description": "Who?"}"#,
            "invalid_grant" => r#"{"error": "invalid_grant"}"#,
            "unauthorized_client" => r#"{"error": "unauthorized_client"}"#,
            "unsupported_grant_type" => r#"{"error": "unsupported_grant_type"}"#,
            "invalid_scope" => r#"{"error": "invalid_scope"}"#,
            "temporarily_unavailable" => r#"{"error": "temporarily_unavailable"}"#,
            other => unreachable!("{other}"),
        };
        Answer::Json(status, body)
    };
    let json = |text| Answer::Json(200, text);
    vec![
        ("a token", Answer::Usual),
        (
            "without token_type",
            json(r#"{"access_token": "T", "expires_in": 1000}"#),
        ),
        (
            "expires_in as a text",
            json(
                r#"{"access_token": "T", "token_type": "user", "expires_in": "1000", "scope": ["a"]}"#,
            ),
        ),
        (
            "201 and a list of scopes",
            Answer::Json(
                201,
                r#"{"access_token": "T", "token_type": "Bearer", "expires_in": 1e3, "scope": ["a"]}"#,
            ),
        ),
        (
            "a token that has expired",
            json(r#"{"access_token": "T", "token_type": "Bearer", "expires_in": 0}"#),
        ),
        (
            "a token with a proof",
            json(r#"{"access_token": "T", "token_type": "DPoP"}"#),
        ),
        (
            "an empty token",
            json(r#"{"access_token": "", "token_type": "Bearer"}"#),
        ),
        ("no token", json("{}")),
        ("a list", json("[]")),
        ("400 invalid_request", refusal(400, "invalid_request")),
        ("401 invalid_client", refusal(401, "invalid_client")),
        ("400 invalid_grant", refusal(400, "invalid_grant")),
        ("200 invalid_grant", refusal(200, "invalid_grant")),
        (
            "400 unauthorized_client",
            refusal(400, "unauthorized_client"),
        ),
        (
            "400 unsupported_grant_type",
            refusal(400, "unsupported_grant_type"),
        ),
        ("400 invalid_scope", refusal(400, "invalid_scope")),
        (
            "400 temporarily_unavailable",
            refusal(400, "temporarily_unavailable"),
        ),
        ("429 and Retry-After", Answer::Later(429)),
        ("503 and Retry-After", Answer::Later(503)),
        ("500 and HTML", Answer::Page(500)),
        ("403 and HTML", Answer::Page(403)),
        ("200 and HTML", Answer::Page(200)),
        ("a redirect", Answer::Redirect),
        ("a body without end", Answer::Endless),
        ("a broken connection", Answer::Broken),
    ]
}

/// For each answer what comes of it: a token, or the kind of the error.
#[tokio::test]
async fn answers_to_requests_for_tokens() {
    let mut table = String::new();
    let _ = writeln!(
        table,
        "{:28} {:35} {:35} {:35} refresh",
        "answer", "client credentials", "password", "code"
    );
    for (name, answer) in answers() {
        let by_app = by_app(answer.clone()).await;
        let by_password = by_password(answer.clone()).await;
        let by_code = by_code(answer.clone()).await;
        let by_refresh = by_refresh(answer).await;
        let line = format!("{name:28} {by_app:35} {by_password:35} {by_code:35} {by_refresh:35}");
        let _ = writeln!(table, "{}", line.trim_end());
    }
    assert_snapshot!(table);
}

async fn by_app(answer: Answer) -> String {
    let authority = Authority::start().await;
    let client = builder(&authority)
        .petstore_auth_client_credentials(app())
        .petstore_auth_clock(Hand::new())
        .build();
    let client = client.expect("it is set up");
    authority.known().answers.push_back(answer);
    said(&client).await
}

async fn by_password(answer: Answer) -> String {
    let authority = Authority::start().await;
    let client = builder(&authority)
        .petstore_auth_password(public(), "ada", "MARK-password")
        .petstore_auth_clock(Hand::new())
        .build();
    let client = client.expect("it is set up");
    authority.known().answers.push_back(answer);
    said(&client).await
}

async fn by_code(answer: Answer) -> String {
    let authority = Authority::start().await;
    let authorizing = authorizing(&authority, &Hand::new(), app()).await;
    let redirected = authority.authorize(authorizing.url());
    authority.known().answers.push_back(answer);
    match authorizing.finish(redirected.as_str()).await {
        Ok(client) => said(&client).await,
        Err(error) => authorization(&error),
    }
}

/// Of a token that has expired.
async fn by_refresh(answer: Answer) -> String {
    let authority = Authority::start().await;
    let clock = Hand::new();
    let client = signed_in(&authority, &clock, app()).await;
    clock.pass(Duration::from_secs(1001));
    authority.known().answers.push_back(answer);
    said(&client).await
}

/// What the session of a client is, and by which token a request goes out.
async fn said(client: &Client) -> String {
    match client.session().ensure().await {
        Ok(SessionState::SignedIn { expires_at, .. }) => {
            let end = if expires_at.is_some() {
                ""
            } else {
                " for ever"
            };
            format!("{}{end}", token(client).await)
        }
        Ok(other) => format!("{other:?}"),
        Err(error) => session(&error),
    }
}

fn session(error: &SessionError) -> String {
    let later = error
        .retry_after()
        .map_or(String::new(), |it| format!(" after {} s", it.as_secs()));
    format!("{}{later}", told(error.kind(), error))
}

fn authorization(error: &AuthorizationError) -> String {
    told(error.kind(), error)
}

fn confirmation(error: &ConfirmationError) -> String {
    told(error.kind(), error)
}

/// Conversations about a device: what the server answers to polls, what comes of it, and at which second of the clock the
/// polls were.
#[tokio::test]
async fn answers_to_polls_for_a_device() {
    const PENDING: Answer = Answer::Json(400, r#"{"error": "authorization_pending"}"#);
    const SLOW_DOWN: Answer = Answer::Json(400, r#"{"error": "slow_down"}"#);
    let refusal = |body| Answer::Json(400, body);
    let conversations = [
        ("confirmed at once", vec![]),
        ("pending", vec![PENDING, PENDING]),
        ("slow_down", vec![SLOW_DOWN, PENDING]),
        ("slow_down twice", vec![SLOW_DOWN, SLOW_DOWN]),
        ("429 and Retry-After", vec![Answer::Later(429)]),
        ("503 and Retry-After", vec![PENDING, Answer::Later(503)]),
        ("500 and HTML", vec![Answer::Page(500)]),
        (
            "access_denied",
            vec![PENDING, refusal(r#"{"error": "access_denied"}"#)],
        ),
        (
            "expired_token",
            vec![refusal(r#"{"error": "expired_token"}"#)],
        ),
        (
            "invalid_grant",
            vec![refusal(r#"{"error": "invalid_grant"}"#)],
        ),
        (
            "invalid_client",
            vec![refusal(r#"{"error": "invalid_client"}"#)],
        ),
        ("404 and HTML", vec![Answer::Page(404)]),
        ("200 and HTML", vec![Answer::Page(200)]),
        ("no token", vec![Answer::Json(200, "{}")]),
        ("never", vec![PENDING; 400]),
    ];
    let mut table = String::new();
    for (name, answers) in conversations {
        let authority = Authority::start().await;
        let clock = Hand::new();
        let device = client(&authority)
            .petstore_auth_device(public())
            .clock(clock.clone());
        let confirming = device.start().await.expect("it starts");
        authority.known().answers.extend(answers);
        authority.known().seen.clear();
        let said = match confirming.wait().await {
            Ok(client) => said(&client).await,
            Err(error) => confirmation(&error),
        };
        let polls = authority.known().seen.len();
        let time = clock.0.lock().expect("no test panics here").1.as_secs();
        let _ = writeln!(table, "{name:20} {said:28} {polls} polls in {time} s");
    }
    assert_snapshot!(table);
}

/// What a server says when a device flow starts.
#[tokio::test]
async fn answers_to_the_start_of_a_device() {
    let answers = [
        ("as RFC 8628 has it", Answer::Usual),
        (
            "as Google has it",
            Answer::Json(
                200,
                r#"{"device_code": "D", "user_code": "U", "verification_url": "https://example.com/", "expires_in": "1800", "interval": "7"}"#,
            ),
        ),
        (
            "no code",
            Answer::Json(200, r#"{"user_code": "U", "expires_in": 1800}"#),
        ),
        (
            "invalid_client",
            Answer::Json(401, r#"{"error": "invalid_client"}"#),
        ),
        ("429", Answer::Later(429)),
        ("HTML", Answer::Page(200)),
    ];
    let mut table = String::new();
    for (name, answer) in answers {
        let authority = Authority::start().await;
        authority.known().answers.push_back(answer);
        let device = client(&authority)
            .petstore_auth_device(public())
            .clock(Hand::new());
        let said = match device.start().await {
            Ok(confirming) => format!(
                "{} at {}, or {}",
                confirming.code().unwrap_or_default(),
                confirming.url().unwrap_or_default(),
                confirming.complete_url().unwrap_or("-"),
            ),
            Err(error) => confirmation(&error),
        };
        let _ = writeln!(table, "{name:20} {said}");
    }
    assert_snapshot!(table);
}

/// What a browser brings back, and what comes of it.
#[tokio::test]
async fn redirects() {
    /// What becomes of the right redirect.
    type Change = fn(&str) -> String;
    let changes: [(&str, Change); 10] = [
        ("the URL", str::to_owned),
        ("its path and query", |it| {
            it.replace("http://127.0.0.1:1", "")
        }),
        ("another state", |it| it.replace("state=", "state=x")),
        ("no state", |it| it.replace("state=", "stat=")),
        ("a shorter state", |it| {
            it.replace("&iss=", "").replace("state=", "state=&x=")
        }),
        ("another code", |it| it.replace("MARK-code", "MARK-other")),
        ("no code", |it| it.replace("code=", "cod=")),
        ("access_denied", |it| {
            it.replace("code=", "error=access_denied&cod=")
        }),
        ("server_error", |it| {
            it.replace(
                "code=",
                "error=server_error&error_description=No%0Ause&cod=",
            )
        }),
        ("no URL", |_| "http://[".to_owned()),
    ];
    let mut table = String::new();
    for (name, change) in changes {
        let authority = Authority::start().await;
        let authorizing = authorizing(&authority, &Hand::new(), public()).await;
        let redirected = authority.authorize(authorizing.url());
        let said = match authorizing.finish(&change(redirected.as_str())).await {
            Ok(client) => said(&client).await,
            Err(error) => authorization(&error),
        };
        let _ = writeln!(table, "{name:20} {said}");
    }
    assert_snapshot!(table);
}

/// What a server says when a token is revoked.
#[tokio::test]
async fn answers_to_revocations() {
    let answers = [
        ("200", Answer::Usual),
        (
            "unsupported_token_type",
            Answer::Json(400, r#"{"error": "unsupported_token_type"}"#),
        ),
        (
            "invalid_client",
            Answer::Json(401, r#"{"error": "invalid_client"}"#),
        ),
        ("503", Answer::Later(503)),
        ("a redirect", Answer::Redirect),
    ];
    let mut table = String::new();
    for (name, answer) in answers {
        let authority = Authority::start().await;
        let client = signed_in(
            &authority,
            &Hand::new(),
            app().revocation_url("/oauth/revoke"),
        )
        .await;
        authority.known().answers.push_back(answer);
        let said = match client.session().sign_out().await {
            Ok(()) => format!("revoked {:?}", authority.known().revoked),
            Err(error) => session(&error),
        };
        let after = client.session().state();
        let _ = writeln!(
            table,
            "{name:24} {:40} {after:?}",
            said.replace("MARK-", "")
        );
    }
    assert_snapshot!(table);
}
