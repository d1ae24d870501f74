//! Sessions: a service gives tokens, knows which are valid, rotates what renews them, and ends them.

use std::time::Duration;

use auth_apis::aivo::{self, Login, LogoutError, RefreshToken};
use auth_apis::pacerpro::{self, SessionRefreshError};
use auth_apis::runtime::mock::block_on;
use auth_apis::runtime::session::{SessionErrorKind, SessionState};
use auth_apis::thetvdb;
use keywright_tests::clients::{runtime as runtime_of_tests, sessions};

use super::chain;

fn aivo_client(service: &aivo::mock::Service) -> aivo::Client {
    let builder = service.client().bearer_auth_session(|client| {
        client.login(aivo::models::LoginRequest::new(
            "ada@example.org",
            "correct-horse",
        ))
    });
    builder.build().expect("it is set up")
}

fn operations(calls: &[auth_apis::runtime::mock::RecordedCall]) -> Vec<&'static str> {
    calls
        .iter()
        .map(auth_apis::runtime::mock::RecordedCall::operation)
        .collect()
}

#[test]
fn a_client_signs_in_renews_and_signs_out() {
    let service = aivo::mock::Service::new();
    let client = aivo_client(&service);
    block_on(async {
        client.session().ensure().await.expect("it signs in");
        service.advance(Duration::from_secs(3590));
        client
            .session()
            .ensure()
            .await
            .expect("it renews the token");
        client.logout().await.expect("the token is valid");
    });
    assert_eq!(
        operations(&service.calls()),
        ["login", "refreshToken", "logout"]
    );
    assert_eq!(service.requests::<Login>()[0].body.email, "ada@example.org");
    let calls = service.calls();
    let authorization = &calls[2].headers()["authorization"];
    assert_eq!(authorization, "Bearer token-3");
    // The session of the token has ended by now.
    let error = block_on(client.logout().send()).expect_err("it has ended");
    assert!(
        matches!(error, LogoutError::Unauthorized(_)) || chain(&error).contains("refreshToken"),
        "{}",
        chain(&error)
    );
}

#[test]
fn a_used_refresh_token_ends_the_session() {
    let service = aivo::mock::Service::new();
    let client = service.client().build().expect("it is set up");
    let login = aivo::models::LoginRequest::new("ada@example.org", "correct-horse");
    let first = block_on(client.login(login).send()).expect("it signs in");
    let client = client.with_bearer_auth(first.access_token.clone());
    let refresh = |token: &secrecy::SecretString| {
        let request = aivo::models::RefreshTokenRequest::new(token.clone());
        block_on(client.refresh_token(request).send())
    };
    let second = refresh(&first.refresh_token).expect("it is good");
    assert_eq!(second.expires_in, 3600);
    let third = refresh(&second.refresh_token).expect("it is good");
    let status = |error: aivo::RefreshTokenError| auth_apis::Error::from(error).status();
    let reused = refresh(&second.refresh_token).expect_err("it was used");
    assert_eq!(status(reused).map(|it| it.as_u16()), Some(401));
    let stolen = refresh(&third.refresh_token).expect_err("the session has ended");
    assert_eq!(status(stolen).map(|it| it.as_u16()), Some(401));
    let unknown = refresh(&"unknown".into()).expect_err("nobody has given it");
    assert_eq!(status(unknown).map(|it| it.as_u16()), Some(401));
    let signed_in = client.with_bearer_auth(third.access_token);
    assert!(matches!(
        block_on(signed_in.logout().send()),
        Err(LogoutError::Unauthorized(_))
    ));
    assert_eq!(service.requests::<RefreshToken>().len(), 5);
}

#[test]
fn tokens_expire_by_the_clock_and_on_demand() {
    let service = aivo::mock::Service::new().token_lifetime(Duration::from_secs(60));
    let client = service.client().build().expect("it is set up");
    let login = || {
        block_on(
            client
                .login(aivo::models::LoginRequest::new(
                    "a@example.org",
                    "correct-horse",
                ))
                .send(),
        )
    };
    let logout =
        |token: secrecy::SecretString| block_on(client.with_bearer_auth(token).logout().send());
    let token = login().expect("it signs in").access_token;
    service.advance(Duration::from_secs(60));
    assert!(matches!(logout(token), Err(LogoutError::Unauthorized(_))));
    assert_eq!(service.calls()[1].problem(), Some("the token has expired"));

    let token = login().expect("it signs in").access_token;
    service.expire_sessions();
    assert!(matches!(logout(token), Err(LogoutError::Unauthorized(_))));
    let token = login().expect("it signs in").access_token;
    service.revoke_sessions();
    assert!(matches!(logout(token), Err(LogoutError::Unauthorized(_))));
    assert!(matches!(
        logout("mine".into()),
        Err(LogoutError::Unauthorized(_))
    ));
    let service = service.accept_token("mine");
    logout("mine".into()).expect("it is accepted");
    assert!(
        service.calls()[6]
            .problem()
            .is_some_and(|it| it.contains("accept_token"))
    );
}

#[test]
fn expired_sessions_are_renewed_and_revoked_ones_signed_in_again() {
    let (service, client) = listing();
    runtime_of_tests::mock::block_on(async {
        client.list_things().await.expect("it signs in");
        service.expire_sessions();
        client.list_things().await.expect("it renews the token");
        service.revoke_sessions();
        client.list_things().await.expect("it signs in again");
    });
    let calls = service.calls();
    let calls: Vec<_> = calls
        .iter()
        .map(|it| (it.operation(), it.status().map_or(0, |it| it.as_u16())))
        .collect();
    let expected = [
        ("getToken", 200),
        ("listThings", 204),
        ("listThings", 401),
        ("nextToken", 200),
        ("listThings", 204),
        ("listThings", 401),
        ("nextToken", 401),
        ("getToken", 200),
        ("listThings", 204),
    ];
    assert_eq!(calls, expected);
}

/// A service that responds to one operation, and a client that signs in for it.
fn listing() -> (sessions::mock::Service, sessions::Client) {
    let service =
        sessions::mock::Service::new().on_list_things(|_| sessions::ListThings::no_content());
    let builder = service.client().bearer_session(|client| {
        client.get_token(sessions::models::GetTokenRequest::new("client", "key"))
    });
    let client = builder.build().expect("it is set up");
    (service, client)
}

#[test]
fn a_closure_goes_before_the_session() {
    let service = aivo::mock::Service::new().on_login(|_| {
        Login::unauthorized(aivo::models::Error::new("unauthorized", "wrong password"))
    });
    let client = aivo_client(&service);
    let error = block_on(client.session().ensure()).expect_err("it is refused");
    assert_eq!(error.kind(), SessionErrorKind::Refused);
}

#[test]
fn a_token_says_itself_when_it_expires() {
    let service = thetvdb::mock::Service::new();
    let builder = service.client().jwt_token_session(|client| {
        client.login_post(thetvdb::models::AuthenticationString::new("key"))
    });
    let client = builder.build().expect("it is set up");
    block_on(client.session().ensure()).expect("it signs in");
    let SessionState::SignedIn { expires_at, .. } = client.session().state() else {
        panic!("it is signed in");
    };
    assert!(expires_at.is_some());
    service.advance(Duration::from_secs(24 * 3600 - 30));
    block_on(client.session().ensure()).expect("it renews the token");
    assert_eq!(
        operations(&service.calls()),
        ["loginPost", "refreshTokenGet"]
    );
}

#[test]
fn one_operation_ends_all_sessions() {
    let service = pacerpro::mock::Service::new();
    let client = || {
        let user = pacerpro::models::User::new("ada@example.org", "correct-horse");
        let builder = service
            .client()
            .bearer_session(move |client| client.session_create(user.clone()));
        builder.build().expect("it is set up")
    };
    let (one, other) = (client(), client());
    block_on(async {
        one.session().ensure().await.expect("it signs in");
        let SessionState::SignedIn { expires_at, .. } = one.session().state() else {
            panic!("it is signed in");
        };
        let seconds = expires_at.and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok());
        assert_eq!(seconds.map(|it| it.as_secs()), Some(1_893_456_000 + 3600));
        other.session().ensure().await.expect("it signs in");
        one.session().sign_out().await.expect("it is told");
        let ended = other.session_refresh().await;
        assert!(matches!(ended, Err(SessionRefreshError::Unauthorized(_))));
    });
    let expected = [
        "sessionCreate",
        "sessionCreate",
        "sessionDelete",
        "sessionRefresh",
    ];
    assert_eq!(operations(&service.calls())[..4], expected);
}

#[test]
fn tokens_stand_in_headers_and_deep_in_bodies() {
    use runtime_of_tests::mock::block_on;

    let (service, client) = listing();
    block_on(async {
        client.list_things().await.expect("it has a token");
        service.advance(Duration::from_secs(3595));
        client.list_things().await.expect("it has renewed it");
    });
    let calls = service.calls();
    let operations: Vec<_> = calls
        .iter()
        .map(runtime_of_tests::mock::RecordedCall::operation)
        .collect();
    assert_eq!(
        operations,
        ["getToken", "listThings", "nextToken", "listThings"]
    );
    let builder = service
        .client()
        .pass_session(|client| client.enter("north"));
    let client = builder.build().expect("it is set up");
    block_on(client.list_things().send()).expect("it has a pass");
    let last = service.calls().pop().expect("there is one");
    assert!(
        last.headers()["x-pass"]
            .to_str()
            .is_ok_and(|it| it.starts_with("token-"))
    );
}
