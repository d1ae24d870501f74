//! The types of the models, and the function that sends JSON through them.
//!
//! Also part of the build script, which writes that function for the clients of fixtures.

use std::fmt::Write as _;

use keywright::NamedApi;
use keywright::config::Dates;
use keywright::document::{FileId, JsonPointer, Place, Spec};
use keywright::ir::{Item, ItemKind, JsonType, NameHint, Type, Value};
use keywright::shape::{self, Kind, Member};

/// A type of the models, and the schema that it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelType {
    /// Its name in Rust.
    pub name: String,
    /// The file of the schema, as diagnostics call it.
    file: String,
    /// Its place in there.
    pointer: String,
    /// Whether the type itself holds `null`, where its schema allows that.
    pub holds_null: bool,
    /// The properties by which unions are told that a value is of this type, which is nothing but a type of unions.
    /// Their values are right where such a union is read, and no part of the type.
    pub tags: Vec<(String, Value)>,
}

impl ModelType {
    /// A schema below a place of a document, of which no type is told.
    #[must_use]
    pub fn at(place: &Place, below: &[&str]) -> Self {
        let below = below
            .iter()
            .fold(place.pointer.clone(), |at, key| at.child(key));
        Self {
            name: below.as_str().to_owned(),
            file: place.source.name.clone(),
            pointer: below.as_str().to_owned(),
            holds_null: true,
            tags: Vec::new(),
        }
    }

    /// Its schema's file.
    #[must_use]
    pub fn file(&self, spec: &Spec) -> Option<FileId> {
        let mut files = spec.files.iter();
        let index = files.position(|it| it.source.name == self.file)?;
        u32::try_from(index).ok().map(FileId)
    }

    /// Its schema's place in the file.
    #[must_use]
    pub fn pointer(&self) -> JsonPointer {
        JsonPointer::from_text(&self.pointer)
    }
}

/// The types of an API, each with a schema of its own: a part of a type that no place of the document states has
/// the place of that type, and goes to and fro with it.
#[must_use]
pub fn of(named: &NamedApi) -> Vec<ModelType> {
    let is_stated = |item: &Item| match item.hint {
        NameHint::Inner(owner, _) => {
            let owner = &named.api[owner].origin.place;
            let place = &item.origin.place;
            (&place.source.name, &place.pointer) != (&owner.source.name, &owner.pointer)
        }
        _ => true,
    };
    // Parts are sent, and never read.
    let is_form = |item: &Item| matches!(&item.kind, ItemKind::Struct(it) if it.parts.is_some());
    // Which type stands for a date makes no difference here.
    let shape = shape::shape(&named.api, &named.names, Dates::Text);
    let items = named.api.items.iter().zip(&shape.items);
    items
        .filter(|(_, shape)| !matches!(shape.kind, Kind::Omitted))
        .filter(|(item, _)| is_stated(item) && !is_form(item))
        .map(|(item, shape)| ModelType {
            name: shape.name.to_string(),
            file: item.origin.place.source.name.clone(),
            pointer: item.origin.place.pointer.as_str().to_owned(),
            holds_null: match &item.kind {
                ItemKind::Alias(ty) => {
                    matches!(
                        named.api.resolve(ty),
                        Type::Nullable(_) | Type::Any | Type::Null
                    )
                }
                ItemKind::Union(it) => {
                    it.is_open || it.dispatch.iter().any(|(ty, _)| *ty == JsonType::Null)
                }
                ItemKind::Struct(_) | ItemKind::Enumeration(_) => false,
            },
            tags: tags(item, shape),
        })
        .collect()
}

/// The properties of a type that have one value though their schemas allow others.
fn tags(item: &Item, shape: &shape::Item) -> Vec<(String, Value)> {
    let (ItemKind::Struct(it), Kind::Struct(shape)) = (&item.kind, &shape.kind) else {
        return Vec::new();
    };
    let properties = it.fields.iter().zip(&shape.members);
    properties
        .filter(|(field, _)| field.only.is_none())
        .filter_map(|(field, member)| match member {
            Member::Constant(it) => Some((field.wire_name.clone(), it.value.clone())),
            Member::Field(_) => None,
        })
        .collect()
}

/// The text of a function that reads JSON as the type of a name, and writes it again; gives how many values of
/// unions were read as unknown, and what was written. `module` is the path of the
/// API's module, `function` what the function is to be called.
#[must_use]
pub fn function(types: &[ModelType], module: &str, function: &str) -> String {
    let mut text = format!(
        "#[allow(deprecated, reason = \"what is deprecated still works\")]\nfn {function}(ty: &str, json: &[u8]) -> Result<(usize, Vec<u8>), String> {{\n"
    );
    let _ = writeln!(text, "    match ty {{");
    for ModelType { name, .. } in types {
        let _ = writeln!(
            text,
            "        {name:?} => again::<{module}::models::{name}>(json),"
        );
    }
    text.push_str("        _ => Err(format!(\"no type is called `{ty}`\")),\n    }\n}\n");
    text
}

/// The text of the function that all others call. `runtime` is the path of the runtime's module.
#[must_use]
pub fn again(runtime: &str) -> String {
    format!(
        "fn again<T: {runtime}::Decode + {runtime}::Encode>(json: &[u8]) -> Result<(usize, Vec<u8>), String> {{
    let mut reader = {runtime}::Reader::new(json);
    let value = reader.read::<T>().and_then(|value| reader.finish().map(|()| value));
    let value = value.map_err(|error| reader.locate(error).to_string())?;
    let written = {runtime}::to_vec(&value).map_err(|error| error.to_string())?;
    Ok((reader.unknown_values(), written))
}}
"
    )
}
