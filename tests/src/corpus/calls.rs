//! Calls of every document's operations by the package that was made of it, captured as they arrive.
//!
//! A small program for each package makes the calls that it is told; a process of its own for each document makes up
//! calls and answers, serves them, and writes down what was sent, for others to check.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indicatif::ProgressBar;
use keywright::NamedApi;
use keywright::config::{ApiConfig, Config};
use keywright::diagnostics::Diagnostics;
use keywright::interchange;
use keywright::ir::{BodyEncoding, Operation, OperationId, ParameterKind, Payload};
use keywright::load::Limits;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::generate::{self, PACKAGES};
use super::process;
use super::programs::Programs;
use super::witnessed::{self, Witnessed};
use super::workspace::write_if_new;
use super::{Document, Options};
use crate::drive::cases::{Case, Cases};
use crate::drive::witness::Asked;
use crate::drive::{self, Exchange, Fault, code};
use crate::faults::{Answer, FaultServer};
use crate::recorder::Recorded;

/// The programs that make calls.
pub(super) const PROGRAMS: Programs<Calls> = Programs {
    name: "calls",
    task: "KEYWRIGHT_CORPUS_CALLS",
    failed: Calls::failed,
    report,
};

/// How many calls are made.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// Of how many operations of each document.
    pub operations: usize,
    /// How many of each operation.
    pub calls: usize,
}

/// What became of the calls of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calls {
    /// How many operations were called.
    pub operations: usize,
    /// How many calls were made.
    pub calls: usize,
    /// The operations of which no call could be made up.
    pub untried: Vec<String>,
    /// How often the client did not want to send something, by what it said.
    pub refused: BTreeMap<String, usize>,
    /// For each operation with a fault, the first one.
    pub faults: BTreeMap<String, String>,
    /// What came of the document's stand-in.
    pub stand_in: Witnessed,
    /// Why nothing could be tried at all.
    pub error: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Task {
    document: PathBuf,
    root: PathBuf,
    program: PathBuf,
    plan: Plan,
    /// The file for what was sent.
    captures: PathBuf,
    /// The file for what the stand-in answered.
    answers: PathBuf,
    /// The file for requests with something wrong.
    mutants: PathBuf,
    /// The file for the document in a version that others read, if it is in none.
    converted: PathBuf,
}

/// The file for what a package has sent: a line of JSON for each request.
#[must_use]
pub fn captures(work: &Path, package: &str) -> PathBuf {
    generate::log(work, package, "captures.jsonl")
}

/// The file for what the stand-in of a package's document answered, likewise.
#[must_use]
pub fn answers(work: &Path, package: &str) -> PathBuf {
    generate::log(work, package, "answers.jsonl")
}

/// The file for requests with something wrong, and whether the stand-in refused each, likewise.
#[must_use]
pub fn mutants(work: &Path, package: &str) -> PathBuf {
    generate::log(work, package, "mutants.jsonl")
}

/// The file for a document of 2.0 as one of 3.0, which is there after calls of a package.
#[must_use]
pub fn converted(work: &Path, package: &str) -> PathBuf {
    generate::log(work, package, "openapi.json")
}

/// The operations that are called: all, or some that lie apart.
fn chosen(named: &NamedApi, plan: Plan) -> Vec<OperationId> {
    let ids = (0..).map(OperationId).zip(&named.api.operations);
    let ids: Vec<OperationId> = ids.map(|(id, _)| id).collect();
    let step = ids.len().div_ceil(plan.operations.max(1)).max(1);
    ids.into_iter().step_by(step).collect()
}

/// Writes the program for a package.
pub(super) fn write_program(
    named: &NamedApi,
    config: &Config,
    plan: Plan,
    folder: &Path,
) -> io::Result<()> {
    let (module, package) = (&named.module, &config.output.package);
    let mut forms = payloads(named).flat_map(|it| &it.forms);
    let has_xml = forms.any(|form| form.encoding == BodyEncoding::Xml);
    let xml = if has_xml { ", \"xml\"" } else { "" };
    let manifest = format!(
        "[package]\nname = \"{package}-calls\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\"] }}\n\
         {package} = {{ path = \"../../{PACKAGES}/{package}\", default-features = false, features = [\"{module}\", \"full\", \"reqwest\"{xml}] }}\n"
    );
    let library = package.replace('-', "_");
    let mut program = code::support(&format!("{library}::runtime"));
    let module = format!("{library}::{module}");
    let operations = chosen(named, plan);
    let functions = code::functions(named, config.output.dates, &operations, &module, "calls");
    program.push_str(&functions);
    program.push_str(MAIN);
    fs::create_dir_all(folder.join("src"))?;
    write_if_new(&folder.join("Cargo.toml"), &manifest)?;
    write_if_new(&folder.join("src/main.rs"), &program)
}

/// Every payload of an API.
fn payloads(named: &NamedApi) -> impl Iterator<Item = &Payload> {
    let sent = named.api.bodies().flat_map(|it| &it.payloads);
    sent.chain(named.api.responses().flat_map(|it| &it.payloads))
}

/// It is told the server's URL. A call is in each line of the input, and what comes of it in one of the output.
const MAIN: &str = r#"
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let call = calls(&std::env::args().nth(1).unwrap_or_default())?;
    for line in std::io::stdin().lines() {
        let told = runtime.block_on(call(Case(serde_json::from_str(&line?)?)));
        let told = match told {
            Ok(told) => serde_json::json!({ "ok": told }),
            Err(message) => serde_json::json!({ "no": message }),
        };
        println!("{told}");
    }
    Ok(())
}
"#;

/// Makes the calls of documents.
pub(super) fn all(
    documents: &[&Document],
    plan: Plan,
    options: &Options,
    bar: &ProgressBar,
) -> io::Result<BTreeMap<String, Calls>> {
    PROGRAMS.run(documents, options, bar, |document, program| Task {
        document: document.path.clone(),
        root: document.root.clone(),
        program: program.to_owned(),
        plan,
        captures: captures(&options.work, &document.package),
        answers: answers(&options.work, &document.package),
        mutants: mutants(&options.work, &document.package),
        converted: converted(&options.work, &document.package),
    })
}

/// Calls a package, if this process is there for it.
pub(super) fn run() -> Option<ExitCode> {
    process::serve(PROGRAMS.task, |task: Task| {
        attempt(&task).unwrap_or_else(Calls::failed)
    })
}

impl Calls {
    fn failed(error: String) -> Self {
        Self {
            error: Some(error),
            ..Self::default()
        }
    }

    fn add(&mut self, operation: &str, fault: Fault) {
        match fault {
            Fault::Refused(message) => *self.refused.entry(class(&message)).or_default() += 1,
            other => {
                let faults = self.faults.entry(operation.to_owned());
                faults.or_insert_with(|| other.to_string());
            }
        }
    }
}

/// A message without the names in it.
fn class(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 0 { part } else { "…" });
    parts.collect::<Vec<_>>().join("`")
}

fn attempt(task: &Task) -> Result<Calls, String> {
    let mut config = Config::of_spec(&task.document, Path::new("package"));
    let api: &mut ApiConfig = config.apis.first_mut().ok_or("there is no API")?;
    api.root = Some(task.root.clone());
    let named = keywright::read(api, &Limits::default(), &mut Diagnostics::new(false));
    let named = named.ok_or("the document cannot be read")?;
    let is_swagger = named.spec.entry().root.get("swagger").is_some();
    if is_swagger {
        convert(api, &task.converted)?;
    }
    let operations = chosen(&named, task.plan);
    let cases = Cases::new(&named, &operations)?;
    let said = |error: io::Error| error.to_string();
    let mut file = BufWriter::new(File::create(&task.captures).map_err(said)?);
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let mut program = Program::start(&task.program, &server.origin()).map_err(said)?;
    let mut result = Calls::default();
    let mut witness = witnessed::Court::new(&config.apis[0], &task.answers, &task.mutants)?;
    for id in operations {
        let operation = &named.api[id];
        let name = format!("{} {}", operation.method, operation.path);
        let cases = cases.of(id, task.plan.calls);
        if cases.is_empty() {
            result.untried.push(name);
            continue;
        }
        result.operations += 1;
        for case in cases {
            result.calls += 1;
            let exchange = drive::exchange(&server, &case, |case| program.call(&case));
            if let Exchange {
                request: Some(request),
                ..
            } = &exchange
            {
                let captured = captured(operation, &case, request);
                writeln!(file, "{captured}").map_err(said)?;
                let told = witness.hear(&captured, request, id).map_err(said)?;
                for asked in told {
                    let Some(case) = readable(&named, &case, asked) else {
                        continue;
                    };
                    let exchange = drive::exchange(&server, &case, |case| program.call(&case));
                    let fault = exchange.fault.map(|it| it.to_string());
                    witness.read(&name, &case, fault);
                }
            }
            if let Some(fault) = exchange.fault {
                result.add(&name, fault);
            }
        }
    }
    result.stand_in = witness.close();
    Ok(result)
}

/// The call to which a stand-in has answered, if the client can read its answer.
fn readable(named: &NamedApi, case: &Case, asked: Asked) -> Option<Case> {
    let payloads = named.api[case.operation].responses.iter();
    let payloads = payloads
        .flat_map(|it| &it.payloads)
        .filter(|it| code::is_told(it));
    let mut forms = payloads.flat_map(|it| &it.forms);
    let is_read = asked
        .media_type
        .is_none_or(|wanted| forms.any(|it| it.media_type == wanted));
    let answer = asked.answer;
    is_read.then(|| Case {
        answer,
        ..case.clone()
    })
}

/// Writes a document of 2.0 as one of 3.0, as `keywright convert` does.
fn convert(api: &ApiConfig, file: &Path) -> Result<(), String> {
    let mut found = Diagnostics::new(false);
    let described = keywright::describe(api, &Limits::default(), &mut found);
    let converted = described.and_then(|(_, it)| interchange::convert(&it, &mut found));
    let converted = converted.ok_or("the document cannot be converted")?;
    let json = serde_json::to_string(&converted).map_err(|error| error.to_string())?;
    fs::write(file, json).map_err(|error| error.to_string())
}

/// A request with what it was made from.
fn captured(operation: &Operation, case: &Case, request: &Recorded) -> Value {
    let place = |kind| match kind {
        ParameterKind::Path => "path",
        ParameterKind::Query => "query",
        ParameterKind::QueryString => "querystring",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    };
    let arguments = case.arguments.iter().map(|(index, value)| {
        let argument = &operation.arguments[*index];
        json!({ "in": place(argument.kind), "name": argument.wire_name, "value": value })
    });
    let body = case.body.as_ref().and_then(|(payload, value)| {
        let payload = &operation.body.as_ref()?.payloads[*payload];
        Some(json!({ "media_type": payload.form().media_type, "value": value }))
    });
    let empty = case.empty.iter();
    let empty = empty.map(|index| &operation.arguments[*index].wire_name);
    json!({
        "method": operation.method,
        "path": operation.path,
        "arguments": arguments.collect::<Vec<_>>(),
        "empty": empty.collect::<Vec<_>>(),
        "body": body,
        "request": sent(request),
    })
}

/// A request as it arrived.
pub(super) fn sent(request: &Recorded) -> Value {
    json!({
        "method": request.method,
        "target": request.target,
        "headers": request.headers,
        "body": STANDARD.encode(&request.body),
    })
}

/// A program that makes calls, one after the other.
struct Program {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Program {
    fn start(path: &Path, base_url: &str) -> io::Result<Self> {
        let mut process = Command::new(path)
            .arg(base_url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let (input, output) = input.zip(output).expect("both are piped");
        Ok(Self {
            process,
            input,
            output: BufReader::new(output),
        })
    }

    fn call(&mut self, case: &Value) -> Result<Value, String> {
        let mut line = String::new();
        let spoken = writeln!(self.input, "{case}").and_then(|()| self.output.read_line(&mut line));
        let told: Option<Value> = spoken.ok().and_then(|_| serde_json::from_str(&line).ok());
        let mut told = told.ok_or("the program has died")?;
        match told.get_mut("ok") {
            Some(told) => Ok(told.take()),
            None => Err(told["no"].as_str().unwrap_or_default().to_owned()),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Without more input it ends by itself; this is for one that hangs.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Everything that is wrong, to be read.
fn report(result: &Calls) -> String {
    let mut text = format!("{} operations, {} calls\n", result.operations, result.calls);
    if let Some(error) = &result.error {
        let _ = writeln!(text, "nothing was tried: {error}");
    }
    for operation in &result.untried {
        let _ = writeln!(text, "{operation} was not tried");
    }
    for (message, count) in &result.refused {
        let _ = writeln!(text, "{count} were not sent: {message}");
    }
    for (operation, fault) in &result.faults {
        let _ = writeln!(text, "\n{operation} {fault}");
    }
    for fault in &result.stand_in.faults {
        let _ = writeln!(text, "\nthe stand-in: {fault}");
    }
    text
}
