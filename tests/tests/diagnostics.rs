//! A document per fault: what is said of it.

use keywright::diagnostics::Code;
use keywright::lint::Rule;
use keywright_tests::fixtures;

/// Codes that no document can provoke, and the test that does.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::UnreadableConfig, "generator/tests/cli"),
    (Code::InvalidConfig, "generator/tests/cli"),
    (Code::InvalidOverlay, "generator/src/load"),
    (Code::UnmatchedAction, "generator/src/load"),
    (Code::IncompatibleAction, "generator/src/load"),
    (Code::UnmatchedPattern, "generator/src/select"),
    (Code::InvalidAlias, "generator/tests/cli"),
    (Code::UnusableType, "generator/src/lower"),
    (Code::ForeignFile, "generator/tests/cli"),
    (Code::UnwritableFile, "generator/tests/cli"),
    (Code::UnreadableOutput, "generator/tests/cli"),
    // Only where the system refuses.
    (Code::CannotWatch, "generator/src/cli/watch"),
    (Code::NotExpressible, "generator/src/interchange"),
    (Code::BackendRefused, "generator/tests/cli"),
    (Code::CannotServe, "generator/tests/cli"),
    (Code::InvalidRules, "generator/tests/cli"),
    (Code::CannotCompare, "generator/tests/cli"),
    (Code::UnusedAllowance, "generator/tests/cli"),
];

#[test]
fn texts() {
    for document in fixtures::documents("fixtures/invalid") {
        let name = fixtures::name(&document);
        let (_, text) = fixtures::read_document(&document);
        let code = name.split('-').next().unwrap_or_default().to_uppercase();
        assert!(
            text.contains(&code),
            "`{name}` does not provoke its code:\n{text}"
        );
        insta::with_settings!({
            snapshot_path => "../snapshots/diagnostics",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.as_str(), text);
        });
    }
}

#[test]
fn every_code_has_a_document() {
    let documents: Vec<String> = fixtures::documents("fixtures/invalid")
        .iter()
        .map(|it| fixtures::name(it))
        .collect();
    let missing: Vec<String> = Code::ALL
        .iter()
        .filter(|code| !ELSEWHERE.iter().any(|(other, _)| other == *code))
        // `generator/tests/lint` has a document for each rule.
        .filter(|code| Rule::of(**code).is_none())
        .map(|code| code.to_string().to_lowercase())
        .filter(|code| !documents.iter().any(|name| name.starts_with(code.as_str())))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}
