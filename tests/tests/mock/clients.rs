//! Misbehaviour, as the generated clients take it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use auth_apis::runtime::session::Clock;
use auth_apis::runtime::{BoxFuture, Retry};
use auth_apis::{Error, thetvdb, tvmaze};
use keywright::mock::Settings;
use keywright_tests::clients::sessions;
use keywright_tests::mock::Mock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Served, contract};

/// A service with sessions, and a client that signs in by itself.
fn sessions() -> (Served, sessions::Client) {
    let served = Served(Mock::start("fixtures/sessions.yaml", Settings::default()));
    let builder = sessions::Client::builder().base_url(served.origin());
    let client = builder.bearer_session(|client| {
        client.get_token(sessions::models::GetTokenRequest::new("app", "key"))
    });
    (served, client.build().expect("it is set up"))
}

#[tokio::test]
async fn a_session_renews_after_one_401() {
    let (served, client) = sessions();
    served
        .rule(json!({ "operation": "listThings", "status": 401, "times": 1 }))
        .await;
    client.list_things().send().await.expect("it is sent again");
    let expected = [
        "getToken 200",
        "listThings 401",
        "nextToken 200",
        "listThings 204",
    ];
    assert_eq!(served.seen(), expected);
}

#[tokio::test]
async fn a_session_renews_when_its_token_has_expired() {
    let (served, client) = sessions();
    client.list_things().send().await.expect("it signs in");
    let (status, _) = served
        .control(Method::POST, "tokens/expire", Value::Null)
        .await;
    assert_eq!(status, 204);
    client.list_things().send().await.expect("it is sent again");
    let expected = ["listThings 401", "nextToken 200", "listThings 204"];
    assert_eq!(served.seen()[2..], expected);
}

#[tokio::test]
async fn a_session_signs_in_when_its_tokens_are_revoked() {
    let (served, client) = sessions();
    client.list_things().send().await.expect("it signs in");
    served
        .rule(json!({ "operation": "listThings", "tokens": "revoke", "times": 1 }))
        .await;
    client.list_things().send().await.expect("it is sent again");
    let expected = [
        "listThings 401",
        "nextToken 401",
        "getToken 200",
        "listThings 204",
    ];
    assert_eq!(served.seen()[2..], expected);
}

#[tokio::test]
async fn a_403_is_always_one() {
    let served = Served::start("thetvdb");
    served
        .rule(json!({ "operation": "loginPost", "status": 403 }))
        .await;
    let client = thetvdb::Client::builder().base_url(served.origin());
    let client = client.build().expect("it is set up");
    for _ in 0..3 {
        let login = thetvdb::models::AuthenticationString::new("key");
        let error = client
            .login_post(login)
            .send()
            .await
            .expect_err("it is refused");
        assert_eq!(Error::from(error).status().map(|it| it.as_u16()), Some(403));
    }
}

/// A clock on which a pause is over at once, and that remembers it.
#[derive(Clone, Default)]
struct Pauses(Arc<Mutex<Vec<Duration>>>);

impl Clock for Pauses {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().expect("no panic").iter().sum()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.0.lock().expect("no panic").push(time);
        Box::pin(std::future::ready(()))
    }
}

/// TVmaze with a key that is good, and a client that has it.
fn tvmaze(clock: &Pauses) -> (Served, tvmaze::Client) {
    let settings = Settings {
        credentials: vec![("usertoken".to_owned(), "ada:key".to_owned())],
        ..Settings::default()
    };
    let served = Served::of(vec![contract("tvmaze")], settings);
    let client = tvmaze::Client::builder()
        .base_url(format!("{}/v1", served.origin()))
        .usertoken("ada", "key")
        .retry(Retry::new())
        .clock(clock.clone());
    let client = client.build().expect("it is set up");
    (served, client)
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let clock = Pauses::default();
    let (served, client) = tvmaze(&clock);
    served
        .rule(json!({ "status": 429, "retry-after": 5, "times": 2 }))
        .await;
    client
        .auth_validate_get()
        .send()
        .await
        .expect("the third time");
    let statuses = [
        "authValidateGet 429",
        "authValidateGet 429",
        "authValidateGet 200",
    ];
    assert_eq!(served.seen(), statuses);
    let pauses = clock.0.lock().expect("no panic").clone();
    assert_eq!(pauses.len(), 2);
    assert!(
        pauses.iter().all(|it| *it >= Duration::from_secs(5)),
        "{pauses:?}"
    );
}

#[tokio::test]
async fn a_broken_connection_is_an_error_of_the_transport() {
    let clock = Pauses::default();
    let (served, client) = tvmaze(&clock);
    for drop in [json!(true), json!(0), json!(10)] {
        let (status, _) = served
            .control(Method::PUT, "rules", json!({ "drop": drop }))
            .await;
        assert_eq!(status, 200);
        let error = client
            .auth_validate_get()
            .send()
            .await
            .expect_err("it breaks");
        assert!(matches!(Error::from(error), Error::Transport(_)), "{drop}");
    }
    // Each was tried three times: it is idempotent.
    assert_eq!(served.seen().len(), 9);
    served
        .control(Method::PUT, "rules", json!([{ "drop": 10, "times": 1 }]))
        .await;
    client
        .auth_validate_get()
        .send()
        .await
        .expect("the second time");
}

#[tokio::test]
async fn what_is_no_json_cannot_be_decoded() {
    let clock = Pauses::default();
    let (served, client) = tvmaze(&clock);
    for rule in [json!({ "malformed": true }), json!({ "cut": 3 })] {
        served.control(Method::PUT, "rules", rule.clone()).await;
        let error = client
            .auth_validate_get()
            .send()
            .await
            .expect_err("it is spoilt");
        assert!(matches!(Error::from(error), Error::Decode(_)), "{rule}");
    }
    for rule in [
        json!({ "content-type": "text/csv" }),
        json!({ "html": true, "status": 200 }),
        json!({ "html": true, "status": 500 }),
        json!({ "status": 418 }),
    ] {
        served.control(Method::PUT, "rules", rule.clone()).await;
        let error = client
            .auth_validate_get()
            .send()
            .await
            .expect_err("it is spoilt");
        let error = Error::from(error);
        assert!(
            matches!(error, Error::Unexpected(_) | Error::Decode(_)),
            "{rule}: {error:?}"
        );
    }
}
