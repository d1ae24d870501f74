//! Base schemas with a discriminator (OAS 3.1.1, Discriminator Object: "to indicate the inheritance"): a value of
//! the base may be of any schema that extends it, so that the base becomes a choice of these.
//!
//! The discriminator may stand in the base itself or in a branch of its `allOf` that is written out there. A
//! component that extends a base inherits its discriminator, and is a base of those that extend it in turn.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Composer, parts};
use crate::model::{Discriminator, Schema, SchemaId};

/// The discriminator of each base.
type Bases = IndexMap<SchemaId, Discriminator>;

impl Composer<'_, '_> {
    /// Gives every base schema the choice that its discriminator implies: the components that have it in their
    /// `allOf`, directly or not, what its mapping names besides, and the base itself, for values that the
    /// document does not know.
    pub(super) fn extend_bases(&mut self) {
        let mut bases = self.stated_bases();
        if bases.is_empty() {
            return;
        }
        let mut extending = self.extending(&mut bases);
        for (base, discriminator) in bases {
            if !self.may_go_on(base) {
                break;
            }
            let mut branches = extending.swap_remove(&base).unwrap_or_default();
            self.extenders
                .insert(base, branches.iter().copied().collect());
            self.add_mapped(base, &discriminator, &mut branches);
            if !branches.is_empty() {
                self.spend(branches.len());
                self.extend(base, discriminator, branches);
            }
        }
    }

    /// Makes a base a choice of the schemas that extend it and of itself.
    fn extend(&mut self, base: SchemaId, discriminator: Discriminator, branches: Vec<SchemaId>) {
        let mut itself = self.schema(base).clone();
        itself.component = None;
        itself.discriminator = None;
        if itself.additional_properties.is_none() {
            let any = Schema::any(itself.place.clone());
            itself.additional_properties = Some(self.make(any));
        }
        let itself = self.make(itself);
        self.hints.insert(itself, "base".to_owned());
        let mut schema = self.schema(base).clone();
        schema.one_of = branches;
        schema.one_of.push(itself);
        schema.discriminator = Some(Box::new(discriminator));
        self.extended.insert(base, schema);
        self.bases.insert(base, itself);
        self.own_branches.insert(itself, base);
    }

    /// The schemas that state a discriminator for what extends them.
    fn stated_bases(&self) -> Bases {
        let all = || (0..self.len()).map(|index| self.id(index));
        let written_out: HashSet<SchemaId> = all().flat_map(|id| self.written_out(id)).collect();
        all()
            .filter(|id| !written_out.contains(id))
            .filter_map(|id| Some((id, self.stated_discriminator(id)?)))
            .collect()
    }

    /// The discriminator that a schema states for what extends it, itself or in a branch that is written out in it.
    /// One beside a choice is for that.
    fn stated_discriminator(&self, id: SchemaId) -> Option<Discriminator> {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let schema = self.schema(id);
            if schema.one_of.is_empty() && schema.any_of.is_empty() {
                if let Some(stated) = &schema.discriminator {
                    return Some(self.without_names(stated));
                }
                open.extend(self.written_out(id));
            }
        }
        None
    }

    /// A discriminator whose mapping leads to schemas, not to other names for them.
    fn without_names(&self, stated: &Discriminator) -> Discriminator {
        let mut discriminator = stated.clone();
        for target in discriminator.mapping.values_mut() {
            *target = self.named_by(*target);
        }
        discriminator.otherwise = stated.otherwise.map(|it| self.named_by(it));
        discriminator
    }

    /// The branches of a schema's `allOf` that are written out in it, as opposed to those that it refers to.
    fn written_out(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        let schema = self.schema(id);
        let branches = schema.all_of.iter().copied();
        branches.filter(|branch| self.schema(*branch).place.is_inside(&schema.place))
    }

    /// The components that extend each base, in the document's order. A component that does so and is extended
    /// itself is added to the bases.
    fn extending(&self, bases: &mut Bases) -> IndexMap<SchemaId, Vec<SchemaId>> {
        let mut extending: IndexMap<SchemaId, Vec<SchemaId>> = IndexMap::new();
        let mut inherited: IndexMap<SchemaId, SchemaId> = IndexMap::new();
        for component in (0..self.len()).map(|index| self.id(index)) {
            if self.schema(component).component.is_none() || self.is_mere_name(component) {
                continue;
            }
            let mut nearest = None;
            self.collect(component, &mut HashSet::new(), &mut |part, _| {
                if part == component {
                    return;
                }
                if bases.contains_key(&part) {
                    nearest = Some(part);
                } else if self.schema(part).component.is_none() || self.is_mere_name(part) {
                    return;
                }
                extending.entry(part).or_default().push(component);
            });
            inherited.extend(nearest.map(|base| (component, base)));
        }
        for (component, base) in inherited {
            if !bases.contains_key(&component)
                && extending.contains_key(&component)
                && !parts::has_own_choice(self.schema(component))
            {
                let mut discriminator = bases[&base].clone();
                let of_component = |target: SchemaId| self.extends(target, component);
                discriminator.mapping.retain(|_, it| of_component(*it));
                discriminator.otherwise = discriminator.otherwise.filter(|it| of_component(*it));
                bases.insert(component, discriminator);
            }
        }
        extending
    }

    /// Adds what the mapping of a base names, and what is neither the base nor something that it extends itself.
    fn add_mapped(
        &self,
        base: SchemaId,
        discriminator: &Discriminator,
        branches: &mut Vec<SchemaId>,
    ) {
        let mut known = self.extended_by(base);
        known.extend(&*branches);
        let mapped = discriminator.mapping.values().copied();
        let mapped = mapped.chain(discriminator.otherwise);
        branches.extend(mapped.filter(|target| known.insert(*target)));
    }

    /// The schema that another is a name for at the end of a chain of names.
    fn named_by(&self, mut id: SchemaId) -> SchemaId {
        let mut seen = HashSet::new();
        while let Some(target) = self.schema(id).reference
            && self.is_mere_name(id)
            && seen.insert(id)
        {
            id = target;
        }
        id
    }

    /// Whether a schema is but another name for the one that it refers to.
    fn is_mere_name(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        schema.reference.is_some()
            && schema.all_of.is_empty()
            && !parts::has_own_keywords(schema)
            && !parts::has_own_choice(schema)
    }
}
