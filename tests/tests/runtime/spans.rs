//! Spans of requests: their fields, and what is not in them.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::runtime::{Credential, Description, Retry, Style};
use super::server::{Server, json, redirect};
use super::{HEADER_KEY, builder, operation};

/// Remembers the fields of all spans and events.
#[derive(Clone, Default)]
struct Capture {
    spans: Arc<Mutex<Vec<Fields>>>,
    next: Arc<AtomicU64>,
}

#[derive(Clone, Default)]
struct Fields(Vec<(&'static str, String)>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().contains("runtime")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let mut spans = self.spans.lock().expect("no test panics here");
        spans.push(fields);
        Id::from_u64(self.next.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.spans.lock().expect("no test panics here");
        let index = usize::try_from(span.into_u64()).expect("there are few") - 1;
        values.record(&mut spans[index]);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        panic!("there are no events: {:?}", fields.0);
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

impl Capture {
    /// Returns the spans, a line each, without the port.
    fn lines(&self) -> String {
        let spans = self.spans.lock().expect("no test panics here");
        let shown = |(name, value): &(&str, String)| match *name {
            "server.port" => format!("{name}={}", value.parse::<u16>().is_ok()),
            _ => format!("{name}={value}"),
        };
        let lines = spans.iter().map(|it| {
            let fields: Vec<String> = it.0.iter().map(shown).collect();
            fields.join(", ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

static PATCHED: Description = Description {
    security: &[&[HEADER_KEY]],
    ..operation("PUT", "/pets/{petId}")
};

#[tokio::test]
async fn each_request_has_a_span_without_secrets() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => json(503, "SECRET"),
        1 => redirect(307, "/SECRET?SECRET#SECRET"),
        _ => json(404, "SECRET"),
    })
    .await;
    let capture = Capture::default();
    let guard = tracing::subscriber::set_default(capture.clone());
    let mut builder = builder(&server.url);
    builder.retry(Retry::new().pauses(Duration::ZERO, Duration::ZERO));
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    let mut call = builder.build().expect("fine").call(&PATCHED);
    call.path("petId", &"SECRET", Style::SIMPLE);
    call.query("q", &"SECRET", Style::FORM);
    call.cookie("c", &"SECRET", Style::FORM);
    call.json("application/json", &"SECRET");
    call.send().await.expect("an answer");
    drop(guard);
    let lines = capture.lines();
    assert!(!lines.contains("SECRET"), "{lines}");
    insta::assert_snapshot!(lines, @"
    otel.name=PUT /pets/{petId}, otel.kind=client, http.request.method=PUT, server.address=127.0.0.1, server.port=true, url.scheme=http, url.template=/pets/{petId}, http.response.status_code=503, error.type=503, otel.status_code=ERROR
    otel.name=PUT /pets/{petId}, otel.kind=client, http.request.method=PUT, http.request.resend_count=1, server.address=127.0.0.1, server.port=true, url.scheme=http, url.template=/pets/{petId}, http.response.status_code=307
    otel.name=PUT, otel.kind=client, http.request.method=PUT, http.request.resend_count=2, server.address=127.0.0.1, server.port=true, url.scheme=http, http.response.status_code=404, error.type=404, otel.status_code=ERROR
    ");
}

#[tokio::test]
async fn failures_are_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let capture = Capture::default();
    let guard = tracing::subscriber::set_default(capture.clone());
    let mut builder = builder(&url);
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    let mut call = builder.build().expect("fine").call(&PATCHED);
    call.path("petId", &"SECRET", Style::SIMPLE);
    call.send().await.expect_err("nobody is there");
    drop(guard);
    insta::assert_snapshot!(capture.lines(), @"otel.name=PUT /pets/{petId}, otel.kind=client, http.request.method=PUT, server.address=127.0.0.1, server.port=true, url.scheme=http, url.template=/pets/{petId}, error.type=Refused, otel.status_code=ERROR");
}
