//! What the whole-system tests share: servers that stand in for the four services, and servers that misbehave.
//!
//! Everything listens on loopback, on a port that the operating system picks, and is gone when its handle is
//! dropped. Time is whatever a test says it is. Nothing here uses a type of the generated clients: the servers are
//! written from the services' documentation, so that a mistake of ours cannot be on both ends of the wire.

pub mod aliases;
#[expect(
    clippy::needless_pass_by_value,
    reason = "operations take their bodies over, whatever becomes of them inside"
)]
pub mod clients;
pub mod corpus;
pub mod drive;
pub mod faults;
pub mod fixtures;
pub mod mock;
pub mod recorder;
pub mod report;
pub mod round_trip;
pub mod server;
pub mod services;
pub mod shop;
