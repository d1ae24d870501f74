//! The default transport against real sockets, and blocking calls.

use std::convert::Infallible;
use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Method, Uri};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::runtime::{
    self, Body, BoxFuture, Description, Error, HttpTransport, RawResponse, Response, Style,
    Transport, TransportError, TransportErrorKind,
};
use super::server::{Server, json};
use super::{GET, POST, builder, client, operation};

/// A server that reads a request, writes bytes and closes the connection, or waits if there is nothing to write.
async fn raw(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let _ = stream.write_all(answer).await;
            if answer.is_empty() || !answer.ends_with(b"cut") {
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
        }
    });
    url
}

#[tokio::test]
async fn requests_arrive_as_they_were_made() {
    let server = Server::start(|_| json(200, "{}")).await;
    let client = client(&format!("{}/v1/", server.url));
    let mut call = client.call(&GET);
    call.query("a", &"'\"<>`{|}^", Style::FORM);
    call.header("X-Trace", &"t", Style::SIMPLE);
    call.send().await.expect("fine");
    let seen = server.only();
    assert_eq!(
        (&seen.method, seen.target.as_str()),
        (&Method::GET, "/v1/get?a=%27%22%3C%3E%60%7B%7C%7D%5E")
    );
    let mut names: Vec<_> = seen.headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["accept", "accept-encoding", "host", "user-agent", "x-trace"]
    );
    assert!(seen.body.is_empty());
}

/// A transport that sends requests elsewhere.
struct Elsewhere(HttpTransport, Uri);

impl Transport for Elsewhere {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        *request.uri_mut() = self.1.clone();
        self.0.send(request)
    }
}

#[tokio::test]
async fn what_stands_between_may_send_a_request_elsewhere() {
    let server = Server::start(|_| json(200, "{}")).await;
    let inner = HttpTransport::new(Duration::from_secs(10)).expect("it is set up");
    let target = format!("{}/elsewhere?b=1", server.url);
    let mut builder = builder("https://api.example.org");
    builder.transport(Elsewhere(inner, target.parse().expect("a URI")));
    let client = builder.build().expect("it is set up");
    client.call(&GET).send().await.expect("it is answered");
    assert_eq!(server.only().target, "/elsewhere?b=1");
}

#[tokio::test]
async fn bodies_arrive_with_their_length() {
    let server = Server::start(|_| json(200, "{}")).await;
    let mut call = client(&server.url).call(&POST);
    call.json("application/json", &"é");
    call.send().await.expect("fine");
    client(&server.url).call(&POST).send().await.expect("fine");
    let [with, without] = &server.seen()[..] else {
        panic!("two requests")
    };
    assert_eq!(
        (with.header("content-type"), with.header("content-length")),
        (Some("application/json"), Some("4"))
    );
    assert_eq!(
        (
            without.header("content-type"),
            without.header("transfer-encoding")
        ),
        (None, None)
    );
    assert!(without.body.is_empty());
}

/// What a TLS library says is told apart from other reasons for which there is no connection: here that the server does not
/// speak TLS. An untrusted certificate comes in the same way.
#[tokio::test]
async fn insecure() {
    let url = raw(b"HTTP/1.1 400 Bad Request\r\n\r\ncut").await;
    let url = url.replace("http:", "https:");
    let error = client(&url).call(&GET).send().await;
    let error = error.expect_err("there is no TLS");
    assert_eq!(
        error.to_string(),
        format!("`probe`: no secure connection could be established ({url})")
    );
    let Error::Transport(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.kind(), TransportErrorKind::Tls);
    assert!(failure.is_connect());
}

#[tokio::test]
async fn refused() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        listener.local_addr().expect("an address").port()
    };
    let mut call = client(&format!("http://127.0.0.1:{port}")).call(&GET);
    call.query("key", &"SECRET", Style::FORM);
    let error = call.send().await.expect_err("nobody listens");
    assert_eq!(
        error.to_string(),
        format!("`probe`: the connection was refused (http://127.0.0.1:{port})")
    );
    assert!(error.is_connect() && !error.is_timeout() && error.source().is_some());
    let Error::Transport(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.kind(), TransportErrorKind::Refused);
    let mut message = format!("{error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        message.push_str(&error.to_string());
        source = error.source();
    }
    assert!(!message.contains("SECRET"), "{message}");
}

#[tokio::test]
async fn no_answer_in_time() {
    let answers: [&[u8]; 2] = [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"];
    for answer in answers {
        let mut builder = builder(&raw(answer).await);
        builder.timeout(Duration::from_millis(100));
        let error = builder
            .build()
            .expect("fine")
            .call(&GET)
            .send()
            .await
            .expect_err("it waits");
        assert!(
            error.is_timeout() && !error.is_connect() && matches!(error, Error::Timeout(_)),
            "{error}"
        );
        assert!(
            error
                .to_string()
                .contains("no complete response came in time"),
            "{error}"
        );
        assert!(
            error
                .to_string()
                .contains("100ms, see `.timeout(..)` on the client builder"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn redirects_share_the_time() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(80));
        super::server::redirect(302, "/again")
    })
    .await;
    let mut builder = builder(&server.url);
    builder.timeout(Duration::from_millis(200));
    let error = builder
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect_err("it does not end");
    assert!(error.is_timeout(), "{error}");
    assert!(server.seen().len() < 5);
}

#[tokio::test]
async fn broken_answers() {
    let answers: [&[u8]; 4] = [
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{cut",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{cut",
        b"HTTP/1.1 200 OK\r\ncut",
        b"nonsense\r\n\r\ncut",
    ];
    for answer in answers {
        let error = client(&raw(answer).await)
            .call(&GET)
            .send()
            .await
            .expect_err("it is broken");
        let Error::Transport(failure) = &error else {
            panic!("{error}")
        };
        assert_eq!(failure.kind(), TransportErrorKind::Broken, "{error}");
        assert!(!error.is_connect());
        assert!(
            error
                .to_string()
                .contains("the connection broke before the response was complete"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn large_answers() {
    let server = Server::start(|seen| {
        let body = format!("\"{}\"", "x".repeat(98));
        if seen.target == "/get" {
            return json(200, &body);
        }
        // Without a length, in chunks.
        let chunks = futures(body.into_bytes().chunks(10).map(<[u8]>::to_vec).collect());
        axum::response::Response::new(axum::body::Body::new(chunks))
    })
    .await;
    for operation in [&GET, &POST] {
        for (limit, fits) in [(99, false), (100, true)] {
            let mut builder = builder(&server.url);
            builder.max_response_bytes(limit);
            let answer = builder.build().expect("fine").call(operation).send().await;
            match answer {
                Ok(_) => assert!(fits),
                Err(Error::TooLarge(error)) => {
                    assert!(!fits);
                    assert_eq!((error.limit(), error.status().as_u16()), (99, 200));
                    let expected = "`probe`: the response (200) has more than 99 bytes (see `.max_response_bytes(..)`)";
                    assert_eq!(error.to_string(), expected);
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// A body of chunks.
fn futures(
    mut chunks: Vec<Vec<u8>>,
) -> http_body_util::StreamBody<impl futures_core::Stream<Item = Frame>> {
    chunks.reverse();
    http_body_util::StreamBody::new(futures_util::stream::iter(
        std::iter::from_fn(move || chunks.pop())
            .map(|chunk| Ok(http_body::Frame::data(Bytes::from(chunk)))),
    ))
}

type Frame = Result<http_body::Frame<Bytes>, std::io::Error>;

#[tokio::test]
async fn head_has_no_body_whatever_its_length() {
    static HEAD: Description = operation("HEAD", "/head");
    let server = Server::start(|_| json(200, &"x".repeat(1000))).await;
    let mut builder = builder(&server.url);
    builder.max_response_bytes(10);
    let reply = builder
        .build()
        .expect("fine")
        .call(&HEAD)
        .send()
        .await
        .expect("it has no body");
    assert_eq!(reply.headers()["content-length"], "1000");
}

/// A stream of chunks.
fn chunks(chunks: &[&'static str]) -> impl Stream<Item = Result<&'static str, Infallible>> + use<> {
    futures_util::stream::iter(chunks.iter().copied().map(Ok).collect::<Vec<_>>())
}

#[tokio::test]
async fn bodies_are_put_together() {
    let chunks = || Body::from_stream(chunks(&["ab", "", "c"]));
    assert!(chunks().as_bytes().is_none());
    assert_eq!(
        chunks().collect(3).await.expect("fine").as_deref(),
        Some(&b"abc"[..])
    );
    assert_eq!(chunks().collect(2).await.expect("fine"), None);
    assert_eq!(Body::from("abc").collect(2).await.expect("fine"), None);
    assert_eq!(
        Body::from("abc").collect(3).await.expect("fine").as_deref(),
        Some(&b"abc"[..])
    );
    assert_eq!(
        Body::empty().collect(0).await.expect("fine").as_deref(),
        Some(&b""[..])
    );
}

/// What the generator emits for an operation.
async fn send(call: runtime::Call) -> Result<Response<String>, Error> {
    call.send().await.and_then(RawResponse::json)
}

#[test]
fn blocking_calls_work_everywhere() {
    let server_runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = server_runtime.block_on(Server::start(|_| json(200, "\"fine\"")));
    let client = client(&server.url);
    let ask = || {
        runtime::block_on(send(client.call(&GET)))
            .expect("fine")
            .into_body()
    };
    assert_eq!((ask(), ask()), ("fine".to_owned(), "fine".to_owned()));
    for mut builder in [
        tokio::runtime::Builder::new_current_thread(),
        tokio::runtime::Builder::new_multi_thread(),
    ] {
        let runtime = builder.enable_all().build().expect("a runtime");
        assert_eq!(runtime.block_on(async { ask() }), "fine");
        runtime.block_on(async { assert!(runtime::block_on(send(client.call(&POST))).is_ok()) });
    }
    assert_eq!(server.seen().len(), 6);
}
