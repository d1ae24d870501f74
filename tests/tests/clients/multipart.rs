//! Multipart bodies as they travel (RFC 7578; OAS 3.1.1, Encoding Object).

use keywright_tests::clients::multipart::models::{
    AddPhotosRequest, AddPhotosRequestFilter, AddPhotosRequestMood, Meta, Upload, UploadForm,
};
use keywright_tests::clients::multipart::{Client, UploadBody};
use keywright_tests::clients::multipart_related;
use keywright_tests::clients::multipart_related::models::{
    DescribeFilmRequest, DescribeFilmRequestGrainNone, DescribeFilmRequestMoodsItem, FilmForm,
    FilmNotes, FilmRelated, Size,
};
use keywright_tests::clients::runtime::{File, Multipart, Part};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::recorder::Recorded;

fn start() -> (FaultServer, Client) {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let builder = Client::builder().base_url(server.origin());
    let client = builder.build().expect("it is set up");
    (server, client)
}

/// The parts of a body, each with its headers in lower case and its content, by the rules of RFC 2046, section 5.1.
fn parts(sent: &Recorded, media_type: &str) -> Vec<(Vec<String>, String)> {
    let content_type = sent.header("content-type").expect("it has a media type");
    let boundary = content_type
        .strip_prefix(media_type)
        .and_then(|it| it.trim_start().strip_prefix(';'))
        .and_then(|it| it.split_once("boundary="))
        .expect("it has a boundary")
        .1
        .trim_matches('"');
    let text = format!("\r\n{}", sent.text());
    let delimiter = format!("\r\n--{boundary}");
    let mut pieces = text.split(&delimiter);
    assert_eq!(
        pieces.next(),
        Some(""),
        "nothing stands before the first part"
    );
    let mut parts = Vec::new();
    for piece in pieces.by_ref() {
        if let Some(rest) = piece.strip_prefix("--") {
            assert!(rest.trim().is_empty());
            break;
        }
        assert!(piece.starts_with("\r\n"), "a boundary ends its line");
        let (head, content) = piece.split_once("\r\n\r\n").expect("a head ends");
        let headers = head.split("\r\n").skip(1).map(|line| {
            let (name, value) = line.split_once(": ").expect("it is a header");
            format!("{}: {value}", name.to_lowercase())
        });
        let mut headers: Vec<String> = headers.collect();
        headers.sort();
        parts.push((headers, content.to_owned()));
    }
    assert_eq!(pieces.next(), None, "nothing follows the last boundary");
    parts
}

fn shown(parts: &[(Vec<String>, String)]) -> String {
    let part = |(headers, content): &(Vec<String>, String)| {
        format!("{}\n    {content}\n", headers.join("\n"))
    };
    parts.iter().map(part).collect()
}

#[tokio::test]
async fn each_property_is_a_part() {
    let (server, client) = start();
    let body = AddPhotosRequest::new(
        "On the \"beach\"",
        File::new("PNG").named("rex \"1\".png"),
        Part::new(Meta::new("Ada")).header("X-Checksum", "42"),
    )
    .with_rating(5)
    .with_mood(AddPhotosRequestMood::Wild)
    .with_photos(vec![
        File::new("ONE").named("1.jpg").of_type("image/jpeg"),
        File::new("TWO"),
    ])
    .with_raw("RAW")
    .with_notes(vec!["a".to_owned(), "b".to_owned()])
    .with_history(vec![Meta::new("Bob"), Meta::new("Cy")])
    .with_filter(AddPhotosRequestFilter::new().with_color("red").with_size(3))
    .with_ids(vec![1, 2])
    .with_poem("# Ode")
    .with_icon(File::new("SVG").of_type("image/svg+xml"));
    let answer = client.add_photos("1", body).send().await;
    answer.expect("it is answered");
    let sent = server.recorder().only();
    let length = sent.body.len().to_string();
    assert_eq!(sent.header("content-length"), Some(&*length));
    insta::assert_snapshot!(shown(&parts(&sent, "multipart/form-data")), @r#"
    content-disposition: form-data; name="title"
        On the "beach"
    content-disposition: form-data; name="rating"
        5
    content-disposition: form-data; name="mood"
        wild
    content-disposition: form-data; name="cover"; filename="rex %221%22.png"
    content-type: image/png
        PNG
    content-disposition: form-data; name="photos"; filename="1.jpg"
    content-type: image/jpeg
        ONE
    content-disposition: form-data; name="photos"; filename="photos"
    content-type: application/octet-stream
        TWO
    content-disposition: form-data; name="raw"; filename="raw"
    content-type: application/octet-stream
        RAW
    content-disposition: form-data; name="notes"
        a
    content-disposition: form-data; name="notes"
        b
    content-disposition: form-data; name="meta"
    content-type: application/vnd.example.meta+json
    x-checksum: 42
        {"author":"Ada"}
    content-disposition: form-data; name="history"
    content-type: application/json
        {"author":"Bob"}
    content-disposition: form-data; name="history"
    content-type: application/json
        {"author":"Cy"}
    content-disposition: form-data; name="filter[color]"
        red
    content-disposition: form-data; name="filter[size]"
        3
    content-disposition: form-data; name="ids"
        1,2
    content-disposition: form-data; name="poem"
    content-type: text/markdown
        # Ode
    content-disposition: form-data; name="icon"; filename="icon"
    content-type: image/svg+xml
        SVG
    "#);
}

#[tokio::test]
async fn a_form_may_be_one_of_several_bodies() {
    let (server, client) = start();
    let form = UploadForm::new("notes").with_content(File::new("TEXT").named("notes.txt"));
    client.upload().body(form).send().await.expect("it is sent");
    let sent = server.recorder().only();
    assert_eq!(parts(&sent, "multipart/form-data").len(), 2);

    let body = UploadBody::from(Upload::new("notes"));
    client.upload().body(body).send().await.expect("it is sent");
    let sent = server.recorder().only();
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.text(), r#"{"name":"notes"}"#);
}

#[tokio::test]
async fn parts_of_any_names_are_put_together_by_hand() {
    let (server, client) = start();
    let body = Multipart::new()
        .part("title", "Rex")
        .part("photo", File::new("PNG").named("rex.png"));
    client.send_anything(body).send().await.expect("it is sent");
    let sent = server.recorder().only();
    insta::assert_snapshot!(shown(&parts(&sent, "multipart/mixed")), @r#"

        Rex
    content-disposition: attachment; filename="rex.png"
        PNG
    "#);
}

/// RFC 2387.
#[tokio::test]
async fn related_parts_say_what_they_are() {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let builder = multipart_related::Client::builder().base_url(server.origin());
    let client = builder.build().expect("it is set up");
    let body = FilmRelated::new(Size::new(4), File::new("WEBM").of_type("video/webm"))
        .with_title("Ode")
        .with_notes(FilmNotes::new().with_text("a"))
        .with_icon(b"GIF".to_vec().into())
        .with_year(1999);
    let answer = client.add_film(body).send().await;
    answer.expect("it is sent");
    let sent = server.recorder().only();
    let media_type = sent.header("content-type").expect("it has one");
    let boundary = media_type.rsplit_once('=').expect("it has a boundary").1;
    let expected = format!(
        "multipart/related; type=\"application/json\"; start=\"<root@{boundary}>\"; boundary={boundary}"
    );
    assert_eq!(media_type, expected);
    let shown = shown(&parts(&sent, "multipart/related")).replace(boundary, "B");
    insta::assert_snapshot!(shown, @r#"
    content-id: <root@B>
    content-type: application/json
        {"width":4}
    content-type: video/webm
        WEBM
    content-type: text/plain; charset=utf-8
        Ode
    content-type: application/json
        {"text":"a"}
    content-transfer-encoding: base64
    content-type: image/gif
        R0lG
    content-type: text/plain; charset=utf-8
        1999
    "#);

    let body = FilmForm::new(Size::new(4), "MP4").with_title("Ode");
    let answer = client.replace_film(body).send().await;
    answer.expect("it is sent");
    let sent = server.recorder().only();
    insta::assert_snapshot!(self::shown(&parts(&sent, "multipart/form-data")), @r#"
    content-disposition: form-data; name="about"
    content-type: application/json
        {"width":4}
    content-disposition: form-data; name="clip"; filename="clip"
    content-type: video/mp4
        MP4
    content-disposition: form-data; name="title"
        Ode
    "#);

    let body = DescribeFilmRequest::new(r#"{"a":1}"#, "[1]")
        .with_moods(vec![DescribeFilmRequestMoodsItem::Calm])
        .with_grain(DescribeFilmRequestGrainNone::from("none").into())
        .with_either(Size::new(2));
    let answer = client.describe_film(body).send().await;
    answer.expect("it is sent");
    let sent = server.recorder().only();
    insta::assert_snapshot!(self::shown(&parts(&sent, "multipart/form-data")), @r#"
    content-disposition: form-data; name="named"
    content-type: application/json
        {"a":1}
    content-disposition: form-data; name="held"
    content-type: application/json
        [1]
    content-disposition: form-data; name="moods"
    content-type: application/vnd.example.mood+json
        "calm"
    content-disposition: form-data; name="grain"
        none
    content-disposition: form-data; name="either"
    content-type: application/json; charset=utf-8
        {"width":2}
    "#);
}
