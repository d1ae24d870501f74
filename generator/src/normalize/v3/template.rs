//! Path templates (OAS 3.1.1, Path Templating).

use indexmap::IndexSet;

/// Finds the names between the braces of a template, in order. The error is a clause that says what is
/// malformed.
pub(super) fn names(template: &str) -> Result<IndexSet<&str>, String> {
    let mut names = IndexSet::new();
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
        names.insert(name);
        rest = &inner[close + 1..];
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use indexmap::IndexSet;

    use super::names;

    #[test]
    fn finds_names() {
        assert_eq!(
            names("/pets/{id}/photos/{photo}.{format}"),
            Ok(IndexSet::from(["id", "photo", "format"]))
        );
        assert_eq!(names("/"), Ok(IndexSet::new()));
        assert_eq!(names("/{a}/{a}"), Ok(IndexSet::from(["a"])));
    }

    #[test]
    fn says_what_is_malformed() {
        assert_eq!(names("/{id").unwrap_err(), "has a `{` without a `}`");
        assert_eq!(names("/{a{b}}").unwrap_err(), "has a `{` without a `}`");
        assert_eq!(names("/a}").unwrap_err(), "has a `}` without a `{`");
        assert_eq!(names("/{}").unwrap_err(), "has a parameter without a name");
    }
}
