//! What can be wrong with JSON, and where. No message ever shows a value: it may be a secret.

use std::borrow::Cow;
use std::fmt;

/// What is wrong with JSON that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// It is not JSON, or it ends early, or something follows it.
    Syntax,
    /// There is nothing at all.
    Empty,
    /// A value has another JSON type than documented.
    Type,
    /// A required property is missing.
    Missing,
    /// A number does not fit into its type.
    Range,
    /// A string does not have the documented form (a date, a UUID, Base64).
    Format,
    /// Arrays and objects are nested too deeply.
    Depth,
    /// The values take more memory than allowed.
    Memory,
    /// The body is of another media type than documented.
    MediaType,
}

/// JSON that is not what the description promises: where, what was expected and what was found.
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
    /// From the innermost to the outermost.
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
    /// Returns an error about the value that starts after `offset` bytes.
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

    /// Returns the same error with line and column, which are not counted before an error is final: of those that are
    /// tried and dropped, there may be many.
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

    /// Returns an error about the value as a whole, without a place.
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

    /// Returns the same error, of which nothing is known but the path.
    #[cold]
    #[must_use]
    pub fn without_place(mut self) -> Self {
        self.0.place = None;
        self
    }

    /// Returns the same error, seen from the object around it.
    #[cold]
    #[must_use]
    pub fn within(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Segment::Key(key.into()));
        self
    }

    /// Returns the same error, seen from the array around it.
    #[cold]
    #[must_use]
    pub fn within_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// Returns where it is wrong, as a JSON path: `$.user.roles[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        Path(&self.0.path).to_string()
    }

    /// Returns what the description promises there.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns what is there instead: its kind, never its value.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Returns the number of bytes before the fault.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.place.map(|place| place.offset)
    }

    /// Returns line and column (in bytes), both counted from one.
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

/// A value that JSON cannot hold, and where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<Unwritable>);

#[derive(Clone, PartialEq, Eq)]
struct Unwritable {
    message: Cow<'static, str>,
    /// From the innermost to the outermost.
    path: Vec<Segment>,
}

impl EncodeError {
    /// Returns an error that says what cannot be written.
    #[cold]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Unwritable {
            message: message.into(),
            path: Vec::new(),
        }))
    }

    /// Adds the property that holds the value.
    #[cold]
    pub fn push_key(&mut self, key: &str) {
        self.0.path.push(Segment::Key(Cow::Owned(key.to_owned())));
    }

    /// Adds the place in the array that holds the value.
    #[cold]
    pub fn push_index(&mut self, index: usize) {
        self.0.path.push(Segment::Index(index));
    }

    /// Returns where the value stands, as a JSON path: `$.prices[2]`.
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

/// Writes segments, innermost first, as a JSON path (RFC 9535); names that are no identifiers stand in brackets.
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
