//! Web pages of others do not steer a stand-in.

use keywright::mock::{Settings, StandIn};

use crate::{Served, contract};

async fn status(served: &Served, headers: &[(&str, &str)]) -> u16 {
    let url = format!("{}/__keywright/reset", served.origin());
    let mut request = reqwest::Client::new().post(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("it answers").status().as_u16()
}

#[tokio::test]
async fn requests_from_elsewhere_are_refused() {
    let served = Served::start("tvmaze");
    let origin = served.origin();
    assert_eq!(status(&served, &[]).await, 204);
    assert_eq!(status(&served, &[("origin", &origin)]).await, 204);
    assert_eq!(status(&served, &[("host", "localhost:1")]).await, 204);
    assert_eq!(status(&served, &[("host", "rebound.example")]).await, 403);
    assert_eq!(
        status(&served, &[("origin", "http://127.0.0.1:1")]).await,
        403
    );
    assert_eq!(status(&served, &[("origin", "null")]).await, 403);
    assert_eq!(
        status(&served, &[("sec-fetch-site", "cross-site")]).await,
        403
    );
}

#[test]
fn a_document_cannot_have_a_path_of_the_interface() {
    let text = "{ openapi: 3.1.0, info: { title: Own, version: '1' }, servers: [{ url: '/__keywright' }], \
        paths: { /state: { get: { responses: { '204': { description: '' } } } } } }";
    let contracts = vec![contract("tvmaze"), crate::contract_of("own", text)];
    let error = StandIn::new(contracts, Settings::default()).expect_err("it has");
    let message = error.to_string();
    assert!(
        message.starts_with("`GET /__keywright/state` at "),
        "{message}"
    );
}
