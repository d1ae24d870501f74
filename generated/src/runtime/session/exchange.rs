//! Gets a token for a session: from the store, by renewing the old one, or by signing in. It does not depend on the
//! kind of authority.

use std::sync::Arc;

use super::authority::Asking;
use super::error::{SessionError, SessionErrorKind};
use super::plan::Part;
use super::token::{Tokens, Urgency};
use super::{Client, Core};

/// The input of an exchange.
pub(super) struct Exchange {
    pub(super) core: Arc<Core>,
    pub(super) client: Client,
    /// The token to replace.
    pub(super) held: Option<Arc<Tokens>>,
    /// Set if the server has refused the token.
    pub(super) is_refused: bool,
    /// Set if the server has said that it does not renew the token.
    pub(super) is_over: bool,
}

/// The result of an exchange.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) tokens: Arc<Tokens>,
    /// The reason why the token is still the old one, if only the refresh token is new.
    pub(super) failure: Option<SessionError>,
}

impl Exchange {
    pub(super) async fn run(self) -> Result<Given, SessionError> {
        let Some(store) = &self.core.store else {
            return self.exchange(self.held.clone()).await;
        };
        let lock = store.lock().await.map_err(SessionError::store)?;
        let stored = self.stored().await?;
        if let Some(stored) = stored.as_ref().filter(|it| self.is_news(it)) {
            return Ok(given(stored.clone()));
        }
        // Even where it has expired, it may have what a new one is given for.
        let stored = stored.filter(|it| self.is_other(it)).map(Arc::new);
        let held = stored.or_else(|| self.held.clone());
        let mut result = match self.exchange(held.clone()).await {
            Err(error) if error.kind() == SessionErrorKind::Ended => {
                // Another process that does not keep to the lock may have been there first.
                let stored = self.stored().await?;
                let is_known = |it: &Tokens| held.as_ref().is_some_and(|held| held.is(it));
                match stored.filter(|it| self.is_news(it) && !is_known(it)) {
                    Some(stored) => return Ok(given(stored)),
                    None => Err(error),
                }
            }
            result => result,
        };
        match (&mut result, held) {
            // Before anybody uses it: the old one may be of no use any more. Where the store fails, the session goes on
            // without it, for that is better than to lose the token.
            (Ok(given), _) => {
                let is_stored = store.save(given.tokens.to_text()).await.is_ok();
                Arc::make_mut(&mut given.tokens).is_stored = is_stored;
            }
            // A token that can no longer be renewed must not be tried by every process that starts.
            (Err(error), Some(held)) if error.kind() == SessionErrorKind::Ended => {
                let _ = store.save(held.without_refresh_token().to_text()).await;
            }
            _ => {}
        }
        drop(lock);
        result
    }

    /// Returns the tokens in the store. A text that cannot be read counts as nothing.
    async fn stored(&self) -> Result<Option<Tokens>, SessionError> {
        let Some(store) = &self.core.store else {
            return Ok(None);
        };
        let text = store.load().await.map_err(SessionError::store)?;
        Ok(text.as_ref().and_then(Tokens::from_text))
    }

    /// Returns `true` if a stored token is valid and is not the one to replace.
    fn is_news(&self, stored: &Tokens) -> bool {
        let serves = match stored.urgency(self.core.clock()) {
            Urgency::None | Urgency::Soon => true,
            Urgency::Now | Urgency::Expired => false,
        };
        serves && self.is_other(stored)
    }

    /// Returns `true` if a stored token is newer than the one that is held.
    fn is_other(&self, stored: &Tokens) -> bool {
        match &self.held {
            Some(held) if held.is_stored => !held.is(stored),
            Some(held) => stored.given > held.given,
            None => true,
        }
    }

    /// Renews a token if possible, or signs in.
    async fn exchange(&self, held: Option<Arc<Tokens>>) -> Result<Given, SessionError> {
        let authority = &*self.core.authority;
        if let Some(held) = held.filter(|held| self.renews(held)) {
            match self.renew(&held).await {
                Err(error) if error.kind() == SessionErrorKind::Ended && authority.signs_in() => {}
                result => return result,
            }
        }
        if !authority.signs_in() {
            return Err(authority.nothing(&self.client, self.held.is_some()));
        }
        authority.sign_in(self.asking()).await?.tokens.map(given)
    }

    fn asking(&self) -> Asking<'_> {
        Asking {
            client: &self.client,
            clock: self.core.clock(),
        }
    }

    /// Returns `true` if a token can be renewed: the token for renewal exists and is not known to be invalid.
    fn renews(&self, held: &Tokens) -> bool {
        let is_held = self.held.as_ref().is_some_and(|it| it.is(held));
        if self.is_over && is_held {
            return false;
        }
        match self.core.authority.renews_by() {
            None => false,
            Some(Part::RefreshToken) => held.refresh_token.is_some(),
            Some(Part::Token) => {
                let is_expired = held.urgency(self.core.clock()) == Urgency::Expired;
                // If there is no other way, it is worth a try.
                (!self.is_refused && !is_expired) || !self.core.authority.signs_in()
            }
        }
    }

    async fn renew(&self, held: &Tokens) -> Result<Given, SessionError> {
        let gift = self.core.authority.renew(self.asking(), held).await?;
        match (gift.tokens, gift.refresh_token) {
            (Ok(tokens), _) => Ok(given(tokens)),
            // The old token may serve for a while, and will be renewed by this.
            (Err(error), Some(refresh_token)) => Ok(Given {
                failure: Some(error),
                ..given(Tokens {
                    refresh_token: Some(refresh_token),
                    ..held.clone()
                })
            }),
            (Err(error), None) => Err(error),
        }
    }
}

fn given(tokens: Tokens) -> Given {
    Given {
        tokens: Arc::new(tokens),
        failure: None,
    }
}

/// Revokes a session at the server, and deletes the tokens, whatever the server responds.
pub(super) async fn end(
    core: &Core,
    client: &Client,
    held: Option<Arc<Tokens>>,
) -> Result<(), SessionError> {
    let Some(store) = &core.store else {
        return revoke(core, client, held.as_deref()).await;
    };
    let lock = store.lock().await;
    // Another process may have renewed the token, unless the store never had this one.
    let newest = match held {
        Some(held) if !held.is_stored => Some(held),
        held => {
            let stored = store.load().await.ok().flatten();
            let stored = stored.as_ref().and_then(Tokens::from_text);
            stored.map(Arc::new).or(held)
        }
    };
    let told = revoke(core, client, newest.as_deref()).await;
    let forgotten = store.remove().await.and(lock.map(drop));
    told.and(forgotten.map_err(SessionError::store))
}

/// Revokes a session at the server, if the authority supports it.
async fn revoke(core: &Core, client: &Client, tokens: Option<&Tokens>) -> Result<(), SessionError> {
    match tokens {
        Some(tokens) => core.authority.revoke(client, tokens).await,
        None => Ok(()),
    }
}
