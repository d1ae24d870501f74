//! What the names in a file stand for, and types by it.

use std::collections::HashMap;

use syn::{GenericArgument, Item, PathArguments, Type, TypeParamBound, UseTree};

use super::Cx;
use crate::outline::Ty;

/// The names that a file imports, with their paths.
#[derive(Default)]
pub(super) struct Imports {
    paths: HashMap<String, Vec<String>>,
    /// Whether the file is one of several with models, which import each other.
    is_of_models: bool,
}

impl Imports {
    pub(super) fn of(path: &str, file: &syn::File) -> Self {
        let mut imports = Self {
            is_of_models: path.starts_with("models/"),
            ..Self::default()
        };
        for item in &file.items {
            if let Item::Use(it) = item {
                imports.add(&it.tree, &mut Vec::new());
            }
        }
        imports
    }

    fn add(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(it) => {
                before.push(it.ident.to_string());
                self.add(&it.tree, before);
                before.pop();
            }
            UseTree::Name(it) => {
                let name = it.ident.to_string();
                let mut path = before.clone();
                path.push(name.clone());
                self.paths.insert(name, path);
            }
            UseTree::Rename(it) => {
                let mut path = before.clone();
                path.push(it.ident.to_string());
                self.paths.insert(it.rename.to_string(), path);
            }
            UseTree::Group(it) => {
                for tree in &it.items {
                    self.add(tree, before);
                }
            }
            UseTree::Glob(_) => {}
        }
    }

    /// The whole path of a name in this file.
    fn resolve(&self, segments: &[String]) -> Vec<String> {
        let Some((first, rest)) = segments.split_first() else {
            return Vec::new();
        };
        match self.paths.get(first) {
            Some(path) => path.iter().chain(rest).cloned().collect(),
            None => segments.to_vec(),
        }
    }

    /// A type, or the declaration of an argument.
    pub(super) fn ty(&self, cx: &Cx<'_>, ty: &Type) -> Ty {
        match ty {
            Type::Reference(it) => match &*it.elem {
                Type::Slice(slice) => match self.ty(cx, &slice.elem) {
                    // Texts in a field are borrowed each.
                    Ty::Path(name, _) if name == "&str" => {
                        Ty::of("&[]", Ty::path("impl AsRef<str>"))
                    }
                    inner => Ty::of("&[]", inner),
                },
                inner => match self.ty(cx, inner) {
                    Ty::Path(name, arguments) if name == "str" && arguments.is_empty() => {
                        Ty::path("&str")
                    }
                    inner => Ty::of("&", inner),
                },
            },
            Type::Tuple(it) => Ty::Tuple(it.elems.iter().map(|it| self.ty(cx, it)).collect()),
            Type::ImplTrait(it) => it
                .bounds
                .iter()
                .find_map(|it| self.bound(cx, it))
                .unwrap_or_else(|| Ty::path("impl")),
            Type::Path(it) => self.path(cx, &it.path),
            other => Ty::path(quote::quote!(#other).to_string()),
        }
    }

    fn bound(&self, cx: &Cx<'_>, bound: &TypeParamBound) -> Option<Ty> {
        let TypeParamBound::Trait(it) = bound else {
            return None;
        };
        let segment = it.path.segments.last()?;
        let inner = arguments(&segment.arguments);
        let inner: Vec<Ty> = inner.map(|it| self.ty(cx, it)).collect();
        match (&*segment.ident.to_string(), &inner[..]) {
            ("Into", [inner]) => Some(Ty::of("impl Into", inner.clone())),
            ("AsRef", _) => Some(Ty::path("impl AsRef<str>")),
            (name, _) => Some(Ty::path(format!("impl {name}"))),
        }
    }

    pub(super) fn path(&self, cx: &Cx<'_>, path: &syn::Path) -> Ty {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        let whole = self.resolve(&segments);
        let inner = path.segments.last().map(|it| &it.arguments);
        let inner = inner.into_iter().flat_map(arguments);
        let inner: Vec<Ty> = inner.map(|it| self.ty(cx, it)).collect();
        let (Some(last), around) = (whole.last(), whole.len().saturating_sub(1)) else {
            return Ty::path("");
        };
        let is_model = match around {
            0 => cx.models.contains(last),
            // Only types that take the place of schemas are named so.
            _ if whole[0] == "crate" => false,
            _ if whole[..around].iter().any(|it| it == "models") => true,
            _ => {
                let is_runtime = whole.iter().any(|it| it == "runtime");
                self.is_of_models && whole[0] == "super" && !is_runtime && cx.models.contains(last)
            }
        };
        if is_model {
            return Ty::Model(last.clone());
        }
        let is_usual = [
            "std",
            "super",
            "self",
            "secrecy",
            "serde_json",
            "uuid",
            "runtime",
        ];
        let name = if around == 0 || is_usual.contains(&&*whole[0]) {
            last.clone()
        } else {
            whole.join("::")
        };
        Ty::Path(name, inner)
    }
}

fn arguments(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let inner = match arguments {
        PathArguments::AngleBracketed(it) => Some(&it.args),
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    };
    inner.into_iter().flatten().filter_map(|it| match it {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
