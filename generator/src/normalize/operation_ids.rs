//! Sees to it that every `operationId` is the only one of its name (OAS 3.1.1, Operation Object, `operationId`).

use std::collections::HashMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;
use crate::model::{Description, Operation};

/// Who holds an id: its route, those of webhooks after all others, and the place of the id.
type Holder = ((bool, String), Place);

/// Takes ids that others have away, so that these operations are called after their method and path. The
/// operation whose path comes first in the alphabet keeps an id, whatever the order in the document.
pub(super) fn settle(description: &mut Description, diagnostics: &mut Diagnostics) {
    take_unusable(description, diagnostics);
    let mut holders: HashMap<String, Holder> = HashMap::new();
    for (route, operation) in operations(description) {
        if let Some((id, place)) = &operation.operation_id {
            let holder = holders.entry(id.clone());
            let (first, at) = holder.or_insert_with(|| (route.clone(), place.clone()));
            if route < *first {
                (*first, *at) = (route, place.clone());
            }
        }
    }
    for (route, operation) in operations(description) {
        take_duplicate(operation, &route, &holders, diagnostics);
    }
}

/// Every operation that must have an id of its own, with its route.
fn operations(
    description: &mut Description,
) -> impl Iterator<Item = ((bool, String), &mut Operation)> {
    let paths = description.paths.iter_mut().map(|item| (false, item));
    let webhooks = description.webhooks.iter_mut().map(|item| (true, item));
    paths.chain(webhooks).flat_map(|(is_webhook, item)| {
        let path = &item.path;
        item.operations.iter_mut().map(move |operation| {
            let route = format!("{path} {}", operation.method);
            ((is_webhook, route), operation)
        })
    })
}

fn take_duplicate(
    operation: &mut Operation,
    route: &(bool, String),
    holders: &HashMap<String, Holder>,
    diagnostics: &mut Diagnostics,
) {
    let Some((id, place)) = &operation.operation_id else {
        return;
    };
    let Some((_, holder)) = holders.get(id).filter(|(holder, _)| holder != route) else {
        return;
    };
    // A path item that two paths refer to has its operations, and their ids, twice.
    let is_shared = holder.span == place.span && holder.source.name == place.source.name;
    let finding = Diagnostic::at(
        Code::DuplicateOperationId,
        place,
        format!("two operations have the `operationId` `{id}`"),
    )
    .label(match route.1.rsplit_once(' ') {
        Some((path, method)) => format!("`{method} {path}` is named after its method and path"),
        None => "named after its method and path".to_owned(),
    });
    let finding = if is_shared {
        finding.note("two paths refer to the path item that contains it")
    } else {
        finding.related(holder, "this operation keeps the id")
    };
    diagnostics.report(finding.help("give each operation its own `operationId`"));
    operation.operation_id = None;
}

/// Takes away ids that have nothing to make a name of.
fn take_unusable(description: &mut Description, diagnostics: &mut Diagnostics) {
    for (_, operation) in operations(description) {
        let unusable = operation
            .operation_id
            .take_if(|(id, _)| !id.chars().any(char::is_alphanumeric));
        if let Some((id, place)) = unusable {
            let message = if id.trim().is_empty() {
                "`operationId` is empty; it is ignored".to_owned()
            } else {
                format!("`operationId` is `{id}`, which contains no letter or digit; it is ignored")
            };
            diagnostics.report(
                Diagnostic::at(Code::InvalidValue, &place, message)
                    .harmless()
                    .label("the operation is named after its method and path instead")
                    .help("choose an id that contains letters or digits"),
            );
        }
    }
}
