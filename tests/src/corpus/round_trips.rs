//! Instances of every document's schemas, read and written by the package that was made of it.
//!
//! A small program for each package sends JSON through its models; a process of its own for each document makes the
//! instances, runs that program, and judges what it says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use indicatif::ProgressBar;
use keywright::NamedApi;
use keywright::config::{ApiConfig, Config};
use keywright::diagnostics::Diagnostics;
use keywright::document::Copies;
use keywright::load::{self, Limits};
use serde::{Deserialize, Serialize};

use super::generate::{self, PACKAGES};
use super::process;
use super::programs::Programs;
use super::workspace::write_if_new;
use super::{Document, Options};
use crate::round_trip::types::{self, ModelType};
use crate::round_trip::{self, Sample, Written};

/// The programs that send instances through models.
pub(super) const PROGRAMS: Programs<RoundTrips> = Programs {
    name: "round-trips",
    task: "KEYWRIGHT_CORPUS_ROUND_TRIPS",
    failed: RoundTrips::failed,
    report,
};

/// What became of the instances of a document's schemas.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoundTrips {
    /// How many types were tried.
    pub types: usize,
    /// How many instances were read and written.
    pub instances: usize,
    /// The types of which no instance could be made, each with the reason.
    pub untried: BTreeMap<String, String>,
    /// For each type that does not keep what its schema allows, the first thing that is wrong.
    pub faults: BTreeMap<String, String>,
    /// Why nothing could be tried at all.
    pub error: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Task {
    document: PathBuf,
    root: PathBuf,
    program: PathBuf,
    /// How many instances of each type are made.
    count: usize,
    /// What the program reads.
    input: PathBuf,
    /// What the program says.
    output: PathBuf,
}

/// Writes the program for a package.
pub(super) fn write_program(named: &NamedApi, package: &str, folder: &Path) -> io::Result<()> {
    let module = &named.module;
    let manifest = format!(
        "[package]\nname = \"{package}-round-trips\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         {package} = {{ path = \"../../{PACKAGES}/{package}\", default-features = false, features = [\"{module}\", \"full\"] }}\n"
    );
    let library = package.replace('-', "_");
    let mut program = types::again(&format!("{library}::runtime"));
    program.push_str(&types::function(
        &types::of(named),
        &format!("{library}::{module}"),
        "round_trip",
    ));
    program.push_str(MAIN);
    fs::create_dir_all(folder.join("src"))?;
    write_if_new(&folder.join("Cargo.toml"), &manifest)?;
    write_if_new(&folder.join("src/main.rs"), &program)
}

/// A type and an instance in each line of the input, and a line of the output for each: what was written, after how many
/// values were read as unknown, or else why nothing was.
const MAIN: &str = r#"
fn main() -> std::io::Result<()> {
    use std::io::Write as _;
    let mut output = std::io::BufWriter::new(std::io::stdout());
    for line in std::io::stdin().lines() {
        let line = line?;
        let (ty, json) = line.split_once('\t').unwrap_or_default();
        match round_trip(ty, json.as_bytes()) {
            Ok((unknown, json)) => writeln!(output, "ok\t{unknown}\t{}", String::from_utf8_lossy(&json))?,
            Err(message) => writeln!(output, "no\t{}", message.replace(['\n', '\r'], " "))?,
        }
    }
    output.flush()
}
"#;

/// Tries the packages of documents.
pub(super) fn all(
    documents: &[&Document],
    count: usize,
    options: &Options,
    bar: &ProgressBar,
) -> io::Result<BTreeMap<String, RoundTrips>> {
    PROGRAMS.run(documents, options, bar, |document, program| {
        let file = |kind: &str| generate::log(&options.work, &document.package, kind);
        Task {
            document: document.path.clone(),
            root: document.root.clone(),
            program: program.to_owned(),
            count,
            input: file("instances.txt"),
            output: file("written.txt"),
        }
    })
}

/// Tries a package, if this process is there for it.
pub(super) fn run() -> Option<ExitCode> {
    process::serve(PROGRAMS.task, |task: Task| {
        attempt(&task).unwrap_or_else(RoundTrips::failed)
    })
}

impl RoundTrips {
    fn failed(error: String) -> Self {
        Self {
            error: Some(error),
            ..Self::default()
        }
    }
}

fn attempt(task: &Task) -> Result<RoundTrips, String> {
    let mut found = Diagnostics::new(false);
    let mut config = Config::of_spec(&task.document, Path::new("package"));
    let api: &mut ApiConfig = config.apis.first_mut().ok_or("there is no API")?;
    api.root = Some(task.root.clone());
    let named = keywright::read(api, &Limits::default(), &mut found)
        .ok_or("the document cannot be read")?;
    let spec = load::load_within(
        Some(&task.root),
        &task.document,
        &Copies::default(),
        &[],
        &Limits::default(),
        &mut found,
    )
    .ok_or("the document cannot be read")?;
    let types = types::of(&named);
    let bundle = round_trip::bundle(&spec, &types)?;
    let mut result = RoundTrips::default();
    let mut samples = Vec::new();
    for ty in &types {
        let reason = match round_trip::sample(&bundle, &spec, ty, task.count) {
            Some(sample) if !sample.instances.is_empty() => {
                samples.push((ty, sample));
                continue;
            }
            Some(sample) => sample.reason.unwrap_or_default(),
            None => "the schema is not where its type says".to_owned(),
        };
        result.untried.insert(ty.name.clone(), reason);
    }
    let said = converse(task, &samples).map_err(|error| error.to_string())?;
    let mut said = said.lines();
    for (ty, sample) in &samples {
        result.types += 1;
        for instance in &sample.instances {
            result.instances += 1;
            let outcome = match said.next().and_then(|line| line.split_once('\t')) {
                Some(("ok", rest)) => Ok(written(rest)),
                Some((_, message)) => Err(message.to_owned()),
                None => Err("the program has died".to_owned()),
            };
            if let Some(fault) = sample.judge(instance, outcome) {
                let first = || format!("{fault}: {instance}");
                result.faults.entry(ty.name.clone()).or_insert_with(first);
            }
        }
    }
    Ok(result)
}

/// What the program says of an instance that it has written.
fn written(line: &str) -> Written<'_> {
    let (unknown, json) = line.split_once('\t').unwrap_or_default();
    Written {
        json: json.as_bytes(),
        unknown: unknown.parse().unwrap_or_default(),
    }
}

/// Gives all instances to the program; gives what it says.
fn converse(task: &Task, samples: &[(&ModelType, Sample)]) -> io::Result<String> {
    let mut input = String::new();
    for (ty, sample) in samples {
        for instance in &sample.instances {
            let _ = writeln!(input, "{}\t{instance}", ty.name);
        }
    }
    fs::write(&task.input, input)?;
    Command::new(&task.program)
        .stdin(File::open(&task.input)?)
        .stdout(File::create(&task.output)?)
        .status()?;
    fs::read_to_string(&task.output)
}

/// Everything that is wrong, to be read.
fn report(result: &RoundTrips) -> String {
    let mut text = format!("{} types, {} instances\n", result.types, result.instances);
    if let Some(error) = &result.error {
        let _ = writeln!(text, "nothing was tried: {error}");
    }
    for (ty, reason) in &result.untried {
        let _ = writeln!(text, "\n{ty} was not tried: {reason}");
    }
    for (ty, fault) in &result.faults {
        let _ = writeln!(text, "\n{ty} {fault}");
    }
    text
}
