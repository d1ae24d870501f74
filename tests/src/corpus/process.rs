//! Processes that must end in time, and tasks that are given to processes of their own: a panic, an exhausted stack
//! or an endless loop then costs one row of the table.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How often a process is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);
/// How much of what a dying process said is kept.
const LAST_WORDS: usize = 500;

/// How a task ended.
pub(super) enum Ended<R> {
    /// As it should.
    Done(R),
    /// By a panic or a signal; this is what it said last.
    Died(String),
    /// Not in time.
    TimedOut,
}

/// What the process of a task is told.
#[derive(Serialize, Deserialize)]
struct Order<T> {
    task: T,
    /// The file for what comes of it.
    result: PathBuf,
}

/// Has a task done by a process of its own, which [`serve`]s this role. `result` is a file for what comes of it.
pub(super) fn delegate<T: Serialize, R: DeserializeOwned>(
    role: &str,
    task: T,
    result: &Path,
    limit: Duration,
) -> io::Result<Ended<R>> {
    let result = result.to_owned();
    let last_words = result.with_extension("stderr");
    let order = serde_json::to_string(&Order {
        task,
        result: result.clone(),
    })?;
    let mut process = Command::new(std::env::current_exe()?)
        .env(role, order)
        .stderr(File::create(&last_words)?)
        .spawn()?;
    let status = wait(&mut process, limit)?;
    let said = fs::read_to_string(&last_words)?;
    fs::remove_file(&last_words)?;
    Ok(match status {
        None => Ended::TimedOut,
        Some(status) if status.success() => {
            Ended::Done(serde_json::from_str(&fs::read_to_string(&result)?)?)
        }
        Some(status) => {
            let said: String = said.trim().chars().take(LAST_WORDS).collect();
            Ended::Died(format!("{status}: {said}"))
        }
    })
}

/// Does the task of this process, if it has one in this role.
pub(super) fn serve<T: DeserializeOwned, R: Serialize>(
    role: &str,
    work: impl FnOnce(T) -> R,
) -> Option<ExitCode> {
    let order: Order<T> = serde_json::from_str(&std::env::var(role).ok()?).ok()?;
    let result = serde_json::to_string(&work(order.task)).map_err(io::Error::from);
    let written = result.and_then(|text| fs::write(&order.result, text));
    Some(if written.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

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
