//! The context that all parts of `lower` share: the description, the items so far, and the diagnostics.

mod renames;
mod replacements;
mod role;

use std::collections::{HashMap, HashSet};

use self::renames::Renames;
use self::replacements::Replacements;
pub(super) use self::role::Role;
use super::compose::Composed;
use crate::config::Overrides;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;
use crate::ir;
use crate::lower::chain;
use crate::lower::facts::Class;
use crate::model::{self, SchemaId};

/// The state of a lowering.
pub(super) struct Context<'a> {
    /// What is lowered.
    pub(super) description: &'a model::Description,
    /// Its schemas, each in one form of few.
    composed: &'a Composed<'a>,
    /// Where faults go.
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The items; `None` while one is being made.
    items: Vec<Option<ir::Item>>,
    /// The schema of each item.
    schema_of: Vec<SchemaId>,
    /// The item of each schema that has one.
    item_of: HashMap<SchemaId, ir::ItemId>,
    /// The schemas that have items of multipart bodies, one entry for each item.
    forms: Vec<SchemaId>,
    /// These items, by their schema.
    forms_of: HashMap<SchemaId, Vec<ir::ItemId>>,
    /// The schemas that are being lowered.
    entered: HashSet<SchemaId>,
    /// In how many arrays, tuples and maps without a name the schema stands that is being lowered.
    pub(super) nesting: usize,
    /// The types of tuples, which have no items.
    tuples: HashMap<SchemaId, ir::Type>,
    /// The schemas that have become unions of other schemas.
    unions: Vec<SchemaId>,
    /// What is known of values for which the specification defines no serialization.
    pub(super) conventions: Conventions,
    /// The formats that are not known and were reported.
    formats: HashSet<String>,
    /// Where values are of no type.
    pub(super) untyped: Vec<ir::Untyped>,
    /// The operations that are left out.
    pub(super) left_out: Vec<ir::LeftOut>,
    /// The names that the configuration gives.
    pub(super) renames: Renames<'a>,
    /// The Rust types that the configuration puts in the place of schemas.
    pub(super) replacements: Replacements<'a>,
}

/// What is known of values for which the specification defines no serialization.
#[derive(Default)]
pub(super) struct Conventions {
    /// How many were reported.
    pub(super) reported: usize,
    /// The schemas of lists and objects that hold none.
    pub(super) without: HashSet<SchemaId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        description: &'a model::Description,
        composed: &'a Composed<'a>,
        overrides: Overrides<'a>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            renames: Renames::new(overrides.names, &description.place),
            replacements: Replacements::new(overrides.types, description, diagnostics),
            description,
            composed,
            diagnostics,
            items: Vec::new(),
            schema_of: Vec::new(),
            item_of: HashMap::new(),
            forms: Vec::new(),
            forms_of: HashMap::new(),
            entered: HashSet::new(),
            nesting: 0,
            tuples: HashMap::new(),
            unions: Vec::new(),
            conventions: Conventions::default(),
            formats: HashSet::new(),
            untyped: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// The schema with an id.
    pub(super) fn schema(&self, id: SchemaId) -> &'a model::Schema {
        self.composed.get(id)
    }

    /// What kind of type a schema stands for.
    pub(super) fn class(&self, id: SchemaId) -> Class {
        self.composed.class(id)
    }

    /// A schema and those that it is a name for, one after the other.
    pub(super) fn chain(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        self.composed.chain(id)
    }

    /// The schema at the end of a chain of references, and its id.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        self.composed.target(id)
    }

    /// The schema at the end of a chain of references.
    pub(super) fn referred(&self, id: SchemaId) -> &'a model::Schema {
        self.schema(self.target(id))
    }

    /// Whether a schema allows null, itself or by what it refers to.
    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        self.chain(id).any(|id| self.schema(id).nullable)
    }

    /// What a schema is called after that no document states.
    pub(super) fn hint_of(&self, schema: SchemaId) -> Option<&'a str> {
        self.composed.hint(schema)
    }

    /// Where a base schema has become a choice of those that extend it: the branch for the base itself.
    pub(super) fn base_of(&self, schema: SchemaId) -> Option<SchemaId> {
        self.composed.base_of(schema)
    }

    /// The component that a made schema holds as the branch of a choice.
    pub(super) fn component_in(&self, schema: SchemaId) -> Option<&'a str> {
        self.composed.component_in(schema)
    }

    /// The schema of each item.
    pub(super) fn schemas_of_items(&self) -> &[SchemaId] {
        &self.schema_of
    }

    /// The item of a schema, if it has one.
    pub(super) fn item_of(&self, schema: SchemaId) -> Option<ir::ItemId> {
        self.item_of.get(&schema).copied()
    }

    /// The schema of an item.
    pub(super) fn schema_of(&self, item: ir::ItemId) -> SchemaId {
        self.schema_of[item.0 as usize]
    }

    /// Gives a schema an item that is still to be made, so that references to it end there.
    pub(super) fn reserve(&mut self, schema: SchemaId) -> ir::ItemId {
        let id = self.reserve_apart(schema);
        self.item_of.insert(schema, id);
        id
    }

    /// Gives a schema a further item that is still to be made, which references to the schema do not mean.
    pub(super) fn reserve_apart(&mut self, schema: SchemaId) -> ir::ItemId {
        let id = ir::ItemId(u32::try_from(self.items.len()).expect("fewer than 2^32 types"));
        self.items.push(None);
        self.schema_of.push(schema);
        id
    }

    /// Begins to lower a schema.
    pub(super) fn enter(&mut self, schema: SchemaId) -> Enter {
        if self.entered.contains(&schema) {
            return Enter::Again;
        }
        if self.entered.len() >= DEEPEST {
            return Enter::TooDeep;
        }
        self.entered.insert(schema);
        Enter::Open
    }

    /// The type of a tuple that has been made.
    pub(super) fn tuple(&self, schema: SchemaId) -> Option<&ir::Type> {
        self.tuples.get(&schema)
    }

    /// Takes note of the type of a tuple.
    pub(super) fn note_tuple(&mut self, schema: SchemaId, ty: ir::Type) {
        self.tuples.insert(schema, ty);
    }

    /// Ends what [`enter`](Self::enter) began.
    pub(super) fn leave(&mut self, schema: SchemaId) {
        self.entered.remove(&schema);
    }

    /// How much there is by now, to return to with [`Self::roll_back`].
    pub(super) fn mark(&self) -> Mark {
        Mark {
            items: self.items.len(),
            forms: self.forms.len(),
            unions: self.unions.len(),
            untyped: self.untyped.len(),
        }
    }

    /// Takes back what was made since: the types of an operation that is left out, which nothing else has.
    pub(super) fn roll_back(&mut self, mark: &Mark) {
        for schema in self.schema_of.drain(mark.items..) {
            let is_later = |item: &ir::ItemId| item.0 as usize >= mark.items;
            if self.item_of.get(&schema).is_some_and(is_later) {
                self.item_of.remove(&schema);
            }
        }
        // They may be of items that are taken back.
        self.tuples.clear();
        for schema in self.forms.drain(mark.forms..) {
            self.forms_of.entry(schema).or_default().pop();
        }
        self.items.truncate(mark.items);
        self.unions.truncate(mark.unions);
        self.untyped.truncate(mark.untyped);
    }

    /// An item that is made already.
    pub(super) fn made(&self, id: ir::ItemId) -> Option<&ir::Item> {
        self.items[id.0 as usize].as_ref()
    }

    /// Whether an item is made of a component.
    pub(super) fn is_component(&self, id: ir::ItemId) -> bool {
        (id.0 as usize) < self.description.component_schemas.len()
    }

    /// Follows aliases, as far as they are made, to what a type is.
    pub(super) fn resolve<'t>(&'t self, ty: &'t ir::Type) -> &'t ir::Type {
        chain::end(ty, |ty| {
            let ir::Type::Item(id) = ty else { return None };
            match &self.made(*id)?.kind {
                ir::ItemKind::Alias(target) => Some(target),
                _ => None,
            }
        })
    }

    /// Makes a reserved item.
    pub(super) fn fill(&mut self, id: ir::ItemId, item: ir::Item) {
        self.items[id.0 as usize] = Some(item);
    }

    /// Notes that a schema has become a union, whose branches are still to be told apart.
    pub(super) fn note_union(&mut self, schema: SchemaId) {
        self.unions.push(schema);
    }

    /// The type of values of which nothing better is known, and why.
    pub(super) fn any(&mut self, place: &Place, why: ir::Why) -> ir::Type {
        let origin = ir::Origin {
            place: place.clone(),
        };
        self.untyped.push(ir::Untyped { origin, why });
        ir::Type::Any
    }

    /// Takes note of an operation that is left out.
    pub(super) fn leave_out(&mut self, operation: &model::LeftOut) {
        self.left_out.push(ir::LeftOut {
            origin: ir::Origin {
                place: operation.place.clone(),
            },
            method: operation.method.clone(),
            path: operation.path.clone(),
            why: operation.why,
        });
    }

    /// The item of a multipart body of a schema whose parts are written so, if there is one.
    pub(super) fn form(&self, schema: SchemaId, parts: Option<&ir::Parts>) -> Option<ir::ItemId> {
        let is_alike = |item: ir::ItemId| match self.made(item).map(|it| &it.kind) {
            Some(ir::ItemKind::Struct(it)) => it.parts.as_ref() == parts,
            _ => false,
        };
        let mut forms = self.forms_of.get(&schema)?.iter().copied();
        forms.find(|item| is_alike(*item))
    }

    /// Takes note of the item of a multipart body.
    pub(super) fn note_form(&mut self, schema: SchemaId, item: ir::ItemId) {
        self.forms.push(schema);
        self.forms_of.entry(schema).or_default().push(item);
    }

    /// Whether a value is one text, number or the like.
    pub(super) fn is_scalar(&self, ty: &ir::Type) -> bool {
        // Unions of unions are few; one of nothing but itself has no scalars.
        const DEEPEST: usize = 16;
        self.is_scalar_within(ty, DEEPEST)
    }

    fn is_scalar_within(&self, ty: &ir::Type, depth: usize) -> bool {
        use ir::{JsonType, Type};
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match self.resolve(ty) {
            Type::Nullable(inner) => self.is_scalar_within(inner, depth),
            Type::Item(id) => match self.made(*id).map(|it| &it.kind) {
                Some(ir::ItemKind::Enumeration(_)) => true,
                Some(ir::ItemKind::Union(it)) => {
                    let mut branches = it.branches.iter();
                    branches.all(|branch| self.is_scalar_within(&branch.ty, depth))
                }
                _ => false,
            },
            ty => matches!(
                ty.json_type(),
                Some(JsonType::String | JsonType::Number | JsonType::Boolean)
            ),
        }
    }

    /// Whether a value may be any text, also an empty one.
    pub(super) fn is_text(&self, ty: &ir::Type) -> bool {
        use ir::Type;
        match self.resolve(ty) {
            Type::String | Type::Secret | Type::Base64 | Type::Bytes | Type::Any => true,
            Type::Nullable(inner) => self.is_text(inner),
            _ => false,
        }
    }

    /// Takes note of a format; whether this is the first time.
    pub(super) fn note_format(&mut self, format: &str) -> bool {
        self.formats.insert(format.to_owned())
    }

    /// The unions of other schemas, each with its schema.
    pub(super) fn unions(&self) -> impl Iterator<Item = (ir::ItemId, SchemaId)> {
        self.unions
            .iter()
            .filter_map(|schema| Some((self.item_of(*schema)?, *schema)))
    }

    /// All items, when everything is lowered.
    pub(super) fn finish(self) -> Vec<ir::Item> {
        self.renames.report_unused(self.diagnostics);
        let items = self.items.into_iter();
        let items = items.map(|item| item.expect("every reserved item has been made"));
        let items: Vec<ir::Item> = items.collect();
        let (replacements, description) = (&self.replacements, self.description);
        replacements.report_unused(description, &items, &self.forms, self.diagnostics);
        items
    }

    /// Reports a fault at a place.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.report(diagnostic);
    }

    /// Reports that a feature is not supported yet, and what becomes of what it touches.
    pub(super) fn unsupported(&mut self, place: &Place, feature: &str, consequence: &str) {
        self.report(
            Diagnostic::at(
                Code::UnsupportedFeature,
                place,
                format!("{feature} is not supported yet"),
            )
            .label(consequence.to_owned()),
        );
    }
}

/// How many inline schemas may stand in each other. References make them deeper than any document is.
const DEEPEST: usize = 1_000;

/// Whether a schema can be lowered now.
pub(super) enum Enter {
    /// It can.
    Open,
    /// It is being lowered: it contains itself.
    Again,
    /// It stands in too many others.
    TooDeep,
}

/// How much a [`Context`] had made at some time.
pub(super) struct Mark {
    items: usize,
    forms: usize,
    unions: usize,
    untyped: usize,
}
