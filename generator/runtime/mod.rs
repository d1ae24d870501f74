//! The client runtime: what every operation of every API has in common.
//!
//! An operation is a static description ([`Operation`]) and its arguments ([`Call`]); nothing here is generic over
//! either, so that the generated code stays small. Requests are `http::Request`s, sent by an object-safe
//! [`Transport`]; answers are read by [`Decode`].

mod auth;
mod client;
mod encode;
mod error;
mod exchange;
mod json;
mod operation;
mod request;
mod response;

pub use self::auth::{Credential, CredentialProvider};
pub use self::client::{Client, ClientBuilder};
pub use self::encode::Style;
pub use self::error::{
    AuthError, DocumentedBody, DocumentedError, EncodeFailure, Error, Received, RedirectError,
};
pub use self::error::{
    RedirectReason, RequestError, TimeoutError, TooLargeError, TransportFailure,
};
pub use self::error::{UnexpectedResponse, UnreadableResponse, display_documented};
#[cfg(feature = "reqwest")]
pub use self::exchange::HttpTransport;
#[cfg(feature = "blocking")]
pub use self::exchange::{Blocking, BodyReader, block_on};
pub use self::exchange::{Body, Timeout, retry_after};
pub use self::exchange::{BoxFuture, Transport, TransportError, TransportErrorKind};
pub use self::json::{Blank, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError};
pub use self::json::{Closest, Constant, Fill, Kind, Mark, Maybe, Nullable, Put, Reader, Required};
pub use self::json::{Rest, Spread, Tag, Tree, UnknownValue, Writer};
pub use self::json::{blank, from_slice, to_vec};
#[cfg(feature = "serde")]
pub use self::json::{deserialize, serialize};
pub use self::operation::{Api, Location, Operation, Scheme, SchemeKind, Status};
pub use self::request::Call;
pub use self::response::{Reply, Response};

// Macros, named by path: `runtime::operation_error!(..)`.
#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use self::error::operation_error;
#[cfg(feature = "serde")]
#[allow(unused_imports, reason = "an API need not have models")]
pub(crate) use self::json::impl_serde;
#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use self::json::{integer_enum, open_enum, string_enum, value_enum};
#[allow(unused_imports, reason = "an API need not have models of all kinds")]
pub(crate) use self::json::{object, received_object, sent_object, setters};
#[allow(unused_imports, reason = "an API need not have unions")]
pub(crate) use self::json::{received_union, sent_union, union, union_from};

// Only what the API needs of the following is copied: a line goes with the file that it names.
mod streams;
mod values;
pub mod xml;

pub use self::encode::multipart::{File, Files, Multipart, Part, Parts};
pub use self::streams::events::{Event, Events};
pub use self::streams::lines::Lines;
pub use self::values::base64::Base64;
pub use self::values::date::{Date, DateTime};
pub use self::values::null::Null;
