//! Which JSON types the values of each type may have.

use std::collections::HashSet;

use crate::ir::{EnumerationValues, Item, ItemId, ItemKind, JsonType, Type, Value};
use crate::lower::graph::strongly_connected;

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(u8);

impl Set {
    const ALL: Self = Self(0b11_1111);

    fn one(ty: JsonType) -> Self {
        Self(1 << ty as u8)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn contains(self, ty: JsonType) -> bool {
        self.0 & Self::one(ty).0 != 0
    }
}

/// The JSON types of every item, found once.
pub(super) struct JsonTypes {
    of_item: Vec<Set>,
    /// Items that lead to each other have the same number.
    circle: Vec<usize>,
}

/// How many items of a circle are gone along to find what a branch has without the union that it is of. What is
/// beyond counts as if it could not do without.
const LONGEST: usize = 1_000;

impl JsonTypes {
    pub(super) fn of(items: &[Item]) -> Self {
        let parts: Vec<(Set, Vec<usize>)> = items.iter().map(of_item).collect();
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for (user, (_, used)) in parts.iter().enumerate() {
            for index in used {
                users[*index].push(user);
            }
        }
        let mut of_item: Vec<Set> = parts.iter().map(|(own, _)| *own).collect();
        let mut open: Vec<usize> = (0..items.len()).collect();
        while let Some(index) = open.pop() {
            for user in &users[index] {
                let both = of_item[*user].and(of_item[index]);
                if std::mem::replace(&mut of_item[*user], both) != both {
                    open.push(*user);
                }
            }
        }
        let used: Vec<Vec<usize>> = parts.into_iter().map(|(_, used)| used).collect();
        let circle = strongly_connected(&used);
        Self { of_item, circle }
    }

    /// The JSON types of a branch. What the union gets through itself, it gets through its other branches, too.
    pub(super) fn of_branch(&self, items: &[Item], union: ItemId, ty: &Type) -> Set {
        let circle = self.circle[union.0 as usize];
        let mut seen = HashSet::from([union.0 as usize]);
        let (mut found, mut open) = of_type(ty);
        while let Some(index) = open.pop() {
            if self.circle[index] != circle || seen.len() > LONGEST {
                found = found.and(self.of_item[index]);
            } else if seen.insert(index) {
                let (own, used) = of_item(&items[index]);
                found = found.and(own);
                open.extend(used);
            }
        }
        found
    }
}

/// The JSON types of an item, and the items of whose JSON types it is as well.
fn of_item(item: &Item) -> (Set, Vec<usize>) {
    match &item.kind {
        ItemKind::Struct(_) => (Set::one(JsonType::Object), Vec::new()),
        ItemKind::Enumeration(it) => {
            let types = match &it.values {
                EnumerationValues::Strings(_) => Set::one(JsonType::String),
                EnumerationValues::Integers(_) => Set::one(JsonType::Number),
                // It is open, and keeps values of any type; those on its list are meant.
                EnumerationValues::Mixed(variants) => {
                    let types = variants.iter().map(|it| Set::one(type_of(&it.value)));
                    types.fold(Set::default(), Set::and)
                }
            };
            (types, Vec::new())
        }
        ItemKind::Alias(ty) => of_type(ty),
        ItemKind::Union(union) => {
            let branches = union.branches.iter().map(|branch| of_type(&branch.ty));
            branches.fold(
                (Set::default(), Vec::new()),
                |(types, mut items), (more, used)| {
                    items.extend(used);
                    (types.and(more), items)
                },
            )
        }
    }
}

/// The same of a type.
fn of_type(ty: &Type) -> (Set, Vec<usize>) {
    let types = match ty {
        Type::Nullable(inner) => {
            let (types, items) = of_type(inner);
            return (types.and(Set::one(JsonType::Null)), items);
        }
        Type::Item(id) => return (Set::default(), vec![id.0 as usize]),
        Type::Any | Type::Error => Set::ALL,
        plain => plain.json_type().map_or(Set::default(), Set::one),
    };
    (types, Vec::new())
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
