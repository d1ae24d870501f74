//! The operations that give, renew and revoke tokens.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::super::{Clock, MockClock};
use super::book::{Book, Polled, Presented};
use super::{
    Description, Example, Expiry, Flow, Gift, Grant, IncomingRequest, LifecycleResponse, MockFlow,
    MockSession, Part, Place, place, written,
};

/// The default lifetime of a token.
const USUAL: Duration = Duration::from_secs(3600);

/// A request and the state for responding to it.
pub(super) struct Turn<'a> {
    pub(super) book: &'a mut Book,
    pub(super) session: &'static MockSession,
    pub(super) request: &'a IncomingRequest,
    /// The credential of the session's scheme in the request.
    pub(super) credential: Option<String>,
    pub(super) clock: &'a MockClock,
}

impl Turn<'_> {
    /// Responds, if the operation belongs to the session.
    pub(super) fn respond(mut self, operation: &'static Description) -> Option<LifecycleResponse> {
        let (session, plan) = (self.session, self.session.plan);
        let is = |it: &'static Description| it.id == operation.id;
        if let (Some(grant), Some(example)) = (&plan.acquire, session.acquire)
            && is(grant.operation)
        {
            let family = self.book.next();
            return Some(self.give(grant, example, family, None));
        }
        if let (Some(grant), Some(example)) = (&plan.renew, session.renew)
            && is(grant.operation)
        {
            return Some(self.renew(grant, example));
        }
        if let (Some(revocation), Some(example)) = (&plan.revoke, session.revoke)
            && is(revocation.operation)
        {
            match self.family(revocation.sends) {
                _ if session.ends_all => self.book.revoke_all(),
                Some(family) => self.book.revoke(family),
                None => {}
            }
            return Some(response(example));
        }
        let flow = session.flow.as_ref()?;
        if is(flow.flow.start) {
            return Some(self.start(flow));
        }
        is(flow.flow.poll).then(|| self.poll(flow))
    }

    /// Gives a token.
    fn give(
        &mut self,
        grant: &Grant,
        example: Example,
        family: usize,
        kept: Option<String>,
    ) -> LifecycleResponse {
        let number = self.book.next();
        let usual = match grant.expiry {
            Expiry::Lifetime(seconds) => Duration::from_secs(seconds),
            Expiry::Unknown | Expiry::In(_) | Expiry::At(_) => USUAL,
        };
        let lifetime = self.book.lifetime.unwrap_or(usual);
        let expires = self.clock.now().checked_add(lifetime);
        let expires = expires.unwrap_or(SystemTime::UNIX_EPOCH);
        let name = format!("token-{number}");
        let token = match grant.expiry {
            Expiry::Unknown => written::jwt(&name, expires),
            Expiry::Lifetime(_) | Expiry::In(_) | Expiry::At(_) => name,
        };
        let fresh = grant
            .refresh_token
            .map(|at| (at, format!("refresh-token-{number}")));
        let mut response = response(example);
        place::put(&mut response, grant.token, token.clone().into());
        if let Some((at, fresh)) = &fresh {
            place::put(&mut response, *at, fresh.clone().into());
        }
        match grant.expiry {
            Expiry::In(at) => place::put(&mut response, at, lifetime.as_secs().into()),
            Expiry::At(at) => {
                let is_number = number_in(&response, at);
                let value: Value = if is_number {
                    written::seconds(expires).into()
                } else {
                    written::moment(expires).into()
                };
                place::put(&mut response, at, value);
            }
            Expiry::Unknown | Expiry::Lifetime(_) => {}
        }
        let refresh_token = fresh.map(|(_, fresh)| fresh).or(kept);
        let ends = self.clock.elapsed().saturating_add(lifetime);
        let scheme = self.session.plan.scheme;
        self.book
            .give(scheme, token, refresh_token, family, Some(ends));
        response
    }

    fn renew(&mut self, grant: &Grant, example: Example) -> LifecycleResponse {
        let presented = self.sent(grant.sends, Part::RefreshToken);
        let family = if let Some(refresh_token) = &presented {
            let rotates = grant.refresh_token.is_some();
            match self.book.present(refresh_token, rotates) {
                Presented::Good(family) => Some(family),
                Presented::Bad => None,
            }
        } else {
            let token = self.sent(grant.sends, Part::Token);
            let token = token.or_else(|| self.credential.clone());
            let token = token.and_then(|it| self.book.token(self.session.plan.scheme, &it));
            let token = token.filter(|it| !it.is_revoked && !it.is_expired(self.clock));
            token.map(super::book::Token::family)
        };
        // If the document expects the refresh token, nothing else replaces it.
        let wants_refresh = grant
            .sends
            .iter()
            .any(|(_, part)| *part == Part::RefreshToken);
        match family.filter(|_| presented.is_some() || !wants_refresh) {
            Some(family) => self.give(grant, example, family, presented),
            None => response(self.session.ended.unwrap_or(Example::empty(401))),
        }
    }

    /// Returns a part of the session in a request.
    fn sent(&self, sends: &[(Place, Part)], part: Part) -> Option<String> {
        let mut places = sends.iter().filter(|(_, it)| *it == part);
        places.find_map(|(at, _)| place::text(self.request, *at))
    }

    /// Returns the sign-in that a request belongs to.
    fn family(&self, sends: &[(Place, Part)]) -> Option<usize> {
        let refresh_token = self.sent(sends, Part::RefreshToken);
        let by_refresh = refresh_token.and_then(|it| self.book.family_of_refresh_token(&it));
        let token = self
            .sent(sends, Part::Token)
            .or_else(|| self.credential.clone());
        let by_token = || {
            self.book
                .token(self.session.plan.scheme, &token?)
                .map(super::book::Token::family)
        };
        by_refresh.or_else(by_token)
    }

    fn start(&mut self, flow: &MockFlow) -> LifecycleResponse {
        let token = format!("device-{}", self.book.next());
        let mut response = response(flow.start);
        let Flow {
            interval, deadline, ..
        } = flow.flow;
        place::put(&mut response, flow.flow.token, token.clone().into());
        if let Some(at) = flow.flow.said_interval {
            place::put(&mut response, at, (*interval).into());
        }
        if let Some(at) = flow.flow.said_deadline {
            place::put(&mut response, at, (*deadline).into());
        }
        self.book.start(token, self.clock);
        response
    }

    fn poll(&mut self, flow: &MockFlow) -> LifecycleResponse {
        let token = self.sent(flow.flow.sends, Part::Token).unwrap_or_default();
        let deadline = Duration::from_secs(flow.flow.deadline);
        match self.book.poll(&token, deadline, self.clock) {
            Polled::Pending => response(flow.pending),
            Polled::Gone => response(flow.gone.unwrap_or(flow.pending)),
            Polled::Confirmed => self.confirmed(flow),
        }
    }

    /// Gives the credential of a flow.
    fn confirmed(&mut self, flow: &MockFlow) -> LifecycleResponse {
        let number = self.book.next();
        let mut response = response(flow.poll);
        let credential = match flow.flow.gift {
            Gift::Basic { username, password } => {
                let user = place::given(&response, username);
                let user = user.unwrap_or_else(|| format!("user-{number}"));
                let secret = format!("password-{number}");
                let credential = written::basic(&user, &secret);
                place::put(&mut response, username, user.into());
                place::put(&mut response, password, secret.into());
                credential
            }
            Gift::Token(at) => {
                let token = format!("token-{number}");
                place::put(&mut response, at, token.clone().into());
                token
            }
        };
        let ends = self
            .book
            .lifetime
            .map(|it| self.clock.elapsed().saturating_add(it));
        let scheme = self.session.plan.scheme;
        self.book.give(scheme, credential, None, number, ends);
        response
    }
}

/// Returns an example as a response.
fn response(example: Example) -> LifecycleResponse {
    let json = example
        .body
        .and_then(|(_, json)| serde_json::from_str(json).ok());
    LifecycleResponse {
        example,
        json,
        headers: Vec::new(),
    }
}

/// Returns `true` if the example has a number at a place.
fn number_in(response: &LifecycleResponse, place: Place) -> bool {
    match place {
        Place::Body(pointer) => {
            let value = response.json.as_ref().and_then(|it| it.pointer(pointer));
            value.is_some_and(Value::is_number)
        }
        Place::Header(_) | Place::Query(_) => false,
    }
}
