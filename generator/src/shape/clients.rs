//! How a client is given its credentials.

use super::{Argument, Cx, Type};
use crate::ir::{
    Ident, OAuthNames, OperationId, SchemeId, SchemeKind, SecurityScheme, SessionNames,
};

/// The credential of a security scheme: the method that sets it, and what makes it.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The builder's method.
    pub setter: Ident,
    /// The methods besides, unless the credential belongs to the connection.
    pub others: Option<CredentialMethods>,
    /// The constant that stands for the scheme's place.
    pub constant: Ident,
    /// The arguments of the setter.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// The methods for a credential that goes with each request.
#[derive(Clone, Debug)]
pub struct CredentialMethods {
    /// The builder's method that takes a provider.
    pub provider: Ident,
    /// The client's method that returns a copy with another credential.
    pub with: Ident,
    /// The client's method that returns a copy with another provider.
    pub with_provider: Ident,
}

/// The session that gets the credential of a security scheme.
#[derive(Clone, Debug)]
pub struct Session {
    /// The scheme.
    pub scheme: SchemeId,
    /// The operation whose request callers make to sign in.
    pub sign_in: Option<OperationId>,
    /// The operation whose request callers make to have a user confirm on another device.
    pub confirm: Option<OperationId>,
    /// The methods of the client and its builder.
    pub names: SessionNames,
    /// Their methods for the flows of an authorization server, if that is what gives the tokens.
    pub flows: Option<OAuthNames>,
}

/// The sessions, in the order of their schemes.
pub(super) fn shape_sessions(cx: &Cx<'_>) -> Vec<Session> {
    let schemes = (0..).map(SchemeId).zip(&cx.names.schemes);
    let sessions = schemes.filter_map(|(scheme, names)| {
        let session = cx.api.session(scheme);
        let flow = cx.api.device_flow(scheme);
        Some(Session {
            scheme,
            sign_in: session.map(|it| it.acquire.operation),
            confirm: flow.map(|it| it.start.operation),
            names: names.session.clone()?,
            flows: names.oauth.clone(),
        })
    });
    sessions.collect()
}

/// The credentials, by scheme.
pub(super) fn shape(cx: &Cx<'_>) -> Vec<Credential> {
    let schemes = cx.api.schemes.iter().zip(&cx.names.schemes);
    schemes
        .map(|(scheme, names)| credential(scheme, names))
        .collect()
}

fn credential(scheme: &SecurityScheme, names: &crate::ir::SchemeNames) -> Credential {
    let secret = || Argument::Into(Type::path("secrecy::SecretString"));
    let arguments = match &scheme.kind {
        SchemeKind::Basic | SchemeKind::Digest => {
            let username = Argument::Into(Type::path("String"));
            vec![("username", username), ("password", secret())]
        }
        SchemeKind::Bearer { .. } => vec![("token", secret())],
        SchemeKind::Http { .. } => vec![("credentials", secret())],
        SchemeKind::MutualTls => vec![("pem", secret())],
        SchemeKind::ApiKey { .. } => vec![("key", secret())],
    };
    Credential {
        setter: names.setter.clone(),
        others: (scheme.kind != SchemeKind::MutualTls).then(|| CredentialMethods {
            provider: names.provider.clone(),
            with: names.with.clone(),
            with_provider: names.with_provider.clone(),
        }),
        constant: names.constant.clone(),
        arguments,
    }
}
