//! Device flows: a service waits until the user confirms, and gives the credential once.

use std::time::Duration;

use auth_apis::runtime::mock::block_on;
use auth_apis::runtime::session::ConfirmationErrorKind;
use auth_apis::tvmaze::mock::Service;
use auth_apis::tvmaze::{AuthPollPost, AuthPollPostError, AuthValidateGet, Client, models};

fn start(client: &Client) -> auth_apis::tvmaze::models::AuthStartPost200Response {
    let request = models::AuthStartPostRequest::new("ada@example.org");
    block_on(client.auth_start_post(request).send()).expect("it starts")
}

fn service() -> Service {
    Service::new()
        .on_auth_validate_get(|_| AuthValidateGet::ok(models::AuthValidateGet200Response::new()))
}

#[test]
fn a_user_confirms_while_the_client_polls() {
    let service = service().confirm_after(2);
    let client = service.client().build().expect("it is set up");
    let request = client.auth_start_post(models::AuthStartPostRequest::new("ada@example.org"));
    block_on(async {
        let confirming = client
            .usertoken_confirmation(request)
            .start()
            .await
            .expect("it starts");
        assert!(confirming.url().is_some());
        let client = confirming.wait().await.expect("she confirms");
        client.auth_validate_get().await.expect("the key is right");
    });
    assert_eq!(service.requests::<AuthPollPost>().len(), 3);
}

#[test]
fn a_credential_is_given_once() {
    let service = service();
    let client = service.client().build().expect("it is set up");
    let started = start(&client);
    let poll = || {
        let request = models::AuthPollPostRequest::new(started.token.clone());
        block_on(client.auth_poll_post(request).send())
    };
    assert!(matches!(poll(), Err(AuthPollPostError::Forbidden(_))));
    service.confirm();
    let given = poll().expect("she has confirmed");
    assert!(matches!(poll(), Err(AuthPollPostError::NotFound(_))));
    let signed_in = client.with_usertoken(given.username, given.apikey);
    block_on(signed_in.auth_validate_get().send()).expect("the key is right");
    service.revoke_sessions();
    block_on(signed_in.auth_validate_get().send()).expect_err("the key is of no use any more");
    // One that a test sets by hand has always been there.
    let other = client.with_usertoken("bob", "key");
    block_on(other.auth_validate_get().send()).expect("the key is right");
}

#[test]
fn what_nobody_confirms_is_over_in_time() {
    let service = service();
    let client = service.client().build().expect("it is set up");
    let request = client.auth_start_post(models::AuthStartPostRequest::new("ada@example.org"));
    let waited = block_on(async {
        let confirming = client
            .usertoken_confirmation(request)
            .start()
            .await
            .expect("it starts");
        confirming.wait().await
    });
    let error = waited.expect_err("nobody confirms");
    assert_eq!(error.kind(), ConfirmationErrorKind::Expired);
    let started = start(&client);
    service.advance(Duration::from_secs(901));
    let request = models::AuthPollPostRequest::new(started.token);
    let polled = block_on(client.auth_poll_post(request).send());
    assert!(matches!(polled, Err(AuthPollPostError::NotFound(_))));
}
