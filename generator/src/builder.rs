//! Generates clients in build scripts.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::{
    self, Alias, ApiConfig, ApiLayout, Config, Dates, Layout, Output, Pattern, Rename, Replacement,
};
use crate::diagnostics::{
    self, Code, Diagnostic, Diagnostics, Severity, Shown, Style, render, render_repeats,
    without_repeats,
};
use crate::limits::Limits;
use crate::stamp::Stamps;

/// Generates clients in a build script, to be included in the crate that is built.
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
/// In a module of the crate, for example `src/clients.rs`:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/keywright/mod.rs"));
/// ```
///
/// The client is then `clients::tvmaze::Client`. The crate needs the dependencies of the client, which every generated
/// package lists: `bytes`, `futures-core`, `http`, `percent-encoding`, `secrecy`, `serde_json` and `url`. If the crate
/// has these features, it also needs their dependencies:
///
/// - `reqwest` (the default transport): `http-body`, `reqwest`, and `tokio` with its features `rt`, `sync` and `time`;
/// - `serde`: `serde`; `blocking`: `tokio`; `tracing`: `tracing`;
/// - `tower`: `tower-service`; `reqwest-middleware`: `reqwest-middleware`;
/// - `xml`, for XML bodies: `quick-xml`; `oauth2`, for OAuth 2: `oauth2`;
/// - `keyring`, for sessions: `keyring` and `keyring-core`; `digest`, for digest authentication: `http-auth`.
///
/// The features `gzip`, `brotli` and `zstd`, which enable those of `reqwest`, allow compressed responses.
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
    /// Returns a builder without any API.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an API: the name of the module, and the document to generate it from.
    #[must_use]
    pub fn api(mut self, module: impl Into<String>, spec: impl AsRef<Path>) -> Self {
        self.apis.push(ApiConfig::new(module, spec.as_ref()));
        self
    }

    /// Adds the APIs of a `keywright.toml`, with all of their settings: sessions, device flows, names, copies. The
    /// settings of the output are ignored.
    #[must_use]
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.configs.push(file.into());
        self
    }

    /// Sets the folder that references of the last added API must stay in; see [`ApiConfig::root`].
    #[must_use]
    pub fn root(mut self, root: impl Into<PathBuf>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.root = Some(root.into());
        }
        self
    }

    /// Adds a local copy of a document at a URL to the last added API; see [`ApiConfig::copies`].
    #[must_use]
    pub fn copy(mut self, url: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.copies.insert(url.into(), file.into());
        }
        self
    }

    /// Adds an overlay that changes the document of the last added API; see [`ApiConfig::overlays`].
    #[must_use]
    pub fn overlay(mut self, file: impl Into<PathBuf>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.overlays.push(file.into());
        }
        self
    }

    /// Sets the Rust name of a part of the last added API: `.name("#/components/schemas/foo", "Bar")`. The part is a
    /// JSON pointer after `#`; for another file than the document, the relative path of the file comes first.
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

    /// Keeps an old name of the last added API as a deprecated alias of the new one:
    /// `.alias("models::Author", "models::Person")`. See [`ApiConfig::aliases`].
    #[must_use]
    pub fn alias(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.aliases.push(Alias {
                old: old.into(),
                new: new.into(),
                places: None,
            });
        }
        self
    }

    /// Replaces a schema of the last added API by a Rust type:
    /// `.replace_type("#/components/schemas/Money", "crate::Money")`. The crate that is built must have the type; see
    /// [`ApiConfig::types`].
    #[must_use]
    pub fn replace_type(mut self, pointer: impl Into<String>, path: impl Into<String>) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.types.push(Replacement {
                pointer: pointer.into(),
                path: config::written(&path.into()),
                dependencies: Vec::new(),
                place: None,
            });
        }
        self
    }

    /// Includes the operations of the last added API that match a pattern, such as `"GET /pets/*"`; see
    /// [`ApiConfig::include`].
    #[must_use]
    pub fn include_operation(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.include.operations, pattern.into())
    }

    /// Includes the operations of the last added API with a tag that matches a pattern.
    #[must_use]
    pub fn include_tag(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.include.tags, pattern.into())
    }

    /// Excludes the operations of the last added API that match a pattern; see [`ApiConfig::exclude`].
    #[must_use]
    pub fn exclude_operation(self, pattern: impl Into<String>) -> Self {
        self.select(|api| &mut api.exclude.operations, pattern.into())
    }

    /// Excludes the operations of the last added API with a tag that matches a pattern.
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

    /// Sets the layout of the last added API's module. With [`ApiLayout::ByTag`], every tag of the document needs a
    /// feature of the crate: `tvmaze-pets` enables the operations of the tag `pets`. The docs of the generated module
    /// list all features.
    #[must_use]
    pub fn layout(mut self, layout: ApiLayout) -> Self {
        if let Some(api) = self.apis.last_mut() {
            api.layout = layout;
        }
        self
    }

    /// Sets the types of dates.
    #[must_use]
    pub fn dates(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }

    /// Sets whether each API gets a mock service for tests, in a module `mock` behind a feature of that name, which the
    /// crate declares as `mock = ["full"]`, with `full = []`.
    #[must_use]
    pub fn mock(mut self, mock: bool) -> Self {
        self.mock = mock;
        self
    }

    /// Sets the output folder, in place of `keywright` in Cargo's `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(dir.into());
        self
    }

    /// Sets the folder for review snapshots of each API: its Rust signatures, requests and responses. Use a folder of
    /// the repository, so that every change of the client shows in it.
    #[must_use]
    pub fn snapshots(mut self, dir: impl Into<PathBuf>) -> Self {
        self.snapshots = Some(dir.into());
        self
    }

    /// Sets the limits on the input: `.limits(Limits { files: 50_000, ..Limits::default() })`.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Treats warnings as errors.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Hides warnings from Cargo.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Writes the clients, and passes warnings and the list of input files to Cargo. If nothing has changed since the
    /// last run, the clients are not generated again; see [`crate::stamp`].
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

    /// Writes the clients, and returns their input files. `own_dir` is Cargo's `OUT_DIR`.
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

/// Prints an instruction for Cargo.
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

/// Formats a finding on one line, as Cargo shows warnings.
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

/// The error of a build that generated no clients. Both `Debug` and `Display` show the findings, since Cargo shows the
/// error that `main` returns; repeated findings are counted.
pub struct BuildError(Diagnostics);

impl BuildError {
    /// Returns the findings.
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
