//! A server on this machine, which gives a token for a key, and another one for a token.

use std::io;
use std::net::TcpListener;
use std::thread;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};

/// The token that it gives for a key.
pub(crate) const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
/// The token that it gives for a token.
pub(crate) const GIVEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl";

/// Starts it on a thread of its own; returns its URL.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            let router = Router::new()
                .route("/login", post(async || json(TOKEN)))
                .route("/refresh_token", get(renew));
            let listener = tokio::net::TcpListener::from_std(listener).expect("it is open");
            axum::serve(listener, router).await.expect("it serves");
        });
    });
    Ok(url)
}

async fn renew(
    headers: HeaderMap,
) -> Result<([(header::HeaderName, &'static str); 1], String), StatusCode> {
    let sent = headers.get(header::AUTHORIZATION);
    let sent = sent.and_then(|it| it.to_str().ok());
    match sent.and_then(|it| it.strip_prefix("Bearer ")) {
        Some(TOKEN) => Ok(json(GIVEN)),
        _ => Err(StatusCode::UNAUTHORIZED),
    }
}

fn json(token: &str) -> ([(header::HeaderName, &'static str); 1], String) {
    let body = format!("{{\"token\":\"{token}\"}}");
    ([(header::CONTENT_TYPE, "application/json")], body)
}
