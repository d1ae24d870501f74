//! Mock services for tests, behind the feature `mock`: a [`Transport`] without a network.
//!
//! The module `mock` of each API has a `Service` with a method for each operation. The method takes a closure that gets
//! the typed request and returns one of the documented responses. Sessions and device flows that the document describes
//! are built in.
//!
//! Requests and responses are fully encoded and decoded, so the client runs the same code as with a real server.
#![cfg(feature = "mock")]

mod block_on;
mod clock;
mod declare;
mod error;
mod events;
mod form;
mod guess;
mod incoming;
mod lifecycle;
mod lines;
mod parts;
mod recorded;
mod response;
mod route;
mod security;
mod service;
pub mod sessions;
mod styles;
mod xml;

pub use self::block_on::block_on;
pub use self::clock::MockClock;
#[allow(unused_imports, reason = "no API need be on")]
pub(crate) use self::declare::{receive, responses, service};
pub use self::error::MockError;
pub use self::incoming::RawBody;
pub use self::parts::{IncomingPart, IncomingParts};
pub use self::recorded::RecordedCall;
pub use self::response::{MockResponse, in_turn};
pub use self::service::MockedOperation;

// Items that only generated code needs.
#[doc(hidden)]
pub use self::incoming::IncomingRequest;
#[doc(hidden)]
pub use self::response::UntypedResponse;
#[doc(hidden)]
pub use self::service::{Entry, Example, MockService};
#[doc(hidden)]
pub use self::styles::Names;

// Imports that the files here use through `super::`.
use self::guess::{Guess, Reading};
use self::lifecycle::Lifecycle;
use super::encode::style::StyleKind;
use super::exchange::media_type;
use super::json::text::without_mark;
use super::{Api, Description, Location, Operation, SchemeKind, Status};
#[allow(unused_imports, reason = "an API need not have bodies of all kinds")]
use super::{Body, BoxFuture, Clock, Decode, DecodeError, Encode, EncodeError, Style};
use super::{
    Transport, TransportError, TransportErrorKind, Tree, encode, error as error_of_runtime,
};
use super::{from_slice, to_vec};
