//! `keywright lint`: what a document may say, and what hurts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keywright::config::{self, ApiConfig, Config, Level, LintLevel};
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::lint::{Levels, RULES};

use super::document::is_same;
use super::limit::Limiting;
use super::screen::{Look, Reporting, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The OpenAPI documents [default: those of the configuration]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// The configuration, which may set the levels of rules [default: keywright.toml, if no SPEC is given]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Set the level of a rule: `allow`, `warn` or `deny`. May be repeated, and goes before the configuration
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = level)]
    levels: Vec<LintLevel>,
    /// List the rules, each with its level
    #[arg(long)]
    list: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// The folder that no reference may leave [default: the closest one around the document that holds `.git` or
    /// `keywright.toml`, or else the working folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(flatten)]
    limiting: Limiting,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    reporting: Reporting,
}

/// Reports the findings. The exit code is 1 if one of them is denied, or if a document cannot be read.
pub(super) fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::new(options.strict);
    let config = options.config(&mut diagnostics);
    let stated = config.iter().flat_map(|it| &it.lint);
    let levels = Levels::of(stated.chain(&options.levels), &mut diagnostics);
    let mut screen = Screen::with_format(&options.look, options.reporting.format);
    if let Some(config) = config.filter(|_| !diagnostics.has_errors()) {
        if options.list {
            Screen::new(&options.look).text(&list(&levels));
            return ExitCode::SUCCESS;
        }
        for api in &config.apis {
            keywright::lint(api, &config.limits, &levels, &mut diagnostics);
        }
    }
    screen.diagnostics(&diagnostics);
    if diagnostics.has_errors() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// A line for each rule.
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
    /// The documents with what the configuration says of each, and the levels.
    fn config(&self, diagnostics: &mut Diagnostics) -> Option<Config> {
        let usual = Path::new("keywright.toml");
        let file = self.config.as_deref();
        // A list of rules needs no configuration.
        let is_usual = self.specs.is_empty() && (usual.exists() || !self.list);
        let file = file.or_else(|| is_usual.then_some(usual));
        let mut config = match file {
            Some(file) => config::read(file, diagnostics)?,
            None => Config::of_spec(Path::new("openapi.yaml"), Path::new("client")),
        };
        if !self.specs.is_empty() {
            let chosen = self
                .specs
                .iter()
                .map(|it| chosen(it, file, &config, diagnostics));
            config.apis = chosen.collect::<Option<_>>()?;
        }
        self.limiting.apply(&mut config.limits);
        if self.root.is_some() {
            for api in &mut config.apis {
                api.root.clone_from(&self.root);
            }
        }
        Some(config)
    }
}

/// The API of a document: that of the configuration, if there is one.
fn chosen(
    spec: &Path,
    file: Option<&Path>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<ApiConfig> {
    let Some(file) = file else {
        return Some(ApiConfig::new(ApiConfig::module_of(spec), spec));
    };
    let known = config.apis.iter().find(|it| is_same(&it.spec, spec));
    if known.is_none() {
        let message = format!(
            "`{}` has no `[[api]]` with the `spec` `{}`",
            file.display(),
            spec.display()
        );
        let help = "name a document that it has, or leave out `--config`";
        diagnostics.report(Diagnostic::new(Code::InvalidConfig, message).help(help));
    }
    known.cloned()
}
