//! The state of a mock server. All of it is bounded.

mod clock;
mod codes;
mod flows;
mod records;
mod things;
mod tokens;

pub use clock::Clock;
pub use codes::{Challenge, Code, Codes};
pub use flows::{Flow, FlowState, Flows};
pub use records::{Record, Records};
pub use things::Things;
pub use tokens::{Family, Refused, Token, TokenKind, Tokens};

use super::rules::ActiveRules;

/// What a stand-in remembers from one request to the next.
#[derive(Debug)]
pub struct State {
    /// What time it is.
    pub clock: Clock,
    /// The credentials that it has issued.
    pub tokens: Tokens,
    /// The codes that it has issued.
    pub codes: Codes,
    /// The confirmations that it waits for.
    pub flows: Flows,
    /// What goes wrong.
    pub rules: ActiveRules,
    /// The last requests.
    pub records: Records,
    /// What has been created.
    pub things: Things,
}

impl State {
    /// Creates the state of a stand-in that has not been asked anything.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self {
            clock: Clock::default(),
            tokens: Tokens::new(seed),
            codes: Codes::default(),
            flows: Flows::default(),
            rules: ActiveRules::new(seed),
            records: Records::default(),
            things: Things::default(),
        }
    }
}
