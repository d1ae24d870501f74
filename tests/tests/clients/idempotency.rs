//! Idempotency keys: which operations send one by themselves, and are sent again.

use keywright_tests::clients::idempotency::{Client, ClientBuilder};
use keywright_tests::clients::runtime::{BoxFuture, Clock, OperationError};
use keywright_tests::faults::{Answer, FaultServer};
use std::time::{Duration, SystemTime};

/// A clock that does not wait.
struct Hasty;

impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A server that is busy twice, and the client.
fn start() -> (FaultServer, Client) {
    let busy = || Answer::empty("503 Service Unavailable");
    let server = FaultServer::start([busy(), busy(), Answer::empty("201 Created")]);
    let builder: ClientBuilder = Client::builder().base_url(server.origin()).clock(Hasty);
    let client = builder.build().expect("it is set up");
    (server, client)
}

/// The values of a header in all requests.
fn keys(server: &FaultServer, name: &str) -> Vec<Option<String>> {
    let sent = server.recorder().take();
    let keys = sent.iter().map(|it| it.header(name).map(str::to_owned));
    keys.collect()
}

fn is_one_uuid(keys: &[Option<String>]) -> bool {
    let [Some(first), rest @ ..] = keys else {
        return false;
    };
    uuid::Uuid::parse_str(first).is_ok() && rest.iter().all(|it| it.as_ref() == Some(first))
}

#[tokio::test]
async fn an_operation_with_a_key_is_sent_again() {
    let (server, client) = start();
    client.pay().await.expect("the third time it is done");
    let keys = keys(&server, "idempotency-key");
    assert!(keys.len() == 3 && is_one_uuid(&keys), "{keys:?}");
}

#[tokio::test]
async fn a_key_that_is_set_is_sent() {
    let (server, client) = start();
    client.pay().idempotency_key("mine").await.expect("done");
    let mine = Some("mine".to_owned());
    assert_eq!(keys(&server, "idempotency-key"), vec![mine; 3]);
}

#[tokio::test]
async fn a_key_that_is_required_is_the_callers() {
    let (server, client) = start();
    client.refund("mine").await.expect("done");
    let mine = Some("mine".to_owned());
    assert_eq!(keys(&server, "x-idempotency-key"), vec![mine; 3]);
}

#[tokio::test]
async fn the_document_says_which_header_is_one() {
    let (server, client) = start();
    client.transfer().await.expect("done");
    let keys = keys(&server, "x-request-id");
    assert!(keys.len() == 3 && is_one_uuid(&keys), "{keys:?}");
}

/// Neither where the document says that it is none, nor where it has no room for a UUID.
#[tokio::test]
async fn other_headers_stay_as_they_are() {
    let (server, client) = start();
    let error = client.send_letter().await.expect_err("it is busy");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
    assert_eq!(keys(&server, "idempotency-key"), [None]);
    let (server, client) = start();
    client.send_parcel().await.expect_err("it is busy");
    assert_eq!(keys(&server, "idempotency-key"), [None]);
}
