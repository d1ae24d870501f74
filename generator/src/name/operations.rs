//! Names of operations and of what belongs to each.

use std::collections::HashMap;

use super::{conflict, ident, reserved, status, words};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Ident, Operation, OperationNames};

/// Names every operation.
pub(super) fn assign(api: &Api, diagnostics: &mut Diagnostics) -> Vec<OperationNames> {
    report_collisions(api, diagnostics);
    let names: Vec<_> = api.operations.iter().map(operation).collect();
    report_shared_types(api, &names, diagnostics);
    names
}

fn operation(operation: &Operation) -> OperationNames {
    let builder = conflict::free(
        words::camel(own_name(operation)),
        reserved::MODULE,
        "operation",
    );
    let suffixed = |suffix: &str| ident(format!("{builder}{suffix}"));
    // The body is called `body`, and a parameter of that name keeps it.
    let body_taken = operation
        .arguments
        .iter()
        .any(|argument| words::snake(argument_name(argument)) == "body");
    let method = conflict::free(
        words::snake(own_name(operation)),
        reserved::CLIENT,
        "operation",
    );
    OperationNames {
        method: Ident(method),
        error: suffixed("Error"),
        success: suffixed("Success"),
        arguments: conflict::settle(
            operation
                .arguments
                .iter()
                .map(|it| (it.wire_name.as_str(), words::snake(argument_name(it)))),
            reserved::REQUEST,
            "argument",
        ),
        body: ident(if body_taken { "request_body" } else { "body" }.to_owned()),
        responses: operation
            .responses
            .iter()
            .map(|it| ident(status::variant(it.status)))
            .collect(),
        header_types: operation
            .responses
            .iter()
            .map(|it| {
                suffixed(&format!(
                    "{}Headers",
                    words::camel(&format!("x {}", status::word(it.status))).trim_start_matches('X')
                ))
            })
            .collect(),
        headers: operation
            .responses
            .iter()
            .map(|it| {
                let wanted = it
                    .headers
                    .iter()
                    .map(|header| (header.wire_name.as_str(), words::snake(&header.wire_name)));
                conflict::settle(wanted, reserved::RESPONSE, "header")
            })
            .collect(),
        builder: ident(builder),
    }
}

fn own_name(operation: &Operation) -> &str {
    operation.rust_name.as_ref().unwrap_or(&operation.id)
}

fn argument_name(argument: &crate::ir::Argument) -> &str {
    argument.rust_name.as_ref().unwrap_or(&argument.wire_name)
}

/// Two operations whose ids differ only in what Rust's spelling leaves out.
fn report_collisions(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, &Operation> = HashMap::new();
    for operation in &api.operations {
        let method = words::snake(own_name(operation));
        let Some(first) = seen.get(&method) else {
            seen.insert(method, operation);
            continue;
        };
        diagnostics.report(
            Diagnostic::at(
                Code::NameCollision,
                &operation.origin.place,
                format!(
                    "the operations `{}` and `{}` both become the method `{method}`",
                    first.id, operation.id
                ),
            )
            .label("the second operation")
            .related(&first.origin.place, "the first operation")
            .help("change one `operationId`, or give one of them an `x-keywright-name`"),
        );
    }
}

/// A type of one operation that has the name of another operation's: `getPet` fails with `GetPetError`,
/// which `getPetError` is called too.
fn report_shared_types(api: &Api, names: &[OperationNames], diagnostics: &mut Diagnostics) {
    let builders: HashMap<&Ident, &Operation> = names
        .iter()
        .map(|it| &it.builder)
        .zip(&api.operations)
        .collect();
    for (operation, names) in api.operations.iter().zip(names) {
        for ty in [&names.error, &names.success]
            .into_iter()
            .chain(&names.header_types)
        {
            let Some(other) = builders.get(ty) else {
                continue;
            };
            diagnostics.report(
                Diagnostic::at(
                    Code::NameCollision,
                    &other.origin.place,
                    format!(
                        "the operation `{}` becomes the type `{ty}`, which `{}` needs",
                        other.id, operation.id
                    ),
                )
                .related(&operation.origin.place, "the other operation")
                .help("change one `operationId`, or give one of them an `x-keywright-name`"),
            );
        }
    }
}
