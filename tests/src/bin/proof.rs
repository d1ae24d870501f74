//! Generates a package for every document of a folder, has it call its operations with arguments made from the
//! document, and has what arrived checked by software that knows nothing of Keywright.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use clap::Parser;
use keywright_tests::corpus::{self, Options, Plan, Row, Witnessed};
use keywright_tests::drive;

/// Generates a package for every OpenAPI document of a folder, calls its operations with arguments made from the
/// document, answers with what the document allows, and has the requests checked against the document by openapi-core
/// and uritemplate, which are installed from `PyPI`.
#[derive(Debug, Parser)]
#[command(name = "proof", max_term_width = 100)]
struct Arguments {
    /// The folder of documents, as for `corpus`
    #[arg(value_name = "DIR", default_value = "tests/fixtures")]
    folder: PathBuf,
    /// The file for every finding, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Only documents whose name contains this; may be repeated
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Look for documents in the folders of the folder, too
    #[arg(long, short)]
    recursive: bool,
    /// So many of the documents, at even distances
    #[arg(long, value_name = "NUMBER")]
    sample: Option<usize>,
    /// Of how many operations of each document calls are made
    #[arg(long, value_name = "NUMBER", default_value_t = 40)]
    operations: usize,
    /// How many calls are made of each operation
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    calls: usize,
    /// Make the calls, and let nobody check them
    #[arg(long)]
    no_check: bool,
    /// How many documents or packages to work on at once [default: one for each core]
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<usize>,
    /// How many seconds a document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    limit: u64,
    /// The folder for packages, logs, compiled files and the checkers; a further run uses what is there
    #[arg(long, value_name = "DIR", default_value = "target/proof")]
    work: PathBuf,
}

fn main() -> ExitCode {
    if let Some(code) = corpus::run_as_helper() {
        return code;
    }
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let options = Options {
        folder: arguments.folder.clone(),
        recursive: arguments.recursive,
        only: arguments.only.clone(),
        work: arguments.work.clone(),
        checker: None,
        features: Vec::new(),
        mock: false,
        round_trips: None,
        calls: Some(Plan {
            operations: arguments.operations,
            calls: arguments.calls,
        }),
        sample: arguments.sample,
        jobs: arguments
            .jobs
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        limit: Duration::from_secs(arguments.limit),
    };
    let rows = corpus::run(&options)?;
    let is_answered = summarize(&rows);
    let is_sent = arguments.no_check || check(arguments, &rows)?;
    Ok(if is_answered && is_sent {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints what the clients themselves had to say; whether nothing of it is a fault.
fn summarize(rows: &[Row]) -> bool {
    let mut out = io::stdout().lock();
    let mut is_good = true;
    let (mut operations, mut calls, mut faults) = (0, 0, 0);
    let mut stand_ins = Witnessed::default();
    for row in rows {
        let name = &row.document.name;
        let Some(result) = &row.calls else { continue };
        operations += result.operations;
        calls += result.calls;
        if let Some(error) = &result.error {
            let _ = writeln!(out, "{name}: nothing was tried: {error}");
            is_good = false;
        }
        for operation in &result.untried {
            let _ = writeln!(out, "{name}: {operation}: no call could be made up");
        }
        for (message, count) in &result.refused {
            let _ = writeln!(out, "{name}: {count} not sent: {message}");
        }
        is_good &= stand_in(name, &result.stand_in, &mut stand_ins, &mut out);
        for (operation, fault) in &result.faults {
            if drive::is_known(name, operation) {
                continue;
            }
            let _ = writeln!(out, "{name}: {operation}: {fault}");
            is_good = false;
            faults += 1;
        }
    }
    // A reader that is gone is no fault.
    let _ = writeln!(
        out,
        "{} documents, {operations} operations, {calls} calls; the answers of {faults} operations are not read as \
         they were given",
        rows.len()
    );
    let Witnessed {
        requests,
        answers,
        mutants,
        refused,
        faults,
    } = stand_ins;
    let _ = writeln!(
        out,
        "stand-ins judged {requests} requests and gave {answers} answers, with {} faults; of {mutants} requests with \
         something changed they refused {refused}",
        faults.len()
    );
    is_good
}

/// Prints what is wrong between a client and a stand-in; whether that is nothing.
fn stand_in(name: &str, of: &Witnessed, all: &mut Witnessed, out: &mut impl io::Write) -> bool {
    all.requests += of.requests;
    all.answers += of.answers;
    all.mutants += of.mutants;
    all.refused += of.refused;
    let unknown = |it: &&String| !drive::is_known_of_stand_in(name, it);
    let before = all.faults.len();
    for fault in of.faults.iter().filter(unknown) {
        let _ = writeln!(out, "{name}: the stand-in: {fault}");
        all.faults.push(fault.clone());
    }
    all.faults.len() == before
}

/// Has the requests checked by the script; whether it finds no fault.
fn check(arguments: &Arguments, rows: &[Row]) -> io::Result<bool> {
    let python = environment(&arguments.work)?;
    let mut list = String::new();
    for row in rows.iter().filter(|row| row.calls.is_some()) {
        let captures = corpus::captures(&arguments.work, &row.document.package);
        if captures.exists() {
            let converted = corpus::converted(&arguments.work, &row.document.package);
            let document = if converted.exists() {
                &converted
            } else {
                &row.document.path
            };
            let answers = corpus::answers(&arguments.work, &row.document.package);
            let mutants = corpus::mutants(&arguments.work, &row.document.package);
            let line = [
                &row.document.name,
                &path(document),
                &path(&captures),
                &path(&answers),
                &path(&mutants),
            ];
            list.push_str(&line.map(String::as_str).join("\t"));
            list.push('\n');
        }
    }
    let file = arguments.work.join("captures.tsv");
    fs::write(&file, list)?;
    let mut script = Command::new(python);
    script.arg(home().join("check.py")).arg(&file);
    if let Some(report) = &arguments.report {
        script.arg(report);
    }
    Ok(script.status()?.success())
}

fn path(path: &Path) -> String {
    path.display().to_string()
}

/// The folder of the script.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("proof")
}

/// A Python with the checkers, made when it is not there yet.
fn environment(work: &Path) -> io::Result<PathBuf> {
    let folder = work.join("python");
    let python = folder.join("bin/python");
    let requirements = home().join("requirements.txt");
    let installed = folder.join("installed.txt");
    let wanted = fs::read_to_string(&requirements)?;
    if fs::read_to_string(&installed).is_ok_and(|it| it == wanted) {
        return Ok(python);
    }
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "-r"]);
    succeed(install.arg(&requirements))?;
    fs::write(installed, wanted)?;
    Ok(python)
}

fn succeed(command: &mut Command) -> io::Result<()> {
    if command.status()?.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("{command:?} has failed")))
}
