//! Mock servers for documents, to test applications against.
//!
//! A [`contract`] is the content of a document; [`judge`] checks requests and responses, [`answer`] creates responses,
//! and a [`StandIn`] combines them with its state: issued credentials and pending confirmations. It is also the
//! authorization server of the documents. With [`rules`], it misbehaves on demand, and under `/__keywright/` it shows
//! and changes its state. [`serve`] serves one over HTTP. A [`proxy`] checks the requests and responses between a
//! client and a real service.

pub mod answer;
pub mod contract;
mod control;
mod fault;
mod found;
mod html;
pub mod judge;
mod keep;
mod lifecycle;
mod message;
mod oauth;
mod pages;
pub mod proxy;
pub mod rules;
#[cfg(test)]
mod samples;
mod security;
mod server;
mod settings;
mod stand_in;
pub mod state;
#[cfg(test)]
mod tests;
mod text;
mod urlencoded;
mod xml;

use crate::config::ApiConfig;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use contract::Contract;
pub use control::BoundTo;
pub use fault::SetUpError;
pub use found::{Found, NotFound};
pub use oauth::Authority;
pub use server::serve;
pub use settings::Settings;
pub use stand_in::StandIn;

/// Reads what a document says. `base_path` goes before what its servers have. `None` when it cannot be read.
#[must_use]
pub fn read(
    config: &ApiConfig,
    limits: &Limits,
    base_path: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Contract> {
    let (spec, _, description) = crate::understand(config, limits, diagnostics)?;
    // What is said of clients is no concern of a service.
    let mut of_clients = Diagnostics::default();
    let api = crate::lower::lower(&description, config.overrides(), &mut of_clients);
    let module = config.module.clone();
    match contract::read(module, spec, &description, api, base_path) {
        Ok(contract) => Some(contract),
        Err(why) => {
            let message = format!(
                "the schemas of `{}` cannot be used: {why}",
                config.spec.display()
            );
            diagnostics.report(Diagnostic::new(Code::CannotServe, message));
            None
        }
    }
}
