//! The command line: reads arguments, prints lines and returns an exit code. No other part of Keywright prints.

#[cfg(feature = "mock")]
mod check_only;
mod convert;
mod diff;
mod document;
mod explain;
mod inspect;
#[cfg(any(feature = "mock", feature = "watch"))]
mod interrupt;
mod limit;
mod lint;
#[cfg(feature = "mock")]
mod mock;
mod screen;
#[cfg(feature = "watch")]
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::{Args, Parser, Subcommand, ValueEnum};
use keywright::config::{self, ApiLayout, Config, Read};
use keywright::diagnostics::Diagnostics;
use keywright::snapshots::{self, Beside};
use keywright::stamp::Stamps;
use keywright::write::{self, Report};
use keywright::{NamedApi, coverage};
use limit::Limiting;
use screen::{Look, Reporting, Screen};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  keywright generate
      Generate the clients that keywright.toml in this folder lists.
  keywright check
      Check that the generated clients are up to date, for example in CI.
  keywright generate --spec openapi.yaml --out my-client
      Generate a package from an OpenAPI document, without a configuration.
  keywright lint openapi.yaml
      Find problems that make a valid document hard to use.
  keywright inspect --stage names openapi.yaml
      Show the Rust names of everything in a document.
  keywright explain KW0409
      Explain an error or warning code.
  keywright convert openapi.yaml --out bundled.json
      Convert a document to a single OpenAPI 3.0 file, for other tools.
  keywright mock openapi.yaml
      Run a mock server for the document, to test against.

Exit code: 0 on success, 1 if the input has errors or files are out of date, 2 for invalid arguments.";

/// Generates Rust clients from OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "keywright", version, styles = STYLES, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the clients; only changed files are written, and only files that Keywright wrote are replaced
    Generate(Generate),
    /// Check that the generated clients are up to date, and list the files that are not
    Check(Options),
    /// Regenerate the clients whenever a document or the configuration is saved, and print the effect on callers
    #[cfg(feature = "watch")]
    Watch(Options),
    /// Compare two versions of the documents: breaking changes, security changes, and the version to publish
    Diff(diff::Options),
    /// Find problems that make valid documents hard to use
    Lint(lint::Options),
    /// Print what one stage of the generator makes of a document
    Inspect(inspect::Options),
    /// Convert a document of any OpenAPI version, in one or more files, to a single OpenAPI 3.0 document
    Convert(convert::Options),
    /// Explain an error or warning code, or show where an item of a generated client comes from
    Explain(explain::Options),
    /// Run a mock HTTP server for the services that the documents describe
    #[cfg(feature = "mock")]
    Mock(mock::Options),
}

#[derive(Args, Debug)]
struct Generate {
    #[command(flatten)]
    options: Options,
    /// Also write a coverage report: what was left out, what has no type, and which fields of the documents have an
    /// effect; in JSON if FILE ends in `.json`, otherwise in Markdown
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    reporting: Reporting,
}

/// The input and the output of a command.
#[derive(Args, Debug)]
struct Source {
    /// The configuration file
    #[arg(
        long,
        value_name = "FILE",
        default_value = "keywright.toml",
        conflicts_with = "spec"
    )]
    config: PathBuf,
    /// The OpenAPI document to use instead of a configuration
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// An overlay to apply to the document; can be repeated
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// The folder to write the package to
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// The name of the package [default: the name of the folder]
    #[arg(long, value_name = "NAME", requires = "spec")]
    package: Option<String>,
    /// The name of the module [default: the name of the document]
    #[arg(long, value_name = "NAME", requires = "spec")]
    module: Option<String>,
    /// The layout of the module
    #[arg(long, value_name = "NAME", requires = "spec", value_enum)]
    layout: Option<Layout>,
    /// Also generate a mock service for tests, behind the Cargo feature `mock`
    #[arg(long, requires = "spec")]
    mock: bool,
    /// The folder to write review snapshots to: the Rust signatures, requests and responses of each API
    #[arg(long, value_name = "DIR")]
    snapshots: Option<PathBuf>,
    /// The folder that references must stay in [default: the closest folder above the document that contains `.git` or
    /// `keywright.toml`, or the working folder if there is none]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Run in full even if nothing has changed, and do not read or write the cache
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    limiting: Limiting,
    /// The generator to use
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    backend: Backend,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Layout {
    /// One Cargo feature for the whole API (default)
    Whole,
    /// One Cargo feature per tag, with its operations and the models that they need
    ByTag,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Backend {
    /// Keywright's own generator
    #[default]
    Keywright,
    /// progenitor, from the same documents: without security, and with fewer statuses and media types
    #[cfg(feature = "progenitor")]
    Progenitor,
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let started = Instant::now();
    match cli.command {
        Command::Generate(it) => generate(&it.options, it.report.as_deref(), started),
        Command::Check(options) => check(&options, started),
        #[cfg(feature = "watch")]
        Command::Watch(options) => watch::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Lint(options) => lint::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Convert(options) => convert::run(&options),
        Command::Explain(options) => explain::run(&options),
        #[cfg(feature = "mock")]
        Command::Mock(options) => mock::run(&options),
    }
}

/// A command's action on the generated files, and the words that it prints.
struct Task {
    act: fn(&BTreeMap<String, String>, &Path, &mut Diagnostics) -> Option<Report>,
    /// Set if the folder is up to date afterwards, whatever had to change.
    writes: bool,
    /// The words printed before each file.
    words: [&'static str; 3],
    /// The words printed after each count.
    counted: [&'static str; 3],
}

/// The result of a task.
struct Outcome {
    report: Report,
    /// The same for a folder of snapshots beside the output.
    beside: Option<(PathBuf, Report)>,
    /// Set if the result was recalled from the cache.
    is_recalled: bool,
}

fn generate(options: &Options, report: Option<&Path>, started: Instant) -> ExitCode {
    let words = ["created", "updated", "removed"];
    let task = Task {
        act: write::write,
        writes: true,
        words,
        counted: words,
    };
    match run_task(options, report, started, &task) {
        Some(_) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    }
}

fn check(options: &Options, started: Instant) -> ExitCode {
    let task = Task {
        act: write::compare,
        writes: false,
        words: ["missing", "differs", "superfluous"],
        counted: ["missing", "different", "superfluous"],
    };
    let Some((mut screen, report)) = run_task(options, None, started, &task) else {
        return ExitCode::FAILURE;
    };
    if report.changes.is_empty() {
        return ExitCode::SUCCESS;
    }
    if report.was_interrupted {
        screen.advice("an earlier run was interrupted, so the folder is incomplete");
    }
    screen.advice("run `keywright generate` to update the files");
    ExitCode::FAILURE
}

/// Carries out a task and shows its result. Returns `None` on errors.
fn run_task(
    options: &Options,
    coverage: Option<&Path>,
    started: Instant,
    task: &Task,
) -> Option<(Screen, Report)> {
    let source = &options.source;
    let mut diagnostics = Diagnostics::new(source.strict);
    let done = match source.read_config(&mut diagnostics) {
        Read::Whole(config) => source
            .carry_out(task, &config, coverage, &mut diagnostics)
            .map(|outcome| (config, outcome)),
        Read::Part(config) => {
            // Nothing comes of it, but all findings are told at once.
            for api in &config.apis {
                let _ = keywright::read(api, &config.limits, &mut diagnostics);
            }
            None
        }
        Read::Nothing => None,
    };
    let mut screen = Screen::with_format(&options.look, options.reporting.format);
    screen.diagnostics(&diagnostics);
    let (config, outcome) = done?;
    screen.files(&config.output.dir, &outcome.report, task.words);
    if let Some((dir, report)) = &outcome.beside {
        screen.files(dir, report, task.words);
    }
    let as_before = if outcome.is_recalled {
        "up to date"
    } else {
        "unchanged"
    };
    let whole = outcome.whole();
    screen.summary(&whole, task.counted, as_before, started.elapsed());
    Some((screen, whole))
}

/// Writes the coverage report.
fn write_coverage(apis: &[NamedApi], path: &Path, diagnostics: &mut Diagnostics) -> Option<()> {
    let apis: Vec<_> = apis
        .iter()
        .map(|it| coverage::of(it, diagnostics))
        .collect();
    let is_json = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("json"));
    let text = if is_json {
        coverage::to_json(&apis)
    } else {
        coverage::to_markdown(&apis)
    };
    write::write_file(path, &text, coverage::MARK, false, diagnostics).map(drop)
}

impl Task {
    fn act_on(
        &self,
        files: &BTreeMap<String, String>,
        beside: Option<&Beside>,
        config: &Config,
        diagnostics: &mut Diagnostics,
    ) -> Option<Outcome> {
        if let Some(it) = beside {
            // If the snapshots cannot be written, nothing is written.
            write::compare(&it.files, &it.dir, diagnostics)?;
        }
        let report = (self.act)(files, &config.output.dir, diagnostics)?;
        let beside = match beside {
            Some(it) => {
                let report = (self.act)(&it.files, &it.dir, diagnostics)?;
                Some((it.dir.clone(), report))
            }
            None => None,
        };
        Some(Outcome {
            report,
            beside,
            is_recalled: false,
        })
    }
}

impl Outcome {
    /// Returns `true` if nothing has to change in either folder.
    fn is_unchanged(&self) -> bool {
        let beside = self.beside.iter().map(|(_, it)| it);
        beside.chain([&self.report]).all(|it| it.changes.is_empty())
    }

    /// Combines the reports of both folders. Their paths are relative to different folders.
    fn whole(self) -> Report {
        let mut whole = self.report;
        if let Some((_, it)) = self.beside {
            whole.changes.extend(it.changes);
            whole.unchanged.extend(it.unchanged);
            whole.was_interrupted |= it.was_interrupted;
        }
        whole
    }
}

impl Source {
    /// Carries out a task with the chosen backend.
    fn carry_out(
        &self,
        task: &Task,
        config: &Config,
        coverage: Option<&Path>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Outcome> {
        match self.backend {
            Backend::Keywright => self.carry_out_once(task, config, coverage, diagnostics),
            #[cfg(feature = "progenitor")]
            Backend::Progenitor => {
                // It panics on what it does not support. The panic is caught and reported; the default hook would also
                // print it.
                let hook = std::panic::take_hook();
                std::panic::set_hook(Box::new(|_| {}));
                let files = keywright::progenitor::package(config, diagnostics);
                std::panic::set_hook(hook);
                task.act_on(&files?, None, config, diagnostics)
            }
        }
    }

    /// Carries out a task, unless the cache shows that it would repeat the last run.
    fn carry_out_once(
        &self,
        task: &Task,
        config: &Config,
        coverage: Option<&Path>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Outcome> {
        let stamps = if self.no_cache {
            None
        } else {
            Stamps::of_user()
        };
        // Only a full run knows the content of a report.
        if let Some(stamps) = stamps.as_ref().filter(|_| coverage.is_none())
            && let Some(recalled) = stamps.recall(config, diagnostics)
        {
            return Some(Outcome {
                report: recalled.report,
                beside: recalled.beside,
                is_recalled: true,
            });
        }
        let apis = keywright::read_all(config, diagnostics)?;
        if let Some(path) = coverage {
            write_coverage(&apis, path, diagnostics)?;
        }
        let mut files = keywright::print(&apis, config);
        let beside = snapshots::add(&apis, config, &mut files);
        let outcome = task.act_on(&files, beside.as_ref(), config, diagnostics)?;
        if let Some(stamps) = stamps.filter(|_| task.writes || outcome.is_unchanged()) {
            stamps.record(config, &apis, &files, beside.as_ref(), diagnostics);
        }
        Some(outcome)
    }

    /// Returns the configuration, from its file or from the arguments, if it has no fault.
    #[cfg(feature = "watch")]
    fn config(&self, diagnostics: &mut Diagnostics) -> Option<Config> {
        self.read_config(diagnostics).whole()
    }

    /// Returns the readable part of the configuration.
    fn read_config(&self, diagnostics: &mut Diagnostics) -> Read {
        let mut read = self.stated_config(diagnostics);
        if let Read::Whole(config) | Read::Part(config) = &mut read {
            self.limiting.apply(&mut config.limits);
            if self.snapshots.is_some() {
                config.output.snapshots.clone_from(&self.snapshots);
            }
            if let Some(root) = &self.root {
                for api in &mut config.apis {
                    api.root = Some(root.clone());
                }
            }
        }
        read
    }

    fn stated_config(&self, diagnostics: &mut Diagnostics) -> Read {
        let (Some(spec), Some(out)) = (&self.spec, &self.out) else {
            return config::read_part(&self.config, diagnostics);
        };
        let mut config = Config::of_spec(spec, out);
        config.output.mock = self.mock;
        if let Some(package) = &self.package {
            config.output.package.clone_from(package);
        }
        if let (Some(module), Some(api)) = (&self.module, config.apis.first_mut()) {
            api.module.clone_from(module);
        }
        if let Some(api) = config.apis.first_mut() {
            api.overlays.clone_from(&self.overlay);
        }
        if let (Some(layout), Some(api)) = (self.layout, config.apis.first_mut()) {
            api.layout = match layout {
                Layout::Whole => ApiLayout::Whole,
                Layout::ByTag => ApiLayout::ByTag,
            };
        }
        Read::Whole(config)
    }
}
