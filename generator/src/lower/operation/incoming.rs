//! Webhooks and callbacks: the requests that the API makes of its caller.

use std::collections::HashMap;

use super::{parameter, response};
use crate::ir::{self, Cause, Incoming, OperationId};
use crate::lower::body::payload::Direction;
use crate::lower::context::{Context, Role};
use crate::lower::{body, docs, extension};
use crate::model;

/// Lowers every webhook, and every callback of the operations that the client has.
pub(in crate::lower) fn lower_all(cx: &mut Context, operations: &[ir::Operation]) -> Vec<Incoming> {
    let description = cx.description;
    let mut incoming = Vec::new();
    for item in &description.webhooks {
        for operation in &item.operations {
            let owner = Role::At(words(&item.path, &operation.method));
            incoming.push(lower(cx, &owner, &item.path, Cause::Webhook, operation));
        }
    }
    let ids: HashMap<_, _> = operations
        .iter()
        .map(|it| (it.path.as_str(), it.method.as_str()))
        .zip((0..).map(OperationId))
        .collect();
    for item in &description.paths {
        for operation in &item.operations {
            let route = (item.path.as_str(), operation.method.as_str());
            if let Some(id) = ids.get(&route) {
                lower_callbacks(cx, *id, operation, &mut incoming);
            }
        }
    }
    incoming
}

fn lower_callbacks(
    cx: &mut Context,
    id: OperationId,
    operation: &model::Operation,
    incoming: &mut Vec<Incoming>,
) {
    for callback in &operation.callbacks {
        for item in &callback.path_items {
            for request in &item.operations {
                let owner = Role::Of(id, words(&callback.name, &request.method));
                let cause = Cause::Callback {
                    operation: id,
                    url: item.path.clone(),
                };
                incoming.push(lower(cx, &owner, &callback.name, cause, request));
            }
        }
    }
}

/// What a request is called after. Nearly all are posted.
fn words(name: &str, method: &str) -> String {
    match method {
        "POST" => name.to_owned(),
        other => format!("{name} {}", other.to_lowercase()),
    }
}

fn lower(
    cx: &mut Context,
    owner: &Role,
    name: &str,
    cause: Cause,
    operation: &model::Operation,
) -> Incoming {
    for link in operation.responses.iter().flat_map(|(_, it)| &it.links) {
        cx.unsupported(
            &link.place,
            "a link in a response that the caller sends",
            "left out",
        );
    }
    let arguments = parameter::lower_all(cx, owner, &operation.parameters);
    let body = operation
        .request_body
        .as_ref()
        .map(|it| body::lower(cx, &owner.part("payload"), it, Direction::Received));
    Incoming {
        origin: ir::Origin {
            place: operation.place.clone(),
        },
        cause,
        name: name.to_owned(),
        rust_name: extension::name(cx, &operation.place, &operation.extensions),
        method: operation.method.clone(),
        docs: docs::docs(
            operation.summary.as_ref(),
            operation.description.as_ref(),
            operation.external_docs.as_ref(),
        ),
        deprecated: operation.deprecated,
        arguments,
        body,
        responses: operation
            .responses
            .iter()
            .map(|(status, it)| response::lower(cx, owner, *status, it, &operation.method))
            .collect(),
    }
}
