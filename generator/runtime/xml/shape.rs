//! The XML shapes of types as plain data, written by the generator.

/// The XML shape of a value: its node and the content of the node.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The node.
    pub node: Node,
    /// The content.
    pub content: Content,
}

/// The node of a value (OAS 3.2.0, XML Node Types).
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// An element.
    Element(Name),
    /// An attribute of the enclosing element.
    Attribute(Name),
    /// Text in the enclosing element.
    Text,
    /// A CDATA section in the enclosing element.
    Cdata,
    /// None: the content of the value is in the enclosing element.
    Inline,
}

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The local part. If it is empty, the name is the key of the enclosing map.
    pub local: &'static str,
    /// The prefix.
    pub prefix: Option<&'static str>,
    /// The namespace, which is declared on the node itself.
    pub namespace: Option<&'static str>,
}

/// The content of a node.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Text.
    String,
    /// A number, as in JSON and XML Schema.
    Number,
    /// `true` or `false`. `1` and `0` are read, too.
    Boolean,
    /// Any value: properties are elements, items are elements with the same name, and everything that is read is text.
    Any,
    /// An object. Undeclared properties are skipped when reading.
    Object(&'static [Property]),
    /// An object with further properties, which are named after their keys.
    ObjectWith(&'static [Property], &'static Shape),
    /// The items of an array.
    List(&'static Shape),
    /// The items of a tuple, in order.
    Tuple(&'static [Shape]),
    /// The values of a map, which are named after their keys.
    Map(&'static Shape),
    /// A value of one of several types.
    Union(&'static Union),
    /// The content of another table.
    Of(&'static Content),
    /// Another node for the same value.
    Nested(&'static Shape),
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The name in JSON.
    pub name: &'static str,
    /// The shape in XML.
    pub shape: Shape,
    /// The meaning of a missing node.
    pub absent: Absent,
}

/// The meaning of a property without a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The property is left out.
    Omitted,
    /// The node is required.
    Wrong,
    /// The property is null (OAS 3.2.0, Handling `null` Values).
    Null,
    /// The property is an empty list or an empty text, which have no node.
    Empty,
}

/// A value of one of several types.
///
/// XML does not give the type. The value is of the branch that the tag names, or of the branch with the fewest nodes
/// and properties left over or missing. A text is a number or a boolean if it looks like one and there is such a
/// branch. If two branches fit equally well, the first one counts.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// The property that names the branch.
    pub tag: Option<Tag>,
    /// The branches.
    pub branches: &'static [Shape],
}

/// The property that names the branch of a union.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// The name in JSON.
    pub property: &'static str,
    /// The content: text, a number or a boolean.
    pub content: Content,
    /// The values as texts, each with the index of its branch.
    pub values: &'static [(&'static str, usize)],
}

impl Shape {
    /// Returns the shape of an element.
    #[must_use]
    pub const fn element(name: &'static str, content: Content) -> Self {
        Self::new(Node::Element(Name::new(name)), content)
    }

    /// Returns the shape of an attribute.
    #[must_use]
    pub const fn attribute(name: &'static str, content: Content) -> Self {
        Self::new(Node::Attribute(Name::new(name)), content)
    }

    /// Returns the shape of text.
    #[must_use]
    pub const fn text(content: Content) -> Self {
        Self::new(Node::Text, content)
    }

    /// Returns the shape of a CDATA section.
    #[must_use]
    pub const fn cdata(content: Content) -> Self {
        Self::new(Node::Cdata, content)
    }

    /// Returns the shape of a value without its own node.
    #[must_use]
    pub const fn inline(content: Content) -> Self {
        Self::new(Node::Inline, content)
    }

    /// Returns the shape of a value in a map, which is named after its key.
    #[must_use]
    pub const fn keyed(content: Content) -> Self {
        Self::element("", content)
    }

    const fn new(node: Node, content: Content) -> Self {
        Self { node, content }
    }

    /// Sets the prefix of the name.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        if let Node::Element(name) | Node::Attribute(name) = &mut self.node {
            name.prefix = Some(prefix);
        }
        self
    }

    /// Sets the namespace of the name.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        if let Node::Element(name) | Node::Attribute(name) = &mut self.node {
            name.namespace = Some(namespace);
        }
        self
    }
}

impl Content {
    /// Returns the content itself, resolving references to other tables.
    #[must_use]
    pub const fn resolved(&self) -> &Self {
        match self {
            Self::Of(content) => content.resolved(),
            content => content,
        }
    }
}

impl Name {
    const fn new(local: &'static str) -> Self {
        Self {
            local,
            prefix: None,
            namespace: None,
        }
    }
}

impl Property {
    /// Returns a property that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, Absent::Omitted)
    }

    /// Returns a property that may be left out and is an element with its name.
    #[must_use]
    pub const fn element(name: &'static str, content: Content) -> Self {
        Self::optional(name, Shape::element(name, content))
    }

    /// Returns a required property.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, Absent::Wrong)
    }

    /// Returns a property that is null if it has no node.
    #[must_use]
    pub const fn or_null(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, Absent::Null)
    }

    /// Returns a property that is empty if it has no node.
    #[must_use]
    pub const fn or_empty(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, Absent::Empty)
    }

    const fn new(name: &'static str, shape: Shape, absent: Absent) -> Self {
        Self {
            name,
            shape,
            absent,
        }
    }
}
