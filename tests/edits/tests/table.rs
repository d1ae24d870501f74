//! Every row of the table: the changes that the diff reports, and the verdicts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use keywright::diff::Rule;
use keywright_edits::outcome::{Outcome, Shown, outcome};
use keywright_edits::row::{Row, table};

/// The rules that no row reaches, and why.
const UNREACHED: &[(Rule, &str)] = &[
    (
        Rule::OperationTypesRenamed,
        "an operation's types are called after it, and go before what else wants the name",
    ),
    (
        Rule::SetterChanged,
        "a setter is called after its field and takes its type",
    ),
    (
        Rule::FeatureNotDefault,
        "the features of APIs are all on by default",
    ),
    (
        Rule::FeatureDefault,
        "the features of APIs are all on by default",
    ),
    (
        Rule::RenamedWithAlias,
        "`generator/tests/cli/aliases.rs` has it",
    ),
    (
        Rule::VariantRenamedWithAlias,
        "`generator/tests/cli/aliases.rs` has it",
    ),
    (Rule::AliasAdded, "`generator/tests/cli/aliases.rs` has it"),
    (
        Rule::AliasRemoved,
        "`generator/tests/cli/aliases.rs` has it",
    ),
];

#[test]
fn every_row_has_its_changes() {
    let mut wrong = String::new();
    for row in table() {
        let fault = match outcome(&row) {
            Ok(outcome) => fault(&row, &outcome),
            Err(text) => Some(text),
        };
        if let Some(text) = fault {
            let _ = writeln!(wrong, "{}\n{text}", row.name);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What a row says otherwise than the diff does.
fn fault(row: &Row, outcome: &Outcome) -> Option<String> {
    let changes = &outcome.changes;
    let verdicts = outcome.diff.verdicts;
    let is_same = row.changes.len() == changes.len()
        && row.changes.iter().zip(changes).all(|(row, it)| is(row, it))
        && row.published == verdicts.published.as_str()
        && row.vendored == verdicts.vendored.as_str();
    if is_same {
        return None;
    }
    let mut text = String::new();
    for (rule, path, old, new) in &row.changes {
        let _ = writeln!(text, "  row:  {rule} | {path} | {old} | {new}");
    }
    for it in changes {
        let line = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
        let _ = writeln!(
            text,
            "  diff: {} | {} | {} | {}",
            it.rule,
            it.path,
            line(&it.old),
            line(&it.new)
        );
    }
    for it in &outcome.diff.changes {
        let _ = writeln!(text, "        {}", it.message());
    }
    let _ = writeln!(
        text,
        "  row: {}, {}; diff: {}, {}",
        row.published,
        row.vendored,
        verdicts.published.as_str(),
        verdicts.vendored.as_str()
    );
    Some(text)
}

/// Whether a change is the one of the row. A place begins with the text of the row.
fn is((rule, path, old, new): &(String, String, String, String), it: &Shown) -> bool {
    let is_place = |row: &str, line: &Option<String>| match line {
        Some(line) => row != "-" && line.starts_with(row),
        None => row == "-",
    };
    rule == it.rule && *path == it.path && is_place(old, &it.old) && is_place(new, &it.new)
}

#[test]
fn every_rule_is_reached() {
    let table = table();
    let reached: BTreeSet<&str> = table
        .iter()
        .flat_map(|it| it.changes.iter().map(|(rule, ..)| &**rule))
        .collect();
    let names: BTreeSet<&str> = Rule::ALL.iter().map(|it| it.name()).collect();
    let unknown: Vec<&&str> = reached.difference(&names).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let excused: BTreeSet<&str> = UNREACHED.iter().map(|(rule, _)| rule.name()).collect();
    let missing: Vec<&&str> = names.difference(&reached).collect();
    let expected: Vec<&&str> = excused.iter().collect();
    assert_eq!(missing, expected, "the rules that no row reaches");
}
