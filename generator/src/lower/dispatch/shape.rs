//! What the branches of a union say of the properties that their objects have.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::stated::Stated;
use crate::ir::{
    Additional, Field, Item, ItemId, ItemKind, Presence, Struct, TagValue, Type, Union,
};
use crate::lower::chain;

/// How deep unions may stand in unions to be looked through.
const DEEPEST: usize = 2;

/// The objects of the branches among which there is a choice.
pub(super) struct Shapes<'a>(BTreeMap<usize, Shape<'a>>);

/// The objects of a branch.
#[derive(Default)]
pub(super) struct Shape<'a> {
    /// Their properties, as far as they are known.
    pub(super) properties: IndexMap<&'a str, Property>,
    /// Whether all are known that the document describes: a map may have any.
    pub(super) is_complete: bool,
    /// Whether there can be no others.
    pub(super) is_closed: bool,
}

/// What a branch says of a property.
#[derive(Clone)]
pub(super) struct Property {
    /// Whether every object of the branch has it.
    pub(super) is_there: bool,
    /// Whether it may be null.
    pub(super) is_nullable: bool,
    /// The values that the document lists for it, where it does and all can be tags.
    pub(super) values: Option<Vec<TagValue>>,
    /// Whether it may have others: not all objects of the branch have it from a list.
    pub(super) is_free: bool,
    /// What it means that it is missing, if that can be a tag.
    pub(super) default: Option<TagValue>,
}

impl Property {
    /// Whether every object of the branch has it, with a value.
    pub(super) fn is_demanded(&self) -> bool {
        self.is_there && !self.is_nullable
    }
}

impl<'a> Shapes<'a> {
    pub(super) fn of(
        items: &'a [Item],
        union: &'a Union,
        candidates: &[usize],
        stated: &Stated<'_>,
    ) -> Self {
        let shape = |index: &usize| {
            let ty = &union.branches[*index].ty;
            (*index, Shape::of(items, ty, stated, DEEPEST))
        };
        Self(candidates.iter().map(shape).collect())
    }

    /// The branches.
    pub(super) fn branches(&self) -> Vec<usize> {
        self.0.keys().copied().collect()
    }

    /// The objects of a branch.
    pub(super) fn get(&self, branch: usize) -> &Shape<'a> {
        &self.0[&branch]
    }
}

impl<'a> Shape<'a> {
    fn of(items: &'a [Item], ty: &'a Type, stated: &Stated<'_>, depth: usize) -> Self {
        let Type::Item(id) = unaliased(items, ty) else {
            return Self::default();
        };
        match &items[id.0 as usize].kind {
            ItemKind::Struct(it) => Self::of_struct(*id, it, stated),
            ItemKind::Union(it) if depth > 0 && !it.is_open => {
                let branches = it.branches.iter();
                let shapes = branches.map(|it| Self::of(items, &it.ty, stated, depth - 1));
                Self::any_of(shapes.collect())
            }
            ItemKind::Union(_) | ItemKind::Enumeration(_) | ItemKind::Alias(_) => Self::default(),
        }
    }

    fn of_struct(id: ItemId, it: &'a Struct, stated: &Stated<'_>) -> Self {
        let property = |field: &'a Field| {
            let values = stated.listed(id, &field.wire_name);
            let property = Property {
                is_there: is_there(field),
                is_nullable: matches!(
                    field.presence,
                    Presence::Nullable | Presence::OptionalNullable
                ),
                is_free: values.is_none(),
                values,
                default: field.default.as_ref().and_then(TagValue::of),
            };
            (field.wire_name.as_str(), property)
        };
        Self {
            properties: it.fields.iter().map(property).collect(),
            is_complete: true,
            is_closed: it.additional == Additional::Denied,
        }
    }

    /// Objects of any of several shapes.
    fn any_of(shapes: Vec<Self>) -> Self {
        let mut any = Self {
            is_complete: shapes.iter().all(|it| it.is_complete),
            is_closed: shapes.iter().all(|it| it.is_closed),
            ..Self::default()
        };
        let count = shapes.len();
        let mut found: IndexMap<&str, Vec<Property>> = IndexMap::new();
        for (name, property) in shapes.into_iter().flat_map(|it| it.properties) {
            found.entry(name).or_default().push(property);
        }
        for (name, of_shapes) in found {
            let is_everywhere = of_shapes.len() == count;
            let lists = of_shapes.iter().filter_map(|it| it.values.clone());
            let lists: Vec<Vec<TagValue>> = lists.collect();
            let property = Property {
                is_there: is_everywhere && of_shapes.iter().all(|it| it.is_there),
                is_nullable: of_shapes.iter().any(|it| it.is_nullable),
                is_free: !is_everywhere || of_shapes.iter().any(|it| it.is_free),
                values: (!lists.is_empty()).then(|| lists.concat()),
                default: None,
            };
            any.properties.insert(name, property);
        }
        any
    }
}

/// Whether every object has a property, be it null.
pub(super) fn is_there(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable)
}

/// What a type is, through aliases and whether it is nullable or not. A circle of aliases, which is broken later, is
/// one of its own.
pub(super) fn unaliased<'t>(items: &'t [Item], ty: &'t Type) -> &'t Type {
    let bare = |ty: &'t Type| match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    };
    let end = chain::end(ty, |ty| {
        let Type::Item(id) = bare(ty) else {
            return None;
        };
        match &items[id.0 as usize].kind {
            ItemKind::Alias(target) => Some(target),
            _ => None,
        }
    });
    bare(end)
}

/// The field of a name in the objects of a type: that of the first branch which has one.
pub(super) fn field<'t>(items: &'t [Item], ty: &'t Type, name: &str) -> Option<&'t Field> {
    field_within(items, ty, name, DEEPEST)
}

fn field_within<'t>(
    items: &'t [Item],
    ty: &'t Type,
    name: &str,
    depth: usize,
) -> Option<&'t Field> {
    let Type::Item(id) = unaliased(items, ty) else {
        return None;
    };
    match &items[id.0 as usize].kind {
        ItemKind::Struct(it) => it.fields.iter().find(|field| field.wire_name == name),
        ItemKind::Union(it) if depth > 0 => {
            let mut branches = it.branches.iter();
            branches.find_map(|it| field_within(items, &it.ty, name, depth - 1))
        }
        ItemKind::Union(_) | ItemKind::Enumeration(_) | ItemKind::Alias(_) => None,
    }
}

/// The branches that items are, or that lead to them: items that are branches themselves go before those for which a
/// branch is another name, and these before branches of branches.
pub(super) fn by_item(
    items: &[Item],
    union: &Union,
    candidates: &[usize],
) -> HashMap<ItemId, usize> {
    let mut found = HashMap::new();
    let ty = |branch: usize| &union.branches[branch].ty;
    for branch in candidates {
        if let Type::Item(id) = ty(*branch) {
            found.entry(*id).or_insert(*branch);
        }
    }
    for depth in 0..=DEEPEST {
        for branch in candidates {
            reached(items, ty(*branch), depth, &mut |id| {
                found.entry(id).or_insert(*branch);
            });
        }
    }
    found
}

/// Visits the items that are so deep in a type: the type itself, its branches, their branches.
fn reached(items: &[Item], ty: &Type, depth: usize, visit: &mut dyn FnMut(ItemId)) {
    let Type::Item(id) = unaliased(items, ty) else {
        return;
    };
    if depth == 0 {
        visit(*id);
    } else if let ItemKind::Union(union) = &items[id.0 as usize].kind {
        for branch in &union.branches {
            reached(items, &branch.ty, depth - 1, visit);
        }
    }
}
