//! Rust types that take the place of schemas: the settings, how they are read, and what can be wrong with them.

use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use super::table::{Reader, items, table, text};
use super::{ApiConfig, Config, Layout, part};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{JsonPointer, Place};
pub use crate::ir::Dependency;

/// A Rust type that takes the place of a schema.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The schema: a JSON pointer like that of a [`Rename`](super::Rename).
    pub pointer: String,
    /// The path of the type: `rust_decimal::Decimal`.
    pub path: String,
    /// The dependencies of the generated package that have the type.
    pub dependencies: Vec<Dependency>,
    /// Where the configuration says so, if it is a file.
    pub place: Option<Place>,
}

/// The crates that every generated package depends on. What some of them need a feature for, the user says.
const ALWAYS: &[&str] = &["bytes", "http", "secrecy", "serde_json", "url"];
/// What a path may start with and needs no dependency.
const OWN: &[&str] = &["crate", "std", "core", "alloc"];
/// Types without a path that can be read and written.
const PLAIN: &[&str] = &[
    "String", "bool", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "u128", "u16", "u32", "u64",
    "u8",
];

impl Replacement {
    /// Returns the first segment of the path: the name of a library, or `crate`.
    #[must_use]
    pub fn root(&self) -> &str {
        let path = self.path.trim_start_matches("::");
        path.split("::").next().unwrap_or_default()
    }

    /// Returns the file, empty for the entry document, and the part of it. `None` when the pointer is none.
    #[must_use]
    pub fn parse(&self) -> Option<(String, JsonPointer)> {
        part(&self.pointer)
    }
}

/// Finds what is wrong with the replacements of an API, whose settings stand at `at`.
pub(super) fn problems(api: &ApiConfig, at: &JsonPointer) -> Vec<Problem> {
    let mut problems = Vec::new();
    for it in &api.types {
        let mut add = |message: String, help: String| {
            problems.push(Problem {
                setting: at.child("types").child(&it.pointer),
                message,
                help,
            });
        };
        let (path, root) = (&it.path, it.root());
        let libraries: Vec<String> = it.dependencies.iter().map(Dependency::library).collect();
        if it.parse().is_none() {
            add(
                format!("`{}` leads to no part of a document", it.pointer),
                "write a JSON pointer after `#`: `#/components/schemas/Money`".to_owned(),
            );
        } else if !is_path(path) {
            add(
                format!("`{path}` is not the path of a type in Rust"),
                "write the path of a type: `crate::Money`, or `rust_decimal::Decimal`".to_owned(),
            );
        } else if matches!(root, "self" | "super") {
            add(
                format!("`{path}` depends on the module that it is used in"),
                "start the path with `crate::` or with the name of a crate".to_owned(),
            );
        } else if !path.contains("::") && !PLAIN.contains(&root) {
            add(
                format!("`{path}` is not a whole path"),
                format!(
                    "start the path with `crate::` or with the name of a crate: `crate::{path}`"
                ),
            );
        } else if !libraries.is_empty() && !libraries.iter().any(|library| library == root) {
            add(
                format!(
                    "`{path}` starts with `{root}`, and the dependency is `{}`",
                    libraries.join("`, `")
                ),
                format!("name the dependency `{root}`, or correct the path"),
            );
        }
    }
    problems
}

/// Reports types without a dependency that the generated package needs, and dependencies that two types state
/// differently.
pub(super) fn check(config: &Config, diagnostics: &mut Diagnostics) {
    if config.output.layout == Layout::Modules {
        return;
    }
    let mut known: Vec<&Dependency> = Vec::new();
    for it in config.apis.iter().flat_map(|api| &api.types) {
        let mut report = |message: String, help: String| {
            let mut finding = Diagnostic::new(Code::InvalidConfig, message);
            finding.place.clone_from(&it.place);
            diagnostics.report(finding.help(help));
        };
        let root = it.root();
        let is_there = [ALWAYS, OWN, PLAIN].iter().any(|them| them.contains(&root));
        if it.dependencies.is_empty() && !is_there {
            report(
                format!(
                    "the generated package does not depend on `{root}`, which `{}` needs",
                    it.path
                ),
                format!(
                    "add the dependency: `{{ path = \"{}\", dependency = {{ {root} = \"1\" }} }}`",
                    it.path
                ),
            );
        }
        for dependency in &it.dependencies {
            match known.iter().find(|other| other.name == dependency.name) {
                Some(other) if *other != dependency => report(
                    format!(
                        "two types state the dependency `{}` differently",
                        dependency.name
                    ),
                    "state it in the same way for all types, or for one of them only".to_owned(),
                ),
                Some(_) => {}
                None => known.push(dependency),
            }
        }
    }
}

/// Returns a path as Rust writes it, whatever spaces it has in the file.
pub(crate) fn written(path: &str) -> String {
    if !is_path(path) {
        return path.to_owned();
    }
    let plain: String = path.split_whitespace().collect();
    plain.replace(',', ", ")
}

/// Whether a text is a path of a type, perhaps with types as arguments.
fn is_path(text: &str) -> bool {
    let Ok(syn::Type::Path(path)) = syn::parse_str(text) else {
        return false;
    };
    let is_type = |it: &syn::GenericArgument| matches!(it, syn::GenericArgument::Type(_));
    path.qself.is_none()
        && path.path.segments.iter().all(|it| match &it.arguments {
            syn::PathArguments::None => true,
            syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().all(is_type),
            syn::PathArguments::Parenthesized(_) => false,
        })
}

impl Reader<'_> {
    /// The types that take the place of schemas, by JSON pointer.
    pub(super) fn types(&mut self, at: &JsonPointer, api: &DeTable<'_>) -> Vec<Replacement> {
        let at = at.child("types");
        let types = table(api, "types").into_iter().flatten();
        let types = types.filter_map(|(key, value)| {
            let pointer = key.get_ref().to_string();
            let (path, dependencies) = match value.get_ref() {
                DeValue::String(path) => (path.to_string(), Vec::new()),
                DeValue::Table(table) => (text(table, "path")?, dependencies(table)),
                _ => return None,
            };
            Some(Replacement {
                path: written(&path),
                dependencies,
                place: Some(self.place(key.span(), at.child(&pointer))),
                pointer,
            })
        });
        types.collect()
    }
}

fn dependencies(around: &DeTable<'_>) -> Vec<Dependency> {
    let stated = table(around, "dependency").into_iter().flatten();
    let stated = stated.filter_map(|(name, value)| {
        let name = name.get_ref().to_string();
        match value.get_ref() {
            DeValue::String(version) => Some(Dependency::new(name, version.to_string())),
            DeValue::Table(table) => Some(dependency(name, table)),
            _ => None,
        }
    });
    stated.collect()
}

fn dependency(name: String, table: &DeTable<'_>) -> Dependency {
    let features = items(table, "features").iter();
    let features = features.filter_map(|it| Some(it.get_ref().as_str()?.to_owned()));
    let others = table.iter().filter_map(|(key, value)| {
        let (key, value) = (key.get_ref().as_ref(), value.get_ref().as_str()?);
        (key != "version").then(|| (key.to_owned(), value.to_owned()))
    });
    let mut others: Vec<_> = others.collect();
    others.sort();
    let is_default = table.get("default-features");
    Dependency {
        name,
        version: text(table, "version"),
        features: features.collect(),
        is_bare: is_default.is_some_and(|it| it.get_ref().as_bool() == Some(false)),
        others,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::config::from_text;
    use crate::diagnostics::{Style, render};

    /// Reads the table `[api.types]`; what is wrong stands in the result, or else the types.
    fn read(types: &str) -> String {
        let mut found = Diagnostics::default();
        let text = format!("[[api]]\nspec = \"a.yaml\"\n[api.types]\n{types}\n");
        let config = from_text(&text, &mut found);
        if let Some(config) = &config {
            check(config, &mut found);
        }
        let faults = found.iter().map(|it| render(it, Style::Plain));
        let faults: Vec<String> = faults.collect();
        match config {
            Some(config) if faults.is_empty() => {
                let types = config.apis[0].types.iter();
                let types =
                    types.map(|it| format!("{} = {} {:?}", it.pointer, it.path, it.dependencies));
                types.collect::<Vec<_>>().join("\n")
            }
            _ => faults.join("\n"),
        }
    }

    #[test]
    fn reads_types() {
        assert_snapshot!(read(
            r##"
"#/components/schemas/A" = "crate::money::Money"
"b.yaml#/B" = { path = "rust_decimal::Decimal", dependency = { rust_decimal = "1" } }
"#/c" = { path = "std::collections::HashMap<String,url::Url>" }
"#/d" = { path = "my_money::M", dependency = { my-money = { git = "https://a.b", features = ["x"], default-features = false } } }
"##
        ), @r##"
        #/c = std::collections::HashMap<String, url::Url> []
        #/components/schemas/A = crate::money::Money []
        #/d = my_money::M [Dependency { name: "my-money", version: None, features: ["x"], is_bare: true, others: [("git", "https://a.b")] }]
        b.yaml#/B = rust_decimal::Decimal [Dependency { name: "rust_decimal", version: Some("1"), features: [], is_bare: false, others: [] }]
        "##);
    }

    #[test]
    fn reports_types_that_cannot_be_used() {
        assert_snapshot!(read(
            r##"
"#/a" = "not a path"
"#/b" = "Money"
"#/c" = "super::Money"
"#/d" = { path = "rust_decimal::Decimal", dependency = { decimal = "1" } }
"#/e" = "&'static str"
"f" = "crate::Money"
"##
        ), @r##"
        error[KW0002]: `not a path` is not the path of a type in Rust
         --> keywright.toml:5:9 at #/api/0/types/#~1a
          |
        5 | "#/a" = "not a path"
          |         ^^^^^^^^^^^^
          |
          = help: write the path of a type: `crate::Money`, or `rust_decimal::Decimal`
        error[KW0002]: `Money` is not a whole path
         --> keywright.toml:6:9 at #/api/0/types/#~1b
          |
        6 | "#/b" = "Money"
          |         ^^^^^^^
          |
          = help: start the path with `crate::` or with the name of a crate: `crate::Money`
        error[KW0002]: `super::Money` depends on the module that it is used in
         --> keywright.toml:7:9 at #/api/0/types/#~1c
          |
        7 | "#/c" = "super::Money"
          |         ^^^^^^^^^^^^^^
          |
          = help: start the path with `crate::` or with the name of a crate
        error[KW0002]: `rust_decimal::Decimal` starts with `rust_decimal`, and the dependency is `decimal`
         --> keywright.toml:8:9 at #/api/0/types/#~1d
          |
        8 | "#/d" = { path = "rust_decimal::Decimal", dependency = { decimal = "1" } }
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: name the dependency `rust_decimal`, or correct the path
        error[KW0002]: `&'static str` is not the path of a type in Rust
         --> keywright.toml:9:9 at #/api/0/types/#~1e
          |
        9 | "#/e" = "&'static str"
          |         ^^^^^^^^^^^^^^
          |
          = help: write the path of a type: `crate::Money`, or `rust_decimal::Decimal`
        error[KW0002]: `f` leads to no part of a document
          --> keywright.toml:10:7 at #/api/0/types/f
           |
        10 | "f" = "crate::Money"
           |       ^^^^^^^^^^^^^^
           |
           = help: write a JSON pointer after `#`: `#/components/schemas/Money`
        "##);
        assert_snapshot!(read(
            r##"
"#/a" = 3
"#/b" = { pat = "crate::Money" }
"#/c" = { path = "a::B", dependency = { a = { versio = "1" } } }
"##
        ), @r##"
        error[KW0002]: `#/a` is a number, not text or a table
         --> keywright.toml:5:9 at #/api/0/types/#~1a
          |
        5 | "#/a" = 3
          |         ^
        error[KW0002]: `pat` is not a key of `api.types.#/b`
         --> keywright.toml:6:11 at #/api/0/types/#~1b/pat
          |
        6 | "#/b" = { pat = "crate::Money" }
          |           ^^^
          |
          = help: did you mean `path`?
        error[KW0002]: there is no `path`
         --> keywright.toml:6:9 at #/api/0/types/#~1b
          |
        6 | "#/b" = { pat = "crate::Money" }
          |         ^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: add it: `path = "rust_decimal::Decimal"`
        error[KW0002]: `versio` is not a key of `api.types.#/c.dependency.a`
         --> keywright.toml:7:47 at #/api/0/types/#~1c/dependency/a/versio
          |
        7 | …#/c" = { path = "a::B", dependency = { a = { versio = "1" } } }
          |                                               ^^^^^^
          |
          = help: did you mean `version`?
        "##);
    }

    #[test]
    fn a_package_needs_the_dependency_of_each_type() {
        assert_snapshot!(read(
            r##"
"#/a" = "rust_decimal::Decimal"
"#/b" = { path = "money::A", dependency = { money = "1" } }
"#/c" = { path = "money::B", dependency = { money = "2" } }
"##
        ), @r##"
        error[KW0002]: the generated package does not depend on `rust_decimal`, which `rust_decimal::Decimal` needs
         --> keywright.toml:5:1 at #/api/0/types/#~1a
          |
        5 | "#/a" = "rust_decimal::Decimal"
          | ^^^^^
          |
          = help: add the dependency: `{ path = "rust_decimal::Decimal", dependency = { rust_decimal = "1" } }`
        error[KW0002]: two types state the dependency `money` differently
         --> keywright.toml:7:1 at #/api/0/types/#~1c
          |
        7 | "#/c" = { path = "money::B", dependency = { money = "2" } }
          | ^^^^^
          |
          = help: state it in the same way for all types, or for one of them only
        "##);
    }
}
