//! A description without the schemas that nothing uses.

use std::collections::HashSet;

use super::shared::{of_path_item, of_path_item_mut};
use super::{Description, Schema, SchemaId, Schemas};

impl Description {
    /// Drops every schema that no operation and no webhook uses, directly or through others. A schema uses what it is
    /// put together from, what its discriminator maps to, and, where it is a base with a discriminator, the components
    /// that extend it.
    pub fn drop_unused_schemas(&mut self) {
        let used = self.reachable_schemas();
        let mut numbers = vec![None; self.schemas.0.len()];
        let mut kept = Vec::with_capacity(used.len());
        for (old, schema) in std::mem::take(&mut self.schemas.0).into_iter().enumerate() {
            if used.contains(&SchemaId(number(old))) {
                numbers[old] = Some(SchemaId(number(kept.len())));
                kept.push(schema);
            }
        }
        let mut renumber = |id: &mut SchemaId| {
            *id = numbers[id.0 as usize].expect("what is used is kept");
        };
        self.component_schemas.retain(|_, id| used.contains(id));
        for id in self.component_schemas.values_mut() {
            renumber(id);
        }
        for schema in &mut kept {
            schema.each_schema_mut(&mut renumber);
        }
        for item in self.paths.iter_mut().chain(&mut self.webhooks) {
            of_path_item_mut(item, &mut renumber);
        }
        self.schemas = Schemas(kept);
    }

    fn reachable_schemas(&self) -> HashSet<SchemaId> {
        let mut open = Vec::new();
        for item in self.paths.iter().chain(&self.webhooks) {
            of_path_item(item, &mut open);
        }
        let mut found = HashSet::new();
        loop {
            while let Some(id) = open.pop() {
                if found.insert(id) {
                    let schema = &self.schemas[id];
                    open.extend(schema.parts());
                    let discriminator = schema.discriminator.iter();
                    open.extend(
                        discriminator.flat_map(|it| it.mapping.values().chain(&it.otherwise)),
                    );
                }
            }
            let components = self.component_schemas.values().copied();
            let components = components.filter(|id| !found.contains(id));
            open.extend(components.filter(|id| self.extends_any(*id, &found)));
            if open.is_empty() {
                return found;
            }
        }
    }

    /// Whether a schema has one of `bases` in its `allOf`, directly or not, that has a discriminator.
    fn extends_any(&self, id: SchemaId, bases: &HashSet<SchemaId>) -> bool {
        let mut open = vec![id];
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = &self.schemas[id];
            if bases.contains(&id) && self.has_discriminator(schema) {
                return true;
            }
            open.extend(schema.all_of.iter().copied().chain(schema.reference));
        }
        false
    }

    /// Whether a schema states a discriminator, itself or in a branch of its `allOf`.
    fn has_discriminator(&self, schema: &Schema) -> bool {
        let mut branches = schema.all_of.iter().map(|id| &self.schemas[*id]);
        schema.discriminator.is_some() || branches.any(|it| it.discriminator.is_some())
    }
}

impl Schema {
    /// Gives every schema that this one mentions to `change`.
    fn each_schema_mut(&mut self, change: &mut impl FnMut(&mut SchemaId)) {
        self.properties.values_mut().for_each(&mut *change);
        if self.pattern_properties.is_set() {
            self.pattern_properties.values_mut().for_each(&mut *change);
        }
        let lists = [
            &mut self.prefix_items,
            &mut self.all_of,
            &mut self.any_of,
            &mut self.one_of,
            &mut self.conditional,
        ];
        lists.into_iter().flatten().for_each(&mut *change);
        let single = [
            &mut self.reference,
            &mut self.additional_properties,
            &mut self.property_names,
            &mut self.content_schema,
            &mut self.items,
            &mut self.not,
        ];
        single.into_iter().flatten().for_each(&mut *change);
        if let Some(discriminator) = &mut self.discriminator {
            discriminator.mapping.values_mut().for_each(&mut *change);
            discriminator.otherwise.iter_mut().for_each(change);
        }
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("schemas are numbered in 32 bits")
}
