//! Reads JSON value by value from bytes in memory.

use std::borrow::Cow;
use std::fmt;

use super::cursor::Cursor;
use super::decimal::Decimal;
use super::memory::Memory;
use super::syntax::{Fault, MAX_DEPTH};
use super::{Decode, DecodeError, DecodeErrorKind};

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, with or without a fraction.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A reader of JSON. It skips unknown properties, limits nesting, and reports the place of errors.
pub struct Reader<'j> {
    pub(super) cursor: Cursor<'j>,
    /// The buffer for strings with escapes.
    pub(super) scratch: String,
    depth: u8,
    misfits: usize,
    unknown: usize,
    pub(super) memory: Memory,
}

/// A position in the JSON text that a [`Reader`] can return to.
pub struct Mark<'j> {
    cursor: Cursor<'j>,
    depth: u8,
    misfits: usize,
    unknown: usize,
    memory: Memory,
}

impl<'j> Reader<'j> {
    /// Returns a reader at the start of `json`. A byte order mark is skipped.
    #[must_use]
    pub fn new(json: &'j [u8]) -> Self {
        Self::within(json, Memory::usual(json.len()))
    }

    /// Returns a reader with a limit on memory.
    pub(super) fn within(json: &'j [u8], memory: Memory) -> Self {
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        Self {
            cursor: Cursor::new(json),
            scratch: String::new(),
            depth: 0,
            misfits: 0,
            unknown: 0,
            memory,
        }
    }

    /// Adds line and column to an error of this reader.
    #[cold]
    #[must_use]
    pub fn locate(&self, error: DecodeError) -> DecodeError {
        error.located(self.cursor.json())
    }

    /// Checks that only white space follows.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.cursor.peek() {
            None => Ok(()),
            Some(_) => Err(Fault::new(self.offset(), "something after the end").into()),
        }
    }

    /// Returns the type of the next value without reading it.
    #[inline]
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        Ok(match self.cursor.peek() {
            Some(b'"') => Kind::String,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'0'..=b'9' | b'-') => Kind::Number,
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Bool,
            None => return Err(self.cursor.unexpected().into()),
            Some(_) => {
                let (expected, found) = ("a JSON value", "something else");
                let kind = DecodeErrorKind::Syntax;
                return Err(DecodeError::at(self.offset(), kind, expected, found));
            }
        })
    }

    /// Reads `null` if it is next. Returns `true` if it was.
    #[inline]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.cursor.peek() != Some(b'n') {
            return Ok(false);
        }
        self.cursor.word("null")?;
        Ok(true)
    }

    /// Reads a boolean.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        let (value, word) = match self.cursor.peek() {
            Some(b't') => (true, "true"),
            Some(b'f') => (false, "false"),
            _ => return Err(self.wrong_type("a boolean")),
        };
        self.cursor.word(word)?;
        Ok(value)
    }

    /// Reads a string. It is borrowed if it has no escapes.
    #[inline]
    pub fn text(&mut self) -> Result<Cow<'j, str>, DecodeError> {
        if self.cursor.peek() != Some(b'"') {
            return Err(self.wrong_type("a string"));
        }
        Ok(self.cursor.string(&mut self.scratch)?)
    }

    /// Reads a string.
    pub fn string(&mut self) -> Result<String, DecodeError> {
        let text = self.text()?.into_owned();
        if !text.is_empty() {
            self.allocate(text.len())?;
        }
        Ok(text)
    }

    /// Reads a string and parses it with `parse`. `expected` describes the format ("a date").
    pub fn parsed<T>(
        &mut self,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DecodeError> {
        self.cursor.peek();
        let offset = self.offset();
        let text = self.text()?;
        parse(&text).ok_or_else(|| {
            let found = "another string";
            DecodeError::at(offset, DecodeErrorKind::Format, expected, found)
        })
    }

    /// Reads an integer. `1.0` and `1e2` are integers, too. `expected` names the type that it must fit into.
    pub fn integer<T: TryFrom<i128> + TryFrom<u128>>(
        &mut self,
        expected: &'static str,
    ) -> Result<T, DecodeError> {
        let Some(b'0'..=b'9' | b'-') = self.cursor.peek() else {
            return Err(self.wrong_type(expected));
        };
        let offset = self.offset();
        let value = match self.cursor.number()?.integer() {
            Some(value) => T::try_from(value).ok(),
            None => match self.unusual_integer(offset, expected)? {
                (true, magnitude) => {
                    let value = 0_i128.checked_sub_unsigned(magnitude);
                    value.and_then(|value| T::try_from(value).ok())
                }
                (false, magnitude) => T::try_from(magnitude).ok(),
            },
        };
        value.ok_or_else(|| out_of_range(offset, expected))
    }

    /// Returns the sign and the absolute value of an integer that has more than 19 digits, or a fraction or an
    /// exponent. It has been read already.
    #[cold]
    fn unusual_integer(
        &self,
        offset: usize,
        expected: &'static str,
    ) -> Result<(bool, u128), DecodeError> {
        let decimal = Decimal::parse(self.number_since(offset));
        match &decimal {
            Some(decimal) if decimal.has_fraction() => {
                let found = "a number with a fraction";
                Err(DecodeError::at(
                    offset,
                    DecodeErrorKind::Type,
                    expected,
                    found,
                ))
            }
            decimal => {
                let integer = decimal.as_ref().and_then(Decimal::integer);
                integer.ok_or_else(|| out_of_range(offset, expected))
            }
        }
    }

    /// Reads a number as `f64`.
    pub fn f64(&mut self) -> Result<f64, DecodeError> {
        let Some(b'0'..=b'9' | b'-') = self.cursor.peek() else {
            return Err(self.wrong_type("a number"));
        };
        let offset = self.offset();
        if let Some(value) = self.cursor.number()?.f64() {
            return Ok(value);
        }
        match self.number_since(offset).parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(out_of_range(offset, "a number of 64 bits")),
        }
    }

    /// Reads a number as `f32`.
    pub fn f32(&mut self) -> Result<f32, DecodeError> {
        self.cursor.peek();
        let offset = self.offset();
        match self.number_text()?.parse::<f32>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(out_of_range(offset, "a number of 32 bits")),
        }
    }

    /// Reads a number and returns its text.
    pub fn number_text(&mut self) -> Result<&'j str, DecodeError> {
        let Some(b'0'..=b'9' | b'-') = self.cursor.peek() else {
            return Err(self.wrong_type("a number"));
        };
        let offset = self.offset();
        self.cursor.number()?;
        Ok(self.number_since(offset))
    }

    /// Returns the text of a number that has been read.
    fn number_since(&self, offset: usize) -> &'j str {
        // Numbers are ASCII.
        std::str::from_utf8(self.cursor.since(offset)).unwrap_or_default()
    }

    /// Reads a value of a union that matches none of its types.
    pub fn unknown<T: Decode>(&mut self) -> Result<T, DecodeError> {
        self.unknown += 1;
        self.miss();
        self.read()
    }

    /// Returns the number of union values that match none of the documented types.
    #[must_use]
    pub fn unknown_values(&self) -> usize {
        self.unknown
    }

    /// Counts a value that the document does not describe.
    pub fn miss(&mut self) {
        self.misfits += 1;
    }

    /// Skips a value.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        Ok(self.cursor.skip()?)
    }

    /// Skips a value and returns its JSON text, to be read later by another reader.
    pub fn raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.cursor.peek();
        let start = self.offset();
        self.skip()?;
        Ok(self.cursor.since(start))
    }

    /// Returns the position of the reader, for [`rewind`](Self::rewind).
    #[must_use]
    pub fn mark(&self) -> Mark<'j> {
        Mark {
            cursor: self.cursor,
            depth: self.depth,
            misfits: self.misfits,
            unknown: self.unknown,
            memory: self.memory,
        }
    }

    /// Returns to a position. Everything after it is read again.
    pub fn rewind(&mut self, mark: &Mark<'j>) {
        self.cursor = mark.cursor;
        self.depth = mark.depth;
        self.misfits = mark.misfits;
        self.unknown = mark.unknown;
        // Everything that was read since is dropped.
        self.memory = mark.memory;
    }

    /// Reads a value if it matches a type and is known to it; otherwise, the value stays unread. Also returns the
    /// number of properties and values that the type does not know. It counts as a level of nesting, since a union may
    /// be tried as one of its own branches.
    pub(super) fn attempt<T: Decode>(&mut self) -> Option<(T, usize)> {
        let mark = self.mark();
        let value = self.enter().and_then(|()| self.read()).ok();
        let Some(value) = value.filter(T::is_known) else {
            self.rewind(&mark);
            return None;
        };
        self.depth = mark.depth;
        Some((value, self.misfits - mark.misfits))
    }

    /// Returns an error about the next value, which has the wrong type.
    #[cold]
    pub fn wrong_type(&mut self, expected: &'static str) -> DecodeError {
        let found = match self.kind() {
            Err(error) => return error,
            Ok(Kind::Null) => "null",
            Ok(Kind::Bool) => "a boolean",
            Ok(Kind::Number) => "a number",
            Ok(Kind::String) => "a string",
            Ok(Kind::Array) => "an array",
            Ok(Kind::Object) => "an object",
        };
        DecodeError::at(self.offset(), DecodeErrorKind::Type, expected, found)
    }

    /// Returns the number of bytes read.
    pub(crate) fn offset(&self) -> usize {
        self.cursor.at()
    }

    /// Begins an array or an object.
    pub(super) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth == MAX_DEPTH {
            return Err(Fault::too_deep(self.offset()).into());
        }
        self.depth += 1;
        Ok(())
    }

    /// Ends an array or an object.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Shows only positions, since the values may be secret.
impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("offset", &self.offset())
            .field("length", &self.cursor.json().len())
            .finish()
    }
}

impl fmt::Debug for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark")
            .field("offset", &self.cursor.at())
            .finish()
    }
}

#[cold]
fn out_of_range(offset: usize, expected: &'static str) -> DecodeError {
    DecodeError::at(
        offset,
        DecodeErrorKind::Range,
        expected,
        "a number that does not fit",
    )
}
