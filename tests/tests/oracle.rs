//! progenitor as the oracle: for every operation that it accepts, its client and ours put the same request on
//! the wire. What it refuses is listed, with its reason.

use auth_apis::{aivo, pacerpro, thetvdb, tvmaze};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::progenitor as theirs;
use keywright_tests::recorder::Recorded;

/// What both clients must agree about. Credentials are left out, since progenitor knows none, and so are the
/// headers that each library adds for itself.
#[derive(Debug, PartialEq)]
struct Request {
    method: String,
    target: String,
    accept: Option<String>,
    content_type: Option<String>,
    body: Option<serde_json::Value>,
}

impl From<Recorded> for Request {
    fn from(recorded: Recorded) -> Self {
        let header = |name: &str| recorded.header(name).map(str::to_owned);
        Self {
            accept: header("accept"),
            content_type: header("content-type"),
            body: (!recorded.body.is_empty()).then(|| recorded.json()),
            method: recorded.method,
            target: recorded.target,
        }
    }
}

/// Lets both clients make a call, and compares what arrived. What they make of the answer is another matter.
async fn compare<T, U>(
    ours: impl Future<Output = T>,
    theirs: impl Future<Output = U>,
    server: &FaultServer,
) {
    ours.await;
    let our_request = Request::from(server.recorder().only());
    theirs.await;
    let their_request = Request::from(server.recorder().only());
    assert_eq!(our_request, their_request);
}

fn server() -> FaultServer {
    FaultServer::start([Answer::empty("500 Internal Server Error")])
}

#[tokio::test]
async fn thetvdb_sends_the_same() {
    let server = server();
    let ours = thetvdb::Client::builder()
        .base_url(server.origin())
        .jwt_token("J")
        .build()
        .expect("it is set up");
    let other = theirs::thetvdb::Client::new(&server.origin());
    let body = thetvdb::models::AuthenticationString::new("K")
        .with_username("ada")
        .with_userkey("U");
    let their_body = theirs::thetvdb::types::AuthenticationString {
        apikey: "K".to_owned(),
        username: Some("ada".to_owned()),
        userkey: Some("U".to_owned()),
    };
    compare(
        ours.login_post(body).send(),
        other.login_post(&their_body),
        &server,
    )
    .await;
    compare(
        ours.refresh_token_get().send(),
        other.refresh_token_get(),
        &server,
    )
    .await;
}

#[tokio::test]
async fn aivo_sends_the_same() {
    let server = server();
    let ours = aivo::Client::builder()
        .base_url(server.origin())
        .bearer_auth("A")
        .build()
        .expect("it is set up");
    let other = theirs::aivo::Client::new(&server.origin());
    let body = aivo::models::RefreshTokenRequest::new("R");
    let their_body = theirs::aivo::types::RefreshTokenRequest {
        refresh_token: "R".to_owned(),
    };
    compare(
        ours.refresh_token(body).send(),
        other.refresh_token(&their_body),
        &server,
    )
    .await;
    compare(ours.logout().send(), other.logout(), &server).await;
}

#[tokio::test]
async fn tvmaze_sends_the_same() {
    let server = server();
    let ours = tvmaze::Client::builder()
        .base_url(server.origin())
        .usertoken("ada", "K")
        .build()
        .expect("it is set up");
    let other = theirs::tvmaze::Client::new(&server.origin());
    let body =
        tvmaze::models::AuthStartPostRequest::new("ada@example.org").with_email_confirmation(false);
    let their_body = theirs::tvmaze::types::AuthStartPostRequest {
        email: "ada@example.org".to_owned(),
        email_confirmation: false,
    };
    compare(
        ours.auth_start_post(body).send(),
        other.auth_start_post(&their_body),
        &server,
    )
    .await;
    let body = tvmaze::models::AuthPollPostRequest::new("T");
    let their_body = theirs::tvmaze::types::AuthPollPostRequest {
        token: "T".to_owned(),
    };
    compare(
        ours.auth_poll_post(body).send(),
        other.auth_poll_post(&their_body),
        &server,
    )
    .await;
    compare(
        ours.auth_validate_get().send(),
        other.auth_validate_get(),
        &server,
    )
    .await;
}

#[tokio::test]
async fn pacerpro_sends_the_same() {
    let server = server();
    let ours = pacerpro::Client::builder()
        .base_url(server.origin())
        .bearer("J")
        .build()
        .expect("it is set up");
    let other = theirs::pacerpro::Client::new(&server.origin());
    let body = pacerpro::models::User::new("ada@example.org", "correct-horse");
    let their_body = theirs::pacerpro::types::User {
        email: "ada@example.org".to_owned(),
        password: "correct-horse".to_owned(),
    };
    compare(
        ours.session_create(body).send(),
        other.session_create(&their_body),
        &server,
    )
    .await;
    compare(
        ours.session_refresh().send(),
        other.session_refresh(),
        &server,
    )
    .await;
    compare(
        ours.session_delete().send(),
        other.session_delete(),
        &server,
    )
    .await;
}

/// Of the eleven operations ten are compared above.
#[test]
fn what_progenitor_refuses() {
    insta::assert_debug_snapshot!(theirs::REFUSED, @r#"
    [
        (
            "aivo",
            "login",
            "progenitor refuses the document: assertion failed: response_types.len() <= 1",
        ),
    ]
    "#);
}
