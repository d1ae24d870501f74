//! Parameters, read back from the styles in which they are written (OAS 3.1.1, Style Values).

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::text::{PREFERENCES, Preference, TextReader};
use crate::conform::{Bundle, Kinds};
use crate::mock::urlencoded::{decoded, pairs, plain};
use crate::model::{ParameterLocation, Style};

/// What was sent for a parameter, as it stood on the wire.
#[derive(Clone, Debug)]
pub(super) enum Sent<'r> {
    /// The text of a step of the path or of a header.
    Text(&'r str),
    /// The pairs of the query, a form or cookies, all of them.
    Pairs(&'r [(String, String)]),
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writing<'p> {
    pub(super) name: &'p str,
    pub(super) location: ParameterLocation,
    pub(super) style: Style,
    pub(super) explode: bool,
    /// The names of other parameters, whose pairs are not those of an object.
    pub(super) others: &'p [&'p str],
    /// Whether pairs may be of another object, too, whose properties have no name in front either.
    pub(super) is_crowded: bool,
}

/// What a parameter may be, the likeliest first; none when nothing of it was sent.
pub(super) fn read(
    bundle: &Bundle,
    schema: &Value,
    writing: Writing<'_>,
    sent: &Sent<'_>,
) -> Vec<Value> {
    let kinds = bundle.kinds(schema);
    let shapes = [Kinds::OBJECT, Kinds::ARRAY, Kinds::STRING];
    let is_scalar = kinds.has(Kinds::STRING) || kinds.has_scalars();
    let is_wanted = |it: &Kinds| match *it {
        Kinds::STRING => is_scalar || kinds == Kinds::NONE,
        Kinds::OBJECT if writing.style == Style::DeepObject => true,
        it => kinds.has(it) && kinds != Kinds::ANY,
    };
    let mut found: Vec<Value> = Vec::new();
    for shape in shapes.into_iter().filter(is_wanted) {
        for preference in PREFERENCES {
            let reader = Reader {
                text: TextReader { bundle, preference },
                schema,
                writing,
            };
            for value in reader.read(shape, sent) {
                if !found.contains(&value) {
                    found.push(value);
                }
            }
            if preference == Preference::Typed && found.is_empty() {
                break;
            }
        }
    }
    found
}

struct Reader<'p> {
    text: TextReader<'p>,
    schema: &'p Value,
    writing: Writing<'p>,
}

impl Reader<'_> {
    /// What the parameter may be, if it has a shape.
    fn read(&self, shape: Kinds, sent: &Sent<'_>) -> Vec<Value> {
        if let (Sent::Pairs(pairs), Kinds::OBJECT, true) = (
            sent,
            shape,
            self.writing.explode && self.writing.style != Style::DeepObject,
        ) {
            return self.beside_others(pairs);
        }
        let single = self.single(shape, sent);
        if let (Sent::Pairs(pairs), Kinds::ARRAY) = (sent, shape) {
            // Forms are often encoded as a whole, with the separators.
            let encoded = self.own(pairs).next().filter(|_| !self.is_repeated());
            let whole = encoded.map(|it| self.decode(it));
            let whole = whole.map(|it| self.split(&it.replace('%', "%25").replace('+', "%2B")));
            let whole = whole.map(|it| self.text.array(self.schema, &it));
            let is_empty = single == Some(json!([""]));
            let empty = is_empty.then(|| json!([]));
            return single.into_iter().chain(whole).chain(empty).collect();
        }
        // No item and an empty one look alike.
        let is_empty = shape == Kinds::ARRAY && single == Some(json!([""]));
        single
            .into_iter()
            .chain(is_empty.then(|| json!([])))
            .collect()
    }

    fn single(&self, shape: Kinds, sent: &Sent<'_>) -> Option<Value> {
        match (sent, shape) {
            (Sent::Text(text), Kinds::OBJECT) => self.object_in(text),
            (Sent::Text(text), Kinds::ARRAY) => {
                let texts = self.list_in(text)?;
                Some(self.text.array(self.schema, &texts))
            }
            (Sent::Text(text), _) => {
                let text = self.single_in(text)?;
                Some(self.text.scalar(&[self.schema], &self.decode(&text)))
            }
            (Sent::Pairs(pairs), Kinds::OBJECT) => self.object_of(pairs),
            (Sent::Pairs(pairs), Kinds::ARRAY) => {
                let texts = self.list_of(pairs)?;
                Some(self.text.array(self.schema, &texts))
            }
            (Sent::Pairs(pairs), _) => {
                let text = self.own(pairs).next()?;
                Some(self.text.scalar(&[self.schema], &self.decode(text)))
            }
        }
    }

    /// Text without the encoding of its place.
    fn decode(&self, text: &str) -> String {
        match self.writing.location {
            ParameterLocation::Header => text.to_owned(),
            ParameterLocation::Cookie if self.writing.style == Style::Cookie => text.to_owned(),
            ParameterLocation::Query | ParameterLocation::QueryString => plain(text),
            ParameterLocation::Path | ParameterLocation::Cookie => decoded(text),
        }
    }

    /// The values of the pairs that have the parameter's name.
    fn own<'r>(&self, pairs: &'r [(String, String)]) -> impl Iterator<Item = &'r str> {
        let name = self.writing.name;
        let own = pairs.iter().filter(move |(key, _)| decoded(key) == name);
        own.map(|(_, value)| value.as_str())
    }

    /// Splits a list. What is encoded is no separator, unless it is always encoded.
    fn split(&self, text: &str) -> Vec<String> {
        let is_header = self.writing.location == ParameterLocation::Header;
        let separators: &[&str] = match self.writing.style {
            Style::SpaceDelimited => &["%20", "+", " "],
            Style::PipeDelimited => &["%7C", "%7c", "|"],
            Style::TabDelimited => &["%09", "\t"],
            Style::Label if self.writing.explode => &["."],
            _ => &[","],
        };
        let mut text = text.to_owned();
        for separator in &separators[1..] {
            text = text.replace(separator, separators[0]);
        }
        let parts = text.split(separators[0]);
        let trimmed = |it: &str| {
            if is_header {
                it.trim().to_owned()
            } else {
                self.decode(it)
            }
        };
        parts.map(trimmed).collect()
    }

    /// A step of the path without what its style puts before it.
    fn single_in<'r>(&self, text: &'r str) -> Option<std::borrow::Cow<'r, str>> {
        let name = self.writing.name;
        Some(match self.writing.style {
            Style::Label => text.strip_prefix('.')?.into(),
            Style::Matrix => {
                let (key, value) = text
                    .strip_prefix(';')?
                    .split_once('=')
                    .unwrap_or((&text[1..], ""));
                if decoded(key) != name {
                    return None;
                }
                value.into()
            }
            _ => text.into(),
        })
    }

    fn list_in(&self, text: &str) -> Option<Vec<String>> {
        if self.writing.style == Style::Matrix && self.writing.explode {
            let pairs = pairs(text.strip_prefix(';')?, ';');
            let own: Vec<String> = self.own(&pairs).map(|it| self.decode(it)).collect();
            return (!own.is_empty()).then_some(own);
        }
        Some(self.split(&self.single_in(text)?))
    }

    fn object_in(&self, text: &str) -> Option<Value> {
        let Writing { style, explode, .. } = self.writing;
        let found = match (style, explode) {
            (Style::Matrix, true) => self.decoded_pairs(&pairs(text.strip_prefix(';')?, ';')),
            (_, true) => {
                let text = self.single_in(text)?;
                let separator = if style == Style::Label { '.' } else { ',' };
                self.decoded_pairs(&pairs(&text, separator))
            }
            (_, false) => alternating(&self.split(&self.single_in(text)?))?,
        };
        Some(self.text.object(self.schema, &found))
    }

    fn decoded_pairs(&self, pairs: &[(String, String)]) -> Vec<(String, String)> {
        let decode =
            |(key, value): &(String, String)| (self.decode(key.trim()), self.decode(value));
        pairs.iter().map(decode).collect()
    }

    fn list_of(&self, pairs: &[(String, String)]) -> Option<Vec<String>> {
        let own: Vec<&str> = self.own(pairs).collect();
        let first = own.first()?;
        if own.len() > 1 || self.is_repeated() {
            return Some(own.iter().map(|it| self.decode(it)).collect());
        }
        Some(self.split(first))
    }

    /// Whether each item has a pair of its own.
    fn is_repeated(&self) -> bool {
        let is_delimited = matches!(
            self.writing.style,
            Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited
        );
        self.writing.explode && !is_delimited
    }

    fn object_of(&self, pairs: &[(String, String)]) -> Option<Value> {
        if self.writing.style == Style::DeepObject {
            return self.deep(pairs);
        }
        let text = self.own(pairs).next()?;
        let pairs = alternating(&self.split(text))?;
        Some(self.text.object(self.schema, &pairs))
    }

    /// An object whose properties stand beside the other parameters. Where these may have properties of the same names,
    /// nobody can tell whose a pair is: it is the first or the last one of its name, and of what the schema has for it.
    fn beside_others(&self, pairs: &[(String, String)]) -> Vec<Value> {
        let declared = self.text.bundle.property_names(self.schema);
        let is_own = |name: &str| declared.contains(&name) || !self.writing.others.contains(&name);
        let own = self.decoded_pairs(pairs).into_iter();
        let own: Vec<(String, String)> = own.filter(|(name, _)| is_own(name)).collect();
        let is_sent = own
            .iter()
            .any(|(name, _)| declared.contains(&name.as_str()))
            || (declared.is_empty() && !own.is_empty());
        if !is_sent {
            return Vec::new();
        }
        let mut found = vec![self.text.object(self.schema, &own)];
        if self.writing.is_crowded {
            let fitting = own.into_iter().filter(|(name, text)| self.fits(name, text));
            let mut fitting: Vec<(String, String)> = fitting.collect();
            for _ in 0..2 {
                fitting.reverse();
                let mut seen = HashSet::new();
                let is_first =
                    |(name, _): &&(String, String)| self.is_list(name) || seen.insert(name.clone());
                let single: Vec<_> = fitting.iter().filter(is_first).cloned().collect();
                found.push(self.text.object(self.schema, &single));
            }
        }
        found
    }

    fn is_list(&self, name: &str) -> bool {
        let schemas = self.text.bundle.property(self.schema, name);
        self.text.kinds(&schemas).has(Kinds::ARRAY)
    }

    /// Whether a text is of a type that a property may have.
    fn fits(&self, name: &str, text: &str) -> bool {
        let schemas = self.text.bundle.property(self.schema, name);
        let kinds = self.text.kinds(&schemas);
        let is_known =
            !schemas.is_empty() || self.text.bundle.property_names(self.schema).is_empty();
        is_known
            && (kinds.has(Kinds::STRING)
                || kinds.has(Kinds::ARRAY)
                || !self.text.part(&schemas, text).is_string())
    }

    /// `name[key][key]=value`
    fn deep(&self, pairs: &[(String, String)]) -> Option<Value> {
        let mut root = Value::Null;
        for (key, value) in pairs {
            let key = decoded(key);
            let Some(keys) = key.strip_prefix(self.writing.name).and_then(brackets) else {
                continue;
            };
            let mut schemas = vec![self.schema];
            let mut here = &mut root;
            for key in &keys {
                let found = schemas
                    .iter()
                    .flat_map(|it| self.text.bundle.property(it, key));
                schemas = found.collect();
                if !here.is_object() {
                    *here = Value::Object(Map::new());
                }
                here = here
                    .as_object_mut()?
                    .entry(key.clone())
                    .or_insert(Value::Null);
            }
            let is_list = self.text.kinds(&schemas).has(Kinds::ARRAY);
            let items = schemas.iter().flat_map(|it| self.text.bundle.item(it, 0));
            let items: Vec<&Value> = items.collect();
            let of = if is_list && !items.is_empty() {
                &items
            } else {
                &schemas
            };
            let value = self.text.part(of, &self.decode(value));
            match here {
                Value::Array(items) => items.push(value),
                Value::Null if is_list && !value.is_array() => *here = Value::Array(vec![value]),
                Value::Null => *here = value,
                before => *before = Value::Array(vec![before.take(), value]),
            }
        }
        (!root.is_null()).then_some(root)
    }
}

/// The keys of `[a][b]`.
fn brackets(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split("][").map(str::to_owned).collect())
}

/// `R,100,G,200` as pairs; `None` when a value is missing.
fn alternating(parts: &[String]) -> Option<Vec<(String, String)>> {
    let pairs = parts.chunks(2).map(|it| match it {
        [key, value] => Some((key.clone(), value.clone())),
        _ => None,
    });
    pairs.collect()
}
