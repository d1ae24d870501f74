//! Types of values that only some APIs need.

pub(super) mod date;
mod uuid;

// Imports that the files here use through `super::`.
#[allow(unused_imports, reason = "an API need not have tuples")]
use super::json;
use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};
