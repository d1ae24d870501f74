//! Arguments in, lines and an exit code out. Nothing else of Keywright prints.

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
      Write the clients that keywright.toml in this folder names.
  keywright check
      Tell whether they are up to date, in CI for instance.
  keywright generate --spec openapi.yaml --out my-client
      Write a package for any OpenAPI document, without a configuration.
  keywright lint openapi.yaml
      Find what makes the document hard to use, although it is valid.
  keywright inspect --stage names openapi.yaml
      Show what everything in a document is called in Rust.
  keywright explain KW0409
      Explain the code of a finding.
  keywright convert openapi.yaml --out bundled.json
      Make one OpenAPI 3.0 document of it, for other tools.
  keywright mock openapi.yaml
      Run a server that behaves as the document says, to test against.

Exit code: 0 when all is well, 1 when something is wrong with the input or out of date, 2 for wrong usage.";

/// Writes the Rust clients of OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "keywright", version, styles = STYLES, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the clients: only files that changed, and nothing that Keywright did not write before
    Generate(Generate),
    /// Tell whether the clients are what the documents give, and list the files that are not
    Check(Options),
    /// Write the clients whenever a document or the configuration is saved, and say what the edit means for callers
    #[cfg(feature = "watch")]
    Watch(Options),
    /// Compare two versions of the documents: what breaks callers, what changes security, which version to publish
    Diff(diff::Options),
    /// Find what makes valid documents hard to use
    Lint(lint::Options),
    /// Show what a stage makes of a document
    Inspect(inspect::Options),
    /// Write a document, whatever its version and in however many files, as one of OpenAPI 3.0
    Convert(convert::Options),
    /// Explain the code of a finding, or where something in a generated client comes from
    Explain(explain::Options),
    /// Stand in for the services that documents describe, over HTTP
    #[cfg(feature = "mock")]
    Mock(mock::Options),
}

#[derive(Args, Debug)]
struct Generate {
    #[command(flatten)]
    options: Options,
    /// Write what became of the documents, too: what was left out, what has no type, which fields have an
    /// effect; as JSON if the file ends so, or else as Markdown
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

/// What to read and where to write.
#[derive(Args, Debug)]
struct Source {
    /// The configuration
    #[arg(
        long,
        value_name = "FILE",
        default_value = "keywright.toml",
        conflicts_with = "spec"
    )]
    config: PathBuf,
    /// An OpenAPI document, instead of a configuration
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// An overlay that changes the document; can be repeated
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// The folder for the package
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// The package's name [default: that of the folder]
    #[arg(long, value_name = "NAME", requires = "spec")]
    package: Option<String>,
    /// The module's name [default: that of the document]
    #[arg(long, value_name = "NAME", requires = "spec")]
    module: Option<String>,
    /// How the module is laid out
    #[arg(long, value_name = "NAME", requires = "spec", value_enum)]
    layout: Option<Layout>,
    /// Write a service, too, that stands in for the API in tests, behind the feature `mock`
    #[arg(long, requires = "spec")]
    mock: bool,
    /// A folder for snapshots, for reviewers: the Rust signatures and the requests and responses of each API
    #[arg(long, value_name = "DIR")]
    snapshots: Option<PathBuf>,
    /// The folder out of which no reference leads [default: the closest one around a document that holds `.git` or
    /// `keywright.toml`, or else the working folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Take every warning for an error
    #[arg(long)]
    strict: bool,
    /// Do everything again, whatever is known of the last run, and remember nothing of this one
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    limiting: Limiting,
    /// Who makes the clients
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    backend: Backend,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Layout {
    /// One Cargo feature for all of it, the default
    Whole,
    /// A Cargo feature for each tag, for its operations and the models that they need
    ByTag,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Backend {
    /// Keywright itself
    #[default]
    Keywright,
    /// progenitor, from the same documents: no security, and fewer statuses and media types
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

/// What a command does with the files that the documents give, and says of it.
struct Task {
    act: fn(&BTreeMap<String, String>, &Path, &mut Diagnostics) -> Option<Report>,
    /// Whether the folder is as it should be afterwards, whatever was to be changed.
    writes: bool,
    /// The words for each file.
    words: [&'static str; 3],
    /// The words for their number.
    counted: [&'static str; 3],
}

/// What came of a task.
struct Outcome {
    report: Report,
    /// The same of a folder of snapshots beside the output.
    beside: Option<(PathBuf, Report)>,
    /// Whether it was known without doing it.
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
        screen.advice("an earlier run was interrupted, so that the folder is incomplete");
    }
    screen.advice("run `keywright generate` to bring the files up to date");
    ExitCode::FAILURE
}

/// Carries out a task, and shows what came of it. `None` when something was wrong.
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

/// Writes what became of the documents.
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
            // Where they cannot be written, nothing is.
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
    /// Whether nothing is to be changed in either folder.
    fn is_unchanged(&self) -> bool {
        let beside = self.beside.iter().map(|(_, it)| it);
        beside.chain([&self.report]).all(|it| it.changes.is_empty())
    }

    /// Both folders together; paths are of no use in it.
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
    /// Carries out a task by the backend that was chosen.
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
                // It says no by a panic, which is caught and reported; the default hook would print it, too.
                let hook = std::panic::take_hook();
                std::panic::set_hook(Box::new(|_| {}));
                let files = keywright::progenitor::package(config, diagnostics);
                std::panic::set_hook(hook);
                task.act_on(&files?, None, config, diagnostics)
            }
        }
    }

    /// Carries out a task, unless that would do nothing but what the last run did.
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
        // Only a full run knows what a report says.
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

    /// The configuration, from its file or from the arguments, if it has no fault.
    #[cfg(feature = "watch")]
    fn config(&self, diagnostics: &mut Diagnostics) -> Option<Config> {
        self.read_config(diagnostics).whole()
    }

    /// What can be read of the configuration.
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
