//! How unions are read: the JSON type decides first, then what the IR says.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::context::Cx;
use crate::ir::{Additional, Choice, ItemKind, JsonType, Type, TypeNames, Union};

/// One union, in both directions.
pub(super) fn emit(cx: &Cx<'_>, union: &Union, names: &TypeNames) -> TokenStream {
    let models = cx.import("super::models");
    let encode = cx.import("super::runtime::Encode");
    let decode = cx.import("super::runtime::Decode");
    let writer = cx.import("super::runtime::Writer");
    let reader = cx.import("super::runtime::Reader");
    let error = cx.import("super::runtime::DecodeError");
    let kind = cx.import("super::runtime::Kind");
    let name = &names.ty;
    let written = emit_encode(cx, union, names);
    let unknown = emit_unknown(names);
    let kept = names.rest.iter();
    let holds_null = union.is_open || union.dispatch.iter().any(|(ty, _)| *ty == JsonType::Null);
    let null = holds_null.then(|| {
        quote! {
            fn holds_null() -> bool {
                true
            }
        }
    });
    // JSON types that lead to the same share an arm.
    let mut choices: Vec<(&Choice, Vec<Ident>)> = Vec::new();
    for (ty, choice) in &union.dispatch {
        let ty = json_kind(*ty);
        match choices.iter_mut().find(|(other, _)| *other == choice) {
            Some((_, types)) => types.push(ty),
            None => choices.push((choice, vec![ty])),
        }
    }
    let arms = choices.into_iter().map(|(choice, types)| {
        let read = emit_choice(cx, choice, names);
        quote!(#(#kind::#types)|* => #read)
    });
    // Every JSON type is dispatched where some branch takes any value.
    let otherwise = (union.dispatch.len() < 6).then(|| quote!(_ => #unknown,));
    quote! {
        impl #encode for #models::#name {
            fn encode(&self, writer: &mut #writer) {
                match self {
                    #written
                }
            }
        }

        impl #decode for #models::#name {
            fn decode(reader: &mut #reader<'_>) -> Result<Self, #error> {
                match reader.kind()? {
                    #(#arms,)*
                    #otherwise
                }
            }

            fn is_known(&self) -> bool {
                !matches!(self, #(Self::#kept(_))|*)
            }

            #null
        }
    }
}

/// How a branch is written.
#[derive(PartialEq)]
struct Written<'u> {
    ty: Type,
    /// The tag that goes before it, which it does not declare itself.
    tag: Option<(&'u str, &'u str)>,
}

/// The arms that write the branches. Branches that are written alike share an arm.
fn emit_encode(cx: &Cx<'_>, union: &Union, names: &TypeNames) -> TokenStream {
    let branches = (0..).zip(&union.branches).map(|(index, branch)| Written {
        ty: cx.api.unaliased(&branch.ty),
        tag: undeclared_tag(cx, union, index),
    });
    let rest = names.rest.iter().map(|name| {
        let (ty, tag) = (Type::Any, None);
        (name, Written { ty, tag })
    });
    let mut arms: Vec<(Written<'_>, Vec<_>)> = Vec::new();
    for (name, written) in names.members.iter().zip(branches).chain(rest) {
        match arms.iter_mut().find(|(other, _)| *other == written) {
            Some((_, names)) => names.push(name),
            None => arms.push((written, vec![name])),
        }
    }
    let arms = arms.into_iter().map(|(written, names)| match written.tag {
        None => quote!(#(Self::#names(value))|* => value.encode(writer),),
        Some((property, text)) => quote! {
            #(Self::#names(value))|* => {
                writer.tag(#property, #text);
                value.encode(writer);
            }
        },
    });
    quote!(#(#arms)*)
}

/// The property and the text that mark a branch, where its type has no place for them.
fn undeclared_tag<'u>(cx: &Cx<'_>, union: &'u Union, branch: usize) -> Option<(&'u str, &'u str)> {
    let Type::Item(id) = cx.api.resolve(&union.branches[branch].ty) else {
        return None;
    };
    let ItemKind::Struct(it) = &cx.api[*id].kind else {
        return None;
    };
    let tag = |(_, choice): &'u (JsonType, Choice)| match choice {
        Choice::Tag {
            property, values, ..
        } => Some((property.as_str(), values)),
        _ => None,
    };
    let (property, values) = union.dispatch.iter().find_map(tag)?;
    let is_declared = it.fields.iter().any(|field| field.wire_name == property)
        || matches!(it.additional, Additional::Kept(_));
    let (text, _) = values.iter().find(|(_, marked)| *marked == branch)?;
    (!is_declared).then_some((property, text.as_str()))
}

/// The runtime's name for a JSON type.
fn json_kind(ty: JsonType) -> Ident {
    format_ident!(
        "{}",
        match ty {
            JsonType::Null => "Null",
            JsonType::Boolean => "Bool",
            JsonType::Number => "Number",
            JsonType::String => "String",
            JsonType::Array => "Array",
            JsonType::Object => "Object",
        }
    )
}

/// An expression that reads a value whose JSON type is known.
fn emit_choice(cx: &Cx<'_>, choice: &Choice, names: &TypeNames) -> TokenStream {
    let unknown = emit_unknown(names);
    match choice {
        Choice::Only(branch) => emit_branch(*branch, names),
        Choice::Tag {
            property,
            values,
            otherwise,
        } => {
            let otherwise = otherwise.map_or(unknown, |branch| emit_branch(branch, names));
            let mut texts: Vec<(usize, Vec<&str>)> = Vec::new();
            for (text, branch) in values {
                match texts.iter_mut().find(|(other, _)| other == branch) {
                    Some((_, texts)) => texts.push(text),
                    None => texts.push((*branch, vec![text])),
                }
            }
            let arms = texts.into_iter().map(|(branch, texts)| {
                let read = emit_branch(branch, names);
                quote!(Some(#(#texts)|*) => #read)
            });
            quote! {
                match reader.tag(#property)?.as_deref() {
                    #(#arms,)*
                    _ => #otherwise,
                }
            }
        }
        Choice::Key { keys, otherwise } => {
            let properties = keys.iter().map(|(property, _)| property);
            let arms = keys.iter().enumerate().map(|(index, (_, branch))| {
                let index = Literal::usize_unsuffixed(index);
                let read = emit_branch(*branch, names);
                quote!(Some(#index) => #read)
            });
            let otherwise = otherwise.map_or(unknown, |branch| emit_branch(branch, names));
            quote! {
                match reader.first_of(&[#(#properties),*])? {
                    #(#arms,)*
                    _ => #otherwise,
                }
            }
        }
        Choice::Trial(branches) => {
            let closest = cx.import("super::runtime::Closest");
            let offers = branches.iter().map(|branch| {
                let variant = &names.members[*branch];
                quote!(closest.offer(Self::#variant);)
            });
            quote! {{
                let mut closest = #closest::new(reader);
                #(#offers)*
                match closest.take() {
                    Some(value) => Ok(value),
                    None => #unknown,
                }
            }}
        }
    }
}

fn emit_branch(branch: usize, names: &TypeNames) -> TokenStream {
    let variant = &names.members[branch];
    quote!(Decode::decode(reader).map(Self::#variant))
}

/// Keeps a value that fits no branch.
fn emit_unknown(names: &TypeNames) -> TokenStream {
    let unknown = names.rest.iter();
    quote!(#(reader.unknown().map(Self::#unknown))*)
}
