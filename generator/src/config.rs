//! What a user can choose.

use std::path::PathBuf;

/// What a run makes of which documents.
#[derive(Clone, Debug)]
pub struct Config {
    /// What is written, and where.
    pub output: Output,
    /// The APIs, in order.
    pub apis: Vec<ApiConfig>,
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
    /// The package's license, if one is stated.
    pub license: Option<String>,
    /// The types of dates.
    pub dates: Dates,
    /// Whether a whole package is written.
    pub layout: Layout,
}

/// An API: a module and the document it is made from.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The module's name.
    pub module: String,
    /// The entry document.
    pub spec: PathBuf,
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
