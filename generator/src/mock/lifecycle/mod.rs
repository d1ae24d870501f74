//! The operations that issue, renew and end credentials, as described by the extensions of the document.

mod device;
mod issue;
mod session;

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

use super::answer::{Answers, Chosen, Reply, Unchosen, Wish, choose};
use super::contract::{Contract, Operation};
use super::judge::{Finding, Part};
use super::message::{Written, add_headers};
use super::security::Presented;
use super::settings::Settings;
use super::state::State;
use crate::ir::SchemeId;

/// A request of an operation that has to do with credentials, and all that an answer takes.
pub(super) struct Desk<'d> {
    pub(super) contract: &'d Contract,
    pub(super) operation: &'d Operation,
    pub(super) request: &'d http::Request<Bytes>,
    /// The credentials that the request has.
    pub(super) presented: &'d [Presented],
    pub(super) wish: &'d Wish,
    pub(super) answers: &'d Answers,
    pub(super) settings: &'d Settings,
    pub(super) state: &'d mut State,
}

/// What came of such a request.
pub(super) enum Outcome {
    /// An answer.
    Answered(Reply),
    /// It is refused, by the first of these statuses that the document has.
    Refused(Vec<StatusCode>, Finding),
    /// It is answered like any other.
    Usual,
}

/// Answers a request of an operation that has to do with credentials.
pub(super) fn answer(desk: &mut Desk<'_>) -> Outcome {
    let Some(client) = desk.operation.client else {
        return Outcome::Usual;
    };
    // Whoever asks for an answer gets it.
    if desk.wish.code.is_some() {
        return Outcome::Usual;
    }
    let contract = desk.contract;
    for session in &contract.api.sessions {
        if session.acquire.operation == client {
            return desk.acquire(session);
        }
        if let Some(renew) = session.renew.as_ref().filter(|it| it.operation == client) {
            return desk.renew(session, renew);
        }
        if let Some(revoke) = session.revoke.as_ref().filter(|it| it.operation == client) {
            return desk.revoke(session, revoke);
        }
    }
    for flow in &contract.api.device_flows {
        if flow.start.operation == client {
            return desk.start(flow);
        }
        if flow.poll.operation == client {
            return desk.poll(flow);
        }
    }
    Outcome::Usual
}

impl Desk<'_> {
    /// What the credentials of a scheme are known by.
    fn scheme(&self, id: SchemeId) -> (String, String) {
        let scheme = &self.contract.api.schemes[id.0 as usize];
        (self.contract.module.clone(), scheme.name.clone())
    }

    /// How long a credential is good for.
    fn lifetime(&self, stated: Duration) -> Duration {
        self.settings.token_lifetime.unwrap_or(stated)
    }

    /// Answers by the response that means success, with some parts set.
    fn success(&mut self, set: impl FnOnce(&mut Self, &mut Written<'_>)) -> Outcome {
        let chosen = match choose(self.operation, self.wish) {
            Ok(chosen) => chosen,
            Err(Unchosen::Nothing | Unchosen::Status(_) | Unchosen::Form) => return Outcome::Usual,
        };
        // Why there is none is said where every other answer is made.
        let Some(mut body) = self.body_of(&chosen) else {
            return Outcome::Usual;
        };
        let mut headers = Vec::new();
        let mut written = Written {
            body: &mut body,
            headers: &mut headers,
        };
        set(self, &mut written);
        let mut reply = chosen.reply(self.contract, self.answers, &body);
        add_headers(&mut reply, &headers);
        Outcome::Answered(reply)
    }

    fn body_of(&self, chosen: &Chosen<'_>) -> Option<Value> {
        let Some(form) = chosen.form else {
            return Some(Value::Null);
        };
        let example = self.wish.example.as_deref();
        let value = self.answers.value(self.contract, form, example);
        value.ok().map(|it| Value::clone(&it))
    }

    /// Whether a text may stand at a place of a body, whatever else the body has.
    fn fits(&self, body: &Value, part: &crate::ir::MessagePart, text: &str) -> bool {
        let chosen = choose(self.operation, self.wish).ok();
        let form = chosen.and_then(|it| it.form);
        let Some(number) = form.and_then(|it| it.schema) else {
            return true;
        };
        let validator = self
            .contract
            .responses
            .validator(number, crate::conform::Reading::Strict);
        let mut body = body.clone();
        let mut headers = Vec::new();
        let mut written = Written {
            body: &mut body,
            headers: &mut headers,
        };
        written.set(part, text);
        validator.is_none_or(|it| it.is_valid(&body))
    }

    /// A refusal that says what is wrong with a credential.
    fn refused(
        &self,
        statuses: &[u16],
        usual: &[StatusCode],
        message: impl Into<String>,
    ) -> Outcome {
        let stated = statuses
            .iter()
            .filter_map(|it| StatusCode::from_u16(*it).ok());
        let statuses = stated.chain(usual.iter().copied()).collect();
        let place = Some(&self.operation.place);
        Outcome::Refused(statuses, Finding::new(Part::Credential, message, place))
    }
}
