//! The body of a request: how callers hand it over, and the enum of one that may be of several payloads.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Names, builder, emit_choice};
use crate::emit::context::Cx;
use crate::emit::{arguments, docs, types, xml};
use crate::ir::{Body, BodyEncoding, Ident, Operation, Payload, Type};
use crate::markdown::prose;

/// The type of the argument for the body. Bodies are handed over, since a request is made once.
pub(super) fn argument_type(cx: &Cx<'_>, body: &Body, names: &Names<'_>) -> TokenStream {
    let [payload] = &body.payloads[..] else {
        let ty = &names.names.body_type.ty;
        return quote!(impl Into<#ty>);
    };
    let owned = types::emit_sent(cx, payload);
    match payload.form().encoding {
        BodyEncoding::Bytes | BodyEncoding::Events => quote!(impl Into<#owned>),
        BodyEncoding::Lines | BodyEncoding::Multipart => owned,
        BodyEncoding::Json | BodyEncoding::Xml | BodyEncoding::Form(_) | BodyEncoding::Text => {
            arguments::emit_owned(cx, &names.names.body, &payload.ty).ty
        }
    }
}

/// The statement that puts the body into the request: `call.json("application/json", &body);`
pub(super) fn emit_statement(
    cx: &Cx<'_>,
    call: &TokenStream,
    body: &Body,
    names: &Names<'_>,
) -> TokenStream {
    let name = &names.names.body;
    let [payload] = &body.payloads[..] else {
        return quote!(#name.into().put(&mut #call););
    };
    let is_converted = !matches!(
        payload.form().encoding,
        BodyEncoding::Lines | BodyEncoding::Multipart
    );
    let value = if is_converted {
        arguments::emit_owned(cx, name, &payload.ty).value
    } else {
        quote!(#name)
    };
    let statement = emit_call(cx, call, payload, name, &value);
    quote!(#statement;)
}

/// The call that puts a payload into the request: `call.json("application/json", &body)`. What is encoded is only
/// looked at, as `value`; what is sent as it is goes by its `name`.
fn emit_call(
    cx: &Cx<'_>,
    call: &TokenStream,
    payload: &Payload,
    name: &impl ToTokens,
    value: &TokenStream,
) -> TokenStream {
    let form = payload.form();
    let media_type = sent_media_type(&form.media_type, &form.encoding);
    match &form.encoding {
        // `null` is a body as others are; a body that is left out is not set.
        BodyEncoding::Json if matches!(cx.api.resolve(&payload.ty), Type::Nullable(_)) => {
            let nullable = cx.import("super::runtime::Nullable");
            quote!(#call.json(#media_type, &#nullable(&#value)))
        }
        BodyEncoding::Json => quote!(#call.json(#media_type, &#value)),
        BodyEncoding::Form(styles) => {
            let styles = builder::emit_styles(cx, styles);
            quote!(#call.form(&#value, #styles))
        }
        BodyEncoding::Text if matches!(cx.api.resolve(&payload.ty), Type::String) => {
            quote!(#call.text(#media_type, #name))
        }
        BodyEncoding::Text => quote!(#call.scalar(#media_type, &#value)),
        BodyEncoding::Bytes | BodyEncoding::Events => quote!(#call.body(#media_type, #name)),
        BodyEncoding::Lines => quote!(#call.lines(#media_type, &#name)),
        BodyEncoding::Multipart => quote!(#call.multipart(#media_type, #name)),
        BodyEncoding::Xml => {
            let shape = xml::shape(cx, payload);
            quote!(#call.xml(#media_type, &#value, &#shape))
        }
    }
}

/// The media type to send, where the document has a range for what is encoded.
fn sent_media_type<'a>(documented: &'a str, encoding: &BodyEncoding) -> &'a str {
    if !documented.contains('*') {
        return documented;
    }
    match encoding {
        BodyEncoding::Json => "application/json",
        BodyEncoding::Xml => "application/xml",
        BodyEncoding::Text => "text/plain",
        BodyEncoding::Multipart => "multipart/form-data",
        BodyEncoding::Form(_)
        | BodyEncoding::Bytes
        | BodyEncoding::Events
        | BodyEncoding::Lines => documented,
    }
}

/// Whether a body is sent only once, and cannot be copied.
fn is_once(payload: &Payload) -> bool {
    match payload.form().encoding {
        BodyEncoding::Multipart | BodyEncoding::Bytes | BodyEncoding::Events => true,
        BodyEncoding::Json
        | BodyEncoding::Xml
        | BodyEncoding::Form(_)
        | BodyEncoding::Text
        | BodyEncoding::Lines => false,
    }
}

/// `pub enum AddPetBody`, where there is a choice.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|it| it.payloads.len() > 1)?;
    let (ty, variants) = (&names.names.body_type.ty, &names.names.body_type.payloads);
    let docs = prose!(
        "The body of [`Client::{}`], in a form of the caller's choice.",
        names.names.method
    );
    let payloads = || body.payloads.iter().zip(variants);
    let declared = payloads().map(|(payload, variant)| {
        let docs = docs::attributes(docs::operation::payload_variant(payload));
        let held = types::emit_held(cx, payload, &types::emit_sent(cx, payload));
        quote!(#docs #variant(#held))
    });
    let is_cloned = !body.payloads.iter().any(is_once);
    let declaration = emit_choice(docs, ty, declared, is_cloned);
    let arms = payloads().map(|(payload, variant)| {
        let value = if types::is_boxed(cx, payload) {
            quote!(*body)
        } else {
            quote!(body)
        };
        let call = emit_call(cx, &quote!(call), payload, &value, &value);
        quote!(Self::#variant(body) => { #call; })
    });
    let call = cx.import("super::runtime::Call");
    let conversions = emit_conversions(cx, body, ty, variants);
    Some(quote! {
        #declaration

        impl #ty {
            fn put(self, call: &mut #call) {
                match self {
                    #(#arms)*
                }
            }
        }

        #(#conversions)*
    })
}

/// `impl From<models::Pet> for AddPetBody`: a value stands for its preferred form.
fn emit_conversions(cx: &Cx<'_>, body: &Body, ty: &Ident, variants: &[Ident]) -> Vec<TokenStream> {
    let mut known: HashSet<String> = HashSet::new();
    let mut conversions = Vec::new();
    for (payload, variant) in body.payloads.iter().zip(variants) {
        let plain = types::emit_sent(cx, payload);
        // Aliases are the same type.
        let identity = Payload {
            ty: cx.api.unaliased(&payload.ty),
            ..payload.clone()
        };
        let identity = types::emit_sent(cx, &identity).to_string();
        if !known.insert(identity) {
            continue;
        }
        let value = if types::is_boxed(cx, payload) {
            quote!(Box::new(body))
        } else {
            quote!(body)
        };
        conversions.push(quote! {
            impl From<#plain> for #ty {
                fn from(body: #plain) -> Self {
                    Self::#variant(#value)
                }
            }
        });
        if matches!(cx.api.resolve(&payload.ty), Type::String)
            && payload.form().encoding == BodyEncoding::Text
        {
            conversions.push(quote! {
                impl From<&str> for #ty {
                    fn from(body: &str) -> Self {
                        Self::#variant(body.to_owned())
                    }
                }
            });
        }
    }
    conversions
}
