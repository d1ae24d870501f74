//! Merges statements about a value that are spread over several schemas.
//!
//! `allOf`, `$ref` with siblings, `oneOf` and `anyOf`, lists of types and discriminators of a base schema all describe
//! a value in several schemas. They are merged here, so that the rest of `lower` sees only three forms:
//!
//! - a name for another schema: `reference`, and nothing else that matters to values;
//! - a choice: the branches in `one_of`, and perhaps a discriminator;
//! - a plain schema: at most one type with the keywords about it (`integer` beside `number` is `number`).
//!
//! Annotations (descriptions, examples, defaults, extensions) stay where they are.

mod alternatives;
mod branches;
mod chains;
mod collections;
mod cost;
mod inherit;
mod merge;
mod parts;

use std::collections::{HashMap, HashSet};

use cost::Cost;

use crate::diagnostics::Diagnostics;
use crate::limits::Limits;
use crate::lower::chain;
use crate::lower::facts::Class;
use crate::model::{Description, Schema, SchemaId, Schemas, SimpleType};

/// The schemas of a description, composed.
pub(super) struct Composed<'a> {
    stated: &'a Schemas,
    /// What stands in the place of a stated schema, and every schema that was made.
    replaced: Vec<Option<Box<Schema>>>,
    /// What kind of type each stands for.
    classes: Vec<Class>,
    /// For a base schema that has become a choice of the schemas that extend it: the base itself.
    bases: HashMap<SchemaId, SchemaId>,
    /// What made schemas are called after.
    hints: HashMap<SchemaId, String>,
    /// The components that made schemas hold as branches of choices.
    components: HashMap<SchemaId, String>,
}

impl Composed<'_> {
    /// With what kind of type each stands for.
    fn classified(mut self) -> Self {
        let ids = (0..).map(SchemaId).take(self.replaced.len());
        let denies = |id: SchemaId| !self.get(id).satisfiable;
        let class = |id: SchemaId| {
            let schema = self.get(id);
            Class::of(schema, schema.additional_properties.is_some_and(denies))
        };
        self.classes = ids.map(class).collect();
        self
    }

    /// A schema.
    pub(super) fn get(&self, id: SchemaId) -> &Schema {
        match &self.replaced[id.0 as usize] {
            Some(schema) => schema,
            None => &self.stated[id],
        }
    }

    /// What kind of type a schema stands for.
    pub(super) fn class(&self, id: SchemaId) -> Class {
        self.classes[id.0 as usize]
    }

    /// A schema and those that it is a name for, one after the other.
    pub(super) fn chain(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        chain::chain(id, |id| self.get(id).reference)
    }

    /// The schema at the end of a chain of references. One that does not end has no other schema than its first.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        chain::end(id, |id| self.get(id).reference)
    }

    /// What a made schema is called after.
    pub(super) fn hint(&self, id: SchemaId) -> Option<&str> {
        self.hints.get(&id).map(String::as_str)
    }

    /// The component that a made schema holds as the branch of a choice.
    pub(super) fn component_in(&self, id: SchemaId) -> Option<&str> {
        self.components.get(&id).map(String::as_str)
    }

    /// The branch that holds values which a discriminator does not know.
    pub(super) fn base_of(&self, id: SchemaId) -> Option<SchemaId> {
        self.bases.get(&id).copied()
    }
}

/// Composes every schema of a description.
pub(super) fn compose<'a>(
    description: &'a Description,
    diagnostics: &mut Diagnostics,
) -> Composed<'a> {
    let stated = &description.schemas;
    let mut composer = Composer {
        stated,
        extended: HashMap::new(),
        made: Vec::new(),
        conjunctions: HashMap::new(),
        bases: HashMap::new(),
        extenders: HashMap::new(),
        own_branches: HashMap::new(),
        depth: HashMap::new(),
        hints: HashMap::new(),
        components: HashMap::new(),
        limits: description.limits,
        cost: Cost::new(&description.limits, stated.0.len()),
        diagnostics,
    };
    composer.extend_bases();
    let mut replaced = Vec::with_capacity(stated.0.len());
    // Composing a schema may make others, which are composed in their turn.
    while replaced.len() < composer.len() {
        let id = composer.id(replaced.len());
        replaced.push(composer.compose(id).map(Box::new));
    }
    composer.cut_chains(&mut replaced);
    // A made schema that needs no more is itself.
    let made = std::mem::take(&mut composer.made);
    for (slot, schema) in replaced[stated.0.len()..].iter_mut().zip(made) {
        slot.get_or_insert_with(|| Box::new(schema));
    }
    let all = Composed {
        stated,
        replaced,
        classes: Vec::new(),
        bases: composer.bases,
        hints: composer.hints,
        components: composer.components,
    };
    all.classified()
}

/// The state of a composition. What is composed does not change what others are composed of, so that the order
/// of schemas does not matter.
struct Composer<'a, 'd> {
    stated: &'a Schemas,
    /// Base schemas, with the choice that their discriminator implies.
    extended: HashMap<SchemaId, Schema>,
    /// Schemas that no document states, numbered after those that one does.
    made: Vec<Schema>,
    /// Made schemas that demand what several others do, by these.
    conjunctions: HashMap<Vec<SchemaId>, SchemaId>,
    bases: HashMap<SchemaId, SchemaId>,
    /// The components that extend each base schema.
    extenders: HashMap<SchemaId, HashSet<SchemaId>>,
    /// The base schema that each branch for a base itself was made of.
    own_branches: HashMap<SchemaId, SchemaId>,
    /// In how many choices a made schema stands.
    depth: HashMap<SchemaId, u8>,
    /// What made schemas are called after.
    hints: HashMap<SchemaId, String>,
    /// The components that made schemas hold as branches of choices.
    components: HashMap<SchemaId, String>,
    limits: Limits,
    cost: Cost,
    diagnostics: &'d mut Diagnostics,
}

impl Composer<'_, '_> {
    fn schema(&self, id: SchemaId) -> &Schema {
        let index = id.0 as usize;
        match index.checked_sub(self.stated.0.len()) {
            Some(made) => &self.made[made],
            None => self
                .extended
                .get(&id)
                .unwrap_or_else(|| &self.stated.0[index]),
        }
    }

    /// How many schemas there are, stated and made.
    fn len(&self) -> usize {
        self.stated.0.len() + self.made.len()
    }

    fn id(&self, index: usize) -> SchemaId {
        debug_assert!(index <= self.len());
        SchemaId(u32::try_from(index).expect("schemas are numbered in 32 bits"))
    }

    /// Adds a schema that no document states.
    fn make(&mut self, schema: Schema) -> SchemaId {
        let id = self.id(self.len());
        self.made.push(schema);
        id
    }

    /// Whether more schemas may be made. An honest document stays far below the limit; without one, a small
    /// document of choices in choices would make a huge client.
    fn may_make(&self) -> bool {
        self.made.len() < 20_000 + 2 * self.stated.0.len()
    }

    /// What a schema becomes; `None` when it can stay as it is.
    fn compose(&mut self, id: SchemaId) -> Option<Schema> {
        let schema = self.schema(id);
        let is_composed = schema.reference.is_some()
            || !schema.all_of.is_empty()
            || !schema.one_of.is_empty()
            || !schema.any_of.is_empty()
            || !schema.conditional.is_empty()
            || !schema.pattern_properties.is_empty()
            || !schema.prefix_items.is_empty()
            || (is_several(&schema.types) && schema.enumeration.is_none());
        if !is_composed || !self.may_go_on(id) {
            return None;
        }
        if let Some(target) = self.alias(id) {
            return Some(named(self.schema(id), target));
        }
        let parts = self.parts(id);
        let choices = self.choices(id, &parts);
        let merged = self.merge(id, &parts);
        let merged = self.with_patterns(id, &parts, merged);
        let merged = self.with_places(merged);
        let composed = self.choose(id, merged, choices);
        Some(self.within_limits(composed))
    }
}

/// Whether a list of types has more than one to tell apart.
fn is_several(types: &[SimpleType]) -> bool {
    !matches!(
        types,
        [] | [_]
            | [SimpleType::Integer, SimpleType::Number]
            | [SimpleType::Number, SimpleType::Integer]
    )
}

/// A name for another schema, with the annotations of the schema that gives it.
fn named(schema: &Schema, target: SchemaId) -> Schema {
    Schema {
        reference: Some(target),
        ..annotated(schema)
    }
}

/// A schema without anything that it says about values.
fn annotated(schema: &Schema) -> Schema {
    let any = Schema::any(schema.place.clone());
    Schema {
        component: schema.component.clone(),
        nullable: schema.nullable,
        default: schema.default.clone(),
        title: schema.title.clone(),
        description: schema.description.clone(),
        examples: schema.examples.clone(),
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        external_docs: schema.external_docs.clone(),
        xml: schema.xml.clone(),
        other_keywords: schema.other_keywords.clone(),
        extensions: schema.extensions.clone(),
        ..any
    }
}
