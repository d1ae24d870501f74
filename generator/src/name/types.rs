//! Names of items.

use std::collections::{HashMap, HashSet};

use super::conflict::{Case, Scope, Wish, settle, settle_by};
use super::{members, report_refused, reserved};
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Ident, Item, ItemKind, NameHint, TypeNames};

/// The module of the models.
const MODELS: Scope<'_> = Scope {
    case: Case::Camel,
    taken: reserved::MODELS,
    suffix: "model",
};

/// Names every item and its members. `titles` is what each operation is called after.
pub(super) fn assign(
    api: &Api,
    titles: &[String],
    diagnostics: &mut Diagnostics,
) -> Vec<TypeNames> {
    let wishes: Vec<_> = api
        .items
        .iter()
        .map(|item| wish(api, titles, item))
        .collect();
    let names = settle(&wishes, MODELS);
    for ((item, wish), name) in api.items.iter().zip(&wishes).zip(&names) {
        if let NameHint::Given(given) = &item.hint
            && wish.is_refused(name, MODELS)
        {
            report_refused(diagnostics, &item.origin.place, given, name);
        }
    }
    let constants = constants(&names, api);
    let taken: HashSet<String> = names.iter().map(ToString::to_string).collect();
    names
        .into_iter()
        .zip(constants)
        .zip(&api.items)
        .map(|((ty, constant), item)| {
            let (members, rest) = members::assign(&item.kind);
            report_refused_fields(item, &members, diagnostics);
            let is_struct = matches!(item.kind, ItemKind::Struct(_));
            let setters = members.iter().filter(|_| is_struct);
            TypeNames {
                required: required(&ty, &taken),
                setters: setters.map(|name| super::prefixed("with_", name)).collect(),
                ty,
                file: file(&constant),
                constant,
                members,
                rest,
            }
        })
        .collect()
}

/// The struct of what the constructor of a type asks for. A schema of that name keeps it.
fn required(ty: &Ident, taken: &HashSet<String>) -> Ident {
    let mut name = format!("{ty}Required");
    while taken.contains(&name) {
        name.push_str("Fields");
    }
    Ident(name)
}

/// The names of types in upper case, which may differ in case alone before.
fn constants(names: &[Ident], api: &Api) -> Vec<Ident> {
    let scope = Scope {
        case: Case::Snake,
        taken: &[],
        suffix: "type",
    };
    let wishes: Vec<_> = names
        .iter()
        .zip(&api.items)
        .map(|(name, item)| Wish::of(name.as_str(), None).at(item.origin.place.pointer.as_str()))
        .collect();
    let plain = |name: &str| name.trim_end_matches('_').to_uppercase();
    settle_by(&wishes, scope, plain)
        .iter()
        .map(|name| Ident(plain(name.as_str())))
        .collect()
}

/// The file of a type, called after its static, which no other has.
fn file(constant: &Ident) -> Ident {
    let name = constant.as_str().to_lowercase();
    let is_device = reserved::DEVICES.contains(&name.as_str());
    if is_device || reserved::is_keyword(&name) {
        return Ident(format!("{name}_"));
    }
    Ident(name)
}

/// What an item may be called: its own name, or that of what it stands in and its role there, `UserStatus`.
fn wish(api: &Api, titles: &[String], item: &Item) -> Wish {
    let place = item.origin.place.pointer.as_str();
    match &item.hint {
        NameHint::Own(name) => Wish::of(name, None).at(place),
        NameHint::Given(name) => Wish::given(place, name),
        NameHint::Inner(..) | NameHint::Operation(..) | NameHint::Words(_) => {
            Wish::after(place, &spelled_out(api, titles, item, DEEPEST))
        }
    }
}

/// After how many of the items that it stands in an item is called at most: the nearest.
const DEEPEST: usize = 16;

fn spelled_out(api: &Api, titles: &[String], item: &Item, depth: usize) -> String {
    match &item.hint {
        NameHint::Inner(_, role) if depth == 0 => role.clone(),
        NameHint::Own(name) | NameHint::Given(name) | NameHint::Words(name) => name.clone(),
        NameHint::Inner(owner, role) => {
            let owner = spelled_out(api, titles, &api[*owner], depth - 1);
            format!("{owner} {role}")
        }
        NameHint::Operation(operation, role) => {
            format!("{} {role}", titles[operation.0 as usize])
        }
    }
}

fn report_refused_fields(item: &Item, members: &[crate::ir::Ident], diagnostics: &mut Diagnostics) {
    let ItemKind::Struct(it) = &item.kind else {
        return;
    };
    let mut rivals: HashMap<&String, usize> = HashMap::new();
    for given in it.fields.iter().filter_map(|it| it.rust_name.as_ref()) {
        *rivals.entry(given).or_default() += 1;
    }
    for (field, name) in it.fields.iter().zip(members) {
        if let Some(given) = &field.rust_name
            && rivals[given] > 1
            && name.as_str() != super::words::snake(given)
        {
            report_refused(diagnostics, &field.origin.place, given, name);
        }
    }
}
