//! Examples that do not conform to their schemas.
//!
//! What conforms, `conform` says, which is there with the feature `mock`, as it is in the command line. Without it,
//! nothing is found.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::lists::target;
use super::operations::all;
use super::subject::Subject;
use crate::conform::{Bundle, Direction, Part, Reading, SchemaPlace};
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{FileId, JsonPointer, Node, Place, Span, Value};
use crate::model::{MediaType, Parameter, ParameterValue, SchemaId, SimpleType};

/// Reports examples that are no values of their schemas.
pub(super) fn unfit(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let examples = Gathered::of(subject).examples;
    if examples.is_empty() {
        return;
    }
    let bundle = |direction| {
        let parts = examples.iter().map(|it| Part::Stated {
            at: it.schema.clone(),
            tie: None,
        });
        Bundle::of(subject.spec, direction, parts).ok()
    };
    let (requests, responses) = (bundle(Direction::Request), bundle(Direction::Response));
    for example in &examples {
        let bundles = match example.direction {
            Direction::Request => vec![&requests],
            Direction::Response => vec![&responses],
            // What is a value on one of the ways is an example.
            Direction::Both => vec![&requests, &responses],
        };
        let bundles = bundles.into_iter().flatten();
        let faults: Option<Vec<_>> = bundles.map(|it| example.fault(subject, it)).collect();
        found.extend(faults.and_then(|it| it.into_iter().next_back()));
    }
}

/// A value and the schema that it is an example of.
struct Example {
    place: Place,
    value: Json,
    schema: SchemaPlace,
    direction: Direction,
}

impl Example {
    /// What is wrong with it.
    fn fault(&self, subject: &Subject<'_>, bundle: &Bundle) -> Option<Diagnostic> {
        let (file, pointer) = &self.schema;
        let schema = bundle.schema_at(*file, pointer)?;
        // Services take what fits several branches of a `oneOf`, and another rule reports those.
        let validator = bundle.validator(schema, Reading::Loose)?;
        let text = self.value.as_str();
        let written = text.and_then(|it| serde_json::from_str::<Json>(it).ok());
        if written.is_some_and(|it| validator.is_valid(&it)) {
            return None;
        }
        let error = validator.iter_errors(&self.value).next()?;
        let inner = JsonPointer::from_text(error.instance_path().as_str());
        let message = format!(
            "an example does not conform to its schema: {}",
            error.masked_with("the value")
        );
        let place = subject
            .at(&self.place, &inner)
            .unwrap_or_else(|| self.place.clone());
        let mut finding = Diagnostic::at(Code::UnfitExample, &place, message);
        if let Some((file, pointer)) = bundle.place(subject.spec, error.schema_path().as_str()) {
            let file = subject.spec.file(file);
            let root = file.place(Span::default(), JsonPointer::root());
            if let Some(keyword) = subject.at(&root, &pointer) {
                finding = finding.related(&keyword, "the schema says so here");
            }
        }
        Some(finding)
    }
}

/// The examples of a document, each once.
struct Gathered<'s, 'a> {
    subject: &'s Subject<'a>,
    known: HashSet<(FileId, JsonPointer, SchemaPlace)>,
    examples: Vec<Example>,
}

impl<'s, 'a> Gathered<'s, 'a> {
    fn of(subject: &'s Subject<'a>) -> Self {
        let mut gathered = Self {
            subject,
            known: HashSet::new(),
            examples: Vec::new(),
        };
        let schemas = &subject.description.schemas.0;
        for schema in schemas.iter().filter(|it| !it.examples.is_empty()) {
            gathered.add(&schema.place, &schema.place, Direction::Both);
        }
        for (_, operation) in all(subject) {
            for parameter in &operation.parameters {
                gathered.parameter(parameter);
            }
            let body = operation.request_body.iter();
            for media in body.flat_map(|it| &it.content) {
                gathered.media_type(media, Direction::Request);
            }
            let responses = operation.responses.iter();
            for media in responses.flat_map(|(_, it)| &it.content) {
                gathered.media_type(media, Direction::Response);
            }
        }
        gathered
    }

    fn parameter(&mut self, parameter: &Parameter) {
        match &parameter.value {
            ParameterValue::Schema { schema, .. } if !parameter.examples.is_empty() => {
                let schema = *schema;
                // Examples of lists are often written as they travel: `a,b`.
                let is_composed = target(self.subject, schema).is_none_or(|it| {
                    let composed = [SimpleType::Array, SimpleType::Object];
                    it.types.is_empty() || it.types.iter().any(|it| composed.contains(it))
                });
                if !is_composed {
                    self.add_of(&parameter.place, schema, Direction::Request);
                }
            }
            ParameterValue::Schema { .. } => {}
            ParameterValue::Content(media) => self.media_type(media, Direction::Request),
        }
    }

    fn media_type(&mut self, media: &MediaType, direction: Direction) {
        if let Some(schema) = media.schema.filter(|_| !media.examples.is_empty())
            && media.name.contains("json")
        {
            self.add_of(&media.place, schema, direction);
        }
    }

    fn add_of(&mut self, owner: &Place, schema: SchemaId, direction: Direction) {
        let schema = &self.subject.description.schemas[schema].place;
        self.add(owner, schema, direction);
    }

    /// Adds the examples of an object.
    fn add(&mut self, owner: &Place, schema: &Place, direction: Direction) {
        let Some(node) = self.subject.node(owner) else {
            return;
        };
        if let Some(value) = node.get("example") {
            let pointer = owner.pointer.child("example");
            self.example(owner, value, pointer, schema, direction);
        }
        let Some(list) = node.get("examples") else {
            return;
        };
        let at = owner.pointer.child("examples");
        match &list.value {
            Value::Sequence(items) => {
                for (index, value) in items.iter().enumerate() {
                    self.example(owner, value, at.item(index), schema, direction);
                }
            }
            _ => {
                for entry in list.entries() {
                    let at = at.child(&entry.key);
                    self.named(owner, &entry.value, at, schema, direction);
                }
            }
        }
    }

    /// Adds an Example Object, or what a reference to one leads to.
    fn named(
        &mut self,
        owner: &Place,
        node: &Node,
        at: JsonPointer,
        schema: &Place,
        direction: Direction,
    ) {
        let link = self.subject.links.get(node.id);
        let target = link.and_then(|it| {
            let file = self.subject.spec.file(it.file);
            let place = file.place(Span::default(), it.pointer.clone());
            Some((self.subject.node(&place)?, place))
        });
        let (node, place) = target.unwrap_or_else(|| {
            let place = Place {
                pointer: at,
                ..owner.clone()
            };
            (node, place)
        });
        for key in ["dataValue", "value"] {
            if let Some(value) = node.get(key) {
                let pointer = place.pointer.child(key);
                self.example(&place, value, pointer, schema, direction);
            }
        }
    }

    fn example(
        &mut self,
        owner: &Place,
        node: &Node,
        pointer: JsonPointer,
        schema: &Place,
        direction: Direction,
    ) {
        let place = Place {
            span: node.span,
            pointer,
            ..owner.clone()
        };
        let (Some(file), Some(of_schema)) = (self.file(owner), self.file(schema)) else {
            return;
        };
        let schema = (of_schema, schema.pointer.clone());
        // A response that several operations refer to has its examples once.
        if self
            .known
            .insert((file, place.pointer.clone(), schema.clone()))
        {
            self.examples.push(Example {
                place,
                value: node.to_json(),
                schema,
                direction,
            });
        }
    }

    fn file(&self, place: &Place) -> Option<FileId> {
        let mut files = self.subject.spec.files.iter().zip(0..);
        let file = files.find(|(it, _)| Arc::ptr_eq(&it.source, &place.source));
        file.map(|(_, number)| FileId(number))
    }
}
