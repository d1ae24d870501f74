//! Elements that are written and read.

/// An element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// The name: with its prefix for writing, without it after reading.
    pub(super) name: String,
    /// The attributes, with names in the same form. Declarations of namespaces are not kept when reading.
    pub(super) attributes: Vec<(String, String)>,
    /// The content. After reading, no two texts are adjacent.
    pub(super) nodes: Vec<Child>,
    /// Set if the element stands for null (`xsi:nil`).
    pub(super) nil: bool,
}

/// The content of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Child {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
    /// A CDATA section.
    Cdata(String),
}

impl Child {
    /// Returns the text, if the node is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Element(_) => None,
            Self::Text(text) | Self::Cdata(text) => Some(text),
        }
    }

    /// Returns the element, if the node is one.
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) | Self::Cdata(_) => None,
        }
    }
}

impl Element {
    /// Returns an empty element.
    pub(super) fn new(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// Returns the child elements.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(Child::element)
    }

    /// Returns an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns `true` if the element contains text.
    pub(super) fn has_text(&self) -> bool {
        self.nodes.iter().any(|node| node.text().is_some())
    }

    /// Returns all text of the element, without the text of child elements.
    pub(super) fn text(&self) -> String {
        self.nodes.iter().filter_map(Child::text).collect()
    }

    /// Adds text that was read.
    pub(super) fn add_text(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => self.nodes.push(Child::Text(text.to_owned())),
        }
    }

    /// Adds a CDATA section that was read. A text that contains `]]>` takes several.
    pub(super) fn add_cdata(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Child::Cdata(before)) => before.push_str(text),
            _ => self.nodes.push(Child::Cdata(text.to_owned())),
        }
    }

    /// Removes white space between other nodes, which is only indentation.
    pub(super) fn drop_indentation(&mut self) {
        if self.nodes.len() > 1 {
            let is_blank =
                |node: &Child| matches!(node, Child::Text(text) if text.chars().all(is_space));
            self.nodes.retain(|node| !is_blank(node));
        }
    }
}

/// Returns `true` if a character is white space (XML 1.0, production S).
pub(super) fn is_space(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\r')
}
