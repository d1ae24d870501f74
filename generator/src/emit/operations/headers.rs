//! Documented response headers: a type that marks the response, and a method for each header.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, emit_style, reply};
use crate::emit::context::Cx;
use crate::emit::{docs, types};
use crate::ir::{Ident, Operation, ResponseHeader, Serialization};
use crate::model::Style;

/// Responses that share a type, and so the methods for their headers.
struct Marked<'o, 'n> {
    /// The type that marks the response.
    marker: &'n Ident,
    /// The type of the body.
    body: TokenStream,
    /// The headers, each with its method.
    headers: Vec<(&'o ResponseHeader, &'n Ident)>,
}

/// The type that marks the response of a success, if one of the successes has headers.
pub(super) fn success_marker<'n>(operation: &Operation, names: &Names<'n>) -> Option<&'n Ident> {
    let mut successes = names.successes().iter();
    let first = successes.find(|index| !operation.responses[**index].headers.is_empty());
    first.map(|index| &names.names.header_types[*index])
}

/// The type that marks the response of a failure, if it has headers.
pub(super) fn failure_marker<'n>(
    operation: &Operation,
    names: &Names<'n>,
    index: usize,
) -> Option<&'n Ident> {
    let has_headers = !operation.responses[index].headers.is_empty();
    // A response for everything is marked once, as that of a success.
    has_headers.then(|| &names.names.header_types[index])
}

/// The marker types of an operation.
pub(super) fn declared<'n>(
    operation: &Operation,
    names: &Names<'n>,
) -> impl Iterator<Item = &'n Ident> {
    let failures = (0..operation.responses.len())
        .filter(|index| !names.successes().contains(index))
        .filter_map(|index| failure_marker(operation, names, index));
    success_marker(operation, names).into_iter().chain(failures)
}

/// The marker types and their methods.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Vec<TokenStream> {
    let success = success_marker(operation, names).map(|marker| {
        let mut headers: Vec<(&ResponseHeader, &Ident)> = Vec::new();
        // Successes share one type of response, and so the headers of all of them.
        for index in names.successes() {
            for (header, name) in headers_of(operation, names, *index) {
                let is_known = |(known, other): &(&ResponseHeader, &Ident)| {
                    *other == name || known.wire_name.eq_ignore_ascii_case(&header.wire_name)
                };
                if !headers.iter().any(is_known) {
                    headers.push((header, name));
                }
            }
        }
        Marked {
            marker,
            body: reply::value_type(cx, operation, names),
            headers,
        }
    });
    let failures = (0..operation.responses.len())
        .filter(|index| !names.successes().contains(index))
        .filter_map(|index| {
            Some(Marked {
                marker: failure_marker(operation, names, index)?,
                body: reply::body_type(cx, operation, names, index),
                headers: headers_of(operation, names, index).collect(),
            })
        });
    success
        .into_iter()
        .chain(failures)
        .map(|it| emit_marked(cx, &it))
        .collect()
}

fn headers_of<'o, 'n>(
    operation: &'o Operation,
    names: &Names<'n>,
    index: usize,
) -> impl Iterator<Item = (&'o ResponseHeader, &'n Ident)> {
    let headers = &operation.responses[index].headers;
    headers.iter().zip(&names.names.headers[index])
}

fn emit_marked(cx: &Cx<'_>, it: &Marked<'_, '_>) -> TokenStream {
    let response_type = cx.import("super::runtime::Response");
    let error = cx.import("super::runtime::DecodeError");
    let Marked { marker, body, .. } = it;
    let docs = docs::attributes(
        "Gives a [`Response`](super::runtime::Response) its documented headers as methods.",
    );
    let methods = it.headers.iter().map(|(header, name)| {
        let docs = docs::attributes(docs::operation::header(header));
        let deprecated = docs::deprecated(header.deprecated);
        let ty = types::emit(cx, &header.ty);
        let wire_name = header.wire_name.to_lowercase();
        let read = emit_read(cx, header, &wire_name);
        quote! {
            #docs
            #deprecated
            pub fn #name(&self) -> Result<Option<#ty>, #error> {
                #read
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

/// `self.header("x-rate")`, or with a style that is another than the usual one.
fn emit_read(cx: &Cx<'_>, header: &ResponseHeader, wire_name: &str) -> TokenStream {
    match &header.serialization {
        Serialization::Style {
            style: Style::Simple,
            ..
        }
        | Serialization::Text
        | Serialization::Form(_) => quote!(self.header(#wire_name)),
        Serialization::Style { .. } | Serialization::Json => {
            let style = emit_style(cx, &header.serialization);
            quote!(self.styled_header(#wire_name, #style))
        }
    }
}
