//! The generators that are compared. Each becomes a program, and makes a package of a document.

mod keywright;
mod openapi_to_rust;
mod operations;
mod progenitor;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;
use serde::Serialize;
use toml::Table;

use crate::documents::Document;
use crate::failure::Failure;
use crate::manifest;
use crate::usage::Usage;
pub(crate) use operations::Operations;

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// This one
    Keywright,
    /// openapi-to-rust
    OpenapiToRust,
    /// progenitor
    Progenitor,
}

impl Tool {
    /// Its name, as in arguments.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keywright => "keywright",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Progenitor => "progenitor",
        }
    }

    /// The version that is measured. Every other one is compiled by Cargo from the registry.
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::Keywright => "of this repository",
            Self::OpenapiToRust => openapi_to_rust::VERSION,
            Self::Progenitor => progenitor::VERSION,
        }
    }
}

/// The programs of the tools, and the folders that they work in.
#[derive(Debug)]
pub struct Tools {
    /// A folder that is ours alone.
    work: PathBuf,
    /// What our configuration says beside the documents.
    settings: Table,
    keywright: PathBuf,
}

/// A document, made ready for a tool.
#[derive(Debug)]
pub struct Prepared {
    tool: Tool,
    document: Document,
    /// The folder for what the tool writes, which becomes the package.
    pub package: PathBuf,
    /// What the tool had to be spared.
    pub note: Option<String>,
}

impl Tools {
    /// Builds our generator, and installs the others of those that are wanted.
    pub fn install(work: &Path, wanted: &[Tool], settings: Table) -> Result<Self, Failure> {
        let tools = Self {
            work: work.to_owned(),
            settings,
            keywright: keywright::build()?,
        };
        for tool in wanted {
            match tool {
                Tool::Keywright => {}
                Tool::OpenapiToRust => openapi_to_rust::install(&tools)?,
                Tool::Progenitor => progenitor::install(&tools)?,
            }
        }
        Ok(tools)
    }

    /// Makes a document ready for a tool, which is not measured.
    pub fn prepare(&self, tool: Tool, document: &Document) -> Result<Prepared, Failure> {
        let folder = self.work.join(tool.name());
        let mut prepared = Prepared {
            tool,
            document: document.clone(),
            package: folder.join("generated").join(&document.name),
            note: None,
        };
        if tool == Tool::Progenitor {
            progenitor::prepare(self, &mut prepared, &folder.join("documents"))?;
        }
        Ok(prepared)
    }

    /// Has the tool make a package, and says what that cost. A package of an earlier run is removed first.
    pub fn generate(&self, prepared: &Prepared) -> Result<Usage, Failure> {
        let package = &prepared.package;
        empty(package)?;
        match prepared.tool {
            Tool::Keywright => keywright::generate(self, prepared),
            Tool::OpenapiToRust => openapi_to_rust::generate(self, prepared),
            Tool::Progenitor => progenitor::generate(self, prepared),
        }
    }

    /// A program that was installed.
    fn program(&self, name: &str) -> Command {
        Command::new(self.work.join("tools/bin").join(name))
    }

    /// Installs a program from the registry, unless it is there already.
    fn add(&self, package: &str, version: &str) -> Result<(), Failure> {
        let root = self.work.join("tools");
        // Cargo keeps this list. Asked to install the same again, it may compile it again.
        let installed = fs::read_to_string(root.join(".crates.toml")).unwrap_or_default();
        if installed.contains(&format!("\"{package} {version} (")) {
            return Ok(());
        }
        let mut install = cargo();
        install
            .args(["install", "--locked", "--quiet", package])
            .args(["--version", &format!("={version}")])
            .arg("--root")
            .arg(root);
        run(&mut install)
    }
}

/// The Cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command that is not measured.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let [errors, text] = [&output.stderr, &output.stdout].map(|it| String::from_utf8_lossy(it));
    let status = output.status;
    Err(Failure::from_errors(&format!("{errors}\n{text}\n{status}")))
}

/// Makes sure that a folder is there and has nothing in it.
pub(crate) fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// Writes what is missing around modules that a tool wrote into `src`: the manifest, with the dependencies of all, and
/// the root module. Others' lints do not count, so they cost nothing.
fn complete(prepared: &Prepared, dependencies: Vec<Table>) -> Result<(), Failure> {
    let package = prepared.document.package();
    let mut table: Table = toml::from_str(&format!(
        "[package]\nname = {package:?}\nversion = '0.1.0'\nedition = '2024'\npublish = false\n"
    ))
    .map_err(|error| Failure::new(error.message()))?;
    for more in dependencies {
        manifest::merge(&mut table, more);
    }
    let mut root = "#![allow(warnings)]\n".to_owned();
    for part in &prepared.document.parts {
        let _ = writeln!(root, "pub mod {};", part.module);
    }
    fs::write(
        prepared.package.join("Cargo.toml"),
        toml::to_string(&table).map_err(|error| Failure::new(error.to_string()))?,
    )?;
    fs::write(prepared.package.join("src/lib.rs"), root)?;
    Ok(())
}

/// Reads a file of TOML.
fn read_toml(file: &Path) -> Result<Table, Failure> {
    let text = fs::read_to_string(file)?;
    toml::from_str(&text).map_err(|error| Failure::new(error.message()))
}
