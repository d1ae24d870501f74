//! Keywright reads OpenAPI documents and writes the Rust client crate that an expert would have written by
//! hand.

pub mod diagnostics;
pub mod document;
pub mod interchange;
pub mod ir;
pub mod load;
pub mod lower;
pub mod model;
pub mod name;
pub mod normalize;
pub mod output;
#[cfg(feature = "progenitor")]
pub mod progenitor;
pub mod resolve;
