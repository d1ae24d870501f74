//! The enum of a response whose body may be of several payloads: the media type of the answer tells which.

use proc_macro2::TokenStream;
use quote::quote;

use super::reader::{Reader, emit_match};
use super::{Names, emit_choice};
use crate::emit::context::Cx;
use crate::emit::{docs, types};
use crate::ir::{Operation, Payload};
use crate::markdown::prose;

/// `pub enum GetPet200Body`, for each response that needs one.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Vec<TokenStream> {
    let responses = operation.responses.iter().enumerate();
    responses
        .filter(|(_, response)| response.payloads.len() > 1)
        .map(|(index, response)| emit_enum(cx, &response.payloads, names, index))
        .collect()
}

fn emit_enum(cx: &Cx<'_>, payloads: &[Payload], names: &Names<'_>, index: usize) -> TokenStream {
    let body = &names.names.body_types[index];
    let ty = &body.ty;
    let docs = prose!(
        "The body of an answer to [`Client::{}`], by its media type.",
        names.names.method
    );
    let variants = payloads.iter().zip(&body.payloads);
    let declared = variants.clone().map(|(payload, variant)| {
        let docs = docs::attributes(docs::operation::payload_variant(payload));
        let held = types::emit_held(cx, payload, &types::emit_received(cx, payload));
        quote!(#docs #variant(#held))
    });
    let is_cloned = !payloads.iter().any(Payload::is_stream);
    let declaration = emit_choice(docs, ty, declared, is_cloned);
    let reply = cx.import("super::runtime::Reply");
    let response = cx.import("super::runtime::Response");
    let error = cx.import("super::runtime::Error");
    let read = variants.flat_map(|(payload, variant)| {
        let read = Reader::of_payload(cx, payload).emit_call(&quote!(reply));
        let result = quote!(Ok(#response::map(#read?, Self::#variant)));
        let forms = payload.forms.iter();
        forms.map(move |form| (form.media_type.as_str(), result.clone()))
    });
    let read = emit_match(&quote!(reply), read);
    quote! {
        #declaration

        impl #ty {
            fn read<H>(reply: #reply) -> Result<#response<Self, H>, #error> {
                #read
            }
        }
    }
}
