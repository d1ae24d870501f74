//! `keywright convert`: a document as one of OpenAPI 3.0.

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
    /// The file to write, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// YAML or JSON [default: what the extension of FILE says, or else YAML]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Replace the file even if Keywright did not write it
    #[arg(long, requires = "out")]
    force: bool,
    /// Take every warning for an error: write nothing that says less than the document
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    look: Look,
    /// How to write findings: for people, on standard error; or for programs, as one document on standard output, which
    /// then has nothing else, so that `--out` is needed
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
