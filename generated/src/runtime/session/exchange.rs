//! How a session gets a token: from the store, by renewing the old one, or by signing in.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::answer;
use super::error::{SessionError, SessionErrorKind};
use super::plan::{Grant, Part, Place};
use super::token::{Tokens, Urgency};
use super::{Call, Client, Core, Description, Error, RawResponse, Retry, Style};

/// What an exchange needs.
pub(super) struct Exchange {
    pub(super) core: Arc<Core>,
    pub(super) client: Client,
    /// The token that is to be replaced.
    pub(super) held: Option<Arc<Tokens>>,
    /// Whether the server has refused it.
    pub(super) is_refused: bool,
    /// Whether the server has said that it does not renew it.
    pub(super) is_over: bool,
}

/// What an exchange gives.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) tokens: Arc<Tokens>,
    /// Why the token is still the old one, where only what renews it is new.
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
            // What does not renew it any more is not to be tried by every process that starts.
            (Err(error), Some(held)) if error.kind() == SessionErrorKind::Ended => {
                let _ = store.save(held.without_refresh_token().to_text()).await;
            }
            _ => {}
        }
        drop(lock);
        result
    }

    /// Returns what is in the store. What nobody can read is as good as nothing.
    async fn stored(&self) -> Result<Option<Tokens>, SessionError> {
        let Some(store) = &self.core.store else {
            return Ok(None);
        };
        let text = store.load().await.map_err(SessionError::store)?;
        Ok(text.as_ref().and_then(Tokens::from_text))
    }

    /// Returns whether a stored token serves, and is not the one that is to be replaced.
    fn is_news(&self, stored: &Tokens) -> bool {
        let serves = match stored.urgency(self.core.clock()) {
            Urgency::None | Urgency::Soon => true,
            Urgency::Now | Urgency::Expired => false,
        };
        serves && self.is_other(stored)
    }

    /// Returns whether a stored token has come after the one that is held.
    fn is_other(&self, stored: &Tokens) -> bool {
        match &self.held {
            Some(held) if held.is_stored => !held.is(stored),
            Some(held) => stored.given > held.given,
            None => true,
        }
    }

    /// Renews a token if that may be, or else signs in.
    async fn exchange(&self, held: Option<Arc<Tokens>>) -> Result<Given, SessionError> {
        let renewal = self.core.plan.renew.as_ref().zip(held);
        if let Some((grant, held)) = renewal.filter(|(grant, held)| self.renews(grant, held)) {
            match self.renew(grant, &held).await {
                Err(error) if error.kind() == SessionErrorKind::Ended && self.signs_in() => {}
                result => return result,
            }
        }
        self.sign_in().await.map(given)
    }

    /// Returns the builder's method for the credential of the scheme.
    fn setter(&self) -> &'static str {
        let schemes = self.client.shared.api.schemes;
        let scheme = schemes.get(self.core.plan.scheme);
        scheme.map_or("", |it| it.setter)
    }

    fn signs_in(&self) -> bool {
        self.core.sign_in.is_some()
    }

    /// Returns whether it is worth while to renew a token: what it is renewed by is there, and not known to be no good.
    fn renews(&self, grant: &Grant, held: &Tokens) -> bool {
        let is_held = self.held.as_ref().is_some_and(|it| it.is(held));
        if self.is_over && is_held {
            return false;
        }
        if grant
            .sends
            .iter()
            .any(|(_, part)| *part == Part::RefreshToken)
        {
            return held.refresh_token.is_some();
        }
        let is_good = !self.is_refused && held.urgency(self.core.clock()) != Urgency::Expired;
        // Where there is no other way, it may be worth a try.
        is_good || !self.signs_in()
    }

    async fn renew(&self, grant: &'static Grant, held: &Tokens) -> Result<Given, SessionError> {
        let credential = held.credential();
        // The renewal is proven by the old token, even where that has expired.
        let client = self
            .client
            .with_credential(self.core.plan.scheme, credential);
        let call = call(&client, grant.operation, grant.sends, held);
        let response = send(grant.operation, call).await?;
        let status = response.status();
        if grant.ended.contains(&status) {
            return Err(SessionError::ended(grant.operation, Some(status)));
        }
        let response = success(grant.operation, response)?;
        let gift = answer::read(grant, &response, Some(held), self.core.clock());
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

    async fn sign_in(&self) -> Result<Tokens, SessionError> {
        let (Some(grant), Some(sign_in)) = (&self.core.plan.acquire, &self.core.sign_in) else {
            return Err(match (&self.held, &self.core.plan.renew) {
                (Some(_), Some(renew)) => SessionError::ended(renew.operation, None),
                _ => SessionError::no_sign_in(self.setter()),
            });
        };
        let response = send(grant.operation, sign_in(&self.client)).await?;
        let status = response.status();
        let is_refused = (400..500).contains(&status) && !is_busy(status);
        if grant.ended.contains(&status) || is_refused {
            return Err(SessionError::refused(grant.operation, status));
        }
        let response = success(grant.operation, response)?;
        answer::read(grant, &response, None, self.core.clock()).tokens
    }
}

fn given(tokens: Tokens) -> Given {
    Given {
        tokens: Arc::new(tokens),
        failure: None,
    }
}

/// Tells the server that a session ends, and forgets the tokens, whatever the server says.
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

/// Tells the server that a session ends, if it wants to know.
async fn revoke(core: &Core, client: &Client, tokens: Option<&Tokens>) -> Result<(), SessionError> {
    let (Some(revocation), Some(tokens)) = (&core.plan.revoke, tokens) else {
        return Ok(());
    };
    let client = client.with_credential(core.plan.scheme, tokens.credential());
    let operation = revocation.operation;
    let call = call(&client, operation, revocation.sends, tokens);
    let response = send(operation, call).await?;
    // It has been ended before, perhaps by a call whose response was lost.
    if response.status() == 401 {
        return Ok(());
    }
    success(operation, response).map(drop)
}

/// Makes the call of an operation of which only what is sent of the tokens is known.
pub(super) fn call(
    client: &Client,
    operation: &'static Description,
    sends: &[(Place, Part)],
    tokens: &Tokens,
) -> Call {
    let mut call = client.call(operation);
    let mut body = None;
    for (place, part) in sends {
        let secret = match part {
            Part::Token => Some(&tokens.token),
            Part::RefreshToken => tokens.refresh_token.as_ref(),
        };
        let Some(secret) = secret else { continue };
        match *place {
            Place::Body(pointer) => insert(body.get_or_insert_default(), pointer, secret),
            Place::Header(name) => call.set_header(name, secret.expose_secret()),
            Place::Query(name) => call.query(name, &secret.expose_secret(), Style::FORM_EXPLODED),
        }
    }
    if let Some(body) = body {
        call.body("application/json", Value::Object(body).to_string());
    }
    call
}

/// Puts a text at a JSON pointer, and makes the objects on the way there.
fn insert(object: &mut Map<String, Value>, pointer: &str, secret: &SecretString) {
    let path = pointer.trim_start_matches('/');
    let (first, rest) = match path.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let name = first.replace("~1", "/").replace("~0", "~");
    let Some(rest) = rest else {
        object.insert(name, secret.expose_secret().into());
        return;
    };
    let inner = object.entry(name).or_insert_with(|| Map::new().into());
    if let Value::Object(inner) = inner {
        insert(inner, rest, secret);
    }
}

/// Sends a request of the session's own, which has its own way of trying again.
async fn send(
    operation: &'static Description,
    mut call: Call,
) -> Result<RawResponse, SessionError> {
    call.retry(Retry::none());
    let response = call.send().await;
    response.map_err(|error| SessionError::unavailable(operation, error))
}

/// Returns whether a status says that the server may do later what it does not do now.
pub(super) fn is_busy(status: u16) -> bool {
    matches!(status, 408 | 425 | 429) || status >= 500
}

pub(super) fn is_success(response: &RawResponse) -> bool {
    (200..300).contains(&response.status())
}

/// Returns a response that is a success.
fn success(
    operation: &'static Description,
    response: RawResponse,
) -> Result<RawResponse, SessionError> {
    if is_success(&response) {
        return Ok(response);
    }
    let error: Error = response.unexpected();
    Err(SessionError::unavailable(operation, error))
}
