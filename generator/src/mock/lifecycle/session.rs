//! Sessions (`x-keywright-session`): sign in, renew, sign out.

use http::StatusCode;

use super::{Desk, Outcome};
use crate::ir::{Grant, MessagePart, Revocation, Session, SessionPart};
use crate::mock::message;
use crate::mock::state::{Family, Refused, TokenKind};

/// How a credential is refused of which the document does not say how.
const REFUSALS: [StatusCode; 3] = [
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::BAD_REQUEST,
];

impl Desk<'_> {
    /// Signs in: everybody who asks as the document says.
    pub(super) fn acquire(&mut self, session: &Session) -> Outcome {
        let family = self.state.tokens.sign_in();
        self.success(|desk, written| desk.grant(session.scheme, &session.acquire, family, written))
    }

    /// Gives the next credential for one that is good. A refresh token that comes again has been stolen: all that has
    /// come of its sign-in ends (RFC 9700, section 4.14.2).
    pub(super) fn renew(&mut self, session: &Session, grant: &Grant) -> Outcome {
        let sent = self.sent(session, &grant.sends);
        let Some((kind, value)) = sent else {
            return self.refused(&grant.ended, &REFUSALS, "none was sent");
        };
        let scheme = self.scheme(session.scheme);
        let now = self.state.clock.seconds();
        let checked = self.state.tokens.check(&scheme, kind, &value, now);
        let family = match checked {
            Ok(token) => token.family,
            Err(refused) => {
                if refused == Refused::Used {
                    self.end_family_of(&value);
                }
                return self.refused(&grant.ended, &REFUSALS, refused.to_string());
            }
        };
        let is_rotated = kind == TokenKind::Refresh && grant.refresh_token.is_some();
        let outcome =
            self.success(|desk, written| desk.grant(session.scheme, grant, family, written));
        if is_rotated && matches!(outcome, Outcome::Answered(_)) {
            self.state.tokens.use_up(&value);
        }
        outcome
    }

    /// Ends the session of a credential, or all of the scheme.
    pub(super) fn revoke(&mut self, session: &Session, revocation: &Revocation) -> Outcome {
        let sent = self.sent(session, &revocation.sends);
        let scheme = self.scheme(session.scheme);
        if revocation.ends_all {
            self.state.tokens.revoke(|it| it.scheme == scheme);
        } else if let Some((_, value)) = sent {
            self.end_family_of(&value);
        }
        Outcome::Usual
    }

    fn end_family_of(&mut self, value: &str) {
        let family: Option<Family> = self.state.tokens.get(value).map(|it| it.family);
        self.state.tokens.revoke(|it| Some(it.family) == family);
    }

    /// The credential that a request sends: the refresh token if there is one, or else the token, which may be the
    /// credential of the request itself.
    fn sent(
        &self,
        session: &Session,
        sends: &[(MessagePart, SessionPart)],
    ) -> Option<(TokenKind, String)> {
        let find = |wanted: SessionPart| {
            let part = sends.iter().find(|(_, part)| *part == wanted);
            part.and_then(|(place, _)| message::read(self.request, place))
        };
        let refresh = find(SessionPart::RefreshToken).map(|it| (TokenKind::Refresh, it));
        let scheme = self.scheme(session.scheme).1;
        let presented = || {
            let mut presented = self.presented.iter();
            presented
                .find(|it| it.scheme == scheme)
                .map(|it| it.value.clone())
        };
        let access = || find(SessionPart::Token).or_else(presented);
        refresh.or_else(|| access().map(|it| (TokenKind::Access, it)))
    }
}
