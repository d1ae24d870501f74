//! Codes by which clients get their first credential (RFC 6749, section 4.1).

use indexmap::IndexMap;

use super::tokens::Family;

/// How many codes are remembered; the oldest are forgotten first.
const MOST: usize = 1000;

/// What a client proves itself by that asks for the credential of a code (RFC 7636, section 4.3).
#[derive(Clone, PartialEq, Eq)]
pub enum Challenge {
    /// The verifier itself: `plain`.
    Plain(String),
    /// Its SHA-256: `S256`.
    Sha256(String),
}

/// What a user has allowed in a browser.
#[derive(Clone)]
pub struct Code {
    /// The module of the API, and the security scheme in it.
    pub scheme: (String, String),
    /// The client that has asked.
    pub client: String,
    /// Where the user was sent back to.
    pub redirect_uri: String,
    /// What the client has to prove.
    pub challenge: Option<Challenge>,
    /// What is allowed.
    pub scopes: Vec<String>,
    /// What the credential is for (RFC 8707); empty when nobody said.
    pub resources: Vec<String>,
    /// What the client wants to see again in the ID token.
    pub nonce: Option<String>,
    /// Until when it is good, in seconds since 1970.
    pub expires_at: i64,
    /// What has come of it, once it has been used.
    pub family: Option<Family>,
}

/// The codes that have been issued.
#[derive(Default)]
pub struct Codes(IndexMap<String, Code>);

impl Codes {
    /// Adds a code.
    pub fn issue(&mut self, value: String, code: Code) {
        if self.0.len() >= MOST {
            self.0.shift_remove_index(0);
        }
        self.0.insert(value, code);
    }

    /// Returns what a code stands for.
    pub fn get_mut(&mut self, value: &str) -> Option<&mut Code> {
        self.0.get_mut(value)
    }

    /// Forgets every code.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl std::fmt::Debug for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Codes").field(&self.0.len()).finish()
    }
}
