//! What becomes of the answer: which status gives which value or error.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::reader::Reader;
use super::{Names, headers};
use crate::emit::context::Cx;
use crate::emit::types;
use crate::ir::{Operation, StatusPattern, Success};

/// The type that a successful call gives.
pub(super) fn value_type(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    match &operation.success {
        Success::Undocumented => quote!(()),
        Success::One(indices) => {
            let first = indices.first();
            first.map_or_else(
                || quote!(()),
                |index| body_type(cx, operation, names, *index),
            )
        }
        Success::Several(_) => {
            let success = &names.names.success;
            quote!(#success)
        }
    }
}

/// Whether a successful call gives nothing.
pub(in crate::emit) fn is_empty(operation: &Operation) -> bool {
    match &operation.success {
        Success::Undocumented => true,
        Success::One(indices) => indices
            .iter()
            .all(|index| operation.responses[*index].payloads.is_empty()),
        Success::Several(_) => false,
    }
}

/// The type of the body of a response, by its index.
pub(super) fn body_type(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &Names<'_>,
    index: usize,
) -> TokenStream {
    match &operation.responses[index].payloads[..] {
        [] => quote!(()),
        [payload] => types::emit_received(cx, payload),
        [..] => {
            let ty = &names.names.body_types[index].ty;
            quote!(#ty)
        }
    }
}

/// `Response<Vec<Pet>, ListPets200Headers>`
pub(super) fn response_type(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let value = value_type(cx, operation, names);
    wrap(cx, &value, headers::success_marker(operation, names))
}

/// The response of an error's variant.
pub(super) fn failure_type(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &Names<'_>,
    index: usize,
) -> TokenStream {
    let value = body_type(cx, operation, names, index);
    wrap(cx, &value, headers::failure_marker(operation, names, index))
}

fn wrap(cx: &Cx<'_>, value: &TokenStream, headers: Option<&crate::ir::Ident>) -> TokenStream {
    let response = cx.import("super::runtime::Response");
    let headers = headers.map(|it| quote!(, #it));
    quote!(#response<#value #headers>)
}

/// The arms of the match over the status: single statuses, then ranges, then the rest.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let mut arms: Vec<Arm> = Vec::new();
    for (index, response) in operation.responses.iter().enumerate() {
        let read = Reader::of(cx, operation, names, index);
        if names.successes().contains(&index) {
            let result = emit_success(cx, operation, names, index, &read);
            Arm::add(&mut arms, response.status, result, true);
        }
        if operation.is_failure(index) {
            let error = &names.names.error;
            let variant = &names.names.responses[index];
            let read = read.emit_call(&quote!(reply));
            let result = quote!(Err(#error::#variant(#read?)));
            Arm::add(&mut arms, response.status, result, false);
        }
    }
    if matches!(operation.success, Success::Undocumented) {
        Arm::add(
            &mut arms,
            StatusPattern::Range(2),
            quote!(Ok(reply.empty()?)),
            true,
        );
    }
    let has_default = arms
        .iter()
        .any(|arm| arm.patterns.iter().any(|it| matches!(it, Pattern::Rest)));
    arms.sort_by_key(|arm| arm.patterns.iter().map(Pattern::rank).max());
    let codes: BTreeSet<u16> = arms.iter().flat_map(Arm::codes).collect();
    let arms = arms.iter().map(|arm| arm.emit(&codes));
    let rest = (!has_default).then(|| emit_rest(cx, operation, names));
    quote!(#(#arms)* #rest)
}

/// How a success gives its value.
fn emit_success(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &Names<'_>,
    index: usize,
    read: &Reader,
) -> TokenStream {
    let read = read.emit_call(&quote!(reply));
    match &operation.success {
        Success::Undocumented | Success::One(_) => quote!(Ok(#read?)),
        Success::Several(_) => {
            let response = cx.import("super::runtime::Response");
            let success = &names.names.success;
            let variant = &names.names.responses[index];
            if operation.responses[index].payloads.is_empty() {
                quote!(Ok(#response::map(#read?, |()| #success::#variant)))
            } else {
                quote!(Ok(#response::map(#read?, #success::#variant)))
            }
        }
    }
}

/// What happens with a status that the document does not list: a success may still be as documented, where
/// the document knows one kind of success only.
fn emit_rest(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let read = match &operation.success {
        Success::One(indices) => indices
            .first()
            .map(|index| Reader::of(cx, operation, names, *index)),
        Success::Undocumented => Some(Reader::Method("empty")),
        Success::Several(_) => None,
    };
    if let Some(read) = read {
        let read = read.emit_path(cx);
        quote!(_ => Ok(reply.undocumented(#read)?),)
    } else {
        quote!(_ => Err(reply.unexpected().into()),)
    }
}

/// One arm: statuses, and what they give.
struct Arm {
    patterns: Vec<Pattern>,
    result: TokenStream,
}

/// Which statuses an arm is for.
#[derive(PartialEq)]
enum Pattern {
    Code(u16),
    Range(u8),
    Rest,
}

impl Arm {
    /// Adds a status. Where the same is done for several, they share an arm.
    fn add(arms: &mut Vec<Self>, status: StatusPattern, result: TokenStream, success: bool) {
        let pattern = match status {
            StatusPattern::Code(code) => Pattern::Code(code),
            StatusPattern::Range(digit) => Pattern::Range(digit),
            // A response for every status describes a success only where there is one.
            StatusPattern::Default if success => Pattern::Range(2),
            StatusPattern::Default => Pattern::Rest,
        };
        if arms.iter().any(|arm| arm.patterns.contains(&pattern)) {
            return;
        }
        let same = |arm: &&mut Self| {
            arm.result.to_string() == result.to_string()
                && arm.patterns.iter().all(|it| it.rank() == pattern.rank())
        };
        match arms.iter_mut().find(same) {
            Some(arm) => arm.patterns.push(pattern),
            None => arms.push(Self {
                patterns: vec![pattern],
                result,
            }),
        }
    }

    /// The single statuses among its own.
    fn codes(&self) -> impl Iterator<Item = u16> {
        self.patterns.iter().filter_map(|it| match it {
            Pattern::Code(code) => Some(*code),
            Pattern::Range(_) | Pattern::Rest => None,
        })
    }

    fn emit(&self, codes: &BTreeSet<u16>) -> TokenStream {
        let patterns = self.patterns.iter().map(|it| it.emit(codes));
        let result = &self.result;
        quote!(#(#patterns)|* => #result,)
    }
}

impl Pattern {
    fn rank(&self) -> u8 {
        match self {
            Self::Code(_) => 0,
            Self::Range(_) => 1,
            Self::Rest => 2,
        }
    }

    /// Writes the pattern. `codes` have arms of their own, so that a range neither starts nor ends with one of them.
    fn emit(&self, codes: &BTreeSet<u16>) -> TokenStream {
        match self {
            Self::Code(code) => {
                let code = Literal::u16_unsuffixed(*code);
                quote!(#code)
            }
            Self::Range(digit) => {
                let start = u16::from(*digit) * 100;
                let all = start..=start + 99;
                let first = all.clone().find(|it| !codes.contains(it));
                let last = all.rev().find(|it| !codes.contains(it));
                let first = Literal::u16_unsuffixed(first.unwrap_or(start));
                let last = Literal::u16_unsuffixed(last.unwrap_or(start + 99));
                quote!(#first..=#last)
            }
            Self::Rest => quote!(_),
        }
    }
}
