//! HTTP authentication schemes that answer a challenge of the server (RFC 9110, section 11.3).

use std::fmt;
use std::sync::PoisonError;

use http::header::AUTHORIZATION;
use http::{Extensions, HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use url::Position;

use super::{AuthError, Call, Chosen, Outgoing, SchemeKind, header_value};

/// An authentication scheme that answers challenges.
pub trait Responder: fmt::Debug + Send + Sync {
    /// Stores the challenge of a response. Returns `true` if it is new and can be answered. `kept` is shared by all
    /// clones of a client.
    fn take(&self, kept: &mut Extensions, origin: &str, headers: &HeaderMap) -> bool;

    /// Returns the value of `Authorization`, or `None` if the server has not sent a challenge yet.
    ///
    /// # Errors
    ///
    /// Returns the reason why there is no value, as a text that follows "the credential".
    fn answer(
        &self,
        kept: &mut Extensions,
        origin: &str,
        question: &Question<'_>,
    ) -> Result<Option<SecretString>, &'static str>;
}

/// The input of an answer, besides the challenge.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The user name.
    pub username: &'a str,
    /// The password.
    pub password: &'a SecretString,
    /// The method.
    pub method: &'a str,
    /// The path and the query as they are sent.
    pub target: &'a str,
    /// The body, if it is in memory.
    pub body: Option<&'a [u8]>,
}

impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question").finish_non_exhaustive()
    }
}

impl Call {
    /// Answers the challenges of the server's last response with the chosen credentials.
    pub(crate) fn respond(
        &self,
        sent: &[Chosen],
        outgoing: &mut Outgoing,
    ) -> Result<(), AuthError> {
        for Chosen {
            scheme, credential, ..
        } in sent
        {
            let (SchemeKind::Responding(responder), Some((username, password))) =
                (scheme.kind, credential.user())
            else {
                continue;
            };
            let origin = outgoing.url.origin().ascii_serialization();
            let content = outgoing.content.as_ref();
            let question = Question {
                username,
                password,
                method: outgoing.method.as_str(),
                target: &outgoing.url[Position::BeforePath..Position::AfterQuery],
                body: content.map_or(Some(&[]), |it| it.as_bytes()),
            };
            let kept = &self.client.shared.kept;
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = responder.answer(&mut kept, &origin, &question);
            let value = answer.and_then(|answer| {
                let value = answer.map(|it| header_value(it.expose_secret()));
                let problem = "contains a character that is not allowed in a header";
                value.map(|it| it.ok_or(problem)).transpose()
            });
            let value =
                value.map_err(|problem| AuthError::unusable(self.operation, scheme, problem))?;
            if let Some(mut value) = value {
                value.set_sensitive(true);
                outgoing.headers.insert(AUTHORIZATION, value);
            }
        }
        Ok(())
    }

    /// Stores the challenges of a refusal. Returns `true` if one of them can be answered.
    pub(crate) fn is_challenged(&self, sent: &[Chosen], headers: &HeaderMap) -> bool {
        let Ok(base_url) = self.client.shared.base_url(self.operation) else {
            return false;
        };
        let take = |it: &Chosen| {
            let SchemeKind::Responding(responder) = it.scheme.kind else {
                return false;
            };
            let kept = &self.client.shared.kept;
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let origin = base_url.origin().ascii_serialization();
            responder.take(&mut kept, &origin, headers)
        };
        // Each of them is told.
        sent.iter().map(take).fold(false, |any, one| any | one)
    }
}
