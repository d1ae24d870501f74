//! Makes what the tests compile: a client of every fixture, as a build script of a user would make it; a function
//! for each that sends JSON through its models; and one for each that calls its operations.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use keywright::config::{ApiConfig, ApiLayout, Dates};
use keywright::diagnostics::Diagnostics;
use keywright::ir::OperationId;
use keywright::load;

#[path = "src/round_trip/types.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "it is a part of the package itself, and not all of it is needed here"
)]
mod types;

#[path = "src/aliases.rs"]
#[expect(unreachable_pub, reason = "it is a part of the package itself")]
mod aliases;

#[path = "src/drive/code.rs"]
#[expect(
    unreachable_pub,
    reason = "it is a part of the package itself, and not all of it is needed here"
)]
mod drive;

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let fixtures = fixtures();
    round_trips(&fixtures, &out);
    let text = drivers(&fixtures, "keywright_tests::clients");
    std::fs::write(out.join("drivers.rs"), text).expect("OUT_DIR can be written");
    let text = drivers(&specs(), "auth_apis");
    std::fs::write(out.join("drivers_of_specs.rs"), text).expect("OUT_DIR can be written");
}

/// The documents of the package `auth-apis`.
fn specs() -> Vec<ApiConfig> {
    println!("cargo::rerun-if-changed=../specs");
    let names = ["thetvdb", "aivo", "tvmaze", "pacerpro"];
    let spec = |name: &str| ApiConfig::new(name, format!("../specs/{name}.yaml"));
    names.map(spec).into()
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
        .map(|spec| {
            let mut api = ApiConfig::new(module(&spec), spec);
            // This package declares the features.
            if api.module == "by_tag" {
                api.layout = ApiLayout::ByTag;
            }
            api
        })
        .collect();
    let builder = keywright::Builder::new().mock(true);
    let builder = apis.iter().fold(builder, |builder, it| {
        let builder = builder.api(&it.module, &it.spec).layout(it.layout);
        let name = it.spec.file_stem().unwrap_or_default().to_string_lossy();
        let aliases = aliases::of(&name).iter();
        aliases.fold(builder, |builder, (old, new)| builder.alias(*old, *new))
    });
    // Some of its types are this package's own.
    let builder = builder.config("fixtures/types/keywright.toml");
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

/// A function that calls the operations of each document, called after its module, and a list of all; and a list of what
/// sends a request to the mock service of each. `clients` is where the modules are.
fn drivers(apis: &[ApiConfig], clients: &str) -> String {
    let runtime = format!("{clients}::runtime");
    let mut text = drive::support(&runtime);
    let _ = writeln!(
        text,
        "fn refusal(service: &dyn {runtime}::Transport, request: http::Request<Vec<u8>>) -> Option<String> {{\n    \
         let response = service.send(request.map({runtime}::Body::from));\n    \
         {runtime}::mock::block_on(response).err().map(|error| chain(&error))\n}}\n"
    );
    let (mut list, mut services) = (String::new(), String::new());
    for api in apis {
        let ApiConfig { module, spec, .. } = api;
        let named = keywright::read(api, &load::Limits::default(), &mut Diagnostics::new(false));
        let named = named.expect("the document can be read");
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
            let _ = writeln!(
                services,
                "    |request| refusal(&{path}::mock::Service::new(), request),"
            );
        }
    }
    let _ = writeln!(text, "const SERVICES: &[Refuse] = &[\n{services}];");
    let _ = writeln!(text, "const DOCUMENTS: &[(&str, Start)] = &[\n{list}];");
    text
}
