//! Path templates (OAS 3.1.1, Path Templating).

/// Finds the names between the braces of a template, in order. The error is a clause that says what is
/// malformed.
pub(super) fn names(template: &str) -> Result<Vec<&str>, String> {
    let mut names: Vec<&str> = Vec::new();
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
        match &inner[..close] {
            "" => return Err("has a parameter without a name".to_owned()),
            name if names.contains(&name) => {
                return Err(format!("has the parameter `{name}` twice"));
            }
            name => names.push(name),
        }
        rest = &inner[close + 1..];
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn finds_names() {
        assert_eq!(
            names("/pets/{id}/photos/{photo}.{format}"),
            Ok(vec!["id", "photo", "format"])
        );
        assert_eq!(names("/"), Ok(vec![]));
    }

    #[test]
    fn says_what_is_malformed() {
        assert_eq!(names("/{id").unwrap_err(), "has a `{` without a `}`");
        assert_eq!(names("/{a{b}}").unwrap_err(), "has a `{` without a `}`");
        assert_eq!(names("/a}").unwrap_err(), "has a `}` without a `{`");
        assert_eq!(names("/{}").unwrap_err(), "has a parameter without a name");
        assert_eq!(
            names("/{a}/{a}").unwrap_err(),
            "has the parameter `a` twice"
        );
    }
}
