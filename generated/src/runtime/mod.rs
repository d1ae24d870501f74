//! The client runtime: what every operation of every API has in common.
//!
//! An operation is a static description ([`Operation`]) and its arguments ([`Call`]); nothing here is generic over
//! either, so that the generated code stays small. Requests are `http::Request`s, sent by an object-safe
//! [`Transport`]; answers are read by [`Decode`].

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod client;
mod content;
mod error;
mod exchange;
mod field;
mod header;
#[cfg(feature = "reqwest")]
mod http_transport;
mod json;
mod media_type;
mod operation;
mod path;
mod percent;
mod query;
mod redirect;
mod request;
mod response;
mod retry_after;
mod style;
mod text;
mod timeout;
mod transport;

pub use self::auth::{Credential, CredentialProvider};
#[cfg(feature = "blocking")]
pub use self::blocking::{Blocking, BodyReader, block_on};
pub use self::body::Body;
pub use self::client::{Client, ClientBuilder};
pub use self::error::{
    AuthError, DocumentedBody, DocumentedError, EncodeFailure, Error, Received, RedirectError,
};
pub use self::error::{
    RedirectReason, RequestError, TimeoutError, TooLargeError, TransportFailure,
};
pub use self::error::{UnexpectedResponse, UnreadableResponse, display_documented};
#[cfg(feature = "reqwest")]
pub use self::http_transport::HttpTransport;
pub use self::json::{
    Closest, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Field, Fill, Kind, Mark,
};
pub use self::json::{Maybe, Nullable, Property, Reader, Slot, Tag, Tree, Writer};
#[cfg(feature = "serde")]
pub use self::json::{deserialize, serialize};
pub use self::json::{from_slice, to_vec};
pub use self::operation::{Api, Location, Operation, Scheme, SchemeKind, Status};
pub use self::request::Call;
pub use self::response::{Reply, Response};
pub use self::retry_after::retry_after;
pub use self::style::Style;
pub use self::timeout::Timeout;
pub use self::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

// Macros, named by path: `runtime::operation_error!(..)`.
#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use self::error::operation_error;
#[cfg(feature = "serde")]
#[allow(unused_imports, reason = "an API need not have models")]
pub(crate) use self::json::impl_serde;
#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use self::json::{integer_enum, string_enum, value_enum};

// Only what the API needs of the following is copied.
mod date;
mod uuid;

pub use self::date::{Date, DateTime};
