//! Clients from a build script.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::{ApiConfig, ApiLayout, Config, Dates, Layout, Output, Pattern, Rename};
use crate::diagnostics::{
    self, Code, Diagnostic, Diagnostics, Severity, Shown, Style, render, render_repeats,
    without_repeats,
};
use crate::limits::Limits;
use crate::stamp::Stamps;

/// Makes clients in a build script, to be included into the crate that is built.
///
/// In `build.rs`:
///
/// ```no_run
/// # // A build script has a `main` of its own.
/// fn main() -> Result<(), keywright::BuildError> {
///     keywright::Builder::new().api("tvmaze", "specs/tvmaze.yaml").generate()
/// }
/// ```
///
/// In a module of the crate, `src/clients.rs` for instance:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/keywright/mod.rs"));
/// ```
///
/// `clients::tvmaze::Client` is the client then. The crate needs what the client is made of, as every
/// generated package lists it: `bytes`, `futures-core`, `http`, `percent-encoding`, `secrecy`, `serde_json`
/// and `url`, and for the features `reqwest` (the default transport), `serde`, `blocking` and `tracing`, as far as it
/// has them, `http-body`, `reqwest` and `tokio` with its features `rt`, `sync` and `time`, `serde`, `tokio`, and `tracing`; for the
/// features `tower` and `reqwest-middleware`, `tower-service` and `reqwest-middleware`. Where bodies are XML, it needs
/// `quick-xml` for the feature `xml`; where the document has OAuth 2, `oauth2` for the feature of that name; for the feature
/// `keyring` of sessions, `keyring` and `keyring-core`; for digest authentication and the feature `digest`, `http-auth`.
///
/// With the features `gzip`, `brotli` and `zstd`, which need those of `reqwest`, answers may be compressed.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    apis: Vec<ApiConfig>,
    configs: Vec<PathBuf>,
    dates: Dates,
    mock: bool,
    out_dir: Option<PathBuf>,
    snapshots: Option<PathBuf>,
    limits: Limits,
    strict: bool,
    quiet: bool,
}

impl Builder {
    /// Starts without any API.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an API: the module to make, and the document to make it from.
    #[must_use]
    pub fn api(mut self, module: impl Into<String>, spec: impl AsRef<Path>) -> Self {
        self.apis.push(ApiConfig::new(module, spec.as_ref()));
        self
    }

    /// Adds the APIs of a `keywright.toml`, with all that it says of each: sessions, device flows, names, copies. What it
    /// says of the output does not matter here.
    #[must_use]
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.configs.push(file.into());
        self
    }

    /// Chooses the folder out of which no reference of the API that was added last leads; see [`ApiConfig::root`].
    #[must_use]
    pub fn root(mut self, root: impl Into<PathBuf>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.root = Some(root.into());
        }
        self
    }

    /// Names a file that stands for a document of the network in the API that was added last; see
    /// [`ApiConfig::copies`].
    #[must_use]
    pub fn copy(mut self, url: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.copies.insert(url.into(), file.into());
        }
        self
    }

    /// Adds an overlay, which changes the document of the API that was added last; see [`ApiConfig::overlays`].
    #[must_use]
    pub fn overlay(mut self, file: impl Into<PathBuf>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.overlays.push(file.into());
        }
        self
    }

    /// Gives a part of the API that was added last a name in Rust: `.name("#/components/schemas/foo", "Bar")`.
    /// The part is a JSON pointer, after `#` and, for another file than the document, its path relative to that.
    #[must_use]
    pub fn name(mut self, pointer: impl Into<String>, name: impl Into<String>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.names.push(Rename {
                pointer: pointer.into(),
                name: name.into(),
                place: None,
            });
        }
        self
    }

    /// Includes the operations of the API that was added last that match a pattern, such as `"GET /pets/*"`; see
    /// [`ApiConfig::include`].
    #[must_use]
    pub fn include_operation(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.include.operations, pattern.into())
    }

    /// Includes the operations of the API that was added last with a tag that matches a pattern.
    #[must_use]
    pub fn include_tag(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.include.tags, pattern.into())
    }

    /// Excludes the operations of the API that was added last that match a pattern; see [`ApiConfig::exclude`].
    #[must_use]
    pub fn exclude_operation(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.exclude.operations, pattern.into())
    }

    /// Excludes the operations of the API that was added last with a tag that matches a pattern.
    #[must_use]
    pub fn exclude_tag(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.exclude.tags, pattern.into())
    }

    fn select(mut self, list: fn(&mut ApiConfig) -> &mut Vec<Pattern>, text: String) -> Self {
        if let Some(api) = self.apis.last_mut() {
            list(api).push(Pattern { text, place: None });
        }
        self
    }

    /// Chooses how the module of the API that was added last is laid out. With [`ApiLayout::ByTag`] every tag of the
    /// document needs a feature of the crate: the operations of the tag `pets` are there with `tvmaze-pets`. The docs of
    /// the generated module list them all.
    #[must_use]
    pub fn layout(mut self, layout: ApiLayout) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.layout = layout;
        }
        self
    }

    /// Chooses the types of dates.
    #[must_use]
    pub fn dates(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }

    /// Chooses whether each API gets a service that stands in for it in tests, in a module `mock` behind a feature of that
    /// name, which the crate declares as `mock = ["full"]`, with `full = []`.
    #[must_use]
    pub fn mock(mut self, mock: bool) -> Self {
        self.mock = mock;
        self
    }

    /// Writes into another folder than `keywright` in Cargo's `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(dir.into());
        self
    }

    /// Sets the folder for snapshots of each API, which a reviewer reads: its Rust signatures, and its requests and
    /// responses. It is a folder of the repository, so that every change of the client shows in it.
    #[must_use]
    pub fn snapshots(mut self, dir: impl Into<PathBuf>) -> Self {
        self.snapshots = Some(dir.into());
        self
    }

    /// Sets how much input is accepted: `.limits(Limits { files: 50_000, ..Limits::default() })`.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Takes every warning for an error.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Tells Cargo of no warnings.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Writes the clients, and tells Cargo which files they come from and what is to be warned of. Where nothing has
    /// changed since the last time, that is all; see [`crate::stamp`].
    pub fn generate(self) -> Result<(), BuildError> {
        let mut diagnostics = Diagnostics::new(self.strict);
        let quiet = self.quiet;
        let own_dir = std::env::var_os("OUT_DIR").map(PathBuf::from);
        let written = self.run(own_dir, &mut diagnostics);
        tell(
            written
                .iter()
                .flatten()
                .map(|path| format!("rerun-if-changed={}", path.display())),
        );
        // Without these, rustc would warn of every feature that the crate does not have.
        let features = crate::emit::features();
        tell(features.map(|it| format!("rustc-check-cfg=cfg(feature, values(\"{it}\"))")));
        let warnings = diagnostics
            .in_order()
            .into_iter()
            .filter(|it| it.severity == Severity::Warning && !quiet);
        let warnings = without_repeats(warnings).into_iter().map(|it| match it {
            Shown::One(finding) => shown(finding),
            Shown::More(repeats) => format!("{}: {repeats}", repeats.code),
        });
        tell(warnings.map(|it| format!("warning={it}")));
        if written.is_some() {
            Ok(())
        } else {
            Err(BuildError(diagnostics))
        }
    }

    /// Writes the clients, and returns the files that they come from. Cargo's `OUT_DIR` is the build's own.
    fn run(self, own_dir: Option<PathBuf>, diagnostics: &mut Diagnostics) -> Option<Vec<PathBuf>> {
        let out_dir = self
            .out_dir
            .or_else(|| own_dir.as_ref().map(|it| it.join("keywright")));
        let Some(out_dir) = out_dir else {
            let message = "`OUT_DIR` is not set";
            let help = "call this from a build script, or choose a folder with `Builder::out_dir`";
            diagnostics.report(Diagnostic::new(Code::InvalidConfig, message).help(help));
            return None;
        };
        let mut apis = self.apis;
        for file in &self.configs {
            apis.extend(crate::config::read(file, diagnostics)?.apis);
        }
        let output = Output {
            dates: self.dates,
            mock: self.mock,
            layout: Layout::Modules,
            snapshots: self.snapshots,
            ..Output::new(out_dir, "included")
        };
        let config = Config {
            output,
            apis,
            limits: self.limits,
            lint: Vec::new(),
            diff_allow: Vec::new(),
        };
        // Cargo runs a build script again when a file only looks newer, as after a checkout.
        let stamps = own_dir.and_then(|it| Stamps::in_folder(it.join("keywright-stamps")));
        let recalled = stamps
            .as_ref()
            .and_then(|stamps| stamps.recall(&config, diagnostics));
        if let Some(recalled) = recalled {
            return Some(self.configs.into_iter().chain(recalled.inputs).collect());
        }
        let apis = crate::read_all(&config, diagnostics)?;
        let mut files = crate::print(&apis, &config);
        let beside = crate::snapshots::add(&apis, &config, &mut files);
        crate::write::write(&files, &config.output.dir, diagnostics)?;
        if let Some(it) = &beside {
            crate::write::write(&it.files, &it.dir, diagnostics)?;
        }
        if let Some(stamps) = stamps {
            stamps.record(&config, &apis, &files, beside.as_ref(), diagnostics);
        }
        let inputs = apis.into_iter().flat_map(|api| api.files);
        Some(self.configs.into_iter().chain(inputs).collect())
    }
}

/// Says something to Cargo.
#[expect(
    clippy::print_stdout,
    reason = "this is how a build script talks to Cargo"
)]
fn tell(lines: impl IntoIterator<Item = String>) {
    for line in lines {
        // What a document makes a line of must not make another one.
        println!("cargo::{}", diagnostics::one_line(&line));
    }
}

/// A finding as Cargo shows warnings: in one line.
fn shown(diagnostic: &Diagnostic) -> String {
    let message = format!("{}: {}", diagnostic.code, diagnostic.message);
    match &diagnostic.place {
        Some(place) => {
            let at = place.line_column();
            format!("{}:{}:{}: {message}", place.source.name, at.line, at.column)
        }
        None => message,
    }
}

/// Why no clients were made. `Debug` and `Display` both show the findings, since Cargo shows what `main` returns;
/// those that repeat are counted.
pub struct BuildError(Diagnostics);

impl BuildError {
    /// What was found.
    #[must_use]
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.0
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in without_repeats(self.0.in_order()) {
            let text = match part {
                Shown::One(diagnostic) => render(diagnostic, Style::Plain),
                Shown::More(repeats) => render_repeats(&repeats, Style::Plain),
            };
            writeln!(f, "{text}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "no client could be made\n")?;
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::*;

    const SPEC: &str =
        "openapi: 3.1.0\ninfo: { title: Small, version: '1' }\ncolour: red\npaths: {}\n";

    /// Makes a client in `OUT_DIR`; gives the files that it comes from, and what was found.
    fn build(folder: &Path, builder: Builder) -> (Vec<PathBuf>, String) {
        let mut diagnostics = Diagnostics::default();
        let own_dir = Some(folder.join("out"));
        let inputs = builder.run(own_dir, &mut diagnostics).expect("it is made");
        (inputs, BuildError(diagnostics).to_string())
    }

    #[test]
    fn does_nothing_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = folder.path().join("small.yaml");
        fs::write(&spec, SPEC).expect("written");
        let builder = || Builder::new().api("small", &spec);
        let first = build(folder.path(), builder());
        assert_eq!(first.0, std::slice::from_ref(&spec));
        assert!(first.1.contains("`colour`"), "{}", first.1);

        let stamps = fs::read_dir(folder.path().join("out/keywright-stamps"));
        let stamp = stamps.expect("it is there").next().expect("there is one");
        let path = stamp.expect("it can be read").path();
        let file = fs::File::options().append(true).open(&path);
        let file = file.expect("it is there");
        // A full run would write it again.
        let before = SystemTime::now() - Duration::from_secs(1000);
        let mark = || file.set_modified(before).expect("files have times here");
        let is_marked = || {
            let found = fs::metadata(&path).and_then(|it| it.modified());
            found.expect("files have times here") == before
        };
        mark();
        let is_full = |builder: Builder| {
            let again = build(folder.path(), builder);
            assert_eq!(again, first);
            !is_marked()
        };
        assert!(!is_full(builder()));
        assert!(is_full(builder().dates(Dates::Jiff)));
    }

    #[test]
    fn selects_operations() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = folder.path().join("small.yaml");
        let operation = |id: &str, tag: &str| {
            format!(
                "  /{id}:\n    get: {{ operationId: {id}, tags: [{tag}], responses: {{ '204': {{ description: D. }} }} }}\n"
            )
        };
        let head = "openapi: 3.1.0\ninfo: { title: Small, version: '1' }\npaths:\n";
        let paths = ["a", "b", "c", "d"].map(|id| operation(id, &format!("tag-{id}")));
        fs::write(&spec, format!("{head}{}", paths.concat())).expect("written");
        let builder = Builder::new()
            .api("small", &spec)
            .include_operation("GET /a")
            .include_operation("b")
            .include_tag("*-c")
            .exclude_operation("b")
            .exclude_tag("tag-c");
        let (_, found) = build(folder.path(), builder);
        assert_eq!(found, "");
        let module = folder.path().join("out/keywright/small");
        let has = |file: &str| module.join(file).exists();
        assert_eq!(
            ["tag_a.rs", "tag_b.rs", "tag_c.rs", "tag_d.rs"].map(has),
            [true, false, false, false]
        );
    }

    #[test]
    fn overlays_are_inputs() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = folder.path().join("small.yaml");
        fs::write(&spec, SPEC).expect("written");
        let overlay = folder.path().join("small.overlay.yaml");
        let write = |title: &str| {
            let actions = format!("actions: [{{ target: $.info, update: {{ title: {title} }} }}]");
            let text = format!("overlay: 1.1.0\ninfo: {{ title: O, version: '1' }}\n{actions}\n");
            fs::write(&overlay, text).expect("written");
        };
        let made = || {
            let builder = Builder::new().api("small", &spec).overlay(&overlay);
            let (inputs, _) = build(folder.path(), builder);
            assert_eq!(inputs, [&*spec, &*overlay]);
            let module = folder.path().join("out/keywright/small/mod.rs");
            fs::read_to_string(module).expect("it is made")
        };
        write("Tiny");
        assert!(made().contains("Tiny"));
        assert!(made().contains("Tiny"));
        write("Petite");
        assert!(made().contains("Petite"));
    }

    #[test]
    fn takes_what_a_configuration_says_of_apis() {
        let folder = tempfile::tempdir().expect("a folder");
        let spec = folder.path().join("small.yaml");
        fs::write(
            &spec,
            format!("{SPEC}components: {{ schemas: {{ Odd: {{ type: object, properties: {{ a: {{ type: string }} }} }} }} }}\n"),
        )
        .expect("written");
        let config = folder.path().join("keywright.toml");
        let text = "[output]\ndir = \"elsewhere\"\npackage = \"p\"\n\n[[api]]\nmodule = \"tiny\"\nspec = \"small.yaml\"\n";
        let names = "[api.names]\n\"#/components/schemas/Odd\" = \"Even\"\n";
        let inputs = [config.clone(), spec.clone()];
        let made = || {
            let (found, _) = build(folder.path(), Builder::new().config(&config));
            assert_eq!(found, inputs);
            let models = folder.path().join("out/keywright/tiny/models.rs");
            fs::read_to_string(models).expect("it is made")
        };
        fs::write(&config, text).expect("written");
        assert!(made().contains("struct Odd"));
        // It is an input like the document.
        fs::write(&config, format!("{text}{names}")).expect("written");
        assert!(made().contains("struct Even"));
        assert!(made().contains("struct Even"));
    }
}
