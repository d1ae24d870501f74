//! The HTTP server of a stand-in.
//!
//! It is built on the connections of `hyper` and on nothing above them, since what misbehaves must be able to close one
//! without a response.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, future, stream};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::time;

use super::answer::{Cut, Reply, problem};
use super::control::BoundTo;
use super::stand_in::StandIn;

/// How many bytes a request may have.
const MOST: usize = 64 * 1024 * 1024;
/// How long requests that are being answered hold up the end.
const GRACE: Duration = Duration::from_secs(1);

type Body = BoxBody<Bytes, io::Error>;

/// Serves a stand-in until it is told to stop. Requests that are being answered then have a second to end.
///
/// # Errors
///
/// When the address on which it listens is not known.
pub async fn serve(
    stand_in: Arc<StandIn>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // There may be too many open files: that passes.
            time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // A server that listens everywhere is known by the address at which the connection arrived.
        let bound = stream.local_addr().unwrap_or(address);
        let stand_in = Arc::clone(&stand_in);
        let service = service_fn(move |request| respond(Arc::clone(&stand_in), bound, request));
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new());
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // It fails where the client is gone, and where it is to.
        tokio::spawn(async { drop(connection.await) });
    }
    drop(listener);
    let _ = time::timeout(GRACE, connections.shutdown()).await;
    Ok(())
}

/// A connection is to be closed without a response.
#[derive(Debug)]
struct Unanswered;

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed without a response, as a rule says")
    }
}

impl std::error::Error for Unanswered {}

async fn respond(
    stand_in: Arc<StandIn>,
    bound: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Unanswered> {
    let reply = match collect(bound, request).await {
        Ok(request) => stand_in.answer(&request),
        Err(reply) => reply,
    };
    if !reply.delay.is_zero() {
        time::sleep(reply.delay).await;
    }
    let mut response = Response::new(Body::default());
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    *response.body_mut() = match (reply.cut, &reply.body[..]) {
        (Some(Cut::Unanswered), _) => return Err(Unanswered),
        (Some(Cut::After(_)) | None, []) => Body::default(),
        (None, [only]) => Full::new(only.clone()).map_err(|it| match it {}).boxed(),
        (None, _) => pieces(reply.body),
        (Some(Cut::After(length)), whole) => {
            if let [only] = whole {
                // The client is told the length of the whole.
                let length = HeaderValue::from(only.len());
                response.headers_mut().insert(CONTENT_LENGTH, length);
            }
            broken(&reply.body.concat().into(), length)
        }
    };
    Ok(response)
}

async fn collect(bound: SocketAddr, request: Request<Incoming>) -> Result<Request<Bytes>, Reply> {
    let (parts, body) = request.into_parts();
    match Limited::new(body, MOST).collect().await {
        Ok(body) => {
            let mut request = Request::from_parts(parts, body.to_bytes());
            request.extensions_mut().insert(BoundTo(bound));
            Ok(request)
        }
        Err(_) => Err(problem(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body cannot be read, or has more than 64 MiB",
            &[],
        )),
    }
}

/// A body that comes piece by piece.
fn pieces(pieces: Vec<Bytes>) -> Body {
    let frames = pieces.into_iter().map(|it| Ok(Frame::data(it)));
    Body::new(StreamBody::new(stream::iter(frames)))
}

/// A body that ends too early, and the connection with it.
fn broken(whole: &Bytes, length: usize) -> Body {
    let part = whole.slice(..length.min(whole.len().saturating_sub(1)));
    let part = stream::once(future::ready(Ok(Frame::data(part))));
    let end = stream::once(async {
        // What comes before is sent only if there is a pause.
        tokio::task::yield_now().await;
        Err(io::Error::other("the body ends here, as a rule says"))
    });
    Body::new(StreamBody::new(part.chain(end)))
}
