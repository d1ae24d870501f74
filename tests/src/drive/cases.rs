//! Calls of operations, made from the document: arguments, a body, and an answer for each.
//!
//! Values come from the schemas as the document's own tree has them; of the generator it is only taken which argument
//! is called what.

use std::collections::BTreeMap;

use keywright::NamedApi;
use keywright::conform::Bundle;
use keywright::document::{Place, Spec};
use keywright::ir::{
    Argument, Body, BodyEncoding, Field, Operation, OperationId, Payload, Presence, Response,
    Serialization, StatusPattern, Struct, Type,
};
use keywright::model::Style;
use serde_json::{Map, Value, json};

use super::code;
use super::places::{of_argument, of_payload};
use super::travel::{can_travel, is_xml};
use crate::round_trip::types::ModelType;
use crate::round_trip::{self, Sample};

/// How many instances there are of each schema, to choose from.
const INSTANCES: usize = 12;
/// The status of an answer that only `default` describes.
const OTHER_STATUS: u16 = 418;

/// A call to be made, and the answer to be given.
#[derive(Clone, Debug)]
pub struct Case {
    /// The operation.
    pub operation: OperationId,
    /// The arguments, by index.
    pub arguments: BTreeMap<usize, Value>,
    /// The arguments that are sent without a value, by index.
    pub empty: Vec<usize>,
    /// The body: the index of its payload, and its value.
    pub body: Option<(usize, Value)>,
    /// What the server says.
    pub answer: GivenAnswer,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct GivenAnswer {
    /// The status.
    pub status: u16,
    /// The media type and the bytes of the body.
    pub body: Option<(String, Vec<u8>)>,
    /// What the client should make of the body; `None` where that is not judged.
    pub value: Option<Value>,
    /// Whether the operation describes it; if not, the client may say so.
    pub is_documented: bool,
}

impl Case {
    /// The case as the program reads it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let arguments = self.arguments.iter();
        let arguments: Map<_, _> = arguments
            .map(|(index, it)| (index.to_string(), it.clone()))
            .collect();
        json!({
            "operation": self.operation.0,
            "arguments": arguments,
            "empty": self.empty,
            "payload": self.body.as_ref().map(|(payload, _)| payload),
            "body": self.body.as_ref().map(|(_, value)| value),
        })
    }
}

/// The cases of a document.
pub struct Cases<'d> {
    named: &'d NamedApi,
    spec: &'d Spec,
    bundle: Bundle,
}

impl<'d> Cases<'d> {
    /// Reads the schemas of these operations.
    ///
    /// # Errors
    ///
    /// When they are no JSON Schema.
    pub fn new(named: &'d NamedApi, operations: &[OperationId]) -> Result<Self, String> {
        let spec = &named.spec;
        let mut places = Vec::new();
        for id in operations {
            let operation = &named.api[*id];
            places.extend(
                operation
                    .arguments
                    .iter()
                    .filter_map(|it| of_argument(spec, it)),
            );
            if let Some(body) = &operation.body {
                let payloads = body.payloads.iter();
                places.extend(payloads.filter_map(|it| of_payload(spec, &body.origin.place, it)));
                let forms = body
                    .payloads
                    .iter()
                    .filter_map(|it| code::object(&named.api, it));
                let fields = forms.flat_map(|(_, it)| &it.fields);
                places.extend(fields.map(|it| ModelType::at(&it.origin.place, &[])));
            }
            for response in &operation.responses {
                let payloads = response.payloads.iter();
                let place = &response.origin.place;
                places.extend(payloads.filter_map(|it| of_payload(spec, place, it)));
            }
        }
        let bundle = round_trip::bundle(spec, &places)?;
        Ok(Self {
            named,
            spec,
            bundle,
        })
    }

    /// Makes up to `count` cases of an operation, always the same. The first has only what must be there.
    #[must_use]
    pub fn of(&self, id: OperationId, count: usize) -> Vec<Case> {
        let operation = &self.named.api[id];
        if !code::can_call(&self.named.api, operation) {
            return Vec::new();
        }
        let arguments: Vec<Vec<Value>> = operation
            .arguments
            .iter()
            .map(|it| self.values(it))
            .collect();
        let bodies = self.bodies(operation);
        let answers = self.answers(operation, count);
        (0..count)
            .map_while(|index| self.case(id, index, &arguments, &bodies, &answers))
            .collect()
    }

    fn case(
        &self,
        id: OperationId,
        index: usize,
        values: &[Vec<Value>],
        bodies: &[(usize, Vec<Value>)],
        answers: &[GivenAnswer],
    ) -> Option<Case> {
        let operation = &self.named.api[id];
        let pick = |values: &[Value]| values.get(index % values.len().max(1)).cloned();
        let mut case = Case {
            operation: id,
            arguments: BTreeMap::new(),
            empty: Vec::new(),
            body: None,
            answer: answers[index % answers.len()].clone(),
        };
        for (number, (argument, values)) in operation.arguments.iter().zip(values).enumerate() {
            // After the first case there is one with everything, and then some with a part.
            let is_wanted = argument.required
                || (index > 0 && (index == 1 || !(index + number).is_multiple_of(3)));
            if argument.may_be_empty && index == 2 {
                case.empty.push(number);
            } else if is_wanted && let Some(value) = pick(values) {
                case.arguments.insert(number, value);
            } else if argument.required {
                return None;
            }
        }
        let is_required = operation.body.as_ref().is_some_and(|it| it.required);
        if is_required || index > 0 {
            let chosen = bodies.get(index % bodies.len().max(1));
            case.body = chosen.and_then(|(payload, values)| Some((*payload, pick(values)?)));
        }
        if is_required && case.body.is_none() {
            return None;
        }
        Some(case)
    }

    /// Instances of the schema at a place, or text where there is none.
    fn sample(&self, place: Option<ModelType>) -> Option<Sample> {
        round_trip::sample(&self.bundle, self.spec, &place?, INSTANCES)
    }

    /// Values of an argument that can travel where it goes.
    fn values(&self, argument: &Argument) -> Vec<Value> {
        let text = || vec![json!("text")];
        let sample = self.sample(of_argument(self.spec, argument));
        let values = sample.map_or_else(text, |it| it.instances);
        // What is undefined is not sent (RFC 6570, section 2.3).
        let is_defined = |it: &Value| !(it.is_null() || *it == json!([]) || *it == json!({}));
        let can_travel = |it: &Value| is_defined(it) && can_travel(argument, it);
        // What has no form of its own as text is left to the caller, who has text.
        // Tabs between values are of 2.0 alone, and nobody could check them.
        if let Serialization::Style {
            style: Style::TabDelimited,
            ..
        } = argument.serialization
        {
            return Vec::new();
        }
        let is_prepared = argument.serialization == Serialization::Text
            && *self.named.api.resolve(&argument.ty) == Type::String;
        if is_prepared && !values.iter().all(Value::is_string) {
            return text();
        }
        values.into_iter().filter(can_travel).collect()
    }

    fn bodies(&self, operation: &Operation) -> Vec<(usize, Vec<Value>)> {
        let Some(body) = &operation.body else {
            return Vec::new();
        };
        let sent = code::sent(&self.named.api, operation).into_iter();
        sent.filter_map(|index| {
            let payload = &body.payloads[index];
            let mut values = self.payload_values(body, payload);
            if let Some((_, form)) = code::form(&self.named.api, payload) {
                for value in &mut values {
                    self.prepare(form, value);
                }
            }
            if payload.form().encoding == BodyEncoding::Xml {
                values.retain(is_xml);
            }
            (!values.is_empty()).then_some((index, values))
        })
        .collect()
    }

    fn payload_values(&self, body: &Body, payload: &Payload) -> Vec<Value> {
        let place = of_payload(self.spec, &body.origin.place, payload);
        let text = || vec![json!("text"), json!("Grüße, 世界 🦀\n")];
        match payload.form().encoding {
            BodyEncoding::Bytes => text(),
            BodyEncoding::Text => self.sample(place).map_or_else(text, |it| it.instances),
            BodyEncoding::Lines => vec![self.items(&body.origin.place, payload).into()],
            _ if place.is_none() => self.of_fields(payload),
            _ => {
                let sample = self.sample(place);
                sample.map(|it| it.instances).unwrap_or_default()
            }
        }
    }

    /// Objects with a value for each field of a form, which in 2.0 is a parameter of its own.
    fn of_fields(&self, payload: &Payload) -> Vec<Value> {
        let Some((_, form)) = code::object(&self.named.api, payload) else {
            return Vec::new();
        };
        let values = |field: &Field| {
            let sample = self.sample(Some(ModelType::at(&field.origin.place, &[])));
            sample.map_or_else(|| vec![json!("text")], |it| it.instances)
        };
        let values: Vec<Vec<Value>> = form.fields.iter().map(values).collect();
        let object = |round: usize| {
            let fields = form.fields.iter().zip(&values);
            let fields = fields.filter_map(|(field, values)| {
                let is_wanted = field.presence == Presence::Required || round > 0;
                let value = values
                    .get(round % values.len().max(1))
                    .filter(|_| is_wanted)?;
                Some((field.wire_name.clone(), value.clone()))
            });
            Value::Object(fields.collect())
        };
        (0..4).map(object).collect()
    }

    /// Makes text of the files of a multipart body, of which files are made.
    fn prepare(&self, form: &Struct, value: &mut Value) {
        let as_text = |it: &mut Value| {
            if !it.is_string() {
                *it = Value::String(it.to_string());
            }
        };
        // What has no field of its own is left to other tests.
        if let Some(properties) = value.as_object_mut() {
            properties.retain(|name, _| form.fields.iter().any(|it| it.wire_name == *name));
        }
        for field in &form.fields {
            let Some(value) = value.get_mut(&field.wire_name).filter(|it| !it.is_null()) else {
                continue;
            };
            match self.named.api.resolve(&field.ty) {
                Type::File => as_text(value),
                Type::Array(inner) if *self.named.api.resolve(inner) == Type::File => {
                    value.as_array_mut().into_iter().flatten().for_each(as_text);
                }
                _ => {}
            }
        }
    }

    /// Instances of what comes one after the other in a stream. Without `itemSchema` the schema is that of all of them.
    fn items(&self, place: &Place, payload: &Payload) -> Vec<Value> {
        let sample = self.sample(of_payload(self.spec, place, payload));
        let instances = sample.map_or_else(|| vec![json!("text")], |it| it.instances);
        let is_list = matches!(self.named.api.resolve(&payload.ty), Type::Array(_));
        let items = instances.into_iter().flat_map(|it| match it {
            Value::Array(items) if !is_list => items,
            item => vec![item],
        });
        items.collect()
    }

    /// An answer for each response, or the one of an operation that describes none.
    fn answers(&self, operation: &Operation, count: usize) -> Vec<GivenAnswer> {
        let mut answers = Vec::new();
        for response in &operation.responses {
            let status = Self::status(operation, response);
            let has_no_body =
                matches!(status, 204 | 205 | 304) || operation.method == "HEAD" || status < 200;
            if status < 200 {
                continue;
            }
            if response.payloads.is_empty() || has_no_body {
                let value = response.payloads.is_empty().then_some(Value::Null);
                let body = None;
                answers.push(GivenAnswer {
                    status,
                    body,
                    value,
                    is_documented: true,
                });
                continue;
            }
            for payload in response.payloads.iter().filter(|it| code::is_told(it)) {
                answers.extend(self.answer(response, payload, status));
            }
        }
        if answers.is_empty() {
            answers.push(GivenAnswer {
                status: 204,
                body: None,
                value: None,
                is_documented: false,
            });
        }
        // Several of each, as far as there are as many calls.
        let several = (0..count).filter_map(|round| answers.get(round % answers.len().max(1)));
        several.cloned().collect()
    }

    fn answer(&self, response: &Response, payload: &Payload, status: u16) -> Vec<GivenAnswer> {
        let place = of_payload(self.spec, &response.origin.place, payload);
        let form = payload.form();
        let media_type = match form.media_type.as_str() {
            it if !it.contains('*') => it,
            _ if form.encoding == BodyEncoding::Json => "application/json",
            "text/*" => "text/plain",
            "image/*" => "image/png",
            _ => "application/octet-stream",
        };
        let given = |bytes: Vec<u8>, value: Value| GivenAnswer {
            status,
            body: Some((media_type.to_owned(), bytes)),
            value: Some(value),
            is_documented: true,
        };
        match form.encoding {
            BodyEncoding::Json => {
                let instances = self.sample(place).map(|it| it.instances);
                let instances = instances.into_iter().flatten().take(4);
                instances
                    .map(|it| given(it.to_string().into_bytes(), it))
                    .collect()
            }
            BodyEncoding::Text => {
                let instances = self.sample(place).map(|it| it.instances);
                let texts = instances.unwrap_or_else(|| vec![json!("Grüße, 世界 🦀\n")]);
                let texts = texts
                    .into_iter()
                    .filter(serde_json::Value::is_string)
                    .take(2);
                texts
                    .map(|it| given(it.as_str().unwrap_or_default().into(), it))
                    .collect()
            }
            BodyEncoding::Bytes => vec![given(b"bytes".to_vec(), json!("bytes"))],
            BodyEncoding::Lines => {
                let items = self.items(&response.origin.place, payload);
                let lines = items.iter().map(|it| format!("{it}\n"));
                vec![given(lines.collect::<String>().into_bytes(), items.into())]
            }
            BodyEncoding::Events => {
                let items = self.items(&response.origin.place, payload);
                let data = |it: &Value| match it {
                    Value::String(text) if payload.ty == Type::String => text.clone(),
                    other => other.to_string(),
                };
                let event = |it: &Value| {
                    let data = data(it).replace('\n', "\ndata: ");
                    format!(": a comment\nevent: change\ndata: {data}\n\n")
                };
                let events = items.iter().map(event);
                vec![given(events.collect::<String>().into_bytes(), items.into())]
            }
            _ => Vec::new(),
        }
    }

    /// A status that a response describes, and no other one better.
    fn status(operation: &Operation, response: &Response) -> u16 {
        let is_described = |status: u16| {
            let mut patterns = operation.responses.iter().map(|it| it.status);
            patterns.any(|it| match it {
                StatusPattern::Code(code) => code == status,
                StatusPattern::Range(digit) => {
                    response.status == StatusPattern::Default && u16::from(digit) == status / 100
                }
                StatusPattern::Default => false,
            })
        };
        let candidates: Vec<u16> = match response.status {
            StatusPattern::Code(code) => return code,
            StatusPattern::Range(digit) => (0..100).map(|it| u16::from(digit) * 100 + it).collect(),
            StatusPattern::Default => [OTHER_STATUS, 518, 218].to_vec(),
        };
        // A redirect without a place to go is nothing to follow, and 418 is nothing special to anybody.
        let mut free = candidates.iter().rev().filter(|it| !is_described(**it));
        free.next().copied().unwrap_or(OTHER_STATUS)
    }
}
