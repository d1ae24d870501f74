//! Keywright reads OpenAPI documents and writes the Rust client crate that an expert would have written by hand.
//!
//! There are three entry points: the command line, [`generate`] and [`write::write`] for programs, and a [`Builder`]
//! for build scripts. [`stamp`] detects that nothing has changed since the last run.

mod builder;
pub mod config;
#[cfg(feature = "mock")]
pub mod conform;
pub mod coverage;
pub mod diagnostics;
pub mod diff;
mod digest;
pub mod document;
pub mod emit;
mod extensions;
pub mod format;
pub mod interchange;
pub mod ir;
pub mod limits;
mod lines;
pub mod lint;
pub mod load;
pub mod lower;
mod markdown;
pub mod media_type;
#[cfg(feature = "mock")]
pub mod mock;
pub mod model;
pub mod name;
pub mod normalize;
pub mod outline;
pub mod output;
pub mod paths;
mod plain_file;
#[cfg(feature = "progenitor")]
pub mod progenitor;
pub mod provenance;
pub mod resolve;
pub mod revision;
pub mod select;
pub mod shape;
mod similar;
pub mod snapshots;
pub mod stamp;
pub mod surface;
#[cfg(test)]
mod testing;
mod threads;
pub mod wire;
pub mod write;

use std::collections::BTreeMap;

pub use builder::{BuildError, Builder};
pub use config::Config;
pub use digest::Digest;

use config::{ApiConfig, ApiLayout};
use diagnostics::Diagnostics;
use limits::Limits;

/// An API with its Rust names: the input of [`emit`], [`surface`] and everything else that prints Rust.
#[derive(Debug)]
pub struct NamedApi {
    /// The name of the module.
    pub module: String,
    /// The layout of the module.
    pub layout: ApiLayout,
    /// The API.
    pub api: ir::Api,
    /// The identifiers of the API.
    pub names: ir::Names,
    /// The old names that are kept as aliases.
    pub aliases: Vec<shape::Alias>,
    /// The paths of the files of the spec, the entry document first.
    pub files: Vec<std::path::PathBuf>,
    /// The spec.
    pub spec: document::Spec,
    /// The targets of the references in the spec.
    pub links: document::Links,
}

/// Generates the files of an output folder, by relative path. Returns `None` if the diagnostics have errors.
#[must_use]
pub fn generate(
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, String>> {
    let apis = read_all(config, diagnostics)?;
    Some(print(&apis, config))
}

/// Reads every API of a configuration. Returns `None` if the diagnostics have errors.
#[must_use]
pub fn read_all(config: &Config, diagnostics: &mut Diagnostics) -> Option<Vec<NamedApi>> {
    config::check(config, diagnostics);
    let apis: Vec<_> = config
        .apis
        .iter()
        .map(|api| read(api, &config.limits, diagnostics))
        .collect();
    if diagnostics.has_errors() {
        return None;
    }
    apis.into_iter().collect()
}

/// Reads an API: runs the stages up to the names. Returns `None` if the document cannot be read at all.
#[must_use]
pub fn read(
    config: &ApiConfig,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<NamedApi> {
    let (spec, links, description) = understand(config, limits, diagnostics)?;
    let api = lower::lower(&description, config.overrides(), diagnostics);
    let names = name::assign(&api, diagnostics);
    let aliases = aliases(config, &api, &names, diagnostics);
    let files = config.files(spec.all_files().map(|file| file.source.name.as_str()));
    Some(NamedApi {
        module: config.module.clone(),
        layout: config.layout,
        api,
        names,
        aliases,
        files,
        spec,
        links,
    })
}

/// Finds out what the aliases of a configuration stand for, which the shape of the module tells.
fn aliases(
    config: &ApiConfig,
    api: &ir::Api,
    names: &ir::Names,
    diagnostics: &mut Diagnostics,
) -> Vec<shape::Alias> {
    if config.aliases.is_empty() {
        return Vec::new();
    }
    let subject = shape::Subject {
        module: &config.module,
        api,
        names,
        // No name depends on the types of dates.
        shape: &shape::shape(api, names, config::Dates::default()),
        former: name::former,
    };
    shape::aliases(subject, &config.aliases, diagnostics)
}

/// Reads a document: runs the stages up to the version-free model. Returns `None` if it cannot be read at all.
#[must_use]
pub fn describe(
    config: &ApiConfig,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<(document::Spec, model::Description)> {
    let (spec, _, description) = understand(config, limits, diagnostics)?;
    Some((spec, description))
}

fn understand(
    config: &ApiConfig,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<(document::Spec, document::Links, model::Description)> {
    let (copies, overlays) = (config.copies_from_spec(), config.overlays_from_spec());
    let entry = &config.spec;
    let spec = if let Some(revision) = &config.revision {
        load::load_at(revision, entry, &copies, &overlays, limits, diagnostics)?
    } else {
        let root = config.root.as_deref();
        load::load_within(root, entry, &copies, &overlays, limits, diagnostics)?
    };
    let before = diagnostics.len();
    let references = resolve::resolve(&spec, diagnostics);
    let mut description = normalize::normalize(&spec, &references, diagnostics)?;
    select::select(&mut description, config, before, diagnostics);
    let links = references.links();
    Some((spec, links, description))
}

/// Reads an API and reports the findings of lint. Of the findings of the stages, only errors are reported; their
/// warnings are reported when the client is generated.
pub fn lint(
    config: &ApiConfig,
    limits: &Limits,
    levels: &lint::Levels,
    diagnostics: &mut Diagnostics,
) {
    let mut of_stages = Diagnostics::default();
    let read = understand(config, limits, &mut of_stages).map(|(spec, links, description)| {
        let api = lower::lower(&description, config.overrides(), &mut of_stages);
        let names = name::assign(&api, &mut of_stages);
        (spec, links, description, api, names)
    });
    if of_stages.has_errors() {
        let errors = of_stages
            .iter()
            .filter(|it| it.severity == diagnostics::Severity::Error);
        errors.for_each(|it| diagnostics.report(it.clone()));
    } else if let Some((spec, links, description, api, names)) = &read {
        let subject = lint::Subject {
            spec,
            links,
            description,
            api,
            names,
        };
        lint::lint(&subject, levels, diagnostics);
    }
}

/// Prints the files of an output folder: runs the stages after the names.
#[must_use]
pub fn print(apis: &[NamedApi], config: &Config) -> BTreeMap<String, String> {
    let shapes = shapes(apis, config);
    let modules = modules(apis, &shapes);
    let files = emit::emit(&modules, &config.output);
    format::format(files)
}

/// Computes the shapes of the APIs, in the same order.
#[must_use]
pub fn shapes(apis: &[NamedApi], config: &Config) -> Vec<shape::Module> {
    let dates = config.output.dates;
    let shape = |it: &NamedApi| {
        let shape = shape::shape(&it.api, &it.names, dates);
        shape.with_aliases(it.aliases.clone())
    };
    let mut shapes: Vec<shape::Module> = apis.iter().map(shape).collect();
    shape::keep_apart(&mut shapes);
    let complete = |(it, mut shape): (&NamedApi, shape::Module)| {
        if config.output.mock {
            let names = name::assign_mock(&it.api, &it.names);
            shape = shape.with_mock(&it.api, &it.names, names, dates);
        }
        match it.layout {
            ApiLayout::Whole => shape,
            ApiLayout::ByTag => shape.by_tag(&it.api, &it.names),
        }
    };
    apis.iter().zip(shapes).map(complete).collect()
}

/// Combines APIs with their shapes, for the stages that print Rust.
#[must_use]
pub fn modules<'a>(apis: &'a [NamedApi], shapes: &'a [shape::Module]) -> Vec<emit::Module<'a>> {
    let module = |(it, shape): (&'a NamedApi, &'a shape::Module)| emit::Module {
        name: &it.module,
        api: &it.api,
        names: &it.names,
        shape,
    };
    apis.iter().zip(shapes).map(module).collect()
}
