//! The timeout of an exchange.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The timeout that a [`Transport`](super::Transport) must honor. It is passed as an extension of the request.
///
/// The timeout covers the whole exchange, up to the last byte of the response. When the response begins, it may turn
/// out to be a stream; then only its pauses are limited, or nothing is. Therefore call [`left`](Self::left) before each
/// wait. Clones share the same timeout.
#[derive(Clone, Debug)]
pub struct Timeout(Arc<Mutex<Limit>>);

#[derive(Debug)]
enum Limit {
    Until(Deadline),
    Pauses(Duration),
    None,
}

impl Timeout {
    /// Returns a timeout that starts now.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self(Arc::new(Mutex::new(Limit::Until(Deadline::after(time)))))
    }

    /// Returns the time to wait for the start of the response or for the next part of its body: zero if the time is
    /// over, `None` if there is no limit.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        match &*self.limit() {
            Limit::Until(deadline) => Some(deadline.left()),
            Limit::Pauses(time) => Some(*time),
            Limit::None => None,
        }
    }

    /// Removes the limit on the rest of the response, but limits each pause in it.
    pub fn limit_pauses(&self, time: Duration) {
        *self.limit() = Limit::Pauses(time);
    }

    /// Removes the limit on the rest of the response.
    pub fn stop(&self) {
        *self.limit() = Limit::None;
    }

    fn limit(&self) -> MutexGuard<'_, Limit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The deadline of an exchange. WebAssembly has no clock without the browser, so each request in a chain of redirects
/// gets the whole time.
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
