//! Spans of requests: their fields, and what is not in them.

use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::runtime::{Credential, Description, Retry, Style};
use super::server::{Server, json, redirect};
use super::{HEADER_KEY, builder, operation};

/// Remembers the fields of all spans and events of this process: whether a span is there at all is decided for all
/// threads at once.
static CAPTURE: OnceLock<Capture> = OnceLock::new();

#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<Fields>>>);

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

impl Fields {
    fn shown(&self) -> String {
        // The port is another one each time.
        let fields = self.0.iter().filter(|(name, _)| *name != "server.port");
        let fields: Vec<String> = fields
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        fields.join(", ")
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().contains("runtime")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let mut all = self.all();
        all.push(fields);
        Id::from_u64(u64::try_from(all.len()).expect("there are few"))
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).expect("there are few") - 1;
        values.record(&mut self.all()[index]);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.all().push(fields);
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

impl Capture {
    fn start() -> Self {
        let capture = CAPTURE.get_or_init(|| {
            let capture = Self::default();
            tracing::subscriber::set_global_default(capture.clone()).expect("it is the only one");
            capture
        });
        capture.clone()
    }

    fn all(&self) -> MutexGuard<'_, Vec<Fields>> {
        self.0.lock().expect("no test panics here")
    }

    /// Returns the spans of requests to a server, a line each. Nothing secret is in them, nor in any other.
    fn lines(&self, url: &str) -> String {
        let all = self.all();
        let text: Vec<String> = all.iter().map(Fields::shown).collect();
        assert!(!text.join(" ").contains("SECRET"), "{text:?}");
        let port = url.rsplit(':').next().expect("a port");
        let is_there = |it: &&Fields| {
            it.0.iter()
                .any(|it| *it == ("server.port", port.to_owned()))
        };
        let lines: Vec<String> = all.iter().filter(is_there).map(Fields::shown).collect();
        lines.join("\n")
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
    let capture = Capture::start();
    let mut builder = builder(&server.url);
    builder.retry(Retry::new().pauses(Duration::ZERO, Duration::ZERO));
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    let mut call = builder.build().expect("fine").call(&PATCHED);
    call.path("petId", &"SECRET", Style::SIMPLE);
    call.query("q", &"SECRET", Style::FORM);
    call.cookie("c", &"SECRET", Style::FORM);
    call.json("application/json", &"SECRET");
    call.send().await.expect("an answer");
    insta::assert_snapshot!(capture.lines(&server.url), @"
    otel.name=PUT /pets/{petId}, otel.kind=client, http.request.method=PUT, server.address=127.0.0.1, url.scheme=http, url.template=/pets/{petId}, http.response.status_code=503, error.type=503, otel.status_code=ERROR
    otel.name=PUT /pets/{petId}, otel.kind=client, http.request.method=PUT, http.request.resend_count=1, server.address=127.0.0.1, url.scheme=http, url.template=/pets/{petId}, http.response.status_code=307
    otel.name=PUT, otel.kind=client, http.request.method=PUT, http.request.resend_count=2, server.address=127.0.0.1, url.scheme=http, http.response.status_code=404, error.type=404, otel.status_code=ERROR
    ");
}

#[tokio::test]
async fn failures_are_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let capture = Capture::start();
    let mut builder = builder(&url);
    builder.credential(HEADER_KEY, Credential::token("SECRET"));
    let mut call = builder.build().expect("fine").call(&PATCHED);
    call.path("petId", &"SECRET", Style::SIMPLE);
    call.send().await.expect_err("nobody is there");
    insta::assert_snapshot!(capture.lines(&url), @"otel.name=PUT /pets/{petId}, otel.kind=client, http.request.method=PUT, server.address=127.0.0.1, url.scheme=http, url.template=/pets/{petId}, error.type=Refused, otel.status_code=ERROR");
}
