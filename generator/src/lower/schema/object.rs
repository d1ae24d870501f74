//! Objects: which fields structs have.

use std::collections::HashSet;

use super::{constraints, xml};
use crate::ir::{self, Presence, Type, Why};
use crate::lower::context::Context;
use crate::lower::{docs, facts};
use crate::model::{Schema, SchemaId};

/// A property that there is a field for.
pub(in crate::lower) struct Property<'a> {
    /// Its name on the wire.
    pub(in crate::lower) name: &'a str,
    /// Its schema.
    pub(in crate::lower) schema: SchemaId,
    is_required: bool,
}

/// The properties of an object that there are fields for. One that nothing satisfies is never there.
pub(in crate::lower) fn properties<'a>(cx: &Context, object: &'a Schema) -> Vec<Property<'a>> {
    let required: HashSet<&String> = object.required.iter().collect();
    let properties = object.properties.iter();
    let properties = properties.map(|(name, schema)| Property {
        name,
        schema: *schema,
        is_required: required.contains(name),
    });
    properties
        .filter(|it| it.is_required || cx.schema(it.schema).satisfiable)
        .collect()
}

/// The field of a property whose type is known.
pub(super) fn field(
    cx: &Context,
    property: &Property<'_>,
    rust_name: Option<String>,
    ty: Type,
) -> ir::Field {
    let id = property.schema;
    let nullable = cx.is_nullable(id) && ty != Type::Any && ty != Type::Null;
    let presence = match (property.is_required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let (schema, target) = (cx.schema(id), cx.referred(id));
    ir::Field {
        origin: ir::Origin {
            place: schema.place.clone(),
        },
        wire_name: property.name.to_owned(),
        rust_name,
        docs: docs::property(schema, target),
        ty,
        only: facts::only_value(target),
        presence,
        boxed: false,
        default: schema.default.clone().or_else(|| target.default.clone()),
        examples: if schema.examples.is_empty() {
            target.examples.clone()
        } else {
            schema.examples.clone()
        },
        constraints: constraints::describe(target),
        deprecated: schema.deprecated || target.deprecated,
        read_only: schema.read_only || target.read_only,
        write_only: schema.write_only || target.write_only,
        xml: xml::at_place(cx, id),
    }
}

/// The fields of properties that an object demands and does not describe.
pub(super) fn undescribed(cx: &mut Context, object: &Schema) -> Vec<ir::Field> {
    let names = object.required.iter();
    let names = names.filter(|name| !object.properties.contains_key(*name));
    names.map(|name| without_schema(cx, object, name)).collect()
}

/// A property that is demanded and not described. It may be anything, and is optional all the same: more often
/// than not, the document has another name in mind.
fn without_schema(cx: &mut Context, object: &Schema, name: &str) -> ir::Field {
    ir::Field {
        origin: ir::Origin {
            place: object.place.clone(),
        },
        wire_name: name.to_owned(),
        rust_name: None,
        docs: ir::Docs::default(),
        ty: cx.any(&object.place, Why::Undescribed(name.to_owned())),
        only: None,
        presence: Presence::Optional,
        boxed: false,
        default: None,
        examples: Vec::new(),
        constraints: Vec::new(),
        deprecated: false,
        read_only: false,
        write_only: false,
        xml: None,
    }
}
