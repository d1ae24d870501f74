//! Where operations are sent that have a server of their own.

use super::runtime::{ClientBuilder, Credential, Description};
use super::server::{Seen, Server, json, redirect};
use super::{API, HEADER_KEY, operation};

/// An operation with a server of its own, and with credentials.
fn served_at(server: &str) -> &'static Description {
    Box::leak(Box::new(Description {
        server: Some(String::leak(server.to_owned())),
        security: &[&[HEADER_KEY]],
        scopes: &[],
        idempotency_key: None,
        ..operation("GET", "/get")
    }))
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server_with_credentials() {
    let api = Server::start(|_| json(200, "{}")).await;
    let back = format!("{}/api", api.url);
    let own = Server::start(move |seen| match seen.target.as_str() {
        "/moved/get" => redirect(302, &back),
        _ => json(200, "{}"),
    })
    .await;
    let mut of_server = ClientBuilder::new(&API);
    of_server.server(&api.url);
    of_server.credential(HEADER_KEY, Credential::token("K"));
    let mut of_base_url = of_server.clone();
    of_base_url.base_url(format!("{}/base", api.url));
    let of_server = of_server.build().expect("the settings are fine");
    let of_base_url = of_base_url.build().expect("the settings are fine");
    let targets = |server: &Server| {
        let seen = server.seen();
        let line = |it: &Seen| format!("{} {:?}", it.target, it.header("x-api-key"));
        seen.iter().map(line).collect::<Vec<_>>().join(", ")
    };

    let operation = served_at(&format!("{}/own/", own.url));
    of_server
        .call(operation)
        .send()
        .await
        .expect("it is answered");
    assert_eq!(targets(&own), r#"/own/get Some("K")"#);
    // Where the rest of the API is, is another origin to it.
    let operation = served_at(&format!("{}/moved", own.url));
    of_server
        .call(operation)
        .send()
        .await
        .expect("it is answered");
    assert_eq!(targets(&api), "/api None");
    // A base URL that was asked for goes before everything.
    of_base_url
        .call(operation)
        .send()
        .await
        .expect("it is answered");
    assert_eq!(targets(&api), r#"/api None, /base/get Some("K")"#);
    // A relative one stays with the API.
    of_server
        .call(served_at("/v2"))
        .send()
        .await
        .expect("it is answered");
    assert_eq!(
        targets(&api),
        r#"/api None, /base/get Some("K"), /v2/get Some("K")"#
    );

    let insecure = served_at("http://example.org");
    let error = of_server
        .call(insecure)
        .send()
        .await
        .expect_err("it is not sent");
    insta::assert_snapshot!(chain(&error), @"`probe`: the operation's server cannot be used: the base URL is `http`, so everything could be read on the way; use `https`, or `.allow_plain_http()` on the client builder");
}

/// What an error says, and what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
