//! Server-sent events, by the examples of the HTML Standard (section 9.2.6) and however they are cut.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::path::pollster;
use super::raw::{self, Connection, body_of, chunked, streaming};
use super::runtime::{Decode, Description, Error, Event, Events, Status, TransportErrorKind};
use super::server::{Double, Server, with_type};
use super::{builder, client};

static EVENTS: Description = streaming("GET", &[(Status::Code(200), "text/event-stream")]);

/// Opens a stream that comes in these chunks, with no event larger than `limit`.
fn open<T: Decode>(chunks: Vec<Vec<u8>>, limit: usize) -> Events<T> {
    let double = Double::answering(move || {
        let mut answer = http::Response::new(body_of(chunks.clone()));
        let media_type = "text/event-stream; charset=utf-8"
            .parse()
            .expect("a header");
        answer.headers_mut().insert("content-type", media_type);
        answer
    });
    let mut builder = builder("https://h");
    builder.transport(double);
    builder.max_response_bytes(limit);
    let client = builder.build().expect("fine");
    let reply = pollster(client.call(&EVENTS).send()).expect("fine");
    reply.events::<T, ()>().expect("a stream").into_body()
}

/// Reads all events.
fn all<T: Decode>(mut events: Events<T>) -> Vec<Result<Event<T>, Error>> {
    pollster(async {
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            all.push(event);
        }
        all
    })
}

/// What an event says: its type, its data and its id.
type Said = (String, String, Option<String>);

fn said(chunks: Vec<Vec<u8>>) -> Vec<Said> {
    let events = all(open::<String>(chunks, usize::MAX)).into_iter();
    events
        .map(|event| event.expect("text"))
        .map(|event| (event.event, event.data, event.id))
        .collect()
}

fn whole(stream: &str) -> Vec<Said> {
    said(vec![stream.as_bytes().to_vec()])
}

fn message(data: &str, id: Option<&str>) -> Said {
    ("message".to_owned(), data.to_owned(), id.map(str::to_owned))
}

#[test]
fn the_examples_of_the_standard() {
    let stock = "data: YHOO\ndata: +2\ndata: 10\n\n";
    assert_eq!(whole(stock), [message("YHOO\n+2\n10", None)]);
    let blocks = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    assert_eq!(
        whole(blocks),
        [
            message("first event", Some("1")),
            message("second event", None),
            message(" third event", None),
        ]
    );
    let empty = "data\n\ndata\ndata\n\ndata:";
    assert_eq!(whole(empty), [message("", None), message("\n", None)]);
    let spaces = "data:test\n\ndata: test\n\n";
    assert_eq!(
        whole(spaces),
        [message("test", None), message("test", None)]
    );
    let named = "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n";
    let typed = |event: &str, data: &str| (event.to_owned(), data.to_owned(), None);
    assert_eq!(
        whole(named),
        [typed("add", "73857293"), typed("remove", "2153")]
    );
}

#[test]
fn fields() {
    let cases: &[(&str, &[Said])] = &[
        ("", &[]),
        ("\u{FEFF}data: a\n\n", &[message("a", None)]),
        // Only the first byte order mark is none of the text.
        ("data: a\n\n\u{FEFF}data: b\n\n", &[message("a", None)]),
        (
            "data: a\r\rdata: b\r\n\r\ndata: c\n\n",
            &[message("a", None), message("b", None), message("c", None)],
        ),
        (
            "id: 7\n\ndata: a\n\ndata: b\n\n",
            &[message("a", Some("7")), message("b", Some("7"))],
        ),
        ("id: a\0b\ndata: a\n\n", &[message("a", None)]),
        ("event: x\n\ndata: a\n\n", &[message("a", None)]),
        ("event: x\nevent:\ndata: a\n\n", &[message("a", None)]),
        ("Data: a\ndata : b\nfield: c\n\n", &[]),
        ("data: a: b\ndata:\tc\n\n", &[message("a: b\n\tc", None)]),
        ("data: a\n", &[]),
    ];
    for (stream, expected) in cases {
        assert_eq!(&whole(stream), expected, "{stream:?}");
    }
    let broken = said(vec![b"data: \xFF\n\n".to_vec()]);
    assert_eq!(broken, [message("\u{FFFD}", None)]);
}

#[test]
fn the_time_to_wait() {
    let stream = "data: a\n\nretry: 1500\n\ndata: b\n\nretry: 1s\ndata: c\n\nretry:\ndata: d\n\n";
    let events = all(open::<String>(vec![stream.as_bytes().to_vec()], usize::MAX));
    let retries: Vec<_> = events
        .into_iter()
        .map(|event| event.expect("text").retry)
        .collect();
    let wait = Some(Duration::from_millis(1500));
    assert_eq!(retries, [None, wait, wait, wait]);
}

/// Values from data; errors as text.
fn values(stream: &str) -> Vec<Result<Value, String>> {
    let events = all(open::<Value>(vec![stream.as_bytes().to_vec()], usize::MAX));
    let value = |event: Result<Event<Value>, Error>| match event {
        Ok(event) => Ok(event.data),
        Err(error) => Err(error.to_string()),
    };
    events.into_iter().map(value).collect()
}

#[test]
fn data_is_json_where_a_value_is_expected() {
    let stream = "data: {\"a\":\ndata: [1]}\n\ndata: word\n\ndata: [DONE]\n\ndata: 2\n\n";
    assert_eq!(values(stream), [Ok(json!({"a": [1]})), Ok(json!("word"))]);
    assert_eq!(
        whole("data: [DONE]\n\ndata: \"x\"\n\n"),
        [message("[DONE]", None), message("\"x\"", None)]
    );
}

#[test]
fn a_faulty_event_is_not_the_end() {
    let stream = "data: {\"a\": SECRET}\n\ndata: 1\n\n";
    let mut events = all(open::<Vec<i64>>(
        vec![b"data: [1]\n\ndata: {\"a\": 1}\n\ndata: [2]\n\n".to_vec()],
        usize::MAX,
    ))
    .into_iter();
    assert_eq!(events.next().expect("one").expect("fine").data, [1]);
    let error = events.next().expect("an error").expect_err("no array");
    assert_eq!(
        error.to_string(),
        "`probe`: the response (200) is not as documented: $: expected an array, found an object (line 1, column 1)"
    );
    let Error::Decode(unreadable) = &error else {
        panic!("{error}")
    };
    assert_eq!(unreadable.body(), r#"{"a": 1}"#);
    assert!(unreadable.headers().contains_key("content-type"));
    assert_eq!(events.next().expect("one more").expect("fine").data, [2]);
    assert!(events.next().is_none());
    let error = all(open::<i64>(vec![stream.as_bytes().to_vec()], usize::MAX)).remove(0);
    assert!(!format!("{:?}", error.expect_err("no number")).contains("SECRET"));
}

#[test]
fn an_event_has_a_size() {
    let long = format!("data: {}\n\n", "x".repeat(100));
    let lines = "data: 1234567890\n".repeat(20) + "\n";
    let comment = format!(": {}\ndata: a\n\n", "x".repeat(100));
    for (stream, cut) in [(&long, 1), (&long, 1000), (&lines, 7), (&comment, 7)] {
        let stream = format!("data: a\n\n{stream}data: b\n\n");
        let chunks = stream.as_bytes().chunks(cut).map(<[u8]>::to_vec).collect();
        let mut events = all(open::<String>(chunks, 50)).into_iter();
        assert_eq!(events.next().expect("one").expect("fine").data, "a");
        let error = events
            .next()
            .expect("an error")
            .expect_err("it is too large");
        let Error::TooLarge(error) = error else {
            panic!("{error}")
        };
        assert_eq!((error.limit(), error.status().as_u16()), (50, 200));
        assert!(events.next().is_none());
    }
    // The stream has none.
    let many = "data: 1234567890\n\n".repeat(100);
    assert_eq!(all(open::<String>(vec![many.into_bytes()], 50)).len(), 100);
}

/// Everything that matters about the places where a stream can be cut.
const DIVERSE: &str = "\u{FEFF}: é\r\ndata: a\r\ndata: ü€😀\r\revent: x\rid: 1\ndata: b\n\nretry: 10\r\n\r\n\r\ndata\rdata:\r\ndata: c\n\r\n";

#[test]
fn events_may_be_cut_anywhere() {
    let expected = whole(DIVERSE);
    assert_eq!(expected.len(), 3);
    let bytes = DIVERSE.as_bytes();
    for cut in 0..=bytes.len() {
        let (start, end) = bytes.split_at(cut);
        assert_eq!(
            said(vec![start.to_vec(), end.to_vec()]),
            expected,
            "after {cut} bytes"
        );
    }
    assert_eq!(
        said(bytes.chunks(1).map(<[u8]>::to_vec).collect()),
        expected
    );
}

/// Events by the book: the whole stream at once, line by line.
fn by_the_book(stream: &str) -> Vec<Said> {
    let stream = stream.strip_prefix('\u{FEFF}').unwrap_or(stream);
    let lines = stream.replace("\r\n", "\n").replace('\r', "\n");
    // What comes after the last line end is no line.
    let lines = lines.rsplit_once('\n').map_or("", |(lines, _)| lines);
    let (mut events, mut id) = (Vec::new(), String::new());
    let (mut kind, mut data) = (String::new(), Vec::new());
    for line in lines.split('\n') {
        match line.split_once(':').unwrap_or((line, "")) {
            _ if line.is_empty() => {
                let kind = std::mem::take(&mut kind);
                let lines: Vec<String> = std::mem::take(&mut data);
                if !lines.is_empty() {
                    let kind = if kind.is_empty() {
                        "message".to_owned()
                    } else {
                        kind
                    };
                    let id = Some(id.clone()).filter(|id| !id.is_empty());
                    events.push((kind, lines.join("\n"), id));
                }
            }
            ("event", value) => value
                .strip_prefix(' ')
                .unwrap_or(value)
                .clone_into(&mut kind),
            ("id", value) => value.strip_prefix(' ').unwrap_or(value).clone_into(&mut id),
            ("data", value) => data.push(value.strip_prefix(' ').unwrap_or(value).to_owned()),
            _ => {}
        }
    }
    events
}

proptest! {
    #[test]
    fn any_stream_is_read_by_the_book(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("data"), Just("event"), Just("id"), Just("retry"), Just(":"), Just(" "), Just("\n"), Just("\r"),
                Just("\r\n"), Just("\n\n"), Just("x"), Just("é😀"), Just("data: a\n"), Just("\u{FEFF}")
            ],
            0..60,
        ),
        cuts in prop::collection::vec(1_usize..9, 1..20),
    ) {
        let stream = pieces.concat();
        let mut rest = stream.as_bytes();
        let mut chunks = Vec::new();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() { break }
            let (chunk, after) = rest.split_at((*cut).min(rest.len()));
            chunks.push(chunk.to_vec());
            rest = after;
        }
        prop_assert_eq!(said(chunks), by_the_book(&stream));
    }
}

#[test]
fn other_media_types() {
    for media_type in [
        "",
        "text/event-stream",
        "Text/Event-Stream;charset=utf-8",
        "text/plain",
        "application/json",
        "text/html",
    ] {
        let double = Double::answering(move || {
            let mut answer = http::Response::new("data: a\n\n".into());
            if !media_type.is_empty() {
                answer
                    .headers_mut()
                    .insert("content-type", media_type.parse().expect("a header"));
            }
            answer
        });
        let mut builder = builder("https://h");
        builder.transport(double);
        let reply = pollster(builder.build().expect("fine").call(&EVENTS).send()).expect("fine");
        match reply.events::<String, ()>() {
            Ok(events) => assert_eq!(all(events.into_body()).len(), 1, "{media_type}"),
            Err(error) => {
                assert!(
                    ["application/json", "text/html"].contains(&media_type),
                    "{media_type}"
                );
                let expected =
                    format!("expected server-sent events, found a body of `{media_type}`");
                assert!(error.to_string().ends_with(&expected), "{error}");
                let Error::Decode(error) = error else {
                    panic!("{error}")
                };
                assert_eq!(error.body(), "data: a\n\n");
            }
        }
    }
}

#[tokio::test]
async fn events_come_when_they_are_sent_and_may_keep_one_waiting() {
    let url = raw::serve(async |mut connection: Connection| {
        connection.write(chunked("text/event-stream")).await;
        for piece in ["data: 1\n", "\nda", "ta: 2\r", "\n\r\ndata: 3"] {
            connection.chunk(piece).await;
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    })
    .await;
    let mut call = client(&url).call(&EVENTS);
    call.timeout(Duration::from_millis(100));
    let reply = call.send().await.expect("fine");
    let mut events = reply.events::<i64, ()>().expect("a stream").into_body();
    for expected in [1, 2] {
        assert_eq!(
            events.next().await.expect("an event").expect("fine").data,
            expected
        );
    }
    let error = events
        .next()
        .await
        .expect("an error")
        .expect_err("it broke off");
    let Error::Transport(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.kind(), TransportErrorKind::Broken);
    let expected =
        format!("`probe`: the connection broke before the response was complete ({url})");
    assert_eq!(error.to_string(), expected);
    assert!(events.next().await.is_none());
}

#[test]
fn events_can_be_iterated_over() {
    let server_runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = server_runtime.block_on(Server::start(|_| {
        with_type(
            200,
            "text/event-stream",
            "data: 1\n\ndata: x\n\ndata: 2\n\n",
        )
    }));
    let client = client(&server.url);
    let read = || {
        let reply = super::runtime::block_on(client.call(&EVENTS).send()).expect("fine");
        let events = reply.events::<i64, ()>().expect("a stream").into_body();
        let read = events
            .blocking()
            .map(|event| event.ok().map(|event| event.data));
        assert_eq!(read.collect::<Vec<_>>(), [Some(1), None, Some(2)]);
    };
    read();
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(async { read() });
}
