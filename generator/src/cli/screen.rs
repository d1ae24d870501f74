//! Prints findings to standard error and results to standard output.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};
use keywright::diagnostics::{
    Diagnostics, Severity, Shown, Style, one_line, render, render_repeats, summary, to_json,
    to_sarif, without_repeats,
};
use keywright::write::{ChangeKind, Report};

/// The arguments that control what is shown.
#[derive(Args, Debug)]
pub(super) struct Look {
    /// Show only errors
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Also show unchanged files and every repeated error or warning
    #[arg(long, short)]
    verbose: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: When,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum When {
    /// Use colors on a terminal
    #[default]
    Auto,
    /// Always use colors
    Always,
    /// Never use colors
    Never,
}

/// The argument that selects the format of findings.
#[derive(Args, Debug)]
pub(super) struct Reporting {
    /// The format of errors and warnings: `human` writes them to standard error; `json` and `sarif` write one document
    /// to standard output and nothing else
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
}

/// The format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Text for people, with the lines of the document
    #[default]
    Human,
    /// JSON, as described by docs/schemas/diagnostics.schema.json
    Json,
    /// SARIF 2.1.0, for code scanning services and editors
    Sarif,
}

/// The standard streams. A closed stream is not an error.
pub(super) struct Screen {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    quiet: bool,
    verbose: bool,
    format: Format,
}

/// The number of findings that are written at once.
const AT_ONCE: usize = 100;

impl Screen {
    pub(super) fn new(look: &Look) -> Self {
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
            format: Format::Human,
        }
    }

    /// Creates a screen that writes findings in a format. In the formats for programs, standard output has nothing else.
    pub(super) fn with_format(look: &Look, format: Format) -> Self {
        Self {
            format,
            ..Self::new(look)
        }
    }

    /// Returns `true` if standard output is for results.
    fn shows_results(&self) -> bool {
        self.format == Format::Human && !self.quiet
    }

    /// Prints the findings and their number. Only some of the repeated ones are shown without `--verbose`, and only
    /// errors with `--quiet`.
    pub(super) fn diagnostics(&mut self, diagnostics: &Diagnostics) {
        let document = match self.format {
            Format::Human => return self.findings(diagnostics),
            Format::Json => to_json(diagnostics),
            Format::Sarif => to_sarif(diagnostics),
        };
        let _ = self.out.write_all(document.as_bytes());
        let _ = self.out.flush();
    }

    fn findings(&mut self, diagnostics: &Diagnostics) {
        let shown: Vec<_> = diagnostics
            .in_order()
            .into_iter()
            .filter(|it| !self.quiet || it.severity == Severity::Error)
            .collect();
        let parts = if self.verbose {
            shown.iter().map(|it| Shown::One(it)).collect()
        } else {
            without_repeats(shown.iter().copied())
        };
        let style = match self.err.current_choice() {
            ColorChoice::Never => Style::Plain,
            _ => Style::Colored,
        };
        let mut is_cut = false;
        // There may be as many findings as lines in the document, so they are not gathered into one text.
        for some in parts.chunks(AT_ONCE) {
            let mut text = String::new();
            for part in some {
                let finding = match part {
                    Shown::One(diagnostic) => render(diagnostic, style),
                    Shown::More(repeats) => {
                        is_cut = true;
                        render_repeats(repeats, style)
                    }
                };
                text.push_str(finding.trim_end());
                text.push_str("\n\n");
            }
            let _ = self.err.write_all(text.as_bytes());
        }
        if is_cut {
            self.advice("use `--verbose` to show every error and warning");
        }
        if !shown.is_empty() {
            let _ = writeln!(self.err, "{}", summary(shown));
        }
    }

    /// Prints a line for each file that changed.
    pub(super) fn files(&mut self, dir: &Path, report: &Report, words: [&str; 3]) {
        if !self.shows_results() {
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
                shown(&dir.join(&change.path))
            );
        }
        if self.verbose {
            for path in &report.unchanged {
                let _ = writeln!(
                    self.out,
                    "{:width$}  {}",
                    "unchanged",
                    shown(&dir.join(path))
                );
            }
        }
    }

    /// Prints the number of files per kind of change, with these words, and the time that the run took.
    pub(super) fn summary(
        &mut self,
        report: &Report,
        words: [&str; 3],
        as_before: &str,
        time: Duration,
    ) {
        if !self.shows_results() {
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
        let unchanged = (report.unchanged.len(), as_before);
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

    /// Prints a text as it is.
    pub(super) fn text(&mut self, text: &str) {
        if self.format != Format::Human {
            return;
        }
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }

    /// Prints the result for a single file.
    pub(super) fn file(&mut self, word: &str, path: &Path) {
        if self.shows_results() {
            let _ = writeln!(self.out, "{word}  {}", shown(path));
        }
    }

    pub(super) fn advice(&mut self, advice: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "{advice}");
        }
    }
}

/// Formats a path on one line.
fn shown(path: &Path) -> String {
    one_line(&path.display().to_string())
}

fn position(kind: ChangeKind) -> usize {
    match kind {
        ChangeKind::Created => 0,
        ChangeKind::Updated => 1,
        ChangeKind::Removed => 2,
    }
}
