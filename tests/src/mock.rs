//! Stand-ins of `keywright mock`, on loopback.

use std::path::Path;
use std::sync::Arc;

use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::limits::Limits;
use keywright::mock::contract::Contract;
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
        Self::of(stand_in(spec, settings))
    }

    /// Serves a stand-in.
    ///
    /// # Panics
    ///
    /// If its address is not known.
    #[must_use]
    pub fn of(stand_in: StandIn) -> Self {
        let stand_in = Arc::new(stand_in);
        let own = Arc::clone(&stand_in);
        let server = Server::start(async move |listener| {
            let running = mock::serve(own, listener, std::future::pending());
            running.await.expect("its address is known");
        });
        Self { server, stand_in }
    }

    /// Returns scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(spec);
    StandIn::new(vec![contract(&path)], settings).expect("the settings fit the document")
}

/// Reads a document.
///
/// # Panics
///
/// If it cannot be read.
#[must_use]
pub fn contract(path: &Path) -> Contract {
    let api = ApiConfig::new(ApiConfig::module_of(path), path);
    let mut found = Diagnostics::default();
    let contract = mock::read(&api, &Limits::default(), None, &mut found);
    contract.expect("the document can be read")
}
