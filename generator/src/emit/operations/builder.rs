//! The request builder: setters for what is optional, and what sends it.

use proc_macro2::{Ident as RustIdent, TokenStream};
use quote::quote;

use super::{Names, body, reply};
use crate::emit::context::{Cx, ident};
use crate::emit::{arguments, docs};
use crate::ir::{Argument, Body, Ident, Operation, ParameterKind, Serialization};
use crate::markdown::prose;
use crate::model::Style;

/// The type and its methods.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> TokenStream {
    let call = cx.import("super::runtime::Call");
    let builder = &names.names.builder;
    let error = &names.names.error;
    let method = &names.names.method;
    let docs = docs::attributes(prose!(
        "A request of [`Client::{}`], to be sent by [`send`](Self::send).",
        method
    ));
    let optional = operation
        .arguments
        .iter()
        .zip(&names.names.arguments)
        .filter(|(it, _)| !it.required);
    let setters = optional.map(|(argument, name)| emit_setter(cx, argument, name));
    let optional = operation.body.iter().filter(|it| !it.required);
    let body_setters = optional.map(|body| emit_body_setter(cx, body, names));
    let accept = emit_accept(operation);
    let empties = operation.arguments.iter().zip(&names.names.empties);
    let empties = empties.filter_map(|(it, name)| Some(emit_empty(it, name.as_ref()?)));
    let value = reply::value_type(cx, operation, names);
    let response = reply::response_type(cx, operation, names);
    let arms = reply::emit(cx, operation, names);
    let blocking = emit_blocking(cx, &value, error);
    let sent = if reply::is_empty(operation) {
        quote!(self.send_with_response().await?; Ok(()))
    } else {
        quote!(Ok(self.send_with_response().await?.into_body()))
    };
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #builder {
            call: #call,
        }

        impl #builder {
            #(#setters)*
            #(#empties)*
            #(#body_setters)*
            #accept

            /// Sends the request and gives the body of the answer.
            ///
            /// # Errors
            ///
            /// Fails as the operation's documentation says.
            pub async fn send(self) -> Result<#value, #error> {
                #sent
            }

            /// Sends the request and gives the answer with its status and headers.
            ///
            /// # Errors
            ///
            /// Fails as the operation's documentation says.
            pub async fn send_with_response(self) -> Result<#response, #error> {
                let reply = self.call.send().await?;
                match reply.status() {
                    #arms
                }
            }

            #blocking
        }
    }
}

fn emit_blocking(cx: &Cx<'_>, value: &TokenStream, error: &Ident) -> TokenStream {
    let runtime = cx.import("super::runtime");
    quote! {
        /// Sends the request, waits for the answer, and gives its body.
        ///
        /// # Errors
        ///
        /// Fails as the operation's documentation says.
        #[cfg(feature = "blocking")]
        pub fn send_blocking(self) -> Result<#value, #error> {
            #runtime::block_on(self.send())
        }
    }
}

/// `pub fn limit(mut self, limit: i64) -> Self`
fn emit_setter(cx: &Cx<'_>, argument: &Argument, name: &Ident) -> TokenStream {
    let docs = docs::attributes(docs::operation::setter(cx, argument));
    let deprecated = docs::deprecated(argument.deprecated);
    let ty = arguments::emit_borrowed(cx, name, &argument.ty).ty;
    let statement = emit_argument(cx, &quote!(self.call), argument, name);
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            #statement
            self
        }
    }
}

/// `pub fn verbose_empty(mut self) -> Self`
fn emit_empty(argument: &Argument, name: &Ident) -> TokenStream {
    let docs = docs::attributes(docs::operation::empty_setter(argument));
    let deprecated = docs::deprecated(argument.deprecated);
    let wire_name = &argument.wire_name;
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self) -> Self {
            self.call.query_empty(#wire_name);
            self
        }
    }
}

/// The setter of what the answer should be, where the operation has several answers to give.
fn emit_accept(operation: &Operation) -> Option<TokenStream> {
    let mut successes = operation.success.responses().iter();
    let is_choice = successes.any(|index| {
        let payloads = &operation.responses[*index].payloads;
        payloads.len() > 1 || payloads.iter().any(|it| it.forms.len() > 1)
    });
    is_choice.then(|| {
        quote! {
            /// Asks for an answer of this media type, instead of any that is documented.
            pub fn accept(mut self, media_type: &str) -> Self {
                self.call.accept(media_type);
                self
            }
        }
    })
}

fn emit_body_setter(cx: &Cx<'_>, body: &Body, names: &Names<'_>) -> TokenStream {
    let name = &names.names.body;
    let docs = docs::attributes(docs::operation::body_setter(body));
    let ty = body::argument_type(cx, body, names);
    let statement = body::emit_statement(cx, &quote!(self.call), body, names);
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            #statement
            self
        }
    }
}

/// The statement that puts an argument into the request: `call.query("limit", &limit, Style::FORM);`
pub(super) fn emit_argument(
    cx: &Cx<'_>,
    call: &TokenStream,
    argument: &Argument,
    name: &Ident,
) -> TokenStream {
    let wire_name = &argument.wire_name;
    let value = arguments::emit_borrowed(cx, name, &argument.ty).value;
    if let (ParameterKind::QueryString, Serialization::Form(styles)) =
        (argument.kind, &argument.serialization)
    {
        let styles = emit_styles(cx, styles);
        return quote!(#call.query_form(#wire_name, #value, #styles););
    }
    let place = ident(match argument.kind {
        ParameterKind::Path => "path",
        ParameterKind::Query => "query",
        ParameterKind::QueryString => "query_string",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    });
    let style = emit_style(cx, &argument.serialization);
    quote!(#call.#place(#wire_name, #value, #style);)
}

/// How the properties of a form are written: `&[("tags", Style::FORM)]`
pub(super) fn emit_styles(cx: &Cx<'_>, styles: &[(String, Serialization)]) -> TokenStream {
    let styles = styles.iter().map(|(property, serialization)| {
        let style = emit_style(cx, serialization);
        quote!((#property, #style))
    });
    quote!(&[#(#styles),*])
}

/// How a value is written, by the runtime's constants.
pub(in crate::emit) fn emit_style(cx: &Cx<'_>, serialization: &Serialization) -> TokenStream {
    let ty = cx.import("super::runtime::Style");
    let constant = match serialization {
        Serialization::Json => ident("JSON"),
        Serialization::Text => ident("TEXT"),
        Serialization::Form(_) => ident("FORM_TEXT"),
        Serialization::Style { style, explode, .. } => style_constant(*style, *explode),
    };
    let reserved = matches!(
        serialization,
        Serialization::Style {
            allow_reserved: true,
            ..
        }
    );
    let reserved = reserved.then(|| quote!(.allow_reserved()));
    quote!(#ty::#constant #reserved)
}

fn style_constant(style: Style, explode: bool) -> RustIdent {
    ident(match (style, explode) {
        (Style::Matrix, false) => "MATRIX",
        (Style::Matrix, true) => "MATRIX_EXPLODED",
        (Style::Label, false) => "LABEL",
        (Style::Label, true) => "LABEL_EXPLODED",
        (Style::Simple, false) => "SIMPLE",
        (Style::Simple, true) => "SIMPLE_EXPLODED",
        (Style::Form, false) => "FORM",
        // Separate pairs have no delimiter.
        (
            Style::Form | Style::SpaceDelimited | Style::TabDelimited | Style::PipeDelimited,
            true,
        ) => "FORM_EXPLODED",
        (Style::Cookie, false) => "COOKIE",
        (Style::Cookie, true) => "COOKIE_EXPLODED",
        (Style::SpaceDelimited, false) => "SPACE_DELIMITED",
        (Style::TabDelimited, false) => "TAB_DELIMITED",
        (Style::PipeDelimited, false) => "PIPE_DELIMITED",
        (Style::DeepObject, _) => "DEEP_OBJECT",
    })
}
