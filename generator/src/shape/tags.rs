//! Properties by which a union is told the type of a value, where that type is nothing but a type of unions.
//!
//! A discriminator (OAS 3.2.0, Discriminator Object) is often a mere text in each of the schemas that it tells apart, and
//! the union knows its values. A value of such a type can have no other than the one that leads to it.

use std::collections::HashMap;

use super::reach::{items_in, types_in};
use crate::ir::{Api, Choice, Field, ItemKind, JsonType, TagValue, Type, Union, Value};

/// The values of such properties.
pub(super) struct Tags {
    /// By item: the property, and its value.
    by_item: HashMap<usize, (String, Value)>,
}

impl Tags {
    /// Looks through an API.
    pub(super) fn of(api: &Api) -> Self {
        let mut found: HashMap<usize, Vec<(&str, &TagValue)>> = HashMap::new();
        // Items that something else than a tag leads to.
        let mut others = Vec::new();
        for item in &api.items {
            match &item.kind {
                ItemKind::Union(union) => add(api, union, &mut found, &mut others),
                _ => types_in(item)
                    .into_iter()
                    .for_each(|ty| items_in(ty, &mut others)),
            }
        }
        api.mentioned_types()
            .for_each(|ty| items_in(ty, &mut others));
        for index in others {
            found.remove(&index);
        }
        let sole = |tags: Vec<(&str, &TagValue)>| {
            let (first, rest) = tags.split_first()?;
            let value = value(first.1);
            rest.iter()
                .all(|it| it == first)
                .then(|| (first.0.to_owned(), value))
        };
        let by_item = found.into_iter();
        Self {
            by_item: by_item
                .filter_map(|(index, tags)| Some((index, sole(tags)?)))
                .collect(),
        }
    }

    /// The value of a field of an item, by its index, if that is such a property.
    pub(super) fn value(&self, index: usize, field: &Field) -> Option<&Value> {
        let (property, value) = self.by_item.get(&index)?;
        let ty = match value {
            Value::String(_) => JsonType::String,
            Value::Bool(_) => JsonType::Boolean,
            _ => JsonType::Number,
        };
        // A mapping may have texts for what is a number.
        let fits = field.ty.json_type().is_none_or(|it| it == ty);
        (fits && *property == field.wire_name).then_some(value)
    }
}

/// Adds the tags that lead to the types of a union, and the types that something else leads to.
fn add<'a>(
    api: &'a Api,
    union: &'a Union,
    found: &mut HashMap<usize, Vec<(&'a str, &'a TagValue)>>,
    others: &mut Vec<usize>,
) {
    let mut tags: Vec<Vec<(&str, &TagValue)>> = vec![Vec::new(); union.branches.len()];
    for (_, choice) in &union.dispatch {
        let Choice::Tag {
            property,
            values,
            other,
            absent,
        } = choice
        else {
            continue;
        };
        for (value, choice) in values {
            if let Some(branch) = choice.sole() {
                tags[branch].push((property, value));
            }
        }
        // What any value leads to, or none, has no value of its own.
        for branch in [other, absent]
            .into_iter()
            .flatten()
            .filter_map(|it| it.sole())
        {
            tags[branch].clear();
        }
    }
    for (branch, tags) in union.branches.iter().zip(tags) {
        match &branch.ty {
            Type::Item(id) if !tags.is_empty() && is_struct(api, &branch.ty) => {
                found.entry(id.0 as usize).or_default().extend(tags);
            }
            ty => items_in(ty, others),
        }
    }
}

fn is_struct(api: &Api, ty: &Type) -> bool {
    matches!(ty, Type::Item(id) if matches!(api[*id].kind, ItemKind::Struct(_)))
}

fn value(tag: &TagValue) -> Value {
    match tag {
        TagValue::Text(text) => Value::from(text.as_str()),
        TagValue::Integer(value) => Value::from(*value),
        TagValue::Boolean(value) => Value::from(*value),
    }
}
