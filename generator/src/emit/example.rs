//! The example of an operation: a client, the call, the result. `format` prints it as a doc test.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::context::{Cx, ident};
use super::operations::{Names, reply};
use crate::config::{Dates, Layout};
use crate::ir::{
    Alternative, ApiKeyLocation, BodyEncoding, EnumerationValues, IntegerFormat, ItemId, ItemKind,
    Operation, Presence, SchemeId, SchemeKind, Type, Value,
};
use crate::shape::{Constructor, Kind, Member};

/// How deep an example goes into types that contain themselves.
const DEPTH: usize = 6;

/// How many characters of an example still read well.
const LONG: usize = 48;

/// Whether a value is given to something that converts it, such as `impl Into<String>`.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Converted,
    Exact,
}

/// `#[example(..)]`; nothing where the name of the crate is not known, or an argument has no value that is
/// short enough to read.
pub(super) fn emit(cx: &Cx<'_>, operation: &Operation, names: &Names<'_>) -> Option<TokenStream> {
    if cx.output.layout == Layout::Modules {
        return None;
    }
    let krate = krate(cx);
    let module = ident(cx.module);
    let arguments = arguments(cx, operation)?;
    let uses_models = arguments
        .iter()
        .any(|it| it.to_string().contains("models ::"));
    let client = if uses_models {
        quote!({Client, models})
    } else {
        quote!(Client)
    };
    let credentials = credentials(cx, operation);
    let method = &names.names.method;
    let call = quote!(client.#method(#(#arguments),*).send().await?);
    let statements = if reply::is_empty(operation) {
        quote!(#call;)
    } else {
        quote!(let answer = #call; println!("{answer:?}");)
    };
    Some(quote! {
        #[example(
            #krate::Error;
            use #krate::#module::#client;
            let client = Client::builder() #(#credentials)* .build()?;
            #statements
        )]
    })
}

/// The generated crate, as others name it.
fn krate(cx: &Cx<'_>) -> Ident {
    ident(&cx.output.package.replace('-', "_"))
}

/// How many credentials an example sets.
const MOST_CREDENTIALS: usize = 8;

/// The setters of the first alternative that the client can satisfy, unless the operation goes without.
fn credentials(cx: &Cx<'_>, operation: &Operation) -> Vec<TokenStream> {
    if operation.security.iter().any(Alternative::is_anonymous) {
        return Vec::new();
    }
    let mut alternatives = operation.security.iter();
    let schemes = alternatives
        .find(|it| it.foreign.is_empty() && cx.api.conflict(it).is_none())
        .map(|it| it.schemes.as_slice())
        .unwrap_or_default();
    let schemes = schemes.iter().take(MOST_CREDENTIALS);
    schemes.map(|(id, _)| credential(cx, *id)).collect()
}

fn credential(cx: &Cx<'_>, id: SchemeId) -> TokenStream {
    let setter = cx.names.scheme(id);
    match &cx.api[id].kind {
        SchemeKind::Basic => quote!(.#setter("user name", "password")),
        SchemeKind::Bearer { .. } => quote!(.#setter("token")),
        SchemeKind::ApiKey {
            location: ApiKeyLocation::Header | ApiKeyLocation::Query | ApiKeyLocation::Cookie,
            ..
        } => quote!(.#setter("key")),
    }
}

/// The required arguments, the body last.
fn arguments(cx: &Cx<'_>, operation: &Operation) -> Option<Vec<TokenStream>> {
    let required = operation.arguments.iter().filter(|it| it.required);
    let arguments = required.map(|argument| {
        let example = argument.examples.first().or(argument.default.as_ref());
        borrowed(cx, &argument.ty, example, &argument.wire_name)
    });
    let body = operation.body.iter().filter(|it| it.required).map(|body| {
        // Of several payloads the first stands for all.
        let payload = body.payloads.first()?;
        let example = payload.examples.first();
        let target = if body.payloads.len() == 1 {
            Target::Converted
        } else {
            Target::Exact
        };
        match payload.form().encoding {
            BodyEncoding::Bytes | BodyEncoding::Events if target == Target::Exact => {
                let krate = krate(cx);
                Some(quote!(#krate::runtime::Body::from("text")))
            }
            BodyEncoding::Bytes | BodyEncoding::Events => Some(text(None, "text")),
            BodyEncoding::Lines => {
                let item = value(cx, &payload.ty, example, "text", Target::Exact, DEPTH)?;
                Some(quote!(vec![#item]))
            }
            BodyEncoding::Json
            | BodyEncoding::Xml
            | BodyEncoding::Form(_)
            | BodyEncoding::Multipart
            | BodyEncoding::Text => value(cx, &payload.ty, example, "text", target, DEPTH),
        }
    });
    arguments.chain(body).collect()
}

/// An argument that a method only looks at.
fn borrowed(cx: &Cx<'_>, ty: &Type, example: Option<&Value>, name: &str) -> Option<TokenStream> {
    Some(match cx.api.resolve(ty) {
        Type::String | Type::Bytes => text(example, name),
        Type::Boolean
        | Type::Integer(_)
        | Type::Number
        | Type::DateTime
        | Type::Date
        | Type::Uuid => value(cx, ty, example, name, Target::Converted, DEPTH)?,
        Type::Array(inner) => {
            let example = example.and_then(|it| it.get(0));
            let target = if matches!(cx.api.resolve(inner), Type::String | Type::Bytes) {
                Target::Converted
            } else {
                Target::Exact
            };
            let item = value(cx, inner, example, name, target, DEPTH)?;
            quote!(&[#item])
        }
        Type::Secret
        | Type::Base64
        | Type::Any
        | Type::Null
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Item(_)
        | Type::File
        | Type::Part(_)
        | Type::Multipart
        | Type::Error => {
            let value = value(cx, ty, example, name, Target::Exact, DEPTH)?;
            quote!(&#value)
        }
    })
}

/// A value of the type: the example, if it is one, or something that compiles. `None` when the type goes deeper
/// than an example should.
fn value(
    cx: &Cx<'_>,
    ty: &Type,
    example: Option<&Value>,
    name: &str,
    target: Target,
    depth: usize,
) -> Option<TokenStream> {
    let depth = depth.checked_sub(1)?;
    Some(match ty {
        Type::String | Type::Bytes => convert(&text(example, name), &quote!(to_owned), target),
        Type::Secret => convert(&text(example, name), &quote!(into), target),
        Type::Boolean => {
            let value = example.and_then(Value::as_bool).unwrap_or(true);
            quote!(#value)
        }
        Type::Integer(format) => integer(*format, example),
        Type::Number => {
            let value = Literal::f64_unsuffixed(example.and_then(Value::as_f64).unwrap_or(1.5));
            quote!(#value)
        }
        Type::DateTime => match cx.output.dates {
            Dates::Text => convert(
                &text(example, "2030-01-01T00:00:00Z"),
                &quote!(into),
                target,
            ),
            Dates::Jiff => quote!(jiff::Timestamp::UNIX_EPOCH),
            Dates::Chrono => quote!(chrono::DateTime::UNIX_EPOCH.fixed_offset()),
        },
        Type::Date => match cx.output.dates {
            Dates::Text => convert(&text(example, "2030-01-01"), &quote!(into), target),
            Dates::Jiff => quote!(jiff::civil::date(2030, 1, 1)),
            Dates::Chrono => quote!(chrono::NaiveDate::MAX),
        },
        Type::Uuid => quote!(uuid::Uuid::nil()),
        Type::Base64 => quote!(b"bytes".to_vec().into()),
        Type::Any => quote!(serde_json::json!({ "any": "value" })),
        Type::Array(inner) => {
            let item = value(
                cx,
                inner,
                example.and_then(|it| it.get(0)),
                name,
                Target::Exact,
                depth,
            );
            item.map_or_else(|| quote!(Vec::new()), |item| quote!(vec![#item]))
        }
        Type::Null => {
            let krate = krate(cx);
            quote!(#krate::runtime::Null)
        }
        Type::Tuple(items) => {
            let items = items.iter().enumerate().map(|(place, item)| {
                let example = example.and_then(|it| it.get(place));
                value(cx, item, example, name, Target::Exact, depth)
            });
            let items: Vec<_> = items.collect::<Option<_>>()?;
            quote!((#(#items,)*))
        }
        Type::Map(_) => quote!(std::collections::BTreeMap::new()),
        Type::Nullable(_) => quote!(None),
        Type::Item(id) => item(cx, *id, example, name, target, depth)?,
        Type::File => convert(&quote!("content"), &quote!(into), target),
        Type::Part(inner) => {
            let value = value(cx, inner, example, name, Target::Exact, depth)?;
            match target {
                Target::Converted => value,
                Target::Exact => quote!(#value.into()),
            }
        }
        Type::Multipart => {
            let krate = krate(cx);
            quote!(#krate::runtime::Multipart::new())
        }
        Type::Error => quote!(()),
    })
}

/// A value of a type with a name.
fn item(
    cx: &Cx<'_>,
    id: ItemId,
    example: Option<&Value>,
    name: &str,
    target: Target,
    depth: usize,
) -> Option<TokenStream> {
    let names = cx.names.item(id);
    let ty = &names.ty;
    let item = &cx.api[id];
    let example = example.or_else(|| item.examples.first());
    Some(match &item.kind {
        ItemKind::Alias(ty) => value(cx, ty, example, name, target, depth)?,
        ItemKind::Enumeration(it) => {
            let known = match &it.values {
                EnumerationValues::Strings(variants) => variants
                    .iter()
                    .position(|it| example.and_then(Value::as_str) == Some(&it.value)),
                EnumerationValues::Integers(variants) => variants
                    .iter()
                    .position(|it| example.and_then(Value::as_i64) == Some(it.value)),
                EnumerationValues::Mixed(variants) => {
                    variants.iter().position(|it| example == Some(&it.value))
                }
            };
            let variant = names.members.get(known.unwrap_or(0))?;
            quote!(models::#ty::#variant)
        }
        ItemKind::Union(it) => {
            // The first branch stands for all.
            let (branch, variant) = it.branches.first().zip(names.members.first())?;
            let inner = value(cx, &branch.ty, example, name, Target::Exact, depth)?;
            if cx.is_boxed(&branch.ty) {
                quote!(models::#ty::#variant(Box::new(#inner)))
            } else {
                quote!(models::#ty::#variant(#inner))
            }
        }
        ItemKind::Struct(it) => {
            let Kind::Struct(shape) = &cx.shape[cx.shape.twin(id)].kind else {
                return None;
            };
            let is_named = matches!(shape.constructor, Constructor::Named(_));
            let target = if is_named {
                Target::Exact
            } else {
                Target::Converted
            };
            let required = it.fields.iter().zip(&shape.members);
            let required = required.filter_map(|(field, member)| match member {
                Member::Field(member) if member.is_required() => Some((field, &member.name)),
                Member::Field(_) | Member::Constant(_) => None,
            });
            let arguments = required.clone().map(|(field, _)| {
                if field.presence == Presence::Nullable {
                    return Some(quote!(None));
                }
                let given = example.and_then(|it| it.get(&field.wire_name));
                let given = given
                    .or_else(|| field.examples.first())
                    .or(field.default.as_ref());
                value(cx, &field.ty, given, &field.wire_name, target, depth)
            });
            let arguments: Vec<_> = arguments.collect::<Option<_>>()?;
            if let Constructor::Named(required_type) = &shape.constructor {
                let names = required.map(|(_, name)| name);
                quote!(models::#ty::new(models::#required_type { #(#names: #arguments),* }))
            } else {
                quote!(models::#ty::new(#(#arguments),*))
            }
        }
    })
}

fn convert(text: &TokenStream, method: &TokenStream, target: Target) -> TokenStream {
    match target {
        Target::Converted => text.clone(),
        Target::Exact => quote!(#text.#method()),
    }
}

/// A string literal: the example if it is short and printable.
fn text(example: Option<&Value>, otherwise: &str) -> TokenStream {
    let fits = |text: &&str| text.chars().count() <= LONG && !text.chars().any(char::is_control);
    let text = example
        .and_then(Value::as_str)
        .filter(fits)
        .unwrap_or(otherwise);
    quote!(#text)
}

fn integer(format: IntegerFormat, example: Option<&Value>) -> TokenStream {
    let value = example
        .and_then(Value::as_i64)
        .filter(|value| match format {
            IntegerFormat::I32 => i32::try_from(*value).is_ok(),
            IntegerFormat::I64 | IntegerFormat::I128 => true,
            IntegerFormat::U32 => u32::try_from(*value).is_ok(),
            IntegerFormat::U64 | IntegerFormat::U128 => u64::try_from(*value).is_ok(),
        });
    let literal = Literal::i64_unsuffixed(value.unwrap_or(1));
    quote!(#literal)
}
