//! The static description of an operation.

use indexmap::IndexSet;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Names;
use crate::emit::context::{Cx, constant, scheme_constant};
use crate::ir::{BodyEncoding, Form, Operation, Response, SchemeId, Server, StatusPattern};

/// `static GET_PET: Operation = Operation { .. };`
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let ty = cx.import("super::runtime::Operation");
    let name = constant(&names.names.method);
    let id = &operation.id;
    let method = &operation.method;
    let path = &operation.path;
    let server = operation.servers.first().map(Server::default_url);
    let server = server.map_or_else(|| quote!(None), |server| quote!(Some(#server)));
    let accept = emit_accept(operation, names);
    let streams = emit_streams(cx, operation);
    let security = emit_security(cx, operation);
    let responses = emit_responses(cx, operation);
    quote! {
        static #name: #ty = #ty {
            id: #id,
            method: #method,
            server: #server,
            path: #path,
            accept: &[#(#accept),*],
            streams: &[#(#streams),*],
            security: &[#(#security),*],
            responses: &[#responses],
        };
    }
}

/// The media types to ask for. XML is not asked for by those who cannot read it, unless a success is nothing else.
fn emit_accept(operation: &Operation, names: &Names<'_>) -> Vec<TokenStream> {
    let forms = accept(operation, names);
    let is_xml = |form: &Form| form.encoding == BodyEncoding::Xml;
    let successes = names.successes().iter();
    let mut success_forms = successes
        .flat_map(|index| &operation.responses[*index].payloads)
        .flat_map(|payload| &payload.forms);
    let has_others = success_forms.any(|form| !is_xml(form));
    let emit = |form: &&Form| {
        let media_type = &form.media_type;
        let condition = (has_others && is_xml(form)).then(|| quote!(#[cfg(feature = "xml")]));
        quote!(#condition #media_type)
    };
    forms.iter().map(emit).collect()
}

/// The forms to ask for, each media type once: those of the successes first, and ranges after what is more specific
/// (RFC 9110, section 12.5.1).
fn accept<'o>(operation: &'o Operation, names: &Names<'_>) -> Vec<&'o Form> {
    let (successes, others): (Vec<_>, Vec<_>) = operation
        .responses
        .iter()
        .enumerate()
        .partition(|(index, _)| names.successes().contains(index));
    let responses = successes.into_iter().chain(others);
    let mut forms: Vec<&Form> = Vec::new();
    for form in responses.flat_map(|(_, response)| readable(response)) {
        if !forms.iter().any(|it| it.media_type == form.media_type) {
            forms.push(form);
        }
    }
    forms.sort_by_key(|it| it.media_type.matches('*').count());
    forms
}

/// The forms of a response that the client reads, if there are some: what it leaves to its caller comes only to who asks
/// for it.
fn readable(response: &Response) -> Vec<&Form> {
    let forms: Vec<&Form> = response.payloads.iter().flat_map(|it| &it.forms).collect();
    let readable: Vec<&Form> = forms.iter().copied().filter(|it| !it.is_unread).collect();
    if readable.is_empty() { forms } else { readable }
}

/// The answers that are handed over while they come: `(Status::Code(200), "image/*")`. What may be of any media type
/// is `*` beside other payloads, and `*/*` where nothing else can come.
fn emit_streams(cx: &Cx<'_>, operation: &Operation) -> Vec<TokenStream> {
    let successes = operation.success.responses().iter();
    let responses = successes.map(|index| &operation.responses[*index]);
    let mut streams = Vec::new();
    for response in responses {
        // A response for every status describes a success only where there is one.
        let status = match response.status {
            StatusPattern::Default => StatusPattern::Range(2),
            other => other,
        };
        let status = emit_status(cx, status);
        // Where there are only files, whatever comes is one.
        if let [payload] = &response.payloads[..]
            && payload.form().encoding == BodyEncoding::Bytes
        {
            streams.push(quote!((#status, "*/*")));
            continue;
        }
        let payloads = response.payloads.iter().filter(|it| it.is_stream());
        for form in payloads.flat_map(|payload| &payload.forms) {
            let media_type = match form.media_type.as_str() {
                "*/*" => "*",
                other => other,
            };
            streams.push(quote!((#status, #media_type)));
        }
    }
    streams
}

/// `Status::Code(200)`
fn emit_status(cx: &Cx<'_>, status: StatusPattern) -> TokenStream {
    let ty = cx.import("super::runtime::Status");
    match status {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#ty::Code(#code))
        }
        StatusPattern::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote!(#ty::Range(#digit))
        }
        StatusPattern::Default => quote!(#ty::Default),
    }
}

/// The schemes of each alternative, by their constants: `&[super::KEY]`. Schemes that are left to the caller are taken
/// as satisfied, and two alternatives that differ in nothing else are one.
fn emit_security(cx: &Cx<'_>, operation: &Operation) -> Vec<TokenStream> {
    let alternatives = operation.security.iter();
    let alternatives = alternatives.map(|it| it.schemes.iter().map(|(id, _)| *id).collect());
    let alternatives: IndexSet<Vec<SchemeId>> = alternatives.collect();
    let emit = |schemes: &Vec<SchemeId>| {
        let constants = schemes
            .iter()
            .map(|it| scheme_constant(cx.names.scheme(*it)));
        quote!(&[#(super::#constants),*])
    };
    alternatives.iter().map(emit).collect()
}

/// What each documented status means, for messages.
fn emit_responses(cx: &Cx<'_>, operation: &Operation) -> TokenStream {
    let responses = operation.responses.iter().map(|response| {
        let pattern = emit_status(cx, response.status);
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
