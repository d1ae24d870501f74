//! The configuration: `keywright.toml`, the arguments of the command line, or a [`Builder`](crate::Builder).
//! `docs/CONFIG.md` lists every key; the module `keys` declares them.
//!
//! ```toml
//! [output]
//! dir = "generated"       # relative to this file
//! package = "auth-apis"
//! version = "0.1.0"
//! dates = "text"          # or "jiff", or "chrono"
//! mock = false            # true: a mock service for each API
//! snapshots = "snapshots" # a folder for review snapshots: surface and wire of each API
//!
//! [[api]]
//! module = "tvmaze"
//! spec = "specs/tvmaze.yaml"
//! root = "."              # the folder that references must stay in
//! copies = { "https://example.org/common.yaml" = "specs/common.yaml" }    # local copies for `$ref`s to URLs
//! layout = "whole"        # or "by-tag": a Cargo feature for each tag
//!
//! [api.names]             # Rust names for parts of this document
//! "#/components/schemas/foo" = "Bar"
//!
//! [api.aliases]           # old names that stay as deprecated aliases of the new ones
//! "models::Author" = "models::Person"
//! [api.types]             # Rust types of one's own in place of schemas
//! "#/components/schemas/Money" = { path = "rust_decimal::Decimal", dependency = { rust_decimal = "1" } }
//!
//! [api.sessions.usertoken]        # like `x-keywright-session` of a security scheme
//! acquire = { operation = "login", token = "$response.body#/token" }
//!
//! [[api.device-flows]]            # like `x-keywright-device-flow`
//! scheme = "usertoken"
//! ```

mod alias;
mod check;
mod examine;
mod excerpt;
pub(crate) mod keys;
mod problem;
mod read;
mod reference;
mod review;
mod schema;
mod selection;
mod table;
#[cfg(test)]
mod tests;
mod types;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use heck::{ToKebabCase, ToSnakeCase};

pub use alias::{Alias, AliasPlaces};
pub use check::check;
pub use read::{Read, read, read_at, read_part};
pub use reference::reference;
pub use review::{AllowedChange, Level, LintLevel};
pub use schema::schema;
pub use selection::{Pattern, Patterns};
#[cfg(test)]
pub(crate) use tests::{from_text, is_valid};
pub(crate) use types::written;
pub use types::{Dependency, Replacement};

use crate::document::{self, Copies, Excerpt, Fragment, JsonPointer, Place, UriReference};
use crate::limits::Limits;
use crate::revision::Revision;

/// The configuration of a run.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings of the output.
    pub output: Output,
    /// The APIs, in order.
    pub apis: Vec<ApiConfig>,
    /// The limits on the input.
    pub limits: Limits,
    /// The levels of lint rules, in the order of the file.
    pub lint: Vec<LintLevel>,
    /// The changes that a reviewer has allowed, in the order of the file.
    pub diff_allow: Vec<AllowedChange>,
}

/// The settings of the output.
#[derive(Clone, Debug)]
pub struct Output {
    /// The output folder.
    pub dir: PathBuf,
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The license of the package as an SPDX expression, if there is one.
    pub license: Option<String>,
    /// The types of dates.
    pub dates: Dates,
    /// A whole package, or only modules.
    pub layout: Layout,
    /// Set if each API gets a mock service for tests.
    pub mock: bool,
    /// The folder for the review snapshots of each API, if they are wanted; see [`crate::snapshots`].
    pub snapshots: Option<PathBuf>,
}

/// An API: a module and the document that it is generated from.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The name of the module and of its Cargo feature.
    pub module: String,
    /// The entry document.
    pub spec: PathBuf,
    /// The folder that references must stay in, except those to [`copies`](Self::copies); see
    /// [`crate::load::load_within`] for the default.
    pub root: Option<PathBuf>,
    /// The local copies of documents by URL, since nothing is fetched from the network. A URL that ends in `/` applies
    /// to all URLs that begin with it, and its copy is a folder.
    pub copies: BTreeMap<String, PathBuf>,
    /// The overlays that change the entry document, in order (Overlay Specification 1.0 and 1.1).
    pub overlays: Vec<PathBuf>,
    /// The Rust names of parts of the document, in place of names derived from the document.
    pub names: Vec<Rename>,
    /// The old names that the client keeps as deprecated aliases.
    pub aliases: Vec<Alias>,
    /// The Rust types that replace schemas.
    pub types: Vec<Replacement>,
    /// The sessions of security schemes: a mapping like `x-keywright-sessions` of the document, which it overrides.
    pub sessions: Option<Excerpt>,
    /// The device flows: a list like `x-keywright-device-flows` of the document, which it overrides.
    pub device_flows: Option<Excerpt>,
    /// The layout of the module.
    pub layout: ApiLayout,
    /// The git revision that the files are read from, instead of from disk.
    pub revision: Option<Arc<Revision>>,
    /// The operations of the client, or all of them if there are no patterns.
    pub include: Patterns,
    /// The operations to leave out, even if they are included.
    pub exclude: Patterns,
}

/// The layout of the module of an API. Paths in Rust are the same either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiLayout {
    /// One Cargo feature for the whole API, and one file of models.
    #[default]
    Whole,
    /// One Cargo feature per tag, with its operations and the models that they need.
    ByTag,
}

/// A Rust name for a part of a document, like `x-keywright-name` in the document.
#[derive(Clone, Debug)]
pub struct Rename {
    /// The part: a JSON pointer after `#`. For another file than the entry document, the relative path of the file
    /// comes first: `#/components/schemas/foo`, `common.yaml#/Foo`.
    pub pointer: String,
    /// The name.
    pub name: String,
    /// The place in the configuration, if that is a file.
    pub place: Option<Place>,
}

/// The settings that override a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overrides<'a> {
    /// [`ApiConfig::names`]
    pub names: &'a [Rename],
    /// [`ApiConfig::types`]
    pub types: &'a [Replacement],
    /// [`ApiConfig::sessions`]
    pub sessions: Option<&'a Excerpt>,
    /// [`ApiConfig::device_flows`]
    pub device_flows: Option<&'a Excerpt>,
}

/// The types of `date-time` and `date`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// The text of the response, unchanged.
    #[default]
    Text,
    /// The types of `jiff`.
    Jiff,
    /// The types of `chrono`.
    Chrono,
}

/// The container of the modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A separate package.
    #[default]
    Crate,
    /// Modules to include in another package.
    Modules,
}

impl Config {
    /// Returns a configuration for one document and an output folder, with defaults otherwise: the package is named
    /// after the folder, the module after the document.
    #[must_use]
    pub fn of_spec(spec: &Path, out: &Path) -> Self {
        let module = ApiConfig::module_of(spec);
        let folder = out
            .file_name()
            .map(|name| name.to_string_lossy().to_kebab_case())
            .unwrap_or_default();
        let package = match folder.chars().next() {
            Some(first) if first.is_ascii_alphabetic() => folder,
            _ => format!("{module}-client").to_kebab_case(),
        };
        Self {
            output: Output::new(out, package),
            apis: vec![ApiConfig::new(module, spec)],
            limits: Limits::default(),
            lint: Vec::new(),
            diff_allow: Vec::new(),
        }
    }
}

impl Rename {
    /// Splits the pointer into the file, which is empty for the entry document, and the part. Returns `None` if it is
    /// invalid.
    #[must_use]
    pub fn parse(&self) -> Option<(String, JsonPointer)> {
        part(&self.pointer)
    }
}

/// The file that a pointer of the configuration leads into, empty for the entry document, and the part of it.
fn part(pointer: &str) -> Option<(String, JsonPointer)> {
    let reference = UriReference::parse(pointer).ok()?;
    let file = reference.path.map(|path| document::join("", &path));
    match reference.fragment {
        Fragment::Pointer(pointer) if pointer != JsonPointer::root() => {
            Some((file.unwrap_or_default(), pointer))
        }
        Fragment::Pointer(_) | Fragment::Anchor(_) => None,
    }
}

impl Output {
    /// Returns the settings of a package with this name in this folder, with defaults otherwise.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>, package: impl Into<String>) -> Self {
        Self {
            dir: dir.into(),
            package: package.into(),
            version: "0.1.0".to_owned(),
            license: None,
            dates: Dates::default(),
            layout: Layout::default(),
            mock: false,
            snapshots: None,
        }
    }
}

impl ApiConfig {
    /// Returns an API with default settings.
    #[must_use]
    pub fn new(module: impl Into<String>, spec: impl Into<PathBuf>) -> Self {
        Self {
            module: module.into(),
            spec: spec.into(),
            root: None,
            copies: BTreeMap::new(),
            overlays: Vec::new(),
            names: Vec::new(),
            aliases: Vec::new(),
            types: Vec::new(),
            sessions: None,
            device_flows: None,
            layout: ApiLayout::default(),
            revision: None,
            include: Patterns::default(),
            exclude: Patterns::default(),
        }
    }

    /// Returns the settings that override the document.
    #[must_use]
    pub fn overrides(&self) -> Overrides<'_> {
        Overrides {
            names: &self.names,
            types: &self.types,
            sessions: self.sessions.as_ref(),
            device_flows: self.device_flows.as_ref(),
        }
    }

    /// Returns the [`copies`](Self::copies) relative to the spec's folder where that is possible, so that messages are
    /// the same on every machine.
    #[must_use]
    pub fn copies_from_spec(&self) -> Copies {
        let folder = self.spec.parent().unwrap_or(Path::new(""));
        let copies = self.copies.iter();
        Copies::new(copies.map(|(url, path)| (url.clone(), relative(folder, path))))
    }

    /// Returns the [`overlays`](Self::overlays) relative to the spec's folder where that is possible.
    #[must_use]
    pub fn overlays_from_spec(&self) -> Vec<String> {
        let folder = self.spec.parent().unwrap_or(Path::new(""));
        let overlays = self.overlays.iter();
        overlays.map(|path| relative(folder, path)).collect()
    }

    /// Returns the paths of the files of the spec, given their names in messages, the entry document first.
    pub(crate) fn files<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<PathBuf> {
        let folder = self.spec.parent().unwrap_or(Path::new(""));
        let others = names.into_iter().skip(1).map(|name| folder.join(name));
        std::iter::once(self.spec.clone()).chain(others).collect()
    }

    /// Returns the default name of the module: the name of the document's file.
    #[must_use]
    pub fn module_of(spec: &Path) -> String {
        let stem = spec
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_snake_case())
            .unwrap_or_default();
        let plain: String = stem
            .chars()
            .filter(|it| it.is_ascii_alphanumeric() || *it == '_')
            .collect();
        if check::is_module(&plain) {
            plain
        } else {
            format!("api_{plain}").trim_end_matches('_').to_owned()
        }
    }
}

/// Returns the path from a folder to a file, both relative to the same place, with `/` as separator. Returns the file's
/// path itself if the folder is above that place, or if only one path is absolute.
fn relative(folder: &Path, path: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                    parts.pop();
                }
                other => parts.push(other.as_os_str().to_string_lossy().replace('\\', "/")),
            }
        }
        parts
    };
    let (from, to) = (parts(folder), parts(path));
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if folder.has_root() != path.has_root() || from[same..].iter().any(|part| part == "..") {
        return path.to_string_lossy().replace('\\', "/");
    }
    let up = from[same..].iter().map(|_| "..");
    let down = to[same..].iter().map(String::as_str);
    up.chain(down).collect::<Vec<_>>().join("/")
}
