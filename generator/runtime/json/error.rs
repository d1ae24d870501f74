//! Errors in JSON and their places. No message ever shows a value, since it may be secret.

use std::borrow::Cow;
use std::fmt;

/// The kind of a decode error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The text is not JSON, ends early, or has trailing characters.
    Syntax,
    /// The text is empty.
    Empty,
    /// A value has a different JSON type than documented.
    Type,
    /// A required property is missing.
    Missing,
    /// A number does not fit into its type.
    Range,
    /// A string does not have the documented format (a date, a UUID, Base64).
    Format,
    /// Arrays and objects are nested too deeply.
    Depth,
    /// The values take more memory than allowed.
    Memory,
    /// The body has a different media type than documented.
    MediaType,
}

/// The error of JSON that does not match the document: its place, the expected value and the value found.
///
/// ```text
/// $.user.validationErrors[0].field: expected a string, found null (line 1, column 52)
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Fault>);

#[derive(Clone, PartialEq, Eq)]
struct Fault {
    kind: DecodeErrorKind,
    expected: Cow<'static, str>,
    found: Cow<'static, str>,
    place: Option<Place>,
    /// The segments of the path, innermost first.
    path: Vec<Segment>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    offset: usize,
    line: usize,
    column: usize,
}

#[derive(Clone, PartialEq, Eq)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

impl DecodeError {
    /// Returns an error about the value at the byte `offset`.
    #[cold]
    pub fn at(
        offset: usize,
        kind: DecodeErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
    ) -> Self {
        let place = Place {
            offset,
            line: 0,
            column: 0,
        };
        Self(Box::new(Fault {
            kind,
            expected: expected.into(),
            found: found.into(),
            place: Some(place),
            path: Vec::new(),
        }))
    }

    /// Adds line and column. They are only computed for a final error, since many errors of trials are dropped.
    #[cold]
    #[must_use]
    pub fn located(mut self, json: &[u8]) -> Self {
        if let Some(place) = &mut self.0.place {
            let before = json.get(..place.offset).unwrap_or(json);
            let line_start = before
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |at| at + 1);
            place.line = before.split(|byte| *byte == b'\n').count();
            place.column = before.len() - line_start + 1;
        }
        self
    }

    /// Returns an error about the whole value, without a place.
    #[cold]
    pub fn whole(
        kind: DecodeErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Fault {
            kind,
            expected: expected.into(),
            found: found.into(),
            place: None,
            path: Vec::new(),
        }))
    }

    /// Removes everything but the path from the place.
    #[cold]
    #[must_use]
    pub fn without_place(mut self) -> Self {
        self.0.place = None;
        self
    }

    /// Adds the property of the enclosing object to the path.
    #[cold]
    #[must_use]
    pub fn within(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Segment::Key(key.into()));
        self
    }

    /// Adds the index in the enclosing array to the path.
    #[cold]
    #[must_use]
    pub fn within_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// Returns the JSON path of the error: `$.user.roles[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        Path(&self.0.path).to_string()
    }

    /// Returns the expected kind of value.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns the kind of value that was found. The value itself is never shown.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Returns the byte offset of the error.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.place.map(|place| place.offset)
    }

    /// Returns the line and the column (in bytes), both counted from one.
    #[must_use]
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        self.0
            .place
            .filter(|place| place.line > 0)
            .map(|place| (place.line, place.column))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault {
            expected,
            found,
            place,
            path: segments,
            ..
        } = &*self.0;
        match place {
            None if segments.is_empty() => write!(f, "expected {expected}, found {found}"),
            None => write!(f, "{}: expected {expected}, found {found}", Path(segments)),
            Some(Place {
                offset, line: 0, ..
            }) => {
                write!(
                    f,
                    "{}: expected {expected}, found {found} (byte {offset})",
                    Path(segments)
                )
            }
            Some(Place { line, column, .. }) => {
                write!(
                    f,
                    "{}: expected {expected}, found {found} (line {line}, column {column})",
                    Path(segments)
                )
            }
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({:?}, {self})", self.0.kind)
    }
}

impl std::error::Error for DecodeError {}

/// The error of a value that JSON cannot represent.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<Unwritable>);

#[derive(Clone, PartialEq, Eq)]
struct Unwritable {
    message: Cow<'static, str>,
    /// The segments of the path, innermost first.
    path: Vec<Segment>,
}

impl EncodeError {
    /// Returns an error with a message.
    #[cold]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Unwritable {
            message: message.into(),
            path: Vec::new(),
        }))
    }

    /// Adds the property that holds the value to the path.
    #[cold]
    pub fn push_key(&mut self, key: &str) {
        self.0.path.push(Segment::Key(Cow::Owned(key.to_owned())));
    }

    /// Adds the index in the array that holds the value to the path.
    #[cold]
    pub fn push_index(&mut self, index: usize) {
        self.0.path.push(Segment::Index(index));
    }

    /// Returns the JSON path of the value: `$.prices[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        Path(&self.0.path).to_string()
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.0.message)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncodeError({self})")
    }
}

impl std::error::Error for EncodeError {}

/// Writes segments, given innermost first, as a JSON path (RFC 9535). Names that are not identifiers are put in
/// brackets.
struct Path<'a>(&'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        for segment in self.0.iter().rev() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if is_identifier(key) => write!(f, ".{key}")?,
                Segment::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

fn is_identifier(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
