//! The life cycle of credentials: how a client gets, renews and ends those of a security scheme, as extensions say.
//!
//! What an extension names is held against the finished operations and types, so that this goes last. One with a fault
//! has no effect at all, and every fault in it is reported at its place.

pub(super) mod device_flow;
pub(super) mod oauth;
pub(super) mod session;

mod expression;
mod message;
mod operations;
mod reach;
mod reader;
mod values;
