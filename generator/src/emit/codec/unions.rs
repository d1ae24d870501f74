//! How unions are read: the JSON type decides first, then what the IR says.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::head;
use crate::emit::context::Cx;
use crate::emit::written::{self, Written};
use crate::ir::{self, Additional, Branch, Choice, ItemId, ItemKind, JsonType, TagValue, Type};
use crate::output::Unformatted;
use crate::shape::Union;

/// `runtime::union! { models::Pet { Cat, Dog, } reader => match reader.kind()? { .. } }`
pub(super) fn emit(cx: &Cx<'_>, id: ItemId, it: &Union, of: &ir::Union) -> Unformatted {
    let mut out = Written::default();
    let holds_null = of.is_open || of.dispatch.iter().any(|(ty, _)| *ty == JsonType::Null);
    let null = if holds_null { ", holds_null: true" } else { "" };
    out.line(0, format!("{}{null} {{", head(cx, id, "union")));
    let tags = tags(of);
    for ((index, variant), branch) in it.variants.iter().enumerate().zip(&of.branches) {
        let tag = tags.get(&index).copied();
        let tag = tag.filter(|(property, _)| !is_declared(cx, branch, property));
        let tag = tag.map(|(property, value)| {
            format!(" where {} = {}", written::literal(property), literal(value))
        });
        out.line(1, format!("{}{},", variant.name, tag.unwrap_or_default()));
    }
    let decision = Decision { cx, id, it, of };
    decision.emit(&mut out);
    out.finish()
}

/// The property and the value that mark each branch.
fn tags(union: &ir::Union) -> HashMap<usize, (&str, &TagValue)> {
    let mut tags = HashMap::new();
    for (_, choice) in &union.dispatch {
        let Choice::Tag {
            property, values, ..
        } = choice
        else {
            continue;
        };
        for (value, choice) in values {
            if let Some(branch) = choice.sole() {
                tags.entry(branch).or_insert((property.as_str(), value));
            }
        }
    }
    tags
}

/// Whether the type of a branch has a place for a property, or is no object.
fn is_declared(cx: &Cx<'_>, branch: &Branch, property: &str) -> bool {
    let Type::Item(id) = cx.api.resolve(&branch.ty) else {
        return true;
    };
    let ItemKind::Struct(it) = &cx.api[*id].kind else {
        return true;
    };
    // A type of another crate writes all of its properties.
    if cx.api[*id].foreign.is_some() {
        return true;
    }
    it.fields.iter().any(|field| field.wire_name == property)
        || matches!(it.additional, Additional::Kept(_))
}

/// A value of a tag as a literal.
fn literal(tag: &TagValue) -> String {
    match tag {
        TagValue::Text(text) => written::literal(text),
        TagValue::Integer(value) => value.to_string(),
        TagValue::Boolean(value) => value.to_string(),
    }
}

/// The range that the whole numbers among values are, if they are three or more, and one follows the other.
fn range(values: &[&TagValue]) -> Option<String> {
    let integers = values.iter().filter_map(|it| match it {
        TagValue::Integer(value) => Some(*value),
        TagValue::Text(_) | TagValue::Boolean(_) => None,
    });
    let mut integers: Vec<i64> = integers.collect();
    integers.sort_unstable();
    match integers[..] {
        [first, _, .., last] if last.abs_diff(first) + 1 == integers.len() as u64 => {
            Some(format!("{first}..={last}"))
        }
        _ => None,
    }
}

/// The runtime's name for a JSON type.
fn json_kind(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "Null",
        JsonType::Boolean => "Bool",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    }
}

/// Writes an arm of calls, of which each gets a line where they do not fit into one.
fn line(out: &mut Written, depth: usize, pattern: &str, calls: &[String]) {
    out.chain(depth, &format!("{pattern} => reader"), calls, ",");
}

/// Writes how a union is read, as an expression of `reader`.
struct Decision<'a> {
    cx: &'a Cx<'a>,
    id: ItemId,
    it: &'a Union,
    of: &'a ir::Union,
}

impl Decision<'_> {
    /// What to write for a type of the runtime. What is only sent is read with a feature alone, and an import would be
    /// idle without it.
    fn name(&self, path: &'static str) -> String {
        if self.cx.shape[self.id].direction.received {
            return written::name(self.cx, path);
        }
        let name = path.trim_start_matches("super::runtime::");
        format!("{}::{name}", written::name(self.cx, "super::runtime"))
    }

    /// `} reader => match reader.kind()? { .. } }`
    fn emit(&self, out: &mut Written) {
        let kind = self.name("super::runtime::Kind");
        // JSON types that lead to the same share an arm.
        let mut choices: IndexMap<&Choice, Vec<String>> = IndexMap::new();
        for (ty, choice) in &self.of.dispatch {
            let types = choices.entry(choice).or_default();
            types.push(format!("{kind}::{}", json_kind(*ty)));
        }
        out.line(0, "} reader => match reader.kind()? {");
        for (choice, types) in choices {
            self.arm(out, 1, &types.join(" | "), Some(choice));
        }
        let is_other = |ty: &&JsonType| self.of.dispatch.iter().all(|(known, _)| known != *ty);
        let others: Vec<&JsonType> = JsonType::ALL.iter().filter(is_other).collect();
        match others[..] {
            // Every JSON type is dispatched where some branch takes any value.
            [] => {}
            [only] => self.arm(out, 1, &format!("{kind}::{}", json_kind(*only)), None),
            _ => self.arm(out, 1, "_", None),
        }
        out.line(0, "} }");
    }

    /// Writes an arm: a pattern, and what a choice leads to, or nothing does.
    fn arm(&self, out: &mut Written, depth: usize, pattern: &str, choice: Option<&Choice>) {
        match choice {
            None => out.line(depth, format!("{pattern} => {},", self.unknown())),
            Some(Choice::Only(branch)) => {
                line(out, depth, pattern, &self.branch(*branch));
            }
            Some(Choice::Trial { branches, fallback }) => {
                line(out, depth, pattern, &self.trial(branches, fallback));
            }
            Some(Choice::Tag {
                property,
                values,
                other,
                absent,
            }) => {
                let property = written::literal(property);
                let head = format!("{pattern} => match reader.tag({property})?.as_deref() {{");
                out.line(depth, head);
                self.tags(out, depth + 1, values, other.as_deref(), absent.as_deref());
                out.line(depth, "},");
            }
            Some(Choice::Key { keys, otherwise }) => {
                let names = keys.iter().map(|(property, _)| written::literal(property));
                let names: Vec<String> = names.collect();
                let head = format!("{pattern} => match reader.first_of(&[");
                out.list(depth, &head, &names, "])? {");
                for (index, (_, branch)) in keys.iter().enumerate() {
                    line(
                        out,
                        depth + 1,
                        &format!("Some({index})"),
                        &self.branch(*branch),
                    );
                }
                match otherwise {
                    Some(branch) => line(out, depth + 1, "_", &self.branch(*branch)),
                    None => self.arm(out, depth + 1, "_", None),
                }
                out.line(depth, "},");
            }
        }
    }

    /// Writes the arms for values of a tag. What leads to the same shares an arm.
    fn tags(
        &self,
        out: &mut Written,
        depth: usize,
        values: &[(TagValue, Choice)],
        other: Option<&Choice>,
        absent: Option<&Choice>,
    ) {
        let mut choices: IndexMap<Option<&Choice>, Vec<&TagValue>> = IndexMap::new();
        for (value, choice) in values {
            choices.entry(Some(choice)).or_default().push(value);
        }
        // What any other value leads to needs no arm of its own.
        choices.shift_remove(&other);
        if absent != other {
            choices.entry(absent).or_default();
        }
        for (choice, values) in choices {
            let is_absent = absent != other && choice == absent;
            let pattern = self.patterns(&values, is_absent).join(" | ");
            self.arm(out, depth, &pattern, choice);
        }
        self.arm(out, depth, "_", other);
    }

    /// The patterns for values of a tag, and perhaps for none.
    fn patterns(&self, values: &[&TagValue], is_absent: bool) -> Vec<String> {
        let tag = self.name("super::runtime::Tag");
        let of = |is_it: fn(&TagValue) -> bool| {
            let them = values.iter().filter(|it| is_it(it));
            let them: Vec<String> = them.map(|it| literal(it)).collect();
            (!them.is_empty()).then_some(them)
        };
        let texts = of(|it| matches!(it, TagValue::Text(_))).map(|it| it.join(" | "));
        let integers = of(|it| matches!(it, TagValue::Integer(_))).map(|it| it.join(" | "));
        let booleans = of(|it| matches!(it, TagValue::Boolean(_))).map(|it| match &it[..] {
            [only] => only.clone(),
            _ => "_".to_owned(),
        });
        let patterns = [
            texts.map(|it| format!("{tag}::Text({it})")),
            range(values)
                .or(integers)
                .map(|it| format!("{tag}::Integer({it})")),
            booleans.map(|it| format!("{tag}::Bool({it})")),
            is_absent.then(|| format!("{tag}::Absent")),
        ];
        patterns.into_iter().flatten().collect()
    }

    /// The calls that read a branch. Where any value fits the document, one that only looks like the branch is no
    /// error.
    fn branch(&self, branch: usize) -> Vec<String> {
        if self.of.is_open {
            return self.trial(&[branch], &[]);
        }
        let variant = &self.it.variants[branch].name;
        vec![".read()".to_owned(), format!(".map(Self::{variant})")]
    }

    /// The calls that try branches.
    fn trial(&self, branches: &[usize], fallback: &[usize]) -> Vec<String> {
        let offer = |branch: &usize| format!(".offer(Self::{})", self.it.variants[*branch].name);
        let mut calls = vec![".closest()".to_owned()];
        calls.extend(branches.iter().map(offer));
        if !fallback.is_empty() {
            calls.push(".settle()".to_owned());
            calls.extend(fallback.iter().map(offer));
        }
        let end = if self.of.is_open { "any" } else { "unknown" };
        calls.push(format!(".or_{end}(Self::{})", self.it.unknown));
        calls
    }

    /// What keeps a value that fits no branch. The document knows of none, unless it allows any.
    fn unknown(&self) -> String {
        let read = if self.of.is_open { "read" } else { "unknown" };
        format!("reader.{read}().map(Self::{})", self.it.unknown)
    }
}
