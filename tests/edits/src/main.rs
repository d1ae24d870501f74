//! Proves the whole edit table, or the rows whose names contain an argument: `cargo run -p keywright-edits`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use keywright_edits::proof::prove;
use keywright_edits::row::{folder, table};
use keywright_edits::semver_checks::SemverChecks;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut rows = table();
    rows.retain(|it| it.name.contains(&wanted));
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| folder().join("../../target"), PathBuf::from);
    let started = Instant::now();
    let semver_checks = SemverChecks::find();
    let proof = prove(&rows, &target.join("edits"), semver_checks.as_ref());
    let mut out = std::io::stdout().lock();
    for (row, fault) in &proof.faults {
        let _ = writeln!(out, "{row}\n    {fault}");
    }
    let (published, vendored) = proof.witnesses;
    let _ = writeln!(
        out,
        "{} rows, {published} programs broken in other crates, {vendored} in the same, {} unharmed, {} faults, {:.0} s",
        proof.rows,
        proof.unharmed,
        proof.faults.len(),
        started.elapsed().as_secs_f64()
    );
    if proof.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
