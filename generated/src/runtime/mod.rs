//! The client runtime: the code that every operation of every API shares.
//!
//! An operation consists of a static description and its arguments. The same code sends the requests of all operations,
//! so the generated code stays small. Requests are `http::Request`s, sent by an object-safe [`Transport`]; responses
//! are read by [`Decode`].
//!
//! The items shown here are the public API. Items that only generated code needs are hidden, and may change with any
//! version of the generator.

mod auth;
mod call;
mod client;
mod clock;
mod encode;
mod error;
mod exchange;
mod json;
mod macros;
mod operation;
mod promise;
mod random;
mod request;
mod response;
mod retry;

pub use self::auth::{Credential, CredentialProvider, CredentialRequest};
pub use self::clock::Clock;
pub use self::error::failure::OperationError;
pub use self::error::{AuthError, DocumentedError, EncodeFailure, Error, RedirectError};
pub use self::error::{RedirectReason, RequestError, TimeoutError, TooLargeError};
pub use self::error::{TransportFailure, UnexpectedResponse, UnreadableResponse};
#[cfg(feature = "reqwest")]
pub use self::exchange::HttpTransport;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use self::exchange::HttpTransportBuilder;
#[cfg(all(feature = "reqwest-middleware", not(target_arch = "wasm32")))]
pub use self::exchange::MiddlewareTransport;
#[cfg(all(feature = "tower", not(target_arch = "wasm32")))]
pub use self::exchange::TowerTransport;
#[cfg(feature = "blocking")]
pub use self::exchange::{Blocking, BodyReader};
pub use self::exchange::{Body, IncomingResponse, OutgoingRequest, Timeout, retry_after};
pub use self::exchange::{BoxFuture, Shareable, Transport, TransportError, TransportErrorKind};
pub use self::json::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError};
pub use self::json::{Maybe, UnknownValue, from_slice, to_vec};
pub use self::operation::{Operation, Outcome};
pub use self::request::{Buffered, Once, Request};
pub use self::response::Response;
pub use self::retry::Retry;

// Items that only generated code needs.
#[doc(hidden)]
pub use self::auth::challenge::{Question, Responder};
#[doc(hidden)]
pub use self::call::{Call, texts};
#[doc(hidden)]
pub use self::client::{Client, ClientBuilder};
#[doc(hidden)]
pub use self::encode::Style;
#[doc(hidden)]
pub use self::error::{DocumentedBody, failure};
#[cfg(feature = "blocking")]
#[doc(hidden)]
pub use self::exchange::block_on;
#[doc(hidden)]
pub use self::json::{Blank, Closest, Constant, Fill, Kind, Mark, Nullable, Put, Reader, Required};
#[doc(hidden)]
pub use self::json::{Rest, Slot, Spread, Tag, Tree, Writer, blank, create};
#[cfg(feature = "serde")]
#[doc(hidden)]
pub use self::json::{deserialize, serialize};
#[doc(hidden)]
pub use self::operation::{Api, Description, Location, Scheme, SchemeKind, Status};
#[doc(hidden)]
pub use self::response::{DocumentedHeaders, RawResponse, read_header};

// Macros, named by path: `runtime::operation_error!(..)`.
#[cfg(feature = "serde")]
#[allow(unused_imports, reason = "an API need not have models")]
pub(crate) use self::json::impl_serde;
#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use self::json::{integer_enum, open_enum, string_enum, value_enum};
#[allow(unused_imports, reason = "an API need not have models of all kinds")]
pub(crate) use self::json::{object, received_object, sent_object, setters};
#[allow(unused_imports, reason = "an API need not have unions")]
pub(crate) use self::json::{received_union, sent_union, union, union_from};
#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use self::macros::{arguments, client, headers, operation_error};

// Only what the API needs of the following is copied: a line goes with the file that it names.
pub mod mock;
pub mod session;
mod values;

pub use self::values::date::{Date, DateTime};
