//! Elements -> a value. Names count without their prefixes, and the root may be called anything; what does not belong
//! there is skipped. Whether the value conforms, its schema says.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::element::{Element, Node, parse};
use super::look::{Content, Look, Looks, Property};
use crate::model::{SchemaId, SimpleType, XmlNode};

/// Reads a document as a value.
///
/// # Errors
///
/// When it is no XML: why.
pub(in crate::mock) fn read(looks: Looks<'_>, id: SchemaId, text: &str) -> Result<Value, String> {
    let root = parse(text)?;
    let reader = Reader { looks };
    let named = |it: &SchemaId| looks.own_name(*it).as_deref() == Some(&root.name);
    let branch = match looks.content(id) {
        Content::Union(branches) if looks.root(id).node == XmlNode::None => {
            branches.into_iter().find(named)
        }
        _ => None,
    };
    let item = match looks.content(id) {
        Content::List(Some(item)) => looks.item_of_root(id, item),
        _ => root.name.clone(),
    };
    Ok(reader.inside(branch.unwrap_or(id), &root, &item))
}

#[derive(Clone, Copy)]
pub(super) struct Reader<'s> {
    pub(super) looks: Looks<'s>,
}

impl Reader<'_> {
    /// The value whose node stands in an element; `None` when no node does.
    pub(super) fn find(self, look: &Look, around: &Element, key: &str) -> Option<Value> {
        let content = self.looks.content(look.schema);
        match (look.node, &content) {
            (XmlNode::Element, Content::Any) => {
                let mut items = self.all(look, around, key);
                match items.len() {
                    0 | 1 => items.pop(),
                    _ => Some(Value::Array(items)),
                }
            }
            (XmlNode::Element, _) => {
                let name = look.called(key);
                let child = around.children().find(|it| is_called(name, &it.name))?;
                Some(self.node(look, child, name))
            }
            (XmlNode::Attribute, _) => {
                let text = around.attribute(look.called(key))?;
                Some(self.scalar(&content, text))
            }
            (XmlNode::Text | XmlNode::Cdata, _) => {
                let has_text = around.nodes.iter().any(|it| it.text().is_some());
                has_text.then(|| self.scalar(&content, &around.text()))
            }
            (XmlNode::None, Content::List(item)) => {
                let items = self.all(&self.looks.look((*item)?, true), around, key);
                (!items.is_empty()).then_some(Value::Array(items))
            }
            (XmlNode::None, Content::Tuple(places)) => self.tuple(places, around, key),
            (XmlNode::None, Content::Union(_)) => self.all(look, around, key).into_iter().next(),
            (XmlNode::None, _) => match self.inside(look.schema, around, key) {
                Value::Object(properties) if properties.is_empty() => None,
                value => Some(value),
            },
        }
    }

    /// The value of an element that is a node.
    fn node(self, look: &Look, element: &Element, key: &str) -> Value {
        match &look.inner {
            Some(_) if element.is_nil => Value::Null,
            Some(inner) => self.find(inner, element, key).unwrap_or(Value::Null),
            None => self.inside(look.schema, element, key),
        }
    }

    /// The values of all such nodes in an element.
    fn all(self, look: &Look, around: &Element, key: &str) -> Vec<Value> {
        let content = self.looks.content(look.schema);
        match (look.node, &content) {
            (XmlNode::Element, _) => {
                let name = look.called(key);
                let called = around.children().filter(|it| is_called(name, &it.name));
                called.map(|it| self.node(look, it, name)).collect()
            }
            (XmlNode::Text | XmlNode::Cdata, _) => {
                let texts = around.nodes.iter().filter_map(Node::text);
                texts.map(|it| self.scalar(&content, it)).collect()
            }
            (XmlNode::None, Content::Union(branches)) => {
                let read = |child: &Element| {
                    let named = |it: &&SchemaId| {
                        let look = self.looks.look(**it, true);
                        is_called(look.called(key), &child.name)
                    };
                    let branch = branches.iter().find(named)?;
                    Some(self.inside(*branch, child, key))
                };
                around.children().filter_map(read).collect()
            }
            _ => self.find(look, around, key).into_iter().collect(),
        }
    }

    /// What stands in an element. `key` is what items are called where nothing else gives them a name.
    fn inside(self, id: SchemaId, element: &Element, key: &str) -> Value {
        if element.is_nil {
            return Value::Null;
        }
        let content = self.looks.content(id);
        match &content {
            Content::Any => any(element),
            Content::Mixed(_) | Content::Text | Content::Number | Content::Boolean => {
                self.scalar(&content, &element.text())
            }
            // Text alone is no object, nor a list of elements, unless it is that of a property.
            Content::Object(declared, _) if is_text(element) && !has_text(declared) => {
                Value::String(element.text())
            }
            Content::Object(declared, further) => self.object(declared, *further, element),
            Content::List(item) => {
                let look = item.map(|it| self.looks.look(it, true));
                let are_elements = look.as_ref().is_some_and(|it| it.node == XmlNode::Element);
                if are_elements && is_text(element) {
                    return Value::String(element.text());
                }
                let items = look.as_ref().map(|it| self.all(it, element, key));
                let mut items = items.unwrap_or_default();
                if let (true, Some(item)) = (items.is_empty(), item) {
                    let children = element.children();
                    items = children.map(|it| self.inside(*item, it, key)).collect();
                }
                Value::Array(items)
            }
            Content::Tuple(places) => {
                let items = self.tuple(places, element, key);
                items.unwrap_or_else(|| Value::Array(Vec::new()))
            }
            Content::Union(branches) => match self.branch(id, branches, element) {
                Some(branch) => {
                    let value = self.inside(branch, element, key);
                    self.with_tag(id, value, element)
                }
                None => any(element),
            },
        }
    }

    /// Adds the tag that a branch does not declare.
    fn with_tag(self, id: SchemaId, mut value: Value, element: &Element) -> Value {
        let discriminator = self.looks.schema(id).discriminator.as_deref();
        if let (Some(it), Some(object)) = (discriminator, value.as_object_mut())
            && !object.contains_key(&it.property)
        {
            let child = element.children().find(|child| child.name == it.property);
            let attribute = element.attribute(&it.property).map(str::to_owned);
            let text = attribute.or_else(|| child.map(Element::text));
            // The tag is text, unless another branch says that it is a number.
            let branches = self.looks.branches(id).into_iter();
            let declared = branches.filter_map(|branch| match self.looks.content(branch) {
                Content::Object(declared, _) => {
                    declared.into_iter().find(|p| p.name == it.property)
                }
                _ => None,
            });
            let look = declared.map(|it| it.look).next();
            let content = look.map_or(Content::Text, |it| self.looks.content(it.schema));
            object.extend(text.map(|text| (it.property.clone(), self.scalar(&content, &text))));
        }
        value
    }

    fn object(self, declared: &[Property], further: Option<SchemaId>, element: &Element) -> Value {
        let mut object = Map::new();
        for property in declared {
            let Property {
                name,
                look,
                is_required,
                may_be_null,
            } = property;
            let found = self.find(look, element, name).or_else(|| {
                let by_key = Look {
                    node: XmlNode::Element,
                    name: super::look::Name::default(),
                    ..look.clone()
                };
                let is_free = look.node == XmlNode::Element && !self.is_declared(declared, name);
                is_free.then(|| self.find(&by_key, element, name)).flatten()
            });
            let found = found.or_else(|| is_required.then(|| self.absent(look, *may_be_null))?);
            object.extend(found.map(|it| (name.clone(), it)));
        }
        if let Some(further) = further {
            let look = self.looks.look(further, false);
            for name in self.rest(declared, element) {
                let content = self.looks.content(further);
                let attribute = || Some(self.scalar(&content, element.attribute(&name)?));
                let value = self.find(&look, element, &name).or_else(attribute);
                object.extend(value.map(|it| (name, it)));
            }
        }
        Value::Object(object)
    }

    /// What it means that a required property has no node (OAS 3.2.0, Handling `null` Values).
    fn absent(self, look: &Look, may_be_null: bool) -> Option<Value> {
        if may_be_null {
            return Some(Value::Null);
        }
        match (look.node, self.looks.content(look.schema)) {
            (XmlNode::None, Content::List(_)) => Some(Value::Array(Vec::new())),
            (XmlNode::None, Content::Object(..)) => Some(Value::Object(Map::new())),
            (XmlNode::Text | XmlNode::Cdata, Content::Text) => Some(Value::from("")),
            _ => None,
        }
    }

    /// The names of nodes that are no declared property, in their order.
    fn rest(self, declared: &[Property], element: &Element) -> Vec<String> {
        let mut seen = HashSet::new();
        let elements = element.children().map(|it| &it.name);
        let attributes = element.attributes.iter().map(|(name, _)| name);
        let is_known = |name: &String| {
            declared.iter().any(|it| it.name == *name) || self.is_declared(declared, name)
        };
        let names = elements.chain(attributes);
        let names = names.filter(|it| seen.insert(*it) && !is_known(it));
        names.cloned().collect()
    }

    /// Whether a declared property has the element or attribute of a name.
    pub(super) fn is_declared(self, declared: &[Property], name: &str) -> bool {
        declared
            .iter()
            .any(|it| self.claims(&it.look, &it.name, name))
    }

    fn claims(self, look: &Look, key: &str, name: &str) -> bool {
        match look.node {
            XmlNode::Element | XmlNode::Attribute => is_called(look.called(key), name),
            XmlNode::Text | XmlNode::Cdata => false,
            XmlNode::None => match self.looks.content(look.schema) {
                Content::Object(declared, _) => self.is_declared(&declared, name),
                Content::List(Some(item)) => self.claims(&self.looks.look(item, true), key, name),
                Content::Tuple(ids) | Content::Union(ids) => ids
                    .iter()
                    .any(|it| self.claims(&self.looks.look(*it, true), key, name)),
                _ => false,
            },
        }
    }

    /// The places of an array, each of which stands behind the one before it; `None` when no place has a node.
    fn tuple(self, places: &[SchemaId], element: &Element, key: &str) -> Option<Value> {
        let mut nodes = element.nodes.iter().peekable();
        let mut read = |place: &SchemaId| {
            let look = self.looks.look(*place, true);
            let content = self.looks.content(look.schema);
            let value = match look.node {
                XmlNode::Element => {
                    let name = look.called(key).to_owned();
                    let mut elements = nodes.by_ref().filter_map(|it| match it {
                        Node::Element(element) => Some(element),
                        _ => None,
                    });
                    let found = elements.find(|it| is_called(&name, &it.name));
                    found.map(|it| self.node(&look, it, &name))
                }
                XmlNode::Text | XmlNode::Cdata => {
                    let text = nodes.next_if(|it| it.text().is_some());
                    let text = text.and_then(Node::text).unwrap_or_default();
                    Some(self.scalar(&content, text))
                }
                XmlNode::Attribute | XmlNode::None => self.find(&look, element, key),
            };
            value.unwrap_or(Value::Null)
        };
        let items: Vec<Value> = places.iter().map(&mut read).collect();
        (!items.iter().all(Value::is_null)).then_some(Value::Array(items))
    }

    /// The value that a text stands for. What is not of the content's form stays a text, which does not conform.
    fn scalar(self, content: &Content, text: &str) -> Value {
        let plain = || Value::String(text.to_owned());
        match content {
            Content::Number | Content::Boolean => exact(content, text).unwrap_or_else(|| {
                if text.trim().is_empty() {
                    Value::Null
                } else {
                    plain()
                }
            }),
            Content::List(item) => {
                let items = text.split_ascii_whitespace();
                let content = item.map_or(Content::Any, |it| self.looks.content(it));
                items.map(|it| self.scalar(&content, it)).collect()
            }
            Content::Union(branches) => {
                let contents = branches.iter().map(|it| self.looks.content(*it));
                let mut exacts = contents.filter_map(|it| exact(&it, text));
                exacts.next().unwrap_or_else(plain)
            }
            Content::Object(..) | Content::Tuple(_) => {
                serde_json::from_str(text).unwrap_or_else(|_| plain())
            }
            Content::Mixed(types) => {
                let boolean = types.contains(&SimpleType::Boolean);
                let number =
                    types.contains(&SimpleType::Number) || types.contains(&SimpleType::Integer);
                let number = number.then(|| exact(&Content::Number, text)).flatten();
                let boolean = || boolean.then(|| exact(&Content::Boolean, text)).flatten();
                number.or_else(boolean).unwrap_or_else(plain)
            }
            Content::Any | Content::Text => plain(),
        }
    }
}

/// A number or boolean as XML Schema writes it; `None` for what is none.
pub(super) fn exact(content: &Content, text: &str) -> Option<Value> {
    let text = text.trim_ascii();
    match (content, text) {
        (Content::Boolean, "true" | "1") => Some(Value::Bool(true)),
        (Content::Boolean, "false" | "0") => Some(Value::Bool(false)),
        (Content::Number, _) => {
            let (sign, digits) = match text.strip_prefix('-') {
                Some(digits) => ("-", digits),
                None => ("", text.strip_prefix('+').unwrap_or(text)),
            };
            let whole = digits.trim_start_matches('0');
            let is_cut = whole.is_empty() || whole.starts_with(['.', 'e', 'E']);
            let zero = if is_cut && !digits.is_empty() {
                "0"
            } else {
                ""
            };
            let number = format!("{sign}{zero}{whole}");
            let number = number.strip_suffix('.').unwrap_or(&number);
            let value: Option<serde_json::Number> = serde_json::from_str(number).ok();
            value.map(Value::Number)
        }
        _ => None,
    }
}

/// Whether there is nothing but text in an element.
fn is_text(element: &Element) -> bool {
    let has_others = element.children().next().is_some() || !element.attributes.is_empty();
    !has_others && !element.text().trim_ascii().is_empty()
}

/// Whether text may be that of a property.
fn has_text(declared: &[Property]) -> bool {
    let is_text = |it: &Property| !matches!(it.look.node, XmlNode::Element | XmlNode::Attribute);
    declared.iter().any(is_text)
}

/// What stands in an element of which nothing is known.
fn any(element: &Element) -> Value {
    if element.is_nil {
        return Value::Null;
    }
    if element.attributes.is_empty() && element.children().next().is_none() {
        return Value::String(element.text());
    }
    let mut object = Map::new();
    for (name, text) in &element.attributes {
        object.insert(name.clone(), Value::from(text.as_str()));
    }
    for child in element.children() {
        let value = any(child);
        match object.get_mut(&child.name) {
            Some(Value::Array(items)) => items.push(value),
            Some(before) => *before = Value::Array(vec![before.take(), value]),
            None => drop(object.insert(child.name.clone(), value)),
        }
    }
    Value::Object(object)
}

/// Whether an element is called so. A document may have a prefix in the name itself.
fn is_called(name: &str, found: &str) -> bool {
    name.rsplit(':').next() == Some(found)
}
