//! `keywright explain`: what a code means.

use std::process::ExitCode;

use clap::Args;
use keywright::diagnostics::{Code, Severity, similar};

use super::screen::{Look, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The code of a finding, such as `KW0409` or `409`
    #[arg(value_name = "WHAT")]
    what: String,
    #[command(flatten)]
    look: Look,
}

/// How long a line of a text is.
const WIDTH: usize = 100;

pub(super) fn run(options: &Options) -> ExitCode {
    let mut screen = Screen::new(&options.look);
    let Some(code) = Code::parse(&options.what) else {
        let names: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
        let meant = similar(&options.what, names.iter().map(String::as_str));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`docs/diagnostics.md` lists all codes".to_owned(),
        };
        screen.advice(&format!("there is no code `{}`; {help}", options.what));
        return ExitCode::FAILURE;
    };
    screen.text(&text(code));
    ExitCode::SUCCESS
}

fn text(code: Code) -> String {
    let severity = match code.severity() {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    format!(
        "{code} ({severity}): {}\n\n{}",
        code.summary(),
        code.explanation().to_text(WIDTH)
    )
}
