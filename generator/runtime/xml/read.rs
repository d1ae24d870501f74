//! Converts elements to a value, by its shape.

use super::Tree;
use super::choose;
use super::element::{Child, Element};
use super::scalar;
use super::shape::{Absent, Content, Name, Node, Property, Shape};

/// Returns the value of a document, whatever the name of its root element.
pub(super) fn document(shape: &Shape, root: &Element) -> Tree {
    match (&shape.node, shape.content.resolved()) {
        (Node::Inline, Content::Union(union)) => {
            let mut branches = union.branches.iter();
            match branches.find(|branch| claims(branch, &root.name, "")) {
                Some(branch) => inside(&branch.content, root, ""),
                None => inside(&shape.content, root, ""),
            }
        }
        _ => inside(&shape.content, root, ""),
    }
}

/// Returns the value whose node is in an element, or `None` if there is no such node. `key` is the name of nodes that
/// are named after a key.
pub(super) fn find(shape: &Shape, around: &Element, key: &str) -> Option<Tree> {
    match (&shape.node, shape.content.resolved()) {
        // As many elements may be an array of which nothing is known.
        (Node::Element(_), Content::Any) => {
            let mut items = all(shape, around, key);
            match items.len() {
                0 | 1 => items.pop(),
                _ => Some(Tree::Array(items)),
            }
        }
        (Node::Element(name), content) => {
            let mut children = around.children();
            let child = children.find(|child| is_called(name, &child.name, key))?;
            Some(inside(content, child, key))
        }
        (Node::Attribute(name), content) => {
            let text = around.attribute(local(name, key))?;
            Some(scalar::value(content, text))
        }
        (Node::Text | Node::Cdata, content) => {
            let has_text = around.has_text();
            has_text.then(|| scalar::value(content, &around.text()))
        }
        (Node::Inline, Content::List(item)) => {
            let items = all(item, around, key);
            (!items.is_empty()).then_some(Tree::Array(items))
        }
        (Node::Inline, Content::Tuple(places)) => tuple(places, around, key),
        (Node::Inline, Content::Union(_)) => all(shape, around, key).into_iter().next(),
        (Node::Inline, Content::Nested(shape)) => find(shape, around, key),
        (Node::Inline, content) => match inside(content, around, key) {
            Tree::Object(properties) if properties.is_empty() => None,
            value => Some(value),
        },
    }
}

/// Returns the values of all such nodes in an element, in order.
fn all(shape: &Shape, around: &Element, key: &str) -> Vec<Tree> {
    match (&shape.node, shape.content.resolved()) {
        (Node::Element(name), content) => {
            let children = around.children();
            let called = children.filter(|child| is_called(name, &child.name, key));
            called.map(|child| inside(content, child, key)).collect()
        }
        (Node::Text | Node::Cdata, content) => {
            let texts = around.nodes.iter().filter_map(Child::text);
            texts.map(|text| scalar::value(content, text)).collect()
        }
        (Node::Inline, Content::Union(union)) => {
            let read = |child: &Element| {
                let mut branches = union.branches.iter();
                let branch = branches.find(|branch| claims(branch, &child.name, key))?;
                Some(inside(&branch.content, child, key))
            };
            around.children().filter_map(read).collect()
        }
        (Node::Attribute(_) | Node::Inline, _) => find(shape, around, key).into_iter().collect(),
    }
}

/// Returns the value in an element.
pub(super) fn inside(content: &Content, element: &Element, key: &str) -> Tree {
    if element.nil {
        return Tree::Null;
    }
    match content {
        Content::String | Content::Number | Content::Boolean => {
            scalar::value(content, &element.text())
        }
        Content::Any => any(element),
        Content::Object(declared) => object(declared, None, element),
        Content::ObjectWith(declared, further) => object(declared, Some(further), element),
        Content::Map(further) => object(&[], Some(further), element),
        Content::List(item) => Tree::Array(list(item, element, key)),
        Content::Tuple(places) => {
            tuple(places, element, key).unwrap_or_else(|| Tree::Array(Vec::new()))
        }
        Content::Union(union) => choose::read(union, element, key).unwrap_or_else(|| any(element)),
        Content::Of(content) => inside(content, element, key),
        Content::Nested(shape) => find(shape, element, key).unwrap_or(Tree::Null),
    }
}

fn object(declared: &[Property], further: Option<&Shape>, element: &Element) -> Tree {
    let mut properties = Vec::new();
    for Property {
        name,
        shape,
        absent,
    } in declared
    {
        let found = match (&shape.node, &shape.content) {
            (Node::Inline, Content::Map(value)) => {
                Some(Tree::Object(rest(value, declared, element))).filter(is_filled)
            }
            _ => find(shape, element, name),
        };
        let found = found.or_else(|| {
            let is_free = !is_declared(declared, name);
            is_free.then(|| find_by_key(shape, element, name)).flatten()
        });
        let found = found.or_else(|| when_absent(*absent, &shape.content));
        properties.extend(found.map(|value| ((*name).to_owned(), value)));
    }
    if let Some(further) = further {
        properties.extend(rest(further, declared, element));
    }
    Tree::Object(properties)
}

/// Returns the value of a property whose node has the JSON name instead of the XML name, as many servers write it.
fn find_by_key(shape: &Shape, around: &Element, key: &str) -> Option<Tree> {
    match (&shape.node, &shape.content) {
        (Node::Element(_), content) => find(&Shape::keyed(*content), around, key),
        (Node::Inline, Content::List(item)) => {
            let items = all(&Shape::keyed(item.content), around, key);
            (!items.is_empty()).then_some(Tree::Array(items))
        }
        (Node::Attribute(_) | Node::Text | Node::Cdata | Node::Inline, _) => None,
    }
}

fn is_filled(value: &Tree) -> bool {
    !matches!(value, Tree::Object(properties) if properties.is_empty())
}

/// Returns the meaning of a property without a node.
fn when_absent(absent: Absent, content: &Content) -> Option<Tree> {
    match absent {
        Absent::Omitted | Absent::Wrong => None,
        Absent::Null => Some(Tree::Null),
        Absent::Empty => Some(empty(content)),
    }
}

fn empty(content: &Content) -> Tree {
    match content {
        Content::List(_) | Content::Tuple(_) => Tree::Array(Vec::new()),
        Content::Object(_) | Content::ObjectWith(..) | Content::Map(_) => Tree::Object(Vec::new()),
        Content::Of(content) => empty(content),
        Content::Nested(shape) => empty(&shape.content),
        Content::String | Content::Number | Content::Boolean | Content::Any | Content::Union(_) => {
            Tree::String(String::new())
        }
    }
}

/// Returns the undeclared properties, in the order of their first nodes.
fn rest(further: &Shape, declared: &[Property], element: &Element) -> Vec<(String, Tree)> {
    let mut seen = std::collections::HashSet::new();
    let elements = element.children().map(|child| &child.name);
    let attributes = element.attributes.iter().map(|(name, _)| name);
    let is_known =
        |name: &&String| declared.iter().any(|it| it.name == *name) || is_declared(declared, name);
    let names: Vec<&String> = elements
        .chain(attributes)
        .filter(|name| seen.insert(*name) && !is_known(name))
        .collect();
    let value = |name: &String| {
        let attribute = || Some(scalar::value(&further.content, element.attribute(name)?));
        let value = find(further, element, name).or_else(attribute)?;
        Some((name.clone(), value))
    };
    names.into_iter().filter_map(value).collect()
}

/// Returns the items of a list with an element of its own. If no element has the expected name, every element is an
/// item.
fn list(item: &Shape, element: &Element, key: &str) -> Vec<Tree> {
    let items = all(item, element, key);
    match item.node {
        Node::Element(_) if items.is_empty() => {
            let children = element.children();
            children
                .map(|child| inside(&item.content, child, key))
                .collect()
        }
        _ => items,
    }
}

/// Returns the items of a tuple in order, or `None` if no item has a node.
fn tuple(places: &[Shape], element: &Element, key: &str) -> Option<Tree> {
    let mut nodes = element.nodes.iter().peekable();
    let mut read = |place: &Shape| match &place.node {
        Node::Element(name) => {
            let is_it = |child: &&Element| is_called(name, &child.name, key);
            let child = nodes.by_ref().filter_map(Child::element).find(is_it);
            child.map(|child| inside(&place.content, child, key))
        }
        Node::Text | Node::Cdata => {
            let text = nodes.next_if(|node| node.text().is_some())?;
            Some(scalar::value(&place.content, text.text()?))
        }
        Node::Attribute(_) | Node::Inline => find(place, element, key),
    };
    let found: Vec<Option<Tree>> = places.iter().map(&mut read).collect();
    if found.iter().all(Option::is_none) {
        return None;
    }
    let or_nothing = |(place, value): (&Shape, Option<Tree>)| {
        value.unwrap_or_else(|| match place.node {
            Node::Text | Node::Cdata => empty(&place.content),
            Node::Element(_) | Node::Attribute(_) | Node::Inline => Tree::Null,
        })
    };
    Some(Tree::Array(
        places.iter().zip(found).map(or_nothing).collect(),
    ))
}

/// Returns the value of an element of unknown type.
fn any(element: &Element) -> Tree {
    const ANY: Shape = Shape::keyed(Content::Any);
    if element.attributes.is_empty() && element.children().next().is_none() {
        return Tree::String(element.text());
    }
    Tree::Object(rest(&ANY, &[], element))
}

/// Returns `true` if an element or attribute of this name belongs to a declared property.
pub(super) fn is_declared(declared: &[Property], name: &str) -> bool {
    declared.iter().any(|it| match &it.shape.node {
        Node::Attribute(attribute) => local(attribute, it.name) == name,
        _ => claims(&it.shape, name, it.name),
    })
}

/// Returns `true` if an element of this name is a node of a value.
pub(super) fn claims(shape: &Shape, name: &str, key: &str) -> bool {
    match &shape.node {
        Node::Element(expected) => is_called(expected, name, key),
        Node::Attribute(_) | Node::Text | Node::Cdata => false,
        Node::Inline => claims_inside(&shape.content, name, key),
    }
}

fn claims_inside(content: &Content, name: &str, key: &str) -> bool {
    match content {
        Content::Object(declared) | Content::ObjectWith(declared, _) => is_declared(declared, name),
        Content::List(shape) | Content::Nested(shape) => claims(shape, name, key),
        Content::Tuple(shapes) => shapes.iter().any(|shape| claims(shape, name, key)),
        Content::Union(union) => union.branches.iter().any(|shape| claims(shape, name, key)),
        Content::Of(content) => claims_inside(content, name, key),
        Content::String | Content::Number | Content::Boolean | Content::Any | Content::Map(_) => {
            false
        }
    }
}

/// Returns the name of a node without its prefix.
pub(super) fn local<'n>(name: &Name, key: &'n str) -> &'n str {
    if name.local.is_empty() {
        key
    } else {
        name.local
    }
}

fn is_called(name: &Name, found: &str, key: &str) -> bool {
    // A document may have a prefix in the name itself.
    let expected = local(name, key);
    found == expected.rsplit(':').next().unwrap_or(expected)
}
