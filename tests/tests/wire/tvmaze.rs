//! TVmaze: ask for confirmation, poll until it is there, and use the key.

use std::time::Duration;

use auth_apis::tvmaze::models::{AuthPollPostRequest, AuthStartPostRequest};
use auth_apis::tvmaze::{AuthPollPostError, AuthStartPostError, AuthValidateGetError, Client};
use auth_apis::{Error, OperationError as _};
use keywright_tests::report::report;
use keywright_tests::services::{StandIn, TvMaze};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

fn client(service: &StandIn<TvMaze>) -> Client {
    Client::builder()
        .base_url(service.base_url())
        .build()
        .expect("the settings are right")
}

async fn start(client: &Client) -> SecretString {
    let started = client
        .auth_start_post(AuthStartPostRequest::new(TvMaze::EMAIL))
        .send()
        .await;
    started.expect("the user is known").token
}

async fn poll(
    client: &Client,
    token: &SecretString,
) -> Result<(String, SecretString), AuthPollPostError> {
    let confirmed = client
        .auth_poll_post(AuthPollPostRequest::new(token.clone()))
        .send()
        .await?;
    Ok((confirmed.username, confirmed.apikey))
}

/// What users write, as the README has it: by `.await`, or by `send()` before.
async fn signed_in(client: &Client) -> Result<Option<String>, Error> {
    let started = client
        .auth_start_post(AuthStartPostRequest::new(TvMaze::EMAIL))
        .with_timeout(Duration::from_secs(5))
        .await?;
    let request = client.auth_poll_post(AuthPollPostRequest::new(started.token));
    match request.clone().await {
        Ok(confirmed) => Ok(Some(confirmed.username)),
        Err(AuthPollPostError::Forbidden(_)) => {
            let again = request.send().await;
            Ok(again.ok().map(|confirmed| confirmed.username))
        }
        Err(AuthPollPostError::TooManyRequests(response)) => {
            assert!(response.retry_after().is_some());
            Ok(None)
        }
        Err(other) => Err(other.into()),
    }
}

#[tokio::test]
async fn a_request_is_awaited_and_sent_again() {
    let service = StandIn::<TvMaze>::start();
    let name = signed_in(&client(&service)).await;
    assert_eq!(name.expect("the service is there"), None);
    // The second time it is too early, and it is said so.
    assert_eq!(service.recorder().take().len(), 3);
}

#[tokio::test]
async fn a_key_is_granted_once_and_then_used() {
    let service = StandIn::<TvMaze>::start();
    let client = client(&service);
    let token = start(&client).await;
    let sent = service.recorder().only();
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(
        sent.json(),
        json!({ "email": TvMaze::EMAIL }),
        "the service's default applies"
    );

    let error = poll(&client, &token)
        .await
        .expect_err("the user has not confirmed");
    let AuthPollPostError::Forbidden(pending) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(pending.status(), 403);
    insta::assert_snapshot!(report(&error, &[token.expose_secret()]), @r#"
    `authPollPost`: 403 Forbidden: The user has not confirmed yet. Keep polling.
    Forbidden(Response { status: 403, headers: {"content-type": "application/json", "content-length": "63", "date": "<date>"}, body: () })
    "#);
    let sent = service.recorder().only();
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(sent.json(), json!({ "token": token.expose_secret() }));

    service.with(|service| service.pass_seconds(9));
    let error = poll(&client, &token)
        .await
        .expect_err("a poll every 10 seconds is allowed");
    let AuthPollPostError::TooManyRequests(throttled) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(throttled.retry_after(), None, "it need not be there");
    service.with(|service| service.set_retry_after(1));
    let error = poll(&client, &token)
        .await
        .expect_err("a poll every 10 seconds is allowed");
    let AuthPollPostError::TooManyRequests(throttled) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(throttled.retry_after(), Some(Duration::from_secs(1)));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    insta::assert_snapshot!(report(&error, &[token.expose_secret()]), @r#"
    `authPollPost`: 429 Too Many Requests: The previous poll was too recent. Poll less often.
    TooManyRequests(Response { status: 429, headers: {"retry-after": "1", "date": "<date>", "content-length": "0"}, body: () })
    "#);

    service.with(|service| service.pass_seconds(1));
    service.with(TvMaze::confirm);
    let (name, key) = poll(&client, &token).await.expect("the user has confirmed");
    assert_eq!(
        (name.as_str(), key.expose_secret()),
        (TvMaze::USER_NAME, TvMaze::API_KEY)
    );

    service.with(|service| service.pass_seconds(10));
    let error = poll(&client, &token)
        .await
        .expect_err("the key is handed out once");
    assert!(matches!(error, AuthPollPostError::NotFound(_)), "{error:?}");
    insta::assert_snapshot!(report(&error, &[token.expose_secret()]), @r#"
    `authPollPost`: 404 Not Found: No confirmation request goes by this token, or its credentials have been handed out already.
    NotFound(Response { status: 404, headers: {"content-type": "application/json", "content-length": "63", "date": "<date>"}, body: () })
    "#);

    let _ = service.recorder().take();
    let validated = client
        .with_usertoken(name, key)
        .auth_validate_get()
        .send()
        .await;
    assert_eq!(validated.expect("name and key are right").premium, Some(2));
    assert_eq!(
        service.recorder().only().header("authorization"),
        Some("Basic YWRhOmstMDEyMzQ1Njc4OQ==")
    );
}

#[tokio::test]
async fn a_user_at_hand_gets_no_mail_but_a_page() {
    let service = StandIn::<TvMaze>::start();
    let request = AuthStartPostRequest::new(TvMaze::EMAIL).with_email_confirmation(false);
    let started = client(&service)
        .auth_start_post(request)
        .send()
        .await
        .expect("the user is known");
    let page = format!(
        "https://www.tvmaze.com/confirm/{}",
        started.token.expose_secret()
    );
    assert_eq!(started.confirm_url.as_deref(), Some(page.as_str()));
    assert_eq!(
        service.recorder().only().json(),
        json!({ "email": TvMaze::EMAIL, "email_confirmation": false })
    );
}

#[tokio::test]
async fn a_start_is_refused_in_three_ways() {
    let service = StandIn::<TvMaze>::start();
    let client = client(&service);
    let start = async |email: &str| {
        client
            .auth_start_post(AuthStartPostRequest::new(email))
            .send()
            .await
            .expect_err("the start is refused")
    };
    let error = start(TvMaze::UNCONFIRMED_EMAIL).await;
    assert!(
        matches!(error, AuthStartPostError::Unauthorized(_)),
        "{error:?}"
    );
    insta::assert_snapshot!(report(&error, &[TvMaze::UNCONFIRMED_EMAIL]), @r#"
    `authStartPost`: 401 Unauthorized: An account has this mail address, but its owner never proved that the address is theirs.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "68", "date": "<date>"}, body: () })
    "#);
    let error = start("nobody@example.org").await;
    assert!(
        matches!(error, AuthStartPostError::NotFound(_)),
        "{error:?}"
    );
    insta::assert_snapshot!(report(&error, &["nobody@example.org"]), @r#"
    `authStartPost`: 404 Not Found: No account has this mail address.
    NotFound(Response { status: 404, headers: {"content-type": "application/json", "content-length": "56", "date": "<date>"}, body: () })
    "#);
    service.with(TvMaze::throttle_starts);
    let error = start(TvMaze::EMAIL).await;
    assert!(
        matches!(error, AuthStartPostError::TooManyRequests(_)),
        "{error:?}"
    );
    insta::assert_snapshot!(report(&error, &[TvMaze::EMAIL]), @r#"
    `authStartPost`: 429 Too Many Requests: Too many confirmation requests in a short time. Wait before opening another.
    TooManyRequests(Response { status: 429, headers: {"date": "<date>", "content-length": "0"}, body: () })
    "#);
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let service = StandIn::<TvMaze>::start();
    let client = client(&service);
    let error = client
        .with_usertoken(TvMaze::USER_NAME, "k-9876543210")
        .auth_validate_get()
        .send()
        .await;
    let error = error.expect_err("the key is wrong");
    assert!(
        matches!(error, AuthValidateGetError::Unauthorized(_)),
        "{error:?}"
    );
    insta::assert_snapshot!(report(&error, &["k-9876543210", "ada:k-9876543210"]), @r#"
    `authValidateGet`: 401 Unauthorized: User name or API key is wrong.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "58", "date": "<date>"}, body: () })
    "#);
    // An empty key is one that can be sent.
    let error = client
        .with_usertoken(TvMaze::USER_NAME, "")
        .auth_validate_get()
        .send()
        .await;
    assert!(
        matches!(error, Err(AuthValidateGetError::Unauthorized(_))),
        "{error:?}"
    );
    assert_eq!(
        service.recorder().take()[1].header("authorization"),
        Some("Basic YWRhOg==")
    );
}

#[tokio::test]
async fn without_a_credential_validate_is_not_even_sent() {
    let service = StandIn::<TvMaze>::start();
    let error = client(&service)
        .auth_validate_get()
        .send()
        .await
        .expect_err("there is no credential");
    let AuthValidateGetError::Other(Error::Auth(missing)) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (missing.scheme(), missing.setter()),
        (Some("usertoken"), Some("usertoken"))
    );
    assert!(error.to_string().contains(".usertoken("), "{error}");
    insta::assert_snapshot!(report(&error, &[]), @r#"
    `authValidateGet`: needs `usertoken`: call `.usertoken(..)` on the client builder
    Other(Auth(AuthError { operation: Some(Operation { id: "authValidateGet", .. }), scheme: Some(Scheme { name: "usertoken", setter: "usertoken", kind: Basic }), message: "needs `usertoken`: call `.usertoken(..)` on the client builder", source: None }))
    "#);
    assert!(service.recorder().is_empty());
}

#[tokio::test]
async fn a_credential_is_sent_where_it_is_optional() {
    let service = StandIn::<TvMaze>::start();
    let client = client(&service).with_usertoken(TvMaze::USER_NAME, TvMaze::API_KEY);
    let token = start(&client).await;
    poll(&client, &token)
        .await
        .expect_err("the user has not confirmed");
    for sent in service.recorder().take() {
        assert_eq!(
            sent.header("authorization"),
            Some("Basic YWRhOmstMDEyMzQ1Njc4OQ==")
        );
    }
}
