//! One tool on its way through one document.

use std::io::{self, Write as _};

use super::Plan;
use crate::documents::Document;
use crate::failure::Failure;
use crate::figures::{Figures, Step};
use crate::packages::{Build, Packages, has_feature};
use crate::tools::{Prepared, Tool, Tools};
use crate::usage::Usage;
use crate::{floor, source};

pub(super) struct Entrant<'a> {
    plan: &'a Plan,
    tools: &'a Tools,
    packages: &'a Packages,
    tool: Tool,
    document: &'a Document,
    /// The document, ready for the tool; before [`Entrant::begin`], and if that fails, there is none.
    prepared: Option<Prepared>,
    figures: Figures,
}

impl<'a> Entrant<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        tools: &'a Tools,
        packages: &'a Packages,
        tool: Tool,
        document: &'a Document,
    ) -> Self {
        Self {
            plan,
            tools,
            packages,
            tool,
            document,
            prepared: None,
            figures: Figures::default(),
        }
    }

    /// Makes everything ready, which is not measured: the document, a first package, and what packages depend on.
    pub(super) fn begin(&mut self) {
        self.say("preparing");
        if let Err(failure) = self.make_ready() {
            self.give_up(&failure);
        }
    }

    fn make_ready(&mut self) -> Result<(), Failure> {
        let prepared = self.tools.prepare(self.tool, self.document)?;
        self.figures.note.clone_from(&prepared.note);
        let prepared = self.prepared.insert(prepared);
        self.tools.generate(prepared)?;
        self.figures.code = Some(source::size(&prepared.package)?);
        let builds: Vec<Build> = self
            .plan
            .steps
            .iter()
            .filter_map(|it| self.build(*it))
            .collect();
        if let (Some(prepared), false) = (&self.prepared, builds.is_empty()) {
            let name = self.document.package();
            self.packages.add(&name, &prepared.package, &builds)?;
        }
        Ok(())
    }

    /// Does a step and keeps its figures, unless something went wrong before.
    pub(super) fn go(&mut self, step: Step) {
        let Some(prepared) = self
            .prepared
            .as_ref()
            .filter(|_| self.figures.fault.is_none())
        else {
            return;
        };
        let build = self.build(step);
        let usage = match (step, &build) {
            (Step::Generate, _) => self.tools.generate(prepared),
            (Step::Floor, _) if self.tool == Tool::Keywright => floor::measure(&prepared.package),
            (_, Some(build)) => self.packages.compile(&self.document.package(), build),
            (_, None) => return,
        };
        match usage {
            Ok(usage) => self.keep(step, build.as_ref(), usage),
            Err(failure) => self.give_up(&failure),
        }
    }

    fn keep(&mut self, step: Step, build: Option<&Build>, usage: Usage) {
        self.say(&format!("{step:?}: {:.2} s", usage.cpu));
        self.figures.add(step, usage);
        let package = self.document.package();
        let library = build.and_then(|build| self.packages.library(&package, build));
        if let Some(library) = library {
            self.figures.libraries.insert(step, library);
        }
    }

    /// How a step compiles the package, if it does.
    fn build(&self, step: Step) -> Option<Build> {
        match step {
            Step::Generate | Step::Floor => None,
            Step::Check => Some(Build::Check),
            Step::OneFeature => {
                let feature = self.plan.one_feature.as_ref()?;
                let package = &self.prepared.as_ref()?.package;
                let is_there = self.tool == Tool::Keywright && has_feature(package, feature);
                is_there.then(|| Build::OneFeature(feature.clone()))
            }
            Step::Dev => Some(Build::Dev),
            Step::Release => Some(Build::Release),
        }
    }

    /// The tool and what was measured.
    pub(super) fn figures(self) -> (Tool, Figures) {
        (self.tool, self.figures)
    }

    fn give_up(&mut self, failure: &Failure) {
        self.say(&failure.to_string());
        self.figures.fault = Some(failure.to_string());
    }

    /// Says how far the run is.
    fn say(&self, what: &str) {
        let (document, tool) = (&self.document.name, self.tool.name());
        // Nobody has to listen.
        let _ = writeln!(io::stderr(), "{document}: {tool}: {what}");
    }
}
