//! A guard on the instructions that `keywright generate` executes, which vary by a thousandth where seconds vary by a
//! tenth.
//!
//! Valgrind counts them, of the program as `cargo build` makes it: the other steps of CI have built that already. It
//! executes four times as many instructions as an optimized one, for the same work. Another compiler makes other
//! instructions, so counts are only compared if the toolchain is the one that they were made with.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::documents::{self, Document};
use crate::failure::Failure;
use crate::tools::{cargo, empty, run};

/// Where the counts are kept.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.toml");
/// The tolerance of a new file.
const TOLERANCE: u32 = 5;

/// The file.
#[derive(Debug, Deserialize)]
struct Kept {
    toolchain: String,
    tolerance: u32,
    instructions: BTreeMap<String, u64>,
}

/// What the guard says.
#[derive(Debug)]
pub enum Verdict {
    /// Nothing was counted, for this reason.
    Skipped(String),
    /// Whether all documents are within the tolerance, and a line for each.
    Compared {
        /// Whether they are.
        is_within: bool,
        /// The lines.
        lines: Vec<String>,
    },
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skipped(reason) => writeln!(f, "skipped: {reason}"),
            Self::Compared { lines, .. } => lines.iter().try_for_each(|it| writeln!(f, "{it}")),
        }
    }
}

/// Counts the instructions for each of the four specs, and compares them with the file.
pub fn compare() -> Result<Verdict, Failure> {
    let kept: Kept = toml::from_str(&fs::read_to_string(FILE)?)
        .map_err(|error| Failure::new(format!("{FILE}: {}", error.message())))?;
    let toolchain = toolchain()?;
    if toolchain != kept.toolchain {
        return Ok(Verdict::Skipped(format!(
            "the counts are of {}, and this is {toolchain}",
            kept.toolchain
        )));
    }
    if !has_valgrind() {
        return Ok(Verdict::Skipped("valgrind is not installed".to_owned()));
    }
    Ok(verdict(&kept, &count()?))
}

/// Counts the instructions for each of the four specs, and writes the file. A tolerance that it states is kept.
pub fn update() -> Result<(), Failure> {
    let kept: Option<Kept> = fs::read_to_string(FILE)
        .ok()
        .and_then(|text| toml::from_str(&text).ok());
    let tolerance = kept.map_or(TOLERANCE, |it| it.tolerance);
    let mut text = format!(
        "# Instructions of `keywright generate` for each spec, written by\n\
         # `cargo run -p keywright-benches --bin instructions -- --update`.\n\n\
         toolchain = {:?}\n# By how many percent a count may grow.\ntolerance = {tolerance}\n\n\
         [instructions]\n",
        toolchain()?
    );
    for (name, count) in count()? {
        let _ = writeln!(text, "{name} = {count}");
    }
    Ok(fs::write(FILE, text)?)
}

/// Compares counts with those of the file.
fn verdict(kept: &Kept, counts: &BTreeMap<String, u64>) -> Verdict {
    let mut is_within = true;
    let mut lines = Vec::new();
    for (name, count) in counts {
        let Some(before) = kept.instructions.get(name) else {
            lines.push(format!("{name}: {count}, new; run this with `--update`"));
            is_within = false;
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "a tenth of a percent is shown")]
        let growth = (*count as f64 / *before as f64 - 1.0) * 100.0;
        let tolerance = f64::from(kept.tolerance);
        let remark = if growth > tolerance {
            is_within = false;
            "; too many: if they are worth it, run this with `--update`"
        } else if growth < -tolerance {
            "; fewer: run this with `--update`, so that it stays so"
        } else {
            ""
        };
        lines.push(format!("{name}: {count}, {growth:+.1} %{remark}"));
    }
    Verdict::Compared { is_within, lines }
}

/// The compiler and what it compiles for.
fn toolchain() -> Result<String, Failure> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.lines().next().unwrap_or_default();
    let host = text.lines().find_map(|it| it.strip_prefix("host: "));
    Ok(format!("{version}, {}", host.unwrap_or_default()))
}

fn has_valgrind() -> bool {
    run(Command::new("valgrind").arg("--version")).is_ok()
}

fn count() -> Result<BTreeMap<String, u64>, Failure> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut build = cargo();
    build.args([
        "build",
        "--locked",
        "--quiet",
        "-p",
        "keywright",
        "--bin",
        "keywright",
    ]);
    run(build.current_dir(&repository))?;
    let folder = target(&repository).join("instructions");
    let program = target(&repository).join("debug/keywright");
    let documents = documents::list(&[repository.join("specs")], false)?;
    let counts = documents.into_iter().map(|document| {
        empty(&folder)?;
        let count = count_one(&program, &document, &folder)?;
        Ok((document.name, count))
    });
    counts.collect()
}

fn target(repository: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository.join("target"), PathBuf::from)
}

/// Counts the instructions of a run that writes a new package, in one thread, so that nothing depends on who is first.
fn count_one(program: &Path, document: &Document, folder: &Path) -> Result<u64, Failure> {
    let counts = folder.join("counts");
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=cachegrind", "--cache-sim=no"])
        .arg(format!("--cachegrind-out-file={}", counts.display()))
        .arg(program)
        .args(["generate", "--quiet", "--no-cache", "--out"])
        .arg(folder.join("package"))
        .env("RAYON_NUM_THREADS", "1");
    for part in &document.parts {
        valgrind.arg("--spec").arg(&part.spec);
    }
    run(&mut valgrind)?;
    let text = fs::read_to_string(&counts)?;
    let summary = text.lines().find_map(|it| it.strip_prefix("summary: "));
    let count = summary.and_then(|it| it.split_whitespace().next()?.parse().ok());
    count.ok_or_else(|| Failure::new("valgrind states no count"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_may_grow_within_the_tolerance() {
        let kept = Kept {
            toolchain: String::new(),
            tolerance: 5,
            instructions: [("a", 1000), ("b", 1000)]
                .map(|(name, count)| (name.to_owned(), count))
                .into(),
        };
        let compared = |a, b| {
            let counts = [("a", a), ("b", b)].map(|(name, count)| (name.to_owned(), count));
            let Verdict::Compared { is_within, lines } = verdict(&kept, &counts.into()) else {
                panic!("it is compared");
            };
            (is_within, lines)
        };
        let (is_within, lines) = compared(1049, 951);
        assert!(is_within);
        assert_eq!(lines, ["a: 1049, +4.9 %", "b: 951, -4.9 %"]);
        let (is_within, lines) = compared(1051, 949);
        assert!(!is_within);
        insta::assert_snapshot!(lines.join("\n"), @r"
        a: 1051, +5.1 %; too many: if they are worth it, run this with `--update`
        b: 949, -5.1 %; fewer: run this with `--update`, so that it stays so
        ");
    }
}
