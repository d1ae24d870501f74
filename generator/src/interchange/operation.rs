//! Paths and operations in the form that 3.0 has for them.

use serde_json::{Map, Value, json};

use super::{
    Context, extend, external_docs, location_word, object, schema, security, servers, text,
};
use crate::document::Place;
use crate::model::{
    Encoding, Header, Link, LinkTarget, MediaType, Operation, Parameter, ParameterLocation,
    ParameterValue, PathItem, RequestBody, Response, Style,
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
    let mut security = security::requirements(cx, &operation.security);
    if operation.has_own_security && operation.security.is_empty() {
        security = Some(json!([]));
    }
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
        ("responses", Some(responses(cx, operation))),
        (
            "deprecated",
            operation.deprecated.then_some(Value::Bool(true)),
        ),
        ("security", security),
        ("servers", servers(cx, &operation.servers)),
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

fn responses(cx: &mut Context, operation: &Operation) -> Value {
    let written: Map<_, _> = operation
        .responses
        .iter()
        .map(|(status, it)| (status.to_string(), response(cx, it)))
        .collect();
    if written.is_empty() {
        // OAS 3.0.4, Responses Object: there is at least one.
        let what = "that an operation documents no response";
        cx.approximated(&operation.place, what, "any response is documented");
        return json!({ "default": { "description": "Any response." } });
    }
    Value::Object(written)
}

fn parameter(cx: &mut Context, parameter: &Parameter) -> Option<Value> {
    if parameter.location == ParameterLocation::QueryString {
        cx.not_expressible(&parameter.place, "that a parameter is the whole query");
        return None;
    }
    let ignored = ["accept", "authorization", "content-type"];
    let name = parameter.name.to_ascii_lowercase();
    if parameter.location == ParameterLocation::Header && ignored.contains(&name.as_str()) {
        let what = format!("that there is a header parameter `{}`", parameter.name);
        cx.not_expressible(&parameter.place, &what);
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
    ]);
    let style = match parameter.location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        _ => Style::Form,
    };
    value(cx, &parameter.value, style, &parameter.place, &mut written);
    examples(&parameter.examples, &mut written);
    extend(&mut written, &parameter.extensions);
    Some(Value::Object(written))
}

/// `schema` with its style, as far as that is not the usual one, or `content`.
fn value(
    cx: &mut Context,
    value: &ParameterValue,
    usual: Style,
    place: &Place,
    written: &mut Map<String, Value>,
) {
    match value {
        ParameterValue::Schema {
            schema,
            style,
            explode,
            allow_reserved,
        } => {
            let style = &expressible(cx, *style, usual, place);
            if style_word(*style) != style_word(usual) {
                written.insert("style".to_owned(), json!(style_word(*style)));
            }
            if *explode != (style_word(*style) == "form") {
                written.insert("explode".to_owned(), json!(explode));
            }
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

/// The style of 3.0 that is closest to a style, where that is not the same.
fn expressible(cx: &mut Context, style: Style, usual: Style, place: &Place) -> Style {
    let what = match style {
        Style::Cookie => "the style `cookie`",
        Style::TabDelimited => "that a list has tabs between its values",
        Style::SpaceDelimited | Style::PipeDelimited if usual == Style::Simple => {
            "what stands between the values of a list in a path or header"
        }
        other => return other,
    };
    cx.approximated(place, what, "the usual style");
    usual
}

/// `example`, or `examples` of which the names are not known any more.
fn examples(examples: &[Value], written: &mut Map<String, Value>) {
    if let [only] = examples {
        written.insert("example".to_owned(), only.clone());
    } else if !examples.is_empty() {
        let named = examples.iter().zip(1..);
        let named = named.map(|(it, number)| (format!("example{number}"), json!({ "value": it })));
        written.insert("examples".to_owned(), Value::Object(named.collect()));
    }
}

fn style_word(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form | Style::Cookie | Style::TabDelimited => "form",
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
    if response.summary.is_some() {
        cx.not_expressible(&response.place, "the summary of a response");
    }
    let links: Map<_, _> = response
        .links
        .iter()
        .map(|it| (it.name.clone(), link(it)))
        .collect();
    let mut written = object([
        ("description", Some(json!(response.description))),
        ("headers", headers(cx, &response.headers)),
        (
            "content",
            (!response.content.is_empty()).then(|| content(cx, &response.content)),
        ),
        ("links", (!links.is_empty()).then_some(Value::Object(links))),
    ]);
    extend(&mut written, &response.extensions);
    Value::Object(written)
}

/// A link.
fn link(link: &Link) -> Value {
    let target = match &link.target {
        LinkTarget::Id(id) => ("operationId", Some(json!(id))),
        LinkTarget::Reference(reference) => ("operationRef", Some(json!(reference))),
    };
    Value::Object(object([
        target,
        ("description", text(link.description.as_ref())),
        (
            "parameters",
            (!link.parameters.is_empty()).then(|| json!(link.parameters)),
        ),
        ("requestBody", link.request_body.clone()),
    ]))
}

fn headers(cx: &mut Context, headers: &[Header]) -> Option<Value> {
    let written = headers.iter().map(|it| (it.name.clone(), header(cx, it)));
    let written: Map<_, _> = written.collect();
    (!written.is_empty()).then_some(Value::Object(written))
}

fn header(cx: &mut Context, header: &Header) -> Value {
    let mut written = object([
        ("description", text(header.description.as_ref())),
        ("required", header.required.then_some(Value::Bool(true))),
        ("deprecated", header.deprecated.then_some(Value::Bool(true))),
    ]);
    value(
        cx,
        &header.value,
        Style::Simple,
        &header.place,
        &mut written,
    );
    extend(&mut written, &header.extensions);
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
            .map(|(name, it)| (name.clone(), encoding(cx, it)))
            .collect();
        let mut media_type = object([
            ("schema", it.schema.map(|id| schema::used(cx, id))),
            (
                "encoding",
                (!encoding.is_empty()).then_some(Value::Object(encoding)),
            ),
        ]);
        examples(&it.examples, &mut media_type);
        written.insert(it.name.clone(), Value::Object(media_type));
    }
    Value::Object(written)
}

fn encoding(cx: &mut Context, encoding: &Encoding) -> Value {
    Value::Object(object([
        (
            "contentType",
            encoding.content_type.as_ref().map(|it| json!(it)),
        ),
        ("headers", headers(cx, &encoding.headers)),
        ("style", encoding.style.map(|it| json!(style_word(it)))),
        ("explode", encoding.explode.map(Value::Bool)),
        (
            "allowReserved",
            encoding.allow_reserved.then_some(Value::Bool(true)),
        ),
    ]))
}
