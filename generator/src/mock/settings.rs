//! How a stand-in is set up.

use std::fmt;
use std::time::Duration;

use super::rules::{Rule, TooMany};
use super::state::State;

/// How a stand-in is set up.
#[derive(Clone)]
pub struct Settings {
    /// What all chance depends on: the same seed gives the same answers.
    pub seed: String,
    /// How long credentials are good for, instead of what the document says.
    pub token_lifetime: Option<Duration>,
    /// After how long users confirm by themselves; `None` when somebody has to do it for them.
    pub confirm_after: Option<Duration>,
    /// Whether what is created can be fetched.
    pub keeps: bool,
    /// Credentials that are good from the start: the name of the security scheme, and the credential (`name:password`
    /// for basic and digest authentication).
    pub credentials: Vec<(String, String)>,
    /// The clients that authorization servers know: their identifiers, and their secrets if they have any. Without any,
    /// every client is known.
    pub clients: Vec<(String, Option<String>)>,
    /// What goes wrong from the start.
    pub rules: Vec<Rule>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: "keywright".to_owned(),
            token_lifetime: None,
            confirm_after: None,
            keeps: false,
            credentials: Vec::new(),
            clients: Vec::new(),
            rules: Vec::new(),
        }
    }
}

impl Settings {
    /// What a stand-in remembers when it starts.
    ///
    /// # Errors
    ///
    /// When there are more rules than there may be.
    pub(super) fn first_state(&self) -> Result<State, TooMany> {
        let mut state = State::new(&self.seed);
        state.rules.add(self.rules.clone())?;
        Ok(state)
    }
}

/// Shows no credential.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("seed", &self.seed)
            .field("token_lifetime", &self.token_lifetime)
            .field("confirm_after", &self.confirm_after)
            .field("keeps", &self.keeps)
            .finish_non_exhaustive()
    }
}
