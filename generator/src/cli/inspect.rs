//! `keywright inspect`: prints the output of a stage as text.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::limits::Limits;
use keywright::load;
use keywright::{document, ir, model};

use super::document::Document;
use super::screen::{Look, Reporting, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    document: Document,
    /// The stage to print
    #[arg(long, value_name = "STAGE", value_enum)]
    stage: Stage,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    reporting: Reporting,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stage {
    /// The files as they were read: every node with its place
    Tree,
    /// The content of the document, independent of its OpenAPI version
    Model,
    /// The types and operations of the client
    Ir,
    /// The Rust names of everything
    Names,
}

/// Prints the stage as far as it can be computed, and all errors and warnings.
pub(super) fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let text = options
        .document
        .api(&mut diagnostics)
        .and_then(|(api, limits)| print(options.stage, &api, &limits, &mut diagnostics));
    let mut screen = Screen::with_format(&options.look, options.reporting.format);
    screen.diagnostics(&diagnostics);
    if let Some(text) = &text {
        screen.text(text);
    }
    if diagnostics.has_errors() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn print(
    stage: Stage,
    api: &ApiConfig,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    Some(match stage {
        Stage::Tree => {
            let copies = api.copies_from_spec();
            let overlays = api.overlays_from_spec();
            let root = api.root.as_deref();
            let spec = load::load_within(root, &api.spec, &copies, &overlays, limits, diagnostics)?;
            document::print(&spec)
        }
        Stage::Model => model::print(&keywright::describe(api, limits, diagnostics)?.1),
        Stage::Ir => ir::print(&keywright::read(api, limits, diagnostics)?.api),
        Stage::Names => {
            let named = keywright::read(api, limits, diagnostics)?;
            ir::print_names(&named.api, &named.names)
        }
    })
}
