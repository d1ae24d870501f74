//! Bodies that are streams: what is sent and received as it comes, against servers on loopback.

use std::io::{self, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncReadExt as _;

use super::raw::{self, Connection, body_of, chunked, streaming};
use super::runtime::{
    self, Body, Description, Error, RawResponse, RedirectReason, Response, Status,
    TransportErrorKind,
};
use super::server::{Double, Server, json, redirect, with_type};
use super::{GET, POST, builder, client};

/// Whatever comes with 200 is a file.
static FILE: Description = streaming("GET", &[(Status::Code(200), "*/*")]);
/// A picture comes as a stream, JSON does not.
static PICTURE: Description = streaming("GET", &[(Status::Code(200), "image/*")]);

/// What ends a body in chunks, after another chunk.
const LAST_CHUNK: &[u8] = b"\r\n0\r\n\r\n";

const MANY: u64 = 256 * 1024 * 1024;
/// More than two sockets hold, and much less than all.
const FEW: u64 = 32 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// Reads the answer to an operation as a stream.
async fn open(operation: &'static Description, url: &str) -> Response<Body> {
    let reply = client(url).call(operation).send().await.expect("fine");
    reply.body().expect("a stream")
}

/// Counts the bytes of a body.
async fn count(mut body: Body) -> u64 {
    let mut length = 0;
    while let Some(chunk) = body.next().await {
        length += chunk.expect("fine").len() as u64;
    }
    length
}

/// A stream of `total` bytes, made when they are asked for and counted in `made`.
fn generated(
    total: u64,
    made: &Arc<AtomicU64>,
) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
    let made = Arc::clone(made);
    let chunk = Bytes::from(vec![b'x'; CHUNK]);
    futures_util::stream::iter((0..total / CHUNK as u64).map(move |_| {
        made.fetch_add(CHUNK as u64, Ordering::SeqCst);
        Ok(chunk.clone())
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_pass_through() {
    let written = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&written);
    let url = raw::serve(move |mut connection: Connection| {
        let counter = Arc::clone(&counter);
        async move {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {MANY}\r\n\r\n");
            connection.write(head).await;
            let chunk = vec![b'x'; CHUNK];
            while counter.load(Ordering::SeqCst) < MANY && connection.write(&chunk).await {
                counter.fetch_add(CHUNK as u64, Ordering::SeqCst);
            }
        }
    })
    .await;
    let file = open(&FILE, &url).await;
    assert_eq!(file.length(), Some(MANY));
    tokio::time::sleep(Duration::from_millis(200)).await;
    let early = written.load(Ordering::SeqCst);
    assert!(
        early < FEW,
        "{early} bytes were received before they were asked for"
    );
    assert_eq!(count(file.into_body()).await, MANY);
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_pass_through() {
    for sized in [true, false] {
        let made = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&made);
        let url = raw::serve(move |mut connection: Connection| {
            let counter = Arc::clone(&counter);
            async move {
                tokio::time::sleep(Duration::from_millis(200)).await;
                let early = counter.load(Ordering::SeqCst);
                let mut length = connection.body.len() as u64;
                let mut buffer = vec![0; CHUNK];
                // The last chunk may come in pieces.
                let mut end = Vec::new();
                while !sized || length < MANY {
                    let read = connection.stream.read(&mut buffer).await.expect("fine");
                    length += read as u64;
                    end.extend_from_slice(&buffer[..read]);
                    end.drain(..end.len().saturating_sub(LAST_CHUNK.len()));
                    if end == LAST_CHUNK {
                        break;
                    }
                }
                let head = &connection.head;
                let is_sized = head.contains(&format!("content-length: {MANY}\r\n"));
                let is_chunked = head.contains("transfer-encoding: chunked\r\n");
                let seen = format!("[{early},{length},{is_sized},{is_chunked}]");
                let length = seen.len();
                connection
                    .write(format!(
                        "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{seen}"
                    ))
                    .await;
            }
        })
        .await;
        let stream = generated(MANY, &made);
        let body = if sized {
            Body::sized(stream, MANY)
        } else {
            Body::from_stream(stream)
        };
        assert_eq!(
            (body.length(), body.as_bytes()),
            (sized.then_some(MANY), None)
        );
        let mut call = client(&url).call(&POST);
        call.body("application/octet-stream", body);
        let reply = call.send().await.expect("fine");
        let seen: Response<serde_json::Value> = reply.json().expect("fine");
        let (early, length) = (seen[0].as_u64(), seen[1].as_u64());
        assert!(
            early < Some(FEW),
            "{early:?} bytes were read before they could be sent"
        );
        assert!(length >= Some(MANY), "{length:?}");
        assert_eq!((&seen[2], &seen[3]), (&sized.into(), &(!sized).into()));
    }
}

#[tokio::test]
async fn what_is_sent_arrives() {
    let server = Server::start(|_| json(200, "{}")).await;
    let bodies = [
        body_of(["ab", "", "c"]),
        Body::sized(futures_util::stream::iter([Ok::<_, io::Error>("abc")]), 3),
        Body::from("abc"),
        Body::sized(futures_util::stream::iter([Ok::<_, io::Error>("")]), 0),
        body_of::<&str>([]),
    ];
    for body in bodies {
        let mut call = client(&server.url).call(&POST);
        call.body("text/plain", body);
        call.send().await.expect("fine");
    }
    let seen: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| {
            let length = seen.header("content-length").map(str::to_owned);
            let coding = seen.header("transfer-encoding").map(str::to_owned);
            (seen.body.clone(), length.or(coding).unwrap_or_default())
        })
        .collect();
    let expected = [
        ("abc", "chunked"),
        ("abc", "3"),
        ("abc", "3"),
        ("", "0"),
        ("", "chunked"),
    ];
    assert_eq!(
        seen,
        expected.map(|(body, header)| (Bytes::from(body), header.to_owned()))
    );
}

#[tokio::test]
async fn a_body_has_to_have_its_length_and_its_source() {
    let server = Server::start(|_| json(200, "{}")).await;
    let items = |items: Vec<io::Result<&'static str>>| futures_util::stream::iter(items);
    let bodies = [
        (
            Body::sized(items(vec![Ok("abc")]), 4),
            "the body has fewer bytes than announced",
        ),
        (
            Body::sized(items(vec![Ok("ab"), Ok("cd")]), 3),
            "the body has more bytes than announced",
        ),
        (
            Body::from_stream(items(vec![Ok("ab"), Err(io::Error::other("no disk"))])),
            "no disk",
        ),
    ];
    for (body, cause) in bodies {
        let mut call = client(&server.url).call(&POST);
        call.body("text/plain", body);
        let error = call.send().await.expect_err(cause);
        let Error::Transport(failure) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(failure.kind(), TransportErrorKind::Body);
        assert!(
            error
                .to_string()
                .starts_with("`probe`: a body could not be read from its source ("),
            "{error}"
        );
        assert!(format!("{error:?}").contains(cause), "{error:?}");
    }
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    for (status, method, follows) in [
        (307, "POST", false),
        (308, "POST", false),
        (303, "GET", true),
    ] {
        let server = Server::start(move |seen| match seen.target.as_str() {
            "/post" => redirect(status, "/again"),
            _ => json(200, "{}"),
        })
        .await;
        let send = async |body: Body| {
            let mut call = client(&server.url).call(&POST);
            call.body("text/plain", body);
            call.send().await
        };
        assert_eq!(
            send(Body::from("in memory"))
                .await
                .expect("it is repeated")
                .status(),
            200
        );
        let [_, repeated] = &server.seen()[..] else {
            panic!("two requests")
        };
        assert_eq!(repeated.method, method);
        assert_eq!(repeated.body, if follows { "" } else { "in memory" });
        match send(body_of(["once"])).await {
            Ok(reply) => assert!(follows && reply.status() == 200),
            Err(Error::Redirect(error)) => {
                assert!(!follows);
                assert_eq!(error.reason(), RedirectReason::Body);
                assert!(
                    error
                        .to_string()
                        .ends_with("is not followed, since the body can be sent only once"),
                    "{error}"
                );
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_may_come_before_everything_is_sent() {
    let url = raw::serve(async |mut connection: Connection| {
        let answer = "HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno";
        connection.write(answer).await;
        tokio::time::sleep(Duration::from_secs(60)).await;
    })
    .await;
    let made = Arc::new(AtomicU64::new(0));
    let mut call = client(&url).call(&POST);
    call.body(
        "application/octet-stream",
        Body::sized(generated(MANY, &made), MANY),
    );
    let reply = call.send().await.expect("an answer");
    assert_eq!(reply.status(), 413);
    assert!(made.load(Ordering::SeqCst) < FEW);
}

#[tokio::test]
async fn a_connection_that_breaks_ends_the_stream() {
    let url = raw::serve(async |mut connection: Connection| {
        connection.write(chunked("application/zip")).await;
        connection.chunk("abc").await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    })
    .await;
    let mut file = open(&FILE, &url).await.into_body();
    assert_eq!(file.next().await.expect("a chunk").expect("fine"), "abc");
    let error = file
        .next()
        .await
        .expect("an error")
        .expect_err("it broke off");
    assert_eq!(error.kind(), TransportErrorKind::Broken);
    assert!(file.next().await.is_none());
    let error = Error::from(error);
    assert_eq!(
        error.to_string(),
        "the connection broke before the response was complete"
    );
}

#[tokio::test]
async fn only_the_pauses_of_a_stream_are_limited() {
    let url = raw::serve(async |mut connection: Connection| {
        connection.write(chunked("application/zip")).await;
        for _ in 0..6 {
            connection.chunk("abc").await;
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    })
    .await;
    let call = |operation| {
        let mut call = client(&url).call(operation);
        call.timeout(Duration::from_millis(250));
        call.send()
    };
    let reply = call(&FILE).await.expect("fine");
    let mut file = reply.body::<()>().expect("a stream").into_body();
    for _ in 0..6 {
        assert_eq!(file.next().await.expect("a chunk").expect("fine"), "abc");
    }
    let error = file
        .next()
        .await
        .expect("an error")
        .expect_err("it is silent");
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    let Error::Timeout(_) = Error::from(error) else {
        panic!("a time-out")
    };
    assert!(file.next().await.is_none());
    // What is collected has to be there in time as a whole.
    let error = call(&GET).await.expect_err("it takes longer");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn the_start_of_a_stream_is_waited_for_like_any_answer() {
    let url = raw::serve(async |_connection: Connection| {
        tokio::time::sleep(Duration::from_secs(60)).await;
    })
    .await;
    let mut call = client(&url).call(&FILE);
    call.timeout(Duration::from_millis(50));
    let error = call.send().await.expect_err("it waits");
    assert!(
        error.to_string().contains("50ms, see `.timeout(..)`"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_a_stream_depends_on_status_and_media_type() {
    let media_types = [
        "image/png",
        "IMAGE/PNG; x=y",
        "application/json",
        "image/svg+xml",
        "",
    ];
    for (operation, streamed) in [
        (&FILE, [true; 5]),
        (&PICTURE, [true, true, false, true, false]),
    ] {
        for (media_type, streamed) in media_types.into_iter().zip(streamed) {
            for status in [200, 201, 404] {
                let server =
                    Server::start(move |_| with_type(status, media_type, "0123456789")).await;
                let mut builder = builder(&server.url);
                builder.max_response_bytes(5);
                let answer = builder.build().expect("fine").call(operation).send().await;
                match answer {
                    Ok(reply) => {
                        assert!(streamed && status == 200, "{media_type} {status}");
                        let file = reply.body::<()>().expect("a stream").into_body();
                        let error = file
                            .bytes()
                            .await
                            .expect_err("the limit is for what is collected");
                        assert_eq!(error.kind(), TransportErrorKind::TooLarge);
                        assert_eq!(
                            error.to_string(),
                            "the body has more bytes than the client allows"
                        );
                    }
                    Err(Error::TooLarge(_)) => {
                        assert!(!streamed || status != 200, "{media_type} {status}");
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }
}

/// Whether an answer of a status and a media type is handed over as it comes.
async fn is_stream(operation: &'static Description, status: u16, media_type: &'static str) -> bool {
    let server = Server::start(move |_| with_type(status, media_type, "0123456789")).await;
    let mut builder = builder(&server.url);
    builder.max_response_bytes(5);
    let call = builder.build().expect("fine").call(operation);
    call.send().await.is_ok()
}

#[tokio::test]
async fn what_must_be_collected_is() {
    /// Files among other things, and whatever comes with another success.
    static MIXED: Description = Description {
        accept: &["application/xml", "application/json", "image/*", "*/*"],
        responses: &[(Status::Code(200), ""), (Status::Default, "")],
        ..streaming(
            "GET",
            &[
                (Status::Code(200), "image/*"),
                (Status::Code(200), "*"),
                (Status::Range(2), "*/*"),
            ],
        )
    };
    for (status, media_type, expected) in [
        (200, "image/png", true),
        (200, "application/zip", true),
        (200, "application/json", false),
        (200, "application/hal+json", false),
        // Is it XML or an image? Both readers can read what was collected.
        (200, "image/svg+xml", false),
        (201, "application/json", true),
        (201, "", true),
        (404, "image/png", false),
    ] {
        let found = is_stream(&MIXED, status, media_type).await;
        assert_eq!(found, expected, "{status} {media_type}");
    }
}

#[tokio::test]
async fn a_file_that_was_collected_is_one_all_the_same() {
    let server = Server::start(|_| with_type(201, "application/zip", "PK")).await;
    let reply = client(&server.url).call(&FILE).send().await.expect("fine");
    let file = reply
        .undocumented(RawResponse::body::<()>)
        .expect("as documented");
    assert_eq!((file.status().as_u16(), file.length()), (201, Some(2)));
    assert_eq!(file.into_body().bytes().await.expect("fine"), "PK");
}

#[tokio::test]
async fn a_stream_need_not_be_read() {
    let server = Server::start(|_| with_type(200, "application/zip", &"x".repeat(1_000_000))).await;
    let client = client(&server.url);
    for _ in 0..3 {
        let file = client
            .call(&FILE)
            .send()
            .await
            .expect("fine")
            .body::<()>()
            .expect("a stream");
        assert_eq!(
            format!("{:?}", file.body()),
            "Body(a stream of 1000000 bytes)"
        );
        drop(file);
    }
}

#[test]
fn bodies_can_be_sent_and_shared_between_threads() {
    fn check<T: Send + Sync + Unpin>() {}
    check::<Body>();
    check::<runtime::Events<String>>();
    check::<runtime::Lines<String>>();
    check::<runtime::File>();
    check::<runtime::Multipart>();
    // They are variants of enums, beside boxes.
    assert!(size_of::<runtime::Events<String>>() < 200);
    assert!(size_of::<runtime::Lines<String>>() < 200);
    assert!(size_of::<Body>() < 200 && size_of::<runtime::Multipart>() < 200);
}

/// A transport that is none of ours may answer with a stream of any kind.
#[tokio::test]
async fn errors_of_a_transport_keep_their_kind() {
    let double = Double::answering(|| {
        let error = runtime::TransportError::from(TransportErrorKind::Tls);
        http::Response::new(Body::from_stream(futures_util::stream::iter([
            Ok("a"),
            Err(error),
        ])))
    });
    let mut builder = builder("https://h");
    builder.transport(double);
    let error = builder
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect_err("it breaks");
    let Error::Transport(failure) = error else {
        panic!("{error}")
    };
    assert_eq!(failure.kind(), TransportErrorKind::Tls);
}

#[test]
fn blocking_calls_read_and_write() {
    let server_runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = server_runtime.block_on(Server::start(|seen| {
        with_type(
            200,
            "text/plain",
            std::str::from_utf8(&seen.body).expect("text"),
        )
    }));
    let text = "0123456789".repeat(50_000);
    let client = client(&server.url);
    let echo = || {
        static ECHO: Description = streaming("POST", &[(Status::Code(200), "*/*")]);
        let mut call = client.call(&ECHO);
        call.body(
            "text/plain",
            Body::from_reader(io::Cursor::new(text.clone().into_bytes())),
        );
        let answer: Result<Response<Body>, Error> =
            runtime::block_on(async { call.send().await?.body() });
        let mut read = String::new();
        let length = answer
            .expect("fine")
            .into_body()
            .reader()
            .read_to_string(&mut read);
        assert_eq!(length.expect("fine"), text.len());
        assert!(read == text);
    };
    echo();
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(async { echo() });
}
