//! Of which schemas a schema consists, and whether it is but a name for one.

use std::collections::HashSet;

use super::Composer;
use crate::model::{Schema, SchemaId, SimpleType};

/// Whether a schema says something about values itself, besides what its branches and its `$ref` say. A bare
/// `type: object` beside them says nothing new.
pub(super) fn has_own_keywords(schema: &Schema) -> bool {
    let beside = schema.reference.is_some()
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty();
    let bare_type = schema.types.is_empty() || (beside && schema.types == [SimpleType::Object]);
    !bare_type
        || !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_properties.is_some()
        || !schema.pattern_properties.is_empty()
        || schema.enumeration.is_some()
        || schema.constant.is_some()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema.format.is_some()
        || schema.content_encoding.is_some()
        || !schema.conditional.is_empty()
        || !schema.satisfiable
}

/// Whether a schema says which values there are; one that only demands properties describes no type.
pub(super) fn is_telling(schema: &Schema) -> bool {
    has_branches(schema) || {
        let only_required = !schema.required.is_empty()
            && schema.types.iter().all(|it| *it == SimpleType::Object)
            && schema.properties.is_empty()
            && schema.additional_properties.is_none()
            && schema.pattern_properties.is_empty()
            && schema.enumeration.is_none();
        has_own_keywords(schema) && !only_required
    }
}

fn has_branches(schema: &Schema) -> bool {
    schema.reference.is_some()
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
}

/// Whether other schemas may have to hold for one.
fn has_conjuncts(schema: &Schema) -> bool {
    schema.reference.is_some()
        || !schema.all_of.is_empty()
        || schema.one_of.len() == 1
        || schema.any_of.len() == 1
}

/// Whether a schema states a choice that gives one.
pub(super) fn has_own_choice(schema: &Schema) -> bool {
    schema.one_of.len() > 1 || schema.any_of.len() > 1
}

/// The only branch of a choice that gives none.
fn sole_branch(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let sole = |branches: &[SchemaId]| match branches {
        [only] => Some(*only),
        _ => None,
    };
    [sole(&schema.one_of), sole(&schema.any_of)]
        .into_iter()
        .flatten()
}

impl Composer<'_, '_> {
    /// The schemas that must hold for another, without its own keywords.
    pub(super) fn conjuncts(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.schema(id);
        if !has_conjuncts(schema) {
            return Vec::new();
        }
        schema
            .reference
            .into_iter()
            .chain(schema.all_of.iter().copied())
            .chain(sole_branch(schema))
            .collect()
    }

    /// The schema that another is but a name for: `$ref` with annotations, or an `allOf` of a sole reference,
    /// which is how 3.0 puts a description beside one. A branch that stands inside the schema has no name
    /// of its own, so that the schema takes its place; nor has a copy that is made for it.
    pub(super) fn alias(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.schema(id);
        if has_own_keywords(schema) || has_own_choice(schema) {
            return None;
        }
        let mut telling: Vec<_> = self
            .conjuncts(id)
            .into_iter()
            .filter(|branch| is_telling(self.schema(*branch)))
            .collect();
        telling.dedup();
        let [target] = telling[..] else {
            return None;
        };
        let is_inside = self.schema(target).place.is_inside(&schema.place)
            || (self.schema(target).is_copy && !schema.is_copy);
        // A component that adds nothing to a base schema still is one of its kinds, and not the choice of all.
        let is_kind = schema.component.is_some()
            && schema.reference.is_none()
            && self.bases.contains_key(&target);
        (!is_inside && target != id && !is_kind).then_some(target)
    }

    /// Whether a schema is another, or a name for it, or a name for one.
    pub(super) fn is_name_of(&self, id: SchemaId, other: SchemaId) -> bool {
        let mut seen = HashSet::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            if id == other {
                return true;
            }
            next = self.alias(id);
        }
        false
    }

    /// The schemas that must all hold, flattened: branches of branches in their place, then the schema's own
    /// keywords. Those that say nothing are left out. A schema that contains itself counts once.
    pub(super) fn parts(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut parts = Vec::new();
        self.collect(id, &mut HashSet::new(), &mut |id, schema| {
            if has_own_keywords(schema) || has_own_choice(schema) || !schema.types.is_empty() {
                parts.push(id);
            }
        });
        parts
    }

    /// Whether a schema consists of another among others: whether it extends it.
    pub(super) fn extends(&self, id: SchemaId, base: SchemaId) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if id == base {
                return true;
            }
            if self.cost.look() && has_conjuncts(self.schema(id)) && seen.insert(id) {
                open.extend(self.conjuncts(id));
            }
        }
        false
    }

    /// Everything that a schema consists of, and the schema itself.
    pub(super) fn extended_by(&self, id: SchemaId) -> HashSet<SchemaId> {
        let mut extended = HashSet::new();
        self.collect(id, &mut extended, &mut |_, _| ());
        extended
    }

    /// Visits what a schema consists of and then itself; without recursion, since references may make a chain
    /// longer than a stack is deep.
    pub(super) fn collect(
        &self,
        id: SchemaId,
        seen: &mut HashSet<SchemaId>,
        visit: &mut impl FnMut(SchemaId, &Schema),
    ) {
        let mut open = vec![(id, false)];
        while let Some((id, is_done)) = open.pop() {
            if is_done {
                visit(id, self.schema(id));
            } else if self.cost.look() && seen.insert(id) {
                open.push((id, true));
                let conjuncts = self.conjuncts(id).into_iter().rev();
                open.extend(conjuncts.map(|conjunct| (conjunct, false)));
            }
        }
    }
}
