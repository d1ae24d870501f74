//! Values that are read from text which need not be JSON: a header, a plain body, the data of an event.

use super::memory::Memory;
use super::{Decode, DecodeError, Encode, Tree, Writer, from_slice, from_slice_within};

/// Reads a value from text. A string is the text itself; another value is the JSON in it, or what the text is as a
/// JSON string: a date, one of several words.
pub(crate) fn read<T: Decode>(text: &str, memory: Memory) -> Result<T, DecodeError> {
    let read = |json: &str| from_slice_within(json.as_bytes(), memory);
    if T::is_text() {
        return read(&quoted(text));
    }
    let text = text.trim();
    first([text.to_owned(), quoted(text)], read)
}

/// The text of a header, as a whole and in its items.
pub(crate) struct FieldText {
    whole: String,
    items: Vec<String>,
}

impl FieldText {
    /// Returns a text with its items, some of which may be empty.
    pub(crate) fn new(whole: String, items: impl Iterator<Item = String>) -> Self {
        let items = items.collect();
        Self { whole, items }
    }

    /// Returns the same text with other items: those between a delimiter.
    pub(crate) fn delimited(self, delimiter: &str) -> Self {
        let items = self.whole.split(delimiter).map(str::trim);
        let items = items.map(str::to_owned).collect();
        Self { items, ..self }
    }

    /// Reads the value that the text is as JSON.
    pub(crate) fn read_json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_slice(self.whole.as_bytes())
    }

    /// Reads the value (`style: simple`), which may be a list or an object. A list has no empty items (RFC 9110, section
    /// 5.6.1.2).
    pub(crate) fn read<T: Decode>(&self) -> Result<T, DecodeError> {
        let text = self.whole.as_str();
        let items: Vec<&str> = self.items.iter().map(String::as_str).collect();
        let pairs = pairs(&items);
        let items = || items.iter().copied().filter(|item| !item.is_empty());
        let candidates = [
            quoted(text),
            text.to_owned(),
            list(items().map(quoted)),
            list(items().map(str::to_owned)),
            object(&pairs, quoted),
            object(&pairs, value),
        ];
        first(candidates, |json| from_slice(json.as_bytes()))
    }
}

/// Returns the properties of an object: `R=100,G=200` with `explode`, and `R,100,G,200` without. There are none where
/// the text has no pairs.
fn pairs<'t>(items: &[&'t str]) -> Vec<(&'t str, &'t str)> {
    let exploded: Option<Vec<_>> = items.iter().map(|item| item.split_once('=')).collect();
    let plain = || {
        let pairs = items.chunks_exact(2);
        let rest = pairs.remainder();
        let pairs = pairs.filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        rest.is_empty().then(|| pairs.collect())
    };
    exploded.or_else(plain).unwrap_or_default()
}

/// Returns properties as a JSON object, or no JSON where there are none.
fn object(pairs: &[(&str, &str)], write: fn(&str) -> String) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let properties = pairs.iter();
    let properties = properties.map(|(name, text)| format!("{}:{}", quoted(name), write(text)));
    format!("{{{}}}", properties.collect::<Vec<_>>().join(","))
}

/// Returns text as the JSON value that it is, or else as a JSON string.
fn value(text: &str) -> String {
    match from_slice::<Tree>(text.as_bytes()) {
        Ok(_) => text.to_owned(),
        Err(_) => quoted(text),
    }
}

/// Reads the first JSON text that is a value which the description knows, or else the first that is a value.
fn first<T: Decode, const N: usize>(
    candidates: [String; N],
    read: impl Fn(&str) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut found = None;
    for candidate in candidates {
        match (read(&candidate), &found) {
            (Ok(value), _) if value.is_known() => return Ok(value),
            (Ok(value), None | Some(Err(_))) => found = Some(Ok(value)),
            (Err(error), None) => found = Some(Err(error)),
            _ => {}
        }
    }
    found.unwrap_or_else(|| read(""))
}

/// Returns text as a JSON string.
fn quoted(text: &str) -> String {
    let mut writer = Writer::new();
    text.encode(&mut writer);
    writer
        .finish()
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .unwrap_or_default()
}

/// Returns JSON values as a JSON array.
fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

/// Returns text without the mark at its start that says how its bytes are ordered.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}
