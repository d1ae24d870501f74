//! Transports over other stacks: a service of `tower`, and a client of `reqwest-middleware`.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use reqwest_middleware::{ClientBuilder, Next};
use tower::limit::ConcurrencyLimitLayer;
use tower::{ServiceBuilder, service_fn};

use super::runtime::{
    Body, BoxFuture, Description, Error, HttpTransport, MiddlewareTransport, Retry, Status,
    TowerTransport, Transport, TransportError, TransportErrorKind,
};
use super::server::{Server, json, redirect};
use super::{GET, POST, builder, operation};

static FILE: Description = Description {
    streams: &[(Status::Code(200), "*/*")],
    ..operation("POST", "/file")
};

/// A stream of chunks, and how to add one.
fn chunks() -> (
    futures_util::stream::BoxStream<'static, Result<Bytes, io::Error>>,
    tokio::sync::mpsc::UnboundedSender<Bytes>,
) {
    let (add, chunks) = tokio::sync::mpsc::unbounded_channel();
    let chunks = stream::unfold(chunks, async |mut chunks| {
        let chunk = chunks.recv().await?;
        Some((Ok(chunk), chunks))
    });
    (chunks.boxed(), add)
}

/// Layers over the default transport, which is a service as any other.
#[tokio::test]
async fn a_stack_of_layers_sends_requests() {
    let server = Server::start(|_| json(200, "{}")).await;
    let inner = HttpTransport::builder().build().expect("fine");
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let service = ServiceBuilder::new()
        .layer(ConcurrencyLimitLayer::new(2))
        .timeout(Duration::from_secs(60))
        .map_request(move |request: http::Request<Body>| {
            counted.fetch_add(1, Ordering::SeqCst);
            request
        })
        .service(service_fn(move |request: http::Request<Body>| {
            let inner = inner.clone();
            async move { inner.send(request).await }
        }));
    let mut builder = builder(&server.url);
    builder.transport(TowerTransport::new(service));
    let mut call = builder.build().expect("fine").call(&POST);
    call.json("application/json", &"é");
    let response = call.send().await.expect("an answer");
    assert_eq!((response.status(), count.load(Ordering::SeqCst)), (200, 1));
    let seen = server.only();
    assert_eq!(
        (seen.header("content-length"), &seen.body[..]),
        (Some("4"), "\"é\"".as_bytes())
    );
}

/// The service answers when it has the first chunk of a body that never ends, and its own body comes chunk by chunk.
#[tokio::test]
async fn streams_pass_through_a_service() {
    let (body, say) = chunks();
    let (answer, answer_more) = chunks();
    let answer = Arc::new(std::sync::Mutex::new(Some(answer)));
    let service = service_fn(move |request: http::Request<Body>| {
        let answer = Arc::clone(&answer);
        async move {
            let first = request
                .into_body()
                .frame()
                .await
                .expect("a chunk")
                .expect("fine");
            assert_eq!(first.into_data().expect("data"), "first");
            let answer = answer.lock().expect("no test panics here").take();
            let frames = answer
                .expect("one request")
                .map(|it| it.map(http_body::Frame::data));
            Ok::<_, Infallible>(http::Response::new(StreamBody::new(frames)))
        }
    });
    let mut builder = builder("https://h");
    builder.transport(TowerTransport::new(service));
    let mut call = builder.build().expect("fine").call(&FILE);
    call.body("text/plain", Body::from_stream(body));
    say.send("first".into()).expect("somebody listens");
    let response = call.send().await.expect("an answer");
    let mut body = response.body::<()>().expect("it is a file").into_body();
    for text in ["one", "two"] {
        answer_more.send(text.into()).expect("somebody listens");
        assert_eq!(body.next().await.expect("a chunk").expect("fine"), text);
    }
    drop(answer_more);
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn a_service_has_the_time_of_a_call() {
    let service = service_fn(async |_: http::Request<Body>| {
        pending::<Result<http::Response<Body>, Infallible>>().await
    });
    let slow = service_fn(async |_: http::Request<Body>| {
        let chunks = stream::pending::<Result<http_body::Frame<Bytes>, Infallible>>();
        Ok::<_, Infallible>(http::Response::new(StreamBody::new(chunks)))
    });
    let mut builder = builder("https://h");
    builder.timeout(Duration::from_millis(20));
    for error in [
        {
            builder.transport(TowerTransport::new(service));
            builder
                .clone()
                .build()
                .expect("fine")
                .call(&GET)
                .send()
                .await
        },
        {
            builder.transport(TowerTransport::new(slow));
            builder
                .clone()
                .build()
                .expect("fine")
                .call(&GET)
                .send()
                .await
        },
    ] {
        assert!(error.expect_err("it takes too long").is_timeout());
    }
}

#[tokio::test]
async fn errors_of_a_service_keep_their_kind() {
    for (kind, expected) in [(Some(TransportErrorKind::Refused), 3), (None, 1)] {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let service = service_fn(move |_: http::Request<Body>| {
            counted.fetch_add(1, Ordering::SeqCst);
            let error: Box<dyn std::error::Error + Send + Sync> = match kind {
                Some(kind) => TransportError::from(kind).into(),
                None => "something else".into(),
            };
            std::future::ready(Err::<http::Response<Body>, _>(error))
        });
        let mut builder = builder("https://h");
        builder.retry(Retry::new().pauses(Duration::ZERO, Duration::ZERO));
        builder.transport(TowerTransport::new(service));
        let client = builder.build().expect("fine");
        let error = client.call(&POST).send().await.expect_err("it fails");
        let Error::Transport(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.kind(), kind.unwrap_or(TransportErrorKind::Other));
        assert_eq!(count.load(Ordering::SeqCst), expected);
    }
}

type Sent<'a> = BoxFuture<'a, reqwest_middleware::Result<reqwest::Response>>;

/// Tells the compiler which lifetimes are the same in a middleware.
fn middleware<F>(run: F) -> F
where
    F: for<'a> Fn(reqwest::Request, &'a mut http::Extensions, Next<'a>) -> Sent<'a>,
{
    run
}

/// A transport with a middleware that counts.
fn counting() -> (MiddlewareTransport, Arc<AtomicUsize>) {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = ClientBuilder::new(client.build().expect("it is set up"));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let client = client.with(middleware(move |request, extensions, next| {
        counted.fetch_add(1, Ordering::SeqCst);
        Box::pin(next.run(request, extensions))
    }));
    (MiddlewareTransport::new(client.build()), count)
}

#[tokio::test]
async fn middleware_sees_every_request() {
    let server = Server::start(|seen| {
        if seen.target == "/get" {
            redirect(302, "/end")
        } else {
            json(200, "[1]")
        }
    })
    .await;
    let (transport, count) = counting();
    let mut builder = builder(&server.url);
    builder.transport(transport);
    let client = builder.build().expect("fine");
    let response = client.call(&GET).send().await.expect("an answer");
    assert_eq!(
        response.json::<Vec<i64>, ()>().expect("JSON").into_body(),
        [1]
    );
    let mut call = client.call(&FILE);
    let body = stream::iter([Ok::<_, io::Error>("a"), Ok("b")]);
    call.body("text/plain", Body::from_stream(body));
    let response = call.send().await.expect("an answer");
    let body = response.body::<()>().expect("it is a file").into_body();
    assert_eq!(body.bytes().await.expect("it is complete"), "[1]");
    let seen = server.seen();
    assert_eq!((seen.len(), count.load(Ordering::SeqCst)), (3, 3));
    assert_eq!(seen[2].body, "ab");
}

#[tokio::test]
async fn errors_under_middleware_keep_their_kind() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let (transport, count) = counting();
    let mut builder = builder(&url);
    builder.retry(Retry::new().pauses(Duration::ZERO, Duration::ZERO));
    builder.transport(transport);
    let client = builder.build().expect("fine");
    let error = client
        .call(&POST)
        .send()
        .await
        .expect_err("nobody is there");
    let Error::Transport(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.kind(), TransportErrorKind::Refused);
    assert_eq!(count.load(Ordering::SeqCst), 3);
}
