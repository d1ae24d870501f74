//! Tokens: their expiry, and the text that a store keeps.

use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::Clock;
use super::Credential;

/// The tokens that a server has given.
#[derive(Clone)]
pub(crate) struct Tokens {
    /// The user name, if the token is a password.
    pub(crate) username: Option<String>,
    pub(crate) token: SecretString,
    /// The refresh token, if the token is not renewed with itself.
    pub(crate) refresh_token: Option<SecretString>,
    /// The lifetime of the token, from the time when it was given.
    pub(crate) lifetime: Option<Duration>,
    /// The time when it was given, by both clocks. For tokens from a store, only the date is known.
    pub(crate) given: SystemTime,
    pub(crate) given_elapsed: Option<Duration>,
    /// Set if the store holds the token. If saving failed, the store holds an older one.
    pub(crate) is_stored: bool,
}

/// The urgency of renewing a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// The token is valid for a long time.
    None,
    /// The token is valid, but expires soon.
    Soon,
    /// The token may expire before a request arrives.
    Now,
    /// The token has expired.
    Expired,
}

impl Tokens {
    /// Returns a token without any further details.
    pub(crate) fn bare(token: SecretString) -> Self {
        Self {
            username: None,
            token,
            refresh_token: None,
            lifetime: None,
            given: SystemTime::UNIX_EPOCH,
            given_elapsed: None,
            is_stored: false,
        }
    }

    /// Returns the credential for requests.
    pub(super) fn credential(&self) -> Credential {
        match &self.username {
            Some(username) => Credential::basic(username, self.token.clone()),
            None => Credential::token(self.token.clone()),
        }
    }

    /// Returns the urgency of renewing the token.
    ///
    /// The later of the two clocks counts: the monotonic clock may stop while the machine sleeps, and the other clock
    /// may be set back.
    pub(super) fn urgency(&self, clock: &dyn Clock) -> Urgency {
        let Some(lifetime) = self.lifetime else {
            return Urgency::None;
        };
        let by_date = clock.now().duration_since(self.given).unwrap_or_default();
        let given = self.given_elapsed;
        let elapsed = given.map(|it| clock.elapsed().saturating_sub(it));
        let left = lifetime.saturating_sub(by_date.max(elapsed.unwrap_or_default()));
        let (soon, now) = windows(lifetime);
        if left.is_zero() {
            Urgency::Expired
        } else if left <= now {
            Urgency::Now
        } else if left <= soon {
            Urgency::Soon
        } else {
            Urgency::None
        }
    }

    /// Returns the expiry of the token.
    pub(super) fn expires_at(&self) -> Option<SystemTime> {
        self.given.checked_add(self.lifetime?)
    }

    /// Returns the token without its refresh token.
    pub(super) fn without_refresh_token(&self) -> Self {
        Self {
            refresh_token: None,
            ..self.clone()
        }
    }

    /// Returns `true` if both are the same token.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.token.expose_secret() == other.token.expose_secret()
    }

    /// Writes the tokens as text for a store.
    pub(super) fn to_text(&self) -> SecretString {
        let seconds = |time: SystemTime| {
            let since = time.duration_since(SystemTime::UNIX_EPOCH);
            since.unwrap_or_default().as_secs()
        };
        let text = json!({
            "version": VERSION,
            "username": self.username,
            "token": self.token.expose_secret(),
            "refresh_token": self.refresh_token.as_ref().map(ExposeSecret::expose_secret),
            "lifetime": self.lifetime.map(|it| it.as_secs()),
            "given": seconds(self.given),
        });
        text.to_string().into()
    }

    /// Reads a text written by [`to_text`](Self::to_text). Returns `None` for any other text.
    pub(super) fn from_text(text: &SecretString) -> Option<Self> {
        let value: Value = serde_json::from_str(text.expose_secret()).ok()?;
        if value.get("version")?.as_u64()? != VERSION {
            return None;
        }
        let refresh_token = value.get("refresh_token").and_then(Value::as_str);
        let lifetime = value.get("lifetime").and_then(Value::as_u64);
        let given = Duration::from_secs(value.get("given")?.as_u64()?);
        let username = value.get("username").and_then(Value::as_str);
        Some(Self {
            username: username.map(str::to_owned),
            token: value.get("token")?.as_str()?.into(),
            refresh_token: refresh_token.map(Into::into),
            lifetime: lifetime.map(Duration::from_secs),
            given: SystemTime::UNIX_EPOCH.checked_add(given)?,
            given_elapsed: None,
            is_stored: true,
        })
    }
}

/// The version of the text that a store keeps.
const VERSION: u64 = 1;

/// Returns how long before its expiry a token is renewed in the background, and how long before it is no longer used.
/// Both depend on the lifetime, so that a short-lived token is not renewed by every request.
fn windows(lifetime: Duration) -> (Duration, Duration) {
    const MINUTE: u64 = 60;
    let soon = match lifetime.as_secs() / MINUTE {
        0..=20 => 5,
        21..90 => 15,
        _ => 60,
    };
    let soon = Duration::from_secs(soon * MINUTE).min(lifetime / 3);
    (soon, Duration::from_secs(MINUTE).min(lifetime / 10))
}
