//! Reads JSON, value by value, from bytes in memory.

use std::fmt;

use jiter::{Jiter, NumberInt, Peek};

use super::decimal::Decimal;
use super::memory::Memory;
use super::syntax::{syntax, too_deep};
use super::{Decode, DecodeError, DecodeErrorKind};

/// How deeply arrays and objects may be nested.
const MAX_DEPTH: u8 = 128;

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

/// Reads JSON. Unknown properties are skipped, nesting is limited, and errors know where they are.
pub struct Reader<'j> {
    pub(super) jiter: Jiter<'j>,
    pub(super) json: &'j [u8],
    depth: u8,
    misfits: usize,
    unknown: usize,
    pub(super) memory: Memory,
}

/// A place in the JSON text to which a [`Reader`] can return.
pub struct Mark<'j> {
    jiter: Jiter<'j>,
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

    /// Returns a reader of values that may take so much memory.
    pub(super) fn within(json: &'j [u8], memory: Memory) -> Self {
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        Self {
            jiter: Jiter::new(json),
            json,
            depth: 0,
            misfits: 0,
            unknown: 0,
            memory,
        }
    }

    /// Returns an error of this reader with line and column.
    #[cold]
    #[must_use]
    pub fn locate(&self, error: DecodeError) -> DecodeError {
        error.located(self.json)
    }

    /// Checks that nothing but white space follows.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.jiter
            .finish()
            .map_err(|error| syntax(self.json, &error))
    }

    /// Returns the type of the next value, which stays unread.
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        let peek = self.peek()?;
        kind_of(peek).ok_or_else(|| self.no_value())
    }

    /// Reads `null` if it is next; returns whether it was.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::Null {
            return Ok(false);
        }
        self.jiter
            .known_null()
            .map_err(|error| syntax(self.json, &error))?;
        Ok(true)
    }

    /// Reads a boolean.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        let peek = self.peek()?;
        if peek != Peek::True && peek != Peek::False {
            return Err(self.wrong_type("a boolean"));
        }
        self.jiter
            .known_bool(peek)
            .map_err(|error| syntax(self.json, &error))
    }

    /// Reads a string, borrowed until the next call.
    pub fn text(&mut self) -> Result<&str, DecodeError> {
        if self.peek()? != Peek::String {
            return Err(self.wrong_type("a string"));
        }
        let json = self.json;
        self.jiter.known_str().map_err(|error| syntax(json, &error))
    }

    /// Reads a string.
    pub fn string(&mut self) -> Result<String, DecodeError> {
        let text = self.text()?.to_owned();
        if !text.is_empty() {
            self.allocate(text.len())?;
        }
        Ok(text)
    }

    /// Reads a string and gives it to `parse`; `expected` says what it should look like ("a date").
    pub fn parsed<T>(
        &mut self,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DecodeError> {
        self.peek()?;
        let offset = self.jiter.current_index();
        if let Some(value) = parse(self.text()?) {
            return Ok(value);
        }
        Err(DecodeError::at(
            offset,
            DecodeErrorKind::Format,
            expected,
            "another string",
        ))
    }

    /// Reads an integer; `1.0` and `1e2` are integers, too. `expected` names the type that it shall fit into.
    pub fn integer<T: TryFrom<i128> + TryFrom<u128>>(
        &mut self,
        expected: &'static str,
    ) -> Result<T, DecodeError> {
        let peek = self.peek()?;
        let offset = self.jiter.current_index();
        let value = if is_number(peek)
            && let Ok(NumberInt::Int(value)) = self.jiter.known_int(peek)
        {
            T::try_from(i128::from(value)).ok()
        } else {
            let (negative, magnitude) = self.unusual_integer(peek, offset, expected)?;
            if negative {
                let value = 0_i128.checked_sub_unsigned(magnitude);
                value.and_then(|value| T::try_from(value).ok())
            } else {
                T::try_from(magnitude).ok()
            }
        };
        value.ok_or_else(|| out_of_range(offset, expected))
    }

    /// Reads an integer of more than 64 bits, or one that is written with a fraction or an exponent: whether it is
    /// negative, and what it is without the sign.
    #[cold]
    fn unusual_integer(
        &mut self,
        peek: Peek,
        offset: usize,
        expected: &'static str,
    ) -> Result<(bool, u128), DecodeError> {
        let text = self.number_text_at(peek, offset, expected)?;
        match Decimal::parse(text).and_then(|decimal| decimal.integer()) {
            Some(value) => Ok(value),
            None if Decimal::parse(text).is_some_and(|decimal| decimal.has_fraction()) => {
                let found = "a number with a fraction";
                Err(DecodeError::at(
                    offset,
                    DecodeErrorKind::Type,
                    expected,
                    found,
                ))
            }
            None => Err(out_of_range(offset, expected)),
        }
    }

    /// Reads a number as `f64`.
    pub fn f64(&mut self) -> Result<f64, DecodeError> {
        let peek = self.peek()?;
        if !is_number(peek) {
            return Err(self.wrong_type("a number"));
        }
        let offset = self.jiter.current_index();
        let value = self
            .jiter
            .known_float(peek)
            .map_err(|error| syntax(self.json, &error))?;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(out_of_range(offset, "a number of 64 bits"))
        }
    }

    /// Reads a number as `f32`.
    pub fn f32(&mut self) -> Result<f32, DecodeError> {
        let peek = self.peek()?;
        let offset = self.jiter.current_index();
        let text = self.number_text_at(peek, offset, "a number")?;
        match text.parse::<f32>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(out_of_range(offset, "a number of 32 bits")),
        }
    }

    /// Reads a number as the text that it is written with.
    pub fn number_text(&mut self) -> Result<&'j str, DecodeError> {
        let peek = self.peek()?;
        let offset = self.jiter.current_index();
        self.number_text_at(peek, offset, "a number")
    }

    fn number_text_at(
        &mut self,
        peek: Peek,
        offset: usize,
        expected: &'static str,
    ) -> Result<&'j str, DecodeError> {
        if !is_number(peek) {
            return Err(self.wrong_type(expected));
        }
        if self.jiter.current_index() == offset {
            let json = self.json;
            self.jiter
                .known_number_bytes(peek)
                .map_err(|error| syntax(json, &error))?;
        }
        let text = self.jiter.slice_to_current(offset);
        std::str::from_utf8(text).map_err(|_| self.no_value())
    }

    /// Reads a value of a union that is of none of its types.
    pub fn unknown<T: Decode>(&mut self) -> Result<T, DecodeError> {
        self.unknown += 1;
        self.miss();
        self.read()
    }

    /// Returns how many values of unions were read that are of none of the types that the description lists.
    #[must_use]
    pub fn unknown_values(&self) -> usize {
        self.unknown
    }

    /// Takes note that something was read that the description does not know of or has no place for.
    pub fn miss(&mut self) {
        self.misfits += 1;
    }

    /// Skips a value.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        self.jiter
            .next_skip()
            .map_err(|error| syntax(self.json, &error))
    }

    /// Skips a value and returns its JSON text, to be read later by another reader.
    pub fn raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.peek()?;
        let start = self.jiter.current_index();
        self.skip()?;
        Ok(self.jiter.slice_to_current(start))
    }

    /// Remembers the place of the reader, for [`rewind`](Self::rewind).
    #[must_use]
    pub fn mark(&self) -> Mark<'j> {
        Mark {
            jiter: self.jiter.clone(),
            depth: self.depth,
            misfits: self.misfits,
            unknown: self.unknown,
            memory: self.memory,
        }
    }

    /// Returns to a place: what was read since is read again.
    pub fn rewind(&mut self, mark: &Mark<'j>) {
        self.jiter = mark.jiter.clone();
        self.depth = mark.depth;
        self.misfits = mark.misfits;
        self.unknown = mark.unknown;
        // What was read since is dropped.
        self.memory = mark.memory;
    }

    /// Reads a value if it is of a type and known to it; otherwise it stays unread. Comes with the number of
    /// properties that the type has no place for and of values that it does not know. Counts as a level of nesting, since a union may be tried as
    /// one of its own branches.
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

    /// Returns an error at the next value, which is not what the caller needs.
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
        DecodeError::at(
            self.jiter.current_index(),
            DecodeErrorKind::Type,
            expected,
            found,
        )
    }

    #[cold]
    fn no_value(&self) -> DecodeError {
        let offset = self.jiter.current_index();
        DecodeError::at(
            offset,
            DecodeErrorKind::Syntax,
            "a JSON value",
            "something else",
        )
    }

    fn peek(&mut self) -> Result<Peek, DecodeError> {
        self.jiter.peek().map_err(|error| syntax(self.json, &error))
    }

    /// Returns how many bytes were read.
    pub(super) fn offset(&self) -> usize {
        self.jiter.current_index()
    }

    /// Returns whether an array is next.
    pub(super) fn begin_array(&mut self) -> Result<bool, DecodeError> {
        Ok(self.peek()? == Peek::Array)
    }

    /// Returns whether an object is next.
    pub(super) fn begin_object(&mut self) -> Result<bool, DecodeError> {
        Ok(self.peek()? == Peek::Object)
    }

    pub(super) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep(self.jiter.current_index()));
        }
        self.depth += 1;
        Ok(())
    }

    /// Ends an array or an object.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Shows places only: what is read may be secret.
impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("offset", &self.jiter.current_index())
            .field("length", &self.json.len())
            .finish()
    }
}

impl fmt::Debug for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark")
            .field("offset", &self.jiter.current_index())
            .finish()
    }
}

fn is_number(peek: Peek) -> bool {
    matches!(peek.into_inner(), b'0'..=b'9' | b'-')
}

fn kind_of(peek: Peek) -> Option<Kind> {
    match peek.into_inner() {
        b'n' => Some(Kind::Null),
        b't' | b'f' => Some(Kind::Bool),
        b'0'..=b'9' | b'-' => Some(Kind::Number),
        b'"' => Some(Kind::String),
        b'[' => Some(Kind::Array),
        b'{' => Some(Kind::Object),
        _ => None,
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
