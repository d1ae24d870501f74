//! A service that does not do what its document says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A service on loopback.
pub(crate) struct Service {
    pub(crate) origin: String,
    seen: Arc<Mutex<Value>>,
    events: UnboundedSender<String>,
}

type Events = Arc<Mutex<Option<UnboundedReceiver<String>>>>;

impl Service {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let seen = Arc::new(Mutex::new(Value::Null));
        let (say, events) = unbounded_channel();
        let events: Events = Arc::new(Mutex::new(Some(events)));
        let kept = Arc::clone(&seen);
        let router = Router::new().fallback(async move |request: Request| {
            let (parts, body) = request.into_parts();
            let headers = parts.headers.iter();
            let headers: serde_json::Map<String, Value> = headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().into()))
                .collect();
            *kept.lock().expect("nobody panics") =
                json!({ "target": parts.uri.to_string(), "headers": headers });
            answer(&parts.method, parts.uri.path(), body, &events)
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            origin: format!("http://{address}"),
            seen,
            events: say,
        }
    }

    pub(crate) fn host(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }

    /// The last request.
    pub(crate) fn seen(&self) -> Value {
        self.seen.lock().expect("nobody panics").clone()
    }

    /// Sends something to whoever watches.
    pub(crate) fn say(&self, text: &str) {
        self.events.send(text.to_owned()).expect("somebody watches");
    }
}

fn answer(method: &Method, path: &str, body: Body, events: &Events) -> Response {
    let response = Response::builder();
    let json = response.header("content-type", "application/json");
    let response = match (method, path) {
        (&Method::GET, "/v9/pets/x") => json.body(Body::from(r#"{"name": 5, "SECRET": 1}"#)),
        (&Method::PUT, "/v9/pets/7") => json.header("x-count", "1").body(body),
        (&Method::PUT, _) => json.status(StatusCode::IM_A_TEAPOT).body(Body::empty()),
        (&Method::PATCH, _) => json.status(405).body(Body::empty()),
        (_, "/v9/moved") => Response::builder()
            .status(302)
            .header("location", "http://elsewhere.invalid/")
            .body(Body::empty()),
        (_, "/v9/events") => {
            let events = events.lock().expect("nobody panics").take();
            let events = events.expect("one watches");
            let pieces = stream::unfold(events, async |mut events| {
                let text = events.recv().await?;
                Some((Ok::<_, std::io::Error>(Bytes::from(text)), events))
            });
            Response::builder()
                .header("content-type", "text/event-stream")
                .body(Body::from_stream(pieces.boxed()))
        }
        _ => json.status(404).body(Body::from("nothing")),
    };
    response.expect("it is a response")
}
