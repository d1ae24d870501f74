//! The clock of a mock service, which its clients use, too.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use super::{BoxFuture, Clock};

/// The time at which a mock service starts: 2030-01-01T00:00:00Z, in seconds since 1970.
const START: u64 = 1_893_456_000;

/// The clock of a mock service. It stands still until it is [advanced](Self::advance). Waiting takes no time: it
/// advances the clock instead.
#[derive(Clone, Debug, Default)]
pub struct MockClock(Arc<Mutex<Duration>>);

impl MockClock {
    /// Advances the clock.
    pub fn advance(&self, time: Duration) {
        let mut elapsed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *elapsed = elapsed.saturating_add(time);
    }
}

impl Clock for MockClock {
    fn now(&self) -> SystemTime {
        let since_1970 = Duration::from_secs(START).saturating_add(self.elapsed());
        let now = SystemTime::UNIX_EPOCH.checked_add(since_1970);
        now.unwrap_or(SystemTime::UNIX_EPOCH)
    }

    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        let mut has_begun = false;
        Box::pin(poll_fn(move |cx| {
            if has_begun {
                return Poll::Ready(());
            }
            has_begun = true;
            self.advance(time);
            // Others have a turn meanwhile, as they would have.
            cx.waker().wake_by_ref();
            Poll::Pending
        }))
    }
}
