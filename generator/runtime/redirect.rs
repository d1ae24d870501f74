//! The exchange of a request and its answer, across redirects.
//!
//! Redirects are followed here and never by the transport, because only the client knows what may go where:
//! credentials, headers, cookies and bodies go to the origin of the operation's base URL and nowhere else.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use url::Url;

use super::client::{Shared, may_be_plain};
use super::header::mark_secrets;
use super::request::Outgoing;
use super::transport::Deadline;
use super::{
    Body, Error, Operation, Received, RedirectError, RedirectReason, Reply, Timeout, TooLargeError,
};
use super::{TransportError, TransportErrorKind};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Sends a request, follows redirects, and returns the answer.
pub(super) async fn exchange(
    shared: &Shared,
    operation: &'static Operation,
    mut request: Outgoing,
) -> Result<Reply, Error> {
    let deadline = Deadline::after(request.timeout);
    let home = request.url.clone();
    let mut redirects = 0;
    loop {
        let received = send(shared, operation, &request, &deadline).await?;
        let Some(location) = location(operation, &received) else {
            return Ok(Reply::new(operation, received));
        };
        let target = location
            .to_str()
            .ok()
            .and_then(|target| request.url.join(target).ok());
        let status = received.status();
        let refuse = |reason| RedirectError::new(operation, status, reason, target.as_ref()).into();
        let Some(target) = &target else {
            return Err(refuse(RedirectReason::Unreadable));
        };
        if redirects == MAX_REDIRECTS {
            return Err(refuse(RedirectReason::TooMany));
        }
        redirects += 1;
        match next(shared, &home, &request, status, target) {
            Ok(next) => request = next,
            Err(reason) => return Err(refuse(reason)),
        }
    }
}

/// Returns where an answer redirects to, if it does.
///
/// A redirect that the operation documents is an answer like any other.
fn location<'a>(operation: &Operation, received: &'a Received) -> Option<&'a HeaderValue> {
    let status = received.status().as_u16();
    if !matches!(status, 301 | 302 | 303 | 307 | 308) || operation.documents(status).is_some() {
        return None;
    }
    received.headers().get(LOCATION)
}

/// Returns the request that a redirect asks for, or why it is not sent. `home` is where the first request went.
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
    let mut headers = HeaderMap::new();
    if stays {
        headers = request.headers.clone();
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
        content: request.content.clone().filter(|_| keeps_method),
        timeout: request.timeout,
    })
}

/// Returns whether two URLs have scheme, host and port in common.
fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Sends one request and collects its answer.
async fn send(
    shared: &Shared,
    operation: &'static Operation,
    outgoing: &Outgoing,
    deadline: &Deadline,
) -> Result<Received, Error> {
    let failure = |error| Error::transport(operation, &outgoing.url, outgoing.timeout, error);
    let body = outgoing
        .content
        .as_ref()
        .map_or_else(Bytes::new, |content| content.bytes.clone());
    let mut request = http::Request::new(Body::from(body));
    *request.method_mut() = outgoing.method.clone();
    *request.uri_mut() =
        outgoing
            .url
            .as_str()
            .parse()
            .map_err(|error: http::uri::InvalidUri| {
                failure(TransportError::new(TransportErrorKind::Other, error))
            })?;
    request.headers_mut().clone_from(&outgoing.headers);
    let Some(left) = deadline.left() else {
        return Err(failure(TransportErrorKind::Timeout.into()));
    };
    request.extensions_mut().insert(Timeout(left));

    let response = shared.transport.send(request).await.map_err(failure)?;
    #[cfg(feature = "tracing")]
    tracing::debug!(
        operation = operation.id,
        method = %outgoing.method,
        origin = %outgoing.url.origin().ascii_serialization(),
        status = response.status().as_u16(),
        "answered"
    );
    let (mut parts, body) = response.into_parts();
    mark_secrets(&mut parts.headers);
    let limit = shared.max_response_bytes;
    let bytes = if outgoing.method != Method::HEAD
        && declared_length(&parts.headers).is_some_and(|length| length > limit)
    {
        None
    } else {
        body.collect(limit).await.map_err(failure)?
    };
    match bytes {
        Some(bytes) => Ok(Received::new(parts.status, parts.headers, bytes)),
        None => Err(TooLargeError::new(operation, parts.status, parts.headers, limit).into()),
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
