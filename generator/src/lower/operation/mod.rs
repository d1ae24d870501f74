//! Operations and their groups.

mod convention;
pub(super) mod incoming;
pub(super) mod link;
mod parameter;
mod response;
pub(super) mod server;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::body::payload::Direction;
use super::context::{Context, Role};
use super::security::credential::Inferred;
use super::security::{self, Schemes};
use super::{body, docs, extension};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{JsonPointer, Place};
use crate::ir::{self, Group, Omission, OperationId};
use crate::model;

/// What operations refer to, or differ from.
pub(super) struct OfApi<'a> {
    pub(super) schemes: &'a Schemes,
    pub(super) inferred: &'a Inferred,
    pub(super) servers: &'a [ir::Server],
}

/// Lowers every operation of every path. One that could not be sent as documented is left out, with a
/// warning that says why.
pub(super) fn lower_all(cx: &mut Context, of_api: &OfApi<'_>) -> Vec<ir::Operation> {
    for left_out in &cx.description.left_out {
        cx.leave_out(left_out);
    }
    let mut operations = Vec::new();
    for item in &cx.description.paths {
        for operation in &item.operations {
            let id =
                OperationId(u32::try_from(operations.len()).expect("fewer than 2^32 operations"));
            let before = cx.mark();
            let why = match lower(cx, of_api, id, item, operation) {
                Ok(lowered) => {
                    operations.push(lowered);
                    continue;
                }
                Err(why) => why,
            };
            // Its types would be named after the operation that gets its number.
            cx.roll_back(&before);
            let left_out = model::LeftOut {
                place: operation.place.clone(),
                method: operation.method.clone(),
                path: item.path.clone(),
                operation_id: operation.operation_id.as_ref().map(|(id, _)| id.clone()),
                why,
            };
            cx.leave_out(&left_out);
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
) -> Result<ir::Operation, Omission> {
    let name = operation_id(item, operation);
    if operation.method == "CONNECT" {
        let why = Omission::Tunnel;
        let message = format!("`{name}` is left out: {why}");
        cx.report(Diagnostic::at(
            Code::UnsupportedFeature,
            &operation.place,
            message,
        ));
        return Err(why);
    }
    let owner = Role::Of(id, String::new());
    let credentials = of_api.inferred.of(cx, operation);
    let others = operation.parameters.iter().enumerate();
    let others = others.filter(|(index, _)| !credentials.parameters.contains(index));
    let mut arguments = parameter::lower_all(cx, &owner, others.map(|(_, it)| it));
    let security_is_inferred = !credentials.alternatives.is_empty();
    let security = if security_is_inferred {
        credentials.alternatives
    } else {
        security::alternatives(cx, of_api.schemes, &operation.security)
    };
    security::mark_replaced(cx, of_api.schemes, &security, &mut arguments);
    let role = owner.part("request");
    let body = operation.request_body.as_ref();
    let body = body.map(|it| body::lower(cx, &role, it, Direction::Sent));
    let responses: Vec<_> = operation
        .responses
        .iter()
        .map(|(status, it)| response::lower(cx, &owner, *status, it, &operation.method))
        .collect();
    let success = response::success(cx, &responses);
    Ok(ir::Operation {
        origin: ir::Origin {
            place: operation.place.clone(),
        },
        rust_name: extension::name(cx, &operation.place, &operation.extensions),
        method: operation.method.clone(),
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
        security,
        security_is_inferred,
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

/// Groups operations by their first tag: the tags that the document describes, in its order, then others as
/// they come, then the operations without one. Tags that are badges and the like only group what has no other
/// (OAS 3.2, Tag Object, `kind`).
pub(super) fn group(cx: &mut Context, operations: &[ir::Operation]) -> Vec<Group> {
    let description = cx.description;
    let mut groups: IndexMap<Option<&str>, Group> = IndexMap::new();
    let by_name: HashMap<&str, &model::Tag> = description
        .tags
        .iter()
        .rev()
        .map(|tag| (tag.name.as_str(), tag))
        .collect();
    for tag in &description.tags {
        let rust_name = extension::name(cx, &tag.place, &tag.extensions);
        let group = Group {
            rust_name,
            parents: parents(&by_name, tag),
            docs: docs::docs(
                tag.summary.as_ref(),
                tag.description.as_ref(),
                tag.external_docs.as_ref(),
            ),
            ..empty(Some(&tag.name))
        };
        groups.insert(Some(&tag.name), group);
    }
    let is_badge = |tag: &&model::Tag| tag.kind.as_deref().is_some_and(|kind| kind != "nav");
    let badges = description.tags.iter().filter(is_badge);
    let badges: HashSet<&str> = badges.map(|tag| tag.name.as_str()).collect();
    let tags: HashMap<_, _> = description
        .paths
        .iter()
        .flat_map(|item| &item.operations)
        .map(|operation| {
            let mut tags = operation.tags.iter();
            let tag = tags.find(|tag| !badges.contains(tag.as_str()));
            (place(&operation.place), tag.or(operation.tags.first()))
        })
        .collect();
    let mut untagged = empty(None);
    for (index, operation) in operations.iter().enumerate() {
        let id = OperationId(u32::try_from(index).expect("fewer than 2^32 operations"));
        let tag = tags.get(&place(&operation.origin.place));
        match tag.copied().flatten() {
            Some(tag) => {
                let group = groups.entry(Some(tag)).or_insert_with(|| empty(Some(tag)));
                group.operations.push(id);
            }
            None => untagged.operations.push(id),
        }
    }
    groups
        .into_values()
        .chain([untagged])
        .filter(|group| !group.operations.is_empty())
        .collect()
}

/// What tells an operation from all others: pointers are the same in many files.
fn place(place: &Place) -> (&str, &JsonPointer) {
    (&place.source.name, &place.pointer)
}

/// A group that nothing is known of.
fn empty(tag: Option<&str>) -> Group {
    Group {
        tag: tag.map(str::to_owned),
        rust_name: None,
        parents: Vec::new(),
        docs: ir::Docs::default(),
        operations: Vec::new(),
    }
}

/// The tags that a tag is in, the outermost first, each with its summary.
fn parents(tags: &HashMap<&str, &model::Tag>, tag: &model::Tag) -> Vec<(String, Option<String>)> {
    let parent = |tag: &&model::Tag| tags.get(tag.parent.as_deref()?).copied();
    let mut parents: Vec<_> = std::iter::successors(parent(&tag), parent)
        .map(|tag| (tag.name.clone(), tag.summary.clone()))
        .collect();
    parents.reverse();
    parents
}
