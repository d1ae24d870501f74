//! Documents for tests.

use std::io::Write as _;

use super::contract::Contract;
use crate::config::ApiConfig;
use crate::diagnostics::Diagnostics;
use crate::limits::Limits;

/// The contract of a document.
pub(super) fn contract(text: &str) -> Contract {
    let mut file = tempfile::Builder::new()
        .suffix(".yaml")
        .tempfile()
        .expect("there is room for a file");
    file.write_all(text.as_bytes())
        .expect("it can be written to");
    let mut found = Diagnostics::new(false);
    let config = ApiConfig::new("sample", file.path());
    let contract = super::read(&config, &Limits::default(), None, &mut found);
    contract.unwrap_or_else(|| panic!("it cannot be read: {found:?}"))
}
