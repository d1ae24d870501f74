//! All packages, checked by one run of Cargo, and what the compiler says of each.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};

use super::Options;
use super::generate::{self, PACKAGES};
use super::rustc::{self, Measured};
use super::workspace::Workspace;

/// Who checks the packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checker {
    /// `cargo check`
    Check,
    /// `cargo clippy`, which does all that `cargo check` does.
    Clippy,
}

impl Checker {
    fn command(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
        }
    }
}

/// What the compiler said of a package.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Compiled {
    /// The first error, if the package does not compile.
    pub first_error: Option<String>,
    /// How many warnings there are of each lint. Clippy's errors count here: they are about code that compiles.
    pub lints: BTreeMap<String, usize>,
    /// How long it took, now or when the package was last checked.
    pub seconds: Option<f64>,
    /// Whether it took longer than allowed, and was ended.
    pub timed_out: bool,
}

/// A line of what Cargo tells (The Cargo Book, External tools, JSON messages).
#[derive(Debug, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        manifest_path: PathBuf,
        message: Message,
    },
    CompilerArtifact {
        manifest_path: PathBuf,
    },
    #[serde(other)]
    Other,
}

/// What the compiler tells (The rustc book, JSON output).
#[derive(Debug, Deserialize)]
struct Message {
    level: String,
    #[serde(rename = "message")]
    text: String,
    code: Option<MessageCode>,
    spans: Vec<MessageSpan>,
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct MessageCode {
    code: String,
}

#[derive(Debug, Deserialize)]
struct MessageSpan {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

/// Checks packages that were generated.
pub(super) fn all(
    packages: &[&str],
    checker: Checker,
    options: &Options,
    bar: &ProgressBar,
) -> io::Result<BTreeMap<String, Compiled>> {
    if packages.is_empty() {
        return Ok(BTreeMap::new());
    }
    let measured = std::path::absolute(options.work.join("measured"))?;
    fs::create_dir_all(&measured)?;
    let members = packages.iter().map(|it| format!("{PACKAGES}/{it}"));
    let workspace = Workspace::write(&options.work, members)?;
    let mut cargo = workspace.cargo(checker.command(), options)?;
    cargo.args(["--lib", "--examples"]);
    rustc::wrap(&mut cargo, &measured, options.limit)?;
    let features = packages.iter().flat_map(|package| {
        let wanted = options.features.iter().cloned();
        let mock = options.mock.then(|| "mock".to_owned());
        let features = wanted
            .chain(features_of_examples(&options.work, package))
            .chain(mock);
        features.map(move |feature| format!("{package}/{feature}"))
    });
    let features: Vec<String> = features.collect();
    if !features.is_empty() {
        cargo.args(["--features", &features.join(",")]);
    }
    let mut collected = Collected::default();
    workspace.run(cargo, |line| {
        collected.add(serde_json::from_str(line)?, bar);
        Ok(())
    })?;
    let results = packages.iter().map(|package| {
        let log = generate::log(&options.work, package, "rustc.txt");
        fs::write(log, collected.text_of(package))?;
        let compiled = collected.result(package, Measured::of(package, &measured));
        Ok(((*package).to_owned(), compiled))
    });
    results.collect()
}

/// The features without which Cargo leaves out the examples of a package.
fn features_of_examples(work: &Path, package: &str) -> Vec<String> {
    let manifest = work.join(PACKAGES).join(package).join("Cargo.toml");
    // Without a manifest, Cargo tells what is wrong.
    let manifest = fs::read_to_string(manifest).unwrap_or_default();
    let required = manifest.lines();
    let required = required.filter_map(|it| it.strip_prefix("required-features = "));
    let names = required.flat_map(|it| it.split('"').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

/// What Cargo has told so far.
#[derive(Debug, Default)]
struct Collected {
    packages: BTreeMap<String, Compiled>,
    texts: BTreeMap<String, String>,
    /// The packages that got as far as a file for others.
    complete: HashSet<String>,
    /// The packages of which clippy said an error.
    denied: HashSet<String>,
    seen: HashSet<String>,
}

impl Collected {
    fn add(&mut self, line: Line, bar: &ProgressBar) {
        let (manifest, message) = match line {
            Line::CompilerMessage {
                manifest_path,
                message,
            } => (manifest_path, Some(message)),
            Line::CompilerArtifact { manifest_path } => (manifest_path, None),
            Line::Other => return,
        };
        let Some(name) = package_of(&manifest) else {
            bar.set_message("what they depend on");
            return;
        };
        let is_end = message.as_ref().is_none_or(|it| it.level == "error");
        match message {
            Some(message) => self.hear(&name, &message),
            None => drop(self.complete.insert(name.clone())),
        }
        if is_end && self.seen.insert(name.clone()) {
            bar.set_message(name);
            bar.inc(1);
        }
    }

    fn hear(&mut self, package: &str, message: &Message) {
        let rendered = message.rendered.as_deref().unwrap_or_default();
        let text = self.texts.entry(package.to_owned()).or_default();
        text.push_str(rendered);
        let compiled = self.packages.entry(package.to_owned()).or_default();
        compiled.add(message);
        if message.level == "error" && message.is_of_clippy() {
            self.denied.insert(package.to_owned());
        }
    }

    /// Everything that was said of a package.
    fn text_of(&self, package: &str) -> &str {
        self.texts.get(package).map_or("", String::as_str)
    }

    fn result(&mut self, package: &str, measured: Option<Measured>) -> Compiled {
        let mut compiled = self.packages.remove(package).unwrap_or_default();
        compiled.seconds = measured.as_ref().map(|it| it.seconds);
        if self.complete.contains(package) {
            return compiled;
        }
        let status = measured.map(|it| it.status);
        compiled.timed_out = status == Some(None);
        if compiled.first_error.is_none() && !self.denied.contains(package) {
            let status = status.flatten().unwrap_or_else(|| "was not run".to_owned());
            compiled.first_error = Some(format!("the compiler said nothing: {status}"));
        }
        compiled
    }
}

/// The package of a manifest, if it is one that was generated.
fn package_of(manifest: &Path) -> Option<String> {
    let folder = manifest.parent()?;
    let is_ours = folder.parent()?.ends_with(PACKAGES);
    is_ours.then(|| {
        folder
            .file_name()
            .map(|it| it.to_string_lossy().into_owned())
    })?
}

impl Message {
    fn is_of_clippy(&self) -> bool {
        self.code
            .as_ref()
            .is_some_and(|it| it.code.starts_with("clippy::"))
    }
}

impl Compiled {
    fn add(&mut self, message: &Message) {
        let code = message.code.as_ref().map(|it| it.code.as_str());
        let is_lint = message.level == "warning" || message.is_of_clippy();
        // The messages without a code or a place only sum up the others.
        match code {
            Some(lint) if is_lint => *self.lints.entry(lint.to_owned()).or_default() += 1,
            None if is_lint && message.spans.is_empty() => {}
            None if is_lint => *self.lints.entry(message.text.clone()).or_default() += 1,
            _ if message.level == "error" && self.first_error.is_none() => {
                self.first_error = Some(one_line(message));
            }
            _ => {}
        }
    }
}

fn one_line(message: &Message) -> String {
    let code = message
        .code
        .as_ref()
        .map(|it| format!("{}: ", it.code))
        .unwrap_or_default();
    let text = message.text.replace('\n', " ");
    match message.spans.iter().find(|it| it.is_primary) {
        Some(span) => {
            // The place in the package, whichever folder Cargo was in.
            let file = span.file_name.as_str();
            let folders = ["src", "examples"];
            let place = folders.into_iter().find_map(|folder| {
                let (_, rest) = file.rsplit_once(&format!("/{folder}/"))?;
                Some(format!("{folder}/{rest}"))
            });
            let file = place.as_deref().unwrap_or(file);
            format!("{code}{text} ({file}:{})", span.line_start)
        }
        None => format!("{code}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(package: &str, level: &str, code: &str) -> Line {
        let text = format!(
            r#"{{"reason":"compiler-message","manifest_path":"/folder/packages/{package}/Cargo.toml","message":{{
                "level":"{level}","message":"a message","code":{{"code":"{code}"}},"rendered":"text",
                "spans":[{{"file_name":"packages/{package}/src/a/mod.rs","line_start":3,"is_primary":true}}]}}}}"#
        );
        serde_json::from_str(&text).expect("it is a line of Cargo's")
    }

    #[test]
    fn knows_what_examples_need() {
        let work = tempfile::TempDir::new().expect("a folder can be made");
        let folder = work.path().join(PACKAGES).join("one");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let manifest = "[[example]]\nname = \"one\"\nrequired-features = [\"one\", \"oauth2\"]\n";
        fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
        let features = features_of_examples(work.path(), "one");
        assert_eq!(features, ["one", "oauth2"]);
        assert!(features_of_examples(work.path(), "two").is_empty());
    }

    fn artifact(package: &str) -> Line {
        Line::CompilerArtifact {
            manifest_path: format!("/folder/packages/{package}/Cargo.toml").into(),
        }
    }

    #[test]
    fn tells_errors_from_lints() {
        let bar = ProgressBar::hidden();
        let mut collected = Collected::default();
        let lines = [
            line("warns", "warning", "unused"),
            line("denied", "error", "clippy::absurd"),
            line("fails", "warning", "unused"),
            line("fails", "error", "E0425"),
            artifact("warns"),
            artifact("clean"),
        ];
        for line in lines {
            collected.add(line, &bar);
        }
        assert_eq!(bar.position(), 4);
        assert_eq!(collected.result("clean", None), Compiled::default());
        let [warns, denied, fails] =
            ["warns", "denied", "fails"].map(|it| collected.result(it, None));
        assert_eq!(warns.lints["unused"], 1);
        assert_eq!(
            (denied.first_error, denied.lints["clippy::absurd"]),
            (None, 1)
        );
        assert_eq!(
            fails.first_error.as_deref(),
            Some("E0425: a message (src/a/mod.rs:3)")
        );
        let status = Measured {
            seconds: 2.0,
            status: None,
        };
        assert!(collected.result("slow", Some(status)).timed_out);
        let killed = Measured {
            seconds: 2.0,
            status: Some("signal: 9".to_owned()),
        };
        let killed = collected.result("killed", Some(killed));
        assert_eq!(
            killed.first_error.as_deref(),
            Some("the compiler said nothing: signal: 9")
        );
    }
}
