//! How many retries all copies of a client have.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::JWT;
use super::super::runtime::{Body, Credential, TransportErrorKind};
use super::super::server::Double;
use super::failures::Failing;
use super::{GET, usual};

/// An outage is no storm: 100 retries, and then only what successes give.
#[tokio::test]
async fn copies_of_a_client_share_a_budget() {
    let status = Arc::new(AtomicUsize::new(503));
    let current = Arc::clone(&status);
    let double = Double::answering(move || {
        let status = u16::try_from(current.load(Ordering::SeqCst)).expect("a status");
        http::Response::builder()
            .status(status)
            .body(Body::from("{}"))
            .expect("valid")
    });
    let (mut builder, _) = usual("https://h");
    builder.transport(double.clone());
    let client = builder.build().expect("the settings are fine");
    let requests = async |count: usize| {
        for _ in 0..count {
            let copy = client.with_credential(JWT, Credential::token("t"));
            copy.call(&GET).send().await.expect("an answer");
        }
        double.take().len()
    };
    assert_eq!(requests(50).await, 150);
    assert_eq!(requests(10).await, 10);
    status.store(200, Ordering::SeqCst);
    assert_eq!(requests(5).await, 5);
    status.store(503, Ordering::SeqCst);
    assert_eq!(requests(3).await, 4);
    // A server that knows what it does not want is up.
    status.store(404, Ordering::SeqCst);
    assert_eq!(requests(10).await, 10);
    status.store(503, Ordering::SeqCst);
    assert_eq!(requests(3).await, 5);
}

/// Where connecting takes too long, retries are half as many.
#[tokio::test]
async fn time_outs_cost_twice() {
    let transport = Failing(TransportErrorKind::ConnectTimeout, Arc::default());
    let (mut builder, _) = usual("https://h");
    builder.transport(transport.clone());
    let client = builder.build().expect("the settings are fine");
    for _ in 0..40 {
        client.call(&GET).send().await.expect_err("it fails");
    }
    assert_eq!(transport.1.load(Ordering::SeqCst), 40 + 50);
}

/// A retry that succeeds gives back what it took.
#[tokio::test]
async fn retries_that_succeed_are_free() {
    let count = AtomicUsize::new(0);
    let double = Double::answering(move || {
        let is_even = count.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
        let status = if is_even { 503 } else { 200 };
        http::Response::builder()
            .status(status)
            .body(Body::from("{}"))
            .expect("valid")
    });
    let (mut builder, _) = usual("https://h");
    builder.transport(double.clone());
    let client = builder.build().expect("the settings are fine");
    for _ in 0..300 {
        let response = client.call(&GET).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
    }
    assert_eq!(double.take().len(), 600);
}
