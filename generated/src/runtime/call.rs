//! One call of an operation: its arguments, until it is sent. It knows no types of the operation.

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderName, Method, StatusCode};
use url::Url;

use super::auth::{self, Chosen};
use super::encode::content::Content;
use super::encode::header::header_value;
use super::encode::path;
use super::encode::query::Query;
use super::error::printable;
use super::exchange::redirect;
use super::{BoxFuture, Client, Description, Error, RawResponse, RequestError};

/// A request in the making.
///
/// Arguments that cannot be sent are remembered; the first of them comes out of [`send`](Self::send).
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Call {
    pub(super) client: Client,
    pub(super) operation: &'static Description,
    pub(super) path_arguments: Vec<(&'static str, String)>,
    pub(super) query: Query,
    pub(super) headers: HeaderMap,
    /// Parameter, name and value.
    pub(super) cookies: Vec<(&'static str, String, String)>,
    pub(super) content: Option<Content>,
    timeout: Option<Duration>,
    fault: Option<Error>,
}

/// The headers that say where a body ends.
const FRAMING: [HeaderName; 2] = [CONTENT_LENGTH, TRANSFER_ENCODING];

/// A request that is ready to travel.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) content: Option<Content>,
    pub(super) timeout: Duration,
}

/// What comes of an attempt.
struct Answer {
    response: RawResponse,
    /// Whether it is that of the origin to which the credentials were sent.
    is_home: bool,
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
            fault: None,
        }
    }

    /// Sets how long this exchange may take, instead of what the client says.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Asks for a response of a media type, instead of any that is documented.
    pub fn accept(&mut self, media_type: &str) {
        match header_value(media_type) {
            Some(media_type) => {
                self.headers.insert(ACCEPT, media_type);
            }
            None => self.fail(
                RequestError::new("the media type asked for cannot stand in a header").into(),
            ),
        }
    }

    /// Sets a header that the description does not have, or another value for one that is sent.
    pub fn set_header(&mut self, name: &str, value: &str) {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        match (header, header_value(value)) {
            (Some(header), Some(mut value)) if !FRAMING.contains(&header) => {
                // Nobody knows whether it is a secret.
                value.set_sensitive(true);
                self.headers.insert(header, value);
            }
            (header, value) => {
                let problem = match (header, value) {
                    (None, _) => "has a name that HTTP forbids",
                    (_, None) => "holds a character that cannot stand in a header",
                    _ => "is written by the transport alone",
                };
                let name = printable(name, 100);
                self.fail(RequestError::new(format!("the header `{name}` {problem}")).into());
            }
        }
    }

    /// Remembers why the request cannot be sent, unless something was wrong before.
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
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let (client, operation) = (self.client.clone(), self.operation);
        let replaced = self.replaced(client.shared.api.schemes);
        let again = self.again(&client);
        let Answer {
            response,
            is_home,
            sent,
        } = self.attempt(&replaced).await?;
        // Another origin has seen no credential.
        let is_refused = response.status() == StatusCode::UNAUTHORIZED && is_home;
        match again {
            // Whatever comes of the second attempt is the answer.
            Some(again) if is_refused && auth::refuse(&client, operation, &sent) => {
                Ok(again.attempt(&replaced).await?.response)
            }
            _ => Ok(response),
        }
    }

    /// Returns the call to attempt it a second time, if that may be: its body can be sent again, and a provider is there
    /// that may have another credential.
    fn again(&self, client: &Client) -> Option<Self> {
        let is_gone = |call: &Self| call.content.as_ref().is_some_and(Content::is_gone);
        if self.operation.security.is_empty() || !client.has_providers() {
            return None;
        }
        Some(self.clone()).filter(|it| !is_gone(it))
    }

    /// Sends the request with the credentials that there are now.
    async fn attempt(mut self, replaced: &[bool]) -> Result<Answer, Error> {
        let (client, operation) = (self.client.clone(), self.operation);
        let during = |error: Error| error.during(operation);
        let sent = auth::choose(&client, operation, replaced).await;
        let sent = sent.map_err(during)?;
        self.apply(&sent)?;
        let outgoing = self.outgoing().map_err(|error| during(error.into()))?;
        let (response, is_home) = redirect::exchange(&client.shared, operation, outgoing).await?;
        Ok(Answer {
            response,
            is_home,
            sent,
        })
    }

    fn outgoing(mut self) -> Result<Outgoing, RequestError> {
        self.write_cookies()?;
        let shared = &self.client.shared;
        let base_url = shared.base_url(self.operation)?;
        let url = path::url(
            &base_url,
            self.operation.path,
            &self.path_arguments,
            &self.query.text(),
        )?;
        if !self.operation.accept.is_empty() && !self.headers.contains_key(ACCEPT) {
            let accept = header_value(&self.operation.accept.join(", ")).ok_or_else(|| {
                RequestError::new("a media type of the responses cannot stand in a header")
            })?;
            self.headers.insert(ACCEPT, accept);
        }
        self.headers
            .entry(USER_AGENT)
            .or_insert_with(|| shared.user_agent.clone());
        if let Some(content) = &self.content {
            if content.is_gone() {
                return Err(RequestError::new("the body can be sent only once"));
            }
            self.headers
                .entry(CONTENT_TYPE)
                .or_insert_with(|| content.media_type.clone());
        }
        let method = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|error| RequestError::new("HTTP has no such method").because(error))?;
        Ok(Outgoing {
            method,
            url,
            headers: self.headers,
            content: self.content,
            timeout: self.timeout.unwrap_or(shared.timeout),
        })
    }
}

/// Returns a list of texts as what is looked at to send it.
pub fn texts(texts: &[impl AsRef<str>]) -> Vec<&str> {
    texts.iter().map(AsRef::as_ref).collect()
}

/// Shows the operation only: arguments may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
