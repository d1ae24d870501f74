//! Finds the known name that is most similar to an unknown one.

/// The longest name that is compared; nobody mistypes a longer one, and comparing costs its square.
const LONGEST: usize = 64;

/// Returns the candidate that is most like `wanted`, if one is like it at all: at most a third of its
/// characters have to change, and case does not count.
///
/// ```
/// # use keywright::diagnostics::similar;
/// assert_eq!(similar("Pett", ["Pet", "Owner"]), Some("Pet"));
/// assert_eq!(similar("Invoice", ["Pet", "Owner"]), None);
/// ```
#[must_use]
pub fn similar<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(wanted)?;
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(wanted.len()) <= LONGEST)
        .filter_map(|candidate| {
            Some((
                strsim::damerau_levenshtein(&wanted, &folded(candidate)?),
                candidate,
            ))
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The name without regard to case, or nothing when it is too long to be compared.
fn folded(name: &str) -> Option<String> {
    (name.len() <= LONGEST).then(|| name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn finds_the_nearest() {
        assert_eq!(similar("Pett", ["Pets", "Owner", "Pet"]), Some("Pets"));
        assert_eq!(
            similar("operationid", ["tags", "operationId"]),
            Some("operationId")
        );
        assert_eq!(
            similar("desciption", ["summary", "description"]),
            Some("description")
        );
        assert_eq!(similar("x", ["summary", "description"]), None);
        assert_eq!(similar(&"x".repeat(1000), ["summary"]), None);
    }
}
