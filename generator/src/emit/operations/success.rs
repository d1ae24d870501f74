//! The enum of an operation whose successes have bodies of different types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, reply};
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::ir::{BodyEncoding, Operation, Success};

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
        let body = response.payload.as_ref().map(|payload| {
            let body = reply::body_type(cx, response);
            let boxed = payload.encoding == BodyEncoding::Json && cx.is_boxed(&payload.ty);
            if boxed {
                quote!((Box<#body>))
            } else {
                quote!((#body))
            }
        });
        quote!(#docs #variant #body)
    });
    Some(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #success {
            #(#variants,)*
        }
    })
}
