//! What the branches of a choice are to each other: listed values, objects, marked by constants.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use serde_json::{Value as Json, json};

use super::{Composer, named, parts};
use crate::ir::TagValue;
use crate::lower::facts;
use crate::model::{Discriminator, Extensions, Schema, SchemaId, SimpleType};

/// A `oneOf` or `anyOf` of several branches, with the discriminator beside it.
pub(super) struct Choice {
    pub(super) branches: Vec<SchemaId>,
    pub(super) discriminator: Option<Discriminator>,
    /// Whether a value may be of several branches at once.
    pub(super) is_any: bool,
    /// Where the choice is one of what extends a base schema: the branch for the base itself.
    pub(super) base: Option<SchemaId>,
}

impl Composer<'_, '_> {
    /// The choices that the parts of a schema demand to make. One whose branches only add demands to
    /// properties gives no choice of types. Nor does one for a schema that is one of its branches or extends one:
    /// there the choice is made. A component that extends the part as its branches do counts as one of them.
    pub(super) fn choices(&self, id: SchemaId, parts: &[SchemaId]) -> Vec<Choice> {
        let mut choices = Vec::new();
        let extended = LazyCell::new(|| self.kinds_of(id));
        let is_kind = self.schema(id).component.is_some();
        for part in parts {
            let schema = self.schema(*part);
            for (branches, is_any) in [(&schema.one_of, false), (&schema.any_of, true)] {
                let says_something = branches
                    .iter()
                    .any(|branch| parts::is_telling(self.schema(*branch)));
                let is_made = || {
                    self.is_extender(id, *part)
                        || branches.iter().any(|it| extended.contains(it))
                        || is_kind && branches.iter().any(|it| self.extends(*it, *part))
                };
                if branches.len() < 2 || !says_something || (*part != id && is_made()) {
                    continue;
                }
                let mut seen = HashSet::new();
                // A branch that is the choice itself allows what the others do.
                let branches = branches.iter().copied();
                let branches: Vec<SchemaId> = branches
                    .filter(|it| self.schema(*it).satisfiable && seen.insert(*it))
                    .filter(|it| !self.is_name_of(*it, *part))
                    .collect();
                if branches.is_empty() {
                    continue;
                }
                choices.push(Choice {
                    branches,
                    discriminator: schema.discriminator.as_deref().cloned(),
                    is_any,
                    base: self.bases.get(part).copied(),
                });
            }
        }
        choices
    }

    /// Whether a schema is a component that extends a base, or the branch for one itself.
    pub(super) fn is_extender(&self, id: SchemaId, base: SchemaId) -> bool {
        let component = self.own_branches.get(&id).unwrap_or(&id);
        let extenders = self.extenders.get(&base);
        extenders.is_some_and(|it| it.contains(component))
    }

    /// Of which kinds a schema is: what it extends, and the base schemas whose own branch it extends.
    fn kinds_of(&self, id: SchemaId) -> HashSet<SchemaId> {
        let mut kinds = self.extended_by(id);
        let bases = kinds.iter().filter_map(|it| self.own_branches.get(it));
        let bases: Vec<SchemaId> = bases.copied().collect();
        kinds.extend(bases);
        kinds
    }

    /// Whether all branches are objects without choices of their own.
    pub(super) fn are_plain_objects(&self, branches: &[SchemaId]) -> bool {
        branches.iter().all(|branch| {
            let parts = self.parts(*branch);
            self.is_object(*branch) && self.choices(*branch, &parts).is_empty()
        })
    }

    /// Whether values of a schema are objects.
    pub(super) fn is_object(&self, id: SchemaId) -> bool {
        if self.types_of(id) == [SimpleType::Object] {
            return true;
        }
        // What chooses among objects is one.
        let parts = self.parts(id);
        let choices = self.choices(id, &parts);
        !choices.is_empty()
            && choices.iter().all(|choice| {
                choice
                    .branches
                    .iter()
                    .all(|it| self.types_of(*it) == [SimpleType::Object])
            })
    }

    /// Whether every branch demands some property and lists values for it that no other does.
    pub(super) fn has_tag(&self, branches: &[SchemaId]) -> bool {
        let listed: Vec<_> = branches.iter().map(|it| self.tags(*it)).collect();
        let Some(first) = listed.first() else {
            return false;
        };
        first.keys().any(|name| {
            let mut seen = HashSet::new();
            let mut lists = listed.iter().map(|it| it.get(name));
            lists.all(|list| list.is_some_and(|it| it.iter().all(|tag| seen.insert(tag.clone()))))
        })
    }

    /// The properties that a branch demands and lists values for, each with these.
    fn tags(&self, branch: SchemaId) -> HashMap<String, HashSet<TagValue>> {
        let parts = self.parts(branch);
        let required: HashSet<&String> = parts
            .iter()
            .flat_map(|part| &self.schema(*part).required)
            .collect();
        let properties = parts.iter().flat_map(|part| &self.schema(*part).properties);
        let mut tags: HashMap<String, HashSet<TagValue>> = HashMap::new();
        for (name, property) in properties.filter(|(name, _)| required.contains(name)) {
            let parts = self.parts(*property);
            let mut lists = parts
                .iter()
                .filter_map(|part| facts::values(self.schema(*part)));
            let listed: Option<HashSet<TagValue>> = lists
                .next()
                .and_then(|list| list.iter().map(TagValue::of).collect());
            let Some(listed) = listed else { continue };
            match tags.get_mut(name) {
                // A later part narrows down what an earlier one lists.
                Some(known) if listed.iter().any(|tag| known.contains(tag)) => {
                    known.retain(|tag| listed.contains(tag));
                }
                Some(known) => *known = listed,
                None => {
                    tags.insert(name.clone(), listed);
                }
            }
        }
        tags
    }

    /// The one enumeration that branches are which list values, perhaps beside a branch that allows all of their
    /// type: enumerations are open, so that they could not be told apart. What a branch says of its sole
    /// value goes with the value.
    pub(super) fn listed(&self, schema: &Schema, choice: &Choice) -> Option<Schema> {
        let mut listing: Vec<SchemaId> = Vec::new();
        let mut has_plain = false;
        for branch in &choice.branches {
            let parts = self.parts(*branch);
            let [part] = parts[..] else { return None };
            let part = self.schema(part);
            let is_scalar = |value: &Json| !value.is_array() && !value.is_object();
            if facts::values(part).is_some_and(|values| values.iter().all(is_scalar)) {
                listing.push(*branch);
            } else if part.format.is_none() && part.types == [SimpleType::String] {
                has_plain = true;
            } else {
                return None;
            }
        }
        let [first, ..] = listing[..] else {
            return None;
        };
        if listing.len() == 1 && self.has_name(first) {
            return Some(named(schema, first));
        }
        let mut values: Vec<Json> = Vec::new();
        let mut known: HashSet<Json> = HashSet::new();
        let (mut names, mut descriptions) = (Vec::new(), Vec::new());
        for branch in listing {
            let part = *self.parts(branch).first()?;
            let (branch, part) = (self.schema(branch), self.schema(part));
            let listed = facts::values(part)?;
            let is_sole = listed.len() == 1;
            for (index, value) in listed.iter().enumerate() {
                if !known.insert(value.clone()) {
                    continue;
                }
                let beside = |keyword: &str| part.extensions.get(keyword)?.get(index);
                let title = branch
                    .title
                    .as_ref()
                    .filter(|_| is_sole && !value.is_string());
                let title = title.map(|it| json!(it));
                let described = branch.description.as_ref().or(branch.title.as_ref());
                let described = described.filter(|_| is_sole).map(|it| json!(it));
                let word = beside("x-enum-varnames").cloned().or(title);
                let described = beside("x-enum-descriptions").cloned().or(described);
                names.push(word.unwrap_or_default());
                descriptions.push(described.unwrap_or_default());
                values.push(value.clone());
            }
        }
        if has_plain && !values.iter().all(Json::is_string) {
            return None;
        }
        let mut enumeration = super::annotated(schema);
        let note = |keyword: &str, words: Vec<Json>, extensions: &mut Extensions| {
            if words.iter().any(|word| !word.is_null()) && !extensions.contains_key(keyword) {
                extensions.insert(keyword.to_owned(), Json::Array(words));
            }
        };
        note("x-enum-varnames", names, &mut enumeration.extensions);
        note(
            "x-enum-descriptions",
            descriptions,
            &mut enumeration.extensions,
        );
        enumeration.enumeration = Some(values);
        Some(enumeration)
    }

    /// Whether a schema is a component, or but another name for one.
    fn has_name(&self, id: SchemaId) -> bool {
        let target = self.alias(id).unwrap_or(id);
        self.schema(target).component.is_some()
    }
}
