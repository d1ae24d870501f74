//! What goes wrong, as it is on the wire.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use keywright::mock::Settings;
use keywright::mock::rules::from_json;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Served, contract};

/// Sends a request that starts a sign-in, with headers of its own. Returns all that comes until the connection is
/// closed.
fn start_with(served: &Served, headers: &str) -> String {
    let body = r#"{"email":"ada@example.org"}"#;
    let request = format!(
        "POST /v1/auth/start HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    send(served, &request)
}

fn send(served: &Served, request: &str) -> String {
    let address = served.origin().replace("http://", "");
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = Vec::new();
    // A connection may also be reset.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).expect("it is text")
}

fn misbehave(served: &Served, how: &str) -> String {
    start_with(served, &format!("Keywright-Misbehave: {how}\r\n"))
}

/// The value of a header, and the body.
fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    let mut lines = head.lines().filter_map(|it| it.split_once(": "));
    lines
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

#[test]
fn a_request_says_what_goes_wrong_with_it() {
    let served = Served::start("tvmaze");
    let usual = start_with(&served, "");
    assert!(usual.starts_with("HTTP/1.1 200 OK\r\n"), "{usual}");

    let answer = misbehave(&served, "status=429, retry-after=7");
    assert!(answer.starts_with("HTTP/1.1 429 "), "{answer}");
    assert_eq!(header(&answer, "retry-after"), Some("7"));
    let answer = misbehave(&served, "status=418");
    assert!(answer.starts_with("HTTP/1.1 418 "), "{answer}");
    assert_eq!(
        header(&answer, "content-type"),
        Some("application/problem+json")
    );
    let answer = misbehave(&served, "html");
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    assert_eq!(header(&answer, "content-type"), Some("text/html"));
    assert!(body(&answer).contains("<h1>502 Bad Gateway</h1>"));
    let answer = misbehave(&served, r#"status=201, body="a, \"b\"""#);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_eq!(body(&answer), "a, \"b\"");

    let answer = misbehave(&served, "content-type=\"text/plain; a=b\"");
    assert_eq!(header(&answer, "content-type"), Some("text/plain; a=b"));
    assert!(serde_json::from_str::<Value>(body(&answer)).is_ok());
    let answer = misbehave(&served, "malformed");
    assert_eq!(header(&answer, "content-type"), Some("application/json"));
    assert!(serde_json::from_str::<Value>(body(&answer)).is_err());
    let answer = misbehave(&served, "cut=5");
    assert_eq!(header(&answer, "content-length"), Some("5"));
    assert_eq!(body(&answer), "{\"tok");
}

#[test]
fn connections_break() {
    let served = Served::start("tvmaze");
    assert_eq!(misbehave(&served, "drop"), "");
    let whole = header(&start_with(&served, ""), "content-length").map(str::to_owned);
    for (how, length) in [("drop=0", 0), ("drop=20", 20)] {
        let answer = misbehave(&served, how);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(header(&answer, "content-length"), whole.as_deref());
        assert_eq!(body(&answer).len(), length, "{how}");
    }
    // The last byte is never sent, since the response would be complete.
    let answer = misbehave(&served, "drop=9999");
    let promised = header(&answer, "content-length").and_then(|it| it.parse().ok());
    assert_eq!(promised, Some(body(&answer).len() + 1));
    // A response without a body cannot be sent in part.
    assert_eq!(misbehave(&served, "status=404, drop=0"), "");
}

#[test]
fn the_clock_is_off_for_one_request() {
    let served = Served::start("tvmaze");
    let date = |answer: &str| header(answer, "date").map(|it| it[5..16].to_owned());
    let today = date(&start_with(&served, ""));
    let answer = misbehave(&served, "skew=-172800");
    assert_ne!(date(&answer), today);
    assert_eq!(served.stand_in().state().clock.ahead(), 0);
    assert!(served.stand_in().state().flows.all().count() > 0);
}

#[test]
fn answers_are_held_back() {
    let served = Served::start("tvmaze");
    let reply = |name: &str, value: &str| {
        let request = http::Request::post("/v1/auth/start")
            .header(name, value)
            .body(bytes::Bytes::new());
        served.stand_in().answer(&request.expect("it is a request"))
    };
    let wait = |name: &str, value: &str| reply(name, value).delay.as_millis();
    assert_eq!(wait("keywright-misbehave", "delay=250ms"), 250);
    assert_eq!(wait("keywright-misbehave", "delay=1.5"), 1500);
    assert_eq!(wait("keywright-misbehave", "status=503, delay=2m"), 120_000);
    assert_eq!(wait("prefer", "wait=2"), 2000);
    assert_eq!(wait("prefer", "return=minimal"), 0);
}

#[test]
fn a_request_is_told_what_is_wrong_with_its_header() {
    let served = Served::start("tvmaze");
    for (how, expected) in [
        (
            "stats=401",
            "`stats` is not a key of a misbehaviour: did you mean `status`?",
        ),
        ("times=1", "`times` is not a key of a misbehaviour"),
        (
            "status=99",
            "`status` has a value that it cannot have: give a whole number from 200 to 599",
        ),
        ("drop=soon", "`drop` has a value that it cannot have"),
        ("drop, drop", "`drop` is given twice"),
        ("html, body=x", "`html` is a body already"),
        (
            "malformed, cut=3",
            "`malformed` and `cut` cannot stand together",
        ),
        (
            "status=204, body=x",
            "a response with this status has no body",
        ),
        ("delay=2h", "an hour at most"),
        ("", "a rule has no effect"),
    ] {
        let answer = misbehave(&served, how);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{how}: {answer}");
        let problem: Value = serde_json::from_str(body(&answer)).expect("it is JSON");
        let detail = problem["detail"].as_str().expect("it says why");
        assert!(detail.contains(expected), "{how}: {detail}");
    }
}

#[tokio::test]
async fn rules_are_a_script() {
    let served = Served::start("tvmaze");
    let script = json!([
        { "operation": "POST /auth/start", "times": 1, "status": 503 },
        { "operation": "authStartPost", "module": "tvmaze", "after": 1, "times": 1, "html": true },
        { "times": 1, "after": 1, "status": 200, "body": { "mine": true }, "headers": { "X-A": "b" } },
    ]);
    served.rule(script).await;
    let answers: Vec<String> = (0..5).map(|_| start_with(&served, "")).collect();
    let statuses: Vec<&str> = answers.iter().map(|it| &it[9..12]).collect();
    // The second lets the second request pass, which the third does as well.
    assert_eq!(statuses, ["503", "200", "502", "200", "200"]);
    assert_eq!(body(&answers[3]), r#"{"mine":true}"#);
    assert_eq!(header(&answers[3], "x-a"), Some("b"));
    assert!(body(&answers[4]).contains("token"));

    let (_, rules) = served.control(Method::GET, "rules", Value::Null).await;
    let counts = |key: &str| -> Vec<Value> {
        let all = rules.as_array().expect("it is a list").iter();
        all.map(|it| it[key].clone()).collect()
    };
    assert_eq!(counts("used"), [1, 1, 1]);
    assert_eq!(counts("over"), [true, true, true]);
    assert_eq!(rules[1]["rule"]["module"], "tvmaze");
}

#[tokio::test]
async fn rules_reach_requests_of_no_operation_only_if_they_are_for_all() {
    let served = Served::start("tvmaze");
    let lost = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    served
        .rule(json!({ "module": "tvmaze", "status": 503 }))
        .await;
    assert!(send(&served, lost).starts_with("HTTP/1.1 404 "));
    served.rule(json!({ "html": true, "status": 504 })).await;
    assert!(send(&served, lost).starts_with("HTTP/1.1 504 "));
    assert!(start_with(&served, "").starts_with("HTTP/1.1 503 "));
}

#[tokio::test]
async fn rules_of_the_start_come_back_with_a_reset() {
    let contracts = vec![contract("tvmaze")];
    let once = json!({ "status": 503, "times": 1 });
    let once = once.as_object().expect("it is an object");
    let settings = Settings {
        rules: vec![from_json(once, &contracts).expect("it is a rule")],
        ..Settings::default()
    };
    let served = Served::of(contracts, settings);
    served.rule(json!({ "status": 500 })).await;
    let status = || start_with(&served, "")[9..12].to_owned();
    assert_eq!([status(), status()], ["503", "500"]);
    let (code, _) = served.control(Method::POST, "reset", Value::Null).await;
    assert_eq!(code, 204);
    assert_eq!([status(), status()], ["503", "200"]);
}
