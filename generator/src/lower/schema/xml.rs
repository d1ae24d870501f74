//! How values look as XML: what schemas say of it, by the places where their types stand.
//!
//! A type has what its own schema says ([`of_item`]), a place what is said there besides ([`at_place`]), and a body
//! that is XML has a name for its root element in any case ([`of_root`]).

use crate::diagnostics::{Code, Diagnostic};
use crate::document::Place;
use crate::ir::{Xml, XmlNode};
use crate::lower::context::Context;
use crate::lower::facts::Class;
use crate::model::SchemaId;

/// How deep arrays and maps without names may stand in each other.
const DEEPEST: usize = 32;

/// The same of tuples, which multiply.
const DEEPEST_TUPLE: usize = 2;

/// What the schema of an item says.
pub(super) fn of_item(cx: &Context, id: SchemaId) -> Option<Box<Xml>> {
    stated(said(cx, id, DEEPEST))
}

/// What is said at a place besides what the type there says. The schema of an item says nothing more.
pub(super) fn at_place(cx: &Context, id: SchemaId) -> Option<Box<Xml>> {
    stated(beside(cx, id, DEEPEST))
}

fn stated(xml: Xml) -> Option<Box<Xml>> {
    (!xml.is_empty()).then(|| Box::new(xml))
}

fn beside(cx: &Context, id: SchemaId, depth: usize) -> Xml {
    if cx.item_of(id).is_some() {
        return Xml::default();
    }
    said(cx, id, depth)
}

/// What a schema and those of its parts say.
fn said(cx: &Context, id: SchemaId, depth: usize) -> Xml {
    let mut xml = own(cx, id);
    let Some(mut depth) = depth.checked_sub(1) else {
        return xml;
    };
    let parts = parts(cx, id);
    if parts.len() > 1 {
        depth = depth.min(DEEPEST_TUPLE);
    }
    xml.inner = parts
        .into_iter()
        .map(|part| beside(cx, part, depth))
        .collect();
    if xml.inner.iter().all(Xml::is_empty) {
        xml.inner.clear();
    }
    xml
}

/// What stands in the values of a schema: items, places, or values of any key. A reference leads to a type that has
/// its own, and a union has a place for each branch.
fn parts(cx: &Context, id: SchemaId) -> Vec<SchemaId> {
    let schema = cx.schema(id);
    match cx.class(id) {
        Class::Array => schema.items.into_iter().collect(),
        Class::Tuple => schema.prefix_items.clone(),
        Class::Struct | Class::Map => schema.additional_properties.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What a schema itself says.
fn own(cx: &Context, id: SchemaId) -> Xml {
    let Some(xml) = &cx.schema(id).xml else {
        return Xml::default();
    };
    let wrapped = xml.wrapped && is_array(cx, id);
    Xml {
        node: xml.node.or(wrapped.then_some(XmlNode::Element)),
        name: xml.name.clone(),
        namespace: xml.namespace.clone(),
        prefix: xml.prefix.clone(),
        inner: Vec::new(),
    }
}

fn is_array(cx: &Context, id: SchemaId) -> bool {
    cx.class(cx.target(id)).is_array()
}

/// What is said of a body. A document has one root element, whatever the schema says: an array has one around its
/// items, and what no schema gives a name is called after its component (OAS 3.2.0, XML Node Names), or `root`, which
/// is reported where it is sent.
pub(in crate::lower) fn of_root(cx: &mut Context, id: SchemaId, sent_at: Option<&Place>) -> Xml {
    let mut xml = without_property(cx, id);
    if !xml.inner.is_empty() && xml.node == Some(XmlNode::None) {
        return xml;
    }
    let is_element = cx
        .chain(id)
        .all(|it| matches!(own(cx, it).node, None | Some(XmlNode::Element)));
    if is_array(cx, id) || !is_element {
        xml.node = Some(XmlNode::Element);
    }
    if xml.name.is_none()
        && let Some(place) = sent_at
    {
        let message = "the root element of the XML has no name";
        let finding = Diagnostic::at(Code::UnnamedXmlRoot, place, message);
        let help = "add `xml: { name: NAME }` to the schema, or move it to `components.schemas`";
        cx.report(finding.label("the element is called `root`").help(help));
    }
    if is_array(cx, id) {
        let name = xml.name.as_deref().unwrap_or("item");
        let items = parts(cx, cx.target(id));
        let items = items.into_iter().map(|item| {
            let mut item = without_property(cx, item);
            if item.node != Some(XmlNode::None) {
                item.name.get_or_insert_with(|| name.to_owned());
            }
            item
        });
        xml.inner = items.collect();
    }
    xml.name.get_or_insert_with(|| "root".to_owned());
    xml
}

/// What is said of a value that is in no property, whose name it could have. A choice without a name is called as its
/// branches are, if each has one.
fn without_property(cx: &Context, id: SchemaId) -> Xml {
    let mut xml = beside(cx, id, DEEPEST);
    xml.name = name_of(cx, id);
    let branches = &cx.referred(id).one_of;
    if xml.name.is_none() && !branches.is_empty() {
        let named = |branch: &SchemaId| {
            let mut xml = beside(cx, *branch, DEEPEST);
            xml.name = name_of(cx, *branch);
            xml
        };
        let branches: Vec<Xml> = branches.iter().map(named).collect();
        if branches.iter().all(|it| it.name.is_some()) {
            xml.node = Some(XmlNode::None);
            xml.inner = branches;
        }
    }
    xml
}

/// The name that schemas give an element: the first that is stated, or else that of the first component.
fn name_of(cx: &Context, id: SchemaId) -> Option<String> {
    let stated = cx
        .chain(id)
        .find_map(|it| cx.schema(it).xml.as_ref()?.name.clone());
    stated.or_else(|| cx.chain(id).find_map(|it| cx.schema(it).component.clone()))
}
