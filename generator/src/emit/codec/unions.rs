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
    let members = (0..).zip(&names.members);
    let written =
        members.map(|(branch, name)| emit_encode(name, undeclared_tag(cx, union, branch)));
    let rest = names.rest.iter().map(|name| emit_encode(name, None));
    let written = written.chain(rest);
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
    let arms = union.dispatch.iter().map(|(ty, choice)| {
        let ty = json_kind(*ty);
        let read = emit_choice(cx, choice, names);
        quote!(#kind::#ty => #read)
    });
    // Every JSON type is dispatched where some branch takes any value.
    let otherwise = (union.dispatch.len() < 6).then(|| quote!(_ => #unknown,));
    quote! {
        impl #encode for #models::#name {
            fn encode(&self, writer: &mut #writer) {
                match self {
                    #(#written,)*
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

/// The arm that writes a branch, and before it the tag that it does not declare itself.
fn emit_encode(name: &crate::ir::Ident, tag: Option<(&str, &str)>) -> TokenStream {
    match tag {
        None => quote!(Self::#name(value) => value.encode(writer)),
        Some((property, text)) => quote! {
            Self::#name(value) => {
                writer.tag(#property, #text);
                value.encode(writer);
            }
        },
    }
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
            let arms = values.iter().map(|(value, branch)| {
                let read = emit_branch(*branch, names);
                quote!(Some(#value) => #read)
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
