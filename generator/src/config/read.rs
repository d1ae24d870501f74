//! `keywright.toml` in, [`Config`] out. Everything wrong in the file is reported at its place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{self, Problem};
use super::table::{Reader, join, place, pointer};
use super::{ApiConfig, ApiLayout, Config, Dates, Layout, Output, Rename};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{JsonPointer, Source, is_absolute};
use crate::limits::Limits;
use crate::plain_file;
use crate::revision::Revision;

/// How many bytes a configuration may have.
const LARGEST: usize = 16 << 20;

/// Reads a configuration. Its paths are relative to the folder that it is in.
#[must_use]
pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Config> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let text = match plain_file::read_text(path, LARGEST) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the configuration `{shown}` cannot be read: {error}");
            diagnostics.report(Diagnostic::new(Code::UnreadableConfig, message).help(
                "create it, name another one with `--config`, or do without: `--spec FILE --out DIR`",
            ));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    from_text(&shown, &text, folder, diagnostics)
}

/// Reads a configuration as a revision has it, whose files its documents are, too.
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
    let mut config = from_text(&shown, &text, folder, diagnostics)?;
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
) -> Option<Config> {
    let source = Arc::new(Source::new(name, text));
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let place = place(&source, error.span().unwrap_or(0..0), JsonPointer::root());
            diagnostics.report(Diagnostic::at(
                Code::InvalidConfig,
                &place,
                error.message().trim(),
            ));
            return None;
        }
    };
    let before = diagnostics.len();
    let mut reader = Reader::new(source, diagnostics);
    let config = reader.config(table.get_ref(), folder);
    for problem in check::problems(&config) {
        reader.report_problem(problem);
    }
    (!reader
        .diagnostics
        .iter()
        .skip(before)
        .any(|it| it.code == Code::InvalidConfig))
    .then_some(config)
}

impl Reader<'_> {
    fn config(&mut self, root: &DeTable<'_>, folder: &Path) -> Config {
        self.only(root, "", &["output", "api", "limits", "lint", "diff"]);
        let empty = DeTable::new();
        let output = self.table(root, "", "output").unwrap_or(&empty);
        let output = self.output(output, folder);
        let limits = self.table(root, "", "limits").unwrap_or(&empty);
        let limits = self.limits(limits);
        let apis = self.apis(root, folder);
        Config {
            output,
            apis,
            limits,
            lint: self.lint(root),
            diff_allow: self.diff_allow(root),
        }
    }

    fn output(&mut self, table: &DeTable<'_>, folder: &Path) -> Output {
        self.only(
            table,
            "output",
            &[
                "dir",
                "package",
                "version",
                "license",
                "dates",
                "mock",
                "snapshots",
            ],
        );
        let dir = self
            .text(table, "output", "dir")
            .unwrap_or_else(|| "generated".to_owned());
        let package = self
            .text(table, "output", "package")
            .unwrap_or_else(|| "api-clients".to_owned());
        let mut output = Output::new(folder.join(dir), package);
        if let Some(version) = self.text(table, "output", "version") {
            output.version = version;
        }
        output.license = self.text(table, "output", "license");
        output.layout = Layout::Crate;
        output.dates = self.dates(table);
        output.mock = self.flag(table, "output", "mock");
        let snapshots = self.text(table, "output", "snapshots");
        output.snapshots = snapshots.map(|it| folder.join(it));
        output
    }

    fn dates(&mut self, table: &DeTable<'_>) -> Dates {
        match self.text(table, "output", "dates").as_deref() {
            None | Some("text") => Dates::Text,
            Some("jiff") => Dates::Jiff,
            Some("chrono") => Dates::Chrono,
            Some(other) => {
                self.report_problem(Problem {
                    setting: "output.dates".to_owned(),
                    message: format!("`{other}` is not a choice for dates"),
                    help: "choose `text`, `jiff` or `chrono`".to_owned(),
                });
                Dates::Text
            }
        }
    }

    fn limits(&mut self, table: &DeTable<'_>) -> Limits {
        self.only(table, "limits", Limits::NAMES);
        let mut limits = Limits::default();
        for name in Limits::NAMES {
            if let Some(number) = self.number(table, name)
                && let Some(limit) = limits.by_name(name)
            {
                *limit = number;
            }
        }
        limits
    }

    fn apis(&mut self, root: &DeTable<'_>, folder: &Path) -> Vec<ApiConfig> {
        let Some(value) = root.get("api") else {
            return Vec::new();
        };
        self.remember("api", value.span());
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type("api", value, "a list of tables, each written `[[api]]`");
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| self.api(index, item, folder))
            .collect()
    }

    fn api(&mut self, index: usize, item: &Spanned<DeValue<'_>>, folder: &Path) -> ApiConfig {
        // What stands in for a faulty entry is not used: the faults see to that.
        let nothing = ApiConfig::new(format!("api_{index}"), folder);
        let setting = format!("api.{index}");
        self.remember(&setting, item.span());
        let DeValue::Table(table) = item.get_ref() else {
            self.wrong_type(&setting, item, "a table");
            return nothing;
        };
        self.only(
            table,
            &setting,
            &[
                "module",
                "spec",
                "root",
                "copies",
                "names",
                "sessions",
                "device-flows",
                "layout",
            ],
        );
        let copies = self.copies(table, &setting, folder);
        let module = self.text(table, &setting, "module");
        let Some(spec) = self.text(table, &setting, "spec") else {
            if table.get("spec").is_none() {
                self.report_problem(Problem {
                    setting,
                    message: "an API has no `spec`".to_owned(),
                    help: "name its OpenAPI document: `spec = \"openapi.yaml\"`".to_owned(),
                });
            }
            return nothing;
        };
        let spec = folder.join(spec);
        let module = module.unwrap_or_else(|| ApiConfig::module_of(&spec));
        let root = self.text(table, &setting, "root");
        let names = self.names(table, &setting);
        let layout = self.layout(table, &setting);
        ApiConfig {
            root: root.map(|root| folder.join(root)),
            copies,
            names,
            sessions: self.excerpt(table, &setting, "sessions"),
            device_flows: self.excerpt(table, &setting, "device-flows"),
            layout,
            ..ApiConfig::new(module, spec)
        }
    }

    fn layout(&mut self, table: &DeTable<'_>, within: &str) -> ApiLayout {
        match self.text(table, within, "layout").as_deref() {
            None | Some("whole") => ApiLayout::Whole,
            Some("by-tag") => ApiLayout::ByTag,
            Some(other) => {
                self.report_problem(Problem {
                    setting: join(within, "layout"),
                    message: format!("`{other}` is not a choice for the layout"),
                    help: "choose `whole` or `by-tag`".to_owned(),
                });
                ApiLayout::Whole
            }
        }
    }

    /// Rust names, by JSON pointer.
    fn names(&mut self, table: &DeTable<'_>, within: &str) -> Vec<Rename> {
        let Some(names) = self.table(table, within, "names") else {
            return Vec::new();
        };
        let within = join(within, "names");
        let mut found = Vec::new();
        for key in names.keys() {
            let text = key.get_ref().to_string();
            let at = place(&self.source, key.span(), pointer(&within).child(&text));
            found.extend(self.text(names, &within, &text).map(|name| Rename {
                pointer: text,
                name,
                place: Some(at),
            }));
        }
        found
    }

    /// Which files stand for which URLs.
    fn copies(
        &mut self,
        api: &DeTable<'_>,
        within: &str,
        folder: &Path,
    ) -> BTreeMap<String, PathBuf> {
        let mut copies = BTreeMap::new();
        let Some(table) = self.table(api, within, "copies") else {
            return copies;
        };
        for (url, file) in table {
            let name = url.get_ref().as_ref();
            if !is_absolute(name) || name.contains('#') {
                let place = place(&self.source, url.span(), pointer(&join(within, "copies")));
                let message = format!("`{name}` is not the URL of a document");
                let help = "write it as the `$ref` does, up to its `#`";
                self.diagnostics
                    .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
            } else if let DeValue::String(path) = file.get_ref() {
                copies.insert(name.to_owned(), folder.join(&**path));
            } else {
                self.wrong_type(&join(within, "copies"), file, "the path of a file");
            }
        }
        copies
    }
}
