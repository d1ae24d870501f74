//! OAS 3.2.0, XML Object, in which those of older versions are expressed.

/// How the values of a schema look as XML, as far as it is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// `nodeType`, or `attribute: true` of older versions.
    pub node: Option<XmlNode>,
    /// `wrapped: true` of older versions: an array has an element of its own. Says nothing of other schemas.
    pub wrapped: bool,
    /// `name`, of the element or attribute.
    pub name: Option<String>,
    /// `namespace`
    pub namespace: Option<String>,
    /// `prefix`
    pub prefix: Option<String>,
}

/// Which node of an XML document a value is (OAS 3.2.0, XML Node Types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlNode {
    /// `element`
    Element,
    /// `attribute`
    Attribute,
    /// `text`
    Text,
    /// `cdata`
    Cdata,
    /// `none`: what is in the value stands in the element around it.
    None,
}

impl XmlNode {
    /// Every node type.
    pub const ALL: [Self; 5] = [
        Self::Element,
        Self::Attribute,
        Self::Text,
        Self::Cdata,
        Self::None,
    ];

    /// The node type as `nodeType` has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Text => "text",
            Self::Cdata => "cdata",
            Self::None => "none",
        }
    }
}
