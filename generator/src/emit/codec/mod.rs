//! `codec.rs`: how the models are read and written. Mechanical, and therefore apart from them.

mod multipart;
mod unions;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::context::{Cx, ident};
use crate::ir::{Additional, EnumerationValues, Field, ItemKind, Presence, Struct, TypeNames};
use crate::output::{Source, Unformatted};

/// The file of the codec; `None` when no model needs one.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    let cx = cx.file([]);
    let items = cx.api.items.iter().zip(&cx.names.types);
    let impls: Vec<Unformatted> = items
        .filter_map(|(item, names)| emit_item(&cx, &item.kind, names))
        .map(|it| cx.imports.item(it))
        .collect();
    if impls.is_empty() {
        return None;
    }
    let docs = "How the models are read and written.".to_owned();
    Some(Source {
        docs,
        items: cx.imports.complete(impls),
    })
}

fn emit_item(cx: &Cx<'_>, kind: &ItemKind, names: &TypeNames) -> Option<TokenStream> {
    match kind {
        ItemKind::Struct(it) => Some(match &it.parts {
            Some(parts) => multipart::emit(cx, it, parts, names),
            None => emit_struct(cx, it, names),
        }),
        ItemKind::Enumeration(it) => {
            let models = cx.import("super::models");
            let runtime = cx.import("super::runtime");
            let name = &names.ty;
            let codec = match it.values {
                EnumerationValues::Strings(_) => quote!(#runtime::string_enum!(#models::#name);),
                EnumerationValues::Integers(_) => quote!(#runtime::integer_enum!(#models::#name);),
                EnumerationValues::Mixed(_) => quote!(#runtime::value_enum!(#models::#name);),
            };
            let serde = emit_serde(cx, names);
            Some(quote!(#codec #serde))
        }
        ItemKind::Union(it) => {
            let codec = unions::emit(cx, it, names);
            let serde = emit_serde(cx, names);
            Some(quote!(#codec #serde))
        }
        ItemKind::Alias(_) => None,
    }
}

/// One struct, in both directions.
fn emit_struct(cx: &Cx<'_>, it: &Struct, names: &TypeNames) -> TokenStream {
    let models = cx.import("super::models");
    let encode = cx.import("super::runtime::Encode");
    let decode = cx.import("super::runtime::Decode");
    let writer = cx.import("super::runtime::Writer");
    let reader = cx.import("super::runtime::Reader");
    let error = cx.import("super::runtime::DecodeError");
    let reader_name = local("reader", names);
    let name = &names.ty;
    let written = emit_encode(cx, it, names);
    let read = emit_decode(cx, it, names, &reader_name);
    let serde = emit_serde(cx, names);
    // Nothing is a value of a type that holds nothing.
    let holds_nothing = it.fields.is_empty() && !matches!(it.additional, Additional::Kept(_));
    let empty = holds_nothing.then(|| {
        quote! {
            fn empty() -> Option<Self> {
                Some(Self {})
            }
        }
    });
    quote! {
        impl #encode for #models::#name {
            fn encode(&self, writer: &mut #writer) {
                #written
            }
        }

        impl #decode for #models::#name {
            fn decode(#reader_name: &mut #reader<'_>) -> Result<Self, #error> {
                #read
            }

            #empty
        }

        #serde
    }
}

/// `serde` by the same codec. One line for each type, so that a new one changes no other.
fn emit_serde(cx: &Cx<'_>, names: &TypeNames) -> TokenStream {
    let models = cx.import("super::models");
    let runtime = cx.imports.name_with("serde", "super::runtime");
    let name = &names.ty;
    quote! {
        #[cfg(feature = "serde")]
        #runtime::impl_serde!(#models::#name);
    }
}

fn emit_encode(cx: &Cx<'_>, it: &Struct, names: &TypeNames) -> TokenStream {
    let rest = names
        .rest
        .as_ref()
        .filter(|_| matches!(it.additional, Additional::Kept(_)));
    if it.fields.is_empty() {
        return rest.map_or_else(
            || quote!(writer.object(&[]);),
            |rest| quote!(writer.object_with(&[], &self.#rest);),
        );
    }
    let property = cx.import("super::runtime::Property");
    let count = Literal::usize_unsuffixed(it.fields.len());
    let pairs = it.fields.iter().zip(&names.members).map(|(field, name)| {
        let wire_name = &field.wire_name;
        match field.presence {
            Presence::Nullable => {
                let nullable = cx.import("super::runtime::Nullable");
                quote!((#wire_name, &#nullable(&self.#name)))
            }
            Presence::Required | Presence::Optional | Presence::OptionalNullable => {
                quote!((#wire_name, &self.#name))
            }
        }
    });
    let write = rest.map_or_else(
        || quote!(writer.object(&properties);),
        |rest| quote!(writer.object_with(&properties, &self.#rest);),
    );
    quote! {
        let properties: [#property<'_>; #count] = [#(#pairs),*];
        #write
    }
}

fn emit_decode(cx: &Cx<'_>, it: &Struct, names: &TypeNames, reader: &Ident) -> TokenStream {
    let members = &names.members;
    let rest = names
        .rest
        .as_ref()
        .filter(|_| matches!(it.additional, Additional::Kept(_)));
    if members.is_empty() {
        let Some(rest) = rest else {
            return quote! {
                #reader.marker()?;
                Ok(Self {})
            };
        };
        let map = cx.import("std::collections::BTreeMap");
        return quote! {
            let mut #rest = #map::new();
            #reader.object_with(&mut [], &mut #rest)?;
            Ok(Self { #rest })
        };
    }
    let field = cx.import("super::runtime::Field");
    let fields = local("fields", names);
    let count = Literal::usize_unsuffixed(members.len());
    let wire_names = it.fields.iter().map(|field| &field.wire_name);
    let slots = it.fields.iter().map(|field| emit_slot(cx, field));
    let (declare_rest, read) = match rest {
        Some(rest) => {
            let map = cx.import("std::collections::BTreeMap");
            let declare = quote!(let mut #rest = #map::new(););
            (
                Some(declare),
                quote!(#reader.object_with(&mut #fields, &mut #rest)?;),
            )
        }
        None => (None, quote!(#reader.object(&mut #fields)?;)),
    };
    let rest = rest.iter();
    quote! {
        #(let mut #members = #slots;)*
        #declare_rest
        let mut #fields: [#field<'_>; #count] = [#((#wire_names, &mut #members)),*];
        #read
        Ok(Self { #(#members: #members.take(),)* #(#rest),* })
    }
}

/// A name for a local variable that no member of the type has.
fn local(name: &str, names: &TypeNames) -> Ident {
    let taken = names
        .members
        .iter()
        .chain(&names.rest)
        .any(|member| member.as_str() == name);
    // Members end in an underscore only after a keyword, which `name` is not.
    ident(&if taken {
        format!("{name}_")
    } else {
        name.to_owned()
    })
}

/// Where a property waits until the object is complete.
fn emit_slot(cx: &Cx<'_>, field: &Field) -> TokenStream {
    let slot = cx.import("super::runtime::Slot");
    match field.presence {
        Presence::Nullable => quote!(#slot::required()),
        Presence::Required | Presence::Optional | Presence::OptionalNullable => {
            quote!(#slot::new())
        }
    }
}
