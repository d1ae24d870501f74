//! A package of each document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use indicatif::ProgressBar;
use keywright::config::Config;
use keywright::diagnostics::{Diagnostic, Diagnostics, Severity, Style, render};
use keywright::document::{Copies, Value};
use keywright::load::{self, Limits};
use serde::{Deserialize, Serialize};

use super::process::{self, Ended};
use super::{Document, Options, calls, operations, round_trips};

/// The task of a process that generates; set for such processes alone.
const TASK: &str = "KEYWRIGHT_CORPUS_TASK";
/// The folder of all packages in the work folder.
pub(super) const PACKAGES: &str = "packages";

/// How the generator ended.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Generation {
    /// As it should, whatever it found.
    Done(Box<Generated>),
    /// By a panic or a signal; this is what it said last.
    Died(String),
    /// Not in time.
    TimedOut,
}

/// What the generator made of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Generated {
    /// The version of OpenAPI that the document states.
    pub version: Option<String>,
    /// The first error, if there is one; then nothing was written.
    pub first_error: Option<String>,
    /// How many warnings there are of each code.
    pub warnings: BTreeMap<String, usize>,
    /// How long everything took, from reading the document to writing the files.
    pub seconds: f64,
    /// The lines of Rust, without the runtime, which is the same in every package.
    pub lines: usize,
    /// How many operations the document has.
    pub operations: usize,
    /// How many the package has.
    pub kept: usize,
    /// Those that the package lacks.
    pub dropped: Vec<String>,
}

/// What a process shall do.
#[derive(Debug, Serialize, Deserialize)]
struct Task {
    document: PathBuf,
    root: PathBuf,
    folder: PathBuf,
    package: String,
    /// Whether the package has a service that stands in for the API in tests.
    mock: bool,
    /// The folder for the program that sends JSON through the package's models, if there is to be one.
    program: Option<PathBuf>,
    /// The folder for the program that calls the package's operations, and how many it calls, if there is to be one.
    calls: Option<(PathBuf, calls::Plan)>,
    /// The file for every finding as text.
    findings: PathBuf,
}

/// The file for what there is to say of a package.
pub(super) fn log(work: &Path, package: &str, kind: &str) -> PathBuf {
    work.join("logs").join(format!("{package}.{kind}"))
}

/// Makes a package of each document, several at once.
pub(super) fn all(
    documents: &[Document],
    options: &Options,
    bar: &ProgressBar,
) -> io::Result<Vec<Generation>> {
    std::fs::create_dir_all(options.work.join("logs"))?;
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..options.jobs.max(1) {
            scope.spawn(|| {
                while let Some((index, document)) = take(documents, &next) {
                    bar.set_message(document.name.clone());
                    let generation = one(document, options);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((index, generation));
                    bar.inc(1);
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, generation)| generation).collect()
}

fn take<'d>(documents: &'d [Document], next: &AtomicUsize) -> Option<(usize, &'d Document)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, documents.get(index)?))
}

/// Makes a package of a document in a process of its own.
fn one(document: &Document, options: &Options) -> io::Result<Generation> {
    let work = &options.work;
    let task = Task {
        document: document.path.clone(),
        root: document.root.clone(),
        folder: work.join(PACKAGES).join(&document.package),
        package: document.package.clone(),
        mock: options.mock,
        program: options
            .round_trips
            .map(|_| round_trips::PROGRAMS.folder(work, &document.package)),
        calls: options
            .calls
            .map(|plan| (calls::PROGRAMS.folder(work, &document.package), plan)),
        findings: log(work, &document.package, "findings.txt"),
    };
    let result = log(work, &document.package, "json");
    Ok(
        match process::delegate(TASK, task, &result, options.limit)? {
            Ended::Done(generated) => Generation::Done(Box::new(generated)),
            Ended::Died(said) => Generation::Died(said),
            Ended::TimedOut => Generation::TimedOut,
        },
    )
}

/// Makes a package, if this process is there for it.
pub(super) fn run() -> Option<ExitCode> {
    process::serve(TASK, |task: Task| generate(&task))
}

/// Makes a package, and writes down every finding as text.
fn generate(task: &Task) -> Generated {
    let mut config = Config::of_spec(&task.document, &task.folder);
    config.output.package.clone_from(&task.package);
    config.output.mock = task.mock;
    for api in &mut config.apis {
        api.root = Some(task.root.clone());
    }
    let mut found = Diagnostics::new(false);
    let started = Instant::now();
    let apis = keywright::read_all(&config, &mut found);
    let files = apis.as_ref().map(|apis| keywright::print(apis, &config));
    if let Some(files) = &files {
        // What is wrong is among the findings.
        let _ = keywright::write::write(files, &task.folder, &mut found);
    }
    let seconds = started.elapsed().as_secs_f64();
    let kept: Vec<String> = apis
        .iter()
        .flatten()
        .flat_map(|it| &it.api.operations)
        .map(|it| operations::name(it.method.as_str(), &it.path))
        .collect();
    let (version, operations) = outline(task);
    let mut generated = Generated {
        version,
        first_error: found
            .iter()
            .find(|it| it.severity == Severity::Error)
            .map(one_line),
        seconds,
        lines: lines(files.iter().flatten()),
        operations: operations.len(),
        kept: kept.len(),
        dropped: operations
            .into_iter()
            .filter(|it| files.is_some() && !kept.contains(it))
            .collect(),
        ..Generated::default()
    };
    let mut findings = String::new();
    for finding in found.iter() {
        if finding.severity == Severity::Warning {
            *generated
                .warnings
                .entry(finding.code.to_string())
                .or_default() += 1;
        }
        let _ = writeln!(findings, "{}\n", render(finding, Style::Plain).trim_end());
    }
    // Whoever looks for these files sees that they are not there.
    let _ = std::fs::write(&task.findings, findings);
    if let (Some(program), [named]) = (&task.program, apis.as_deref().unwrap_or_default()) {
        let _ = round_trips::write_program(named, &task.package, program);
    }
    if let (Some((program, plan)), [named]) = (&task.calls, apis.as_deref().unwrap_or_default()) {
        let _ = calls::write_program(named, &config, *plan, program);
    }
    generated
}

/// The version of a document, and its operations, by a reading of our own.
fn outline(task: &Task) -> (Option<String>, Vec<String>) {
    let Some(spec) = load::load_within(
        Some(&task.root),
        &task.document,
        &Copies::default(),
        &[],
        &Limits::default(),
        &mut Diagnostics::new(false),
    ) else {
        return (None, Vec::new());
    };
    let root = &spec.entry().root;
    let version = root.get("openapi").or_else(|| root.get("swagger"));
    let version = version.and_then(|it| match &it.value {
        Value::String(text) | Value::Number(text) => Some(text.to_string()),
        _ => None,
    });
    (version, operations::of(&spec))
}

fn lines<'f>(files: impl Iterator<Item = (&'f String, &'f String)>) -> usize {
    let own =
        files.filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime/"));
    own.map(|(_, text)| text.lines().count()).sum()
}

/// A finding in a line, with its place.
fn one_line(finding: &Diagnostic) -> String {
    let message = format!("{}: {}", finding.code, finding.message);
    match &finding.place {
        Some(place) => {
            let at = place.line_column();
            format!("{message} (line {}, column {})", at.line, at.column)
        }
        None => message,
    }
}
