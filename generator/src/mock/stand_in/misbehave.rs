//! What a stand-in does wrong on demand.

use bytes::Bytes;
use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use super::StandIn;
use crate::mock::answer::{Chosen, Reply, Wish, choose, problem};
use crate::mock::contract::{Contract, Operation};
use crate::mock::found::Found;
use crate::mock::judge::{Finding, Part};
use crate::mock::rules::{self, Effect, Instead};
use crate::mock::security;

impl StandIn {
    /// What goes wrong with a request: what it asks for itself, or else by the first rule for it.
    pub(super) fn effect(
        &self,
        known: Option<(&Contract, &Operation)>,
        request: &http::Request<Bytes>,
    ) -> Result<Option<(u64, Effect)>, Finding> {
        match rules::from_header(request.headers()) {
            Some(Ok(effect)) => Ok(Some((0, effect))),
            Some(Err(faults)) => {
                let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
                let part = Part::Parameter("header", "Keywright-Misbehave".to_owned());
                Err(Finding::new(part, messages.join("; "), None))
            }
            None => Ok(self.state().rules.take(known)),
        }
    }

    /// Answers a request of an operation by what a rule says, as the document has it.
    pub(super) fn instead(
        &self,
        found: &Found<'_>,
        request: &http::Request<Bytes>,
        instead: &Instead,
    ) -> Reply {
        let Instead::Documented(status) = *instead else {
            return instead.reply();
        };
        let wish = Wish {
            code: Some(status.as_u16()),
            ..Wish::of(request.headers())
        };
        let mut reply = match choose(found.operation, &wish) {
            Ok(chosen) => self.documented(found, &chosen),
            Err(_) => instead.reply(),
        };
        if status == StatusCode::UNAUTHORIZED {
            let error = Some("invalid_token");
            for challenge in security::challenges(found.contract, found.operation, error) {
                if let Ok(value) = HeaderValue::from_str(&challenge) {
                    reply.headers.append(WWW_AUTHENTICATE, value);
                }
            }
        }
        reply
    }

    fn documented(&self, found: &Found<'_>, chosen: &Chosen<'_>) -> Reply {
        let value = chosen
            .form
            .map(|it| self.answers.value(found.contract, it, None));
        match value {
            None => chosen.reply(found.contract, &self.answers, &Value::Null),
            Some(Ok(value)) => chosen.reply(found.contract, &self.answers, &value),
            Some(Err(error)) => problem(chosen.status, &error.to_string(), &[]),
        }
    }
}
