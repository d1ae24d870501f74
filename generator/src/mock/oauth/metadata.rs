//! What a server says of itself: RFC 8414, OpenID Connect Discovery 1.0, its keys, and its user.

use http::StatusCode;
use http::header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE};
use serde_json::json;

use super::endpoint::{Endpoint, OPENID};
use super::error::unstored;
use super::grant::SUBJECT;
use super::pkce::METHODS;
use super::token::{GRANT_TYPES, REFRESH_TOKEN};
use super::visit::Visit;
use crate::ir::OAuthFlowKind;
use crate::mock::answer::Reply;
use crate::mock::state::TokenKind;

/// Describes the server.
pub(super) fn metadata(visit: &Visit<'_>) -> Reply {
    let has = |kind| visit.server.way(kind).is_some();
    let (has_code, has_implicit) = (
        has(OAuthFlowKind::AuthorizationCode),
        has(OAuthFlowKind::Implicit),
    );
    let methods = ["client_secret_basic", "client_secret_post", "none"];
    let mut body = json!({
        "issuer": visit.issuer(),
        "token_endpoint": visit.url(Endpoint::Token),
        "revocation_endpoint": visit.url(Endpoint::Revocation),
        "jwks_uri": visit.url(Endpoint::Keys),
        "scopes_supported": visit.server.scopes(),
        "response_types_supported": response_types(has_code, has_implicit),
        "response_modes_supported": ["query", "fragment"],
        "grant_types_supported": grant_types(visit),
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "code_challenge_methods_supported": METHODS,
        "authorization_response_iss_parameter_supported": true,
    });
    if has_code || has_implicit {
        body["authorization_endpoint"] = visit.url(Endpoint::Authorization).into();
    }
    if has(OAuthFlowKind::Device) {
        body["device_authorization_endpoint"] = visit.url(Endpoint::Device).into();
    }
    if visit.server.scopes().contains(&OPENID) {
        body["userinfo_endpoint"] = visit.url(Endpoint::UserInfo).into();
        body["subject_types_supported"] = json!(["public"]);
        body["id_token_signing_alg_values_supported"] = json!(["ES256"]);
        body["claims_supported"] = json!(["iss", "sub", "aud", "exp", "iat", "nonce"]);
    }
    Reply::json(StatusCode::OK, &body)
}

fn response_types(has_code: bool, has_implicit: bool) -> Vec<&'static str> {
    let types = [("code", has_code), ("token", has_implicit)].into_iter();
    types
        .filter(|(_, has)| *has)
        .map(|(name, _)| name)
        .collect()
}

fn grant_types(visit: &Visit<'_>) -> Vec<&'static str> {
    let offered = |kind: OAuthFlowKind| visit.server.way(kind).is_some();
    let offers = GRANT_TYPES.into_iter().filter(|(kind, _)| offered(*kind));
    let mut types: Vec<&'static str> = offers.map(|(_, name)| name).collect();
    if types.iter().any(|it| *it != "client_credentials") {
        types.push(REFRESH_TOKEN);
    }
    if offered(OAuthFlowKind::Implicit) {
        types.push("implicit");
    }
    types
}

/// Gives the public keys.
pub(super) fn keys(visit: &Visit<'_>) -> Reply {
    Reply::json(StatusCode::OK, &visit.keys.public())
}

/// Tells who the user is of an access token with the scope `openid`.
pub(super) fn user_info(visit: &Visit<'_>) -> Reply {
    let header = visit.request.headers().get(AUTHORIZATION);
    let header = header.and_then(|it| it.to_str().ok());
    let Some((_, value)) = header.and_then(|it| it.split_once(' ')) else {
        return refused(StatusCode::UNAUTHORIZED, "Bearer realm=\"stand-in\"");
    };
    let tokens = &visit.state.tokens;
    let checked = tokens.check(&visit.server.key, TokenKind::Access, value, visit.now());
    let Ok(token) = checked else {
        let challenge = "Bearer realm=\"stand-in\", error=\"invalid_token\"";
        return refused(StatusCode::UNAUTHORIZED, challenge);
    };
    let mut scopes = token.scopes.iter().flatten();
    if scopes.any(|it| it == OPENID) {
        return unstored(StatusCode::OK, &json!({ "sub": SUBJECT }));
    }
    let challenge = "Bearer realm=\"stand-in\", error=\"insufficient_scope\", scope=\"openid\"";
    refused(StatusCode::FORBIDDEN, challenge)
}

fn refused(status: StatusCode, challenge: &str) -> Reply {
    let mut reply = Reply::new(status);
    reply.set_header(WWW_AUTHENTICATE, challenge);
    reply.set_header(CACHE_CONTROL, "no-store");
    reply
}
