//! Converts a value to elements, by its shape.

use super::choose;
use super::element::{Child, Element};
use super::scalar;
use super::shape::{Content, Name, Node, Property, Shape};
use super::{EncodeError, Tree};

/// The namespace of `xsi:nil` (OAS 3.2.0, Handling `null` Values).
const SCHEMA_INSTANCE: Name = Name {
    local: "nil",
    prefix: Some("xsi"),
    namespace: Some("http://www.w3.org/2001/XMLSchema-instance"),
};

/// Returns the root element for a value.
pub(super) fn document(shape: &Shape, value: &Tree) -> Result<Element, EncodeError> {
    let mut around = Element::default();
    let mut writer = Writer {
        namespaces: Vec::new(),
    };
    writer.node(shape, value, root_name(shape), &mut around)?;
    let is_one = around.nodes.len() == 1 && around.attributes.is_empty();
    match around.nodes.pop() {
        Some(Child::Element(root)) if is_one => Ok(root),
        _ => Err(EncodeError::new(
            "an XML document has one root element, and this value has none or several",
        )),
    }
}

/// Returns the name of a root element that has no name of its own.
fn root_name(shape: &Shape) -> &'static str {
    match shape.node {
        Node::Element(name) if !name.local.is_empty() => name.local,
        _ => "root",
    }
}

/// The state of writing.
struct Writer {
    /// The prefixes and their namespaces, innermost last.
    namespaces: Vec<(&'static str, &'static str)>,
}

impl Writer {
    /// Writes a value into the enclosing element. `key` is the name of nodes that are named after a key.
    fn node(
        &mut self,
        shape: &Shape,
        value: &Tree,
        key: &str,
        around: &mut Element,
    ) -> Result<(), EncodeError> {
        match (&shape.node, value) {
            // An array of which nothing is known is as many elements.
            (Node::Element(_), Tree::Array(items)) if matches!(shape.content, Content::Any) => {
                self.items(items, around, |writer, item, around| {
                    writer.node(shape, item, key, around)
                })?;
            }
            (Node::Element(name), _) => {
                let outer = self.namespaces.len();
                let mut element = Element::new(qualified(name, key));
                self.declare(name, &mut element)?;
                if *value == Tree::Null {
                    self.nil(&mut element)?;
                } else {
                    self.inside(&shape.content, value, key, &mut element)?;
                }
                self.namespaces.truncate(outer);
                around.nodes.push(Child::Element(element));
            }
            (Node::Attribute(name), _) => {
                if let Some(text) = scalar::text(value) {
                    // Without a prefix an attribute is in no namespace.
                    if name.prefix.is_some() {
                        self.declare(name, around)?;
                    }
                    around.attributes.push((qualified(name, key), text));
                }
            }
            (Node::Text, _) => around.nodes.extend(scalar::text(value).map(Child::Text)),
            (Node::Cdata, _) => around.nodes.extend(scalar::text(value).map(Child::Cdata)),
            (Node::Inline, Tree::Null) => {}
            (Node::Inline, _) => match shape.content.resolved() {
                // Each branch is a node of its own.
                Content::Union(union) => match choose::for_value(union, value) {
                    Some(branch) => self.node(branch, value, key, around)?,
                    None => self.any(value, around)?,
                },
                _ => self.inside(&shape.content, value, key, around)?,
            },
        }
        Ok(())
    }

    /// Writes the content of a value into an element.
    fn inside(
        &mut self,
        content: &Content,
        value: &Tree,
        key: &str,
        element: &mut Element,
    ) -> Result<(), EncodeError> {
        match (content, value) {
            (Content::Of(content), _) => self.inside(content, value, key, element),
            (Content::Nested(shape), _) => self.node(shape, value, key, element),
            (Content::Union(union), _) => match choose::for_value(union, value) {
                Some(branch) => self.inside(&branch.content, value, key, element),
                None => self.any(value, element),
            },
            (Content::Object(declared), Tree::Object(properties)) => {
                self.properties(properties, declared, None, element)
            }
            (Content::ObjectWith(declared, further), Tree::Object(properties)) => {
                self.properties(properties, declared, Some(further), element)
            }
            (Content::Map(further), Tree::Object(properties)) => {
                self.properties(properties, &[], Some(further), element)
            }
            (Content::List(item), Tree::Array(items)) => {
                self.items(items, element, |writer, value, element| {
                    writer.node(item, value, key, element)
                })
            }
            (Content::Tuple(places), Tree::Array(items)) => {
                let mut places = places.iter();
                self.items(items, element, |writer, value, element| {
                    match places.next() {
                        Some(place) => writer.node(place, value, key, element),
                        None => Ok(()),
                    }
                })
            }
            // The rest is a single text, or a value that an open type keeps.
            _ => self.any(value, element),
        }
    }

    fn properties(
        &mut self,
        properties: &[(String, Tree)],
        declared: &[Property],
        further: Option<&Shape>,
        element: &mut Element,
    ) -> Result<(), EncodeError> {
        for (name, value) in properties {
            let known = declared.iter().find(|it| it.name == name);
            if known.is_none() && name.contains(':') {
                let message = "a key with a colon cannot be the name of an element";
                return Err(EncodeError::new(message));
            }
            let shape = match (known, further) {
                (Some(known), _) => &known.shape,
                (None, Some(further)) => further,
                (None, None) => &ANY,
            };
            self.node(shape, value, name, element)
                .map_err(|mut error| {
                    error.push_key(name);
                    error
                })?;
        }
        Ok(())
    }

    fn items(
        &mut self,
        items: &[Tree],
        element: &mut Element,
        mut write: impl FnMut(&mut Self, &Tree, &mut Element) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        for (index, item) in items.iter().enumerate() {
            write(self, item, element).map_err(|mut error| {
                error.push_index(index);
                error
            })?;
        }
        Ok(())
    }

    /// Writes a value of unknown type into an element.
    fn any(&mut self, value: &Tree, element: &mut Element) -> Result<(), EncodeError> {
        match value {
            Tree::Null => self.nil(element),
            Tree::Object(properties) => self.properties(properties, &[], None, element),
            Tree::Array(items) => {
                let name = element.name.clone();
                self.items(items, element, |writer, item, element| {
                    writer.node(&ANY, item, &name, element)
                })
            }
            Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {
                let text = scalar::text(value).filter(|text| !text.is_empty());
                element.nodes.extend(text.map(Child::Text));
                Ok(())
            }
        }
    }

    /// Marks an element as null.
    fn nil(&mut self, element: &mut Element) -> Result<(), EncodeError> {
        self.declare(&SCHEMA_INSTANCE, element)?;
        let name = qualified(&SCHEMA_INSTANCE, "");
        element.attributes.push((name, "true".to_owned()));
        Ok(())
    }

    /// Declares the namespace of a name on an element, unless an enclosing element declares it.
    fn declare(&mut self, name: &Name, element: &mut Element) -> Result<(), EncodeError> {
        let Some(namespace) = name.namespace else {
            return Ok(());
        };
        let prefix = name.prefix.unwrap_or_default();
        let known = self.namespaces.iter().rev().find(|(it, _)| *it == prefix);
        if known.is_some_and(|(_, known)| *known == namespace) {
            return Ok(());
        }
        let attribute = if prefix.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{prefix}")
        };
        if element.attribute(&attribute).is_some() {
            let message = format!("the prefix `{prefix}` stands for two namespaces in one tag");
            return Err(EncodeError::new(message));
        }
        self.namespaces.push((prefix, namespace));
        element.attributes.push((attribute, namespace.to_owned()));
        Ok(())
    }
}

/// The shape of values of unknown type, named after their keys.
const ANY: Shape = Shape::keyed(Content::Any);

/// Returns a name as it is written in a tag.
fn qualified(name: &Name, key: &str) -> String {
    let local = if name.local.is_empty() {
        key
    } else {
        name.local
    };
    match name.prefix {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    }
}
