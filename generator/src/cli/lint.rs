//! `keywright lint`: finds problems that make valid documents hard to use.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keywright::config::{self, ApiConfig, Config, Level, LintLevel, Read};
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::lint::{Levels, RULES};

use super::document::is_same;
use super::limit::Limiting;
use super::screen::{Look, Reporting, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The OpenAPI documents [default: all documents of the configuration]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// The configuration file, which can set the levels of rules [default: keywright.toml if no SPEC is given]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Set the level of a rule to `allow`, `warn` or `deny`; can be repeated, and overrides the configuration
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = level)]
    levels: Vec<LintLevel>,
    /// List the rules and their levels
    #[arg(long)]
    list: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// The folder that references must stay in [default: the closest folder above the document that contains `.git` or
    /// `keywright.toml`, or the working folder if there is none]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(flatten)]
    limiting: Limiting,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    reporting: Reporting,
}

/// Reports the findings. The exit code is 1 if a finding is denied or a document cannot be read.
pub(super) fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::new(options.strict);
    let read = options.config(&mut diagnostics);
    let (Read::Whole(config) | Read::Part(config)) = &read else {
        return report(options, &diagnostics);
    };
    let levels = Levels::of(config.lint.iter().chain(&options.levels), &mut diagnostics);
    if options.list && !diagnostics.has_errors() {
        Screen::new(&options.look).text(&list(&levels));
        return ExitCode::SUCCESS;
    }
    for api in config.apis.iter().filter(|_| !options.list) {
        keywright::lint(api, &config.limits, &levels, &mut diagnostics);
    }
    report(options, &diagnostics)
}

fn report(options: &Options, diagnostics: &Diagnostics) -> ExitCode {
    Screen::with_format(&options.look, options.reporting.format).diagnostics(diagnostics);
    if diagnostics.has_errors() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Formats one line per rule.
fn list(levels: &Levels) -> String {
    let width = RULES.iter().map(|it| it.name.len()).max();
    let width = width.unwrap_or_default();
    let line = |it: &keywright::lint::Rule| {
        let (name, code, level) = (it.name, it.code, levels.level(it).name());
        format!("{name:width$}  {code}  {level:5}  {}\n", it.summary())
    };
    RULES.iter().map(line).collect()
}

/// Reads `RULE=LEVEL`.
fn level(text: &str) -> Result<LintLevel, String> {
    let (rule, level) = text
        .split_once('=')
        .ok_or("write it as `RULE=LEVEL`, such as `unpaged-list=deny`")?;
    let level = Level::from_name(level).ok_or("the levels are `allow`, `warn` and `deny`")?;
    Ok(LintLevel {
        rule: rule.to_owned(),
        level,
        place: None,
    })
}

impl Options {
    /// Returns the configuration with the documents to check.
    fn config(&self, diagnostics: &mut Diagnostics) -> Read {
        let usual = Path::new("keywright.toml");
        let file = self.config.as_deref();
        // A list of rules needs no configuration.
        let is_usual = self.specs.is_empty() && (usual.exists() || !self.list);
        let file = file.or_else(|| is_usual.then_some(usual));
        let mut read = match file {
            Some(file) => config::read_part(file, diagnostics),
            None => Read::Whole(Config::of_spec(
                Path::new("openapi.yaml"),
                Path::new("client"),
            )),
        };
        let is_whole = matches!(read, Read::Whole(_));
        if let Read::Whole(config) | Read::Part(config) = &mut read {
            if !self.specs.is_empty() {
                let chosen = self.specs.iter().filter_map(|it| match file {
                    Some(file) => known(it, file, config, is_whole, diagnostics),
                    None => Some(ApiConfig::new(ApiConfig::module_of(it), it)),
                });
                config.apis = chosen.collect();
            }
            self.limiting.apply(&mut config.limits);
            if self.root.is_some() {
                for api in &mut config.apis {
                    api.root.clone_from(&self.root);
                }
            }
        }
        read
    }
}

/// Returns the settings of a document in the configuration. If the configuration is not `whole`, they may be missing.
fn known(
    spec: &Path,
    file: &Path,
    config: &Config,
    is_whole: bool,
    diagnostics: &mut Diagnostics,
) -> Option<ApiConfig> {
    let known = config.apis.iter().find(|it| is_same(&it.spec, spec));
    if known.is_none() && is_whole {
        let message = format!(
            "`{}` has no `[[api]]` with the `spec` `{}`",
            file.display(),
            spec.display()
        );
        let help = "name a document that the configuration lists, or leave out `--config`";
        diagnostics.report(Diagnostic::new(Code::InvalidConfig, message).help(help));
    }
    known.cloned()
}
