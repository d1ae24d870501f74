//! Confirmation on another device, against a server on loopback. Nobody waits: the clock is set forth.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::response::Response;

use super::super::runtime::session::{
    Clock, Confirmation, ConfirmationErrorKind, Flow, Gift, MemoryStore, Part, Place, Plan,
    SessionErrorKind, SessionState, StoreError, TokenStore,
};
use super::super::runtime::{BoxFuture, Buffered, Client, Description, RawResponse, Request};
use super::super::server::Server;
use super::super::{USER, builder};
use super::{Hand, kind};

static START: Description = Description {
    // Who asks to be let in may have a key, and need not.
    security: &[&[USER], &[]],
    ..Description::new("start", "POST", "/start")
};
static POLL: Description = Description {
    security: &[&[USER], &[]],
    ..Description::new("poll", "POST", "/poll")
};
static CHECK: Description = Description {
    security: &[&[USER]],
    ..Description::new("check", "GET", "/check")
};

static PLAN: Plan = Plan {
    scheme: USER,
    acquire: None,
    renew: None,
    revoke: None,
};

static FLOW: Flow = Flow {
    start: &START,
    token: Place::Body("/token"),
    url: Some(Place::Body("/url")),
    code: Some(Place::Body("/code")),
    said_interval: Some(Place::Body("/interval")),
    said_deadline: Some(Place::Body("/expires_in")),
    poll: &POLL,
    sends: &[(Place::Body("/token"), Part::Token)],
    interval: 10,
    deadline: 100,
    pending: &[403],
    slow_down: &[429],
    gone: &[404],
    gift: Gift::Basic {
        username: Place::Body("/username"),
        password: Place::Body("/key"),
    },
};

/// What the server answers to polls, one after the other; the last one for ever.
#[derive(Clone, Copy, PartialEq)]
enum Poll {
    Granted,
    /// A success without a key.
    Empty,
    Status(u16),
    /// A status with `Retry-After: 42`.
    Later(u16),
    /// A status with as long a `Retry-After` as there is.
    Forever(u16),
    /// The connection breaks in the middle of the response.
    Broken,
}

/// A confirmation, the clock, and when the server was asked.
struct Scene {
    clock: Hand,
    client: Client,
    asked: Arc<Mutex<Vec<u64>>>,
    server: Server,
}

fn reply(status: u16, body: &str) -> Response {
    let response = Response::builder().status(status);
    response.body(body.to_owned().into()).expect("a response")
}

async fn scene(start: &'static str, polls: &[Poll]) -> Scene {
    let clock = Hand::new();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let polls = Mutex::new(polls.iter().copied().collect::<VecDeque<Poll>>());
    let (watch, log) = (clock.clone(), Arc::clone(&asked));
    let server = Server::start(move |seen| match &*seen.target {
        "/start" if start.is_empty() => reply(401, ""),
        "/start" => {
            assert_eq!(
                seen.header("authorization"),
                None,
                "it is there to get a key"
            );
            reply(200, start)
        }
        "/check" => reply(200, seen.header("authorization").unwrap_or_default()),
        _ => {
            log.lock()
                .expect("no panic")
                .push(watch.elapsed().as_secs());
            assert_eq!(seen.header("authorization"), None);
            assert_eq!(seen.body, r#"{"token":"T1"}"#);
            let mut polls = polls.lock().expect("no panic");
            let next = polls.pop_front().expect("nobody asks any more");
            match next {
                Poll::Granted => reply(200, r#"{"username": "ada", "key": "K"}"#),
                Poll::Empty => reply(200, r#"{"username": "ada", "key": ""}"#),
                Poll::Status(status) => reply(status, "<p>What?</p>"),
                Poll::Later(status) | Poll::Forever(status) => {
                    let mut response = reply(status, "");
                    let value = match next {
                        Poll::Later(_) => "42",
                        _ => "18446744073709551615",
                    };
                    let value = http::HeaderValue::from_static(value);
                    response.headers_mut().insert("retry-after", value);
                    response
                }
                Poll::Broken => {
                    let broken = std::io::Error::other("broken");
                    let parts = [Ok(bytes::Bytes::from("{")), Err(broken)];
                    let body = futures_util::stream::iter(parts);
                    Response::new(axum::body::Body::from_stream(body))
                }
            }
        }
    });
    let server = server.await;
    let client = builder(&server.url).build().expect("it is set up");
    Scene {
        clock,
        client,
        asked,
        server,
    }
}

const STARTED: &str = r#"{"token": "T1", "url": "https://confirm.example/T1"}"#;

impl Scene {
    fn confirmation(&self) -> Confirmation<Client> {
        let request: Request<(), Buffered> = self.client.call(&START).request();
        let confirmation = Confirmation::new(&PLAN, &FLOW, request, |client| client);
        confirmation.clock(self.clock.clone())
    }

    /// What comes of it: the credential that the client has then, or what is wrong.
    async fn outcome(&self) -> String {
        let confirming = match self.confirmation().start().await {
            Ok(confirming) => confirming,
            Err(error) => return format!("start: {:?}", error.kind()),
        };
        match confirming.wait().await {
            Ok(client) => check(&client).await,
            Err(error) => format!(
                "{:?} {:?}",
                error.kind(),
                error.status().map(|it| it.as_u16())
            ),
        }
    }

    fn asked(&self) -> Vec<u64> {
        self.asked.lock().expect("no panic").clone()
    }
}

async fn check(client: &Client) -> String {
    let response = client.call(&CHECK).send().await;
    let response = response.and_then(RawResponse::text::<()>);
    match response {
        Ok(response) => response.into_body(),
        Err(error) => format!("{:?}", kind(&error)),
    }
}

const KEY: &str = "Basic YWRhOks=";

#[tokio::test]
async fn answers_of_the_server_and_what_comes_of_them() {
    use Poll::{Broken, Empty, Granted, Later, Status};
    let pending = Status(403);
    let table: [(&[Poll], &str, &[u64]); 14] = [
        (&[Granted], KEY, &[10]),
        (&[pending, pending, Granted], KEY, &[10, 20, 30]),
        // It is asked less often from then on.
        (&[pending, Status(429), Granted], KEY, &[10, 20, 35]),
        (
            &[Status(429), pending, Status(429), Granted],
            KEY,
            &[10, 25, 40, 60],
        ),
        (&[Later(429), Granted], KEY, &[10, 52]),
        (&[Later(403), Granted], KEY, &[10, 52]),
        // What may pass is waited out.
        (&[Status(503), Granted], KEY, &[10, 20]),
        (&[Later(503), Granted], KEY, &[10, 52]),
        (&[Status(408), Status(502), Granted], KEY, &[10, 20, 30]),
        (&[Status(404)], "Gone Some(404)", &[10]),
        (&[pending, Status(400)], "Refused Some(400)", &[10, 20]),
        (&[Status(401)], "Refused Some(401)", &[10]),
        (&[Empty], "Useless None", &[10]),
        (
            &[pending; 20],
            "Expired None",
            &[10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
        ),
    ];
    for (polls, expected, times) in table {
        let scene = scene(STARTED, polls).await;
        assert_eq!(scene.outcome().await, expected);
        assert_eq!(scene.asked(), times, "{expected}");
    }
    let scene = scene(STARTED, &[Broken, Granted]).await;
    assert_eq!(scene.outcome().await, KEY);
    let asked = scene.asked();
    assert!(asked[0] == 10 && (20..=25).contains(&asked[1]), "{asked:?}");
}

#[tokio::test]
async fn the_start_tells_where_to_confirm_and_how_often_to_ask() {
    let started = r#"{"token": "T1", "code": "ABCD-EFGH", "interval": "7", "expires_in": 20}"#;
    let scene = scene(started, &[Poll::Status(403); 9]).await;
    let confirming = scene.confirmation().start().await.expect("it starts");
    assert_eq!(
        (confirming.url(), confirming.code()),
        (None, Some("ABCD-EFGH"))
    );
    let error = confirming.wait().await.expect_err("nobody confirms");
    assert_eq!(error.kind(), ConfirmationErrorKind::Expired);
    assert_eq!(scene.asked(), [7, 14]);
}

#[tokio::test]
async fn what_a_server_says_of_time_is_no_reason_to_panic_or_to_ask_without_a_pause() {
    let started = r#"{"token": "T1", "interval": 0, "expires_in": 3}"#;
    let scene = scene(started, &[Poll::Status(403); 9]).await;
    assert_eq!(scene.outcome().await, "Expired None");
    assert_eq!(scene.asked(), [1, 2, 3]);
    let forever = Poll::Forever(429);
    let scene = self::scene(STARTED, &[forever]).await;
    assert_eq!(scene.outcome().await, "Expired None");
    assert_eq!(scene.asked(), [10]);
}

#[tokio::test]
async fn what_does_not_start_is_an_error() {
    assert_eq!(scene("", &[]).await.outcome().await, "start: Refused");
    let useless = "start: Useless";
    assert_eq!(scene("{}", &[]).await.outcome().await, useless);
    assert_eq!(scene("<p>What?</p>", &[]).await.outcome().await, useless);
    let dead = builder("http://127.0.0.1:1").build().expect("it is set up");
    let request: Request<(), Buffered> = dead.call(&START).request();
    let confirmation = Confirmation::new(&PLAN, &FLOW, request, |client| client);
    let error = confirmation.start().await.expect_err("nobody is there");
    assert_eq!(error.kind(), ConfirmationErrorKind::Unavailable);
}

#[tokio::test]
async fn who_drops_it_asks_no_more() {
    /// A clock on which nothing ever comes.
    struct Never(Hand);

    impl Clock for Never {
        fn now(&self) -> std::time::SystemTime {
            self.0.now()
        }

        fn elapsed(&self) -> Duration {
            self.0.elapsed()
        }

        fn sleep(&self, _time: Duration) -> BoxFuture<'_, ()> {
            Box::pin(std::future::pending())
        }
    }

    let scene = scene(STARTED, &[]).await;
    let confirmation = scene.confirmation().clock(Never(scene.clock.clone()));
    let confirming = confirmation.start().await.expect("it starts");
    let mut wait = Box::pin(confirming.wait());
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(wait.as_mut().poll(&mut cx).is_pending());
    drop(wait);
    assert!(scene.asked().is_empty());
    assert_eq!(scene.server.seen().len(), 1);
}

/// A store that looks whether the server has been asked for the key when it is told to keep it.
#[derive(Clone, Default)]
struct Watching {
    inner: MemoryStore,
    is_full: bool,
}

impl TokenStore for Watching {
    fn load(&self) -> BoxFuture<'_, Result<Option<secrecy::SecretString>, StoreError>> {
        self.inner.load()
    }

    fn save(&self, text: secrecy::SecretString) -> BoxFuture<'_, Result<(), StoreError>> {
        if self.is_full {
            return Box::pin(std::future::ready(Err(StoreError::new("the disk is full"))));
        }
        self.inner.save(text)
    }

    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.inner.remove()
    }
}

#[tokio::test]
async fn the_credential_is_stored_before_anybody_has_it() {
    let scene = scene(STARTED, &[Poll::Granted]).await;
    let store = Watching::default();
    let confirmation = scene.confirmation().store(store.clone());
    let confirming = confirmation.start().await.expect("it starts");
    let client = confirming.wait().await.expect("it is confirmed");
    assert_eq!(
        client.session(&PLAN).state(),
        SessionState::SignedIn {
            expires_at: None,
            is_stored: true
        }
    );
    assert_eq!(check(&client).await, KEY);

    // Another process has it from there.
    let mut later = builder(&scene.server.url);
    later.session(&PLAN, |session| session.store(store.clone()));
    let later = later.build().expect("it is set up");
    assert_eq!(check(&later).await, KEY);
    later
        .session(&PLAN)
        .sign_out()
        .await
        .expect("it is forgotten");
    assert!(store.load().await.expect("it can be read").is_none());
    assert_eq!(check(&later).await, "Some(SignedOut)");
}

#[tokio::test]
async fn where_the_store_fails_the_client_has_the_credential_and_says_so() {
    let scene = scene(STARTED, &[Poll::Granted]).await;
    let store = Watching {
        is_full: true,
        ..Watching::default()
    };
    let confirming = scene
        .confirmation()
        .store(store)
        .start()
        .await
        .expect("it starts");
    let client = confirming.wait().await.expect("it is confirmed");
    assert_eq!(check(&client).await, KEY);
    assert_eq!(
        client.session(&PLAN).state(),
        SessionState::SignedIn {
            expires_at: None,
            is_stored: false
        }
    );
}

#[tokio::test]
async fn who_has_no_credential_yet_may_do_what_needs_none() {
    let scene = scene(STARTED, &[]).await;
    let mut builder = builder(&scene.server.url);
    builder.session(&PLAN, |session| session.store(MemoryStore::default()));
    let client = builder.build().expect("it is set up");
    let response = client.call(&START).send().await.expect("it is sent");
    assert_eq!(response.status(), 200);
    let Err(error) = client.call(&CHECK).send().await else {
        panic!("it needs one")
    };
    assert_eq!(kind(&error), Some(SessionErrorKind::NoSignIn));
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let scene = scene(STARTED, &[Poll::Granted]).await;
    let confirmation = scene.confirmation();
    let mut shown = vec![format!("{confirmation:?}")];
    let confirming = confirmation.start().await.expect("it starts");
    shown.push(format!("{confirming:?}"));
    let client = confirming.wait().await.expect("it is confirmed");
    shown.push(format!("{client:?} {:?}", client.session(&PLAN)));
    let shown = shown.join(" ");
    assert!(!shown.contains("T1") && !shown.contains("ada"), "{shown}");
}
