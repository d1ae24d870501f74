//! A value -> elements.

use serde_json::Value;

use super::element::{Element, Node};
use super::look::{Content, Look, Looks, Name};
use crate::mock::text::text;
use crate::model::{SchemaId, XmlNode};

/// The namespace of `xsi:nil` (OAS 3.2.0, Handling `null` Values).
const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Writes a value as a document.
#[must_use]
pub(in crate::mock) fn write(looks: Looks<'_>, id: SchemaId, value: &Value) -> String {
    let look = looks.root(id);
    let mut around = Element::default();
    let item = match looks.content(id) {
        Content::List(Some(item)) => looks.item_of_root(id, item),
        _ => "item".to_owned(),
    };
    let mut writer = Writer {
        looks,
        namespaces: Vec::new(),
    };
    if let (XmlNode::None, Some(branch)) = (look.node, looks.choose(id, value)) {
        let mut look = looks.look(branch, true);
        look.node = XmlNode::Element;
        look.name.local = looks.own_name(branch);
        writer.node(&look, value, "root", &mut around);
    } else {
        let mut root = Element::default();
        writer.begin(&look.name, look.called("root"), &mut root);
        writer.inside(look.schema, value, &item, &mut root);
        around.nodes.push(Node::Element(root));
    }
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    let element = around.children().next();
    element
        .cloned()
        .unwrap_or_else(|| Element::new("root"))
        .print(&mut out);
    out
}

struct Writer<'s> {
    looks: Looks<'s>,
    /// Prefixes and the namespaces that they stand for, the innermost last.
    namespaces: Vec<(String, String)>,
}

impl Writer<'_> {
    /// Writes a value into the element around it. `key` is what it is called where nothing else gives it a name.
    fn node(&mut self, look: &Look, value: &Value, key: &str, around: &mut Element) {
        let content = || self.looks.content(look.schema);
        match (look.node, value) {
            // An array of which nothing is known is as many elements.
            (XmlNode::Element, Value::Array(items)) if matches!(content(), Content::Any) => {
                for item in items {
                    self.node(look, item, key, around);
                }
            }
            (XmlNode::Element, _) => {
                let outer = self.namespaces.len();
                let mut element = Element::default();
                let name = look.called(key).to_owned();
                self.begin(&look.name, &name, &mut element);
                match (&look.inner, value) {
                    (_, Value::Null) => self.nil(&mut element),
                    (Some(inner), _) => self.node(inner, value, &name, &mut element),
                    (None, _) => self.inside(look.schema, value, &name, &mut element),
                }
                self.namespaces.truncate(outer);
                around.nodes.push(Node::Element(element));
            }
            (_, Value::Null) => {}
            (XmlNode::Attribute, _) => {
                let name = qualified(&look.name, look.called(key));
                if look.name.prefix.is_some() {
                    self.declare(&look.name, around);
                }
                around.attributes.push((name, one_text(value)));
            }
            (XmlNode::Text, _) => around.nodes.push(Node::Text(one_text(value))),
            (XmlNode::Cdata, _) => around.nodes.push(Node::Cdata(one_text(value))),
            (XmlNode::None, _) => match self.looks.choose(look.schema, value) {
                Some(branch) => {
                    let mut look = self.looks.look(branch, true);
                    look.node = XmlNode::Element;
                    self.node(&look, value, key, around);
                }
                None => self.inside(look.schema, value, key, around),
            },
        }
    }

    /// Writes what is in a value into an element. `key` is what items are called where nothing else gives them a name.
    fn inside(&mut self, id: SchemaId, value: &Value, key: &str, element: &mut Element) {
        match (self.looks.content(id), value) {
            (Content::Union(_), _) => match self.looks.choose(id, value) {
                Some(branch) => self.inside(branch, value, key, element),
                None => self.any(value, element),
            },
            (Content::Object(declared, further), Value::Object(properties)) => {
                for (name, value) in properties {
                    let known = declared.iter().find(|it| it.name == *name);
                    match (known.map(|it| it.look.clone()), further) {
                        (Some(look), _) => self.node(&look, value, name, element),
                        // A key that cannot be the name of an element has no place in XML.
                        (None, Some(id)) if is_name(name) => {
                            let look = self.looks.look(id, false);
                            self.node(&look, value, name, element);
                        }
                        (None, _) => self.unknown(value, name, element),
                    }
                }
            }
            (Content::List(Some(item)), Value::Array(items)) => {
                let look = self.looks.look(item, true);
                for item in items {
                    self.node(&look, item, key, element);
                }
            }
            (Content::Tuple(places), Value::Array(items)) => {
                for (place, item) in places.into_iter().zip(items) {
                    let look = self.looks.look(place, true);
                    self.node(&look, item, key, element);
                }
            }
            _ => self.any(value, element),
        }
    }

    /// Writes a value of which nothing is known into an element.
    fn any(&mut self, value: &Value, element: &mut Element) {
        match value {
            Value::Null => self.nil(element),
            Value::Object(properties) => {
                for (name, value) in properties {
                    self.unknown(value, name, element);
                }
            }
            Value::Array(items) => {
                let name = element.name.clone();
                for item in items {
                    self.unknown(item, &name, element);
                }
            }
            scalar => element.nodes.push(Node::Text(one_text(scalar))),
        }
    }

    /// Writes a property of which nothing is known. A name that XML cannot have is left out.
    fn unknown(&mut self, value: &Value, name: &str, around: &mut Element) {
        match value {
            _ if !is_name(name) => {}
            Value::Array(items) => {
                for item in items {
                    self.unknown(item, name, around);
                }
            }
            _ => {
                let mut element = Element::new(name);
                self.any(value, &mut element);
                around.nodes.push(Node::Element(element));
            }
        }
    }

    fn begin(&mut self, name: &Name, local: &str, element: &mut Element) {
        element.name = qualified(name, local);
        self.declare(name, element);
    }

    /// Says of an element that it stands for null.
    fn nil(&mut self, element: &mut Element) {
        let name = Name {
            local: None,
            prefix: Some("xsi".to_owned()),
            namespace: Some(SCHEMA_INSTANCE.to_owned()),
        };
        self.declare(&name, element);
        element
            .attributes
            .push(("xsi:nil".to_owned(), "true".to_owned()));
    }

    /// Declares the namespace of a name, unless that is done around it.
    fn declare(&mut self, name: &Name, element: &mut Element) {
        let Some(namespace) = &name.namespace else {
            return;
        };
        let prefix = name.prefix.clone().unwrap_or_default();
        let mut known = self.namespaces.iter().rev();
        let known = known.find(|(it, _)| *it == prefix);
        if known.is_some_and(|(_, known)| known == namespace) {
            return;
        }
        let attribute = if prefix.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{prefix}")
        };
        if element.attribute(&attribute).is_none() {
            element.attributes.push((attribute, namespace.clone()));
            self.namespaces.push((prefix, namespace.clone()));
        }
    }
}

/// Whether a text can be a name in XML, without a prefix (XML 1.0, production Name, less what is seldom in names).
fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '.'))
}

/// A value as one text: the items of a list stand side by side, as XML Schema has them.
fn one_text(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(one_text).collect::<Vec<_>>().join(" "),
        other => text(other),
    }
}

/// A name as it stands in a tag.
fn qualified(name: &Name, local: &str) -> String {
    match &name.prefix {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    }
}
