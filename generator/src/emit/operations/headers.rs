//! Documented response headers: a type that marks the response, and a method for each header.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, reply};
use crate::emit::context::Cx;
use crate::emit::{docs, types};
use crate::ir::{Ident, Operation, Success};

/// The responses whose headers get methods, by index.
fn marked<'a>(operation: &'a Operation, names: &'a Names<'_>) -> impl Iterator<Item = usize> + 'a {
    let several = matches!(operation.success, Success::Several(_));
    let first = names
        .successes()
        .iter()
        .find(|index| !operation.responses[**index].headers.is_empty())
        .copied();
    operation
        .responses
        .iter()
        .enumerate()
        .filter_map(move |(index, response)| {
            let success = names.successes().contains(&index);
            // Successes share one type of response, so they share the headers of the first that has any.
            let counts = if success {
                !several && first == Some(index)
            } else {
                true
            };
            (counts && !response.headers.is_empty()).then_some(index)
        })
}

/// The type that marks a response, if its headers get methods.
pub(super) fn marker<'n>(
    operation: &Operation,
    names: &Names<'n>,
    index: usize,
) -> Option<&'n Ident> {
    marked(operation, names)
        .any(|it| it == index)
        .then(|| &names.names.header_types[index])
}

/// The marker types of an operation.
pub(super) fn declared<'n>(
    operation: &Operation,
    names: &Names<'n>,
) -> impl Iterator<Item = &'n Ident> {
    let indices: Vec<usize> = marked(operation, names).collect();
    let types = &names.names.header_types;
    indices.into_iter().map(|index| &types[index])
}

/// The marker types and their methods.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Vec<TokenStream> {
    marked(operation, names)
        .map(|index| emit_response(cx, operation, names, index))
        .collect()
}

fn emit_response(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &Names<'_>,
    index: usize,
) -> TokenStream {
    let response_type = cx.import("super::runtime::Response");
    let error = cx.import("super::runtime::DecodeError");
    let response = &operation.responses[index];
    let marker = &names.names.header_types[index];
    let docs = docs::attributes(&format!(
        "Gives a [`{response_type}`] its documented headers as methods."
    ));
    let body = reply::body_type(cx, response);
    let methods = response
        .headers
        .iter()
        .zip(&names.names.headers[index])
        .map(|(header, name)| {
            let docs = docs::attributes(&docs::operation::header(header));
            let deprecated = docs::deprecated(header.deprecated);
            let ty = types::emit(cx, &header.ty);
            let wire_name = header.wire_name.to_lowercase();
            quote! {
                #docs
                #deprecated
                pub fn #name(&self) -> Result<Option<#ty>, #error> {
                    self.header(#wire_name)
                }
            }
        });
    quote! {
        #docs
        #[derive(Debug)]
        pub enum #marker {}

        impl #response_type<#body, #marker> {
            #(#methods)*
        }
    }
}
