//! Measures Keywright beside other generators.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use keywright_benches::comparison::{self, Plan};
use keywright_benches::failure::Failure;
use keywright_benches::figures::{Report, Step};
use keywright_benches::tools::Tool;
use keywright_benches::{documents, floor, table, usage};
use toml::Table;

/// Measures Keywright, openapi-to-rust and progenitor on the same documents: what it costs to generate packages, and to
/// compile them. The other generators are installed from the registry on first use.
#[derive(Debug, Parser)]
#[command(name = "compare", max_term_width = 100)]
struct Arguments {
    /// OpenAPI documents, and folders of them
    #[arg(long, value_name = "PATH", num_args = 1.., default_values = SPECS)]
    documents: Vec<PathBuf>,
    /// Measure one more package, with a module for each document
    #[arg(long)]
    together: bool,
    /// The generators
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        default_values = ["keywright", "openapi-to-rust", "progenitor"]
    )]
    tools: Vec<Tool>,
    /// What is measured
    #[arg(
        long,
        value_name = "STEP",
        value_delimiter = ',',
        default_values = ["generate", "floor", "check", "one-feature", "dev", "release"]
    )]
    steps: Vec<Step>,
    /// How often each is measured; the median counts
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    runs: usize,
    /// How many jobs Cargo runs at once [default: one for each core]
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<usize>,
    /// The Cargo feature for the step `one-feature`, in packages of ours that have it
    #[arg(long, value_name = "FEATURE")]
    one_feature: Option<String>,
    /// Further lines of Keywright's configuration, such as `output.dates = "jiff"`; `api.…` holds for each document
    #[arg(long, value_name = "TOML")]
    set: Vec<String>,
    /// A file for the figures: Markdown, or JSON if its name ends so; may be repeated [default: Markdown on standard
    /// output]
    #[arg(long, value_name = "FILE")]
    report: Vec<PathBuf>,
    /// The folder for programs, packages and compiled files; a further run uses what is there
    #[arg(long, value_name = "DIR", default_value = "target/compare")]
    work: PathBuf,
}

const SPECS: [&str; 1] = [concat!(env!("CARGO_MANIFEST_DIR"), "/../specs")];

fn main() -> ExitCode {
    if let Some(code) = usage::run_as_helper().or_else(floor::run_as_helper) {
        return code;
    }
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    if cfg!(debug_assertions) && arguments.steps.contains(&Step::Floor) {
        return Err(Failure::new(
            "without optimizations, the floor is too high: run this with `--release`",
        ));
    }
    let settings: Table = toml::from_str(&arguments.set.join("\n"))
        .map_err(|error| Failure::new(format!("--set: {}", error.message())))?;
    fs::create_dir_all(&arguments.work)?;
    let plan = Plan {
        tools: arguments.tools.clone(),
        steps: arguments.steps.clone(),
        runs: arguments.runs.max(1),
        jobs: arguments.jobs,
        one_feature: arguments.one_feature.clone(),
        settings,
        work: fs::canonicalize(&arguments.work)?,
    };
    let documents = documents::list(&arguments.documents, arguments.together)?;
    let mut text = String::new();
    comparison::run(&plan, &documents, |report| {
        text = table::markdown(report);
        // A long run that is stopped has then written what it knows.
        arguments
            .report
            .iter()
            .try_for_each(|file| write(file, report, &text))
    })?;
    if arguments.report.is_empty() {
        io::stdout().write_all(text.as_bytes())?;
    }
    Ok(())
}

fn write(file: &PathBuf, report: &Report, markdown: &str) -> Result<(), Failure> {
    if file.extension().is_none_or(|it| it != "json") {
        return Ok(fs::write(file, markdown)?);
    }
    let json = serde_json::to_string_pretty(report).map_err(io::Error::from)?;
    Ok(fs::write(file, json + "\n")?)
}
