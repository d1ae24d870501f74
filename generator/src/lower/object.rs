//! Objects: structs, maps, and structs that keep what they do not know.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::context::{Context, Role};
use super::schema::{self, Kind};
use super::{constraints, docs, extension};
use crate::ir::{self, Additional, Presence, Type};
use crate::model::{Schema, SchemaId};

/// What a schema whose JSON type is `object` becomes.
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let object = cx.schema(id);
    if !becomes_item(cx, object) {
        return Kind::Plain(map(cx, object, role));
    }
    let required = object.required.iter().cloned().collect();
    let properties = properties(object.properties.clone(), &required);
    let additional = additional(cx, object, role);
    Kind::Item(ir::ItemKind::Struct(structure(
        cx,
        &properties,
        additional,
        role,
    )))
}

/// Whether an object becomes a struct. One without properties is a map, unless it is closed: then it is a
/// struct without fields.
pub(super) fn becomes_item(cx: &Context, object: &Schema) -> bool {
    !object.properties.is_empty() || is_closed(cx, object)
}

/// Whether an object allows no properties besides those it describes.
fn is_closed(cx: &Context, object: &Schema) -> bool {
    object
        .additional_properties
        .is_some_and(|id| !cx.schema(id).satisfiable)
}

/// A property, as it comes from one schema or from several that must all hold.
pub(super) struct Property {
    pub(super) name: String,
    pub(super) schema: SchemaId,
    pub(super) required: bool,
    /// Whether several schemas describe it and disagree about its type.
    pub(super) conflicting: bool,
}

/// The properties that schemas describe, and whether they demand them.
pub(super) fn properties(
    described: IndexMap<String, SchemaId>,
    required: &HashSet<String>,
) -> Vec<Property> {
    let property = |(name, schema)| Property {
        required: required.contains(&name),
        name,
        schema,
        conflicting: false,
    };
    described.into_iter().map(property).collect()
}

/// Makes a struct of properties.
pub(super) fn structure(
    cx: &mut Context,
    properties: &[Property],
    additional: Additional,
    role: &Role,
) -> ir::Struct {
    let fields = properties
        .iter()
        .map(|property| field(cx, property, role))
        .collect();
    ir::Struct { fields, additional }
}

fn field(cx: &mut Context, property: &Property, role: &Role) -> ir::Field {
    let rust_name = extension::property_name(cx, role, &property.name, cx.schema(property.schema));
    let ty = if property.conflicting {
        Type::Any
    } else {
        let name = rust_name.as_ref().unwrap_or(&property.name);
        schema::lower(cx, property.schema, &role.part(name))
    };
    let nullable = schema::is_nullable(cx, property.schema) && ty != Type::Any;
    let presence = match (property.required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let schema = cx.schema(property.schema);
    let target = referred(cx, property.schema);
    ir::Field {
        origin: ir::Origin {
            place: schema.place.clone(),
        },
        wire_name: property.name.clone(),
        rust_name,
        docs: docs::property(schema, target),
        ty,
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
    }
}

/// The schema at the end of a chain of references.
pub(super) fn referred<'a>(cx: &Context<'a>, id: SchemaId) -> &'a Schema {
    let schema = cx.schema(id);
    schema
        .reference
        .map_or(schema, |target| referred(cx, target))
}

/// What an object says of properties that it does not describe (JSON Schema 2020-12, core 10.3.2.3). An
/// absent `additionalProperties` allows them too, but hardly any document means that they matter.
pub(super) fn additional(cx: &mut Context, object: &Schema, role: &Role) -> Additional {
    if !object.pattern_properties.is_empty() {
        cx.unsupported(
            &object.place,
            "`patternProperties`",
            "values are read and written as any JSON value",
        );
        return Additional::Kept(Type::Any);
    }
    match object.additional_properties {
        None => Additional::Skipped,
        Some(id) if !cx.schema(id).satisfiable => Additional::Denied,
        Some(id) => Additional::Kept(schema::lower_value(cx, id, &role.part("value"))),
    }
}

/// The type of an object without properties of its own.
pub(super) fn map(cx: &mut Context, object: &Schema, role: &Role) -> Type {
    let value = match additional(cx, object, role) {
        Additional::Kept(ty) => ty,
        Additional::Skipped | Additional::Denied => Type::Any,
    };
    Type::Map(Box::new(value))
}
