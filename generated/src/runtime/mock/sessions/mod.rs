//! The sessions and device flows of a mock service: the operations that give, renew and revoke tokens, as described in
//! the document (`x-keywright-session`, `x-keywright-device-flow`).
//!
//! Tokens are `token-1`, `token-2` and so on. Responses are examples from the schema with the token in its documented
//! place.

mod book;
mod declare;
mod place;
mod tokens;
mod written;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use self::book::Book;
#[allow(unused_imports, reason = "no API with a session need be on")]
pub(crate) use self::declare::controls;
use super::super::session::{Expiry, Flow, Gift, Grant, Part, Place, Plan};
use super::lifecycle::{Asked, Lifecycle, LifecycleResponse};
use super::security::{self, Credential};
// Imports that the files here use through `super::`.
use super::{Api, Description, Entry, Example, IncomingRequest, MockService, SchemeKind, styles};

/// A session of a mock service: its plan, and an example for each response.
#[derive(Debug)]
pub struct MockSession {
    /// The plan from the document.
    pub plan: &'static Plan,
    /// The response of the sign-in operation.
    pub acquire: Option<Example>,
    /// The response of the operation that renews a token.
    pub renew: Option<Example>,
    /// The response of that operation if the token cannot be renewed.
    pub ended: Option<Example>,
    /// The response of the operation that ends the session.
    pub revoke: Option<Example>,
    /// Set if that operation ends all sessions of the user.
    pub ends_all: bool,
    /// The confirmation on another device.
    pub flow: Option<MockFlow>,
}

/// A device flow of a mock service.
#[derive(Debug)]
pub struct MockFlow {
    /// The plan from the document.
    pub flow: &'static Flow,
    /// The response of the operation that starts the flow.
    pub start: Example,
    /// The response with the credential.
    pub poll: Example,
    /// The response before the user has confirmed.
    pub pending: Example,
    /// The response after the credential has been given, if there is one.
    pub gone: Option<Example>,
}

/// The sessions of a service.
struct Sessions {
    api: &'static Api,
    all: &'static [MockSession],
    book: Mutex<Book>,
}

impl MockService {
    /// Returns a service for an API with sessions.
    #[must_use]
    pub fn with_sessions(
        api: &'static Api,
        entries: &'static [Entry],
        sessions: &'static [MockSession],
    ) -> Self {
        let sessions = Sessions {
            api,
            all: sessions,
            book: Mutex::default(),
        };
        Self::with(api, entries, Some(Box::new(sessions)))
    }

    /// Accepts a token as if the service had given it.
    pub fn accept_token(&self, token: &str) {
        self.lifecycle(|it| it.accept(token));
    }

    /// Sets the lifetime of tokens that are given from now on.
    pub fn set_token_lifetime(&self, lifetime: Duration) {
        self.lifecycle(|it| it.set_lifetime(lifetime));
    }

    /// Expires all tokens that have been given. They can be renewed.
    pub fn expire_sessions(&self) {
        self.lifecycle(Lifecycle::expire);
    }

    /// Ends all sessions.
    pub fn revoke_sessions(&self) {
        self.lifecycle(Lifecycle::revoke);
    }

    /// Confirms all pending confirmations.
    pub fn confirm(&self) {
        self.lifecycle(Lifecycle::confirm);
    }

    /// Confirms each confirmation after this number of polls.
    pub fn confirm_after(&self, polls: usize) {
        self.lifecycle(|it| it.confirm_after(polls));
    }
}

impl Sessions {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the credential of a scheme in a request.
    fn credential(&self, scheme: usize, request: &IncomingRequest) -> Option<String> {
        let kind: SchemeKind = self.api.schemes.get(scheme)?.kind;
        match security::credential(kind, request) {
            Credential::Found(credential) => Some(credential),
            Credential::Missing | Credential::Unseen => None,
        }
    }
}

impl Lifecycle for Sessions {
    fn respond(
        &self,
        operation: &'static Description,
        request: &IncomingRequest,
        asked: &Asked<'_>,
    ) -> Option<LifecycleResponse> {
        let mut responses = self.all.iter().map(|session| {
            let credential = self.credential(session.plan.scheme, request);
            let mut book = self.book();
            let turn = tokens::Turn {
                book: &mut book,
                session,
                request,
                credential,
                clock: asked.clock,
            };
            turn.respond(operation)
        });
        responses.find_map(|it| it)
    }

    fn problem(
        &self,
        scheme: usize,
        credential: &str,
        operation: &'static Description,
        asked: &Asked<'_>,
    ) -> Option<String> {
        let session = self.all.iter().find(|it| it.plan.scheme == scheme)?;
        let plan = session.plan;
        let book = self.book();
        let Some(token) = book.token(scheme, credential) else {
            let flow = session.flow.as_ref().map(|it| it.flow.poll);
            let renew = plan.renew.as_ref().map(|it| it.operation);
            let acquire = plan.acquire.as_ref()?.operation;
            let mut givers = [Some(acquire), renew, flow].into_iter().flatten();
            // A closure may have given it.
            if givers.any(|it| (asked.has_closure)(it)) {
                return None;
            }
            return Some(
                "the service has not given this token; call `accept_token` to accept it".to_owned(),
            );
        };
        let is_expired = token.is_expired(asked.clock);
        let renews = |it: &Grant| {
            let mut sends = it.sends.iter();
            it.operation.id == operation.id && sends.any(|(_, part)| *part == Part::RefreshToken)
        };
        let may_be_expired = plan.renew.as_ref().is_some_and(renews);
        if token.is_revoked {
            Some("the session of the token has ended".to_owned())
        } else if is_expired && !may_be_expired {
            Some("the token has expired".to_owned())
        } else {
            None
        }
    }

    fn accept(&self, token: &str) {
        for session in self.all {
            self.book().accept(session.plan.scheme, token);
        }
    }

    fn set_lifetime(&self, lifetime: Duration) {
        self.book().lifetime = Some(lifetime);
    }

    fn expire(&self) {
        self.book().expire();
    }

    fn revoke(&self) {
        self.book().revoke_all();
    }

    fn confirm(&self) {
        self.book().confirm();
    }

    fn confirm_after(&self, polls: usize) {
        self.book().confirm_after = Some(polls);
    }
}
