//! Writes compact JSON (RFC 8259).

use std::fmt;

use super::scan::unescaped;
use super::{Constant, Encode, EncodeError};

/// A writer of JSON in memory. If JSON cannot represent a value, [`Writer::finish`] returns the error.
#[derive(Default)]
pub struct Writer {
    json: Vec<u8>,
    error: Option<EncodeError>,
    tag: Option<(&'static str, Constant)>,
}

/// A map whose entries are properties of the enclosing object.
pub trait Spread {
    /// Calls a function with each name and value.
    fn each(&self, write: &mut dyn FnMut(&str, &dyn Encode));
}

impl Writer {
    /// Returns an empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self {
            json: Vec::with_capacity(256),
            error: None,
            tag: None,
        }
    }

    /// Returns the text, or the first fault.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.error {
            None => Ok(self.json),
            Some(error) => Err(error),
        }
    }

    /// Records that a value cannot be written, unless there was a fault before.
    #[cold]
    pub fn fail(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.json.extend_from_slice(b"null");
    }

    /// Writes `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.json
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an integer.
    pub fn i64(&mut self, value: i64) {
        let result = serde_json::to_writer(&mut self.json, &value);
        self.check(result.is_ok());
    }

    /// Writes an integer.
    pub fn u64(&mut self, value: u64) {
        let result = serde_json::to_writer(&mut self.json, &value);
        self.check(result.is_ok());
    }

    /// Writes a number with the fewest digits that read back as the same `f64`. JSON has no NaN and no infinity.
    pub fn f64(&mut self, value: f64) {
        let is_written = value.is_finite() && serde_json::to_writer(&mut self.json, &value).is_ok();
        self.check(is_written);
    }

    /// Writes a number with the fewest digits that read back as the same `f32`. JSON has no NaN and no infinity.
    pub fn f32(&mut self, value: f32) {
        let is_written = value.is_finite() && serde_json::to_writer(&mut self.json, &value).is_ok();
        self.check(is_written);
    }

    /// Records a number that could not be written.
    #[inline]
    fn check(&mut self, is_written: bool) {
        if !is_written {
            self.fail(EncodeError::new(
                "NaN and infinity cannot be written as JSON",
            ));
        }
    }

    /// Writes JSON text as it is. The caller makes sure that it is one JSON value.
    pub fn raw(&mut self, json: &[u8]) {
        self.json.extend_from_slice(json);
    }

    /// Writes a string, with only the escapes that RFC 8259 requires.
    pub fn string(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.json.reserve(bytes.len() + 2);
        self.json.push(b'"');
        let plain = unescaped(bytes, 0);
        match bytes.split_at_checked(plain) {
            Some((all, [])) => self.json.extend_from_slice(all),
            _ => self.escaped(bytes),
        }
        self.json.push(b'"');
    }

    /// Writes the content of a string with escapes.
    #[inline(never)]
    fn escaped(&mut self, mut bytes: &[u8]) {
        loop {
            let plain = unescaped(bytes, 0);
            let (before, after) = bytes.split_at_checked(plain).unwrap_or((bytes, &[]));
            self.json.extend_from_slice(before);
            let Some((special, after)) = after.split_first() else {
                return;
            };
            self.escape(*special);
            bytes = after;
        }
    }

    fn escape(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let short: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0x08 => b"\\b",
            0x0C => b"\\f",
            _ => &[
                b'\\',
                b'u',
                b'0',
                b'0',
                HEX[usize::from(byte >> 4)],
                HEX[usize::from(byte & 0xF)],
            ],
        };
        self.json.extend_from_slice(short);
    }

    /// Adds a property that the next object does not have itself: the discriminator of a union.
    pub fn tag(&mut self, name: &'static str, value: Constant) {
        self.tag = Some((name, value));
    }

    /// Begins an object, with its tag if there is one. Returns `true` if the next property is the first.
    fn open(&mut self) -> bool {
        self.json.push(b'{');
        if self.tag.is_none() {
            return true;
        }
        let Some((name, value)) = self.tag.take() else {
            return true;
        };
        self.property(name, &value, true)
    }

    /// Writes an object with these names and values, and with the properties of `further`. Absent values are left out.
    pub fn object(
        &mut self,
        names: &[&'static str],
        values: &[&dyn Encode],
        further: &[&dyn Spread],
    ) {
        let mut first = self.open();
        for (name, value) in names.iter().zip(values) {
            if !value.is_absent() {
                first = self.property(name, *value, first);
            }
        }
        for properties in further {
            properties.each(&mut |name, value| {
                // An entry of a map is present even if it is null.
                first = self.property(name, value, first);
            });
        }
        self.json.push(b'}');
    }

    /// Writes one property. Returns `true` if the next one is still the first.
    fn property(&mut self, name: &str, value: &dyn Encode, first: bool) -> bool {
        if self.error.is_some() {
            return first;
        }
        if !first {
            self.json.push(b',');
        }
        self.string(name);
        self.json.push(b':');
        value.encode(self);
        if let Some(error) = &mut self.error {
            error.push_key(name);
        }
        false
    }

    /// Writes an array.
    pub fn array<T: Encode>(&mut self, items: impl IntoIterator<Item = T>) {
        self.json.push(b'[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.json.push(b',');
            }
            item.encode(self);
            if let Some(error) = &mut self.error {
                error.push_index(index);
                break;
            }
        }
        self.json.push(b']');
    }

    /// Writes an object with these names and values.
    pub fn map<'a, T: Encode + 'a>(
        &mut self,
        properties: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) {
        let mut first = self.open();
        for (name, value) in properties {
            // An entry of a map is present even if it is null.
            first = self.property(name, value, first);
        }
        self.json.push(b'}');
    }
}

/// Shows only sizes, since the values may be secret.
impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("bytes", &self.json.len())
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
