//! The lint exceptions that the document of an API makes necessary, by name and with a reason.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Cx, Module};
use super::docs;
use crate::ir::{
    Additional, Api, EnumerationValues, Field, Item, ItemKind, Names, Presence, Type, Value,
};

/// What clippy takes for placeholders (`disallowed_names`).
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// What clippy takes for methods of traits, where they take one argument or none (`should_implement_trait`).
const OPERATORS: &[&str] = &[
    "add", "bitand", "bitor", "bitxor", "borrow", "cmp", "div", "eq", "hash", "index", "mul",
    "neg", "next", "not", "rem", "shl", "shr", "sub",
];

/// The most that clippy finds not too complex (`type_complexity`).
const COMPLEX: usize = 250;

/// Inner attributes for the module, which has the `modules` inside; none for most documents.
pub(super) fn emit<'m>(cx: &Cx<'_>, mut modules: impl Iterator<Item = &'m str>) -> TokenStream {
    let (api, names) = (cx.api, cx.names);
    let inception = modules.any(|module| module == cx.module).then(|| {
        exception(
            &quote!(clippy::module_inception),
            "a part of the API has the name of the API",
        )
    });
    let deprecated = has_deprecated(api).then(|| {
        exception(
            &quote!(deprecated),
            "deprecated items are still part of the API",
        )
    });
    let placeholders = has_placeholders(names).then(|| {
        exception(
            &quote!(clippy::disallowed_names),
            "the document uses these names",
        )
    });
    let operators = has_operators(names).then(|| {
        exception(
            &quote!(clippy::should_implement_trait),
            "the document uses names that the standard library uses for operators",
        )
    });
    let complex = has_complex(api).then(|| {
        exception(
            &quote!(clippy::type_complexity),
            "the document nests types this deeply",
        )
    });
    let undocumented = has_undocumented(cx).then(|| {
        exception(
            &quote!(missing_docs),
            "the document does not describe everything",
        )
    });
    let fractions = has_fractions(api).then(|| {
        exception(
            &quote!(clippy::approx_constant),
            "the document lists numbers that are not meant as mathematical constants",
        )
    });
    quote!(#deprecated #fractions #inception #undocumented #placeholders #operators #complex)
}

/// Inner attributes for the crate, since rustc looks at the letters of all its names together; none where all are
/// ASCII.
pub(super) fn emit_scripts(modules: &[Module<'_>]) -> Option<TokenStream> {
    let is_foreign = |module: &Module<'_>| module.names.all().any(|name| !name.as_str().is_ascii());
    modules.iter().any(is_foreign).then(|| {
        let lints = quote!(
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints
        );
        exception(&lints, "a document uses names in its own language")
    })
}

fn exception(lint: &TokenStream, reason: &str) -> TokenStream {
    quote!(#![allow(#lint, reason = #reason)])
}

/// Whether the document advises against a type or a property, which have to be written all the same.
fn has_deprecated(api: &Api) -> bool {
    let in_item = |item: &Item| {
        let in_fields = match &item.kind {
            ItemKind::Struct(it) => it.fields.iter().any(|field| field.deprecated),
            ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Alias(_) => false,
        };
        item.deprecated || in_fields
    };
    api.items.iter().any(in_item)
}

/// Whether the document says nothing of a property, or of a type of a union.
fn has_undocumented(cx: &Cx<'_>) -> bool {
    cx.api.items.iter().any(|item| match &item.kind {
        ItemKind::Struct(it) => it
            .fields
            .iter()
            .any(|it| docs::is_silent(cx, &it.docs, &it.ty)),
        ItemKind::Union(it) => it
            .branches
            .iter()
            .any(|it| docs::is_silent(cx, &it.docs, &it.ty)),
        ItemKind::Enumeration(_) | ItemKind::Alias(_) => false,
    })
}

fn has_placeholders(names: &Names) -> bool {
    let members = names.types.iter().flat_map(|it| &it.members);
    let arguments = names.operations.iter().flat_map(|it| &it.arguments);
    members
        .chain(arguments)
        .any(|it| PLACEHOLDERS.contains(&it.as_str()))
}

/// Whether a method is called like one of a trait, and takes as much.
fn has_operators(names: &Names) -> bool {
    let mut methods = names.operations.iter().flat_map(|it| {
        let headers = it.headers.iter().flatten();
        it.arguments.iter().chain(headers).chain([&it.method])
    });
    methods.any(|it| OPERATORS.contains(&it.as_str()))
}

/// Whether an enumeration lists a number that clippy may take for pi or its like.
fn has_fractions(api: &Api) -> bool {
    let is_near = |value: &Value| {
        let constants = [
            std::f64::consts::PI,
            std::f64::consts::TAU,
            std::f64::consts::E,
            std::f64::consts::SQRT_2,
            std::f64::consts::LN_2,
            std::f64::consts::LN_10,
            std::f64::consts::LOG2_E,
            std::f64::consts::LOG2_10,
            std::f64::consts::LOG10_E,
            std::f64::consts::LOG10_2,
            std::f64::consts::FRAC_1_PI,
            std::f64::consts::FRAC_1_SQRT_2,
            std::f64::consts::FRAC_2_PI,
            std::f64::consts::FRAC_2_SQRT_PI,
            std::f64::consts::FRAC_PI_2,
            std::f64::consts::FRAC_PI_3,
            std::f64::consts::FRAC_PI_4,
            std::f64::consts::FRAC_PI_6,
            std::f64::consts::FRAC_PI_8,
        ];
        let number = value.as_f64();
        number.is_some_and(|it| {
            constants
                .iter()
                .any(|constant| (it - constant).abs() < 0.01)
        })
    };
    api.items.iter().any(|item| match &item.kind {
        ItemKind::Enumeration(it) => match &it.values {
            EnumerationValues::Mixed(variants) => variants.iter().any(|it| is_near(&it.value)),
            EnumerationValues::Strings(_) | EnumerationValues::Integers(_) => false,
        },
        ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Alias(_) => false,
    })
}

/// Whether clippy finds some declared type too complex.
fn has_complex(api: &Api) -> bool {
    let in_items = api.items.iter().any(|item| match &item.kind {
        ItemKind::Struct(it) => {
            let around = |field: &Field| {
                usize::from(field.presence != Presence::Required) + usize::from(field.boxed)
            };
            let mut fields = it.fields.iter();
            let kept = match &it.additional {
                Additional::Kept(ty) => complexity(&Type::Map(Box::new(ty.clone())), 1),
                Additional::Skipped | Additional::Denied => 0,
            };
            kept > COMPLEX || fields.any(|field| wrapped(&field.ty, around(field)) > COMPLEX)
        }
        ItemKind::Union(it) => it.branches.iter().any(|it| wrapped(&it.ty, 1) > COMPLEX),
        ItemKind::Enumeration(_) | ItemKind::Alias(_) => false,
    });
    // `Result<Response<_, Headers>, Error>`
    let in_result = |ty: &Type| 80 + complexity(ty, 3) > COMPLEX;
    let mut arguments = api.arguments();
    let mut sent = api.bodies().flat_map(|it| &it.payloads);
    let mut responses = api.responses();
    in_items
        || arguments.any(|it| wrapped(&it.ty, 1) > COMPLEX)
        || sent.any(|it| wrapped(&it.ty, 1) > COMPLEX)
        || responses.any(|it| {
            let mut headers = it.headers.iter();
            let mut received = it.payloads.iter();
            received.any(|it| in_result(&it.ty)) || headers.any(|it| in_result(&it.ty))
        })
}

/// What clippy counts for a type inside as many others.
fn wrapped(ty: &Type, others: usize) -> usize {
    (1..=others).map(|nest| 10 * nest).sum::<usize>() + complexity(ty, others + 1)
}

/// What clippy counts for a type: ten for each name in it, times its depth.
fn complexity(ty: &Type, nest: usize) -> usize {
    let own = 10 * nest;
    own + match ty {
        Type::Array(inner) | Type::Nullable(inner) | Type::Part(inner) => {
            complexity(inner, nest + 1)
        }
        Type::Map(inner) => 10 * (nest + 1) + complexity(inner, nest + 1),
        Type::Tuple(items) => items.iter().map(|item| complexity(item, nest + 1)).sum(),
        _ => 0,
    }
}
