//! Answers that are read, answers that are not, and what errors say.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::runtime::{
    self, Body, DecodeErrorKind, Description, Error, Operation, OperationError as _, Outcome,
    RawResponse, Response, Status, Style, retry_after,
};
use super::server::Double;
use super::{GET, builder};

static PROBE: Description = Description {
    id: "probe",
    method: "GET",
    server: None,
    path: "/get",
    accept: &[],
    streams: &[],
    security: &[],
    scopes: &[],
    idempotency_key: None,
    responses: &[
        (Status::Code(200), "It went well."),
        (Status::Code(404), "There is\nno such thing."),
        (Status::Range(4), "Your fault."),
        (Status::Default, "Something else."),
    ],
};

/// What the generator emits for an operation.
pub enum Probe {}

impl Operation for Probe {
    const DESCRIPTION: &'static Description = &PROBE;

    type Output = Problem;
    type Headers = ();
    type Error = ProbeError;

    fn read(response: RawResponse) -> Outcome<Self> {
        match response.status() {
            200 => Ok(response.json()?),
            404 => Err(ProbeError::NotFound(response.json()?)),
            400..=499 => Err(ProbeError::ClientError(response.empty()?)),
            _ => Ok(response.undocumented(RawResponse::json)?),
        }
    }
}

runtime::operation_error! {
    /// What the generator emits for an operation's errors.
    pub enum ProbeError for Probe {
        /// 404
        NotFound(Response<Problem>),
        /// 4XX
        ClientError(Response<(), ProbeHeaders>),
    }
}

runtime::headers! {
    /// What the generator emits for documented headers.
    pub struct ProbeHeaders {
        /// A number.
        pub rate: i64 = "x-rate",
        /// A list.
        pub ids: Vec<i64> = "x-ids",
        /// A list with bars between its items.
        #[deprecated]
        pub tags: Vec<String> = "x-tags" in Style::JSON,
    }
}

runtime::operation_error! {
    /// The errors of an operation that documents none.
    pub enum PlainError for Probe {}
}

/// A documented body.
#[derive(Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
}

runtime::received_object! { Problem {
    message = "message",
} }

/// A struct without properties.
#[derive(Debug, PartialEq)]
struct Empty {}

runtime::received_object! { Empty {} }

fn reply(status: u16, headers: &[(&'static str, &str)], body: impl Into<Bytes>) -> RawResponse {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().expect("a header"));
    }
    let mut response = http::Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    *response.headers_mut() = map;
    RawResponse::new(&PROBE, response)
}

const JSON: (&str, &str) = ("content-type", "application/json");

fn read(reply: RawResponse) -> Result<Response<Problem>, ProbeError> {
    Probe::read(reply)
}

#[test]
fn media_types() {
    for media_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/problem+json",
        "text/json",
        "",
    ] {
        let reply = reply(200, &[("content-type", media_type)], "{\"message\":\"m\"}");
        assert_eq!(read(reply).expect(media_type).message, "m");
    }
    assert!(read(reply(200, &[], "{\"message\":\"m\"}")).is_ok());
    let error = read(reply(
        200,
        &[("content-type", "text/html; charset=utf-8")],
        "<html>SECRET",
    ))
    .expect_err("HTML");
    assert_eq!(
        error.to_string(),
        "`probe`: the response (200) is not as documented: expected a body of JSON, found a body of `text/html`"
    );
    let reply = reply(200, &[("content-type", "image/PNG; x=y")], "");
    assert_eq!(reply.choose(&["image/*", "image/png"]), 1);
}

#[test]
fn empty_bodies() {
    let error = read(reply(200, &[JSON], "")).expect_err("it is empty");
    assert_eq!(
        error.to_string(),
        "`probe`: the response (200) is not as documented: expected a body of JSON, found none: the body is empty"
    );
    assert_eq!(
        reply(200, &[], "")
            .json::<Empty, ()>()
            .expect("it may be empty")
            .body(),
        &Empty {}
    );
    assert_eq!(
        reply(200, &[JSON], "{}")
            .json::<Empty, ()>()
            .expect("an object")
            .body(),
        &Empty {}
    );
    assert_eq!(
        reply(200, &[JSON], "[1]")
            .json::<Empty, ()>()
            .expect("another value")
            .body(),
        &Empty {}
    );
    assert!(
        reply(200, &[("content-type", "text/html")], "<html>")
            .empty::<()>()
            .is_ok()
    );
}

#[test]
fn other_bodies() {
    assert_eq!(reply(200, &[], "é").text::<()>().expect("text").body(), "é");
    assert!(matches!(
        reply(200, &[], &b"\xff"[..]).text::<()>(),
        Err(Error::Decode(_))
    ));
    assert_eq!(
        reply(200, &[], &b"\xff"[..])
            .bytes::<()>()
            .expect("bytes")
            .body(),
        &b"\xff"[..]
    );
}

#[test]
fn undecodable_bodies() {
    let error: Error = read(reply(200, &[JSON], r#"{"message":5,"x":"SECRET"}"#))
        .expect_err("it is a number")
        .into();
    assert_eq!(
        error.to_string(),
        "`probe`: the response (200) is not as documented: $.message: expected a string, found a number (line 1, column 12)"
    );
    assert!(!format!("{error:?}").contains("SECRET"));
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (error.error().kind(), error.path().as_str()),
        (DecodeErrorKind::Type, "$.message")
    );
    assert_eq!(
        (error.status().as_u16(), error.operation_id()),
        (200, "probe")
    );
    assert!(error.body().starts_with(b"{") && error.headers().len() == 1);
}

#[test]
fn documented_errors() {
    let error = read(reply(
        404,
        &[JSON, ("retry-after", "7")],
        r#"{"message":"SECRET"}"#,
    ))
    .expect_err("404");
    assert_eq!(
        error.to_string(),
        "`probe`: 404 Not Found: There is no such thing."
    );
    assert_eq!(
        (error.status(), error.headers().map(HeaderMap::len)),
        (Some(StatusCode::NOT_FOUND), Some(2))
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let ProbeError::NotFound(response) = &error else {
        panic!("{error}")
    };
    assert_eq!(
        (response.message.as_str(), response.retry_after()),
        ("SECRET", Some(Duration::from_secs(7)))
    );

    let error = Error::from(error);
    assert_eq!(
        error.to_string(),
        "`probe`: 404 Not Found: There is no such thing."
    );
    assert_eq!(
        (error.status(), error.retry_after()),
        (Some(StatusCode::NOT_FOUND), Some(Duration::from_secs(7)))
    );
    let Error::Documented(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (error.operation_id(), error.documentation()),
        ("probe", "There is\nno such thing.")
    );
    assert_eq!(
        error
            .body::<Problem>()
            .map(|problem| problem.message.as_str()),
        Some("SECRET")
    );
    assert_eq!(error.body::<String>(), None);

    let error = read(reply(418, &[], "")).expect_err("418");
    assert_eq!(error.to_string(), "`probe`: 418 I'm a teapot: Your fault.");
    assert!(matches!(error, ProbeError::ClientError(_)) && error.source().is_none());
    assert!(
        PlainError::from(Error::from(error))
            .to_string()
            .starts_with("`probe`: 418")
    );
}

#[test]
fn undocumented_answers() {
    // A success that is as documented is one.
    let response = read(reply(201, &[JSON], r#"{"message":"m"}"#)).expect("it can be read");
    assert_eq!(response.status(), StatusCode::CREATED);
    for (status, body) in [(204, ""), (201, "{}"), (500, r#"{"message":"m"}"#)] {
        let error = read(reply(status, &[JSON], body)).expect_err("it is not documented");
        assert!(
            matches!(error, ProbeError::Other(Error::Unexpected(_))),
            "{error}"
        );
    }
    let body = format!(
        "<html>\r\n\t<p>\u{1b}[31mBad\u{202e} gateway</p>{}",
        "x".repeat(100_000)
    );
    let error: Error = read(reply(502, &[("set-cookie", "a=b")], body))
        .expect_err("502")
        .into();
    let message = error.to_string();
    assert_eq!(
        message,
        "`probe`: undocumented response 502 Bad Gateway, with a body of 65536 bytes or more"
    );
    assert_eq!(
        format!("{error:?}"),
        "Unexpected(UnexpectedResponse { operation: Operation { id: \"probe\", .. }, response: Response { status: 502, \
         headers: {\"set-cookie\": (hidden)}, body: 65536 bytes } })"
    );
    let Error::Unexpected(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (error.status().as_u16(), error.body().len()),
        (502, 64 * 1024)
    );
    let error = read(reply(500, &[], "")).expect_err("500");
    assert_eq!(
        error.to_string(),
        "`probe`: undocumented response 500 Internal Server Error, without a body"
    );
}

#[tokio::test]
async fn headers_with_secrets_are_not_shown() {
    let double = Double::answering(|| {
        let mut answer = http::Response::new(Body::from("{}"));
        let names = [
            "set-cookie",
            "www-authenticate",
            "proxy-authorization",
            "location",
            "x-whatever",
        ];
        for name in names {
            let value = http::HeaderValue::from_static("SECRET");
            answer.headers_mut().insert(name, value);
        }
        let value = http::HeaderValue::from_static("application/shown+json");
        answer.headers_mut().insert("content-type", value);
        answer
    });
    let mut builder = builder("https://h");
    builder.transport(double);
    let answer = builder
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect("fine");
    let shown = format!("{answer:?} {:?}", answer.headers());
    let response = answer.json::<Value, ()>().expect("JSON");
    let shown = format!("{shown} {response:?}");
    let shown = format!("{shown} {:?}", response.into_error(&GET));
    assert!(!shown.contains("SECRET"), "{shown}");
    assert_eq!(shown.matches("application/shown+json").count(), 4);
    assert_eq!(shown.matches("x-whatever").count(), 4);

    // Nor are those of answers that did not come through a client.
    let secret = [("x-whatever", "SECRET"), ("content-type", "text/plain")];
    let undocumented = read(reply(500, &secret, "SECRET")).expect_err("500");
    let unreadable = read(reply(200, &secret, "SECRET")).expect_err("no JSON");
    let shown = format!("{undocumented} {undocumented:?} {unreadable} {unreadable:?}");
    assert!(!shown.contains("SECRET"), "{shown}");
    assert_eq!(shown.matches("x-whatever").count(), 2);
}

#[test]
fn documented_headers() {
    let headers = [
        ("x-next", "a b"),
        ("x-rate", "42"),
        ("x-on", "true"),
        ("x-ids", "1, 2"),
        ("x-ids", "3"),
        ("x-tags", "a,b"),
    ];
    let response: Response<()> = reply(200, &headers, "").empty().expect("fine");
    assert_eq!(
        response.header::<String>("X-Next"),
        Ok(Some("a b".to_owned()))
    );
    assert_eq!(
        response.header::<String>("x-rate"),
        Ok(Some("42".to_owned()))
    );
    assert_eq!(response.header::<i64>("x-rate"), Ok(Some(42)));
    assert_eq!(response.header::<bool>("x-on"), Ok(Some(true)));
    assert_eq!(
        response.header::<Vec<i64>>("x-ids"),
        Ok(Some(vec![1, 2, 3]))
    );
    assert_eq!(
        response.header::<Vec<String>>("x-tags"),
        Ok(Some(vec!["a".to_owned(), "b".to_owned()]))
    );
    assert_eq!(response.header::<String>("x-other"), Ok(None));
    assert!(response.header::<i64>("x-next").is_err());
}

#[test]
fn responses() {
    let response: Response<Problem> = reply(200, &[JSON], r#"{"message":"m"}"#)
        .json()
        .expect("fine");
    assert_eq!(size_of_val(&response), size_of::<usize>());
    let response = response.map(|problem| problem.message);
    assert_eq!(
        (response.len(), response.clone().into_body()),
        (1, "m".to_owned())
    );
    let (status, headers, body) = response.into_parts();
    assert_eq!(
        (status.as_u16(), headers.len(), body.as_str()),
        (200, 1, "m")
    );
}

#[test]
fn descriptions_go_from_the_status_to_the_default() {
    let described = [404, 400, 500].map(|status| PROBE.description(status));
    assert_eq!(
        described,
        [
            Some("There is\nno such thing."),
            Some("Your fault."),
            Some("Something else.")
        ]
    );
    assert_eq!(
        (PROBE.documents(400), PROBE.documents(500)),
        (Some("Your fault."), None)
    );
    assert_eq!(GET.description(500), None);
}

#[test]
fn retry_after_is_read() {
    let seconds = |value: &str, date: Option<&str>| {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", value.parse().expect("a header"));
        headers.extend(date.map(|date| (http::header::DATE, date.parse().expect("a header"))));
        retry_after(&headers).map(|duration| duration.as_secs())
    };
    assert_eq!(seconds("120", None), Some(120));
    let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(seconds("Sun, 06 Nov 1994 08:50:07 GMT", date), Some(30));
    assert_eq!(
        seconds(
            "Wed, 01 Mar 2000 00:00:00 GMT",
            Some("Mon, 28 Feb 2000 00:00:00 GMT")
        ),
        Some(2 * 86_400)
    );
    assert_eq!(
        seconds(
            "Mon, 01 Jan 2001 00:00:00 GMT",
            Some("Sun, 31 Dec 2000 23:59:59 GMT")
        ),
        Some(1)
    );
    assert_eq!(
        seconds(
            "Sat, 01 Mar 2100 00:00:00 GMT",
            Some("Sun, 28 Feb 2100 00:00:00 GMT")
        ),
        Some(86_400)
    );
    assert_eq!(seconds("Sun, 06 Nov 1994 08:49:07 GMT", date), Some(0));
    assert_eq!(seconds("Sun, 06 Nov 1994 08:49:07 GMT", None), None);
    for value in [
        "",
        "-1",
        "soon",
        "Sun, 99 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
        "1.5",
    ] {
        assert_eq!(seconds(value, date), None, "{value}");
    }
}
