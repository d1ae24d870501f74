//! Keywright reads OpenAPI documents and writes the Rust client crate that an expert would have written by
//! hand.

pub mod config;
pub mod diagnostics;
pub mod document;
pub mod emit;
pub mod format;
pub mod ir;
pub mod model;
pub mod output;
