//! `xml.rs`: a table for each model that is sent as XML, and the shapes of XML bodies.

mod place;
pub(super) mod reach;

use std::collections::BTreeSet;

use self::place::{Branches, Resolved};
use super::context::Cx;
use super::features;
use super::written::{self, Written, literal};
use crate::ir::{
    Additional, Choice, EnumerationValues, Field, ItemId, ItemKind, JsonType, Payload, Presence,
    Struct, TagValue, Type, Union, Value, Xml, XmlNode,
};
use crate::output::{Source, Unformatted};

/// The file; `None` when no body is XML that has types with names.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    // One table does for all that are equal.
    let reached = reach::items(cx.api).into_iter();
    let reached: BTreeSet<ItemId> = reached.map(|id| cx.shape.twin(id)).collect();
    let cx = cx.file(cx.names.types.iter().map(|it| it.constant.to_string()));
    let statics: Vec<Unformatted> = reached
        .into_iter()
        .filter_map(|id| emit_item(&cx, id))
        .collect();
    if statics.is_empty() {
        return None;
    }
    let docs = "The XML shapes of the models.".to_owned();
    Some(Source {
        docs,
        items: cx.imports.complete(statics),
    })
}

/// `pub(super) static PET: Content = Content::Object(&[..]);`, with a line for each property.
fn emit_item(cx: &Cx<'_>, id: ItemId) -> Option<Unformatted> {
    let item = &cx.api[id];
    let said = item.xml.as_deref();
    let shapes = Shapes {
        cx,
        is_elsewhere: false,
    };
    let (open, lines, close) = match &item.kind {
        ItemKind::Struct(it) => shapes.object(it, said.and_then(|it| it.part(0))),
        ItemKind::Union(it) => shapes.union(it, None),
        ItemKind::Enumeration(_) | ItemKind::Alias(_) => return None,
    };
    let ty = shapes.path("Content");
    let name = &cx.names.item(id).constant;
    let mut out = Written::default();
    features::emit_condition_of(cx, &mut out, id);
    let open = format!("pub(super) static {name}: {ty} = {open}");
    if lines.is_empty() {
        out.line(0, format!("{open}{close};"));
    } else {
        out.line(0, open);
        for line in lines {
            out.line(1, format!("{line},"));
        }
        out.line(0, format!("{close};"));
    }
    Some(out.finish())
}

/// What stands before some lines, the lines, and what stands behind them.
type Block = (String, Vec<String>, String);

/// A block as an expression in a line.
fn in_line((open, lines, close): Block) -> String {
    format!("{open}{}{close}", lines.join(", "))
}

/// The shape of a body, as an expression.
pub(super) fn shape(cx: &Cx<'_>, payload: &Payload) -> String {
    let shapes = Shapes {
        cx,
        is_elsewhere: true,
    };
    let resolved = place::resolve(cx.api, &payload.ty, payload.xml.as_deref(), false);
    let shape = shapes.resolved(&resolved, "");
    let holds_shapes = match resolved.ty {
        Type::Array(_) | Type::Tuple(_) | Type::Map(_) => true,
        Type::Item(id) => match &cx.api[*id].kind {
            ItemKind::Struct(_) => false,
            ItemKind::Enumeration(_) => true,
            ItemKind::Union(_) | ItemKind::Alias(_) => !resolved.said.inner.is_empty(),
        },
        _ => false,
    };
    if !holds_shapes && resolved.nested.is_none() {
        return shape;
    }
    // What is in it has to be there for ever.
    let ty = shapes.path("Shape");
    format!("{{ static SHAPE: {ty} = {shape}; SHAPE }}")
}

/// What makes shapes.
struct Shapes<'a> {
    cx: &'a Cx<'a>,
    /// Whether they stand in another file than the statics of items.
    is_elsewhere: bool,
}

impl Shapes<'_> {
    /// What to write for a type of the runtime's XML.
    fn path(&self, ty: &'static str) -> &'static str {
        let path = match ty {
            "Content" => "super::runtime::xml::Content",
            "Property" => "super::runtime::xml::Property",
            "Shape" => "super::runtime::xml::Shape",
            "Tag" => "super::runtime::xml::Tag",
            _ => "super::runtime::xml::Union",
        };
        written::name(self.cx, path);
        ty
    }

    /// The shape of a value of a type, at a place where something is said of it, and which gives it a name unless it
    /// has another. An array without an element of its own has one all the same if it is `apart`: in another array.
    fn shape(&self, ty: &Type, place: Option<&Xml>, name: &str, apart: bool) -> String {
        let resolved = place::resolve(self.cx.api, ty, place, apart);
        self.resolved(&resolved, name)
    }

    fn resolved(&self, resolved: &Resolved<'_>, name: &str) -> String {
        let shape = self.path("Shape");
        let content = self.content(resolved, name);
        let said = &resolved.said;
        let name = said.name.as_deref().unwrap_or(name);
        let made = match resolved.node {
            XmlNode::Element if name.is_empty() => format!("{shape}::keyed({content})"),
            XmlNode::Element => format!("{shape}::element({}, {content})", literal(name)),
            XmlNode::Attribute => format!("{shape}::attribute({}, {content})", literal(name)),
            XmlNode::Text => return format!("{shape}::text({content})"),
            XmlNode::Cdata => return format!("{shape}::cdata({content})"),
            XmlNode::None => return format!("{shape}::inline({content})"),
        };
        let call = |method: &str, argument: &Option<String>| match argument {
            Some(it) => format!(".{method}({})", literal(it)),
            None => String::new(),
        };
        let prefix = call("prefix", &said.prefix);
        let namespace = call("namespace", &said.namespace);
        format!("{made}{prefix}{namespace}")
    }

    /// What stands in the node of a value.
    fn content(&self, resolved: &Resolved<'_>, name: &str) -> String {
        let content = self.path("Content");
        let said = &resolved.said;
        if let Some(inner) = &resolved.nested {
            let inner = self.resolved(inner, name);
            return format!("{content}::Nested(&{inner})");
        }
        // The items of an array are called as its element is, if it has one.
        let item_name = match resolved.node {
            XmlNode::Element => said.name.as_deref().unwrap_or(name),
            _ => name,
        };
        let part = |index: usize, ty: &Type, name: &str, apart: bool| {
            self.shape(ty, said.part(index), name, apart)
        };
        match resolved.ty {
            Type::Array(item) => {
                let item = part(0, item, item_name, true);
                format!("{content}::List(&{item})")
            }
            Type::Tuple(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| part(index, item, item_name, true));
                let items: Vec<String> = items.collect();
                format!("{content}::Tuple(&[{}])", items.join(", "))
            }
            Type::Map(value) => {
                let value = part(0, value, "", false);
                format!("{content}::Map(&{value})")
            }
            Type::Item(id) => self.item(*id, said),
            ty => match ty.json_type() {
                Some(JsonType::Number) => format!("{content}::Number"),
                Some(JsonType::Boolean) => format!("{content}::Boolean"),
                Some(JsonType::String) => format!("{content}::String"),
                Some(JsonType::Null | JsonType::Array | JsonType::Object) | None => {
                    format!("{content}::Any")
                }
            },
        }
    }

    /// What stands in the node of a value of an item.
    fn item(&self, id: ItemId, said: &Xml) -> String {
        let content = self.path("Content");
        match &self.cx.api[id].kind {
            ItemKind::Enumeration(it) => self.enumeration(&it.values),
            ItemKind::Union(it) if !said.inner.is_empty() => in_line(self.union(it, Some(said))),
            ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Alias(_) => {
                let id = self.cx.shape.twin(id);
                let name = &self.cx.names.item(id).constant;
                if self.is_elsewhere {
                    let path = written::name(self.cx, "super::xml");
                    format!("{content}::Of(&{path}::{name})")
                } else {
                    format!("{content}::Of(&{name})")
                }
            }
        }
    }

    /// The values of an enumeration, which is open: what is not listed is of the same kind.
    fn enumeration(&self, values: &EnumerationValues) -> String {
        let content = self.path("Content");
        let variants = match values {
            EnumerationValues::Strings(_) => return format!("{content}::String"),
            EnumerationValues::Integers(_) => return format!("{content}::Number"),
            EnumerationValues::Mixed(variants) => variants,
        };
        let is_any = |test: fn(&Value) -> bool| variants.iter().any(|it| test(&it.value));
        let kinds = [
            (is_any(Value::is_number), format!("{content}::Number")),
            (is_any(Value::is_boolean), format!("{content}::Boolean")),
            (is_any(Value::is_string), format!("{content}::String")),
        ];
        let kinds: Vec<String> = kinds
            .into_iter()
            .filter_map(|(is_there, kind)| is_there.then_some(kind))
            .collect();
        match &kinds[..] {
            [] => format!("{content}::Any"),
            [one] => one.clone(),
            several => {
                let shape = self.path("Shape");
                let branches = several.iter().map(|it| format!("{shape}::keyed({it})"));
                in_line(self.choice(branches, None))
            }
        }
    }

    /// `Content::Object(&[Property::required("id", ..)])`
    fn object(&self, it: &Struct, further: Option<&Xml>) -> Block {
        let content = self.path("Content");
        let fields = place::fields(self.cx.api, it);
        let properties = it
            .fields
            .iter()
            .zip(fields)
            .map(|(field, resolved)| self.property(field, &resolved))
            .collect();
        match &it.additional {
            Additional::Kept(ty) => {
                let further = self.shape(ty, further, "", false);
                let open = format!("{content}::ObjectWith(&[");
                (open, properties, format!("], &{further})"))
            }
            Additional::Skipped | Additional::Denied => {
                (format!("{content}::Object(&["), properties, "])".to_owned())
            }
        }
    }

    fn property(&self, field: &Field, resolved: &Resolved<'_>) -> String {
        let property = self.path("Property");
        let name = &field.wire_name;
        let make = match (field.presence, resolved.node) {
            // Nothing and an empty list look the same, and so do nothing and an empty text.
            (Presence::Required, XmlNode::None | XmlNode::Text | XmlNode::Cdata)
                if place::may_be_empty(resolved) =>
            {
                "or_empty"
            }
            (Presence::Required, _) => "required",
            // OAS 3.2.0, Handling `null` Values.
            (Presence::Nullable, _)
            | (Presence::OptionalNullable, XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata) => {
                "or_null"
            }
            // Most are elements that are called as they are.
            (Presence::Optional | Presence::OptionalNullable, XmlNode::Element)
                if is_called(&resolved.said, name) =>
            {
                let content = self.content(resolved, name);
                return format!("{property}::element({}, {content})", literal(name));
            }
            (Presence::Optional | Presence::OptionalNullable, _) => "optional",
        };
        let shape = self.resolved(resolved, name);
        format!("{property}::{make}({}, {shape})", literal(name))
    }

    /// `Content::Union(&Union { .. })`. `names` says what the branches are called, at the root.
    fn union(&self, it: &Union, names: Option<&Xml>) -> Block {
        let branches = Branches::of(self.cx.api, it, names);
        let tag = it.dispatch.iter().find_map(|(_, choice)| match choice {
            Choice::Tag {
                property, values, ..
            } => Some((property, values)),
            Choice::Only(_) | Choice::Key { .. } | Choice::Trial { .. } => None,
        });
        let tag = tag.map(|(property, values)| {
            let tag = self.path("Tag");
            let content = self.path("Content");
            let kind = match values.first() {
                Some((TagValue::Integer(_), _)) => "Number",
                Some((TagValue::Boolean(_), _)) => "Boolean",
                Some((TagValue::Text(_), _)) | None => "String",
            };
            let values = values.iter().filter_map(|(value, choice)| {
                let index = branches.index(choice.sole()?)?;
                Some(format!("({}, {index})", literal(&value.to_string())))
            });
            let values: Vec<String> = values.collect();
            let (property, values) = (literal(property), values.join(", "));
            format!(
                "{tag} {{ property: {property}, content: {content}::{kind}, values: &[{values}] }}"
            )
        });
        let shapes = branches.all.iter().map(|it| self.resolved(it, ""));
        self.choice(shapes, tag)
    }

    fn choice(&self, branches: impl Iterator<Item = String>, tag: Option<String>) -> Block {
        let content = self.path("Content");
        let union = self.path("Union");
        let tag = tag.map_or_else(|| "None".to_owned(), |tag| format!("Some({tag})"));
        let open = format!("{content}::Union(&{union} {{ tag: {tag}, branches: &[");
        (open, branches.collect(), "] })".to_owned())
    }
}

/// Whether a node has this name, without a prefix and a namespace.
fn is_called(said: &Xml, name: &str) -> bool {
    let own = said.name.as_deref().unwrap_or(name);
    own == name && !name.is_empty() && said.prefix.is_none() && said.namespace.is_none()
}
