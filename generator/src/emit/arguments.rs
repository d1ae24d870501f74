//! How a caller hands over a value: the type of a function's argument, and what becomes of it inside.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::context::Cx;
use super::types;
use crate::config::Dates;
use crate::ir::Type;

/// An argument of a generated function.
pub(super) struct Argument {
    /// The type to declare.
    pub(super) ty: TokenStream,
    /// The expression that gives the value to keep or to send.
    pub(super) value: TokenStream,
}

/// An argument whose value the function keeps, as constructors and setters do.
pub(super) fn emit_owned(cx: &Cx<'_>, name: &impl ToTokens, ty: &Type) -> Argument {
    let owned = types::emit(cx, ty);
    if converts(cx, ty) {
        Argument {
            ty: quote!(impl Into<#owned>),
            value: quote!(#name.into()),
        }
    } else {
        Argument {
            ty: owned,
            value: quote!(#name),
        }
    }
}

/// Whether callers usually have another type at hand, such as a string literal, that converts.
fn converts(cx: &Cx<'_>, ty: &Type) -> bool {
    match cx.api.resolve(ty) {
        Type::String | Type::Bytes | Type::Secret | Type::File | Type::Part(_) => true,
        Type::DateTime | Type::Date => cx.output.dates == Dates::Text,
        Type::Base64
        | Type::Boolean
        | Type::Integer(_)
        | Type::Number
        | Type::Uuid
        | Type::Any
        | Type::Array(_)
        | Type::Null
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Item(_)
        | Type::Multipart
        | Type::Error => false,
    }
}
