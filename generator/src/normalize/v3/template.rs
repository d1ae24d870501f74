//! Path templates (OAS 3.1.1, Path Templating).

use indexmap::IndexMap;

/// Finds the names between the braces of a template, in order, and how often each is there. The error is a clause
/// that says what is malformed.
pub(super) fn names(template: &str) -> Result<IndexMap<&str, usize>, String> {
    let mut names = IndexMap::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        if rest.as_bytes()[open] == b'}' {
            return Err("has a `}` without a `{`".to_owned());
        }
        let inner = &rest[open + 1..];
        let Some(close) = inner
            .find(['{', '}'])
            .filter(|at| inner.as_bytes()[*at] == b'}')
        else {
            return Err("has a `{` without a `}`".to_owned());
        };
        let name = &inner[..close];
        if name.is_empty() {
            return Err("has a parameter without a name".to_owned());
        }
        *names.entry(name).or_default() += 1;
        rest = &inner[close + 1..];
    }
    Ok(names)
}

/// Finds what other tools write for a parameter, `:id` and `<id>`, and the name that is meant.
pub(super) fn foreign(path: &str) -> impl Iterator<Item = (&str, &str)> {
    path.split('/').filter_map(|segment| {
        let inner = segment
            .strip_prefix('<')
            .and_then(|it| it.strip_suffix('>'));
        // Some name a type before the name: `<int:id>`.
        let inner = inner.map(|it| it.rsplit(':').next().unwrap_or(it));
        let name = inner.or_else(|| segment.strip_prefix(':'))?;
        let is_name = name.starts_with(|it: char| it.is_alphabetic() || it == '_')
            && name
                .chars()
                .all(|it| it.is_alphanumeric() || it == '_' || it == '-');
        is_name.then_some((segment, name))
    })
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::{foreign, names};

    #[test]
    fn finds_names() {
        assert_eq!(
            names("/pets/{id}/photos/{photo}.{format}"),
            Ok(IndexMap::from([("id", 1), ("photo", 1), ("format", 1)]))
        );
        assert_eq!(names("/"), Ok(IndexMap::new()));
        assert_eq!(names("/{a}/{a}"), Ok(IndexMap::from([("a", 2)])));
    }

    #[test]
    fn finds_what_others_write() {
        let found = |path| foreign(path).collect::<Vec<_>>();
        assert_eq!(
            found("/t/<tenantId>/:user/<int:id>"),
            [
                ("<tenantId>", "tenantId"),
                (":user", "user"),
                ("<int:id>", "id")
            ]
        );
        assert_eq!(found("/v1/{name}:cancel/a:b/<>/:/1:2"), []);
    }

    #[test]
    fn says_what_is_malformed() {
        assert_eq!(names("/{id").unwrap_err(), "has a `{` without a `}`");
        assert_eq!(names("/{a{b}}").unwrap_err(), "has a `{` without a `}`");
        assert_eq!(names("/a}").unwrap_err(), "has a `}` without a `{`");
        assert_eq!(names("/{}").unwrap_err(), "has a parameter without a name");
    }
}
