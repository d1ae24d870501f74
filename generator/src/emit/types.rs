//! Which Rust type stands for an IR type.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Cx;
use crate::config::Dates;
use crate::ir::{IntegerFormat, Type};
use crate::shape;

/// A type that the shape has decided on.
pub(super) fn print(cx: &Cx<'_>, ty: &shape::Type) -> TokenStream {
    match ty {
        shape::Type::Path(path, arguments) => {
            // What every file has in scope needs no import.
            let name = if path.contains("::") {
                cx.import(path)
            } else {
                let name = super::context::ident(path);
                quote!(#name)
            };
            let arguments: Vec<_> = arguments.iter().map(|it| print(cx, it)).collect();
            if arguments.is_empty() {
                name
            } else {
                quote!(#name<#(#arguments),*>)
            }
        }
        shape::Type::Item(id) => cx.item(*id),
        shape::Type::Own(name) => quote!(#name),
        shape::Type::Tuple(types) => {
            let types = types.iter().map(|it| print(cx, it));
            quote!((#(#types,)*))
        }
    }
}

/// How a function declares an argument that the shape has decided on.
pub(super) fn print_argument(cx: &Cx<'_>, argument: &shape::Argument) -> TokenStream {
    match argument {
        shape::Argument::Value(ty) => print(cx, ty),
        shape::Argument::Into(ty) => {
            let ty = print(cx, ty);
            quote!(impl Into<#ty>)
        }
        shape::Argument::Reference(ty) => {
            let ty = print(cx, ty);
            quote!(&#ty)
        }
        shape::Argument::Text => quote!(&str),
        shape::Argument::Slice(ty) => {
            let ty = print(cx, ty);
            quote!(&[#ty])
        }
        shape::Argument::Texts => quote!(&[impl AsRef<str>]),
    }
}

/// The owned type.
pub(super) fn emit(cx: &Cx<'_>, ty: &Type) -> TokenStream {
    match ty {
        // Bytes inside JSON are text whose encoding the document leaves open; those of a whole body are not
        // asked for here.
        Type::String | Type::Bytes => quote!(String),
        Type::Secret => cx.import("secrecy::SecretString"),
        Type::Boolean => quote!(bool),
        Type::Integer(IntegerFormat::I32) => quote!(i32),
        Type::Integer(IntegerFormat::I64) => quote!(i64),
        Type::Integer(IntegerFormat::U32) => quote!(u32),
        Type::Integer(IntegerFormat::U64) => quote!(u64),
        Type::Integer(IntegerFormat::I128) => quote!(i128),
        Type::Integer(IntegerFormat::U128) => quote!(u128),
        Type::Number => quote!(f64),
        Type::DateTime => date_time(cx),
        Type::Date => date(cx),
        Type::Uuid => cx.import("uuid::Uuid"),
        Type::Base64 => cx.import("super::runtime::Base64"),
        Type::Any => cx.import("serde_json::Value"),
        Type::Array(inner) => {
            let inner = emit(cx, inner);
            quote!(Vec<#inner>)
        }
        Type::Null => cx.import("super::runtime::Null"),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| emit(cx, item));
            quote!((#(#items,)*))
        }
        Type::Map(inner) => {
            let map = cx.import("std::collections::BTreeMap");
            let inner = emit(cx, inner);
            quote!(#map<String, #inner>)
        }
        Type::Nullable(inner) => {
            let inner = emit(cx, inner);
            quote!(Option<#inner>)
        }
        Type::Item(id) => cx.item(*id),
        Type::File => cx.import("super::runtime::File"),
        Type::Part(inner) => {
            let part = cx.import("super::runtime::Part");
            let inner = emit(cx, inner);
            quote!(#part<#inner>)
        }
        Type::Multipart => cx.import("super::runtime::Multipart"),
        // The run has an error, so nobody will see it.
        Type::Error => quote!(()),
    }
}

fn date_time(cx: &Cx<'_>) -> TokenStream {
    match cx.output.dates {
        Dates::Text => cx.import("super::runtime::DateTime"),
        Dates::Jiff => cx.import("jiff::Timestamp"),
        Dates::Chrono => {
            let date_time = cx.import("chrono::DateTime");
            let offset = cx.import("chrono::FixedOffset");
            quote!(#date_time<#offset>)
        }
    }
}

fn date(cx: &Cx<'_>) -> TokenStream {
    match cx.output.dates {
        Dates::Text => cx.import("super::runtime::Date"),
        Dates::Jiff => cx.import("jiff::civil::Date"),
        Dates::Chrono => cx.import("chrono::NaiveDate"),
    }
}
