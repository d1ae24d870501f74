//! Keywright reads OpenAPI documents and writes the Rust client crate that an expert would have written by
//! hand.

pub mod diagnostics;
pub mod document;
pub mod load;
pub mod model;
pub mod normalize;
pub mod resolve;
