//! What servers really do, and what a user is told of it.

use std::error::Error as _;
use std::time::Duration;

use auth_apis::aivo::models::{LoginRequest, RefreshTokenRequest};
use auth_apis::aivo::{Client, ClientBuilder};
use auth_apis::runtime::Retry;
use auth_apis::{Error, pacerpro};
use keywright_tests::faults::{Answer, FaultServer, Refusing};
use keywright_tests::report::report;

/// What must not show in any error: the token, the password, and the tokens in an answer.
const SECRETS: [&str; 4] = ["A1-secret", "correct-horse", "A2-secret", "R2-secret"];

/// An answer as it should be.
const ANSWER: &str = r#"{"accessToken":"A2-secret","refreshToken":"R2-secret","user":{"id":"7c9e6679-7425-40de-944b-e07fc1e90ae7","email":"ada@example.org","firstName":"Ada","lastName":"Lovelace","role":"learner","tenantId":"0b7c1f0e-3f5e-4b57-9a3e-5d1c7f2b8a44","status":"active","createdAt":"2025-09-01T08:30:00Z","updatedAt":"2025-09-01T08:30:00Z"},"expiresIn":3600}"#;

fn builder(base_url: String) -> ClientBuilder {
    Client::builder()
        .base_url(base_url)
        .retry(Retry::none())
        .bearer_auth("A1-secret")
}

/// Logs in at a server that gives this answer.
async fn log_in(answer: Answer) -> Error {
    log_in_by(|builder| builder, answer).await
}

async fn log_in_by(change: impl FnOnce(ClientBuilder) -> ClientBuilder, answer: Answer) -> Error {
    let server = FaultServer::start([answer]);
    let client = change(builder(server.origin()))
        .build()
        .expect("the settings are right");
    let error = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let error = Error::from(error.expect_err("the server misbehaves"));
    assert_eq!(server.recorder().take().len(), 1, "nothing is repeated");
    error
}

/// Returns what an error of the transport says itself. Its cause is told by the HTTP library and by the operating
/// system, whose words are theirs: it has to be there, and to show no secret.
fn said(error: &Error) -> String {
    assert!(error.source().is_some(), "{error:?}");
    report(error, &SECRETS)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn an_undocumented_status_is_unexpected_whatever_its_body() {
    let page = "<!DOCTYPE html>\n<html>\n  <head><title>502 Bad Gateway</title></head>\n  <body>\u{1b}[31mnginx</body>\n</html>\n";
    let error = log_in(Answer::reply(
        "502 Bad Gateway",
        &[("content-type", "text/html")],
        page,
    ))
    .await;
    let Error::Unexpected(unexpected) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (unexpected.status().as_u16(), unexpected.operation_id()),
        (502, "login")
    );
    assert_eq!(unexpected.body(), page.as_bytes());
    insta::assert_snapshot!(report(&error, &SECRETS), @r#"
    `login`: undocumented response 502 Bad Gateway, with a body of 103 bytes
    Unexpected(UnexpectedResponse { operation: Operation { id: "login", .. }, response: Response { status: 502, headers: {"content-type": "text/html", "content-length": "103", "connection": "close"}, body: 103 bytes } })
    "#);

    let error = log_in(Answer::json(
        "400 Bad Request",
        r#"{"error":"BAD_REQUEST","message":"no"}"#,
    ))
    .await;
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    insta::assert_snapshot!(error, @"`login`: undocumented response 400 Bad Request, with a body of 38 bytes");

    let error = log_in(Answer::reply(
        "503 Service Unavailable",
        &[("retry-after", "120")],
        "",
    ))
    .await;
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    insta::assert_snapshot!(error, @"`login`: undocumented response 503 Service Unavailable, without a body");

    let error = log_in(Answer::empty("599")).await;
    insta::assert_snapshot!(error, @"`login`: undocumented response 599, without a body");

    let error = log_in(Answer::json(
        "500 Internal Server Error",
        &"long ".repeat(100_000),
    ))
    .await;
    let Error::Unexpected(unexpected) = &error else {
        panic!("{error:?}")
    };
    assert!(
        unexpected.body().len() < 100_000,
        "an error does not hold half a megabyte"
    );
    insta::assert_snapshot!(error, @"`login`: undocumented response 500 Internal Server Error, with a body of 65536 bytes or more");
}

#[tokio::test]
async fn an_undocumented_success_shows_no_body() {
    // A success of a login holds tokens, whatever they are called.
    let body = r#"{"access_token":"A2-secret","refresh_token":"R2-secret"}"#;
    let error = log_in(Answer::json("202 Accepted", body)).await;
    let Error::Unexpected(unexpected) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        unexpected.body(),
        body.as_bytes(),
        "who asks for it can have it"
    );
    let report = report(&error, &SECRETS);
    assert!(
        report.starts_with("`login`: undocumented response 202 Accepted"),
        "{report}"
    );
}

#[tokio::test]
async fn a_body_that_is_not_the_promised_json_is_a_decode_error() {
    let mut messages = Vec::new();
    let mut decode = async |answer: Answer| {
        let error = log_in(answer).await;
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        let _ = report(&error, &SECRETS);
        messages.push(error.to_string());
    };
    decode(Answer::json("200 OK", "<html>maintenance</html>")).await;
    decode(Answer::json("200 OK", "OK")).await;
    decode(Answer::json("200 OK", "")).await;
    decode(Answer::json("200 OK", " \n")).await;
    decode(Answer::empty("200 OK")).await;
    decode(Answer::json("200 OK", "null")).await;
    decode(Answer::json("200 OK", "[]")).await;
    decode(Answer::json("200 OK", "{}")).await;
    decode(Answer::json("200 OK", &ANSWER[..ANSWER.len() - 1])).await;
    decode(Answer::json("200 OK", &ANSWER[..30])).await;
    decode(Answer::json("200 OK", &format!("{ANSWER}{ANSWER}"))).await;
    decode(Answer::json("200 OK", &format!("{ANSWER},"))).await;
    decode(Answer::json(
        "200 OK",
        &format!("{{\"deep\":{}{}", "[".repeat(100_000), &ANSWER[1..]),
    ))
    .await;
    decode(Answer::reply(
        "200 OK",
        &[("content-type", "application/json")],
        b"{\"accessToken\":\"\xff\xfe\"}",
    ))
    .await;
    decode(Answer::reply(
        "200 OK",
        &[("content-type", "text/html; charset=utf-8")],
        "<html>",
    ))
    .await;
    decode(Answer::reply(
        "200 OK",
        &[("content-type", "text/plain")],
        ANSWER,
    ))
    .await;
    // What goes for a success goes for a documented error.
    decode(Answer::reply(
        "401 Unauthorized",
        &[("content-type", "text/html")],
        "<html>",
    ))
    .await;
    decode(Answer::json(
        "401 Unauthorized",
        r#"{"error":"UNAUTHORIZED"}"#,
    ))
    .await;
    decode(Answer::empty("422 Unprocessable Content")).await;
    insta::assert_snapshot!(messages.join("\n"), @"
    `login`: the response (200) is not as documented: $: expected a JSON value, found something else (line 1, column 1)
    `login`: the response (200) is not as documented: $: expected a JSON value, found something else (line 1, column 1)
    `login`: the response (200) is not as documented: expected a body of JSON, found none: the body is empty
    `login`: the response (200) is not as documented: expected a body of JSON, found none: the body is empty
    `login`: the response (200) is not as documented: expected a body of JSON, found none: the body is empty
    `login`: the response (200) is not as documented: $: expected an object, found null (line 1, column 1)
    `login`: the response (200) is not as documented: $: expected an object, found an array (line 1, column 1)
    `login`: the response (200) is not as documented: $: expected the property `accessToken`, found an object without it (line 1, column 1)
    `login`: the response (200) is not as documented: $: expected valid JSON, found an early end (line 1, column 345)
    `login`: the response (200) is not as documented: $: expected valid JSON, found an early end (line 1, column 31)
    `login`: the response (200) is not as documented: $: expected valid JSON, found something after the end (line 1, column 346)
    `login`: the response (200) is not as documented: $: expected valid JSON, found something after the end (line 1, column 346)
    `login`: the response (200) is not as documented: $: expected at most 128 arrays and objects inside each other, found more (line 1, column 138)
    `login`: the response (200) is not as documented: $.accessToken: expected valid JSON, found bytes that are not UTF-8 (line 1, column 17)
    `login`: the response (200) is not as documented: expected a body of JSON, found a body of `text/html`
    `login`: the response (200) is not as documented: expected a body of JSON, found a body of `text/plain`
    `login`: the response (401) is not as documented: expected a body of JSON, found a body of `text/html`
    `login`: the response (401) is not as documented: $: expected the property `message`, found an object without it (line 1, column 1)
    `login`: the response (422) is not as documented: expected a body of JSON, found none: the body is empty
    ");
}

#[tokio::test]
async fn the_media_type_of_json_has_many_forms() {
    for media_type in [
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/problem+json",
        "text/json",
    ] {
        let server = FaultServer::start([Answer::reply(
            "200 OK",
            &[("content-type", media_type)],
            ANSWER,
        )]);
        let client = builder(server.origin())
            .build()
            .expect("the settings are right");
        let answer = client
            .login(LoginRequest::new("ada@example.org", "correct-horse"))
            .send()
            .await;
        assert!(answer.is_ok(), "{media_type}: {answer:?}");
    }
    // None at all is what a careless server sends.
    let server = FaultServer::start([Answer::reply("200 OK", &[], ANSWER)]);
    let client = builder(server.origin())
        .build()
        .expect("the settings are right");
    let answer = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    assert!(answer.is_ok(), "{answer:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_is_a_transport_error() {
    let mut messages = Vec::new();
    for answer in [
        // A body of which the last byte never comes, and one of which half does not.
        Answer::truncated(ANSWER, 1),
        Answer::truncated(ANSWER, ANSWER.len() / 2),
        // A head that ends early, no head at all, and what no HTTP server says.
        Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-type: appl".to_vec()),
        Answer::Bytes(Vec::new()),
        Answer::Bytes(b"220 mail.example.org ESMTP\r\n".to_vec()),
        Answer::Bytes(b"HTTP/1.1 2000 Very OK\r\n\r\n".to_vec()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: some\r\n\r\n".to_vec()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec()),
    ] {
        let error = log_in(answer).await;
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
        assert_eq!(error.status(), None);
        messages.push(said(&error));
    }
    insta::assert_snapshot!(messages.join("\n"), @"
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    `login`: the connection broke before the response was complete (http://127.0.0.1:<port>)
    ");
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() {
    let refusing = Refusing::start();
    let client = builder(refusing.origin())
        .build()
        .expect("the settings are right");
    let error = Error::from(client.logout().send().await.expect_err("nobody listens"));
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_connect(), "the server has seen nothing");
    insta::assert_snapshot!(said(&error), @"`logout`: the connection was refused (http://127.0.0.1:<port>)");
}

#[tokio::test]
async fn a_slow_server_is_a_timeout() {
    let short = |builder: ClientBuilder| builder.timeout(Duration::from_millis(100));
    let mut messages = Vec::new();
    // Nothing at all comes, or half a head, or all but the end of the body.
    for answer in [
        Answer::Stall(Vec::new()),
        Answer::Stall(b"HTTP/1.1 200 OK\r\ncontent-".to_vec()),
        Answer::stalled(ANSWER, 1),
    ] {
        let error = log_in_by(short, answer).await;
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
        messages.push(said(&error));
    }
    messages.dedup();
    insta::assert_snapshot!(messages.join("\n"), @"`login`: no complete response came in time (http://127.0.0.1:<port>; 100ms, see `.timeout(..)` on the client builder)");
}

#[tokio::test]
async fn a_huge_answer_is_cut_off() {
    let small = |builder: ClientBuilder| builder.max_response_bytes(1000);
    // One that says how long it is, and one that does not and has no end.
    let large = format!("{}{ANSWER}", " ".repeat(1000));
    for answer in [Answer::json("200 OK", &large), Answer::endless()] {
        let error = log_in_by(small, answer).await;
        let Error::TooLarge(too_large) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (too_large.limit(), too_large.status().as_u16()),
            (1000, 200)
        );
        insta::allow_duplicates! {
            insta::assert_snapshot!(error, @"`login`: the response (200) has more than 1000 bytes (see `.max_response_bytes(..)`)");
        }
    }
    // By default there is a limit, too.
    let error = log_in(Answer::endless()).await;
    insta::assert_snapshot!(report(&error, &SECRETS), @r#"
    `login`: the response (200) has more than 16777216 bytes (see `.max_response_bytes(..)`)
    TooLarge(TooLargeError { operation: Operation { id: "login", .. }, status: 200, headers: {"content-type": "application/json", "transfer-encoding": "chunked"}, limit: 16777216 })
    "#);
    // What just fits is fine.
    let server = FaultServer::start([Answer::json("200 OK", ANSWER)]);
    let client = builder(server.origin())
        .max_response_bytes(ANSWER.len())
        .build()
        .expect("the settings are right");
    client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await
        .expect("the limit is not exceeded");
}

#[tokio::test]
async fn a_lost_answer_to_a_deletion_is_no_success() {
    // Unlike an empty answer, which is one.
    let server = FaultServer::start([Answer::Bytes(Vec::new())]);
    let client = pacerpro::Client::builder()
        .base_url(server.origin())
        .retry(Retry::new().pauses(Duration::ZERO, Duration::ZERO))
        .bearer("J1")
        .build()
        .expect("pacerpro");
    let error = Error::from(
        client
            .session_delete()
            .send()
            .await
            .expect_err("the answer is lost"),
    );
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(
        server.recorder().take().len(),
        3,
        "a deletion may be repeated (RFC 9110, section 9.2.2)"
    );
}

#[tokio::test]
async fn a_client_survives_its_server() {
    let server = FaultServer::start([
        Answer::truncated(ANSWER, 10),
        Answer::json("200 OK", ANSWER),
    ]);
    let client = builder(server.origin())
        .build()
        .expect("the settings are right");
    let renew = || client.refresh_token(RefreshTokenRequest::new("R1-secret"));
    renew().send().await.expect_err("the answer breaks off");
    renew().send().await.expect("the next one does not");
}
