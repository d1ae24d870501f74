//! Arguments of the path never leave their segment.

use proptest::prelude::*;

use super::runtime::{Description, Error, Style};
use super::server::Double;
use super::{builder, operation};

static ONE: Description = operation("GET", "/pets/{petId}");
static TWO: Description = operation("GET", "/a b/{x}{y}/é%20{x}.json?fixed=1");
static ROOT: Description = operation("GET", "/");
static BARE: Description = operation("GET", "");

/// Sends one argument; returns path and query as they go out.
fn sent(
    base_url: &str,
    operation: &'static Description,
    arguments: &[(&'static str, &str)],
) -> Result<String, Error> {
    let double = Double::new();
    let mut builder = builder(base_url);
    builder.transport(double.clone());
    let mut call = builder.build()?.call(operation);
    for (name, value) in arguments {
        call.path(name, value, Style::SIMPLE);
    }
    pollster(call.send())?;
    Ok(double
        .only()
        .uri()
        .path_and_query()
        .map_or_else(String::new, ToString::to_string))
}

/// Runs a future that never waits.
pub(crate) fn pollster<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

#[test]
fn arguments_are_encoded() {
    let table = [
        ("7", "/pets/7"),
        ("a/b", "/pets/a%2Fb"),
        ("a?b#c", "/pets/a%3Fb%23c"),
        ("100%", "/pets/100%25"),
        ("%2F", "/pets/%252F"),
        ("é ~-_.", "/pets/%C3%A9%20~-_."),
        ("...", "/pets/..."),
        (".git", "/pets/.git"),
        ("a\\b\n\t", "/pets/a%5Cb%0A%09"),
        (";a=b,c@d:e", "/pets/%3Ba%3Db%2Cc%40d%3Ae"),
    ];
    for (argument, expected) in table {
        assert_eq!(
            sent("https://h", &ONE, &[("petId", argument)]).expect(argument),
            expected
        );
    }
}

#[test]
fn steps_in_the_path_are_refused() {
    for argument in [
        "",
        ".",
        "..",
        "%2e",
        "%2E%2e",
        ".%2e",
        "%252e%252E",
        "../x",
        "a/../b",
        "a\\..",
        "..%2fx",
        "%2e%2e%5cx",
    ] {
        let error = sent("https://h", &ONE, &[("petId", argument)]).expect_err(argument);
        let Error::Request(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.argument_name(), Some("petId"), "{argument}");
        assert!(
            error
                .to_string()
                .starts_with("`probe`: the path argument `petId` must not "),
            "{error}"
        );
    }
}

#[test]
fn arguments_that_share_a_segment_make_no_step() {
    let error = sent("https://h", &TWO, &[("x", "a"), ("y", ".")]).expect_err("a dot");
    assert!(matches!(error, Error::Request(_)), "{error}");
    let expected = "/a%20b/ab/%C3%A9%20a.json?fixed=1";
    assert_eq!(
        sent("https://h", &TWO, &[("x", "a"), ("y", "b")]).expect("fine"),
        expected
    );
}

#[test]
fn a_missing_argument_is_named() {
    let error = sent("https://h", &ONE, &[]).expect_err("it is missing");
    assert_eq!(
        error.to_string(),
        "`probe`: the path argument `petId` is missing"
    );
}

#[test]
fn the_base_url_is_joined_without_double_slashes() {
    let table = [
        ("https://h", "/pets/1"),
        ("https://h/", "/pets/1"),
        ("https://h/base", "/base/pets/1"),
        ("https://h/base/", "/base/pets/1"),
        ("https://h/base//", "/base/pets/1"),
    ];
    for (base_url, expected) in table {
        assert_eq!(
            sent(base_url, &ONE, &[("petId", "1")]).expect(base_url),
            expected
        );
    }
    for (base_url, root, bare) in [("https://h", "/", "/"), ("https://h/v1/", "/v1/", "/v1")] {
        assert_eq!(sent(base_url, &ROOT, &[]).expect(base_url), root);
        assert_eq!(sent(base_url, &BARE, &[]).expect(base_url), bare);
    }
}

proptest! {
    #[test]
    fn no_argument_leaves_its_segment(argument in r"([./\\%25eEfF#?;: ]|\PC){1,12}") {
        if let Ok(path) = sent("https://h/base", &ONE, &[("petId", &argument)]) {
            let segment = path.strip_prefix("/base/pets/").expect("the path before the argument stays");
            prop_assert!(!segment.contains(['/', '?', '#', '\\']), "{}", segment);
            let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().expect("UTF-8");
            prop_assert_eq!(decoded.as_ref(), argument.as_str());
            prop_assert!(decoded != "." && decoded != "..");
        }
    }
}
