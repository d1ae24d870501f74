//! What is known of the schemas of a document while they are collected.

use std::collections::HashMap;

use super::references::{self, Target};
use crate::document::{FileId, JsonPointer, Node, Spec, Value as Tree};

/// Where a schema stands.
pub type SchemaPlace = (FileId, JsonPointer);

/// Which messages the schemas of a bundle are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Requests, in which nothing is required that is `readOnly`.
    Request,
    /// Responses, in which nothing is required that is `writeOnly`.
    Response,
    /// Both.
    Both,
}

/// The kinds of JSON Schema that OpenAPI has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// That of 2.0 and 3.0: `nullable`, bounds that are exclusive by a boolean, nothing beside `$ref`.
    Subset,
    /// That of 3.1 and later.
    Draft202012,
}

/// The dialect of JSON Schema that a version of OpenAPI speaks.
pub(super) fn dialect(root: &Node) -> Dialect {
    let version = root.get("openapi").map(|it| &it.value);
    match version {
        Some(Tree::String(text) | Tree::Number(text)) if !text.starts_with("3.0") => {
            Dialect::Draft202012
        }
        _ => Dialect::Subset,
    }
}

/// What every reference in a bundle starts with.
pub(super) const PREFIX: &str = "#/$defs/";

/// A reference to a schema of the bundle.
pub(super) fn reference(number: usize) -> String {
    format!("{PREFIX}{number}")
}

/// A bundle that is being made.
pub(super) struct Collector<'s> {
    pub(super) spec: &'s Spec,
    pub(super) direction: Direction,
    pub(super) dialect: Dialect,
    pub(super) numbers: HashMap<SchemaPlace, usize>,
    /// Every schema that has a number, in the order of these.
    pub(super) waiting: Vec<Target<'s>>,
}

impl<'s> Collector<'s> {
    /// Where a reference leads.
    pub(super) fn target(&self, base: FileId, text: &str) -> Option<Target<'s>> {
        references::target(self.spec, base, text)
    }

    /// A scalar as it is written.
    pub(super) fn written(&self, file: FileId, node: &Node) -> &'s str {
        self.spec.file(file).source.text_of(node.span)
    }

    /// Whether a schema, or one that it refers to or consists of, has a flag set.
    pub(super) fn has_flag(&self, file: FileId, node: &'s Node, flag: &str) -> bool {
        let target = Target {
            file,
            pointer: JsonPointer::root(),
            node,
        };
        self.is_flagged(&target, flag, DEEPEST)
    }

    fn is_flagged(&self, schema: &Target<'s>, flag: &str, depth: usize) -> bool {
        let stated = schema.node.get(flag).map(|it| &it.value);
        matches!(stated, Some(Tree::Boolean(true)))
            || (depth > 0
                && parts(self, schema)
                    .iter()
                    .any(|it| self.is_flagged(it, flag, depth - 1)))
    }

    /// The number of the schema at a place. None when there is nothing, or an operation: the form of one of 2.0 stands in
    /// its parameters, and nowhere as a schema.
    pub(super) fn number_at(&mut self, (file, pointer): &SchemaPlace) -> Option<usize> {
        let node = references::at(self.spec, *file, pointer)?;
        let is_schema = node.get("responses").is_none();
        is_schema.then(|| {
            self.number(Target {
                file: *file,
                pointer: pointer.clone(),
                node,
            })
        })
    }

    /// The number of a schema; a new one for one that has none.
    pub(super) fn number(&mut self, target: Target<'s>) -> usize {
        let next = self.waiting.len();
        let place = (target.file, target.pointer.clone());
        let number = *self.numbers.entry(place).or_insert(next);
        if number == next {
            self.waiting.push(target);
        }
        number
    }
}

/// The schemas that a schema refers to or consists of.
pub(super) fn parts<'s>(collector: &Collector<'s>, schema: &Target<'s>) -> Vec<Target<'s>> {
    let of_all = schema.node.get("allOf").map_or(&[][..], Node::items).iter();
    let of_all = of_all.map(|node| Target {
        node,
        ..schema.clone()
    });
    let reference = schema.node.get("$ref").and_then(Node::as_str);
    let target = reference.and_then(|text| collector.target(schema.file, text));
    target.into_iter().chain(of_all).collect()
}

/// How many references and parts are gone through in search of a property.
pub(super) const DEEPEST: usize = 8;
