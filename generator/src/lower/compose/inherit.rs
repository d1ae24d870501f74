//! Base schemas with a discriminator (OAS 3.1.1, Discriminator Object: "to indicate the inheritance"): a value of
//! the base may be of any schema that extends it, so that the base becomes a choice of these.

use std::collections::HashMap;

use super::{Composer, parts};
use crate::model::{Schema, SchemaId};

impl Composer<'_, '_> {
    /// Gives every base schema the choice that its discriminator implies: the components that have it in their
    /// `allOf`, directly or not, and the base itself, for values that the document does not know.
    pub(super) fn extend_bases(&mut self) {
        let is_base = |schema: &Schema| {
            schema.discriminator.is_some()
                && schema.component.is_some()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
                && parts::has_own_keywords(schema)
        };
        let components: Vec<SchemaId> = (0..self.len())
            .map(|index| self.id(index))
            .filter(|id| self.schema(*id).component.is_some())
            .collect();
        let bases: Vec<SchemaId> = components
            .iter()
            .copied()
            .filter(|id| is_base(self.schema(*id)))
            .collect();
        if bases.is_empty() {
            return;
        }
        let mut extending: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
        // A mere reference to a base is another name for it.
        let is_name = |id: &SchemaId| {
            let schema = self.schema(*id);
            schema.reference.is_some() && !parts::has_own_keywords(schema)
        };
        for component in components.into_iter().filter(|it| !is_name(it)) {
            for part in self.parts(component) {
                if part != component && bases.contains(&part) {
                    extending.entry(part).or_default().push(component);
                }
            }
        }
        for base in bases {
            let Some(branches) = extending.remove(&base) else {
                continue;
            };
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
            self.extended.insert(base, schema);
            self.bases.insert(base, itself);
        }
    }
}
