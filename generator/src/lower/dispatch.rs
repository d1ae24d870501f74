//! How the branches of a union are told apart: by JSON type, then by a discriminator, by a tag that
//! constants imply, by a property that only one branch has, and only then by trial.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Choice, EnumerationValues, Field, Item, ItemId, ItemKind, JsonType, Presence, Struct, Type,
    Union, Value,
};

/// Every JSON type, in the order in which a union decides.
const ALL: [JsonType; 6] = [
    JsonType::Null,
    JsonType::Boolean,
    JsonType::Number,
    JsonType::String,
    JsonType::Array,
    JsonType::Object,
];

/// A discriminator: the property, and the item that each of its values stands for.
pub(super) struct Discriminator {
    property: String,
    values: Vec<(String, ItemId)>,
    /// What any other value stands for: a base schema itself, or `defaultMapping`.
    otherwise: Option<ItemId>,
}

/// The discriminators that the document states, by the union's item (OAS 3.1.1, Discriminator Object): the
/// mapping, and the names of components for branches that it leaves out.
pub(super) fn discriminators(cx: &Context) -> HashMap<ItemId, Discriminator> {
    let mut found = HashMap::new();
    for (item, id) in cx.unions() {
        let schema = cx.schema(id);
        let base = cx
            .base_of(id)
            .or_else(|| schema.discriminator.as_ref()?.otherwise);
        let Some(stated) = &schema.discriminator else {
            continue;
        };
        let mut values: Vec<_> = stated
            .mapping
            .iter()
            .filter_map(|(value, target)| Some((value.clone(), cx.item_of(*target)?)))
            .collect();
        let mapped: HashSet<_> = values.iter().map(|(_, target)| *target).collect();
        for branch in &schema.one_of {
            let target = super::object::referred(cx, *branch);
            let referred = || cx.schema(*branch).reference.and_then(|id| cx.item_of(id));
            let item = cx.item_of(*branch).or_else(referred);
            let own = cx.schema(*branch).component.as_ref();
            if let (Some(name), Some(item)) = (own.or(target.component.as_ref()), item)
                && !mapped.contains(&item)
                && values.iter().all(|(value, _)| value != name)
            {
                values.push((name.clone(), item));
            }
        }
        found.insert(
            item,
            Discriminator {
                property: stated.property.clone(),
                values,
                otherwise: base.and_then(|base| cx.item_of(base)),
            },
        );
    }
    found
}

/// Decides for every union.
pub(super) fn decide(
    items: &mut [Item],
    discriminators: &HashMap<ItemId, Discriminator>,
    diagnostics: &mut Diagnostics,
) {
    let unions: Vec<_> = (0..items.len())
        .filter(|index| matches!(items[*index].kind, ItemKind::Union(_)))
        .collect();
    for index in unions {
        let ItemKind::Union(union) = &items[index].kind else {
            continue;
        };
        let id = ItemId(u32::try_from(index).expect("item numbers are 32 bits wide"));
        let dispatch = dispatch(items, id, union, discriminators.get(&id));
        report_trials(&items[index], union, &dispatch, diagnostics);
        if let ItemKind::Union(union) = &mut items[index].kind {
            union.dispatch = dispatch;
        }
    }
}

fn dispatch(
    items: &[Item],
    id: ItemId,
    union: &Union,
    discriminator: Option<&Discriminator>,
) -> Vec<(JsonType, Choice)> {
    // What the union gets through itself, it gets through its other branches too.
    let of_branch: Vec<Vec<JsonType>> = union
        .branches
        .iter()
        .map(|it| json_types(items, &it.ty, &mut HashSet::from([id.0])))
        .collect();
    ALL.into_iter()
        .filter_map(|ty| {
            let candidates: Vec<_> = (0..of_branch.len())
                .filter(|index| of_branch[*index].contains(&ty))
                .collect();
            let choice = match (&candidates[..], ty) {
                ([], _) => return None,
                ([only], _) if union.is_open => Choice::Trial(vec![*only]),
                ([only], _) => Choice::Only(*only),
                (_, JsonType::Object) => object_choice(items, union, &candidates, discriminator),
                _ => Choice::Trial(by_specificity(items, union, candidates)),
            };
            Some((ty, choice))
        })
        .collect()
}

fn object_choice(
    items: &[Item],
    union: &Union,
    candidates: &[usize],
    discriminator: Option<&Discriminator>,
) -> Choice {
    let stated = discriminator.map(|it| Choice::Tag {
        property: it.property.clone(),
        values: it
            .values
            .iter()
            .filter_map(|(value, target)| {
                Some((value.clone(), branch_of(union, candidates, *target)?))
            })
            .collect(),
        otherwise: it
            .otherwise
            .and_then(|target| branch_of(union, candidates, target)),
    });
    stated
        .filter(|choice| matches!(choice, Choice::Tag { values, .. } if !values.is_empty()))
        .or_else(|| implied_tag(items, union, candidates))
        .or_else(|| unique_keys(items, union, candidates))
        .unwrap_or_else(|| Choice::Trial(by_specificity(items, union, candidates.to_vec())))
}

/// The candidate that an item is.
fn branch_of(union: &Union, candidates: &[usize], item: ItemId) -> Option<usize> {
    let is_it = |index: &usize| union.branches[*index].ty == Type::Item(item);
    candidates.iter().copied().find(is_it)
}

/// A property that every candidate demands, with values that no other candidate lists.
fn implied_tag(items: &[Item], union: &Union, candidates: &[usize]) -> Option<Choice> {
    let structs = structs(items, union, candidates)?;
    let (_, first) = structs.first()?;
    first.fields.iter().find_map(|field| {
        let mut values = Vec::new();
        let mut seen = HashSet::new();
        for (branch, structure) in &structs {
            let texts = constants(items, demanded(structure, &field.wire_name)?)?;
            for text in texts {
                if !seen.insert(text.clone()) {
                    return None;
                }
                values.push((text, *branch));
            }
        }
        Some(Choice::Tag {
            property: field.wire_name.clone(),
            values,
            otherwise: None,
        })
    })
}

/// A property for each candidate but at most one, which it demands and which no other candidate has.
fn unique_keys(items: &[Item], union: &Union, candidates: &[usize]) -> Option<Choice> {
    let structs = structs(items, union, candidates)?;
    let mut keys = Vec::new();
    let mut otherwise = None;
    for (branch, structure) in &structs {
        let key = structure.fields.iter().find(|field| {
            is_demanded(field)
                && structs.iter().all(|(other, fields)| {
                    other == branch
                        || fields
                            .fields
                            .iter()
                            .all(|it| it.wire_name != field.wire_name)
                })
        });
        match key {
            Some(key) => keys.push((key.wire_name.clone(), *branch)),
            None if otherwise.is_none() => otherwise = Some(*branch),
            None => return None,
        }
    }
    Some(Choice::Key { keys, otherwise })
}

/// The structs of candidates, when all are structs.
fn structs<'a>(
    items: &'a [Item],
    union: &Union,
    candidates: &[usize],
) -> Option<Vec<(usize, &'a Struct)>> {
    candidates
        .iter()
        .map(|index| Some((*index, structure(items, &union.branches[*index].ty, 0)?)))
        .collect()
}

/// The struct that a type is, through aliases. Circles of aliases are broken later, hence the limit.
fn structure<'a>(items: &'a [Item], ty: &Type, depth: usize) -> Option<&'a Struct> {
    match ty {
        Type::Item(id) => match &items[id.0 as usize].kind {
            ItemKind::Struct(structure) => Some(structure),
            ItemKind::Alias(ty) if depth < items.len() => structure(items, ty, depth + 1),
            ItemKind::Alias(_) | ItemKind::Enumeration(_) | ItemKind::Union(_) => None,
        },
        Type::Nullable(inner) => structure(items, inner, depth),
        _ => None,
    }
}

fn is_demanded(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable)
}

/// The field of a name, if the struct demands it.
fn demanded<'a>(structure: &'a Struct, wire_name: &str) -> Option<&'a Field> {
    structure
        .fields
        .iter()
        .find(|field| field.wire_name == wire_name && is_demanded(field))
}

/// The texts that a field may have, if it lists them.
fn constants(items: &[Item], field: &Field) -> Option<Vec<String>> {
    let Type::Item(id) = &field.ty else {
        return None;
    };
    match &items[id.0 as usize].kind {
        ItemKind::Enumeration(it) => match &it.values {
            EnumerationValues::Strings(variants) => {
                Some(variants.iter().map(|it| it.value.clone()).collect())
            }
            EnumerationValues::Integers(_) | EnumerationValues::Mixed(_) => None,
        },
        _ => None,
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
        Type::Any | Type::Error => ALL.to_vec(),
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
        let demands = structure(items, ty, 0)
            .map(|it| it.fields.iter().filter(|field| is_demanded(field)).count());
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

fn report_trials(
    item: &Item,
    union: &Union,
    dispatch: &[(JsonType, Choice)],
    diagnostics: &mut Diagnostics,
) {
    for (_, choice) in dispatch {
        let Choice::Trial(order) = choice else {
            continue;
        };
        if order.len() == 1 {
            continue;
        }
        let names: Vec<_> = order
            .iter()
            .map(|index| format!("`{}`", union.branches[*index].hint))
            .collect();
        diagnostics.report(
            Diagnostic::at(
                Code::AmbiguousUnion,
                &item.origin.place,
                format!("nothing tells {} apart", names.join(" and ")),
            )
            .label("each is tried, and of those that fit the one that leaves least unread is taken")
            .help("add a `discriminator`, or give each branch a required property with a `const` of its own"),
        );
    }
}
