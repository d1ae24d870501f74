//! Structs of parts: how they become a multipart body.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::context::Cx;
use crate::emit::operations;
use crate::ir::{Additional, Part, PartEncoding, Parts, Struct, TypeNames};

/// `impl From<models::UploadForm> for Multipart`
pub(super) fn emit(cx: &Cx<'_>, it: &Struct, parts: &Parts, names: &TypeNames) -> TokenStream {
    let models = cx.import("super::models");
    let multipart = cx.import("super::runtime::Multipart");
    let name = &names.ty;
    let fields = it.fields.iter().zip(&names.members).zip(&parts.fields);
    let statements = fields.map(|((field, name), part)| {
        let wire_name = &field.wire_name;
        emit_part(cx, part, &quote!(#wire_name), &quote!(body.#name))
    });
    let rest = match (&it.additional, &names.rest, &parts.rest) {
        (Additional::Kept(_), Some(rest), Some(part)) => {
            let statement = emit_part(cx, part, &quote!(&name), &quote!(value));
            Some(quote! {
                for (name, value) in body.#rest {
                    #statement
                }
            })
        }
        _ => None,
    };
    quote! {
        impl From<#models::#name> for #multipart {
            fn from(body: #models::#name) -> Self {
                let mut form = Self::new();
                #(#statements)*
                #rest
                form
            }
        }
    }
}

/// `form.text("name", &body.name, None);`
fn emit_part(cx: &Cx<'_>, part: &Part, name: &TokenStream, value: &impl ToTokens) -> TokenStream {
    let media_type = part
        .media_type
        .as_ref()
        .map_or_else(|| quote!(None), |it| quote!(Some(#it)));
    match &part.encoding {
        PartEncoding::File => quote!(form.file(#name, #value, #media_type);),
        PartEncoding::Text => part.transfer_encoding.as_ref().map_or_else(
            || quote!(form.text(#name, &#value, #media_type);),
            |encoding| quote!(form.encoded(#name, &#value, #media_type, #encoding);),
        ),
        PartEncoding::Json => {
            let media_type = part.media_type.as_deref().unwrap_or("application/json");
            quote!(form.json(#name, &#value, #media_type);)
        }
        PartEncoding::Value => quote!(form.value(#name, &#value, #media_type);),
        PartEncoding::Style(serialization) => {
            let style = operations::emit_style(cx, serialization);
            quote!(form.styled(#name, &#value, #style);)
        }
    }
}
