//! Types of values that only some APIs need.

pub(super) mod base64;
pub(super) mod date;
mod date_chrono;
mod date_jiff;
pub(super) mod null;
mod tuple;
mod uuid;

// Imports that the files here use through `super::`.
#[allow(unused_imports, reason = "an API need not have tuples")]
use super::json;
use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};
