//! The schemas of a document as one JSON Schema.

use std::collections::HashMap;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonschema::{Draft, Validator, ValidatorMap};
use keywright::document::{FileId, JsonPointer, Node, Spec, Value as Tree};
use serde_json::{Map, Value, json};

use super::convert::{Dialect, convert};
use crate::references::{self, Target};

/// The schemas of a document in one schema of draft 2020-12, each under its number in `$defs`.
#[derive(Debug)]
pub struct Bundle {
    schemas: Vec<Value>,
    strict: ValidatorMap,
    loose: OnceLock<Option<ValidatorMap>>,
    numbers: HashMap<(FileId, JsonPointer), usize>,
}

impl Bundle {
    /// Takes schemas out of a document, and all that they refer to. A schema may be tied: to another one, to which its
    /// instances conform as well, other than those of what refers to it.
    pub(super) fn of(
        spec: &Spec,
        places: impl IntoIterator<Item = (FileId, JsonPointer, Option<Value>)>,
    ) -> Result<Self, String> {
        let mut collector = Collector {
            spec,
            dialect: dialect(&spec.entry().root),
            numbers: HashMap::new(),
            waiting: Vec::new(),
        };
        let mut ties = Vec::new();
        for (file, pointer, tie) in places {
            // The form of an operation of 2.0 stands in its parameters, and nowhere as a schema.
            let node = references::at(spec, file, &pointer);
            if let Some(node) = node.filter(|it| it.get("responses").is_none()) {
                let number = collector.number(Target {
                    file,
                    pointer: pointer.clone(),
                    node,
                });
                ties.extend(tie.map(|tie| (file, pointer, number, tie)));
            }
        }
        let mut schemas = Vec::new();
        while let Some((file, node)) = collector.waiting.get(schemas.len()).copied() {
            schemas.push(convert(&mut collector, file, node));
        }
        for (file, pointer, number, tie) in ties {
            collector.numbers.insert((file, pointer), schemas.len());
            schemas.push(json!({ "allOf": [{ "$ref": reference(number) }, tie] }));
        }
        Ok(Self {
            strict: validators(schemas.iter().cloned())?,
            loose: OnceLock::new(),
            schemas,
            numbers: collector.numbers,
        })
    }

    /// The number of the schema that was taken from a place.
    #[must_use]
    pub fn schema_at(&self, file: FileId, pointer: &JsonPointer) -> Option<usize> {
        self.numbers.get(&(file, pointer.clone())).copied()
    }

    /// A schema.
    #[must_use]
    pub fn schema(&self, number: usize) -> &Value {
        &self.schemas[number]
    }

    /// The schema to which a reference in this bundle leads.
    pub(super) fn target(&self, reference: &str) -> Option<&Value> {
        let number: usize = reference.strip_prefix(PREFIX)?.parse().ok()?;
        self.schemas.get(number)
    }

    /// What says whether an instance conforms to a schema.
    #[must_use]
    pub fn validator(&self, number: usize, reading: Reading) -> Option<&Validator> {
        let validators = match reading {
            Reading::Strict => Some(&self.strict),
            Reading::Loose => {
                let loosened = || self.schemas.iter().cloned().map(loosened);
                self.loose
                    .get_or_init(|| validators(loosened()).ok())
                    .as_ref()
            }
        };
        validators?.get(&reference(number))
    }
}

/// How a bundle is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As it stands.
    Strict,
    /// With `anyOf` in place of every `oneOf`. Branches that differ in nothing but optional properties exclude each
    /// other, and nothing conforms; what services send is one of them all the same.
    Loose,
}

fn validators(schemas: impl Iterator<Item = Value>) -> Result<ValidatorMap, String> {
    let schemas = schemas.enumerate();
    let schemas: Map<String, Value> = schemas
        .map(|(number, it)| (number.to_string(), it))
        .collect();
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("byte", |text: &str| STANDARD.decode(text).is_ok())
        .build_map(&json!({ "$defs": schemas }))
        .map_err(|error| format!("{error} at {}", error.instance_path()))
}

/// A schema with `anyOf` in place of every `oneOf`.
fn loosened(schema: Value) -> Value {
    match schema {
        Value::Array(items) => items.into_iter().map(loosened).collect(),
        Value::Object(keywords) => {
            let mut loose = Map::new();
            for (keyword, value) in keywords {
                let is_data = matches!(keyword.as_str(), "enum" | "const");
                let value = if is_data { value } else { loosened(value) };
                // A property may have that name, too, but is no list.
                if keyword == "oneOf" && value.is_array() {
                    let all = loose.entry("allOf").or_insert_with(|| json!([]));
                    all.as_array_mut()
                        .expect("`allOf` is a list")
                        .push(json!({ "anyOf": value }));
                } else if keyword == "allOf" && loose.contains_key("allOf") && value.is_array() {
                    let all = loose.get_mut("allOf").and_then(Value::as_array_mut);
                    all.expect("`allOf` is a list")
                        .extend(value.as_array().into_iter().flatten().cloned());
                } else {
                    loose.insert(keyword, value);
                }
            }
            Value::Object(loose)
        }
        other => other,
    }
}

/// What every reference in a bundle starts with.
const PREFIX: &str = "#/$defs/";

/// A reference to a schema of the bundle.
pub(super) fn reference(number: usize) -> String {
    format!("{PREFIX}{number}")
}

/// A bundle that is being made.
pub(super) struct Collector<'s> {
    spec: &'s Spec,
    pub(super) dialect: Dialect,
    numbers: HashMap<(FileId, JsonPointer), usize>,
    /// Every schema that has a number, in the order of these.
    waiting: Vec<(FileId, &'s Node)>,
}

impl<'s> Collector<'s> {
    /// Where a reference leads.
    pub(super) fn target(&self, base: FileId, text: &str) -> Option<Target<'s>> {
        references::target(self.spec, base, text)
    }

    /// A scalar as it is written.
    pub(super) fn written(&self, file: FileId, node: &Node) -> &'s str {
        let text = &self.spec.file(file).source.text;
        text.get(node.span.start as usize..node.span.end as usize)
            .unwrap_or_default()
    }

    /// The number of a schema; a new one for one that has none.
    pub(super) fn number(&mut self, target: Target<'s>) -> usize {
        let next = self.waiting.len();
        let number = *self
            .numbers
            .entry((target.file, target.pointer))
            .or_insert(next);
        if number == next {
            self.waiting.push((target.file, target.node));
        }
        number
    }
}

/// The dialect of JSON Schema that a version of OpenAPI speaks.
fn dialect(root: &Node) -> Dialect {
    let version = root.get("openapi").map(|it| &it.value);
    match version {
        Some(Tree::String(text) | Tree::Number(text)) if !text.starts_with("3.0") => {
            Dialect::Draft202012
        }
        _ => Dialect::Subset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use keywright::diagnostics::Diagnostics;
    use keywright::load::{Limits, from_texts};

    /// The schemas of the component `A` and of what it refers to.
    fn bundled(version: &str, schemas: &str, other: &str) -> Value {
        let entry = format!("openapi: {version}\ncomponents: {{ schemas: {{ {schemas} }} }}");
        let files = [("entry.yaml", entry.as_str()), ("other.yaml", other)];
        let spec = from_texts(&files, &Limits::default(), &mut Diagnostics::new(false))
            .expect("it is YAML");
        let place = (FileId(0), JsonPointer::from_text("/components/schemas/A"));
        let bundle = Bundle::of(&spec, [(place.0, place.1, None)]).expect("it is JSON Schema");
        Value::Array(bundle.schemas)
    }

    #[test]
    fn follows_references_from_file_to_file() {
        let schemas = "A: { type: array, items: { $ref: 'other.yaml#/B' } }";
        let found = bundled(
            "3.1.0",
            schemas,
            "B: { $ref: '#/C', minLength: 2 }\nC: { type: string, $anchor: c }",
        );
        let expected = json!([
            { "type": "array", "items": { "$ref": "#/$defs/1" } },
            { "$ref": "#/$defs/2", "minLength": 2 },
            { "type": "string" },
        ]);
        assert_eq!(found, expected);
    }

    #[test]
    fn says_in_json_schema_what_openapi_3_0_says() {
        let schemas = "A: { type: integer, format: int32, nullable: true, minimum: 3, exclusiveMinimum: true, example: 4 }";
        let expected = json!([{
            "type": ["integer", "null"], "format": "int32", "exclusiveMinimum": 3,
            "allOf": [{ "minimum": -2_147_483_648_i64, "maximum": 2_147_483_647, "multipleOf": 1 }],
        }]);
        assert_eq!(bundled("3.0.3", schemas, "{}"), expected);
        let schemas = "A: { $ref: '#/components/schemas/B', maxLength: 1 }, B: { type: string, required: true, pattern: '(' }";
        let expected = json!([{ "$ref": "#/$defs/1" }, { "type": "string" }]);
        assert_eq!(bundled("3.0.3", schemas, "{}"), expected);
    }

    #[test]
    fn a_discriminator_ties_a_text_to_each_branch() {
        let schemas = "A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }], \
            discriminator: { propertyName: kind, mapping: { b: '#/components/schemas/B', bee: B } } }, B: {}, C: {}";
        let tied = |number: usize, names: Value| {
            let kind = json!({ "properties": { "kind": { "enum": names } }, "required": ["kind"] });
            json!({ "allOf": [{ "$ref": reference(number) }, kind] })
        };
        let expected = json!({ "oneOf": [tied(1, json!(["b", "bee"])), tied(2, json!(["C"]))] });
        assert_eq!(bundled("3.1.0", schemas, "{}")[0], expected);
    }

    #[test]
    fn a_loose_reading_takes_one_of_for_any_of() {
        let schema = json!({ "allOf": [true], "oneOf": [{ "const": { "oneOf": [] } }], "properties": { "oneOf": {} } });
        let loose = json!({
            "allOf": [true, { "anyOf": [{ "const": { "oneOf": [] } }] }], "properties": { "oneOf": {} },
        });
        assert_eq!(loosened(schema), loose);
    }
}
