//! The way of a request to its response, across redirects.
//!
//! Redirects are followed here and never by the transport, because only the client knows what may go where:
//! credentials, headers, cookies and bodies go to the origin of the operation's base URL and nowhere else.

use http::header::{ACCEPT, CONTENT_TYPE, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use url::Url;

use super::call::Outgoing;
use super::client::{Shared, may_be_plain};
use super::encode::content::Content;
use super::encode::header::mark_secrets;

use super::{
    Body, Description, Error, Exchange, RawResponse, RedirectError, RedirectReason, Timeout,
};
use super::{TransportError, TransportErrorKind};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// How much of a response that redirects is read, so that its connection can be used again.
const MAX_REDIRECT_BYTES: usize = 64 * 1024;

/// Sends a request, follows redirects, and returns the response, with whether it is that of the origin which the
/// request was made for.
pub(crate) async fn exchange(
    shared: &Shared,
    operation: &'static Description,
    mut request: Outgoing,
) -> Result<(RawResponse, bool), Error> {
    let timeout = Timeout::after(request.timeout);
    let home = request.url.clone();
    let mut redirects = 0;
    loop {
        let exchange = Exchange {
            operation,
            origin: request.url.origin().ascii_serialization(),
            timeout: timeout.clone(),
            patience: request.timeout,
            limit: shared.max_response_bytes,
        };
        let response = send(shared, &exchange, &mut request).await?;
        let Some(location) = location(operation, &response) else {
            let is_home = is_same_origin(&home, &request.url);
            let response = exchange.receive(&request.method, response).await?;
            return Ok((response, is_home));
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
        match next(shared, &home, request, status, target) {
            Ok(next) => request = next,
            Err(reason) => return Err(refuse(reason)),
        }
        // What it says is of no interest, and neither is whether it can be read.
        let _ = response.into_body().collect(MAX_REDIRECT_BYTES).await;
    }
}

/// Returns where a response redirects to, if it does.
///
/// A redirect that the operation documents is a response like any other.
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

/// Returns the request that a redirect asks for, or why it is not sent. `home` is where the first request went.
fn next(
    shared: &Shared,
    home: &Url,
    request: Outgoing,
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
    let content = request.content.filter(|_| keeps_method);
    if content.as_ref().is_some_and(Content::is_gone) {
        return Err(RedirectReason::Body);
    }
    let mut headers = HeaderMap::new();
    if stays {
        headers = request.headers;
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
            request.method
        } else {
            Method::GET
        },
        url,
        headers,
        content,
        timeout: request.timeout,
    })
}

/// Returns whether two URLs have scheme, host and port in common.
fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Sends one request and returns its response as soon as its headers are there.
async fn send(
    shared: &Shared,
    exchange: &Exchange,
    outgoing: &mut Outgoing,
) -> Result<http::Response<Body>, Error> {
    let body = outgoing
        .content
        .as_mut()
        .map_or_else(Body::empty, Content::send);
    let mut request = http::Request::new(body);
    *request.method_mut() = outgoing.method.clone();
    *request.uri_mut() =
        outgoing
            .url
            .as_str()
            .parse()
            .map_err(|error: http::uri::InvalidUri| {
                exchange.failure(TransportError::new(TransportErrorKind::Other, error))
            })?;
    request.headers_mut().clone_from(&outgoing.headers);
    if exchange.timeout.left().is_some_and(|left| left.is_zero()) {
        return Err(exchange.failure(TransportErrorKind::Timeout.into()));
    }
    request.extensions_mut().insert(exchange.timeout.clone());

    let sent = shared.transport.send(request).await;
    let mut response = sent.map_err(|error| exchange.failure(error))?;
    #[cfg(feature = "tracing")]
    tracing::debug!(
        operation = exchange.operation.id,
        method = %outgoing.method,
        origin = %exchange.origin,
        status = response.status().as_u16(),
        "answered"
    );
    mark_secrets(response.headers_mut());
    Ok(response)
}
