//! Paths and operations in the form that 3.0 has for them.

use serde_json::{Map, Value, json};

use super::{Context, extend, external_docs, location_word, object, schema, server, text};
use crate::model::{
    Encoding, Header, MediaType, Operation, Parameter, ParameterLocation, ParameterValue, PathItem,
    RequestBody, Response, Style,
};

/// A path item. Methods that 3.0 does not have are left out.
pub(super) fn path_item(cx: &mut Context, item: &PathItem) -> Value {
    let mut written = Map::new();
    for it in &item.operations {
        let method = it.method.to_ascii_lowercase();
        match method.as_str() {
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
                let it = operation(cx, it);
                written.insert(method, it);
            }
            other => cx.not_expressible(&it.place, &format!("the method `{other}`")),
        }
    }
    Value::Object(written)
}

fn operation(cx: &mut Context, operation: &Operation) -> Value {
    let parameters: Vec<_> = operation
        .parameters
        .iter()
        .filter_map(|it| parameter(cx, it))
        .collect();
    let responses: Map<_, _> = operation
        .responses
        .iter()
        .map(|(status, it)| (status.to_string(), response(cx, it)))
        .collect();
    let security: Vec<_> = operation
        .security
        .iter()
        .map(|it| json!(it.schemes))
        .collect();
    let mut written = object([
        (
            "operationId",
            operation.operation_id.as_ref().map(|(id, _)| json!(id)),
        ),
        (
            "tags",
            (!operation.tags.is_empty()).then(|| json!(operation.tags)),
        ),
        ("summary", text(operation.summary.as_ref())),
        ("description", text(operation.description.as_ref())),
        (
            "externalDocs",
            operation.external_docs.as_ref().map(external_docs),
        ),
        (
            "parameters",
            (!parameters.is_empty()).then_some(Value::Array(parameters)),
        ),
        (
            "requestBody",
            operation
                .request_body
                .as_ref()
                .map(|it| request_body(cx, it)),
        ),
        ("responses", Some(Value::Object(responses))),
        (
            "deprecated",
            operation.deprecated.then_some(Value::Bool(true)),
        ),
        ("security", Some(Value::Array(security))),
        (
            "servers",
            (!operation.servers.is_empty()).then(|| operation.servers.iter().map(server).collect()),
        ),
    ]);
    for callback in &operation.callbacks {
        let items = callback
            .path_items
            .iter()
            .map(|it| (it.path.clone(), path_item(cx, it)))
            .collect();
        let callbacks = written.entry("callbacks").or_insert_with(|| json!({}));
        if let Value::Object(callbacks) = callbacks {
            callbacks.insert(callback.name.clone(), Value::Object(items));
        }
    }
    extend(&mut written, &operation.extensions);
    Value::Object(written)
}

fn parameter(cx: &mut Context, parameter: &Parameter) -> Option<Value> {
    if parameter.location == ParameterLocation::QueryString {
        cx.not_expressible(&parameter.place, "that a parameter is the whole query");
        return None;
    }
    let mut written = object([
        ("name", Some(json!(parameter.name))),
        ("in", Some(json!(location_word(parameter.location)))),
        ("description", text(parameter.description.as_ref())),
        ("required", parameter.required.then_some(Value::Bool(true))),
        (
            "deprecated",
            parameter.deprecated.then_some(Value::Bool(true)),
        ),
        (
            "allowEmptyValue",
            parameter.allow_empty_value.then_some(Value::Bool(true)),
        ),
        ("example", parameter.examples.first().cloned()),
    ]);
    value(cx, &parameter.value, &mut written);
    extend(&mut written, &parameter.extensions);
    Some(Value::Object(written))
}

/// `schema` with its style, or `content`.
fn value(cx: &mut Context, value: &ParameterValue, written: &mut Map<String, Value>) {
    match value {
        ParameterValue::Schema {
            schema,
            style,
            explode,
            allow_reserved,
        } => {
            written.insert("style".to_owned(), json!(style_word(*style)));
            written.insert("explode".to_owned(), json!(explode));
            if *allow_reserved {
                written.insert("allowReserved".to_owned(), json!(true));
            }
            written.insert("schema".to_owned(), schema::used(cx, *schema));
        }
        ParameterValue::Content(media_type) => {
            written.insert(
                "content".to_owned(),
                content(cx, std::slice::from_ref(media_type)),
            );
        }
    }
}

fn style_word(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form | Style::Cookie => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
    }
}

fn request_body(cx: &mut Context, body: &RequestBody) -> Value {
    let mut written = object([
        ("description", text(body.description.as_ref())),
        ("required", body.required.then_some(Value::Bool(true))),
        ("content", Some(content(cx, &body.content))),
    ]);
    extend(&mut written, &body.extensions);
    Value::Object(written)
}

fn response(cx: &mut Context, response: &Response) -> Value {
    let headers: Map<_, _> = response
        .headers
        .iter()
        .map(|it| (it.name.clone(), header(cx, it)))
        .collect();
    let mut written = object([
        ("description", Some(json!(response.description))),
        (
            "headers",
            (!headers.is_empty()).then_some(Value::Object(headers)),
        ),
        (
            "content",
            (!response.content.is_empty()).then(|| content(cx, &response.content)),
        ),
    ]);
    extend(&mut written, &response.extensions);
    Value::Object(written)
}

fn header(cx: &mut Context, header: &Header) -> Value {
    let mut written = object([
        ("description", text(header.description.as_ref())),
        ("required", header.required.then_some(Value::Bool(true))),
        ("deprecated", header.deprecated.then_some(Value::Bool(true))),
    ]);
    value(cx, &header.value, &mut written);
    Value::Object(written)
}

fn content(cx: &mut Context, content: &[MediaType]) -> Value {
    let mut written = Map::new();
    for it in content {
        if it.item_schema.is_some() {
            cx.not_expressible(&it.place, "what the items of a stream are");
        }
        let encoding: Map<_, _> = it
            .encoding
            .iter()
            .map(|(name, it)| (name.clone(), encoding(it)))
            .collect();
        let media_type = object([
            ("schema", it.schema.map(|id| schema::used(cx, id))),
            ("example", it.examples.first().cloned()),
            (
                "encoding",
                (!encoding.is_empty()).then_some(Value::Object(encoding)),
            ),
        ]);
        written.insert(it.name.clone(), Value::Object(media_type));
    }
    Value::Object(written)
}

fn encoding(encoding: &Encoding) -> Value {
    Value::Object(object([
        (
            "contentType",
            encoding.content_type.as_ref().map(|it| json!(it)),
        ),
        ("style", encoding.style.map(|it| json!(style_word(it)))),
        ("explode", encoding.explode.map(Value::Bool)),
        (
            "allowReserved",
            encoding.allow_reserved.then_some(Value::Bool(true)),
        ),
    ]))
}
