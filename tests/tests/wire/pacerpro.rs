//! PacerPro: sign in, renew, and sign out everywhere, whatever that is answered with.

use auth_apis::Error;
use auth_apis::pacerpro::models::{ErrorType, User};
use auth_apis::pacerpro::{Client, SessionCreateError, SessionDeleteError, SessionRefreshError};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::report::report;
use keywright_tests::services::{DeleteBody, PacerPro, StandIn};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

fn client(base_url: String) -> Client {
    Client::builder()
        .base_url(base_url)
        .build()
        .expect("the settings are right")
}

async fn sign_in(client: &Client) -> SecretString {
    let session = client
        .session_create(User::new(PacerPro::EMAIL, PacerPro::PASSWORD))
        .send()
        .await;
    session.expect("the password is right").jwt_token
}

#[tokio::test]
async fn a_deletion_revokes_every_token_of_the_user() {
    let service = StandIn::<PacerPro>::start();
    let client = client(service.base_url());
    let phone = sign_in(&client).await;
    let sent = service.recorder().only();
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(
        sent.json(),
        json!({ "email": PacerPro::EMAIL, "password": PacerPro::PASSWORD })
    );
    let laptop = sign_in(&client).await;
    let _ = service.recorder().take();

    let renewed = client
        .with_bearer(laptop.clone())
        .session_refresh()
        .send()
        .await
        .expect("the token is valid");
    assert_eq!(
        renewed
            .expires_at
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("2030-01-01T12:00:00.000Z")
    );
    let renewed = renewed.jwt_token;
    let sent = service.recorder().only();
    let bearer = format!("Bearer {}", laptop.expose_secret());
    assert_eq!(
        sent.header("authorization"),
        Some(bearer.as_str()),
        "and not the bare token"
    );

    client
        .with_bearer(renewed.clone())
        .session_refresh()
        .send()
        .await
        .expect("the new token is valid");
    client
        .with_bearer(phone.clone())
        .session_delete()
        .send()
        .await
        .expect("the token is valid");
    for token in [phone, laptop, renewed] {
        let client = client.with_bearer(token.clone());
        let error = client
            .session_refresh()
            .send()
            .await
            .expect_err("all tokens are revoked");
        let SessionRefreshError::Unauthorized(refused) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(refused.message.as_deref(), Some("Token no longer accepted"));
        let error = client
            .session_delete()
            .send()
            .await
            .expect_err("all tokens are revoked");
        assert!(
            matches!(error, SessionDeleteError::Unauthorized(_)),
            "{error:?}"
        );
        let _ = report(&error, &[token.expose_secret()]);
    }
    let token = sign_in(&client).await;
    client
        .with_bearer(token)
        .session_refresh()
        .send()
        .await
        .expect("signing in again is possible");
}

#[tokio::test]
async fn a_token_expires() {
    let service = StandIn::<PacerPro>::start();
    let client = client(service.base_url());
    let token = sign_in(&client).await;
    service.with(|service| service.pass_hours(12));
    let error = client
        .with_bearer(token.clone())
        .session_refresh()
        .send()
        .await
        .expect_err("the token has expired");
    insta::assert_snapshot!(report(&error, &[token.expose_secret()]), @r#"
    `sessionRefresh`: 401 Unauthorized: The call carried no JWT, or one that has expired or was revoked.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "89", "date": "<date>"}, body: Error { error: Some("Unauthorized"), message: Some("Token no longer accepted"), status: Some(401), type_: Some(Error) } })
    "#);
}

#[tokio::test]
async fn a_wrong_password_is_refused_with_the_documented_body() {
    let service = StandIn::<PacerPro>::start();
    let client = client(service.base_url());
    for password in ["wrong-horse", ""] {
        let error = client
            .session_create(User::new(PacerPro::EMAIL, password))
            .send()
            .await;
        let SessionCreateError::Unauthorized(refused) = error.expect_err("the password is wrong")
        else {
            panic!("the refusal is documented")
        };
        assert_eq!(refused.error.as_deref(), Some("Unauthorized"));
        assert_eq!(refused.body().status, Some(401));
        assert_eq!(refused.type_, Some(ErrorType::Error));
    }
}

#[tokio::test]
async fn any_answer_to_a_successful_deletion_is_success() {
    let service = StandIn::<PacerPro>::start();
    let client = client(service.base_url());
    let unexpected = [
        json!({ "ok": true, "left": [1, 2] }),
        json!([]),
        json!(null),
        json!("signed out"),
    ];
    let unexpected = unexpected.into_iter().map(DeleteBody::Json);
    for body in [DeleteBody::Object, DeleteBody::Empty, DeleteBody::NoContent]
        .into_iter()
        .chain(unexpected)
    {
        let client = client.with_bearer(sign_in(&client).await);
        service.with(|service| service.set_delete_body(body.clone()));
        let _ = service.recorder().take();
        let deleted = client.session_delete().send().await;
        assert!(deleted.is_ok(), "{body:?}: {deleted:?}");
        let sent = service.recorder().only();
        assert_eq!(
            (sent.header("accept"), sent.body.len()),
            (Some("application/json"), 0)
        );
    }
}

#[tokio::test]
async fn any_part_of_a_refusal_may_be_missing_or_new() {
    let server = FaultServer::start([Answer::json("401 Unauthorized", "{}")]);
    let client = client(server.origin()).with_bearer("J1");
    let refused = client.session_refresh().send().await;
    let Err(SessionRefreshError::Unauthorized(refused)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((&refused.error, &refused.message), (&None, &None));

    server.answer([Answer::json(
        "401 Unauthorized",
        r#"{"type":"fatal","status":null,"code":7}"#,
    )]);
    let refused = client.session_refresh().send().await;
    let Err(SessionRefreshError::Unauthorized(refused)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(refused.type_, Some(ErrorType::from("fatal")));
    assert_eq!(refused.body().status, None);

    // What a gateway says in the service's place.
    server.answer([Answer::json(
        "403 Forbidden",
        r#"{"message":"Missing Authentication Token"}"#,
    )]);
    let error = client
        .session_delete()
        .send()
        .await
        .expect_err("403 is not documented");
    assert!(
        matches!(error, SessionDeleteError::Other(Error::Unexpected(_))),
        "{error:?}"
    );
    insta::assert_snapshot!(report(&error, &[]), @r#"
    `sessionDelete`: undocumented response 403 Forbidden, with a body of 42 bytes
    Other(Unexpected(UnexpectedResponse { operation: Operation { id: "sessionDelete", .. }, response: Response { status: 403, headers: {"content-type": "application/json", "content-length": "42", "connection": "close"}, body: 42 bytes } }))
    "#);
}

#[tokio::test]
async fn a_session_without_expiry_is_one() {
    let server = FaultServer::start([Answer::json("200 OK", r#"{"jwtToken":"J1"}"#)]);
    let session = client(server.origin())
        .session_create(User::new(PacerPro::EMAIL, PacerPro::PASSWORD))
        .send()
        .await;
    let session = session.expect("only the token is required");
    assert_eq!(session.expires_at, None);
    assert_eq!(session.jwt_token.expose_secret(), "J1");
}
