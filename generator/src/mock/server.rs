//! The HTTP server of a stand-in.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use http::StatusCode;
use tokio::net::TcpListener;

use super::answer::{Reply, problem};
use super::stand_in::StandIn;

/// How many bytes a request may have.
const MOST: usize = 64 * 1024 * 1024;

/// Serves a stand-in until it is told to stop.
///
/// # Errors
///
/// When connections cannot be accepted.
pub async fn serve(
    stand_in: Arc<StandIn>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = Router::new().fallback(async move |request: Request| {
        let reply = match collect(request).await {
            Ok(request) => stand_in.answer(&request),
            Err(reply) => reply,
        };
        respond(reply).await
    });
    axum::serve(listener, router)
        .with_graceful_shutdown(stop)
        .await
}

async fn collect(request: Request) -> Result<http::Request<Bytes>, Reply> {
    let (parts, body) = request.into_parts();
    match to_bytes(body, MOST).await {
        Ok(body) => Ok(http::Request::from_parts(parts, body)),
        Err(_) => Err(problem(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body cannot be read, or has more than 64 MiB",
            &[],
        )),
    }
}

async fn respond(reply: Reply) -> Result<Response, Infallible> {
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    let mut response = Response::new(body(&reply));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    Ok(response)
}

/// A body of one piece has a length; one of several comes piece by piece.
fn body(reply: &Reply) -> Body {
    let Some(cut) = reply.cut else {
        return match &reply.body[..] {
            [] => Body::empty(),
            [only] => Body::from(only.clone()),
            _ => {
                let pieces = reply.body.clone().into_iter();
                Body::from_stream(stream::iter(pieces.map(Ok::<_, Infallible>)))
            }
        };
    };
    let whole = reply.whole_body();
    let part = whole.slice(..cut.min(whole.len()));
    // An error ends the connection where the body is not complete.
    let pieces = [Ok(part), Err(std::io::Error::other("cut off"))];
    Body::from_stream(stream::iter(pieces))
}
