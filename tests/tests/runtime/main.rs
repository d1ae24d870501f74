//! Tests of the client runtime, which is included as generated crates include it.

#[path = "../../../generator/runtime/mod.rs"]
pub mod runtime;
