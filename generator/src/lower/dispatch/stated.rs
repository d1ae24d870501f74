//! What the document states about telling branches apart: discriminators, and the values that properties list.

use std::collections::{HashMap, HashSet};

use crate::ir::{ItemId, TagValue};
use crate::lower::compose::Composed;
use crate::lower::context::Context;
use crate::lower::facts;
use crate::model::SchemaId;

/// What the document states.
pub(in super::super) struct Stated<'a> {
    composed: &'a Composed<'a>,
    /// The schema of each item.
    schema_of: Vec<SchemaId>,
    /// The discriminators, by the union's item.
    discriminators: HashMap<ItemId, Discriminator>,
}

/// A discriminator (OAS 3.1.1, Discriminator Object).
pub(super) struct Discriminator {
    pub(super) property: String,
    /// The values of the mapping, and the items that they stand for. A schema of no item is no branch either.
    pub(super) mapping: Vec<(String, Option<ItemId>)>,
    /// The names of the components that are branches.
    pub(super) names: Vec<(String, ItemId)>,
    /// What any other value stands for: a base schema itself, or `defaultMapping`.
    pub(super) otherwise: Option<ItemId>,
}

/// Gathers what the document states, before the schemas of items are forgotten.
pub(in super::super) fn stated<'a>(cx: &Context<'_>, composed: &'a Composed<'a>) -> Stated<'a> {
    let discriminators = cx
        .unions()
        .filter_map(|(item, id)| Some((item, discriminator(cx, id)?)))
        .collect();
    Stated {
        composed,
        schema_of: cx.schemas_of_items().to_vec(),
        discriminators,
    }
}

fn discriminator(cx: &Context, id: SchemaId) -> Option<Discriminator> {
    let schema = cx.schema(id);
    let stated = schema.discriminator.as_ref()?;
    let mapping = stated.mapping.iter();
    let mapping = mapping.map(|(value, target)| (value.clone(), cx.item_of(*target)));
    let name = |branch: &SchemaId| {
        let target = cx.referred(*branch);
        let referred = || cx.schema(*branch).reference.and_then(|id| cx.item_of(id));
        let item = cx.item_of(*branch).or_else(referred)?;
        let own = cx.schema(*branch).component.as_deref();
        let name = own.or_else(|| cx.component_in(*branch));
        let name = name.or(target.component.as_deref())?;
        Some((name.to_owned(), item))
    };
    let base = cx.base_of(id).or(stated.otherwise);
    Some(Discriminator {
        property: stated.property.clone(),
        mapping: mapping.collect(),
        names: schema.one_of.iter().filter_map(name).collect(),
        otherwise: base.and_then(|base| cx.item_of(base)),
    })
}

impl Stated<'_> {
    /// The discriminator of a union.
    pub(super) fn discriminator(&self, union: ItemId) -> Option<&Discriminator> {
        self.discriminators.get(&union)
    }

    /// The values that the schema of a struct lists for a property, besides null. `None` when it lists none, or when
    /// some of them cannot be tags.
    pub(super) fn listed(&self, item: ItemId, property: &str) -> Option<Vec<TagValue>> {
        let schema = self.composed.get(self.schema_of[item.0 as usize]);
        let schema = self.composed.target(*schema.properties.get(property)?);
        let schema = self.composed.get(schema);
        let values = facts::values(schema)?.iter();
        let tags: Option<Vec<TagValue>> = values
            .filter(|value| !value.is_null())
            .map(TagValue::of)
            .collect();
        let mut tags = tags.filter(|tags| !tags.is_empty())?;
        let mut seen = HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
        Some(tags)
    }
}
