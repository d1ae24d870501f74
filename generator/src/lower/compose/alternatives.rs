//! A value of one of several types: what a schema with choices becomes.
//!
//! A choice becomes a union of its branches. What the schema says besides holds for each of them. Branches of `anyOf` that are objects which nothing tells apart may hold at once, so that they
//! become one object that has the properties of all, and nothing of such a value is lost.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::branches::Choice;
use super::{Composer, annotated, is_several, named, parts};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::lower::facts::is_of_numbers;
use crate::model::{Discriminator, Schema, SchemaId, SimpleType};

/// How many members a type is worth that a choice makes of one of its branches.
const WORTH: usize = 5;

/// How deeply choices may stand in choices where each adds to an object.
const MAX_DEPTH: u8 = 4;

impl Composer<'_, '_> {
    /// What a schema becomes, given what its parts demand besides the choices among them.
    pub(super) fn choose(
        &mut self,
        id: SchemaId,
        merged: Schema,
        mut choices: Vec<Choice>,
    ) -> Schema {
        let mut merged = self.with_conditional(merged);
        for choice in &mut choices {
            merged.nullable |= self.take_null(choice);
        }
        if merged.enumeration.is_some() || choices.is_empty() {
            return self.split(merged);
        }
        let is_bare = !has_structure(&merged);
        if is_bare
            && let [choice] = &choices[..]
            && let [only] = choice.branches[..]
        {
            return named(&merged, only);
        }
        if is_bare
            && let [choice] = &choices[..]
            && let Some(listed) = self.listed(&merged, choice)
        {
            return listed;
        }
        let mut chosen: Option<Choice> = None;
        for mut choice in choices {
            if !is_bare {
                choice.branches.retain(|it| self.adds_to_object(*it));
            }
            if choice.branches.is_empty() {
                continue;
            }
            if choice.branches.len() == 1 || self.is_merged(&choice) {
                merged = self.merge_branches(merged, &choice.branches);
            } else if let Some(before) = &chosen {
                let unread = if before.discriminator.is_some() {
                    &choice
                } else {
                    before
                };
                self.report_choice(&merged.place, unread);
                if before.discriminator.is_none() && choice.discriminator.is_some() {
                    chosen = Some(choice);
                }
            } else {
                chosen = Some(choice);
            }
        }
        match chosen {
            None => self.split(merged),
            Some(choice) if has_structure(&merged) => self.distribute(id, merged, choice),
            Some(choice) => union(&merged, choice.branches, choice.discriminator),
        }
    }

    /// Takes out a branch of `anyOf` that is `type: object` and `nullable` beside branches that are objects, and says
    /// whether there was one: that is how some documents of 3.0 say that what they refer to may be null.
    fn take_null(&self, choice: &mut Choice) -> bool {
        let is_null = |branch: &SchemaId| {
            let schema = self.schema(*branch);
            let own = [SimpleType::Object];
            schema.nullable && schema.types == own && !self.adds_to_object(*branch)
        };
        let (nulls, others): (Vec<_>, Vec<_>) = choice.branches.iter().partition(|it| is_null(it));
        let is_meant = choice.is_any
            && !nulls.is_empty()
            && !others.is_empty()
            && others.iter().all(|it| self.is_object(*it));
        if is_meant {
            choice.branches = others;
        }
        is_meant
    }

    /// Whether a branch says more than its type and which properties a value must have.
    fn adds_to_object(&self, branch: SchemaId) -> bool {
        self.parts(branch).iter().any(|part| {
            let schema = self.schema(*part);
            has_structure(schema)
                || parts::has_own_choice(schema)
                || !schema.types.iter().all(|it| *it == SimpleType::Object)
        })
    }

    /// Whether the branches of a choice become one object.
    fn is_merged(&self, choice: &Choice) -> bool {
        choice.is_any
            && choice.discriminator.is_none()
            && self.are_plain_objects(&choice.branches)
            && !self.has_tag(&choice.branches)
    }

    /// A choice beside other keywords: each branch is what it says itself and what they say.
    fn distribute(&mut self, id: SchemaId, merged: Schema, choice: Choice) -> Schema {
        let depth = self.depth.get(&id).copied().unwrap_or_default();
        if depth == MAX_DEPTH || !self.may_make() {
            self.report_choice(&merged.place, &choice);
            return self.open(merged);
        }
        let own_base = self.bases.get(&id).copied();
        let mut base = merged.clone();
        base.component = None;
        base.discriminator = None;
        let base = self.make(base);
        let mut mapping = choice.discriminator.clone();
        let mut branches = Vec::new();
        for branch in choice.branches {
            if Some(branch) == own_base || self.includes(branch, id, &merged) {
                branches.push(branch);
                continue;
            }
            let stated = self.schema(branch);
            let alias = self.alias(branch);
            let target = alias.map(|it| self.schema(it));
            let component = stated.component.as_ref();
            let component = component.or(target.and_then(|it| it.component.as_ref()));
            let component = component.cloned();
            let hint = component.clone();
            let hint = hint.or_else(|| self.hints.get(&branch).cloned());
            let mut both = Schema::any(merged.place.clone());
            both.title.clone_from(&stated.title);
            both.description.clone_from(&stated.description);
            both.all_of = vec![base, branch];
            let both = self.make(both);
            self.spend(WORTH);
            self.depth.insert(both, depth + 1);
            self.hints.extend(hint.map(|hint| (both, hint)));
            self.components.extend(component.map(|it| (both, it)));
            if choice.base == Some(branch) {
                self.bases.insert(id, both);
            }
            let targets = mapping.iter_mut();
            let targets =
                targets.flat_map(|it| it.mapping.values_mut().chain(it.otherwise.as_mut()));
            for target in targets {
                if *target == branch || Some(*target) == alias {
                    *target = both;
                }
            }
            branches.push(both);
        }
        union(&merged, branches, mapping)
    }

    /// Whether a branch has all that the schema describes which offers it: it extends the schema, or describes
    /// the same properties.
    fn includes(&self, branch: SchemaId, id: SchemaId, merged: &Schema) -> bool {
        if self.is_extender(branch, id) || self.extends(branch, id) {
            return true;
        }
        let parts = self.parts(branch);
        let (mut described, mut required) = (HashSet::new(), HashSet::new());
        for part in &parts {
            let part = self.schema(*part);
            described.extend(part.properties.keys().map(String::as_str));
            required.extend(part.required.iter().map(String::as_str));
        }
        let is_open = |it: SchemaId| self.schema(it).satisfiable;
        !merged.properties.is_empty()
            && !merged.additional_properties.is_some_and(is_open)
            && merged.pattern_properties.is_empty()
            && merged
                .properties
                .keys()
                .all(|it| described.contains(it.as_str()))
            && merged
                .required
                .iter()
                .all(|it| required.contains(it.as_str()) || !merged.properties.contains_key(it))
            && self.choices(branch, &parts).is_empty()
    }

    /// An object with the properties of all branches besides its own. One is demanded when every branch
    /// demands it.
    fn merge_branches(&mut self, mut merged: Schema, branches: &[SchemaId]) -> Schema {
        let mut demanded: Option<Vec<String>> = None;
        let mut properties: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
        let (mut is_open, mut all_closed) = (false, true);
        for branch in branches {
            let parts = self.parts(*branch);
            let of_branch = self.merge(*branch, &parts);
            for (name, property) in of_branch.properties {
                properties.entry(name).or_default().push(property);
            }
            demanded = Some(match demanded {
                None => of_branch.required,
                Some(mut before) => {
                    let also: HashSet<String> = of_branch.required.into_iter().collect();
                    before.retain(|name| also.contains(name));
                    before
                }
            });
            let satisfiable = |id: SchemaId| self.schema(id).satisfiable;
            is_open |= of_branch.additional_properties.is_some_and(satisfiable);
            all_closed &= of_branch
                .additional_properties
                .is_some_and(|it| !satisfiable(it));
        }
        let known: HashSet<String> = merged.required.iter().cloned().collect();
        let demanded = demanded.into_iter().flatten();
        merged
            .required
            .extend(demanded.filter(|name| !known.contains(name)));
        self.add_possible(&mut merged, properties);
        if merged.types.is_empty() {
            merged.types = vec![SimpleType::Object];
        }
        if is_open {
            return self.open(merged);
        }
        if all_closed && merged.additional_properties.is_none() {
            let mut none = Schema::any(merged.place.clone());
            none.satisfiable = false;
            merged.additional_properties = Some(self.make(none));
        }
        merged
    }

    /// An object with the properties that `then`, `else` and their like describe for some values of it.
    fn with_conditional(&mut self, mut merged: Schema) -> Schema {
        let mut properties: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
        let mut seen = HashSet::new();
        for condition in std::mem::take(&mut merged.conditional) {
            for part in self.parts(condition) {
                if seen.insert(part) {
                    let described = self.schema(part).properties.clone();
                    for (name, property) in described {
                        properties.entry(name).or_default().push(property);
                    }
                }
            }
        }
        self.add_possible(&mut merged, properties);
        merged
    }

    /// Adds properties that only some values of an object have.
    fn add_possible(&mut self, merged: &mut Schema, possible: IndexMap<String, Vec<SchemaId>>) {
        for (name, schemas) in possible {
            if !merged.properties.contains_key(&name) {
                let schema = self.disjoin(&schemas);
                merged.properties.insert(name, schema);
            }
        }
    }

    /// The schema that allows what any of several does: one of them if it allows all, or else one that is made.
    pub(super) fn disjoin(&mut self, schemas: &[SchemaId]) -> SchemaId {
        let mut needed: Vec<SchemaId> = Vec::new();
        for schema in schemas {
            if !self.cost.look() {
                return *schema;
            }
            let allows = |it: &SchemaId| self.allows_all_of(*it, *schema);
            if needed.iter().any(allows) {
                continue;
            }
            needed.retain(|before| !self.allows_all_of(*schema, *before));
            needed.push(*schema);
        }
        let (first, rest) = needed
            .split_first()
            .unwrap_or_else(|| unreachable!("some branch describes the property"));
        if rest.is_empty() {
            return *first;
        }
        let mut made = annotated(self.schema(*first));
        made.component = None;
        made.nullable = needed.iter().any(|it| self.schema(*it).nullable);
        made.any_of = needed;
        self.make(made)
    }

    /// Whether a schema allows what another does, as far as types go. What adds a list of values to a type is
    /// the narrower.
    fn allows_all_of(&self, id: SchemaId, other: SchemaId) -> bool {
        id == other || (self.covers(other, id) && !parts::has_own_choice(self.schema(other)))
    }

    /// A schema of several types is a choice of schemas of one type each.
    fn split(&mut self, merged: Schema) -> Schema {
        if !is_several(&merged.types) || merged.enumeration.is_some() {
            return merged;
        }
        let has_number = merged.types.contains(&SimpleType::Number);
        let mut branches = Vec::new();
        for ty in &merged.types {
            if has_number && *ty == SimpleType::Integer {
                continue;
            }
            let branch = of_type(&merged, *ty);
            branches.push(self.make(branch));
        }
        union(&merged, branches, None)
    }

    /// An object that keeps properties which it does not describe.
    fn open(&mut self, mut merged: Schema) -> Schema {
        let is_open = |id: SchemaId| self.schema(id).satisfiable;
        if !merged.additional_properties.is_some_and(is_open) {
            let any = Schema::any(merged.place.clone());
            merged.additional_properties = Some(self.make(any));
        }
        merged
    }

    fn report_choice(&mut self, place: &Place, choice: &Choice) {
        let keyword = if choice.is_any { "anyOf" } else { "oneOf" };
        let message = format!("`{keyword}` next to the schema's other keywords is approximated");
        let finding = Diagnostic::at(Code::UnsupportedFeature, &place.keyword(keyword), message);
        let label = "the branches have no effect on the type";
        self.diagnostics.report(finding.label(label));
    }
}

/// Whether a schema says more of values than their type and which properties they must have.
fn has_structure(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || !schema.pattern_properties.is_empty()
        || schema.additional_properties.is_some()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema.enumeration.is_some()
}

/// A choice of schemas.
fn union(merged: &Schema, branches: Vec<SchemaId>, discriminator: Option<Discriminator>) -> Schema {
    Schema {
        one_of: branches,
        discriminator: discriminator.map(Box::new),
        ..annotated(merged)
    }
}

/// What a schema of several types says of values of one.
fn of_type(schema: &Schema, ty: SimpleType) -> Schema {
    let mut branch = Schema::any(schema.place.clone());
    branch.types = vec![ty];
    match ty {
        SimpleType::Object => {
            branch.properties.clone_from(&schema.properties);
            branch.required.clone_from(&schema.required);
            branch.additional_properties = schema.additional_properties;
            branch
                .pattern_properties
                .clone_from(&schema.pattern_properties);
        }
        SimpleType::Array => {
            branch.items = schema.items;
            branch.prefix_items.clone_from(&schema.prefix_items);
            branch.bounds.min_items = schema.bounds.min_items;
            branch.bounds.max_items = schema.bounds.max_items;
        }
        SimpleType::String => {
            branch.format = schema.format.clone().filter(|it| !is_of_numbers(it));
            branch.content_encoding.clone_from(&schema.content_encoding);
        }
        SimpleType::Integer | SimpleType::Number => {
            branch.format = schema.format.clone().filter(|it| is_of_numbers(it));
            branch.bounds.minimum.clone_from(&schema.bounds.minimum);
            branch.bounds.maximum.clone_from(&schema.bounds.maximum);
            branch
                .bounds
                .exclusive_minimum
                .clone_from(&schema.bounds.exclusive_minimum);
            branch
                .bounds
                .exclusive_maximum
                .clone_from(&schema.bounds.exclusive_maximum);
        }
        SimpleType::Boolean | SimpleType::Null => {}
    }
    branch
}
