//! JSON text, token by token (RFC 8259).

use std::borrow::Cow;

use super::number::Number;
use super::scan::unescaped;
use super::syntax::{Fault, MAX_DEPTH};

/// A position in JSON text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'j> {
    json: &'j [u8],
    at: usize,
    /// A part of the text that is known to be UTF-8, so that strings in it are slices, and its start.
    known: &'j str,
    known_from: usize,
}

/// The number of bytes that are checked at once.
const BLOCK: usize = 8 * 1024;

impl<'j> Cursor<'j> {
    /// Returns the start of a text.
    pub(super) const fn new(json: &'j [u8]) -> Self {
        Self {
            json,
            at: 0,
            known: "",
            known_from: 0,
        }
    }

    /// Returns the text.
    pub(super) const fn json(&self) -> &'j [u8] {
        self.json
    }

    /// Returns the number of bytes before the cursor.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Returns the text from a place up to here.
    pub(super) fn since(&self, start: usize) -> &'j [u8] {
        self.json.get(start..self.at).unwrap_or_default()
    }

    /// Returns the first byte of the next token without moving past it.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let byte = *self.json.get(self.at)?;
        if byte > b' ' {
            return Some(byte);
        }
        self.peek_behind_space()
    }

    #[inline(never)]
    fn peek_behind_space(&mut self) -> Option<u8> {
        let rest = self.json.get(self.at..)?;
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        let space = rest.iter().position(|byte| !is_space(byte));
        self.at += space.unwrap_or(rest.len());
        self.json.get(self.at).copied()
    }

    /// Moves past the next byte, which has been peeked.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Reads one of the three words, if it is next.
    pub(super) fn word(&mut self, word: &'static str) -> Result<(), Fault> {
        let rest = self.json.get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// Reads a number, which is next.
    #[expect(
        clippy::inline_always,
        reason = "it returns much, of which each caller needs little"
    )]
    #[inline(always)]
    pub(super) fn number(&mut self) -> Result<Number, Fault> {
        let number = Number::read(self.json, self.at)?;
        self.at = number.end;
        Ok(number)
    }

    /// Reads a string, whose opening quote is next. `scratch` is the buffer for strings with escapes.
    #[inline]
    pub(super) fn string(&mut self, scratch: &mut String) -> Result<Cow<'j, str>, Fault> {
        let start = self.at + 1;
        let end = unescaped(self.json, start);
        if self.json.get(end) == Some(&b'"') {
            self.at = end + 1;
            return self.slice(start, end).map(Cow::Borrowed);
        }
        self.escaped(start, end, scratch)?;
        Ok(Cow::Owned(scratch.clone()))
    }

    /// Reads a string with escapes.
    #[inline(never)]
    fn escaped(
        &mut self,
        mut start: usize,
        mut end: usize,
        text: &mut String,
    ) -> Result<(), Fault> {
        text.clear();
        loop {
            text.push_str(self.slice(start, end)?);
            self.at = end;
            match self.json.get(end) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                // Several often come together: `\r\n`.
                Some(b'\\') => {
                    while self.json.get(self.at) == Some(&b'\\') {
                        text.push(self.escape()?);
                    }
                }
                Some(_) => return Err(Fault::new(end, "a control character in a string")),
                None => return Err(self.early_end()),
            }
            start = self.at;
            end = unescaped(self.json, start);
        }
    }

    /// Returns a part of the text without escapes.
    #[inline]
    fn slice(&mut self, start: usize, end: usize) -> Result<&'j str, Fault> {
        let from = self.known_from;
        if let Some(text) = self
            .known
            .get(start.wrapping_sub(from)..end.wrapping_sub(from))
        {
            return Ok(text);
        }
        self.unknown_slice(start, end)
    }

    /// Returns a part of the text, and checks the bytes that follow.
    #[inline(never)]
    fn unknown_slice(&mut self, start: usize, end: usize) -> Result<&'j str, Fault> {
        let block = end.max(start + BLOCK).min(self.json.len());
        let bytes = self.json.get(start..block).unwrap_or_default();
        self.known = std::str::from_utf8(bytes).unwrap_or_else(|error| {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        });
        self.known_from = start;
        let text = self.known.get(..end - start);
        text.ok_or_else(|| Fault::new(start + self.known.len(), "bytes that are not UTF-8"))
    }

    /// Reads an escape, whose backslash is next.
    fn escape(&mut self) -> Result<char, Fault> {
        let Some(byte) = self.json.get(self.at + 1) else {
            return Err(Fault::early_end(self.json.len()));
        };
        let plain = match byte {
            b'"' | b'\\' | b'/' => char::from(*byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(Fault::new(self.at, "an escape that JSON does not have")),
        };
        self.at += 2;
        Ok(plain)
    }

    /// Reads an escape of four hexadecimal digits, or two that are a surrogate pair.
    fn unicode_escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let half = || Fault::new(start, "half a surrogate pair");
        let first = self.hexadecimal()?;
        let code = match first {
            0xD800..0xDC00 => {
                if self.json.get(self.at..self.at + 2) != Some(b"\\u") {
                    return Err(half());
                }
                let second = self.hexadecimal()?;
                if !(0xDC00..0xE000).contains(&second) {
                    return Err(half());
                }
                0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            first => first,
        };
        char::from_u32(code).ok_or_else(half)
    }

    /// Reads `\u` and four hexadecimal digits.
    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let Some(digits) = self.json.get(self.at + 2..self.at + 6) else {
            return Err(Fault::early_end(self.json.len()));
        };
        let mut value = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16);
            let digit = digit.ok_or(Fault::new(self.at, "an escape that JSON does not have"))?;
            value = value << 4 | digit;
        }
        self.at += 6;
        Ok(value)
    }

    /// Skips a value.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        // A bit for each array or object around the place, which is set for an object.
        let (mut around, mut depth) = (0_u128, 0);
        loop {
            match self.peek() {
                Some(b'"') => self.skip_string()?,
                Some(open @ (b'{' | b'[')) => {
                    self.step();
                    let close = if open == b'{' { b'}' } else { b']' };
                    if self.peek() == Some(close) {
                        self.step();
                    } else if depth == MAX_DEPTH {
                        return Err(Fault::too_deep(self.at));
                    } else {
                        depth += 1;
                        around = around << 1 | u128::from(open == b'{');
                        if open == b'{' {
                            self.skip_key()?;
                        }
                        continue;
                    }
                }
                Some(b'-' | b'0'..=b'9') => drop(self.number()?),
                Some(b'n') => self.word("null")?,
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                _ => return Err(self.unexpected()),
            }
            loop {
                if depth == 0 {
                    return Ok(());
                }
                let in_object = around & 1 == 1;
                match self.peek() {
                    Some(b',') => {
                        self.step();
                        if in_object {
                            self.skip_key()?;
                        }
                        break;
                    }
                    Some(b'}') if in_object => self.step(),
                    Some(b']') if !in_object => self.step(),
                    _ => return Err(self.unexpected()),
                }
                depth -= 1;
                around >>= 1;
            }
        }
    }

    /// Skips a string, whose opening quote is next.
    fn skip_string(&mut self) -> Result<(), Fault> {
        let mut start = self.at + 1;
        loop {
            self.at = unescaped(self.json, start);
            match self.json.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => drop(self.escape()?),
                Some(_) => return Err(Fault::new(self.at, "a control character in a string")),
                None => return Err(self.early_end()),
            }
            start = self.at;
        }
    }

    fn skip_key(&mut self) -> Result<(), Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        self.skip_string()?;
        self.colon()
    }

    /// Reads the colon after the name of a property.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Fault> {
        if self.peek() != Some(b':') {
            return Err(self.unexpected());
        }
        self.step();
        Ok(())
    }

    /// Returns the fault of an unexpected token.
    #[cold]
    pub(super) fn unexpected(&self) -> Fault {
        if self.at >= self.json.len() {
            return self.early_end();
        }
        Fault::new(self.at, "something else")
    }

    #[cold]
    fn early_end(&self) -> Fault {
        if self.json.trim_ascii().is_empty() {
            return Fault::Empty { at: self.at };
        }
        Fault::early_end(self.json.len())
    }
}
