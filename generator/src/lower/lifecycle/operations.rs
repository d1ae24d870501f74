//! The operations that an `operationId` may mean.

use std::collections::HashMap;

use crate::ir::{Api, Omission, OperationId};
use crate::model::Description;

/// The operations of a document, by their `operationId`.
pub(super) struct Operations<'a> {
    by_id: HashMap<&'a str, Result<OperationId, Omission>>,
    /// Those that the client has, in the document's order.
    ids: Vec<&'a str>,
}

impl<'a> Operations<'a> {
    pub(super) fn of(description: &'a Description, api: &'a Api) -> Self {
        let numbered = api.operations.iter().zip((0..).map(OperationId));
        let by_route: HashMap<_, _> = numbered
            .map(|(it, id)| ((it.path.as_str(), it.method.as_str()), id))
            .collect();
        let left_out = description.left_out.iter();
        let mut by_id: HashMap<_, _> = left_out
            .filter_map(|it| Some((it.operation_id.as_deref()?, Err(it.why))))
            .collect();
        let mut ids = Vec::new();
        for item in &description.paths {
            for operation in &item.operations {
                let Some((id, _)) = &operation.operation_id else {
                    continue;
                };
                let route = (item.path.as_str(), operation.method.as_str());
                let found = by_route.get(&route).copied();
                if found.is_some() {
                    ids.push(id.as_str());
                }
                // `lower` leaves out none but tunnels.
                by_id.insert(id.as_str(), found.ok_or(Omission::Tunnel));
            }
        }
        Self { by_id, ids }
    }

    /// The operation of an id, or why the client does not have it; `None` where no operation has the id.
    pub(super) fn get(&self, id: &str) -> Option<Result<OperationId, Omission>> {
        self.by_id.get(id).copied()
    }

    /// The ids of all operations of the client.
    pub(super) fn ids(&self) -> &[&'a str] {
        &self.ids
    }
}
