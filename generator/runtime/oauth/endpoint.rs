//! An endpoint of an authorization server: how the `oauth2` crate sends its requests, and what comes of them.

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

/// No redirect is followed: what is sent is secret, and meant for the endpoint alone (RFC 9700, section 4.12).
const NO_REDIRECTS: &[(Status, &str)] = &[(Status::Range(3), "A redirect.")];

static ASK: Description = Description {
    responses: NO_REDIRECTS,
    ..Description::new("OAuth request", "POST", "")
};

static READ: Description = Description {
    responses: NO_REDIRECTS,
    ..Description::new("OAuth metadata", "GET", "")
};

/// What is wrong with a success of which nothing can be made.
const NO_TOKEN: &str = "the response is not what RFC 6749 says";

/// An endpoint that may be asked, once.
pub(super) struct Endpoint<'a> {
    client: &'a Client,
    url: Url,
    received: OnceLock<Received>,
}

/// What is kept of a response beside what the `oauth2` crate reads of it.
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

    /// Returns what has come, if anything has.
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

    /// Sends a request to this endpoint, whatever the crate thinks of the URL: it takes no `http`, not even to loopback.
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

    /// Says what is wrong where the `oauth2` crate has read no success. Nothing of a body is in it but what an error
    /// response says.
    pub(super) fn judge<T, E: ErrorResponse>(
        &self,
        result: Result<T, RequestTokenError<Error, E>>,
    ) -> Result<T, Fault> {
        match result {
            Ok(success) => Ok(success),
            Err(RequestTokenError::Request(error)) => Err(Fault::Unavailable(Box::new(error))),
            // What the crate says of it may have the body in it.
            Err(_) => Err(self
                .received()
                .map_or(Fault::Useless(NO_TOKEN), Received::fault)),
        }
    }
}

impl Received {
    /// Returns how long the server asks to wait.
    pub(super) fn retry_after(&self) -> Duration {
        retry_after::retry_after(&self.headers).unwrap_or_default()
    }

    /// Returns whether the server says that it may do later what it does not do now.
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

/// A response that says nothing but its status: its body may be anything.
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
