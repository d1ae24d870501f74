//! Maps and lists: what patterns of names and places in a list say -> what is said of every value.

use super::Composer;
use crate::model::{Schema, SchemaId};

/// How many items a tuple may have.
const MAX_TUPLE: usize = 12;

impl Composer<'_, '_> {
    /// An object whose further properties are of one schema, whatever their names: that of any pattern that
    /// the document states, or of those without one. A client knows no pattern of names.
    pub(super) fn with_patterns(&mut self, mut merged: Schema) -> Schema {
        if merged.pattern_properties.is_empty() {
            return merged;
        }
        let mut values: Vec<SchemaId> = std::mem::take(&mut merged.pattern_properties)
            .into_values()
            .collect();
        values.extend(merged.additional_properties);
        values.retain(|id| self.schema(*id).satisfiable);
        if !values.is_empty() {
            merged.additional_properties = Some(self.disjoin(&values));
        }
        merged
    }

    /// A list that is no tuple has items of one schema, wherever they stand.
    pub(super) fn with_places(&mut self, mut merged: Schema) -> Schema {
        if merged.prefix_items.is_empty() || self.is_tuple(&merged) {
            return merged;
        }
        let mut items = std::mem::take(&mut merged.prefix_items);
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        match merged.items {
            Some(further) => items.push(further),
            None if merged.max_items.is_some_and(|max| max <= count) => {}
            None => {
                let any = Schema::any(merged.place.clone());
                items.push(self.make(any));
            }
        }
        items.retain(|id| self.schema(*id).satisfiable);
        merged.items = (!items.is_empty()).then(|| self.disjoin(&items));
        merged
    }

    /// Whether a list has as many items as `prefixItems` has schemas, no fewer and no more.
    fn is_tuple(&self, schema: &Schema) -> bool {
        let count = schema.prefix_items.len();
        let fits = |bound: Option<u64>| bound.and_then(|it| usize::try_from(it).ok());
        let is_closed = schema.items.is_some_and(|it| !self.schema(it).satisfiable);
        count <= MAX_TUPLE
            && fits(schema.min_items).is_some_and(|min| min >= count)
            && (is_closed || fits(schema.max_items).is_some_and(|max| max <= count))
    }
}
