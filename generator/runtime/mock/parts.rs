//! Multipart bodies that a mock service receives (RFC 2046, section 5.1; RFC 7578).

use std::fmt;

use bytes::Bytes;

use super::{IncomingRequest, MockError, media_type};

/// The parts of a multipart body, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IncomingParts {
    /// The media type of the body, with its parameters.
    pub media_type: String,
    /// The parts.
    pub parts: Vec<IncomingPart>,
}

impl IncomingParts {
    /// Returns the first part with this name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&IncomingPart> {
        self.parts
            .iter()
            .find(|it| it.name.as_deref() == Some(name))
    }

    /// Returns the text of the first part with this name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(&self.part(name)?.bytes).ok()
    }
}

/// A part of a body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IncomingPart {
    /// The name of the part.
    pub name: Option<String>,
    /// The name of the file.
    pub file_name: Option<String>,
    /// The media type, if the part has one.
    pub media_type: Option<String>,
    /// All headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The content of the part.
    pub bytes: Bytes,
}

/// Shows no values, since they may be secret.
impl fmt::Debug for IncomingPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingPart")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl IncomingRequest {
    /// Reads a multipart body.
    pub fn multipart(&self, documented: &str) -> Result<IncomingParts, MockError> {
        self.check(documented)?;
        let media_type = self.media_type();
        let boundary = media_type::parameter(media_type, "boundary");
        let boundary = boundary.ok_or_else(|| MockError::new("the body has no boundary"))?;
        let mut parts = Vec::new();
        // The first line has no end of a line before it.
        let text = [b"\r\n", &self.body[..]].concat();
        let mut pieces = split(&text, format!("\r\n--{boundary}").as_bytes());
        pieces.reverse();
        pieces.pop();
        while let Some(piece) = pieces.pop() {
            if piece.starts_with(b"--") {
                return Ok(IncomingParts {
                    media_type: media_type.to_owned(),
                    parts,
                });
            }
            parts.push(
                part(piece).ok_or_else(|| MockError::new("the headers of a part do not end"))?,
            );
        }
        Err(MockError::new("the body ends before its last part"))
    }
}

fn part(piece: &[u8]) -> Option<IncomingPart> {
    // A part without headers begins with the blank line.
    let piece = piece.strip_prefix(b"\r\n").unwrap_or(piece);
    let (head, body) = if let Some(body) = piece.strip_prefix(b"\r\n") {
        (&b""[..], body)
    } else {
        let end = find(piece, b"\r\n\r\n")?;
        (piece.get(..end)?, piece.get(end + 4..)?)
    };
    let head = String::from_utf8_lossy(head);
    let headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let headers: Vec<(String, String)> = headers
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |wanted: &str| {
        let mut found = headers.iter().filter(|(name, _)| name == wanted);
        found.next().map(|(_, value)| value.as_str())
    };
    let disposition = header("content-disposition").unwrap_or_default();
    let named = |name| media_type::parameter(disposition, name).map(unquoted);
    Some(IncomingPart {
        name: named("name"),
        file_name: named("filename"),
        media_type: header("content-type").map(str::to_owned),
        bytes: Bytes::copy_from_slice(body),
        headers,
    })
}

/// Undoes the escapes in a name (HTML Standard, "Multipart form data").
fn unquoted(name: &str) -> String {
    let name = name.replace("%22", "\"");
    name.replace("%0D", "\r").replace("%0A", "\n")
}

fn split<'t>(text: &'t [u8], separator: &[u8]) -> Vec<&'t [u8]> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, separator) {
        pieces.push(&rest[..at]);
        rest = &rest[at + separator.len()..];
    }
    pieces.push(rest);
    pieces
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut windows = text.windows(wanted.len());
    windows.position(|window| window == wanted)
}
