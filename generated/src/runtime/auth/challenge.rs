//! HTTP authentication schemes whose credentials answer a challenge of the server (RFC 9110, section 11.3).

use std::fmt;
use std::sync::PoisonError;

use http::header::AUTHORIZATION;
use http::{Extensions, HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use url::Position;

use super::{AuthError, Call, Chosen, Outgoing, SchemeKind, header_value};

/// A scheme whose credentials answer a challenge.
pub trait Responder: fmt::Debug + Send + Sync {
    /// Takes the challenge of a response; returns whether it is a new one, to which there is an answer. `kept` is what
    /// copies of a client share.
    fn take(&self, kept: &mut Extensions, origin: &str, headers: &HeaderMap) -> bool;

    /// Returns the value of `Authorization`, or `None` if the server has not asked yet.
    ///
    /// # Errors
    ///
    /// Says why there is no answer, after "the credential".
    fn answer(
        &self,
        kept: &mut Extensions,
        origin: &str,
        question: &Question<'_>,
    ) -> Result<Option<SecretString>, &'static str>;
}

/// What an answer is made of, besides the challenge.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The user name.
    pub username: &'a str,
    /// The password.
    pub password: &'a SecretString,
    /// The method.
    pub method: &'a str,
    /// Path and query, as they are sent.
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
    /// Answers the challenges of the server's last response, as far as credentials do.
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
                let problem = "holds a character that cannot stand in a header";
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

    /// Takes the challenges of a refusal; returns whether there is an answer to one of them.
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
