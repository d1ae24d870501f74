//! A proxy in front of a service: checks requests and responses against the documents, without changing them.
//!
//! A [`Proxy`] forwards requests to a [`Target`]. A reader reads along and reports findings to a [`Log`].

mod credentials;
mod forward;
mod hop;
mod log;
mod reader;
mod serve;
mod tap;
mod target;
mod watch;

pub use forward::Proxy;
pub use log::{Log, Tally};
pub use serve::serve;
pub use target::{Target, TargetError};
