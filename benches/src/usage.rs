//! The cost of a command: the CPU time of its processes and the memory of the largest.
//!
//! Each command is run by a process of its own, a copy of this program that waits for it and asks the system what its
//! children used. So figures of one command never mix with those of another.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::ops::Add;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// The first argument that makes this program a helper.
const HELPER: &str = "run-and-measure";

/// What a command used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// Seconds of CPU time, in user mode and in the kernel, of the command and of every process that it waited for.
    pub cpu: f64,
    /// The most memory that the largest of these processes had resident, in bytes.
    pub peak: u64,
}

impl Add for Usage {
    type Output = Self;

    /// The usage of two commands, one after the other.
    fn add(self, other: Self) -> Self {
        Self {
            cpu: self.cpu + other.cpu,
            peak: self.peak.max(other.peak),
        }
    }
}

impl Usage {
    /// The median CPU time and the median peak of several runs. `None` when there are none.
    #[must_use]
    pub fn median(runs: &[Self]) -> Option<Self> {
        let mut cpu: Vec<f64> = runs.iter().map(|it| it.cpu).collect();
        cpu.sort_by(f64::total_cmp);
        let mut peak: Vec<u64> = runs.iter().map(|it| it.peak).collect();
        peak.sort_unstable();
        Some(Self {
            cpu: *cpu.get(cpu.len() / 2)?,
            peak: *peak.get(peak.len() / 2)?,
        })
    }
}

/// Runs a command and measures it. What it prints is dropped; when it fails, its errors say why.
pub fn measure(command: &Command) -> Result<Usage, Failure> {
    let mut helper = Command::new(program()?);
    helper
        .arg(HELPER)
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => helper.env(name, value),
            None => helper.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        helper.current_dir(folder);
    }
    let output = helper.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        return Err(Failure::from_errors(&String::from_utf8_lossy(
            &output.stderr,
        )));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| Failure::from(io::Error::from(error)))
}

/// The file of this program. The system is asked once: it no longer knows when the program was compiled anew since.
pub(crate) fn program() -> io::Result<&'static Path> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    if let Some(program) = PROGRAM.get() {
        return Ok(program);
    }
    let program = std::env::current_exe()?;
    Ok(PROGRAM.get_or_init(|| program))
}

/// Does what a helper does, if this process is one.
#[must_use]
pub fn run_as_helper() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != HELPER {
        return None;
    }
    let program = arguments.next()?;
    let arguments: Vec<_> = arguments.collect();
    Some(match help(&program, &arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {}: {error}", program.display());
            ExitCode::FAILURE
        }
    })
}

/// Runs the program and prints what it used; says whether it succeeded.
fn help(program: &OsStr, arguments: &[impl AsRef<OsStr>]) -> io::Result<bool> {
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        serde_json::to_writer(io::stdout(), &of_children()?)?;
    } else {
        writeln!(io::stderr(), "{status}")?;
    }
    Ok(status.success())
}

/// What the children of this process used that have ended.
#[cfg(unix)]
fn of_children() -> io::Result<Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    /// The unit in which the system states a peak.
    const UNIT: u64 = if cfg!(target_vendor = "apple") {
        1
    } else {
        1024
    };

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time() + usage.system_time();
    #[expect(
        clippy::cast_precision_loss,
        reason = "no command runs for a hundred years"
    )]
    let cpu = cpu.num_microseconds() as f64 / 1e6;
    Ok(Usage {
        cpu,
        peak: u64::try_from(usage.max_rss()).unwrap_or(0) * UNIT,
    })
}

/// What the children of this process used that have ended.
#[cfg(not(unix))]
fn of_children() -> io::Result<Usage> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "usage is measured on Unix alone",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_taken_of_each_figure() {
        let runs = [(3.0, 1), (1.0, 2), (2.0, 9)].map(|(cpu, peak)| Usage { cpu, peak });
        let median = Usage::median(&runs);
        assert_eq!(median, Some(Usage { cpu: 2.0, peak: 2 }));
        assert_eq!(Usage::median(&[]), None);
    }

    #[test]
    fn of_two_commands_times_add_up_and_the_larger_peak_counts() {
        let (one, other) = (Usage { cpu: 1.0, peak: 5 }, Usage { cpu: 2.0, peak: 3 });
        assert_eq!(one + other, Usage { cpu: 3.0, peak: 5 });
    }
}
