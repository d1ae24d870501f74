//! Reads `keywright.toml` to a [`Config`]. Every problem in the file is reported at its place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

use super::table::{Reader, flag, items, number, table, text};
use super::{ApiConfig, ApiLayout, Config, Dates, Layout, Output, Rename};
use super::{check, keys};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{JsonPointer, Place, Source, is_absolute};
use crate::limits::Limits;
use crate::plain_file;
use crate::revision::Revision;

/// The largest configuration in bytes.
const LARGEST: usize = 16 << 20;

/// The part of a configuration that could be read.
#[derive(Debug)]
pub enum Read {
    /// The whole configuration.
    Whole(Config),
    /// A part: the documents without a fault in the configuration. They are read for their own findings, and nothing is
    /// written.
    Part(Config),
    /// Nothing.
    Nothing,
}

/// Reads a configuration. Its paths are relative to its folder. Returns `None` if it has a fault.
#[must_use]
pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
    read_part(path, diagnostics).whole()
}

/// Reads a configuration as far as possible, so that the findings of its documents are reported with its own.
#[must_use]
pub fn read_part(path: &Path, diagnostics: &mut Diagnostics) -> Read {
    let shown = path.to_string_lossy().replace('\\', "/");
    let text = match plain_file::read_text(path, LARGEST) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the configuration `{shown}` cannot be read: {error}");
            diagnostics.report(Diagnostic::new(Code::UnreadableConfig, message).help(
                "create it, name another one with `--config`, or do without: `--spec FILE --out DIR`",
            ));
            return Read::Nothing;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    from_text(&shown, &text, folder, diagnostics)
}

/// Reads a configuration at a revision. Its documents are read at the same revision.
#[must_use]
pub fn read_at(
    path: &Path,
    revision: &Arc<Revision>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let within = revision.within(path);
    let shown = revision.shown(within.as_deref().unwrap_or("?"));
    let bytes = within
        .ok_or_else(|| "it is outside of the repository".to_owned())
        .and_then(|it| revision.read(&it, LARGEST));
    let text = bytes.and_then(|it| String::from_utf8(it).map_err(|_| "it is not UTF-8".to_owned()));
    let text = match text {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the configuration `{shown}` cannot be read: {error}");
            let help = "name a revision that has it, or compare two documents";
            diagnostics.report(Diagnostic::new(Code::UnreadableConfig, message).help(help));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut config = from_text(&shown, &text, folder, diagnostics).whole()?;
    for api in &mut config.apis {
        api.revision = Some(Arc::clone(revision));
    }
    Some(config)
}

/// Reads the text of a configuration.
pub(super) fn from_text(
    name: &str,
    text: &str,
    folder: &Path,
    diagnostics: &mut Diagnostics,
) -> Read {
    let source = Arc::new(Source::new(name, text));
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let reader = Reader::new(source, diagnostics);
            let place = reader.place(error.span().unwrap_or(0..0), JsonPointer::root());
            let message = error.message().trim();
            diagnostics.report(Diagnostic::at(Code::InvalidConfig, &place, message));
            return Read::Nothing;
        }
    };
    let before = diagnostics.len();
    let mut reader = Reader::new(source, diagnostics);
    let root = root.get_ref();
    reader.examine(root, &JsonPointer::root(), &keys::known());
    let config = reader.config(root, folder);
    for problem in check::problems(&config) {
        reader.report_problem(problem);
    }
    let found = reader.diagnostics.iter().skip(before);
    let faults = found.filter(|it| it.code == Code::InvalidConfig);
    part_without(config, faults.map(|it| it.place.as_ref()))
}

/// The part of a configuration that faults at some places are not about.
fn part_without<'p>(mut config: Config, faults: impl Iterator<Item = Option<&'p Place>>) -> Read {
    let mut is_whole = true;
    let mut left_out = BTreeSet::new();
    for fault in faults {
        is_whole = false;
        let pointer = fault.map(|it| &it.pointer);
        let mut segments = pointer.into_iter().flat_map(JsonPointer::segments);
        match segments.next().as_deref() {
            // They say what is done with documents, not how these are read.
            Some("output" | "diff") => {}
            Some("lint") => config.lint.clear(),
            Some("api") => match segments.next().and_then(|it| it.parse::<usize>().ok()) {
                Some(_) if matches!(segments.next().as_deref(), Some("module" | "layout")) => {}
                Some(index) => {
                    left_out.insert(index);
                }
                None => return Read::Nothing,
            },
            // A limit, or a key that may be meant to be one.
            _ => return Read::Nothing,
        }
    }
    if is_whole {
        return Read::Whole(config);
    }
    let mut index = 0..;
    config
        .apis
        .retain(|_| !index.next().is_some_and(|it| left_out.contains(&it)));
    Read::Part(config)
}

impl Read {
    /// Returns the configuration if it has no fault.
    #[must_use]
    pub fn whole(self) -> Option<Config> {
        match self {
            Self::Whole(config) => Some(config),
            Self::Part(_) | Self::Nothing => None,
        }
    }
}

impl Reader<'_> {
    fn config(&mut self, root: &DeTable<'_>, folder: &Path) -> Config {
        let at = JsonPointer::root().child("api");
        let apis = items(root, "api").iter().enumerate();
        let apis = apis.map(|(index, item)| {
            let table = item.get_ref().as_table();
            let api = table.and_then(|table| self.api(&at.item(index), table, folder));
            // What stands in for a faulty one is not used: the fault sees to that.
            api.unwrap_or_else(|| ApiConfig::new(format!("api_{index}"), folder))
        });
        let apis = apis.collect();
        Config {
            output: output(table(root, "output"), folder),
            apis,
            limits: limits(table(root, "limits")),
            lint: self.lint(root),
            diff_allow: self.diff_allow(root),
        }
    }

    /// Reads an API. Returns `None` if it has no document, which has been reported.
    fn api(&mut self, at: &JsonPointer, table: &DeTable<'_>, folder: &Path) -> Option<ApiConfig> {
        let spec = folder.join(text(table, "spec")?);
        let module = text(table, "module").unwrap_or_else(|| ApiConfig::module_of(&spec));
        Some(ApiConfig {
            root: text(table, "root").map(|root| folder.join(root)),
            copies: self.copies(at, table, folder),
            overlays: paths(table, "overlays", folder),
            names: self.names(at, table),
            aliases: self.aliases(at, table),
            types: self.types(at, table),
            sessions: self.excerpt(at, table, "sessions"),
            device_flows: self.excerpt(at, table, "device-flows"),
            layout: match text(table, "layout").as_deref() {
                Some("by-tag") => ApiLayout::ByTag,
                _ => ApiLayout::Whole,
            },
            include: self.patterns(at, table, "include"),
            exclude: self.patterns(at, table, "exclude"),
            ..ApiConfig::new(module, spec)
        })
    }

    /// Reads the Rust names, by JSON pointer.
    fn names(&mut self, at: &JsonPointer, api: &DeTable<'_>) -> Vec<Rename> {
        let at = at.child("names");
        let names = table(api, "names").into_iter().flatten();
        let names = names.filter_map(|(key, name)| {
            let pointer = key.get_ref().to_string();
            Some(Rename {
                name: name.get_ref().as_str()?.to_owned(),
                place: Some(self.place(key.span(), at.child(&pointer))),
                pointer,
            })
        });
        names.collect()
    }

    /// Reads the local copies, by URL.
    fn copies(
        &mut self,
        at: &JsonPointer,
        api: &DeTable<'_>,
        folder: &Path,
    ) -> BTreeMap<String, PathBuf> {
        let at = at.child("copies");
        let mut copies = BTreeMap::new();
        for (url, file) in table(api, "copies").into_iter().flatten() {
            let name = url.get_ref().as_ref();
            if !is_absolute(name) || name.contains('#') {
                let place = self.place(url.span(), at.child(name));
                let message = format!("`{name}` is not the URL of a document");
                let help = "write it as the `$ref` does, up to its `#`";
                self.diagnostics
                    .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
            } else if let Some(path) = file.get_ref().as_str() {
                copies.insert(name.to_owned(), folder.join(path));
            }
        }
        copies
    }
}

/// Reads a list of paths.
fn paths(table: &DeTable<'_>, key: &str, folder: &Path) -> Vec<PathBuf> {
    let paths = items(table, key).iter();
    let paths = paths.filter_map(|it| Some(folder.join(it.get_ref().as_str()?)));
    paths.collect()
}

fn output(table: Option<&DeTable<'_>>, folder: &Path) -> Output {
    let setting = |key| table.and_then(|table| text(table, key));
    let dir = setting("dir").unwrap_or_else(|| "generated".to_owned());
    let package = setting("package").unwrap_or_else(|| "api-clients".to_owned());
    let mut output = Output::new(folder.join(dir), package);
    if let Some(version) = setting("version") {
        output.version = version;
    }
    output.license = setting("license");
    output.layout = Layout::Crate;
    output.dates = match setting("dates").as_deref() {
        Some("jiff") => Dates::Jiff,
        Some("chrono") => Dates::Chrono,
        _ => Dates::Text,
    };
    output.mock = table.is_some_and(|table| flag(table, "mock"));
    output.snapshots = setting("snapshots").map(|it| folder.join(it));
    output
}

fn limits(table: Option<&DeTable<'_>>) -> Limits {
    let mut limits = Limits::default();
    for name in Limits::NAMES {
        if let Some(stated) = table.and_then(|table| number(table, name))
            && let Some(limit) = limits.by_name(name)
        {
            *limit = stated;
        }
    }
    limits
}
