//! What holds for every client and every operation: headers, credentials, the base URL.
//!
//! None of the four APIs has a path parameter. What becomes of a path argument of `..` is in `clients.rs`.

use std::error::Error as _;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use auth_apis::aivo::models::{LoginRequest, RefreshTokenRequest};
use auth_apis::pacerpro::models::User;
use auth_apis::runtime::{
    AuthError, BoxFuture, Credential, CredentialProvider, CredentialRequest, Retry,
};
use auth_apis::thetvdb::models::AuthenticationString;
use auth_apis::tvmaze::models::{AuthPollPostRequest, AuthStartPostRequest};
use auth_apis::{Error, aivo, pacerpro, thetvdb, tvmaze};
use keywright_tests::faults::{Answer, FaultServer, Refusing};
use keywright_tests::recorder::Recorded;
use keywright_tests::report::{assert_hidden, report};
use keywright_tests::services::{Aivo, PacerPro, StandIn, TheTvdb, TvMaze};

/// Calls all eleven operations, with a credential for every scheme, and returns what was sent.
async fn every_operation(base_url: &str, server: &FaultServer, retry: Retry) -> Vec<Recorded> {
    let client = thetvdb::Client::builder()
        .base_url(base_url)
        .retry(retry)
        .jwt_token("J1")
        .build()
        .expect("thetvdb");
    let _ = client
        .login_post(AuthenticationString::new("K"))
        .send()
        .await;
    let _ = client.refresh_token_get().send().await;

    let client = aivo::Client::builder()
        .base_url(base_url)
        .retry(retry)
        .bearer_auth("A1")
        .build()
        .expect("aivo");
    let _ = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let _ = client
        .refresh_token(RefreshTokenRequest::new("R1"))
        .send()
        .await;
    let _ = client.logout().send().await;

    let client = tvmaze::Client::builder()
        .base_url(base_url)
        .retry(retry)
        .usertoken("ada", "k")
        .build()
        .expect("tvmaze");
    let _ = client
        .auth_start_post(AuthStartPostRequest::new("ada@example.org"))
        .send()
        .await;
    let _ = client
        .auth_poll_post(AuthPollPostRequest::new("T"))
        .send()
        .await;
    let _ = client.auth_validate_get().send().await;

    let client = pacerpro::Client::builder()
        .base_url(base_url)
        .retry(retry)
        .bearer("J1")
        .build()
        .expect("pacerpro");
    let _ = client
        .session_create(User::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    let _ = client.session_refresh().send().await;
    let _ = client.session_delete().send().await;
    server.recorder().take()
}

#[tokio::test]
async fn every_operation_sends_what_it_documents_and_nothing_else() {
    let server = FaultServer::start([Answer::empty("503 Service Unavailable")]);
    let table: Vec<_> = every_operation(&server.origin(), &server, Retry::none())
        .await
        .iter()
        .map(|sent| {
            assert_eq!(sent.header("accept"), Some("application/json"));
            let content = sent.header("content-type").unwrap_or("no body");
            let credentials = sent.header("authorization").unwrap_or("no credentials");
            assert_eq!(sent.body.is_empty(), content == "no body");
            let mut others: Vec<_> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
            others.retain(|name| !["accept", "content-type", "authorization"].contains(name));
            others.sort_unstable();
            format!(
                "{} {}, {content}, {credentials}, {}",
                sent.method,
                sent.target,
                others.join(" ")
            )
        })
        .collect();
    insta::assert_snapshot!(table.join("\n"), @r#"
    POST /login, application/json, no credentials, content-length host user-agent
    GET /refresh_token, no body, Bearer J1, host user-agent
    POST /login, application/json, no credentials, content-length host user-agent
    POST /refresh, application/json, Bearer A1, content-length host user-agent
    POST /logout, no body, Bearer A1, content-length host user-agent
    POST /auth/start, application/json, Basic YWRhOms=, content-length host user-agent
    POST /auth/poll, application/json, Basic YWRhOms=, content-length host user-agent
    GET /auth/validate, no body, Basic YWRhOms=, host user-agent
    POST /session, application/json, no credentials, content-length host user-agent
    GET /session, no body, Bearer J1, host user-agent
    DELETE /session, no body, Bearer J1, host user-agent
    "#);
}

#[tokio::test]
async fn only_what_is_idempotent_is_repeated() {
    let server = FaultServer::start([Answer::reply(
        "503 Service Unavailable",
        &[("retry-after", "0")],
        "",
    )]);
    let hasty = Retry::new().pauses(Duration::ZERO, Duration::ZERO);
    let sent = every_operation(&server.origin(), &server, hasty).await;
    let (posts, others): (Vec<_>, Vec<_>) = sent.iter().partition(|it| it.method == "POST");
    assert_eq!((posts.len(), others.len()), (7, 3 * 4));
}

#[tokio::test]
async fn slashes_at_the_end_of_a_base_url_are_not_doubled() {
    let server = FaultServer::start([Answer::empty("503 Service Unavailable")]);
    let plain = every_operation(&server.origin(), &server, Retry::none()).await;
    for (base, prefix) in [
        ("/", ""),
        ("/auth/v1", "/auth/v1"),
        ("/auth/v1/", "/auth/v1"),
        ("/a%20b//", "/a%20b"),
    ] {
        let sent = every_operation(
            &format!("{}{base}", server.origin()),
            &server,
            Retry::none(),
        )
        .await;
        for (sent, plain) in sent.iter().zip(&plain) {
            assert_eq!(
                sent.target,
                format!("{prefix}{}", plain.target),
                "the base URL ended in `{base}`"
            );
        }
    }
}

#[test]
fn a_base_url_that_cannot_be_meant_is_refused() {
    let build = |base_url: &str| {
        let client = tvmaze::Client::builder()
            .base_url(base_url)
            .usertoken("ada", "k-secret")
            .build();
        match client {
            Ok(client) => format!("{base_url}: fine, {client:?}"),
            Err(error) => {
                assert!(matches!(error, Error::Request(_)), "{error:?}");
                assert_hidden(&report(&error, &["k-secret"]), &["hunter2"]);
                format!("{base_url}: {error}")
            }
        }
    };
    let outcomes = [
        "https://api.tvmaze.com/v1",
        "http://localhost:8080/v1",
        "http://127.0.0.2/",
        "http://[::1]:8080/",
        "http://api.tvmaze.com/v1",
        "http://192.0.2.1/v1",
        "http://localhost.example.org/v1",
        "http://127.0.0.1.example.org/v1",
        "ftp://localhost/",
        "api.tvmaze.com/v1",
        "/v1",
        "",
        "https://ada:hunter2@api.tvmaze.com/v1",
        "https://api.tvmaze.com/v1?key=hunter2",
        "https://api.tvmaze.com/v1#top",
    ]
    .map(build);
    insta::assert_snapshot!(outcomes.join("\n"), @r#"
    https://api.tvmaze.com/v1: fine, Client { inner: Client { api: "TVmaze user API", base_url: "https://api.tvmaze.com/v1", .. } }
    http://localhost:8080/v1: fine, Client { inner: Client { api: "TVmaze user API", base_url: "http://localhost:8080/v1", .. } }
    http://127.0.0.2/: fine, Client { inner: Client { api: "TVmaze user API", base_url: "http://127.0.0.2/", .. } }
    http://[::1]:8080/: fine, Client { inner: Client { api: "TVmaze user API", base_url: "http://[::1]:8080/", .. } }
    http://api.tvmaze.com/v1: the base URL is `http`, so everything could be read on the way; use `https`, or `.allow_plain_http()` on the client builder
    http://192.0.2.1/v1: the base URL is `http`, so everything could be read on the way; use `https`, or `.allow_plain_http()` on the client builder
    http://localhost.example.org/v1: the base URL is `http`, so everything could be read on the way; use `https`, or `.allow_plain_http()` on the client builder
    http://127.0.0.1.example.org/v1: the base URL is `http`, so everything could be read on the way; use `https`, or `.allow_plain_http()` on the client builder
    ftp://localhost/: the base URL is neither `https` nor `http`
    api.tvmaze.com/v1: the base URL is not an absolute URL; set one with `.base_url(..)` on the client builder
    /v1: the base URL is not an absolute URL; set one with `.base_url(..)` on the client builder
    : the base URL is not an absolute URL; set one with `.base_url(..)` on the client builder
    https://ada:hunter2@api.tvmaze.com/v1: the base URL has user information; use the client builder's setters for credentials
    https://api.tvmaze.com/v1?key=hunter2: the base URL has a query or a fragment
    https://api.tvmaze.com/v1#top: the base URL has a query or a fragment
    "#);
    let allowed = tvmaze::Client::builder()
        .base_url("http://192.0.2.1/v1")
        .allow_plain_http()
        .build();
    assert!(allowed.is_ok(), "{allowed:?}");
}

#[tokio::test]
async fn signing_in_sends_no_credentials_though_there_is_a_token() {
    // The stand-ins refuse, and fail the test, if there are any.
    let service = StandIn::<TheTvdb>::start();
    let client = thetvdb::Client::builder()
        .base_url(service.base_url())
        .jwt_token("J1")
        .build()
        .expect("thetvdb");
    client
        .login_post(AuthenticationString::new(TheTvdb::API_KEY))
        .send()
        .await
        .expect("thetvdb");
    let service = StandIn::<Aivo>::start();
    let client = aivo::Client::builder()
        .base_url(service.base_url())
        .bearer_auth("A1")
        .build()
        .expect("aivo");
    client
        .login(LoginRequest::new(Aivo::EMAIL, Aivo::PASSWORD))
        .send()
        .await
        .expect("aivo");
    let service = StandIn::<PacerPro>::start();
    let client = pacerpro::Client::builder()
        .base_url(service.base_url())
        .bearer("J1")
        .build()
        .expect("pacerpro");
    client
        .session_create(User::new(PacerPro::EMAIL, PacerPro::PASSWORD))
        .send()
        .await
        .expect("pacerpro");
}

#[tokio::test]
async fn a_prefix_is_not_doubled() {
    let server = FaultServer::start([Answer::empty("503 Service Unavailable")]);
    let mut sent = Vec::new();
    for token in [
        "J1",
        "Bearer J1",
        "bearer J1",
        "BEARER J1",
        "BearerJ1",
        "Bearer",
    ] {
        let client = thetvdb::Client::builder()
            .base_url(server.origin())
            .retry(Retry::none())
            .jwt_token(token)
            .build()
            .expect("thetvdb");
        let _ = client.refresh_token_get().send().await;
        let client = aivo::Client::builder()
            .base_url(server.origin())
            .retry(Retry::none())
            .bearer_auth(token)
            .build()
            .expect("aivo");
        let _ = client.logout().send().await;
        let client = pacerpro::Client::builder()
            .base_url(server.origin())
            .retry(Retry::none())
            .bearer(token)
            .build()
            .expect("pacerpro");
        let _ = client.session_refresh().send().await;
        let headers = server.recorder().take();
        let headers: Vec<_> = headers
            .iter()
            .filter_map(|sent| sent.header("authorization"))
            .collect();
        assert_eq!(headers, [headers[0]; 3], "the three APIs agree");
        sent.push(format!("{token} -> {}", headers[0]));
    }
    insta::assert_snapshot!(sent.join("\n"), @"
    J1 -> Bearer J1
    Bearer J1 -> Bearer J1
    bearer J1 -> bearer J1
    BEARER J1 -> BEARER J1
    BearerJ1 -> Bearer BearerJ1
    Bearer -> Bearer Bearer
    ");
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_refused_without_being_shown() {
    let server = FaultServer::start([Answer::empty("503 Service Unavailable")]);
    let mut messages = Vec::new();
    for token in [
        "s3cret\r\nX-Injected: yes",
        "s3cret\n",
        "s3cret\0",
        "s3cret\u{7f}",
        "",
        "  ",
    ] {
        let client = aivo::Client::builder()
            .base_url(server.origin())
            .bearer_auth(token)
            .build()
            .expect("aivo");
        let error = Error::from(
            client
                .logout()
                .send()
                .await
                .expect_err("the token cannot be sent"),
        );
        assert!(matches!(error, Error::Auth(_)), "{error:?}");
        messages.push(report(&error, &["s3cret"]));
        let client = pacerpro::Client::builder()
            .base_url(server.origin())
            .bearer(token)
            .build()
            .expect("pacerpro");
        let error = Error::from(
            client
                .session_delete()
                .send()
                .await
                .expect_err("the token cannot be sent"),
        );
        let _ = report(&error, &["s3cret"]);
    }
    messages.dedup();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    `logout`: the credential of `bearerAuth`, set by `.bearer_auth(..)`, contains a line break or another control character
    Auth(AuthError { operation: Some(Operation { id: "logout", .. }), scheme: Some(Scheme { name: "bearerAuth", setter: "bearer_auth", kind: Bearer }), message: "the credential of `bearerAuth`, set by `.bearer_auth(..)`, contains a line break or another control character", source: None })

    `logout`: the credential of `bearerAuth`, set by `.bearer_auth(..)`, is empty
    Auth(AuthError { operation: Some(Operation { id: "logout", .. }), scheme: Some(Scheme { name: "bearerAuth", setter: "bearer_auth", kind: Bearer }), message: "the credential of `bearerAuth`, set by `.bearer_auth(..)`, is empty", source: None })
    "#);
    assert!(server.recorder().is_empty());
}

#[tokio::test]
async fn basic_credentials_are_utf8_and_refuse_what_they_cannot_hold() {
    let server = FaultServer::start([Answer::empty("503 Service Unavailable")]);
    let client = tvmaze::Client::builder()
        .base_url(server.origin())
        .retry(Retry::none())
        .build()
        .expect("tvmaze");
    let mut messages = Vec::new();
    for (name, key) in [
        ("ada:admin", "k-secret"),
        ("ada\n", "k-secret"),
        ("ada", "k-secret\r"),
    ] {
        let error = client
            .with_usertoken(name, key)
            .auth_validate_get()
            .send()
            .await;
        let error = Error::from(error.expect_err("the credential cannot be sent"));
        assert!(matches!(error, Error::Auth(_)), "{error:?}");
        messages.push(report(&error, &["k-secret", "ada"]));
    }
    insta::assert_snapshot!(messages.join("\n"), @r#"
    `authValidateGet`: the credential of `usertoken`, set by `.usertoken(..)`, has a user name with a colon, which Basic authentication cannot send
    Auth(AuthError { operation: Some(Operation { id: "authValidateGet", .. }), scheme: Some(Scheme { name: "usertoken", setter: "usertoken", kind: Basic }), message: "the credential of `usertoken`, set by `.usertoken(..)`, has a user name with a colon, which Basic authentication cannot send", source: None })

    `authValidateGet`: the credential of `usertoken`, set by `.usertoken(..)`, contains a line break or another control character
    Auth(AuthError { operation: Some(Operation { id: "authValidateGet", .. }), scheme: Some(Scheme { name: "usertoken", setter: "usertoken", kind: Basic }), message: "the credential of `usertoken`, set by `.usertoken(..)`, contains a line break or another control character", source: None })

    `authValidateGet`: the credential of `usertoken`, set by `.usertoken(..)`, contains a line break or another control character
    Auth(AuthError { operation: Some(Operation { id: "authValidateGet", .. }), scheme: Some(Scheme { name: "usertoken", setter: "usertoken", kind: Basic }), message: "the credential of `usertoken`, set by `.usertoken(..)`, contains a line break or another control character", source: None })
    "#);
    // A credential that is set is meant to be sent, also where none is needed.
    let start = client
        .with_usertoken("ada:admin", "k-secret")
        .auth_start_post(AuthStartPostRequest::new("a@b.c"));
    assert!(matches!(
        Error::from(start.send().await.expect_err("it cannot be sent")),
        Error::Auth(_)
    ));
    assert!(server.recorder().is_empty());

    // A colon in the password is as good as any other character (RFC 7617).
    let _ = client
        .with_usertoken("zoë", "a:ü")
        .auth_validate_get()
        .send()
        .await;
    assert_eq!(
        server.recorder().only().header("authorization"),
        Some("Basic em/DqzphOsO8")
    );
}

#[tokio::test]
async fn clients_requests_and_models_show_no_secret() {
    let secrets = ["J1-secret", "k-secret", "correct-horse", "R1-secret"];
    let builder = tvmaze::Client::builder().usertoken("ada", "k-secret");
    assert_hidden(&format!("{builder:?}"), &secrets);
    let client = builder.build().expect("tvmaze");
    assert_hidden(
        &format!("{client:?} {:?}", client.auth_validate_get()),
        &secrets,
    );
    let client = thetvdb::Client::builder()
        .jwt_token("J1-secret")
        .build()
        .expect("thetvdb");
    assert_hidden(
        &format!("{client:?} {:?}", client.refresh_token_get()),
        &secrets,
    );
    let client = aivo::Client::builder()
        .bearer_auth("J1-secret")
        .build()
        .expect("aivo");
    let request = RefreshTokenRequest::new("R1-secret");
    assert_hidden(&format!("{request:?}"), &secrets);
    assert_hidden(&format!("{:?}", client.refresh_token(request)), &secrets);
    assert_hidden(
        &format!(
            "{:?}",
            LoginRequest::new("ada@example.org", "correct-horse")
        ),
        &secrets,
    );
    assert_hidden(
        &format!("{:?}", User::new("ada@example.org", "correct-horse")),
        &secrets,
    );
    assert_hidden(
        &format!(
            "{:?}",
            AuthenticationString::new("k-secret").with_userkey("J1-secret")
        ),
        &secrets,
    );
    assert_hidden(
        &format!("{:?}", AuthPollPostRequest::new("R1-secret")),
        &secrets,
    );
}

#[tokio::test]
async fn each_client_keeps_its_own_credential() {
    let service = StandIn::<TvMaze>::start();
    let nobody = tvmaze::Client::builder()
        .base_url(service.base_url())
        .build()
        .expect("tvmaze");
    let ada = nobody.with_usertoken(TvMaze::USER_NAME, TvMaze::API_KEY);
    let eve = ada.with_usertoken("eve", "k");
    ada.auth_validate_get()
        .send()
        .await
        .expect("ada's key is right");
    eve.auth_validate_get()
        .send()
        .await
        .expect_err("eve's is not");
    nobody
        .auth_validate_get()
        .send()
        .await
        .expect_err("there is none");
    assert_eq!(service.recorder().take().len(), 2);
}

/// A vault that hands out one credential after the other.
struct Vault(Mutex<Vec<Result<Option<&'static str>, &'static str>>>);

impl CredentialProvider for Vault {
    fn credential<'a>(
        &'a self,
        _request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        let next = self
            .0
            .lock()
            .expect("nobody panics with the lock")
            .pop()
            .unwrap_or(Ok(None));
        Box::pin(async move {
            let token = next.map_err(AuthError::provider)?;
            Ok(token.map(Credential::token))
        })
    }
}

#[tokio::test]
async fn a_provider_is_asked_for_each_request() {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let vault = Vault(Mutex::new(vec![
        Ok(None),
        Err("the vault is locked"),
        Ok(Some("A2")),
        Ok(Some("A1")),
    ]));
    let client = aivo::Client::builder()
        .base_url(server.origin())
        .bearer_auth_provider(vault)
        .build()
        .expect("aivo");
    // It is not asked where no credential is wanted.
    let _ = client
        .login(LoginRequest::new("ada@example.org", "correct-horse"))
        .send()
        .await;
    assert_eq!(server.recorder().only().header("authorization"), None);
    for token in ["Bearer A1", "Bearer A2"] {
        client.logout().send().await.expect("there is a token");
        assert_eq!(
            server.recorder().only().header("authorization"),
            Some(token)
        );
    }
    let locked = Error::from(client.logout().send().await.expect_err("the vault fails"));
    assert!(matches!(locked, Error::Auth(_)), "{locked:?}");
    assert_eq!(
        locked.source().map(ToString::to_string).as_deref(),
        Some("the vault is locked")
    );
    let empty = Error::from(
        client
            .logout()
            .send()
            .await
            .expect_err("the vault has no token"),
    );
    assert!(matches!(empty, Error::Auth(_)), "{empty:?}");
    insta::assert_snapshot!(format!("{locked}\n{empty}"), @r#"
    `logout`: the credential could not be provided
    `logout`: needs `bearerAuth`: call `.bearer_auth(..)` on the client builder
    "#);
    assert!(server.recorder().is_empty());
}

#[test]
fn a_call_can_block() {
    let service = StandIn::<TheTvdb>::start();
    let client = thetvdb::Client::builder()
        .base_url(service.base_url())
        .build()
        .expect("thetvdb");
    let token = client
        .login_post(AuthenticationString::new(TheTvdb::API_KEY))
        .send_blocking()
        .expect("the key is right");
    let client = client.with_jwt_token(token.token);
    client
        .refresh_token_get()
        .send_blocking()
        .expect("the token is valid");
}

/// What is plain because it never leaves this host must not leave it by way of a proxy.
#[test]
fn what_is_for_this_host_goes_through_no_proxy() {
    let proxy = Refusing::start();
    // The environment of a process is everybody's, so that another process runs the call.
    let status = Command::new(std::env::current_exe().expect("this is a program"))
        .args(["--exact", "rules::a_call_can_block"])
        .env("HTTP_PROXY", proxy.origin())
        .env("http_proxy", proxy.origin())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .expect("the program runs again")
        .status;
    assert!(status.success(), "the call was not answered");
}
