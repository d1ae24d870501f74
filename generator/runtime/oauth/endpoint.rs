//! An endpoint of an authorization server: sends the requests of the `oauth2` crate and reads their responses.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use oauth2::{AsyncHttpClient, ErrorResponse, HttpRequest, HttpResponse, RequestTokenError};
use url::Url;

use super::error::Fault;
use super::tidy::tidy;
use super::{
    BoxFuture, Client, Description, Error, Outgoing, RawResponse, Refusal, ResponseParts, Status,
    Trip, redirect, retry_after,
};

/// Documents redirects so that none is followed: requests contain secrets that are meant only for the endpoint (RFC
/// 9700, section 4.12).
const NO_REDIRECTS: &[(Status, &str)] = &[(Status::Range(3), "A redirect.")];

static ASK: Description = Description {
    responses: NO_REDIRECTS,
    ..Description::new("OAuth request", "POST", "")
};

static READ: Description = Description {
    responses: NO_REDIRECTS,
    ..Description::new("OAuth metadata", "GET", "")
};

/// The message for a success that cannot be read.
const NO_TOKEN: &str = "the response does not follow RFC 6749";

/// An endpoint for one request.
pub(super) struct Endpoint<'a> {
    client: &'a Client,
    url: Url,
    received: OnceLock<Received>,
}

/// The details of a response that the `oauth2` crate does not read.
pub(super) struct Received {
    status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) refusal: Option<Refusal>,
}

impl<'a> Endpoint<'a> {
    /// Returns the endpoint at a URL that has been [checked](super::server::check).
    pub(super) fn new(client: &'a Client, url: Url) -> Self {
        Self {
            client,
            url,
            received: OnceLock::new(),
        }
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the details of the response, if there was one.
    pub(super) fn received(&self) -> Option<&Received> {
        self.received.get()
    }

    /// Reads the server's metadata.
    pub(super) async fn read(&self) -> Result<RawResponse, Fault> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let response = self.exchange(&READ, Method::GET, headers, None).await;
        let response = response.map_err(|error| Fault::Unavailable(Box::new(error)))?;
        if response.parts.status() == StatusCode::OK {
            return Ok(response);
        }
        let headers = response.headers().clone();
        Err(unexpected(&READ, response.parts.status(), headers))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let (parts, body) = request.into_parts();
        let mut headers = parts.headers;
        if let Some(secret) = headers.get_mut(AUTHORIZATION) {
            secret.set_sensitive(true);
        }
        let response = self
            .exchange(&ASK, parts.method, headers, Some(body))
            .await?;
        let (tidy, refusal) = tidy(&response);
        // It is asked once.
        let _ = self.received.set(Received {
            status: response.parts.status(),
            headers: response.headers().clone(),
            refusal,
        });
        Ok(tidy)
    }

    /// Sends a request to this endpoint, ignoring the URL of the crate, which refuses `http` even to loopback.
    async fn exchange(
        &self,
        operation: &'static Description,
        method: Method,
        mut headers: HeaderMap,
        body: Option<Vec<u8>>,
    ) -> Result<RawResponse, Error> {
        let shared = &self.client.shared;
        headers.insert(USER_AGENT, shared.user_agent.clone());
        let mut call = self.client.call(operation);
        if let Some(body) = body {
            call.body("application/x-www-form-urlencoded", body);
        }
        let mut outgoing = Outgoing {
            method,
            url: self.url.clone(),
            headers,
            content: call.content,
            timeout: shared.timeout,
            patience: shared.timeout,
            is_of_api: false,
            own_cookies: None,
        };
        redirect::exchange(shared, operation, &mut outgoing, &mut Trip::default()).await
    }

    /// Returns the fault if the `oauth2` crate did not read a success. It contains nothing of the body except the
    /// fields of an error response.
    pub(super) fn judge<T, E: ErrorResponse>(
        &self,
        result: Result<T, RequestTokenError<Error, E>>,
    ) -> Result<T, Fault> {
        match result {
            Ok(success) => Ok(success),
            Err(RequestTokenError::Request(error)) => Err(Fault::Unavailable(Box::new(error))),
            // The error of the crate may contain the body.
            Err(_) => Err(self
                .received()
                .map_or(Fault::Useless(NO_TOKEN), Received::fault)),
        }
    }
}

impl Received {
    /// Returns the time that the server asks to wait.
    pub(super) fn retry_after(&self) -> Duration {
        retry_after::retry_after(&self.headers).unwrap_or_default()
    }

    /// Returns `true` if the server is only temporarily unavailable.
    pub(super) fn is_busy(&self) -> bool {
        let code = self.refusal.as_ref().map(Refusal::code);
        matches!(self.status.as_u16(), 408 | 425 | 429)
            || self.status.is_server_error()
            || matches!(code, Some("temporarily_unavailable" | "server_error"))
    }

    fn fault(&self) -> Fault {
        match &self.refusal {
            Some(refusal) if !self.is_busy() => Fault::Refused(refusal.clone()),
            None if self.status.is_success() => Fault::Useless(NO_TOKEN),
            _ => unexpected(&ASK, self.status, self.headers.clone()),
        }
    }
}

/// Returns the error of a response of which only the status is known.
fn unexpected(operation: &'static Description, status: StatusCode, headers: HeaderMap) -> Fault {
    let parts = ResponseParts::new(status, headers, Bytes::new());
    let response = RawResponse::of(operation, parts);
    Fault::Unavailable(Box::new(response.unexpected()))
}

impl<'c> AsyncHttpClient<'c> for Endpoint<'_> {
    type Error = Error;
    type Future = BoxFuture<'c, Result<HttpResponse, Error>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
