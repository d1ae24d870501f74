//! Clocks.

use std::time::{Duration, SystemTime};

use super::BoxFuture;

/// A source of time. Sessions and the pauses between attempts use it and no other clock, so tests can control time.
pub trait Clock: Send + Sync {
    /// Returns the date and the time of day. It may be wrong, and it may go backwards.
    fn now(&self) -> SystemTime;

    /// Returns the time since a fixed moment. It never goes backwards, but may stop while the machine sleeps.
    fn elapsed(&self) -> Duration;

    /// Waits for this time. Inside a Tokio runtime, its timers are used and must be enabled; elsewhere, a thread waits.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        sleep(time)
    }
}

/// Waits with Tokio's timers, or with a thread if there is no Tokio runtime.
fn sleep(time: Duration) -> BoxFuture<'static, ()> {
    #[cfg(all(
        any(feature = "reqwest", feature = "tower"),
        not(target_arch = "wasm32")
    ))]
    if tokio::runtime::Handle::try_current().is_ok() {
        return Box::pin(tokio::time::sleep(time));
    }
    let (done, waited) = super::promise::promise();
    let started = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(time);
        done.keep(());
    });
    Box::pin(async move {
        if started.is_err() {
            // What cannot be waited for never comes: who waits to ask again would ask without a pause. On WebAssembly
            // it takes a clock of one's own.
            std::future::pending::<()>().await;
        }
        waited.await;
    })
}

/// The system clock.
#[derive(Debug)]
pub(super) struct SystemClock {
    #[cfg(not(target_arch = "wasm32"))]
    started: std::time::Instant,
}

impl SystemClock {
    pub(super) fn start() -> Self {
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            started: std::time::Instant::now(),
        }
    }
}

/// WebAssembly has no clock without the browser, so time stands still and tokens are renewed when they are refused.
impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        #[cfg(not(target_arch = "wasm32"))]
        let now = SystemTime::now();
        #[cfg(target_arch = "wasm32")]
        let now = SystemTime::UNIX_EPOCH;
        now
    }

    fn elapsed(&self) -> Duration {
        #[cfg(not(target_arch = "wasm32"))]
        let elapsed = self.started.elapsed();
        #[cfg(target_arch = "wasm32")]
        let elapsed = Duration::ZERO;
        elapsed
    }
}
