//! When a request is sent again, after which pause, and what it costs. Time is what the test says it is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::response::Response;
use http::Method;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::runtime::{
    Body, BoxFuture, Call, Client, ClientBuilder, Clock, Credential, CredentialProvider,
    CredentialRequest, Description, Error, RawResponse, Retry, Status, Style, Timeout, Transport,
    TransportError, TransportErrorKind,
};
use super::server::{Double, Server, json, redirect};
use super::{API, HEADER_KEY, JWT, operation};

/// A clock that stands still, except while somebody waits. It remembers the pauses.
#[derive(Clone, Default)]
struct Watch(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Watch {
    fn pass(&self, time: Duration) {
        self.0.lock().expect("no test panics here").0 += time;
    }

    fn pauses(&self) -> Vec<Duration> {
        self.0.lock().expect("no test panics here").1.clone()
    }
}

impl Clock for Watch {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().expect("no test panics here").0
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        let mut watch = self.0.lock().expect("no test panics here");
        watch.0 += time;
        watch.1.push(time);
        Box::pin(std::future::ready(()))
    }
}

static GET: Description = operation("GET", "/get");
static POST: Description = operation("POST", "/post");
static PUT: Description = operation("PUT", "/put");

/// The settings of a client that is told nothing of retries, and a clock.
fn usual(base_url: &str) -> (ClientBuilder, Watch) {
    let watch = Watch::default();
    let mut builder = ClientBuilder::new(&API);
    builder.base_url(base_url);
    builder.clock(watch.clone());
    (builder, watch)
}

/// A server that gives one answer after the other, the last one again and again.
async fn scripted(answers: &'static [fn() -> Response]) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| {
        let index = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        answers[index]()
    })
    .await
}

fn fine() -> Response {
    json(200, "{}")
}

fn busy() -> Response {
    json(503, "{}")
}

fn later(retry_after: &'static str) -> Response {
    let mut response = busy();
    let headers = response.headers_mut();
    headers.insert(
        "date",
        http::HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"),
    );
    headers.insert("retry-after", http::HeaderValue::from_static(retry_after));
    response
}

#[test]
fn clients_are_shared_by_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    is_shared::<Client>();
    is_shared::<ClientBuilder>();
    is_shared::<Call>();
    is_shared::<Retry>();
}

#[tokio::test]
async fn statuses_that_pass_are_tried_again_where_that_does_no_harm() {
    const PASSING: [u16; 5] = [408, 429, 502, 503, 504];
    const LASTING: [u16; 8] = [400, 401, 404, 409, 425, 500, 501, 505];
    for method in [
        "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "POST", "PATCH",
    ] {
        let operation: &'static Description = Box::leak(Box::new(operation(method, "/it")));
        let is_idempotent = !matches!(method, "POST" | "PATCH");
        for status in PASSING.into_iter().chain(LASTING) {
            let server = Server::start(move |_| json(status, "")).await;
            let (builder, watch) = usual(&server.url);
            let client = builder.build().expect("the settings are fine");
            let response = client.call(operation).send().await;
            assert_eq!(response.expect("an answer").status(), status);
            let is_retried = is_idempotent && PASSING.contains(&status);
            let expected = if is_retried { 3 } else { 1 };
            assert_eq!(server.seen().len(), expected, "{method} {status}");
            assert_eq!(watch.pauses().len(), expected - 1);
        }
    }
}

#[tokio::test]
async fn a_documented_status_is_tried_again_too() {
    static DOCUMENTED: Description = Description {
        responses: &[
            (Status::Code(503), "Come back later."),
            (Status::Default, ""),
        ],
        ..operation("GET", "/get")
    };
    let server = scripted(&[busy, fine]).await;
    let client = usual(&server.url).0.build().expect("the settings are fine");
    let response = client.call(&DOCUMENTED).send().await.expect("an answer");
    assert_eq!((response.status(), server.seen().len()), (200, 2));
}

#[tokio::test]
async fn each_attempt_sends_the_same() {
    let server = scripted(&[busy, busy, fine]).await;
    let client = usual(&server.url).0.build().expect("the settings are fine");
    let mut call = client.call(&PUT);
    call.query("q", &"a b", Style::FORM);
    call.cookie("theme", &"dark", Style::FORM);
    call.set_header("cookie", "own=1; ");
    call.json("application/json", &"é");
    call.send().await.expect("an answer");
    let [first, second, third] = &server.seen()[..] else {
        panic!("three requests")
    };
    assert_eq!(first.header("cookie"), Some("own=1; theme=dark"));
    assert_eq!(first.target, "/put?q=a%20b");
    assert_eq!(first.body, "\"é\"");
    for again in [second, third] {
        assert_eq!(again.target, first.target);
        assert_eq!(again.headers, first.headers);
        assert_eq!(again.body, first.body);
    }
}

/// Full jitter: anything from none to the longest.
#[tokio::test]
async fn pauses_are_random_and_grow() {
    let double = Double::answering(|| {
        http::Response::builder()
            .status(503)
            .body(Body::empty())
            .expect("valid")
    });
    let (mut builder, watch) = usual("https://h");
    builder.transport(double.clone());
    let patient = Retry::new()
        .max_attempts(9)
        .max_time(Duration::from_secs(1000));
    builder.retry(patient);
    builder
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect("an answer");
    let pauses = watch.pauses();
    let longest = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0].map(Duration::from_secs_f64);
    assert_eq!((double.take().len(), pauses.len()), (9, 8));
    assert!(
        pauses
            .iter()
            .zip(longest)
            .all(|(pause, longest)| *pause <= longest),
        "{pauses:?}"
    );
    // Eight of 2^32 numbers are hardly ever alike.
    assert!(pauses.windows(2).any(|it| it[0] != it[1]), "{pauses:?}");
}

#[tokio::test]
async fn pauses_last_as_long_as_the_server_asks() {
    let ways: [(&[fn() -> Response], u64); 2] = [
        (&[|| later("7"), fine], 7),
        (&[|| later("Sun, 06 Nov 1994 08:49:49 GMT"), fine], 12),
    ];
    for (answers, seconds) in ways {
        let server = scripted(answers).await;
        let (builder, watch) = usual(&server.url);
        let client = builder.build().expect("the settings are fine");
        let response = client.call(&GET).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(watch.pauses(), [Duration::from_secs(seconds)]);
    }
}

#[tokio::test]
async fn a_server_that_asks_for_too_long_is_not_asked_again() {
    let server = scripted(&[|| later("31")]).await;
    let (builder, watch) = usual(&server.url);
    let client = builder.build().expect("the settings are fine");
    let response = client.call(&GET).send().await.expect("an answer");
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "31");
    assert_eq!((server.seen().len(), watch.pauses()), (1, vec![]));
}

#[tokio::test]
async fn no_attempt_begins_when_the_time_is_over() {
    let (mut builder, watch) = usual("https://h");
    let passing = watch.clone();
    let double = Double::answering(move || {
        passing.pass(Duration::from_secs(16));
        http::Response::builder()
            .status(503)
            .body(Body::empty())
            .expect("valid")
    });
    builder.transport(double.clone());
    builder.timeout(Duration::from_secs(20));
    builder
        .build()
        .expect("fine")
        .call(&GET)
        .send()
        .await
        .expect("an answer");
    let requests = double.take();
    assert_eq!((requests.len(), watch.pauses().len()), (2, 1));
    // The second one may take no longer than what is left.
    let [first, second] = [0, 1].map(|index| {
        let timeout = requests[index].extensions().get::<Timeout>().expect("one");
        timeout.left().expect("it is limited")
    });
    assert!(first > Duration::from_secs(15), "{first:?}");
    assert!(second <= Duration::from_secs(14), "{second:?}");
}

/// A transport that fails in one way.
#[derive(Clone)]
struct Failing(TransportErrorKind, Arc<AtomicUsize>);

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

/// An outage is no storm: 100 retries, and then only what successes give.
#[tokio::test]
async fn copies_of_a_client_share_a_budget() {
    let status = Arc::new(AtomicUsize::new(503));
    let current = Arc::clone(&status);
    let double = Double::answering(move || {
        let status = u16::try_from(current.load(Ordering::SeqCst)).expect("a status");
        http::Response::builder()
            .status(status)
            .body(Body::from("{}"))
            .expect("valid")
    });
    let (mut builder, _) = usual("https://h");
    builder.transport(double.clone());
    let client = builder.build().expect("the settings are fine");
    let requests = async |count: usize| {
        for _ in 0..count {
            let copy = client.with_credential(JWT, Credential::token("t"));
            copy.call(&GET).send().await.expect("an answer");
        }
        double.take().len()
    };
    assert_eq!(requests(50).await, 150);
    assert_eq!(requests(10).await, 10);
    status.store(200, Ordering::SeqCst);
    assert_eq!(requests(5).await, 5);
    status.store(503, Ordering::SeqCst);
    assert_eq!(requests(3).await, 4);
    // A server that knows what it does not want is up.
    status.store(404, Ordering::SeqCst);
    assert_eq!(requests(10).await, 10);
    status.store(503, Ordering::SeqCst);
    assert_eq!(requests(3).await, 5);
}

/// Where connecting takes too long, retries are half as many.
#[tokio::test]
async fn time_outs_cost_twice() {
    let transport = Failing(TransportErrorKind::ConnectTimeout, Arc::default());
    let (mut builder, _) = usual("https://h");
    builder.transport(transport.clone());
    let client = builder.build().expect("the settings are fine");
    for _ in 0..40 {
        client.call(&GET).send().await.expect_err("it fails");
    }
    assert_eq!(transport.1.load(Ordering::SeqCst), 40 + 50);
}

/// A retry that succeeds gives back what it took.
#[tokio::test]
async fn retries_that_succeed_are_free() {
    let count = AtomicUsize::new(0);
    let double = Double::answering(move || {
        let is_even = count.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
        let status = if is_even { 503 } else { 200 };
        http::Response::builder()
            .status(status)
            .body(Body::from("{}"))
            .expect("valid")
    });
    let (mut builder, _) = usual("https://h");
    builder.transport(double.clone());
    let client = builder.build().expect("the settings are fine");
    for _ in 0..300 {
        let response = client.call(&GET).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
    }
    assert_eq!(double.take().len(), 600);
}

/// Gives a new token each time, and says so.
#[derive(Default)]
struct Renewing(AtomicUsize);

impl CredentialProvider for Renewing {
    fn credential<'a>(
        &'a self,
        _request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        let count = self.0.fetch_add(1, Ordering::SeqCst);
        // There is no second one.
        let credential = (count != 1).then(|| Credential::token(format!("t{count}")));
        Box::pin(std::future::ready(Ok(credential)))
    }

    fn refused(&self, _request: CredentialRequest<'_>, _credential: &Credential) -> bool {
        true
    }
}

static SECURED: Description = Description {
    security: &[&[JWT], &[HEADER_KEY]],
    ..operation("GET", "/get")
};

#[tokio::test]
async fn another_credential_is_no_retry() {
    let server = scripted(&[busy, busy, || json(401, ""), busy]).await;
    let (mut builder, _) = usual(&server.url);
    builder.provider(JWT, Renewing::default());
    builder.credential(HEADER_KEY, Credential::token("k"));
    let client = builder.build().expect("the settings are fine");
    let response = client.call(&SECURED).send().await.expect("an answer");
    let seen = server.seen();
    let sent: Vec<_> = seen
        .iter()
        .map(|it| (it.header("authorization"), it.header("x-api-key")))
        .collect();
    // Of the credentials of an attempt, nothing is left in the next one.
    let token = |token| (Some(token), None);
    assert_eq!(
        sent,
        [
            token("Bearer t0"),
            (None, Some("k")),
            token("Bearer t2"),
            token("Bearer t3")
        ]
    );
    assert_eq!(response.status(), 503);
}

#[tokio::test]
async fn a_refused_token_is_replaced_between_retries() {
    let server = scripted(&[busy, || json(401, ""), busy, fine]).await;
    let (mut builder, _) = usual(&server.url);
    let provider = Renewing::default();
    provider.0.store(2, Ordering::SeqCst);
    builder.provider(JWT, provider);
    let client = builder.build().expect("the settings are fine");
    let response = client.call(&SECURED).send().await.expect("an answer");
    assert_eq!((response.status(), server.seen().len()), (200, 4));
}

static KEYED: Description = Description {
    idempotency_key: Some("Idempotency-Key"),
    ..operation("POST", "/post")
};

async fn keys(set: impl FnOnce(&mut Call)) -> Vec<String> {
    let server = scripted(&[busy, busy, fine]).await;
    let client = usual(&server.url).0.build().expect("the settings are fine");
    let mut call = client.call(&KEYED);
    set(&mut call);
    let response: RawResponse = call.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let seen = server.seen();
    assert_eq!(seen[0].method, Method::POST);
    let keys = seen
        .iter()
        .map(|it| it.header("idempotency-key").expect("a key"));
    keys.map(str::to_owned).collect()
}

#[tokio::test]
async fn attempts_have_one_idempotency_key() {
    let one = keys(|_| {}).await;
    assert_eq!(one.len(), 3);
    assert!(one.iter().all(|key| *key == one[0]), "{one:?}");
    let uuid = uuid::Uuid::parse_str(&one[0]).expect("a UUID");
    assert_eq!(uuid.get_version_num(), 4);
    assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
    assert_eq!(uuid.to_string(), one[0]);
    assert_ne!(keys(|_| {}).await[0], one[0]);
}

#[tokio::test]
async fn the_callers_idempotency_key_goes_first() {
    let keys = keys(|call| call.header("Idempotency-Key", &"mine", Style::SIMPLE)).await;
    assert_eq!(keys, ["mine", "mine", "mine"]);
}

#[test]
fn many_idempotency_keys_differ() {
    let double = Double::new();
    let (mut builder, _) = usual("https://h");
    builder.transport(double.clone());
    let client = builder.build().expect("the settings are fine");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..250 {
                    super::path::pollster(client.call(&KEYED).send()).expect("an answer");
                }
            });
        }
    });
    let requests = double.take();
    let keys: std::collections::HashSet<_> = requests
        .iter()
        .map(|it| it.headers()["idempotency-key"].clone())
        .collect();
    assert_eq!(keys.len(), 1000);
}
