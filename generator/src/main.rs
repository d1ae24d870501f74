//! The command line.

mod cli;

use std::process::ExitCode;

/// A run is mostly small texts and trees that come and go.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
