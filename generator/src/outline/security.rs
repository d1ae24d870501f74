//! Credentials: where they travel, where they come from, and how they are kept.

use super::source::Source;
use super::text::{argument, docs};
use super::{Fact, Node, NodeKind, Ty};
use crate::ir::{
    ApiKeyLocation, CredentialSource, DeviceFlow, DeviceGrant, Expiry, Grant, MessagePart, OAuth,
    OAuthFlow, OAuthMetadata, Origin, Revocation, SchemeId, SchemeKind, SecurityScheme, Session,
    SessionPart,
};
use crate::shape::Credential;

/// The security schemes, each with its flows, session and device flow.
pub(super) fn schemes(cx: &Source<'_>) -> Vec<Node> {
    let schemes = (0..).map(SchemeId).zip(&cx.api.schemes);
    let schemes = schemes.zip(&cx.shape.credentials);
    let foreign = cx.api.foreign_schemes.iter().map(|it| {
        Node::new(NodeKind::ForeignScheme, it.name.clone(), cx.module)
            .at(&it.origin.place)
            .fact(Fact::Kind, "left to the transport")
            .fact(Fact::Docs, docs(&it.docs, &()))
    });
    let nodes = schemes.map(|((id, scheme), credential)| self::scheme(cx, id, scheme, credential));
    nodes.chain(foreign).collect()
}

fn scheme(cx: &Source<'_>, id: SchemeId, it: &SecurityScheme, shape: &Credential) -> Node {
    let path = format!("{}::ClientBuilder::{}", cx.module, shape.setter);
    let arguments = shape.arguments.iter();
    let arguments: Vec<(String, Ty)> = arguments
        .map(|(name, it)| ((*name).to_owned(), argument(cx.shape, it)))
        .collect();
    let (location, name, prefix) = match &it.kind {
        SchemeKind::ApiKey {
            location,
            name,
            prefix,
        } => (Some(*location), Some(name.clone()), prefix.clone()),
        other => (other.target().map(|(location, _)| location), None, None),
    };
    let name = name.map(|name| match location {
        Some(ApiKeyLocation::Header) => name.to_ascii_lowercase(),
        _ => name,
    });
    let oauth = cx.api.oauth(id);
    let node = Node::new(NodeKind::Scheme, shape.setter.as_str(), path)
        .at(&it.origin.place)
        .key(it.name.clone())
        .key(it.kind.to_string())
        .fact(Fact::Kind, kind(&it.kind))
        .fact(Fact::Signature, arguments)
        .maybe(Fact::WireName, name)
        .maybe(Fact::Location, location.map(|it| it.to_string()))
        .maybe(Fact::Prefix, prefix)
        .fact(Fact::Endpoints, endpoints(&it.sources, oauth))
        .fact(Fact::Scopes, scopes(&it.sources))
        .flag(Fact::Deprecated, it.deprecated)
        .fact(Fact::Docs, docs(&it.docs, &bearer_format(&it.kind)));
    let mut children: Vec<Node> = oauth.map_or_else(Vec::new, |it| flows(cx, it, id));
    children.extend(cx.api.session(id).map(|it| session(cx, it, shape)));
    children.extend(cx.api.device_flow(id).map(|it| device_flow(cx, it, id)));
    Node { children, ..node }
}

fn bearer_format(kind: &SchemeKind) -> Option<&String> {
    match kind {
        SchemeKind::Bearer { format } => format.as_ref(),
        _ => None,
    }
}

fn kind(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Basic => "HTTP basic authentication".to_owned(),
        SchemeKind::Bearer { .. } => "bearer token".to_owned(),
        SchemeKind::Http { scheme } => format!("HTTP authentication scheme `{scheme}`"),
        SchemeKind::Digest => "HTTP digest authentication".to_owned(),
        SchemeKind::MutualTls => "mutual TLS".to_owned(),
        SchemeKind::ApiKey { .. } => "API key".to_owned(),
    }
}

/// The URLs of the authorization server, by what they are for.
fn endpoints(sources: &[CredentialSource], oauth: Option<&OAuth>) -> Vec<(String, String)> {
    let urls = sources.iter().flat_map(|source| {
        let urls = source.urls.iter();
        urls.map(|(what, url)| (format!("{}, {what}", source.name), url.clone()))
    });
    let metadata = oauth
        .and_then(|it| it.metadata.as_ref())
        .map(|it| match it {
            OAuthMetadata::OAuth(url) | OAuthMetadata::OpenId(url) => {
                ("metadata".to_owned(), url.clone())
            }
        });
    urls.chain(metadata).collect()
}

fn scopes(sources: &[CredentialSource]) -> Vec<(String, String)> {
    let scopes = sources.iter().flat_map(|source| {
        let scopes = source.scopes.iter();
        scopes.map(|(scope, about)| (format!("{}, {scope}", source.name), about.clone()))
    });
    scopes.collect()
}

/// The flows for which the client has a method.
fn flows(cx: &Source<'_>, oauth: &OAuth, id: SchemeId) -> Vec<Node> {
    let SchemeId(index) = id;
    let names = cx.names.schemes[index as usize].oauth.as_ref();
    let flows = oauth.flows.iter().zip(std::iter::repeat(names));
    let node = |(flow, names): (&OAuthFlow, Option<&crate::ir::OAuthNames>)| {
        let method = names?.method(flow.kind);
        let of = if flow.kind.is_unattended() {
            "ClientBuilder"
        } else {
            "Client"
        };
        let path = format!("{}::{of}::{method}", cx.module);
        Some(
            Node::new(NodeKind::Flow, method.as_str(), path)
                .at(&oauth.origin.place)
                .key(flow.kind.as_str()),
        )
    };
    flows.filter_map(node).collect()
}

fn session(cx: &Source<'_>, it: &Session, shape: &Credential) -> Node {
    let named = cx.shape.sessions.iter().find(|of| of.scheme == it.scheme);
    let get = named.map_or("session", |it| it.names.get.as_str());
    Node::new(
        NodeKind::Session,
        get,
        format!("{}::Client::{get}", cx.module),
    )
    .at(&it.origin.place)
    .key(shape.setter.as_str())
    .fact(Fact::Acquire, grant(cx, &it.acquire))
    .maybe(Fact::Renew, it.renew.as_ref().map(|it| grant(cx, it)))
    .maybe(
        Fact::Revoke,
        it.revoke.as_ref().map(|it| revocation(cx, it)),
    )
}

fn operation(cx: &Source<'_>, id: crate::ir::OperationId) -> String {
    let ir = &cx.api[id];
    format!("{} {}", ir.method, ir.path)
}

fn part(part: &MessagePart) -> String {
    part.to_string()
}

fn grant(cx: &Source<'_>, it: &Grant) -> Vec<(String, String)> {
    let named = |name: &str, text: String| (name.to_owned(), text);
    let mut facts = vec![
        named("operation", operation(cx, it.operation)),
        named("token", part(&it.token)),
    ];
    facts.extend(
        it.refresh_token
            .iter()
            .map(|it| named("refreshToken", part(it))),
    );
    facts.extend(sends(&it.sends));
    let expiry = match &it.expiry {
        Expiry::Unknown => None,
        Expiry::Lifetime(lifetime) => Some(("lifetime", format!("{} s", lifetime.as_secs()))),
        Expiry::In(it) => Some(("expiresIn", part(it))),
        Expiry::At(it) => Some(("expiresAt", part(it))),
    };
    facts.extend(expiry.map(|(name, text)| named(name, text)));
    if !it.ended.is_empty() {
        facts.push(named("ended", format!("{:?}", it.ended)));
    }
    facts
}

fn sends(sends: &[(MessagePart, SessionPart)]) -> impl Iterator<Item = (String, String)> {
    let sends = sends.iter();
    sends.map(|(place, what)| (format!("sends {}", what.as_str()), part(place)))
}

fn revocation(cx: &Source<'_>, it: &Revocation) -> Vec<(String, String)> {
    let mut facts = vec![("operation".to_owned(), operation(cx, it.operation))];
    facts.extend(sends(&it.sends));
    if it.ends_all {
        facts.push(("scope".to_owned(), "all".to_owned()));
    }
    facts
}

fn device_flow(cx: &Source<'_>, it: &DeviceFlow, id: SchemeId) -> Node {
    let named = cx.shape.sessions.iter().find(|of| of.scheme == id);
    let confirm = named.map_or("confirmation", |it| it.names.confirm.as_str());
    let (start, poll) = (&it.start, &it.poll);
    let some = |name: &str, text: Option<String>| text.map(|text| (name.to_owned(), text));
    let optional = |name: &str, it: &Option<MessagePart>| some(name, it.as_ref().map(part));
    let starts = [
        some("operation", Some(operation(cx, start.operation))),
        some("token", Some(part(&start.token))),
        optional("url", &start.url),
        optional("code", &start.code),
        optional("interval", &start.interval),
        optional("expiresIn", &start.expires_in),
    ];
    let statuses =
        |name: &str, them: &[u16]| some(name, (!them.is_empty()).then(|| format!("{them:?}")));
    let grant = match &poll.grant {
        DeviceGrant::Basic { username, password } => {
            format!("{}, {}", part(username), part(password))
        }
        DeviceGrant::Token(token) => part(token),
    };
    let sends: Vec<String> = poll.sends.iter().map(part).collect();
    let polls = [
        some("operation", Some(operation(cx, poll.operation))),
        some("sends", Some(sends.join(", "))),
        some("interval", Some(format!("{} s", poll.interval.as_secs()))),
        some("deadline", Some(format!("{} s", poll.deadline.as_secs()))),
        statuses("pending", &poll.pending),
        statuses("slowDown", &poll.slow_down),
        statuses("gone", &poll.gone),
        some("credential", Some(grant)),
        some("check", it.check.map(|it| operation(cx, it))),
    ];
    let Origin { place } = &it.origin;
    Node::new(
        NodeKind::DeviceFlow,
        confirm,
        format!("{}::Client::{confirm}", cx.module),
    )
    .at(place)
    .key("device flow")
    .fact(
        Fact::Acquire,
        starts.into_iter().flatten().collect::<Vec<_>>(),
    )
    .fact(Fact::Renew, polls.into_iter().flatten().collect::<Vec<_>>())
}
