//! Stand-ins of `keywright mock`, on loopback.

use std::sync::Arc;

use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::limits::Limits;
use keywright::mock::{self, Settings, StandIn};

use crate::server::Server;

/// A stand-in that listens.
#[derive(Debug)]
pub struct Mock {
    server: Server,
    /// What it stands in for, and what it remembers.
    pub stand_in: Arc<StandIn>,
}

impl Mock {
    /// Starts a stand-in for a document, whose path is relative to the folder of this package.
    ///
    /// # Panics
    ///
    /// If the document cannot be read.
    #[must_use]
    pub fn start(spec: &str, settings: Settings) -> Self {
        let stand_in = Arc::new(stand_in(spec, settings));
        let served = Arc::clone(&stand_in);
        let server = Server::start(async move |listener| {
            let served = mock::serve(served, listener, std::future::pending());
            served.await.expect("the server accepts connections");
        });
        Self { server, stand_in }
    }

    /// Returns the URL to give to a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        let contract = self.stand_in.contracts().first();
        let base_path = contract.map_or("", |it| it.base_path.as_str());
        format!("{}{base_path}", self.server.origin())
    }
}

/// Reads a document, whose path is relative to the folder of this package.
///
/// # Panics
///
/// If the document cannot be read.
#[must_use]
pub fn stand_in(spec: &str, settings: Settings) -> StandIn {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(spec);
    let api = ApiConfig::new(ApiConfig::module_of(&path), path);
    let mut found = Diagnostics::default();
    let contract = mock::read(&api, &Limits::default(), None, &mut found);
    let contract = contract.expect("the document can be read");
    StandIn::new(vec![contract], settings).expect("the settings fit the document")
}
