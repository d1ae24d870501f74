//! The credentials that a stand-in has issued.

use std::collections::{HashMap, VecDeque};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

/// How many credentials are remembered; the oldest are forgotten first.
const MOST: usize = 20_000;

/// Which credentials have come of one sign-in: they end together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Family(u64);

impl Family {
    /// Returns its number, counted from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// What a credential is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// For requests.
    Access,
    /// For the next credential.
    Refresh,
}

/// A credential.
#[derive(Clone, Debug)]
pub struct Token {
    /// The module of the API, and the security scheme in it.
    pub scheme: (String, String),
    /// The client that it was issued to, by OAuth.
    pub client: Option<String>,
    /// What it is for.
    pub kind: TokenKind,
    /// Which sign-in it comes of.
    pub family: Family,
    /// Until when it is good, in seconds since 1970.
    pub expires_at: Option<i64>,
    /// What it allows; `None` for everything.
    pub scopes: Option<Vec<String>>,
    /// Whether it has been exchanged for the next one.
    pub is_used: bool,
    /// Whether it has been revoked.
    pub is_revoked: bool,
}

/// Why a credential is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It was never issued, or not for this.
    Unknown,
    /// Its time is over.
    Expired,
    /// It has been exchanged before.
    Used,
    /// It has been revoked.
    Revoked,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "it was never issued here",
            Self::Expired => "it has expired",
            Self::Used => "it has been used before",
            Self::Revoked => "it has been revoked",
        })
    }
}

/// The credentials that have been issued.
pub struct Tokens {
    seed: String,
    count: u64,
    families: u64,
    by_value: HashMap<String, Token>,
    order: VecDeque<String>,
}

impl Tokens {
    /// Creates the credentials of a stand-in that has issued none.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self {
            seed: seed.to_owned(),
            count: 0,
            families: 0,
            by_value: HashMap::new(),
            order: VecDeque::new(),
        }
    }

    /// Returns a new family.
    pub fn sign_in(&mut self) -> Family {
        self.families += 1;
        Family(self.families)
    }

    /// Returns a text that was never returned before: letters, digits and hyphens.
    pub fn unique(&mut self) -> String {
        self.count += 1;
        let name = format!("{}/{}", self.seed, self.count);
        let digest = blake3::hash(name.as_bytes()).to_hex();
        format!("kw-{}-{}", self.count, &digest[..20])
    }

    /// Returns a text that was never returned before and that looks like a JSON Web Token (RFC 7519). Nobody can check
    /// its signature.
    pub fn unique_jwt(&mut self, issued_at: i64, expires_at: Option<i64>) -> String {
        let id = self.unique();
        let mut claims = json!({ "iat": issued_at, "jti": id });
        if let Some(expires_at) = expires_at {
            claims["exp"] = expires_at.into();
        }
        let header = json!({ "alg": "HS256", "typ": "JWT" });
        let signature = blake3::hash(id.as_bytes());
        [
            header.to_string().as_bytes(),
            claims.to_string().as_bytes(),
            signature.as_bytes(),
        ]
        .map(|it| URL_SAFE_NO_PAD.encode(it))
        .join(".")
    }

    /// Issues a credential.
    pub fn issue(&mut self, value: String, token: Token) {
        if self.by_value.insert(value.clone(), token).is_none() {
            self.order.push_back(value);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_value.remove(&oldest);
        }
    }

    /// Returns a credential that is good now.
    ///
    /// # Errors
    ///
    /// When it is not: why.
    pub fn check(
        &self,
        scheme: &(String, String),
        kind: TokenKind,
        value: &str,
        now: i64,
    ) -> Result<&Token, Refused> {
        let token = self.by_value.get(value);
        let token = token.filter(|it| it.scheme == *scheme && it.kind == kind);
        let token = token.ok_or(Refused::Unknown)?;
        if token.is_revoked {
            return Err(Refused::Revoked);
        }
        if token.is_used {
            return Err(Refused::Used);
        }
        match token.expires_at {
            Some(end) if end <= now => Err(Refused::Expired),
            _ => Ok(token),
        }
    }

    /// Returns a credential, whether it is good or not.
    #[must_use]
    pub fn get(&self, value: &str) -> Option<&Token> {
        self.by_value.get(value)
    }

    /// Marks a credential as exchanged for the next one.
    pub fn use_up(&mut self, value: &str) {
        if let Some(token) = self.by_value.get_mut(value) {
            token.is_used = true;
        }
    }

    /// Revokes a credential.
    pub fn revoke_one(&mut self, value: &str) {
        if let Some(token) = self.by_value.get_mut(value) {
            token.is_revoked = true;
        }
    }

    /// Revokes every credential that has come of one sign-in.
    pub fn revoke_family(&mut self, family: Family) {
        self.revoke(|it| it.family == family);
    }

    /// Revokes what a test says of each credential.
    pub fn revoke(&mut self, mut is_meant: impl FnMut(&Token) -> bool) {
        for value in &self.order {
            if let Some(token) = self.by_value.get_mut(value)
                && is_meant(token)
            {
                token.is_revoked = true;
            }
        }
    }

    /// Lets every access credential expire.
    pub fn expire(&mut self, now: i64) {
        for value in &self.order {
            if let Some(token) = self.by_value.get_mut(value)
                && token.kind == TokenKind::Access
            {
                token.expires_at = Some(now);
            }
        }
    }

    /// Forgets every credential. Those that come do not repeat them.
    pub fn clear(&mut self) {
        self.by_value.clear();
        self.order.clear();
    }

    /// Returns every credential that is remembered, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Token> {
        self.order.iter().filter_map(|it| self.by_value.get(it))
    }
}

/// Shows no credential.
impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens")
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}
