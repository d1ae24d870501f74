//! What comes after an attempt to send a request: another one, or its result.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::client::Shared;
use super::exchange::retry_after::retry_after;
use super::random::random;
use super::{Error, RawResponse, TransportErrorKind};

/// How often, and for how long, a request is sent again when it fails.
///
/// A request is sent again
///
/// - if there was no connection, so that the server has seen nothing of it, whatever its method;
/// - if the connection broke, or the status is 408, 429, 502, 503 or 504, documented or not, and the request is
///   idempotent: its method is GET, HEAD, PUT, DELETE, OPTIONS or TRACE (RFC 9110, section 9.2.2), or it has an
///   idempotency key.
///
/// It is not sent again if its time-out is over, which is for each attempt, or if its body is a stream.
///
/// Between two attempts there is a random pause: up to half a second, a second, two seconds and so on, but no more than
/// 20 s ("full jitter"). `Retry-After` is the shortest pause. If it is longer than the time that is left, the response is
/// returned instead.
///
/// Copies of a client share a budget, so that an outage does not become a storm: 100 retries without a success, or 50
/// where connecting takes too long. A retry that succeeds gives back what it took, and any other success a fifth of a
/// retry.
///
/// On WebAssembly there are no retries unless the client builder's `clock` sets a clock, which waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client or a request has it"]
pub struct Retry {
    max_attempts: u32,
    max_time: Duration,
    first_pause: Duration,
    max_pause: Duration,
}

impl Retry {
    /// Returns the policy of a client that is told nothing else: 3 attempts within 30 s.
    pub const fn new() -> Self {
        Self {
            max_attempts: 3,
            max_time: Duration::from_secs(30),
            first_pause: Duration::from_millis(500),
            max_pause: Duration::from_secs(20),
        }
    }

    /// Returns a policy that sends nothing again.
    pub const fn none() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets how often a request is sent at most. The first time counts.
    pub const fn max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts,
            ..self
        }
    }

    /// Sets how long all of it may take, with the pauses: no further attempt begins or lasts longer. The first one may
    /// take as long as the request's time-out allows.
    pub const fn max_time(self, max_time: Duration) -> Self {
        Self { max_time, ..self }
    }

    /// Sets the longest first pause, which is doubled with each attempt, and the longest of all.
    pub const fn pauses(self, first_pause: Duration, max_pause: Duration) -> Self {
        Self {
            first_pause,
            max_pause,
            ..self
        }
    }

    /// Returns a random pause after so many attempts.
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

/// What is left for retries, for all copies of a client: the token bucket of the AWS SDKs' standard mode.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    /// What a retry costs.
    const RETRY: u32 = 5;
    /// What it costs where connecting took too long: such attempts hold up the caller the most.
    const AFTER_TIMEOUT: u32 = 10;
    /// What a success without a retry gives.
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
    /// How many there were, without the one that is made after status 401.
    tried: u32,
    /// What the last retry took from the budget.
    cost: Option<u32>,
    /// Whether a refused credential was replaced: once is enough.
    pub(super) is_replayed: bool,
    pub(super) trip: Trip,
}

/// What a call has sent.
#[derive(Debug, Default)]
pub(super) struct Trip {
    /// Which attempt it is, from 1.
    pub(super) attempt: u32,
    /// How many requests were sent in all attempts.
    pub(super) requests: u32,
    /// Whether this attempt was redirected: then the server has acted on it, whatever happens elsewhere.
    pub(super) is_redirected: bool,
    /// Whether the last request went to the origin for which it was made.
    pub(super) is_home: bool,
}

/// What comes after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Its result is the call's.
    Return,
    /// The same once more, with another credential.
    Replay,
    /// The same once more, after a pause.
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

    /// Returns how long the next attempt may take, if it is not the first one.
    pub(super) fn left(&self) -> Option<Duration> {
        let passed = self.shared.clock.elapsed().saturating_sub(self.started);
        (self.tried > 1).then(|| self.retry.max_time.saturating_sub(passed))
    }

    /// Decides what comes after an attempt whose request can be sent again, as far as credentials do not matter.
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

    /// Keeps account of the call's result: a server that answers gets back its budget.
    pub(super) fn finish(&self, result: &Result<RawResponse, Error>) {
        if result
            .as_ref()
            .is_ok_and(|it| it.status() < 500 && !is_passing(it.status()))
        {
            let budget = &self.shared.budget;
            budget.give(self.cost.unwrap_or(Budget::SUCCESS));
        }
    }

    /// Returns what another attempt costs, if it may do better and does no harm.
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

/// Returns whether a status says that another attempt may do better (RFC 9110, section 15; RFC 6585, section 4).
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 502 | 503 | 504)
}
