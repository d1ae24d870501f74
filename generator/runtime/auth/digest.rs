//! HTTP digest authentication (RFC 7616), with the crate `http-auth`.

use http::{Extensions, HeaderMap};
use secrecy::SecretString;

use super::challenge::{Question, Responder};

/// Answers the challenges of digest authentication. The first request to a server is sent without credentials, refused,
/// and sent again. Later requests carry credentials at once, until the server asks for a new nonce.
#[doc(hidden)]
#[derive(Debug)]
pub struct Digest;

#[cfg(all(feature = "digest", not(target_arch = "wasm32")))]
mod challenges {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

    use http::{Extensions, HeaderMap, header};
    use http_auth::{DigestClient, PasswordParams, parse_challenges};
    use secrecy::ExposeSecret;

    use super::Question;

    /// The last challenge of each server, by origin, for all clones of a client.
    #[derive(Clone, Default)]
    pub(super) struct Challenges(Arc<Mutex<HashMap<String, DigestClient>>>);

    impl Challenges {
        pub(super) fn of(kept: &mut Extensions) -> Self {
            if let Some(known) = kept.get::<Self>() {
                return known.clone();
            }
            let fresh = Self::default();
            kept.insert(fresh.clone());
            fresh
        }

        fn by_origin(&self) -> MutexGuard<'_, HashMap<String, DigestClient>> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        pub(super) fn take(&self, origin: &str, headers: &HeaderMap) -> bool {
            let lines = headers.get_all(header::WWW_AUTHENTICATE).iter();
            let lines = lines.filter_map(|it| it.to_str().ok());
            let mut challenges = lines.filter_map(|it| parse_challenges(it).ok()).flatten();
            // The server's first one that there is an answer to (RFC 7616, section 3.7).
            let found = challenges.find_map(|it| {
                let is_digest = it.scheme.eq_ignore_ascii_case("digest");
                DigestClient::try_from(&it).ok().filter(|_| is_digest)
            });
            let Some(found) = found else {
                return false;
            };
            let mut by_origin = self.by_origin();
            let known = by_origin.get(origin);
            // A challenge that was answered without success would fail again.
            let is_new = known.is_none_or(|it| it.nonce() != found.nonce());
            by_origin.insert(origin.to_owned(), found);
            is_new
        }

        pub(super) fn answer(
            &self,
            origin: &str,
            question: &Question<'_>,
        ) -> Result<Option<String>, &'static str> {
            let mut by_origin = self.by_origin();
            let Some(challenge) = by_origin.get_mut(origin) else {
                return Ok(None);
            };
            let answer = challenge.respond(&PasswordParams {
                username: question.username,
                password: question.password.expose_secret(),
                uri: question.target,
                method: question.method,
                body: question.body,
            });
            let problem = "cannot answer the server's digest challenge";
            answer.map(Some).map_err(|_| problem)
        }
    }
}

#[cfg(all(feature = "digest", not(target_arch = "wasm32")))]
impl Responder for Digest {
    fn take(&self, kept: &mut Extensions, origin: &str, headers: &HeaderMap) -> bool {
        challenges::Challenges::of(kept).take(origin, headers)
    }

    fn answer(
        &self,
        kept: &mut Extensions,
        origin: &str,
        question: &Question<'_>,
    ) -> Result<Option<SecretString>, &'static str> {
        let answer = challenges::Challenges::of(kept).answer(origin, question)?;
        Ok(answer.map(Into::into))
    }
}

#[cfg(not(all(feature = "digest", not(target_arch = "wasm32"))))]
impl Responder for Digest {
    fn take(&self, _kept: &mut Extensions, _origin: &str, _headers: &HeaderMap) -> bool {
        false
    }

    fn answer(
        &self,
        _kept: &mut Extensions,
        _origin: &str,
        _question: &Question<'_>,
    ) -> Result<Option<SecretString>, &'static str> {
        Err(
            "is for digest authentication, which needs the Cargo feature `digest` and is not available on WebAssembly",
        )
    }
}
