//! The enum of an operation whose successes have bodies of different types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, reply};
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::ir::{Operation, Payload, Success};

/// `pub enum GetPetSuccess`
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Option<TokenStream> {
    let Success::Several(indices) = &operation.success else {
        return None;
    };
    let success = &names.names.success;
    let docs = docs::attributes(&format!(
        "What [`Client::{}`] may bring.",
        names.names.method
    ));
    let variants = indices.iter().map(|index| {
        let response = &operation.responses[*index];
        let docs = docs::attributes(&docs::operation::variant(response));
        let variant = &names.names.responses[*index];
        let payload = response.payloads.first();
        let body = payload.map(|payload| {
            let body = reply::body_type(cx, operation, names, *index);
            let is_one = response.payloads.len() == 1;
            if is_one && !payload.is_stream() && cx.is_boxed(&payload.ty) {
                quote!((Box<#body>))
            } else {
                quote!((#body))
            }
        });
        quote!(#docs #variant #body)
    });
    let mut payloads = indices
        .iter()
        .flat_map(|index| &operation.responses[*index].payloads);
    let clone = (!payloads.any(Payload::is_stream)).then(|| quote!(Clone,));
    Some(quote! {
        #docs
        #[derive(#clone Debug)]
        #[non_exhaustive]
        pub enum #success {
            #(#variants,)*
        }
    })
}
