//! How values look as XML, as far as a document says so.

use std::fmt;

pub use crate::model::XmlNode;

/// How a value looks as XML, as far as a document says so (OAS 3.2.0, XML Object). Where it says nothing, a value is an
/// element that is called as its property, and the items of an array are such elements each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// Which node it is.
    pub node: Option<XmlNode>,
    /// The name of the element or attribute.
    pub name: Option<String>,
    /// The namespace of the name.
    pub namespace: Option<String>,
    /// The prefix before the name.
    pub prefix: Option<String>,
    /// The same for what is in it: the items of an array, the places of a tuple by index, the values of a map, the
    /// further properties of a struct, the branches of a union by index. Empty when nothing is said of any.
    pub inner: Vec<Xml>,
}

impl Xml {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is said of a part.
    #[must_use]
    pub fn part(&self, index: usize) -> Option<&Self> {
        self.inner.get(index)
    }

    /// The same, with what another place says where this one says nothing.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let text = |one: &Option<String>, other: &Option<String>| one.clone().or(other.clone());
        Self {
            node: self.node.or(other.node),
            name: text(&self.name, &other.name),
            namespace: text(&self.namespace, &other.namespace),
            prefix: text(&self.prefix, &other.prefix),
            inner: if self.inner.is_empty() {
                other.inner.clone()
            } else {
                self.inner.clone()
            },
        }
    }
}

/// "element p: pet in urn:pets", with the parts in brackets.
impl fmt::Display for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = self.node.map(XmlNode::as_str).map(str::to_owned);
        let name = self.name.clone();
        let prefix = self.prefix.as_ref().map(|it| format!("{it}:"));
        let namespace = self.namespace.as_ref().map(|it| format!("in {it}"));
        let inner: Vec<String> = self.inner.iter().map(ToString::to_string).collect();
        let inner = (!inner.is_empty()).then(|| format!("[{}]", inner.join(", ")));
        let parts = [node, prefix, name, namespace, inner].into_iter().flatten();
        f.write_str(&parts.collect::<Vec<_>>().join(" "))
    }
}
