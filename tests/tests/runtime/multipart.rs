//! Bodies of several parts, as software that is not ours reads them, and byte by byte.

use std::collections::BTreeMap;
use std::io;

use bytes::Bytes;
use http::Request;
use proptest::prelude::*;
use serde_json::json;

use super::path::pollster;
use super::raw::body_of;
use super::runtime::{Body, Error, File, Maybe, Multipart, Part, Style};
use super::server::{Double, Server, json};
use super::{POST, builder, client};

/// Sends a form to a transport that keeps it.
fn sent(media_type: &'static str, form: Multipart) -> Result<Request<Body>, Error> {
    let double = Double::new();
    let mut builder = builder("https://h");
    builder.transport(double.clone());
    let mut call = builder.build()?.call(&POST);
    call.multipart(media_type, form);
    pollster(call.send())?;
    Ok(double.only())
}

fn boundary(request: &Request<Body>) -> String {
    let media_type = request.headers()["content-type"].to_str().expect("text");
    let (_, boundary) = media_type.split_once("boundary=").expect("a boundary");
    boundary.to_owned()
}

/// The body as text, with the boundary as `B`.
fn text(form: Multipart) -> String {
    let request = sent("multipart/form-data", form).expect("fine");
    let body = request.body().as_bytes().expect("it is in memory");
    let text = String::from_utf8(body.to_vec()).expect("text");
    text.replace(&boundary(&request), "B")
}

/// A part, as it was read: name, file name, media type and content.
type Seen = (String, Option<String>, Option<String>, Bytes);

/// Reads a form by other software.
async fn parse(body: Bytes, boundary: String) -> Vec<Seen> {
    let stream = futures_util::stream::iter([Ok::<_, io::Error>(body)]);
    let mut form = multer::Multipart::new(stream, boundary);
    let mut seen = Vec::new();
    while let Some(field) = form.next_field().await.expect("a form") {
        let name = field.name().expect("a name").to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.headers().get("content-type");
        let media_type = media_type.map(|it| it.to_str().expect("text").to_owned());
        let content = field.bytes().await.expect("a part");
        seen.push((name, file_name, media_type, content));
    }
    seen
}

fn seen(name: &str, file_name: Option<&str>, media_type: Option<&str>, content: &str) -> Seen {
    (
        name.to_owned(),
        file_name.map(str::to_owned),
        media_type.map(str::to_owned),
        Bytes::from(content.to_owned()),
    )
}

#[test]
fn parts_are_written_as_rfc_7578_has_them() {
    let mut form = Multipart::new();
    form.text("name", &"Rex", None);
    form.file(
        "photo",
        File::new("PNG").named("rex.png"),
        Some("image/png"),
    );
    assert_eq!(
        text(form),
        "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRex\r\n\
         --B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"rex.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n\
         --B--\r\n"
    );
    assert_eq!(text(Multipart::new()), "--B--\r\n");
}

#[test]
fn values_become_parts() {
    let mut form = Multipart::new();
    form.text("number", &7_i64, None);
    form.text("flag", &true, None);
    form.text("tags", &vec!["a", "b"], None);
    form.text("mark", &"# Hi", Some("text/markdown"));
    form.text("none", &None::<String>, None);
    form.text("absent", &Maybe::<String>::Absent, None);
    form.text("null", &Maybe::<String>::Null, None);
    form.text("empty", &"", None);
    form.json("object", &json!({"a": [1]}), "application/json");
    form.json(
        "objects",
        &vec![json!({"a": 1}), json!([1, 2])],
        "application/vnd.x+json",
    );
    form.value("whole", &json!({"a": 1}), None);
    form.value("word", &json!("auto"), Some("text/plain"));
    form.value("no", &json!(null), None);
    form.json("nothing", &Vec::<i64>::new(), "application/json");
    form.styled("deep", &json!({"a": {"b": "ü&="}}), Style::DEEP_OBJECT);
    form.styled("list", &vec![1_i64, 2], Style::FORM);
    form.styled("each", &vec![1_i64, 2], Style::FORM_EXPLODED);
    form.styled("left", &None::<i64>, Style::FORM);
    let request = sent("multipart/form-data", form).expect("fine");
    let body = request.body().as_bytes().expect("it is in memory").clone();
    let json_type = Some("application/json");
    let vendor_type = Some("application/vnd.x+json");
    assert_eq!(
        pollster(parse(body, boundary(&request))),
        [
            seen("number", None, None, "7"),
            seen("flag", None, None, "true"),
            seen("tags", None, None, "a"),
            seen("tags", None, None, "b"),
            seen("mark", None, Some("text/markdown"), "# Hi"),
            seen("empty", None, None, ""),
            seen("object", None, json_type, "{\"a\":[1]}"),
            seen("objects", None, vendor_type, "{\"a\":1}"),
            seen("objects", None, vendor_type, "[1,2]"),
            seen("whole", None, json_type, "{\"a\":1}"),
            seen("word", None, Some("text/plain"), "auto"),
            seen("deep[a][b]", None, None, "ü&="),
            seen("list", None, None, "1,2"),
            seen("each", None, None, "1"),
            seen("each", None, None, "2"),
        ]
    );
}

#[test]
fn parts_may_have_headers_of_their_own() {
    let mut form = Multipart::new();
    form.text(
        "a",
        &Part::new("x").header("X-Rate", "1").header("X-Rate", "2"),
        None,
    );
    form.json(
        "b",
        &Some(Part::from(1_i64).of_type("application/b+json")),
        "application/json",
    );
    form.json(
        "c",
        &vec![
            Part::new(json!({})).header("X-C", "é".escape_unicode().to_string()),
            Part::new(json!(2)),
        ],
        "application/json",
    );
    form.text("d", &None::<Part<String>>, None);
    form.text("e", &Some(vec![Part::new("y")]), Some("text/csv"));
    form.file(
        "f",
        vec![
            File::new("1").header("X-F", "f"),
            File::new("2").of_type("text/plain"),
        ],
        Some("image/png"),
    );
    let head = "Content-Disposition: form-data; name=";
    assert_eq!(
        text(form),
        [
            &format!("--B\r\n{head}\"a\"\r\nX-Rate: 1\r\nX-Rate: 2\r\n\r\nx\r\n"),
            &format!("--B\r\n{head}\"b\"\r\nContent-Type: application/b+json\r\n\r\n1\r\n"),
            &format!("--B\r\n{head}\"c\"\r\nContent-Type: application/json\r\nX-C: \\u{{e9}}\r\n\r\n{{}}\r\n"),
            &format!("--B\r\n{head}\"c\"\r\nContent-Type: application/json\r\n\r\n2\r\n"),
            &format!("--B\r\n{head}\"e\"\r\nContent-Type: text/csv\r\n\r\ny\r\n"),
            &format!("--B\r\n{head}\"f\"; filename=\"f\"\r\nContent-Type: image/png\r\nX-F: f\r\n\r\n1\r\n"),
            &format!("--B\r\n{head}\"f\"; filename=\"f\"\r\nContent-Type: text/plain\r\n\r\n2\r\n"),
            "--B--\r\n",
        ]
        .concat()
    );
}

#[test]
fn names_cannot_leave_their_place() {
    let form = Multipart::new()
        .part("a\"; filename=\"x\r\nX-Evil: 1", "y")
        .part("a\u{3}\u{7f}", "y")
        .part("ключ", File::new("z").named("файл \"1\"\\.txt"));
    assert_eq!(
        text(form),
        "--B\r\nContent-Disposition: form-data; name=\"a%22; filename=%22x%0D%0AX-Evil: 1\"\r\n\r\ny\r\n\
         --B\r\nContent-Disposition: form-data; name=\"a%03%7F\"\r\n\r\ny\r\n\
         --B\r\nContent-Disposition: form-data; name=\"ключ\"; filename=\"файл %221%22\\.txt\"\r\n\r\nz\r\n\
         --B--\r\n"
    );
    for part in [
        File::new("x").header("X-A", "b\r\nX-Evil: 1"),
        File::new("x").header("X A", "b"),
        File::new("x").of_type("text/plain\r\n\r\n"),
    ] {
        let error = sent("multipart/form-data", Multipart::new().part("p", part))
            .expect_err("it is refused");
        let message = error.to_string();
        assert!(
            message.starts_with("`probe`: the header `")
                && message.ends_with("` of the part `p` cannot be sent"),
            "{message}"
        );
    }
}

#[test]
fn what_cannot_be_encoded_comes_out_of_send() {
    let mut form = Multipart::new();
    form.json(
        "a",
        &BTreeMap::from([("b".to_owned(), f64::NAN)]),
        "application/json",
    );
    form.text("c", &1_i64, None);
    let error = sent("multipart/form-data", form).expect_err("it is no number");
    assert_eq!(
        error.to_string(),
        "`probe`: a value cannot be sent: $.b: NaN and infinity cannot be written as JSON"
    );
}

#[test]
fn media_types() {
    let sent_type = |media_type| {
        let request = sent(
            media_type,
            Multipart::new().unnamed(
                File::new("x")
                    .of_type("text/plain")
                    .header("Content-ID", "<1>"),
            ),
        );
        let request = request.expect("fine");
        let header = request.headers()["content-type"]
            .to_str()
            .expect("text")
            .to_owned();
        let body = request.body().as_bytes().expect("it is in memory").clone();
        assert_eq!(
            String::from_utf8(body.to_vec())
                .expect("text")
                .replace(&boundary(&request), "B"),
            "--B\r\nContent-Type: text/plain\r\nContent-ID: <1>\r\n\r\nx\r\n--B--\r\n"
        );
        header.replace(&boundary(&request), "B")
    };
    assert_eq!(sent_type("multipart/mixed"), "multipart/mixed; boundary=B");
    assert_eq!(
        sent_type("multipart/form-data; boundary=----x"),
        "multipart/form-data; boundary=B"
    );
    let related = "multipart/related; type=\"text/plain\"; start=\"<1>\"; boundary=B";
    assert_eq!(sent_type("multipart/related"), related);
    assert_eq!(
        sent_type("multipart/related; type=\"text/plain\"; start=\"<x>\""),
        related
    );
}

/// The media type and the body, with the boundary as `B`.
fn whole(media_type: &'static str, form: Multipart) -> (String, String) {
    let request = sent(media_type, form).expect("fine");
    let body = request.body().as_bytes().expect("it is in memory");
    let body = String::from_utf8(body.to_vec()).expect("text");
    let header = request.headers()["content-type"].to_str().expect("text");
    let boundary = header.rsplit_once("boundary=").expect("a boundary").1;
    (header.replace(boundary, "B"), body.replace(boundary, "B"))
}

/// RFC 2387; RFC 2046, section 5.1.
#[test]
fn parts_of_other_media_types_say_what_they_are() {
    let form = || {
        let mut form = Multipart::new();
        form.json("about", &json!({"a": 1}), "application/json; charset=utf-8");
        form.file("clip", File::new("MP4"), Some("video/mp4"));
        form.file(
            "poster",
            File::new("PNG").named("a\".png").of_type("image/png"),
            None,
        );
        form.encoded("seal", &"YQ==", Some("application/octet-stream"), "base64");
        form
    };
    let rest = "--B\r\nContent-Type: video/mp4\r\n\r\nMP4\r\n\
                --B\r\nContent-Disposition: attachment; filename=\"a%22.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n\
                --B\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n\
                --B--\r\n";
    let about = "--B\r\nContent-Type: application/json; charset=utf-8\r\n";
    assert_eq!(
        whole("multipart/mixed", form()),
        (
            "multipart/mixed; boundary=B".to_owned(),
            format!("{about}\r\n{{\"a\":1}}\r\n{rest}")
        )
    );
    assert_eq!(
        whole("multipart/related; boundary=x", form()),
        (
            "multipart/related; type=\"application/json\"; start=\"<root@B>\"; boundary=B"
                .to_owned(),
            format!("{about}Content-ID: <root@B>\r\n\r\n{{\"a\":1}}\r\n{rest}")
        )
    );
    // The description tells the root and its id.
    let documented = "multipart/related; type=\"video/mp4\"; start=\"<film>\"";
    let (media_type, body) = whole(documented, form());
    assert_eq!(
        media_type,
        "multipart/related; type=\"video/mp4\"; start=\"<film>\"; boundary=B"
    );
    assert!(body.contains("Content-Type: video/mp4\r\nContent-ID: <film>\r\n\r\nMP4"));
    assert_eq!(body.matches("Content-ID").count(), 1);
    assert_eq!(
        whole("multipart/related", Multipart::new()),
        (
            "multipart/related; boundary=B".to_owned(),
            "--B--\r\n".to_owned()
        )
    );
}

#[test]
fn json_in_a_text_is_not_quoted_again() {
    let json = |value: &str| {
        let mut form = Multipart::new();
        form.json("a", &value, "application/json");
        let text = text(form);
        let (_, content) = text.split_once("\r\n\r\n").expect("a head");
        content.trim_end_matches("\r\n--B--\r\n").to_owned()
    };
    for whole in ["{\"a\": [1]}", " [1, 2]", "\"text\""] {
        assert_eq!(json(whole), whole);
    }
    assert_eq!(json("text"), "\"text\"");
    assert_eq!(json("[draft]"), "\"[draft]\"");
    assert_eq!(json("12"), "\"12\"");
    assert_eq!(json(""), "\"\"");
}

#[test]
fn no_two_boundaries_are_the_same() {
    let boundary = || boundary(&sent("multipart/form-data", Multipart::new()).expect("fine"));
    let (one, other) = (boundary(), boundary());
    assert_ne!(one, other);
    // RFC 2046, section 5.1.1: at most 70 characters, and these need no quotes.
    assert!(
        one.len() <= 70
            && one
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-'),
        "{one}"
    );
}

proptest! {
    #[test]
    fn whatever_is_in_a_part_comes_out_of_it(
        parts in prop::collection::vec(
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..50),
                prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-')], 0..50),
            ],
            1..5,
        ),
    ) {
        let form = parts.iter().fold(Multipart::new(), |form, part| {
            form.part("p", File::new(part.clone()).named("f"))
        });
        let request = sent("multipart/form-data", form).expect("fine");
        let body = request.body().as_bytes().expect("it is in memory").clone();
        let seen = pollster(parse(body, boundary(&request)));
        let contents: Vec<Vec<u8>> = seen.into_iter().map(|(.., content)| content.to_vec()).collect();
        prop_assert_eq!(contents, parts);
    }
}

#[tokio::test]
async fn streams_are_parts_too() {
    let server = Server::start(|_| json(200, "{}")).await;
    let sized = || {
        Body::sized(
            futures_util::stream::iter([Ok::<_, io::Error>("12345"), Ok("67890")]),
            10,
        )
    };
    for (first, has_length) in [(sized(), true), (body_of(["12345", "67890"]), false)] {
        let form = Multipart::new()
            .part("first", File::new(first).named("a.bin"))
            .part("second", "é")
            .part("third", sized());
        let mut call = client(&server.url).call(&POST);
        call.multipart("multipart/form-data", form);
        call.send().await.expect("fine");
        let request = server.seen().pop().expect("a request");
        let length = request
            .header("content-length")
            .map(|it| it.parse::<usize>().expect("a number"));
        assert_eq!(length, has_length.then_some(request.body.len()));
        let boundary = request
            .header("content-type")
            .and_then(|it| it.split_once("boundary="));
        let boundary = boundary.expect("a boundary").1.to_owned();
        assert_eq!(
            parse(request.body, boundary).await,
            [
                seen("first", Some("a.bin"), None, "1234567890"),
                seen("second", None, None, "é"),
                seen("third", None, None, "1234567890"),
            ]
        );
    }
}
