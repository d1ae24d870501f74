//! Counts the instructions of the generator.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use keywright_benches::failure::Failure;
use keywright_benches::instructions::{self, Verdict};

/// Counts the instructions that `keywright generate` executes for each of the four specs, and compares them with those
/// of `benches/instructions.toml`. Needs Valgrind.
///
/// Exit code: 0 when there are not many more, or nothing could be compared; 1 when there are; 2 when something failed.
#[derive(Debug, Parser)]
#[command(name = "instructions", max_term_width = 100)]
struct Arguments {
    /// Write the counts instead of comparing them
    #[arg(long)]
    update: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let is_within = if arguments.update {
        instructions::update().map(|()| true)
    } else {
        compare()
    };
    match is_within {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Prints how the counts compare; says whether they are within the tolerance.
fn compare() -> Result<bool, Failure> {
    let verdict = instructions::compare()?;
    write!(io::stdout(), "{verdict}")?;
    Ok(match verdict {
        Verdict::Skipped(_) => true,
        Verdict::Compared { is_within, .. } => is_within,
    })
}
