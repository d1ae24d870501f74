//! Operations, and the groups they are in.

use indexmap::IndexMap;

use super::context::{Context, Role};
use super::security::{self, Schemes};
use super::{body, docs, extension, parameter, response, server};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Group, Method, OperationId};
use crate::model;

/// What operations refer to, or differ from.
pub(super) struct OfApi<'a> {
    pub(super) schemes: &'a Schemes,
    pub(super) servers: &'a [ir::Server],
}

/// Lowers every operation of every path. One that could not be sent as documented is left out, with a
/// warning that says why.
pub(super) fn lower_all(cx: &mut Context, of_api: &OfApi<'_>) -> Vec<ir::Operation> {
    let mut operations = Vec::new();
    for item in &cx.description.paths {
        for operation in &item.operations {
            let id =
                OperationId(u32::try_from(operations.len()).expect("fewer than 2^32 operations"));
            operations.extend(lower(cx, of_api, id, item, operation));
        }
    }
    operations
}

fn lower(
    cx: &mut Context,
    of_api: &OfApi<'_>,
    id: OperationId,
    item: &model::PathItem,
    operation: &model::Operation,
) -> Option<ir::Operation> {
    let name = operation_id(item, operation);
    let method = method(&operation.method);
    if let Method::Other(method) = &method {
        let message =
            format!("`{name}` is left out: requests with the method `{method}` cannot be sent yet");
        cx.diagnostics.report(Diagnostic::at(
            Code::UnsupportedFeature,
            &operation.place,
            message,
        ));
        return None;
    }
    let owner = Role::Of(id, String::new());
    let arguments = parameter::lower_all(cx, &owner, operation, &name)?;
    let body = match &operation.request_body {
        Some(body) => Some(body::lower(cx, &owner, body, &name)?),
        None => None,
    };
    let responses: Vec<_> = operation
        .responses
        .iter()
        .map(|(status, it)| response::lower(cx, &owner, *status, it))
        .collect();
    let success = response::success(&responses);
    Some(ir::Operation {
        origin: ir::Origin {
            place: operation.place.clone(),
        },
        rust_name: extension::name(cx, &operation.place, &operation.extensions),
        method,
        path: item.path.clone(),
        servers: server::lower_own(cx, of_api.servers, &operation.servers),
        docs: docs::docs(
            operation.summary.as_ref(),
            operation.description.as_ref(),
            operation.external_docs.as_ref(),
        ),
        deprecated: operation.deprecated,
        arguments,
        body,
        responses,
        success,
        security: security::alternatives(of_api.schemes, &operation.security),
        id: name,
    })
}

/// `operationId`, or the words of the route.
fn operation_id(item: &model::PathItem, operation: &model::Operation) -> String {
    match &operation.operation_id {
        Some((id, _)) => id.clone(),
        None => ir::route_words(&operation.method, &item.path),
    }
}

pub(super) fn method(name: &str) -> Method {
    match name {
        "GET" => Method::Get,
        "PUT" => Method::Put,
        "POST" => Method::Post,
        "DELETE" => Method::Delete,
        "OPTIONS" => Method::Options,
        "HEAD" => Method::Head,
        "PATCH" => Method::Patch,
        "TRACE" => Method::Trace,
        other => Method::Other(other.to_owned()),
    }
}

/// Groups operations by their first tag: the tags that the document describes, in its order, then others as
/// they come, then the operations without one.
pub(super) fn group(cx: &mut Context, operations: &[ir::Operation]) -> Vec<Group> {
    let description = cx.description;
    let mut groups: IndexMap<Option<&str>, Group> = IndexMap::new();
    for tag in &description.tags {
        let docs = docs::docs(None, tag.description.as_ref(), tag.external_docs.as_ref());
        groups.insert(
            Some(&tag.name),
            Group {
                tag: Some(tag.name.clone()),
                rust_name: extension::name(cx, &tag.place, &tag.extensions),
                docs,
                operations: Vec::new(),
            },
        );
    }
    let tags: IndexMap<_, _> = description
        .paths
        .iter()
        .flat_map(|item| &item.operations)
        .map(|operation| (operation.place.pointer.as_str(), operation.tags.first()))
        .collect();
    let mut untagged = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let id = OperationId(u32::try_from(index).expect("fewer than 2^32 operations"));
        match tags
            .get(operation.origin.place.pointer.as_str())
            .copied()
            .flatten()
        {
            Some(tag) => {
                let new = || Group {
                    tag: Some(tag.clone()),
                    rust_name: None,
                    docs: ir::Docs::default(),
                    operations: Vec::new(),
                };
                groups
                    .entry(Some(tag))
                    .or_insert_with(new)
                    .operations
                    .push(id);
            }
            None => untagged.push(id),
        }
    }
    let untagged = Group {
        tag: None,
        rust_name: None,
        docs: ir::Docs::default(),
        operations: untagged,
    };
    groups
        .into_values()
        .chain([untagged])
        .filter(|group| !group.operations.is_empty())
        .collect()
}
