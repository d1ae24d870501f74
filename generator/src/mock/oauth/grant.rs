//! New credentials (RFC 6749, section 5.1).

use http::StatusCode;
use serde_json::{Value, json};

use super::endpoint::OPENID;
use super::error::unstored;
use super::visit::Visit;
use crate::mock::answer::Reply;
use crate::mock::state::{Family, Token, TokenKind};

/// Who signs in.
pub(super) const SUBJECT: &str = "user";
/// How much longer a refresh token is good for than the token that came with it, in seconds.
const REFRESH: i64 = 30 * 24 * 3600;

/// What is granted.
pub(super) struct Grant {
    pub(super) client: String,
    pub(super) family: Family,
    pub(super) scopes: Vec<String>,
    /// Who has granted it.
    pub(super) by: Granter,
}

/// Who has granted something.
pub(super) enum Granter {
    /// The client itself: it needs no refresh token (RFC 6749, section 4.4.3).
    Client,
    /// A user.
    User {
        /// What the client wants to see again in the ID token.
        nonce: Option<String>,
        /// All that the user allows, which may be more than is asked for now.
        allows: Vec<String>,
    },
}

impl Visit<'_> {
    /// Issues an access token.
    pub(super) fn issue(&mut self, grant: &Grant) -> String {
        let value = self.state.tokens.unique();
        let ends = self.now().saturating_add(self.lifetime());
        let token = self.token(grant, TokenKind::Access, ends, &grant.scopes);
        self.state.tokens.issue(value.clone(), token);
        value
    }

    /// Answers with the credentials that come of a grant.
    pub(super) fn give(&mut self, grant: &Grant) -> Reply {
        let mut body = json!({
            "access_token": self.issue(grant),
            "token_type": "Bearer",
            "expires_in": self.lifetime(),
        });
        if !grant.scopes.is_empty() {
            body["scope"] = grant.scopes.join(" ").into();
        }
        if let Granter::User { nonce, allows } = &grant.by {
            let value = self.state.tokens.unique();
            let ends = self.now().saturating_add(self.lifetime());
            let ends = ends.saturating_add(REFRESH);
            let token = self.token(grant, TokenKind::Refresh, ends, allows);
            self.state.tokens.issue(value.clone(), token);
            body["refresh_token"] = value.into();
            if grant.scopes.iter().any(|it| it == OPENID) {
                body["id_token"] = self.id_token(&grant.client, nonce.as_deref()).into();
            }
        }
        unstored(StatusCode::OK, &body)
    }

    fn token(&self, grant: &Grant, kind: TokenKind, ends: i64, scopes: &[String]) -> Token {
        Token {
            scheme: self.server.key.clone(),
            client: Some(grant.client.clone()),
            kind,
            family: grant.family,
            expires_at: Some(ends),
            scopes: Some(scopes.to_vec()),
            is_used: false,
            is_revoked: false,
        }
    }

    /// Says who the user is (OpenID Connect Core 1.0, section 2).
    fn id_token(&self, client: &str, nonce: Option<&str>) -> String {
        let now = self.now();
        let mut claims: Value = json!({
            "iss": self.issuer(),
            "sub": SUBJECT,
            "aud": client,
            "exp": now.saturating_add(self.lifetime()),
            "iat": now,
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        self.keys.sign(&claims)
    }
}
