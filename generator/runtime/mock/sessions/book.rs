//! The tokens that a service has given, and the pending confirmations.

use std::time::Duration;

use super::super::{Clock, MockClock};

/// The tokens and the confirmations of a service.
#[derive(Default)]
pub(super) struct Book {
    /// The number of tokens and flows so far.
    count: usize,
    tokens: Vec<Token>,
    flows: Vec<Waiting>,
    /// The lifetime of tokens, if it was set.
    pub(super) lifetime: Option<Duration>,
    /// The number of polls after which users confirm automatically, if it was set.
    pub(super) confirm_after: Option<usize>,
}

/// A token that a service has given.
pub(super) struct Token {
    scheme: usize,
    /// The token as it is sent in requests.
    text: String,
    renewed_by: Option<String>,
    /// Set if the refresh token has been used and is no longer valid.
    is_used: bool,
    /// The number of the sign-in that it comes from.
    family: usize,
    ends: Option<Duration>,
    pub(super) is_revoked: bool,
}

impl Token {
    pub(super) fn is_expired(&self, clock: &MockClock) -> bool {
        self.ends.is_some_and(|ends| clock.elapsed() >= ends)
    }

    pub(super) fn family(&self) -> usize {
        self.family
    }
}

/// A pending confirmation.
struct Waiting {
    token: String,
    started: Duration,
    polls: usize,
    is_confirmed: bool,
    is_over: bool,
}

/// The result of a poll.
pub(super) enum Polled {
    Pending,
    Confirmed,
    Gone,
}

/// The result of presenting a refresh token.
pub(super) enum Presented {
    /// The token is valid and belongs to this sign-in.
    Good(usize),
    Bad,
}

impl Book {
    /// Returns the number of a new token.
    pub(super) fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    /// Records a token that is given.
    pub(super) fn give(
        &mut self,
        scheme: usize,
        text: String,
        refresh_token: Option<String>,
        family: usize,
        ends: Option<Duration>,
    ) {
        self.tokens.push(Token {
            scheme,
            text,
            renewed_by: refresh_token,
            is_used: false,
            family,
            ends,
            is_revoked: false,
        });
    }

    pub(super) fn accept(&mut self, scheme: usize, token: &str) {
        let family = self.next();
        self.give(scheme, token.to_owned(), None, family, None);
    }

    pub(super) fn token(&self, scheme: usize, text: &str) -> Option<&Token> {
        let mut tokens = self.tokens.iter();
        tokens.find(|it| it.scheme == scheme && it.text == text)
    }

    /// Presents a refresh token. If it was used before, it counts as stolen and its session ends.
    pub(super) fn present(&mut self, refresh_token: &str, rotates: bool) -> Presented {
        let mut tokens = self.tokens.iter_mut().rev();
        let is_it = |it: &&mut Token| it.renewed_by.as_deref() == Some(refresh_token);
        let Some(token) = tokens.find(is_it) else {
            return Presented::Bad;
        };
        let family = token.family;
        if token.is_used {
            self.revoke(family);
            return Presented::Bad;
        }
        if token.is_revoked {
            return Presented::Bad;
        }
        token.is_used = rotates;
        Presented::Good(family)
    }

    /// Returns the sign-in of a refresh token.
    pub(super) fn family_of_refresh_token(&self, refresh_token: &str) -> Option<usize> {
        let mut tokens = self.tokens.iter();
        let token = tokens.find(|it| it.renewed_by.as_deref() == Some(refresh_token));
        token.map(|it| it.family)
    }

    pub(super) fn revoke(&mut self, family: usize) {
        for token in self.tokens.iter_mut().filter(|it| it.family == family) {
            token.is_revoked = true;
        }
    }

    pub(super) fn revoke_all(&mut self) {
        for token in &mut self.tokens {
            token.is_revoked = true;
        }
    }

    pub(super) fn expire(&mut self) {
        for token in &mut self.tokens {
            token.ends = Some(Duration::ZERO);
        }
    }

    /// Records a confirmation that starts.
    pub(super) fn start(&mut self, token: String, clock: &MockClock) {
        self.flows.push(Waiting {
            token,
            started: clock.elapsed(),
            polls: 0,
            is_confirmed: false,
            is_over: false,
        });
    }

    /// Records a poll. A credential is given only once.
    pub(super) fn poll(&mut self, token: &str, deadline: Duration, clock: &MockClock) -> Polled {
        let confirm_after = self.confirm_after;
        let Some(flow) = self.flows.iter_mut().find(|it| it.token == token) else {
            return Polled::Gone;
        };
        let waited = clock.elapsed().saturating_sub(flow.started);
        if flow.is_over || waited > deadline {
            return Polled::Gone;
        }
        if flow.is_confirmed || confirm_after.is_some_and(|it| flow.polls >= it) {
            flow.is_over = true;
            return Polled::Confirmed;
        }
        flow.polls += 1;
        Polled::Pending
    }

    pub(super) fn confirm(&mut self) {
        for flow in &mut self.flows {
            flow.is_confirmed = true;
        }
    }
}
