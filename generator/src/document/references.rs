//! Where references may stand, and where they lead.
//!
//! A `$ref` is a reference only where the specification puts a Reference Object or a schema: in an example, a
//! default or an extension it is data. [`walk`] therefore goes through a tree with the specification's
//! grammar in hand, and through nothing that is data. The grammar is that of all versions together.

use std::collections::HashMap;

use super::pointer::push_segment;
use super::{FileId, JsonPointer, Node, NodeId, Value};

/// What the specification expects at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The root of an entry document
    Document,
    /// `components`
    Components,
    /// A path item
    PathItem,
    /// An operation
    Operation,
    /// A parameter
    Parameter,
    /// A request body
    RequestBody,
    /// A media type
    MediaType,
    /// An encoding
    Encoding,
    /// A response
    Response,
    /// A header
    Header,
    /// An example
    Example,
    /// A link
    Link,
    /// A callback
    Callback,
    /// A security scheme
    SecurityScheme,
    /// A schema
    Schema,
    /// A discriminator
    Discriminator,
    /// What a schema says of XML
    Xml,
    /// A name or reference of a schema, as a string: the values of a discriminator's `mapping`
    SchemaName,
}

impl Kind {
    /// The kind in the words of a message: "schema".
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Components => "components object",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Response => "response",
            Self::Header => "header",
            Self::Example => "example",
            Self::Link => "link",
            Self::Callback => "callback",
            Self::SecurityScheme => "security scheme",
            Self::Schema | Self::SchemaName => "schema",
            Self::Discriminator => "discriminator",
            Self::Xml => "XML object",
        }
    }
}

impl Kind {
    /// Whether the rest of a document is of use without what a reference of this kind leads to. An operation
    /// is left out without its parameter, but no client does right without a security scheme.
    #[must_use]
    pub fn is_dispensable(self) -> bool {
        match self {
            Self::Schema
            | Self::SchemaName
            | Self::PathItem
            | Self::Parameter
            | Self::RequestBody
            | Self::Response
            | Self::Header
            | Self::Example
            | Self::Link
            | Self::Callback => true,
            Self::Document
            | Self::Components
            | Self::Operation
            | Self::MediaType
            | Self::Encoding
            | Self::SecurityScheme
            | Self::Discriminator
            | Self::Xml => false,
        }
    }
}

/// What the specification expects under a key.
#[derive(Clone, Copy)]
enum Shape {
    /// One node, or a list of nodes where the specification has allowed both.
    One(Kind),
    /// A mapping from names to nodes.
    Map(Kind),
    /// A mapping from names to nodes, in which `x-*` are extensions.
    Patterned(Kind),
}

/// What stands under `key` in an object of a kind; `None` for what holds no reference.
fn shape(kind: Kind, key: &str) -> Option<Shape> {
    use Kind::{
        Callback, Components, Discriminator, Encoding, Example, Header, Link, MediaType, Operation,
    };
    use Kind::{Parameter, PathItem, RequestBody, Response, Schema, SchemaName, SecurityScheme};
    use Shape::{Map, One, Patterned};
    Some(match (kind, key) {
        (Kind::Document, "components") => One(Components),
        (Kind::Document, "paths") => Patterned(PathItem),
        (Kind::Document, "webhooks") | (Components, "pathItems") => Map(PathItem),
        (Kind::Document | Components, "parameters") => Map(Parameter),
        (Kind::Document | Components, "responses") => Map(Response),
        (Components, "securitySchemes") | (Kind::Document, "securityDefinitions") => {
            Map(SecurityScheme)
        }
        (Components, "requestBodies") => Map(RequestBody),
        (Components | Response | Encoding, "headers") => Map(Header),
        (Components | Response, "links") => Map(Link),
        (Components | Operation, "callbacks") => Map(Callback),
        (Components | Parameter | Header | MediaType, "examples") => Map(Example),
        (PathItem | Operation, "parameters") => One(Parameter),
        (
            PathItem,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query",
        ) => One(Operation),
        (PathItem, "additionalOperations") => Map(Operation),
        (Callback, key) if !is_extension(key) => One(PathItem),
        (Operation, "requestBody") => One(RequestBody),
        (Operation, "responses") => Patterned(Response),
        (Parameter | RequestBody | Response | Header, "content") | (Components, "mediaTypes") => {
            Map(MediaType)
        }
        (Parameter | Header | MediaType | Response, "schema") | (MediaType, "itemSchema") => {
            One(Schema)
        }
        (MediaType | Encoding, "encoding") => Map(Encoding),
        (MediaType | Encoding, "prefixEncoding" | "itemEncoding") => One(Encoding),
        // In 2.0 the keywords of a schema stand in a parameter or header itself, and `items` may hold more.
        (Parameter | Header, "items") => One(Schema),
        (Kind::Document, "definitions")
        | (Components, "schemas")
        | (
            Schema,
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
            | "dependencies",
        ) => Map(Schema),
        (Schema, key) if SCHEMA_KEYWORDS.contains(&key) => One(Schema),
        (Schema, "discriminator") => One(Discriminator),
        (Schema, "xml") => One(Kind::Xml),
        (Discriminator, "mapping") => Map(SchemaName),
        (Discriminator, "defaultMapping") => One(SchemaName),
        _ => return None,
    })
}

/// The keywords of a schema whose value is a schema or a list of schemas.
const SCHEMA_KEYWORDS: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// A reference that was found.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The node that stands for what it leads to: the mapping that holds `$ref`, or a string of `mapping`.
    pub node: &'a Node,
    /// The string that says where it leads.
    pub text: &'a Node,
    /// What the specification expects there.
    pub kind: Kind,
    /// Where [`text`](Self::text) stands.
    pub pointer: JsonPointer,
}

/// Which nodes a walk has been at, and as what; a walk goes nowhere twice.
#[derive(Debug, Default)]
pub struct Visited(Vec<u32>);

impl Visited {
    /// Whether this is the first time.
    fn first(&mut self, node: NodeId, kind: Kind) -> bool {
        let index = node.0 as usize;
        if index >= self.0.len() {
            self.0.resize(index + 1, 0);
        }
        let bit = 1 << kind as u32;
        let first = self.0[index] & bit == 0;
        self.0[index] |= bit;
        first
    }
}

/// Goes through a node as the specification reads it, and gives every reference in it to `found`.
///
/// A mapping that holds `$ref` where names are expected is a reference too: `paths: { $ref: paths.yaml }` is
/// not in the specification, but in use.
pub fn walk<'a>(
    node: &'a Node,
    pointer: &JsonPointer,
    kind: Kind,
    visited: &mut Visited,
    found: &mut dyn FnMut(Found<'a>),
) {
    walk_objects(node, pointer, kind, visited, found, &mut |_, _, _| ());
}

/// Goes through a node as [`walk`] does, and gives every object in it to `met` besides, with its kind and pointer.
pub fn walk_objects<'a>(
    node: &'a Node,
    pointer: &JsonPointer,
    kind: Kind,
    visited: &mut Visited,
    found: &mut dyn FnMut(Found<'a>),
    met: &mut dyn FnMut(&'a Node, Kind, &str),
) {
    let mut walk = Walk {
        pointer: pointer.as_str().to_owned(),
        visited,
        found,
        met,
    };
    walk.one(node, kind);
}

/// A walk under way.
struct Walk<'a, 'w> {
    /// The pointer to the node at hand.
    pointer: String,
    visited: &'w mut Visited,
    found: &'w mut dyn FnMut(Found<'a>),
    met: &'w mut dyn FnMut(&'a Node, Kind, &str),
}

impl<'a> Walk<'a, '_> {
    /// A node of a kind, or a list of them.
    fn one(&mut self, node: &'a Node, kind: Kind) {
        match &node.value {
            Value::Mapping(_) => self.object(node, kind),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    if matches!(item.value, Value::Mapping(_)) {
                        self.below(&index.to_string(), |walk| walk.object(item, kind));
                    }
                }
            }
            Value::String(_) if kind == Kind::SchemaName => self.report(node, node, kind),
            Value::String(_) | Value::Null | Value::Boolean(_) | Value::Number(_) => {}
        }
    }

    fn object(&mut self, node: &'a Node, kind: Kind) {
        if !self.visited.first(node.id, kind) {
            return;
        }
        (self.met)(node, kind, &self.pointer);
        if let Some((key, text)) = reference(node) {
            self.below(key, |walk| walk.report(node, text, kind));
        }
        for entry in node.entries() {
            match shape(kind, &entry.key) {
                Some(Shape::One(kind)) => {
                    self.below(&entry.key, |walk| walk.one(&entry.value, kind));
                }
                Some(Shape::Map(kind)) => {
                    self.below(&entry.key, |walk| walk.map(&entry.value, kind, false));
                }
                Some(Shape::Patterned(kind)) => {
                    self.below(&entry.key, |walk| walk.map(&entry.value, kind, true));
                }
                None => {}
            }
        }
    }

    fn map(&mut self, node: &'a Node, kind: Kind, patterned: bool) {
        if let Some((key, text)) = reference(node) {
            self.below(key, |walk| walk.report(node, text, kind));
        }
        for entry in node.entries() {
            if !(patterned && is_extension(&entry.key)) {
                self.below(&entry.key, |walk| walk.one(&entry.value, kind));
            }
        }
    }

    fn below(&mut self, key: &str, read: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        push_segment(&mut self.pointer, key);
        read(self);
        self.pointer.truncate(length);
    }

    fn report(&mut self, node: &'a Node, text: &'a Node, kind: Kind) {
        let pointer = JsonPointer::from_text(&self.pointer);
        (self.found)(Found {
            node,
            text,
            kind,
            pointer,
        });
    }
}

/// The string under `$ref` or `$dynamicRef`, if a node has one.
#[must_use]
pub fn reference_text(node: &Node) -> Option<&Node> {
    reference(node).map(|(_, text)| text)
}

/// The reference that a node is, and under which key it stands. A `$dynamicRef` (JSON Schema 2020-12, Core,
/// section 8.2.3.2) leads where a `$ref` of the same text does; `normalize` knows better where that depends on the way to
/// it.
fn reference(node: &Node) -> Option<(&'static str, &Node)> {
    let mut dynamic = None;
    for entry in node.entries() {
        if !matches!(entry.value.value, Value::String(_)) {
            continue;
        }
        match &*entry.key {
            "$ref" => return Some(("$ref", &entry.value)),
            "$dynamicRef" => dynamic = Some(("$dynamicRef", &entry.value)),
            _ => {}
        }
    }
    dynamic
}

/// Where every reference of a spec leads, one step each. What leads nowhere is not in it, and reported.
#[derive(Debug, Default)]
pub struct References<'a> {
    /// By [`Found::node`].
    pub targets: HashMap<NodeId, Target<'a>>,
}

/// Where a reference leads.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// The file.
    pub file: FileId,
    /// The node in it.
    pub node: &'a Node,
    /// The pointer to the node.
    pub pointer: JsonPointer,
}

/// Where references lead, by the nodes that have them: what [`References`] say, without a hold on the tree.
#[derive(Debug, Default)]
pub struct Links(HashMap<NodeId, Link>);

/// Where a reference leads.
#[derive(Clone, Debug)]
pub struct Link {
    /// The file.
    pub file: FileId,
    /// The node in it.
    pub node: NodeId,
    /// The pointer to the node.
    pub pointer: JsonPointer,
}

impl Links {
    /// Where the reference at a node leads. `None` when it leads nowhere.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<&Link> {
        self.0.get(&node)
    }
}

impl<'a> References<'a> {
    /// The same, without a hold on the tree.
    #[must_use]
    pub fn links(&self) -> Links {
        let link = |target: &Target<'_>| Link {
            file: target.file,
            node: target.node.id,
            pointer: target.pointer.clone(),
        };
        let targets = self.targets.iter();
        Links(
            targets
                .map(|(node, target)| (*node, link(target)))
                .collect(),
        )
    }

    /// Where the reference at a node leads. `None` when it leads nowhere.
    #[must_use]
    pub fn target(&self, node: NodeId) -> Option<&Target<'a>> {
        self.targets.get(&node)
    }
}
