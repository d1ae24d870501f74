//! Which node of XML a value is, and what is in it.

use std::collections::HashMap;

use crate::model::{Schema, SchemaId, Schemas, SimpleType, XmlNode};

/// How many schemas may be on the way to another.
const DEEPEST: usize = 16;

/// The schemas of a document, and how their values look.
#[derive(Clone, Copy, Debug)]
pub(in crate::mock) struct Looks<'s> {
    pub(in crate::mock) schemas: &'s Schemas,
}

/// How a value looks at a place.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// The schema of what is in it.
    pub(super) schema: SchemaId,
    /// Which node it is.
    pub(super) node: XmlNode,
    /// What is said of its name.
    pub(super) name: Name,
    /// The node in this one that is the value, where the place demands an element around that of the schema.
    pub(super) inner: Option<Box<Self>>,
}

/// The name of a node.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    /// `None` when it is called after its place.
    pub(super) local: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) namespace: Option<String>,
}

/// What is in a node.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Nothing is known of it.
    Any,
    Text,
    Number,
    Boolean,
    /// Text, or a number or boolean if it looks like one.
    Mixed(Vec<SimpleType>),
    /// Properties, and those that are not declared.
    Object(Vec<Property>, Option<SchemaId>),
    List(Option<SchemaId>),
    Tuple(Vec<SchemaId>),
    Union(Vec<SchemaId>),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) look: Look,
    pub(super) is_required: bool,
    pub(super) may_be_null: bool,
}

impl Look {
    /// What the node is called, at a place that calls it so where nothing else gives it a name.
    pub(super) fn called<'n>(&'n self, key: &'n str) -> &'n str {
        self.name.local.as_deref().unwrap_or(key)
    }
}

impl<'s> Looks<'s> {
    pub(super) fn schema(self, id: SchemaId) -> &'s Schema {
        &self.schemas[id]
    }

    /// A schema, and those that it refers to.
    fn chain(self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        std::iter::successors(Some(id), move |id| self.schema(*id).reference).take(DEEPEST)
    }

    /// How a value looks. An array has an element if it is `apart`: in another one.
    pub(super) fn look(self, id: SchemaId, apart: bool) -> Look {
        let look = self.flat(id, apart);
        let own = self.schema(id);
        let is_around = own.xml.as_ref().and_then(|it| it.node) == Some(XmlNode::Element);
        let (Some(target), true) = (own.reference, is_around) else {
            return look;
        };
        let inner = self.look(target, apart);
        if self.is_list(target) || inner.node == XmlNode::None {
            return look;
        }
        let name = own.xml.as_ref().map(|it| Name {
            local: it.name.clone(),
            prefix: it.prefix.clone(),
            namespace: it.namespace.clone(),
        });
        Look {
            schema: inner.schema,
            node: XmlNode::Element,
            name: name.unwrap_or_default(),
            inner: Some(Box::new(inner)),
        }
    }

    fn flat(self, id: SchemaId, apart: bool) -> Look {
        let mut node = None;
        let mut name = Name::default();
        for id in self.chain(id) {
            let Some(xml) = &self.schema(id).xml else {
                continue;
            };
            let is_wrapped = xml.wrapped && self.is_list(id);
            node = node.or(xml.node).or(is_wrapped.then_some(XmlNode::Element));
            name.local = name.local.or(xml.name.clone());
            name.prefix = name.prefix.or(xml.prefix.clone());
            name.namespace = name.namespace.or(xml.namespace.clone());
        }
        let node = node.unwrap_or_else(|| {
            if (self.is_list(id) && !apart) || (name.local.is_none() && self.are_named(id)) {
                XmlNode::None
            } else {
                XmlNode::Element
            }
        });
        Look {
            schema: id,
            node,
            name,
            inner: None,
        }
    }

    /// How the root of a body looks: it has an element and a name, whatever the schema says.
    pub(super) fn root(self, id: SchemaId) -> Look {
        let mut look = self.flat(id, false);
        if look.name.local.is_none() {
            look.name.local = self.component(id);
        }
        if look.name.local.is_none() && self.are_called(id) {
            look.node = XmlNode::None;
            return look;
        }
        look.node = XmlNode::Element;
        look.name.local.get_or_insert_with(|| "root".to_owned());
        look
    }

    /// What an item of the list at the root is called, where nothing else gives it a name.
    pub(super) fn item_of_root(self, id: SchemaId, item: SchemaId) -> String {
        let list = self
            .chain(id)
            .find_map(|it| self.schema(it).xml.as_ref()?.name.clone());
        let own = self.component(item);
        own.or(list)
            .or_else(|| self.component(id))
            .unwrap_or_else(|| "item".to_owned())
    }

    /// The name of the component that a schema is.
    pub(super) fn component(self, id: SchemaId) -> Option<String> {
        self.chain(id)
            .find_map(|it| self.schema(it).component.clone())
    }

    /// The name that a branch has without a place: one that is stated, or that of its component.
    pub(super) fn own_name(self, id: SchemaId) -> Option<String> {
        self.flat(id, true)
            .name
            .local
            .or_else(|| self.component(id))
    }

    /// Whether the branches of a choice all state names.
    fn are_named(self, id: SchemaId) -> bool {
        let branches = self.branches(id);
        let has_name = |it: &SchemaId| self.flat(*it, true).name.local.is_some();
        !branches.is_empty() && branches.iter().all(has_name)
    }

    /// Whether the branches of a choice all have names, at the root.
    fn are_called(self, id: SchemaId) -> bool {
        let branches = self.branches(id);
        !branches.is_empty() && branches.iter().all(|it| self.own_name(*it).is_some())
    }

    pub(super) fn branches(self, id: SchemaId) -> Vec<SchemaId> {
        let mut found = Vec::new();
        for id in self.chain(id) {
            let schema = self.schema(id);
            found.extend(schema.one_of.iter().chain(&schema.any_of));
        }
        found
    }

    pub(super) fn is_list(self, id: SchemaId) -> bool {
        self.chain(id).any(|it| {
            let schema = self.schema(it);
            let is_implied = schema.types.is_empty()
                && (schema.items.is_some() || !schema.prefix_items.is_empty());
            schema.types == [SimpleType::Array] || is_implied
        })
    }

    pub(super) fn may_be_null(self, id: SchemaId) -> bool {
        let is_nullable =
            |it: SchemaId| self.schema(it).nullable || self.schema(it).types == [SimpleType::Null];
        self.chain(id).any(is_nullable)
    }

    /// What is in a node of a schema.
    pub(super) fn content(self, id: SchemaId) -> Content {
        let mut facts = Facts::default();
        self.gather(id, DEEPEST, &mut facts);
        let branches = self.branches(id);
        if !branches.is_empty() && facts.properties.is_empty() {
            return Content::Union(branches);
        }
        if self.is_list(id) {
            let first: Vec<SchemaId> = self
                .chain(id)
                .flat_map(|it| self.schema(it).prefix_items.clone())
                .collect();
            let items = self.chain(id).find_map(|it| self.schema(it).items);
            return if first.is_empty() {
                Content::List(items)
            } else {
                Content::Tuple(first)
            };
        }
        if facts.is_object || !facts.properties.is_empty() || facts.additional.is_some() {
            return Content::Object(self.properties(&facts), facts.additional);
        }
        match facts.types[..] {
            [SimpleType::Integer | SimpleType::Number] => Content::Number,
            [SimpleType::Boolean] => Content::Boolean,
            [SimpleType::String] => Content::Text,
            [] => Content::Any,
            _ => Content::Mixed(facts.types),
        }
    }

    fn gather(self, id: SchemaId, depth: usize, facts: &mut Facts) {
        let schema = self.schema(id);
        facts.is_object |= schema.types == [SimpleType::Object];
        if facts.types.is_empty() {
            facts.types.extend(&schema.types);
        }
        for (name, id) in &schema.properties {
            if !facts.properties.iter().any(|(known, _)| known == name) {
                facts.properties.push((name.clone(), *id));
            }
        }
        facts.required.extend(schema.required.iter().cloned());
        let is_open = |it: &SchemaId| self.schema(*it).satisfiable;
        let additional = schema.additional_properties.filter(is_open);
        facts.additional = facts.additional.or(additional);
        if facts.types.is_empty() {
            let values = schema.enumeration.iter().flatten();
            let values = values.chain(&schema.constant);
            facts.types.extend(values.filter_map(|it| match it {
                serde_json::Value::Number(_) => Some(SimpleType::Number),
                serde_json::Value::String(_) => Some(SimpleType::String),
                serde_json::Value::Bool(_) => Some(SimpleType::Boolean),
                _ => None,
            }));
            facts.types.dedup();
        }
        if let Some(depth) = depth.checked_sub(1) {
            for part in schema.all_of.iter().chain(&schema.reference) {
                self.gather(*part, depth, facts);
            }
        }
    }

    /// The properties. Where several would be called alike since their schemas have names, each is called after itself.
    fn properties(self, facts: &Facts) -> Vec<Property> {
        let mut properties: Vec<Property> = facts
            .properties
            .iter()
            .map(|(name, id)| Property {
                name: name.clone(),
                look: self.look(*id, false),
                is_required: facts.required.contains(name),
                may_be_null: self.may_be_null(*id),
            })
            .collect();
        let mut counts: HashMap<String, usize> = HashMap::new();
        let element_name = |it: &Property| {
            (it.look.node == XmlNode::Element).then(|| it.look.called(&it.name).to_owned())
        };
        for name in properties.iter().filter_map(element_name) {
            *counts.entry(name).or_default() += 1;
        }
        for (property, (_, id)) in properties.iter_mut().zip(&facts.properties) {
            if element_name(property).is_some_and(|it| counts[&it] > 1) {
                let own = self.schema(*id);
                let is_stated_here = own.component.is_none();
                let stated = own.xml.as_ref().filter(|_| is_stated_here);
                property.look.name.local = stated.and_then(|it| it.name.clone());
            }
        }
        properties
    }
}

/// What a schema and its parts say.
#[derive(Debug, Default)]
struct Facts {
    types: Vec<SimpleType>,
    is_object: bool,
    properties: Vec<(String, SchemaId)>,
    required: Vec<String>,
    additional: Option<SchemaId>,
}
