//! Types as text, without the paths.

use super::Surface;
use crate::shape::{Argument, Module, Type};

/// Returns a type as text: `Vec<Pet>`.
#[must_use]
pub fn type_text(shape: &Module, ty: &Type) -> String {
    let list = |types: &[Type]| {
        let types: Vec<String> = types.iter().map(|it| type_text(shape, it)).collect();
        types.join(", ")
    };
    match ty {
        Type::Path(path, arguments) if arguments.is_empty() => name(path).to_owned(),
        Type::Path(path, arguments) => format!("{}<{}>", name(path), list(arguments)),
        Type::Item(id) => shape[*id].name.to_string(),
        Type::Own(name) => name.to_string(),
        Type::Foreign(path) => path.clone(),
        Type::Tuple(types) => format!("({})", list(types)),
    }
}

/// Returns how an argument is declared: `impl Into<String>`.
#[must_use]
pub fn argument_text(shape: &Module, argument: &Argument) -> String {
    match argument {
        Argument::Value(ty) => type_text(shape, ty),
        Argument::Into(ty) => format!("impl Into<{}>", type_text(shape, ty)),
        Argument::Reference(ty) => format!("&{}", type_text(shape, ty)),
        Argument::Text => "&str".to_owned(),
        Argument::Slice(ty) => format!("&[{}]", type_text(shape, ty)),
        Argument::Texts => "&[impl AsRef<str>]".to_owned(),
    }
}

impl Surface<'_> {
    /// A type: `Vec<Pet>`.
    pub(super) fn ty(&self, ty: &Type) -> String {
        type_text(self.shape, ty)
    }

    fn list(&self, types: &[Type]) -> String {
        let types: Vec<String> = types.iter().map(|it| self.ty(it)).collect();
        types.join(", ")
    }

    /// A type without the box around it, which callers hardly notice.
    pub(super) fn unboxed(&self, ty: &Type) -> String {
        match ty {
            Type::Path("Box", arguments) => self.list(arguments),
            other => self.ty(other),
        }
    }

    /// How an argument is declared: `impl Into<String>`.
    pub(super) fn argument(&self, argument: &Argument) -> String {
        argument_text(self.shape, argument)
    }
}

/// What a reader needs of a path: types of other libraries keep it, since several may have the name.
fn name(path: &'static str) -> &'static str {
    let is_usual = ["std::", "super::", "secrecy::", "serde_json::", "uuid::"];
    match path.rsplit_once("::") {
        Some((_, name)) if is_usual.iter().any(|it| path.starts_with(it)) => name,
        _ => path,
    }
}
