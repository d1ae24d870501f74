//! The context of the emitters.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::imports::Imports;
pub(super) use super::imports::ident;
use crate::config::Output;
use crate::ir::{self, Api, ItemId, Names};
use crate::shape::{self, NeededBy};

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
    /// The models that this file declares.
    declared: Declared<'a>,
}

/// The models that a file declares.
#[derive(Clone, Copy)]
enum Declared<'a> {
    None,
    All,
    /// These, in the document's order. The others are in the same folder.
    Some(&'a [ItemId]),
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
            declared: Declared::None,
        }
    }

    /// The same context for another file, in which the identifiers of `taken` are declared.
    pub(super) fn file(&self, taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            imports: Imports::new(taken),
            declared: Declared::None,
            ..*self
        }
    }

    /// The same context for the file of all models.
    pub(super) fn models_file(&self) -> Self {
        self.declaring(Declared::All, 0)
    }

    /// The same context for a file of some of the models.
    pub(super) fn file_of(&self, file: &'a shape::ModelsFile) -> Self {
        let depth = match file.needed_by {
            NeededBy::One(_) => 1,
            NeededBy::Several(_) | NeededBy::Most => 2,
        };
        self.declaring(Declared::Some(&file.items), depth)
    }

    fn declaring(&self, declared: Declared<'a>, depth: usize) -> Self {
        let types = self.names.types.iter();
        let taken = types.flat_map(|it| [it.ty.to_string(), it.required.to_string()]);
        let aliases = self.shape.aliases.iter().map(|it| it.name.to_string());
        Self {
            imports: Imports::new(taken.chain(aliases)).deeper(depth),
            declared,
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
        if self.is_in_scope(id) {
            name.to_string()
        } else {
            format!("{}::{name}", self.imports.written("super::models"))
        }
    }

    /// Whether the type of an item is in scope: the file declares it, or imports it from another file of models.
    fn is_in_scope(&self, id: ItemId) -> bool {
        match self.declared {
            Declared::None => false,
            Declared::All => true,
            Declared::Some(items) => {
                if items.binary_search(&id).is_err() {
                    self.imports.model(self.names.ty(id).as_str());
                }
                true
            }
        }
    }
}

impl ToTokens for ir::Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        ident(self.as_str()).to_tokens(tokens);
    }
}
