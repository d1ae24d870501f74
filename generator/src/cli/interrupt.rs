//! The signals that ask a server to stop.

use std::io;

/// Waits for Ctrl-C or a termination signal.
///
/// On Unix, no signal that arrives after this value is created is lost.
#[derive(Debug)]
pub(super) struct Interrupt {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Interrupt {
    /// Starts to listen. Must be called inside a runtime.
    #[cfg(unix)]
    pub(super) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = [
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        ];
        Ok(Self { signals })
    }

    /// Starts to listen.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it may fail")]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for a signal.
    #[cfg(unix)]
    pub(super) async fn wait(self) {
        let [mut interrupt, mut terminate] = self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    /// Waits for a signal.
    #[cfg(not(unix))]
    pub(super) async fn wait(self) {
        drop(tokio::signal::ctrl_c().await);
    }
}
