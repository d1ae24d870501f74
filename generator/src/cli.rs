//! Arguments in, lines and an exit code out. Nothing else of Keywright prints.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::{Args, Parser, Subcommand, ValueEnum};
use keywright::config::{self, Config};
use keywright::diagnostics::{Diagnostics, Severity, Style, render, summary};
use keywright::write::{self, ChangeKind, Report};
use keywright::{NamedApi, coverage};

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
    /// Take every warning for an error
    #[arg(long)]
    strict: bool,
    /// Who makes the clients
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    backend: Backend,
}

/// What to show.
#[derive(Args, Debug)]
struct Look {
    /// Show nothing but errors
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Show unchanged files, too
    #[arg(long, short)]
    verbose: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: When,
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

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum When {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let started = Instant::now();
    match cli.command {
        Command::Generate(it) => generate(&it.options, it.report.as_deref(), started),
        Command::Check(options) => check(&options, started),
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
        format!("{:#}\n", coverage::to_json(&apis))
    } else {
        coverage::to_markdown(&apis)
    };
    write::write_file(path, &text, diagnostics)
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

/// Where lines go: findings to standard error, results to standard output. A reader that is gone is no fault.
struct Screen {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    quiet: bool,
    verbose: bool,
}

impl Screen {
    fn new(look: &Look) -> Self {
        let choice = |auto: ColorChoice| match look.color {
            When::Auto => auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        let (out, err) = (io::stdout(), io::stderr());
        let (out_choice, err_choice) = (AutoStream::choice(&out), AutoStream::choice(&err));
        Self {
            out: AutoStream::new(out, choice(out_choice)),
            err: AutoStream::new(err, choice(err_choice)),
            quiet: look.quiet,
            verbose: look.verbose,
        }
    }

    /// Every finding, and their number. With `--quiet`, errors alone.
    fn diagnostics(&mut self, diagnostics: &Diagnostics) {
        let shown: Vec<_> = diagnostics
            .iter()
            .filter(|it| !self.quiet || it.severity == Severity::Error)
            .collect();
        for diagnostic in &shown {
            let _ = writeln!(
                self.err,
                "{}\n",
                render(diagnostic, Style::Colored).trim_end()
            );
        }
        if !shown.is_empty() {
            let _ = writeln!(self.err, "{}", summary(shown));
        }
    }

    /// A line for each file that changed.
    fn files(&mut self, dir: &Path, report: &Report, words: [&str; 3]) {
        if self.quiet {
            return;
        }
        let width = words
            .iter()
            .map(|word| word.len())
            .max()
            .unwrap_or_default();
        for change in &report.changes {
            let word = words[position(change.kind)];
            let _ = writeln!(
                self.out,
                "{word:width$}  {}",
                dir.join(&change.path).display()
            );
        }
        if self.verbose {
            for path in &report.unchanged {
                let _ = writeln!(
                    self.out,
                    "{:width$}  {}",
                    "unchanged",
                    dir.join(path).display()
                );
            }
        }
    }

    /// What happened on the whole, and how long it took.
    fn summary(&mut self, report: &Report, words: [&str; 3], time: Duration) {
        if self.quiet {
            return;
        }
        let mut counts = [0_usize; 3];
        for change in &report.changes {
            counts[position(change.kind)] += 1;
        }
        let counts = counts
            .into_iter()
            .zip(words)
            .filter(|(count, _)| *count > 0);
        let unchanged = (report.unchanged.len(), "unchanged");
        let parts: Vec<String> = counts
            .chain([unchanged])
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let _ = writeln!(
            self.out,
            "{} in {:.2} s",
            parts.join(", "),
            time.as_secs_f64()
        );
    }

    fn advice(&mut self, advice: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "{advice}");
        }
    }
}

fn position(kind: ChangeKind) -> usize {
    match kind {
        ChangeKind::Created => 0,
        ChangeKind::Updated => 1,
        ChangeKind::Removed => 2,
    }
}
