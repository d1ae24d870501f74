//! JSON texts, one after the other: as lines, and as records (RFC 7464).

use bytes::Bytes;
use serde_json::{Value, json};

use super::path::pollster;
use super::raw::{self, Connection, body_of, chunked, streaming};
use super::runtime::{Decode, Description, Error, Lines, Status};
use super::server::Double;
use super::{POST, builder, client};

static LINES: Description = streaming("GET", &[(Status::Code(200), "application/x-ndjson")]);

fn open<T: Decode>(
    media_type: &'static str,
    chunks: Vec<Vec<u8>>,
    limit: usize,
) -> Result<Lines<T>, Error> {
    let double = Double::answering(move || {
        let mut answer = http::Response::new(body_of(chunks.clone()));
        if !media_type.is_empty() {
            answer
                .headers_mut()
                .insert("content-type", media_type.parse().expect("a header"));
        }
        answer
    });
    let mut builder = builder("https://h");
    builder.transport(double);
    builder.max_response_bytes(limit);
    let reply = pollster(builder.build()?.call(&LINES).send())?;
    Ok(reply.lines::<T, ()>()?.into_body())
}

fn all<T: Decode>(mut lines: Lines<T>) -> Vec<Result<T, Error>> {
    pollster(async {
        let mut all = Vec::new();
        while let Some(line) = lines.next().await {
            all.push(line);
        }
        all
    })
}

/// The values of a body, however it is cut; what is no value is `None`.
fn values(media_type: &'static str, body: &[u8]) -> Vec<Option<Value>> {
    let read = |chunks: Vec<Vec<u8>>| -> Vec<Option<Value>> {
        let lines = open(media_type, chunks, usize::MAX).expect("a stream");
        all(lines).into_iter().map(Result::ok).collect()
    };
    let values = read(vec![body.to_vec()]);
    for cut in 0..body.len() {
        let (start, end) = body.split_at(cut);
        assert_eq!(
            read(vec![start.to_vec(), end.to_vec()]),
            values,
            "after {cut} bytes"
        );
    }
    assert_eq!(read(body.chunks(1).map(<[u8]>::to_vec).collect()), values);
    values
}

#[test]
fn lines() {
    let one_two = || vec![Some(json!({"a": 1})), Some(json!([2]))];
    for body in [
        "{\"a\":1}\n[2]\n",
        "{\"a\":1}\r\n[2]\r\n",
        "{\"a\":1}\n[2]",
        "\n\n{\"a\":1}\n \r\n\n [2] \n\n",
        "\u{FEFF}{\"a\":1}\n[2]\n",
    ] {
        assert_eq!(
            values("application/x-ndjson", body.as_bytes()),
            one_two(),
            "{body:?}"
        );
    }
    assert_eq!(values("application/jsonl", b""), []);
    assert_eq!(
        values("application/jsonl", b"1\n{\n\"x\n2\n"),
        [Some(json!(1)), None, None, Some(json!(2))]
    );
}

#[test]
fn records() {
    // RFC 7464, section 2: what is cut off is left out, and what follows is read.
    let records = b"\x1E{\"a\":\n 1}\n\x1E\x1E\n\x1E{\"a\x1E\"b\"\n\x1E[2]";
    assert_eq!(
        values("application/json-seq", records),
        [
            Some(json!({"a": 1})),
            None,
            Some(json!("b")),
            Some(json!([2]))
        ]
    );
    // Section 2.4: a number at the end of a record may be half of one.
    assert_eq!(
        values(
            "application/geo+json-seq",
            b"\x1E12\x1E12\n\x1Etrue\x1Etrue "
        ),
        [None, Some(json!(12)), None, Some(json!(true))]
    );
}

#[test]
fn media_types_of_lines() {
    for (media_type, fits) in [
        ("", true),
        ("application/x-ndjson; charset=utf-8", true),
        ("application/jsonl", true),
        ("application/json-seq", true),
        ("application/json", true),
        ("text/plain", true),
        ("text/html", false),
        ("application/xml", false),
    ] {
        match open::<Value>(media_type, vec![b"1\n2\n".to_vec()], usize::MAX) {
            Ok(lines) => assert_eq!((all(lines).len(), fits), (2, true), "{media_type}"),
            Err(error) => {
                assert!(!fits, "{media_type}");
                let expected = format!("expected lines of JSON, found a body of `{media_type}`");
                assert!(error.to_string().ends_with(&expected), "{error}");
            }
        }
    }
}

#[test]
fn a_line_has_a_size() {
    let body = format!("1\n\"{}\"\n2\n", "x".repeat(100)).into_bytes();
    for cut in [1, 1000] {
        let chunks = body.chunks(cut).map(<[u8]>::to_vec).collect();
        let mut lines =
            all(open::<Value>("application/jsonl", chunks, 50).expect("a stream")).into_iter();
        assert!(matches!(lines.next(), Some(Ok(_))));
        assert!(matches!(lines.next(), Some(Err(Error::TooLarge(_)))));
        assert!(lines.next().is_none());
    }
}

#[tokio::test]
async fn a_broken_connection_is_the_last_error() {
    let url = raw::serve(async |mut connection: Connection| {
        connection.write(chunked("application/x-ndjson")).await;
        connection.chunk("1\n2").await;
    })
    .await;
    let reply = client(&url).call(&LINES).send().await.expect("fine");
    let mut lines = reply.lines::<i64, ()>().expect("a stream").into_body();
    assert_eq!(lines.next().await.expect("a line").expect("fine"), 1);
    let error = lines
        .next()
        .await
        .expect("an error")
        .expect_err("it broke off");
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(lines.next().await.is_none());
}

#[test]
fn lines_are_sent() {
    let sent = |media_type: &'static str| {
        let double = Double::new();
        let mut builder = builder("https://h");
        builder.transport(double.clone());
        let mut call = builder.build().expect("fine").call(&POST);
        call.lines(media_type, &[json!({"a": "x\ny"}), json!(1)]);
        pollster(call.send()).expect("fine");
        let request = double.only();
        assert_eq!(request.headers()["content-type"], media_type);
        request.body().as_bytes().cloned().expect("it is in memory")
    };
    assert_eq!(sent("application/jsonl"), "{\"a\":\"x\\ny\"}\n1\n");
    assert_eq!(
        sent("application/json-seq"),
        Bytes::from("\x1E{\"a\":\"x\\ny\"}\n\x1E1\n")
    );
    let mut call = client("https://h").call(&POST);
    call.lines("application/jsonl", &[1.0, f64::NAN]);
    assert!(matches!(pollster(call.send()), Err(Error::Encode(_))));
}
