//! What a discriminator says of the branches of a union, as keywords of JSON Schema.

use serde_json::{Map, Value, json};

use super::collector::{Collector, DEEPEST, parts};
use super::references::Target;
use crate::document::{Entry, FileId, Node};

/// Ties each branch of a union to the values that a discriminator gives it (OAS 3.1.1, Discriminator Object). To JSON
/// Schema it is an annotation; but what contradicts it, no service sends.
pub(super) fn discriminate<'s>(
    collector: &mut Collector<'s>,
    file: FileId,
    node: &'s Node,
    discriminator: &'s Node,
    schema: &mut Map<String, Value>,
) {
    let Some(property) = discriminator.get("propertyName").and_then(Node::as_str) else {
        return;
    };
    let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
    for key in ["oneOf", "anyOf"] {
        let branches = node.get(key).map_or(&[][..], Node::items).iter();
        let targets = branches.map(|branch| {
            let reference = branch.get("$ref").and_then(Node::as_str);
            reference.and_then(|text| collector.target(file, text))
        });
        let targets: Vec<Option<Target<'s>>> = targets.collect();
        let said = targets.iter().map(|target| {
            let target = target.as_ref()?;
            Some(Said::of(collector, target, property))
        });
        let said: Vec<Option<Said>> = said.collect();
        // A branch that does not describe the property has it as the others do.
        let common = said.iter().flatten().find_map(|it| it.ty.clone());
        let Some(Value::Array(converted)) = schema.get_mut(key) else {
            continue;
        };
        for ((target, said), converted) in targets.iter().zip(said).zip(converted) {
            let (Some(target), Some(said)) = (target, said) else {
                continue;
            };
            let ty = said.ty.clone().or_else(|| common.clone());
            let names = names(collector, file, mapping, target);
            let implied = target.pointer.segments().next_back();
            let mut tie = json!({ "required": [property] });
            if let Some(values) = said.tied(names, implied, ty.as_deref()) {
                tie["properties"] = json!({ property: { "enum": values } });
            }
            *converted = json!({ "allOf": [converted.take(), tie] });
        }
    }
}

/// What a branch says itself of the property that tells it from others.
#[derive(Default)]
struct Said {
    values: Option<Vec<Value>>,
    default: Option<Value>,
    ty: Option<String>,
}

impl Said {
    fn of(collector: &Collector<'_>, schema: &Target<'_>, property: &str) -> Self {
        let mut said = Self::default();
        said.add(collector, schema, property, DEEPEST);
        said
    }

    /// Adds what a schema and its parts say; what comes first counts.
    fn add(&mut self, collector: &Collector<'_>, schema: &Target<'_>, name: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if let Some(property) = schema.node.get("properties").and_then(|it| it.get(name)) {
            let property = Target {
                node: property,
                ..schema.clone()
            };
            self.describe(collector, &property, depth);
        }
        for part in parts(collector, schema) {
            self.add(collector, &part, name, depth);
        }
    }

    /// Adds what the schema of the property and its parts say.
    fn describe(&mut self, collector: &Collector<'_>, property: &Target<'_>, depth: usize) {
        let node = property.node;
        let constant = node.get("const").map(|it| vec![it.to_json()]);
        let listed = || {
            let listed = node.get("enum")?.items().iter();
            Some(listed.map(Node::to_json).collect())
        };
        let values = std::mem::take(&mut self.values);
        self.values = values.or(constant).or_else(listed);
        let default = self.default.take();
        self.default = default.or_else(|| Some(node.get("default")?.to_json()));
        let ty = self.ty.take();
        self.ty = ty.or_else(|| Some(node.get("type")?.as_str()?.to_owned()));
        for part in parts(collector, property) {
            if let Some(depth) = depth.checked_sub(1) {
                self.describe(collector, &part, depth);
            }
        }
    }

    /// The values that the branch has; `None` for all that it allows. The mapping goes before its name, and what it
    /// says itself before both where these cannot be.
    fn tied(
        self,
        names: Vec<String>,
        implied: Option<String>,
        ty: Option<&str>,
    ) -> Option<Vec<Value>> {
        let has_names = !names.is_empty();
        let typed = |text: String| match ty {
            Some("integer" | "number") => text.parse::<i64>().ok().map(Value::from),
            Some("boolean") => text.parse::<bool>().ok().map(Value::from),
            _ => Some(Value::String(text)),
        };
        let is_allowed = |value: &Value| match (&self.values, &self.default) {
            (Some(values), _) => values.contains(value),
            (None, Some(default)) => value == default || has_names,
            (None, None) => true,
        };
        let texts = if has_names {
            names
        } else {
            implied.into_iter().collect()
        };
        let values: Vec<Value> = texts
            .into_iter()
            .filter_map(typed)
            .filter(is_allowed)
            .collect();
        let default = || self.values.is_none().then_some(self.default)?;
        match values[..] {
            [] => default().map(|it| vec![it]),
            [..] => Some(values),
        }
    }
}

/// The texts that a mapping gives to a schema.
fn names(
    collector: &Collector<'_>,
    file: FileId,
    mapping: &[Entry],
    schema: &Target<'_>,
) -> Vec<String> {
    let leads_there = |text: &str| {
        let component = format!("#/components/schemas/{text}");
        let targets = [text, component.as_str()].map(|it| collector.target(file, it));
        let mut targets = targets.iter().flatten();
        targets.any(|it| it.file == schema.file && it.pointer == schema.pointer)
    };
    let is_meant = |it: &&Entry| it.value.as_str().is_some_and(leads_there);
    let mapped = mapping.iter().filter(is_meant);
    mapped.map(|it| it.key.to_string()).collect()
}
