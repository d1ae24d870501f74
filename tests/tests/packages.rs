//! A generated package tells by its files alone what its document tells: their outlines differ in nothing.

use std::path::Path;

use keywright::config::{ApiLayout, Config, Dates};
use keywright::diagnostics::Diagnostics;
use keywright::diff::diff;
use keywright::outline::{of_apis, of_package};
use keywright_tests::fixtures;

/// What differs between the package of a document and the document.
fn differences(document: &Path, change: fn(&mut Config)) -> Vec<String> {
    let mut config = Config::of_spec(document, Path::new("client"));
    config.apis[0].aliases = fixtures::aliases(document);
    change(&mut config);
    let apis = keywright::read_all(&config, &mut Diagnostics::default());
    let apis = apis.expect("the fixture is valid");
    let files = keywright::print(&apis, &config);
    let package = of_package(&files).expect("it was generated");
    let api = of_apis(&apis, &config);
    let mut differences = Vec::new();
    for (old, new) in [(&package, &api), (&api, &package)] {
        let changes = diff(old, new).changes;
        differences.extend(
            changes
                .iter()
                .map(|it| format!("{}: {}", it.path, it.message())),
        );
    }
    differences
}

fn check(change: fn(&mut Config)) {
    for document in fixtures::documents("fixtures") {
        let differences = differences(&document, change);
        assert!(
            differences.is_empty(),
            "{}:\n{}",
            document.display(),
            differences.join("\n")
        );
    }
}

#[test]
fn a_package_says_what_its_document_says() {
    check(|_| {});
}

#[test]
fn by_tag_with_mocks() {
    check(|config| {
        config.output.mock = true;
        for api in &mut config.apis {
            api.layout = ApiLayout::ByTag;
        }
    });
}

#[test]
fn with_types_of_other_crates() {
    check(|config| config.output.dates = Dates::Jiff);
    check(|config| config.output.dates = Dates::Chrono);
}

#[test]
fn what_was_not_generated_is_refused() {
    let files = [(
        "Cargo.toml".to_owned(),
        "[package]\nname = \"other\"\n".to_owned(),
    )];
    let error = of_package(&files.into_iter().collect()).expect_err("it has no runtime");
    assert!(error.contains("src/runtime/mod.rs"), "{error}");
}
