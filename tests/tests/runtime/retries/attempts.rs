//! What attempts have in common, and what they have not: idempotency keys and credentials.

use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;

use super::super::path::pollster;
use super::super::runtime::{
    BoxFuture, Call, Credential, CredentialProvider, CredentialRequest, Description, Error,
    RawResponse, Style,
};
use super::super::server::{Double, json};
use super::super::{HEADER_KEY, JWT, operation};
use super::{busy, fine, scripted, usual};

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
                    pollster(client.call(&KEYED).send()).expect("an answer");
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
