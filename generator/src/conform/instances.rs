//! Values that conform to a schema, mostly: whoever asks for them checks each.

use serde_json::{Map, Value, json};

use super::bundle::Bundle;
use super::dice::Dice;
use super::flat::{Keywords, list, merge};
use super::manner::Manner;
use super::scalars;

/// From this depth on, only what must be there is made.
const LEAN: usize = 4;
/// At this depth nothing is made any more.
const DEEPEST: usize = 24;
/// How many values an instance has before only what must be there is added.
const PLENTY: usize = 120;
/// How many schemas may have to hold at one place.
const SCHEMAS: usize = 200;
/// Names for properties that the schema leaves open; some are odd on purpose.
const NAMES: [&str; 8] = [
    "extra",
    "x-more",
    "type",
    "a b",
    "ключ",
    "1",
    "",
    "camelCase",
];

/// A source of instances of schemas of a bundle.
#[derive(Debug)]
pub struct Instances<'b> {
    bundle: &'b Bundle,
    manner: Manner,
    dice: Dice,
    /// How many instances have been made.
    made: usize,
    /// How many values this one has already.
    values: usize,
}

impl<'b> Instances<'b> {
    /// A source that depends on nothing but the bundle and this text.
    #[must_use]
    pub fn new(bundle: &'b Bundle, manner: Manner, seed: &str) -> Self {
        Self {
            bundle,
            manner,
            dice: Dice::new(seed),
            made: 0,
            values: 0,
        }
    }

    /// Makes an instance. `None` when this attempt leads nowhere.
    pub fn make(&mut self, schema: usize) -> Option<Value> {
        let is_lean = self.made == 0 && self.manner == Manner::Odd;
        self.values = if is_lean { PLENTY } else { 0 };
        self.made += 1;
        let schema = self.bundle.schema(schema);
        self.value(schema, 0)
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.values += 1;
        let mut steps = 0;
        let keywords = self.keywords(schema, &mut steps)?;
        if let Some(given) = self.given(&keywords) {
            return Some(given);
        }
        if let Some(values) = keywords.get("enum") {
            let values = list(values);
            return match self.manner {
                Manner::Odd => self.dice.pick(&values).cloned(),
                Manner::Plain => values.into_iter().next(),
            };
        }
        match self.ty(&keywords) {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool(self.dice.once_in(2))),
            "integer" => scalars::integer(&mut self.dice, self.manner, &keywords),
            "number" => scalars::number(&mut self.dice, self.manner, &keywords),
            "string" if keywords.contains_key("contentSchema") => self.json_text(&keywords, depth),
            "string" => scalars::string(&mut self.dice, self.manner, &keywords).map(Value::String),
            "array" => self.array(&keywords, depth),
            _ => self.object(&keywords, depth),
        }
    }

    /// Text that is JSON (JSON Schema 2020-12, Validation, section 8.5).
    fn json_text(&mut self, keywords: &Keywords, depth: usize) -> Option<Value> {
        let value = self.value(keywords.get("contentSchema")?, depth + 1)?;
        Some(Value::String(value.to_string()))
    }

    /// A value that the schema gives. Not in every instance: what is given need not conform.
    fn given(&self, keywords: &Keywords) -> Option<Value> {
        let is_wanted = self.manner == Manner::Plain && self.made % 2 == 1;
        let examples = keywords.get("examples").filter(|_| is_wanted)?;
        examples
            .as_array()?
            .iter()
            .find(|it| fits(it, keywords))
            .cloned()
    }

    /// Whether a property has no place in what is made: a response has nothing that is only written.
    fn is_left_out(&self, schema: &Value, depth: usize) -> bool {
        if self.manner == Manner::Odd || depth > LEAN {
            return false;
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|it| self.bundle.target(it));
        let parts = schema.get("allOf").and_then(Value::as_array);
        let mut parts = parts.into_iter().flatten().chain(target);
        schema.get("writeOnly") == Some(&Value::Bool(true))
            || parts.any(|it| self.is_left_out(it, depth + 1))
    }

    /// All that must hold of a value, with a branch chosen wherever there is a choice.
    fn keywords(&mut self, schema: &Value, steps: &mut usize) -> Option<Keywords> {
        *steps += 1;
        let stated = match schema {
            Value::Bool(false) => return None,
            Value::Object(_) if *steps > SCHEMAS => return None,
            Value::Object(stated) => stated,
            _ => return Some(Keywords::new()),
        };
        let mut own = stated.clone();
        let mut parts = Vec::new();
        for reference in ["$ref", "$dynamicRef"] {
            if let Some(Value::String(reference)) = own.remove(reference) {
                parts.push(self.bundle.target(&reference)?);
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            own.remove(keyword);
        }
        let constant = own.remove("const");
        let constant = constant.map(|it| Map::from_iter([("enum".to_owned(), json!([it]))]));
        if constant.is_some_and(|it| !merge(&mut own, it)) {
            return None;
        }
        let branches = |keyword: &str| stated.get(keyword).and_then(Value::as_array);
        parts.extend(branches("allOf").into_iter().flatten());
        parts.extend(branches("oneOf").and_then(|it| self.dice.pick(it)));
        parts.extend(branches("anyOf").and_then(|it| self.dice.pick(it)));
        for part in parts {
            let part = self.keywords(part, steps)?;
            if !merge(&mut own, part) {
                return None;
            }
        }
        // More than one branch of `anyOf` may hold; of lists, though, that is far-fetched.
        if let Some(more) = branches("anyOf").and_then(|it| self.dice.pick(it))
            && self.dice.once_in(3)
            && let Some(more) = self.keywords(more, steps)
        {
            let mut both = own.clone();
            if merge(&mut both, more) && !both.contains_key("items") {
                own = both;
            }
        }
        Some(own)
    }

    /// The type to make: one of those that are stated, or the one that the keywords speak of.
    fn ty(&mut self, keywords: &Keywords) -> &'static str {
        const TYPES: [&str; 7] = [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ];
        const SIGNS: [(&str, &str); 9] = [
            ("properties", "object"),
            ("required", "object"),
            ("additionalProperties", "object"),
            ("patternProperties", "object"),
            ("items", "array"),
            ("prefixItems", "array"),
            ("minLength", "string"),
            ("pattern", "string"),
            ("minimum", "number"),
        ];
        let known = |name: &str| TYPES.into_iter().find(|it| *it == name);
        if let Some(stated) = keywords.get("type") {
            let mut stated = list(stated);
            if self.manner == Manner::Plain && stated.len() > 1 {
                stated.retain(|it| it != "null");
            }
            let stated = self.dice.pick(&stated).and_then(Value::as_str);
            return stated.and_then(known).unwrap_or("null");
        }
        let sign = SIGNS
            .iter()
            .find(|(keyword, _)| keywords.contains_key(*keyword));
        if sign.is_none() && self.manner == Manner::Plain {
            return "object";
        }
        sign.map_or_else(|| TYPES[self.dice.below(TYPES.len())], |(_, ty)| ty)
    }

    /// Whether something optional is made, which in odd instances is left out once in so many cases.
    fn is_wanted(&mut self, share: usize) -> bool {
        self.manner == Manner::Plain || !self.dice.once_in(share)
    }

    fn is_lean(&self, depth: usize) -> bool {
        depth >= LEAN || self.values >= PLENTY
    }

    fn array(&mut self, keywords: &Keywords, depth: usize) -> Option<Value> {
        let least = scalars::count(keywords, "minItems").unwrap_or(0);
        let most = scalars::count(keywords, "maxItems").unwrap_or(least + 3);
        let more = if self.is_lean(depth) {
            0
        } else {
            self.dice.below(4)
        };
        let mut length = (least + more).min(most);
        let empty = Value::Bool(true);
        let first = keywords.get("prefixItems").map(list).unwrap_or_default();
        let rest = keywords.get("items").unwrap_or(&empty);
        if *rest == Value::Bool(false) {
            length = length.min(first.len());
        } else if length > 0 && !self.is_lean(depth) {
            length = length.max(first.len());
        }
        let must_contain = keywords.get("contains").filter(|_| first.is_empty());
        let mut items = Vec::new();
        for index in 0..length {
            let schema = first.get(index).unwrap_or(rest);
            let item = match must_contain {
                Some(contained) if index == 0 => json!({ "allOf": [schema, contained] }),
                _ => schema.clone(),
            };
            let item = self.value(&item, depth + 1)?;
            let is_double =
                keywords.get("uniqueItems") == Some(&Value::Bool(true)) && items.contains(&item);
            if !is_double {
                items.push(item);
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, keywords: &Keywords, depth: usize) -> Option<Value> {
        let empty = Map::new();
        let properties = keywords
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let required = keywords.get("required").map(list).unwrap_or_default();
        let is_lean = self.is_lean(depth);
        // Mostly everything, as far as it goes.
        let share = if self.dice.once_in(2) { 8 } else { 2 };
        let mut object = Map::new();
        for (name, schema) in properties {
            if required.iter().any(|it| it == name) {
                object.insert(name.clone(), self.value(schema, depth + 1)?);
            } else if !is_lean && self.is_wanted(share) && !self.is_left_out(schema, 0) {
                // What is optional and cannot be made is left out.
                object.extend(self.value(schema, depth + 1).map(|it| (name.clone(), it)));
            }
        }
        for name in required.iter().filter_map(Value::as_str) {
            if !properties.contains_key(name) {
                let schema = keywords
                    .get("additionalProperties")
                    .unwrap_or(&Value::Bool(true));
                object.insert(name.to_owned(), self.value(schema, depth + 1)?);
            }
        }
        let least = scalars::count(keywords, "minProperties").unwrap_or(0);
        self.add_open(&mut object, keywords, least, depth)?;
        Some(Value::Object(object))
    }

    /// Adds properties that the schema does not name, where it speaks of such.
    fn add_open(
        &mut self,
        object: &mut Keywords,
        keywords: &Keywords,
        least: usize,
        depth: usize,
    ) -> Option<()> {
        let missing = least.saturating_sub(object.len());
        let count = |dice: &mut Dice| if missing == 0 { dice.below(3) } else { missing };
        let is_lean = self.is_lean(depth) && missing == 0;
        let patterns = keywords.get("patternProperties").and_then(Value::as_object);
        for (pattern, schema) in patterns.into_iter().flatten().filter(|_| !is_lean) {
            for _ in 0..count(&mut self.dice) {
                let name = self.dice.matching(pattern)?;
                let value = self.value(schema, depth + 1)?;
                object.entry(name).or_insert(value);
            }
        }
        let open = keywords
            .get("additionalProperties")
            .filter(|it| **it != Value::Bool(false) && !is_lean);
        let Some(open) = open else { return Some(()) };
        for _ in 0..count(&mut self.dice) {
            let names = keywords.get("propertyNames");
            let name = match names
                .map(|it| self.value(&json!({ "allOf": [it, { "type": "string" }] }), depth + 1))
            {
                Some(Some(Value::String(name))) => name,
                _ => self
                    .dice
                    .pick(&NAMES)
                    .copied()
                    .unwrap_or_default()
                    .to_owned(),
            };
            let is_declared = keywords
                .get("properties")
                .is_some_and(|it| it.get(&name).is_some());
            if !is_declared {
                let value = self.value(open, depth + 1)?;
                object.entry(name).or_insert(value);
            }
        }
        Some(())
    }
}

/// Whether a value is of one of the types that are stated, if any are.
fn fits(value: &Value, keywords: &Keywords) -> bool {
    let ty = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(it) if it.is_i64() || it.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let Some(stated) = keywords.get("type") else {
        return true;
    };
    list(stated)
        .iter()
        .any(|it| it == ty || (it == "number" && ty == "integer"))
}
