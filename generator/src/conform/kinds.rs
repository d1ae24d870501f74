//! Which types of JSON a schema allows, and where it describes the parts of a value: what whoever reads text must know,
//! in which `5` may be a number or a string.

use serde_json::Value;

use super::bundle::Bundle;

/// A set of types of JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// `null`
    pub const NULL: Self = Self(1);
    /// `boolean`
    pub const BOOLEAN: Self = Self(1 << 1);
    /// `integer`
    pub const INTEGER: Self = Self(1 << 2);
    /// `number`, which integers are, too
    pub const NUMBER: Self = Self(1 << 3 | 1 << 2);
    /// `string`
    pub const STRING: Self = Self(1 << 4);
    /// `array`
    pub const ARRAY: Self = Self(1 << 5);
    /// `object`
    pub const OBJECT: Self = Self(1 << 6);
    /// All of them
    pub const ANY: Self = Self((1 << 7) - 1);
    /// None of them
    pub const NONE: Self = Self(0);

    /// Returns whether the set has a type.
    #[must_use]
    pub fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    /// Returns whether something other than text, arrays and objects is in the set.
    #[must_use]
    pub fn has_scalars(self) -> bool {
        self.has(Self::BOOLEAN) || self.has(Self::NUMBER) || self.has(Self::NULL)
    }

    fn of_name(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Returns both sets together.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// How many schemas may be on the way to another.
const DEEPEST: usize = 16;

impl Bundle {
    /// Returns the types that a schema allows, as far as its keywords say so.
    #[must_use]
    pub fn kinds(&self, schema: &Value) -> Kinds {
        self.kinds_within(schema, DEEPEST)
    }

    fn kinds_within(&self, schema: &Value, depth: usize) -> Kinds {
        let Value::Object(keywords) = schema else {
            return if *schema == Value::Bool(false) {
                Kinds::NONE
            } else {
                Kinds::ANY
            };
        };
        let Some(depth) = depth.checked_sub(1) else {
            return Kinds::ANY;
        };
        let mut kinds = match keywords.get("type") {
            Some(Value::String(name)) => Kinds::of_name(name),
            Some(Value::Array(names)) => {
                let names = names.iter().filter_map(Value::as_str);
                names.fold(Kinds::NONE, |kinds, it| kinds.or(Kinds::of_name(it)))
            }
            _ => Kinds::ANY,
        };
        if let Some(Value::Array(values)) = keywords.get("enum") {
            let stated = values.iter().map(Kinds::of_value);
            kinds = kinds.and(stated.fold(Kinds::NONE, Kinds::or));
        }
        if let Some(value) = keywords.get("const") {
            kinds = kinds.and(Kinds::of_value(value));
        }
        for part in self.parts(schema) {
            kinds = kinds.and(self.kinds_within(part, depth));
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = keywords.get(keyword) {
                let of_branch = |it| self.kinds_within(it, depth);
                let branches = branches.iter().map(of_branch);
                kinds = kinds.and(branches.fold(Kinds::NONE, Kinds::or));
            }
        }
        kinds
    }

    /// Returns the schemas that describe a property.
    #[must_use]
    pub fn property<'b>(&'b self, schema: &'b Value, name: &str) -> Vec<&'b Value> {
        let mut found = Vec::new();
        self.describe(schema, DEEPEST, &mut found, &|it| {
            it.get("properties")?.get(name)
        });
        if found.is_empty() {
            self.describe(schema, DEEPEST, &mut found, &|it| {
                it.get("additionalProperties")
            });
        }
        found
    }

    /// Returns the names of the properties that a schema declares, in their order.
    #[must_use]
    pub fn property_names<'b>(&'b self, schema: &'b Value) -> Vec<&'b str> {
        let mut found = Vec::new();
        self.describe(schema, DEEPEST, &mut found, &|it| it.get("properties"));
        let mut names: Vec<&str> = Vec::new();
        for name in found
            .into_iter()
            .filter_map(Value::as_object)
            .flat_map(|it| it.keys())
        {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Returns the schemas that describe the items of an array.
    #[must_use]
    pub fn item<'b>(&'b self, schema: &'b Value, index: usize) -> Vec<&'b Value> {
        let mut found = Vec::new();
        self.describe(schema, DEEPEST, &mut found, &|it| {
            let first = it.get("prefixItems").and_then(|it| it.get(index));
            first.or_else(|| it.get("items"))
        });
        found
    }

    /// Finds what a schema says, or what it refers to or consists of.
    fn describe<'b>(
        &'b self,
        schema: &'b Value,
        depth: usize,
        found: &mut Vec<&'b Value>,
        look: &dyn Fn(&'b Value) -> Option<&'b Value>,
    ) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        found.extend(look(schema));
        let branches = ["oneOf", "anyOf"].into_iter();
        let branches = branches
            .filter_map(|it| schema.get(it)?.as_array())
            .flatten();
        for part in self.parts(schema).chain(branches) {
            self.describe(part, depth, found, look);
        }
    }

    /// The schemas that must hold beside one.
    fn parts<'b>(&'b self, schema: &'b Value) -> impl Iterator<Item = &'b Value> {
        let references = ["$ref", "$dynamicRef"].into_iter();
        let targets = references.filter_map(|it| self.target(schema.get(it)?.as_str()?));
        let all = schema.get("allOf").and_then(Value::as_array);
        targets.chain(all.into_iter().flatten())
    }
}
