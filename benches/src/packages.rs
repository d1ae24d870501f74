//! The packages that one tool made, compiled.
//!
//! They are a Cargo workspace. What they depend on is compiled before anything is measured, since Cargo first sees each
//! package without its code, and once for all tools, which share a target folder. Then a package's root file is touched
//! before each command, so that Cargo compiles this package again and nothing else.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::source;
use crate::tools::{cargo, empty, run};
use crate::usage::{self, Usage};

/// The packages of a tool.
#[derive(Debug)]
pub(crate) struct Packages {
    /// The folder of the workspace.
    folder: PathBuf,
    /// The folder for what is compiled.
    target: PathBuf,
    jobs: Option<usize>,
}

/// A way to compile a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// `cargo check`.
    Check,
    /// `cargo check` with one feature of the package, and a transport.
    OneFeature(String),
    /// `cargo build`.
    Dev,
    /// `cargo build --release`.
    Release,
}

impl Packages {
    /// Makes a workspace without packages in `folder`. What was compiled in `target` before is used again.
    pub(crate) fn new(
        folder: PathBuf,
        target: PathBuf,
        jobs: Option<usize>,
    ) -> Result<Self, Failure> {
        let packages = Self {
            folder,
            target,
            jobs,
        };
        let lock = packages.folder.join("Cargo.lock");
        let known = fs::read(&lock).or_else(|_| {
            // The versions that this project is tested with, as far as they are needed.
            fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"))
        });
        empty(&packages.folder)?;
        if let Ok(known) = known {
            fs::write(lock, known)?;
        }
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
        fs::write(packages.folder.join("Cargo.toml"), manifest)?;
        Ok(packages)
    }

    /// Takes a generated package in, and compiles what it depends on.
    pub(crate) fn add(
        &self,
        name: &str,
        generated: &Path,
        builds: &[Build],
    ) -> Result<(), Failure> {
        let package = self.folder.join(name);
        let manifest = "Cargo.toml";
        empty(&package.join("src"))?;
        fs::copy(generated.join(manifest), package.join(manifest))?;
        fs::write(package.join("src/lib.rs"), "")?;
        for build in builds {
            run(&mut self.command(name, build))?;
        }
        for file in source::files(generated)? {
            // Both names come from one walk, so one begins with the other.
            let path = file.strip_prefix(generated).unwrap_or(&file);
            let copy = package.join(path);
            fs::create_dir_all(copy.parent().unwrap_or(&package))?;
            fs::copy(&file, copy)?;
        }
        Ok(())
    }

    /// Compiles a package, without what it depends on.
    pub(crate) fn compile(&self, name: &str, build: &Build) -> Result<Usage, Failure> {
        let root = self.folder.join(name).join("src/lib.rs");
        File::options()
            .append(true)
            .open(root)?
            .set_modified(SystemTime::now())?;
        usage::measure(self.command(name, build).arg("--offline"))
    }

    /// The bytes of the library that the last such build made, if it made one.
    pub(crate) fn library(&self, name: &str, build: &Build) -> Option<u64> {
        let profile = match build {
            Build::Check | Build::OneFeature(_) => return None,
            Build::Dev => "debug",
            Build::Release => "release",
        };
        let file = format!("lib{}.rlib", name.replace('-', "_"));
        let metadata = fs::metadata(self.target.join(profile).join(file)).ok()?;
        Some(metadata.len())
    }

    fn command(&self, name: &str, build: &Build) -> Command {
        let mut command = cargo();
        match build {
            Build::Check => command.arg("check"),
            Build::OneFeature(feature) => command
                .args(["check", "--no-default-features", "--features"])
                .arg(format!("rustls,{feature}")),
            Build::Dev => command.arg("build"),
            Build::Release => command.args(["build", "--release"]),
        };
        if let Some(jobs) = self.jobs {
            command.args(["--jobs", &jobs.to_string()]);
        }
        command
            .args(["--quiet", "--lib", "--package", name, "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.folder)
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

/// Whether a package has a feature.
pub(crate) fn has_feature(package: &Path, feature: &str) -> bool {
    let manifest = fs::read_to_string(package.join("Cargo.toml"));
    let manifest: Option<toml::Table> = manifest.ok().and_then(|it| toml::from_str(&it).ok());
    let features = manifest.as_ref().and_then(|it| it.get("features"));
    features.and_then(|it| it.get(feature)).is_some()
}
