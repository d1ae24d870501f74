//! Parses text to elements.

use std::borrow::Cow;

use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::element::{Child, Element, is_space};
use super::json::memory::{Exhausted, Memory};
use super::print::is_allowed;
use super::{DecodeError, DecodeErrorKind};

/// The deepest nesting of elements, the same as for arrays and objects in JSON.
const MAX_DEPTH: usize = 128;

/// Reads a document and returns its root element.
pub(super) fn document(xml: &[u8], memory: Memory) -> Result<Element, DecodeError> {
    let text = decoded(xml)?;
    let skipped = xml.len() - text.len();
    let mut parser = Parser {
        reader: Reader::from_str(text),
        open: Vec::new(),
        root: None,
        is_ascii: text.is_ascii(),
        memory,
    };
    let fault = match (parser.run(), parser.root) {
        (Ok(()), Some(root)) => return Ok(root),
        (Ok(()), None) => Fault::syntax("no element"),
        (Err(fault), _) => fault,
    };
    let at = fault.at.unwrap_or(parser.reader.buffer_position());
    let offset = skipped + usize::try_from(at).unwrap_or_default();
    Err(DecodeError::at(offset, fault.kind, fault.expected, fault.found).located(xml))
}

/// Returns the text of a document, which must be UTF-8, without a byte order mark.
fn decoded(xml: &[u8]) -> Result<&str, DecodeError> {
    if xml.trim_ascii().is_empty() {
        let (expected, found) = ("a body of XML", "none: the body is empty");
        return Err(DecodeError::whole(DecodeErrorKind::Empty, expected, found));
    }
    let bytes = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    let skipped = xml.len() - bytes.len();
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = skipped + error.valid_up_to();
        let (expected, found) = ("XML in UTF-8", "other bytes");
        DecodeError::at(offset, DecodeErrorKind::Format, expected, found).located(xml)
    })?;
    match text.char_indices().find(|(_, it)| !is_allowed(*it)) {
        Some((at, _)) => {
            let (expected, found) = ("well-formed XML", FOREIGN_CHARACTER);
            let error = DecodeError::at(skipped + at, DecodeErrorKind::Syntax, expected, found);
            Err(error.located(xml))
        }
        None => Ok(text),
    }
}

/// The message for a character that no document may contain, not even as a reference (XML 1.0, production Char).
const FOREIGN_CHARACTER: &str = "a character that XML does not have";

/// A fault in a document.
struct Fault {
    kind: DecodeErrorKind,
    expected: Cow<'static, str>,
    found: String,
    /// The position, if it is not that of the reader.
    at: Option<u64>,
}

impl Fault {
    fn syntax(found: impl Into<String>) -> Self {
        Self {
            kind: DecodeErrorKind::Syntax,
            expected: "well-formed XML".into(),
            found: found.into(),
            at: None,
        }
    }
}

impl From<Error> for Fault {
    /// Converts an error of the library, without the text that it quotes from the document.
    fn from(error: Error) -> Self {
        Self::syntax(match error {
            Error::Syntax(_) => "markup that does not end",
            Error::IllFormed(_) => "tags that do not match",
            Error::InvalidAttr(_) => "a malformed attribute",
            Error::Escape(_) => "a reference that XML does not know",
            Error::Io(_) | Error::Encoding(_) | Error::Namespace(_) => "something else",
        })
    }
}

impl From<Exhausted> for Fault {
    fn from(error: Exhausted) -> Self {
        Self {
            kind: DecodeErrorKind::Memory,
            expected: error.expected().into(),
            found: "more".to_owned(),
            at: None,
        }
    }
}

impl From<AttrError> for Fault {
    fn from(error: AttrError) -> Self {
        Error::from(error).into()
    }
}

struct Parser<'x> {
    reader: Reader<&'x [u8]>,
    /// The open elements, outermost first.
    open: Vec<Element>,
    root: Option<Element>,
    is_ascii: bool,
    memory: Memory,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        loop {
            let event = self.reader.read_event().map_err(|error| Fault {
                at: Some(self.reader.error_position()),
                ..Fault::from(error)
            });
            match event? {
                Event::Start(start) => {
                    if self.open.len() == MAX_DEPTH {
                        return Err(Fault {
                            kind: DecodeErrorKind::Depth,
                            expected: "at most 128 elements inside each other".into(),
                            found: "more".to_owned(),
                            at: None,
                        });
                    }
                    let element = self.element(&start)?;
                    self.open.push(element);
                }
                Event::Empty(start) => {
                    let element = self.element(&start)?;
                    self.close(element)?;
                }
                Event::End(_) => {
                    if let Some(mut element) = self.open.pop() {
                        element.drop_indentation();
                        self.close(element)?;
                    }
                }
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let known = match reference.resolve_char_ref()? {
                        Some(letter) if is_allowed(letter) => letter.to_string(),
                        Some(_) => return Err(Fault::syntax(FOREIGN_CHARACTER)),
                        None => quick_xml::escape::resolve_xml_entity(&reference)
                            .ok_or_else(|| Fault::syntax("an entity that XML does not know"))?
                            .to_owned(),
                    };
                    match self.open.last_mut() {
                        Some(element) => element.add_text(&known),
                        None => return Err(Fault::syntax("text outside of the root element")),
                    }
                }
                Event::CData(text) => match self.open.last_mut() {
                    Some(element) => element.add_cdata(&text.xml10_content()),
                    None => return Err(Fault::syntax("text outside of the root element")),
                },
                Event::DocType(declared) if declared.contains('[') => {
                    return Err(Fault::syntax("a document type with declarations"));
                }
                Event::Decl(declaration) => self.declaration(&declaration)?,
                Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => return Err(Fault::syntax("an early end")),
            }
        }
    }

    /// Ends an element.
    fn close(&mut self, element: Element) -> Result<(), Fault> {
        match (self.open.last_mut(), &self.root) {
            (Some(around), _) => around.nodes.push(Child::Element(element)),
            (None, None) => self.root = Some(element),
            (None, Some(_)) => return Err(Fault::syntax("a second root element")),
        }
        Ok(())
    }

    /// Returns an element that begins, if there is memory for it and its value.
    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element, Fault> {
        let element = element(start)?;
        let attributes = element.attributes.len() * size_of::<(String, String)>();
        let size = 2 * (size_of::<Child>() + attributes);
        // The element itself, and its value in the tree; their texts are as long as those in the document.
        let taken = [size, size].into_iter();
        let taken = taken.map(|size| self.memory.allocate(size));
        taken.collect::<Result<(), Exhausted>>()?;
        Ok(element)
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(element) => element.add_text(text),
            None if text.chars().all(is_space) => {}
            None => return Err(Fault::syntax("text outside of the root element")),
        }
        Ok(())
    }

    /// Checks the encoding. A document that is pure ASCII may name any encoding.
    fn declaration(&self, declaration: &BytesDecl<'_>) -> Result<(), Fault> {
        let Some(encoding) = declaration.encoding() else {
            return Ok(());
        };
        let encoding = encoding?;
        let is_fine = self.is_ascii
            || ["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|known| encoding.eq_ignore_ascii_case(known));
        if is_fine {
            return Ok(());
        }
        Err(Fault {
            kind: DecodeErrorKind::Format,
            expected: "XML in UTF-8".into(),
            found: format!("`{}`", super::error::printable(&encoding, 40)),
            at: None,
        })
    }
}

/// Returns the element of a start tag, without content.
fn element(start: &BytesStart<'_>) -> Result<Element, Fault> {
    let mut element = Element::new(start.local_name().into_inner().to_owned());
    // The first of duplicate attributes counts. Searching for duplicates would be slow for many attributes.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        if !value.chars().all(is_allowed) {
            return Err(Fault::syntax(FOREIGN_CHARACTER));
        }
        let (name, prefix) = attribute.key.decompose();
        // Attributes of XML Schema about the element itself.
        if prefix.is_some_and(|prefix| prefix.into_inner() == "xsi") {
            element.nil |= name.into_inner() == "nil" && matches!(value.trim(), "true" | "1");
            continue;
        }
        let name = name.into_inner().to_owned();
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}
