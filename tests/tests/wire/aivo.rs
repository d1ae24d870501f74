//! Aivo: log in, renew with rotation, log out, be refused; and all that its `User` may look like.

use auth_apis::aivo::models::{
    AuthResponse, LoginRequest, RefreshTokenRequest, UserRole, UserStatus,
};
use auth_apis::aivo::{Client, LoginError, LogoutError, RefreshTokenError};
use auth_apis::runtime::Maybe;
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::report::report;
use keywright_tests::services::{Aivo, StandIn};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

fn client(base_url: String) -> Client {
    Client::builder()
        .base_url(base_url)
        .build()
        .expect("the settings are right")
}

/// Logs in and returns the answer with a client that uses its access token.
async fn log_in(service: &StandIn<Aivo>) -> (AuthResponse, Client) {
    let client = client(service.base_url());
    let answer = client
        .login(LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
        .send()
        .await;
    let answer = answer.expect("the password is right");
    let client = client.with_bearer_auth(answer.access_token.clone());
    (answer, client)
}

#[tokio::test]
async fn tokens_are_obtained_renewed_and_signed_out() {
    let service = StandIn::<Aivo>::start();
    let (first, client) = log_in(&service).await;
    assert_eq!(first.expires_in, Aivo::EXPIRES_IN);
    let sent = service.recorder().only();
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(
        sent.json(),
        json!({ "email": Aivo::EMAIL, "password": Aivo::PASSWORD })
    );

    let renewal = RefreshTokenRequest::new(first.refresh_token.clone());
    let second = client
        .refresh_token(renewal)
        .send()
        .await
        .expect("the refresh token is new");
    let sent = service.recorder().only();
    let bearer = format!("Bearer {}", first.access_token.expose_secret());
    assert_eq!(sent.header("authorization"), Some(bearer.as_str()));
    assert_eq!(
        sent.json(),
        json!({ "refreshToken": first.refresh_token.expose_secret() })
    );

    // The next renewal uses the new tokens, whose access token may have expired meanwhile.
    service.with(|service| service.pass_seconds(2 * Aivo::EXPIRES_IN));
    let client = client.with_bearer_auth(second.access_token.clone());
    let renewal = RefreshTokenRequest::new(second.refresh_token);
    let third = client
        .refresh_token(renewal)
        .send()
        .await
        .expect("the refresh token is new");

    let client = client.with_bearer_auth(third.access_token.clone());
    let signed_out = client
        .logout()
        .send_with_response()
        .await
        .expect("the access token is valid");
    assert_eq!(signed_out.status(), 204);
    assert_eq!(
        service.recorder().take().last().map(|sent| sent.body.len()),
        Some(0)
    );

    let error = client
        .logout()
        .send()
        .await
        .expect_err("the access token was signed out");
    let LogoutError::Unauthorized(refused) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (refused.error.as_str(), refused.message.as_str()),
        ("UNAUTHORIZED", "Token not accepted")
    );
    let renewal = RefreshTokenRequest::new(third.refresh_token.clone());
    let error = client
        .refresh_token(renewal)
        .send()
        .await
        .expect_err("the access token was signed out");
    let secrets = [
        third.access_token.expose_secret(),
        third.refresh_token.expose_secret(),
    ];
    insta::assert_snapshot!(report(&error, &secrets), @r#"
    `refreshToken`: 401 Unauthorized: The refresh token is unknown, expired or used up, or the access token was not accepted.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "55", "date": "<date>"}, body: Error { error: "UNAUTHORIZED", message: "Token not accepted", details: None } })
    "#);
}

#[tokio::test]
async fn a_refresh_token_serves_once() {
    let service = StandIn::<Aivo>::start();
    let (first, client) = log_in(&service).await;
    let renewal = || RefreshTokenRequest::new(first.refresh_token.clone());
    client
        .refresh_token(renewal())
        .send()
        .await
        .expect("the refresh token is new");
    let error = client
        .refresh_token(renewal())
        .send()
        .await
        .expect_err("the refresh token is used up");
    let RefreshTokenError::Unauthorized(refused) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refused.message, "Refresh token not accepted");
}

#[tokio::test]
async fn an_expired_access_token_cannot_sign_out() {
    let service = StandIn::<Aivo>::start();
    let (_, client) = log_in(&service).await;
    service.with(|service| service.pass_seconds(Aivo::EXPIRES_IN));
    let error = client
        .logout()
        .send()
        .await
        .expect_err("the access token has expired");
    let LogoutError::Unauthorized(refused) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refused.message, "Token expired");
}

#[tokio::test]
async fn a_wrong_password_and_a_malformed_one_are_different_errors() {
    let service = StandIn::<Aivo>::start();
    let client = client(service.base_url());

    let error = client
        .login(LoginRequest::new(Aivo::EMAIL, "wrong-horse"))
        .send()
        .await;
    let error = error.expect_err("the password is wrong");
    let LoginError::Unauthorized(refused) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (refused.error.as_str(), refused.message.as_str()),
        ("UNAUTHORIZED", "Bad credentials")
    );
    assert_eq!(refused.details, None);
    insta::assert_snapshot!(report(&error, &["wrong-horse", Aivo::EMAIL]), @r#"
    `login`: 401 Unauthorized: Mail address and password do not match an account.
    Unauthorized(Response { status: 401, headers: {"content-type": "application/json", "content-length": "52", "date": "<date>"}, body: Error { error: "UNAUTHORIZED", message: "Bad credentials", details: None } })
    "#);

    // The client sends what it is given; the server is the one to judge.
    let error = client
        .login(LoginRequest::new("nobody", "horse"))
        .send()
        .await
        .expect_err("both are malformed");
    let LoginError::UnprocessableContent(malformed) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (malformed.error.as_str(), malformed.message.as_str()),
        ("VALIDATION_FAILED", "Bad input")
    );
    let fields: Vec<_> = malformed
        .validation_errors
        .iter()
        .map(|fault| (&*fault.field, &*fault.message))
        .collect();
    assert_eq!(
        fields,
        [
            ("email", "not an address"),
            ("password", "shorter than 8 characters")
        ]
    );
    insta::assert_snapshot!(report(&error, &["nobody"]), @r#"
    `login`: 422 Unprocessable Entity: The input does not have the expected form. The body lists each field at fault.
    UnprocessableContent(Response { status: 422, headers: {"content-type": "application/json", "content-length": "176", "date": "<date>"}, body: ValidationError { error: "VALIDATION_FAILED", message: "Bad input", validation_errors: [FieldError { field: "email", message: "not an address" }, FieldError { field: "password", message: "shorter than 8 characters" }] } })
    "#);
}

#[tokio::test]
async fn details_of_an_error_are_whatever_the_service_says() {
    let body = r#"{"error":"LOCKED","message":"Locked","details":{"until":"2030-01-01","attempts":5,"ids":[1,2]},"x":0}"#;
    let server = FaultServer::start([Answer::json("401 Unauthorized", body)]);
    let error = client(server.origin())
        .login(LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
        .send()
        .await;
    let Err(LoginError::Unauthorized(refused)) = error else {
        panic!("{error:?}")
    };
    let details = refused.details.as_ref().expect("there are details");
    assert_eq!(
        serde_json::to_value(details).ok(),
        Some(json!({ "until": "2030-01-01", "attempts": 5, "ids": [1, 2] }))
    );
}

#[tokio::test]
async fn an_avatar_may_be_absent_null_or_there() {
    let service = StandIn::<Aivo>::start();
    let (absent, _) = log_in(&service).await;
    assert_eq!(absent.user.avatar, Maybe::Absent);
    service.with(|service| service.set_user("avatar", Value::Null));
    let (null, _) = log_in(&service).await;
    assert_eq!(null.user.avatar, Maybe::Null);
    // A URL type would add a slash.
    service.with(|service| service.set_user("avatar", json!("https://example.com")));
    let (there, _) = log_in(&service).await;
    assert_eq!(
        there.user.avatar,
        Maybe::Value("https://example.com".to_owned())
    );
    let json: Value =
        serde_json::from_slice(&auth_apis::runtime::to_vec(&there.user).expect("a user is JSON"))
            .expect("JSON");
    assert_eq!(json["avatar"], "https://example.com");
    assert_eq!(
        json.get("lastLoginAt"),
        None,
        "what was absent stays absent"
    );
}

#[tokio::test]
async fn dates_keep_their_text() {
    let service = StandIn::<Aivo>::start();
    service
        .with(|service| service.set_user("lastLoginAt", json!("2025-09-13T00:14:42.935897+00:00")));
    let (answer, _) = log_in(&service).await;
    let user: Value =
        serde_json::from_slice(&auth_apis::runtime::to_vec(&answer.user).expect("a user is JSON"))
            .expect("JSON");
    assert_eq!(user["lastLoginAt"], "2025-09-13T00:14:42.935897+00:00");
    assert_eq!(user["createdAt"], "2025-09-01T08:30:00.000000+00:00");
}

#[tokio::test]
async fn unknown_values_and_unknown_properties_are_no_errors() {
    let service = StandIn::<Aivo>::start();
    service.with(|service| {
        service.set_user("role", json!("observer"));
        service.set_user("status", json!("archived"));
        service.set_user("pronouns", json!({ "any": [1, null, "x"] }));
    });
    let (answer, _) = log_in(&service).await;
    assert_eq!(answer.user.role, UserRole::from("observer"));
    assert_eq!(answer.user.role.as_str(), "observer");
    assert_eq!(answer.user.status, UserStatus::from("archived"));
    service.with(|service| service.set_user("role", json!("tenant_admin")));
    let (answer, _) = log_in(&service).await;
    assert_eq!(answer.user.role, UserRole::TenantAdmin);
}

#[tokio::test]
async fn a_body_beside_204_is_ignored() {
    // With a length, as some servers do. HTTP says that nothing follows, so that the client need not even see it.
    let answer = b"HTTP/1.1 204 No Content\r\ncontent-type: text/plain\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbye!";
    let server = FaultServer::start([Answer::Bytes(answer.to_vec())]);
    let client = client(server.origin()).with_bearer_auth("A1");
    client
        .logout()
        .send()
        .await
        .expect("204 is success, whatever follows");
}

#[tokio::test]
async fn another_success_than_documented_counts_if_it_reads_as_documented() {
    let server = FaultServer::start([Answer::json("200 OK", r#"{"message":"signed out"}"#)]);
    let client = client(server.origin()).with_bearer_auth("A1-secret-token");
    client
        .logout()
        .send()
        .await
        .expect("an undocumented 200 is as good as the documented 204");

    // What a server in the same repository answers: names in another case, another status.
    let body =
        r#"{"access_token":"A1-secret-token","refresh_token":"R1-secret-token","expires_in":900}"#;
    server.answer([Answer::json("201 Created", body)]);
    let error = client
        .login(LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
        .send()
        .await;
    let error = error.expect_err("the body is not as documented");
    let LoginError::Other(auth_apis::Error::Unexpected(unexpected)) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(unexpected.status(), 201);
    assert_eq!(unexpected.body(), body.as_bytes());
    let report = report(&error, &["A1-secret-token", "R1-secret-token"]);
    assert!(
        report.starts_with("`login`: undocumented response 201 Created"),
        "{report}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_named_by_its_path() {
    let server = FaultServer::start([Answer::empty("500 Internal Server Error")]);
    let client = client(server.origin());
    let user = r#"{"id":"7c9e6679-7425-40de-944b-e07fc1e90ae7","email":"e","firstName":"f","lastName":"l","role":"learner",
        "tenantId":"0b7c1f0e-3f5e-4b57-9a3e-5d1c7f2b8a44","status":"active","createdAt":"2025-09-01T08:30:00Z",
        "updatedAt":"2025-09-01T08:30:00Z"}"#;
    let answer = |from: &str, to: &str| {
        let whole = format!(
            r#"{{"accessToken":"A1-secret-token","refreshToken":"R1-secret-token","user":{user},"expiresIn":3600}}"#
        );
        assert!(whole.contains(from), "`{from}` is not in the answer");
        whole.replace(from, to)
    };
    let mut messages = Vec::new();
    for (from, to) in [
        (r#""lastName":"l","#, ""),
        (r#""lastName":"l""#, r#""lastName":null"#),
        (r#""A1-secret-token""#, "8154711"),
        (r#","refreshToken":"R1-secret-token""#, ""),
        ("7c9e6679-7425-40de-944b-e07fc1e90ae7", "number seven"),
        ("3600", "\"3600\""),
        ("3600", "3600.5"),
        ("3600", "36000000000000000000"),
        (r#""role":"learner""#, r#""role":{"name":"learner"}"#),
        (r#"{"id""#, r#"[{"id""#),
    ] {
        server.answer([Answer::json("200 OK", &answer(from, to))]);
        let error = client
            .login(LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
            .send()
            .await;
        let error = error.expect_err("the answer is not as documented");
        assert!(
            matches!(error, LoginError::Other(auth_apis::Error::Decode(_))),
            "{error:?}"
        );
        let _ = report(&error, &["secret-token", "8154711", "number seven"]);
        messages.push(error.to_string());
    }
    insta::assert_snapshot!(messages.join("\n"), @"
    `login`: the response (200) is not as documented: $.user: expected the property `lastName`, found an object without it (line 1, column 74)
    `login`: the response (200) is not as documented: $.user.lastName: expected a string, found null (line 1, column 158)
    `login`: the response (200) is not as documented: $.accessToken: expected a string, found a number (line 1, column 16)
    `login`: the response (200) is not as documented: $: expected the property `refreshToken`, found an object without it (line 1, column 1)
    `login`: the response (200) is not as documented: $.user.id: expected a UUID, found another string (line 1, column 80)
    `login`: the response (200) is not as documented: $.expiresIn: expected an integer of 64 bits, found a string (line 3, column 57)
    `login`: the response (200) is not as documented: $.expiresIn: expected an integer of 64 bits, found a number with a fraction (line 3, column 57)
    `login`: the response (200) is not as documented: $.expiresIn: expected an integer of 64 bits, found a number that does not fit (line 3, column 57)
    `login`: the response (200) is not as documented: $.user.role: expected a string, found an object (line 1, column 169)
    `login`: the response (200) is not as documented: $.user: expected an object, found an array (line 1, column 74)
    ");

    // A number in another form is still the same number.
    server.answer([Answer::json("200 OK", &answer("3600", "3.6e3"))]);
    let answer = client
        .login(LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
        .send()
        .await;
    assert_eq!(
        answer.expect("the answer is as documented").expires_in,
        3600
    );
}
