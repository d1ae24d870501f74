//! Sessions of the APIs: what their clients do by themselves.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use auth_apis::runtime::BoxFuture;
use auth_apis::runtime::session::{
    Clock, ConfirmationErrorKind, MemoryStore, SessionErrorKind, SessionState,
};
use auth_apis::{aivo, pacerpro, thetvdb, tvmaze};
use keywright_tests::services::{Aivo, PacerPro, START, Service, StandIn, TheTvdb, TvMaze};

/// A clock that shows what a service's clock shows.
#[derive(Clone)]
struct Hand(Arc<Mutex<Duration>>);

impl Hand {
    fn new() -> Self {
        let start = u64::try_from(START).expect("it is after 1970");
        Self(Arc::new(Mutex::new(Duration::from_secs(start))))
    }

    fn pass(&self, hours: u64) {
        *self.0.lock().expect("no panic") += Duration::from_secs(hours * 3600);
    }
}

impl Clock for Hand {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        *self.0.lock().expect("no panic")
    }
}

/// What the service was asked: methods and paths, each with whether there was a token.
fn asked<S: Service>(service: &StandIn<S>) -> Vec<String> {
    let all = service.recorder().take();
    let line = |it: &keywright_tests::recorder::Recorded| {
        let token = it.header("authorization").map_or("", |_| " with a token");
        format!("{} {}{token}", it.method, it.target)
    };
    all.iter().map(line).collect()
}

fn hours_left(state: &SessionState, clock: &Hand) -> u64 {
    let SessionState::SignedIn { expires_at, .. } = state else {
        panic!("{state:?}")
    };
    let expires_at = expires_at.expect("it is known");
    let left = expires_at.duration_since(clock.now()).expect("it is good");
    left.as_secs() / 3600
}

#[tokio::test]
async fn aivo_renews_by_a_refresh_token_that_rotates() {
    let (service, clock) = (StandIn::<Aivo>::start(), Hand::new());
    let store = MemoryStore::default();
    let client = |store: MemoryStore| {
        let builder = aivo::Client::builder().base_url(service.base_url());
        builder
            .bearer_auth_store(store)
            .bearer_auth_clock(clock.clone())
    };
    let signing_in = client(store.clone()).bearer_auth_session(|client| {
        client.login(aivo::models::LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
    });
    let signing_in = signing_in.build().expect("it is set up");
    let state = signing_in.session().ensure().await.expect("it signs in");
    assert_eq!(hours_left(&state, &clock), 1);
    assert_eq!(asked(&service), ["POST /auth/v1/login"]);

    // Another process has no password, and renews what is in the store, again and again.
    let resumed = client(store.clone()).build().expect("it is set up");
    for _ in 0..3 {
        clock.pass(2);
        service.with(|it| it.pass_seconds(7200));
        resumed.session().ensure().await.expect("it renews");
        assert_eq!(asked(&service), ["POST /auth/v1/refresh with a token"]);
    }
    // The first one takes over what the other has stored.
    signing_in.session().ensure().await.expect("it is there");
    assert_eq!(asked(&service), [""; 0]);

    resumed.session().sign_out().await.expect("it is told");
    assert_eq!(asked(&service), ["POST /auth/v1/logout with a token"]);
    let error = client(store).build().expect("it is set up");
    let error = error
        .session()
        .ensure()
        .await
        .expect_err("nothing is stored");
    assert_eq!(error.kind(), SessionErrorKind::NoSignIn);
}

#[tokio::test]
async fn aivo_is_told_when_the_password_is_wrong() {
    let service = StandIn::<Aivo>::start();
    let builder = aivo::Client::builder().base_url(service.base_url());
    let client = builder.bearer_auth_session(|client| {
        client.login(aivo::models::LoginRequest::new(Aivo::EMAIL, "wrong-horse"))
    });
    let client = client.build().expect("it is set up");
    let error = client.session().ensure().await.expect_err("it is refused");
    assert_eq!(error.kind(), SessionErrorKind::Refused);
    assert!(error.is_permanent());
    insta::assert_snapshot!(error, @"`login`: the server refused to sign in, with status 401");
    // Who asks again at once gets the same, and the server is left alone.
    assert_eq!(asked(&service), ["POST /auth/v1/login"]);
    client.session().ensure().await.expect_err("it is kept");
    assert_eq!(asked(&service), [""; 0]);
}

#[tokio::test]
async fn thetvdb_renews_a_token_while_it_is_valid_and_signs_in_after() {
    let (service, clock) = (StandIn::<TheTvdb>::start(), Hand::new());
    let builder = thetvdb::Client::builder().base_url(service.base_url());
    let client = builder
        .jwt_token_clock(clock.clone())
        .jwt_token_session(|client| {
            client.login_post(thetvdb::models::AuthenticationString::new(TheTvdb::API_KEY))
        });
    let client = client.build().expect("it is set up");
    let state = client.session().ensure().await.expect("it signs in");
    assert_eq!(hours_left(&state, &clock), 24);
    assert_eq!(asked(&service), ["POST /login"]);

    // In the last hour of its day the token is renewed, and serves meanwhile.
    let pass = |hours: u64| {
        clock.pass(hours);
        let hours = i64::try_from(hours).expect("a few");
        service.with(|it| it.pass_hours(hours));
    };
    pass(23);
    client.session().ensure().await.expect("it renews");
    while hours_left(&client.session().state(), &clock) < 24 {
        tokio::task::yield_now().await;
    }
    assert_eq!(asked(&service), ["GET /refresh_token with a token"]);

    // What has expired cannot be renewed there, and is not tried.
    pass(48);
    client.session().ensure().await.expect("it signs in");
    assert_eq!(asked(&service), ["POST /login"]);
}

#[tokio::test]
async fn pacerpro_says_when_a_token_ends_and_ends_all_of_them() {
    let (service, clock) = (StandIn::<PacerPro>::start(), Hand::new());
    let builder = pacerpro::Client::builder().base_url(service.base_url());
    let client = builder
        .bearer_clock(clock.clone())
        .bearer_session(|client| {
            client.session_create(pacerpro::models::User::new(
                PacerPro::EMAIL,
                PacerPro::PASSWORD,
            ))
        });
    let client = client.build().expect("it is set up");
    let state = client.session().ensure().await.expect("it signs in");
    assert_eq!(hours_left(&state, &clock), 12);
    assert_eq!(asked(&service), ["POST /v1/session"]);

    client.session().sign_out().await.expect("it is told");
    assert_eq!(asked(&service), ["DELETE /v1/session with a token"]);
    let error = client.session().ensure().await.expect_err("it has ended");
    assert_eq!(error.kind(), SessionErrorKind::SignedOut);
    client.session().sign_in().await.expect("it signs in anew");
    assert_eq!(asked(&service), ["POST /v1/session"]);
}

/// A clock on which a wait is over at once: the service's clock has gone on meanwhile, and perhaps the user has confirmed.
struct Waits<F>(Hand, F);

impl<F: Fn(Duration) + Send + Sync> Clock for Waits<F> {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        *self.0.0.lock().expect("no panic") += time;
        (self.1)(time);
        Box::pin(std::future::ready(()))
    }
}

fn tvmaze(service: &StandIn<TvMaze>) -> tvmaze::ClientBuilder {
    tvmaze::Client::builder().base_url(service.base_url())
}

#[tokio::test]
async fn tvmaze_gives_a_key_when_the_user_has_confirmed() {
    let service = Arc::new(StandIn::<TvMaze>::start());
    let client = tvmaze(&service).build().expect("it is set up");
    let store = MemoryStore::default();
    let (user, waits) = (Arc::clone(&service), AtomicUsize::new(0));
    let clock = Waits(Hand::new(), move |time: Duration| {
        let seconds = i64::try_from(time.as_secs()).expect("a few");
        user.with(|it| it.pass_seconds(seconds));
        if waits.fetch_add(1, Ordering::Relaxed) == 2 {
            user.with(TvMaze::confirm);
        }
    });
    let start = client.auth_start_post(tvmaze::models::AuthStartPostRequest::new(TvMaze::EMAIL));
    let confirmation = client.usertoken_confirmation(start);
    let confirmation = confirmation.store(store.clone()).clock(clock);
    let confirming = confirmation.start().await.expect("it starts");
    assert!(
        confirming
            .url()
            .expect("there is a page")
            .starts_with("https://")
    );
    let signed_in = confirming.wait().await.expect("the user confirms");
    let poll = "POST /v1/auth/poll";
    assert_eq!(asked(&service), ["POST /v1/auth/start", poll, poll, poll]);

    signed_in.auth_validate_get().await.expect("the key serves");
    // The key is handed out once, and kept.
    let later = tvmaze(&service).usertoken_store(store).build();
    let later = later.expect("it is set up");
    later.auth_validate_get().await.expect("the key is stored");
    later.session().sign_out().await.expect("it is forgotten");
    let error = later.auth_validate_get().await.expect_err("there is none");
    assert!(
        matches!(error, tvmaze::AuthValidateGetError::Other(_)),
        "{error}"
    );
}

#[tokio::test]
async fn tvmaze_does_not_wait_for_ever() {
    let service = Arc::new(StandIn::<TvMaze>::start());
    let client = tvmaze(&service).build().expect("it is set up");
    let start = client.auth_start_post(tvmaze::models::AuthStartPostRequest::new(TvMaze::EMAIL));
    let confirmation = client.usertoken_confirmation(start);
    let user = Arc::clone(&service);
    let confirmation = confirmation.clock(Waits(Hand::new(), move |time: Duration| {
        let seconds = i64::try_from(time.as_secs()).expect("a few");
        user.with(|it| it.pass_seconds(seconds));
    }));
    let confirming = confirmation.start().await;
    let error = confirming
        .expect("it starts")
        .wait()
        .await
        .expect_err("nobody confirms");
    assert_eq!(error.kind(), ConfirmationErrorKind::Expired);
    insta::assert_snapshot!(error, @"`authPollPost`: the user has not confirmed in time");
}
