//! Retries: decides after each attempt whether to make another one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::client::Shared;
use super::exchange::retry_after::retry_after;
use super::random::random;
use super::{Error, RawResponse, TransportErrorKind};

/// A retry policy: how often and for how long a failed request is sent again.
///
/// A request is sent again
///
/// - if no connection was made, so the server has seen nothing of it, whatever its method;
/// - if the connection broke, or the status is 408, 429, 502, 503 or 504 (documented or not), and the request is
///   idempotent: its method is GET, HEAD, PUT, DELETE, OPTIONS or TRACE (RFC 9110, section 9.2.2), or it has an
///   idempotency key.
///
/// It is not sent again if an attempt times out, or if its body is a stream.
///
/// Between two attempts there is a random pause ("full jitter"): up to half a second, then up to a second, two seconds
/// and so on, but never more than 20 s. The pause is at least as long as `Retry-After` asks for. If that is longer than
/// the time that is left, the response is returned instead.
///
/// Clones of a client share a budget, so that an outage does not cause a storm of requests: 100 retries without a
/// success, or 50 if connecting times out. A retry that succeeds returns its cost to the budget, and any other success
/// returns a fifth of a retry.
///
/// On WebAssembly, there are no retries unless `clock` on the client builder sets a clock that can wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client or a request has it"]
pub struct Retry {
    max_attempts: u32,
    max_time: Duration,
    first_pause: Duration,
    max_pause: Duration,
}

impl Retry {
    /// Returns the default policy: 3 attempts within 30 s.
    pub const fn new() -> Self {
        Self {
            max_attempts: 3,
            max_time: Duration::from_secs(30),
            first_pause: Duration::from_millis(500),
            max_pause: Duration::from_secs(20),
        }
    }

    /// Returns a policy without retries.
    pub const fn none() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one.
    pub const fn max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts,
            ..self
        }
    }

    /// Sets the maximum time for all attempts and pauses together. No later attempt begins or continues after it. The
    /// first attempt may take as long as the timeout of the request allows.
    pub const fn max_time(self, max_time: Duration) -> Self {
        Self { max_time, ..self }
    }

    /// Sets the maximum of the first pause, which doubles with each attempt, and the maximum of every pause.
    pub const fn pauses(self, first_pause: Duration, max_pause: Duration) -> Self {
        Self {
            first_pause,
            max_pause,
            ..self
        }
    }

    /// Returns a random pause after this number of attempts.
    fn pause(self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let longest = self.first_pause.saturating_mul(doubled);
        let longest = longest.min(self.max_pause);
        let pause = Duration::try_from_secs_f64(longest.as_secs_f64() * random());
        pause.unwrap_or(longest)
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// The retry budget that all clones of a client share: the token bucket of the AWS SDKs' standard mode.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    /// The cost of a retry.
    const RETRY: u32 = 5;
    /// The cost of a retry after a connect timeout, which delays the caller the most.
    const AFTER_TIMEOUT: u32 = 10;
    /// The amount that a success without a retry adds.
    const SUCCESS: u32 = 1;

    pub(super) fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    fn take(&self, cost: u32) -> bool {
        let take = |left: u32| left.checked_sub(cost);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.is_ok()
    }

    fn give(&self, tokens: u32) {
        let give = |left: u32| (left < Self::FULL).then(|| (left + tokens).min(Self::FULL));
        // A full one takes no more.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
    }
}

/// The attempts of one call.
pub(super) struct Attempts<'a> {
    retry: Retry,
    shared: &'a Shared,
    is_idempotent: bool,
    started: Duration,
    /// The number of attempts, without the one that is made after status 401.
    tried: u32,
    /// The cost of the last retry.
    cost: Option<u32>,
    /// Set if a refused credential has been replaced, which happens at most once.
    pub(super) is_replayed: bool,
    pub(super) trip: Trip,
}

/// The requests that a call has sent.
#[derive(Debug, Default)]
pub(super) struct Trip {
    /// The number of the attempt, from 1.
    pub(super) attempt: u32,
    /// The number of requests sent in all attempts.
    pub(super) requests: u32,
    /// Set if this attempt was redirected. The server has then acted on it, whatever happens at the target.
    pub(super) is_redirected: bool,
    /// Set if the last request went to the origin of the base URL.
    pub(super) is_home: bool,
}

/// The next step after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Return the result of the attempt.
    Return,
    /// Send the request again with another credential.
    Replay,
    /// Send the request again after a pause.
    Retry(Duration),
}

impl<'a> Attempts<'a> {
    pub(super) fn new(shared: &'a Shared, retry: Retry, is_idempotent: bool) -> Self {
        Self {
            retry,
            shared,
            is_idempotent,
            started: shared.clock.elapsed(),
            tried: 1,
            cost: None,
            is_replayed: false,
            trip: Trip::default(),
        }
    }

    /// Returns the time that is left for the next attempt, unless it is the first one.
    pub(super) fn left(&self) -> Option<Duration> {
        let passed = self.shared.clock.elapsed().saturating_sub(self.started);
        (self.tried > 1).then(|| self.retry.max_time.saturating_sub(passed))
    }

    /// Decides on the next step after an attempt whose request can be sent again. Credentials are not considered here.
    pub(super) fn next(&mut self, result: &Result<RawResponse, Error>) -> Next {
        let Some(cost) = self.cost_of_retry(result) else {
            return Next::Return;
        };
        if self.tried >= self.retry.max_attempts || !self.shared.can_wait {
            return Next::Return;
        }
        let asked = result
            .as_ref()
            .ok()
            .and_then(|it| retry_after(it.headers()));
        let pause = self.retry.pause(self.tried).max(asked.unwrap_or_default());
        let passed = self.shared.clock.elapsed().saturating_sub(self.started);
        let is_in_time = passed.saturating_add(pause) < self.retry.max_time;
        if !is_in_time || !self.shared.budget.take(cost) {
            return Next::Return;
        }
        self.tried += 1;
        self.cost = Some(cost);
        Next::Retry(pause)
    }

    /// Records the result of the call. A response refills the budget.
    pub(super) fn finish(&self, result: &Result<RawResponse, Error>) {
        if result
            .as_ref()
            .is_ok_and(|it| it.status() < 500 && !is_passing(it.status()))
        {
            let budget = &self.shared.budget;
            budget.give(self.cost.unwrap_or(Budget::SUCCESS));
        }
    }

    /// Returns the cost of another attempt, or `None` if a retry is useless or unsafe.
    fn cost_of_retry(&self, result: &Result<RawResponse, Error>) -> Option<u32> {
        let is_harmless = self.is_idempotent;
        // Nothing of it was sent, unless that was elsewhere.
        let is_unsent = !self.trip.is_redirected;
        match result {
            Ok(response) => (is_harmless && is_passing(response.status())).then_some(Budget::RETRY),
            Err(Error::Transport(failure)) => match failure.kind() {
                TransportErrorKind::Refused | TransportErrorKind::Connect => {
                    (is_harmless || is_unsent).then_some(Budget::RETRY)
                }
                TransportErrorKind::Broken => is_harmless.then_some(Budget::RETRY),
                _ => None,
            },
            Err(Error::Timeout(timeout)) if timeout.is_connect() => {
                (is_harmless || is_unsent).then_some(Budget::AFTER_TIMEOUT)
            }
            Err(_) => None,
        }
    }
}

/// Returns `true` if another attempt may succeed after this status (RFC 9110, section 15; RFC 6585, section 4).
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 502 | 503 | 504)
}
