//! Sends a request and follows redirects.
//!
//! Redirects are followed here and never by the transport, because only the client knows what may be sent where:
//! credentials, headers, cookies and bodies go only to the origin of the operation's base URL.

use http::header::{ACCEPT, CONTENT_TYPE, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use url::Url;

use super::call::Outgoing;
use super::client::{Shared, may_be_plain};
use super::encode::content::Content;
use super::encode::header::mark_secrets;
use super::retry::Trip;
#[cfg(feature = "tracing")]
use super::span;
use super::{
    Body, Description, Error, Exchange, RawResponse, RedirectError, RedirectReason, Timeout,
};
use super::{TransportError, TransportErrorKind};

/// The maximum number of redirects.
const MAX_REDIRECTS: usize = 5;

/// The maximum size of a redirect's body that is read so that the connection can be reused.
const MAX_REDIRECT_BYTES: usize = 64 * 1024;

/// Makes an attempt: sends a request, follows redirects, and returns the response. The request is kept for the next
/// attempt, and `trip` records the requests of this one.
pub(crate) async fn exchange(
    shared: &Shared,
    operation: &'static Description,
    home: &mut Outgoing,
    trip: &mut Trip,
) -> Result<RawResponse, Error> {
    let timeout = Timeout::after(home.timeout);
    let mut redirected: Option<Outgoing> = None;
    let mut redirects = 0;
    trip.attempt += 1;
    trip.is_redirected = false;
    trip.is_home = home.is_of_api;
    loop {
        let request = redirected.as_mut().unwrap_or(&mut *home);
        let exchange = Exchange {
            operation,
            url: Some(request.url.clone()),
            timeout: timeout.clone(),
            patience: request.patience,
            limit: shared.max_response_bytes,
        };
        let response = send(shared, &exchange, request, trip).await?;
        let request = redirected.as_ref().unwrap_or(home);
        let Some(location) = location(operation, &response) else {
            return exchange.receive(&request.method, response).await;
        };
        let target = location
            .to_str()
            .ok()
            .and_then(|target| request.url.join(target).ok());
        let status = response.status();
        let refuse = |reason| RedirectError::new(operation, status, reason, target.as_ref()).into();
        let Some(target) = &target else {
            return Err(refuse(RedirectReason::Unreadable));
        };
        if redirects == MAX_REDIRECTS {
            return Err(refuse(RedirectReason::TooMany));
        }
        redirects += 1;
        let next = next(shared, &home.url, request, status, target).map_err(refuse)?;
        trip.is_redirected = true;
        trip.is_home = home.is_of_api && is_same_origin(&home.url, target);
        redirected = Some(next);
        // The content does not matter, and neither does an error.
        let _ = response.into_body().collect(MAX_REDIRECT_BYTES).await;
    }
}

/// Returns the target of a redirect.
///
/// A redirect that the operation documents is treated as a normal response.
fn location<'a>(
    operation: &Description,
    response: &'a http::Response<Body>,
) -> Option<&'a HeaderValue> {
    let status = response.status().as_u16();
    if !matches!(status, 301 | 302 | 303 | 307 | 308) || operation.documents(status).is_some() {
        return None;
    }
    response.headers().get(LOCATION)
}

/// Returns the request that follows a redirect, or the reason why it is not sent. `home` is the URL of the first
/// request.
fn next(
    shared: &Shared,
    home: &Url,
    request: &Outgoing,
    status: StatusCode,
    target: &Url,
) -> Result<Outgoing, RedirectReason> {
    let stays = is_same_origin(&request.url, target) && is_same_origin(home, target);
    let is_read = request.method == Method::GET || request.method == Method::HEAD;
    let keeps_method = is_read
        || status == StatusCode::TEMPORARY_REDIRECT
        || status == StatusCode::PERMANENT_REDIRECT;
    if !matches!(target.scheme(), "http" | "https")
        || !target.username().is_empty()
        || target.password().is_some()
    {
        return Err(RedirectReason::Unreadable);
    }
    if (request.url.scheme() == "https" && target.scheme() != "https")
        || !may_be_plain(target, shared.allow_plain_http)
    {
        return Err(RedirectReason::Insecure);
    }
    if !keeps_method && status != StatusCode::SEE_OTHER {
        return Err(RedirectReason::Method);
    }
    if !stays && keeps_method && (!is_read || request.content.is_some()) {
        return Err(RedirectReason::OtherOrigin);
    }
    let content = request.content.clone().filter(|_| keeps_method);
    if content.as_ref().is_some_and(Content::is_gone) {
        return Err(RedirectReason::Body);
    }
    let mut headers = HeaderMap::new();
    if stays {
        headers.clone_from(&request.headers);
    } else {
        for name in [ACCEPT, USER_AGENT] {
            headers.extend(
                request
                    .headers
                    .get(&name)
                    .cloned()
                    .map(|value| (name, value)),
            );
        }
    }
    if !keeps_method {
        headers.remove(CONTENT_TYPE);
    }
    let mut url = target.clone();
    url.set_fragment(None);
    Ok(Outgoing {
        method: if keeps_method {
            request.method.clone()
        } else {
            Method::GET
        },
        url,
        headers,
        content,
        timeout: request.timeout,
        patience: request.patience,
        is_of_api: request.is_of_api,
        own_cookies: None,
    })
}

/// Returns `true` if two URLs have the same scheme, host and port.
fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Sends one request and returns its response as soon as the headers have arrived.
async fn send(
    shared: &Shared,
    exchange: &Exchange,
    outgoing: &mut Outgoing,
    trip: &mut Trip,
) -> Result<http::Response<Body>, Error> {
    let operation = exchange.operation;
    let mut request = request(exchange, outgoing)?;
    // A header that a hook adds may be a credential.
    let hooks = Some(&shared.hooks).filter(|_| trip.is_home);
    if let Some(hooks) = hooks {
        hooks.before_request(operation, trip.attempt, &outgoing.url, &mut request)?;
    }
    if exchange.timeout.left().is_some_and(|left| left.is_zero()) {
        return Err(exchange.failure(TransportErrorKind::Timeout.into()));
    }
    request.extensions_mut().insert(exchange.timeout.clone());
    trip.requests += 1;
    let started = shared.clock.elapsed();
    #[cfg(feature = "tracing")]
    let sent = span::send(
        &*shared.transport,
        request,
        (operation, &outgoing.url, &*trip),
    );
    #[cfg(not(feature = "tracing"))]
    let sent = shared.transport.send(request);
    let mut response = sent.await.map_err(|error| exchange.failure(error))?;
    mark_secrets(response.headers_mut());
    if let Some(hooks) = hooks {
        let elapsed = shared.clock.elapsed().saturating_sub(started);
        hooks.after_response(operation, trip.attempt, elapsed, &response);
    }
    Ok(response)
}

/// Returns a request for the transport. A body that can be sent again is kept.
fn request(exchange: &Exchange, outgoing: &mut Outgoing) -> Result<http::Request<Body>, Error> {
    let uri = outgoing.url.as_str().parse();
    let uri = uri.map_err(|error: http::uri::InvalidUri| {
        exchange.failure(TransportError::new(TransportErrorKind::Other, error))
    })?;
    let body = outgoing.content.as_mut();
    let mut request = http::Request::new(body.map_or_else(Body::empty, Content::send));
    *request.method_mut() = outgoing.method.clone();
    *request.uri_mut() = uri;
    // A transport that needs a URL need not read it again.
    request.extensions_mut().insert(outgoing.url.clone());
    request.headers_mut().clone_from(&outgoing.headers);
    Ok(request)
}
