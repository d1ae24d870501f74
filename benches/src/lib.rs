//! Measures what Keywright and its clients cost.
//!
//! The command `compare` has Keywright and others make packages of the same documents, compiles these, and writes a
//! table. The command `instructions` counts the instructions of a run of the generator, and fails when there are more
//! than before. `docs/performance.md` says how to use both, and what they say.

pub mod comparison;
pub mod documents;
pub mod failure;
pub mod figures;
pub mod floor;
pub mod instructions;
mod manifest;
mod packages;
mod source;
pub mod table;
pub mod tools;
pub mod usage;
