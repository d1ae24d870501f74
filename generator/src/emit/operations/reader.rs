//! How the body of an answer is read: by a method of the runtime's `Reply`, or by the media type that it has.

use indexmap::IndexMap;
use proc_macro2::{Ident as RustIdent, Literal, TokenStream};
use quote::quote;

use super::Names;
use crate::emit::context::{Cx, ident};
use crate::emit::xml;
use crate::ir::{BodyEncoding, Form, Operation, Payload, Type};

/// What reads a body.
pub(super) enum Reader {
    /// A method without arguments: `json`.
    Method(&'static str),
    /// A method that is told how the type looks as XML: `xml`, `json_or_xml`.
    Shaped(&'static str, TokenStream),
    /// One of these, by the media type.
    Choice(Vec<(String, Reader)>),
    /// The function of the enum of several payloads.
    Enum(RustIdent),
}

impl Reader {
    /// What reads the body of a response, by its index.
    pub(super) fn of(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>, index: usize) -> Self {
        match &operation.responses[index].payloads[..] {
            [] => Self::Method("empty"),
            [payload] => Self::of_payload(cx, payload),
            [..] => Self::Enum(ident(names.names.body_types[index].ty.as_str())),
        }
    }

    /// What reads a payload, in whatever form it comes.
    pub(super) fn of_payload(cx: &Cx<'_>, payload: &Payload) -> Self {
        let is_any = |wanted: fn(&BodyEncoding) -> bool| {
            payload.forms.iter().any(|form| wanted(&form.encoding))
        };
        let json = is_any(|it| *it == BodyEncoding::Json);
        let xml = is_any(|it| *it == BodyEncoding::Xml);
        let text = is_any(|it| *it == BodyEncoding::Text);
        match (json, xml, text) {
            (true, true, false) => Self::Shaped("json_or_xml", xml::shape(cx, payload)),
            (true, false, true) => Self::Method("scalar"),
            (_, true, true) => {
                let read = |form: &Form| {
                    let reader = Self::of_form(cx, payload, form);
                    (form.media_type.clone(), reader)
                };
                Self::Choice(payload.forms.iter().map(read).collect())
            }
            _ => Self::of_form(cx, payload, payload.form()),
        }
    }

    fn of_form(cx: &Cx<'_>, payload: &Payload, form: &Form) -> Self {
        let is_string = matches!(cx.api.resolve(&payload.ty), Type::String);
        match form.encoding {
            BodyEncoding::Json => Self::Method("json"),
            BodyEncoding::Xml => Self::Shaped("xml", xml::shape(cx, payload)),
            BodyEncoding::Text if is_string && !form.media_type.contains('*') => {
                Self::Method("text")
            }
            // Forms are sent, not received.
            BodyEncoding::Text | BodyEncoding::Form(_) => Self::Method("scalar"),
            BodyEncoding::Bytes | BodyEncoding::Multipart => Self::Method("body"),
            BodyEncoding::Events => Self::Method("events"),
            BodyEncoding::Lines => Self::Method("lines"),
        }
    }

    /// `reply.json()`
    pub(super) fn emit_call(&self, reply: &TokenStream) -> TokenStream {
        match self {
            Self::Method(method) => {
                let method = ident(method);
                quote!(#reply.#method())
            }
            Self::Shaped(method, shape) => {
                let method = ident(method);
                quote!(#reply.#method(&#shape))
            }
            Self::Enum(ty) => quote!(#ty::read(#reply)),
            Self::Choice(choice) => {
                let calls = choice
                    .iter()
                    .map(|(media_type, reader)| (media_type.as_str(), reader.emit_call(reply)));
                emit_match(reply, calls)
            }
        }
    }

    /// What reads a body, as a function: `Reply::json`.
    pub(super) fn emit_path(&self, cx: &Cx<'_>) -> TokenStream {
        match self {
            Self::Method(method) => {
                let reply = cx.import("super::runtime::Reply");
                let method = ident(method);
                quote!(#reply::#method)
            }
            Self::Enum(ty) => quote!(#ty::read),
            Self::Shaped(..) | Self::Choice(_) => {
                let call = self.emit_call(&quote!(reply));
                quote!(|reply| #call)
            }
        }
    }
}

/// `match reply.choose(&["application/json", "text/csv"]) { 0 => .., _ => .. }`
pub(super) fn emit_match<'c>(
    reply: &TokenStream,
    choice: impl Iterator<Item = (&'c str, TokenStream)>,
) -> TokenStream {
    // Media types that lead to the same share an arm.
    let mut media_types = Vec::new();
    let mut arms: IndexMap<String, (Vec<Literal>, TokenStream)> = IndexMap::new();
    for (index, (media_type, result)) in choice.enumerate() {
        media_types.push(media_type);
        let index = Literal::usize_unsuffixed(index);
        let arm = arms.entry(result.to_string());
        arm.or_insert_with(|| (Vec::new(), result)).0.push(index);
    }
    // The last one stands for the rest, of which there is nothing.
    let last = arms.pop().map(|(_, (_, result))| result);
    let arms = arms
        .values()
        .map(|(indices, result)| quote!(#(#indices)|* => #result,));
    quote! {
        match #reply.choose(&[#(#media_types),*]) {
            #(#arms)*
            _ => #last,
        }
    }
}
