//! A client of every fixture, made by the build script and included as a user of one would include it. That
//! this compiles, without a warning, is a test.

#![allow(
    clippy::doc_markdown,
    reason = "the words of the docs are those of the documents"
)]

include!(concat!(env!("OUT_DIR"), "/keywright/mod.rs"));
