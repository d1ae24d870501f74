//! A call of an operation: collects the arguments and sends them. It does not depend on the operation's types.

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use super::auth::{self, Chosen};
use super::encode::content::Content;
use super::encode::header::header_value;
use super::encode::path;
use super::encode::query::Query;
use super::error::printable;
use super::exchange::redirect;
use super::random::uuid;
use super::retry::{Attempts, Next};
use super::{BoxFuture, Client, Description, Error, RawResponse, RequestError, Retry};

/// A request that is being built.
///
/// If an argument cannot be sent, [`send`](Self::send) returns the first such error.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Call {
    pub(super) client: Client,
    pub(super) operation: &'static Description,
    pub(super) path_arguments: Vec<(&'static str, String)>,
    pub(super) query: Query,
    pub(super) headers: HeaderMap,
    /// The parameter, the name and the value of each cookie.
    pub(super) cookies: Vec<(&'static str, String, String)>,
    pub(super) content: Option<Content>,
    timeout: Option<Duration>,
    retry: Option<Retry>,
    fault: Option<Error>,
}

/// The headers that determine where a body ends.
pub(super) const FRAMING: [HeaderName; 2] = [CONTENT_LENGTH, TRANSFER_ENCODING];

/// A request that is ready to be sent.
pub(crate) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) content: Option<Content>,
    /// The timeout of this attempt.
    pub(super) timeout: Duration,
    /// The timeout of a first attempt, and the longest pause in a file.
    pub(super) patience: Duration,
    /// Set if the request goes to the API itself, and not to an authorization server.
    pub(super) is_of_api: bool,
    /// The caller's own `Cookie` header, before other cookies were added to it.
    pub(super) own_cookies: Option<HeaderValue>,
}

/// The result of an attempt.
struct Attempt {
    result: Result<RawResponse, Error>,
    sent: Vec<Chosen>,
}

impl Call {
    pub(super) fn new(client: Client, operation: &'static Description) -> Self {
        Self {
            client,
            operation,
            path_arguments: Vec::new(),
            query: Query::default(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            content: None,
            timeout: None,
            retry: None,
            fault: None,
        }
    }

    /// Sets the timeout of each attempt, in place of the client's setting.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sets the retry policy, in place of the client's setting.
    pub fn retry(&mut self, retry: Retry) {
        self.retry = Some(retry);
    }

    /// Requests a response of this media type, in place of the documented ones.
    pub fn accept(&mut self, media_type: &str) {
        match header_value(media_type) {
            Some(media_type) => {
                self.headers.insert(ACCEPT, media_type);
            }
            None => self.fail(
                RequestError::new("the requested media type is not allowed in a header").into(),
            ),
        }
    }

    /// Sets a header that the document does not describe, or replaces the value of one that is sent.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        match (header, header_value(value)) {
            (Some(header), Some(mut value)) if !FRAMING.contains(&header) => {
                // It may be a secret.
                value.set_sensitive(true);
                self.headers.insert(header, value);
            }
            (header, value) => {
                let problem = match (header, value) {
                    (None, _) => "has a name that HTTP forbids",
                    (_, None) => "contains a character that is not allowed in a header",
                    _ => "is written by the transport alone",
                };
                let name = printable(name, 100);
                self.fail(RequestError::new(format!("the header `{name}` {problem}")).into());
            }
        }
    }

    /// Records why the request cannot be sent, unless there was an error before.
    pub fn fail(&mut self, error: Error) {
        let operation = self.operation;
        self.fault.get_or_insert_with(|| error.during(operation));
    }

    /// Sends the request and returns the response, whatever its status.
    #[must_use = "a request does nothing until it is awaited"]
    pub fn send(self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        Box::pin(self.exchange())
    }

    async fn exchange(mut self) -> Result<RawResponse, Error> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let client = self.client.clone();
        let replaced = self.replaced(client.shared.api.schemes);
        let is_idempotent = self.has_idempotency_key() || self.operation.is_idempotent();
        let retry = self.retry.unwrap_or(client.shared.retry);
        let mut attempts = Attempts::new(&client.shared, retry, is_idempotent);
        loop {
            let attempt = self.attempt(&replaced, &mut attempts).await?;
            match self.next(&mut attempts, &attempt) {
                Next::Return => {
                    attempts.finish(&attempt.result);
                    return attempt
                        .result
                        .map_err(|error| error.after(attempts.trip.attempt));
                }
                Next::Replay => {}
                Next::Retry(pause) => {
                    // Releases what the response holds, such as a connection.
                    drop(attempt.result);
                    client.shared.clock.sleep(pause).await;
                }
            }
        }
    }

    /// Adds an idempotency key if the operation documents a header for one and the caller has not set it. Returns
    /// `true` if the request has one. Each attempt sends the same key.
    fn has_idempotency_key(&mut self) -> bool {
        let Some(name) = self.operation.idempotency_key else {
            return false;
        };
        if self.headers.contains_key(name) {
            return true;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).ok();
        let key = uuid().as_deref().and_then(header_value);
        let Some((name, key)) = name.zip(key) else {
            return false;
        };
        self.headers.insert(name, key);
        true
    }

    /// Decides on the next step after an attempt.
    fn next(&self, attempts: &mut Attempts<'_>, attempt: &Attempt) -> Next {
        if self.content.as_ref().is_some_and(Content::is_gone) {
            return Next::Return;
        }
        let response = attempt.result.as_ref().ok();
        let refusal = response.filter(|it| it.status() == StatusCode::UNAUTHORIZED);
        // Another origin has seen no credential.
        if let Some(refusal) = refusal.filter(|_| attempts.trip.is_home) {
            let is_challenged = self.is_challenged(&attempt.sent, refusal.headers());
            if !attempts.is_replayed {
                attempts.is_replayed = true;
                if auth::refuse(&self.client, self.operation, &attempt.sent) || is_challenged {
                    return Next::Replay;
                }
            }
        }
        attempts.next(&attempt.result)
    }

    /// Sends the request with the current credentials. The outer error means that nothing was sent.
    async fn attempt(
        &mut self,
        replaced: &[bool],
        attempts: &mut Attempts<'_>,
    ) -> Result<Attempt, Error> {
        let operation = self.operation;
        let during = |error: Error| error.during(operation);
        let sent = auth::choose(&self.client, operation, replaced).await;
        let sent = sent.map_err(during)?;
        self.apply(&sent)?;
        let outgoing = self.outgoing(attempts.left());
        let mut outgoing = outgoing.map_err(|error| during(error.into()))?;
        self.respond(&sent, &mut outgoing)?;
        let shared = &self.client.shared;
        let trip = &mut attempts.trip;
        let result = redirect::exchange(shared, operation, &mut outgoing, trip).await;
        self.take_back(outgoing);
        self.withdraw(&sent);
        Ok(Attempt { result, sent })
    }

    /// Builds the request of an attempt, which may take no longer than the time that is left. The parts that it takes
    /// from the call are [put back](Self::take_back) later.
    fn outgoing(&mut self, left: Option<Duration>) -> Result<Outgoing, RequestError> {
        let shared = &self.client.shared;
        let base_url = shared.base_url(self.operation)?;
        let url = path::url(
            &base_url,
            self.operation.path,
            &self.path_arguments,
            &self.query.text(),
        )?;
        let method = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|error| RequestError::new("HTTP has no such method").because(error))?;
        self.complete_headers()?;
        let own_cookies = self.headers.get(COOKIE).cloned();
        self.write_cookies()?;
        let patience = self.timeout.unwrap_or(self.client.shared.timeout);
        Ok(Outgoing {
            method,
            url,
            headers: std::mem::take(&mut self.headers),
            content: self.content.take(),
            timeout: left.unwrap_or(patience).min(patience),
            patience,
            is_of_api: true,
            own_cookies,
        })
    }

    /// Adds the headers that every request carries.
    fn complete_headers(&mut self) -> Result<(), RequestError> {
        if !self.operation.accept.is_empty() && !self.headers.contains_key(ACCEPT) {
            let accept = header_value(&self.operation.accept.join(", ")).ok_or_else(|| {
                RequestError::new("a media type of the responses is not allowed in a header")
            })?;
            self.headers.insert(ACCEPT, accept);
        }
        self.headers
            .entry(USER_AGENT)
            .or_insert_with(|| self.client.shared.user_agent.clone());
        if let Some(content) = &self.content {
            if content.is_gone() {
                return Err(RequestError::new("the body can be sent only once"));
            }
            self.headers
                .entry(CONTENT_TYPE)
                .or_insert_with(|| content.media_type.clone());
        }
        Ok(())
    }

    /// Puts the parts of an attempt back, for the next attempt.
    fn take_back(&mut self, outgoing: Outgoing) {
        self.headers = outgoing.headers;
        self.content = outgoing.content;
        match outgoing.own_cookies {
            Some(own) => drop(self.headers.insert(COOKIE, own)),
            None => drop(self.headers.remove(COOKIE)),
        }
    }
}

/// Returns a list of texts as string slices, for sending.
pub fn texts(texts: &[impl AsRef<str>]) -> Vec<&str> {
    texts.iter().map(AsRef::as_ref).collect()
}

/// Shows only the operation, since arguments may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
