//! Types and whatever else of an API as an outline has it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Ty, Value};
use crate::document::Place;
use crate::ir::{Docs, Ident, ItemId, Serialization, Xml, XmlNode};
use crate::shape::{self, Argument, Module, Type};

/// A type. Those of other crates keep their path where several may have the name.
pub(super) fn ty(shape: &Module, ty: &Type) -> Ty {
    let all = |types: &[Type]| types.iter().map(|it| self::ty(shape, it)).collect();
    match ty {
        Type::Path(path, arguments) => Ty::Path(shape::short(path).to_owned(), all(arguments)),
        Type::Item(id) => Ty::Model(model(shape, *id)),
        Type::Own(name) => Ty::path(name.as_str()),
        Type::Foreign(path) => foreign(path),
        Type::Tuple(types) => Ty::Tuple(all(types)),
    }
}

/// A type of another crate, as a package that has it is read.
fn foreign(path: &str) -> Ty {
    fn of(ty: &syn::Type) -> Option<Ty> {
        let syn::Type::Path(it) = ty else {
            return None;
        };
        let segments = it.path.segments.iter();
        let segments: Vec<String> = segments.map(|it| it.ident.to_string()).collect();
        let inner = match &it.path.segments.last()?.arguments {
            syn::PathArguments::AngleBracketed(it) => it.args.iter().collect(),
            syn::PathArguments::None | syn::PathArguments::Parenthesized(_) => Vec::new(),
        };
        let inner = inner.into_iter().map(|it| match it {
            syn::GenericArgument::Type(ty) => of(ty),
            _ => None,
        });
        let inner = inner.collect::<Option<Vec<Ty>>>()?;
        Some(Ty::Path(
            shape::short(&segments.join("::")).to_owned(),
            inner,
        ))
    }
    let ty = syn::parse_str(path).ok();
    ty.as_ref().and_then(of).unwrap_or_else(|| Ty::path(path))
}

/// The name of a model.
pub(super) fn model(shape: &Module, id: ItemId) -> String {
    shape[id].name.as_str().to_owned()
}

/// How an argument is declared.
pub(super) fn argument(shape: &Module, argument: &Argument) -> Ty {
    match argument {
        Argument::Value(it) => ty(shape, it),
        Argument::Into(it) => Ty::of("impl Into", ty(shape, it)),
        Argument::Reference(it) => Ty::of("&", ty(shape, it)),
        Argument::Text => Ty::path("&str"),
        Argument::Slice(it) => Ty::of("&[]", ty(shape, it)),
        Argument::Texts => Ty::of("&[]", Ty::path("impl AsRef<str>")),
    }
}

/// Documentation, and what else stands in it.
pub(super) fn docs(docs: &Docs, more: &impl Hash) -> Value {
    let mut hasher = DefaultHasher::new();
    docs.summary.hash(&mut hasher);
    docs.description.hash(&mut hasher);
    docs.external.hash(&mut hasher);
    more.hash(&mut hasher);
    Value::Digest(hasher.finish())
}

/// Anything that is only compared.
pub(super) fn digest(what: &impl Hash) -> Value {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    Value::Digest(hasher.finish())
}

/// JSON values, for a digest.
pub(super) fn json(values: &[serde_json::Value]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// How a value is written as text.
pub(super) fn serialization(it: &Serialization) -> String {
    match it {
        Serialization::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let explode = if *explode { ", explode" } else { "" };
            let reserved = if *allow_reserved {
                ", allowReserved"
            } else {
                ""
            };
            format!("{}{explode}{reserved}", style_name(*style))
        }
        Serialization::Json => "JSON".to_owned(),
        Serialization::Text => "text".to_owned(),
        Serialization::Form(styles) => {
            let styles = styles.iter();
            let styles = styles.map(|(name, it)| format!("; {name}: {}", serialization(it)));
            format!("urlencoded{}", styles.collect::<String>())
        }
    }
}

fn style_name(style: crate::ir::Style) -> String {
    format!("{style:?}")
}

/// How a value looks as XML.
pub(super) fn xml(it: Option<&Xml>) -> Option<String> {
    let it = it.filter(|it| !it.is_empty())?;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(it.node.map(|node| match node {
        XmlNode::Attribute => "attribute".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }));
    parts.extend(it.name.as_ref().map(|it| format!("name {it}")));
    parts.extend(it.namespace.as_ref().map(|it| format!("namespace {it}")));
    parts.extend(it.prefix.as_ref().map(|it| format!("prefix {it}")));
    let inner = it.inner.iter().filter_map(|it| xml(Some(it)));
    parts.extend(inner.map(|it| format!("({it})")));
    Some(parts.join(", "))
}

/// A path within an operation's method: `Client::get_pet(limit)`.
pub(super) fn argument_path(method: &str, name: &Ident) -> String {
    format!("{method}({name})")
}

/// The variants of an enum of an operation, as nodes: each is a media type of a body or a response.
pub(super) fn variants(
    shape: &Module,
    choice: &shape::Choice,
    path: &str,
    origin: &Place,
    of: impl Iterator<Item = String>,
) -> Vec<super::Node> {
    let variants = choice.variants.iter().zip(of);
    let node = |(variant, wire): (&shape::Variant, String)| {
        let path = format!("{path}{}::{}", choice.name, variant.name);
        let place = Place {
            pointer: origin.pointer.child("content").child(&wire),
            ..origin.clone()
        };
        super::Node::new(super::NodeKind::Variant, variant.name.as_str(), path)
            .at(&place)
            .key(wire)
            .fact(super::Fact::Type, ty(shape, &variant.ty))
            .flag(super::Fact::From, variant.from.is_some())
    };
    variants.map(node).collect()
}
