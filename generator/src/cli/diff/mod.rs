//! `keywright diff`: compares two versions of the documents.

mod package;
mod side;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keywright::config::{AllowedChange, Config};
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::diff::report::{self, About};
use keywright::diff::{Class, Diff, diff};
use keywright::outline::{self, Fact, Outline, Value};
use keywright::{NamedApi, write};

use super::limit::Limiting;
use super::screen::{Look, Screen};
use side::Side;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The old version: a git revision, a document, a document at a revision (`REV:PATH`), or the folder of a generated
    /// package or of a project; `OLD..NEW` gives both versions
    #[arg(value_name = "OLD", default_value = "HEAD")]
    old: String,
    /// The new version, in the same form as OLD [default: the working tree]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// The configuration file, in the working tree and at revisions
    #[arg(long, value_name = "FILE", default_value = "keywright.toml")]
    config: PathBuf,
    /// The format of the report
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
    /// Exit with code 1 on these changes, unless the configuration allows them [default: never]
    #[arg(long, value_name = "CHANGES", value_enum)]
    fail_on: Option<FailOn>,
    /// Also write upgrade notes for callers, in Markdown
    #[arg(long, value_name = "FILE")]
    upgrade_notes: Option<PathBuf>,
    #[command(flatten)]
    limiting: Limiting,
    #[command(flatten)]
    look: Look,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Text for a terminal
    #[default]
    Text,
    /// Markdown for a pull request comment
    Markdown,
    /// JSON, as described by docs/schemas/diff.schema.json
    Json,
    /// Annotations for GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Changes that break callers of a published crate or of a vendored module
    Breaking,
    /// Security changes
    Security,
    /// Any change
    Any,
}

/// One side of a comparison, after reading.
struct Package {
    config: Option<Config>,
    apis: Vec<NamedApi>,
    /// The folder of a generated package.
    folder: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let compared = compare(options, &mut diagnostics);
    let mut screen = Screen::new(&options.look);
    screen.diagnostics(&diagnostics);
    let Some((diff, about)) = compared else {
        return ExitCode::FAILURE;
    };
    screen.text(&match options.format {
        Format::Text => report::terminal(&diff, &about),
        Format::Markdown => report::markdown(&diff, &about),
        Format::Json => report::json(&diff, &about),
        Format::Github => report::github(&diff),
    });
    let fails = options.fail_on.is_some_and(|it| it.fails(&diff));
    if fails || diagnostics.has_errors() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

impl FailOn {
    fn fails(self, diff: &Diff) -> bool {
        let changes = diff.changes.iter().filter(|it| it.allowed.is_none());
        changes.into_iter().any(|it| match self {
            Self::Breaking => it.is_breaking(),
            Self::Security => it.rule.class() == Class::Security,
            Self::Any => true,
        })
    }
}

/// Returns both sides. `OLD..NEW` gives them in one argument, as in git.
fn sides(options: &Options) -> (Side, Side) {
    let range = options
        .old
        .split_once("..")
        .filter(|_| options.new.is_none());
    let (old, new) = match range {
        Some((old, new)) if !Path::new(&options.old).exists() => {
            let new = new.trim_start_matches('.');
            let or_head = |it: &str| if it.is_empty() { "HEAD" } else { it }.to_owned();
            (or_head(old), Some(or_head(new)))
        }
        _ => (options.old.clone(), options.new.clone()),
    };
    let new = new.map_or(Side::WorkingTree, |it| Side::parse(&it));
    (Side::parse(&old), new)
}

fn compare(options: &Options, diagnostics: &mut Diagnostics) -> Option<(Diff, About)> {
    let (old, new) = sides(options);
    let mut old_config = old.config(&options.config, diagnostics);
    let mut new_config = new.config(&options.config, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    if let (Some(old_config), Some(new_config)) = (&mut old_config, &mut new_config) {
        side::align((&old, old_config), (&new, new_config));
    }
    match (&old, &mut new_config, &new, &mut old_config) {
        (Side::Package(folder), Some(config), Side::Document(..), _)
        | (Side::Document(..), _, Side::Package(folder), Some(config)) => {
            side::align_with_package(folder, config);
        }
        _ => {}
    }
    for config in [&mut old_config, &mut new_config].into_iter().flatten() {
        options.limiting.apply(&mut config.limits);
    }
    let allowed = new_config
        .as_ref()
        .map(|it| it.diff_allow.clone())
        .unwrap_or_default();
    // What is wrong with the old side was so before, and is no news.
    let mut of_old = Diagnostics::default();
    let (old_package, new_package) = std::thread::scope(|scope| {
        let reading = scope.spawn(|| Package::read(&old, old_config, &mut of_old));
        let new_package = Package::read(&new, new_config, diagnostics);
        (reading.join().ok().flatten(), new_package)
    });
    if old_package.is_none() {
        for it in of_old.iter() {
            diagnostics.report(it.clone());
        }
    }
    let (old_package, new_package) = (old_package?, new_package?);
    let old_outline = old_package.outline(diagnostics)?;
    let new_outline = new_package.outline(diagnostics)?;
    let mut diff = diff(&old_outline, &new_outline);
    allow(&mut diff, &allowed, diagnostics);
    let about = About {
        old: old.name(),
        new: new.name(),
        version: version(&old, &old_outline),
        new_version: version(&new, &new_outline),
    };
    if let Some(path) = &options.upgrade_notes {
        let notes = report::notes(&diff, &about);
        write::write_file(path, &notes, report::NOTES_MARK, false, diagnostics)?;
    }
    Some((diff, about))
}

/// Returns the version of a package. A single document has none.
fn version(side: &Side, outline: &Outline<'_>) -> Option<String> {
    match (side, outline.root.get(Fact::Release)) {
        (Side::Document(..), _) => None,
        (_, Some(Value::Text(version))) if !version.is_empty() => Some(version.clone()),
        _ => None,
    }
}

impl Package {
    fn read(side: &Side, config: Option<Config>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Some(config) = config else {
            let Side::Package(folder) = side else {
                return None;
            };
            return Some(Self {
                config: None,
                apis: Vec::new(),
                folder: Some(folder.clone()),
            });
        };
        let apis = keywright::read_all(&config, diagnostics)?;
        Some(Self {
            config: Some(config),
            apis,
            folder: None,
        })
    }

    fn outline(&self, diagnostics: &mut Diagnostics) -> Option<Outline<'_>> {
        if let Some(folder) = &self.folder {
            return match package::outline(folder) {
                Ok(outline) => Some(outline),
                Err(reason) => {
                    let message = format!("`{}` cannot be compared: {reason}", folder.display());
                    let help = "name the folder of a package that Keywright generated";
                    diagnostics.report(Diagnostic::new(Code::CannotCompare, message).help(help));
                    None
                }
            };
        }
        Some(outline::of_apis(&self.apis, self.config.as_ref()?))
    }
}

/// Marks the changes that a reviewer has allowed, and reports entries that match no change.
fn allow(diff: &mut Diff, allowed: &[AllowedChange], diagnostics: &mut Diagnostics) {
    for it in allowed {
        let mut changes = diff.changes.iter_mut();
        if let Some(change) = changes.find(|change| change.fingerprint == it.fingerprint) {
            change.allowed = Some(it.reason.clone());
            continue;
        }
        let message = format!("no change has the fingerprint `{}`", it.fingerprint);
        let diagnostic = match &it.place {
            Some(place) => Diagnostic::at(Code::UnusedAllowance, place, message),
            None => Diagnostic::new(Code::UnusedAllowance, message),
        };
        diagnostics
            .report(diagnostic.help("remove the entry if the old version has the change already"));
    }
}
