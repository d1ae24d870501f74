//! Operations of fixtures, called with arguments that were made from their documents, and answered with what these allow:
//! one request is sent, and the answer is read as it was given. What was sent is checked by `proof` (docs/PROOF.md).

#![allow(
    clippy::complexity,
    clippy::pedantic,
    clippy::style,
    reason = "most of it is written by the build script, all after one pattern"
)]

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

/// What is wrong with the operations of a fixture: for each that has a fault, the first one.
fn faults(document: &str, start: Start) -> Vec<String> {
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
        let name = format!("{} {}", operation.method, operation.path);
        let fault = fault(id);
        let is_known = drive::is_known(document, &name);
        assert!(
            !is_known || fault.is_some(),
            "{document}: {name} is known to fail, and does not"
        );
        let fault = fault.filter(|_| !is_known)?;
        Some(format!("{document}: {name} {fault}"))
    });
    found.collect()
}

#[test]
fn calls_arrive_and_answers_are_read() {
    let fixtures = FIXTURES.iter();
    let faults: Vec<String> = fixtures
        .flat_map(|(document, start)| faults(document, *start))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
