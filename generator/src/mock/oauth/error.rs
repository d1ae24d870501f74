//! Errors (RFC 6749, sections 4.1.2.1 and 5.2, and what builds on it).

use http::StatusCode;
use http::header::{CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use serde_json::{Value, json};

use crate::mock::answer::Reply;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorCode {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedResponseType,
    InvalidScope,
    AccessDenied,
    /// RFC 8707, section 2.
    InvalidTarget,
    /// RFC 8628, section 3.5.
    AuthorizationPending,
    SlowDown,
    ExpiredToken,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    ConsentRequired,
    RequestNotSupported,
    RequestUriNotSupported,
}

impl ErrorCode {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::InvalidTarget => "invalid_target",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::ConsentRequired => "consent_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
        }
    }
}

/// An error, with a text for developers: of the characters that RFC 6749 allows there, and without anything that was
/// sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OAuthError {
    pub(super) code: ErrorCode,
    pub(super) description: &'static str,
}

impl OAuthError {
    pub(super) const fn new(code: ErrorCode, description: &'static str) -> Self {
        Self { code, description }
    }

    pub(super) const fn request(description: &'static str) -> Self {
        Self::new(ErrorCode::InvalidRequest, description)
    }

    pub(super) const fn client(description: &'static str) -> Self {
        Self::new(ErrorCode::InvalidClient, description)
    }

    pub(super) const fn grant(description: &'static str) -> Self {
        Self::new(ErrorCode::InvalidGrant, description)
    }

    /// The error as an answer.
    pub(super) fn reply(self) -> Reply {
        let body = json!({
            "error": self.code.as_str(),
            "error_description": self.description,
        });
        if self.code != ErrorCode::InvalidClient {
            return unstored(StatusCode::BAD_REQUEST, &body);
        }
        let mut reply = unstored(StatusCode::UNAUTHORIZED, &body);
        let challenge = "Basic realm=\"stand-in\", charset=\"UTF-8\"";
        reply.set_header(WWW_AUTHENTICATE, challenge);
        reply
    }
}

/// An answer in JSON that nobody may store (RFC 6749, section 5.1).
pub(super) fn unstored(status: StatusCode, body: &Value) -> Reply {
    let mut reply = Reply::json(status, body);
    reply.set_header(CACHE_CONTROL, "no-store");
    reply.set_header(PRAGMA, "no-cache");
    reply
}
