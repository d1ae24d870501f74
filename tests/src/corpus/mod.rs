//! A folder of documents in, a table of what became of each out.
//!
//! `documents` finds them, `generate` makes a package of each, `compile` lets Cargo check all packages as one
//! workspace, `round_trips` sends JSON through their models, `calls` has them call their operations, `table` writes it down. Nothing here knows a document: whatever one needs belongs to the generator.

mod calls;
mod compile;
mod documents;
mod generate;
mod operations;
mod process;
mod programs;
mod round_trips;
mod rustc;
mod table;
mod witnessed;
mod workspace;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

pub use calls::{Calls, Plan, answers, captures, converted, mutants};
pub use compile::{Checker, Compiled};
pub use documents::Document;
pub use generate::{Generated, Generation};
pub use round_trips::RoundTrips;
pub use table::{Format, summary, write};
pub use witnessed::Witnessed;

/// What to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of documents.
    pub folder: PathBuf,
    /// Whether documents in folders of the folder count, too; an index says so by itself.
    pub recursive: bool,
    /// Parts of names: only documents whose name has one of them are taken; all when empty.
    pub only: Vec<String>,
    /// Where packages, logs and Cargo's target folder go. What is there already is used again.
    pub work: PathBuf,
    /// Who checks the packages; nobody when they are only generated.
    pub checker: Option<Checker>,
    /// Cargo features of the packages beside the default ones.
    pub features: Vec<String>,
    /// Whether the packages have services that stand in for the APIs in tests.
    pub mock: bool,
    /// How many instances of each type the models are tried with, if at all.
    pub round_trips: Option<usize>,
    /// Which calls of operations are made, if any.
    pub calls: Option<Plan>,
    /// How many of the documents are taken, at even distances; all when nothing is said.
    pub sample: Option<usize>,
    /// How many documents or packages are worked on at once.
    pub jobs: usize,
    /// How long a document may take to become a package, and a package to be checked.
    pub limit: Duration,
}

/// What became of a document.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The document.
    pub document: Document,
    /// What the generator made of it.
    pub generation: Generation,
    /// What the compiler said to that, if it was asked.
    pub compiled: Option<Compiled>,
    /// What became of instances of the document's schemas, if that was tried.
    pub round_trips: Option<RoundTrips>,
    /// What became of calls of the document's operations, if that was tried.
    pub calls: Option<Calls>,
}

/// How a document fared on the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The generator found errors in the document, and wrote nothing.
    Refused,
    /// The generator panicked, or died otherwise.
    Died,
    /// The generator or the compiler took longer than allowed.
    TimedOut,
    /// There is a package, and it was not checked.
    Generated,
    /// The package does not compile.
    Fails,
    /// The package compiles, with warnings of rustc or clippy.
    Warns,
    /// The package compiles without a warning.
    Clean,
}

impl Row {
    /// How the document fared on the whole.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (&self.generation, &self.compiled) {
            (Generation::Died(_), _) => Outcome::Died,
            (Generation::TimedOut, _) => Outcome::TimedOut,
            (Generation::Done(it), _) if it.first_error.is_some() => Outcome::Refused,
            (Generation::Done(_), None) => Outcome::Generated,
            (Generation::Done(_), Some(it)) if it.timed_out => Outcome::TimedOut,
            (Generation::Done(_), Some(it)) if it.first_error.is_some() => Outcome::Fails,
            (Generation::Done(_), Some(it)) if !it.lints.is_empty() => Outcome::Warns,
            (Generation::Done(_), Some(_)) => Outcome::Clean,
        }
    }

    /// What the generator made, if it came to an end.
    #[must_use]
    pub fn generated(&self) -> Option<&Generated> {
        match &self.generation {
            Generation::Done(it) => Some(it),
            Generation::Died(_) | Generation::TimedOut => None,
        }
    }
}

impl Outcome {
    /// The outcome in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Died => "died",
            Self::TimedOut => "timed out",
            Self::Generated => "generated",
            Self::Fails => "fails",
            Self::Warns => "warns",
            Self::Clean => "clean",
        }
    }

    /// Whether a package came of the document.
    #[must_use]
    pub fn is_generated(self) -> bool {
        matches!(
            self,
            Self::Generated | Self::Fails | Self::Warns | Self::Clean
        )
    }

    /// Whether the package compiles.
    #[must_use]
    pub fn compiles(self) -> bool {
        matches!(self, Self::Warns | Self::Clean)
    }
}

/// Does everything, with a bar of progress on standard error. Rows are in the order of the documents.
///
/// Fails when the folder cannot be read, the work folder cannot be written, or Cargo cannot be run at all; whatever
/// happens to a single document stands in its row.
pub fn run(options: &Options) -> io::Result<Vec<Row>> {
    let documents = documents::find(options)?;
    let bar = progress("generating", documents.len());
    let generations = generate::all(&documents, options, &bar)?;
    bar.finish();
    let mut rows: Vec<Row> = documents
        .into_iter()
        .zip(generations)
        .map(|(document, generation)| Row {
            document,
            generation,
            compiled: None,
            round_trips: None,
            calls: None,
        })
        .collect();
    if let Some(checker) = options.checker {
        check(&mut rows, checker, options)?;
    }
    if let Some(count) = options.round_trips {
        try_models(&mut rows, count, options)?;
    }
    if let Some(plan) = options.calls {
        call(&mut rows, plan, options)?;
    }
    Ok(rows)
}

fn check(rows: &mut [Row], checker: Checker, options: &Options) -> io::Result<()> {
    let packages = rows.iter().filter(|row| row.outcome().is_generated());
    let packages: Vec<&str> = packages.map(|row| row.document.package.as_str()).collect();
    let bar = progress("checking", packages.len());
    let mut compiled = compile::all(&packages, checker, options, &bar)?;
    bar.finish();
    for row in rows {
        row.compiled = compiled.remove(&row.document.package);
    }
    Ok(())
}

/// The documents whose packages can be built, as far as one knows.
fn buildable(rows: &[Row]) -> Vec<&Document> {
    let is_wanted = |outcome: Outcome| outcome.compiles() || outcome == Outcome::Generated;
    let wanted = rows.iter().filter(|row| is_wanted(row.outcome()));
    wanted.map(|row| &row.document).collect()
}

fn try_models(rows: &mut [Row], count: usize, options: &Options) -> io::Result<()> {
    let documents = buildable(rows);
    let bar = progress("trying", documents.len());
    let mut results = round_trips::all(&documents, count, options, &bar)?;
    bar.finish();
    for row in rows {
        row.round_trips = results.remove(&row.document.package);
    }
    Ok(())
}

fn call(rows: &mut [Row], plan: Plan, options: &Options) -> io::Result<()> {
    let documents = buildable(rows);
    let bar = progress("calling", documents.len());
    let mut results = calls::all(&documents, plan, options, &bar)?;
    bar.finish();
    for row in rows {
        row.calls = results.remove(&row.document.package);
    }
    Ok(())
}

/// Does what the environment asks of this process, if it asks: the command starts itself for what it does in processes
/// of their own, and as the wrapper through which Cargo runs the compiler.
#[must_use]
pub fn run_as_helper() -> Option<std::process::ExitCode> {
    rustc::run()
        .or_else(generate::run)
        .or_else(round_trips::run)
        .or_else(calls::run)
}

fn progress(what: &'static str, length: usize) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{prefix:>10} {wide_bar} {pos}/{len} {elapsed} {msg:30!}");
    let bar = ProgressBar::new(length as u64).with_prefix(what);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
