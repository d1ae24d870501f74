//! What the files of a module declare beside the methods of its client, by name.

use std::collections::HashMap;

use quote::ToTokens as _;
use syn::{Item, ItemImpl};

use super::macros::{self, Headers, OperationError};
use super::{Cx, Parsed};
use crate::outline::{Fact, Node, NodeKind, Ty};

/// What the files of a module declare beside the methods.
#[derive(Default)]
pub(super) struct Declared<'f> {
    /// `impl Operation for GetPet`
    pub(super) operations: HashMap<String, (&'f Parsed, &'f ItemImpl)>,
    /// `impl Request<GetPet>`, and those of traits of arguments by the name of the trait.
    pub(super) setters: HashMap<String, Vec<(&'f Parsed, &'f ItemImpl)>>,
    /// `impl TakesLimit for ListPets`, by the operation.
    pub(super) shared: HashMap<String, Vec<String>>,
    pub(super) structs: HashMap<String, (&'f Parsed, &'f syn::ItemStruct)>,
    pub(super) enums: HashMap<String, (&'f Parsed, &'f syn::ItemEnum)>,
    /// Which variants a value converts into, by the enum.
    pub(super) conversions: HashMap<String, Vec<String>>,
    pub(super) errors: HashMap<String, (&'f Parsed, OperationError)>,
    pub(super) headers: HashMap<String, (&'f Parsed, Headers)>,
}

impl<'f> Declared<'f> {
    pub(super) fn of(files: &[&'f Parsed]) -> Self {
        let mut declared = Self::default();
        for file in files.iter().copied() {
            for item in &file.file.items {
                declared.add(file, item);
            }
        }
        declared
    }

    fn add(&mut self, file: &'f Parsed, item: &'f Item) {
        match item {
            Item::Struct(it) => drop(self.structs.insert(it.ident.to_string(), (file, it))),
            Item::Enum(it) => drop(self.enums.insert(it.ident.to_string(), (file, it))),
            Item::Impl(it) => self.add_impl(file, it),
            Item::Macro(it) => {
                let tokens = it.mac.tokens.clone();
                match &*macros::name(&it.mac) {
                    "operation_error" => {
                        if let Ok(it) = syn::parse2::<OperationError>(tokens) {
                            self.errors.insert(it.operation.to_string(), (file, it));
                        }
                    }
                    "headers" => {
                        if let Ok(it) = syn::parse2::<Headers>(tokens) {
                            self.headers.insert(it.name.to_string(), (file, it));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn add_impl(&mut self, file: &'f Parsed, it: &'f ItemImpl) {
        let of = self_name(it);
        let of_trait = it
            .trait_
            .as_ref()
            .and_then(|(path, _)| path.segments.last());
        let name = of_trait.map(|it| it.ident.to_string());
        match name.as_deref() {
            Some("Operation") => drop(self.operations.insert(of, (file, it))),
            Some("From") => {
                // `Self::Json(..)` in the body says which variant.
                let body = it.items.iter().map(|it| it.to_token_stream().to_string());
                let body: String = body.collect();
                let variant = body
                    .split("Self :: ")
                    .nth(1)
                    .and_then(|it| it.split_whitespace().next());
                if let Some(variant) = variant {
                    self.conversions
                        .entry(of)
                        .or_default()
                        .push(variant.to_owned());
                }
            }
            Some(name) if name.starts_with("Takes") => {
                self.shared.entry(of).or_default().push(name.to_owned());
            }
            None if of == "Request" => {
                let text = it.self_ty.to_token_stream().to_string();
                let inner = text.split(['<', '>', ',']).nth(1).unwrap_or_default();
                let inner = inner.trim().to_owned();
                // `impl<O: TakesLimit, B> Request<O, B>`
                let bound = it.generics.params.iter().find_map(|it| match it {
                    syn::GenericParam::Type(it) if it.ident == inner => {
                        it.bounds.first().map(|it| it.to_token_stream().to_string())
                    }
                    _ => None,
                });
                self.setters
                    .entry(bound.unwrap_or(inner))
                    .or_default()
                    .push((file, it));
            }
            Some(_) | None => {}
        }
    }
}

/// The type that is implemented, without what it is applied to.
pub(super) fn self_name(it: &ItemImpl) -> String {
    let name = it.self_ty.to_token_stream().to_string();
    name.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The variants of an enum of an operation.
pub(super) fn enum_variants(cx: &Cx<'_>, declared: &Declared<'_>, name: &str) -> Vec<Node> {
    let Some((file, it)) = declared.enums.get(name) else {
        return Vec::new();
    };
    let conversions = declared.conversions.get(name);
    let variants = it.variants.iter().map(|variant| {
        let held = variant.fields.iter().next();
        let held = held.map_or(Ty::Tuple(Vec::new()), |it| file.imports.ty(cx, &it.ty));
        let variant = variant.ident.to_string();
        let converts = conversions.is_some_and(|it| it.contains(&variant));
        let path = format!("{}::{name}::{variant}", cx.module);
        Node::new(NodeKind::Variant, variant, path)
            .fact(Fact::Type, held)
            .flag(Fact::From, converts)
    });
    variants.collect()
}

/// The fields of a struct of headers.
pub(super) fn header_nodes(cx: &Cx<'_>, declared: &Declared<'_>, name: &str) -> Vec<Node> {
    let Some((file, headers)) = declared.headers.get(name) else {
        return Vec::new();
    };
    let fields = headers.fields.iter().map(|(field, ty, wire_name)| {
        let path = format!("{}::{name}.{field}", cx.module);
        Node::new(NodeKind::Header, field.to_string(), path)
            .key(wire_name.clone())
            .fact(Fact::Type, Ty::of("Option", file.imports.ty(cx, ty)))
            .fact(Fact::WireName, wire_name.as_str())
    });
    fields.collect()
}
