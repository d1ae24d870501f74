//! Names of the service that stands in for an API in tests. They are made only where there is one.

use super::conflict::{Case, Scope, Wish, settle};
use super::{ident, prefixed, status, words};
use crate::ir::{
    Api, Ident, MockNames, MockOperationNames, Names, Operation, OperationNames, media_type_words,
};

/// The functions that make the responses of an operation.
const RESPONSES: Scope<'_> = Scope {
    case: Case::Snake,
    taken: &[],
    suffix: "response",
};
/// The methods of a response.
const HEADERS: Scope<'_> = Scope {
    case: Case::Snake,
    taken: &["with_header"],
    suffix: "header",
};

/// Names everything that only the service has. The rest is called as it is for clients.
#[must_use]
pub fn assign_mock(api: &Api, names: &Names) -> MockNames {
    let operations = api.operations.iter().zip(&names.operations);
    MockNames {
        operations: operations
            .map(|(it, names)| of_operation(it, names))
            .collect(),
    }
}

fn of_operation(operation: &Operation, names: &OperationNames) -> MockOperationNames {
    let mut functions = responses(operation);
    let success = functions.pop().and_then(|mut it| it.pop());
    MockOperationNames {
        on: prefixed("on_", &names.method),
        request: ident(format!("{}Request", names.builder)),
        responses: functions,
        success: success.unwrap_or_else(|| ident("success".to_owned())),
        headers: headers(operation),
    }
}

/// The functions for responses, and at last that for an undocumented success. Several payloads of a response are told
/// apart by their media types.
fn responses(operation: &Operation) -> Vec<Vec<Ident>> {
    let mut wishes: Vec<Wish> = Vec::new();
    let mut counts = Vec::new();
    for response in &operation.responses {
        let plain = status::variant(response.status);
        let given = response.rust_name.as_ref();
        let before = wishes.len();
        if let [_, _, ..] = &response.payloads[..] {
            for payload in &response.payloads {
                let media_type = &payload.form().media_type;
                let words = media_type_words(media_type);
                let base = given.unwrap_or(&plain);
                let wish = Wish::of(&format!("{base} {words}"), None).at(media_type);
                wishes.push(wish.or([format!("{base} {media_type}")]));
            }
        } else {
            wishes.push(Wish::of(&plain, given));
        }
        counts.push(wishes.len() - before);
    }
    wishes.push(Wish::after("", "success"));
    counts.push(1);
    let mut settled = settle(&wishes, RESPONSES).into_iter();
    let groups = counts.into_iter();
    groups
        .map(|count| settled.by_ref().take(count).collect())
        .collect()
}

/// The setters of headers.
fn headers(operation: &Operation) -> Vec<Vec<Ident>> {
    let mut known: Vec<String> = Vec::new();
    let mut wishes: Vec<Wish> = Vec::new();
    for header in operation.responses.iter().flat_map(|it| &it.headers) {
        let wire_name = header.wire_name.to_lowercase();
        if !known.contains(&wire_name) {
            let base = header.rust_name.as_ref().unwrap_or(&header.wire_name);
            let spelled = words::spellings(base).map(|it| format!("with {it}"));
            wishes.push(Wish::plain(&format!("with {base}"), None).or(spelled));
            known.push(wire_name);
        }
    }
    let settled = settle(&wishes, HEADERS);
    let name = |wire_name: &str| {
        let wire_name = wire_name.to_lowercase();
        let index = known.iter().position(|it| *it == wire_name);
        let found = index.and_then(|index| settled.get(index)).cloned();
        // Each header is among them.
        found.unwrap_or_else(|| ident("with_header".to_owned()))
    };
    let responses = operation.responses.iter();
    responses
        .map(|it| it.headers.iter().map(|it| name(&it.wire_name)).collect())
        .collect()
}
