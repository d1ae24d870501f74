//! What a credential is for (RFC 8707).

use super::error::{ErrorCode, OAuthError};
use super::parameters::Parameters;
use crate::document::is_absolute;

/// Reads what a client names: absolute URIs without a fragment.
pub(super) fn resources(parameters: &Parameters) -> Result<Vec<String>, OAuthError> {
    let resources: Vec<String> = parameters.all("resource").map(str::to_owned).collect();
    if resources
        .iter()
        .all(|it| is_absolute(it) && !it.contains('#'))
    {
        return Ok(resources);
    }
    let description = "`resource` is not an absolute URI without a fragment";
    Err(OAuthError::new(ErrorCode::InvalidTarget, description))
}

/// Checks that a client asks for no other credential than the user was asked for.
pub(super) fn check(asked: &[String], allowed: &[String]) -> Result<(), OAuthError> {
    if allowed.is_empty() || asked.iter().all(|it| allowed.contains(it)) {
        return Ok(());
    }
    let description = "`resource` was not named when the user was asked";
    Err(OAuthError::new(ErrorCode::InvalidTarget, description))
}
