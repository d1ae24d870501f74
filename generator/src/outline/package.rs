//! The package: its APIs, its features, and what it depends on.

use std::collections::BTreeSet;

use toml::{Table, Value as Toml};

use super::source::Source;
use super::{Fact, Node, NodeKind, Outline, aliases, client, models, operations, security, text};
use crate::NamedApi;
use crate::config::{Config, Layout};
use crate::emit;
use crate::ir::{Cause, ItemId, OperationId};
use crate::shape::{self, NeededBy, Part};

/// The outline of the package that a configuration gives.
#[must_use]
pub fn of_apis<'s>(apis: &'s [NamedApi], config: &Config) -> Outline<'s> {
    let shapes = crate::shapes(apis, config);
    let modules = crate::modules(apis, &shapes);
    let frame = emit::frame(&modules, &config.output);
    let mut root = package(&frame.manifest, &frame.runtime);
    if config.output.layout == Layout::Modules {
        // What is vendored is no package: nobody but its owner says what it depends on.
        root.children.retain(|it| it.kind == NodeKind::RuntimeItem);
    }
    let nodes = modules.iter().map(|it| {
        api(&Source {
            module: it.name,
            api: it.api,
            names: it.names,
            shape: it.shape,
        })
    });
    root.children.extend(nodes);
    Outline {
        root,
        specs: apis
            .iter()
            .map(|it| (it.module.clone(), &it.spec))
            .collect(),
        unknown: Vec::new(),
    }
}

fn api(cx: &Source<'_>) -> Node {
    let info = &cx.api.info;
    let node = Node::new(NodeKind::Api, cx.module, cx.module)
        .at(&info.origin.place)
        .key(info.origin.place.source.name.clone())
        .key(info.title.clone())
        .fact(Fact::Title, info.title.as_str())
        .fact(Fact::ApiVersion, info.version.as_str())
        .fact(
            Fact::Docs,
            text::docs(
                &info.docs,
                &(
                    &info.terms_of_service,
                    &info.contact,
                    &info.license,
                    documented(cx),
                ),
            ),
        );
    let mut children = client::servers(cx);
    children.extend(security::schemes(cx));
    let features = Features::of(cx);
    let operations = (0..).map(OperationId).zip(&features.operations);
    let operations = operations.take(cx.api.operations.len());
    children.extend(operations.map(|(id, features)| operations::operation(cx, id, features)));
    children.extend(operations::markers(cx));
    let incoming = (0..cx.api.incoming.len()).zip(&features.incoming);
    // What carries nothing that is read has no function.
    let incoming = incoming.filter(|(index, _)| cx.api.incoming[*index].read_payload().is_some());
    children.extend(incoming.map(|(index, features)| operations::incoming(cx, index, features)));
    let items = (0..).map(ItemId).zip(&features.items);
    let items = items.take(cx.api.items.len());
    children.extend(items.filter_map(|(id, features)| models::item(cx, id, features)));
    children.extend(aliases::aliases(cx));
    Node { children, ..node }
}

/// What else is documented: tags above their operations, and what the API sends without a body.
fn documented(cx: &Source<'_>) -> Vec<String> {
    let groups = cx.api.groups.iter();
    let groups = groups.map(|it| format!("{:?}", it.docs));
    let incoming = cx.api.incoming.iter();
    let incoming = incoming.filter(|it| it.read_payload().is_none());
    let incoming = incoming.map(|it| format!("{} {:?}", it.name, it.docs));
    groups.chain(incoming).collect()
}

/// The Cargo features one of which must be on for each part of an API; none where the module's own is enough.
struct Features {
    operations: Vec<Vec<String>>,
    incoming: Vec<Vec<String>>,
    items: Vec<Vec<String>>,
}

impl Features {
    fn of(cx: &Source<'_>) -> Self {
        let mut features = Self {
            operations: vec![Vec::new(); cx.api.operations.len()],
            incoming: vec![Vec::new(); cx.api.incoming.len()],
            items: vec![Vec::new(); cx.api.items.len()],
        };
        let Some(parts) = &cx.shape.parts else {
            return features;
        };
        let name = |it: &shape::Feature| format!("{}-{}", cx.module, it.name);
        let of_part = |part: Part| {
            parts
                .feature(part)
                .map(name)
                .into_iter()
                .collect::<Vec<_>>()
        };
        for (index, group) in cx.api.groups.iter().enumerate() {
            for OperationId(id) in &group.operations {
                features.operations[*id as usize] = of_part(Part::Group(index));
            }
        }
        for (index, it) in cx.api.incoming.iter().enumerate() {
            features.incoming[index] = of_part(match it.cause {
                Cause::Webhook => Part::Webhooks,
                Cause::Callback { .. } => Part::Callbacks,
            });
        }
        for (index, of) in features.items.iter_mut().enumerate() {
            let id = ItemId(u32::try_from(index).unwrap_or(u32::MAX));
            let needed_by = parts.file(id).map(|it| &it.needed_by);
            *of = match needed_by {
                Some(NeededBy::One(it)) => vec![name(&parts.features[*it])],
                Some(NeededBy::Several(them)) => {
                    them.iter().map(|it| name(&parts.features[*it])).collect()
                }
                // It is there whatever is switched on.
                Some(NeededBy::Most) => {
                    let client = std::iter::once(format!("{}-client", cx.module));
                    client.chain(parts.features.iter().map(name)).collect()
                }
                None => Vec::new(),
            };
        }
        features
    }
}

/// The dependencies whose types are public.
const PUBLIC: &[&str] = &[
    "bytes",
    "chrono",
    "futures-core",
    "http",
    "jiff",
    "secrecy",
    "serde",
    "serde_json",
    "url",
    "uuid",
];

/// A package without its APIs, from its `Cargo.toml` and the root of its runtime.
#[must_use]
pub(super) fn package(manifest: &str, runtime: &str) -> Node {
    let manifest: Table = manifest.parse().unwrap_or_default();
    let text = |key: &str| {
        let package = manifest.get("package");
        let value = package.and_then(|it| it.get(key)).and_then(Toml::as_str);
        value.unwrap_or_default()
    };
    let node = Node::new(NodeKind::Package, text("name"), text("name"))
        .fact(Fact::Release, text("version"))
        .fact(Fact::RustVersion, text("rust-version"));
    let mut children = features(&manifest);
    children.extend(dependencies(&manifest));
    children.extend(runtime_items(runtime));
    Node { children, ..node }
}

fn features(manifest: &Table) -> Vec<Node> {
    let table = manifest.get("features").and_then(Toml::as_table);
    let names = |list: &Toml| -> BTreeSet<String> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(|it| it.as_str().map(str::to_owned))
            .collect()
    };
    let default = table
        .and_then(|it| it.get("default"))
        .map(names)
        .unwrap_or_default();
    let all = table
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "default");
    let nodes = all.map(|(name, _)| {
        Node::new(NodeKind::Feature, name.clone(), format!("feature `{name}`"))
            .flag(Fact::IsDefault, default.contains(name))
    });
    nodes.collect()
}

fn dependencies(manifest: &Table) -> Vec<Node> {
    let table = manifest.get("dependencies").and_then(Toml::as_table);
    let all = table
        .into_iter()
        .flatten()
        .filter(|(name, _)| PUBLIC.contains(&&***name));
    let nodes = all.map(|(name, it)| {
        let version = it.get("version").unwrap_or(it).as_str().unwrap_or_default();
        Node::new(
            NodeKind::Dependency,
            name.clone(),
            format!("dependency `{name}`"),
        )
        .fact(Fact::Release, version)
    });
    nodes.collect()
}

/// What the root of the runtime exports, without what generated code alone is to use.
fn runtime_items(runtime: &str) -> Vec<Node> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut is_hidden = false;
    for line in runtime.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_hidden |= line == "#[doc(hidden)]";
            continue;
        }
        if !std::mem::take(&mut is_hidden) {
            names.extend(exports(line));
        }
    }
    let nodes = names.into_iter().map(|it| {
        let path = format!("runtime::{it}");
        Node::new(NodeKind::RuntimeItem, it, path)
    });
    nodes.collect()
}

/// The names that a line exports.
fn exports(line: &str) -> Vec<String> {
    let line = line.trim_end_matches(';');
    if let Some(module) = line.strip_prefix("pub mod ") {
        return vec![module.to_owned()];
    }
    let Some(path) = line.strip_prefix("pub use self::") else {
        return Vec::new();
    };
    let names = path.split_once('{').map_or_else(
        || path.rsplit("::").next().unwrap_or(path),
        |(_, names)| names.trim_end_matches('}'),
    );
    names.split(',').map(|it| it.trim().to_owned()).collect()
}
