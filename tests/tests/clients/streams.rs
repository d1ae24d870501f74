//! Files, events and lines that are read while they come.

use keywright_tests::clients::binary;
use keywright_tests::clients::runtime::{Body, Error};
use keywright_tests::clients::streams::models::{CompleteRequest, News};
use keywright_tests::clients::streams::{Client, Complete200Body};
use keywright_tests::faults::{Answer, FaultServer};

fn client(server: &FaultServer) -> Client {
    let builder = Client::builder().base_url(server.origin());
    builder.build().expect("it is set up")
}

fn answering(media_type: &str, body: &str) -> FaultServer {
    let headers = [("content-type", media_type)];
    FaultServer::start([Answer::reply("200 OK", &headers, body)])
}

#[tokio::test]
async fn an_operation_may_answer_at_once_or_bit_by_bit() {
    let server = answering("application/json", r#"{"text":"Hello"}"#);
    let answer = client(&server).complete(CompleteRequest::new("Hi")).send();
    let answer = answer.await.expect("it is answered");
    assert!(
        matches!(&answer, Complete200Body::Json(it) if it.text == "Hello"),
        "{answer:?}"
    );

    let events = "data: {\"delta\":\"Hel\"}\n\ndata: {\"delta\":\"lo\"}\n\ndata: [DONE]\n\n";
    let server = answering("text/event-stream; charset=utf-8", events);
    let request = CompleteRequest::new("Hi").with_stream(true);
    let answer = client(&server).complete(request).send().await;
    let Ok(Complete200Body::EventStream(mut events)) = answer else {
        panic!("it is {answer:?}");
    };
    let mut text = String::new();
    while let Some(event) = events.next().await {
        text.push_str(&event.expect("it is a chunk").data.delta);
    }
    assert_eq!(text, "Hello");
}

#[tokio::test]
async fn events_have_names_and_data() {
    let server = answering(
        "text/event-stream",
        ": hello\nevent: added\nid: 7\ndata: {\"title\":\ndata: \"One\"}\n\ndata: {\"title\":\"Two\"}\r\n\r\ndata: {}\n\n",
    );
    let mut news = client(&server)
        .follow_news()
        .send()
        .await
        .expect("it is answered");
    let first = news.next().await.expect("there is one").expect("it is one");
    assert_eq!(first.event, "added");
    assert_eq!(first.data, News::new("One"));
    let second = news.next().await.expect("there is one").expect("it is one");
    assert_eq!(second.data, News::new("Two"));
    let third = news.next().await.expect("there is one");
    assert!(matches!(third, Err(Error::Decode(_))), "{third:?}");
    assert!(news.next().await.is_none());

    let server = answering("text/event-stream", "data: tick\n\ndata: [DONE]\n\n");
    let mut ticks = client(&server)
        .follow_ticks()
        .send()
        .await
        .expect("it is answered");
    for text in ["tick", "[DONE]"] {
        let tick = ticks
            .next()
            .await
            .expect("there is one")
            .expect("it is text");
        assert_eq!(tick.data, text);
    }
}

#[tokio::test]
async fn lines_hold_json() {
    let server = answering(
        "application/jsonl",
        "{\"title\":\"One\"}\n\n{\"title\":\"Two\"}",
    );
    let mut logs = client(&server)
        .read_logs()
        .send()
        .await
        .expect("it is answered");
    for title in ["One", "Two"] {
        let line = logs.next().await.expect("there is one").expect("it is one");
        assert_eq!(line, News::new(title));
    }
    assert!(logs.next().await.is_none());

    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let lines = vec![News::new("One"), News::new("Two")];
    client(&server)
        .write_logs(lines)
        .send()
        .await
        .expect("it is sent");
    let sent = server.recorder().only();
    assert_eq!(sent.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(sent.text(), "{\"title\":\"One\"}\n{\"title\":\"Two\"}\n");

    let server = answering("application/json-seq", "\u{1e}1\n\u{1e}2\n");
    let mut records = client(&server)
        .read_records()
        .send()
        .await
        .expect("it is answered");
    for number in [1, 2] {
        let record = records
            .next()
            .await
            .expect("there is one")
            .expect("it is one");
        assert_eq!(record, number);
    }
    assert!(records.next().await.is_none());
}

#[tokio::test]
async fn another_media_type_than_that_of_a_stream_is_an_error() {
    let server = answering("text/html", "<p>Sorry");
    let error = client(&server)
        .read_logs()
        .send()
        .await
        .expect_err("it is no log");
    let keywright_tests::clients::streams::ReadLogsError::Other(Error::Decode(error)) = error
    else {
        panic!("it is {error:?}");
    };
    assert_eq!(&**error.body(), b"<p>Sorry");
}

#[tokio::test]
async fn files_are_handed_over_while_they_come() {
    let server = answering("image/webp", "PHOTO");
    let client = binary::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    let mut photo: Body = client.get_photo("1").send().await.expect("it is answered");
    let mut bytes = Vec::new();
    while let Some(chunk) = photo.next().await {
        bytes.extend_from_slice(&chunk.expect("it comes"));
    }
    assert_eq!(bytes, b"PHOTO");

    server.answer([Answer::reply("404 Not Found", &[], "no such photo")]);
    let error = client
        .get_photo("2")
        .send()
        .await
        .expect_err("there is none");
    let binary::GetPhotoError::NotFound(response) = error else {
        panic!("it is {error:?}");
    };
    assert_eq!(
        response.body().as_bytes().map(|it| &**it),
        Some(&b"no such photo"[..])
    );
}
