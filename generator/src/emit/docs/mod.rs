//! Documentation: the texts of the spec as doc attributes.
//!
//! All text of a document goes through the types of [`markdown`], so that nothing in it can end a comment, run as a doc
//! test, or break rustdoc.

pub(super) mod incoming;
pub(super) mod oauth;
pub(super) mod operation;
pub(super) mod security;
pub(super) mod session;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Cx;
use crate::ir::{Branch, Docs, Field, Item, ItemId, ItemKind, Origin, Part, Type, Value, Variant};
use crate::markdown::{self, Inline, Text, prose};
use crate::shape::{self, Kind, Member};

/// Markdown as doc attributes, one for each line.
pub(super) fn attributes(text: impl Into<Text>) -> TokenStream {
    let text = text.into().to_string();
    let lines = text.lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// The docs of a type: what it is, examples, and the schema that it was made from.
pub(super) fn item(cx: &Cx<'_>, id: ItemId) -> Text {
    let item = &cx.api[id];
    let mut text = Text::default();
    if !cx.shape[id].is_told_at_field {
        text.docs(&item.docs);
        text.examples(&item.examples);
    }
    if let Kind::Struct(it) = &cx.shape[id].kind {
        text.paragraph(constants(cx, id, it));
    }
    text.paragraph(prose!("Schema: {}", pointer(&item.origin)));
    text
}

/// The properties that are no fields, since they have one value.
fn constants(cx: &Cx<'_>, id: ItemId, it: &shape::Struct) -> Inline {
    let ItemKind::Struct(of) = &cx.api[id].kind else {
        return Inline::default();
    };
    let constants = of
        .fields
        .iter()
        .zip(&it.members)
        .filter_map(|(field, member)| match member {
            Member::Constant(constant) => Some((field, &constant.value)),
            Member::Field(_) => None,
        });
    let constants = constants.map(|(field, value)| {
        let name = markdown::code(&field.wire_name);
        prose!("{} is {}", name, example_line(value))
    });
    let constants = Inline::join(constants, ", ");
    if constants.is_empty() {
        return constants;
    }
    prose!("Always: {}.", constants)
}

/// The docs of a field, which may be a part of a multipart body. What its type tells stands there.
pub(super) fn field(cx: &Cx<'_>, field: &Field, part: Option<&Part>) -> Text {
    let told = told(cx, &field.ty);
    let mut text = Text::default();
    text.docs(&untold(&field.docs, told));
    text.constraints(&field.constraints);
    if let Some(default) = &field.default {
        text.paragraph(default_line(default));
    }
    match (field.read_only, field.write_only) {
        (true, _) => text.paragraph("Read-only: set by the server."),
        (false, true) => text.paragraph("Write-only: never returned by the server."),
        (false, false) => {}
    }
    if let Some(part) = part {
        text.paragraph(self::part(part));
    }
    if told.is_none_or(|it| it.examples != field.examples) {
        text.examples(&field.examples);
    }
    text
}

/// Whether nothing is left to say of a property or a branch besides what its type tells.
pub(super) fn is_silent(cx: &Cx<'_>, docs: &Docs, ty: &Type) -> bool {
    untold(docs, told(cx, ty)) == Docs::default()
}

/// The item whose own docs tell what a value of a type is.
fn told<'a>(cx: &Cx<'a>, ty: &Type) -> Option<&'a Item> {
    let Type::Item(id) = ty else {
        return None;
    };
    (!cx.shape[*id].is_told_at_field).then(|| &cx.api[*id])
}

/// Docs without what those of an item say.
fn untold(docs: &Docs, told: Option<&Item>) -> Docs {
    let told = told.map(|it| &it.docs);
    let other = |own: &Option<String>, told: Option<&Option<String>>| {
        own.clone().filter(|_| told != Some(own))
    };
    Docs {
        summary: other(&docs.summary, told.map(|it| &it.summary)),
        description: other(&docs.description, told.map(|it| &it.description)),
        external: docs
            .external
            .clone()
            .filter(|_| told.map(|it| &it.external) != Some(&docs.external)),
    }
}

/// What the document says of a part besides its value.
fn part(part: &Part) -> Inline {
    let media_type = part.media_type.iter();
    let media_type = media_type.map(|it| prose!("Sent as {}.", markdown::code(it)));
    let headers = (!part.headers.is_empty())
        .then(|| prose!("Headers of the part: {}.", codes(&part.headers, ", ")));
    Inline::join(media_type.chain(headers), " ")
}

/// Texts as code, one after the other.
pub(super) fn codes<T: AsRef<str>>(
    texts: impl IntoIterator<Item = T>,
    separator: &'static str,
) -> Inline {
    let texts = texts.into_iter().map(|it| markdown::code(it.as_ref()));
    Inline::join(texts, separator)
}

/// The docs of an enumeration's variant; none where the value is all that there is to say, and nothing in it has to be
/// escaped.
pub(super) fn variant<T: std::fmt::Display>(variant: &Variant<T>) -> Text {
    let value = variant.value.to_string();
    let description = variant.description.as_deref().unwrap_or_default();
    let code = markdown::code(&value);
    if description.is_empty() && code.is_code_of(&value) {
        return Text::default();
    }
    Text::labelled(code, markdown::blocks(description))
}

/// The docs of a union's variant. What its type tells stands there.
pub(super) fn branch(cx: &Cx<'_>, branch: &Branch) -> Text {
    let mut text = Text::default();
    text.docs(&untold(&branch.docs, told(cx, &branch.ty)));
    text
}

/// A group with those that it is in: "`cakes` of `products`".
pub(super) fn group(tag: &str, parents: &[(String, Option<String>)]) -> Inline {
    let parents = parents.iter().rev().map(|(parent, _)| parent.as_str());
    codes(std::iter::once(tag).chain(parents), " of ")
}

/// The pointer of the place that something was made from: `#/components/schemas/User`.
pub(super) fn pointer(origin: &Origin) -> Inline {
    markdown::code(&origin.place.pointer.to_string())
}

/// Names in each other, as a list.
#[derive(Debug, Default)]
pub(super) struct Tree {
    about: Option<String>,
    below: IndexMap<String, Tree>,
}

impl Tree {
    /// Adds names and what they are, each in the one before it.
    pub(super) fn insert(&mut self, path: &[(String, Option<String>)]) {
        if let [(name, about), path @ ..] = path {
            let below = self.below.entry(name.clone()).or_default();
            below.about.clone_from(about);
            below.insert(path);
        }
    }

    /// The list.
    pub(super) fn list(&self) -> Text {
        let mut text = Text::default();
        text.list(self.below.iter().map(|(name, below)| {
            let name = markdown::code(name);
            let mut entry = Text::from(match &below.about {
                Some(about) => prose!("{}: {}", name, markdown::inline(about)),
                None => name,
            });
            entry.append(below.list());
            entry
        }));
        text
    }
}

impl Text {
    /// Adds summary, description and further reading.
    pub(super) fn docs(&mut self, docs: &Docs) {
        if let Some(summary) = &docs.summary {
            self.paragraph(markdown::inline(summary));
        }
        if let Some(description) = &docs.description {
            // Many documents say the same twice.
            if docs.summary.as_deref().map(str::trim) != Some(description.trim()) {
                self.append(markdown::blocks(description));
            }
        }
        self.external(docs);
    }

    /// Adds a description, if there is one.
    pub(super) fn description(&mut self, description: Option<&str>) {
        self.append(markdown::blocks(description.unwrap_or_default()));
    }

    /// Adds further reading.
    pub(super) fn external(&mut self, docs: &Docs) {
        if let Some((text, url)) = &docs.external {
            let link = markdown::link(text.as_deref(), url);
            self.paragraph(prose!("See also: {}", link));
        }
    }

    /// Adds what a schema demands of a value.
    pub(super) fn constraints(&mut self, constraints: &[String]) {
        if !constraints.is_empty() {
            let constraints = constraints.iter().map(|it| markdown::inline(it));
            self.paragraph(prose!("Constraints: {}", Inline::join(constraints, ", ")));
        }
    }

    /// Adds examples: those that fit into a line.
    pub(super) fn examples(&mut self, examples: &[Value]) {
        let lines: Vec<Inline> = examples
            .iter()
            .map(example_line)
            .filter(|it| it.len() <= 120)
            .collect();
        match lines.as_slice() {
            [] => {}
            [one] => self.paragraph(prose!("Example: {}", one)),
            _ => self.paragraph(prose!("Examples: {}", Inline::join(lines, ", "))),
        }
    }
}

/// "Default: `10`"
pub(super) fn default_line(default: &Value) -> Inline {
    prose!("Default: {}", markdown::code(&default.to_string()))
}

/// An example: text without quotes, everything else as JSON.
fn example_line(example: &Value) -> Inline {
    match example {
        Value::String(text) => markdown::code(text),
        other => markdown::code(&other.to_string()),
    }
}
