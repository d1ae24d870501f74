//! XML (OAS 3.2.0, XML Object), behind the feature `xml`.
//!
//! Models have one codec, the one for JSON. Values are converted to XML and back by way of a [`Tree`]. A [`Shape`], a
//! table written by the generator, maps the parts of the tree to nodes.
//!
//! Reading is lenient: unknown nodes are skipped, prefixes of names are ignored, and the root element may have any
//! name. Document types with declarations are refused and only the five predefined entities are known, so that a small
//! document cannot become a large one.

mod call;
#[cfg(feature = "xml")]
mod choose;
#[cfg(feature = "xml")]
mod element;
#[cfg(feature = "xml")]
mod parse;
#[cfg(feature = "xml")]
mod print;
mod raw_response;
#[cfg(feature = "xml")]
mod read;
#[cfg(feature = "xml")]
mod scalar;
mod shape;
#[cfg(feature = "xml")]
mod write;

pub use self::shape::{Absent, Content, Name, Node, Property, Shape, Tag, Union};

use super::json::memory::Memory;
use super::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError};

// Imports that the files here use through `super::`.
#[cfg(not(feature = "xml"))]
use super::RequestError;
use super::exchange::media_type;
use super::{Call, Error, RawResponse, Response, error, response};
#[cfg(feature = "xml")]
use super::{EncodeFailure, Tree, encode::style, json};

/// Reads a whole XML document.
pub fn from_slice<T: Decode>(xml: &[u8], shape: &Shape) -> Result<T, DecodeError> {
    from_slice_within(xml, shape, Memory::usual(xml.len()))
}

/// Reads a whole XML document with a limit on memory.
#[cfg(feature = "xml")]
pub(super) fn from_slice_within<T: Decode>(
    xml: &[u8],
    shape: &Shape,
    memory: Memory,
) -> Result<T, DecodeError> {
    let root = parse::document(xml, memory)?;
    let unwritable = |_| {
        let found = "something that cannot be read";
        DecodeError::whole(DecodeErrorKind::Syntax, "XML", found)
    };
    let json = super::to_vec(&read::document(shape, &root)).map_err(unwritable)?;
    // Places in that JSON tell nothing of the XML; paths do.
    super::json::from_slice_within(&json, memory).map_err(DecodeError::without_place)
}

/// Reads a whole document of XML or JSON, depending on how it begins.
pub fn from_json_or_xml<T: Decode>(text: &[u8], shape: &Shape) -> Result<T, DecodeError> {
    if text.trim_ascii_start().starts_with(b"<") {
        from_slice(text, shape)
    } else {
        super::from_slice(text)
    }
}

/// Writes a value as an XML document in UTF-8.
#[cfg(feature = "xml")]
pub fn to_vec(value: &dyn Encode, shape: &Shape) -> Result<Vec<u8>, EncodeError> {
    let root = write::document(shape, &style::tree(value)?)?;
    print::document(&root)
}

/// Fails, since XML cannot be read without the feature `xml`.
#[cfg(not(feature = "xml"))]
pub(super) fn from_slice_within<T: Decode>(
    _xml: &[u8],
    _shape: &Shape,
    _memory: Memory,
) -> Result<T, DecodeError> {
    let (expected, found) = (
        "a body that can be read",
        "XML, which needs the feature `xml`",
    );
    Err(DecodeError::whole(
        DecodeErrorKind::MediaType,
        expected,
        found,
    ))
}

/// Fails, since XML cannot be written without the feature `xml`.
#[cfg(not(feature = "xml"))]
pub fn to_vec(_value: &dyn Encode, _shape: &Shape) -> Result<Vec<u8>, EncodeError> {
    Err(EncodeError::new("XML needs the feature `xml`"))
}
