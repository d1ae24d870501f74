//! What time it is.

use std::time::{Duration, SystemTime};

use super::BoxFuture;

/// Tells the time. Sessions and the pauses between attempts ask it and nothing else, so that tests can set it.
pub trait Clock: Send + Sync {
    /// Returns the date and the time of day. It may be wrong, and it may step back.
    fn now(&self) -> SystemTime;

    /// Returns the time since some moment, which never steps back. It may stand still while the machine sleeps.
    fn elapsed(&self) -> Duration;

    /// Waits for so long. In a Tokio runtime its timers do, which have to be enabled there; elsewhere a thread does.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        sleep(time)
    }
}

/// Waits by Tokio's clock, and where there is none, by a thread's.
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

/// The system's clock.
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

/// On WebAssembly there is no clock without the browser: time stands still, and tokens are renewed when they are refused.
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
