//! progenitor's clients of the four specs and of all fixtures, made by the build script from the documents of
//! `interchange`, as far as progenitor accepts their operations.
//!
//! They are a package of their own since their code takes long to compile.

#[allow(
    missing_docs,
    non_camel_case_types,
    unused,
    deprecated,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::allow_attributes_without_reason,
    rustdoc::all,
    reason = "this code is progenitor's"
)]
pub mod theirs {
    include!(concat!(env!("OUT_DIR"), "/theirs.rs"));
}

/// The operations that progenitor does not accept: the document, the operation, and what it said.
pub const REFUSED: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/refused.rs"));
