//! A server on this machine that remembers what it was asked and answers as told, and a transport that never
//! leaves the process.

use std::future::ready;
use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method};
use tokio::net::TcpListener;

use super::runtime::{Body, BoxFuture, Transport, TransportError};

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    /// Path and query, byte for byte.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

type Answer = dyn Fn(&Seen) -> Response + Send + Sync;

/// A server on loopback.
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

#[derive(Clone)]
struct Shared {
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<Answer>,
}

impl Server {
    /// Starts a server that answers every request by `answer`.
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Shared {
            seen: Arc::clone(&seen),
            answer: Arc::new(answer),
        };
        let router = axum::Router::new().fallback(handle).with_state(shared);
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { url, seen }
    }

    /// Returns all requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen
            .lock()
            .expect("no test panics while it holds the lock")
            .clone()
    }

    /// Returns the one request.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.into_iter().next().expect("one request")
    }
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let seen = Seen {
        method: parts.method,
        target: parts.uri.to_string(),
        headers: parts.headers,
        body: axum::body::to_bytes(body, usize::MAX)
            .await
            .unwrap_or_default(),
    };
    shared
        .seen
        .lock()
        .expect("no test panics while it holds the lock")
        .push(seen.clone());
    (shared.answer)(&seen)
}

/// Returns an answer with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Response {
    with_type(status, "application/json", body)
}

/// Returns an answer of a media type.
pub(crate) fn with_type(status: u16, media_type: &str, body: &str) -> Response {
    Response::builder()
        .status(status)
        .header("content-type", media_type)
        .body(body.to_owned().into())
        .expect("a valid answer")
}

/// Returns a redirect.
pub(crate) fn redirect(status: u16, location: &str) -> Response {
    Response::builder()
        .status(status)
        .header("location", location)
        .body(axum::body::Body::empty())
        .expect("a valid answer")
}

/// A transport that keeps the requests and answers `{}`, or what it was made with.
#[derive(Clone)]
pub(crate) struct Double {
    seen: Arc<Mutex<Vec<http::Request<Body>>>>,
    answer: Arc<dyn Fn() -> http::Response<Body> + Send + Sync>,
}

impl Double {
    pub(crate) fn new() -> Self {
        Self::answering(|| http::Response::new(Body::from("{}")))
    }

    pub(crate) fn answering(
        answer: impl Fn() -> http::Response<Body> + Send + Sync + 'static,
    ) -> Self {
        Self {
            seen: Arc::default(),
            answer: Arc::new(answer),
        }
    }

    /// Returns the requests so far.
    pub(crate) fn take(&self) -> Vec<http::Request<Body>> {
        std::mem::take(
            &mut *self
                .seen
                .lock()
                .expect("no test panics while it holds the lock"),
        )
    }

    /// Returns the one request.
    pub(crate) fn only(&self) -> http::Request<Body> {
        let mut seen = self.take();
        assert_eq!(seen.len(), 1);
        seen.remove(0)
    }
}

impl Transport for Double {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.seen
            .lock()
            .expect("no test panics while it holds the lock")
            .push(request);
        Box::pin(ready(Ok((self.answer)())))
    }
}
