//! OAuth 2 and OpenID Connect: a [session](super::session) gets, renews and revokes tokens of an authorization server.
//!
//! The `oauth2` crate implements the protocol, over the client's own transport. One module adapts the responses of
//! servers for the crate, and one evaluates them.
#![cfg(feature = "oauth2")]

mod app;
mod authorization;
mod declare;
mod device;
mod discovery;
mod endpoint;
mod error;
mod grants;
mod server;
mod tidy;

pub use self::app::App;
pub use self::authorization::{Authorization, Authorizing};
#[allow(unused_imports, reason = "no API with OAuth 2 need be on")]
pub(crate) use self::declare::declare;
#[doc(hidden)]
pub use self::device::device;
pub use self::error::{AuthorizationError, AuthorizationErrorKind, Refusal};
#[doc(hidden)]
pub use self::grants::{client_credentials, password, stored};
#[doc(hidden)]
pub use self::server::{Endpoints, Metadata};

// Imports that the files here use through `super::`.
use super::call::Outgoing;
use super::client::may_be_plain;
use super::error::{ResponseParts, printable};
use super::exchange::{redirect, retry_after};
use super::retry::Trip;
use super::session::answer;
use super::session::authority::{Asking, Authority, Gift};
use super::session::beginning::Beginning;
use super::session::confirmation::{Poll, Polled, Start, Started};
use super::session::token::Tokens;
use super::session::{
    Clock, Confirmation, ConfirmationError, ConfirmationErrorKind, Part, Plan, SessionBuilder,
    SessionError, SessionErrorKind, TokenStore,
};
use super::{BoxFuture, Client, Description, Error, RawResponse, Status};
