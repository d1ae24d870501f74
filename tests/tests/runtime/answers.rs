//! Answers as servers give them: read, or a typed error that keeps status, headers and the first bytes.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::path::pollster;
use super::raw::{self, Connection, streaming};
use super::runtime::xml::{Content, Shape};
use super::runtime::{
    Body, Date, Decode, DecodeError, DecodeErrorKind, Description, Error, Maybe, RawResponse,
    Reader, Response, Status, Style,
};
use super::server::{Double, Server, with_type};
use super::{GET, builder, client};

fn reply(media_type: &str, body: impl Into<Bytes>) -> RawResponse {
    let mut headers = HeaderMap::new();
    if !media_type.is_empty() {
        headers.insert("content-type", media_type.parse().expect("a header"));
    }
    let mut response = http::Response::new(body.into());
    *response.headers_mut() = headers;
    RawResponse::new(&GET, response)
}

#[test]
fn the_media_type_that_fits_best() {
    let table: &[(&[&str], &str, usize)] = &[
        (&["application/json", "text/csv"], "text/csv", 1),
        (
            &["application/json", "text/csv"],
            "Text/CSV; charset=utf-8",
            1,
        ),
        (
            &["application/json", "text/csv"],
            "text/csv;header=present",
            1,
        ),
        (&["text/csv", "application/json"], "", 0),
        // What is JSON in another name.
        (
            &["text/csv", "application/json"],
            "application/problem+json",
            1,
        ),
        (
            &["text/csv", "application/vnd.x+json"],
            "application/json",
            1,
        ),
        (&["text/csv", "application/json"], "text/json", 1),
        (
            &["application/json", "application/problem+json"],
            "application/problem+json",
            1,
        ),
        (
            &["application/json", "application/xml"],
            "application/atom+xml",
            1,
        ),
        (
            &["application/json", "text/xml"],
            "application/xml; charset=utf-8",
            1,
        ),
        // Parameters, where nothing else tells.
        (
            &["application/json;v=1", "application/json;v=2"],
            "application/json; v=2",
            1,
        ),
        (
            &["application/json;v=1", "application/json;v=2"],
            "application/json; v=3",
            0,
        ),
        // Ranges come after what is exact, and after JSON for JSON.
        (&["*/*", "image/png"], "image/png", 1),
        (&["*/*", "image/*"], "image/gif", 0),
        (&["image/*", "application/json"], "image/gif", 0),
        (&["*/*", "application/json"], "application/hal+json", 1),
        (&["application/json", "*/*"], "application/zip", 1),
        // Text is text.
        (&["application/json", "text/plain"], "text/html", 1),
        (&["application/json", "text/event-stream"], "text/plain", 0),
        // Lines of JSON have many names.
        (
            &["application/json", "application/x-ndjson"],
            "application/jsonl",
            1,
        ),
        (
            &["application/json", "application/json-seq"],
            "application/geo+json-seq",
            1,
        ),
        // Nothing fits: the reader of JSON says so.
        (&["text/csv", "application/json"], "image/png", 1),
        (&["image/png", "text/csv"], "application/zip", 0),
        (&["application/json"], "nonsense", 0),
        (&[], "text/csv", 0),
    ];
    for (documented, actual, expected) in table {
        let chosen = reply(actual, "").choose(documented);
        assert_eq!(chosen, *expected, "{actual} of {documented:?}");
    }
}

#[test]
fn json_in_every_dress() {
    for media_type in [
        "",
        "application/json",
        "APPLICATION/JSON;charset=UTF-8",
        "application/vnd.api+json; v=1",
        "text/json",
    ] {
        for body in ["{\"a\":1}", " \r\n{\"a\":1}\n", "\u{FEFF}{\"a\":1}"] {
            let read: Response<Value> = reply(media_type, body).json().expect(media_type);
            assert_eq!(read.into_body(), json!({"a": 1}));
        }
    }
}

#[test]
fn what_is_not_as_documented_is_kept() {
    let cases = [
        (
            "text/html; charset=utf-8",
            "<html>",
            DecodeErrorKind::MediaType,
            "found a body of `text/html`",
        ),
        (
            "application/json",
            "",
            DecodeErrorKind::Empty,
            "found none: the body is empty",
        ),
        (
            "application/json",
            " \n",
            DecodeErrorKind::Empty,
            "found none: the body is empty",
        ),
        (
            "application/json",
            "{\"a\":",
            DecodeErrorKind::Syntax,
            "column 6)",
        ),
    ];
    for (media_type, body, kind, message) in cases {
        let error = reply(media_type, body).json::<Value, ()>().expect_err(body);
        assert!(error.to_string().ends_with(message), "{error}");
        let Error::Decode(error) = error else {
            panic!("{error}")
        };
        assert_eq!((error.error().kind(), error.status().as_u16()), (kind, 200));
        assert_eq!(error.headers()["content-type"], media_type);
        assert_eq!(error.body(), body);
    }
    let large = Bytes::from(vec![b'['; 1_000_000]);
    let Err(Error::Decode(error)) = reply("", large).json::<Value, ()>() else {
        panic!("no JSON")
    };
    assert_eq!(error.body().len(), 64 * 1024);
}

/// Reads a value in plain text.
fn scalar<T: Decode>(text: &str) -> Result<T, DecodeErrorKind> {
    let read: Result<Response<T>, Error> =
        reply("text/plain; charset=utf-8", text.to_owned()).scalar();
    match read {
        Ok(read) => Ok(read.into_body()),
        Err(Error::Decode(error)) => Err(error.error().kind()),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn values_in_plain_text() {
    assert_eq!(scalar::<i64>("42"), Ok(42));
    assert_eq!(scalar::<i64>(" 42\r\n"), Ok(42));
    assert_eq!(scalar::<f64>("1e3"), Ok(1000.0));
    assert_eq!(scalar::<bool>("true\n"), Ok(true));
    assert_eq!(scalar::<Option<bool>>("null"), Ok(None));
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    assert_eq!(
        scalar::<Uuid>(&format!("{id}\n")),
        Ok(id.parse().expect("an id"))
    );
    assert_eq!(
        scalar::<Uuid>(&format!("\"{id}\"")),
        Ok(id.parse().expect("an id"))
    );
    assert_eq!(
        scalar::<Date>("2024-02-29\n").expect("a date").as_str(),
        "2024-02-29"
    );
    assert_eq!(scalar::<Vec<i64>>("[1, 2]"), Ok(vec![1, 2]));
    assert_eq!(scalar::<Value>("{\"a\": 1}"), Ok(json!({"a": 1})));
    assert_eq!(scalar::<Value>("a word"), Ok(json!("a word")));
    // A string is the text itself, whatever it looks like.
    for text in ["", " x\n", "\"x\"", "null", "42"] {
        assert_eq!(scalar::<String>(text).as_deref(), Ok(text));
        assert_eq!(scalar::<Option<String>>(text), Ok(Some(text.to_owned())));
        assert_eq!(
            scalar::<Maybe<String>>(text),
            Ok(Maybe::Value(text.to_owned()))
        );
    }
    assert_eq!(scalar::<i64>(""), Err(DecodeErrorKind::Empty));
    assert_eq!(scalar::<i64>("x"), Err(DecodeErrorKind::Syntax));
    assert_eq!(scalar::<i64>("1.5"), Err(DecodeErrorKind::Type));
    assert_eq!(scalar::<()>(""), Ok(()));
}

#[test]
fn text_and_its_bytes() {
    let text = |media_type: &str, body: &'static [u8]| {
        let read: Result<Response<String>, Error> = reply(media_type, body).text();
        read.ok().map(Response::into_body)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(text("text/plain", "é".as_bytes()), some("é"));
    assert_eq!(text("text/plain", b"\xEF\xBB\xBFa"), some("a"));
    assert_eq!(text("text/plain", b"\xE9"), None);
    assert_eq!(text("text/plain; charset=ISO-8859-1", b"\xE9"), some("é"));
    assert_eq!(
        text("text/plain; x=y; Charset = \"latin1\"", b"\xE9"),
        some("é")
    );
    assert_eq!(text("text/plain; charset=utf-8", b"\xE9"), None);
    assert_eq!(text("", b""), some(""));
}

/// What a server answers, and what `json` makes of it.
async fn answered(answer: &'static str) -> Result<Response<Option<Value>>, Error> {
    let url = raw::serve(move |mut connection: Connection| async move {
        connection.write(answer).await;
    })
    .await;
    client(&url).call(&GET).send().await?.json()
}

#[tokio::test]
async fn no_content_has_none() {
    // RFC 9110, section 15.3.5: what follows the headers is no body, whatever they say.
    let url = raw::serve(async |mut connection: Connection| {
        connection
            .write("HTTP/1.1 204 No Content\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nbye!")
            .await;
    })
    .await;
    let client = client(&url);
    for _ in 0..2 {
        let reply = client.call(&GET).send().await.expect("fine");
        let read: Response<()> = reply.empty().expect("nothing");
        assert_eq!((read.status().as_u16(), read.raw_body().len()), (204, 0));
    }
}

#[tokio::test]
async fn bodies_of_every_length() {
    let fine = [
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx-trailer: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nCONTENT-TYPE: Application/Json\r\nconnection: close\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\n\r\n{}",
    ];
    for answer in fine {
        let read = answered(answer).await.expect(answer);
        assert_eq!(read.into_body(), Some(json!({})), "{answer}");
    }
    let empty = answered("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let Err(Error::Decode(error)) = empty else {
        panic!("{empty:?}")
    };
    assert_eq!(error.error().kind(), DecodeErrorKind::Empty);
}

/// `"compressed"`, by the format of each: a stored block (RFC 1952), a raw block (RFC 8878, section 3.1), an
/// uncompressed meta-block (RFC 7932, section 9.2).
const COMPRESSED: [(&str, &[u8]); 3] = [
    (
        "gzip",
        b"\x1F\x8B\x08\0\0\0\0\0\0\xFF\x01\x0C\0\xF3\xFF\"compressed\"\xA5\xF7\xA2\x19\x0C\0\0\0",
    ),
    ("zstd", b"\x28\xB5\x2F\xFD\x20\x0C\x61\0\0\"compressed\""),
    ("br", b"\xB0\0\x10\"compressed\"\x03"),
];

fn compressed(coding: &str, body: impl Into<Bytes>) -> axum::response::Response {
    axum::response::Response::builder()
        .header("content-type", "application/json")
        .header("content-encoding", coding)
        .body(axum::body::Body::from(body.into()))
        .expect("an answer")
}

#[tokio::test]
async fn compressed_answers() {
    static STREAM: Description = streaming("GET", &[(Status::Code(200), "*/*")]);
    for (coding, bytes) in COMPRESSED {
        let server = Server::start(move |_| compressed(coding, bytes)).await;
        let client = client(&server.url);
        let read: Response<String> = client
            .call(&GET)
            .send()
            .await
            .expect("fine")
            .json()
            .expect(coding);
        assert_eq!(read.into_body(), "compressed");
        let file: Response<super::runtime::Body> = client
            .call(&STREAM)
            .send()
            .await
            .expect("fine")
            .body()
            .expect("fine");
        assert_eq!(
            file.into_body().bytes().await.expect(coding),
            "\"compressed\""
        );
        let accepted = server.seen()[0]
            .header("accept-encoding")
            .expect("all of them")
            .to_owned();
        assert!(accepted.split(',').any(|it| it == coding), "{accepted}");
    }
}

#[tokio::test]
async fn what_is_unpacked_counts() {
    // Two thousand blocks of 128 KiB each, in which a byte repeats (RFC 8878, section 3.1.1.2.2).
    let mut bomb = b"\x28\xB5\x2F\xFD\x00\x58".to_vec();
    for _ in 0..2000 {
        bomb.extend(b"\x02\x00\x10 ");
    }
    bomb.extend(b"\x01\0\0");
    let server = Server::start(move |_| compressed("zstd", bomb.clone())).await;
    let mut settings = builder(&server.url);
    settings.max_response_bytes(1_000_000);
    let error = settings
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect_err("it is too large");
    assert!(matches!(error, Error::TooLarge(_)), "{error}");
}

#[tokio::test]
async fn broken_compression() {
    let server = Server::start(|_| compressed("gzip", "\x1F nothing")).await;
    let error = client(&server.url)
        .call(&GET)
        .send()
        .await
        .expect_err("it is broken");
    assert!(matches!(error, Error::Transport(_)), "{error}");
    // What the client does not know stays as it is, and is not JSON.
    let server = Server::start(|_| compressed("compress", "x")).await;
    let reply = client(&server.url).call(&GET).send().await.expect("fine");
    let Err(Error::Decode(error)) = reply.json::<Value, ()>() else {
        panic!("no JSON")
    };
    assert_eq!(error.headers()["content-encoding"], "compress");
}

#[tokio::test]
async fn media_types_that_are_not_documented() {
    let server = Server::start(|_| with_type(200, "text/html", "<html>maintenance")).await;
    let reply = client(&server.url).call(&GET).send().await.expect("fine");
    assert_eq!(reply.choose(&["text/csv", "application/json"]), 0);
    let reply = client(&server.url).call(&GET).send().await.expect("fine");
    assert_eq!(reply.choose(&["image/png", "application/json"]), 1);
    let Err(Error::Decode(error)) = reply.json::<Value, ()>() else {
        panic!("no JSON")
    };
    assert_eq!(error.body(), "<html>maintenance");
}

/// An answer with a line for each of the values of a header.
fn with_lines(name: &'static str, lines: &[&[u8]]) -> Response<()> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(name, HeaderValue::from_bytes(line).expect("a header"));
    }
    Response::new(StatusCode::OK, headers, ())
}

#[test]
fn a_header_as_text_and_as_a_list() {
    let expires = "sid=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT";
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    // A header, its lines, its text, and its items.
    let table: &[(&'static str, &[&str], &str, &[&str])] = &[
        ("set-cookie", &[expires], expires, &[expires]),
        (
            "set-cookie",
            &[expires, "b=2, 3"],
            "sid=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT\nb=2, 3",
            &[expires, "b=2, 3"],
        ),
        (
            "link",
            &[
                r#"<https://h/?a=1,2>; rel="next, last"; title="a \", b",</b,c>;rel=x"#,
                "</c>",
            ],
            r#"<https://h/?a=1,2>; rel="next, last"; title="a \", b",</b,c>;rel=x, </c>"#,
            &[
                r#"<https://h/?a=1,2>; rel="next, last"; title="a \", b""#,
                "</b,c>;rel=x",
                "</c>",
            ],
        ),
        (
            "x-list",
            &["a, b,,c ", "d"],
            "a, b,,c, d",
            &["a", "b", "c", "d"],
        ),
        (
            "x-list",
            &[r#""a, b", W/"c,d""#],
            r#""a, b", W/"c,d""#,
            &[r#""a, b""#, r#"W/"c,d""#],
        ),
        // What is never closed is no quote.
        (
            "x-list",
            &[r#"a", "b, c"#],
            r#"a", "b, c"#,
            &[r#"a""#, r#""b"#, "c"],
        ),
        ("x-list", &["<a, b"], "<a, b", &["<a", "b"]),
        (
            "x-list",
            &[r#"5" disk, 3" disk"#],
            r#"5" disk, 3" disk"#,
            &[r#"5" disk"#, r#"3" disk"#],
        ),
        ("x-list", &[""], "", &[]),
        ("expires", &[date], date, &[date]),
        (
            "x-dates",
            &["Sun, 06 Nov 1994 08:49:37 GMT, Sunday, 06-Nov-94 08:49:37 GMT, sun, moon"],
            "Sun, 06 Nov 1994 08:49:37 GMT, Sunday, 06-Nov-94 08:49:37 GMT, sun, moon",
            &[date, "Sunday, 06-Nov-94 08:49:37 GMT", "sun", "moon"],
        ),
        ("location", &["/a,b"], "/a,b", &["/a,b"]),
        (
            "www-authenticate",
            &[
                r#"Basic realm="a, b", charset="UTF-8", Negotiate YWI9, Digest realm=x,nonce = "y""#,
                "Bearer",
            ],
            r#"Basic realm="a, b", charset="UTF-8", Negotiate YWI9, Digest realm=x,nonce = "y", Bearer"#,
            &[
                r#"Basic realm="a, b", charset="UTF-8""#,
                "Negotiate YWI9",
                r#"Digest realm=x, nonce = "y""#,
                "Bearer",
            ],
        ),
    ];
    for (name, lines, text, items) in table {
        let lines: Vec<&[u8]> = lines.iter().map(|it| it.as_bytes()).collect();
        let response = with_lines(name, &lines);
        let whole = response.header::<String>(name).expect("text");
        assert_eq!(whole.as_deref(), Some(*text));
        let list = response.header::<Vec<String>>(name).expect("a list");
        assert_eq!(
            list,
            Some(items.iter().map(|it| (*it).to_owned()).collect())
        );
    }
    let response = with_lines("x-a", &[]);
    assert_eq!(response.header::<String>("x-a"), Ok(None));
}

#[test]
fn a_header_in_another_style() {
    let text = |response: &Response<()>, style| response.styled_header::<String>("x-a", style);
    let json = with_lines("x-a", &[br#""a, b""#]);
    assert_eq!(text(&json, Style::JSON), Ok(Some("a, b".to_owned())));
    let plain = with_lines("x-a", &[b"a, b"]);
    assert_eq!(text(&plain, Style::JSON), Ok(Some("a, b".to_owned())));
    let list =
        |text: &[u8], style| with_lines("x-a", &[text]).styled_header::<Vec<String>>("x-a", style);
    let expected = || Ok(Some(vec!["a,b".to_owned(), "c".to_owned()]));
    assert_eq!(list(b"a,b|c", Style::PIPE_DELIMITED), expected());
    assert_eq!(list(b"a,b c", Style::SPACE_DELIMITED), expected());
    assert_eq!(list(b"a,b\tc", Style::TAB_DELIMITED), expected());
}

#[test]
fn a_header_that_is_not_ascii() {
    let text = |line: &[u8]| with_lines("x-a", &[line]).header::<String>("x-a");
    assert_eq!(text("Zürich".as_bytes()), Ok(Some("Zürich".to_owned())));
    assert_eq!(text(b"Z\xFCrich"), Ok(Some("Zürich".to_owned())));
}

/// A value of half a kilobyte, of which JSON needs two bytes.
#[derive(Debug)]
struct Wide([u64; 64]);

impl Decode for Wide {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.marker()?;
        Ok(Self([0; 64]))
    }
}

/// An answer to a client that takes bodies of so many bytes.
fn limited(bytes: usize, media_type: &'static str, body: &str) -> RawResponse {
    let body = body.to_owned();
    let double = Double::answering(move || {
        let mut answer = http::Response::new(Body::from(body.clone()));
        let media_type = HeaderValue::from_static(media_type);
        answer.headers_mut().insert("content-type", media_type);
        answer
    });
    let mut builder = builder("https://h");
    builder.transport(double);
    builder.max_response_bytes(bytes);
    let call = builder.build().expect("fine").call(&GET);
    pollster(call.send()).expect("it fits")
}

#[test]
fn a_small_body_cannot_become_a_large_value() {
    const JSON: &str = "application/json";
    const MIB: usize = 1024 * 1024;
    fn fault<T: Decode + std::fmt::Debug>(reply: RawResponse) -> DecodeError {
        let error = reply.json::<T, ()>().expect_err("it takes too much");
        let Error::Decode(error) = error else {
            panic!("{error}")
        };
        error.error().clone()
    }
    let list = |item: &str| format!("[{}]", vec![item; 60_000].join(","));
    let wide = list("{}");
    let error = fault::<Vec<Wide>>(limited(MIB, JSON, &wide));
    assert_eq!(error.kind(), DecodeErrorKind::Memory);
    let text = error.to_string();
    assert!(text.starts_with("$["), "{text}");
    assert!(
        text.contains("expected values that take at most 16777216 bytes of memory, found more"),
        "{text}"
    );
    // Other limits, other values.
    let read = limited(4 * MIB, JSON, &wide).json::<Vec<Wide>, ()>();
    let read = read.expect("it fits").into_body();
    assert!(read.len() == 60_000 && read[0].0[63] == 0);
    for error in [
        fault::<Vec<Box<Wide>>>(limited(MIB, JSON, &wide)),
        fault::<Vec<BTreeMap<String, i64>>>(limited(MIB, JSON, &list("{\"a\":1}"))),
        fault::<Value>(limited(MIB, JSON, &list("{\"a\":1}"))),
        fault::<BTreeMap<String, Wide>>(limited(MIB, JSON, &{
            let properties = (0..60_000).map(|at| format!("\"{at}\":{{}}"));
            format!("{{{}}}", properties.collect::<Vec<_>>().join(","))
        })),
    ] {
        assert_eq!(error.kind(), DecodeErrorKind::Memory, "{error}");
    }
    // What is dropped takes nothing.
    let mut reader = Reader::new(wide.as_bytes());
    for _ in 0..20 {
        let mark = reader.mark();
        let read = reader.read::<Vec<Wide>>();
        assert_eq!(read.expect("it fits").len(), 60_000);
        reader.rewind(&mark);
    }
}

#[test]
fn a_small_document_cannot_become_a_large_value() {
    static ITEM: Shape = Shape::element("b", Content::Any);
    let xml = format!("<a>{}</a>", "<b/>".repeat(60_000));
    let shape = Shape::keyed(Content::List(&ITEM));
    let read = |bytes| limited(bytes, "application/xml", &xml).xml::<Vec<Value>, ()>(&shape);
    let read_within = |mib: usize| read(mib * 1024 * 1024);
    let Err(Error::Decode(error)) = read_within(1) else {
        panic!("it takes too much")
    };
    assert_eq!(error.error().kind(), DecodeErrorKind::Memory);
    assert_eq!(read_within(4).expect("it fits").len(), 60_000);
}
