//! Builds the request of a call: arguments in their styles, and bodies.

pub(super) mod content;
pub(super) mod header;
pub(super) mod path;
pub(super) mod percent;
pub(super) mod query;
pub(super) mod style;

pub use self::style::Style;

// Imports that the files here use through `super::`.
#[allow(
    unused_imports,
    reason = "an API need not have bodies of several parts"
)]
use super::TransportError;
use super::exchange::media_type;
use super::json::text;
use super::{
    Body, Call, Decode, DecodeError, Encode, EncodeError, EncodeFailure, Error, RequestError, Tree,
    error, from_slice, to_vec,
};
