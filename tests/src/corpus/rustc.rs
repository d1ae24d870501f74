//! The wrapper through which Cargo runs the compiler: it measures how long a package takes, and ends what takes too
//! long. Cargo itself tells neither.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::process;

/// The folder for what is measured; set for the wrapper alone.
const FOLDER: &str = "KEYWRIGHT_CORPUS_MEASURED";
/// How many seconds a package may take.
const LIMIT: &str = "KEYWRIGHT_CORPUS_LIMIT";

/// How the compiler fared with a package.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Measured {
    /// How long it took.
    pub(super) seconds: f64,
    /// How it ended, in words; `None` when it took too long.
    pub(super) status: Option<String>,
}

impl Measured {
    /// What was measured for a package, now or when it was last compiled.
    pub(super) fn of(package: &str, folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(file(package, folder)).ok()?;
        serde_json::from_str(&text).ok()
    }
}

fn file(package: &str, folder: &Path) -> PathBuf {
    folder.join(format!("{package}.json"))
}

/// Makes Cargo run the compiler through this program.
pub(super) fn wrap(cargo: &mut Command, folder: &Path, limit: Duration) -> std::io::Result<()> {
    cargo
        .env("RUSTC_WRAPPER", std::env::current_exe()?)
        .env(FOLDER, folder)
        .env(LIMIT, limit.as_secs().to_string());
    Ok(())
}

/// Runs the compiler, if this process is the wrapper.
pub(super) fn run() -> Option<ExitCode> {
    let folder = PathBuf::from(std::env::var_os(FOLDER)?);
    let mut arguments = std::env::args_os().skip(1);
    let mut compiler = Command::new(arguments.next()?);
    let arguments: Vec<_> = arguments.collect();
    // Examples take no time.
    let is_library = arguments.windows(2).any(|it| it == ["--crate-type", "lib"]);
    compiler.args(arguments).env_remove(FOLDER);
    // Cargo sets these for the packages of the workspace alone.
    let package = std::env::var("CARGO_PKG_NAME").ok();
    let is_ours = is_library && std::env::var_os("CARGO_PRIMARY_PACKAGE").is_some();
    let package = package.filter(|_| is_ours);
    let limit = std::env::var(LIMIT).ok().and_then(|it| it.parse().ok());
    let limit = limit
        .filter(|_| package.is_some())
        .map_or(Duration::MAX, Duration::from_secs);
    let started = Instant::now();
    let Ok(status) = compiler
        .spawn()
        .and_then(|mut child| process::wait(&mut child, limit))
    else {
        return Some(ExitCode::FAILURE);
    };
    if let Some(package) = package {
        let measured = Measured {
            seconds: started.elapsed().as_secs_f64(),
            status: status.map(|it| it.to_string()),
        };
        let text = serde_json::to_string(&measured).unwrap_or_default();
        // Without it the table lacks a time, and nothing else.
        let _ = std::fs::write(file(&package, &folder), text);
    }
    let code = status
        .and_then(|it| it.code())
        .and_then(|it| u8::try_from(it).ok());
    Some(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
