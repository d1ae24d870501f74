//! Parameters -> arguments.

use super::convention;
use crate::document::Place;
use crate::ir::{self, ParameterKind, Serialization, Type};
use crate::lower::body::style;
use crate::lower::context::{Context, Role};
use crate::lower::schema::constraints;
use crate::lower::{docs, extension, facts, schema};
use crate::media_type::Family;
use crate::model::{self, ParameterLocation, ParameterValue, SchemaId, Style};

/// Lowers parameters of an operation.
pub(super) fn lower_all<'p>(
    cx: &mut Context,
    owner: &Role,
    parameters: impl IntoIterator<Item = &'p model::Parameter>,
) -> Vec<ir::Argument> {
    let parameters = parameters.into_iter();
    parameters.map(|it| lower(cx, owner, it)).collect()
}

fn lower(cx: &mut Context, owner: &Role, parameter: &model::Parameter) -> ir::Argument {
    let kind = match parameter.location {
        ParameterLocation::Path => ParameterKind::Path,
        ParameterLocation::Query => ParameterKind::Query,
        ParameterLocation::QueryString => ParameterKind::QueryString,
        ParameterLocation::Header => ParameterKind::Header,
        ParameterLocation::Cookie => ParameterKind::Cookie,
    };
    let (schema_id, serialization) = serialization(&parameter.value, kind);
    let role = owner.part(&parameter.name);
    let ty = value_type(cx, &parameter.place, schema_id, &serialization, &role);
    let may_be_empty = parameter.allow_empty_value
        && kind == ParameterKind::Query
        && !parameter.required
        && has_empty_form(&serialization)
        && !cx.is_text(&ty);
    convention::report(cx, parameter);
    let is_idempotency_key = is_idempotency_key(cx, parameter, &ty, schema_id);
    let target = schema_id.map(|schema| cx.referred(schema));
    ir::Argument {
        origin: ir::Origin {
            place: parameter.place.clone(),
        },
        wire_name: parameter.name.clone(),
        rust_name: extension::name(cx, &parameter.place, &parameter.extensions),
        kind,
        docs: docs::docs(
            None,
            parameter
                .description
                .as_ref()
                .or(target.and_then(|schema| schema.description.as_ref())),
            None,
        ),
        ty,
        only: target.and_then(facts::only_value),
        required: parameter.required,
        may_be_empty,
        deprecated: parameter.deprecated || target.is_some_and(|schema| schema.deprecated),
        serialization,
        default: target.and_then(|schema| schema.default.clone()),
        examples: match &parameter.examples[..] {
            [] => target
                .map(|schema| schema.examples.clone())
                .unwrap_or_default(),
            examples => examples.to_vec(),
        },
        constraints: target.map(constraints::describe).unwrap_or_default(),
        replaces: Vec::new(),
        is_idempotency_key,
    }
}

/// Whether a parameter is an idempotency key: a header of a usual name that takes a UUID, unless the document says
/// otherwise.
fn is_idempotency_key(
    cx: &mut Context,
    parameter: &model::Parameter,
    ty: &Type,
    schema: Option<SchemaId>,
) -> bool {
    const NAMES: [&str; 3] = ["Idempotency-Key", "X-Idempotency-Key", "Idempotency-Token"];
    /// How long a UUID is.
    const UUID: u64 = 36;
    let is_header = parameter.location == ParameterLocation::Header;
    let may_be = is_header && (cx.is_text(ty) || *cx.resolve(ty) == Type::Uuid);
    let target = schema.map(|schema| cx.referred(schema));
    let takes_uuid = target.is_none_or(|schema| {
        facts::only_value(schema).is_none()
            && schema.bounds.pattern.is_none()
            && schema.bounds.max_length.is_none_or(|it| it >= UUID)
    });
    let is_usual = NAMES
        .iter()
        .any(|it| it.eq_ignore_ascii_case(&parameter.name));
    let (place, extensions) = (&parameter.place, &parameter.extensions);
    extension::is_idempotency_key(cx, place, extensions, may_be)
        .unwrap_or(may_be && is_usual && takes_uuid)
}

/// The schema of a value and how it is written.
fn serialization(value: &ParameterValue, kind: ParameterKind) -> (Option<SchemaId>, Serialization) {
    match value {
        // A whole query has no style (OAS 3.2.0, Parameter Object): it is a form, as any query.
        ParameterValue::Schema { schema, .. } if kind == ParameterKind::QueryString => {
            (Some(*schema), Serialization::Form(Vec::new()))
        }
        ParameterValue::Schema {
            schema,
            style,
            explode,
            allow_reserved,
        } => {
            let (style, explode, allow_reserved) = (*style, *explode, *allow_reserved);
            let serialization = Serialization::Style {
                style,
                explode,
                allow_reserved,
            };
            (Some(*schema), serialization)
        }
        ParameterValue::Content(content) => {
            let serialization = match Family::of(&content.name) {
                Family::Json => Serialization::Json,
                Family::Form => Serialization::Form(style::of_form(content)),
                _ => Serialization::Text,
            };
            (content.schema, serialization)
        }
    }
}

/// The type of a value. Of a media type that is written as text, lists and objects are left to the caller.
fn value_type(
    cx: &mut Context,
    place: &Place,
    schema: Option<SchemaId>,
    serialization: &Serialization,
    role: &Role,
) -> Type {
    match (schema, serialization) {
        (Some(schema), Serialization::Text) => {
            let mark = cx.mark();
            let ty = schema::lower(cx, schema, role);
            if cx.is_scalar(&ty) {
                return ty;
            }
            cx.roll_back(&mark);
            Type::String
        }
        (None, Serialization::Text) => Type::String,
        (Some(schema), _) => schema::lower(cx, schema, role),
        (None, _) => cx.any(place, ir::Why::NoSchema),
    }
}

/// Whether the style says how a parameter without a value is written (OAS 3.1.1, Style Examples).
fn has_empty_form(serialization: &Serialization) -> bool {
    !matches!(
        serialization,
        Serialization::Style {
            style: Style::SpaceDelimited
                | Style::TabDelimited
                | Style::PipeDelimited
                | Style::DeepObject,
            ..
        }
    )
}

/// Lowers the headers of a response.
pub(super) fn lower_headers(
    cx: &mut Context,
    owner: &Role,
    status: &str,
    headers: &[model::Header],
) -> Vec<ir::ResponseHeader> {
    let mut lowered = Vec::new();
    for header in headers {
        let (schema_id, serialization) = serialization(&header.value, ParameterKind::Header);
        let role = owner.part(&format!("{status} {}", header.name));
        let ty = value_type(cx, &header.place, schema_id, &serialization, &role);
        lowered.push(ir::ResponseHeader {
            origin: ir::Origin {
                place: header.place.clone(),
            },
            wire_name: header.name.clone(),
            rust_name: extension::name(cx, &header.place, &header.extensions),
            docs: docs::docs(None, header.description.as_ref(), None),
            ty,
            required: header.required,
            deprecated: header.deprecated,
            serialization,
        });
    }
    lowered
}
