//! Reads values from text that need not be JSON: headers, plain bodies, and the data of events.

use super::memory::Memory;
use super::{Decode, DecodeError, Encode, Tree, Writer, from_slice, from_slice_within};

/// Reads a value from text. A string is the text itself. Any other value is read from the text as JSON, or from the
/// text as a JSON string, such as a date or an enum value.
pub(crate) fn read<T: Decode>(text: &str, memory: Memory) -> Result<T, DecodeError> {
    let read = |json: &str| from_slice_within(json.as_bytes(), memory);
    if T::is_text() {
        return read(&quoted(text));
    }
    let text = text.trim();
    first([text.to_owned(), quoted(text)], read)
}

/// The text of a header, whole and split into items.
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

    /// Splits the text at another delimiter.
    pub(crate) fn delimited(self, delimiter: &str) -> Self {
        let items = self.whole.split(delimiter).map(str::trim);
        let items = items.map(str::to_owned).collect();
        Self { items, ..self }
    }

    /// Reads the text as JSON.
    pub(crate) fn read_json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_slice(self.whole.as_bytes())
    }

    /// Reads the value (`style: simple`), which may be a list or an object. Empty items of a list are ignored (RFC
    /// 9110, section 5.6.1.2).
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

/// Returns the properties of an object: `R=100,G=200` with `explode`, and `R,100,G,200` without. There are none if the
/// text has no pairs.
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

/// Returns properties as a JSON object, or an empty text if there are none.
fn object(pairs: &[(&str, &str)], write: fn(&str) -> String) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let properties = pairs.iter();
    let properties = properties.map(|(name, text)| format!("{}:{}", quoted(name), write(text)));
    format!("{{{}}}", properties.collect::<Vec<_>>().join(","))
}

/// Returns text that is JSON as it is, and any other text as a JSON string.
fn value(text: &str) -> String {
    match from_slice::<Tree>(text.as_bytes()) {
        Ok(_) => text.to_owned(),
        Err(_) => quoted(text),
    }
}

/// Reads the first JSON text that is a documented value, or else the first that is a value.
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

/// Returns text without its byte order mark.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}
