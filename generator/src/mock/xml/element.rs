//! Elements: text -> elements -> text.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How many elements may be inside each other.
const DEEPEST: usize = 128;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name: with its prefix when it is to be written, without when it was read.
    pub(super) name: String,
    /// Its attributes, by names likewise.
    pub(super) attributes: Vec<(String, String)>,
    /// What stands in it.
    pub(super) nodes: Vec<Node>,
    /// Whether it stands for null (`xsi:nil`).
    pub(super) is_nil: bool,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
    /// Text in a CDATA section.
    Cdata(String),
}

impl Node {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Element(_) => None,
            Self::Text(text) | Self::Cdata(text) => Some(text),
        }
    }
}

impl Element {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|it| match it {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Cdata(_) => None,
        })
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All text in it, without that of the elements in it.
    pub(super) fn text(&self) -> String {
        self.nodes.iter().filter_map(Node::text).collect()
    }

    /// Adds text. No two texts of one kind stand side by side.
    fn add(&mut self, node: Node) {
        match (self.nodes.last_mut(), node) {
            (Some(Node::Text(before)), Node::Text(text))
            | (Some(Node::Cdata(before)), Node::Cdata(text)) => before.push_str(&text),
            (_, node) => self.nodes.push(node),
        }
    }

    /// Drops white space between other nodes.
    fn drop_indentation(&mut self) {
        if self.nodes.len() > 1 {
            let is_blank =
                |it: &Node| matches!(it, Node::Text(text) if text.trim_ascii().is_empty());
            self.nodes.retain(|it| !is_blank(it));
        }
    }

    /// The element as text.
    pub(super) fn print(&self, out: &mut String) {
        let is_text = |it: &Node| it.text().is_some_and(str::is_empty);
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
        if self.nodes.iter().all(is_text) {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.print(out),
                Node::Text(text) => escape(text, false, out),
                Node::Cdata(text) => {
                    out.push_str("<![CDATA[");
                    out.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
                    out.push_str("]]>");
                }
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Writes text. Characters that XML does not have are left out (XML 1.0, production Char).
fn escape(text: &str, is_attribute: bool, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\t' if is_attribute => out.push_str("&#9;"),
            '\n' | '\t' => out.push(letter),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(letter),
        }
    }
}

/// Reads the root element of a document.
///
/// # Errors
///
/// When it is no XML: why.
pub(super) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event();
        let event = event.map_err(|_| at("it is not XML", reader.error_position()))?;
        let wrong = |why: &str| Err(at(why, reader.buffer_position()));
        let mut closed = None;
        let add = |open: &mut Vec<Element>, node: Node| match (open.last_mut(), node) {
            (Some(element), node) => {
                element.add(node);
                true
            }
            (None, node) => node.text().is_some_and(|it| it.trim_ascii().is_empty()),
        };
        match event {
            Event::Start(start) if open.len() < DEEPEST => open.push(element(&start)?),
            Event::Start(_) => return wrong("too many elements are inside each other"),
            Event::Empty(start) => closed = Some(element(&start)?),
            Event::End(_) => {
                closed = open.pop().map(|mut element| {
                    element.drop_indentation();
                    element
                });
            }
            Event::Text(text) => {
                let text = text.xml10_content().into_owned();
                if !add(&mut open, Node::Text(text)) {
                    return wrong("there is text outside of the root element");
                }
            }
            Event::CData(text) => {
                let text = text.xml10_content().into_owned();
                if !add(&mut open, Node::Cdata(text)) {
                    return wrong("there is text outside of the root element");
                }
            }
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                let known = quick_xml::escape::resolve_xml_entity(&reference);
                let text = letter.map(String::from).or(known.map(str::to_owned));
                if !text.is_some_and(|it| add(&mut open, Node::Text(it))) {
                    return wrong("there is an entity that XML does not know");
                }
            }
            Event::DocType(declared) if declared.contains('[') => {
                return wrong("its document type has declarations");
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof => {
                return match root {
                    Some(root) if open.is_empty() => Ok(root),
                    _ => wrong("it is not XML, or ends too early"),
                };
            }
        }
        match (closed, open.last_mut()) {
            (Some(element), Some(around)) => around.nodes.push(Node::Element(element)),
            (Some(element), None) if root.is_none() => root = Some(element),
            (Some(_), None) => return wrong("it has two root elements"),
            (None, _) => {}
        }
    }
}

fn at(why: &str, byte: u64) -> String {
    format!("{why}, at byte {byte}")
}

/// An element that begins.
fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element::new(start.local_name().into_inner());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| "it has an attribute that is not XML".to_owned())?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| "it has an attribute that is not XML".to_owned())?;
        let (name, prefix) = attribute.key.decompose();
        if prefix.is_some_and(|it| it.into_inner() == "xsi") {
            let is_nil = name.into_inner() == "nil" && matches!(value.trim(), "true" | "1");
            element.is_nil |= is_nil;
            continue;
        }
        let name = name.into_inner().to_owned();
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}
