//! `keywright mock` over HTTP: misbehaviour on demand, and the control interface with its page.

mod browser;
mod clients;
mod control;
mod guard;
mod misbehaviour;
mod secrets;

use std::fs;
use std::path::Path;

use keywright::mock::contract::Contract;
use keywright::mock::state::Record;
use keywright::mock::{Settings, StandIn};
use keywright_tests::mock::{self, Mock};
use reqwest::Method;
use serde_json::Value;

/// A stand-in that is served on loopback.
struct Served(Mock);

/// The document of one of the four services.
fn contract(name: &str) -> Contract {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    mock::contract(&specs.join(format!("{name}.yaml")))
}

/// A document that is written here.
fn contract_of(name: &str, text: &str) -> Contract {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(format!("{name}.yaml"));
    fs::write(&path, text).expect("it can be written");
    mock::contract(&path)
}

impl Served {
    /// Serves one of the four services.
    fn start(name: &str) -> Self {
        Self::of(vec![contract(name)], Settings::default())
    }

    fn of(contracts: Vec<Contract>, settings: Settings) -> Self {
        let stand_in = StandIn::new(contracts, settings).expect("it is set up");
        Self(Mock::of(stand_in))
    }

    fn origin(&self) -> String {
        self.0.origin()
    }

    fn stand_in(&self) -> &StandIn {
        &self.0.stand_in
    }

    /// Sends a request to the control interface. Returns the status and the JSON, null when there is none.
    async fn control(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/__keywright/{path}", self.origin());
        let mut request = reqwest::Client::new().request(method, url);
        if !body.is_null() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.expect("it answers");
        let status = response.status().as_u16();
        let text = response.text().await.expect("it is text");
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    /// Adds rules.
    async fn rule(&self, rules: Value) {
        let (status, shown) = self.control(Method::POST, "rules", rules).await;
        assert_eq!(status, 201, "{shown}");
    }

    /// The operations and statuses of the requests that have come, oldest first.
    fn seen(&self) -> Vec<String> {
        let state = self.stand_in().state();
        let line =
            |it: &Record| format!("{} {}", it.operation.as_deref().unwrap_or("-"), it.status);
        state.records.last().map(line).collect()
    }
}
