//! How long may be waited for a response.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a [`Transport`](super::Transport) may wait. It travels as an extension of the request.
///
/// An exchange has to be complete in time, from the start to the last byte of the response. Only when the response has
/// begun, it is known to be one that may last: then the pauses in it are limited, or nothing is. That is why
/// [`left`](Self::left) is to be asked before each wait; copies share what it says.
#[derive(Clone, Debug)]
pub struct Timeout(Arc<Mutex<Limit>>);

#[derive(Debug)]
enum Limit {
    Until(Deadline),
    Pauses(Duration),
    None,
}

impl Timeout {
    /// Starts the clock of an exchange.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self(Arc::new(Mutex::new(Limit::Until(Deadline::after(time)))))
    }

    /// Returns how long to wait for what comes next, which is the start of the response or a part of its body: zero
    /// when time is up, `None` when it may take as long as it likes.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        match &*self.limit() {
            Limit::Until(deadline) => Some(deadline.left()),
            Limit::Pauses(time) => Some(*time),
            Limit::None => None,
        }
    }

    /// Lets the rest of the response take as long as it likes, with no pause longer than this.
    pub fn limit_pauses(&self, time: Duration) {
        *self.limit() = Limit::Pauses(time);
    }

    /// Lets the rest of the response take as long as it likes.
    pub fn stop(&self) {
        *self.limit() = Limit::None;
    }

    fn limit(&self) -> MutexGuard<'_, Limit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When an exchange has to be complete. On WebAssembly there is no clock without the browser, so that each
/// request of a chain of redirects has the whole time.
#[derive(Debug)]
struct Deadline {
    #[cfg(not(target_arch = "wasm32"))]
    started: std::time::Instant,
    time: Duration,
}

impl Deadline {
    fn after(time: Duration) -> Self {
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            started: std::time::Instant::now(),
            time,
        }
    }

    fn left(&self) -> Duration {
        #[cfg(not(target_arch = "wasm32"))]
        let left = self.time.saturating_sub(self.started.elapsed());
        #[cfg(target_arch = "wasm32")]
        let left = self.time;
        left
    }
}
