//! A small document per feature: the code that it gives. That the code compiles is tested by its being part
//! of this package.

use std::fmt::Write as _;
use std::path::Path;

use keywright_tests::fixtures;

/// The fixtures whose module file tells something; it is much the same for all others.
const WITH_MODULE: [&str; 16] = [
    "by-tag",
    "callbacks",
    "credentials-foreign",
    "credentials-inferred",
    "docs",
    "http-schemes",
    "mutual-tls",
    "oauth",
    "security",
    "security-3.2",
    "servers",
    "servers-of-operations",
    "sessions",
    "tags",
    "tags-3.2",
    "webhooks",
];
/// The fixtures whose codec tells something; it is a table of fields for all others.
const WITH_CODEC: [&str; 6] = [
    "additional-properties",
    "any-of",
    "enums",
    "nullable",
    "objects",
    "one-of",
];

#[test]
fn code() {
    for document in fixtures::documents("fixtures") {
        let name = fixtures::name(&document);
        insta::with_settings!({
            snapshot_path => "../snapshots/features",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.as_str(), page(&document, &name));
        });
    }
}

/// What was reported, then the files.
fn page(document: &Path, name: &str) -> String {
    let (_, mut page) = fixtures::read_document(document);
    let files = fixtures::module_of(document).expect("a fixture has no errors");
    for (file, text) in files {
        let is_shown = match file.as_str() {
            "mod.rs" => WITH_MODULE.contains(&name),
            "codec.rs" => WITH_CODEC.contains(&name),
            _ => true,
        };
        if is_shown {
            let _ = write!(page, "\n==== {file} ====\n\n{text}");
        }
    }
    page
}
