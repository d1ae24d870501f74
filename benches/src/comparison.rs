//! Measures tools on documents, tool after tool within each run, so that whatever else the machine does slows down all
//! of them.

mod entrant;
mod machine;

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::Table;

use crate::documents::Document;
use crate::failure::Failure;
use crate::figures::{Figures, Report, Row, Step};
use crate::packages::Packages;
use crate::tools::{Tool, Tools};
use entrant::Entrant;

/// What is measured, and how.
#[derive(Debug)]
pub struct Plan {
    /// The tools.
    pub tools: Vec<Tool>,
    /// The steps. Packages are generated even if that is not among them.
    pub steps: Vec<Step>,
    /// How often each is measured.
    pub runs: usize,
    /// How many jobs Cargo runs at once; its own choice when nothing is said.
    pub jobs: Option<usize>,
    /// The feature of [`Step::OneFeature`].
    pub one_feature: Option<String>,
    /// What Keywright's configuration says beside the documents.
    pub settings: Table,
    /// A folder that is ours alone.
    pub work: PathBuf,
}

/// Measures documents one after the other. After each, `hear` is told all that is known.
///
/// Fails when a tool cannot be installed or a file cannot be written. A tool that cannot do a document says so in its
/// figures.
pub fn run(
    plan: &Plan,
    documents: &[Document],
    mut hear: impl FnMut(&Report) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let tools = Tools::install(&plan.work, &plan.tools, plan.settings.clone())?;
    let packages = plan.tools.iter().map(|tool| {
        let folder = plan.work.join(tool.name()).join("packages");
        let packages = Packages::new(folder, plan.work.join("target"), plan.jobs)?;
        Ok((*tool, packages))
    });
    let packages: Vec<(Tool, Packages)> = packages.collect::<Result<_, Failure>>()?;
    let versions = plan.tools.iter().map(|it| (*it, it.version().to_owned()));
    let mut report = Report {
        machine: machine::describe(),
        compiler: machine::compiler()?,
        tools: versions.collect(),
        runs: plan.runs,
        one_feature: plan.one_feature.clone(),
        documents: Vec::new(),
    };
    for document in documents {
        report.documents.push(Row {
            document: document.name.clone(),
            size: document.size()?,
            tools: measure(plan, &tools, &packages, document),
        });
        hear(&report)?;
    }
    Ok(())
}

/// Measures the tools on one document.
fn measure(
    plan: &Plan,
    tools: &Tools,
    packages: &[(Tool, Packages)],
    document: &Document,
) -> BTreeMap<Tool, Figures> {
    let mut entrants: Vec<Entrant<'_>> = packages
        .iter()
        .map(|(tool, packages)| Entrant::new(plan, tools, packages, *tool, document))
        .collect();
    for entrant in &mut entrants {
        entrant.begin();
    }
    for step in &plan.steps {
        for _ in 0..plan.runs {
            for entrant in &mut entrants {
                entrant.go(*step);
            }
        }
    }
    let figures = entrants.into_iter().map(Entrant::figures);
    figures.collect()
}
