//! TheTVDB: log in, use the token, renew it, use its successor, be refused.

use auth_apis::OperationError as _;
use auth_apis::thetvdb::models::AuthenticationString;
use auth_apis::thetvdb::{Client, LoginPostError, RefreshTokenGetError};
use keywright_tests::report::report;
use keywright_tests::services::{StandIn, TheTvdb};
use secrecy::ExposeSecret as _;
use serde_json::json;

fn client(service: &StandIn<TheTvdb>) -> Client {
    Client::builder()
        .base_url(service.base_url())
        .build()
        .expect("the settings are right")
}

#[tokio::test]
async fn a_token_is_obtained_and_renewed_until_its_day_is_over() {
    let service = StandIn::<TheTvdb>::start();
    let client = client(&service);

    let first = client
        .login_post(AuthenticationString::new(TheTvdb::API_KEY))
        .send()
        .await;
    let first = first.expect("the key is right").token;
    assert_eq!(service.recorder().only().header("authorization"), None);

    let client = client.with_jwt_token(first.clone());
    let second = client
        .refresh_token_get()
        .send()
        .await
        .expect("the token is valid")
        .token;
    let sent = format!("Bearer {}", first.expose_secret());
    assert_eq!(
        service.recorder().only().header("authorization"),
        Some(sent.as_str())
    );
    assert_ne!(first.expose_secret(), second.expose_secret());

    service.with(|service| service.pass_hours(23));
    let client = client.with_jwt_token(second.clone());
    let third = client
        .refresh_token_get()
        .send()
        .await
        .expect("the successor is valid")
        .token;
    let sent = format!("Bearer {}", second.expose_secret());
    assert_eq!(
        service.recorder().only().header("authorization"),
        Some(sent.as_str())
    );

    // The second token would have ended by now. The third counts from its own issue.
    service.with(|service| service.pass_hours(2));
    let error = client
        .refresh_token_get()
        .send()
        .await
        .expect_err("the second token has expired");
    let RefreshTokenGetError::Unauthorized(refused) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.error.as_deref(), Some("Not authorized"));
    let client = client.with_jwt_token(third.clone());
    client
        .refresh_token_get()
        .send()
        .await
        .expect("the third token is valid");

    service.with(|service| service.pass_hours(24));
    let error = client
        .refresh_token_get()
        .send()
        .await
        .expect_err("the third token has expired");
    insta::assert_snapshot!(report(&error, &[third.expose_secret(), TheTvdb::API_KEY]), @r#"
    `refreshTokenGet`: 401 Unauthorized: The call carried no JWT, or one whose 24 hours are over.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "26", "date": "<date>"}, body: NotAuthorized { error: Some("Not authorized") } })
    "#);

    let login = client
        .login_post(AuthenticationString::new(TheTvdb::API_KEY))
        .send()
        .await;
    let client = client.with_jwt_token(login.expect("the key still is right").token);
    client
        .refresh_token_get()
        .send()
        .await
        .expect("the token is new");
}

#[tokio::test]
async fn a_wrong_key_is_refused_with_the_documented_body() {
    let service = StandIn::<TheTvdb>::start();
    let error = client(&service)
        .login_post(AuthenticationString::new("FEDCBA9876543210"))
        .send()
        .await
        .expect_err("the key is wrong");
    let LoginPostError::Unauthorized(refused) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(refused.error.as_deref(), Some("Not Authorized"));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    insta::assert_snapshot!(report(&error, &["FEDCBA9876543210"]), @r#"
    `loginPost`: 401 Unauthorized: The API key is not valid, or the user name and identifier do not belong to an account.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "26", "date": "<date>"}, body: NotAuthorized { error: Some("Not Authorized") } })
    "#);
    // The operation's own error becomes the API's one error without losing its body.
    let error = auth_apis::Error::from(error);
    insta::assert_snapshot!(report(&error, &["FEDCBA9876543210"]), @r#"
    `loginPost`: 401 Unauthorized: The API key is not valid, or the user name and identifier do not belong to an account.
    Documented(DocumentedError { operation: Operation { id: "loginPost", .. }, status: 401, headers: {"content-type": "application/json", "content-length": "26", "date": "<date>"}, body: NotAuthorized { error: Some("Not Authorized") } })
    "#);
}

#[tokio::test]
async fn a_user_is_named_by_the_optional_fields() {
    let service = StandIn::<TheTvdb>::start();
    let client = client(&service);
    let user = AuthenticationString::new(TheTvdb::API_KEY)
        .with_userkey(TheTvdb::USER_KEY)
        .with_username(TheTvdb::USER_NAME);
    client
        .login_post(user)
        .send()
        .await
        .expect("user and key are right");
    let sent = json!({ "apikey": TheTvdb::API_KEY, "userkey": TheTvdb::USER_KEY, "username": TheTvdb::USER_NAME });
    assert_eq!(service.recorder().only().json(), sent);

    let stranger = AuthenticationString::new(TheTvdb::API_KEY)
        .with_userkey("0")
        .with_username("eve");
    let error = client
        .login_post(stranger)
        .send()
        .await
        .expect_err("there is no such user");
    assert!(
        matches!(error, LoginPostError::Unauthorized(_)),
        "{error:?}"
    );
}

#[tokio::test]
async fn optional_fields_that_were_not_set_are_left_out() {
    let service = StandIn::<TheTvdb>::start();
    client(&service)
        .login_post(AuthenticationString::new(TheTvdb::API_KEY))
        .send()
        .await
        .expect("the key is right");
    assert_eq!(
        service.recorder().only().text(),
        r#"{"apikey":"0123456789ABCDEF"}"#
    );
}

#[tokio::test]
async fn status_and_headers_are_there_for_who_asks() {
    let service = StandIn::<TheTvdb>::start();
    let login = client(&service).login_post(AuthenticationString::new(TheTvdb::API_KEY));
    let response = login.send_with_response().await.expect("the key is right");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(
        response.token.expose_secret().starts_with("eyJ"),
        "the response dereferences to its body"
    );
    assert!(format!("{response:?}").contains("REDACTED"), "{response:?}");
    assert_eq!(
        response
            .into_body()
            .token
            .expose_secret()
            .split('.')
            .count(),
        3
    );
}
