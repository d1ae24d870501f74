//! Hooks: what they see, what they may change, and where they are not asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderValue;

use super::runtime::{
    Body, Credential, Description, Error, IncomingResponse, RequestError, Retry, Style,
};
use super::server::{Double, Server, json, redirect};
use super::{GET, HEADER_KEY, builder, operation};

static SECURED: Description = Description {
    security: &[&[HEADER_KEY]],
    ..operation("PUT", "/put")
};

/// A sum of what is signed, as a signature would have it.
fn signature(method: &str, path: &str, body: &[u8]) -> HeaderValue {
    let sum: u32 = body.iter().map(|it| u32::from(*it)).sum();
    HeaderValue::from_str(&format!("{method} {path} {sum}")).expect("it is ASCII")
}

#[tokio::test]
async fn a_hook_signs_requests() {
    let server = Server::start(|_| json(200, "{}")).await;
    let mut builder = builder(&server.url);
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    builder.before_request(|request| {
        let body = request.body().expect("it is in memory");
        let signature = signature(request.method().as_str(), request.url().path(), body);
        // Credentials are there before.
        assert_eq!(request.headers()["x-api-key"], "SECRET");
        let shown = format!("{request:?}");
        assert!(
            shown.contains("probe") && !shown.contains("SECRET"),
            "{shown}"
        );
        request.headers_mut().insert("x-signature", signature);
        // Where a body ends is for the transport to say.
        let length = HeaderValue::from_static("1");
        request.headers_mut().insert("content-length", length);
        Ok(())
    });
    let mut call = builder.build().expect("fine").call(&SECURED);
    call.query("q", &"a", Style::FORM);
    call.json("application/json", &"é");
    call.send().await.expect("an answer");
    let seen = server.only();
    assert_eq!(seen.header("x-signature"), Some("PUT /put 432"));
    assert_eq!(seen.header("content-length"), Some("4"));
}

#[tokio::test]
async fn hooks_see_each_attempt_and_each_response() {
    let server = Server::start(|seen| {
        if seen.header("x-attempt") == Some("1") {
            json(503, "")
        } else if seen.target == "/put" {
            redirect(307, "/elsewhere")
        } else {
            json(200, "{}")
        }
    })
    .await;
    let mut builder = builder(&server.url);
    builder.retry(Retry::new().pauses(Duration::ZERO, Duration::ZERO));
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    builder.before_request(|request| {
        let attempt = HeaderValue::from(request.attempt());
        request.headers_mut().insert("x-attempt", attempt);
        Ok(())
    });
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let by_hook = Arc::clone(&seen);
    builder.after_response(move |response: &IncomingResponse<'_>| {
        assert!(response.headers().contains_key("date"));
        assert!(response.elapsed() < Duration::from_secs(60));
        assert!(!format!("{response:?}").contains("date"));
        let line = format!(
            "{} {} {}",
            response.operation(),
            response.attempt(),
            response.status().as_u16()
        );
        by_hook.lock().expect("no test panics here").push(line);
    });
    let client = builder.build().expect("the settings are fine");
    let response = client.call(&SECURED).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let lines = seen.lock().expect("no test panics here").clone();
    assert_eq!(lines, ["probe 1 503", "probe 2 307", "probe 2 200"]);
}

/// What a hook adds may be a credential.
#[tokio::test]
async fn hooks_do_not_see_requests_to_other_origins() {
    let other = Server::start(|_| json(200, "{}")).await;
    let target = format!("{}/end", other.url);
    let server = Server::start(move |_| redirect(302, &target)).await;
    let mut builder = builder(&server.url);
    builder.before_request(|request| {
        let mark = HeaderValue::from_static("SECRET");
        request.headers_mut().insert("x-signature", mark);
        Ok(())
    });
    let count = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&count);
    builder.after_response(move |_| *counted.lock().expect("no test panics here") += 1);
    let client = builder.build().expect("the settings are fine");
    client.call(&GET).send().await.expect("an answer");
    assert_eq!(server.only().header("x-signature"), Some("SECRET"));
    assert_eq!(other.only().header("x-signature"), None);
    assert_eq!(*count.lock().expect("no test panics here"), 1);
}

#[tokio::test]
async fn an_error_of_a_hook_stops_the_call() {
    let double = Double::new();
    let mut builder = builder("https://h");
    builder.retry(Retry::new());
    builder.transport(double.clone());
    builder.before_request(|_| Err(RequestError::new("there is no key to sign with").into()));
    builder.before_request(|_| panic!("the first one has failed"));
    let client = builder.build().expect("the settings are fine");
    let error = client.call(&GET).send().await.expect_err("it is stopped");
    assert!(matches!(error, Error::Request(_)));
    assert_eq!(error.to_string(), "`probe`: there is no key to sign with");
    assert!(double.take().is_empty());
}

#[tokio::test]
async fn a_stream_is_not_shown() {
    let double = Double::new();
    let mut builder = builder("https://h");
    builder.transport(double.clone());
    builder.before_request(|request| {
        assert_eq!(request.body(), None);
        Ok(())
    });
    let client = builder.build().expect("the settings are fine");
    let mut call = client.call(&SECURED);
    call.set_header("x-api-key", "k");
    let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>("a")]);
    call.body("text/plain", Body::from_stream(chunks));
    call.send().await.expect("an answer");
    assert_eq!(double.take().len(), 1);
}
