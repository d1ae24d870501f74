//! The end of credentials (RFC 7009).

use http::StatusCode;
use http::header::CACHE_CONTROL;

use super::error::{ErrorCode, OAuthError};
use super::visit::Visit;
use crate::mock::answer::Reply;
use crate::mock::state::TokenKind;

/// Ends a credential. All that has come of a sign-in ends with its refresh token. One that nobody knows has ended.
pub(super) fn answer(visit: &mut Visit<'_>) -> Result<Reply, OAuthError> {
    visit.take_form()?;
    let client = visit.client()?;
    let value = visit.required("token", "`token` is not there")?;
    let token = visit.state.tokens.get(value);
    let token = token.filter(|it| it.scheme == visit.server.key);
    if let Some(token) = token {
        if token.client.as_ref() != Some(&client.id) {
            let description = "the token was issued to another client";
            return Err(OAuthError::new(ErrorCode::UnauthorizedClient, description));
        }
        let (kind, family, value) = (token.kind, token.family, value.to_owned());
        match kind {
            TokenKind::Refresh => visit.state.tokens.revoke_family(family),
            TokenKind::Access => visit.state.tokens.revoke_one(&value),
        }
    }
    let mut reply = Reply::new(StatusCode::OK);
    reply.set_header(CACHE_CONTROL, "no-store");
    Ok(reply)
}
