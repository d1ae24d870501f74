//! The lifecycle of credentials: reads the extensions that describe how a client gets, renews and revokes them.
//!
//! Extensions are checked against the finished operations and types, so this runs last. An extension with a fault has
//! no effect at all, and every fault in it is reported at its place.

pub(super) mod device_flow;
pub(super) mod oauth;
pub(super) mod session;

mod expression;
mod message;
mod operations;
mod reach;
mod reader;
mod values;
