//! Operations: a file for each group, with the client's methods, request builders and errors.

mod answer;
mod body;
mod builder;
mod descriptor;
mod error;
mod headers;
mod method;
mod reader;
pub(super) mod reply;
mod success;

pub(super) use builder::emit_style;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Cx;
use super::docs;
use crate::ir::{Group, Ident, Operation, OperationId, OperationNames, Response, Success};
use crate::markdown::{Inline, Text, prose};
use crate::output::{Source, Unformatted};

/// The names of an operation, and which of its responses are successes.
pub(in crate::emit) struct Names<'a> {
    pub(in crate::emit) names: &'a OperationNames,
    success: &'a Success,
}

impl<'a> Names<'a> {
    /// The names of `operation`.
    pub(in crate::emit) fn new(cx: &Cx<'a>, id: OperationId, operation: &'a Operation) -> Self {
        Self {
            names: cx.names.operation(id),
            success: &operation.success,
        }
    }

    /// The responses that count as success, by index.
    pub(in crate::emit) fn successes(&self) -> &'a [usize] {
        match self.success {
            Success::Undocumented => &[],
            Success::One(indices) | Success::Several(indices) => indices,
        }
    }

    /// The error variants: the responses that describe failures, each with its name.
    fn failures<'o>(&self, operation: &'o Operation) -> Vec<(usize, &'o Response, &'a Ident)> {
        let responses = operation
            .responses
            .iter()
            .enumerate()
            .zip(&self.names.responses);
        responses
            .filter(|((index, _), _)| operation.is_failure(*index))
            .map(|((index, response), name)| (index, response, name))
            .collect()
    }
}

/// The file of a group.
pub(super) fn emit(cx: &Cx<'_>, group: &Group) -> Source {
    let cx = cx.file(declared(cx, group));
    let operations: Vec<(&Operation, Names<'_>)> = group
        .operations
        .iter()
        .map(|id| (&cx.api[*id], Names::new(&cx, *id, &cx.api[*id])))
        .collect();
    let client = cx.import("super::Client");
    let docs = docs::attributes(impl_docs(group));
    let methods = operations
        .iter()
        .map(|(operation, names)| cx.imports.text(method::emit(&cx, operation, names)));
    let methods = Unformatted::Impl {
        head: cx.imports.text(quote!(#docs impl #client)),
        members: methods.collect(),
    };
    let rest = operations
        .iter()
        .flat_map(|(operation, names)| emit_operation(&cx, operation, names))
        .map(|it| cx.imports.item(it));
    let items = [methods].into_iter().chain(rest).collect();
    Source {
        docs: Text::from(file_docs(group)).to_string(),
        items: cx.imports.complete(items),
    }
}

/// What belongs to one operation besides the client's method.
fn emit_operation(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Vec<TokenStream> {
    [
        Some(descriptor::emit(cx, operation, names)),
        Some(builder::emit(cx, operation, names)),
        body::emit(cx, operation, names),
        success::emit(cx, operation, names),
        Some(error::emit(cx, operation, names)),
    ]
    .into_iter()
    .flatten()
    .chain(answer::emit(cx, operation, names))
    .chain(headers::emit(cx, operation, names))
    .collect()
}

/// An enum of which one variant holds: what is sent, or what may come.
fn emit_choice(
    docs: Inline,
    ty: &Ident,
    variants: impl Iterator<Item = TokenStream>,
    is_cloned: bool,
) -> TokenStream {
    let docs = docs::attributes(docs);
    let clone = is_cloned.then(|| quote!(Clone,));
    quote! {
        #docs
        #[derive(#clone Debug)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants,)*
        }
    }
}

/// The types that a group's file declares and the module exports.
pub(super) fn declared(cx: &Cx<'_>, group: &Group) -> Vec<String> {
    let mut declared = Vec::new();
    for id in &group.operations {
        let operation = &cx.api[*id];
        let names = Names::new(cx, *id, operation);
        declared.push(names.names.builder.to_string());
        declared.push(names.names.error.to_string());
        if matches!(operation.success, Success::Several(_)) {
            declared.push(names.names.success.to_string());
        }
        if operation
            .body
            .as_ref()
            .is_some_and(|it| it.payloads.len() > 1)
        {
            declared.push(names.names.body_type.ty.to_string());
        }
        for (response, body) in operation.responses.iter().zip(&names.names.body_types) {
            if response.payloads.len() > 1 {
                declared.push(body.ty.to_string());
            }
        }
        declared.extend(headers::declared(operation, &names).map(Ident::to_string));
    }
    declared
}

fn file_docs(group: &Group) -> Inline {
    match &group.tag {
        Some(tag) => prose!(
            "Operations of the group {}.",
            docs::group(tag, &group.parents)
        ),
        None => "Operations without a group.".into(),
    }
}

fn impl_docs(group: &Group) -> Text {
    let mut text = Text::from(match &group.tag {
        Some(tag) => prose!("Group {}.", docs::group(tag, &group.parents)),
        None => "Operations without a group.".into(),
    });
    text.docs(&group.docs);
    text
}
