//! Secrets are shown by nothing: every operation, with marked credentials and arguments, through answers of all sorts.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use keywright_tests::drive::cases::{Case, Cases};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::fixtures;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{Call, Document, of_fixtures, of_specs, operations};

/// What is in every secret.
const MARK: &str = "MARKED";

/// What is in bodies that servers send.
const BODY: &str = "MARKED-body";

/// What has been logged.
static LOG: Mutex<String> = Mutex::new(String::new());

fn log() -> MutexGuard<'static, String> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Logs everything, of all crates and levels.
struct Logger;

struct Fields;

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(log(), " {field}={value:?}");
    }
}

impl Subscriber for Logger {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let _ = write!(log(), "\n{}", span.metadata().name());
        span.record(&mut Fields);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        log().push('\n');
        event.record(&mut Fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What servers answer when something is wrong, with secrets in it.
fn failures() -> Vec<Answer> {
    let page = "<html><p>MARKED-body</p></html>";
    let html = |status: &str, headers: &[(&str, &str)]| {
        let all = [
            &[("content-type", "text/html"), ("x-token", "MARKED-header")],
            headers,
        ]
        .concat();
        Answer::reply(status, &all, page)
    };
    let elsewhere = "http://MARKED-user:MARKED-password@127.0.0.1:9/MARKED?MARKED=MARKED";
    vec![
        html("200 OK", &[]),
        html(
            "401 Unauthorized",
            &[("www-authenticate", "Bearer realm=\"MARKED-realm\"")],
        ),
        html("403 Forbidden", &[("set-cookie", "a=MARKED-cookie")]),
        html("404 Not Found", &[]),
        html("422 Unprocessable Content", &[]),
        html("500 Internal Server Error", &[]),
        html("302 Found", &[("location", elsewhere)]),
        html(
            "307 Temporary Redirect",
            &[("location", "/MARKED/..?MARKED")],
        ),
        Answer::json("200 OK", "{\"name\": \"MARKED-body"),
        Answer::json("200 OK", "[[\"MARKED-body\"]]"),
        Answer::json("400 Bad Request", "\"MARKED-body\" MARKED-body"),
        Answer::truncated("{\"token\": \"MARKED-body\"}", 3),
        Answer::Bytes(b"HTTP/1.1 MARKED\r\n\r\n".to_vec()),
        Answer::Bytes(Vec::new()),
    ]
}

/// What has shown a secret while an operation was called, each answer in turn.
fn shown(call: &Call, server: &FaultServer, case: &Case) -> Vec<String> {
    let mut found = Vec::new();
    for answer in failures() {
        // Where it asks again, or goes to another place.
        server.answer([answer, Answer::empty("204 No Content")]);
        let (told, shown) = call(case.to_json());
        // What is documented is for the caller, and shows what no schema calls a secret.
        let is_shown = |text: &String| match &told {
            Ok(_) => text.replace(BODY, "").contains(MARK),
            Err(_) => true,
        };
        found.extend(shown.into_iter().filter(is_shown));
    }
    found
}

fn shown_by(document: &Document) -> Vec<String> {
    let (named, _) = fixtures::read_document(Path::new(document.path));
    let named = named.expect("the document can be read");
    let operations = operations(&named);
    let cases = Cases::new(&named, &operations).expect("it is JSON Schema");
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let call = (document.start)(&server.origin());
    let cases = operations.iter().flat_map(|id| cases.of(*id, 1));
    cases
        .flat_map(|case| shown(&call, &server, &case))
        .collect()
}

#[test]
fn secrets_are_shown_by_nothing() {
    tracing::subscriber::set_global_default(Logger).expect("nothing else here logs");
    let documents = of_fixtures::documents()
        .into_iter()
        .chain(of_specs::documents());
    let shown: Vec<String> = documents.flat_map(|it| shown_by(&it)).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    assert!(log().contains("status"), "something is logged");
    let logged = log()
        .lines()
        .find(|it| it.contains(MARK))
        .map(str::to_owned);
    assert_eq!(logged, None);
}
