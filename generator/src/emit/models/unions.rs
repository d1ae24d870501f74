//! Unions: a variant per type, and one that keeps what fits none of them.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::{docs, types};
use crate::ir::{Branch, Ident, Item, Type, TypeNames, Union};

/// The type, and the conversions into it.
pub(super) fn emit(cx: &Cx<'_>, item: &Item, union: &Union, names: &TypeNames) -> TokenStream {
    let docs = docs::item(item);
    let deprecated = docs::deprecated(item.deprecated);
    let compared = (!union
        .branches
        .iter()
        .any(|branch| cx.holds_secret(&branch.ty)))
    .then(|| quote!(, PartialEq));
    let name = &names.ty;
    let branches: Vec<(&Branch, &Ident)> = union.branches.iter().zip(&names.members).collect();
    let variants = branches.iter().map(|(branch, variant)| {
        let docs = docs::branch(branch);
        let ty = emit_payload(cx, &branch.ty);
        quote!(#docs #variant(#ty))
    });
    let unknown = names.rest.iter();
    let value = cx.import("serde_json::Value");
    let convertible = convertible(cx, union);
    let conversions = branches
        .iter()
        .zip(convertible)
        .filter_map(|(branch, is_convertible)| is_convertible.then_some(branch))
        .map(|(branch, variant)| {
            let ty = types::emit(cx, &branch.ty);
            let value = if cx.is_boxed(&branch.ty) {
                quote!(Box::new(value))
            } else {
                quote!(value)
            };
            quote! {
                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#variant(#value)
                    }
                }
            }
        });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug #compared)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #(
                /// A value that fits none of the types that the API's document lists.
                #unknown(#value),
            )*
        }

        #(#conversions)*
    }
}

/// The type that a variant holds.
fn emit_payload(cx: &Cx<'_>, ty: &Type) -> TokenStream {
    let plain = types::emit(cx, ty);
    if cx.is_boxed(ty) {
        quote!(Box<#plain>)
    } else {
        plain
    }
}

/// Whether each branch is the only one of its Rust type. `Unknown` has [`Type::Any`] already, and formats of
/// text may share a Rust type.
fn convertible(cx: &Cx<'_>, union: &Union) -> Vec<bool> {
    let rust = |ty: &Type| types::emit(cx, cx.api.resolve(ty)).to_string();
    let types: Vec<String> = union.branches.iter().map(|it| rust(&it.ty)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let any = rust(&Type::Any);
    for ty in types.iter().chain([&any]) {
        *counts.entry(ty).or_default() += 1;
    }
    types.iter().map(|ty| counts[ty.as_str()] == 1).collect()
}
