//! What a session makes of time: clocks that step, machines that sleep, and what servers say of it.

use std::time::{Duration, SystemTime};

use super::super::runtime::session::{Expiry, Grant, Place, Plan, SessionBuilder, SessionState};
use super::super::runtime::{Client, ClientBuilder};
use super::super::server::Server;
use super::authority::{Authority, LOGIN, READ};
use super::{Hand, JWT, LIFETIME, PLAN, Subject, read};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_no_token_alive() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.clock.set(|it| it - HOUR);
    assert_eq!(subject.said().await, "A1");
    subject.clock.pass(1001);
    assert_eq!(subject.said().await, "A2", "the other clock has gone on");
}

#[tokio::test]
async fn a_clock_that_is_set_forth_renews_a_token_once() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.clock.set(|it| it + 24 * HOUR);
    assert_eq!(subject.said().await, "A2");
    assert_eq!(subject.said().await, "A2");
}

#[tokio::test]
async fn a_token_ages_while_the_machine_sleeps() {
    let subject = Subject::start().await;
    assert_eq!(subject.said().await, "A1");
    subject.clock.set(|it| it + Duration::from_secs(1001));
    assert_eq!(subject.said().await, "A2");
}

#[tokio::test]
async fn a_clock_before_1970_is_no_reason_to_panic() {
    let subject = Subject::start().await;
    subject.clock.set(|_| SystemTime::UNIX_EPOCH - HOUR);
    assert_eq!(subject.said().await, "A1");
    subject.clock.set(|_| SystemTime::UNIX_EPOCH);
    subject.clock.pass(1001);
    assert_eq!(subject.said().await, "A2");
}

const fn plan(expiry: Expiry) -> Plan {
    Plan {
        scheme: JWT,
        acquire: Some(Grant {
            operation: &LOGIN,
            sends: &[],
            token: Place::Body("/token"),
            refresh_token: None,
            expiry,
            ended: &[401],
        }),
        renew: None,
        revoke: None,
    }
}

static AT: Plan = plan(Expiry::At(Place::Body("/at")));
static IN: Plan = plan(Expiry::In(Place::Body("/in")));
static FIXED: Plan = plan(Expiry::Lifetime(50));
static UNKNOWN: Plan = plan(Expiry::Unknown);

/// What the clock of the tests says.
const DATE: &str = "Fri, 15 Jan 2027 08:00:00 GMT";

/// How many seconds a token is good for, by what the server answers.
async fn lifetime(plan: &'static Plan, body: &str, date: &'static str) -> String {
    let body = body.to_owned();
    let server = Server::start(move |_| {
        let response = axum::response::Response::builder().header("date", date);
        let response = response.header("content-type", "application/json");
        response.body(body.clone().into()).expect("a response")
    });
    let server = server.await;
    let clock = Hand::new();
    let start = super::Clock::now(&clock);
    let session = SessionBuilder::new(plan).clock(clock);
    let session = session.sign_in(|client: &Client| client.call(&LOGIN));
    let mut builder: ClientBuilder = super::super::builder(&server.url);
    builder.provider(JWT, session.build());
    let client = builder.build().expect("it is set up");
    match client.session(plan).ensure().await {
        Ok(SessionState::SignedIn { expires_at, .. }) => expires_at.map_or("-".to_owned(), |it| {
            let lifetime = it.duration_since(start).expect("it begins now");
            lifetime.as_secs_f64().to_string()
        }),
        Ok(other) => format!("{other:?}"),
        Err(error) => format!("{:?}", error.kind()),
    }
}

#[tokio::test]
async fn what_servers_say_of_the_end_of_a_token() {
    let claims = |claims: &str| {
        let text = base64_url(claims);
        format!(r#"{{"token": "eyJhbGciOiJIUzI1NiJ9.{text}.c2ln"}}"#)
    };
    let at = |at: &str| format!(r#"{{"token": "T", "at": {at}}}"#);
    let r#in = |seconds: &str| format!(r#"{{"token": "T", "in": {seconds}}}"#);
    let table = [
        (&AT, at(r#""2027-01-15T08:01:40Z""#), "100"),
        (&AT, at(r#""2027-01-15T08:01:40.500Z""#), "100.5"),
        (&AT, at(r#""2027-01-15T10:01:40+02:00""#), "100"),
        (&AT, at(r#""2027-01-15t06:31:40-01:30""#), "100"),
        (&AT, at("1800000100"), "100"),
        (&AT, at(r#""1800000100""#), "100"),
        (&AT, at("1799999999"), "Useless"),
        (&AT, at(r#""soon""#), "-"),
        (&AT, at("null"), "-"),
        (&AT, at("1e300"), "3155760000"),
        (&AT, at(r#""9999-12-31T23:59:59Z""#), "3155760000"),
        (&IN, r#in("100"), "100"),
        (&IN, r#in(r#""100""#), "100"),
        (&IN, r#in("1.5"), "1.5"),
        (&IN, r#in("0"), "Useless"),
        (&IN, r#in("-5"), "Useless"),
        (&IN, r#in("1e40"), "3155760000"),
        (&IN, r#in("null"), "-"),
        (&FIXED, r#"{"token": "opaque"}"#.to_owned(), "50"),
        (&FIXED, claims(r#"{"exp": 1800000100}"#), "100"),
        (&UNKNOWN, r#"{"token": "opaque"}"#.to_owned(), "-"),
        (&UNKNOWN, claims(r#"{"exp": 1800000100}"#), "100"),
        (&UNKNOWN, claims(r#"{"exp": 1800000100.25}"#), "100.25"),
        (&UNKNOWN, claims(r#"{"exp": 1799999999}"#), "Useless"),
        (
            &UNKNOWN,
            claims(r#"{"exp": 99999999999999999999999}"#),
            "3155760000",
        ),
        (&UNKNOWN, claims(r#"{"exp": "soon"}"#), "-"),
        (&UNKNOWN, claims("{}"), "-"),
        (&UNKNOWN, claims("no JSON"), "-"),
        (&UNKNOWN, r#"{"token": "a.%%%.c"}"#.to_owned(), "-"),
        (&UNKNOWN, r#"{"token": ""}"#.to_owned(), "Useless"),
        (&UNKNOWN, "[]".to_owned(), "Useless"),
        (&UNKNOWN, String::new(), "Useless"),
    ];
    for (plan, body, expected) in table {
        assert_eq!(lifetime(plan, &body, DATE).await, expected, "{body}");
    }
}

#[tokio::test]
async fn moments_are_compared_with_the_clock_of_the_server() {
    let body = r#"{"token": "T", "at": "2030-01-01T01:00:00Z"}"#;
    let date = "Tue, 01 Jan 2030 00:00:00 GMT";
    assert_eq!(lifetime(&AT, body, date).await, "3600");
    let body = r#"{"token": "T", "in": 60}"#;
    assert_eq!(lifetime(&IN, body, date).await, "60");
}

fn base64_url(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

#[tokio::test]
async fn without_a_clock_of_the_server_the_own_one_counts() {
    let body = r#"{"token": "T", "at": "nothing", "in": 5}"#;
    assert_eq!(lifetime(&AT, body, "yesterday").await, "-");
    let body = r#"{"token": "T", "at": "2027-01-15T08:01:40Z"}"#;
    assert_eq!(lifetime(&AT, body, "yesterday").await, "100");
}

/// A session that was given no clock goes by its client's.
#[tokio::test]
async fn a_session_goes_by_the_clock_of_its_client() {
    let authority = Authority::start(LIFETIME).await;
    let clock = Hand::new();
    let mut builder = super::super::builder(&authority.url);
    builder.clock(clock.clone());
    builder.session(&PLAN, |session| {
        session.sign_in(|client| client.call(&LOGIN))
    });
    let client = builder.build().expect("it is set up");
    assert_eq!(read(&client, &READ).await.expect("an answer"), "A1");
    clock.pass(LIFETIME + 1);
    assert_eq!(read(&client, &READ).await.expect("an answer"), "A2");
}
