//! Two schemas that must both hold, as one without `allOf`, as far as that can be said.
//!
//! What cannot be said is left out: whatever is made from the result is checked against the schema itself.

use serde_json::{Map, Value, json};

/// The keywords of a schema.
pub(super) type Keywords = Map<String, Value>;

/// Adds the keywords of another schema. False when nothing can conform to both.
pub(super) fn merge(into: &mut Keywords, other: Keywords) -> bool {
    for (keyword, value) in other {
        let Some(present) = into.remove(&keyword) else {
            into.insert(keyword, value);
            continue;
        };
        let Some(both) = both(&keyword, present, value) else {
            return false;
        };
        into.insert(keyword, both);
    }
    true
}

/// What two values of a keyword demand together; `None` for contradictions.
fn both(keyword: &str, one: Value, other: Value) -> Option<Value> {
    Some(match keyword {
        "type" => common_types(&one, &other)?,
        "enum" => {
            let allowed = list(&other);
            let common: Vec<Value> = list(&one)
                .into_iter()
                .filter(|it| allowed.contains(it))
                .collect();
            (!common.is_empty()).then_some(Value::Array(common))?
        }
        "required" => {
            let mut names = list(&one);
            names.extend(
                list(&other)
                    .into_iter()
                    .filter(|it| !list(&one).contains(it)),
            );
            Value::Array(names)
        }
        "properties" | "patternProperties" => by_name(one, other),
        "items" | "additionalProperties" | "contains" | "propertyNames" => {
            json!({ "allOf": [one, other] })
        }
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
            if one.as_f64() < other.as_f64() {
                other
            } else {
                one
            }
        }
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
            if one.as_f64() > other.as_f64() {
                other
            } else {
                one
            }
        }
        "uniqueItems" => Value::Bool(one == true || other == true),
        _ => one,
    })
}

fn by_name(one: Value, other: Value) -> Value {
    let (Value::Object(mut all), Value::Object(more)) = (one, other) else {
        return json!({});
    };
    for (name, schema) in more {
        let both = match all.remove(&name) {
            Some(present) if present != schema => json!({ "allOf": [present, schema] }),
            _ => schema,
        };
        all.insert(name, both);
    }
    Value::Object(all)
}

/// The types that a value of `type` allows.
pub(super) fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        single => vec![single.clone()],
    }
}

/// The types that both allow. Every integer is a number.
fn common_types(one: &Value, other: &Value) -> Option<Value> {
    let (one, other) = (list(one), list(other));
    let is_in = |types: &[Value], ty: &Value| {
        types.contains(ty) || (ty == "integer" && types.contains(&json!("number")))
    };
    let mut common: Vec<Value> = one.iter().filter(|it| is_in(&other, it)).cloned().collect();
    common.extend(
        other
            .iter()
            .filter(|it| is_in(&one, it) && !one.contains(it))
            .cloned(),
    );
    (!common.is_empty()).then_some(Value::Array(common))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_demand_is_demanded() {
        let one = json!({ "type": ["number", "null"], "properties": { "a": true }, "required": ["a"], "minimum": 1 });
        let other = json!({ "type": "integer", "properties": { "a": {}, "b": {} }, "required": ["b", "a"], "minimum": 2 });
        let (Value::Object(mut merged), Value::Object(other)) = (one, other) else {
            panic!("both are objects")
        };
        assert!(merge(&mut merged, other));
        let expected = json!({
            "type": ["integer"], "properties": { "a": { "allOf": [true, {}] }, "b": {} },
            "required": ["a", "b"], "minimum": 2,
        });
        assert_eq!(Value::Object(merged.clone()), expected);
        let text = Map::from_iter([("type".to_owned(), json!("string"))]);
        assert!(!merge(&mut merged, text));
    }
}
