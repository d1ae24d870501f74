//! What the components of the converted document are called.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Context;
use crate::document::Place;
use crate::model::{Description, SchemaId};

/// Names of components, in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Of each schema that is a component, or becomes one since it is used in several places.
    pub(super) schemas: IndexMap<SchemaId, String>,
    /// Of each security scheme, by its name in the document.
    pub(super) security_schemes: IndexMap<String, String>,
}

impl Names {
    /// Components keep their names as far as 3.0 allows these.
    pub(super) fn new(description: &Description) -> Self {
        let schemas = &description.component_schemas;
        let mut scope = Scope::new(schemas.keys());
        let schemas = schemas.iter().map(|(name, id)| (*id, scope.name(name)));
        let mut schemas: IndexMap<SchemaId, String> = schemas.collect();
        for id in description.shared_schemas() {
            let wish = place_name(&description.schemas[id].place);
            schemas.insert(id, scope.other(&wish));
        }
        let security = description.security_schemes.keys();
        let mut scope = Scope::new(security.clone());
        let security = security.map(|name| (name.clone(), scope.name(name)));
        Self {
            schemas,
            security_schemes: security.collect(),
        }
    }
}

/// Reports every name that could not be kept.
pub(super) fn report(cx: &mut Context) {
    let description = cx.description;
    for (name, id) in &description.component_schemas {
        let given = cx.names.schemas[id].clone();
        renamed(cx, &description.schemas[*id].place, name, &given);
    }
    for (name, scheme) in &description.security_schemes {
        let given = cx.names.security_schemes[name].clone();
        renamed(cx, &scheme.place, name, &given);
    }
}

fn renamed(cx: &mut Context, place: &Place, name: &str, given: &str) {
    if name != given {
        let what = format!("that a component is called `{name}`");
        cx.approximated(place, &what, &format!("called `{given}`"));
    }
}

/// Names of one kind.
struct Scope(HashSet<String>);

impl Scope {
    /// A scope in which those of the names that are allowed are taken.
    fn new<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let allowed = names.filter(|name| allowed(name) == **name);
        Self(allowed.cloned().collect())
    }

    /// What something with this name is called.
    fn name(&mut self, name: &str) -> String {
        let allowed = allowed(name);
        if allowed == name {
            return allowed;
        }
        self.other(&allowed)
    }

    /// A name that is not taken yet.
    fn other(&mut self, wish: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{wish}_{number}"));
        let mut wishes = std::iter::once(wish.to_owned()).chain(numbered);
        let free = wishes.find(|it| self.0.insert(it.clone()));
        free.expect("there are more numbers than names")
    }
}

/// A name of the characters that 3.0 allows (OAS 3.0.4, Components Object).
fn allowed(name: &str) -> String {
    let letter = |it: char| {
        if it.is_ascii_alphanumeric() || ".-_".contains(it) {
            it
        } else {
            '_'
        }
    };
    if name.is_empty() {
        return "_".to_owned();
    }
    name.chars().map(letter).collect()
}

/// The name that its place gives a schema: the names on the way there, or the file's.
fn place_name(place: &Place) -> String {
    let names = place.pointer.names().into_iter();
    let names: Vec<String> = names.map(|it| allowed(&it)).collect();
    let name = names.join("_").trim_matches('_').to_owned();
    if !name.is_empty() {
        return name;
    }
    let file = place.source.name.rsplit('/').next().unwrap_or_default();
    allowed(file.split('.').next().unwrap_or_default())
}
