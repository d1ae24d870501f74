//! The static description of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Names;
use crate::emit::context::{Cx, constant, scheme_constant};
use crate::ir::{Alternative, Operation, Server, StatusPattern};

/// `static GET_PET: Operation = Operation { .. };`
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let ty = cx.import("super::runtime::Operation");
    let name = constant(&names.names.method);
    let id = &operation.id;
    let method = &operation.method;
    let path = &operation.path;
    let server = operation.servers.first().map(Server::default_url);
    let server = server.map_or_else(|| quote!(None), |server| quote!(Some(#server)));
    let accept = accept(operation, names);
    let security = operation.security.iter().map(|it| emit_alternative(cx, it));
    let responses = emit_responses(cx, operation);
    quote! {
        static #name: #ty = #ty {
            id: #id,
            method: #method,
            server: #server,
            path: #path,
            accept: &[#(#accept),*],
            streams: &[],
            security: &[#(#security),*],
            responses: &[#responses],
        };
    }
}

/// The media types to ask for: those of the successes first, each once.
fn accept<'o>(operation: &'o Operation, names: &Names<'_>) -> Vec<&'o str> {
    let (successes, others): (Vec<_>, Vec<_>) = operation
        .responses
        .iter()
        .enumerate()
        .partition(|(index, _)| names.successes().contains(index));
    let mut types: Vec<&str> = Vec::new();
    for (_, response) in successes.into_iter().chain(others) {
        let payload = response.payload.iter().map(|it| it.media_type.as_str());
        for media_type in payload {
            if !types.contains(&media_type) {
                types.push(media_type);
            }
        }
    }
    types
}

/// The schemes of an alternative, by their constants.
fn emit_alternative(cx: &Cx<'_>, alternative: &Alternative) -> TokenStream {
    let schemes = alternative.schemes.iter().map(|(id, _)| {
        let scheme = scheme_constant(cx.names.scheme(*id));
        quote!(super::#scheme)
    });
    quote!(&[#(#schemes),*])
}

/// What each documented status means, for messages.
fn emit_responses(cx: &Cx<'_>, operation: &Operation) -> TokenStream {
    let responses = operation.responses.iter().map(|response| {
        let status = cx.import("super::runtime::Status");
        let pattern = match response.status {
            StatusPattern::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#status::Code(#code))
            }
            StatusPattern::Range(digit) => {
                let digit = Literal::u8_unsuffixed(digit);
                quote!(#status::Range(#digit))
            }
            StatusPattern::Default => quote!(#status::Default),
        };
        let meaning = first_line(&response.description);
        quote!((#pattern, #meaning))
    });
    quote!(#(#responses),*)
}

/// The first line of a description, as plain text without control characters.
fn first_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    line.chars().filter(|it| !it.is_control()).collect()
}
