//! Models, as their files declare them.

use std::collections::{HashMap, HashSet};

use quote::ToTokens as _;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, Meta, Pat, Visibility};

use super::macros::{self, Enumeration, Setters, UnionFrom, WireNames, is_alias, is_deprecated};
use super::{Cx, Parsed};
use crate::outline::aliases::alias;
use crate::outline::{Fact, Node, NodeKind, Ty, Value};

/// The names that a file of models declares.
pub(super) fn names(file: &syn::File) -> Vec<String> {
    let names = file.items.iter().filter_map(|item| match item {
        Item::Struct(it) => Some(it.ident.to_string()),
        Item::Enum(it) => Some(it.ident.to_string()),
        Item::Type(it) => Some(it.ident.to_string()),
        Item::Macro(it) => {
            let it = syn::parse2::<Enumeration>(it.mac.tokens.clone()).ok()?;
            Some(it.name.to_string())
        }
        _ => None,
    });
    names.collect()
}

/// The models of a file.
pub(super) fn read(cx: &Cx<'_>, of: &Parsed, wire_names: &HashMap<String, WireNames>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for item in &of.file.items {
        match item {
            Item::Struct(it) if is_public(&it.vis) && !is_for_mock(&it.attrs) => {
                nodes.push(structure(cx, of, it, wire_names.get(&it.ident.to_string())));
            }
            Item::Enum(it) if is_public(&it.vis) => nodes.push(union(cx, of, it)),
            Item::Type(it) if is_alias(&it.attrs) => {
                let (old, new) = (&it.ident, it.ty.to_token_stream());
                let old = format!("models::{old}");
                nodes.push(alias(cx.module, &old, &format!("models::{new}")));
            }
            Item::Type(it) if is_public(&it.vis) => {
                let node = node(cx, &it.ident.to_string(), &it.attrs);
                let target = of.imports.ty(cx, &it.ty);
                nodes.push(node.fact(Fact::Kind, "alias").fact(Fact::Type, target));
            }
            Item::Macro(it) => {
                let name = macros::name(&it.mac);
                if let Some(node) = enumeration(cx, &name, &it.mac.tokens) {
                    nodes.push(node);
                } else if let Ok(it) = syn::parse2::<UnionFrom>(it.mac.tokens.clone()) {
                    conversions(&mut nodes, &it);
                }
            }
            Item::Impl(it) if !is_for_mock(&it.attrs) => {
                let name = it.self_ty.to_token_stream().to_string();
                nodes.extend(aliases_of_values(cx, &name, &it.items));
                if let Some(node) = nodes.iter_mut().find(|node| node.name == name) {
                    methods(cx, of, node, &it.items);
                }
            }
            _ => {}
        }
    }
    constructors_by_struct(&mut nodes);
    nodes
}

/// `pub const Paper: Self = Self::Softcover;`
fn aliases_of_values<'a>(
    cx: &'a Cx<'_>,
    of: &'a str,
    items: &'a [ImplItem],
) -> impl Iterator<Item = Node> {
    items.iter().filter_map(move |item| match item {
        ImplItem::Const(it) if is_alias(&it.attrs) => {
            let new = it.expr.to_token_stream().to_string();
            let new = new.rsplit(' ').next().unwrap_or_default().to_owned();
            let path = |name: &str| format!("models::{of}::{name}");
            Some(alias(cx.module, &path(&it.ident.to_string()), &path(&new)))
        }
        _ => None,
    })
}

/// Constructors that take much take a struct of it, which is no model of its own.
fn constructors_by_struct(nodes: &mut Vec<Node>) {
    let by_struct = nodes.iter().enumerate().filter_map(|(index, it)| {
        let Some(Value::Arguments(arguments)) = it.get(Fact::Signature) else {
            return None;
        };
        match &arguments[..] {
            [(_, Ty::Model(name))] if *name == format!("{}Required", it.name) => {
                Some((index, name.clone()))
            }
            _ => None,
        }
    });
    for (index, name) in by_struct.collect::<Vec<_>>() {
        let Some(of) = nodes.iter().find(|it| it.name == name) else {
            continue;
        };
        let fields = of
            .children(NodeKind::Field)
            .filter_map(|it| match it.get(Fact::Type) {
                Some(Value::Type(ty)) => Some((it.name.clone(), ty.clone())),
                _ => None,
            });
        let signature = Value::Arguments(fields.collect());
        let node = &mut nodes[index];
        node.facts.retain(|(fact, _)| *fact != Fact::Signature);
        node.facts.push((Fact::Signature, signature));
        node.facts.push((Fact::IsStruct, Value::Flag(true)));
        // An alias of the model is one of the struct, too.
        let path = format!("models::{name}");
        nodes.retain(|it| it.name != name && it.text(Fact::Target) != path);
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether something is there for mocks alone.
fn is_for_mock(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        it.path().is_ident("cfg") && it.meta.to_token_stream().to_string().contains("\"mock\"")
    })
}

fn node(cx: &Cx<'_>, name: &str, attributes: &[Attribute]) -> Node {
    let path = format!("{}::models::{name}", cx.module);
    Node::new(NodeKind::Item, name, path).flag(Fact::Deprecated, is_deprecated(attributes))
}

/// The traits that are derived.
fn derives(attributes: &[Attribute]) -> Vec<String> {
    let derives = attributes.iter().filter_map(|it| match &it.meta {
        Meta::List(list) if list.path.is_ident("derive") => Some(list.tokens.to_string()),
        _ => None,
    });
    let all = derives.collect::<Vec<_>>().join(",");
    let names = all.split(',').map(|it| it.trim().to_owned());
    names.filter(|it| !it.is_empty()).collect()
}

fn structure(cx: &Cx<'_>, of: &Parsed, it: &syn::ItemStruct, names: Option<&WireNames>) -> Node {
    let node = node(cx, &it.ident.to_string(), &it.attrs);
    let mut node = node
        .fact(Fact::Kind, "struct")
        .fact(Fact::Traits, derives(&it.attrs));
    if let Fields::Named(fields) = &it.fields {
        for field in fields.named.iter().filter(|it| is_public(&it.vis)) {
            let name = field
                .ident
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let wire_name = names.and_then(|it| it.fields.get(&name));
            let path = format!("{}.{name}", node.path);
            let child = Node::new(NodeKind::Field, name, path)
                .fact(Fact::Type, of.imports.ty(cx, &field.ty))
                .maybe(Fact::WireName, wire_name.cloned())
                .flag(Fact::Deprecated, is_deprecated(&field.attrs));
            node.children.push(match wire_name {
                Some(wire_name) => child.key(wire_name.clone()),
                None => child,
            });
        }
    }
    let constants = names.into_iter().flat_map(|it| &it.constants);
    for (key, value) in constants {
        let child = Node::new(NodeKind::Constant, key.clone(), node.path.clone())
            .fact(Fact::WireValue, value.clone())
            .fact(Fact::WireName, key.clone());
        node.children.push(child);
    }
    node
}

/// The constructor and the setters of a struct.
fn methods(cx: &Cx<'_>, of: &Parsed, node: &mut Node, items: &[ImplItem]) {
    for item in items {
        match item {
            ImplItem::Fn(it) if it.sig.ident == "new" && is_public(&it.vis) => {
                let arguments: Vec<(String, Ty)> = arguments(cx, of, it.sig.inputs.iter());
                node.facts
                    .push((Fact::Signature, Value::Arguments(arguments)));
            }
            ImplItem::Macro(it) => {
                let Ok(Setters(setters)) = syn::parse2(it.mac.tokens.clone()) else {
                    continue;
                };
                for (setter, field, ty) in setters {
                    let ty = of.imports.ty(cx, &ty);
                    let field = field.to_string();
                    let mut children = node.children.iter_mut();
                    if let Some(child) = children.find(|it| it.name == field) {
                        let setter = Value::Text(format!("{setter}({ty})"));
                        child.facts.push((Fact::Setter, setter));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Names and types of arguments.
pub(super) fn arguments<'a>(
    cx: &Cx<'_>,
    of: &Parsed,
    inputs: impl Iterator<Item = &'a FnArg>,
) -> Vec<(String, Ty)> {
    let typed = inputs.filter_map(|it| match it {
        FnArg::Typed(it) => Some(it),
        FnArg::Receiver(_) => None,
    });
    let named = typed.map(|it| {
        let name = match &*it.pat {
            Pat::Ident(it) => it.ident.to_string(),
            other => other.to_token_stream().to_string(),
        };
        (name, of.imports.ty(cx, &it.ty))
    });
    named.collect()
}

/// An enum of types: each variant holds one, and `Unknown` the rest.
fn union(cx: &Cx<'_>, of: &Parsed, it: &syn::ItemEnum) -> Node {
    let node = node(cx, &it.ident.to_string(), &it.attrs);
    let mut node = node
        .fact(Fact::Kind, "enum of types")
        .fact(Fact::Traits, derives(&it.attrs));
    let last = it.variants.len().saturating_sub(1);
    for variant in it.variants.iter().take(last) {
        let held = variant.fields.iter().next();
        let held = held.map_or(Ty::Tuple(Vec::new()), |it| of.imports.ty(cx, &it.ty));
        let path = format!("{}::{}", node.path, variant.ident);
        let child = Node::new(NodeKind::Variant, variant.ident.to_string(), path);
        node.children.push(child.fact(Fact::Type, held));
    }
    node
}

fn conversions(nodes: &mut [Node], it: &UnionFrom) {
    let variants: HashSet<String> = it.variants.iter().map(ToString::to_string).collect();
    let name = it.name.to_string();
    let node = nodes.iter_mut().find(|node| node.name == name);
    for child in node.into_iter().flat_map(|it| &mut it.children) {
        if variants.contains(&child.name) {
            child.facts.push((Fact::From, Value::Flag(true)));
        }
    }
}

fn enumeration(cx: &Cx<'_>, name: &str, tokens: &proc_macro2::TokenStream) -> Option<Node> {
    let of = match name {
        "string_enum" => "strings",
        "integer_enum" => "integers",
        "value_enum" => "values",
        _ => return None,
    };
    let it: Enumeration = syn::parse2(tokens.clone()).ok()?;
    let node = node(cx, &it.name.to_string(), &it.attributes);
    let traits = super::super::models::traits_of_enumeration(of);
    let mut node = node
        .fact(Fact::Kind, format!("enum of {of}"))
        .fact(Fact::Traits, traits);
    for (variant, value) in it.variants {
        let value = macros::lit(&value);
        let path = format!("{}::{variant}", node.path);
        let child = Node::new(NodeKind::Variant, variant.to_string(), path);
        node.children
            .push(child.key(value.clone()).fact(Fact::WireValue, value));
    }
    Some(node)
}
