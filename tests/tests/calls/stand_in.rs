//! Stand-ins refuse nothing that clients send, and clients read everything that they answer.

use std::collections::HashSet;
use std::path::Path;

use keywright::config::ApiConfig;
use keywright::ir::{Api, OperationId};
use keywright_tests::drive::cases::{Case, Cases};
use keywright_tests::drive::witness::{Asked, Witness};
use keywright_tests::drive::{self, Exchange, code};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::fixtures;
use keywright_tests::recorder::Recorded;

use super::{CALLS, Document, of_fixtures, of_specs, operations};

/// What is wrong between the client of a document and its stand-in, each operation in turn.
fn faults(document: &Document) -> Vec<String> {
    let path = document.path;
    let (named, _) = fixtures::read_document(Path::new(path));
    let named = named.expect("fixtures can be read");
    let operations = operations(&named);
    let cases = Cases::new(&named, &operations).expect("fixtures are JSON Schema");
    let witness = Witness::new(&ApiConfig::new("fixture", path)).expect("fixtures are understood");
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let call = (document.start)(&server.origin());
    let exchange = |case: &Case| drive::exchange(&server, case, |case| call(case).0);
    let mut faults = Vec::new();
    for id in operations {
        let operation = &named.api[id];
        let call_name = format!("{} {}", operation.method, operation.path);
        let name = format!("{path}: {call_name}");
        let mut first: Option<(Case, Recorded)> = None;
        for case in cases.of(id, CALLS) {
            let Some(request) = exchange(&case).request else {
                continue;
            };
            let findings = witness.findings(&request, id);
            let found = findings.iter();
            faults.extend(found.map(|it| format!("{name}: {it}\n    {}", request.render())));
            first.get_or_insert((case, request));
        }
        let Some((case, request)) = first else {
            continue;
        };
        for Asked {
            wish,
            media_type,
            answer,
            findings,
            ..
        } in witness.answers(&request, id)
        {
            let found = findings.iter();
            faults.extend(found.map(|it| format!("{name}: answer {wish}: {it}")));
            let is_read = media_type.is_none_or(|it| is_read(&named.api, id, &it));
            let is_known = drive::is_known_of_stand_in(path, &call_name);
            if !is_read || is_known {
                continue;
            }
            let case = Case {
                answer,
                ..case.clone()
            };
            let Exchange { fault, .. } = exchange(&case);
            faults.extend(fault.map(|it| {
                let body = case.answer.body.as_ref();
                let body = body.map(|(_, it)| String::from_utf8_lossy(it));
                format!("{name}: {wish} {it}: {}", body.unwrap_or_default())
            }));
        }
    }
    faults
}

/// Whether the client reads a media type: it takes no format of which it can read only the bytes, where it reads another.
fn is_read(api: &Api, id: OperationId, media_type: &str) -> bool {
    let payloads = api[id].responses.iter().flat_map(|it| &it.payloads);
    let mut forms = payloads
        .filter(|it| code::is_told(it))
        .flat_map(|it| &it.forms);
    forms.any(|it| it.media_type == media_type)
}

#[test]
fn stand_ins_and_clients_agree() {
    let documents = of_fixtures::documents()
        .into_iter()
        .chain(of_specs::documents());
    let faults: Vec<String> = documents.flat_map(|it| faults(&it)).collect();
    let mut seen = HashSet::new();
    let faults: Vec<String> = faults
        .into_iter()
        .filter(|it| seen.insert(it.clone()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
