//! Types as text, without the paths.

use super::Surface;
use crate::shape::{Argument, Module, Type, short};

/// Returns a type as text: `Vec<Pet>`.
#[must_use]
pub fn type_text(shape: &Module, ty: &Type) -> String {
    let list = |types: &[Type]| {
        let types: Vec<String> = types.iter().map(|it| type_text(shape, it)).collect();
        types.join(", ")
    };
    match ty {
        Type::Path(path, arguments) if arguments.is_empty() => short(path).to_owned(),
        Type::Path(path, arguments) => format!("{}<{}>", short(path), list(arguments)),
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
