//! Sessions: how the credential of a security scheme comes, is renewed and ends (`x-keywright-session`, or
//! `x-keywright-sessions` at the root of the document).
//!
//! What the extension names is held against the finished operations and types, so that this goes last. A session with
//! a fault is left out whole: a client that gets tokens and cannot renew them would be worse than one that leaves all
//! of it to its caller.

use std::collections::HashMap;

use super::message::{self, Demand, Words};
use super::reader::{Object, Reader, Subject};
use super::values;
use crate::config::Overrides;
use crate::diagnostics::Diagnostics;
use crate::document::{Excerpt, ExcerptNode, Place, Value};
use crate::extensions::{SESSION, SESSIONS};
use crate::ir::{
    Api, Expiry, Grant, MessagePart, OperationId, Origin, Revocation, SchemeId, SchemeKind,
    Session, SessionPart,
};
use crate::model::Description;

/// How many security schemes may have sessions. Each is held against types of any size.
const MOST: usize = 100;
/// The keys of the extension.
pub(in crate::lower) const KEYS: [&str; 3] = ["acquire", "renew", "revoke"];
/// The keys of what gives a token.
pub(in crate::lower) const OF_GRANT: [&str; 8] = [
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
pub(in crate::lower) const OF_REVOCATION: [&str; 3] = ["operation", "send", "scope"];
/// The status by which a server says that it does not know who asks (RFC 9110, section 15.5.2).
const UNAUTHORIZED: u16 = 401;
/// The parts of a session that can be sent.
const PARTS: Words<SessionPart> = Words {
    words: &[
        (SessionPart::Token.as_str(), SessionPart::Token),
        (
            SessionPart::RefreshToken.as_str(),
            SessionPart::RefreshToken,
        ),
    ],
    noun: "a part of a session",
};

/// Lowers the sessions of all security schemes.
pub(in crate::lower) fn lower_all(
    description: &Description,
    api: &Api,
    overrides: Overrides<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Session> {
    let schemes = &description.security_schemes;
    let of_root = description.sessions.as_ref();
    let configured = overrides.sessions;
    let has_own = || schemes.values().any(|it| it.session.is_some());
    if configured.is_none() && of_root.is_none() && !has_own() {
        return Vec::new();
    }
    let mut reader = Reader::new(description, api, diagnostics, Subject::Session, configured);
    let stated = stated(&mut reader, description, configured);
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

/// The sessions that are stated, in the order of the schemes: the name of the scheme, what the object is called, and
/// the object. What the configuration says takes the place of what the document does.
fn stated<'a>(
    reader: &mut Reader<'a, '_>,
    description: &'a Description,
    configured: Option<&'a Excerpt>,
) -> Vec<(&'a str, &'a str, ExcerptNode<'a>)> {
    let mut configured = by_scheme(reader, description, "sessions", configured);
    let mut of_root = by_scheme(reader, description, SESSIONS, description.sessions.as_ref());
    let mut stated = Vec::new();
    for (name, scheme) in &description.security_schemes {
        if let Some(at) = configured.remove(name.as_str()) {
            stated.push((name.as_str(), name.as_str(), at));
            continue;
        }
        let own = scheme.session.as_ref().map(Excerpt::root);
        let other = of_root.remove(name.as_str());
        if let (Some(own), Some(other)) = (&own, &other) {
            let message = format!("the security scheme `{name}` already has a session");
            let finding = reader.finding(&other.key_place(), message);
            let finding = finding.related(&own.key_place(), "this one is used");
            reader.report(finding.help("keep one of them"));
        }
        let own = own.map(|at| (name.as_str(), SESSION, at));
        stated.extend(own.or_else(|| Some((name.as_str(), name.as_str(), other?))));
    }
    stated
}

/// The sessions of a mapping from the names of their schemes.
fn by_scheme<'a>(
    reader: &mut Reader<'a, '_>,
    description: &Description,
    key: &str,
    sessions: Option<&'a Excerpt>,
) -> HashMap<&'a str, ExcerptNode<'a>> {
    let Some(at) = sessions.map(Excerpt::root) else {
        return HashMap::new();
    };
    if !matches!(at.node.value, Value::Mapping(_)) {
        let message = format!("`{key}` is {}, not a mapping", at.node.kind());
        let help = "map the name of each security scheme to its session";
        reader.fault(&at.key_place(), message, help);
    }
    let schemes = &description.security_schemes;
    let mut sessions = HashMap::new();
    for (name, at) in at.entries() {
        if schemes.contains_key(name) {
            sessions.insert(name, at);
        } else if !name.starts_with("x-") {
            reader.unknown_scheme(name, &at.key_place());
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
    let help = "name the operation that returns the token";
    let acquire = reader.required(&object, "acquire", help).cloned();
    let acquire = acquire.and_then(|at| first_grant(reader, at, scheme));
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
    let why = match reader.scheme(name) {
        Some((id, kind)) => match kind {
            SchemeKind::Bearer { .. } | SchemeKind::Http { .. } | SchemeKind::ApiKey { .. } => {
                return Some(id);
            }
            SchemeKind::MutualTls => "mutual TLS uses a certificate",
            SchemeKind::Digest => "HTTP digest authentication takes a user name and a password",
            SchemeKind::Basic => "HTTP basic authentication takes a user name and a password",
        },
        None => "the client does not send this scheme",
    };
    let message = format!("the security scheme `{name}` cannot use a token: {why}");
    let help = "use a scheme of type `http` or `apiKey`, which says how the token is sent";
    reader.fault(place, message, help);
    None
}

/// Reads what gives the first token.
fn first_grant<'a>(
    reader: &mut Reader<'a, '_>,
    at: ExcerptNode<'a>,
    scheme: Option<SchemeId>,
) -> Option<(Option<Grant>, Object<'a>)> {
    let (grant, object) = grant(reader, "acquire", at, None)?;
    let operation = grant.as_ref().map(|it| it.operation);
    reader.check_security(&object, operation, scheme);
    if let Some(send) = object.get("send") {
        let message = "`acquire` cannot have `send`: there is no session yet";
        let help = "remove `send`; the caller passes the arguments of the operation";
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
    let help = "say where the response contains the token, such as `$response.body#/token`";
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
        let help =
            "write `all` if the operation ends all sessions of the user; otherwise remove `scope`";
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
    let sent = message::sent(reader, object, operation, &PARTS);
    if let Some(acquire) = lacks_refresh {
        let needs = sent.iter().find(|it| it.1 == SessionPart::RefreshToken);
        if let Some((.., place)) = needs {
            let name = object.name;
            let message =
                format!("`{name}` sends a refresh token, but `acquire` does not return one");
            let finding = reader.finding(place, message);
            let finding = finding.related(acquire, "has no `refreshToken`");
            let help = "add `refreshToken` to `acquire` to say where the response contains it";
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
        let message = format!("`{key}` and `{other}` both state when the token expires");
        let finding = reader.finding(&second.key_place(), message);
        let finding = finding.related(&at.key_place(), "also states it");
        reader.report(finding.help("keep one of them"));
    }
    let expiry = match key {
        "lifetime" => values::duration(reader, key, at).map(Expiry::Lifetime),
        "expiresIn" => {
            message::received(reader, key, at, operation, Demand::TextOrNumber).map(Expiry::In)
        }
        _ => message::received(reader, key, at, operation, Demand::TextOrNumber).map(Expiry::At),
    };
    expiry.unwrap_or(Expiry::Unknown)
}

/// The statuses that end the session.
fn ended<'a>(reader: &mut Reader<'a, '_>, object: &Object<'a>) -> Vec<u16> {
    let Some(list) = object.get("ended") else {
        return vec![UNAUTHORIZED];
    };
    let statuses = values::statuses(reader, "ended", list);
    statuses.into_iter().map(|(status, _)| status).collect()
}
