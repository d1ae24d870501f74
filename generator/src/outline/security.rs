//! Credentials: where they travel, where they come from, and how they are kept.

use super::source::Source;
use super::text::{argument, docs};
use super::{Fact, Node, NodeKind, Ty};
use crate::document::Place;
use crate::ir::{
    ApiKeyLocation, CredentialSource, DeviceFlow, DeviceGrant, Expiry, Grant, MessagePart, OAuth,
    OAuthFlow, OAuthFlowKind, Origin, Revocation, SchemeId, SchemeKind, SecurityScheme,
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
        .fact(Fact::Scopes, scopes(&it.sources, oauth))
        .flag(Fact::Deprecated, it.deprecated)
        .fact(Fact::Docs, docs(&it.docs, &bearer_format(&it.kind)));
    let mut children: Vec<Node> = oauth.map_or_else(Vec::new, |it| flows(cx, it, id));
    children.extend(session(cx, id, &it.origin));
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

/// The sources of a credential for which the client has no method.
fn other_sources<'s>(
    sources: &'s [CredentialSource],
    oauth: Option<&'s OAuth>,
) -> impl Iterator<Item = &'s CredentialSource> {
    let flows = oauth.map_or(&[][..], |it| &it.flows);
    sources
        .iter()
        .filter(|source| flows.iter().all(|it| source_name(it.kind) != source.name))
}

/// What a source is called that is a flow.
fn source_name(flow: OAuthFlowKind) -> &'static str {
    match flow {
        OAuthFlowKind::ClientCredentials => "Client credentials",
        OAuthFlowKind::Password => "Password",
        OAuthFlowKind::AuthorizationCode => "Authorization code",
        OAuthFlowKind::Implicit => "Implicit",
        OAuthFlowKind::Device => "Device authorization",
    }
}

/// The URLs of the authorization server that belong to no flow of the client, by what they are for.
fn endpoints(sources: &[CredentialSource], oauth: Option<&OAuth>) -> Vec<(String, String)> {
    let urls = other_sources(sources, oauth).flat_map(|source| {
        let urls = source.urls.iter();
        urls.map(|(what, url)| (format!("{}, {what}", source.name), url.clone()))
    });
    urls.collect()
}

fn scopes(sources: &[CredentialSource], oauth: Option<&OAuth>) -> Vec<(String, String)> {
    let scopes = other_sources(sources, oauth).flat_map(|source| {
        let scopes = source.scopes.iter();
        scopes.map(|(scope, about)| (format!("{}, {scope}", source.name), about.clone()))
    });
    scopes.collect()
}

/// The flows for which the client has a method.
fn flows(cx: &Source<'_>, oauth: &OAuth, id: SchemeId) -> Vec<Node> {
    let SchemeId(index) = id;
    let Some(names) = cx.names.schemes[index as usize].oauth.as_ref() else {
        return Vec::new();
    };
    let node = |flow: &OAuthFlow| {
        let method = names.method(flow.kind);
        let of = if flow.kind.is_unattended() {
            "ClientBuilder"
        } else {
            "Client"
        };
        let path = format!("{}::{of}::{method}", cx.module);
        let Origin { place } = &oauth.origin;
        let pointer = place.pointer.child("flows").child(flow.kind.as_str());
        let place = Place {
            pointer,
            ..place.clone()
        };
        let urls = &flow.endpoints;
        Node::new(NodeKind::Flow, method.as_str(), path)
            .at(&place)
            .key(flow.kind.as_str())
            .maybe(Fact::AuthorizationUrl, urls.authorization.clone())
            .maybe(Fact::DeviceUrl, urls.device_authorization.clone())
            .maybe(Fact::TokenUrl, urls.token.clone())
            .maybe(Fact::RefreshUrl, urls.refresh.clone())
            .fact(Fact::Scopes, flow.scopes.clone())
    };
    oauth.flows.iter().map(node).collect()
}

/// The session of a scheme: one that the document declares, or that of an authorization server.
fn session(cx: &Source<'_>, id: SchemeId, scheme: &Origin) -> Option<Node> {
    let named = cx.shape.sessions.iter().find(|of| of.scheme == id)?;
    let declared = cx.api.session(id);
    let get = &named.names.get;
    let flow = cx.api.device_flow(id).map(|it| &it.origin);
    let origin = declared.map(|it| &it.origin).or(flow).unwrap_or(scheme);
    let node = Node::new(
        NodeKind::Session,
        get.as_str(),
        format!("{}::Client::{get}", cx.module),
    )
    .at(&origin.place)
    .key("session");
    let Some(it) = declared else {
        return Some(node);
    };
    let node = node
        .fact(Fact::Acquire, grant(cx, &it.acquire))
        .maybe(Fact::Renew, it.renew.as_ref().map(|it| grant(cx, it)))
        .maybe(
            Fact::Revoke,
            it.revoke.as_ref().map(|it| revocation(cx, it)),
        );
    Some(node)
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
