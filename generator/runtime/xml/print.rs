//! Prints elements as text.

use std::io;

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::EncodeError;
use super::element::{Child, Element};

/// Writes a document in UTF-8.
pub(super) fn document(root: &Element) -> Result<Vec<u8>, EncodeError> {
    check(root)?;
    let mut writer = Writer::new(Vec::with_capacity(256));
    let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
    writer
        .write_event(Event::Decl(declaration))
        .and_then(|()| print(root, &mut writer))
        .map_err(|error| EncodeError::new(error.to_string()))?;
    Ok(writer.into_inner())
}

fn print(element: &Element, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut start = BytesStart::new(element.name.as_str());
    for (name, value) in &element.attributes {
        start.push_attribute(Attribute {
            key: QName(name),
            value: escaped(value, true).into(),
        });
    }
    if element.nodes.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    for node in &element.nodes {
        match node {
            Child::Element(element) => print(element, writer)?,
            // In a CDATA section nothing can be escaped, and a reader takes every carriage return for a line's end.
            Child::Cdata(text) if !text.contains('\r') => {
                for section in BytesCData::escaped(text) {
                    writer.write_event(Event::CData(section))?;
                }
            }
            Child::Text(text) | Child::Cdata(text) => {
                let text = BytesText::from_escaped(escaped(text, false));
                writer.write_event(Event::Text(text))?;
            }
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name.as_str())))
}

/// Escapes text for XML. Line ends, and all white space in attributes, are written as references, since readers would
/// normalize them (XML 1.0, 2.11 and 3.3.3).
fn escaped(text: &str, in_attribute: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#13;"),
            '"' if in_attribute => escaped.push_str("&quot;"),
            '\n' if in_attribute => escaped.push_str("&#10;"),
            '\t' if in_attribute => escaped.push_str("&#9;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Checks that XML can represent the content of an element.
fn check(element: &Element) -> Result<(), EncodeError> {
    let attributes = element.attributes.iter().map(|(name, _)| name);
    if !attributes.chain([&element.name]).all(|name| is_name(name)) {
        let message = "a name has characters that XML does not allow in names";
        return Err(EncodeError::new(message));
    }
    let texts = element.nodes.iter().filter_map(Child::text);
    let values = element.attributes.iter().map(|(_, value)| value.as_str());
    if !texts.chain(values).all(|text| text.chars().all(is_allowed)) {
        return Err(EncodeError::new(
            "a text has characters that XML cannot represent",
        ));
    }
    for child in element.nodes.iter().filter_map(Child::element) {
        check(child).map_err(|mut error| {
            error.push_key(&child.name);
            error
        })?;
    }
    Ok(())
}

/// Returns `true` if a character is allowed in a document (XML 1.0, production Char).
pub(super) fn is_allowed(it: char) -> bool {
    matches!(it, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Returns `true` if a text is a name, with an optional prefix (XML 1.0, production Name; Namespaces in XML, production
/// `QName`).
fn is_name(text: &str) -> bool {
    let mut parts = text.split(':');
    let is_part = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(starts_name) && letters.all(continues_name)
    };
    parts.by_ref().take(2).all(is_part) && parts.next().is_none()
}

fn starts_name(it: char) -> bool {
    matches!(it,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(it: char) -> bool {
    starts_name(it)
        || matches!(it,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
