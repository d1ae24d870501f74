//! Prints the requests and responses of an API for reviewers, with their bodies.
//!
//! Reads the IR, and the names of bodies. A line changes exactly when a request or a response changes: documentation is
//! left out, and a body that several operations share is listed once.

mod bodies;
mod messages;
mod text;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::ir::{
    Additional, Api, ItemId, ItemKind, MessagePart, Names, OperationId, SchemeKind, SecurityScheme,
    Session, SessionPart, Type,
};
use crate::lines::Lines;
use text::Words;

/// The wire of the module `name`.
#[must_use]
pub fn wire(name: &str, api: &Api, names: &Names) -> String {
    let mut out = Lines::default();
    let words = Words { api, names };
    out.add(0, format!("wire of {name}"));
    out.add(0, "");
    for server in &api.servers {
        out.add(0, format!("server {}", text::server(server)));
    }
    for scheme in &api.schemes {
        out.add(0, format!("credential {}", credential(scheme)));
    }
    for scheme in &api.foreign_schemes {
        out.add(
            0,
            format!("credential {}: left to the transport", scheme.name),
        );
    }
    for session in &api.sessions {
        out.add(0, format!("session {}", self::session(api, session)));
    }
    for operation in api.groups.iter().flat_map(|it| &it.operations) {
        messages::operation(&mut out, &words, *operation);
    }
    for incoming in &api.incoming {
        messages::incoming(&mut out, &words, incoming);
    }
    for id in reached(api) {
        bodies::item(&mut out, &words, id);
    }
    out.finish()
}

/// "usertoken: HTTP basic authentication", "jwt: key in the header `Authorization`, after `Bearer`"
fn credential(scheme: &SecurityScheme) -> String {
    let prefix = match &scheme.kind {
        SchemeKind::ApiKey {
            prefix: Some(prefix),
            ..
        } => format!(", after `{prefix}`"),
        _ => String::new(),
    };
    format!("{}: {}{prefix}", scheme.name, scheme.kind)
}

/// "jwt: starts with POST /login, renewed by POST /refresh (sends /refreshToken), ends with DELETE /session"
fn session(api: &Api, it: &Session) -> String {
    let sends = |sends: &[(MessagePart, SessionPart)]| {
        let parts = sends.iter();
        let parts = parts.map(|(to, what)| format!("{} as {to}", what.as_str()));
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!(" (sends {})", parts.join(", "))
        }
    };
    let mut line = format!(
        "{}: starts with {}",
        api[it.scheme].name,
        request_line(api, it.acquire.operation)
    );
    if let Some(renew) = &it.renew {
        let request = request_line(api, renew.operation);
        // Writing into a string does not fail.
        let _ = write!(line, ", renewed by {request}{}", sends(&renew.sends));
    }
    if let Some(revoke) = &it.revoke {
        let request = request_line(api, revoke.operation);
        let _ = write!(line, ", ends with {request}{}", sends(&revoke.sends));
    }
    line
}

/// The items that some message has, in their order.
fn reached(api: &Api) -> BTreeSet<ItemId> {
    let mut open: Vec<&Type> = api.mentioned_types().collect();
    let mut reached = BTreeSet::new();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
                open.push(inner);
            }
            Type::Tuple(items) => open.extend(items),
            Type::Item(id) if reached.insert(*id) => match &api[*id].kind {
                ItemKind::Struct(it) => {
                    open.extend(it.fields.iter().map(|it| &it.ty));
                    if let Additional::Kept(ty) = &it.additional {
                        open.push(ty);
                    }
                }
                ItemKind::Union(it) => open.extend(it.branches.iter().map(|it| &it.ty)),
                ItemKind::Alias(ty) => open.push(ty),
                ItemKind::Enumeration(_) => {}
            },
            _ => {}
        }
    }
    reached
}

/// The words of an operation's own line: "POST /auth/start".
fn request_line(api: &Api, id: OperationId) -> String {
    let operation = &api[id];
    format!("{} {}", operation.method, operation.path)
}
