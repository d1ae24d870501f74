//! What the branches of a union are called after: a component, what marks the branch on the wire, its title, a
//! property that no other branch has, and only then its JSON type.
//!
//! A hint depends on the branch and on what others have in common with it, never on where it stands among them, so
//! that a branch more renames no other unless it is like it.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::place_name::place_name;
use crate::document::Place;
use crate::lower::context::Context;
use crate::lower::facts::{self, Class};
use crate::model::{Schema, SchemaId, SimpleType};

/// How deeply lists may stand in lists for their items to name them.
const DEEPEST: usize = 4;

/// What a branch is called after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BranchHint {
    /// A name: of a component, in a title, of a constant.
    Name(String),
    /// The only value of a property.
    Constant {
        /// The property.
        property: String,
        /// The value.
        value: String,
        /// A word for both.
        word: String,
    },
    /// A property that the others lack.
    Property(String),
    /// A JSON type.
    Type(String),
}

impl BranchHint {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Name(text) | Self::Property(text) | Self::Type(text) => text,
            Self::Constant { word, .. } => word,
        }
    }
}

/// What each branch of a union is called after.
pub(super) fn of_branches(cx: &Context, union: SchemaId, branches: &[SchemaId]) -> Vec<BranchHint> {
    let discriminator = cx.schema(union).discriminator.as_ref();
    let tags = discriminator.iter().flat_map(|it| &it.mapping);
    let tags = tags.map(|(tag, target)| (*target, tag.as_str())).collect();
    let marks = Marks {
        tags,
        property: discriminator.map(|it| it.property.as_str()),
        place: &cx.schema(union).place,
    };
    hints(cx, &marks, branches, DEEPEST)
}

/// What a union says of its branches.
struct Marks<'a> {
    /// What the discriminator's mapping calls them.
    tags: HashMap<SchemaId, &'a str>,
    /// The property that holds their tags.
    property: Option<&'a str>,
    /// Where the union stands.
    place: &'a Place,
}

fn hints(cx: &Context, marks: &Marks<'_>, branches: &[SchemaId], depth: usize) -> Vec<BranchHint> {
    let facts: Vec<Facts> = branches
        .iter()
        .map(|it| Facts::of(cx, marks, *it))
        .collect();
    let others = Others::of(&facts);
    let mut found: Vec<BranchHint> = facts.iter().map(|it| it.hint(&others)).collect();
    for container in [SimpleType::Array, SimpleType::Object] {
        name_by_contents(cx, marks, container, branches, &mut found, depth);
    }
    tell_apart(&facts, &mut found);
    found
}

/// Adds to hints of which there are several what each branch has that the others of the hint lack.
fn tell_apart(facts: &[Facts<'_>], found: &mut [BranchHint]) {
    let mut twins: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, hint) in found.iter().enumerate() {
        twins.entry(hint.text().to_owned()).or_default().push(index);
    }
    let properties = |index: &usize| facts[*index].properties.iter().copied();
    for (index, hint) in found.iter_mut().enumerate() {
        let Some(twins) = twins.get(hint.text()).filter(|it| it.len() > 1) else {
            continue;
        };
        let shared = repeated(twins.iter().flat_map(properties));
        let own = properties(&index).find(|it| !shared.contains(it));
        // `phone phone` says no more than `phone`.
        if let Some(own) = own.filter(|it| *it != hint.text()) {
            let told_apart = format!("{} {own}", hint.text());
            match hint {
                BranchHint::Constant { word, .. } => *word = told_apart,
                _ => *hint = BranchHint::Name(told_apart),
            }
        }
    }
}

/// Where several branches are lists, or maps, calls these after what is in them.
fn name_by_contents(
    cx: &Context,
    marks: &Marks<'_>,
    container: SimpleType,
    branches: &[SchemaId],
    found: &mut [BranchHint],
    depth: usize,
) {
    let (plain, named) = match container {
        SimpleType::Array => ("array", "list"),
        _ => ("map", "map"),
    };
    let is_plain = |hint: &BranchHint| *hint == BranchHint::Type(plain.to_owned());
    let contents: Vec<(usize, SchemaId)> = (0..branches.len())
        .filter(|index| is_plain(&found[*index]))
        .filter_map(|index| {
            let schema = cx.referred(branches[index]);
            let contents = match container {
                SimpleType::Array => schema.items,
                _ => schema.additional_properties,
            };
            Some((index, contents?))
        })
        .collect();
    let Some(depth) = depth.checked_sub(1).filter(|_| contents.len() > 1) else {
        return;
    };
    let inner: Vec<SchemaId> = contents.iter().map(|(_, inner)| *inner).collect();
    let inner = hints(cx, marks, &inner, depth);
    for ((index, _), inner) in contents.into_iter().zip(inner) {
        found[index] = match inner {
            BranchHint::Type(ty) => BranchHint::Name(format!("{ty} {plain}")),
            other => BranchHint::Name(format!("{} {named}", other.text())),
        };
    }
}

/// What a branch may be called after, by itself.
struct Facts<'a> {
    /// A name that no other branch changes.
    name: Option<String>,
    /// Its title.
    title: Option<&'a str>,
    /// The properties that can have but one value, and that; what is the more telling comes first.
    constants: Vec<(&'a str, &'a Json)>,
    /// The few values of the first property that lists some.
    listed: Option<String>,
    /// Its properties, those that it demands first.
    properties: Vec<&'a str>,
    /// How many of these it demands.
    demanded: usize,
    /// Its type, in a word.
    ty: String,
}

impl<'a> Facts<'a> {
    fn of(cx: &Context<'a>, marks: &Marks<'_>, branch: SchemaId) -> Self {
        let (stated, target) = (cx.schema(branch), cx.referred(branch));
        let is_demanded = |name: &&str| target.required.iter().any(|it| it == name);
        let names = target.properties.keys().map(String::as_str);
        let (mut properties, rest): (Vec<_>, Vec<_>) = names.partition(is_demanded);
        let demanded = properties.len();
        properties.extend(rest);
        let mut constants: Vec<(&str, &Json)> = properties
            .iter()
            .filter_map(|name| Some((*name, constant(cx, target.properties[*name])?)))
            .collect();
        constants.sort_by_key(|(name, _)| marks.property != Some(*name));
        Self {
            name: name(cx, marks, branch),
            title: stated.title.as_deref().or(target.title.as_deref()),
            constants,
            listed: properties
                .iter()
                .take(demanded)
                .find_map(|name| few_values(cx, target.properties[*name])),
            properties,
            demanded,
            ty: type_word(cx.class(cx.target(branch)), target),
        }
    }

    fn hint(&self, others: &Others<'_>) -> BranchHint {
        if let Some(name) = &self.name {
            return BranchHint::Name(name.clone());
        }
        let of_few = |it: &&(&'a str, &'a Json)| others.constants[*it] < others.objects;
        let constants = self.constants.iter().filter(of_few);
        if let Some((name, value)) = constants.min_by_key(|it| others.constants[*it]) {
            return word(name, value, others);
        }
        if let Some(title) = self.title.filter(|it| !others.titles.contains(it)) {
            return BranchHint::Name(title.to_owned());
        }
        // Of many properties that may all be missing, none tells what the only object among scalars is.
        let is_vague = others.objects == 1 && self.demanded == 0 && self.properties.len() > 1;
        let mut properties = self.properties.iter().filter(|_| !is_vague);
        let first = properties.clone().next();
        let own = properties.find(|it| !others.properties.contains(*it));
        match (own, &self.listed, first) {
            (None, Some(values), _) => BranchHint::Name(values.clone()),
            (Some(property), ..) | (None, None, Some(property)) => {
                BranchHint::Property((*property).to_owned())
            }
            (None, None, None) => BranchHint::Type(self.ty.clone()),
        }
    }
}

/// A word for the only value of a property. A number says nothing without the property, and where no other branch
/// has that, nothing besides it.
fn word(name: &str, value: &Json, others: &Others<'_>) -> BranchHint {
    let (value, word) = match value {
        Json::String(text) => (text.clone(), text.clone()),
        _ if others.properties.contains(name) => (value.to_string(), format!("{name} {value}")),
        _ => (value.to_string(), name.to_owned()),
    };
    BranchHint::Constant {
        property: name.to_owned(),
        value,
        word,
    }
}

/// What the branches have in common.
struct Others<'a> {
    /// Titles of more than one.
    titles: HashSet<&'a str>,
    /// How many have a constant.
    constants: HashMap<(&'a str, &'a Json), usize>,
    /// Properties of more than one.
    properties: HashSet<&'a str>,
    /// How many have properties.
    objects: usize,
}

impl<'a> Others<'a> {
    fn of(facts: &[Facts<'a>]) -> Self {
        let mut constants = HashMap::new();
        for constant in facts.iter().flat_map(|it| &it.constants) {
            *constants.entry(*constant).or_default() += 1;
        }
        Self {
            titles: repeated(facts.iter().filter_map(|it| it.title)),
            constants,
            properties: repeated(facts.iter().flat_map(|it| it.properties.iter().copied())),
            objects: facts.iter().filter(|it| !it.properties.is_empty()).count(),
        }
    }
}

/// What occurs more than once.
fn repeated<T: std::hash::Hash + Eq + Clone>(all: impl Iterator<Item = T>) -> HashSet<T> {
    let mut seen = HashSet::new();
    all.filter(|it| !seen.insert(it.clone())).collect()
}

/// The name of a branch: that of its component, its tag, or the one that it is defined under elsewhere.
fn name(cx: &Context, marks: &Marks<'_>, branch: SchemaId) -> Option<String> {
    if let Some(hint) = cx.hint_of(branch) {
        return Some(hint.to_owned());
    }
    let (stated, target) = (cx.schema(branch), cx.referred(branch));
    let component = stated.component.as_ref().or(target.component.as_ref());
    let tag = || {
        let of_target = stated.reference.and_then(|it| marks.tags.get(&it));
        marks.tags.get(&branch).or(of_target)
    };
    let defined = || {
        // What is put together of a branch and its union stands where the union does.
        let (own, union) = (&target.place, marks.place);
        let is_own = own.pointer == union.pointer && own.source.name == union.source.name;
        place_name(cx, own).filter(|_| !is_own && own.pointer.is_definition())
    };
    component
        .cloned()
        .or_else(|| tag().map(|it| (*it).to_owned()))
        .or_else(defined)
        .or_else(|| sole_value(stated).or_else(|| sole_value(target)))
}

/// The only text that a value may be.
fn sole_value(schema: &Schema) -> Option<String> {
    match facts::values(schema)? {
        [Json::String(text)] if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// The only value that a property may have, where a word can be made of it.
fn constant<'a>(cx: &Context<'a>, property: SchemaId) -> Option<&'a Json> {
    match facts::values(cx.referred(property))? {
        [value @ (Json::Number(_) | Json::Bool(_))] => Some(value),
        [value @ Json::String(text)] if !text.is_empty() => Some(value),
        _ => None,
    }
}

/// The texts that a property may have, if these are few.
fn few_values(cx: &Context, property: SchemaId) -> Option<String> {
    const FEW: usize = 3;
    let values = facts::values(cx.referred(property))?;
    let texts: Option<Vec<&str>> = values.iter().map(|it| it.as_str()).collect();
    let texts = texts.filter(|it| it.len() <= FEW)?;
    Some(texts.join(" or "))
}

/// A schema's type in a word, with its format. An object that describes no property is a map.
fn type_word(class: Class, schema: &Schema) -> String {
    let word = match class {
        Class::Struct if !schema.properties.is_empty() => "object",
        Class::Struct | Class::Map => "map",
        Class::Array | Class::Tuple => "array",
        Class::Scalar(ty) | Class::Enumeration(Some(ty)) => ty.as_str(),
        _ => "value",
    };
    match schema.format.as_deref() {
        Some(format) => format!("{format} {word}"),
        None => word.to_owned(),
    }
}
