//! A contract, read from a document.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::resource;
use super::{Body, Contract, Encoding, Form, MediaType, Operation, Parameter, Response, Template};
use crate::conform::{Bundle, Direction, Part, SchemaPlace, references};
use crate::document::{Node, Place, Spec};
use crate::ir;
use crate::media_type::{self, Family};
use crate::model::{self, Description, ParameterLocation, SchemaId, Schemas, SimpleType};

/// Reads what a document says. `base_path` goes before what its servers have.
///
/// # Errors
///
/// When its schemas are no JSON Schema: why.
pub fn read(
    module: String,
    spec: Spec,
    description: &Description,
    api: ir::Api,
    base_path: Option<&str>,
) -> Result<Contract, String> {
    let used = Used::of(description);
    let places = |ids: &[SchemaId]| -> Vec<Part> {
        ids.iter()
            .filter_map(|id| part(&spec, description, *id))
            .collect()
    };
    let requests = Bundle::of(&spec, Direction::Request, places(&used.requests))?;
    let responses = Bundle::of(&spec, Direction::Response, places(&used.responses))?;
    let base_path = match base_path {
        Some(path) => path.trim_end_matches('/').to_owned(),
        None => base_path_of(&api.servers),
    };
    let clients = api.operations.iter().zip(0..);
    let reader = Reader {
        spec: &spec,
        description,
        clients: clients
            .map(|(it, id)| (it.origin.place.pointer.as_str(), ir::OperationId(id)))
            .collect(),
        api: &api,
        base_path: &base_path,
    };
    let paths = description.paths.iter();
    let operations = paths.flat_map(|path| {
        let operations = path.operations.iter();
        operations.map(|it| reader.operation(path, it, &requests, &responses))
    });
    let mut operations: Vec<Operation> = operations.collect();
    resource::find(&mut operations);
    let schemas = if operations.iter().any(has_xml) {
        Schemas(description.schemas.0.clone())
    } else {
        Schemas::default()
    };
    Ok(Contract {
        schemas,
        module,
        title: description.info.title.clone(),
        schemes: description.security_schemes.clone(),
        base_path,
        operations,
        requests,
        responses,
        spec,
        api,
    })
}

/// Whether a body of an operation is XML.
fn has_xml(operation: &Operation) -> bool {
    let sent = operation.body.iter().flat_map(|it| &it.content);
    let received = operation.responses.iter().flat_map(|it| &it.content);
    sent.chain(received).any(|it| it.xml.is_some())
}

/// The path of the first server.
fn base_path_of(servers: &[ir::Server]) -> String {
    let url = servers
        .first()
        .map(ir::Server::default_url)
        .unwrap_or_default();
    path_of(&url)
}

/// The path of a URL, or of a reference to one, without a slash at its end.
fn path_of(url: &str) -> String {
    let after_host = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url.trim_start_matches('.'),
    };
    let path = after_host.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

/// The schemas by which requests and responses are judged.
#[derive(Default)]
struct Used {
    requests: Vec<SchemaId>,
    responses: Vec<SchemaId>,
}

impl Used {
    fn of(description: &Description) -> Self {
        let mut used = Self::default();
        let operations = description.paths.iter().flat_map(|it| &it.operations);
        for operation in operations {
            for parameter in &operation.parameters {
                of_value(&parameter.value, &mut used.requests);
            }
            if let Some(body) = &operation.request_body {
                of_content(&body.content, &mut used.requests);
            }
            for (_, response) in &operation.responses {
                of_content(&response.content, &mut used.responses);
                for header in &response.headers {
                    of_value(&header.value, &mut used.responses);
                }
            }
        }
        used
    }
}

fn of_value(value: &model::ParameterValue, found: &mut Vec<SchemaId>) {
    match value {
        model::ParameterValue::Schema { schema, .. } => found.push(*schema),
        model::ParameterValue::Content(content) => of_content(std::slice::from_ref(content), found),
    }
}

fn of_content(content: &[model::MediaType], found: &mut Vec<SchemaId>) {
    for media_type in content {
        found.extend(media_type.schema);
        found.extend(media_type.item_schema);
        let headers = media_type.encoding.values().flat_map(|it| &it.headers);
        for header in headers {
            of_value(&header.value, found);
        }
    }
}

/// Where a schema stands in a document.
fn at(spec: &Spec, place: &Place) -> Option<SchemaPlace> {
    let file = references::file_called(spec, &place.source.name)?;
    Some((file, place.pointer.clone()))
}

fn node_at<'s>(spec: &'s Spec, place: &Place) -> Option<&'s Node> {
    let (file, pointer) = at(spec, place)?;
    references::at(spec, file, &pointer)
}

fn part(spec: &Spec, description: &Description, id: SchemaId) -> Option<Part> {
    let schema = &description.schemas[id];
    let place = at(spec, &schema.place)?;
    let node = node_at(spec, &schema.place)?;
    if node.get("responses").is_none() {
        return Some(Part::Stated {
            at: place,
            tie: None,
        });
    }
    let properties = schema
        .properties
        .iter()
        .filter_map(|(name, id)| Some((name.clone(), at(spec, &description.schemas[*id].place)?)));
    Some(Part::Object {
        at: place,
        properties: properties.collect(),
        required: schema.required.clone(),
    })
}

struct Reader<'d> {
    spec: &'d Spec,
    description: &'d Description,
    /// The operations of the client, by the places of theirs.
    clients: HashMap<&'d str, ir::OperationId>,
    api: &'d ir::Api,
    base_path: &'d str,
}

impl Reader<'_> {
    fn operation(
        &self,
        path: &model::PathItem,
        operation: &model::Operation,
        requests: &Bundle,
        responses: &Bundle,
    ) -> Operation {
        let client = self.clients.get(operation.place.pointer.as_str()).copied();
        let stated = operation.operation_id.as_ref().map(|(id, _)| id.clone());
        let own = client.map(|it| base_path_of(&self.api[it].servers));
        let is_elsewhere = !operation.servers.is_empty();
        let base_path = own.filter(|_| is_elsewhere);
        let base_path = base_path.as_deref().unwrap_or(self.base_path);
        let body = operation.request_body.as_ref();
        let summary = operation
            .summary
            .as_ref()
            .or(operation.description.as_ref());
        let summary = summary.and_then(|it| it.lines().next());
        Operation {
            place: operation.place.clone(),
            id: stated.unwrap_or_else(|| format!("{} {}", operation.method, path.path)),
            method: operation.method.clone(),
            path: Template::new(&format!("{base_path}{}", path.path)),
            parameters: operation
                .parameters
                .iter()
                .map(|it| self.parameter(it, requests))
                .collect(),
            body: body.map(|it| Body {
                place: it.place.clone(),
                required: it.required,
                content: self.content(&it.content, &it.place, requests),
            }),
            responses: operation
                .responses
                .iter()
                .map(|(status, it)| Response {
                    place: it.place.clone(),
                    status: *status,
                    description: it.description.clone(),
                    headers: self.headers(&it.headers, responses),
                    content: self.content(&it.content, &it.place, responses),
                })
                .collect(),
            security: operation
                .security
                .iter()
                .map(|it| it.schemes.clone())
                .collect(),
            role: None,
            client,
            summary: summary.unwrap_or_default().to_owned(),
        }
    }

    fn parameter(&self, parameter: &model::Parameter, bundle: &Bundle) -> Parameter {
        Parameter {
            place: parameter.place.clone(),
            name: parameter.name.clone(),
            location: parameter.location,
            required: parameter.required,
            may_be_empty: parameter.allow_empty_value,
            form: self.form(&parameter.value, bundle),
            examples: parameter.examples.clone(),
        }
    }

    fn headers(&self, headers: &[model::Header], bundle: &Bundle) -> Vec<Parameter> {
        let header = |it: &model::Header| Parameter {
            place: it.place.clone(),
            name: it.name.clone(),
            location: ParameterLocation::Header,
            required: it.required,
            may_be_empty: false,
            form: self.form(&it.value, bundle),
            examples: Vec::new(),
        };
        headers.iter().map(header).collect()
    }

    fn form(&self, value: &model::ParameterValue, bundle: &Bundle) -> Form {
        match value {
            model::ParameterValue::Schema {
                schema,
                style,
                explode,
                ..
            } => Form::Style {
                schema: self.number(*schema, bundle),
                style: *style,
                explode: *explode,
            },
            model::ParameterValue::Content(content) => {
                Form::Content(Box::new(self.media_type(content, bundle)))
            }
        }
    }

    /// The forms of a body that stands at a place. In 2.0 they are stated elsewhere for many bodies at once, and each is
    /// one at the place of its body here.
    fn content(
        &self,
        content: &[model::MediaType],
        place: &Place,
        bundle: &Bundle,
    ) -> Vec<MediaType> {
        let form = |it: &model::MediaType| {
            let mut form = self.media_type(it, bundle);
            if !form
                .place
                .pointer
                .as_str()
                .starts_with(place.pointer.as_str())
            {
                form.place = place.clone();
            }
            form
        };
        content.iter().map(form).collect()
    }

    fn media_type(&self, content: &model::MediaType, bundle: &Bundle) -> MediaType {
        let number = |id: Option<SchemaId>| id.and_then(|it| self.number(it, bundle));
        let encoding = content.encoding.iter().map(|(property, it)| {
            let style = it.style.unwrap_or(model::Style::Form);
            let explode = it.explode.unwrap_or(style == model::Style::Form);
            let is_styled = it.style.is_some() || it.explode.is_some() || it.allow_reserved;
            let encoding = Encoding {
                content_type: it.content_type.clone(),
                style: is_styled.then_some((style, explode)),
                headers: self.headers(&it.headers, bundle),
            };
            (property.clone(), encoding)
        });
        MediaType {
            place: content.place.clone(),
            name: content.name.clone(),
            family: self.family(content),
            xml: content
                .schema
                .filter(|_| self.family(content) == Family::Xml),
            schema: number(content.schema),
            item: number(content.item_schema),
            encoding: encoding.collect::<IndexMap<_, _>>(),
            examples: self.examples(content),
        }
    }

    /// How the values of a media type are written, where its name leaves that open as its schema has it.
    fn family(&self, content: &model::MediaType) -> Family {
        let family = Family::of(&content.name);
        let is_compound = content.schema.is_some_and(|it| self.is_compound(it, 8));
        match family {
            Family::Range if content.schema.is_some() => {
                if self.is_text(content) {
                    Family::Text
                } else {
                    Family::Json
                }
            }
            Family::Text if is_compound && media_type::is_likely_json_text(&content.name) => {
                Family::Json
            }
            Family::Other if is_compound && media_type::is_likely_json(&content.name) => {
                Family::Json
            }
            family => family,
        }
    }

    fn is_text(&self, content: &model::MediaType) -> bool {
        let schema = content.schema.map(|it| &self.description.schemas[it]);
        schema.is_some_and(|it| it.types == [SimpleType::String])
    }

    /// Whether a schema describes objects or arrays.
    fn is_compound(&self, id: SchemaId, depth: usize) -> bool {
        let schema = &self.description.schemas[id];
        let is_stated = schema
            .types
            .iter()
            .any(|it| matches!(it, SimpleType::Object | SimpleType::Array));
        let parts = [&schema.all_of, &schema.any_of, &schema.one_of]
            .into_iter()
            .flatten();
        let mut parts = parts.copied().chain(schema.reference);
        is_stated
            || !schema.properties.is_empty()
            || (depth > 0 && parts.any(|it| self.is_compound(it, depth - 1)))
    }

    fn number(&self, id: SchemaId, bundle: &Bundle) -> Option<usize> {
        let (file, pointer) = at(self.spec, &self.description.schemas[id].place)?;
        bundle.schema_at(file, &pointer)
    }

    /// The values that the document gives, with their names where it has them (OAS 3.2.0, Example Object).
    fn examples(&self, content: &model::MediaType) -> Vec<(Option<String>, Value)> {
        let node = node_at(self.spec, &content.place);
        let file = references::file_called(self.spec, &content.place.source.name);
        let named = node
            .and_then(|it| it.get("examples"))
            .map_or(&[][..], Node::entries);
        let mut found = Vec::new();
        for entry in named {
            let reference = entry.value.get("$ref").and_then(Node::as_str);
            let target = reference
                .zip(file)
                .and_then(|(text, file)| references::target(self.spec, file, text));
            let example = target.map_or(&entry.value, |it| it.node);
            let value = example.get("dataValue").or_else(|| example.get("value"));
            found.extend(value.map(|it| (Some(entry.key.to_string()), it.to_json())));
        }
        let known: Vec<Value> = found.iter().map(|(_, it)| it.clone()).collect();
        let others = content.examples.iter().filter(|it| !known.contains(it));
        found.extend(others.map(|it| (None, it.clone())));
        found
    }
}
