//! Every snapshot belongs to a test.

use std::collections::BTreeSet;

use keywright_tests::fixtures;

#[test]
fn none_is_left_over() {
    let specs = names("../specs");
    let folders = [
        ("snapshots/features", names("fixtures")),
        ("snapshots/diagnostics", names("fixtures/invalid")),
        ("snapshots/lint", lint_rules()),
        ("snapshots/surface", specs.clone()),
        ("snapshots/wire", specs),
    ];
    for (folder, expected) in folders {
        assert_eq!(names(folder), expected, "{folder}");
    }
    let mut known: Vec<_> = std::fs::read_dir("snapshots")
        .expect("the snapshots are there")
        .map(|entry| {
            entry
                .expect("the snapshots can be read")
                .file_name()
                .into_string()
        })
        .collect();
    known.sort();
    let expected = [
        "changes",
        "diagnostics",
        "features",
        "lint",
        "surface",
        "wire",
    ]
    .map(|it| Ok(it.to_owned()));
    assert_eq!(known, expected, "folders of snapshots");
}

/// The names of the documents or snapshots of a folder.
fn names(folder: &str) -> BTreeSet<String> {
    fixtures::documents(folder)
        .iter()
        .map(|it| fixtures::name(it))
        .collect()
}

/// The rules of lint, each of which has a snapshot.
fn lint_rules() -> BTreeSet<String> {
    let rules = keywright::lint::RULES.iter();
    rules.map(|it| it.name.to_owned()).collect()
}
