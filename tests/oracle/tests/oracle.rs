//! progenitor as the oracle: for every operation of the specs and fixtures that it accepts, its client and ours put the
//! same request on the wire, when they are given the same arguments. What it refuses is listed, with its reason; each
//! difference is listed with the line of the specification that settles it.

#![allow(
    clippy::complexity,
    clippy::pedantic,
    clippy::style,
    reason = "most of it is written by the build script, all after one pattern"
)]

use std::collections::BTreeMap;
use std::path::Path;

use keywright::config::ApiConfig;
use keywright::ir::OperationId;
use keywright_oracle::{REFUSED, theirs};
use keywright_tests::drive::cases::Cases;
use keywright_tests::drive::witness::Witness;
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::fixtures as documents;
use keywright_tests::recorder::Recorded;
use serde_json::Value;

type Told = std::pin::Pin<Box<dyn Future<Output = Result<Value, String>>>>;
type Calls = Box<dyn Fn(Case) -> Told>;
type Ours = fn(&str) -> Result<Calls, String>;
type Theirs = fn(&str) -> Calls;

struct Case(Value);

impl Case {
    fn operation(&self) -> Option<u64> {
        self.0["operation"].as_u64()
    }
}

include!(concat!(env!("OUT_DIR"), "/drivers.rs"));

/// How many calls of each operation are compared.
const CALLS: usize = 4;

/// The operations whose requests differ, each with the line of the specification that settles it.
const DIFFERENCES: &[(&str, &str)] = &[
    ("fixtures/aliases.yaml GET /books", PRESENT),
    ("fixtures/aliases.yaml GET /books/{id}", ACCEPT),
    ("fixtures/aliases.yaml GET /people", PRESENT),
    (
        "fixtures/aliases.yaml PUT /people/{id}/prizes/{prize}",
        EXACT,
    ),
    ("fixtures/arguments-shared.yaml GET /owners", SPACE),
    ("fixtures/arguments-shared.yaml GET /pets", SPACE),
    ("fixtures/arguments-shared.yaml GET /visits", SPACE),
    ("fixtures/binary.yaml GET /photos/{id}", ENCODED),
    ("fixtures/bodies.yaml PUT /note", CHARSET),
    ("fixtures/by-tag.yaml POST /loans", PRESENT),
    ("fixtures/credentials-conflicts.yaml GET /roof", SPACE),
    ("fixtures/credentials-inferred.yaml DELETE /keys", SPACE),
    ("fixtures/formats-unread.yaml GET /rows/only", ACCEPT),
    ("fixtures/formats-unread.yaml GET /rows/own", ACCEPT),
    ("fixtures/formats-unread.yaml GET /rows/text", ACCEPT),
    ("fixtures/formats.yaml GET /picture", ACCEPT),
    ("fixtures/formats.yaml PUT /sample", EXACT),
    ("fixtures/idempotency.yaml POST /payments", KEY),
    ("fixtures/idempotency.yaml POST /transfers", KEY),
    ("fixtures/inline.yaml POST /search", PRESENT),
    ("fixtures/oauth.yaml GET /me", ACCEPT),
    ("fixtures/oauth.yaml GET /partners", ACCEPT),
    ("fixtures/oauth.yaml GET /pets", ACCEPT),
    ("fixtures/sessions.yaml POST /enter", SPACE),
    ("fixtures/sessions.yaml POST /token/next", SPACE),
    ("fixtures/links.yaml GET /addresses/{userId}", SPACE),
    ("fixtures/nullable-3.1.yaml PATCH /profile", PRESENT),
    ("fixtures/nullable-3.1.yaml PUT /profile/motto", OPTIONAL),
    ("fixtures/nullable.yaml PATCH /profile", PRESENT),
    ("fixtures/one-of-tags.yaml POST /signals", ACCEPT),
    (
        "fixtures/path-names.yaml GET /tenants/{tenantId}/clients/{client_id}/{key}",
        ENCODED,
    ),
    ("fixtures/payloads.yaml GET /pets/count", ACCEPT),
    ("fixtures/responses.yaml DELETE /jobs/{id}", ENCODED),
    ("fixtures/responses.yaml GET /jobs/{id}", ENCODED),
    ("fixtures/streams.yaml GET /logs", ACCEPT),
    ("fixtures/streams.yaml GET /news", ACCEPT),
    ("fixtures/streams.yaml GET /records", ACCEPT),
    ("fixtures/streams.yaml GET /ticks", ACCEPT),
    ("fixtures/streams.yaml POST /completions", ACCEPT),
    ("fixtures/styles.yaml GET /form", WHOLE),
    ("fixtures/styles.yaml GET /json", WHOLE),
    ("fixtures/styles.yaml GET /jsonpath", WHOLE),
    ("fixtures/swagger-2-forms.yaml POST /login", DEFAULT),
    (
        "fixtures/swagger-2-parameters.yaml PUT /shops/{shop}/items",
        PRESENT,
    ),
    (
        "fixtures/swagger-2-references.yaml GET /items/{id}",
        ENCODED,
    ),
    (
        "fixtures/swagger-2-responses.yaml GET /animals/{id}/picture",
        ACCEPT,
    ),
    ("fixtures/swagger-2-responses.yaml GET /text", ACCEPT),
    ("specs/tvmaze.yaml POST /auth/start", DEFAULT),
];

const ACCEPT: &str = "OAS 3.0.4, Responses Object, `content`, and RFC 9110, section 12.5.1: `Accept` says what the \
    client can use, and these are the media types that the operation documents. progenitor names none but JSON";
const CHARSET: &str =
    "RFC 2046, section 4.1.2: without `charset` text is US-ASCII, and this text is UTF-8";
const DEFAULT: &str = "OAS 3.0.4, Schema Object, `default`: what the receiver would assume if no value is provided; \
    progenitor sends it";
const ENCODED: &str = "RFC 6570, section 3.2.2 (OAS 3.0.4, `style: simple`): all but the unreserved characters are \
    percent-encoded. progenitor leaves some, and makes `/` of `\\`";
const EXACT: &str = "JSON Schema, draft 2020-12, section 4.2.2: instances are equal by their value. progenitor has \
    `float` in 32 bits, where this number is none, and moves times to UTC";
const KEY: &str = "draft-ietf-httpapi-idempotency-key-header-07, section 2: the client makes the key, and a UUID is \
    recommended. progenitor has it as an argument alone";
const OPTIONAL: &str = "OAS 3.0.4, Request Body Object, `required`: the body may be left out. progenitor has no call \
    without it, and sends `null`";
const PRESENT: &str = "JSON Schema, draft 2020-12, section 4.2.2: an object without a property is another one than one \
    in which it is null or empty. progenitor leaves out what is null or empty";
const SPACE: &str = "RFC 6570, section 3.2.1 (OAS 3.2.0, URL Percent-Encoding): a space is `%20` where a style writes \
    it; progenitor's `+` means the same in a form";
const WHOLE: &str =
    "OAS 3.2.0, Parameter Object, `querystring`: 3.0, which progenitor reads, cannot say it";

/// What both clients must agree about. Credentials are left out, since progenitor knows none, and so are the
/// headers that each library adds for itself.
#[derive(Debug, PartialEq)]
struct Request {
    method: String,
    target: String,
    headers: BTreeMap<String, String>,
    body: Option<Value>,
}

impl From<Recorded> for Request {
    fn from(recorded: Recorded) -> Self {
        const ADDED: [&str; 6] = [
            "accept-encoding",
            "api-version",
            "authorization",
            "content-length",
            "host",
            "user-agent",
        ];
        let headers = recorded.headers.iter();
        let headers = headers.filter(|(name, value)| {
            !ADDED.contains(&name.as_str()) && !value.contains("credential")
        });
        let text = String::from_utf8_lossy(&recorded.body).into_owned();
        let body = serde_json::from_slice(&recorded.body).unwrap_or(Value::String(text));
        let is_key = |it: &&str| !it.ends_with("=MARKED-credential");
        let (path, query) = recorded
            .target
            .split_once('?')
            .unwrap_or((&recorded.target, ""));
        let mut query: Vec<&str> = query.split('&').filter(is_key).collect();
        // OpenAPI gives parameters no order. progenitor has that of their names, and we have the document's.
        query.sort_by_key(|it| it.split('=').next());
        Self {
            target: format!("{path}?{}", query.join("&")),
            headers: headers.cloned().collect(),
            body: (!recorded.body.is_empty()).then_some(body),
            method: recorded.method,
        }
    }
}

/// What came of a document.
struct Compared {
    /// How many calls were compared.
    calls: usize,
    /// The operations that differ, each with the first difference.
    differences: Vec<(String, String)>,
    /// The operations whose requests by progenitor the stand-in refuses, each with the first reason.
    refusals: Vec<(String, String)>,
}

/// Compares the requests of both clients of a document, and has those of progenitor judged by the stand-in.
fn compare(document: &str, ours: Ours, theirs: Theirs) -> Compared {
    let (named, _) = documents::read_document(Path::new(document));
    let named = named.expect("the document can be read");
    let operations = (0..).map(OperationId).zip(&named.api.operations);
    let operations: Vec<OperationId> = operations.map(|(id, _)| id).collect();
    let cases = Cases::new(&named, &operations).expect("the schemas are JSON Schema");
    let server = FaultServer::start([Answer::empty("500 Internal Server Error")]);
    let ours = ours(&server.origin()).expect("it is set up");
    let theirs = theirs(&server.origin());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a thread can have a runtime");
    let sent = |calls: &Calls, case: Value| -> Option<Recorded> {
        let _ = runtime.block_on(calls(Case(case)));
        let mut requests = server.recorder().take();
        (!requests.is_empty()).then(|| requests.remove(0))
    };
    let witness = Witness::new(&ApiConfig::new("fixture", document));
    let witness = witness.expect("the document has a stand-in");
    let mut compared = 0;
    let mut differences = Vec::new();
    let mut refusals = Vec::new();
    for id in operations {
        let mut refused = None;
        let operation = &named.api[id];
        let differing = cases.of(id, CALLS).into_iter().find_map(|case| {
            // Without a request there is nothing to compare: progenitor's types do not take all that is valid.
            let our_request = sent(&ours, case.to_json())?;
            let their_request = sent(&theirs, case.to_json())?;
            compared += 1;
            refused = refused
                .take()
                .or_else(|| witness.findings(&their_request, id).pop());
            let [our_request, their_request] = [our_request, their_request].map(Request::from);
            (our_request != their_request)
                .then(|| format!("ours: {our_request:?}\n  theirs: {their_request:?}"))
        });
        let name = document.trim_start_matches("../");
        let name = format!("{name} {} {}", operation.method, operation.path);
        refusals.extend(refused.map(|it| (name.clone(), it)));
        differences.extend(differing.map(|it| (name, it)));
    }
    Compared {
        calls: compared,
        differences,
        refusals,
    }
}

#[test]
fn both_send_the_same() {
    let results = DOCUMENTS
        .iter()
        .map(|(document, ours, theirs)| compare(document, *ours, *theirs));
    let results: Vec<Compared> = results.collect();
    let compared: usize = results.iter().map(|it| it.calls).sum();
    let refusals = results.iter().flat_map(|it| &it.refusals);
    let refusals: Vec<String> = refusals
        .map(|(name, why)| format!("{name}: {why}"))
        .collect();
    // Each is a mistake of progenitor's: a path that is another one by `\`, a time that is not as RFC 3339 has it, a number
    // that is none in 32 bits, a query that 3.0 cannot describe.
    insta::assert_debug_snapshot!("what_stand_ins_refuse", refusals);
    let differences = results.into_iter().flat_map(|it| it.differences);
    let differences: BTreeMap<String, String> = differences.collect();
    let known: BTreeMap<&str, &str> = DIFFERENCES.iter().copied().collect();
    let unknown = differences
        .iter()
        .filter(|(name, _)| !known.contains_key(name.as_str()));
    let unknown: Vec<String> = unknown
        .map(|(name, difference)| format!("{name}\n  {difference}"))
        .collect();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    let gone: Vec<&str> = known
        .into_keys()
        .filter(|name| !differences.contains_key(*name))
        .collect();
    assert!(gone.is_empty(), "these are the same by now: {gone:?}");
    assert!(compared > 200, "only {compared} calls were compared");
}

#[test]
fn what_progenitor_refuses() {
    insta::assert_debug_snapshot!(REFUSED);
}
