//! Text as the value that a schema takes it for: in `5` one has a number, another a string.

use serde_json::{Map, Value};

use crate::conform::{Bundle, Kinds};

/// What text is taken for where a schema allows strings and something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preference {
    /// Something else, if it is that.
    Typed,
    /// A string.
    Text,
}

/// Both, in the order in which they are tried.
pub(super) const PREFERENCES: [Preference; 2] = [Preference::Typed, Preference::Text];

/// Whether a text is looked into: how an object or array is written as text, nothing says.
pub(super) fn is_read_as_text(bundle: &Bundle, schema: &Value) -> bool {
    let kinds = bundle.kinds(schema);
    kinds.has(Kinds::STRING) || kinds.has_scalars()
}

/// Reads texts as values.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextReader<'b> {
    pub(super) bundle: &'b Bundle,
    pub(super) preference: Preference,
}

impl TextReader<'_> {
    /// The types that any of several schemas allows; all where there is no schema.
    pub(super) fn kinds(&self, schemas: &[&Value]) -> Kinds {
        let mut kinds = schemas.iter().map(|it| self.bundle.kinds(it));
        let first = kinds.next().unwrap_or(Kinds::ANY);
        kinds.fold(first, Kinds::or)
    }

    /// A value that is no array and no object.
    pub(super) fn scalar(&self, schemas: &[&Value], text: &str) -> Value {
        let kinds = self.kinds(schemas);
        let string = || Value::String(text.to_owned());
        if kinds.has(Kinds::STRING) && (self.preference == Preference::Text || !kinds.has_scalars())
        {
            return string();
        }
        match text {
            "true" if kinds.has(Kinds::BOOLEAN) => Value::Bool(true),
            "false" if kinds.has(Kinds::BOOLEAN) => Value::Bool(false),
            "null" | "" if kinds.has(Kinds::NULL) => Value::Null,
            _ if kinds.has(Kinds::NUMBER) => {
                let number = serde_json::from_str(text).ok().map(Value::Number);
                number.unwrap_or_else(string)
            }
            _ => string(),
        }
    }

    /// A part of an array or object. Where the part is an array or object itself, for which no style is defined, it is
    /// taken for JSON.
    pub(super) fn part(&self, schemas: &[&Value], text: &str) -> Value {
        let kinds = self.kinds(schemas);
        let is_compound = kinds.has(Kinds::ARRAY) || kinds.has(Kinds::OBJECT);
        if is_compound
            && text.starts_with(['[', '{'])
            && let Ok(value) = serde_json::from_str(text)
        {
            return value;
        }
        self.scalar(schemas, text)
    }

    /// An array of texts.
    pub(super) fn array(&self, schema: &Value, texts: &[String]) -> Value {
        let item =
            |(index, text): (usize, &String)| self.part(&self.bundle.item(schema, index), text);
        texts.iter().enumerate().map(item).collect()
    }

    /// An object of texts. What comes several times is an array.
    pub(super) fn object(&self, schema: &Value, pairs: &[(String, String)]) -> Value {
        let mut object = Map::new();
        for (name, text) in pairs {
            let schemas = self.bundle.property(schema, name);
            let is_list = self.kinds(&schemas) == Kinds::ARRAY;
            let value = if is_list && !text.starts_with('[') {
                let items = schemas.first().map(|it| self.bundle.item(it, 0));
                self.part(&items.unwrap_or_default(), text)
            } else {
                self.part(&schemas, text)
            };
            add(&mut object, name, value, is_list);
        }
        Value::Object(object)
    }
}

/// Adds a value to an object. What is a list has an item for each value that comes, and so has what comes several times.
pub(super) fn add(object: &mut Map<String, Value>, name: &str, value: Value, is_list: bool) {
    match object.get_mut(name) {
        Some(Value::Array(items)) if is_list => items.push(value),
        Some(before) => *before = Value::Array(vec![before.take(), value]),
        None => {
            let is_item = is_list && !value.is_array();
            let value = if is_item {
                Value::Array(vec![value])
            } else {
                value
            };
            object.insert(name.to_owned(), value);
        }
    }
}
