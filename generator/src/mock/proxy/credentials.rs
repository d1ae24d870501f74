//! Whether a request has the credentials that its operation wants. Whether they are good, only the service knows.

use bytes::Bytes;
use indexmap::IndexMap;

use crate::ir::SchemeKind;
use crate::mock::contract::{Contract, Operation};
use crate::mock::judge::{Finding, Part};
use crate::mock::security::sent;

/// Finds out whether a request has the credentials of no alternative.
pub(super) fn missing(
    contract: &Contract,
    operation: &Operation,
    request: &http::Request<Bytes>,
) -> Option<Finding> {
    let is_sent = |name: &str| {
        let scheme = contract.api.schemes.iter().find(|it| it.name == name);
        // Of a scheme that nobody knows, and of one that is not in requests, nothing can be said.
        scheme.is_none_or(|it| {
            it.kind == SchemeKind::MutualTls || matches!(sent(&it.kind, request), Some(Ok(_)))
        })
    };
    let holds = |it: &IndexMap<String, Vec<String>>| it.keys().all(|name| is_sent(name));
    if operation.security.is_empty() || operation.security.iter().any(holds) {
        return None;
    }
    let names = |it: &IndexMap<String, Vec<String>>| {
        let names: Vec<String> = it.keys().map(|name| format!("`{name}`")).collect();
        names.join(" with ")
    };
    let wanted: Vec<String> = operation.security.iter().map(names).collect();
    let message = format!("none was sent of {}", wanted.join(" or "));
    Some(Finding::new(
        Part::Credential,
        message,
        Some(&operation.place),
    ))
}
