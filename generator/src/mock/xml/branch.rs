//! Which branch of a choice a value or an element is of: the one that the discriminator names, or else the one for
//! which the fewest properties would be left over or be missing.

use serde_json::Value;

use super::element::Element;
use super::look::{Content, Looks, Property};
use super::read::{Reader, exact};
use crate::model::{SchemaId, SimpleType, XmlNode};

/// How badly a branch fits of which nothing is known.
const ANYTHING: usize = 1_000_000;

impl Looks<'_> {
    /// The branch of a value; `None` when the schema is no choice, or none fits.
    pub(super) fn choose(self, id: SchemaId, value: &Value) -> Option<SchemaId> {
        let Content::Union(branches) = self.content(id) else {
            return None;
        };
        let named = self.tagged(id, &branches, |property, _| {
            let tag = value.get(property)?;
            Some(tag.as_str().map_or_else(|| tag.to_string(), str::to_owned))
        });
        named.or_else(|| {
            let fit = |it: &SchemaId| Some((self.misfit(*it, value)?, *it));
            let fitting = branches.iter().filter_map(fit);
            fitting.min_by_key(|(misfit, _)| *misfit).map(|(_, it)| it)
        })
    }

    /// The branch that a discriminator names. `tag` finds its text for a branch.
    fn tagged(
        self,
        id: SchemaId,
        branches: &[SchemaId],
        tag: impl Fn(&str, SchemaId) -> Option<String>,
    ) -> Option<SchemaId> {
        let discriminator = self.schema(id).discriminator.as_deref()?;
        let property = &discriminator.property;
        branches.iter().copied().find(|branch| {
            let Some(text) = tag(property, *branch) else {
                return false;
            };
            if let Some(target) = discriminator.mapping.get(&text) {
                return target == branch;
            }
            let is_mapped = discriminator.mapping.values().any(|it| it == branch);
            !is_mapped && self.component(*branch).as_deref() == Some(&text)
        })
    }

    fn misfit(self, id: SchemaId, value: &Value) -> Option<usize> {
        match (self.content(id), value) {
            (Content::Any, _) => Some(ANYTHING),
            (Content::Mixed(types), _) => types.contains(&of(value)).then_some(1),
            (Content::Text, Value::String(_))
            | (Content::Number, Value::Number(_))
            | (Content::Boolean, Value::Bool(_))
            | (Content::List(_) | Content::Tuple(_), Value::Array(_)) => Some(0),
            (Content::Object(declared, further), Value::Object(properties)) => {
                let is_known = |name: &String| declared.iter().any(|it| it.name == *name);
                let left = properties.keys().filter(|it| !is_known(it));
                let left = if further.is_some() { 0 } else { left.count() };
                Some(left + missing(&declared, |it| properties.contains_key(&it.name)))
            }
            (Content::Union(branches), _) => {
                let misfits = branches.iter().filter_map(|it| self.misfit(*it, value));
                misfits.min()
            }
            _ => None,
        }
    }
}

impl Reader<'_> {
    /// The branch of an element; `None` when none fits.
    pub(super) fn branch(
        self,
        id: SchemaId,
        branches: &[SchemaId],
        element: &Element,
    ) -> Option<SchemaId> {
        let named = self.looks.tagged(id, branches, |property, branch| {
            let Content::Object(declared, _) = self.looks.content(branch) else {
                return None;
            };
            let look = declared.iter().find(|it| it.name == property);
            let value = look.and_then(|it| self.find(&it.look, element, property));
            match value {
                Some(Value::String(text)) => Some(text),
                Some(other) => Some(other.to_string()),
                None => {
                    let child = element.children().find(|it| it.name == property);
                    let attribute = element.attribute(property).map(str::to_owned);
                    attribute.or_else(|| child.map(Element::text))
                }
            }
        });
        named.or_else(|| {
            let fit = |it: &SchemaId| Some((self.misfit(*it, element)?, *it));
            let fitting = branches.iter().filter_map(fit);
            fitting.min_by_key(|(misfit, _)| *misfit).map(|(_, it)| it)
        })
    }

    fn misfit(self, id: SchemaId, element: &Element) -> Option<usize> {
        let has_children = element.children().next().is_some();
        let content = self.looks.content(id);
        match &content {
            Content::Any => Some(ANYTHING),
            Content::Text | Content::Mixed(_) => {
                (!has_children).then_some(1 + element.attributes.len())
            }
            Content::Number | Content::Boolean => {
                exact(&content, &element.text()).filter(|_| !has_children)?;
                Some(element.attributes.len())
            }
            Content::Object(declared, further) => {
                let children = element.children().map(|it| &it.name);
                let attributes = element.attributes.iter().map(|(name, _)| name);
                let left = children.chain(attributes);
                let left = left.filter(|it| !self.is_declared(declared, it)).count();
                let is_there = |it: &Property| self.find(&it.look, element, &it.name).is_some();
                let has_text = declared.iter().any(|it| it.look.node != XmlNode::Element);
                let stray = if has_text || element.text().trim().is_empty() {
                    0
                } else {
                    2
                };
                let left = if further.is_some() { 0 } else { left };
                Some(left + stray + missing(declared, is_there))
            }
            Content::List(_) => Some(usize::from(!element.text().trim().is_empty())),
            Content::Tuple(places) => Some(places.len().abs_diff(element.nodes.len())),
            Content::Union(branches) => {
                let misfits = branches.iter().filter_map(|it| self.misfit(*it, element));
                misfits.min()
            }
        }
    }
}

fn missing(declared: &[Property], is_there: impl Fn(&Property) -> bool) -> usize {
    let required = declared.iter().filter(|it| it.is_required);
    required.filter(|it| !is_there(it)).count()
}

fn of(value: &Value) -> SimpleType {
    match value {
        Value::Null => SimpleType::Null,
        Value::Bool(_) => SimpleType::Boolean,
        Value::Number(_) => SimpleType::Number,
        Value::String(_) => SimpleType::String,
        Value::Array(_) => SimpleType::Array,
        Value::Object(_) => SimpleType::Object,
    }
}
