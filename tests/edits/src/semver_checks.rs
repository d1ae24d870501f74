//! cargo-semver-checks, as another voice: where it says something else, the row says why.

use std::path::Path;
use std::process::Command;

use crate::row::Row;

/// The program, if it is installed.
#[derive(Clone, Copy, Debug)]
pub struct SemverChecks(());

impl SemverChecks {
    /// Finds the program.
    #[must_use]
    pub fn find() -> Option<Self> {
        let output = Command::new("cargo-semver-checks")
            .args(["semver-checks", "--version"])
            .output()
            .ok()?;
        output.status.success().then_some(Self(()))
    }

    /// Compares two lists of rustdoc's, and returns how its verdict and the row's disagree without a reason.
    ///
    /// # Panics
    ///
    /// If the program does not run.
    #[must_use]
    pub fn fault(self, row: &Row, old: &Path, new: &Path) -> Option<String> {
        let output = Command::new("cargo-semver-checks")
            .args([
                "semver-checks",
                "--release-type",
                "minor",
                "--baseline-rustdoc",
            ])
            .arg(old)
            .arg("--current-rustdoc")
            .arg(new)
            .output()
            .expect("it ran before");
        let is_major = !output.status.success();
        let agrees = is_major == (row.published == "major");
        match (agrees, &row.semver_checks) {
            (false, None) => {
                let text = String::from_utf8_lossy(&output.stdout).into_owned();
                let lints = text.lines().filter(|it| it.starts_with("--- failure"));
                let lints: Vec<&str> = lints.collect();
                Some(format!("cargo-semver-checks says otherwise: {lints:?}"))
            }
            (true, Some(_)) => {
                Some("cargo-semver-checks agrees, although the row has a reason".to_owned())
            }
            _ => None,
        }
    }
}
