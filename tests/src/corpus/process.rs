//! Processes that must end in time.

use std::io;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

/// How often a process is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// Waits for a process. `None` when it took too long and was ended.
pub(super) fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}
