//! The patterns that select operations.

use toml::de::{DeTable, DeValue};

use super::table::{Reader, items, table};
use crate::document::{JsonPointer, Place};

/// Patterns of operations and tags.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// Patterns of operations: `getPet`, `get*`, `GET /pets/*`, `* /admin/*`.
    pub operations: Vec<Pattern>,
    /// Patterns of tags.
    pub tags: Vec<Pattern>,
}

/// A pattern, in which `*` stands for any text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The pattern.
    pub text: String,
    /// The place in the configuration, if that is a file.
    pub place: Option<Place>,
}

impl Patterns {
    /// Returns `true` if there are no patterns.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.tags.is_empty()
    }
}

impl Pattern {
    /// Returns `true` if a text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        matches(&self.text, text)
    }

    /// Returns the patterns of the method and of the path, if this is a pattern of routes.
    #[must_use]
    pub fn route(&self) -> Option<(&str, &str)> {
        let (method, path) = self.text.split_once(' ')?;
        let path = path.trim_start();
        path.starts_with(['/', '*']).then_some((method, path))
    }

    /// Returns `true` if an operation with this method and path matches.
    #[must_use]
    pub fn matches_route(&self, method: &str, path: &str) -> bool {
        self.route().is_some_and(|(method_pattern, path_pattern)| {
            (method_pattern == "*" || method_pattern.eq_ignore_ascii_case(method))
                && matches(path_pattern, path)
        })
    }
}

/// Returns `true` if a text matches a pattern. The time is bounded by the product of both lengths.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    // The earliest place of each part leaves the most to those after it.
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

impl Reader<'_> {
    /// Reads `[api.include]` or `[api.exclude]`.
    pub(super) fn patterns(&self, at: &JsonPointer, api: &DeTable<'_>, key: &str) -> Patterns {
        let at = at.child(key);
        let Some(table) = table(api, key) else {
            return Patterns::default();
        };
        let list = |key: &str| {
            let at = at.child(key);
            let items = items(table, key).iter().enumerate();
            let items = items.filter_map(|(index, item)| match item.get_ref() {
                DeValue::String(text) => Some(Pattern {
                    text: text.to_string(),
                    place: Some(self.place(item.span(), at.item(index))),
                }),
                _ => None,
            });
            items.collect()
        };
        Patterns {
            operations: list("operations"),
            tags: list("tags"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn pattern(text: &str) -> Pattern {
        Pattern {
            text: text.to_owned(),
            place: None,
        }
    }

    #[test]
    fn a_star_stands_for_any_text() {
        let cases = [
            ("getPet", "getPet", true),
            ("getPet", "getPets", false),
            ("get*", "getPet", true),
            ("*Pet", "getPet", true),
            ("*", "", true),
            ("a*b*c", "abc", true),
            ("a*b*c", "axbxbxc", true),
            ("a*b*c", "acb", false),
            ("aa*aa", "aaa", false),
            ("a*a", "a", false),
            ("**a**", "bab", true),
            ("", "a", false),
        ];
        for (text, name, expected) in cases {
            assert_eq!(pattern(text).matches(name), expected, "{text} {name}");
        }
    }

    #[test]
    fn routes_have_a_method_and_a_path() {
        let cases = [
            ("GET /pets/*", "GET", "/pets/{id}/toys", true),
            ("get /pets/*", "GET", "/pets/1", true),
            ("GET /pets/*", "POST", "/pets/1", false),
            ("GET /pets/*", "GET", "/pets", false),
            ("* /pets*", "DELETE", "/pets", true),
            ("DELETE *", "DELETE", "/pets", true),
            ("/pets", "GET", "/pets", false),
            ("Get pets", "GET", "/pets", false),
        ];
        for (text, method, path, expected) in cases {
            assert_eq!(
                pattern(text).matches_route(method, path),
                expected,
                "{text}"
            );
        }
    }
}
