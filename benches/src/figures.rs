//! What was measured, as data.

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::Serialize;

use crate::source::Size;
use crate::tools::Tool;
use crate::usage::Usage;

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Make a package of the document
    Generate,
    /// Parse and print the code that Keywright made, in one thread
    Floor,
    /// `cargo check` of the package
    Check,
    /// `cargo check` with the one feature that `--one-feature` names
    OneFeature,
    /// `cargo build`, and the size of the library
    Dev,
    /// `cargo build --release`, and the size of the library
    Release,
}

/// All that was measured in a run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The system and its number of cores.
    pub machine: String,
    /// What `rustc --version` says.
    pub compiler: String,
    /// The versions of the tools.
    pub tools: BTreeMap<Tool, String>,
    /// Of how many runs each figure is the median.
    pub runs: usize,
    /// The feature of the step [`Step::OneFeature`].
    pub one_feature: Option<String>,
    /// What was measured, by document.
    pub documents: Vec<Row>,
}

/// What was measured of a document.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The document's name.
    pub document: String,
    /// The bytes of the document.
    pub size: u64,
    /// What was measured, by tool.
    pub tools: BTreeMap<Tool, Figures>,
}

/// What was measured of a document and a tool.
#[derive(Debug, Default, Serialize)]
pub struct Figures {
    /// The medians.
    pub costs: BTreeMap<Step, Usage>,
    /// The code that was generated.
    pub code: Option<Size>,
    /// The bytes of the library, by the step that makes it.
    pub libraries: BTreeMap<Step, u64>,
    /// What the tool had to be spared.
    pub note: Option<String>,
    /// Why figures are missing.
    pub fault: Option<String>,
    /// All runs that the medians are of.
    pub samples: BTreeMap<Step, Vec<Usage>>,
}

impl Figures {
    /// Keeps the figures of a run.
    pub fn add(&mut self, step: Step, usage: Usage) {
        let samples = self.samples.entry(step).or_default();
        samples.push(usage);
        if let Some(median) = Usage::median(samples) {
            self.costs.insert(step, median);
        }
    }
}
