//! Operations of fixtures, called with arguments that were made from their documents, and answered with what these allow:
//! one request is sent, and the answer is read as it was given. What was sent is checked by `proof` (docs/PROOF.md).

#![allow(
    clippy::complexity,
    clippy::pedantic,
    clippy::style,
    reason = "most of it is written by the build script, all after one pattern"
)]

use std::path::Path;

use keywright::NamedApi;
use keywright::ir::OperationId;
use keywright_tests::drive::cases::Cases;
use keywright_tests::drive::{self, Fault};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::fixtures;
use serde_json::Value;

mod secrets;
mod stand_in;

/// Makes a call; gives what it brought, and what has shown a secret meanwhile.
type Call = Box<dyn Fn(Value) -> (Result<Value, String>, Vec<String>)>;

/// Sends a request to a mock service that has no closures; gives why that does not respond.
type Refuse = fn(http::Request<Vec<u8>>) -> Option<String>;

/// A document, and what calls its operations at an origin.
struct Document {
    path: &'static str,
    start: Box<dyn Fn(&str) -> Call>,
    refuse: Refuse,
}

macro_rules! documents {
    ($module:ident of $file:literal) => {
        mod $module {
            use super::Refuse;

            type Start = fn(&str) -> Result<Calls, String>;

            include!(concat!(env!("OUT_DIR"), $file));

            pub(super) fn documents() -> Vec<super::Document> {
                let document =
                    |((path, start), refuse): (&'static (&'static str, Start), &Refuse)| {
                        super::Document {
                            path,
                            refuse: *refuse,
                            start: Box::new(|origin| {
                                let call = start(origin).expect("it is set up");
                                let runtime = tokio::runtime::Builder::new_current_thread()
                                    .enable_all()
                                    .build()
                                    .expect("a thread can have a runtime");
                                Box::new(move |case| {
                                    let told = runtime.block_on(call(Case(case)));
                                    (told, shown())
                                })
                            }),
                        }
                    };
                DOCUMENTS.iter().zip(SERVICES).map(document).collect()
            }
        }
    };
}

documents!(of_fixtures of "/drivers.rs");
documents!(of_specs of "/drivers_of_specs.rs");

/// How many calls are made of each operation.
const CALLS: usize = 6;

/// The operations of a document.
fn operations(named: &NamedApi) -> Vec<OperationId> {
    let operations = (0..).map(OperationId).zip(&named.api.operations);
    operations.map(|(id, _)| id).collect()
}

/// What is wrong with the operations of a document: for each that has a fault, the first one.
fn faults(document: &Document) -> Vec<String> {
    let path = document.path;
    let (named, _) = fixtures::read_document(Path::new(path));
    let named = named.expect("fixtures can be read");
    let operations = operations(&named);
    let cases = Cases::new(&named, &operations).expect("fixtures are JSON Schema");
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let call = (document.start)(&server.origin());
    let fault = |id: OperationId| -> Option<Fault> {
        cases.of(id, CALLS).iter().find_map(|case| {
            let run = |case| {
                let (told, shown) = call(case);
                assert!(shown.is_empty(), "{path} shows secrets: {shown:#?}");
                told
            };
            drive::exchange(&server, case, run).fault
        })
    };
    let found = operations.into_iter().filter_map(|id| {
        let operation = &named.api[id];
        let name = format!("{} {}", operation.method, operation.path);
        let fault = fault(id);
        let is_known = drive::is_known(path, &name);
        assert!(
            !is_known || fault.is_some(),
            "{path}: {name} is known to fail, and does not"
        );
        let fault = fault.filter(|_| !is_known)?;
        Some(format!("{path}: {name} {fault}"))
    });
    found.collect()
}

#[test]
fn calls_arrive_and_answers_are_read() {
    let documents = of_fixtures::documents()
        .into_iter()
        .chain(of_specs::documents());
    let faults: Vec<String> = documents.flat_map(|it| faults(&it)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The calls of a document that its mock service does not take for calls of an operation, or finds wrong.
fn not_taken(document: &Document) -> Vec<String> {
    let path = document.path;
    let (named, _) = fixtures::read_document(Path::new(path));
    let named = named.expect("fixtures can be read");
    let operations = operations(&named);
    let cases = Cases::new(&named, &operations).expect("fixtures are JSON Schema");
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let call = (document.start)(&server.origin());
    let mut found = Vec::new();
    for id in operations {
        let operation = &named.api[id];
        for case in cases.of(id, CALLS).iter() {
            let exchange = drive::exchange(&server, case, |case| call(case).0);
            let Some(sent) = exchange.request else {
                continue;
            };
            let mut request = http::Request::builder();
            request = request.method(&*sent.method).uri(&sent.target);
            for (name, value) in &sent.headers {
                request = request.header(name, value);
            }
            let request = request.body(sent.body.clone()).expect("it was sent");
            let refusal = (document.refuse)(request);
            let is_fine = |it: &String| it.contains("nothing responds to");
            if let Some(refusal) = refusal.filter(|it| !is_fine(it)) {
                let name = format!("{} {}", operation.method, operation.path);
                found.push(format!(
                    "{path}: {name}: {} {}: {refusal}",
                    sent.target,
                    String::from_utf8_lossy(&sent.body)
                ));
            }
        }
    }
    found
}

#[test]
fn mock_services_take_what_clients_send() {
    let documents = of_fixtures::documents()
        .into_iter()
        .chain(of_specs::documents());
    let found: Vec<String> = documents.flat_map(|it| not_taken(&it)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
