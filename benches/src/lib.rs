//! Measures what Keywright and its clients cost.
//!
//! The command `compare` has Keywright and others make packages of the same documents, compiles these, and writes a
//! table.

pub mod comparison;
pub mod documents;
pub mod failure;
pub mod figures;
pub mod floor;
mod manifest;
mod packages;
mod source;
pub mod table;
pub mod tools;
pub mod usage;
