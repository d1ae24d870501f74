//! The enum of an operation whose successes have bodies of different types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, emit_choice, reply};
use crate::emit::context::Cx;
use crate::emit::{docs, types};
use crate::ir::{Operation, Payload, Success};
use crate::markdown::prose;

/// `pub enum GetPetSuccess`
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Option<TokenStream> {
    let Success::Several(indices) = &operation.success else {
        return None;
    };
    let success = &names.names.success;
    let docs = prose!("What [`Client::{}`] may bring.", names.names.method);
    let variants = indices.iter().map(|index| {
        let response = &operation.responses[*index];
        let docs = docs::attributes(docs::operation::variant(response));
        let variant = &names.names.responses[*index];
        let payload = response.payloads.first();
        let body = payload.map(|payload| {
            let body = reply::body_type(cx, operation, names, *index);
            // The enum of several payloads has boxes of its own.
            match &response.payloads[..] {
                [_] => types::emit_held(cx, payload, &body),
                [..] => body,
            }
        });
        let body = body.map(|body| quote!((#body)));
        quote!(#docs #variant #body)
    });
    let mut payloads = indices
        .iter()
        .flat_map(|index| &operation.responses[*index].payloads);
    let is_cloned = !payloads.any(Payload::is_stream);
    Some(emit_choice(docs, success, variants, is_cloned))
}
