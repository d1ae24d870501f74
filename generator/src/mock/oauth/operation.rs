//! Operations that a document has at the token endpoint of a scheme: they issue what the operations of the scheme take.

use serde_json::{Map, Value};

use super::error::{ErrorCode, OAuthError};
use super::grant::{Grant, Granter};
use super::token;
use super::visit::Visit;

/// Whose credentials these are, where nobody says. No client of OAuth is called so.
const NOBODY: &str = "";

/// Gives the members of an answer. The document knows best what a request needs: one that lacks only what OAuth wants
/// besides is no worse for it.
pub(super) fn lend(visit: &mut Visit<'_>) -> Result<Map<String, Value>, OAuthError> {
    let reply = match token::answer(visit) {
        Ok(reply) => reply,
        Err(error) if is_fatal(error.code) => return Err(error),
        Err(error)
            if error.code == ErrorCode::InvalidClient && !visit.settings.clients.is_empty() =>
        {
            return Err(error);
        }
        Err(_) => {
            let scopes = visit.server.scopes().into_iter().map(str::to_owned);
            let scopes: Vec<String> = scopes.collect();
            let grant = Grant {
                client: NOBODY.to_owned(),
                family: visit.state.tokens.sign_in(),
                scopes: scopes.clone(),
                by: Granter::User {
                    nonce: None,
                    allows: scopes,
                },
            };
            visit.give(&grant)
        }
    };
    let body = serde_json::from_slice(&reply.whole_body());
    Ok(body.unwrap_or_default())
}

/// Whether a request is refused, whatever the document says of it: it has what OAuth wants, and that is not good.
const fn is_fatal(code: ErrorCode) -> bool {
    match code {
        ErrorCode::InvalidGrant
        | ErrorCode::InvalidScope
        | ErrorCode::InvalidTarget
        | ErrorCode::AccessDenied
        | ErrorCode::AuthorizationPending
        | ErrorCode::SlowDown
        | ErrorCode::ExpiredToken => true,
        ErrorCode::InvalidRequest
        | ErrorCode::InvalidClient
        | ErrorCode::UnauthorizedClient
        | ErrorCode::UnsupportedGrantType
        | ErrorCode::UnsupportedResponseType
        | ErrorCode::ConsentRequired
        | ErrorCode::RequestNotSupported
        | ErrorCode::RequestUriNotSupported => false,
    }
}

/// Puts members into a value, as far as it stays valid with them. One that is no object is given up for them.
pub(in crate::mock) fn overlaid(
    members: Map<String, Value>,
    value: &Value,
    is_valid: impl Fn(&Value) -> bool,
) -> Value {
    let whole = Value::Object(members.clone());
    let mut made = match value {
        Value::Object(_) => value.clone(),
        _ if is_valid(&whole) => return whole,
        other => return other.clone(),
    };
    for (name, member) in members {
        let mut next = made.clone();
        next[name.as_str()] = member;
        if is_valid(&next) {
            made = next;
        }
    }
    made
}
