//! Requests of operations, as generated code has them: how they are sent, what users add, and what they bring.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};

use super::errors::{Probe, ProbeError, ProbeHeaders};
use super::path::pollster;
use super::runtime::{
    self, Body, Buffered, Client, Credential, DecodeErrorKind, Description, Error, Once, Operation,
    Outcome, RawResponse, Request, Status, Style, Timeout,
};
use super::server::Double;
use super::{HEADER_KEY, builder};

/// An operation with a header and an error.
enum Echo {}

impl Operation for Echo {
    const DESCRIPTION: &'static Description = &Description {
        accept: &["application/json"],
        security: &[&[HEADER_KEY], &[]],
        scopes: &[],
        idempotency_key: None,
        responses: &[(Status::Code(200), "It went well.")],
        ..Description::new("echo", "POST", "/echo/{id}")
    };

    type Output = Value;
    type Headers = ProbeHeaders;
    type Error = ProbeError;

    fn read(response: RawResponse) -> Outcome<Self> {
        match response.status() {
            200 => Ok(response.json()?),
            _ => Ok(response.undocumented(RawResponse::json)?),
        }
    }
}

fn echo<B>(client: &Client) -> Request<Echo, B> {
    let mut call = client.call(Echo::DESCRIPTION);
    call.path("id", &7_i64, Style::SIMPLE);
    call.json("application/json", &json!({ "a": 1 }));
    call.request()
}

fn client(double: &Double) -> Client {
    let mut builder = builder("https://h");
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    builder.transport(double.clone());
    builder.build().expect("the settings are fine")
}

fn header<'r>(request: &'r http::Request<Body>, name: &str) -> Option<&'r str> {
    request.headers().get(name).and_then(|it| it.to_str().ok())
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn a_request_is_awaited_or_sent() {
    let double = Double::new();
    let client = client(&double);
    pollster(async {
        assert_eq!(echo::<Buffered>(&client).await.expect("fine"), json!({}));
        let sent = is_send(echo::<Buffered>(&client).send());
        assert_eq!(sent.await.expect("fine"), json!({}));
        let response = echo::<Once>(&client).send_with_response().await;
        assert_eq!(response.expect("fine").status(), StatusCode::OK);
    });
    let sent = echo::<Buffered>(&client).send_blocking();
    assert_eq!(sent.expect("fine"), json!({}));
    for request in double.take() {
        assert_eq!(request.uri().path(), "/echo/7");
        assert_eq!(header(&request, "x-api-key"), Some("SECRET"));
        assert_eq!(header(&request, "accept"), Some("application/json"));
    }
}

#[test]
fn a_buffered_request_is_sent_again() {
    let double = Double::new();
    let request: Request<Echo> = echo(&client(&double)).with_header("x-trace", "1");
    for _ in 0..2 {
        pollster(request.clone().send()).expect("fine");
    }
    let sent = double.take();
    assert_eq!(sent.len(), 2);
    for request in sent {
        assert_eq!(request.body().as_bytes(), Some(&Bytes::from("{\"a\":1}")));
        assert_eq!(header(&request, "x-trace"), Some("1"));
    }
    // A stream can be sent only once, whoever keeps a copy of it.
    let mut call = client(&double).call(Echo::DESCRIPTION);
    let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>("a")]);
    call.path("id", &1_i64, Style::SIMPLE);
    call.body("text/plain", Body::from_stream(chunks));
    let copy: Request<Echo> = call.clone().request();
    let error = pollster(copy.send()).expect_err("the stream is elsewhere");
    assert_eq!(error.to_string(), "`echo`: the body can be sent only once");
    assert!(double.take().is_empty());
    pollster(call.request::<Echo, Once>().send()).expect("fine");
}

#[test]
fn options_are_those_of_one_request() {
    let double = Double::new();
    let client = client(&double);
    let request = echo::<Buffered>(&client)
        .with_timeout(Duration::from_millis(500))
        .with_accept("application/vnd.x+json")
        .with_header("X-Trace", "a b")
        .with_header("content-type", "application/json; v=2")
        .with_header("X-Api-Key", "another");
    let shown = format!("{request:?}");
    assert_eq!(shown, "Request { operation: \"echo\", .. }");
    pollster(request.send()).expect("fine");
    let sent = double.only();
    let left = sent.extensions().get::<Timeout>().and_then(Timeout::left);
    assert!(left <= Some(Duration::from_millis(500)));
    assert_eq!(header(&sent, "accept"), Some("application/vnd.x+json"));
    assert_eq!(header(&sent, "x-trace"), Some("a b"));
    assert_eq!(header(&sent, "content-type"), Some("application/json; v=2"));
    assert_eq!(header(&sent, "x-api-key"), Some("another"));
    assert!(sent.headers()["x-trace"].is_sensitive());
}

#[test]
fn headers_that_cannot_be_sent_are_refused() {
    let double = Double::new();
    let client = client(&double);
    let faults = [
        ("a b", "1", "the header `a b` has a name that HTTP forbids"),
        (
            "x-trace",
            "a\nSECRET: b",
            "the header `x-trace` contains a character that is not allowed in a header",
        ),
        (
            "Content-Length",
            "1",
            "the header `Content-Length` is written by the transport alone",
        ),
        (
            "transfer-encoding",
            "chunked",
            "the header `transfer-encoding` is written by the transport alone",
        ),
    ];
    for (name, value, message) in faults {
        let request = echo::<Buffered>(&client).with_header(name, value);
        // The first fault is told, and a copy of the request has it, too.
        let request = request.with_accept("\n").clone();
        let error = pollster(request.send()).expect_err("it is refused");
        assert_eq!(error.to_string(), format!("`echo`: {message}"));
        assert!(!format!("{error:?}").contains("SECRET"));
    }
    assert!(double.take().is_empty());
}

#[test]
fn documented_headers_are_a_struct() {
    let respond = |rate: &'static str| {
        Double::answering(move || {
            let mut response = http::Response::new(Body::from("{}"));
            let headers = [("x-rate", rate), ("x-ids", "1, 2"), ("x-tags", "[\"a\"]")];
            for (name, value) in headers {
                let value = http::HeaderValue::from_static(value);
                response.headers_mut().insert(name, value);
            }
            response
        })
    };
    let read = |double: Double| {
        let request = echo::<Buffered>(&client(&double));
        let response = pollster(request.send_with_response()).expect("fine");
        response.documented_headers()
    };
    let headers = read(respond("42")).expect("as documented");
    assert_eq!((headers.rate, headers.ids), (Some(42), Some(vec![1, 2])));
    #[expect(deprecated, reason = "it is read all the same")]
    let tags = headers.tags;
    assert_eq!(tags, Some(vec!["a".to_owned()]));
    let headers = read(Double::new()).expect("none is required");
    assert_eq!((headers.rate, headers.ids), (None, None));
    let error = read(respond("many")).expect_err("it is no number");
    assert_eq!(error.kind(), DecodeErrorKind::Type);
    assert_eq!(error.path(), "$[\"x-rate\"]");
}

#[test]
fn errors_are_copied() {
    let double = Double::answering(|| {
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        response
    });
    let call = client(&double).call(Probe::DESCRIPTION);
    let error = pollster(call.request::<Probe, Buffered>().send()).expect_err("418");
    let error: Error = error.into();
    let copy = error.clone();
    assert_eq!(copy.status(), Some(StatusCode::IM_A_TEAPOT));
    assert_eq!(copy.to_string(), error.to_string());
    let _: runtime::Error = copy;
}
