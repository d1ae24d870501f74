//! `keywright mock --check-only` between a client and a service that answers wrong things.
#![cfg(unix)]

mod between;
mod service;

use between::Between;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use service::Service;

/// The findings without their times: in which direction, of which operation, in what, what is wrong, and the line of the
/// document.
fn brief(findings: &[Value]) -> Vec<String> {
    let brief = |it: &Value| {
        let text = |key: &str| it[key].as_str().unwrap_or("-");
        let line = text("document").split(':').nth(1).unwrap_or("-");
        let (method, path, operation) = (text("method"), text("path"), text("operation"));
        let (direction, part, message) = (text("direction"), text("in"), text("message"));
        format!("{direction} {method} {path} {operation}: {part}: {message} ({line})")
    };
    findings.iter().map(brief).collect()
}

#[tokio::test]
async fn what_is_right_passes_and_nothing_is_found() {
    let service = Service::start().await;
    let between = Between::start(&format!("{}/v9", service.origin));
    let response = between
        .request(Method::PUT, "/api/pets/7?fields=%20a")
        .header("x-key", "SECRET")
        .header("connection", "x-hop")
        .header("x-hop", "1")
        .header("content-type", "application/json")
        .body(r#"{ "name":"Rex" }"#)
        .send()
        .await
        .expect("it is answered");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["x-count"], "1");
    let body = response.text().await.expect("there is a body");
    assert_eq!(body, r#"{ "name":"Rex" }"#, "it is passed back unchanged");
    let seen = service.seen();
    assert_eq!(seen["target"], "/v9/pets/7?fields=%20a");
    assert_eq!(seen["headers"]["host"], service.host());
    assert_eq!(seen["headers"]["x-key"], "SECRET");
    assert_eq!(seen["headers"]["x-hop"], Value::Null);
    assert_eq!(seen["headers"]["via"], "1.1 keywright");
    let end = between.end();
    assert_eq!(end.findings, Vec::<Value>::new());
    assert_eq!(end.summary, "0 findings in 1 request");
    assert_eq!(end.code, Some(0));
}

#[tokio::test]
async fn what_is_wrong_passes_and_is_found() {
    let service = Service::start().await;
    let between = Between::start(&format!("{}/v9", service.origin));
    let send = async |method, target: &str, body: &'static str| {
        let request = between.request(method, target).header("x-key", "SECRET");
        let request = request.header("content-type", "application/json");
        let response = request.body(body).send().await.expect("it is answered");
        let status = response.status().as_u16();
        (status, response.text().await.expect("there is a body"))
    };
    // The service knows better than the document.
    let (status, body) = send(Method::GET, "/api/pets/x?fields=SECRET-SECRET", "").await;
    assert_eq!(
        (status, body.as_str()),
        (200, r#"{"name": 5, "SECRET": 1}"#)
    );
    let (status, _) = send(Method::PUT, "/api/pets/8", r#"{"name":"SECRET-SECRET"}"#).await;
    assert_eq!(status, 418);
    let (status, body) = send(Method::GET, "/api/SECRET/pets", "").await;
    assert_eq!((status, body.as_str()), (404, "nothing"));
    let (status, _) = send(Method::PATCH, "/api/pets/8", "").await;
    assert_eq!(status, 405);
    let response = between.request(Method::GET, "/api/moved").send().await;
    let response = response.expect("it is answered");
    assert_eq!(response.status(), 302);
    assert_eq!(response.headers()["location"], "http://elsewhere.invalid/");
    let end = between.end();
    insta::assert_debug_snapshot!(brief(&end.findings));
    assert!(!json!(end.findings).to_string().contains("SECRET-SECRET"));
    assert_eq!(end.code, Some(1));
}

#[tokio::test]
async fn events_pass_as_they_come() {
    let service = Service::start().await;
    let between = Between::start(&format!("{}/v9", service.origin));
    let request = between.request(Method::GET, "/api/events");
    let response = request.bearer_auth("T").send().await;
    let mut response = response.expect("it is answered");
    let mut text = String::new();
    for number in 1..=3 {
        service.say(&format!("data: {}\n\n", ["a", "B", "c"][number - 1]));
        while text.matches("\n\n").count() < number {
            let bytes = response.chunk().await.expect("it goes on");
            text.push_str(std::str::from_utf8(&bytes.expect("there is more")).expect("it is text"));
        }
    }
    // The stream is open, and ends with the proxy.
    let end = between.end();
    assert_eq!(
        brief(&end.findings),
        ["response GET /api/events watch: body /1/data: it does not match \"^[a-z]*$\" (36)"]
    );
    assert_eq!(
        end.summary,
        "1 finding in 1 request; 1 body was not read to the end"
    );
    assert_eq!(end.code, Some(1));
}

#[tokio::test]
async fn a_service_that_is_not_there_is_no_finding() {
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
        listener.local_addr().expect("it has an address")
    };
    let between = Between::start(&format!("http://{nobody}"));
    let request = between.request(Method::GET, "/api/pets/1");
    let response = request.header("x-key", "K").send().await;
    let response = response.expect("it is answered");
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let end = between.end();
    assert_eq!(end.summary, "0 findings in 1 request; 1 was not answered");
    assert_eq!(end.code, Some(0));
}
