//! Values as their schemas want them.
//!
//! YAML takes `007`, `0x10`, `1e1` and `True` for numbers and booleans, also where a schema wants a text. There the
//! text counts as it is written. Text in quotes where a number is wanted is that number.
//!
//! Works on nodes, not on schemas that were read: their types may stand elsewhere, and only nodes know their text.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::cx::{At, Cx};
use super::repair;
use super::v3::schema::named_type;
use crate::diagnostics::Code;
use crate::document::{FileId, Node, NodeId, Value, reference_text};
use crate::model::SimpleType;

/// How many schemas are looked at for what they say of one value.
const MOST_PARTS: usize = 32;

/// How many values a message names.
const MOST_NAMED: usize = 8;

/// What has been found out about schemas.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// The schema in which an inline branch stands: what it says is true of the branch, too.
    holders: HashMap<NodeId, &'a Node>,
    /// The properties of a schema.
    properties: HashMap<NodeId, Rc<HashMap<&'a str, &'a Node>>>,
}

impl<'a> Known<'a> {
    /// Takes note of the branches of a schema, which stand under `allOf` or the like.
    pub(super) fn hold(&mut self, schema: &'a Node, branches: &'a Node) {
        let branches = branches.items().iter();
        self.holders
            .extend(branches.map(|branch| (branch.id, schema)));
    }
}

/// A value that was read for a schema.
pub(super) struct Fitted {
    /// The value.
    pub(super) json: Json,
    /// What the file gives another type than the schema does, as it was read.
    repaired: Vec<Json>,
}

/// Reads the value at a node of a file for the schema at another.
pub(super) fn fitted<'a>(
    cx: &mut Cx<'a, '_>,
    file: FileId,
    node: &Node,
    schema: &'a Node,
) -> Fitted {
    let mut reading = Reading {
        cx,
        file,
        repaired: Vec::new(),
    };
    let json = reading.value(node, Some(schema));
    Fitted {
        json,
        repaired: reading.repaired,
    }
}

/// The same for a keyword of the schema, whose repair is reported.
pub(super) fn of_keyword<'a>(
    cx: &mut Cx<'a, '_>,
    at: &At<'_>,
    schema: &'a Node,
    key: &str,
) -> Json {
    let fitted = fitted(cx, at.file, at.node, schema);
    report(cx, at, key, &fitted.repaired);
    fitted.json
}

/// Reads a list of values of a schema, of which each stands for itself.
pub(super) fn list<'a>(cx: &mut Cx<'a, '_>, at: &At<'_>, schema: &'a Node, key: &str) -> Vec<Json> {
    let mut values = Vec::new();
    let mut repaired = Vec::new();
    for node in at.node.items() {
        let fitted = fitted(cx, at.file, node, schema);
        repaired.extend(fitted.repaired);
        values.push(fitted.json);
    }
    report(cx, at, key, &repaired);
    values
}

/// Reads data in which every scalar is meant as text.
pub(super) fn texts(cx: &Cx<'_, '_>, file: FileId, node: &Node) -> Json {
    match &node.value {
        Value::Boolean(_) | Value::Number(_) => Json::from(repair::written(cx, file, node)),
        Value::Sequence(items) => items.iter().map(|it| texts(cx, file, it)).collect(),
        Value::Mapping(entries) => entries
            .iter()
            .map(|it| (it.key.to_string(), texts(cx, file, &it.value)))
            .collect(),
        Value::Null | Value::String(_) => node.to_json(),
    }
}

fn report(cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str, repaired: &[Json]) {
    if repaired.is_empty() {
        return;
    }
    let mut named: Vec<String> = repaired
        .iter()
        .take(MOST_NAMED)
        .map(|it| format!("`{it}`"))
        .collect();
    if repaired.len() > MOST_NAMED {
        named.push(format!("{} more", repaired.len() - MOST_NAMED));
    }
    let named = named.join(", ");
    let message = match &at.node.value {
        Value::Sequence(_) | Value::Mapping(_) => {
            format!(
                "`{key}` has values whose type differs from the schema's; they are read as {named}"
            )
        }
        _ => format!("`{key}` has a different type than the schema; it is read as {named}"),
    };
    let finding = cx.finding(Code::WrongType, at, message).harmless();
    let help = "put strings in quotes; write numbers and booleans without quotes";
    cx.diagnostics.report(finding.help(help));
}

/// A value while it is read.
struct Reading<'r, 'a, 'd> {
    cx: &'r mut Cx<'a, 'd>,
    file: FileId,
    repaired: Vec<Json>,
}

impl<'a> Reading<'_, 'a, '_> {
    fn value(&mut self, node: &Node, schema: Option<&'a Node>) -> Json {
        let Some(schema) = schema else {
            return node.to_json();
        };
        match &node.value {
            Value::Null => Json::Null,
            Value::Boolean(_) | Value::Number(_) | Value::String(_) => self.scalar(node, schema),
            Value::Sequence(items) => {
                let parts = parts(self.cx, schema);
                let item = |index| {
                    let prefix = parts.iter().find_map(|it| it.get("prefixItems"));
                    let own = prefix.and_then(|it| it.items().get(index));
                    own.or_else(|| parts.iter().find_map(|it| it.get("items")))
                };
                let schemas: Vec<_> = (0..items.len()).map(item).collect();
                let values = items.iter().zip(schemas);
                values
                    .map(|(node, schema)| self.value(node, schema))
                    .collect()
            }
            Value::Mapping(entries) => {
                let properties = properties(self.cx, schema);
                let others = parts(self.cx, schema)
                    .iter()
                    .find_map(|it| it.get("additionalProperties"));
                entries
                    .iter()
                    .map(|entry| {
                        let schema = properties.get(&*entry.key).copied().or(others);
                        (entry.key.to_string(), self.value(&entry.value, schema))
                    })
                    .collect()
            }
        }
    }

    fn scalar(&mut self, node: &Node, schema: &'a Node) -> Json {
        let repaired = match (&node.value, sole_type(self.cx, schema)) {
            (Value::Number(_) | Value::Boolean(_), Some(SimpleType::String)) => {
                Some(Json::from(repair::written(self.cx, self.file, node)))
            }
            (Value::String(text), Some(SimpleType::Integer | SimpleType::Number)) => {
                text.parse().ok().map(Json::Number)
            }
            (Value::String(text), Some(SimpleType::Boolean)) => text.parse().ok().map(Json::Bool),
            _ => None,
        };
        let Some(repaired) = repaired else {
            return node.to_json();
        };
        self.repaired.push(repaired.clone());
        repaired
    }
}

/// The one type that a schema allows besides null.
fn sole_type(cx: &Cx<'_, '_>, schema: &Node) -> Option<SimpleType> {
    match types(cx, schema)[..] {
        [ty] => Some(ty),
        _ => None,
    }
}

/// The types that a schema allows besides null, as far as it says so itself, by what it refers to, or by what it is a
/// branch of.
pub(super) fn types(cx: &Cx<'_, '_>, schema: &Node) -> Vec<SimpleType> {
    let mut next = Some(schema);
    for _ in 0..MOST_PARTS {
        let Some(schema) = next else {
            break;
        };
        let types = parts(cx, schema).into_iter().map(stated_types);
        if let Some(types) = types.into_iter().find(|types| !types.is_empty()) {
            return types;
        }
        next = cx.values.holders.get(&schema.id).copied();
    }
    Vec::new()
}

/// The types that a node states, without null.
fn stated_types(schema: &Node) -> Vec<SimpleType> {
    let stated = schema.get("type");
    let names = stated.map_or(&[][..], |it| match &it.value {
        Value::Sequence(items) => items,
        _ => std::slice::from_ref(it),
    });
    let mut types: Vec<_> = names
        .iter()
        .filter_map(|name| named_type(name.as_str()?))
        .filter(|ty| *ty != SimpleType::Null)
        .collect();
    types.dedup();
    types
}

/// A schema, and those that every value of it satisfies, too: what it refers to, the branches of `allOf`, and the
/// only alternative besides null.
fn parts<'a>(cx: &Cx<'a, '_>, schema: &'a Node) -> Vec<&'a Node> {
    let mut parts = vec![schema];
    let mut next = 0;
    while let Some(part) = parts.get(next).copied().filter(|_| next < MOST_PARTS) {
        next += 1;
        if reference_text(part).is_some() {
            parts.extend(cx.references.target(part.id).map(|it| it.node));
        }
        let all = part.get("allOf").map_or(&[][..], Node::items);
        parts.extend(all.iter().take(MOST_PARTS));
        for key in ["anyOf", "oneOf"] {
            let branches = part.get(key).map_or(&[][..], Node::items);
            let is_null = |it: &Node| {
                matches!(it.value, Value::Null)
                    || it.get("type").and_then(Node::as_str) == Some("null")
            };
            let mut telling = branches.iter().filter(|it| !is_null(it));
            if let (Some(only), None) = (telling.next(), telling.next()) {
                parts.push(only);
            }
        }
    }
    parts
}

/// The properties of a schema and its parts.
fn properties<'a>(cx: &mut Cx<'a, '_>, schema: &'a Node) -> Rc<HashMap<&'a str, &'a Node>> {
    if let Some(known) = cx.values.properties.get(&schema.id) {
        return Rc::clone(known);
    }
    let mut properties = HashMap::new();
    for part in parts(cx, schema) {
        for entry in part.get("properties").map_or(&[][..], Node::entries) {
            properties.entry(&*entry.key).or_insert(&entry.value);
        }
    }
    let properties = Rc::new(properties);
    cx.values
        .properties
        .insert(schema.id, Rc::clone(&properties));
    properties
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use insta::assert_snapshot;

    use crate::model::Schema;
    use crate::normalize::tests::read;

    /// The values that the component schemas state, and the findings.
    fn values(components: &str) -> String {
        let document = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: v}}\npaths: {{}}\ncomponents:\n  schemas:\n{components}"
        );
        let (model, findings) = read(&document);
        let model = model.expect("the root is a mapping");
        let mut lines = String::new();
        for schema in &model.schemas.0 {
            let Schema {
                enumeration,
                constant,
                default,
                examples,
                ..
            } = schema;
            let lists = [enumeration.as_ref(), Some(examples)].into_iter().flatten();
            for value in lists.flatten().chain(constant).chain(default) {
                let _ = writeln!(lines, "{}: {value}", schema.place.pointer);
            }
        }
        lines + &findings
    }

    #[test]
    fn texts_are_what_is_written() {
        assert_snapshot!(values("    \
A:
      type: string
      enum: [08, 007, 0x10, .5, 0o7, 1_000, +1, 1e1, True, 1.10, -0, .inf, &a 0x1f, !!int 012, 2024-01-01, yes, '1']
      default: 010
      example: 0x2
    B: {type: [string, 'null'], const: 00}
    C: {type: integer, enum: [08, 0x10, '3'], default: '10'}
    D: {type: boolean, default: 'false'}
    "), @r#"
        #/components/schemas/A: "08"
        #/components/schemas/A: "007"
        #/components/schemas/A: "0x10"
        #/components/schemas/A: ".5"
        #/components/schemas/A: "0o7"
        #/components/schemas/A: "1_000"
        #/components/schemas/A: "+1"
        #/components/schemas/A: "1e1"
        #/components/schemas/A: "True"
        #/components/schemas/A: "1.10"
        #/components/schemas/A: "-0"
        #/components/schemas/A: ".inf"
        #/components/schemas/A: "0x1f"
        #/components/schemas/A: "012"
        #/components/schemas/A: "2024-01-01"
        #/components/schemas/A: "yes"
        #/components/schemas/A: "1"
        #/components/schemas/A: "0x2"
        #/components/schemas/A: "010"
        #/components/schemas/B: "00"
        #/components/schemas/C: 8
        #/components/schemas/C: 16
        #/components/schemas/C: 3
        #/components/schemas/C: 10
        #/components/schemas/D: false
        Warning KW0302 #/components/schemas/A/enum: `enum` has values whose type differs from the schema's; they are read as `"08"`, `"007"`, `"0x10"`, `".5"`, `"0o7"`, `"+1"`, `"1e1"`, `"True"`, 5 more
        Warning KW0302 #/components/schemas/A/default: `default` has a different type than the schema; it is read as `"010"`
        Warning KW0318 #/components/schemas/A/default: `default` is not one of the `enum` values
        Warning KW0302 #/components/schemas/B/const: `const` has a different type than the schema; it is read as `"00"`
        Warning KW0302 #/components/schemas/C/enum: `enum` has values whose type differs from the schema's; they are read as `3`
        Warning KW0302 #/components/schemas/C/default: `default` has a different type than the schema; it is read as `10`
        Warning KW0318 #/components/schemas/C/default: `default` is not one of the `enum` values
        Warning KW0302 #/components/schemas/D/default: `default` has a different type than the schema; it is read as `false`
        "#);
    }

    #[test]
    fn types_may_stand_elsewhere() {
        assert_snapshot!(values("    \
Text: {type: string}
    Referring: {$ref: '#/components/schemas/Text', default: 007}
    Branch: {allOf: [{$ref: '#/components/schemas/Text'}, {enum: [001, 0x2]}]}
    Outer: {type: string, oneOf: [{const: 003}, {const: 04}]}
    Sole: {anyOf: [{type: string}, {type: 'null'}], default: 005}
    Open: {anyOf: [{type: string}, {type: integer}], default: 006}
    List: {type: array, prefixItems: [{type: integer}], items: {$ref: '#/components/schemas/Text'}, default: [07, 007]}
    Base: {type: object, properties: {zip: {type: string}, count: {type: integer}}}
    Map:
      allOf: [{$ref: '#/components/schemas/Base'}]
      additionalProperties: {type: string}
      examples: [{zip: 01234, count: 012, other: 0x1}]
    "), @r#"
        #/components/schemas/Referring: "007"
        #/components/schemas/Sole: "005"
        #/components/schemas/Open: 6
        #/components/schemas/List: [7,"007"]
        #/components/schemas/Map: {"zip":"01234","count":12,"other":"0x1"}
        #/components/schemas/Branch/allOf/1: "001"
        #/components/schemas/Branch/allOf/1: "0x2"
        #/components/schemas/Outer/oneOf/0: "003"
        #/components/schemas/Outer/oneOf/1: "04"
        Warning KW0302 #/components/schemas/Referring/default: `default` has a different type than the schema; it is read as `"007"`
        Warning KW0302 #/components/schemas/Branch/allOf/1/enum: `enum` has values whose type differs from the schema's; they are read as `"001"`, `"0x2"`
        Warning KW0302 #/components/schemas/Outer/oneOf/0/const: `const` has a different type than the schema; it is read as `"003"`
        Warning KW0302 #/components/schemas/Outer/oneOf/1/const: `const` has a different type than the schema; it is read as `"04"`
        Warning KW0302 #/components/schemas/Sole/default: `default` has a different type than the schema; it is read as `"005"`
        Warning KW0302 #/components/schemas/List/default: `default` has values whose type differs from the schema's; they are read as `"007"`
        "#);
    }

    #[test]
    fn words_for_values_are_text() {
        let (model, findings) = read(
            "openapi: 3.1.0
info: {title: 0x10, version: 1.10}
tags: [{name: 007}]
paths: {}
components:
  schemas:
    A:
      type: string
      enum: [01, 02]
      x-enum-varnames: [1e1, 007]
      x-enum-descriptions: {01: 0x1, 02: yes}
      x-ms-enum: {modelAsString: true, values: [{value: 01, name: 1.0}]}
",
        );
        let model = model.expect("the root is a mapping");
        let mut lines = String::new();
        for (key, value) in model.schemas.0[0].extensions.iter() {
            let _ = writeln!(lines, "{key}: {value}");
        }
        assert_snapshot!(lines + &findings, @r#"
        x-enum-varnames: ["1e1","007"]
        x-enum-descriptions: {"01":"0x1","02":"yes"}
        x-ms-enum: {"modelAsString":true,"values":[{"value":"01","name":"1.0"}]}
        Warning KW0302 #/info/title: `title` is a number, not a string; it is read as `0x10`
        Warning KW0302 #/info/version: `version` is a number, not a string; it is read as `1.10`
        Warning KW0302 #/tags/0/name: `name` is a number, not a string; it is read as `007`
        Warning KW0302 #/components/schemas/A/enum: `enum` has values whose type differs from the schema's; they are read as `"01"`, `"02"`
        "#);
    }
}
