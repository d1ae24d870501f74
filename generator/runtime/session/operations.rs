//! The operations of the document that give, renew and revoke the tokens of a session (`x-keywright-session`).

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::answer;
use super::authority::{Asking, Authority, Gift};
use super::error::SessionError;
use super::plan::{Grant, Part, Place, Plan};
use super::token::Tokens;
use super::{BoxFuture, Call, Client, Description, Error, RawResponse, Retry, SignIn, Style};

/// The operations of a plan.
pub(super) struct Operations {
    pub(super) plan: &'static Plan,
    /// Creates the sign-in request.
    pub(super) sign_in: Option<Arc<SignIn>>,
}

impl Operations {
    fn first(&self) -> Option<(&'static Grant, &SignIn)> {
        self.plan.acquire.as_ref().zip(self.sign_in.as_deref())
    }

    async fn acquire(&self, asking: Asking<'_>) -> Result<Gift, SessionError> {
        let Some((grant, sign_in)) = self.first() else {
            return Err(self.nothing(asking.client, false));
        };
        let response = send(grant.operation, sign_in(asking.client)).await?;
        let status = response.status();
        let is_refused = (400..500).contains(&status) && !is_busy(status);
        if grant.ended.contains(&status) || is_refused {
            return Err(SessionError::refused(grant.operation, status));
        }
        let response = success(grant.operation, response)?;
        Ok(answer::read(grant, &response, None, asking.clock))
    }

    async fn next(&self, asking: Asking<'_>, held: &Tokens) -> Result<Gift, SessionError> {
        let Some(grant) = &self.plan.renew else {
            return Err(self.nothing(asking.client, true));
        };
        // The renewal is proven by the old token, even where that has expired.
        let client = asking
            .client
            .with_credential(self.plan.scheme, held.credential());
        let call = call(&client, grant.operation, grant.sends, held);
        let response = send(grant.operation, call).await?;
        let status = response.status();
        if grant.ended.contains(&status) {
            return Err(SessionError::ended(grant.operation, Some(status)));
        }
        let response = success(grant.operation, response)?;
        Ok(answer::read(grant, &response, Some(held), asking.clock))
    }

    async fn end(&self, client: &Client, tokens: &Tokens) -> Result<(), SessionError> {
        let Some(revocation) = &self.plan.revoke else {
            return Ok(());
        };
        let client = client.with_credential(self.plan.scheme, tokens.credential());
        let operation = revocation.operation;
        let call = call(&client, operation, revocation.sends, tokens);
        let response = send(operation, call).await?;
        // It has been ended before, perhaps by a call whose response was lost.
        if response.status() == 401 {
            return Ok(());
        }
        success(operation, response).map(drop)
    }
}

impl Authority for Operations {
    fn signs_in(&self) -> bool {
        self.first().is_some()
    }

    fn renews_by(&self) -> Option<Part> {
        let mut sent = self.plan.renew.as_ref()?.sends.iter();
        let has_refresh = sent.any(|(_, part)| *part == Part::RefreshToken);
        Some(if has_refresh {
            Part::RefreshToken
        } else {
            Part::Token
        })
    }

    fn sign_in<'a>(&'a self, asking: Asking<'a>) -> BoxFuture<'a, Result<Gift, SessionError>> {
        Box::pin(self.acquire(asking))
    }

    fn renew<'a>(
        &'a self,
        asking: Asking<'a>,
        held: &'a Tokens,
    ) -> BoxFuture<'a, Result<Gift, SessionError>> {
        Box::pin(self.next(asking, held))
    }

    fn revoke<'a>(
        &'a self,
        client: &'a Client,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), SessionError>> {
        Box::pin(self.end(client, tokens))
    }

    fn nothing(&self, client: &Client, had_token: bool) -> SessionError {
        match &self.plan.renew {
            Some(renew) if had_token => SessionError::ended(renew.operation, None),
            _ => {
                let scheme = client.shared.api.schemes.get(self.plan.scheme);
                SessionError::no_sign_in(scheme.map_or("", |it| it.setter))
            }
        }
    }

    fn owns(&self, operation: &str) -> bool {
        let own = [
            self.plan.acquire.as_ref().map(|it| it.operation),
            self.plan.renew.as_ref().map(|it| it.operation),
            self.plan.revoke.as_ref().map(|it| it.operation),
        ];
        own.into_iter().flatten().any(|it| it.id == operation)
    }
}

/// Creates a call of an operation that sends only tokens.
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

/// Puts a text at a JSON pointer, and creates the objects on the way.
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

/// Sends a request of the session itself, without the usual retries.
async fn send(
    operation: &'static Description,
    mut call: Call,
) -> Result<RawResponse, SessionError> {
    call.retry(Retry::none());
    let response = call.send().await;
    response.map_err(|error| SessionError::unavailable(operation, error))
}

/// Returns `true` for a status that means that the server is only temporarily unavailable.
pub(super) fn is_busy(status: u16) -> bool {
    matches!(status, 408 | 425 | 429) || status >= 500
}

pub(super) fn is_success(response: &RawResponse) -> bool {
    (200..300).contains(&response.status())
}

/// Returns the response if it is a success.
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
