//! The Rust types that the configuration puts in the place of schemas.

use std::collections::{BTreeSet, HashMap};

use crate::config::Replacement;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{JsonPointer, Place};
use crate::ir::{Foreign, Item};
use crate::model::{Description, SchemaId};

/// The types, by the schema that each one replaces.
#[derive(Default)]
pub(in crate::lower) struct Replacements<'a> {
    of_schemas: HashMap<SchemaId, &'a Replacement>,
}

impl<'a> Replacements<'a> {
    /// Finds the schema of each type. Pointers that lead to no schema are reported.
    pub(super) fn new(
        replacements: &'a [Replacement],
        description: &Description,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        if replacements.is_empty() {
            return Self::default();
        }
        let entry = &description.place.source.name;
        let part = |place: &Place| {
            let name = &place.source.name;
            let file = if name == entry { "" } else { name };
            (file.to_owned(), place.pointer.clone())
        };
        let schemas = (0..).map(SchemaId).zip(&description.schemas.0);
        let schemas: HashMap<(String, JsonPointer), SchemaId> = schemas
            .map(|(id, schema)| (part(&schema.place), id))
            .collect();
        let mut of_schemas = HashMap::new();
        for replacement in replacements {
            let Some(wanted) = replacement.parse() else {
                continue;
            };
            match schemas.get(&wanted) {
                Some(id) => drop(of_schemas.insert(*id, replacement)),
                None => diagnostics.report(unknown(replacement, &wanted, schemas.keys())),
            }
        }
        Self { of_schemas }
    }

    /// Returns whether a type takes the place of a schema.
    pub(in crate::lower) fn contains(&self, schema: SchemaId) -> bool {
        self.of_schemas.contains_key(&schema)
    }

    /// Returns the type that takes the place of a schema.
    pub(in crate::lower) fn get(&self, schema: SchemaId) -> Option<Box<Foreign>> {
        let it = self.of_schemas.get(&schema)?;
        Some(Box::new(Foreign {
            path: it.path.clone(),
            dependencies: it.dependencies.clone(),
        }))
    }

    /// Reports where a schema keeps its model, and where it never was a type: `items` and `forms` are the items that were
    /// made and the schemas of multipart bodies.
    pub(super) fn report_unused(
        &self,
        description: &Description,
        items: &[Item],
        forms: &[SchemaId],
        diagnostics: &mut Diagnostics,
    ) {
        let made = items.iter().filter(|item| item.foreign.is_some());
        let made: BTreeSet<&JsonPointer> = made.map(|item| &item.origin.place.pointer).collect();
        let mut replaced: Vec<_> = self.of_schemas.iter().collect();
        replaced.sort_by_key(|(id, _)| **id);
        for (id, replacement) in replaced {
            let schema = &description.schemas[*id];
            let path = &replacement.path;
            let mut report = |message: String, help: &str| {
                let finding = Diagnostic::at(Code::UnusableType, &schema.place, message);
                diagnostics.report(finding.help(help.to_owned()));
            };
            if forms.contains(id) {
                report(
                    format!(
                        "`{path}` cannot be sent as a multipart body, so the schema keeps its model there"
                    ),
                    "replace the schemas of its properties instead",
                );
            }
            // A component that nothing needs is left out.
            if !made.contains(&schema.place.pointer) && schema.component.is_none() {
                report(
                    format!(
                        "`{path}` is not used, because the schema does not become a type of its own"
                    ),
                    "replace the schema that it is a part of, or make it a component",
                );
            }
        }
    }
}

/// A pointer that leads to no schema.
fn unknown<'s>(
    replacement: &Replacement,
    (file, pointer): &(String, JsonPointer),
    schemas: impl Iterator<Item = &'s (String, JsonPointer)>,
) -> Diagnostic {
    let message = format!("`{}` does not lead to a schema", replacement.pointer);
    let mut finding = Diagnostic::new(Code::InvalidConfig, message);
    finding.place.clone_from(&replacement.place);
    let of_file = schemas.filter(|(other, _)| other == file);
    let mut pointers: Vec<&str> = of_file.map(|(_, it)| it.as_str()).collect();
    pointers.sort_unstable();
    finding.help(match similar(pointer.as_str(), pointers) {
        Some(meant) => format!("a similar pointer exists: `{file}#{meant}`"),
        None => "name a schema where it stands itself, and not where a `$ref` leads to it: \
                 `#/components/schemas/Money`"
            .to_owned(),
    })
}
