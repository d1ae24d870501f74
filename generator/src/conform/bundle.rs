//! The schemas of a document as one JSON Schema.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::document::{FileId, JsonPointer, Spec};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonschema::{Draft, Registry, RegistryBuilder, Validator};
use serde_json::{Map, Value, json};

use super::collector::{Collector, Direction, PREFIX, SchemaPlace, dialect, reference};
use super::convert::convert;
use super::{references, wide};

/// The schemas of a document in one schema of draft 2020-12, each under its number in `$defs`.
#[derive(Debug)]
pub struct Bundle {
    schemas: Vec<Value>,
    strict: Validators,
    loose: OnceLock<Option<Validators>>,
    /// Where each of the schemas stands.
    places: Vec<SchemaPlace>,
    numbers: HashMap<SchemaPlace, usize>,
}

/// A schema that is to be in a bundle.
#[derive(Clone, Debug)]
pub enum Part {
    /// One that the document states.
    Stated {
        /// Where it stands.
        at: SchemaPlace,
        /// Another schema, to which its instances conform as well, other than those of what refers to it.
        tie: Option<Value>,
    },
    /// An object of which the document states only the properties: a form of 2.0, whose fields are parameters.
    Object {
        /// What it goes by.
        at: SchemaPlace,
        /// Its properties.
        properties: Vec<(String, SchemaPlace)>,
        /// The names of those that must be there.
        required: Vec<String>,
    },
}

impl Bundle {
    /// Takes schemas out of a document, and all that they refer to.
    ///
    /// # Errors
    ///
    /// When `jsonschema` does not take what the document says for JSON Schema.
    pub fn of(
        spec: &Spec,
        direction: Direction,
        parts: impl IntoIterator<Item = Part>,
    ) -> Result<Self, String> {
        let mut collector = Collector {
            spec,
            direction,
            dialect: dialect(&spec.entry().root),
            numbers: HashMap::new(),
            waiting: Vec::new(),
        };
        let mut made = Vec::new();
        for part in parts {
            match part {
                Part::Stated { at, tie } => {
                    let number = collector.number_at(&at);
                    if let (Some(number), Some(tie)) = (number, tie) {
                        let base = json!({ "$ref": reference(number) });
                        made.push((at, json!({ "allOf": [base, tie] })));
                    }
                }
                Part::Object {
                    at,
                    properties,
                    required,
                } => {
                    let property = |(name, at): (String, SchemaPlace)| {
                        let number = collector.number_at(&at)?;
                        Some((name, json!({ "$ref": reference(number) })))
                    };
                    let properties: Map<String, Value> =
                        properties.into_iter().filter_map(property).collect();
                    let schema =
                        json!({ "type": "object", "properties": properties, "required": required });
                    made.push((at, schema));
                }
            }
        }
        let mut schemas = Vec::new();
        while let Some(target) = collector.waiting.get(schemas.len()).cloned() {
            schemas.push(convert(&mut collector, target.file, target.node));
        }
        let Collector {
            mut numbers,
            waiting,
            ..
        } = collector;
        let places = waiting.into_iter().map(|it| (it.file, it.pointer));
        let places = places
            .chain(made.iter().map(|(at, _)| at.clone()))
            .collect();
        for (at, schema) in made {
            numbers.insert(at, schemas.len());
            schemas.push(schema);
        }
        Ok(Self {
            strict: Validators::new(schemas.iter().cloned())?,
            loose: OnceLock::new(),
            schemas,
            places,
            numbers,
        })
    }

    /// The place that a path stands for which a validator names, such as `/$defs/3/properties/name/minLength`: as far
    /// down as the document has it.
    #[must_use]
    pub fn place(&self, spec: &Spec, path: &str) -> Option<SchemaPlace> {
        let path = JsonPointer::from_text(path.strip_prefix("/$defs")?);
        let mut segments = path.segments();
        let number: usize = segments.next()?.parse().ok()?;
        let (file, mut pointer) = self.places.get(number)?.clone();
        for segment in segments {
            let below = pointer.child(&segment);
            if references::at(spec, file, &below).is_none() {
                break;
            }
            pointer = below;
        }
        Some((file, pointer))
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
    #[must_use]
    pub fn target(&self, reference: &str) -> Option<&Value> {
        let number: usize = reference.strip_prefix(PREFIX)?.parse().ok()?;
        self.schemas.get(number)
    }

    /// What says whether an instance conforms to a schema.
    #[must_use]
    pub fn validator(&self, number: usize, reading: Reading) -> Option<Arc<Validator>> {
        let validators = match reading {
            Reading::Strict => Some(&self.strict),
            Reading::Loose => {
                let loosened = || self.schemas.iter().cloned().map(loosened);
                self.loose
                    .get_or_init(|| Validators::new(loosened()).ok())
                    .as_ref()
            }
        };
        validators?.of(number)
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

/// What all schemas of a bundle are known by.
const SCHEMAS: &str = "urn:keywright:schemas";
/// How many validators are kept. Each holds all that its schema leads to, which may be much of a document.
const KEPT: usize = 512;

/// Validators of the schemas of a bundle, made when they are asked for.
struct Validators {
    registry: Registry<'static>,
    made: Mutex<HashMap<usize, Arc<Validator>>>,
}

impl std::fmt::Debug for Validators {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Validators").finish_non_exhaustive()
    }
}

impl Validators {
    fn new(schemas: impl Iterator<Item = Value>) -> Result<Self, String> {
        let schemas = schemas.enumerate();
        let schemas: Map<String, Value> = schemas
            .map(|(number, it)| (number.to_string(), it))
            .collect();
        let whole = json!({ "$defs": schemas });
        if let Err(error) = jsonschema::draft202012::meta::validate(&whole) {
            return Err(format!("{error} at {}", error.instance_path()));
        }
        let registry = Registry::new().draft(Draft::Draft202012);
        let registry = registry
            .add(SCHEMAS, whole)
            .and_then(RegistryBuilder::prepare);
        Ok(Self {
            registry: registry.map_err(|error| error.to_string())?,
            made: Mutex::default(),
        })
    }

    fn of(&self, number: usize) -> Option<Arc<Validator>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = made.get(&number) {
            return Some(Arc::clone(validator));
        }
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .with_keyword(wide::KEYWORD, |_, value, _| Ok(wide::keyword(value)))
            .with_format("byte", |text: &str| STANDARD.decode(text).is_ok())
            .build(&json!({ "$ref": format!("{SCHEMAS}{}", reference(number)) }));
        let validator = Arc::new(validator.ok()?);
        if made.len() >= KEPT {
            made.clear();
        }
        made.insert(number, Arc::clone(&validator));
        Some(validator)
    }
}

/// A schema with `anyOf` in place of every `oneOf`.
fn loosened(schema: Value) -> Value {
    match schema {
        Value::Array(items) => items.into_iter().map(loosened).collect(),
        Value::Object(keywords) => {
            let mut loose = Map::new();
            for (keyword, value) in keywords {
                let is_data = matches!(keyword.as_str(), "enum" | "const" | "examples");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::load::{Limits, from_texts};

    /// The schemas of the component `A` and of what it refers to.
    fn bundled(version: &str, schemas: &str, other: &str) -> Value {
        let entry = format!("openapi: {version}\ncomponents: {{ schemas: {{ {schemas} }} }}");
        let files = [("entry.yaml", entry.as_str()), ("other.yaml", other)];
        let spec = from_texts(&files, &Limits::default(), &mut Diagnostics::new(false))
            .expect("it is YAML");
        let place = (FileId(0), JsonPointer::from_text("/components/schemas/A"));
        let part = Part::Stated {
            at: place,
            tie: None,
        };
        let bundle = Bundle::of(&spec, Direction::Both, [part]).expect("it is JSON Schema");
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
    fn integers_of_64_bits_end_where_they_end() {
        let entry =
            "openapi: 3.1.0\ncomponents: { schemas: { A: { type: integer, format: int64 } } }";
        let spec = from_texts(
            &[("entry.yaml", entry)],
            &Limits::default(),
            &mut Diagnostics::new(false),
        );
        let spec = spec.expect("it is YAML");
        let at = (FileId(0), JsonPointer::from_text("/components/schemas/A"));
        let part = Part::Stated { at, tie: None };
        let bundle = Bundle::of(&spec, Direction::Request, [part]).expect("it is JSON Schema");
        let validator = bundle.validator(0, Reading::Strict).expect("it is there");
        let is_valid = |text: &str| {
            let value: Value = serde_json::from_str(text).expect("it is JSON");
            validator.is_valid(&value)
        };
        for text in ["-9223372036854775808", "9223372036854775807", "5.0"] {
            assert!(is_valid(text), "{text}");
        }
        for text in ["-9223372036854775809", "9223372036854775808", "1e19", "0.5"] {
            assert!(!is_valid(text), "{text}");
        }
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
