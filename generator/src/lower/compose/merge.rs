//! Several schemas that must all hold -> one that demands what they demand together.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{Composer, annotated, parts};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::lower::facts;
use crate::model::{Bound, Schema, SchemaId, SimpleType};

impl Composer<'_, '_> {
    /// Merges the parts of a schema. Choices among them are left out.
    pub(super) fn merge(&mut self, id: SchemaId, parts: &[SchemaId]) -> Schema {
        let mut merged = annotated(self.schema(id));
        let place = merged.place.clone();
        let mut properties: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
        let mut patterns: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
        let (mut items, mut nullable) = (Vec::new(), true);
        let (mut conflicts, mut inherited) = (Vec::new(), 0);
        for part in parts {
            let schema = self.schema(*part);
            if *part != id {
                inherited += schema.properties.len() + schema.required.len();
            }
            // A branch that only demands properties does not say what else a value may be.
            nullable &= schema.nullable || !parts::is_telling(schema);
            conflicts.extend(restrict_types(&mut merged, schema));
            merge_values(&mut merged, schema);
            merge_bounds(&mut merged, schema);
            for (name, property) in &schema.properties {
                properties.entry(name.clone()).or_default().push(*property);
            }
            for (pattern, property) in schema.pattern_properties.iter() {
                patterns.entry(pattern.clone()).or_default().push(*property);
            }
            merged.required.extend(schema.required.iter().cloned());
            self.merge_additional(&mut merged, schema);
            items.extend(schema.items);
            if merged.prefix_items.is_empty() {
                merged.prefix_items.clone_from(&schema.prefix_items);
            }
            merged.conditional.extend(&schema.conditional);
            merged.satisfiable &= schema.satisfiable;
            if *part != id && schema.component.is_none() {
                merged.xml = merged.xml.or_else(|| schema.xml.clone());
                merged
                    .other_keywords
                    .extend(schema.other_keywords.iter().cloned());
                merged.not = merged.not.or(schema.not);
            }
        }
        for conflict in conflicts {
            self.diagnostics.report(conflict);
        }
        self.spend(inherited);
        merged.not = self.schema(id).not.or(merged.not);
        merged.nullable |= nullable && !parts.is_empty();
        let mut seen = HashSet::new();
        merged.required.retain(|name| seen.insert(name.clone()));
        merged.properties = self.conjoined(&place, properties);
        merged.pattern_properties = self.conjoined(&place, patterns).into();
        merged.items = (!items.is_empty()).then(|| self.conjoin(&place, "items", &items));
        merged
    }

    fn conjoined(
        &mut self,
        place: &Place,
        schemas: IndexMap<String, Vec<SchemaId>>,
    ) -> IndexMap<String, SchemaId> {
        schemas
            .into_iter()
            .map(|(name, schemas)| {
                let schema = self.conjoin(place, &name, &schemas);
                (name, schema)
            })
            .collect()
    }

    /// What is said of further properties: what says most counts. A part that allows none hardly means to
    /// forbid what the others describe.
    fn merge_additional(&self, merged: &mut Schema, schema: &Schema) {
        let denies = |id: SchemaId| !self.schema(id).satisfiable;
        match (merged.additional_properties, schema.additional_properties) {
            (_, None) => {}
            (Some(before), Some(after)) if denies(after) && !denies(before) => {}
            (_, after) => merged.additional_properties = after,
        }
    }

    /// The schema that demands what several do, of a property for instance: one of them if it demands all,
    /// or else one that is made.
    fn conjoin(&mut self, place: &Place, name: &str, schemas: &[SchemaId]) -> SchemaId {
        let mut needed: Vec<SchemaId> = Vec::new();
        for schema in schemas {
            if !self.cost.look() {
                return *schema;
            }
            let covers = |it: &SchemaId| self.covers(*it, *schema);
            if needed.iter().any(covers) {
                continue;
            }
            needed.retain(|before| !self.covers(*schema, *before));
            needed.push(*schema);
        }
        if let [only] = needed[..] {
            return only;
        }
        let Some(last) = needed.last().copied() else {
            unreachable!("`{name}` is described by some schema");
        };
        let mut leaves: Vec<SchemaId> = needed.iter().flat_map(|it| self.leaves(*it)).collect();
        leaves.dedup();
        if let Some(known) = self.conjunctions.get(&leaves) {
            return *known;
        }
        if !self.may_make() || self.exclude_each_other(name, &needed) {
            return last;
        }
        let mut made = Schema::any(place.clone());
        for schema in &needed {
            annotate(&mut made, self.schema(*schema));
        }
        made.nullable = needed.iter().all(|it| self.schema(*it).nullable);
        made.all_of.clone_from(&needed);
        let id = self.make(made);
        self.conjunctions.insert(leaves, id);
        id
    }

    /// The stated schemas that a schema is made of; a stated one is its own.
    fn leaves(&self, id: SchemaId) -> Vec<SchemaId> {
        if (id.0 as usize) < self.stated.0.len() {
            return vec![id];
        }
        let parts = self.schema(id).all_of.iter();
        parts.flat_map(|part| self.leaves(*part)).collect()
    }

    /// Whether a schema demands at least what another does, as far as types go: it is the same, extends it, or
    /// the other says nothing that it does not say.
    pub(super) fn covers(&self, id: SchemaId, other: SchemaId) -> bool {
        if id == other || self.extends(id, other) {
            return true;
        }
        let (schema, other) = (self.schema(id), self.schema(other));
        if !parts::is_telling(other) && other.required.is_empty() {
            return true;
        }
        let is_scalar = |it: &Schema| {
            it.reference.is_none()
                && it.all_of.is_empty()
                && it.one_of.is_empty()
                && it.any_of.is_empty()
                && it.items.is_none()
                && it.prefix_items.is_empty()
                && it.properties.is_empty()
                && it.required.is_empty()
                && it.additional_properties.is_none()
                && it.pattern_properties.is_empty()
                && it.satisfiable
        };
        let keeps = |stated: bool, same: bool| !stated || same;
        is_scalar(schema)
            && is_scalar(other)
            && keeps(
                !other.types.is_empty(),
                intersection(&other.types, &schema.types).len() == schema.types.len()
                    && !schema.types.is_empty(),
            )
            && keeps(other.format.is_some(), other.format == schema.format)
            && keeps(other.constant.is_some(), other.constant == schema.constant)
            && other.enumeration.as_ref().is_none_or(|listed| {
                let listed: HashSet<&Json> = listed.iter().collect();
                let values = facts::values(schema);
                values.is_some_and(|values| values.iter().all(|value| listed.contains(value)))
            })
    }

    /// Whether no value satisfies two schemas, since each allows other types. Reports it.
    fn exclude_each_other(&mut self, name: &str, schemas: &[SchemaId]) -> bool {
        let types = |id: &SchemaId| {
            let mut types = self.types_of(*id);
            types.retain(|ty| *ty != SimpleType::Null);
            types
        };
        let mut known = schemas.iter().map(|id| (id, types(id)));
        let Some((first, mut common)) = known.find(|(_, types)| !types.is_empty()) else {
            return false;
        };
        for (id, types) in known.filter(|(_, types)| !types.is_empty()) {
            common = intersection(&common, &types);
            if common.is_empty() {
                let (place, other) = (&self.schema(*id).place, &self.schema(*first).place);
                let message =
                    format!("`allOf` gives the property `{name}` two types that no value can have");
                let place = place.keyword("type");
                let finding = Diagnostic::at(Code::ConflictingSchemas, &place, message);
                let finding = finding
                    .label("this type is used")
                    .related(&other.keyword("type"), "the other type")
                    .help("give the property the same type in both schemas");
                self.diagnostics.report(finding);
                return true;
            }
        }
        false
    }

    /// The types that the parts of a schema allow together, as far as they state any.
    pub(super) fn types_of(&self, id: SchemaId) -> Vec<SimpleType> {
        let mut types: Vec<SimpleType> = Vec::new();
        for part in self.parts(id) {
            let stated = facts::types(self.schema(part));
            if types.is_empty() {
                types = stated;
            } else if !stated.is_empty() {
                types = intersection(&types, &stated);
            }
        }
        types
    }
}

/// The types that two schemas both allow. When there is none, the later counts, and a finding says so.
fn restrict_types(merged: &mut Schema, schema: &Schema) -> Option<Diagnostic> {
    if schema.types.is_empty() {
        return None;
    }
    if merged.types.is_empty() {
        merged.types.clone_from(&schema.types);
        return None;
    }
    let null = [SimpleType::Null];
    if (merged.types == null) != (schema.types == null) {
        // No value is null and something else; what is meant is that it may be either.
        if merged.types == null {
            merged.types.clone_from(&schema.types);
        }
        merged.nullable = true;
        return None;
    }
    let both = intersection(&merged.types, &schema.types);
    if !both.is_empty() {
        merged.types = both;
        return None;
    }
    merged.types.clone_from(&schema.types);
    let message = "`allOf` combines two types that no value can have";
    let place = schema.place.keyword("type");
    let finding = Diagnostic::at(Code::ConflictingSchemas, &place, message);
    Some(
        finding
            .label("this type is used")
            .related(&merged.place.keyword("type"), "the other type")
            .help("keep one of the types, or use `oneOf` if a value may have either"),
    )
}

/// Takes over what a schema says about its values besides which there are.
fn annotate(made: &mut Schema, schema: &Schema) {
    let stated = annotated(schema);
    made.title = stated.title.or(made.title.take());
    made.description = stated.description.or(made.description.take());
    made.default = stated.default.or(made.default.take());
    made.external_docs = stated.external_docs.or(made.external_docs.take());
    made.xml = stated.xml.or(made.xml.take());
    if !stated.examples.is_empty() {
        made.examples = stated.examples;
    }
    made.deprecated |= stated.deprecated;
    made.read_only |= stated.read_only;
    made.write_only |= stated.write_only;
    if stated.extensions.is_set() {
        made.extensions.extend((*stated.extensions).clone());
    }
}

/// The types that both lists allow; every integer is a number.
fn intersection(left: &[SimpleType], right: &[SimpleType]) -> Vec<SimpleType> {
    use SimpleType::{Integer, Number};
    let allows = |types: &[SimpleType], ty: SimpleType| {
        types.contains(&ty) || (ty == Integer && types.contains(&Number))
    };
    let mut both: Vec<_> = left
        .iter()
        .copied()
        .filter(|ty| allows(right, *ty))
        .collect();
    for ty in right {
        if allows(left, *ty) && !both.contains(ty) {
            both.push(*ty);
        }
    }
    both
}

/// Formats and listed values. Of two lists those count that are on both; the words for values come with them.
fn merge_values(merged: &mut Schema, schema: &Schema) {
    if let Some(values) = facts::values(schema) {
        let before = facts::values(merged);
        let both = |values: &[Json], other: &[Json]| -> Vec<Json> {
            let other: HashSet<&Json> = other.iter().collect();
            let values = values.iter().filter(|value| other.contains(value));
            values.cloned().collect()
        };
        let common = before.map(|before| both(values, before));
        merged.constant = None;
        merged.enumeration = Some(match common {
            Some(common) if !common.is_empty() => common,
            _ => values.to_vec(),
        });
        let of_values = |keyword: &str| keyword.starts_with("x-enum") || keyword == "x-ms-enum";
        let words = schema.extensions.iter();
        for (keyword, value) in words.filter(|(keyword, _)| of_values(keyword)) {
            merged.extensions.insert(keyword.clone(), value.clone());
        }
    }
    let take = |merged: &mut Option<String>, stated: &Option<String>| {
        if stated.is_some() {
            merged.clone_from(stated);
        }
    };
    take(&mut merged.format, &schema.format);
    if schema.bounds.pattern.is_some() {
        merged.bounds.pattern.clone_from(&schema.bounds.pattern);
    }
    take(&mut merged.content_encoding, &schema.content_encoding);
    take(&mut merged.content_media_type, &schema.content_media_type);
}

/// Bounds: the later counts.
fn merge_bounds(merged: &mut Schema, schema: &Schema) {
    let number = |merged: &mut Option<Bound>, stated: &Option<Bound>| {
        if stated.is_some() {
            merged.clone_from(stated);
        }
    };
    if schema.bounds.is_set() {
        let (merged, schema) = (&mut *merged.bounds, &*schema.bounds);
        number(&mut merged.minimum, &schema.minimum);
        number(&mut merged.maximum, &schema.maximum);
        number(&mut merged.exclusive_minimum, &schema.exclusive_minimum);
        number(&mut merged.exclusive_maximum, &schema.exclusive_maximum);
        number(&mut merged.multiple_of, &schema.multiple_of);
        let count = |merged: &mut Option<u64>, stated: Option<u64>| *merged = stated.or(*merged);
        count(&mut merged.min_length, schema.min_length);
        count(&mut merged.max_length, schema.max_length);
        count(&mut merged.min_items, schema.min_items);
        count(&mut merged.max_items, schema.max_items);
        count(&mut merged.min_properties, schema.min_properties);
        count(&mut merged.max_properties, schema.max_properties);
        merged.unique_items |= schema.unique_items;
    }
    merged.property_names = schema.property_names.or(merged.property_names);
    merged.content_schema = schema.content_schema.or(merged.content_schema);
}
