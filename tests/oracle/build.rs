//! Makes progenitor's clients of the four specs and of the fixtures, and functions that call the operations of both
//! progenitor's and our clients with arguments in JSON.
//!
//! progenitor refuses whole documents for the sake of one operation, so each operation that it does not
//! accept alone is taken out first, and noted with the reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use keywright::NamedApi;
use keywright::config::{ApiConfig, Dates};
use keywright::diagnostics::Diagnostics;
use keywright::document::Copies;
use keywright::ir::{Operation, OperationId};
use keywright::model::Description;
use keywright::{interchange, load, normalize, progenitor, resolve};
use openapiv3::{OpenAPI, ReferenceOr};
use quote::ToTokens as _;
use syn::{FnArg, ImplItem, Item, Pat, Signature, Type};

#[path = "../src/drive/code.rs"]
#[expect(
    unreachable_pub,
    reason = "it is a part of another package, and not all of it is needed here"
)]
mod drive;

const APIS: [&str; 4] = ["thetvdb", "aivo", "tvmaze", "pacerpro"];

/// The fixtures of which progenitor makes no client, or none that compiles, each with the reason.
const LEFT_OUT: [(&str, &str); 6] = [
    (
        "inheritance",
        "its stack is exhausted by an `allOf` that leads back to itself",
    ),
    (
        "methods",
        "it calls functions of reqwest that are not there",
    ),
    ("operation-ids", "it gives several methods one name"),
    ("names", "it gives several types and arguments one name"),
    ("one-of", "it gives several types one name"),
    ("type-lists", "it gives several types one name"),
];

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    // progenitor says no by a panic, which is caught; its message is in what is noted.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut texts = Texts::default();
    for api in APIS {
        let spec = PathBuf::from(format!("../../specs/{api}.yaml"));
        println!("cargo::rerun-if-changed={}", spec.display());
        texts.add(api, &spec, &format!("auth_apis::{api}"));
    }
    println!("cargo::rerun-if-changed=../fixtures");
    for spec in fixtures() {
        let name = spec.file_stem().expect("fixtures have names");
        let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
        let module: String = name.to_string_lossy().chars().map(plain).collect();
        texts.add(
            &module,
            &spec,
            &format!("keywright_tests::clients::{module}"),
        );
    }
    std::panic::set_hook(hook);
    texts.write(&out);
}

fn fixtures() -> Vec<PathBuf> {
    let folder = std::fs::read_dir("../fixtures").expect("the fixtures are there");
    let files = folder.map(|entry| entry.expect("the fixtures can be read").path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .filter(|path| {
            !LEFT_OUT
                .iter()
                .any(|(it, _)| path.ends_with(format!("{it}.yaml")))
        })
        .collect();
    files.sort();
    files
}

/// What is written.
#[derive(Default)]
struct Texts {
    theirs: String,
    refused: String,
    /// Our drivers of clients that share a runtime, by its path.
    ours: BTreeMap<&'static str, String>,
    drivers: String,
    list: String,
}

impl Texts {
    /// progenitor's client of a document, and what calls it and ours.
    fn add(&mut self, module: &str, spec: &Path, client: &str) {
        let mut found = Diagnostics::new(false);
        let document = spec.display().to_string();
        let api = ApiConfig::new(module, spec);
        let named = keywright::read(&api, &load::Limits::default(), &mut found);
        let converted = convert(spec, &mut found);
        // The tests of the specs and fixtures say what is wrong with others.
        let (Some(named), Some((description, mut converted))) = (named, converted) else {
            return;
        };
        for (operation, reason) in take_refused_out(&mut converted, &description) {
            let _ = writeln!(self.refused, "({document:?}, {operation:?}, {reason:?}),");
        }
        if converted.operations().next().is_none() {
            return;
        }
        let tokens = progenitor::generate(&converted, &description.place, &mut found);
        let tokens = tokens.expect("progenitor accepts each operation that is left");
        let file: syn::File = syn::parse2(tokens).expect("progenitor writes Rust");
        let theirs = prettyplease::unparse(&file);
        let _ = writeln!(self.theirs, "pub mod {module} {{\n{theirs}\n}}");
        let operations = self.calls(module, &named, &file);
        let runtime = client.rsplit_once("::").map_or("", |(parent, _)| parent);
        let runtime = if runtime == "auth_apis" {
            "auth_apis"
        } else {
            "keywright_tests::clients"
        };
        let functions = drive::functions(
            &named,
            Dates::default(),
            &operations,
            client,
            &format!("our_{module}"),
        );
        let ours = self.ours.entry(runtime).or_default();
        ours.push_str(&functions);
        let _ = writeln!(
            ours,
            "\npub(super) fn start_{module}(base_url: &str) -> Result<super::Calls, String> {{\n    \
             let calls = our_{module}(base_url)?;\n    \
             Ok(Box::new(move |case: super::Case| calls(Case(case.0))))\n}}"
        );
        let mode = if runtime == "auth_apis" {
            "specs"
        } else {
            "fixtures"
        };
        let _ = writeln!(
            self.list,
            "    ({document:?}, {mode}::start_{module}, their_{module}),"
        );
    }

    /// What calls progenitor's client; gives the operations that it calls.
    fn calls(&mut self, module: &str, named: &NamedApi, file: &syn::File) -> Vec<OperationId> {
        let methods = methods(file);
        let mut arms = String::new();
        let mut called = Vec::new();
        for (id, operation) in (0..).map(OperationId).zip(&named.api.operations) {
            let route = format!("{} {}", operation.method, operation.path);
            let Some(call) = methods
                .get(&route)
                .and_then(|it| call(named, id, operation, it, module))
            else {
                continue;
            };
            called.push(id);
            let _ = writeln!(
                arms,
                "            Some({}) => Box::pin(async move {{\n{call}\n                Ok(Value::Null)\n            }}),",
                id.0
            );
        }
        let _ = writeln!(
            self.drivers,
            "fn their_{module}(base_url: &str) -> Calls {{\n    let client = theirs::{module}::Client::new(base_url);\n    \
             Box::new(move |case: Case| -> Told {{\n        let client = client.clone();\n        \
             match case.operation() {{\n{arms}            _ => {{\n                drop(client);\n                \
             Box::pin(std::future::ready(Err(\"there is no such operation\".to_owned())))\n            \
             }}\n        }}\n    }})\n}}\n"
        );
        called
    }

    fn write(self, out: &Path) {
        let write = |name: &str, text: String| {
            std::fs::write(out.join(name), text).expect("OUT_DIR can be written");
        };
        write("theirs.rs", self.theirs);
        write("refused.rs", format!("&[\n{}]", self.refused));
        let mut text = self.drivers;
        for (runtime, functions) in self.ours {
            let module = if runtime == "auth_apis" {
                "specs"
            } else {
                "fixtures"
            };
            let support = drive::support(&format!("{runtime}::runtime"));
            let _ = writeln!(text, "mod {module} {{\n{support}{functions}\n}}");
        }
        let _ = writeln!(
            text,
            "const DOCUMENTS: &[(&str, Ours, Theirs)] = &[\n{}];",
            self.list
        );
        write("drivers.rs", text);
    }
}

/// progenitor's methods, by method and path, which stand in the documentation of each.
fn methods(file: &syn::File) -> BTreeMap<String, &Signature> {
    let mut found = BTreeMap::new();
    for item in &file.items {
        let Item::Impl(item) = item else { continue };
        for function in &item.items {
            let ImplItem::Fn(function) = function else {
                continue;
            };
            let docs = function
                .attrs
                .iter()
                .map(|it| it.to_token_stream().to_string());
            let docs = docs.collect::<String>();
            let route = docs
                .split_once("Sends a `")
                .and_then(|(_, rest)| rest.split_once("` request to `"))
                .and_then(|(method, rest)| Some((method, rest.split_once('`')?.0)));
            if let Some((method, path)) = route {
                found.insert(format!("{method} {path}"), &function.sig);
            }
        }
    }
    found
}

/// The text of a call of progenitor's method; `None` when its arguments are not those of the operation.
fn call(
    named: &NamedApi,
    id: OperationId,
    operation: &Operation,
    signature: &Signature,
    module: &str,
) -> Option<String> {
    let own = named.names.operation(id);
    let plain = |name: &str| name.trim_end_matches('_').to_lowercase();
    let mut text = String::new();
    let mut passed = Vec::new();
    for (number, input) in signature.inputs.iter().enumerate().skip(1) {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(name) = &*input.pat else {
            return None;
        };
        let name = name.ident.to_string();
        let index = own
            .arguments
            .iter()
            .position(|it| plain(it.as_str()) == plain(&name));
        let value = match index {
            Some(index) => format!("case.0[\"arguments\"][\"{index}\"].clone()"),
            None if name == "body" && operation.body.is_some() => {
                "case.0[\"body\"].clone()".to_owned()
            }
            None => return None,
        };
        let (ty, pass) = owned(&input.ty, &format!("a{number}"), module);
        let _ = writeln!(
            text,
            "                let a{number}: {ty} = serde_json::from_value({value}).map_err(|it| it.to_string())?;"
        );
        passed.push(pass);
    }
    let method = &signature.ident;
    let _ = write!(
        text,
        "                let _ = client.{method}({}).await;",
        passed.join(", ")
    );
    Some(text)
}

/// The type to own for what is passed as `ty`, and the expression that passes it.
fn owned(ty: &Type, variable: &str, module: &str) -> (String, String) {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    let text = text.replace("'a", "").replace("::std::", "std::");
    let path = |text: &str| text.replace("types::", &format!("theirs::{module}::types::"));
    let optional = text
        .strip_prefix("Option<")
        .or_else(|| text.strip_prefix("std::option::Option<"))
        .and_then(|it| it.strip_suffix('>'));
    let reference = optional.unwrap_or(&text).strip_prefix('&');
    match (optional, reference) {
        (Some(_), Some("str")) => (
            "Option<String>".to_owned(),
            format!("{variable}.as_deref()"),
        ),
        (Some(_), Some(inner)) => (
            format!("Option<{}>", path(inner)),
            format!("{variable}.as_ref()"),
        ),
        (Some(inner), None) => (format!("Option<{}>", path(inner)), variable.to_owned()),
        (None, Some("str")) => ("String".to_owned(), format!("&{variable}")),
        (None, Some(inner)) => (path(inner), format!("&{variable}")),
        // A generic parameter is what `reqwest` takes as a body.
        (None, None) if text == "B" => ("String".to_owned(), variable.to_owned()),
        (None, None) => (path(&text), variable.to_owned()),
    }
}

fn convert(spec: &Path, found: &mut Diagnostics) -> Option<(Description, OpenAPI)> {
    let loaded = load::load(spec, &Copies::default(), &load::Limits::default(), found)?;
    let references = resolve::resolve(&loaded, found);
    let description = normalize::normalize(&loaded, &references, found)?;
    let document = interchange::convert(&description, found)?;
    Some((description, document))
}

/// Removes every operation that progenitor does not accept alone; gives what they are called and the reasons.
fn take_refused_out(document: &mut OpenAPI, description: &Description) -> Vec<(String, String)> {
    let mut refused = Vec::new();
    let operations: Vec<(String, String)> = document
        .paths
        .iter()
        .filter_map(|(path, item)| Some((path, item.as_item()?)))
        .flat_map(|(path, item)| {
            item.iter()
                .map(|(method, _)| (path.clone(), method.to_owned()))
        })
        .collect();
    for (path, method) in operations {
        let mut alone = document.clone();
        keep(&mut alone, |other_path, other_method| {
            other_path == path && other_method == method
        });
        let mut found = Diagnostics::new(false);
        if progenitor::generate(&alone, &description.place, &mut found).is_none() {
            let reason = found.iter().map(|it| it.message.clone()).collect();
            refused.push((format!("{} {path}", method.to_uppercase()), reason));
            keep(document, |other_path, other_method| {
                other_path != path || other_method != method
            });
        }
    }
    refused
}

/// Removes every operation whose path and method are not wanted.
fn keep(document: &mut OpenAPI, wanted: impl Fn(&str, &str) -> bool) {
    for (path, item) in &mut document.paths.paths {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        let methods = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
            ("options", &mut item.options),
            ("head", &mut item.head),
            ("patch", &mut item.patch),
            ("trace", &mut item.trace),
        ];
        for (method, operation) in methods {
            if !wanted(path, method) {
                *operation = None;
            }
        }
    }
}
