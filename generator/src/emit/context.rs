//! What every emitter may look up.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::imports::Imports;
pub(super) use super::imports::ident;
use crate::config::Output;
use crate::ir::{self, Api, ItemId, ItemKind, Names, Type};
use crate::shape;

/// An API on its way into a crate: its module's name, what it is, and what its parts are called.
#[derive(Clone, Copy, Debug)]
pub struct Module<'a> {
    /// The module, and the Cargo feature.
    pub name: &'a str,
    /// The API.
    pub api: &'a Api,
    /// Its identifiers.
    pub names: &'a Names,
    /// What Rust it becomes.
    pub shape: &'a shape::Module,
}

/// What a file's emitters look up: the API, its names, the settings, and the file's imports.
pub(super) struct Cx<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    /// What Rust is written.
    pub(super) shape: &'a shape::Module,
    pub(super) module: &'a str,
    pub(super) output: &'a Output,
    /// The imports of the file that is being written.
    pub(super) imports: Imports,
    /// Whether this file is the one in which the models are.
    in_models: bool,
}

impl<'a> Cx<'a> {
    /// The context of an API.
    pub(super) fn new(module: &Module<'a>, output: &'a Output) -> Self {
        Self {
            api: module.api,
            names: module.names,
            shape: module.shape,
            module: module.name,
            output,
            imports: Imports::default(),
            in_models: false,
        }
    }

    /// The same context for another file, in which the identifiers of `taken` are declared.
    pub(super) fn file(&self, taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            imports: Imports::new(taken),
            in_models: false,
            ..*self
        }
    }

    /// The same context for the file of the models.
    pub(super) fn models_file(&self) -> Self {
        let types = self.names.types.iter();
        let taken = types.flat_map(|it| [it.ty.to_string(), it.required.to_string()]);
        Self {
            imports: Imports::new(taken),
            in_models: true,
            ..*self
        }
    }

    /// Names something from elsewhere, such as `bytes::Bytes`, and imports it into the file.
    pub(super) fn import(&self, path: &'static str) -> TokenStream {
        self.imports.name(path)
    }

    /// The type of an item, as the lines of this file name it.
    pub(super) fn item_text(&self, id: ItemId) -> String {
        let name = self.names.ty(id);
        if self.in_models {
            name.to_string()
        } else {
            format!("{}::{name}", self.imports.written("super::models"))
        }
    }

    /// Whether the type is an object, which stands in a box where it is one of several, whatever its size: then
    /// no edit of one type changes how another is used, and a type may contain itself.
    pub(super) fn is_boxed(&self, ty: &Type) -> bool {
        match self.api.resolve(ty) {
            Type::Item(id) => {
                matches!(self.api[*id].kind, ItemKind::Struct(_) | ItemKind::Union(_))
            }
            Type::Nullable(inner) => self.is_boxed(inner),
            _ => false,
        }
    }
}

impl ToTokens for ir::Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        ident(self.as_str()).to_tokens(tokens);
    }
}
