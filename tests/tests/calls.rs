//! Operations of fixtures, called with arguments that were made from their documents, and answered with what these allow:
//! one request is sent, and the answer is read as it was given. What was sent is checked by `proof` (docs/PROOF.md).

#![allow(
    clippy::complexity,
    clippy::pedantic,
    clippy::style,
    reason = "most of it is written by the build script, all after one pattern"
)]

use std::collections::BTreeMap;
use std::path::Path;

use keywright::ir::OperationId;
use keywright_tests::drive::cases::Cases;
use keywright_tests::drive::{self, Fault};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::fixtures;

type Start = fn(&str) -> Result<Calls, String>;

include!(concat!(env!("OUT_DIR"), "/drivers.rs"));

/// How many calls are made of each operation.
const CALLS: usize = 6;

/// The operations with a fault, each with the reason.
const KNOWN: [(&str, &str); 2] = [
    (
        "references-3.1 GET /tree",
        "the answers are made without regard to `$id`, against which the references count",
    ),
    (
        "swagger-2-references GET /items/{id}",
        "the answers are made without regard to references through other references",
    ),
];

/// What is wrong with the operations of a fixture: for each that has a fault, the first one.
fn faults(document: &str, start: Start) -> Vec<(String, String)> {
    let name = fixtures::name(Path::new(document));
    let (named, _) = fixtures::read_document(Path::new(document));
    let named = named.expect("fixtures can be read");
    let operations = (0..).map(OperationId).zip(&named.api.operations);
    let operations: Vec<OperationId> = operations.map(|(id, _)| id).collect();
    let cases = Cases::new(&named, &operations).expect("fixtures are JSON Schema");
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let call = start(&server.origin()).expect("it is set up");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a thread can have a runtime");
    let fault = |id: OperationId| -> Option<Fault> {
        cases.of(id, CALLS).iter().find_map(|case| {
            let run = |case| runtime.block_on(call(Case(case)));
            drive::exchange(&server, case, run).fault
        })
    };
    let found = operations.into_iter().filter_map(|id| {
        let operation = &named.api[id];
        let name = format!("{name} {} {}", operation.method, operation.path);
        Some((name, fault(id)?.to_string()))
    });
    found.collect()
}

#[test]
fn calls_arrive_and_answers_are_read() {
    let faults: BTreeMap<String, String> = FIXTURES
        .iter()
        .flat_map(|(document, start)| faults(document, *start))
        .collect();
    let known: BTreeMap<&str, &str> = KNOWN.into_iter().collect();
    let unknown = faults
        .iter()
        .filter(|(name, _)| !known.contains_key(name.as_str()));
    let unknown: Vec<String> = unknown
        .map(|(name, fault)| format!("{name} {fault}"))
        .collect();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    let mended: Vec<&str> = known
        .into_keys()
        .filter(|name| !faults.contains_key(*name))
        .collect();
    assert!(
        mended.is_empty(),
        "these are known to fail, and do not: {mended:?}"
    );
}
