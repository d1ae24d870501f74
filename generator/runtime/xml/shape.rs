//! How the values of a type stand in XML: plain data, written by the generator.

/// Which node of an XML document a value is, and what stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The node.
    pub node: Node,
    /// What stands in it.
    pub content: Content,
}

/// Which node a value is (OAS 3.2.0, XML Node Types).
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// An element.
    Element(Name),
    /// An attribute of the element around it.
    Attribute(Name),
    /// Text in the element around it.
    Text,
    /// A CDATA section in the element around it.
    Cdata,
    /// None: what is in the value stands in the element around it.
    Inline,
}

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its local part. When empty, the name is the key of the map that the value is in.
    pub local: &'static str,
    /// Its prefix.
    pub prefix: Option<&'static str>,
    /// Its namespace, which is declared where the name stands.
    pub namespace: Option<&'static str>,
}

/// What stands in a node.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Text.
    String,
    /// A number, as JSON and XML Schema write it.
    Number,
    /// `true` or `false`; `1` and `0` are read, too.
    Boolean,
    /// Anything: properties are elements, items are elements of one name, and whatever is read is text.
    Any,
    /// An object. Properties that it does not declare are skipped when read.
    Object(&'static [Property]),
    /// An object with further properties, which are called after their keys.
    ObjectWith(&'static [Property], &'static Shape),
    /// The items of an array.
    List(&'static Shape),
    /// The places of an array, in order.
    Tuple(&'static [Shape]),
    /// The values of a map, which are called after their keys.
    Map(&'static Shape),
    /// A value of one of several types.
    Union(&'static Union),
    /// What another table says.
    Of(&'static Content),
    /// Another node for the same value.
    Nested(&'static Shape),
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name in JSON.
    pub name: &'static str,
    /// Its place in XML.
    pub shape: Shape,
    /// What it means that there is no such node.
    pub absent: Absent,
}

/// What it means that a property has no node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// That it is left out.
    Omitted,
    /// That something is wrong.
    Wrong,
    /// That it is null (OAS 3.2.0, Handling `null` Values).
    Null,
    /// That it is an empty list or an empty text, of which no node can tell.
    Empty,
}

/// A value of one of several types.
///
/// XML does not say which: it is the branch that the tag names, or else the one for which the fewest nodes and
/// properties would be left over or be missing. A text is a number or a boolean if it looks like one and some branch
/// is; the earlier of two branches that fit alike counts.
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
    /// Its name in JSON.
    pub property: &'static str,
    /// What it is: text, a number or a boolean.
    pub content: Content,
    /// Its values as texts, and the branches that they stand for.
    pub values: &'static [(&'static str, usize)],
}

impl Shape {
    /// Returns a value that is an element.
    #[must_use]
    pub const fn element(name: &'static str, content: Content) -> Self {
        Self::new(Node::Element(Name::new(name)), content)
    }

    /// Returns a value that is an attribute.
    #[must_use]
    pub const fn attribute(name: &'static str, content: Content) -> Self {
        Self::new(Node::Attribute(Name::new(name)), content)
    }

    /// Returns a value that is text.
    #[must_use]
    pub const fn text(content: Content) -> Self {
        Self::new(Node::Text, content)
    }

    /// Returns a value that is a CDATA section.
    #[must_use]
    pub const fn cdata(content: Content) -> Self {
        Self::new(Node::Cdata, content)
    }

    /// Returns a value that has no node of its own.
    #[must_use]
    pub const fn inline(content: Content) -> Self {
        Self::new(Node::Inline, content)
    }

    /// Returns a value of a map, which is called after its key.
    #[must_use]
    pub const fn keyed(content: Content) -> Self {
        Self::element("", content)
    }

    const fn new(node: Node, content: Content) -> Self {
        Self { node, content }
    }

    /// Returns the same with a prefix before the name.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        if let Node::Element(name) | Node::Attribute(name) = &mut self.node {
            name.prefix = Some(prefix);
        }
        self
    }

    /// Returns the same in a namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        if let Node::Element(name) | Node::Attribute(name) = &mut self.node {
            name.namespace = Some(namespace);
        }
        self
    }
}

impl Content {
    /// Returns the content itself, where this is another name for it.
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

    /// Returns a property that may be left out, and is an element of its name.
    #[must_use]
    pub const fn element(name: &'static str, content: Content) -> Self {
        Self::optional(name, Shape::element(name, content))
    }

    /// Returns a property that is always there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, Absent::Wrong)
    }

    /// Returns a property that is null where it has no node.
    #[must_use]
    pub const fn or_null(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, Absent::Null)
    }

    /// Returns a property that is empty where it has no node.
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
