//! Forms (WHATWG URL, section 5; OAS 3.1.1, Encoding Object).

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::style::{self, Sent, Writing};
use super::text::{PREFERENCES, Preference, TextReader};
use crate::conform::Bundle;
use crate::media_type::is_json;
use crate::mock::contract::Encoding;
use crate::mock::urlencoded::{pairs, plain};
use crate::model::{ParameterLocation, Style};

/// What a form may be, the likeliest first.
pub(super) fn read(
    bundle: &Bundle,
    schema: &Value,
    encoding: &IndexMap<String, Encoding>,
    text: &str,
) -> Vec<Value> {
    let pairs = pairs(text, '&');
    let mut found = Vec::new();
    for (preference, is_last) in readings() {
        let reader = TextReader { bundle, preference };
        let form = Form {
            reader,
            schema,
            encoding,
            is_last,
        };
        let value = form.object(&pairs);
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// The ways in which forms are read.
pub(super) fn readings() -> impl Iterator<Item = (Preference, bool)> {
    let ways = [false, true].into_iter();
    ways.flat_map(|is_last| PREFERENCES.map(|preference| (preference, is_last)))
}

/// The first or the last of what a value may be.
fn one_of(values: Vec<Value>, is_last: bool) -> Option<Value> {
    let mut values = values.into_iter();
    if is_last {
        values.last()
    } else {
        values.next()
    }
}

/// The fields of a form that have a style. `location` says how their text is encoded.
pub(super) fn styled_fields(
    reader: TextReader<'_>,
    schema: &Value,
    encoding: &IndexMap<String, Encoding>,
    location: ParameterLocation,
    pairs: &[(String, String)],
    is_last: bool,
) -> Map<String, Value> {
    let field = |(name, encoding): (&String, &Encoding)| {
        let (style, explode) = encoding.style?;
        let schemas = reader.bundle.property(schema, name);
        let writing = Writing {
            name,
            location,
            style,
            explode: explode || style == Style::DeepObject,
            others: &[],
            is_crowded: false,
        };
        let values = style::read(
            reader.bundle,
            schemas.first()?,
            writing,
            &Sent::Pairs(pairs),
        );
        Some((name.clone(), one_of(values, is_last)?))
    };
    encoding.iter().filter_map(field).collect()
}

struct Form<'f> {
    reader: TextReader<'f>,
    schema: &'f Value,
    encoding: &'f IndexMap<String, Encoding>,
    /// Whether what may be several values is the last of them, and not the likeliest.
    is_last: bool,
}

impl Form<'_> {
    fn object(&self, pairs: &[(String, String)]) -> Value {
        let mut object = Map::new();
        let is_styled = |name: &str| self.encoding.get(name).is_some_and(|it| it.style.is_some());
        let mut unstyled: Vec<(String, String)> = Vec::new();
        for (key, value) in pairs {
            let name = plain(key);
            let root = name.split('[').next().unwrap_or_default();
            if !is_styled(&name) && !is_styled(root) {
                unstyled.push((name, plain(value)));
            }
        }
        let location = ParameterLocation::Query;
        let styled = styled_fields(
            self.reader,
            self.schema,
            self.encoding,
            location,
            pairs,
            self.is_last,
        );
        object.extend(styled);
        let is_json_part = |name: &str| {
            let content_type = self
                .encoding
                .get(name)
                .and_then(|it| it.content_type.as_deref());
            content_type.is_some_and(is_json)
        };
        unstyled.retain(|(name, text)| {
            let json = is_json_part(name).then(|| serde_json::from_str::<Value>(text).ok());
            match json.flatten() {
                Some(value) => {
                    object.insert(name.clone(), value);
                    false
                }
                None => true,
            }
        });
        if let Value::Object(rest) = self.reader.object(self.schema, &unstyled) {
            object.extend(rest);
        }
        Value::Object(object)
    }
}
