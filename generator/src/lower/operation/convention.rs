//! Values for which the specification defines no serialization, and what the runtime does with them.
//!
//! A style says how simple values are written, and lists and objects of these (OAS 3.1.1, Style Examples). For what is
//! inside them, and for null, "the behavior is undefined" or the table has `n/a`. `runtime/encode/style.rs` has a
//! convention for each; here it is named, and `tests/tests/runtime` holds that it is true.

use std::collections::HashSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::lower::context::Context;
use crate::lower::facts::Class;
use crate::model::{Parameter, ParameterLocation, ParameterValue, SchemaId, Style};

/// How many are reported: a component may be in as many parameters as there are lines.
const MOST: usize = 1000;

/// How deep values are looked into.
const DEEPEST: usize = 8;

/// Reports every part of a parameter that is written by convention.
pub(super) fn report(cx: &mut Context, parameter: &Parameter) {
    let ParameterValue::Schema {
        schema,
        style,
        explode,
        ..
    } = parameter.value
    else {
        return;
    };
    if parameter.location == ParameterLocation::QueryString {
        return;
    }
    let mut walk = Walk {
        cx,
        parameter,
        style,
        explode,
        seen: HashSet::new(),
    };
    walk.outermost(schema);
}

/// What a value is, as far as it matters how it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Simple,
    List,
    Object,
}

/// A parameter while its schema is gone through.
struct Walk<'w, 'a> {
    cx: &'w mut Context<'a>,
    parameter: &'w Parameter,
    style: Style,
    explode: bool,
    seen: HashSet<SchemaId>,
}

impl Walk<'_, '_> {
    fn outermost(&mut self, id: SchemaId) {
        if self.cx.is_nullable(id) && self.parameter.required {
            self.null(id);
        }
        let name = self.parameter.name.clone();
        for value in self.alternatives(id) {
            match self.shape(value) {
                Shape::List if self.style == Style::DeepObject => {
                    let convention = format!("sent as `{name}=a&{name}=b`");
                    self.found(id, "a list in the style `deepObject`", &convention);
                }
                Shape::Simple if self.style == Style::DeepObject && self.is_known(value) => {
                    let convention = format!("sent as `{name}=a`");
                    self.found(id, "a simple value in the style `deepObject`", &convention);
                }
                Shape::Simple => {}
                Shape::List | Shape::Object => self.parts(value, &name, 0),
            }
        }
    }

    /// The parts of a list or an object. `name` is what comes before `=` where the style has pairs.
    fn parts(&mut self, id: SchemaId, name: &str, depth: usize) {
        let is_known = self.cx.conventions.without.contains(&id);
        if depth > DEEPEST || is_known || !self.seen.insert(id) {
            return;
        }
        let before = self.cx.conventions.reported;
        let outer = self.shape(id);
        let schema = self.cx.schema(id);
        let properties = schema.properties.iter();
        let mut parts: Vec<(String, SchemaId)> =
            properties.map(|(name, it)| (name.clone(), *it)).collect();
        let items = schema.items.iter().chain(&schema.prefix_items);
        let others = items.chain(&schema.additional_properties);
        parts.extend(others.map(|it| ("key".to_owned(), *it)));
        for (key, part) in parts {
            if self.cx.is_nullable(part) {
                self.null(part);
            }
            for value in self.alternatives(part) {
                self.part(outer, part, value, name, &key, depth);
            }
        }
        if self.cx.conventions.reported == before {
            self.cx.conventions.without.insert(id);
        }
    }

    fn part(
        &mut self,
        outer: Shape,
        part: SchemaId,
        value: SchemaId,
        name: &str,
        key: &str,
        depth: usize,
    ) {
        let inner = self.shape(value);
        let what = match (inner, outer) {
            (Shape::Simple, _) => return,
            (Shape::List, Shape::List) => "a list inside a list",
            (Shape::List, _) => "a list inside an object",
            (Shape::Object, Shape::List) => "an object inside a list",
            (Shape::Object, _) => "an object inside an object",
        };
        let is_deep = self.style == Style::DeepObject && outer == Shape::Object;
        let has_pairs = self.explode
            && outer == Shape::Object
            && !matches!(self.style, Style::Simple | Style::Label);
        let nested = format!("{name}[{key}]");
        let convention = match inner {
            Shape::Object if is_deep => format!("sent as `{nested}[..]=..`"),
            Shape::List if is_deep => format!("sent as `{nested}=a&{nested}=b`"),
            Shape::List if has_pairs => format!("sent as `{key}=a&{key}=b`"),
            Shape::Simple | Shape::Object | Shape::List => "sent as JSON".to_owned(),
        };
        self.found(part, what, &convention);
        if is_deep {
            self.parts(value, &nested, depth + 1);
        }
    }

    fn null(&mut self, id: SchemaId) {
        if self.parameter.location != ParameterLocation::Path {
            self.found(id, "null", "null is left out");
        }
    }

    fn found(&mut self, id: SchemaId, what: &str, convention: &str) {
        self.cx.conventions.reported += 1;
        if self.cx.conventions.reported > MOST {
            return;
        }
        let place = &self.cx.schema(id).place;
        let message = format!(
            "the specification does not define how {what} is written in the parameter `{}`",
            self.parameter.name
        );
        let mut finding = Diagnostic::at(Code::UndefinedSerialization, place, message)
            .label(convention.to_owned())
            .help("check that the server uses the same convention, or describe the parameter with `content: { application/json: .. }`");
        if !place.is_in(&self.parameter.place) {
            finding = finding.related(&self.parameter.place, "used in this parameter");
        }
        self.cx.report(finding);
    }

    /// The schemas of which a value satisfies one.
    fn alternatives(&self, id: SchemaId) -> Vec<SchemaId> {
        let target = self.cx.target(id);
        match self.cx.class(target) {
            Class::Choice => {
                let branches = self.cx.schema(target).one_of.iter();
                branches.map(|it| self.cx.target(*it)).collect()
            }
            _ => vec![target],
        }
    }

    fn shape(&self, id: SchemaId) -> Shape {
        match self.cx.class(id) {
            Class::Array | Class::Tuple => Shape::List,
            Class::Struct | Class::Map => Shape::Object,
            Class::Name(_)
            | Class::Choice
            | Class::Enumeration(_)
            | Class::Scalar(_)
            | Class::Any
            | Class::Never => Shape::Simple,
        }
    }

    /// Whether a schema says what a value is.
    fn is_known(&self, id: SchemaId) -> bool {
        matches!(self.cx.class(id), Class::Scalar(_) | Class::Enumeration(_))
    }
}
