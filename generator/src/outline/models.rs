//! Models: structs, enumerations, unions, and other names of types.

use super::source::Source;
use super::text::{argument, digest, docs, json, model, serialization, ty, xml};
use super::{Fact, Node, NodeKind, Ty};
use crate::document::Place;
use crate::ir::{
    self, Additional, EnumerationValues, ItemId, ItemKind, JsonType, PartEncoding, Presence,
};
use crate::shape::{self, Constructor, Kind, Member};

/// A model; `None` for what is not written.
pub(super) fn item(cx: &Source<'_>, id: ItemId, features: &[String]) -> Option<Node> {
    let (ir, it) = (&cx.api[id], &cx.shape[id]);
    let path = format!("{}::models::{}", cx.module, it.name);
    let node = Node::new(NodeKind::Item, it.name.as_str(), path)
        .at(&ir.origin.place)
        .key(ir.origin.place.pointer.to_string())
        .maybe(
            Fact::Features,
            (!features.is_empty()).then(|| features.to_vec()),
        );
    let (node, children) = match (&it.kind, &ir.kind) {
        (Kind::Omitted, _) => return None,
        (Kind::Twin(of), _) => {
            let target = Ty::Model(model(cx.shape, *of));
            (
                node.fact(Fact::Kind, "alias").fact(Fact::Type, target),
                Vec::new(),
            )
        }
        (Kind::Alias(target), _) => {
            let target = ty(cx.shape, target);
            (
                node.fact(Fact::Kind, "alias").fact(Fact::Type, target),
                Vec::new(),
            )
        }
        (Kind::Struct(it), ItemKind::Struct(ir)) => structure(cx, node, it, ir),
        (Kind::Enumeration(it), ItemKind::Enumeration(ir)) => enumeration(node, it, ir),
        (Kind::Union(it), ItemKind::Union(ir)) => union(cx, node, it, ir),
        // A shape has the kind of what it is the shape of.
        (Kind::Struct(_) | Kind::Enumeration(_) | Kind::Union(_), _) => (node, Vec::new()),
    };
    let node = node
        .maybe(Fact::Xml, xml(ir.xml.as_deref()))
        .flag(Fact::Deprecated, ir.deprecated)
        .fact(Fact::Docs, docs(&ir.docs, &json(&ir.examples)));
    Some(Node { children, ..node })
}

fn structure(
    cx: &Source<'_>,
    node: Node,
    it: &shape::Struct,
    ir: &ir::Struct,
) -> (Node, Vec<Node>) {
    let additional = match (&ir.additional, &it.rest) {
        // The field tells of their type.
        (_, Some(_)) => "kept",
        (Additional::Denied, None) => "not allowed",
        (Additional::Skipped | Additional::Kept(_), None) => "skipped",
    };
    let traits: Vec<String> = it.derives.iter().map(|it| (*it).to_owned()).collect();
    let mut node = node
        .fact(Fact::Kind, "struct")
        .fact(Fact::Traits, traits)
        .maybe(Fact::Signature, constructor(cx, it, &it.constructor))
        .flag(
            Fact::IsStruct,
            matches!(it.constructor, Constructor::Named(_)),
        );
    if let Some(mock) = &it.mock_constructor {
        node = node.maybe(Fact::MockSignature, constructor(cx, it, mock));
    }
    let node = node.fact(Fact::Additional, additional);
    let members = it.members.iter().zip(&ir.fields).enumerate();
    let mut children: Vec<Node> = members
        .map(|(index, (member, field))| {
            let part = ir.parts.as_ref().and_then(|it| it.fields.get(index));
            match member {
                Member::Field(it) => self::field(cx, &node, it, field, part),
                Member::Constant(it) => constant(&node, it, field),
            }
        })
        .collect();
    if let Some((name, ty)) = &it.rest {
        let ty = self::ty(cx.shape, &ty.clone().map());
        let path = format!("{}.{name}", node.path);
        let field = Node::new(NodeKind::Field, name.as_str(), path)
            .key("the rest")
            .fact(Fact::Type, ty);
        let origin = node.origin.as_ref().map(|place| Place {
            pointer: place.pointer.child("additionalProperties"),
            ..place.clone()
        });
        children.push(Node { origin, ..field });
    }
    (node, children)
}

/// The arguments of a constructor, if there is one.
fn constructor(
    cx: &Source<'_>,
    it: &shape::Struct,
    constructor: &Constructor,
) -> Option<Vec<(String, Ty)>> {
    let is_named = match constructor {
        Constructor::None => return None,
        Constructor::Empty | Constructor::Positional => false,
        Constructor::Named(_) => true,
    };
    let arguments = it.required().map(|(_, field)| {
        let ty = if is_named {
            ty(cx.shape, &field.ty)
        } else {
            argument(cx.shape, &field.argument)
        };
        (field.name.as_str().to_owned(), ty)
    });
    Some(arguments.collect())
}

/// Where a property stands. What is only a reference has the place of what it refers to.
fn property(of: &Node, ir: &ir::Field) -> Place {
    let place = &ir.origin.place;
    let segments: Vec<_> = place.pointer.segments().collect();
    let is_property = matches!(&segments[..], [.., parent, name]
        if parent == "properties" && *name == *ir.wire_name);
    match &of.origin {
        Some(item) if !is_property => Place {
            pointer: item.pointer.child("properties").child(&ir.wire_name),
            ..item.clone()
        },
        _ => place.clone(),
    }
}

fn field(
    cx: &Source<'_>,
    of: &Node,
    it: &shape::Field,
    ir: &ir::Field,
    part: Option<&ir::Part>,
) -> Node {
    let setter = it.setter.as_ref();
    let setter = setter.map(|name| format!("{name}({})", argument(cx.shape, &it.argument)));
    Node::new(
        NodeKind::Field,
        it.name.as_str(),
        format!("{}.{}", of.path, it.name),
    )
    .at(&property(of, ir))
    .key(ir.wire_name.clone())
    .fact(Fact::Type, ty(cx.shape, &it.ty))
    .maybe(Fact::Setter, setter)
    .fact(Fact::WireName, ir.wire_name.as_str())
    .fact(Fact::Presence, presence(ir.presence))
    .flag(Fact::ReadOnly, ir.read_only)
    .flag(Fact::WriteOnly, ir.write_only)
    .maybe(Fact::Xml, xml(ir.xml.as_deref()))
    .maybe(Fact::Part, part.map(self::part))
    .maybe(Fact::Default, ir.default.as_ref().map(ToString::to_string))
    .flag(Fact::Deprecated, ir.deprecated)
    .maybe(
        Fact::Constraints,
        (!ir.constraints.is_empty()).then(|| ir.constraints.clone()),
    )
    .fact(Fact::Docs, docs(&ir.docs, &json(&ir.examples)))
}

fn constant(of: &Node, it: &shape::Constant, ir: &ir::Field) -> Node {
    Node::new(NodeKind::Constant, ir.wire_name.as_str(), &*of.path)
        .at(&property(of, ir))
        .fact(Fact::WireValue, it.value.to_string())
        .fact(Fact::WireName, ir.wire_name.as_str())
        .fact(Fact::Presence, presence(ir.presence))
        .maybe(Fact::Xml, xml(ir.xml.as_deref()))
        .fact(Fact::Docs, docs(&ir.docs, &()))
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Nullable => "required, may be null",
        Presence::Optional => "optional",
        Presence::OptionalNullable => "optional, may be null",
    }
}

/// How a property is written as a part of a multipart body.
fn part(part: &ir::Part) -> String {
    let encoding = match &part.encoding {
        PartEncoding::File => "bytes".to_owned(),
        PartEncoding::Text => "text".to_owned(),
        PartEncoding::Json => "JSON".to_owned(),
        PartEncoding::Value => "text or JSON".to_owned(),
        PartEncoding::Style(style) => serialization(style),
    };
    let media_type = part.media_type.iter();
    let transfer = part.transfer_encoding.iter();
    let more = media_type.chain(transfer).chain(&part.headers);
    more.fold(encoding, |text, it| format!("{text}, {it}"))
}

/// The traits that the runtime's macros implement for enumerations of such values.
pub(super) fn traits_of_enumeration(of: &str) -> Vec<String> {
    let traits: &[&str] = match of {
        "strings" => &[
            "Clone",
            "Debug",
            "PartialEq",
            "Eq",
            "Hash",
            "Display",
            "FromStr",
            "AsRef<str>",
            "From<&str>",
            "From<String>",
        ],
        "integers" => &[
            "Clone",
            "Copy",
            "Debug",
            "PartialEq",
            "Eq",
            "Hash",
            "Display",
            "From<i64>",
        ],
        _ => &["Clone", "Debug", "PartialEq", "Eq", "Hash", "From<Value>"],
    };
    traits.iter().map(|it| (*it).to_owned()).collect()
}

fn enumeration(node: Node, it: &shape::Enumeration, ir: &ir::Enumeration) -> (Node, Vec<Node>) {
    let about = |it: &Option<String>| format!("{it:?}");
    let (of, values): (_, Vec<(String, String)>) = match &ir.values {
        EnumerationValues::Strings(them) => {
            let values = them.iter();
            let json = |it: &str| ir::Value::from(it).to_string();
            let values = values.map(|it| (json(&it.value), about(&it.description)));
            ("strings", values.collect())
        }
        EnumerationValues::Integers(them) => {
            let values = them.iter();
            let values = values.map(|it| (it.value.to_string(), about(&it.description)));
            ("integers", values.collect())
        }
        EnumerationValues::Mixed(them) => {
            let values = them.iter();
            let values = values.map(|it| (it.value.to_string(), about(&it.description)));
            ("values", values.collect())
        }
    };
    let node = node
        .fact(Fact::Kind, format!("enum of {of}"))
        .fact(Fact::Traits, traits_of_enumeration(of));
    let variants = it.variants.iter().zip(values);
    let children = variants.map(|(variant, (value, about))| {
        let path = format!("{}::{}", node.path, variant.name);
        let child = Node::new(NodeKind::Variant, variant.name.as_str(), path)
            .key(value.clone())
            .fact(Fact::WireValue, value)
            .fact(Fact::Docs, digest(&about));
        Node {
            origin: node.origin.clone(),
            ..child
        }
    });
    let children = children.collect();
    (node, children)
}

fn union(cx: &Source<'_>, node: Node, it: &shape::Union, ir: &ir::Union) -> (Node, Vec<Node>) {
    let traits: Vec<String> = it.derives.iter().map(|it| (*it).to_owned()).collect();
    let branch = |index: usize| {
        let variant = it.variants.get(index);
        variant.map_or_else(String::new, |it| it.name.as_str().to_owned())
    };
    let decided = ir.dispatch.iter();
    let decided: Vec<(String, String)> = decided
        .map(|(json, choice)| (json_type(*json).to_owned(), self::choice(choice, &branch)))
        .collect();
    let node = node
        .fact(Fact::Kind, "enum of types")
        .fact(Fact::Traits, traits)
        .fact(Fact::Dispatch, decided);
    let variants = it.variants.iter().zip(&ir.branches);
    let children = variants.map(|(variant, ir)| {
        let path = format!("{}::{}", node.path, variant.name);
        let variant_node = Node::new(NodeKind::Variant, variant.name.as_str(), path);
        let place = &ir.origin.place;
        // A branch that is a reference stands in the list of the union.
        let variant_node = match &node.origin {
            Some(union) if !place.is_inside(union) => {
                variant_node.at(union).key(place.pointer.to_string())
            }
            _ => variant_node.at(place),
        };
        variant_node
            .fact(Fact::Type, ty(cx.shape, &variant.ty))
            .flag(Fact::From, variant.from.is_some())
            .maybe(Fact::Xml, xml(ir.xml.as_deref()))
            .fact(Fact::Docs, docs(&ir.docs, &()))
    });
    let children = children.collect();
    (node, children)
}

fn json_type(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// How a branch is chosen: `kind: "cat" is Cat, "dog" is Dog`.
fn choice(choice: &ir::Choice, branch: &impl Fn(usize) -> String) -> String {
    let list = |branches: &[usize]| {
        let names: Vec<String> = branches.iter().map(|it| branch(*it)).collect();
        names.join(" | ")
    };
    match choice {
        ir::Choice::Only(index) => branch(*index),
        ir::Choice::Tag {
            property,
            values,
            other,
            absent,
        } => {
            let values = values.iter();
            let values =
                values.map(|(value, it)| format!("`{value}` is {}", self::choice(it, branch)));
            let other = other
                .iter()
                .map(|it| format!("others are {}", self::choice(it, branch)));
            let absent = absent
                .iter()
                .map(|it| format!("without it {}", self::choice(it, branch)));
            let all: Vec<String> = values.chain(other).chain(absent).collect();
            format!("by `{property}`: {}", all.join(", "))
        }
        ir::Choice::Key { keys, otherwise } => {
            let keys = keys.iter();
            let keys = keys.map(|(key, index)| format!("with `{key}` {}", branch(*index)));
            let otherwise = otherwise.iter().map(|it| format!("else {}", branch(*it)));
            keys.chain(otherwise).collect::<Vec<_>>().join(", ")
        }
        ir::Choice::Trial { branches, fallback } => {
            if fallback.is_empty() {
                format!("by trial of {}", list(branches))
            } else {
                format!("by trial of {}, then of {}", list(branches), list(fallback))
            }
        }
    }
}
