//! Confirmations that users are asked for.

use std::time::Duration;

use indexmap::IndexMap;

/// How many confirmations are remembered; the oldest are forgotten first.
const MOST: usize = 1000;

/// Whether a user has confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowState {
    /// Not yet.
    Pending,
    /// Yes.
    Confirmed,
    /// The user has refused.
    Denied,
    /// The user has, and the credential has been handed out.
    Claimed,
}

/// A confirmation that a user is asked for.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The module of the API, and the security scheme in it.
    pub scheme: (String, String),
    /// The client that asks, by OAuth.
    pub client: Option<String>,
    /// What the user knows it by.
    pub code: String,
    /// Whether the user has confirmed.
    pub state: FlowState,
    /// When it was started, since 1970.
    pub started: Duration,
    /// Until when it may be confirmed, since 1970.
    pub ends: Duration,
    /// How long a client is to wait between two questions.
    pub interval: Duration,
    /// When a client asked last, since 1970.
    pub asked: Option<Duration>,
    /// The scopes that are asked for.
    pub scopes: Option<Vec<String>>,
}

/// Confirmations, by the token that the client has.
#[derive(Debug, Default)]
pub struct Flows(IndexMap<String, Flow>);

impl Flows {
    /// Adds a confirmation.
    pub fn start(&mut self, token: String, flow: Flow) {
        if self.0.len() >= MOST {
            self.0.shift_remove_index(0);
        }
        self.0.insert(token, flow);
    }

    /// Returns the confirmation that a client's token stands for.
    pub fn get_mut(&mut self, token: &str) -> Option<&mut Flow> {
        self.0.get_mut(token)
    }

    /// Returns the confirmation that a user's code stands for.
    pub fn by_code(&mut self, code: &str) -> Option<&mut Flow> {
        self.0.values_mut().find(|it| it.code == code)
    }

    /// Returns whether a client's token stands for a confirmation.
    #[must_use]
    pub fn has(&self, token: &str) -> bool {
        self.0.contains_key(token)
    }

    /// Returns every confirmation, the oldest first.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Flow> {
        self.0.values_mut()
    }

    /// Returns every confirmation, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Flow> {
        self.0.values()
    }

    /// Forgets every confirmation.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Flow {
    /// Returns a code that a user can type (RFC 8628, section 6.1), made of a text that is unique.
    #[must_use]
    pub fn user_code(unique: &str) -> String {
        const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
        let digest = blake3::hash(unique.as_bytes());
        let letters = digest.as_bytes().iter().take(8);
        let letter = |it: &u8| char::from(LETTERS[usize::from(*it) % LETTERS.len()]);
        let code: String = letters.map(letter).collect();
        format!("{}-{}", &code[..4], &code[4..])
    }

    /// Lets a user confirm who does so by themselves after some time.
    pub fn settle(&mut self, now: Duration, after: Option<Duration>) {
        let is_due = after.is_some_and(|after| self.started.saturating_add(after) <= now);
        if self.state == FlowState::Pending && is_due {
            self.state = FlowState::Confirmed;
        }
    }

    /// Notes that a client asks, and returns whether it asks too soon after the last time.
    pub fn ask(&mut self, now: Duration) -> bool {
        let last = self.asked.replace(now);
        // Clocks and networks have some play.
        let pause = self.interval.mul_f32(0.9);
        last.is_some_and(|last| now < last.saturating_add(pause))
    }
}
