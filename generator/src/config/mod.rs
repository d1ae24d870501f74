//! What a user can choose: `keywright.toml`, the arguments of the command line, or a [`Builder`](crate::Builder).
//!
//! ```toml
//! [output]
//! dir = "generated"       # relative to this file
//! package = "auth-apis"
//! version = "0.1.0"
//! dates = "text"          # or "jiff", or "chrono"
//!
//! [[api]]
//! module = "tvmaze"
//! spec = "specs/tvmaze.yaml"
//!
//! [api.names]             # Rust names for parts of this document
//! "#/components/schemas/foo" = "Bar"
//! ```

mod check;
mod read;

use std::path::{Path, PathBuf};

use heck::{ToKebabCase, ToSnakeCase};

pub use check::check;
pub use read::read;

use crate::document::{self, Fragment, JsonPointer, Place, UriReference};
use crate::load::Limits;

/// What a run makes of which documents.
#[derive(Clone, Debug)]
pub struct Config {
    /// What is written, and where.
    pub output: Output,
    /// The APIs, in order.
    pub apis: Vec<ApiConfig>,
    /// How much input is accepted.
    pub limits: Limits,
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
}

/// An API: a module and the document it is made from.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The module's name, which is also the Cargo feature's.
    pub module: String,
    /// The entry document.
    pub spec: PathBuf,
    /// The Rust names of parts of the document, where its own will not do.
    pub names: Vec<Rename>,
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
        }
    }
}

impl ApiConfig {
    /// A module of a document, everything else as usual.
    #[must_use]
    pub fn new(module: impl Into<String>, spec: impl Into<PathBuf>) -> Self {
        Self {
            module: module.into(),
            spec: spec.into(),
            names: Vec::new(),
        }
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
