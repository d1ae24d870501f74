//! `keywright.toml` in, [`Config`] out. Everything wrong in the file is reported at its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{self, Problem};
use super::{ApiConfig, Config, Dates, Layout, Output, Rename};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{JsonPointer, Place, Source, Span, is_absolute};
use crate::limits::Limits;
use crate::plain_file;

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

/// Reads the text of a configuration.
fn from_text(
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
    let mut reader = Reader {
        source,
        diagnostics,
        known: Vec::new(),
    };
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

/// Reads tables, and remembers where each setting stands.
struct Reader<'a> {
    source: Arc<Source>,
    diagnostics: &'a mut Diagnostics,
    known: Vec<(String, Place)>,
}

impl Reader<'_> {
    fn config(&mut self, root: &DeTable<'_>, folder: &Path) -> Config {
        self.only(root, "", &["output", "api", "limits"]);
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
        }
    }

    fn output(&mut self, table: &DeTable<'_>, folder: &Path) -> Output {
        self.only(
            table,
            "output",
            &["dir", "package", "version", "license", "dates"],
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
            &["module", "spec", "root", "copies", "names"],
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
        ApiConfig {
            root: root.map(|root| folder.join(root)),
            copies,
            names,
            ..ApiConfig::new(module, spec)
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

    /// Reports keys that mean nothing.
    fn only(&mut self, table: &DeTable<'_>, within: &str, keys: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if keys.contains(&name) {
                continue;
            }
            let place = place(&self.source, key.span(), pointer(&join(within, name)));
            let message = match within {
                "" => format!("`{name}` is not a table of the configuration"),
                _ => format!(
                    "`{name}` is not a key of `{}`",
                    within.split('.').next().unwrap_or(within)
                ),
            };
            let help = match similar(name, keys.iter().copied()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("the keys are `{}`", keys.join("`, `")),
            };
            self.diagnostics
                .report(Diagnostic::at(Code::InvalidConfig, &place, message).help(help));
        }
    }

    fn table<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        within: &str,
        key: &str,
    ) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        let setting = join(within, key);
        self.remember(&setting, value.span());
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(&setting, value, "a table");
            return None;
        };
        Some(table)
    }

    fn text(&mut self, table: &DeTable<'_>, within: &str, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let setting = join(within, key);
        self.remember(&setting, value.span());
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(&setting, value, "a text");
            return None;
        };
        Some(text.to_string())
    }

    fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<usize> {
        let value = table.get(key)?;
        let setting = join("limits", key);
        self.remember(&setting, value.span());
        let number = match value.get_ref() {
            DeValue::Integer(number) => usize::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(&setting, value, "a whole number");
        }
        number
    }

    fn wrong_type(&mut self, setting: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let place = place(&self.source, value.span(), pointer(setting));
        let key = setting.rsplit('.').next().unwrap_or(setting);
        let message = format!("`{key}` is not {wanted}");
        self.diagnostics
            .report(Diagnostic::at(Code::InvalidConfig, &place, message));
    }

    fn remember(&mut self, setting: &str, span: Range<usize>) {
        let place = place(&self.source, span, pointer(setting));
        self.known.push((setting.to_owned(), place));
    }

    /// Reports a problem at the setting, or at what stands around it, as far as it is in the file.
    fn report_problem(&mut self, problem: Problem) {
        let around = problem
            .setting
            .rsplit_once('.')
            .map_or("", |(around, _)| around);
        let found = |setting: &str| self.known.iter().find(|(known, _)| known == setting);
        let known = found(&problem.setting).or_else(|| found(around));
        let place = known.map_or_else(
            || place(&self.source, 0..0, JsonPointer::root()),
            |(_, place)| place.clone(),
        );
        self.diagnostics.report(
            Diagnostic::at(Code::InvalidConfig, &place, problem.message).help(problem.help),
        );
    }
}

fn join(within: &str, key: &str) -> String {
    if within.is_empty() {
        key.to_owned()
    } else {
        format!("{within}.{key}")
    }
}

fn pointer(setting: &str) -> JsonPointer {
    setting
        .split('.')
        .filter(|it| !it.is_empty())
        .fold(JsonPointer::root(), |it, key| it.child(key))
}

fn place(source: &Arc<Source>, span: Range<usize>, pointer: JsonPointer) -> Place {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span {
        start: offset(span.start),
        end: offset(span.end),
    };
    Place {
        source: Arc::clone(source),
        span,
        pointer,
    }
}

#[cfg(test)]
mod tests {
    use insta::{assert_debug_snapshot, assert_snapshot};

    use super::*;
    use crate::diagnostics::{Style, render};

    fn faults(text: &str) -> String {
        let mut diagnostics = Diagnostics::default();
        let config = from_text("keywright.toml", text, Path::new("here"), &mut diagnostics);
        assert!(config.is_none());
        diagnostics
            .iter()
            .map(|it| render(it, Style::Plain))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn reads_everything() {
        let text = "
            [output]
            dir = 'out'
            package = 'auth-apis'
            version = '1.2.3'
            license = 'MIT'
            dates = 'jiff'
            [limits]
            files = 3
            [[api]]
            module = 'tvmaze'
            spec = 'specs/tvmaze.yaml'
            root = 'specs'
            copies = { 'https://example.org/common.yaml' = 'specs/common.yaml' }
            [[api]]
            spec = 'specs/The TVDB.yaml'
        ";
        let mut diagnostics = Diagnostics::default();
        let config = from_text("keywright.toml", text, Path::new("here"), &mut diagnostics);
        assert_debug_snapshot!(config, @r#"
    Some(
        Config {
            output: Output {
                dir: "here/out",
                package: "auth-apis",
                version: "1.2.3",
                license: Some(
                    "MIT",
                ),
                dates: Jiff,
                layout: Crate,
            },
            apis: [
                ApiConfig {
                    module: "tvmaze",
                    spec: "here/specs/tvmaze.yaml",
                    root: Some(
                        "here/specs",
                    ),
                    copies: {
                        "https://example.org/common.yaml": "here/specs/common.yaml",
                    },
                    names: [],
                },
                ApiConfig {
                    module: "the_tvdb",
                    spec: "here/specs/The TVDB.yaml",
                    root: None,
                    copies: {},
                    names: [],
                },
            ],
            limits: Limits {
                document_size: 67108864,
                files: 3,
                nodes: 3000000,
                depth: 128,
                pointer_size: 4000,
                alias_nodes: 1000000,
                alias_size: 33554432,
                schemas: 150000,
                operations: 20000,
                members: 10000,
                composition: 50000,
            },
        },
    )
    "#);
    }

    #[test]
    fn reports_every_fault_at_its_place() {
        let text = "
[output]
pakage = 'x'
package = 7
dates = 'time'
[[api]]
module = 'fn'
spec = 'a.yaml'
[[api]]
module = 'a'
[[api]]
module = 'b'
spec = 'b.yaml'
[[api]]
module = 'b'
spec = 'b.yaml'
copies = { 'common.yaml' = 'a.yaml', 'https://example.org/' = 1 }
[other]
";
        assert_snapshot!(faults(text), @r#"
    error[KW0002]: `other` is not a table of the configuration
      --> keywright.toml:18:2 at #/other
       |
    18 | [other]
       |  ^^^^^
       |
       = help: the keys are `output`, `api`, `limits`
    error[KW0002]: `pakage` is not a key of `output`
     --> keywright.toml:3:1 at #/output/pakage
      |
    3 | pakage = 'x'
      | ^^^^^^
      |
      = help: did you mean `package`?
    error[KW0002]: `package` is not a text
     --> keywright.toml:4:11 at #/output/package
      |
    4 | package = 7
      |           ^
    error[KW0002]: `time` is not a choice for dates
     --> keywright.toml:5:9 at #/output/dates
      |
    5 | dates = 'time'
      |         ^^^^^^
      |
      = help: choose `text`, `jiff` or `chrono`
    error[KW0002]: an API has no `spec`
     --> keywright.toml:9:1 at #/api/1
      |
    9 | [[api]]
      | ^^^^^^^
      |
      = help: name its OpenAPI document: `spec = "openapi.yaml"`
    error[KW0002]: `common.yaml` is not the URL of a document
      --> keywright.toml:17:12 at #/api/3/copies
       |
    17 | copies = { 'common.yaml' = 'a.yaml', 'https://example.org/' = 1 }
       |            ^^^^^^^^^^^^^
       |
       = help: write it as the `$ref` does, up to its `#`
    error[KW0002]: `copies` is not the path of a file
      --> keywright.toml:17:63 at #/api/3/copies
       |
    17 | …n.yaml' = 'a.yaml', 'https://example.org/' = 1 }
       |                                               ^
    error[KW0002]: `fn` cannot be the name of a module
     --> keywright.toml:7:10 at #/api/0/module
      |
    7 | module = 'fn'
      |          ^^^^
      |
      = help: use small letters, digits and `_`, beginning with a letter, and no word that Rust or the generated crate uses itself
    error[KW0002]: two APIs have the module `b`
      --> keywright.toml:15:10 at #/api/3/module
       |
    15 | module = 'b'
       |          ^^^
       |
       = help: give each API a module of its own
    "#);
    }

    #[test]
    fn reports_invalid_toml() {
        assert_snapshot!(faults("[output\ndir = 1"), @r#"
    error[KW0002]: unclosed table, expected `]`
     --> keywright.toml:1:8
      |
    1 | [output
      |        ^
    "#);
    }
}
