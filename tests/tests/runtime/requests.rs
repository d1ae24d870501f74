//! What is sent besides path and credentials, and the client's settings.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::{Value, json};

use super::path::pollster;
use super::runtime::{Body, Call, Description, Encode, Error, Maybe, Style, Timeout};
use super::server::Double;
use super::{GET, POST, builder};

/// Sends what `fill` makes of a call.
fn sent(
    operation: &'static Description,
    fill: impl FnOnce(&mut Call),
) -> Result<Request<Body>, Error> {
    let double = Double::new();
    let mut builder = builder("https://h/v1");
    builder.transport(double.clone());
    let mut call = builder.build()?.call(operation);
    fill(&mut call);
    pollster(call.send())?;
    Ok(double.only())
}

fn header<'a>(request: &'a Request<Body>, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
}

fn body(request: &Request<Body>) -> &[u8] {
    request.body().as_bytes().expect("the body is in memory")
}

fn time_left(request: &Request<Body>) -> Duration {
    let timeout = request.extensions().get::<Timeout>();
    timeout.and_then(Timeout::left).expect("a time-out")
}

#[test]
fn a_bare_request() {
    let request = sent(&GET, |_| {}).expect("fine");
    assert_eq!(
        (request.method(), request.uri().to_string().as_str()),
        (&Method::GET, "https://h/v1/get")
    );
    assert_eq!(header(&request, "accept"), Some("application/json"));
    assert_eq!(header(&request, "user-agent"), Some("tests/1.0"));
    assert_eq!((request.headers().len(), body(&request)), (2, &b""[..]));
    let left = time_left(&request);
    assert!(left <= Duration::from_secs(30) && left > Duration::from_secs(29));
}

#[test]
fn queries() {
    let request = sent(&GET, |call| {
        call.query("limit", &10_i64, Style::FORM_EXPLODED);
        call.query("q", &"a b", Style::FORM_EXPLODED);
        call.query("limit", &20_i64, Style::FORM_EXPLODED);
        call.query("none", &None::<i64>, Style::FORM_EXPLODED);
        call.query("absent", &Maybe::<i64>::Absent, Style::FORM_EXPLODED);
        call.query("ids", &vec![1_i64, 2], Style::FORM_EXPLODED);
    });
    assert_eq!(
        request.expect("fine").uri().query(),
        Some("limit=20&q=a%20b&ids=1&ids=2")
    );
    let request = sent(&GET, |call| {
        call.query("limit", &10_i64, Style::FORM_EXPLODED);
        call.query("limit", &None::<i64>, Style::FORM_EXPLODED);
    });
    assert_eq!(request.expect("fine").uri().to_string(), "https://h/v1/get");
}

#[test]
fn headers_and_cookies() {
    let request = sent(&GET, |call| {
        call.header("X-Trace", &vec!["a", "b c"], Style::SIMPLE);
        call.header("X-None", &None::<String>, Style::SIMPLE);
        call.cookie("theme", &"dark; a\"", Style::FORM_EXPLODED);
        call.cookie("ids", &vec![1_i64, 2], Style::FORM);
        call.cookie("theme", &"light mode", Style::FORM_EXPLODED);
    });
    let request = request.expect("fine");
    assert_eq!(
        (header(&request, "x-trace"), header(&request, "x-none")),
        (Some("a,b c"), None)
    );
    assert_eq!(
        header(&request, "cookie"),
        Some("ids=1,2; theme=light%20mode")
    );

    for value in ["a\r\nX-Evil: 1", "é", "\0"] {
        let error =
            sent(&GET, |call| call.header("X-Trace", &value, Style::SIMPLE)).expect_err(value);
        assert_eq!(
            error.to_string(),
            "`probe`: the header argument `X-Trace` contains a character that is not allowed in a header"
        );
    }
    assert!(sent(&GET, |call| call.header("X Trace", &1_i64, Style::SIMPLE)).is_err());
    let request = sent(&GET, |call| call.cookie("a;b", &"c\r\n;d", Style::FORM)).expect("fine");
    assert_eq!(header(&request, "cookie"), Some("a%3Bb=c%0D%0A%3Bd"));
}

#[test]
fn bodies() {
    let request = sent(&POST, |call| {
        call.json("application/json", &json!({"a": [1]}));
    })
    .expect("fine");
    assert_eq!(
        (header(&request, "content-type"), body(&request)),
        (Some("application/json"), &br#"{"a":[1]}"#[..])
    );
    let request = sent(&POST, |call| call.json("application/json", &None::<Value>)).expect("fine");
    assert_eq!(
        (header(&request, "content-type"), body(&request)),
        (None, &b""[..])
    );
    let request = sent(&POST, |call| call.json("application/merge-patch+json", &())).expect("fine");
    assert_eq!(
        (header(&request, "content-type"), body(&request)),
        (Some("application/merge-patch+json"), &b"{}"[..])
    );
    let request = sent(&POST, |call| call.text("text/plain; charset=utf-8", "é")).expect("fine");
    assert_eq!(
        (header(&request, "content-type"), body(&request)),
        (Some("text/plain; charset=utf-8"), "é".as_bytes())
    );
    let request = sent(&POST, |call| {
        call.body("image/png", Bytes::from_static(b"\x89PNG"));
    })
    .expect("fine");
    assert_eq!(
        (header(&request, "content-type"), body(&request)),
        (Some("image/png"), &b"\x89PNG"[..])
    );
}

#[test]
fn values_as_text() {
    let text = |value: &dyn Encode| {
        let request = sent(&POST, |call| call.scalar("text/plain", value)).expect("fine");
        let sent = header(&request, "content-type").is_some();
        sent.then(|| String::from_utf8(body(&request).to_vec()).expect("text"))
    };
    assert_eq!(text(&42_i64).as_deref(), Some("42"));
    assert_eq!(text(&true).as_deref(), Some("true"));
    assert_eq!(text(&" é\"").as_deref(), Some(" é\""));
    assert_eq!(text(&"").as_deref(), Some(""));
    assert_eq!(text(&vec!["a", "b"]).as_deref(), Some("[\"a\",\"b\"]"));
    assert_eq!(text(&json!({"a": 1})).as_deref(), Some("{\"a\":1}"));
    assert_eq!(text(&None::<i64>), None);
    assert_eq!(text(&Maybe::<i64>::Null), None);
    let error = sent(&POST, |call| call.scalar("text/plain", &f64::NAN)).expect_err("no number");
    assert!(matches!(error, Error::Encode(_)), "{error}");
}

#[test]
fn forms() {
    let form = json!({"a": "x y&z", "b": ["1", "2"], "c": {"d": [true]}, "e": null, "f": {"g": 1, "h": [2]}, "i": [1, 2]});
    let request = sent(&POST, |call| {
        call.form(&form, &[("f", Style::DEEP_OBJECT), ("i", Style::FORM)]);
    })
    .expect("fine");
    assert_eq!(
        header(&request, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let expected = "a=x+y%26z&b=1&b=2&c=%7B%22d%22%3A%5Btrue%5D%7D&f%5Bg%5D=1&f%5Bh%5D=2&i=1,2";
    assert_eq!(std::str::from_utf8(body(&request)), Ok(expected));
    let error = sent(&POST, |call| call.form(&"text", &[])).expect_err("it is no object");
    assert_eq!(
        error.to_string(),
        "`probe`: only an object can be sent as a form"
    );
}

#[test]
fn what_cannot_be_encoded_comes_out_of_send() {
    let prices = BTreeMap::from([("price".to_owned(), f64::NAN)]);
    let error = sent(&POST, |call| call.json("application/json", &vec![prices]))
        .expect_err("it is no number");
    assert_eq!(
        error.to_string(),
        "`probe`: a value cannot be sent: $[0].price: NaN and infinity cannot be written as JSON"
    );
    let Error::Encode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.path(), "$[0].price");
    let error = sent(&GET, |call| call.query("q", &f64::INFINITY, Style::FORM))
        .expect_err("it is no number");
    assert!(matches!(error, Error::Encode(_)), "{error}");
}

#[test]
fn a_call_may_have_a_timeout_of_its_own() {
    let request = sent(&GET, |call| call.timeout(Duration::from_millis(500))).expect("fine");
    assert!(time_left(&request) <= Duration::from_millis(500));
}

#[test]
fn base_urls_are_checked() {
    let build = |url: &str| {
        let mut builder = builder(url);
        builder.transport(Double::new());
        builder.build().map(|client| client.base_url().to_string())
    };
    for url in [
        "https://h",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.9.9.9",
        "http://[::1]:80/",
        "http://a.localhost",
    ] {
        assert!(build(url).is_ok(), "{url}");
    }
    let refused = [
        ("", "is not an absolute URL"),
        ("/v1", "is not an absolute URL"),
        ("ftp://h", "is neither `https` nor `http`"),
        ("https://u:SECRET@h", "has user information"),
        ("https://h?key=SECRET", "has a query"),
        ("https://h#SECRET", "has a query or a fragment"),
        ("http://h", "is `http`"),
        ("http://127.0.0.1.evil.example", "is `http`"),
        ("http://[::2]", "is `http`"),
        ("http://0.0.0.0", "is `http`"),
    ];
    for (url, expected) in refused {
        let error = build(url).expect_err(url);
        let message = format!("{error} {error:?}");
        assert!(
            message.contains(expected) && !message.contains("SECRET"),
            "{message}"
        );
    }
    let mut builder = builder("http://h");
    builder.transport(Double::new());
    builder.allow_plain_http();
    assert!(builder.build().is_ok());
}

#[test]
fn the_user_agent_can_be_set() {
    let double = Double::new();
    let mut settings = builder("https://h");
    settings.transport(double.clone());
    settings.user_agent("mine/2");
    pollster(settings.build().expect("fine").call(&GET).send()).expect("fine");
    assert_eq!(header(&double.only(), "user-agent"), Some("mine/2"));
    let mut settings = builder("https://h");
    settings.user_agent("a\nb");
    assert!(matches!(settings.build(), Err(Error::Request(_))));
}

#[test]
fn errors_are_small() {
    assert!(size_of::<Error>() <= 16);
}
