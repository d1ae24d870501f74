//! What a user can choose: `keywright.toml`, the arguments of the command line, or a [`Builder`](crate::Builder).
//! `docs/CONFIG.md` lists every key; [`keys`] declares them.
//!
//! ```toml
//! [output]
//! dir = "generated"       # relative to this file
//! package = "auth-apis"
//! version = "0.1.0"
//! dates = "text"          # or "jiff", or "chrono"
//! mock = false            # whether each API gets a service for tests
//! snapshots = "snapshots" # a folder for what reviewers read: surface and wire of each API
//!
//! [[api]]
//! module = "tvmaze"
//! spec = "specs/tvmaze.yaml"
//! root = "."              # no reference leads out of this folder
//! copies = { "https://example.org/common.yaml" = "specs/common.yaml" }    # what `$ref`s of the network lead to
//! layout = "whole"        # or "by-tag": a Cargo feature for each tag
//!
//! [api.names]             # Rust names for parts of this document
//! "#/components/schemas/foo" = "Bar"
//!
//! [api.sessions.usertoken]        # what `x-keywright-session` of a security scheme says
//! acquire = { operation = "login", token = "$response.body#/token" }
//!
//! [[api.device-flows]]            # what `x-keywright-device-flow` says
//! scheme = "usertoken"
//! ```

mod check;
mod examine;
mod excerpt;
pub(crate) mod keys;
mod read;
mod reference;
mod review;
mod schema;
mod selection;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use heck::{ToKebabCase, ToSnakeCase};

pub use check::check;
pub use read::{Read, read, read_at, read_part};
pub use reference::reference;
pub use review::{AllowedChange, Level, LintLevel};
pub use schema::schema;
pub use selection::{Pattern, Patterns};
#[cfg(test)]
pub(crate) use tests::{from_text, is_valid};

use crate::document::{self, Copies, Excerpt, Fragment, JsonPointer, Place, UriReference};
use crate::limits::Limits;
use crate::revision::Revision;

/// What a run makes of which documents.
#[derive(Clone, Debug)]
pub struct Config {
    /// What is written, and where.
    pub output: Output,
    /// The APIs, in order.
    pub apis: Vec<ApiConfig>,
    /// How much input is accepted.
    pub limits: Limits,
    /// The levels of lint rules, in the order of the file.
    pub lint: Vec<LintLevel>,
    /// The changes that a reviewer has allowed, in the order of the file.
    pub diff_allow: Vec<AllowedChange>,
}

/// What is written, and where.
#[derive(Clone, Debug)]
pub struct Output {
    /// The folder.
    pub dir: PathBuf,
    /// The package's name.
    pub package: String,
    /// The package's version.
    pub version: String,
    /// The package's license as an SPDX expression, if one is stated.
    pub license: Option<String>,
    /// The types of dates.
    pub dates: Dates,
    /// Whether a whole package is written.
    pub layout: Layout,
    /// Whether each API gets a service that stands in for it in tests.
    pub mock: bool,
    /// The folder for the snapshots of each API, if they are wanted; see [`crate::snapshots`].
    pub snapshots: Option<PathBuf>,
}

/// An API: a module and the document it is made from.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The module's name, which is also the Cargo feature's.
    pub module: String,
    /// The entry document.
    pub spec: PathBuf,
    /// The folder out of which no reference leads, but to [`copies`](Self::copies); see [`crate::load::load_within`]
    /// for the usual one.
    pub root: Option<PathBuf>,
    /// The files that stand for documents of the network, which are never fetched, by URL. A URL that ends in `/`
    /// stands for all that begin with it, and its file is a folder.
    pub copies: BTreeMap<String, PathBuf>,
    /// The overlays that change the entry document, in order (Overlay Specification 1.0 and 1.1).
    pub overlays: Vec<PathBuf>,
    /// The Rust names of parts of the document, where its own will not do.
    pub names: Vec<Rename>,
    /// How credentials of security schemes come, are renewed and end, by the names of the schemes: a mapping like
    /// `x-keywright-sessions` of the document, in whose place it counts.
    pub sessions: Option<Excerpt>,
    /// How users let a client have credentials: a list like `x-keywright-device-flows`, likewise.
    pub device_flows: Option<Excerpt>,
    /// How the module is laid out.
    pub layout: ApiLayout,
    /// The revision of a repository that the files are read from, instead of from the disk.
    pub revision: Option<Arc<Revision>>,
    /// The operations that the client has; all of them where there are no patterns.
    pub include: Patterns,
    /// The operations that the client does not have, even if they are included.
    pub exclude: Patterns,
}

/// How the module of an API is laid out. Paths in Rust are the same either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiLayout {
    /// As a whole, which one Cargo feature switches on: all models are in one file.
    #[default]
    Whole,
    /// Taken apart: a Cargo feature for each tag switches on its operations and the models that they need.
    ByTag,
}

/// A Rust name for a part of a document, as `x-keywright-name` gives it there.
#[derive(Clone, Debug)]
pub struct Rename {
    /// The part: a JSON pointer, after `#` and, for another file of the spec than the entry document, its path
    /// relative to that: `#/components/schemas/foo`, `common.yaml#/Foo`.
    pub pointer: String,
    /// The name.
    pub name: String,
    /// Where the configuration says so, if it is a file.
    pub place: Option<Place>,
}

/// What a configuration says of a document in its place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overrides<'a> {
    /// [`ApiConfig::names`]
    pub names: &'a [Rename],
    /// [`ApiConfig::sessions`]
    pub sessions: Option<&'a Excerpt>,
    /// [`ApiConfig::device_flows`]
    pub device_flows: Option<&'a Excerpt>,
}

/// The types of `date-time` and `date`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// The text as it travels, unchanged.
    #[default]
    Text,
    /// The types of `jiff`.
    Jiff,
    /// The types of `chrono`.
    Chrono,
}

/// What stands around the modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A package of its own.
    #[default]
    Crate,
    /// Modules for another package, to be included there.
    Modules,
}

impl Config {
    /// The configuration of one document and an output folder, everything else as usual: the package is
    /// called after the folder, the module after the document.
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
    /// The file, empty for the entry document, and the part of it. `None` when the pointer is none.
    #[must_use]
    pub fn parse(&self) -> Option<(String, JsonPointer)> {
        let reference = UriReference::parse(&self.pointer).ok()?;
        let file = reference.path.map(|path| document::join("", &path));
        match reference.fragment {
            Fragment::Pointer(pointer) if pointer != JsonPointer::root() => {
                Some((file.unwrap_or_default(), pointer))
            }
            Fragment::Pointer(_) | Fragment::Anchor(_) => None,
        }
    }
}

impl Output {
    /// A package of this name in this folder, everything else as usual.
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
    /// An API that is made from a document alone.
    #[must_use]
    pub fn new(module: impl Into<String>, spec: impl Into<PathBuf>) -> Self {
        Self {
            module: module.into(),
            spec: spec.into(),
            root: None,
            copies: BTreeMap::new(),
            overlays: Vec::new(),
            names: Vec::new(),
            sessions: None,
            device_flows: None,
            layout: ApiLayout::default(),
            revision: None,
            include: Patterns::default(),
            exclude: Patterns::default(),
        }
    }

    /// What it says in the document's place.
    #[must_use]
    pub fn overrides(&self) -> Overrides<'_> {
        Overrides {
            names: &self.names,
            sessions: self.sessions.as_ref(),
            device_flows: self.device_flows.as_ref(),
        }
    }

    /// The [`copies`](Self::copies) as the spec's references need them: relative to its folder where that is
    /// possible, so that what is said of them is the same on every machine.
    #[must_use]
    pub fn copies_from_spec(&self) -> Copies {
        let folder = self.spec.parent().unwrap_or(Path::new(""));
        let copies = self.copies.iter();
        Copies::new(copies.map(|(url, path)| (url.clone(), relative(folder, path))))
    }

    /// The [`overlays`](Self::overlays), likewise.
    #[must_use]
    pub fn overlays_from_spec(&self) -> Vec<String> {
        let folder = self.spec.parent().unwrap_or(Path::new(""));
        let overlays = self.overlays.iter();
        overlays.map(|path| relative(folder, path)).collect()
    }

    /// The files of the spec by the path to open, of what messages call them, the entry document first.
    pub(crate) fn files<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<PathBuf> {
        let folder = self.spec.parent().unwrap_or(Path::new(""));
        let others = names.into_iter().skip(1).map(|name| folder.join(name));
        std::iter::once(self.spec.clone()).chain(others).collect()
    }

    /// The module's name when none is given: that of the document's file.
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

/// The way from a folder to a file, both from the same place, with `/` between its parts. From a folder that is
/// further up than that place there is none, nor between an absolute path and a relative one; then it is the path
/// itself.
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
