//! The outline of a package that was generated before, read off its Rust files.
//!
//! The files are those that `emit` writes, so that their forms are known: what a macro of the runtime declares is read
//! from its arguments. What the files do not tell is named in [`Outline::unknown`], and not compared.

mod client;
mod declared;
mod imports;
mod macros;
mod models;
mod operations;
mod responses;
mod static_data;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::package::package;
use super::{Fact, Node, NodeKind, Outline, Value};
use imports::Imports;

/// Reads a package: the text of each of its files, by path relative to its folder, with `/` between its parts.
///
/// # Errors
///
/// Says which file is not what Keywright generates.
pub fn of_package(files: &BTreeMap<String, String>) -> Result<Outline<'static>, String> {
    let missing = |path: &str| format!("it has no `{path}`, so that it is no generated package");
    let text = |path: &str| files.get(path).ok_or_else(|| missing(path));
    let mut root = package(text("Cargo.toml")?, text("src/runtime/mod.rs")?);
    let modules: Vec<&str> = files
        .keys()
        .filter_map(|path| path.strip_prefix("src/")?.strip_suffix("/mod.rs"))
        .filter(|it| !it.contains('/') && *it != "runtime")
        .collect();
    for module in modules {
        root.children.push(api(module, files)?);
    }
    Ok(Outline {
        root,
        specs: HashMap::new(),
        unknown: unknown(),
    })
}

/// What the files of a package do not tell.
fn unknown() -> Vec<(NodeKind, Fact)> {
    use {Fact as F, NodeKind as K};
    let mut unknown: Vec<(NodeKind, Fact)> = Vec::new();
    for kind in K::ALL {
        let facts = [
            F::Docs,
            F::Constraints,
            F::Default,
            F::Xml,
            F::Part,
            F::Features,
        ];
        unknown.extend(facts.map(|fact| (kind, fact)));
    }
    unknown.extend([
        (K::Api, F::ApiVersion),
        (K::Server, F::Url),
        (K::ServerVariable, F::Allowed),
        (K::ForeignScheme, F::Kind),
        (K::Scheme, F::Endpoints),
        (K::Scheme, F::Scopes),
        (K::Flow, F::Scopes),
        (K::Scheme, F::Deprecated),
        // Whether it ends all sessions of a user is told in words alone.
        (K::Session, F::Revoke),
        (K::DeviceFlow, F::Acquire),
        (K::DeviceFlow, F::Renew),
        (K::Operation, F::Retry),
        (K::Operation, F::Scopes),
        (K::Operation, F::Servers),
        (K::Argument, F::EmptySetter),
        (K::Argument, F::Replaces),
        (K::Argument, F::Serialization),
        (K::Body, F::Serialization),
        (K::Body, F::MediaTypes),
        (K::Response, F::MediaTypes),
        (K::Header, F::Serialization),
        (K::Header, F::Deprecated),
        (K::Variant, F::WireValue),
        (K::Incoming, F::MediaTypes),
        (K::Incoming, F::Method),
        (K::Incoming, F::Url),
        (K::Marker, F::Setter),
        (K::Item, F::Additional),
        (K::Item, F::Dispatch),
        (K::Item, F::MockSignature),
        (K::Field, F::Presence),
        (K::Field, F::ReadOnly),
        (K::Field, F::WriteOnly),
        (K::Constant, F::Presence),
    ]);
    unknown
}

/// A file of a module, parsed.
struct Parsed {
    /// Its path within the module: `models.rs`.
    path: String,
    file: syn::File,
    imports: Imports,
}

fn api(module: &str, files: &BTreeMap<String, String>) -> Result<Node, String> {
    let folder = format!("src/{module}/");
    let of_module = files.iter().filter_map(|(path, text)| {
        let path = path.strip_prefix(&folder)?;
        // The service for tests goes with the operations.
        let is_rust = Path::new(path).extension().is_some_and(|it| it == "rs");
        (is_rust && path != "mock.rs").then_some((path, text))
    });
    let mut parsed = Vec::new();
    for (path, text) in of_module {
        let file = syn::parse_file(text)
            .map_err(|error| format!("`{folder}{path}` is not Rust: {error}"))?;
        parsed.push(Parsed {
            imports: Imports::of(path, &file),
            path: path.to_owned(),
            file,
        });
    }
    let is_models = |it: &&Parsed| it.path == "models.rs" || it.path.starts_with("models/");
    let models: Vec<&Parsed> = parsed.iter().filter(is_models).collect();
    let names: HashSet<String> = models
        .iter()
        .flat_map(|it| models::names(&it.file))
        .collect();
    let cx = Cx {
        module,
        models: &names,
    };
    let mut node = Node::new(NodeKind::Api, module, module);
    let client = client::read(&cx, &parsed);
    node = node.maybe(Fact::Title, client.title);
    node.children.extend(client.nodes);
    let others: Vec<&Parsed> = parsed.iter().filter(|it| !is_models(it)).collect();
    node.children
        .extend(operations::read(&cx, &others, &client.constants));
    let wire_names = macros::wire_names(&parsed);
    for it in models {
        node.children.extend(models::read(&cx, it, &wire_names));
    }
    name_routes(&mut node);
    Ok(node)
}

/// Names the operations of sessions by their routes, as the outline of an API does, and not by their types.
fn name_routes(api: &mut Node) {
    let routes: HashMap<String, String> = api
        .children(NodeKind::Operation)
        .filter_map(|it| match it.get(Fact::Types)? {
            Value::Table(types) => {
                let (_, name) = types.iter().find(|(role, _)| role == "operation")?;
                let route = format!("{} {}", it.text(Fact::Method), it.text(Fact::Path));
                Some((name.clone(), route))
            }
            _ => None,
        })
        .collect();
    let schemes = api
        .children
        .iter_mut()
        .filter(|it| it.kind == NodeKind::Scheme);
    let sessions = schemes.flat_map(|it| &mut it.children);
    for (_, value) in sessions.flat_map(|it| &mut it.facts) {
        let Value::Table(table) = value else {
            continue;
        };
        for (key, name) in table {
            if key == "operation"
                && let Some(route) = routes.get(name)
            {
                name.clone_from(route);
            }
        }
    }
}

/// What is known of a module where its files are read.
struct Cx<'c> {
    module: &'c str,
    /// The names of its models.
    models: &'c HashSet<String>,
}
