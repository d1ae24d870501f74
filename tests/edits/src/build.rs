//! The compiler: the dependencies once, then each client by a call of `rustc`, with the programs of users.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::outcome::Files;

/// What generated clients depend on, without a transport.
const MANIFEST: &str = r#"[package]
name = "dependencies"
version = "0.0.0"
edition = "2024"

[workspace]

[lib]
path = "lib.rs"

[dependencies]
bytes = "1"
chrono = { version = "0.4", default-features = false, features = ["alloc"] }
futures-core = { version = "0.3", default-features = false }
http = "1"
jiff = { version = "0.2", default-features = false, features = ["std"] }
oauth2 = { version = "5", default-features = false }
percent-encoding = "2"
quick-xml = { version = "0.42", default-features = false }
secrecy = "0.10"
serde_json = "1"
url = "2"
uuid = "1"
"#;

/// What stands in every client, and of what compiling it takes no note.
const FLAGS: [&str; 6] = [
    "--edition=2024",
    "--crate-type=lib",
    "--emit=metadata",
    "--error-format=json",
    "--cap-lints=allow",
    "-Cdebuginfo=0",
];

/// The compiled dependencies.
#[derive(Debug)]
pub struct Dependencies {
    externs: BTreeMap<String, PathBuf>,
    folder: PathBuf,
}

/// A client on the disk.
#[derive(Debug)]
pub struct Client {
    /// The folder of its source.
    source: PathBuf,
    /// The name of the crate.
    pub name: String,
    version: String,
    features: Vec<String>,
}

/// The errors of the compiler: the file that each is in, and its code.
pub type Faults = BTreeMap<String, BTreeSet<String>>;

impl Dependencies {
    /// Compiles the dependencies into a folder, where they stay.
    ///
    /// # Panics
    ///
    /// If that fails.
    #[must_use]
    pub fn build(folder: &Path) -> Self {
        let package = folder.join("dependencies");
        fs::create_dir_all(&package).expect("the folder can be written");
        fs::write(package.join("Cargo.toml"), MANIFEST).expect("the folder can be written");
        fs::write(package.join("lib.rs"), "").expect("the folder can be written");
        // The versions are those that everything else is built with.
        let lock = crate::row::folder().join("../../Cargo.lock");
        fs::copy(lock, package.join("Cargo.lock")).expect("the lock file is there");
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--message-format=json"])
            .current_dir(&package)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        let mut externs = BTreeMap::new();
        for message in messages(&output.stdout) {
            if message["reason"] != "compiler-artifact" {
                continue;
            }
            let name = message["target"]["name"].as_str().unwrap_or_default();
            let files = message["filenames"].as_array().into_iter().flatten();
            let mut files = files.filter_map(Value::as_str).map(PathBuf::from);
            let is_library = |it: &PathBuf| it.extension().is_some_and(|it| it == "rmeta");
            if let Some(file) = files.find(is_library) {
                externs.insert(name.replace('-', "_"), file);
            }
        }
        externs.retain(|name, _| {
            let name = name.replace('_', "-");
            MANIFEST.lines().any(|line| {
                line.split_once(" = ")
                    .is_some_and(|(it, _)| it == name || it.replace('_', "-") == name)
            })
        });
        Self {
            externs,
            folder: folder.join("target/debug/deps"),
        }
    }

    /// The arguments that name them.
    fn arguments(&self, command: &mut Command) {
        command.arg("-L").arg(&self.folder);
        for (name, file) in &self.externs {
            command
                .arg("--extern")
                .arg(format!("{name}={}", file.display()));
        }
    }

    /// Compiles a client together with programs in it, and returns where the metadata are, or what is wrong.
    pub fn client(&self, of: &Client, programs: &[(String, String)]) -> Result<PathBuf, Faults> {
        let mut root = of.root();
        let folder = of.source.join("programs");
        for (name, text) in programs {
            write(&folder.join(format!("{name}.rs")), text);
            let _ = writeln!(root, "#[path = \"programs/{name}.rs\"]\nmod {name};");
        }
        let file = of.source.join("with_programs.rs");
        write(&file, &root);
        let output = of.source.join(format!("lib{}.rmeta", of.name));
        let mut command = of.command("rustc", &file);
        command.args(FLAGS).arg("-o").arg(&output);
        self.arguments(&mut command);
        run(&mut command).map(|()| output)
    }

    /// Compiles programs of other crates.
    pub fn users(
        &self,
        of: &Client,
        metadata: &Path,
        programs: &[(String, String)],
    ) -> Result<(), Faults> {
        let folder = of.source.join("users");
        let mut root = String::new();
        for (name, text) in programs {
            write(&folder.join(format!("{name}.rs")), text);
            let _ = writeln!(root, "#[path = \"{name}.rs\"]\nmod {name};");
        }
        let file = folder.join("lib.rs");
        write(&file, &root);
        let mut command = Command::new("rustc");
        command
            .arg(&file)
            .args(["--crate-name", "users"])
            .args(FLAGS)
            .arg("-o")
            .arg(folder.join("libusers.rmeta"))
            .arg("--extern")
            .arg(format!("{}={}", of.name, metadata.display()));
        self.arguments(&mut command);
        run(&mut command)
    }

    /// Has rustdoc write what is public in a client.
    ///
    /// # Panics
    ///
    /// If rustdoc fails.
    #[must_use]
    pub fn documented(&self, of: &Client) -> PathBuf {
        let folder = of.source.join("doc");
        let mut command = of.command("rustdoc", &of.source.join("lib.rs"));
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .args(["--edition=2024", "--crate-type=lib", "--cap-lints=allow"])
            .args(["-Zunstable-options", "--output-format=json", "--out-dir"])
            .arg(&folder);
        self.arguments(&mut command);
        let output = command.output().expect("rustdoc runs");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        folder.join(format!("{}.json", of.name))
    }
}

impl Client {
    /// Writes a client to a folder.
    ///
    /// # Panics
    ///
    /// If the folder cannot be written, or the client has no manifest.
    #[must_use]
    pub fn write(folder: &Path, files: &Files) -> Self {
        for (path, text) in files {
            if path.starts_with("src/") {
                write(&folder.join(path), text);
            }
        }
        let manifest: toml::Table = files["Cargo.toml"].parse().expect("it is TOML");
        let text = |key: &str| manifest["package"][key].as_str().unwrap_or_default();
        Self {
            source: folder.join("src"),
            name: text("name").replace('-', "_"),
            version: text("version").to_owned(),
            features: features(&manifest),
        }
    }

    fn root(&self) -> String {
        fs::read_to_string(self.source.join("lib.rs")).expect("every client has a root")
    }

    fn command(&self, program: &str, file: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .arg(file)
            .args(["--crate-name", &self.name])
            .env("CARGO_PKG_NAME", &self.name)
            .env("CARGO_PKG_VERSION", &self.version);
        for feature in &self.features {
            command.arg("--cfg").arg(format!("feature=\"{feature}\""));
        }
        command
    }
}

/// The features that are on: those of APIs, and OAuth 2. A transport would take long to compile.
fn features(manifest: &toml::Table) -> Vec<String> {
    let table = manifest["features"].as_table().expect("it is a table");
    let mut on: Vec<String> = Vec::new();
    let mut open: Vec<String> = vec!["default".to_owned(), "oauth2".to_owned()];
    while let Some(name) = open.pop() {
        let Some(parts) = table.get(&name).and_then(toml::Value::as_array) else {
            continue;
        };
        if name == "rustls" || on.contains(&name) {
            continue;
        }
        on.push(name);
        open.extend(parts.iter().filter_map(|it| it.as_str().map(str::to_owned)));
    }
    on
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).expect("the folder can be written");
    fs::write(path, text).expect("the folder can be written");
}

fn messages(output: &[u8]) -> impl Iterator<Item = Value> {
    let lines = output.split(|it| *it == b'\n');
    lines.filter_map(|line| serde_json::from_slice(line).ok())
}

fn run(command: &mut Command) -> Result<(), Faults> {
    let Output { status, stderr, .. } = command.output().expect("rustc runs");
    if status.success() {
        return Ok(());
    }
    let mut faults = Faults::new();
    for message in messages(&stderr) {
        let code = message["code"]["code"].as_str().unwrap_or("none");
        let mut spans = message["spans"].as_array().into_iter().flatten();
        let primary = spans.find(|it| it["is_primary"] == true);
        let Some(file) = primary.and_then(|it| it["file_name"].as_str()) else {
            continue;
        };
        if message["level"] == "error" {
            let name = Path::new(file).file_stem().unwrap_or_default();
            let codes = faults
                .entry(name.to_string_lossy().into_owned())
                .or_default();
            codes.insert(code.to_owned());
        }
    }
    if faults.is_empty() {
        let text = String::from_utf8_lossy(&stderr).into_owned();
        faults.entry("rustc".to_owned()).or_default().insert(text);
    }
    Err(faults)
}
