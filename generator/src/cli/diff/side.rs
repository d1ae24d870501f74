//! The sides of a comparison: a revision, a document, a generated package, or the working tree.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use keywright::config::{self, ApiConfig, ApiLayout, Config, Dates};
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::revision::Revision;

use crate::cli::document::is_same;

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The configuration and its documents on disk.
    WorkingTree,
    /// The configuration and its documents at a revision.
    Revision(String),
    /// A document, on disk or at a revision.
    Document(PathBuf, Option<String>),
    /// A generated package.
    Package(PathBuf),
    /// The configuration in another folder, and its documents.
    Project(PathBuf),
}

/// The default name of a configuration file.
const CONFIG: &str = "keywright.toml";

impl Side {
    /// Parses an argument. A folder is a package or a project, and a file is a document; anything else is a revision,
    /// or a file at a revision.
    pub(super) fn parse(text: &str) -> Self {
        let path = Path::new(text);
        if path.is_dir() {
            let is_project = !path.join("Cargo.toml").exists() && path.join(CONFIG).exists();
            return if is_project {
                Self::Project(path.to_owned())
            } else {
                Self::Package(path.to_owned())
            };
        }
        if path.is_file() {
            return Self::Document(path.to_owned(), None);
        }
        match text.split_once(':') {
            Some((revision, file)) if !revision.is_empty() && !file.is_empty() => {
                Self::Document(PathBuf::from(file), Some(revision.to_owned()))
            }
            _ if looks_like_file(path) => Self::Document(path.to_owned(), None),
            _ => Self::Revision(text.to_owned()),
        }
    }

    /// Returns the name of the side in reports.
    pub(super) fn name(&self) -> String {
        match self {
            Self::WorkingTree => "the working tree".to_owned(),
            Self::Revision(name) => name.clone(),
            Self::Document(path, None) | Self::Package(path) | Self::Project(path) => {
                path.display().to_string()
            }
            Self::Document(path, Some(revision)) => format!("{revision}:{}", path.display()),
        }
    }

    /// Returns the configuration of the side, or `None` for a package and on errors.
    pub(super) fn config(&self, file: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
        match self {
            Self::Package(_) => None,
            Self::WorkingTree => config::read(file, diagnostics),
            Self::Project(folder) => config::read(&folder.join(CONFIG), diagnostics),
            Self::Revision(name) => {
                let folder = file.parent().unwrap_or(Path::new(""));
                let revision = open(name, folder, diagnostics)?;
                config::read_at(file, &revision, diagnostics)
            }
            Self::Document(path, revision) => {
                let mut config = Config::of_spec(path, Path::new("client"));
                if let Some(name) = revision {
                    let folder = path.parent().unwrap_or(Path::new(""));
                    let folder = if folder.is_dir() {
                        folder
                    } else {
                        Path::new("")
                    };
                    let revision = open(name, folder, diagnostics)?;
                    for api in &mut config.apis {
                        api.revision = Some(Arc::clone(&revision));
                    }
                }
                Some(config)
            }
        }
    }
}

/// Returns `true` if an argument looks like a file, so that it is reported as a missing file.
fn looks_like_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| {
        let endings = ["yaml", "yml", "json"];
        endings.iter().any(|ending| it.eq_ignore_ascii_case(ending))
    })
}

fn open(name: &str, folder: &Path, diagnostics: &mut Diagnostics) -> Option<Arc<Revision>> {
    match Revision::open(name, folder) {
        Ok(revision) => Some(Arc::new(revision)),
        Err(reason) => {
            let message = format!("`{name}` cannot be compared: {reason}");
            let help = "name a revision of this repository, a document, or a generated package";
            diagnostics.report(Diagnostic::new(Code::CannotCompare, message).help(help));
            None
        }
    }
}

/// Makes two configurations comparable. A single document takes the settings of the API that it belongs to on the other
/// side.
pub(super) fn align(
    (old, old_config): (&Side, &mut Config),
    (new, new_config): (&Side, &mut Config),
) {
    match (old, new) {
        (Side::Document(..), Side::Document(..)) => {
            let module = new_config.apis.first().map(|it| it.module.clone());
            for api in &mut old_config.apis {
                api.module = module.clone().unwrap_or_default();
            }
            old_config
                .output
                .package
                .clone_from(&new_config.output.package);
        }
        (Side::Document(path, _), _) => adopt(path, old_config, new_config),
        (_, Side::Document(path, _)) => adopt(path, new_config, old_config),
        _ => {}
    }
}

/// Gives a document the settings of its API in a configuration, and leaves out the other APIs.
fn adopt(path: &Path, document: &mut Config, config: &mut Config) {
    let wanted = |api: &ApiConfig| is_same(&api.spec, path);
    let named = |api: &ApiConfig| api.spec.file_stem() == path.file_stem();
    let apis = &config.apis;
    let index = apis
        .iter()
        .position(wanted)
        .or_else(|| apis.iter().position(named));
    let index = index.or((apis.len() == 1).then_some(0));
    let Some(index) = index else {
        return;
    };
    let api = config.apis.swap_remove(index);
    for it in &mut document.apis {
        let (spec, revision) = (it.spec.clone(), it.revision.clone());
        *it = ApiConfig {
            spec,
            revision,
            ..api.clone()
        };
    }
    document.output = config.output.clone();
    document.limits = config.limits;
    config.apis = vec![api];
}

/// Gives documents the settings that a generated package was made with, as far as its manifest shows them.
pub(super) fn align_with_package(folder: &Path, config: &mut Config) {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let Ok(manifest) = manifest.parse::<toml::Table>() else {
        return;
    };
    let text = |key: &str| {
        manifest
            .get("package")?
            .get(key)?
            .as_str()
            .map(str::to_owned)
    };
    let output = &mut config.output;
    output.package = text("name").unwrap_or_else(|| output.package.clone());
    output.version = text("version").unwrap_or_else(|| output.version.clone());
    let has = |table: &str, key: &str| manifest.get(table).and_then(|it| it.get(key)).is_some();
    output.mock = has("features", "mock");
    output.dates = if has("dependencies", "jiff") {
        Dates::Jiff
    } else if has("dependencies", "chrono") {
        Dates::Chrono
    } else {
        Dates::Text
    };
    let modules = modules(folder);
    if let ([api], [module]) = (&mut config.apis[..], &modules[..]) {
        api.module.clone_from(module);
    }
    for api in &mut config.apis {
        if has("features", &format!("{}-client", api.module)) {
            api.layout = ApiLayout::ByTag;
        }
    }
}

/// Returns the modules of a package.
fn modules(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("src"))
        .into_iter()
        .flatten()
        .flatten();
    let folders = entries.filter(|it| it.path().join("mod.rs").is_file());
    let names = folders.map(|it| it.file_name().to_string_lossy().into_owned());
    names.filter(|it| it != "runtime").collect()
}
