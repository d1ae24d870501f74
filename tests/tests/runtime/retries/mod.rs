//! When a request is sent again, and after which pause. Time is what the test says it is.

mod attempts;
mod budget;
mod failures;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, SystemTime};

use axum::response::Response;

use super::runtime::{
    Body, BoxFuture, Call, Client, ClientBuilder, Clock, Description, Retry, Status, Style, Timeout,
};
use super::server::{Double, Server, json};
use super::{API, operation};

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

/// Makes an answer.
type Answer = fn() -> Response;

/// A server that gives one answer after the other, the last one again and again.
async fn scripted(answers: &'static [Answer]) -> Server {
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
    let ways: [(&[Answer], u64); 2] = [
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

/// Without Tokio a thread waits.
#[test]
fn there_are_pauses_without_a_runtime() {
    let double = Double::answering(|| {
        let answer = http::Response::builder().status(503);
        answer.body(Body::empty()).expect("valid")
    });
    let mut builder = ClientBuilder::new(&API);
    builder.base_url("https://h");
    builder.transport(double.clone());
    builder.retry(Retry::new().pauses(Duration::from_millis(2), Duration::from_millis(2)));
    let client = builder.build().expect("the settings are fine");
    let response = without_tokio(client.call(&GET).send());
    assert_eq!(response.expect("an answer").status(), 503);
    assert_eq!(double.take().len(), 3);
}

/// Runs a future on this thread.
fn without_tokio<T>(mut future: BoxFuture<'_, T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(result) => return result,
            Poll::Pending => thread::park(),
        }
    }
}
