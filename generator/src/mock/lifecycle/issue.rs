//! New credentials, as the schemas have them.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::Desk;
use crate::ir::{Expiry, Grant, MessagePart, SchemeId};
use crate::mock::message::Written;
use crate::mock::state::{Family, Token, TokenKind};

/// How long a credential is good for of which nobody says.
const USUAL: Duration = Duration::from_secs(3600);
/// How much longer a refresh token is good for than the token that came with it.
const REFRESH: i64 = 30 * 24 * 3600;

impl Desk<'_> {
    /// Puts new credentials into an answer.
    pub(super) fn grant(
        &mut self,
        scheme: SchemeId,
        grant: &Grant,
        family: Family,
        written: &mut Written<'_>,
    ) {
        let now = self.state.clock.seconds();
        let stated = match &grant.expiry {
            Expiry::Lifetime(it) => *it,
            Expiry::In(part) => seconds(written.get(part)).unwrap_or(USUAL),
            Expiry::Unknown | Expiry::At(_) => USUAL,
        };
        let lifetime = self.lifetime(stated);
        let lifetime = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        let ends = now.saturating_add(lifetime);
        match &grant.expiry {
            Expiry::In(part) => written.set(part, lifetime),
            Expiry::At(part) => {
                let is_number = written.get(part).is_some_and(Value::is_number);
                match Timestamp::from_second(ends) {
                    Ok(time) if !is_number => written.set(part, time.to_string()),
                    _ => written.set(part, ends),
                }
            }
            Expiry::Lifetime(_) | Expiry::Unknown => {}
        }
        let token = Token {
            scheme: self.scheme(scheme),
            client: None,
            kind: TokenKind::Access,
            family,
            expires_at: Some(ends),
            scopes: None,
            is_used: false,
            is_revoked: false,
        };
        self.put(&grant.token, Some(ends), token.clone(), written);
        if let Some(part) = &grant.refresh_token {
            let refresh = Token {
                kind: TokenKind::Refresh,
                expires_at: Some(ends.saturating_add(REFRESH)),
                ..token
            };
            self.put(part, None, refresh, written);
        }
    }

    /// Issues a credential, and puts it into an answer. It looks like a JWT where it has an end, unless the schema does
    /// not have that.
    pub(super) fn put(
        &mut self,
        part: &MessagePart,
        ends: Option<i64>,
        token: Token,
        written: &mut Written<'_>,
    ) -> String {
        let now = self.state.clock.seconds();
        let mut value = match ends {
            Some(ends) => self.state.tokens.unique_jwt(now, Some(ends)),
            None => self.state.tokens.unique(),
        };
        if !self.fits(written.body, part, &value) {
            value = self.unusual(written.body, part);
        }
        written.set(part, value.clone());
        self.state.tokens.issue(value.clone(), token);
        value
    }

    /// A credential for a schema that wants something else: shorter, or of a pattern.
    pub(super) fn unusual(&mut self, body: &Value, part: &MessagePart) -> String {
        let unique = self.state.tokens.unique();
        let digits: String = blake3::hash(unique.as_bytes()).to_hex().to_string();
        let whole = [unique.as_str(), &digits, &digits.to_uppercase()];
        let lengths = [64, 40, 36, 32, 24, 20, 16, 12, 10, 8, 6];
        let cut = whole
            .iter()
            .flat_map(|it| lengths.map(|length| it.get(..length)));
        let mut candidates = whole.iter().copied().map(Some).chain(cut).flatten();
        if let Some(found) = candidates.find(|it| self.fits(body, part, it)) {
            return found.to_owned();
        }
        // Nothing new fits: what the answer has is as good as any.
        let there = match part {
            MessagePart::Body(pointer) => body.pointer(pointer).and_then(Value::as_str),
            MessagePart::Header(_) | MessagePart::Query(_) => None,
        };
        there.unwrap_or(&unique).to_owned()
    }
}

/// A number of seconds, also as text.
fn seconds(value: Option<&Value>) -> Option<Duration> {
    let seconds = match value? {
        Value::Number(it) => it.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    seconds
        .filter(|it| *it > 0.0)
        .and_then(|it| Duration::try_from_secs_f64(it).ok())
}
