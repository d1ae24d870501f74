//! Objects: structs, maps, and structs that keep what they do not know.

use std::collections::HashSet;

use super::{constraints, xml};
use crate::ir::{self, Additional, Presence, Type, Why};
use crate::lower::context::{Context, Role};
use crate::lower::schema::{self, Kind};
use crate::lower::{docs, extension};
use crate::model::{Schema, SchemaId};

/// What a schema whose JSON type is `object` becomes.
pub(super) fn lower(cx: &mut Context, object: &Schema, role: &Role) -> Kind {
    let additional = additional(cx, object, role);
    if !becomes_item(cx, object) {
        let value = match additional {
            Additional::Kept(ty) => ty,
            Additional::Skipped | Additional::Denied => cx.any(&object.place, Why::Properties),
        };
        return Kind::Plain(Type::Map(Box::new(value)));
    }
    let mut fields = Vec::new();
    let required: HashSet<&String> = object.required.iter().collect();
    for (name, property) in &object.properties {
        let is_required = required.contains(name);
        // A property that nothing satisfies is one that is never there.
        if is_required || cx.schema(*property).satisfiable {
            fields.push(field(cx, name, *property, is_required, role));
        }
    }
    if additional == Additional::Skipped {
        let described = |name: &&String| !object.properties.contains_key(*name);
        let names = object.required.iter().filter(described);
        fields.extend(names.map(|name| undescribed(cx, object, name)));
    }
    Kind::Item(ir::ItemKind::Struct(ir::Struct {
        fields,
        additional,
        parts: None,
    }))
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

/// The field of a property.
pub(in crate::lower) fn field(
    cx: &mut Context,
    name: &str,
    id: SchemaId,
    is_required: bool,
    role: &Role,
) -> ir::Field {
    let rust_name = extension::property_name(cx, role, name, cx.schema(id));
    let ty = schema::lower(cx, id, &role.part(rust_name.as_deref().unwrap_or(name)));
    let nullable = schema::is_nullable(cx, id) && ty != Type::Any && ty != Type::Null;
    let presence = match (is_required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let schema = cx.schema(id);
    let target = referred(cx, id);
    ir::Field {
        origin: ir::Origin {
            place: schema.place.clone(),
        },
        wire_name: name.to_owned(),
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
        xml: xml::at_place(cx, id),
    }
}

/// A property that is demanded and not described. It may be anything, and is optional all the same: more often
/// than not, the document has another name in mind.
fn undescribed(cx: &mut Context, object: &Schema, name: &str) -> ir::Field {
    ir::Field {
        origin: ir::Origin {
            place: object.place.clone(),
        },
        wire_name: name.to_owned(),
        rust_name: None,
        docs: ir::Docs::default(),
        ty: cx.any(&object.place, Why::Undescribed(name.to_owned())),
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

/// The schema at the end of a chain of references. A chain that does not end has no other schema than its first.
pub(in crate::lower) fn referred<'a>(cx: &Context<'a>, id: SchemaId) -> &'a Schema {
    const LONG: usize = 1_000;
    let first = cx.schema(id);
    let mut schema = first;
    for _ in 0..LONG {
        match schema.reference {
            Some(target) => schema = cx.schema(target),
            None => return schema,
        }
    }
    first
}

/// What an object says of properties that it does not describe (JSON Schema 2020-12, core 10.3.2.3). An
/// absent `additionalProperties` allows them too, but hardly any document means that they matter.
pub(in crate::lower) fn additional(cx: &mut Context, object: &Schema, role: &Role) -> Additional {
    match object.additional_properties {
        None => Additional::Skipped,
        Some(id) if !cx.schema(id).satisfiable => Additional::Denied,
        Some(id) => Additional::Kept(schema::lower_inside(cx, id, &role.part("value"))),
    }
}
