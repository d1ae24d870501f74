//! Chooses the branch of a union for a value or an element. No branch is a union itself.

use super::Tree;
use super::element::{Child, Element, is_space};
use super::read;
use super::scalar;
use super::shape::{Absent, Content, Node, Property, Shape, Tag, Union};

/// The number of nodes and properties that would be left over or missing.
type Misfit = usize;

/// The misfit of a type that accepts anything, so that it comes last.
const ANYTHING: Misfit = 1_000_000;

/// Returns the branch of a value, or `None` if it fits none.
pub(super) fn for_value<'u>(union: &'u Union, value: &Tree) -> Option<&'u Shape> {
    let named = union.tag.and_then(|tag| {
        let text = property(value, tag.property)?.scalar()?;
        let (_, branch) = tag.values.iter().find(|(known, _)| *known == text)?;
        union.branches.get(*branch)
    });
    named.or_else(|| least(union, |content| misfit_of_value(content, value)))
}

/// Returns the value of an element by its branch, or `None` if it fits none.
pub(super) fn read(union: &Union, element: &Element, key: &str) -> Option<Tree> {
    let named = union.tag.and_then(|tag| {
        let branch = |(text, branch): &(&'static str, usize)| {
            let shape = union.branches.get(*branch)?;
            let found = tag_in(&shape.content, tag, element)?;
            (found == *text).then_some((shape, *text))
        };
        tag.values.iter().find_map(branch)
    });
    if let (Some((shape, text)), Some(tag)) = (named, union.tag) {
        let value = read::inside(&shape.content, element, key);
        return Some(tagged(value, tag, text));
    }
    let shape = least(union, |content| misfit_of_element(content, element))?;
    Some(read::inside(&shape.content, element, key))
}

/// Adds the tag to a value whose type does not declare it.
fn tagged(value: Tree, tag: Tag, text: &str) -> Tree {
    match value {
        Tree::Object(mut properties) if properties.iter().all(|(name, _)| name != tag.property) => {
            let tag = (tag.property.to_owned(), scalar::value(&tag.content, text));
            properties.insert(0, tag);
            Tree::Object(properties)
        }
        other => other,
    }
}

/// Returns the text of the tag in an element.
fn tag_in(content: &Content, tag: Tag, element: &Element) -> Option<String> {
    let name = tag.property;
    let declared = declared(content);
    if let Some(property) = declared.iter().find(|it| it.name == name) {
        let value = read::find(&property.shape, element, name)?;
        return value.scalar().map(str::to_owned);
    }
    let child = || element.children().find(|child| child.name == name);
    let attribute = element.attribute(name).map(str::to_owned);
    attribute.or_else(|| child().map(Element::text))
}

/// Returns the properties that a type declares.
fn declared(content: &Content) -> &'static [Property] {
    match content {
        Content::Object(declared) | Content::ObjectWith(declared, _) => declared,
        Content::Of(content) => declared(content),
        _ => &[],
    }
}

fn property<'t>(value: &'t Tree, name: &str) -> Option<&'t Tree> {
    match value {
        Tree::Object(properties) => {
            let mut properties = properties.iter();
            properties
                .find(|(known, _)| known == name)
                .map(|(_, value)| value)
        }
        _ => None,
    }
}

/// Returns the first of the branches that fit best.
fn least(union: &Union, misfit: impl Fn(&Content) -> Option<Misfit>) -> Option<&Shape> {
    let branches = union.branches.iter();
    let fitting = branches.filter_map(|branch| Some((misfit(&branch.content)?, branch)));
    fitting
        .min_by_key(|(misfit, _)| *misfit)
        .map(|(_, branch)| branch)
}

/// Returns the misfit of a value, or `None` if it does not have the content's JSON type.
fn misfit_of_value(content: &Content, value: &Tree) -> Option<Misfit> {
    match (content, value) {
        (Content::Of(content), _) => misfit_of_value(content, value),
        (Content::Nested(shape), _) => misfit_of_value(&shape.content, value),
        (Content::Union(union), _) => {
            let branches = union.branches.iter();
            let misfits = branches.filter_map(|it| misfit_of_value(&it.content, value));
            misfits.min()
        }
        (Content::Any, _) => Some(ANYTHING),
        (Content::String, Tree::String(_))
        | (Content::Number, Tree::Number(_))
        | (Content::Boolean, Tree::Bool(_))
        | (Content::Map(_), Tree::Object(_)) => Some(0),
        (Content::Object(declared), Tree::Object(properties)) => {
            let is_known = |name: &String| declared.iter().any(|it| it.name == name);
            let left = properties.iter().filter(|(name, _)| !is_known(name));
            Some(left.count() + missing(declared, |it| property(value, it.name).is_some()))
        }
        (Content::ObjectWith(declared, _), Tree::Object(_)) => {
            Some(missing(declared, |it| property(value, it.name).is_some()))
        }
        (Content::List(item), Tree::Array(items)) => match items.first() {
            Some(first) => misfit_of_value(&item.content, first),
            None => Some(0),
        },
        (Content::Tuple(places), Tree::Array(items)) => Some(places.len().abs_diff(items.len())),
        _ => None,
    }
}

/// Returns the misfit of an element, or `None` if it cannot have the content.
fn misfit_of_element(content: &Content, element: &Element) -> Option<Misfit> {
    let has_children = element.children().next().is_some();
    match content {
        Content::Of(content) => misfit_of_element(content, element),
        Content::Nested(shape) => misfit_of_element(&shape.content, element),
        Content::Any => Some(ANYTHING),
        Content::String => (!has_children).then_some(1 + element.attributes.len()),
        Content::Number | Content::Boolean => {
            let value = scalar::exact(content, &element.text());
            value.filter(|_| !has_children)?;
            Some(element.attributes.len())
        }
        Content::Object(declared) => {
            let children = element.children().map(|child| &child.name);
            let attributes = element.attributes.iter().map(|(name, _)| name);
            let names = children.chain(attributes);
            let left = names.filter(|name| !read::is_declared(declared, name));
            Some(left.count() + missing_in(declared, element) + stray_text(declared, element))
        }
        Content::ObjectWith(declared, _) => {
            Some(missing_in(declared, element) + stray_text(declared, element))
        }
        Content::Map(_) => Some(stray_text(&[], element)),
        Content::List(item) => {
            let children = element.children();
            let left = children.filter(|child| !read::claims(item, &child.name, ""));
            let is_text = matches!(item.node, Node::Text | Node::Cdata);
            let text = if is_text { 0 } else { stray_text(&[], element) };
            Some(left.count() + text)
        }
        Content::Tuple(places) => Some(places.len().abs_diff(element.nodes.len())),
        Content::Union(union) => {
            let branches = union.branches.iter();
            let misfits = branches.filter_map(|it| misfit_of_element(&it.content, element));
            misfits.min()
        }
    }
}

/// Returns the number of missing required properties.
fn missing(declared: &[Property], is_there: impl Fn(&Property) -> bool) -> Misfit {
    let required = declared.iter().filter(|it| it.absent == Absent::Wrong);
    required.filter(|it| !is_there(it)).count()
}

fn missing_in(declared: &[Property], element: &Element) -> Misfit {
    missing(declared, |it| {
        read::find(&it.shape, element, it.name).is_some()
    })
}

/// Returns a larger misfit than a text has for a string, if there is text that no property is meant for.
fn stray_text(declared: &[Property], element: &Element) -> Misfit {
    let is_text = |it: &Property| !matches!(it.shape.node, Node::Element(_) | Node::Attribute(_));
    let is_stray = |text: &str| !text.chars().all(is_space);
    let mut texts = element.nodes.iter().filter_map(Child::text);
    if declared.iter().any(is_text) || !texts.any(is_stray) {
        return 0;
    }
    2
}
