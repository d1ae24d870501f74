//! The runtime: copied as it is, less the files that no API of the crate needs.

use super::context::Module;
use super::xml::reach;
use crate::config::{Dates, Output};
use crate::ir::{Additional, Api, BodyEncoding, ItemKind, Type};

/// The files of `generator/runtime`, by path.
macro_rules! files {
    ($($path:literal,)+) => { &[$(($path, include_str!(concat!("../../runtime/", $path))),)+] };
}

const FILES: &[(&str, &str)] = files![
    "auth.rs",
    "base64.rs",
    "blocking.rs",
    "body.rs",
    "client.rs",
    "content.rs",
    "date.rs",
    "date_chrono.rs",
    "date_jiff.rs",
    "error/answer.rs",
    "error/exchange.rs",
    "error/macros.rs",
    "error/mod.rs",
    "error/request.rs",
    "events.rs",
    "exchange.rs",
    "field.rs",
    "form.rs",
    "header.rs",
    "http_transport/mod.rs",
    "http_transport/streams.rs",
    "json/closest.rs",
    "json/decimal.rs",
    "json/enums.rs",
    "json/error.rs",
    "json/impls.rs",
    "json/maybe.rs",
    "json/memory.rs",
    "json/mod.rs",
    "json/reader.rs",
    "json/serde_bridge.rs",
    "json/slot.rs",
    "json/tag.rs",
    "json/tree.rs",
    "json/writer.rs",
    "lines.rs",
    "media_type.rs",
    "mod.rs",
    "multipart.rs",
    "null.rs",
    "operation.rs",
    "path.rs",
    "percent.rs",
    "query.rs",
    "redirect.rs",
    "request.rs",
    "response.rs",
    "retry_after.rs",
    "stream.rs",
    "style.rs",
    "text.rs",
    "timeout.rs",
    "transport.rs",
    "tuple.rs",
    "uuid.rs",
    "xml/call.rs",
    "xml/choose.rs",
    "xml/element.rs",
    "xml/mod.rs",
    "xml/parse.rs",
    "xml/print.rs",
    "xml/read.rs",
    "xml/reply.rs",
    "xml/scalar.rs",
    "xml/shape.rs",
    "xml/write.rs",
];

/// What the APIs of a crate need of what only some need.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    base64: bool,
    dates: bool,
    events: bool,
    form: bool,
    lines: bool,
    multipart: bool,
    null: bool,
    tuple: bool,
    uuid: bool,
    xml: bool,
    /// Whether some body is XML and nothing else.
    xml_only: bool,
}

impl Needs {
    /// What these APIs need.
    pub(super) fn of(modules: &[Module<'_>], _output: &Output) -> Self {
        let mut needs = Self::default();
        for module in modules {
            for ty in types_of(module.api) {
                needs.add(ty);
            }
            needs.xml |= reach::xml_payloads(module.api).next().is_some();
            needs.xml_only |= reach::has_only_xml(module.api);
            for payload in reach::payloads(module.api) {
                match payload.form().encoding {
                    BodyEncoding::Form(_) => needs.form = true,
                    BodyEncoding::Multipart => needs.multipart = true,
                    BodyEncoding::Events => needs.events = true,
                    BodyEncoding::Lines => needs.lines = true,
                    BodyEncoding::Json
                    | BodyEncoding::Xml
                    | BodyEncoding::Text
                    | BodyEncoding::Bytes => {}
                }
            }
        }
        needs
    }

    fn add(&mut self, ty: &Type) {
        match ty {
            Type::Base64 => self.base64 = true,
            Type::DateTime | Type::Date => self.dates = true,
            Type::Uuid => self.uuid = true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
                self.add(inner);
            }
            Type::Null => self.null = true,
            Type::Tuple(items) => {
                self.tuple = true;
                for item in items {
                    self.add(item);
                }
            }
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Integer(_)
            | Type::Number
            | Type::Bytes
            | Type::Any
            | Type::Item(_)
            | Type::File
            | Type::Multipart
            | Type::Error => {}
        }
    }

    /// The modules that only some need, and whether they are needed here.
    fn optional_modules(self, output: &Output) -> [(&'static str, bool); 13] {
        [
            ("base64", self.base64),
            ("date", self.dates && output.dates == Dates::Text),
            ("date_chrono", self.dates && output.dates == Dates::Chrono),
            ("date_jiff", self.dates && output.dates == Dates::Jiff),
            ("events", self.events),
            ("form", self.form),
            ("lines", self.lines),
            ("multipart", self.multipart),
            ("null", self.null),
            ("stream", self.events || self.lines),
            ("tuple", self.tuple),
            ("uuid", self.uuid),
            ("xml", self.xml),
        ]
    }

    /// Whether there is a feature for XML, and whether it is on where nobody says otherwise: some operation can do
    /// without it nothing.
    pub(super) fn xml_feature(self) -> Option<bool> {
        self.xml.then_some(self.xml_only)
    }

    /// The dependencies of the crate, in the order of their names.
    pub(super) fn dependencies(self, output: &Output) -> Vec<Dependency> {
        let mut found = vec![
            Dependency::new("bytes", "1"),
            Dependency::new("futures-core", "0.3").bare(),
            Dependency::new("http", "1"),
            Dependency::new("http-body", "1").optional(),
            Dependency::new("jiter", "0.18").bare(),
            Dependency::new("native-tls", "0.2").optional(),
            Dependency::new("percent-encoding", "2"),
            Dependency::new("reqwest", "0.13").bare().optional(),
            Dependency::new("secrecy", "0.10"),
            Dependency::new("serde", "1").optional(),
            Dependency::new("serde_json", "1"),
            Dependency::new("tokio", "1").features(&["time"]).optional(),
            Dependency::new("tracing", "0.1").bare().optional(),
            Dependency::new("url", "2"),
        ];
        for (module, needed) in self.optional_modules(output) {
            match (module, needed) {
                ("base64", true) => found.push(Dependency::new("base64", "0.23")),
                ("date_chrono", true) => {
                    found.push(Dependency::new("chrono", "0.4").bare().features(&["std"]));
                }
                ("date_jiff", true) => {
                    found.push(Dependency::new("jiff", "0.2").bare().features(&["std"]));
                }
                ("uuid", true) => found.push(Dependency::new("uuid", "1")),
                ("xml", true) => {
                    found.push(Dependency::new("quick-xml", "0.42").bare().optional());
                }
                _ => {}
            }
        }
        found.sort_by_key(|it| it.name);
        found
    }
}

/// A dependency of the generated crate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dependency {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    pub(super) default_features: bool,
    pub(super) features: &'static [&'static str],
    pub(super) optional: bool,
}

impl Dependency {
    fn new(name: &'static str, version: &'static str) -> Self {
        Self {
            name,
            version,
            default_features: true,
            features: &[],
            optional: false,
        }
    }

    fn bare(self) -> Self {
        Self {
            default_features: false,
            ..self
        }
    }

    fn features(self, features: &'static [&'static str]) -> Self {
        Self { features, ..self }
    }

    fn optional(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }
}

/// The runtime's files, by path relative to its folder.
pub(super) fn emit(needs: Needs, output: &Output) -> Vec<(String, String)> {
    let dropped: Vec<&str> = needs
        .optional_modules(output)
        .into_iter()
        .filter(|(_, needed)| !needed)
        .map(|(name, _)| name)
        .collect();
    let kept = FILES
        .iter()
        .filter(|(path, _)| !dropped.iter().any(|name| is_of(path, name)));
    kept.map(|(path, text)| {
        let text = if *path == "mod.rs" {
            without_modules(text, &dropped)
        } else {
            (*text).to_owned()
        };
        ((*path).to_owned(), text)
    })
    .collect()
}

/// Whether a file is of a module.
fn is_of(path: &str, module: &str) -> bool {
    let rest = path.strip_prefix(module);
    rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// The runtime's `mod.rs` without the lines that declare and export these modules.
fn without_modules(text: &str, dropped: &[&str]) -> String {
    let is_dropped = |line: &str| {
        dropped.iter().any(|name| {
            line == format!("mod {name};")
                || line == format!("pub mod {name};")
                || line.starts_with(&format!("pub use self::{name}::"))
                || line.starts_with(&format!("pub(crate) use self::{name}::"))
        })
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_dropped(line)).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

/// Every type that an API mentions, items by what they consist of.
fn types_of(api: &Api) -> Vec<&Type> {
    let mut found = Vec::new();
    for item in &api.items {
        match &item.kind {
            ItemKind::Struct(it) => {
                found.extend(it.fields.iter().map(|field| &field.ty));
                if let Additional::Kept(ty) = &it.additional {
                    found.push(ty);
                }
            }
            ItemKind::Union(it) => found.extend(it.branches.iter().map(|branch| &branch.ty)),
            ItemKind::Enumeration(_) => {}
            ItemKind::Alias(ty) => found.push(ty),
        }
    }
    found.extend(api.arguments().map(|it| &it.ty));
    found.extend(reach::payloads(api).map(|it| &it.ty));
    for response in api.responses() {
        found.extend(response.headers.iter().map(|it| &it.ty));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_file_of_the_runtime() {
        fn walk(folder: &std::path::Path, prefix: &str, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("the runtime is there") {
                let entry = entry.expect("the runtime can be read");
                let name = entry.file_name().into_string().expect("names are ASCII");
                if entry.path().is_dir() {
                    walk(&entry.path(), &format!("{prefix}{name}/"), found);
                } else if entry.path().extension().is_some_and(|it| it == "rs") {
                    found.push(format!("{prefix}{name}"));
                }
            }
        }
        let mut found = Vec::new();
        walk(
            std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/runtime")),
            "",
            &mut found,
        );
        found.sort();
        assert_eq!(
            FILES.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
            found
        );
    }

    #[test]
    fn drops_modules_that_nothing_needs() {
        let text = "mod a;\nmod b;\npub use self::a::A;\npub use self::b::B;\n";
        assert_eq!(
            without_modules(text, &["a"]),
            "mod b;\npub use self::b::B;\n"
        );
    }
}
