//! A sample of the proof: a row of every few. The program `edits` proves the whole table.

use std::path::PathBuf;

use keywright_edits::proof::prove;
use keywright_edits::row::{folder, table};

/// One of so many rows is in the sample.
const STEP: usize = 12;

#[test]
fn verdicts_are_the_compilers() {
    let rows: Vec<_> = table().into_iter().step_by(STEP).collect();
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| folder().join("../../target"), PathBuf::from);
    let proof = prove(&rows, &target.join("edits-sample"), None);
    assert!(proof.faults.is_empty(), "{:#?}", proof.faults);
    assert!(proof.witnesses.0 > 0 && proof.witnesses.1 > 0);
}
