//! Operations at the endpoint of an authorization server, which issue tokens in the form that the document has.

use bytes::Bytes;
use serde_json::Value;

use super::{StandIn, Usual};
use crate::conform::Reading;
use crate::media_type::Family;
use crate::mock::answer::{Chosen, Reply};
use crate::mock::contract::MediaType;
use crate::mock::found::Found;
use crate::mock::judge::{Finding, Part};
use crate::mock::oauth::overlaid;
use crate::mock::state::State;

impl StandIn {
    /// Answers a request of an operation that the document has at the token endpoint of a scheme.
    pub(super) fn exchange(
        &self,
        found: &Found<'_>,
        request: &http::Request<Bytes>,
        chosen: &Chosen<'_>,
        value: &Value,
        state: &mut State,
    ) -> Option<Usual> {
        let form = chosen.form.filter(|it| it.family == Family::Json)?;
        let (path, method) = (request.uri().path(), request.method().as_str());
        let endpoint = self.servers.find(path, method)?;
        let given = endpoint.lend(request, &self.keys, &self.settings, state)?;
        Some(match given {
            Ok(given) => {
                let value = overlaid(given, value, |it| conforms(found, form, it));
                Usual::Answered(chosen.reply(found.contract, &self.answers, &value))
            }
            Err(refusal) if is_refusal_of(found, &refusal.reply) => Usual::Answered(refusal.reply),
            Err(refusal) => {
                let place = Some(&found.operation.place);
                let finding = Finding::new(Part::Credential, refusal.why, place);
                Usual::Refused(vec![refusal.reply.status], finding)
            }
        })
    }
}

/// Whether a value may be the body of an answer.
fn conforms(found: &Found<'_>, form: &MediaType, value: &Value) -> bool {
    let responses = &found.contract.responses;
    let validator = form
        .schema
        .and_then(|it| responses.validator(it, Reading::Strict));
    validator.is_none_or(|it| it.is_valid(value))
}

/// Whether a refusal in JSON may be the answer of an operation: the document has no other, or one like it.
fn is_refusal_of(found: &Found<'_>, refusal: &Reply) -> bool {
    if !found.operation.documents(refusal.status) {
        return true;
    }
    let response = found.operation.response(refusal.status);
    let mut forms = response.into_iter().flat_map(|it| &it.content);
    let form = forms.find(|it| it.family == Family::Json);
    let value = serde_json::from_slice(&refusal.whole_body()).unwrap_or_default();
    form.is_some_and(|it| conforms(found, it, &value))
}
