//! The lint exceptions of an API: those that its own document makes necessary, by name and with a reason.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Cx, Module};
use super::facts::types_in;
use crate::ir::{Api, Item, ItemKind, Names, Type};

/// What clippy takes for placeholders (`disallowed_names`).
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// How many types inside each other clippy finds too complex (`type_complexity`).
const COMPLEX: usize = 6;

/// Inner attributes for the module, which has the `modules` inside; none for most documents.
pub(super) fn emit<'m>(cx: &Cx<'_>, mut modules: impl Iterator<Item = &'m str>) -> TokenStream {
    let (api, names) = (cx.api, cx.names);
    let inception = modules.any(|module| module == cx.module).then(|| {
        exception(
            &quote!(clippy::module_inception),
            "a part of the API is called as the API is",
        )
    });
    let deprecated = has_deprecated(api).then(|| {
        exception(
            &quote!(deprecated),
            "what the document advises against is still part of the API",
        )
    });
    let placeholders = has_placeholders(names).then(|| {
        exception(
            &quote!(clippy::disallowed_names),
            "the document names things so",
        )
    });
    let complex = api
        .items
        .iter()
        .flat_map(types_in)
        .any(|ty| depth(ty) > COMPLEX)
        .then(|| {
            exception(
                &quote!(clippy::type_complexity),
                "the document nests types so",
            )
        });
    quote!(#deprecated #inception #placeholders #complex)
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
        exception(&lints, "a document names things in its own language")
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

fn has_placeholders(names: &Names) -> bool {
    let members = names.types.iter().flat_map(|it| &it.members);
    let arguments = names.operations.iter().flat_map(|it| &it.arguments);
    members
        .chain(arguments)
        .any(|it| PLACEHOLDERS.contains(&it.as_str()))
}

fn depth(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => 1 + depth(inner),
        Type::Tuple(items) => 1 + items.iter().map(depth).sum::<usize>(),
        _ => 0,
    }
}
