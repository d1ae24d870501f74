//! The methods of a client and its builder for the flows of authorization servers.

use super::context::Cx;
use super::written::{self, Written};
use super::{docs, features, flow_example};
use crate::ir::{OAuth, OAuthEndpoints, OAuthFlowKind, OAuthMetadata, OAuthNames};
use crate::output::Unformatted;
use crate::shape::Session;

/// `runtime::oauth::declare! { .. }` for a session that an authorization server gives the tokens of.
pub(super) fn emit(cx: &Cx<'_>, it: &Session) -> Option<Unformatted> {
    let (oauth, names) = cx.api.oauth(it.scheme).zip(it.flows.as_ref())?;
    let runtime = written::name(cx, "super::runtime");
    let mut out = Written::default();
    features::emit_condition(&mut out, &[features::OAUTH.to_owned()]);
    out.line(0, format!("{runtime}::oauth::declare! {{"));
    out.line(1, format!("{} of Client;", it.names.plan));
    for flow in &oauth.flows {
        let method = names.method(flow.kind);
        let text = docs::oauth::flow(cx, oauth, flow, it);
        out.line(1, format!("{} {{", keyword(flow.kind)));
        out.docs(2, text);
        for line in flow_example::emit(cx, flow, method) {
            out.line(2, format!("/// {line}").trim_end());
        }
        emit_endpoints(cx, &mut out, method.as_str(), oauth, &flow.endpoints);
        out.line(1, "}");
    }
    emit_app(cx, &mut out, oauth, names, it);
    out.line(0, "}");
    Some(out.finish())
}

/// The builder's method for tokens that a store has, where users sign in.
fn emit_app(cx: &Cx<'_>, out: &mut Written, oauth: &OAuth, names: &OAuthNames, it: &Session) {
    let Some(flow) = oauth.renewable() else {
        return;
    };
    // How it is renewed is all that is asked for.
    let endpoints = OAuthEndpoints {
        token: flow.endpoints.token.clone(),
        refresh: flow.endpoints.refresh.clone(),
        ..OAuthEndpoints::default()
    };
    out.line(1, "app {");
    out.docs(2, docs::oauth::app(cx, oauth, it));
    for line in flow_example::emit_app(cx, &names.app, &it.names.store) {
        out.line(2, format!("/// {line}").trim_end());
    }
    emit_endpoints(cx, out, names.app.as_str(), oauth, &endpoints);
    out.line(1, "}");
}

/// What the macro calls a flow.
fn keyword(kind: OAuthFlowKind) -> &'static str {
    match kind {
        OAuthFlowKind::ClientCredentials => "client_credentials",
        OAuthFlowKind::Password => "password",
        OAuthFlowKind::AuthorizationCode => "authorization_code",
        OAuthFlowKind::Implicit => "implicit",
        OAuthFlowKind::Device => "device",
    }
}

/// `petstore_auth_client_credentials at Endpoints { token: Some(".."), ..Endpoints::of("petstore_auth") }`
fn emit_endpoints(
    cx: &Cx<'_>,
    out: &mut Written,
    method: &str,
    oauth: &OAuth,
    endpoints: &OAuthEndpoints,
) {
    out.line(2, format!("{method} at Endpoints {{"));
    let fields = [
        ("authorization", &endpoints.authorization),
        ("device_authorization", &endpoints.device_authorization),
        ("token", &endpoints.token),
        ("refresh", &endpoints.refresh),
    ];
    for (name, url) in fields {
        if let Some(url) = url {
            out.line(3, format!("{name}: Some({}),", written::literal(url)));
        }
    }
    if let Some(metadata) = &oauth.metadata {
        let (kind, url) = match metadata {
            OAuthMetadata::OAuth(url) => ("OAuth", url),
            OAuthMetadata::OpenId(url) => ("OpenId", url),
        };
        let url = written::literal(url);
        out.line(3, format!("metadata: Some(Metadata::{kind}({url})),"));
    }
    let scheme = written::literal(&cx.api[oauth.scheme].name);
    out.line(3, format!("..Endpoints::of({scheme})"));
    out.line(2, "}");
}
