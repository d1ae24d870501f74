//! Makes what the tests compile: a client of every fixture, as a build script of a user would make it; a function
//! for each that sends JSON through its models; and progenitor's clients of the four specs, for the tests that
//! compare them with ours.
//!
//! progenitor refuses whole documents for the sake of one operation, so each operation that it does not
//! accept alone is taken out first, and noted with the reason.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use keywright::config::{ApiConfig, Dates};
use keywright::diagnostics::Diagnostics;
use keywright::document::Copies;
use keywright::ir::OperationId;
use keywright::model::Description;
use keywright::{interchange, load, normalize, progenitor, resolve};
use openapiv3::{OpenAPI, ReferenceOr};

#[path = "src/round_trip/types.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "it is a part of the package itself, and not all of it is needed here"
)]
mod types;

#[path = "src/drive/code.rs"]
#[expect(
    unreachable_pub,
    reason = "it is a part of the package itself, and not all of it is needed here"
)]
mod drive;

const APIS: [&str; 4] = ["thetvdb", "aivo", "tvmaze", "pacerpro"];

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let fixtures = fixtures();
    round_trips(&fixtures, &out);
    drivers(&fixtures, &out);
    oracle(&out);
}

/// A client of every fixture, in a module named after it. Gives the modules and the documents.
fn fixtures() -> Vec<ApiConfig> {
    let folder = std::fs::read_dir("fixtures").expect("the fixtures are there");
    println!("cargo::rerun-if-changed=fixtures");
    let mut files: Vec<PathBuf> = folder
        .map(|entry| entry.expect("the fixtures can be read").path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .collect();
    files.sort();
    let module = |file: &Path| -> String {
        let name = file.file_stem().expect("fixtures have names");
        let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
        name.to_string_lossy().chars().map(plain).collect()
    };
    let apis: Vec<ApiConfig> = files
        .into_iter()
        .map(|spec| ApiConfig::new(module(&spec), spec))
        .collect();
    let builder = apis.iter().fold(keywright::Builder::new(), |builder, it| {
        builder.api(&it.module, &it.spec)
    });
    // The warnings belong to what the fixtures test, and would be noise here.
    if let Err(error) = builder.quiet().generate() {
        panic!("the fixtures cannot be generated:\n{error}");
    }
    apis
}

/// A function for the models of each fixture, called after its module, and a list of all.
fn round_trips(fixtures: &[ApiConfig], out: &Path) {
    let clients = "keywright_tests::clients";
    let mut text = types::again(&format!("{clients}::runtime"));
    let mut list = String::new();
    for api in fixtures {
        let ApiConfig { module, spec, .. } = api;
        let named = keywright::read(api, &load::Limits::default(), &mut Diagnostics::new(false));
        let types = types::of(&named.expect("the fixtures have been generated"));
        if !types.is_empty() {
            let _ = writeln!(
                text,
                "{}",
                types::function(&types, &format!("{clients}::{module}"), module)
            );
            let _ = writeln!(list, "    ({:?}, {module}),", spec.to_string_lossy());
        }
    }
    let _ = writeln!(text, "const FIXTURES: &[(&str, RoundTrip)] = &[\n{list}];");
    std::fs::write(out.join("round_trips.rs"), text).expect("OUT_DIR can be written");
}

/// A function that calls the operations of each fixture, called after its module, and a list of all.
fn drivers(fixtures: &[ApiConfig], out: &Path) {
    let clients = "keywright_tests::clients";
    let mut text = drive::support(&format!("{clients}::runtime"));
    let mut list = String::new();
    for api in fixtures {
        let ApiConfig { module, spec, .. } = api;
        let named = keywright::read(api, &load::Limits::default(), &mut Diagnostics::new(false));
        let named = named.expect("the fixtures have been generated");
        let operations = (0..).map(OperationId).zip(&named.api.operations);
        let operations: Vec<OperationId> = operations.map(|(id, _)| id).collect();
        if !operations.is_empty() {
            let path = format!("{clients}::{module}");
            let dates = Dates::default();
            let function = format!("call_{module}");
            text.push_str(&drive::functions(
                &named,
                dates,
                &operations,
                &path,
                &function,
            ));
            let _ = writeln!(list, "    ({:?}, {function}),", spec.to_string_lossy());
        }
    }
    let _ = writeln!(text, "const FIXTURES: &[(&str, Start)] = &[\n{list}];");
    std::fs::write(out.join("drivers.rs"), text).expect("OUT_DIR can be written");
}

/// progenitor's clients of the four specs.
fn oracle(out: &Path) {
    // progenitor says no by a panic, which is caught; its message is in what is noted.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut refused = String::new();
    for api in APIS {
        let spec = format!("../specs/{api}.yaml");
        println!("cargo::rerun-if-changed={spec}");
        let mut found = Diagnostics::new(false);
        let Some((description, mut document)) = convert(Path::new(&spec), &mut found) else {
            // The tests of the specs say what is wrong with this one.
            std::fs::write(out.join(format!("{api}.rs")), "").expect("OUT_DIR can be written");
            continue;
        };
        for (id, reason) in take_refused_out(&mut document, &description) {
            let _ = writeln!(refused, "({api:?}, {id:?}, {reason:?}),");
        }
        let tokens = progenitor::generate(&document, &description.place, &mut found)
            .expect("progenitor accepts each operation that is left");
        let file = syn::parse2(tokens).expect("progenitor writes Rust");
        std::fs::write(out.join(format!("{api}.rs")), prettyplease::unparse(&file))
            .expect("OUT_DIR can be written");
    }
    std::panic::set_hook(hook);
    let refused = format!("&[\n{refused}]");
    std::fs::write(out.join("refused.rs"), refused).expect("OUT_DIR can be written");
}

fn convert(spec: &Path, found: &mut Diagnostics) -> Option<(Description, OpenAPI)> {
    let loaded = load::load(spec, &Copies::default(), &load::Limits::default(), found)?;
    let references = resolve::resolve(&loaded, found);
    let description = normalize::normalize(&loaded, &references, found)?;
    let document = interchange::convert(&description, found)?;
    Some((description, document))
}

/// Removes every operation that progenitor does not accept alone; gives their ids and the reasons.
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
            let id = alone
                .operations()
                .find_map(|(_, _, operation)| operation.operation_id.clone());
            let reason = found.iter().map(|it| it.message.clone()).collect();
            refused.push((id.unwrap_or_default(), reason));
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
