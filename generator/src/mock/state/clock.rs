//! The clock of a stand-in, which can be put forward and back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// How many seconds it is ahead of the system's.
    ahead: i64,
}

impl Clock {
    /// Returns the time since 1970; zero before that.
    #[must_use]
    pub fn now(&self) -> Duration {
        let system = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let ahead = Duration::from_secs(self.ahead.unsigned_abs());
        if self.ahead < 0 {
            system.saturating_sub(ahead)
        } else {
            system.saturating_add(ahead)
        }
    }

    /// Returns the seconds since 1970.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        i64::try_from(self.now().as_secs()).unwrap_or(i64::MAX)
    }

    /// Puts the clock forward by so many seconds, or back.
    pub fn advance(&mut self, seconds: i64) {
        self.ahead = self.ahead.saturating_add(seconds);
    }

    /// Returns by how many seconds the clock is ahead of the system's.
    #[must_use]
    pub fn ahead(&self) -> i64 {
        self.ahead
    }
}
