//! Misbehaviour on demand: rules that select requests and describe what goes wrong.
//!
//! A [`Rule`] comes from a file ([`read_file`]), from JSON ([`from_json`]), or, for a single request, from its header
//! `Keywright-Misbehave` ([`from_header`]). All three have the same keys and are read by the same code. [`ActiveRules`]
//! counts how often each rule has been used.

mod active;
mod apply;
mod fault;
mod file;
mod keys;
mod known;
mod line;
mod rule;

pub use active::{Active, ActiveRules, TooMany};
pub use fault::Fault;
pub use file::read_file;
pub(super) use line::fields;
pub use line::{HEADER, from_header};
pub use rule::{Effect, Fate, Instead, Rule, Spoil};

use serde_json::{Map, Value};

use super::contract::Contract;

/// Reads a rule. Its operations must be in the documents.
///
/// # Errors
///
/// When it says something that it cannot mean: everything that is wrong with it.
pub fn from_json(stated: &Map<String, Value>, contracts: &[Contract]) -> Result<Rule, Vec<Fault>> {
    keys::rule(stated, known::Known(contracts))
}
