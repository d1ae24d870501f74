//! How unions are read: the JSON type decides first, then what the IR says.

use std::collections::HashMap;

use indexmap::IndexMap;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::context::Cx;
use crate::ir::{Additional, Branch, Choice, ItemKind, JsonType, TagValue, Type, TypeNames, Union};

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
    let unknown = emit_unknown(union, names);
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
    let mut choices: IndexMap<&Choice, Vec<Ident>> = IndexMap::new();
    for (ty, choice) in &union.dispatch {
        choices.entry(choice).or_default().push(json_kind(*ty));
    }
    let arms = choices.into_iter().map(|(choice, types)| {
        let read = emit_choice(cx, union, choice, names);
        quote!(#(#kind::#types)|* => #read)
    });
    let others = other_kinds(union);
    let others = match &others[..] {
        // Every JSON type is dispatched where some branch takes any value.
        [] => None,
        [only] => Some(quote!(#kind::#only)),
        _ => Some(quote!(_)),
    };
    let otherwise = others.map(|others| quote!(#others => #unknown,));
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

/// The JSON types that no branch has.
fn other_kinds(union: &Union) -> Vec<Ident> {
    let is_other = |ty: &&JsonType| union.dispatch.iter().all(|(known, _)| known != *ty);
    let others = JsonType::ALL.iter().filter(is_other);
    others.map(|ty| json_kind(*ty)).collect()
}

/// How a branch is written.
#[derive(PartialEq, Eq, Hash)]
struct Written<'u> {
    ty: Type,
    /// The tag that goes before it, which it does not declare itself.
    tag: Option<(&'u str, &'u TagValue)>,
}

/// The arms that write the branches. Branches that are written alike share an arm.
fn emit_encode(cx: &Cx<'_>, union: &Union, names: &TypeNames) -> TokenStream {
    let tags = tags(union);
    let branches = (0..).zip(&union.branches).map(|(index, branch)| Written {
        ty: cx.api.unaliased(&branch.ty),
        tag: tags
            .get(&index)
            .copied()
            .filter(|(property, _)| !is_declared(cx, branch, property)),
    });
    let rest = names.rest.iter().map(|name| {
        let (ty, tag) = (Type::Any, None);
        (name, Written { ty, tag })
    });
    let mut arms: IndexMap<Written<'_>, Vec<_>> = IndexMap::new();
    for (name, written) in names.members.iter().zip(branches).chain(rest) {
        arms.entry(written).or_default().push(name);
    }
    let arms = arms.into_iter().map(|(written, names)| match written.tag {
        None => quote!(#(Self::#names(value))|* => value.encode(writer),),
        Some((property, tag)) => {
            let tag = emit_tag(tag);
            quote! {
                #(Self::#names(value))|* => {
                    writer.tag(#property, &#tag);
                    value.encode(writer);
                }
            }
        }
    });
    quote!(#(#arms)*)
}

/// The property and the value that mark each branch.
fn tags(union: &Union) -> HashMap<usize, (&str, &TagValue)> {
    let mut tags = HashMap::new();
    for (_, choice) in &union.dispatch {
        let Choice::Tag {
            property, values, ..
        } = choice
        else {
            continue;
        };
        for (value, choice) in values {
            if let Some(branch) = choice.sole() {
                tags.entry(branch).or_insert((property.as_str(), value));
            }
        }
    }
    tags
}

/// Whether the type of a branch has a place for a property, or is no object.
fn is_declared(cx: &Cx<'_>, branch: &Branch, property: &str) -> bool {
    let Type::Item(id) = cx.api.resolve(&branch.ty) else {
        return true;
    };
    let ItemKind::Struct(it) = &cx.api[*id].kind else {
        return true;
    };
    it.fields.iter().any(|field| field.wire_name == property)
        || matches!(it.additional, Additional::Kept(_))
}

/// A value as a literal.
fn emit_tag(tag: &TagValue) -> TokenStream {
    match tag {
        TagValue::Text(text) => quote!(#text),
        TagValue::Integer(value) => {
            let value = Literal::i64_suffixed(*value);
            quote!(#value)
        }
        TagValue::Boolean(value) => quote!(#value),
    }
}

/// A pattern for values of a tag, and perhaps for none.
fn emit_patterns(cx: &Cx<'_>, values: &[&TagValue], is_absent: bool) -> TokenStream {
    let tag = cx.import("super::runtime::Tag");
    let texts: Vec<&str> = values
        .iter()
        .filter_map(|it| match it {
            TagValue::Text(text) => Some(text.as_str()),
            TagValue::Integer(_) | TagValue::Boolean(_) => None,
        })
        .collect();
    let integers: Vec<Literal> = values
        .iter()
        .filter_map(|it| match it {
            TagValue::Integer(value) => Some(Literal::i64_unsuffixed(*value)),
            TagValue::Text(_) | TagValue::Boolean(_) => None,
        })
        .collect();
    let booleans: Vec<bool> = values
        .iter()
        .filter_map(|it| match it {
            TagValue::Boolean(value) => Some(*value),
            TagValue::Text(_) | TagValue::Integer(_) => None,
        })
        .collect();
    let patterns = [
        (!texts.is_empty()).then(|| quote!(#tag::Text(#(#texts)|*))),
        (!integers.is_empty()).then(|| quote!(#tag::Integer(#(#integers)|*))),
        match booleans[..] {
            [] => None,
            [only] => Some(quote!(#tag::Bool(#only))),
            [..] => Some(quote!(#tag::Bool(_))),
        },
        is_absent.then(|| quote!(#tag::Absent)),
    ];
    let patterns = patterns.into_iter().flatten();
    quote!(#(#patterns)|*)
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

/// An expression that reads what a choice leads to.
fn emit_choice(cx: &Cx<'_>, union: &Union, choice: &Choice, names: &TypeNames) -> TokenStream {
    let unknown = || emit_unknown(union, names);
    let branch = |branch: usize| emit_branch(cx, union, branch, names);
    match choice {
        Choice::Only(only) => branch(*only),
        Choice::Tag {
            property,
            values,
            other,
            absent,
        } => {
            // What leads to the same shares an arm.
            let mut choices: IndexMap<Option<&Choice>, Vec<&TagValue>> = IndexMap::new();
            for (value, choice) in values {
                choices.entry(Some(choice)).or_default().push(value);
            }
            let (other, absent) = (other.as_deref(), absent.as_deref());
            // What any other value leads to needs no arm of its own.
            choices.shift_remove(&other);
            if absent != other {
                choices.entry(absent).or_default();
            }
            let read = |choice: Option<&Choice>| match choice {
                Some(choice) => emit_choice(cx, union, choice, names),
                None => unknown(),
            };
            let arms = choices.into_iter().map(|(choice, values)| {
                let is_absent = absent != other && choice == absent;
                let patterns = emit_patterns(cx, &values, is_absent);
                let read = read(choice);
                quote!(#patterns => #read)
            });
            let other = read(other);
            quote! {
                match reader.tag(#property)?.as_deref() {
                    #(#arms,)*
                    _ => #other,
                }
            }
        }
        Choice::Key { keys, otherwise } => {
            let properties = keys.iter().map(|(property, _)| property);
            let arms = keys.iter().enumerate().map(|(index, (_, branch))| {
                let index = Literal::usize_unsuffixed(index);
                let read = emit_branch(cx, union, *branch, names);
                quote!(Some(#index) => #read)
            });
            let otherwise = otherwise.map_or_else(unknown, branch);
            quote! {
                match reader.first_of(&[#(#properties),*])? {
                    #(#arms,)*
                    _ => #otherwise,
                }
            }
        }
        Choice::Trial { branches, fallback } => emit_trial(cx, union, branches, fallback, names),
    }
}

fn emit_trial(
    cx: &Cx<'_>,
    union: &Union,
    branches: &[usize],
    fallback: &[usize],
    names: &TypeNames,
) -> TokenStream {
    let closest = cx.import("super::runtime::Closest");
    let offers = branches.iter().map(|branch| &names.members[*branch]);
    let others = fallback.iter().map(|branch| &names.members[*branch]);
    let settle = (!fallback.is_empty()).then(|| quote!(closest.settle();));
    let unknown = emit_unknown(union, names);
    quote! {{
        let mut closest = #closest::new(reader);
        #(closest.offer(Self::#offers);)*
        #settle
        #(closest.offer(Self::#others);)*
        match closest.take() {
            Some(value) => Ok(value),
            None => #unknown,
        }
    }}
}

/// Reads a branch. Where any value fits the document, one that only looks like the branch is no error.
fn emit_branch(cx: &Cx<'_>, union: &Union, branch: usize, names: &TypeNames) -> TokenStream {
    if union.is_open {
        return emit_trial(cx, union, &[branch], &[], names);
    }
    let variant = &names.members[branch];
    quote!(Decode::decode(reader).map(Self::#variant))
}

/// Keeps a value that fits no branch. The document knows of none, unless it allows any.
fn emit_unknown(union: &Union, names: &TypeNames) -> TokenStream {
    let unknown = names.rest.iter();
    if union.is_open {
        quote!(#(Decode::decode(reader).map(Self::#unknown))*)
    } else {
        quote!(#(reader.unknown().map(Self::#unknown))*)
    }
}
