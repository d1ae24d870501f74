//! `keywright convert`: converts a document to OpenAPI 3.0.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keywright::diagnostics::Diagnostics;
use keywright::interchange;
use keywright::write::{self, FileChange};

use super::document::Document;
use super::screen::{Format as Reports, Look, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    document: Document,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The output format [default: by the extension of FILE, or YAML]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Replace FILE even if Keywright did not write it
    #[arg(long, requires = "out")]
    force: bool,
    /// Treat warnings as errors: write nothing if part of the document would be lost
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    look: Look,
    /// The format of errors and warnings: `human` writes them to standard error; `json` and `sarif` write one document
    /// to standard output and nothing else, so `--out` is needed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Reports,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// YAML
    Yaml,
    /// JSON
    Json,
}

pub(super) fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::new(options.strict);
    let text = options
        .text(&mut diagnostics)
        .filter(|_| !diagnostics.has_errors());
    let written = match (&text, &options.out) {
        (Some(text), Some(path)) => write::write_file(
            path,
            text,
            interchange::MARK,
            options.force,
            &mut diagnostics,
        ),
        _ => None,
    };
    let mut screen = Screen::with_format(&options.look, options.message_format);
    screen.diagnostics(&diagnostics);
    match (text, &options.out, written) {
        (Some(text), None, _) => screen.text(&text),
        (Some(_), Some(path), Some(change)) => {
            let word = match change {
                FileChange::Created => "created",
                FileChange::Updated => "updated",
                FileChange::Unchanged => "unchanged",
            };
            screen.file(word, path);
        }
        _ => return ExitCode::FAILURE,
    }
    ExitCode::SUCCESS
}

impl Options {
    fn text(&self, diagnostics: &mut Diagnostics) -> Option<String> {
        let (api, limits) = self.document.api(diagnostics)?;
        let (_, description) = keywright::describe(&api, &limits, diagnostics)?;
        let document = interchange::bundle(&description, diagnostics)?;
        Some(match self.format() {
            Format::Yaml => interchange::yaml(&document),
            Format::Json => interchange::json(&document),
        })
    }

    fn format(&self) -> Format {
        let extension = self.out.as_ref().and_then(|path| path.extension());
        let is_json = extension.is_some_and(|it| it.eq_ignore_ascii_case("json"));
        let by_extension = if is_json { Format::Json } else { Format::Yaml };
        self.format.unwrap_or(by_extension)
    }
}
