//! Decides how to distinguish the branches of a union: by JSON type, then by a discriminator, by a property whose
//! values the branches list, by a property that only one branch has, and only then by trial.

mod discriminator;
mod json_types;
mod report;
mod shape;
mod stated;
mod tags;
#[cfg(test)]
mod tests;

use self::discriminator::Misfits;
use self::json_types::JsonTypes;
use self::shape::Shapes;
pub(super) use self::stated::{Stated, stated};
use self::tags::Decision;
use crate::diagnostics::Diagnostics;
use crate::ir::{Choice, Item, ItemId, ItemKind, JsonType, Type, Union};

/// Decides for every union.
pub(super) fn decide(items: &mut [Item], stated: &Stated<'_>, diagnostics: &mut Diagnostics) {
    let unions: Vec<_> = (0..items.len())
        .filter(|index| matches!(items[*index].kind, ItemKind::Union(_)))
        .collect();
    let json_types = JsonTypes::of(items);
    for index in unions {
        let ItemKind::Union(union) = &items[index].kind else {
            continue;
        };
        let id = ItemId(u32::try_from(index).expect("item numbers are 32 bits wide"));
        let dispatch = dispatch(items, &json_types, id, union, stated, diagnostics);
        report::trials(&items[index], union, &dispatch, diagnostics);
        if let ItemKind::Union(union) = &mut items[index].kind {
            union.dispatch = dispatch;
        }
    }
}

fn dispatch(
    items: &[Item],
    json_types: &JsonTypes,
    id: ItemId,
    union: &Union,
    stated: &Stated<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<(JsonType, Choice)> {
    let branches = union.branches.iter();
    let of_branch: Vec<_> = branches
        .map(|it| json_types.of_branch(items, id, &it.ty))
        .collect();
    let mut decided = Vec::new();
    for ty in JsonType::ALL {
        let candidates: Vec<_> = (0..of_branch.len())
            .filter(|index| of_branch[*index].contains(ty))
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
