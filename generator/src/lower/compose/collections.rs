//! Maps and lists: what patterns of names and places in a list say -> what is said of every value.

use indexmap::IndexMap;

use super::{Composer, parts};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::model::{Schema, SchemaId};

/// How many items a tuple may have.
const MAX_TUPLE: usize = 12;

impl Composer<'_, '_> {
    /// An object whose further properties are of one schema, whatever their names, since a client knows no pattern of
    /// names: what the patterns say together with `additionalProperties`. Where that is absent, keys that match no
    /// pattern may hold anything (JSON Schema 2020-12, Core, section 10.3.2.3), and so may all.
    pub(super) fn with_patterns(
        &mut self,
        id: SchemaId,
        parts: &[SchemaId],
        mut merged: Schema,
    ) -> Schema {
        if merged.pattern_properties.is_empty() {
            return merged;
        }
        let patterns = std::mem::take(&mut merged.pattern_properties);
        if merged.additional_properties.is_none() && !self.has_every_key(&merged, &patterns) {
            if self.states_patterns(id, parts) {
                self.report_open(&merged.place, &patterns);
            }
            let any = Schema::any(merged.place.clone());
            merged.additional_properties = Some(self.make(any));
            return merged;
        }
        let mut values: Vec<SchemaId> = patterns.values().copied().collect();
        values.extend(merged.additional_properties);
        values.retain(|id| self.schema(*id).satisfiable);
        if !values.is_empty() {
            merged.additional_properties = Some(self.disjoin(&values));
        }
        merged
    }

    /// Whether every key of an object matches one of its patterns.
    fn has_every_key(&self, object: &Schema, patterns: &IndexMap<String, SchemaId>) -> bool {
        let of_keys = object.property_names.map(|it| self.schema(it));
        let of_keys = of_keys.and_then(|it| it.bounds.pattern.as_ref());
        let mut patterns = patterns.keys();
        patterns.any(|it| matches_everything(it) || of_keys == Some(it))
    }

    /// Whether a schema states patterns itself: not in what it refers to, and not as a branch of another, which may
    /// say more of the keys.
    fn states_patterns(&self, id: SchemaId, parts: &[SchemaId]) -> bool {
        let place = &self.schema(id).place;
        let is_branch = place.pointer.segments().rev().nth(1).as_deref() == Some("allOf");
        let is_own = |part: SchemaId| part == id || self.schema(part).place.is_inside(place);
        let mut stating = parts
            .iter()
            .filter(|part| !self.schema(**part).pattern_properties.is_empty());
        !is_branch && stating.any(|part| is_own(*part))
    }

    /// Says that the types which patterns give are lost, if they give any.
    fn report_open(&mut self, place: &Place, patterns: &IndexMap<String, SchemaId>) {
        let mut schemas = patterns.values().map(|it| self.schema(*it));
        if !schemas.any(|it| it.satisfiable && parts::is_telling(it)) {
            return;
        }
        let message = "keys that match no pattern of `patternProperties` may have any value";
        let finding = Diagnostic::at(
            Code::OpenPatterns,
            &place.keyword("patternProperties"),
            message,
        );
        let finding = finding
            .label("all values are read and written as any JSON value")
            .help("if there are no other keys, add `additionalProperties: false`; the values then get the types of the patterns");
        self.diagnostics.report(finding);
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
            None if merged.bounds.max_items.is_some_and(|max| max <= count) => {}
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
            && fits(schema.bounds.min_items).is_some_and(|min| min >= count)
            && (is_closed || fits(schema.bounds.max_items).is_some_and(|max| max <= count))
    }
}

/// Whether a pattern matches every key; one that wants a character at least leaves only the empty key, which no
/// document has in mind.
fn matches_everything(pattern: &str) -> bool {
    const ANY: [&str; 3] = [".", r"[\s\S]", r"[\S\s]"];
    let (start, inner) = match pattern.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let (end, inner) = match inner.strip_suffix('$') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let group = inner.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let inner = group.unwrap_or(inner);
    let is_open = !(start && end);
    match inner.strip_suffix(['*', '+']) {
        Some(character) => ANY.contains(&character),
        None => is_open && (inner.is_empty() || ANY.contains(&inner)),
    }
}

#[cfg(test)]
mod tests {
    use super::matches_everything;

    #[test]
    fn tells_patterns_for_every_key() {
        let every = [
            "",
            "^",
            "$",
            ".*",
            "^.*$",
            "^.+$",
            "^.*",
            ".+",
            ".",
            "^.",
            "^(.*)$",
            r"^[\s\S]*$",
        ];
        for pattern in every {
            assert!(matches_everything(pattern), "{pattern}");
        }
        let some = [
            "^$", "^.$", "^x-", "^[a-z]*$", "^.*_id$", r"^\w+$", "^.{1,9}$", "a.*", "^..$", "(a)",
        ];
        for pattern in some {
            assert!(!matches_everything(pattern), "{pattern}");
        }
    }
}
