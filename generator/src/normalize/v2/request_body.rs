//! The body of a request: what `in: body` and `in: formData` of 2.0 have become.

use indexmap::IndexMap;

use super::media_type::{FORM, JSON, MULTIPART, Stated};
use super::parameter::{Body, Field};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Encoding, Extensions, RequestBody, Schema, SchemaId, SimpleType, Style};
use crate::normalize::cx::Cx;
use crate::normalize::object::Object;

/// Makes the body of an operation, which takes `consumes`.
pub(super) fn of(
    cx: &mut Cx<'_, '_>,
    operation: &Object<'_>,
    body: Option<Body>,
    fields: &[Field],
    consumes: &[Stated],
) -> Option<RequestBody> {
    let Some(body) = body else {
        return (!fields.is_empty()).then(|| form(cx, operation, fields, consumes));
    };
    if let Some(first) = fields.first() {
        let message = "the operation has both a body and form fields; the form fields are left out";
        let finding = Diagnostic::at(Code::InvalidValue, &first.place, message).harmless();
        let finding = finding
            .label("left out")
            .related(&body.place, "this body is used");
        cx.diagnostics.report(finding.help(
            "turn the form fields into properties of the body, or the body into a form field",
        ));
    }
    Some(plain(body, consumes))
}

/// The body that a parameter describes, in every media type that the operation takes.
fn plain(body: Body, consumes: &[Stated]) -> RequestBody {
    let assumed;
    let types = match consumes {
        [] => {
            let name = if body.is_file {
                "application/octet-stream"
            } else {
                JSON
            };
            assumed = Stated::assumed(name, body.place.clone());
            &assumed[..]
        }
        stated => stated,
    };
    RequestBody {
        content: types.iter().map(|it| it.of(Some(body.schema))).collect(),
        place: body.place,
        description: body.description,
        required: body.required,
        extensions: body.extensions,
    }
}

/// The body that the fields of a form make up: an object with a property for each.
fn form(
    cx: &mut Cx<'_, '_>,
    operation: &Object<'_>,
    fields: &[Field],
    consumes: &[Stated],
) -> RequestBody {
    let schema = form_schema(cx, operation, fields);
    let encoding: IndexMap<String, Encoding> = fields
        .iter()
        .filter(|field| field.is_list(cx) && field.style != (Style::Form, true))
        .map(|field| (field.name.clone(), field.encoding()))
        .collect();
    let mut content = Vec::new();
    for stated in form_types(cx, operation, fields, consumes) {
        let mut media_type = stated.of(Some(schema));
        media_type.encoding.clone_from(&encoding);
        content.push(media_type);
    }
    RequestBody {
        place: operation.place(cx),
        description: None,
        required: fields.iter().any(|field| field.required),
        content,
        extensions: Extensions::new(),
    }
}

/// The schema of a form, which is the operation's own.
fn form_schema(cx: &mut Cx<'_, '_>, operation: &Object<'_>, fields: &[Field]) -> SchemaId {
    let node = operation.at.node.id;
    if let Some(known) = cx.schemas.known(node) {
        return known;
    }
    let required = fields.iter().filter(|field| field.required);
    let schema = Schema {
        types: vec![SimpleType::Object],
        properties: fields
            .iter()
            .map(|field| (field.name.clone(), field.schema))
            .collect(),
        required: required.map(|field| field.name.clone()).collect(),
        ..Schema::any(operation.place(cx))
    };
    cx.schemas.push_of(node, schema)
}

/// The media types in which a form travels: those of `consumes` that are for forms, and only the one that can
/// hold a file when there is one.
fn form_types(
    cx: &mut Cx<'_, '_>,
    operation: &Object<'_>,
    fields: &[Field],
    consumes: &[Stated],
) -> Vec<Stated> {
    let has_file = fields.iter().any(|field| field.is_file);
    let fits = |stated: &&Stated| {
        let essence = stated.essence();
        essence == MULTIPART || (essence == FORM && !has_file)
    };
    let fitting: Vec<Stated> = consumes.iter().filter(fits).cloned().collect();
    if !fitting.is_empty() {
        return fitting;
    }
    let name = if has_file { MULTIPART } else { FORM };
    let place = operation.place(cx);
    if let Some(first) = consumes.first() {
        let what = if has_file { "file" } else { "form" };
        let message = format!(
            "`consumes` lists no media type that can carry a {what}; it is sent as `{name}`"
        );
        let finding = Diagnostic::at(Code::InvalidValue, &place, message).harmless();
        let finding = finding.related(&first.place, "the operation consumes this");
        cx.diagnostics
            .report(finding.help(format!("add `consumes: [{name}]` to the operation")));
    }
    Stated::assumed(name, place)
}

impl Field {
    fn is_list(&self, cx: &Cx<'_, '_>) -> bool {
        let types = &cx.schemas.schemas[self.schema].types;
        types.contains(&SimpleType::Array)
    }

    fn encoding(&self) -> Encoding {
        let (style, explode) = self.style;
        Encoding {
            place: self.place.clone(),
            content_type: None,
            headers: Vec::new(),
            style: Some(style),
            explode: Some(explode),
            allow_reserved: false,
        }
    }
}
