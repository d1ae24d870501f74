//! Arguments in, lines and an exit code out. Nothing else of Keywright prints.

mod convert;
mod document;
mod inspect;
mod limit;
mod screen;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::{Args, Parser, Subcommand, ValueEnum};
use keywright::config::{self, Config};
use keywright::diagnostics::Diagnostics;
use keywright::write::{self, Report};
use keywright::{NamedApi, coverage};
use limit::Limiting;
use screen::{Look, Screen};

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
  keywright inspect --stage names openapi.yaml
      Show what everything in a document is called in Rust.
  keywright convert openapi.yaml --out bundled.json
      Make one OpenAPI 3.0 document of it, for other tools.

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
    /// Show what a stage makes of a document
    Inspect(inspect::Options),
    /// Write a document, whatever its version and in however many files, as one of OpenAPI 3.0
    Convert(convert::Options),
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
    /// The folder for the package
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// The package's name [default: that of the folder]
    #[arg(long, value_name = "NAME", requires = "spec")]
    package: Option<String>,
    /// The module's name [default: that of the document]
    #[arg(long, value_name = "NAME", requires = "spec")]
    module: Option<String>,
    /// The folder out of which no reference leads [default: the closest one around a document that holds `.git` or
    /// `keywright.toml`, or else the working folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Take every warning for an error
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    limiting: Limiting,
    /// Who makes the clients
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    backend: Backend,
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
        Command::Inspect(options) => inspect::run(&options),
        Command::Convert(options) => convert::run(&options),
    }
}

/// What a command does with the files that the documents give.
type Act = fn(&BTreeMap<String, String>, &Path, &mut Diagnostics) -> Option<Report>;

fn generate(options: &Options, report: Option<&Path>, started: Instant) -> ExitCode {
    let words = ["created", "updated", "removed"];
    match run_stages(options, report, started, write::write, words, words) {
        Some(_) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    }
}

fn check(options: &Options, started: Instant) -> ExitCode {
    let words = ["missing", "differs", "superfluous"];
    let counted = ["missing", "different", "superfluous"];
    let Some((mut screen, report)) =
        run_stages(options, None, started, write::compare, words, counted)
    else {
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

/// Makes the files, acts on them, and shows what came of it: `words` for each file, `counted` for their
/// number. `None` when something was wrong.
fn run_stages(
    options: &Options,
    coverage: Option<&Path>,
    started: Instant,
    act: Act,
    words: [&str; 3],
    counted: [&str; 3],
) -> Option<(Screen, Report)> {
    let mut diagnostics = Diagnostics::new(options.source.strict);
    let done = options.source.config(&mut diagnostics).and_then(|config| {
        let files = options.source.files(&config, coverage, &mut diagnostics)?;
        let report = act(&files, &config.output.dir, &mut diagnostics)?;
        Some((config, report))
    });
    let mut screen = Screen::new(&options.look);
    screen.diagnostics(&diagnostics);
    let (config, report) = done?;
    screen.files(&config.output.dir, &report, words);
    screen.summary(&report, counted, started.elapsed());
    Some((screen, report))
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

impl Source {
    /// The files that the documents give.
    fn files(
        &self,
        config: &Config,
        coverage: Option<&Path>,
        diagnostics: &mut Diagnostics,
    ) -> Option<BTreeMap<String, String>> {
        match self.backend {
            Backend::Keywright => {
                let apis = keywright::read_all(config, diagnostics)?;
                if let Some(path) = coverage {
                    write_coverage(&apis, path, diagnostics)?;
                }
                Some(keywright::print(&apis, config))
            }
            #[cfg(feature = "progenitor")]
            Backend::Progenitor => {
                // It says no by a panic, which is caught and reported; the default hook would print it, too.
                let hook = std::panic::take_hook();
                std::panic::set_hook(Box::new(|_| {}));
                let files = keywright::progenitor::package(config, diagnostics);
                std::panic::set_hook(hook);
                files
            }
        }
    }

    /// The configuration, from its file or from the arguments.
    fn config(&self, diagnostics: &mut Diagnostics) -> Option<Config> {
        let mut config = self.stated_config(diagnostics)?;
        self.limiting.apply(&mut config.limits);
        if let Some(root) = &self.root {
            for api in &mut config.apis {
                api.root = Some(root.clone());
            }
        }
        Some(config)
    }

    fn stated_config(&self, diagnostics: &mut Diagnostics) -> Option<Config> {
        let (Some(spec), Some(out)) = (&self.spec, &self.out) else {
            return config::read(&self.config, diagnostics);
        };
        let mut config = Config::of_spec(spec, out);
        if let Some(package) = &self.package {
            config.output.package.clone_from(package);
        }
        if let (Some(module), Some(api)) = (&self.module, config.apis.first_mut()) {
            api.module.clone_from(module);
        }
        Some(config)
    }
}
