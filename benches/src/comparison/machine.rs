//! What a run was made with.

use std::fs;
use std::process::Command;

use crate::failure::Failure;

/// The processor as far as the system tells, the number of cores, and the kind of system.
pub(super) fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let system = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let table = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = table.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == "model name").then(|| value.trim().to_owned())
    });
    let model = model.map(|it| format!("{it}, ")).unwrap_or_default();
    format!("{model}{cores} cores, {system}")
}

/// What the compiler says of itself, on a line.
pub(crate) fn compiler() -> Result<String, Failure> {
    let output = Command::new("rustc").arg("--version").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
