//! `xml`: OAS 3.2.0, XML Object, and those of older versions.

use crate::diagnostics::Code;
use crate::model::{Description, Schema, Xml, XmlNode};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads an XML object.
pub(super) fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Xml> {
    let mut object = Object::read(cx, at, "XML object")?;
    let node = node_type(cx, &mut object);
    let attribute = object.boolean(cx, "attribute").unwrap_or(false);
    let wrapped = object.boolean(cx, "wrapped").unwrap_or(false);
    let xml = Xml {
        node: node.or(attribute.then_some(XmlNode::Attribute)),
        wrapped,
        name: name(cx, &mut object, "name"),
        namespace: object.text(cx, "namespace").filter(|it| !it.is_empty()),
        prefix: name(cx, &mut object, "prefix"),
    };
    object.finish(cx);
    Some(xml)
}

/// Beside a reference there is no node, unless one is stated, and so nothing to name (OAS 3.2.0, XML Object, `nodeType`
/// and `name`). Before 3.2, a name there was that of the reference's place.
pub(super) fn finish(cx: &mut Cx<'_, '_>, schema: &mut Schema, at: &At<'_>) {
    let Some(xml) = &mut schema.xml else { return };
    let has_name = xml.name.is_some() || xml.namespace.is_some() || xml.prefix.is_some();
    if cx.version < Version::V3_2 || schema.reference.is_none() || xml.node.is_some() || !has_name {
        return;
    }
    (xml.name, xml.namespace, xml.prefix) = (None, None, None);
    let message = "the XML name next to `$ref` is ignored";
    let finding = cx.finding(Code::UnknownField, at, message);
    let help = "add `nodeType: element` to get an element with that name";
    cx.diagnostics.report(finding.help(help));
}

/// `nodeType`, which older versions do not have.
fn node_type<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<XmlNode> {
    let child = object.child(cx, "nodeType")?;
    let text = object.text(cx, "nodeType")?;
    let known = XmlNode::ALL.into_iter().find(|it| it.as_str() == text);
    if known.is_none() {
        let message = format!("`{text}` is not an XML node type");
        let finding = cx.finding(Code::InvalidValue, &child, message).harmless();
        let help = "use `element`, `attribute`, `text`, `cdata` or `none`";
        cx.diagnostics.report(finding.label("ignored").help(help));
    } else if cx.version < Version::V3_2 {
        let message = "`nodeType` comes from OpenAPI 3.2; it is read as it would be there";
        cx.warn(Code::RepairedKeyword, &child, message);
    }
    known
}

/// A name, or the prefix of one, without which there are too many characters that would end it.
fn name<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>, key: &'static str) -> Option<String> {
    let child = object.child(cx, key)?;
    let text = object.text(cx, key)?;
    let is_fine = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | ':' | '\u{B7}');
    let starts = |it: char| it.is_alphabetic() || it == '_';
    if text.starts_with(starts) && text.chars().all(is_fine) {
        return Some(text);
    }
    let message = format!("`{text}` is not a valid XML name");
    let finding = cx.finding(Code::InvalidValue, &child, message).harmless();
    let help = "start with a letter, and use only letters, digits, `_`, `-` and `.`";
    cx.diagnostics.report(finding.label("ignored").help(help));
    None
}

/// States the names that 3.2 infers: that of a component is its own, wherever it is referred to (OAS 3.2.0, XML Node
/// Names). Before, and where nothing says otherwise, a property is called as it is in JSON.
pub(in crate::normalize) fn state_names(cx: &Cx<'_, '_>, description: &mut Description) {
    if cx.version < Version::V3_2 || !cx.has_xml {
        return;
    }
    for (name, id) in &description.component_schemas {
        let schema = &mut description.schemas.0[id.0 as usize];
        if schema.reference.is_none() {
            let xml = schema.xml.get_or_insert_default();
            xml.name.get_or_insert_with(|| name.clone());
        }
    }
}
