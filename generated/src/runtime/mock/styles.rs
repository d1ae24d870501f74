//! Reads arguments from text: the reverse of `encode/style.rs`.

use std::collections::VecDeque;

use percent_encoding::percent_decode_str;

use super::{Guess, Reading, Style, StyleKind};

/// The names and values of a query, of cookies or of a form. The names are decoded, the values are not.
pub(super) type Pairs = Vec<(String, String)>;

/// The names, in a query or in cookies, of the properties of an object argument with `explode`.
#[derive(Clone, Copy, Debug)]
pub enum Names {
    /// None: the argument is not an object.
    None,
    /// These names.
    Only(&'static [&'static str]),
    /// All names except those of other arguments.
    AllBut(&'static [&'static str]),
}

impl Names {
    fn has(self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::Only(names) => names.contains(&name),
            Self::AllBut(names) => !names.contains(&name),
        }
    }
}

/// A function that decodes a value.
type Decoder = fn(&str) -> String;

/// Decodes the parts of a path and of cookies.
pub(super) fn percent(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Decodes the parts of a query and of a form, where a space may be a plus.
pub(super) fn form(text: &str) -> String {
    percent(&text.replace('+', " "))
}

/// Splits a query or a form.
pub(super) fn pairs(text: &str) -> Pairs {
    let pairs = text.split('&').filter(|it| !it.is_empty());
    let pairs = pairs.map(|it| it.split_once('=').unwrap_or((it, "")));
    pairs
        .map(|(name, value)| (form(name), value.to_owned()))
        .collect()
}

/// Reads a path argument.
pub(super) fn path(style: Style, name: &str, raw: &str) -> Guess {
    match style.kind {
        StyleKind::Label => {
            let raw = raw.strip_prefix('.').unwrap_or(raw);
            let separator = if style.explode { "." } else { "," };
            separated(raw, separator, style.explode, percent)
        }
        StyleKind::Matrix => {
            let parts = raw.split(';').filter(|it| !it.is_empty());
            let parts = parts.map(|it| it.split_once('=').unwrap_or((it, "")));
            let parts: Pairs = parts
                .map(|(name, value)| (percent(name), value.to_owned()))
                .collect();
            named(style, name, &parts, Names::AllBut(&[]), percent)
                .unwrap_or_else(|| Guess::text(""))
        }
        _ => single(style, raw, percent),
    }
}

/// Reads a header.
pub(super) fn header(style: Style, text: &str) -> Guess {
    single(style, text, str::to_owned)
}

/// Reads a query argument. Returns `None` if it is missing.
pub(super) fn query(style: Style, name: &str, pairs: &Pairs, names: Names) -> Option<Guess> {
    named(style, name, pairs, names, form)
}

/// Reads an argument in cookies. Returns `None` if it is missing.
pub(super) fn cookie(style: Style, name: &str, pairs: &Pairs, names: Names) -> Option<Guess> {
    let decode: Decoder = match style.kind {
        StyleKind::Cookie | StyleKind::Text | StyleKind::FormText => str::to_owned,
        _ => percent,
    };
    named(style, name, pairs, names, decode)
}

/// Reads an argument that is a whole query.
pub(super) fn query_string(style: Style, raw: &str, styles: &[(&'static str, Style)]) -> Guess {
    match style.kind {
        StyleKind::FormText => form_text(raw, styles),
        _ => single(style, raw, form),
    }
}

/// Reads a form. `known` are the styles of properties that have one.
pub(super) fn form_text(raw: &str, known: &[(&'static str, Style)]) -> Guess {
    let pairs = pairs(raw);
    let is_styled = |name: &str| {
        let mut names = known.iter().map(|(name, _)| *name);
        let outer = name.split('[').next().unwrap_or_default();
        names.any(|it| it == name || it == outer)
    };
    let plain: Pairs = pairs
        .iter()
        .filter(|(name, _)| !is_styled(name))
        .map(|(name, value)| (name.clone(), form(value)))
        .collect();
    let styled = known.iter().filter_map(|(name, style)| {
        let guess = query(*style, name, &pairs, Names::None)?;
        Some(((*name).to_owned(), guess))
    });
    let properties = styled.chain(properties(plain));
    Reading::Object(properties.collect()).into()
}

/// Groups values by name. The values are decoded.
pub(super) fn properties(pairs: Pairs) -> impl Iterator<Item = (String, Guess)> {
    let mut values: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in pairs {
        match values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => values.push((name, vec![value])),
        }
    }
    let values = values.into_iter();
    values.map(|(name, values)| (name, Guess::values(&values)))
}

/// Reads a value from a single text.
fn single(style: Style, raw: &str, decode: Decoder) -> Guess {
    match (style.kind, style.delimiter()) {
        (StyleKind::Json, _) => Guess::json(decode(raw)),
        (StyleKind::Text, _) => Guess::text(&decode(raw)),
        (StyleKind::FormText, _) => form_text(raw, &[]),
        // An encoded delimiter is one, too.
        (_, Some(delimiter)) => separated(&decode(raw), delimiter, style.explode, str::to_owned),
        _ => separated(raw, ",", style.explode, decode),
    }
}

/// Reads a value from pairs with its name, or with the names of its properties.
fn named(style: Style, name: &str, pairs: &Pairs, names: Names, decode: Decoder) -> Option<Guess> {
    let mut own = pairs.iter().filter(|(known, _)| known == name);
    if style.kind == StyleKind::DeepObject {
        return deep(name, pairs, decode).or_else(|| Some(single(style, &own.next()?.1, decode)));
    }
    if style.is_content() || !style.explode {
        return Some(single(style, &own.next()?.1, decode));
    }
    let values: Vec<String> = own.map(|(_, value)| decode(value)).collect();
    if !values.is_empty() {
        return Some(Guess::values(&values));
    }
    let properties_of_it = pairs.iter().filter(|(name, _)| names.has(name));
    let decoded = properties_of_it.map(|(name, value)| (name.clone(), decode(value)));
    let found: Vec<_> = properties(decoded.collect()).collect();
    (!found.is_empty()).then(|| Reading::Object(found).into())
}

/// Reads text with separators: a list, an object, or a text that happens to contain them.
fn separated(raw: &str, separator: &str, explode: bool, decode: Decoder) -> Guess {
    let parts: Vec<&str> = raw.split(separator).map(str::trim).collect();
    let item = |part: &&str| Guess::text(&decode(part));
    let list = Reading::List(parts.iter().map(item).collect());
    let pairs: Option<Vec<(&str, &str)>> = if explode {
        parts.iter().map(|it| it.split_once('=')).collect()
    } else if parts.len().is_multiple_of(2) {
        let pairs = parts.chunks_exact(2);
        Some(
            pairs
                .filter_map(|it| Some((*it.first()?, *it.last()?)))
                .collect(),
        )
    } else {
        None
    };
    let object = pairs.map(|pairs| {
        let pairs = pairs.into_iter();
        let pairs = pairs.map(|(name, value)| (decode(name), Guess::text(&decode(value))));
        Reading::Object(pairs.collect())
    });
    let text = Guess::text(&decode(raw));
    if parts.len() == 1 {
        text.or(object).or([list])
    } else if explode {
        text.after(object.into_iter().chain([list]))
    } else {
        text.after([list].into_iter().chain(object))
    }
}

/// A value with its keys.
type Keyed = (VecDeque<String>, String);

/// Reads `name[key][key]=value`.
fn deep(name: &str, pairs: &Pairs, decode: Decoder) -> Option<Guess> {
    let found = pairs.iter().filter_map(|(known, value)| {
        let keys = known.strip_prefix(name)?.strip_prefix('[')?;
        let keys = keys.strip_suffix(']').unwrap_or(keys);
        let keys = keys.split("][").map(str::to_owned);
        Some((keys.collect(), decode(value)))
    });
    let found: Vec<Keyed> = found.collect();
    (!found.is_empty()).then(|| nested(found))
}

/// Reads an object from values with keys.
fn nested(values: Vec<Keyed>) -> Guess {
    let mut groups: Vec<(String, Vec<Keyed>)> = Vec::new();
    for (mut keys, value) in values {
        let first = keys.pop_front().unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == first) {
            Some((_, group)) => group.push((keys, value)),
            None => groups.push((first, vec![(keys, value)])),
        }
    }
    let properties = groups.into_iter().map(|(name, group)| {
        let guess = if group.iter().all(|(keys, _)| keys.is_empty()) {
            let values: Vec<String> = group.into_iter().map(|(_, value)| value).collect();
            Guess::values(&values)
        } else {
            nested(group)
        };
        (name, guess)
    });
    Reading::Object(properties.collect()).into()
}
