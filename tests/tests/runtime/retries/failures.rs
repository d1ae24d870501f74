//! Failures on the way, and what cannot or must not be sent again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::super::runtime::{
    Body, BoxFuture, Client, ClientBuilder, Error, Retry, Transport, TransportError,
    TransportErrorKind,
};
use super::super::server::{Server, redirect};
use super::{GET, POST, PUT, busy, fine, scripted, usual};

/// A transport that fails in one way.
#[derive(Clone)]
pub(super) struct Failing(pub(super) TransportErrorKind, pub(super) Arc<AtomicUsize>);

impl Transport for Failing {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::ready(Err(self.0.into())))
    }
}

#[tokio::test]
async fn failures_are_tried_again_where_nothing_can_have_been_sent() {
    use TransportErrorKind::{
        Body, Broken, Connect, ConnectTimeout, Other, Refused, Timeout, Tls, TooLarge,
    };
    for (kind, of_get, of_post) in [
        (Refused, 3, 3),
        (Connect, 3, 3),
        (ConnectTimeout, 3, 3),
        (Broken, 3, 1),
        (Tls, 1, 1),
        (Timeout, 1, 1),
        (Body, 1, 1),
        (TooLarge, 1, 1),
        (Other, 1, 1),
    ] {
        for (operation, expected) in [(&GET, of_get), (&POST, of_post)] {
            let transport = Failing(kind, Arc::default());
            let (mut builder, _) = usual("https://h");
            builder.transport(transport.clone());
            let client = builder.build().expect("the settings are fine");
            let error = client.call(operation).send().await.expect_err("it fails");
            assert_eq!(transport.1.load(Ordering::SeqCst), expected, "{kind:?}");
            let attempts = match &error {
                Error::Transport(error) => error.attempts(),
                Error::Timeout(error) => error.attempts(),
                other => panic!("{other}"),
            };
            assert_eq!(attempts as usize, expected);
            assert_eq!(
                error.to_string().contains("; 3 attempts)"),
                expected == 3,
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let (builder, watch) = usual(&url);
    let client = builder.build().expect("the settings are fine");
    let error = client
        .call(&POST)
        .send()
        .await
        .expect_err("nobody is there");
    assert_eq!(
        error.to_string(),
        format!("`probe`: the connection was refused ({url}; 3 attempts)")
    );
    assert_eq!(watch.pauses().len(), 2);
}

/// The server reads the request and closes the connection: nobody knows what it has done.
#[tokio::test]
async fn connections_break() {
    for (operation, expected) in [(&GET, 3), (&POST, 1)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut buffer = [0; 4096];
                let _ = stream.read(&mut buffer).await;
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        let client = usual(&url).0.build().expect("the settings are fine");
        let error = client.call(operation).send().await.expect_err("it breaks");
        let Error::Transport(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.kind(), TransportErrorKind::Broken);
        assert_eq!(count.load(Ordering::SeqCst), expected);
    }
}

/// The server has acted on the request that it redirects, whatever happens where that leads.
#[tokio::test]
async fn what_was_redirected_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let nowhere = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    for (operation, expected) in [(&POST, 1), (&GET, 3)] {
        let nowhere = nowhere.clone();
        let server = Server::start(move |_| redirect(303, &nowhere)).await;
        let client = usual(&server.url).0.build().expect("the settings are fine");
        client
            .call(operation)
            .send()
            .await
            .expect_err("nobody is there");
        assert_eq!(server.seen().len(), expected);
    }
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = scripted(&[busy, fine]).await;
    let client = usual(&server.url).0.build().expect("the settings are fine");
    let mut call = client.call(&PUT);
    let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>("a"), Ok("b")]);
    call.body("text/plain", Body::from_stream(chunks));
    let response = call.send().await.expect("an answer");
    assert_eq!((response.status(), server.only().body), (503, "ab".into()));
}

#[tokio::test]
async fn retries_are_switched_off() {
    let server = scripted(&[busy]).await;
    let (mut builder, _) = usual(&server.url);
    let mut once = builder.build_copy().call(&GET);
    once.retry(Retry::none());
    once.send().await.expect("an answer");
    assert_eq!(server.seen().len(), 1);
    builder.retry(Retry::none());
    builder
        .build_copy()
        .call(&GET)
        .send()
        .await
        .expect("an answer");
    assert_eq!(server.seen().len(), 2);
    let mut more = builder.build_copy().call(&GET);
    more.retry(Retry::new().max_attempts(5));
    more.send().await.expect("an answer");
    assert_eq!(server.seen().len(), 7);
}

trait BuildCopy {
    fn build_copy(&self) -> Client;
}

impl BuildCopy for ClientBuilder {
    fn build_copy(&self) -> Client {
        self.clone().build().expect("the settings are fine")
    }
}
