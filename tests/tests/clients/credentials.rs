//! Credentials: those that a document describes as parameters, and those that want one place.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use keywright_tests::clients::runtime::{
    BoxFuture, Credential, CredentialProvider, CredentialRequest, Error, HttpTransport,
};
use keywright_tests::clients::{
    credentials_conflicts, credentials_foreign, credentials_inferred, http_schemes, mutual_tls,
    security, swagger_2_credentials,
};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::recorder::Recorded;

fn server() -> FaultServer {
    FaultServer::start(std::iter::repeat_n(Answer::empty("204 No Content"), 8))
}

/// Where a request was sent to, and what it carries.
fn shown(sent: &Recorded) -> String {
    let headers = [
        "authorization",
        "api_key",
        "x-crew-token",
        "x-bill-api-key",
        "x-badge",
        "cookie",
    ];
    let headers = headers.iter();
    let headers = headers.filter_map(|it| Some(format!(", {it}: {}", sent.header(it)?)));
    format!(
        "{} {}{}",
        sent.method,
        sent.target,
        headers.collect::<String>()
    )
}

fn all(server: &FaultServer) -> String {
    let sent = server.recorder().take();
    sent.iter().map(shown).collect::<Vec<_>>().join("\n")
}

fn inferred(origin: &str) -> credentials_inferred::ClientBuilder {
    credentials_inferred::Client::builder().base_url(origin)
}

#[tokio::test]
async fn a_parameter_that_is_a_credential_is_one_of_the_client() {
    let server = server();
    let client = inferred(&server.origin())
        .bearer_auth("SECRET")
        .api_key_query("Q")
        .api_key_header("H")
        .session("S")
        .crew("C");
    let client = client.build().expect("it is set up");
    client.list_berths().send().await.expect("it is answered");
    client.add_berth().send().await.expect("it is answered");
    client.clear_berths().send().await.expect("it is answered");
    client
        .list_tides()
        .harbor("H 1")
        .send()
        .await
        .expect("it is answered");
    client.get_weather().send().await.expect("it is answered");
    client.read_logbook().send().await.expect("it is answered");
    client.revoke_key("K").send().await.expect("it is answered");
    client
        .list_keys()
        .api_key("K")
        .send()
        .await
        .expect("it is answered");
    insta::assert_snapshot!(all(&server), @"
    GET /berths, authorization: Bearer SECRET
    POST /berths, authorization: Bearer SECRET
    DELETE /berths
    GET /tides?harbor=H%201&api_key=Q
    GET /weather?api_key=Q, api_key: H, cookie: session=S
    GET /logbook, x-crew-token: C
    DELETE /keys?api_key=K
    GET /keys?api_key=K
    ");
    assert!(!format!("{client:?}").contains("SECRET"));
}

#[tokio::test]
async fn an_optional_parameter_is_an_optional_credential() {
    let server = server();
    let client = inferred(&server.origin()).build().expect("it is set up");
    client.add_berth().send().await.expect("it goes without");
    client.get_weather().send().await.expect("it goes without");
    let only = client.with_session("S").with_api_key_query("Q");
    only.get_weather()
        .send()
        .await
        .expect("it has two of three");
    insta::assert_snapshot!(all(&server), @"
    POST /berths
    GET /weather
    GET /weather?api_key=Q, cookie: session=S
    ");
    let error = Error::from(
        client
            .list_berths()
            .send()
            .await
            .expect_err("it wants a token"),
    );
    insta::assert_snapshot!(error, @"`listBerths`: needs `bearerAuth`: call `.bearer_auth(..)` on the client builder");
    assert!(matches!(error, Error::Auth(_)));
}

#[tokio::test]
async fn an_inferred_credential_stays_with_its_origin() {
    let other = server();
    let location = format!("{}/tides", other.origin());
    let moved = Answer::reply("307 Temporary Redirect", &[("location", &location)], "");
    let server = FaultServer::start([moved.clone(), moved]);
    let client = inferred(&server.origin())
        .api_key_query("Q")
        .bearer_auth("T");
    let client = client.build().expect("it is set up");
    client
        .list_tides()
        .send()
        .await
        .expect("the other one answers");
    client
        .list_berths()
        .send()
        .await
        .expect("the other one answers");
    insta::assert_snapshot!(all(&server), @"
    GET /tides?api_key=Q
    GET /berths, authorization: Bearer T
    ");
    insta::assert_snapshot!(all(&other), @"
    GET /tides
    GET /tides
    ");
}

#[tokio::test]
async fn it_is_the_same_in_2_0() {
    let server = server();
    let client = swagger_2_credentials::Client::builder()
        .base_url(server.origin())
        .basic_auth("ada", "P")
        .x_bill_api_key("B")
        .authorization("Key K");
    let client = client.build().expect("it is set up");
    client.list_rooms().send().await.expect("it is answered");
    client.list_guests().send().await.expect("it is answered");
    client
        .book_guest()
        .authorization("A")
        .send()
        .await
        .expect("it is answered");
    client.list_bills().send().await.expect("it is answered");
    insta::assert_snapshot!(all(&server), @"
    GET /rooms, authorization: Basic YWRhOlA=
    GET /guests, authorization: Key K
    PUT /guests, authorization: A
    GET /bills, x-bill-api-key: B
    ");
}

#[tokio::test]
async fn credentials_of_one_place_are_not_lost() {
    let server = server();
    let client = credentials_conflicts::Client::builder()
        .base_url(server.origin())
        .token("T")
        .person("ada", "P")
        .badge("B");
    let client = client.build().expect("it is set up");
    let error = Error::from(
        client
            .open_vault()
            .send()
            .await
            .expect_err("one would be lost"),
    );
    insta::assert_snapshot!(error, @"`openVault`: needs `token` and `person` together, but both are sent in the header `Authorization`, which can hold only one");
    assert!(matches!(error, Error::Auth(_)));
    client.open_door().send().await.expect("the badge will do");
    let same = client.with_login("T");
    same.open_gate().send().await.expect("both are the same");
    let error = client.with_login("L").open_gate().send().await;
    assert!(error.is_err(), "one would be lost");
    let error = client.with_card("C").open_drawer().send().await;
    assert!(
        error.is_err(),
        "nobody who has set both means to be a stranger"
    );
    insta::assert_snapshot!(all(&server), @"
    GET /door, x-badge: B
    GET /gate, authorization: Bearer T
    ");
}

#[tokio::test]
async fn an_argument_goes_before_a_credential() {
    let server = server();
    let client = credentials_conflicts::Client::builder()
        .base_url(server.origin())
        .visit("V")
        .floor("F")
        .code("1");
    let client = client.build().expect("it is set up");
    client
        .call_lift()
        .language("en")
        .send()
        .await
        .expect("it is answered");
    client
        .call_lift()
        .cookie("floor=9; a=b")
        .send()
        .await
        .expect("it is answered");
    client
        .call_lift()
        .x_badge("mine")
        .send()
        .await
        .expect("it is answered");
    client.open_roof("2").send().await.expect("it is answered");
    insta::assert_snapshot!(all(&server), @"
    GET /lift, cookie: language=en; visit=V; floor=F
    GET /lift, cookie: floor=9; a=b; visit=V
    GET /lift, x-badge: mine, cookie: visit=V; floor=F
    GET /roof?code=2
    ");
    let bare = credentials_conflicts::Client::builder().base_url(server.origin());
    let bare = bare.build().expect("it is set up");
    bare.call_lift()
        .x_badge("mine")
        .send()
        .await
        .expect("the argument is the badge");
    insta::assert_snapshot!(all(&server), @"GET /lift, x-badge: mine");
}

#[tokio::test]
async fn what_stands_before_a_credential_is_what_the_document_says() {
    let server = server();
    let builder = || http_schemes::Client::builder().base_url(server.origin());
    let client = builder()
        .origin_bound("signature")
        .quoted("Q")
        .word("W")
        .nameless("Odd N")
        .said("S")
        .build()
        .expect("it is set up");
    client.origin_bound().await.expect("it is answered");
    client.quoted().await.expect("it is answered");
    client.either().await.expect("it is answered");
    client.word().await.expect("it is answered");
    let again = client.with_word("key V");
    again.word().await.expect("it is answered");
    client.nameless().await.expect("it is answered");
    client.said().await.expect("it is answered");
    insta::assert_snapshot!(all(&server), @"
    GET /origin-bound, authorization: HOBA signature
    GET /quoted, authorization: D`PoP Q
    GET /either, authorization: HOBA signature
    GET /word, authorization: Key W
    GET /word, authorization: key V
    GET /nameless, authorization: Odd N
    GET /said, authorization: S
    ");
    let both = client.with_token("T").both().await;
    insta::assert_snapshot!(both.expect_err("there is one header"), @"`both`: needs `origin bound` and `token` together, but both are sent in the header `Authorization`, which can hold only one");
    let missing = builder()
        .build()
        .expect("it is set up")
        .origin_bound()
        .await;
    insta::assert_snapshot!(missing.expect_err("it is required"), @"`originBound`: needs `origin bound`: call `.origin_bound(..)` on the client builder");
}

/// That the certificate is shown is tested with the runtime (`connections.rs`).
#[tokio::test]
async fn a_certificate_counts_as_a_credential() {
    let server = server();
    let builder = || mutual_tls::Client::builder().base_url(server.origin());
    let bare = builder().build().expect("it is set up");
    bare.public().await.expect("it wants none");
    insta::assert_snapshot!(bare.alone().await.expect_err("it is required"), @"`alone`: needs `certificate`: call `.certificate(..)` on the client builder");
    let with_token = bare.with_token("T");
    with_token.either().await.expect("the token is enough");
    insta::assert_snapshot!(with_token.both().await.expect_err("it is not enough"), @"`both`: needs `certificate` and `token`: call `.certificate(..)` and `.token(..)` on the client builder");
    // Whoever brings a transport has it show the certificate.
    let transport = HttpTransport::new(Duration::from_secs(10)).expect("it is set up");
    let client = builder().transport(transport).token("T").build();
    let client = client.expect("it is set up");
    client.alone().await.expect("it is answered");
    client.both().await.expect("it is answered");
    insta::assert_snapshot!(all(&server), @"
    GET /public
    GET /either, authorization: Bearer T
    GET /alone
    GET /both, authorization: Bearer T
    ");
    let unreadable = builder().certificate("MARKED").build();
    let error = unreadable.expect_err("it is no certificate");
    insta::assert_snapshot!(error, @"the client certificate is not a certificate with its key in PEM");
    assert!(!format!("{error:?}").contains("MARKED"));
}

#[tokio::test]
async fn what_is_left_to_the_transport_is_not_waited_for() {
    let server = server();
    let client = credentials_foreign::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    client.odd().await.expect("it is answered");
    client.lost().send().await.expect("it is answered");
    client
        .both()
        .send()
        .await
        .expect_err("it wants a token, too");
    client
        .with_token("T")
        .both()
        .send()
        .await
        .expect("it is answered");
    insta::assert_snapshot!(all(&server), @"
    GET /odd
    GET /inherited
    GET /both, authorization: Bearer T
    ");
}

/// A provider that tells what it was asked for, and has a second token when the first one is refused.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    fn note(&self, what: &str, request: CredentialRequest<'_>) {
        let line = format!(
            "{what} {} for {} with {:?}",
            request.scheme(),
            request.operation(),
            request.scopes()
        );
        self.0.lock().expect("no panic").push(line);
    }
}

impl CredentialProvider for Asked {
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>> {
        let count = self.0.lock().expect("no panic").len();
        self.note("asked", request);
        let token = format!("T{count}");
        Box::pin(std::future::ready(Ok(Some(Credential::token(token)))))
    }

    fn refused(&self, request: CredentialRequest<'_>, credential: &Credential) -> bool {
        assert_eq!(format!("{credential:?}"), "Credential(token, redacted)");
        self.note("refused", request);
        true
    }
}

#[tokio::test]
async fn a_provider_hears_what_it_is_asked_for_and_that_it_was_refused() {
    let server = FaultServer::start([
        Answer::empty("401 Unauthorized"),
        Answer::empty("204 No Content"),
    ]);
    let provider = Asked::default();
    let client = security::Client::builder()
        .base_url(server.origin())
        .oauth_provider(provider.clone())
        .build()
        .expect("it is set up");
    client.scoped().await.expect("the second token serves");
    let sent = server.recorder().take();
    let tokens: Vec<_> = sent.iter().map(|it| it.header("authorization")).collect();
    assert_eq!(tokens, [Some("Bearer T0"), Some("Bearer T2")]);
    insta::assert_snapshot!(provider.0.lock().expect("no panic").join("\n"), @r#"
    asked oauth for scoped with ["read", "write"]
    refused oauth for scoped with ["read", "write"]
    asked oauth for scoped with ["read", "write"]
    "#);
}
