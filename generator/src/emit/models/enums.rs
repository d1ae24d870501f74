//! Open enumerations: the known values, and one variant that keeps what is not known yet.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::docs;
use crate::ir::{Enumeration, EnumerationValues, Item, TypeNames, Value, Variant};

/// The type, and what leads from and to the value on the wire.
pub(super) fn emit(
    cx: &Cx<'_>,
    item: &Item,
    enumeration: &Enumeration,
    names: &TypeNames,
) -> TokenStream {
    match &enumeration.values {
        EnumerationValues::Strings(variants) => emit_strings(item, variants, names),
        EnumerationValues::Integers(variants) => emit_integers(item, variants, names),
        EnumerationValues::Mixed(variants) => emit_mixed(cx, item, variants, names),
    }
}

fn emit_strings(item: &Item, variants: &[Variant<String>], names: &TypeNames) -> TokenStream {
    let docs = docs::item(item);
    let deprecated = docs::deprecated(item.deprecated);
    let name = &names.ty;
    let variant_docs = variants.iter().map(docs::variant);
    let variant_names = &names.members;
    let values: Vec<&str> = variants.iter().map(|it| it.value.as_str()).collect();
    let unknown = names.rest.iter();
    let (unknown_docs, unknown_to, unknown_from) = (unknown.clone(), unknown.clone(), unknown);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variant_names,)*
            #(
                /// A value that the API's document does not list.
                #unknown_docs(String),
            )*
        }

        impl #name {
            /// The value as it travels.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variant_names => #values,)*
                    #(Self::#unknown_to(value) => value,)*
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variant_names,)*
                    #(_ => Self::#unknown_from(value.to_owned()),)*
                }
            }
        }
    }
}

fn emit_integers(item: &Item, variants: &[Variant<i64>], names: &TypeNames) -> TokenStream {
    let docs = docs::item(item);
    let deprecated = docs::deprecated(item.deprecated);
    let name = &names.ty;
    let variant_docs = variants.iter().map(docs::variant);
    let variant_names = &names.members;
    let values: Vec<Literal> = variants
        .iter()
        .map(|it| Literal::i64_unsuffixed(it.value))
        .collect();
    let unknown = names.rest.iter();
    let (unknown_docs, unknown_to, unknown_from) = (unknown.clone(), unknown.clone(), unknown);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variant_names,)*
            #(
                /// A value that the API's document does not list.
                #unknown_docs(i64),
            )*
        }

        impl #name {
            /// The value as it travels.
            #[must_use]
            pub fn value(self) -> i64 {
                match self {
                    #(Self::#variant_names => #values,)*
                    #(Self::#unknown_to(value) => value,)*
                }
            }
        }

        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#values => Self::#variant_names,)*
                    #(_ => Self::#unknown_from(value),)*
                }
            }
        }
    }
}

fn emit_mixed(
    cx: &Cx<'_>,
    item: &Item,
    variants: &[Variant<Value>],
    names: &TypeNames,
) -> TokenStream {
    let docs = docs::item(item);
    let deprecated = docs::deprecated(item.deprecated);
    let name = &names.ty;
    let value = cx.import("serde_json::Value");
    let variant_docs = variants.iter().map(docs::variant);
    let variant_names = &names.members;
    let known: Vec<TokenStream> = variants.iter().map(|it| emit_scalar(&it.value)).collect();
    let unknown = names.rest.iter();
    let (unknown_docs, unknown_to, unknown_from) = (unknown.clone(), unknown.clone(), unknown);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variant_names,)*
            #(
                /// A value that the API's document does not list.
                #unknown_docs(#value),
            )*
        }

        impl #name {
            /// The value as it travels.
            #[must_use]
            pub fn to_value(&self) -> #value {
                match self {
                    #(Self::#variant_names => #value::from(#known),)*
                    #(Self::#unknown_to(value) => value.clone(),)*
                }
            }
        }

        impl From<#value> for #name {
            fn from(value: #value) -> Self {
                #(
                    if value == #known {
                        return Self::#variant_names;
                    }
                )*
                #(Self::#unknown_from(value))*
            }
        }
    }
}

/// A text, number or boolean as a literal.
fn emit_scalar(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => {
            let literal = number.as_i64().map_or_else(
                || Literal::f64_unsuffixed(number.as_f64().unwrap_or_default()),
                Literal::i64_suffixed,
            );
            quote!(#literal)
        }
        Value::String(text) => quote!(#text),
        // `lower` makes enumerations of scalars only.
        Value::Null | Value::Array(_) | Value::Object(_) => quote!(()),
    }
}
