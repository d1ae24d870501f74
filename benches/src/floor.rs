//! The floor of a generator's cost: the text that it writes, parsed and printed again by the libraries that format it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::failure::Failure;
use crate::source;
use crate::usage::{self, Usage};

/// The first argument that makes this program a helper.
const HELPER: &str = "parse-and-print";

/// Measures the floor of a package.
pub fn measure(package: &Path) -> Result<Usage, Failure> {
    let mut helper = Command::new(usage::program()?);
    helper.arg(HELPER).arg(package);
    usage::measure(&helper)
}

/// Does what a helper does, if this process is one.
#[must_use]
pub fn run_as_helper() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != HELPER {
        return None;
    }
    Some(match parse_and_print(Path::new(&arguments.next()?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    })
}

fn parse_and_print(package: &Path) -> Result<(), Failure> {
    for file in source::files(package)? {
        let text = fs::read_to_string(&file)?;
        let parsed = syn::parse_file(&text)
            .map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
        std::hint::black_box(prettyplease::unparse(&parsed));
    }
    Ok(())
}
