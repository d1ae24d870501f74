//! A proxy in front of a service: it judges by the documents what passes, and changes nothing of it.
//!
//! A [`Target`] says where requests go, and a [`Proxy`] passes them on. A reader reads along, and tells a [`Log`] what is
//! wrong.

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
