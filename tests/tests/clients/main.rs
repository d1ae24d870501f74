//! The clients of fixtures, over HTTP: what none of the four APIs has.

mod aliases;
mod credentials;
mod digest;
mod idempotency;
mod models;
mod multipart;
mod payloads;
mod streams;
mod unions;

use std::sync::{Arc, Mutex};

use keywright_tests::clients::one_of::models::{Cat, Pet, Shape};
use keywright_tests::clients::runtime::Error;
use keywright_tests::clients::runtime::{Body, BoxFuture, Transport, TransportError};
use keywright_tests::clients::{
    arguments_shared, callbacks, methods, one_of, parameters, responses, servers_levels,
    swagger_2_forms, swagger_2_parameters, webhooks,
};
use keywright_tests::faults::{Answer, FaultServer};

/// Answers every request, and remembers where it was sent to.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let key = request.headers().contains_key("x-key");
        let key = if key { " with the key" } else { "" };
        let line = format!("{} {}{key}", request.method(), request.uri());
        self.0.lock().expect("no test has panicked").push(line);
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[test]
fn clients_are_shared_by_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    is_shared::<parameters::Client>();
    is_shared::<parameters::ClientBuilder>();
}

fn server(status: &str, body: &str) -> FaultServer {
    FaultServer::start([Answer::json(status, body)])
}

#[tokio::test]
async fn a_path_argument_stays_in_its_segment() {
    let server = FaultServer::start([Answer::reply(
        "200 OK",
        &[("content-type", "text/plain")],
        "text",
    )]);
    let client = parameters::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("it is set up");
    for name in ["..", ".", "%2e%2e", ".%2E", "a/../b", "..\\", ""] {
        let error = client
            .get_file(1, name, 2, &["tag"])
            .send()
            .await
            .expect_err("it is refused");
        let parameters::GetFileError::Other(Error::Request(error)) = error else {
            panic!("`{name}` gives another error: {error}")
        };
        assert!(error.to_string().contains("`name`"), "{error}");
    }
    assert_eq!(server.recorder().take(), [], "nothing was sent");

    let request = client
        .get_file(1, "a/b c?#ä", 2, &["x", "y"])
        .fields(&["p", "q"])
        .ids(&[3, 4]);
    let answer = request.send().await;
    assert_eq!(answer.expect("it is answered"), "text");
    let sent = server.recorder().only();
    insta::assert_snapshot!(sent.target, @"/users/1/files/a%2Fb%20c%3F%23%C3%A4?version=2&fields=p&fields=q&ids=3,4");
    insta::assert_snapshot!(sent.header("if-none-match").unwrap_or_default(), @"x,y");
}

#[tokio::test]
async fn a_union_is_read_by_its_tag_and_keeps_what_is_unknown() {
    let server = server("200 OK", r#"{"radius":1.5,"kind":"circle"}"#);
    let client = one_of::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("it is set up");
    let cat = || Pet::from(Cat::new().with_claws(4));
    let shape = client.post_pet(cat()).send().await.expect("it is a shape");
    assert!(
        matches!(&shape, Shape::Circle(circle) if circle.radius.to_string() == "1.5"),
        "{shape:?}"
    );
    assert_eq!(
        server.recorder().only().json(),
        serde_json::json!({ "petType": "cat", "claws": 4 })
    );

    server.answer([Answer::json("200 OK", r#"{"kind":"hexagon"}"#)]);
    let shape = client
        .post_pet(cat())
        .send()
        .await
        .expect("it may be unknown");
    assert!(
        matches!(&shape, Shape::Unknown(value) if value["kind"] == "hexagon"),
        "{shape:?}"
    );
}

#[tokio::test]
async fn default_describes_successes_and_failures() {
    let server = server("200 OK", r#"{"result":"done"}"#);
    let client = responses::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("it is set up");
    assert_eq!(
        client
            .get_job("1")
            .send()
            .await
            .expect("it is there")
            .result,
        "done"
    );
    server.answer([Answer::json(
        "503 Service Unavailable",
        r#"{"result":"busy"}"#,
    )]);
    let error = client
        .get_job("1")
        .send()
        .await
        .expect_err("it is no success");
    assert!(
        matches!(&error, responses::GetJobError::Default(it) if it.result == "busy"),
        "{error:?}"
    );
}

#[test]
fn what_the_api_sends_can_be_read() {
    let pet = webhooks::webhooks::new_pet(br#"{"name":"Rex","unknown":1}"#);
    assert_eq!(pet.expect("it is a pet").name, "Rex");
    let error = webhooks::webhooks::new_pet(br#"{"name":1}"#).expect_err("it is none");
    insta::assert_snapshot!(error, @"$.name: expected a string, found a number (line 1, column 9)");

    let order =
        br#"{"id":"00000000-0000-0000-0000-000000000001","placedAt":"2024-01-02T03:04:05Z"}"#;
    let order = webhooks::webhooks::order_placed(order).expect("it is an order");
    assert_eq!(order.placed_at.to_string(), "2024-01-02T03:04:05Z");

    let state = callbacks::callbacks::subscribe_state_put(br#""up""#);
    assert_eq!(state.expect("it is a state").as_str(), "up");
}

#[tokio::test]
async fn lists_travel_in_their_collection_format() {
    let server = server("200 OK", "[]");
    let client = swagger_2_parameters::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("it is set up");
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let id = uuid::Uuid::parse_str(id).expect("it is one");
    let list = client
        .list_items(7, "2024-01-01T00:00:00Z")
        .plain(&["a", "b"])
        .commas(&["a", "b"])
        .spaces(&[1, 2])
        .tabs(&["a", "b"])
        .pipes(&["a", "b"])
        .multi(&[id, id])
        .x_tags(&["a", "b"]);
    list.send().await.expect("it is answered");
    let sent = server.recorder().only();
    let query = sent.target.split_once('?').expect("it has a query").1;
    let query: Vec<&str> = query.split('&').collect();
    insta::assert_snapshot!(query.join("\n"), @"
    since=2024-01-01T00%3A00%3A00Z
    plain=a,b
    commas=a,b
    spaces=1%202
    tabs=a%09b
    pipes=a%7Cb
    multi=67e55044-10b1-426f-9247-bb680e5fe0c8
    multi=67e55044-10b1-426f-9247-bb680e5fe0c8
    ");
    insta::assert_snapshot!(sent.header("x-tags").unwrap_or_default(), @"a,b");
}

#[tokio::test]
async fn fields_of_a_form_travel_as_a_form() {
    use swagger_2_forms::models::LogInRequest;
    let server = FaultServer::start([Answer::reply("204 No Content", &[], "")]);
    let client = swagger_2_forms::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("it is set up");
    let form = LogInRequest::new("ada", "a&b").with_scope(vec!["x".to_owned(), "y".to_owned()]);
    client.log_in(form).send().await.expect("it is answered");
    let sent = server.recorder().only();
    insta::assert_snapshot!(sent.header("content-type").unwrap_or_default(), @"application/x-www-form-urlencoded");
    insta::assert_snapshot!(sent.text(), @"user=ada&password=a%26b&scope=x&scope=y");
}

#[tokio::test]
async fn operations_with_servers_of_their_own_go_there() {
    let recorder = Recorder::default();
    let builder = servers_levels::Client::builder()
        .key("secret")
        .transport(recorder.clone());
    for builder in [
        builder.clone(),
        builder.base_url("https://test.example.com"),
    ] {
        let client = builder.build().expect("it is set up");
        client.list_pets().send().await.expect("it is answered");
        client.upload().send().await.expect("it is answered");
        client.download().send().await.expect("it is answered");
        client.remove().send().await.expect("it is answered");
        client.replace().send().await.expect("it is answered");
    }
    let sent = recorder.0.lock().expect("no test has panicked").join("\n");
    insta::assert_snapshot!(sent, @"
    GET https://api.example.org/v1/pets with the key
    POST https://eu.files.example.org/files with the key
    GET https://api.example.org/v2/files
    DELETE https://api.example.org/v1/files
    PUT https://put.example.org/files
    GET https://test.example.com/pets with the key
    POST https://test.example.com/files with the key
    GET https://test.example.com/files
    DELETE https://test.example.com/files
    PUT https://test.example.com/files
    ");
}

#[tokio::test]
async fn any_method_can_be_sent() {
    let server = FaultServer::start(std::iter::repeat_n(Answer::json("200 OK", "[]"), 3));
    let client = methods::Client::builder()
        .base_url(server.origin())
        .build()
        .expect("it is set up");
    let filter = methods::models::Filter::new().with_name("Rex");
    client
        .find_pets(filter)
        .send()
        .await
        .expect("it is answered");
    client
        .copy_pets("/dogs")
        .send()
        .await
        .expect("it is answered");
    client.m_search_pets().send().await.expect("it is answered");
    let sent = server.recorder().take();
    let sent: Vec<String> = sent
        .iter()
        .map(|it| format!("{} {}", it.method, it.target))
        .collect();
    insta::assert_snapshot!(sent.join(", "), @"QUERY /pets, COPY /pets, M-SEARCH /pets");
}

#[tokio::test]
async fn operations_that_share_an_argument_can_be_written_for() {
    use arguments_shared::arguments::{TakesFields, TakesLimit};
    use keywright_tests::clients::runtime::Request;

    /// What a caller writes once for all lists.
    fn short<O: TakesLimit + TakesFields, B>(request: Request<O, B>) -> Request<O, B> {
        request.limit(10).fields(&["name", "age"])
    }

    let sent = Recorder::default();
    let client = arguments_shared::Client::builder()
        .transport(sent.clone())
        .build()
        .expect("it is set up");
    short(client.list_pets()).await.expect("it is answered");
    short(client.list_owners()).await.expect("it is answered");
    let visits = client.list_visits("day").limit(7);
    visits.await.expect("it is answered");
    client.import_pets().limit(1).await.expect("it is answered");
    let lines = sent.0.lock().expect("no test has panicked").join("\n");
    insta::assert_snapshot!(lines, @r"
    GET https://shared.example/pets?limit=10&fields=name&fields=age
    GET https://shared.example/owners?limit=10&fields=name&fields=age
    GET https://shared.example/visits?fields=day&limit=7
    POST https://shared.example/pets?limit=1
    ");
}
