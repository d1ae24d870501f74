//! Structs: public fields, a constructor that asks for what is required, setters for the rest.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::{Cx, is_required, prefixed};
use crate::emit::{arguments, docs, types};
use crate::ir::{Additional, Field, Ident, Item, Part, Presence, Struct, Type, TypeNames};
use crate::output::Unformatted;

/// The number of arguments from which clippy objects (`too_many_arguments`).
const MANY_ARGUMENTS: usize = 8;

/// The type, its constructor and its setters.
pub(super) fn emit(cx: &Cx<'_>, item: &Item, it: &Struct, names: &TypeNames) -> [Unformatted; 2] {
    let docs = docs::item(item);
    let deprecated = docs::deprecated(item.deprecated);
    let derives = emit_derives(cx, it);
    let name = &names.ty;
    let fields: Vec<(&Field, &Ident)> = it.fields.iter().zip(&names.members).collect();
    let declarations = fields.iter().enumerate().map(|(index, (field, name))| {
        let part = it.parts.as_ref().and_then(|parts| parts.fields.get(index));
        emit_declaration(cx, field, name, part)
    });
    let rest = emit_rest(cx, it, names);
    let new = emit_new(cx, &fields, rest_name(it, names));
    let optional = fields
        .iter()
        .filter(|(field, _)| !is_required(field.presence));
    let setters = optional.map(|(field, name)| cx.imports.text(emit_setter(cx, field, name)));
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(#derives)]
        #[non_exhaustive]
        pub struct #name {
            #(#declarations,)*
            #rest
        }
    };
    let members = Unformatted::Impl {
        head: quote!(impl #name).to_string(),
        members: std::iter::once(cx.imports.text(new))
            .chain(setters)
            .collect(),
    };
    [cx.imports.item(declaration), members]
}

/// What is derived: comparison unless a secret is inside, a default where nothing is required.
fn emit_derives(cx: &Cx<'_>, it: &Struct) -> TokenStream {
    let default = (!Cx::has_required(it)).then(|| quote!(, Default));
    // Files may be streams, which are read once.
    if it.parts.is_some() {
        return quote!(Debug #default);
    }
    let rest = match &it.additional {
        Additional::Kept(ty) => Some(ty),
        Additional::Skipped | Additional::Denied => None,
    };
    let mut types = it.fields.iter().map(|field| &field.ty).chain(rest);
    let compared = (!types.any(|ty| cx.holds_secret(ty))).then(|| quote!(, PartialEq));
    quote!(Clone, Debug #compared #default)
}

fn emit_declaration(cx: &Cx<'_>, field: &Field, name: &Ident, part: Option<&Part>) -> TokenStream {
    let docs = docs::field(field, part);
    let deprecated = docs::deprecated(field.deprecated);
    let ty = types::emit_field(cx, field);
    quote!(#docs #deprecated pub #name: #ty)
}

/// The field that keeps additional properties.
fn emit_rest(cx: &Cx<'_>, it: &Struct, names: &TypeNames) -> Option<TokenStream> {
    let name = rest_name(it, names)?;
    let Additional::Kept(ty) = &it.additional else {
        return None;
    };
    let map = types::emit(cx, &Type::Map(Box::new(ty.clone())));
    Some(quote! {
        /// Properties that have no field of their own, by name.
        pub #name: #map,
    })
}

fn rest_name<'n>(it: &Struct, names: &'n TypeNames) -> Option<&'n Ident> {
    match it.additional {
        Additional::Kept(_) => names.rest.as_ref(),
        Additional::Skipped | Additional::Denied => None,
    }
}

/// `pub fn new(required: ..) -> Self`
fn emit_new(cx: &Cx<'_>, fields: &[(&Field, &Ident)], rest: Option<&Ident>) -> TokenStream {
    let required: Vec<_> = fields
        .iter()
        .filter(|(field, _)| is_required(field.presence))
        .collect();
    if required.is_empty() {
        return quote! {
            /// Creates a value in which nothing is set.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let too_many = (required.len() >= MANY_ARGUMENTS).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "one for each required property")]),
    );
    let arguments = required.iter().map(|(field, name)| {
        let ty = required_argument(cx, field, name).ty;
        quote!(#name: #ty)
    });
    let values = fields.iter().map(|(field, name)| match field.presence {
        Presence::Required | Presence::Nullable => {
            let value = required_argument(cx, field, name).value;
            if value.to_string() == name.as_str() {
                quote!(#name)
            } else {
                quote!(#name: #value)
            }
        }
        Presence::Optional => quote!(#name: None),
        Presence::OptionalNullable => {
            let maybe = cx.import("super::runtime::Maybe");
            quote!(#name: #maybe::Absent)
        }
    });
    let rest = rest.map(|name| {
        let map = cx.import("std::collections::BTreeMap");
        quote!(#name: #map::new(),)
    });
    quote! {
        /// Creates a value of what is required; everything else is left out.
        #[must_use]
        #too_many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

/// How the constructor takes a required property.
fn required_argument(cx: &Cx<'_>, field: &Field, name: &Ident) -> arguments::Argument {
    let nullable = field.presence == Presence::Nullable;
    if nullable {
        let ty = types::emit(cx, &field.ty);
        let value = if field.boxed {
            quote!(#name.map(Box::new))
        } else {
            quote!(#name)
        };
        return arguments::Argument {
            ty: quote!(Option<#ty>),
            value,
        };
    }
    let argument = arguments::emit_owned(cx, name, &field.ty);
    if field.boxed {
        let value = argument.value;
        return arguments::Argument {
            ty: argument.ty,
            value: quote!(Box::new(#value)),
        };
    }
    argument
}

/// `pub fn with_name(mut self, name: ..) -> Self`
fn emit_setter(cx: &Cx<'_>, field: &Field, name: &Ident) -> TokenStream {
    let docs = docs::setter(field, name);
    let deprecated = docs::deprecated(field.deprecated);
    let setter = prefixed("with_", name);
    let argument = arguments::emit_owned(cx, name, &field.ty);
    let (ty, plain) = (argument.ty, argument.value);
    let value = if field.boxed {
        quote!(Box::new(#plain))
    } else {
        plain
    };
    let wrapped = match field.presence {
        Presence::OptionalNullable => {
            let maybe = cx.import("super::runtime::Maybe");
            quote!(#maybe::Value(#value))
        }
        Presence::Required | Presence::Nullable | Presence::Optional => quote!(Some(#value)),
    };
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = #wrapped;
            self
        }
    }
}
