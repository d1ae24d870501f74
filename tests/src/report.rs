//! What an error tells, as text for a snapshot.

use std::error::Error;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Returns what an error says to a user (`Display`, and that of its sources) and to a developer (`Debug`).
///
/// What differs from run to run is masked. Of a description of an operation, the id is enough.
///
/// # Panics
///
/// If one of the secrets shows, as it is or in Base64.
#[must_use]
pub fn report(error: &(dyn Error + 'static), secrets: &[&str]) -> String {
    let mut text = format!("{error}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = writeln!(text, "  because: {cause}");
        source = cause.source();
    }
    let _ = writeln!(text, "{error:?}");
    assert_hidden(&text, secrets);
    assert_hidden(&format!("{error:#?}"), secrets);
    let text = replace_after(&text, "127.0.0.1:", |c| c.is_ascii_digit(), "<port>");
    let text = replace_after(&text, "\"date\": \"", |c| c != '"', "<date>");
    shorten_operations(&text)
}

/// Checks that a text shows none of the secrets.
///
/// # Panics
///
/// If it shows one, as it is or in Base64.
pub fn assert_hidden(text: &str, secrets: &[&str]) {
    let shown: Vec<_> = secrets
        .iter()
        .filter(|secret| shows(text, secret))
        .collect();
    assert!(
        shown.is_empty(),
        "{shown:?} is secret, but shows in: {text}"
    );
}

/// Whether a text shows a secret, as it is or in Base64.
fn shows(text: &str, secret: &str) -> bool {
    let encoded = STANDARD.encode(secret);
    text.contains(secret) || text.contains(encoded.trim_end_matches('='))
}

/// Replaces the characters of one kind that follow each occurrence of a text.
fn replace_after(
    text: &str,
    before: &str,
    is_replaced: impl Fn(char) -> bool + Copy,
    with: &str,
) -> String {
    let mut pieces = text.split(before);
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        replaced.extend([before, with, piece.trim_start_matches(is_replaced)]);
    }
    replaced
}

/// Leaves out everything but the id of descriptions of operations: `Operation { id: "login", .. }`.
fn shorten_operations(text: &str) -> String {
    const START: &str = "Operation { id: ";
    let mut pieces = text.split(START);
    let mut shortened = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (mut depth, mut is_in_string, mut end_of_id) = (1, false, None);
        let end = piece.char_indices().find_map(|(at, c)| {
            match c {
                '"' => is_in_string = !is_in_string,
                '{' | '[' | '(' if !is_in_string => depth += 1,
                '}' | ']' | ')' if !is_in_string => depth -= 1,
                ',' if !is_in_string => {
                    end_of_id.get_or_insert(at);
                }
                _ => {}
            }
            (depth == 0).then_some(at)
        });
        let (end_of_id, end) = (end_of_id.unwrap_or_default(), end.unwrap_or(piece.len()));
        shortened.extend([START, &piece[..end_of_id], ", .. ", &piece[end..]]);
    }
    shortened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_the_same_in_every_run() {
        let error = std::io::Error::other(
            "http://127.0.0.1:4711/v1 {\"date\": \"Sun\"} Operation { id: \"a\", list: [\"}, \", {}] } 127.0.0.1:80",
        );
        insta::assert_snapshot!(report(&error, &["secret"]), @r#"
        http://127.0.0.1:<port>/v1 {"date": "<date>"} Operation { id: "a", .. } 127.0.0.1:<port>
        Custom { kind: Other, error: "http://127.0.0.1:<port>/v1 {\"date\": \"Sun\"} Operation { id: \"a\", .. } 127.0.0.1:<port>" }
        "#);
    }

    #[test]
    fn a_secret_is_noticed_as_it_is_and_in_base64() {
        assert!(shows("key k-secret", "k-secret"));
        assert!(shows("Basic ay1zZWNyZXQ=", "k-secret"));
        assert!(!shows("Basic ***", "k-secret"));
    }
}
