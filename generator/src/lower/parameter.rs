//! Parameters -> arguments.

use super::context::{Context, Role};
use super::{constraints, docs, extension, object, schema};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::ir::{self, ParameterKind, Serialization};
use crate::model::{self, ParameterLocation, ParameterValue, SchemaId, Style};

/// Lowers the parameters of an operation. `None` when a required one cannot be sent: then the operation is
/// left out; an optional one that cannot be sent is left out alone.
pub(super) fn lower_all(
    cx: &mut Context,
    owner: &Role,
    operation: &model::Operation,
    name: &str,
) -> Option<Vec<ir::Argument>> {
    let mut arguments = Vec::new();
    for parameter in &operation.parameters {
        match lower(cx, owner, parameter) {
            Some(argument) => arguments.push(argument),
            None if parameter.required => {
                cx.report(
                    Diagnostic::at(
                        Code::UnsupportedParameter,
                        &parameter.place,
                        format!(
                            "`{name}` is left out: its required parameter `{}` cannot be sent yet",
                            parameter.name
                        ),
                    )
                    .related(&operation.place, "the operation"),
                );
                return None;
            }
            None => {
                cx.unsupported(
                    &parameter.place,
                    "such a parameter",
                    "left out of the operation",
                );
            }
        }
    }
    Some(arguments)
}

/// Lowers a parameter. `None` when it cannot be sent.
pub(super) fn lower(
    cx: &mut Context,
    owner: &Role,
    parameter: &model::Parameter,
) -> Option<ir::Argument> {
    let kind = match parameter.location {
        ParameterLocation::Path => ParameterKind::Path,
        ParameterLocation::Query => ParameterKind::Query,
        ParameterLocation::Header => ParameterKind::Header,
        ParameterLocation::Cookie => ParameterKind::Cookie,
        ParameterLocation::QueryString => return None,
    };
    let (schema_id, serialization) = serialization(&parameter.value)?;
    let role = owner.part(&parameter.name);
    let ty = match schema_id {
        Some(schema) => schema::lower(cx, schema, &role),
        None => cx.any(&parameter.place, ir::Why::NoSchema),
    };
    let target = schema_id.map(|schema| object::referred(cx, schema));
    Some(ir::Argument {
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
        required: parameter.required,
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
    })
}

/// The schema of a value and how it is written; `None` when it is of a media type other than JSON.
fn serialization(value: &ParameterValue) -> Option<(Option<SchemaId>, Serialization)> {
    match value {
        ParameterValue::Schema {
            schema,
            style,
            explode,
            allow_reserved,
        } => {
            if *style == Style::Cookie {
                return None;
            }
            let (style, explode, allow_reserved) = (*style, *explode, *allow_reserved);
            Some((
                Some(*schema),
                Serialization::Style {
                    style,
                    explode,
                    allow_reserved,
                },
            ))
        }
        ParameterValue::Content(content) => super::media_type::is_json(&content.name)
            .then_some((content.schema, Serialization::Json)),
    }
}

/// Lowers the headers of a response. One of a media type other than JSON is left out; it can still be read
/// by its name.
pub(super) fn lower_headers(
    cx: &mut Context,
    owner: &Role,
    status: &str,
    headers: &[model::Header],
) -> Vec<ir::ResponseHeader> {
    let mut lowered = Vec::new();
    for header in headers {
        let Some((schema_id, serialization)) = serialization(&header.value) else {
            let place: &Place = &header.place;
            cx.unsupported(
                place,
                "a header of a media type other than JSON",
                "has no typed accessor",
            );
            continue;
        };
        let role = owner.part(&format!("{status} {}", header.name));
        let ty = match schema_id {
            Some(schema) => schema::lower(cx, schema, &role),
            None => cx.any(&header.place, ir::Why::NoSchema),
        };
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
