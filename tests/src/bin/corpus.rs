//! Generates and checks a package for every document of a folder, and writes a table of what became of each.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use keywright_tests::corpus::{self, Checker, Format, Options, Outcome};

/// Generates a package for every OpenAPI document of a folder, checks all of them, and writes a table: what became of
/// each document, what the generator warned of, and which operations it left out.
#[derive(Debug, Parser)]
#[command(name = "corpus", max_term_width = 100)]
struct Arguments {
    /// The folder: the documents that its `index.tsv` lists, or every JSON or YAML file that is OpenAPI
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file for the table; `.md`, `.tsv` or `.json` says how it is written
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Only documents whose name contains this; may be repeated
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Look for documents in the folders of the folder, too
    #[arg(long, short)]
    recursive: bool,
    /// Generate, and check nothing
    #[arg(long)]
    generate_only: bool,
    /// Check with rustc alone
    #[arg(long, conflicts_with = "generate_only")]
    no_clippy: bool,
    /// Cargo features of the packages beside the default ones: `serde`, `blocking`, `tracing`
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    features: Vec<String>,
    /// Give the packages services that stand in for the APIs in tests, and check these, too
    #[arg(long)]
    mock: bool,
    /// Build the packages, too, and send so many instances of each schema through their models
    #[arg(long, value_name = "NUMBER")]
    round_trips: Option<usize>,
    /// How many documents or packages to work on at once [default: one for each core]
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<usize>,
    /// How many seconds a document may take to be generated, and its package to be checked
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    limit: u64,
    /// The folder for packages, logs and compiled files; a further run uses what is there
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    work: PathBuf,
    /// End with exit code 1 unless every document gives a package without a warning of rustc or clippy
    #[arg(long)]
    require: bool,
}

fn main() -> ExitCode {
    if let Some(code) = corpus::run_as_helper() {
        return code;
    }
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> std::io::Result<ExitCode> {
    let report = match &arguments.report {
        Some(file) => {
            let unknown = || {
                std::io::Error::other(
                    "the name of the report ends in neither .md nor .tsv nor .json",
                )
            };
            Some((file, Format::of(file).ok_or_else(unknown)?))
        }
        None => None,
    };
    let checker = if arguments.no_clippy {
        Checker::Check
    } else {
        Checker::Clippy
    };
    let options = Options {
        folder: arguments.folder.clone(),
        recursive: arguments.recursive,
        only: arguments.only.clone(),
        work: arguments.work.clone(),
        checker: (!arguments.generate_only).then_some(checker),
        features: arguments.features.clone(),
        mock: arguments.mock,
        round_trips: arguments.round_trips,
        calls: None,
        sample: None,
        jobs: arguments
            .jobs
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        limit: Duration::from_secs(arguments.limit),
    };
    let rows = corpus::run(&options)?;
    if let Some((file, format)) = report {
        corpus::write(&rows, file, format)?;
    }
    // A reader that is gone is no fault.
    let _ = write!(std::io::stdout(), "{}", corpus::summary(&rows));
    let is_good = |outcome| matches!(outcome, Outcome::Clean | Outcome::Generated);
    let all_good = rows.iter().all(|row| is_good(row.outcome()));
    Ok(if arguments.require && !all_good {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
