//! Checks that a configuration is valid, wherever it comes from.

use std::collections::BTreeSet;

use super::problem::Problem;
use super::{ApiLayout, Config};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::JsonPointer;

/// Names that a module cannot have: modules and features of every generated crate, and Rust's reserved words.
const TAKEN: &[&str] = &[
    "alloc",
    "aux",
    "blocking",
    "con",
    "core",
    "default",
    "full",
    "lib",
    "main",
    "native-tls",
    "nul",
    "oauth2",
    "prn",
    "reqwest",
    "reqwest-middleware",
    "runtime",
    "rustls",
    "serde",
    "std",
    "tower",
    "tracing",
    "xml",
];

/// Reports the problems of a configuration.
pub fn check(config: &Config, diagnostics: &mut Diagnostics) {
    for problem in problems(config) {
        diagnostics
            .report(Diagnostic::new(Code::InvalidConfig, problem.message).help(problem.help));
    }
    super::types::check(config, diagnostics);
}

/// Returns all problems of a configuration.
pub(super) fn problems(config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |setting: JsonPointer, message: String, help: &str| {
        problems.push(Problem {
            setting,
            message,
            help: help.to_owned(),
        });
    };
    let root = JsonPointer::root();
    let output = &config.output;
    if !is_package(&output.package) {
        let message = format!("`{}` cannot be the name of a package", output.package);
        add(
            root.child("output").child("package"),
            message,
            "use letters, digits, `-` and `_`, beginning with a letter",
        );
    }
    if !is_version(&output.version) {
        let message = format!("`{}` is not a version", output.version);
        add(
            root.child("output").child("version"),
            message,
            "write three numbers: `0.1.0`",
        );
    }
    if config.apis.is_empty() {
        let help = "add a table `[[api]]` with the keys `module` and `spec`";
        add(root.clone(), "there is no API".into(), help);
    }
    let mut seen = BTreeSet::new();
    for (index, api) in config.apis.iter().enumerate() {
        let at = root.child("api").item(index);
        let setting = at.child("module");
        if !is_module(&api.module) {
            let message = format!("`{}` cannot be the name of a module", api.module);
            let help = "use small letters, digits and `_`, beginning with a letter, and no word that Rust or \
                        the generated crate uses itself";
            add(setting, message, help);
        } else if !seen.insert(&api.module) {
            let message = format!("two APIs have the module `{}`", api.module);
            add(setting, message, "give each API a module of its own");
        } else if api.layout == ApiLayout::ByTag && api.module == "native" {
            let message =
                "`native` cannot be laid out by tag: one of its features could be `native-tls`";
            let help = "give the API another `module`";
            add(setting, message.to_owned(), help);
        }
        for rename in &api.names {
            let setting = at.child("names").child(&rename.pointer);
            if !rename.name.chars().any(char::is_alphanumeric) {
                let message = format!("`{}` cannot be a name in Rust", rename.name);
                add(setting, message, "use letters, digits and `_`");
            } else if rename.parse().is_none() {
                let message = format!("`{}` leads to no part of a document", rename.pointer);
                let help = "write a JSON pointer after `#`: `#/components/schemas/Pet`";
                add(setting, message, help);
            }
        }
    }
    let apis = config.apis.iter().enumerate();
    let at = |index| root.child("api").item(index);
    problems.extend(apis.flat_map(|(index, api)| super::types::problems(api, &at(index))));
    problems
}

/// Returns `true` if `text` can be the name of a module and a Cargo feature.
pub(super) fn is_module(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    plain && !TAKEN.contains(&text) && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// Returns `true` if `text` can be the name of a package and its library.
fn is_package(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_');
    let first = text.starts_with(|it: char| it.is_ascii_alphabetic());
    plain && first && syn::parse_str::<syn::Ident>(&text.replace('-', "_")).is_ok()
}

/// Returns `true` if `text` is a version: three numbers, optionally followed by `-` or `+` (Semantic Versioning 2.0.0).
fn is_version(text: &str) -> bool {
    let (core, rest) = text
        .find(['-', '+'])
        .map_or((text, ""), |at| text.split_at(at));
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3
        && numbers.iter().all(|it| {
            it.parse::<u64>()
                .is_ok_and(|number| number.to_string() == **it)
        })
        && rest
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "-+.".contains(it))
        && !rest.ends_with(['-', '+', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_modules() {
        let good: Vec<&str> = [
            "tvmaze", "v2", "a_b", "fn", "2x", "runtime", "main", "lib", "A", "", "_", "a-b",
        ]
        .into_iter()
        .filter(|it| is_module(it))
        .collect();
        assert_eq!(good, ["tvmaze", "v2", "a_b"]);
    }

    #[test]
    fn knows_versions() {
        let good: Vec<&str> = [
            "1.2.3",
            "0.1.0-rc.1+x",
            "1.2",
            "01.2.3",
            "1.2.3-",
            "a.b.c",
            "1.2.3\"",
        ]
        .into_iter()
        .filter(|it| is_version(it))
        .collect();
        assert_eq!(good, ["1.2.3", "0.1.0-rc.1+x"]);
    }
}
