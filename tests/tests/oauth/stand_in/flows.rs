//! Apps, passwords, devices, and what becomes of their tokens.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use keywright::mock::Settings;
use keywright::mock::state::TokenKind;
use keywright_tests::clients::runtime::BoxFuture;
use keywright_tests::clients::runtime::oauth::App;
use keywright_tests::clients::runtime::session::{Clock, ConfirmationErrorKind, SessionErrorKind};

use super::{HOUR, ItsClock, Running, start, start_with};
use crate::{REDIRECT_URL, app, public, told};

#[tokio::test]
async fn an_app_gets_tokens_for_itself() {
    let running = start().await;
    let builder = running.builder().petstore_auth_client_credentials(app());
    let client = builder.build().expect("it is set up");
    client.list_pets().await.expect("it is signed in");
    running.pass(HOUR);
    client.list_pets().await.expect("it is signed in again");
    let expected = [
        "/oauth/token 200",
        "/v1/pets 200",
        "/oauth/token 200",
        "/v1/pets 200",
    ];
    assert_eq!(running.requests(), expected);
    // Without the scope, the API refuses it.
    let few = running
        .builder()
        .petstore_auth_client_credentials(app().scopes(["pets:write"]));
    let error = few.build().expect("it is set up").list_pets().await;
    let error = error.expect_err("it is not allowed").to_string();
    assert!(error.contains("403"), "{error}");
    let public = running.builder().petstore_auth_client_credentials(public());
    let public = public.build().expect("it is set up");
    let error = public
        .session()
        .ensure()
        .await
        .expect_err("it has no secret");
    assert_eq!(told(error.kind(), &error), "Refused unauthorized_client");
}

#[tokio::test]
async fn only_known_clients_get_tokens() {
    let clients = vec![(
        crate::CLIENT_ID.to_owned(),
        Some(crate::CLIENT_SECRET.to_owned()),
    )];
    let running = start_with(Settings {
        clients,
        ..Settings::default()
    })
    .await;
    for (app, expected) in [
        (app(), None),
        (app().auth_in_body(), None),
        (app().secret("wrong"), Some("Refused invalid_client")),
        (
            App::new("another").secret("wrong"),
            Some("Refused invalid_client"),
        ),
    ] {
        let client = running.builder().petstore_auth_client_credentials(app);
        let client = client.build().expect("it is set up");
        let outcome = client.session().ensure().await;
        let outcome = outcome.err().map(|it| told(it.kind(), &it));
        assert_eq!(outcome.as_deref(), expected);
    }
}

#[tokio::test]
async fn a_password_gives_a_session() {
    let running = start().await;
    let builder = running
        .builder()
        .petstore_auth_password(public(), "ada", "secret");
    let client = builder.build().expect("it is set up");
    for _ in 0..3 {
        client.list_pets().await.expect("it is signed in");
        running.pass(HOUR);
    }
    let expected = [
        "/oauth/token 200",
        "/v1/pets 200",
        "/oauth/refresh 200",
        "/v1/pets 200",
        "/oauth/refresh 200",
        "/v1/pets 200",
    ];
    assert_eq!(running.requests(), expected);
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_session() {
    let running = start().await;
    let client = running.signed_in(public()).await;
    let other = running.signed_in(public()).await;
    running.pass(HOUR);
    client.list_pets().await.expect("it is renewed");
    let stolen = running.last_request("/oauth/refresh");
    let (status, body) = running.post("/oauth/refresh", &stolen).await;
    assert_eq!(status, 400);
    assert!(body.contains(r#""error":"invalid_grant""#), "{body}");
    client.list_pets().await.expect_err("all of it has ended");
    let error = client.session().ensure().await.expect_err("it has ended");
    assert_eq!(error.kind(), SessionErrorKind::Ended);
    other
        .list_pets()
        .await
        .expect("another sign-in is as it was");
}

#[tokio::test]
async fn a_revoked_token_is_renewed_and_the_request_sent_again() {
    let running = start().await;
    let client = running.signed_in(public()).await;
    client.list_pets().await.expect("somebody is signed in");
    running
        .stand_in
        .state()
        .tokens
        .revoke(|it| it.kind == TokenKind::Access);
    client.list_pets().await.expect("it is renewed");
    let requests = running.requests();
    let expected = ["/v1/pets 401", "/oauth/refresh 200", "/v1/pets 200"];
    assert_eq!(requests[requests.len() - 3..], expected);
}

/// A clock by which a user confirms while a device waits the second time.
#[derive(Clone)]
struct Confirming {
    clock: ItsClock,
    browser: reqwest::Client,
    page: Arc<Mutex<Option<String>>>,
    waits: Arc<AtomicUsize>,
}

impl Confirming {
    fn new(running: &Running) -> Self {
        Self {
            clock: running.clock(),
            browser: running.browser.clone(),
            page: Arc::default(),
            waits: Arc::default(),
        }
    }

    fn confirm_at(&self, page: &str) {
        *self.page.lock().expect("no test panics here") = Some(page.to_owned());
    }
}

impl Clock for Confirming {
    fn now(&self) -> SystemTime {
        self.clock.now()
    }

    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        let waits = self.waits.fetch_add(1, Ordering::Relaxed);
        let page = self.page.lock().expect("no test panics here").clone();
        let page = page.filter(|_| waits == 1);
        Box::pin(async move {
            self.clock.sleep(time).await;
            if let Some(page) = page {
                let request = self.browser.post(page).body("action=allow");
                let response = request.send().await.expect("it answers");
                assert_eq!(response.status(), 303);
            }
        })
    }
}

#[tokio::test]
async fn a_user_confirms_on_another_device() {
    let running = start().await;
    let begin = async || {
        let device = running.client().petstore_auth_device(public());
        device
            .clock(running.clock())
            .start()
            .await
            .expect("it starts")
    };
    let page = |code: Option<&str>| format!("/__keywright/confirm/{}", code.expect("a code"));
    let clock = Confirming::new(&running);
    let device = running.client().petstore_auth_device(public());
    let confirming = device.clock(clock.clone()).start().await;
    let confirming = confirming.expect("it starts");
    clock.confirm_at(confirming.complete_url().expect("a page"));
    let client = confirming.wait().await.expect("the user confirms");
    let requests = running.requests();
    assert!(
        requests.contains(&"/oauth/token 400".to_owned()),
        "{requests:?}"
    );
    client.list_pets().await.expect("somebody is signed in");
    running.pass(HOUR);
    client.list_pets().await.expect("it is renewed");

    let confirming = begin().await;
    let (status, _) = running.post(&page(confirming.code()), "action=deny").await;
    assert_eq!(status, 303);
    let error = confirming.wait().await.expect_err("the user refuses");
    assert_eq!(error.kind(), ConfirmationErrorKind::Refused);
    // Nobody confirms.
    let error = begin().await.wait().await.expect_err("nobody confirms");
    assert_eq!(error.kind(), ConfirmationErrorKind::Expired);
}

#[tokio::test]
async fn a_user_who_confirms_by_themselves_need_not_be_asked() {
    let running = start_with(Settings {
        confirm_after: Some(Duration::ZERO),
        ..Settings::default()
    })
    .await;
    let device = running.client().petstore_auth_device(public());
    let confirming = device
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    let client = confirming.wait().await.expect("the user confirms");
    client.list_pets().await.expect("somebody is signed in");
    let authorization = running
        .client()
        .petstore_auth_authorization_code(app(), REDIRECT_URL);
    let authorizing = authorization
        .clock(running.clock())
        .start()
        .await
        .expect("it starts");
    let redirected = running.open(authorizing.url()).await;
    let client = authorizing
        .finish(&redirected)
        .await
        .expect("the user agrees");
    client.list_pets().await.expect("somebody is signed in");
}
