//! Sessions: how the credential of a security scheme comes, is renewed and ends (`x-keywright-session`, or
//! `x-keywright-sessions` at the root of the document).
//!
//! What the extension names is held against the finished operations and types, so that this goes last. A session with
//! a fault is left out whole: a client that gets tokens and cannot renew them would be worse than one that leaves all
//! of it to its caller.

mod expression;
mod message;
mod operations;
mod reach;
mod reader;

use std::collections::HashMap;

use self::message::Demand;
use self::operations::Operations;
use self::reader::{Object, Reader};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{Place, Value};
use crate::extensions::{SESSION, SESSIONS};
use crate::ir::{
    Api, Expiry, Grant, MessagePart, OperationId, Origin, Revocation, SchemeId, SchemeKind,
    Session, SessionPart,
};
use crate::model::{Description, Excerpt, ExcerptNode};

/// How many security schemes may have sessions. Each is held against types of any size.
const MOST: usize = 100;
/// The keys of the extension.
const KEYS: [&str; 3] = ["acquire", "renew", "revoke"];
/// The keys of what gives a token.
const OF_GRANT: [&str; 8] = [
    "operation",
    "send",
    "token",
    "refreshToken",
    "expiresIn",
    "expiresAt",
    "lifetime",
    "ended",
];
/// The keys that say how long a token is good for.
const EXPIRY: [&str; 3] = ["expiresIn", "expiresAt", "lifetime"];
/// The keys of what ends a session.
const OF_REVOCATION: [&str; 3] = ["operation", "send", "scope"];
/// The status by which a server says that it does not know who asks (RFC 9110, section 15.5.2).
const UNAUTHORIZED: u16 = 401;

/// Lowers the sessions of all security schemes.
pub(super) fn lower_all(
    description: &Description,
    api: &Api,
    diagnostics: &mut Diagnostics,
) -> Vec<Session> {
    let schemes = &description.security_schemes;
    let of_root = description.sessions.as_ref();
    if of_root.is_none() && schemes.values().all(|it| it.session.is_none()) {
        return Vec::new();
    }
    let mut reader = Reader {
        api,
        operations: Operations::of(description, api),
        diagnostics,
        faults: 0,
        suggestions: 0,
    };
    let stated = stated(&mut reader, description);
    if let Some((.., at)) = stated.get(MOST) {
        let message = format!("more than {MOST} security schemes have sessions");
        reader.fault(&at.key_place(), message, "describe fewer");
    }
    let mut sessions = Vec::new();
    for (scheme, name, at) in stated.into_iter().take(MOST) {
        let before = reader.faults;
        let session = lower(&mut reader, scheme, name, at);
        sessions.extend(session.filter(|_| reader.faults == before));
    }
    sessions
}

/// The sessions that a document states, in the order of the schemes: the name of the scheme, what the object is
/// called, and the object.
fn stated<'a>(
    reader: &mut Reader<'a, '_>,
    description: &'a Description,
) -> Vec<(&'a str, &'a str, ExcerptNode<'a>)> {
    let mut of_root = of_root(reader, description);
    let mut stated = Vec::new();
    for (name, scheme) in &description.security_schemes {
        let own = scheme.session.as_ref().map(Excerpt::root);
        let other = of_root.remove(name.as_str());
        if let (Some(own), Some(other)) = (&own, &other) {
            let message = format!("the security scheme `{name}` has a session of its own");
            let finding = Diagnostic::at(Code::InvalidSession, &other.key_place(), message);
            let finding = finding.related(&own.key_place(), "this one counts");
            reader.report(finding.help("keep one of them"));
        }
        let own = own.map(|at| (name.as_str(), SESSION, at));
        stated.extend(own.or_else(|| Some((name.as_str(), name.as_str(), other?))));
    }
    stated
}

/// The sessions at the root of a document, by the names of their schemes.
fn of_root<'a>(
    reader: &mut Reader<'a, '_>,
    description: &'a Description,
) -> HashMap<&'a str, ExcerptNode<'a>> {
    let Some(at) = description.sessions.as_ref().map(Excerpt::root) else {
        return HashMap::new();
    };
    if !matches!(at.node.value, Value::Mapping(_)) {
        let message = format!("`{SESSIONS}` is {}, not a mapping", at.node.kind());
        let help = "map the name of each security scheme to its session";
        reader.fault(&at.key_place(), message, help);
    }
    let schemes = &description.security_schemes;
    let mut sessions = HashMap::new();
    for (name, at) in at.entries() {
        if schemes.contains_key(name) {
            sessions.insert(name, at);
        } else if !name.starts_with("x-") {
            let message = format!("no security scheme is called `{name}`");
            let known = schemes.keys().map(String::as_str);
            let otherwise = "name a security scheme of this document";
            let what = "a security scheme with a similar name";
            let help = reader.meant(what, name, known, otherwise);
            reader.fault(&at.key_place(), message, &help);
        }
    }
    sessions
}

fn lower<'a>(
    reader: &mut Reader<'a, '_>,
    scheme_name: &str,
    name: &'a str,
    at: ExcerptNode<'a>,
) -> Option<Session> {
    let place = at.key_place();
    let scheme = scheme(reader, scheme_name, &place);
    let object = reader.object(name, at, &KEYS)?;
    let help = "say which operation gives the token";
    let acquire = reader.required(&object, "acquire", help).cloned();
    let acquire = acquire.and_then(|at| first_grant(reader, at));
    // What a session has that could not be read is anybody's guess.
    let lacks_refresh = acquire
        .as_ref()
        .filter(|(_, object)| object.get("refreshToken").is_none());
    let lacks_refresh = lacks_refresh.map(|(_, object)| object.at.key_place());
    let lacks_refresh = lacks_refresh.as_ref();
    let renew = object.get("renew").cloned();
    let renew = renew.and_then(|at| grant(reader, "renew", at, lacks_refresh));
    let revoke = object.get("revoke").cloned();
    let revoke = revoke.and_then(|at| revocation(reader, at, lacks_refresh));
    Some(Session {
        origin: Origin { place },
        scheme: scheme?,
        acquire: acquire?.0?,
        renew: renew.and_then(|(grant, _)| grant),
        revoke,
    })
}

/// The scheme of a session, if its credential is a token that the client sends.
fn scheme(reader: &mut Reader<'_, '_>, name: &str, place: &Place) -> Option<SchemeId> {
    let mut schemes = reader.api.schemes.iter().zip((0..).map(SchemeId));
    let found = schemes.find(|(it, _)| it.name == name && !it.inferred);
    let why = match found {
        Some((scheme, id)) => match scheme.kind {
            SchemeKind::Bearer { .. } | SchemeKind::ApiKey { .. } => return Some(id),
            SchemeKind::Basic => "HTTP basic authentication takes a user name and a password",
        },
        None => "the client leaves it to the transport",
    };
    let message = format!("the security scheme `{name}` cannot use a token: {why}");
    let help = "describe how the token is sent by a scheme of the type `http` or `apiKey`";
    reader.fault(place, message, help);
    None
}

/// Reads what gives the first token.
fn first_grant<'a>(
    reader: &mut Reader<'a, '_>,
    at: ExcerptNode<'a>,
) -> Option<(Option<Grant>, Object<'a>)> {
    let (grant, object) = grant(reader, "acquire", at, None)?;
    if let Some(send) = object.get("send") {
        let message = "`acquire` has nothing to send: there is no session yet";
        let help = "remove `send`: the caller gives what the operation needs";
        reader.fault(&send.key_place(), message, help);
    }
    Some((grant, object))
}

/// Reads what gives a token. Where the session has no refresh token, the place is given that could say so.
fn grant<'a>(
    reader: &mut Reader<'a, '_>,
    name: &'static str,
    at: ExcerptNode<'a>,
    lacks_refresh: Option<&Place>,
) -> Option<(Option<Grant>, Object<'a>)> {
    let object = reader.object(name, at, &OF_GRANT)?;
    let operation = reader.operation(&object);
    let sends = sends(reader, &object, operation, lacks_refresh);
    let help = "say where the response has the token, such as `$response.body#/token`";
    let token = reader.required(&object, "token", help);
    let token =
        token.and_then(|at| message::received(reader, "token", at, operation, Demand::Text));
    let refresh_token = object.get("refreshToken");
    let refresh_token = refresh_token
        .and_then(|at| message::received(reader, "refreshToken", at, operation, Demand::Text));
    let expiry = expiry(reader, &object, operation);
    let ended = ended(reader, &object);
    let grant = operation.zip(token).map(|(operation, token)| Grant {
        operation,
        sends,
        token,
        refresh_token,
        expiry,
        ended,
    });
    Some((grant, object))
}

fn revocation<'a>(
    reader: &mut Reader<'a, '_>,
    at: ExcerptNode<'a>,
    lacks_refresh: Option<&Place>,
) -> Option<Revocation> {
    let object = reader.object("revoke", at, &OF_REVOCATION)?;
    let operation = reader.operation(&object);
    let sends = sends(reader, &object, operation, lacks_refresh);
    let scope = object.get("scope");
    if let Some(at) = scope.filter(|at| at.node.as_str() != Some("all")) {
        let help = "write `all` where it ends all sessions of the user, and nothing otherwise";
        reader.fault(&at.place(), "`scope` is not `all`", help);
    }
    Some(Revocation {
        operation: operation?,
        sends,
        ends_all: scope.is_some(),
    })
}

/// What an operation is sent of the session.
fn sends<'a>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    operation: Option<OperationId>,
    lacks_refresh: Option<&Place>,
) -> Vec<(MessagePart, SessionPart)> {
    let sent = message::sent(reader, object, operation);
    if let Some(acquire) = lacks_refresh {
        let needs = sent.iter().find(|it| it.1 == SessionPart::RefreshToken);
        if let Some((.., place)) = needs {
            let name = object.name;
            let message = format!("`{name}` sends a refresh token, and `acquire` gives none");
            let finding = Diagnostic::at(Code::InvalidSession, place, message);
            let finding = finding.related(acquire, "has no `refreshToken`");
            let help = "say with `refreshToken` of `acquire` where the response has it";
            reader.report(finding.help(help));
        }
    }
    sent.into_iter().map(|(to, part, _)| (to, part)).collect()
}

/// How long a token is good for.
fn expiry<'a>(
    reader: &mut Reader<'a, '_>,
    object: &Object<'a>,
    operation: Option<OperationId>,
) -> Expiry {
    let mut stated = EXPIRY
        .into_iter()
        .filter_map(|key| Some((key, object.get(key)?)));
    let Some((key, at)) = stated.next() else {
        return Expiry::Unknown;
    };
    if let Some((other, second)) = stated.next() {
        let message = format!("`{key}` and `{other}` both say when the token expires");
        let finding = Diagnostic::at(Code::InvalidSession, &second.key_place(), message);
        let finding = finding.related(&at.key_place(), "says so, too");
        reader.report(finding.help("keep one of them"));
    }
    let expiry = match key {
        "lifetime" => lifetime(reader, at),
        "expiresIn" => {
            message::received(reader, key, at, operation, Demand::TextOrNumber).map(Expiry::In)
        }
        _ => message::received(reader, key, at, operation, Demand::TextOrNumber).map(Expiry::At),
    };
    expiry.unwrap_or(Expiry::Unknown)
}

fn lifetime<'a>(reader: &mut Reader<'a, '_>, at: &ExcerptNode<'a>) -> Option<Expiry> {
    const HELP: &str = "write a whole number and a unit: `90s`, `30m`, `24h` or `7d`";
    let text = reader.text("lifetime", at, HELP)?;
    let duration = expression::duration(text);
    if duration.is_none() {
        reader.fault(&at.place(), format!("`{text}` is not a duration"), HELP);
    }
    duration.map(Expiry::Lifetime)
}

/// The statuses that end the session.
fn ended<'a>(reader: &mut Reader<'a, '_>, object: &Object<'a>) -> Vec<u16> {
    const HELP: &str = "list statuses such as `401`, each between 400 and 599";
    let Some(list) = object.get("ended") else {
        return vec![UNAUTHORIZED];
    };
    if !matches!(list.node.value, Value::Sequence(_)) {
        let message = format!("`ended` is {}, not a list", list.node.kind());
        reader.fault(&list.key_place(), message, HELP);
    }
    let mut statuses = Vec::new();
    for item in list.items() {
        // Responses are listed by text, so that statuses are often text elsewhere, too.
        let status = match &item.node.value {
            Value::Number(text) | Value::String(text) => text.parse::<u16>().ok(),
            _ => None,
        };
        match status.filter(|it| (400..600).contains(it)) {
            Some(status) if statuses.contains(&status) => {}
            Some(status) => statuses.push(status),
            None => {
                let message = "an item of `ended` is not the status of a failure";
                reader.fault(&item.place(), message, HELP);
            }
        }
    }
    statuses
}
