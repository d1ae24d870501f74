//! What is said about each code: its examples are true, and `docs/diagnostics.md` is what the code says.

use std::fs;
use std::path::Path;

use keywright::config::{ApiConfig, Level, LintLevel};
use keywright::diagnostics::{Code, Diagnostics, Example, Style, catalog, render};
use keywright::lint::{Levels, RULES, Rule};
use keywright::load::Limits;
use keywright::read;

/// Codes without an example, and why.
const WITHOUT_EXAMPLE: &[(Code, &str)] = &[
    (Code::UnreadableConfig, "is about the configuration"),
    (Code::InvalidConfig, "is about the configuration"),
    (Code::LimitExceeded, "needs a huge document"),
    (Code::CompositionLimit, "needs a huge document"),
    (Code::InvalidAlias, "is about the configuration"),
    (Code::ForeignFile, "is about the output folder"),
    (Code::UnwritableFile, "is about the output folder"),
    (Code::UnreadableOutput, "is about the output folder"),
    (Code::NotExpressible, "is found by `convert` alone"),
    (Code::BackendRefused, "is found by another backend"),
    (Code::CannotServe, "is about the machine"),
    (Code::InvalidRules, "is about a rules file"),
    (Code::CannotCompare, "is found by `diff` alone"),
    (Code::InvalidOverlay, "is about an overlay"),
    (Code::UnmatchedAction, "is about an overlay"),
    (Code::IncompatibleAction, "is about an overlay"),
    (Code::UnmatchedPattern, "is about the configuration"),
    (Code::UnusableType, "is about the configuration"),
    (Code::CannotWatch, "is about the machine"),
    (Code::UnusedAllowance, "is about the configuration"),
];

/// Reads a document in a folder of its own, beside a file that it may refer to; returns the codes found, and the texts.
fn found(folder: &Path, code: Code, text: &str) -> (Vec<Code>, String) {
    let document = folder.join("example.yaml");
    fs::write(&document, Example::document(text)).expect("the folder is writable");
    fs::write(folder.join("pet.yaml"), "Pet: { type: object }\n").expect("likewise");
    let mut api = ApiConfig::new("example", &document);
    api.root = Some(folder.to_owned());
    let mut found = Diagnostics::default();
    let _ = read(&api, &Limits::default(), &mut found);
    if let Some(rule) = Rule::of(code) {
        let levels = Levels::of(&levels_for(rule), &mut found);
        keywright::lint(&api, &Limits::default(), &levels, &mut found);
    }
    let texts: Vec<String> = found.iter().map(|it| render(it, Style::Plain)).collect();
    (found.iter().map(|it| it.code).collect(), texts.join("\n"))
}

/// The levels by which one rule alone counts. Exceptions are about other rules, which count as usual there.
fn levels_for(rule: &Rule) -> Vec<LintLevel> {
    let is_of_others = rule.code == Code::UselessAllow;
    let rules = RULES.iter().filter(|_| !is_of_others);
    let level = |it: &Rule| LintLevel {
        rule: it.name.to_owned(),
        level: if it.code == rule.code {
            Level::Warn
        } else {
            Level::Allow
        },
        place: None,
    };
    rules.map(level).collect()
}

#[test]
fn examples_are_true() {
    let folder = tempfile::tempdir().expect("a folder");
    for code in Code::ALL {
        let Some(example) = code.explanation().example else {
            continue;
        };
        let (codes, texts) = found(folder.path(), *code, example.wrong);
        assert!(
            codes.contains(code),
            "{code} is not found in its example:\n{texts}"
        );
        let (codes, texts) = found(folder.path(), *code, example.right);
        assert!(
            codes.is_empty(),
            "{code}: the corrected example has faults:\n{texts}"
        );
    }
}

#[test]
fn every_code_has_an_example_or_a_reason() {
    for code in Code::ALL {
        let is_exempt = WITHOUT_EXAMPLE.iter().any(|(it, _)| it == code);
        let has_example = code.explanation().example.is_some();
        assert_ne!(has_example, is_exempt, "{code}");
    }
}

#[test]
fn the_page_is_what_the_code_says() {
    let path = Path::new("../docs/diagnostics.md");
    let page = catalog();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, &page).expect("the page is writable");
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "docs/diagnostics.md is out of date: run `UPDATE_DOCS=1 cargo test -p keywright-tests --test explanations`"
    );
}

#[test]
fn codes_have_short_forms() {
    for text in ["KW0409", "kw409", "409", "0409"] {
        assert_eq!(Code::parse(text), Some(Code::AmbiguousUnion), "{text}");
    }
    for text in ["", "KW", "9999", "-1", "models::Pet"] {
        assert_eq!(Code::parse(text), None, "{text}");
    }
}
