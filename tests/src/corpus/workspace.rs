//! Many packages as one Cargo workspace, so that what they depend on is compiled once, packages are compiled in
//! parallel, and what has not changed since the last run is not compiled again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Options;

/// A workspace in a folder of its own.
pub(super) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Writes the manifest of a workspace, with the versions that the project itself was tested with.
    pub(super) fn write(
        folder: &Path,
        members: impl IntoIterator<Item = String>,
    ) -> io::Result<Self> {
        let members: String = members
            .into_iter()
            .flat_map(|it| ["    \"".to_owned(), it, "\",\n".to_owned()])
            .collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = false\n"
        );
        fs::create_dir_all(folder)?;
        write_if_new(&folder.join("Cargo.toml"), &manifest)?;
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if !folder.join("Cargo.lock").exists() && lock.exists() {
            fs::copy(lock, folder.join("Cargo.lock"))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// A command of Cargo for all packages.
    pub(super) fn cargo(&self, command: &str, options: &Options) -> io::Result<Command> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .arg(command)
            .args(["--workspace", "--keep-going", "--message-format", "json"])
            .args(["--jobs", &options.jobs.to_string()])
            .current_dir(&self.folder)
            .env(
                "CARGO_TARGET_DIR",
                std::path::absolute(options.work.join("target"))?,
            )
            .env("CARGO_INCREMENTAL", "0");
        Ok(cargo)
    }

    /// Runs such a command, and hands on every line that it tells. Fails when Cargo does not come to an end; that
    /// packages do not compile is no failure.
    pub(super) fn run(
        &self,
        mut cargo: Command,
        mut hear: impl FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        let said = self.folder.join("cargo.txt");
        let mut process = cargo
            .stdout(Stdio::piped())
            .stderr(File::create(&said)?)
            .spawn()?;
        let mut last = String::new();
        for line in process
            .stdout
            .take()
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufReader::lines)
        {
            last = line?;
            hear(&last)?;
        }
        process.wait()?;
        if last.contains("\"build-finished\"") {
            return Ok(());
        }
        let text = fs::read_to_string(&said)?;
        Err(io::Error::other(format!(
            "Cargo did not come to an end:\n{text}"
        )))
    }
}

impl Workspace {
    /// Builds all packages; gives the programs of those that could be built, by their names without a suffix.
    pub(super) fn build(
        &self,
        options: &Options,
        suffix: &str,
    ) -> io::Result<BTreeMap<String, PathBuf>> {
        let mut programs = BTreeMap::new();
        self.run(self.cargo("build", options)?, |line| {
            let line: serde_json::Value = serde_json::from_str(line)?;
            let name = line["target"]["name"].as_str();
            let name = name.and_then(|it| it.strip_suffix(suffix));
            if let (Some(name), Some(program)) = (name, line["executable"].as_str()) {
                programs.insert(name.to_owned(), PathBuf::from(program));
            }
            Ok(())
        })?;
        Ok(programs)
    }
}

/// Leaves what is the same alone, so that Cargo does not compile it again.
pub(super) fn write_if_new(file: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(file) {
        Ok(old) if old == text => Ok(()),
        _ => fs::write(file, text),
    }
}
