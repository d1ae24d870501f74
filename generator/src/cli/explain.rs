//! `keywright explain`: explains a code, or shows where an item of a generated client comes from.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keywright::config::{self, Config};
use keywright::diagnostics::{Code, Diagnostics, Severity, one_line, similar};
use keywright::document::Place;
use keywright::paths::{RustPath, paths};
use keywright::provenance::{Provenance, provenance};
use keywright::{NamedApi, read, shape};

use super::screen::{Look, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// An error or warning code, such as `KW0409` or `409`; or the path of an item of a generated client, such as
    /// `models::Session.expires_at`, `Client::get_pet(limit)` or `GetPetError::NotFound`
    #[arg(value_name = "WHAT")]
    what: String,
    /// The configuration file
    #[arg(
        long,
        value_name = "FILE",
        default_value = "keywright.toml",
        conflicts_with = "spec"
    )]
    config: PathBuf,
    /// The OpenAPI document to use instead of a configuration
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
}

/// The width of printed text.
const WIDTH: usize = 100;

pub(super) fn run(options: &Options) -> ExitCode {
    let mut screen = Screen::new(&options.look);
    let is_like_a_code = options
        .what
        .trim_start_matches(['K', 'k', 'W', 'w'])
        .chars()
        .all(|it| it.is_ascii_digit());
    if let Some(code) = Code::parse(&options.what) {
        screen.text(&text_of_code(code));
        return ExitCode::SUCCESS;
    }
    if is_like_a_code {
        // Numbers that look alike have nothing in common.
        screen.advice(&unknown(
            "there is no code",
            &options.what,
            std::iter::empty(),
        ));
        return ExitCode::FAILURE;
    }
    explain_path(options, &mut screen)
}

fn text_of_code(code: Code) -> String {
    let severity = word(code.severity());
    format!(
        "{code} ({severity}): {}\n\n{}",
        code.summary(),
        code.explanation().to_text(WIDTH)
    )
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn explain_path(options: &Options, screen: &mut Screen) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let config = match &options.spec {
        Some(spec) => Some(Config::of_spec(spec, &PathBuf::from("explained"))),
        None => config::read(&options.config, &mut diagnostics),
    };
    let apis: Vec<NamedApi> = config
        .iter()
        .flat_map(|it| &it.apis)
        .filter_map(|api| {
            let limits = config.as_ref().map(|it| it.limits).unwrap_or_default();
            read(api, &limits, &mut diagnostics)
        })
        .collect();
    if apis.is_empty() {
        screen.diagnostics(&diagnostics);
        return ExitCode::FAILURE;
    }
    let dates = config.map(|it| it.output.dates).unwrap_or_default();
    let (module, wanted) = split(&options.what, &apis);
    let mut text = String::new();
    let mut known = Vec::new();
    for api in apis
        .iter()
        .filter(|it| module.is_none_or(|module| it.module == module))
    {
        let shape = shape::shape(&api.api, &api.names, dates);
        let all = paths(&api.api, &shape);
        for path in all.iter().filter(|it| it.path == wanted) {
            let found = provenance(&api.api, &shape, path);
            text.push_str(&text_of_path(api, path, &found, &diagnostics));
        }
        known.extend(all.into_iter().map(|it| it.path));
    }
    if text.is_empty() {
        let known = known.iter().map(String::as_str);
        screen.advice(&unknown("no generated client has", &options.what, known));
        return ExitCode::FAILURE;
    }
    screen.text(&text);
    ExitCode::SUCCESS
}

/// Splits a path into the module of an API, if it begins with one, and the rest.
fn split<'w>(what: &'w str, apis: &[NamedApi]) -> (Option<&'w str>, &'w str) {
    match what.split_once("::") {
        Some((module, rest)) if apis.iter().any(|it| it.module == module) => (Some(module), rest),
        _ => (None, what),
    }
}

fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let mut text = format!("{what} `{}`", one_line(name));
    if let Some(meant) = similar(name, known) {
        let _ = write!(text, "; did you mean `{meant}`?");
    }
    text
}

fn text_of_path(
    api: &NamedApi,
    path: &RustPath<'_>,
    found: &Provenance,
    diagnostics: &Diagnostics,
) -> String {
    let mut text = format!("{}::{}", api.module, path.path);
    if let Some(ty) = &found.ty {
        let _ = write!(text, ": {ty}");
    }
    let key = found.place.key();
    let _ = writeln!(text, "\n  {} at {}", path.part.noun(), shown(&key));
    let _ = writeln!(text, "  | {}", line(&key));
    for (fact, place) in &found.reasons {
        match place {
            Some(place) => {
                let _ = writeln!(text, "- {fact} ({})", shown(place));
            }
            None => {
                let _ = writeln!(text, "- {fact}");
            }
        }
    }
    for constraint in &found.left_out {
        let _ = writeln!(text, "- not expressed by the type: {constraint}");
    }
    let findings = diagnostics.in_order().into_iter();
    let here = |it: &Place| it.is_in(&found.place);
    for finding in findings.filter(|it| it.place.as_ref().is_some_and(here)) {
        let severity = word(finding.severity);
        let place = finding.place.as_ref().map(shown).unwrap_or_default();
        let _ = writeln!(
            text,
            "- {severity} {}: {} ({place})",
            finding.code, finding.message
        );
    }
    text
}

/// Formats a place on one line.
fn shown(place: &Place) -> String {
    let at = place.line_column();
    format!("{}:{}:{}", one_line(&place.source.name), at.line, at.column)
}

/// Returns the line of the document on which a place starts, shortened.
fn line(place: &Place) -> String {
    const LONGEST: usize = 120;
    let number = place.line_column().line as usize;
    let line = place
        .source
        .text
        .lines()
        .nth(number - 1)
        .unwrap_or_default();
    let line = one_line(line.trim());
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
