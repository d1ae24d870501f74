//! How the branches of a union are told apart: by JSON type, then by a discriminator, by a property whose values the
//! branches list, by a property that only one branch has, and only then by trial.

mod discriminator;
mod report;
mod shape;
mod stated;
mod tags;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use self::discriminator::Misfits;
use self::shape::Shapes;
pub(super) use self::stated::{Stated, stated};
use self::tags::Decision;
use crate::diagnostics::Diagnostics;
use crate::ir::{Choice, EnumerationValues, Item, ItemId, ItemKind, JsonType, Type, Union, Value};

/// Decides for every union.
pub(super) fn decide(items: &mut [Item], stated: &Stated<'_>, diagnostics: &mut Diagnostics) {
    let unions: Vec<_> = (0..items.len())
        .filter(|index| matches!(items[*index].kind, ItemKind::Union(_)))
        .collect();
    for index in unions {
        let ItemKind::Union(union) = &items[index].kind else {
            continue;
        };
        let id = ItemId(u32::try_from(index).expect("item numbers are 32 bits wide"));
        let dispatch = dispatch(items, id, union, stated, diagnostics);
        report::trials(&items[index], union, &dispatch, diagnostics);
        if let ItemKind::Union(union) = &mut items[index].kind {
            union.dispatch = dispatch;
        }
    }
}

fn dispatch(
    items: &[Item],
    id: ItemId,
    union: &Union,
    stated: &Stated<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<(JsonType, Choice)> {
    // What the union gets through itself, it gets through its other branches too.
    let of_branch: Vec<Vec<JsonType>> = union
        .branches
        .iter()
        .map(|it| json_types(items, &it.ty, &mut HashSet::from([id.0])))
        .collect();
    let mut decided = Vec::new();
    for ty in JsonType::ALL {
        let candidates: Vec<_> = (0..of_branch.len())
            .filter(|index| of_branch[*index].contains(&ty))
            .collect();
        let choice = match (&candidates[..], ty) {
            ([], _) => continue,
            ([only], _) if union.is_open => trial(vec![*only]),
            ([only], _) => Choice::Only(*only),
            (_, JsonType::Object) => {
                let shapes = Shapes::of(items, union, &candidates, stated);
                let decision = Decision {
                    items,
                    union,
                    shapes: &shapes,
                };
                let by_discriminator = stated.discriminator(id).and_then(|it| {
                    let mut misfits = Misfits::default();
                    let choice = decision.by_discriminator(id, it, &mut misfits);
                    let item = &items[id.0 as usize];
                    report::misfits(item, &it.property, &misfits, diagnostics);
                    choice
                });
                by_discriminator.unwrap_or_else(|| decision.choose(&candidates))
            }
            _ => trial(by_specificity(items, union, candidates)),
        };
        decided.push((ty, choice));
    }
    decided
}

fn trial(branches: Vec<usize>) -> Choice {
    Choice::Trial {
        branches,
        fallback: Vec::new(),
    }
}

/// The JSON types that values of a type may have. `seen` holds the items on the way, so that a type that is
/// one of its own branches ends.
fn json_types(items: &[Item], ty: &Type, seen: &mut HashSet<u32>) -> Vec<JsonType> {
    match ty {
        Type::String
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Base64
        | Type::Bytes => {
            vec![JsonType::String]
        }
        Type::Boolean => vec![JsonType::Boolean],
        Type::Integer(_) | Type::Number => vec![JsonType::Number],
        Type::Array(_) | Type::Tuple(_) => vec![JsonType::Array],
        Type::Null => vec![JsonType::Null],
        Type::Map(_) => vec![JsonType::Object],
        Type::Nullable(inner) => {
            let mut types = json_types(items, inner, seen);
            types.push(JsonType::Null);
            types
        }
        // Files and parts stand in no JSON.
        Type::File | Type::Part(_) | Type::Multipart => Vec::new(),
        Type::Any | Type::Error => JsonType::ALL.to_vec(),
        Type::Item(id) if !seen.insert(id.0) => Vec::new(),
        Type::Item(id) => match &items[id.0 as usize].kind {
            ItemKind::Struct(_) => vec![JsonType::Object],
            ItemKind::Enumeration(it) => match &it.values {
                EnumerationValues::Strings(_) => vec![JsonType::String],
                EnumerationValues::Integers(_) => vec![JsonType::Number],
                // It is open, and keeps values of any type; those on its list are meant.
                EnumerationValues::Mixed(variants) => {
                    let mut types: Vec<_> = variants.iter().map(|it| type_of(&it.value)).collect();
                    types.sort();
                    types.dedup();
                    types
                }
            },
            ItemKind::Alias(ty) => json_types(items, ty, seen),
            ItemKind::Union(union) => union
                .branches
                .iter()
                .flat_map(|branch| json_types(items, &branch.ty, seen))
                .collect(),
        },
    }
}

/// The JSON type of a value.
fn type_of(value: &Value) -> JsonType {
    match value {
        Value::Null => JsonType::Null,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(_) => JsonType::Number,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    }
}

/// Candidates in the order of trial: those that demand most, first; what accepts anything, last.
fn by_specificity(items: &[Item], union: &Union, mut candidates: Vec<usize>) -> Vec<usize> {
    let rank = |index: &usize| {
        let ty = &union.branches[*index].ty;
        let demands = match shape::unaliased(items, ty) {
            Type::Item(id) => match &items[id.0 as usize].kind {
                ItemKind::Struct(it) => {
                    Some(it.fields.iter().filter(|it| shape::is_there(it)).count())
                }
                _ => None,
            },
            _ => None,
        };
        let loose = match ty {
            Type::Any | Type::Error => 3,
            Type::String | Type::Number => 2,
            Type::Secret | Type::Map(_) => 1,
            _ => 0,
        };
        (loose, std::cmp::Reverse(demands))
    };
    candidates.sort_by_key(rank);
    candidates
}
