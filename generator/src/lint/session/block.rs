//! What an `x-keywright-session` says of the operations that were found.

use serde_json::{Map, Value, json};

use super::roles::{Grant, Roles, Sends};
use crate::document::JsonPointer;
use crate::extensions::SESSION;
use crate::ir::OperationId;
use crate::lint::block::lines_of;
use crate::lint::subject::Subject;

/// Returns the extension as YAML, or as JSON.
pub(super) fn lines(subject: &Subject<'_>, roles: &Roles, is_json: bool) -> String {
    let operation = |id: OperationId| json!(subject.api[id].id);
    let mut session = Map::new();
    let acquire = grant(
        &roles.acquire,
        operation(roles.acquire.operation),
        &Sends::new(),
    );
    session.insert("acquire".to_owned(), acquire);
    if let Some((renew, sends)) = &roles.renew {
        let renew = grant(renew, operation(renew.operation), sends);
        session.insert("renew".to_owned(), renew);
    }
    if let Some((revoke, sends)) = &roles.revoke {
        let mut entries = Map::new();
        entries.insert("operation".to_owned(), operation(*revoke));
        insert_sends(&mut entries, sends);
        session.insert("revoke".to_owned(), Value::Object(entries));
    }
    lines_of(SESSION, session, is_json)
}

fn grant(grant: &Grant, operation: Value, sends: &Sends) -> Value {
    let mut entries = Map::new();
    entries.insert("operation".to_owned(), operation);
    insert_sends(&mut entries, sends);
    let mut received = |key: &str, pointer: &JsonPointer| {
        entries.insert(key.to_owned(), json!(format!("$response.body{pointer}")));
    };
    received("token", &grant.token);
    if let Some(pointer) = &grant.refresh_token {
        received("refreshToken", pointer);
    }
    if let Some((key, pointer)) = &grant.expiry {
        received(key, pointer);
    }
    Value::Object(entries)
}

fn insert_sends(entries: &mut Map<String, Value>, sends: &Sends) {
    if sends.is_empty() {
        return;
    }
    let sends = sends.iter();
    let sends = sends.map(|(to, what)| (to.as_str().to_owned(), json!(what.as_str())));
    entries.insert("send".to_owned(), Value::Object(sends.collect()));
}
