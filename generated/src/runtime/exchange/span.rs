//! The span of a request, following OpenTelemetry's semantic conventions for HTTP clients.
//!
//! `url.full`, which they require, is left out, since arguments in the path and the query may be secret. A span
//! contains no headers and no bodies.

use http::Method;
use tracing::field::{Empty, debug};
use tracing::{Instrument, Span};
use url::Url;

use super::retry::Trip;
use super::{Body, Description, Transport, TransportError};

/// Sends a request in its own span, which ends when the response begins.
pub(super) async fn send(
    transport: &dyn Transport,
    request: http::Request<Body>,
    (operation, url, trip): (&Description, &Url, &Trip),
) -> Result<http::Response<Body>, TransportError> {
    let span = span(operation, request.method(), url, trip);
    let sent = transport.send(request).instrument(span.clone()).await;
    match &sent {
        Ok(response) => {
            let status = response.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                span.record("error.type", status.as_str());
                span.record("otel.status_code", "ERROR");
            }
        }
        Err(error) => {
            span.record("error.type", debug(error.kind()));
            span.record("otel.status_code", "ERROR");
        }
    }
    sent
}

fn span(operation: &Description, method: &Method, url: &Url, trip: &Trip) -> Span {
    // The template is of the place where the request was meant to go. That of an authorization server has none.
    let template = Some(operation.path).filter(|it| !trip.is_redirected && !it.is_empty());
    let resent = trip.requests.checked_sub(1).filter(|it| *it > 0);
    let space = if template.is_some() { " " } else { "" };
    let name = format_args!("{method}{space}{}", template.unwrap_or_default());
    tracing::info_span!(
        "HTTP request",
        otel.name = %name,
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = method.as_str(),
        http.request.resend_count = resent,
        http.response.status_code = Empty,
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        url.scheme = url.scheme(),
        url.template = template,
        error.type = Empty,
    )
}
