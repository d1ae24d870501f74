//! What lint says of documents: a fixture for each rule, and another one that gives it no cause.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use keywright::config::{ApiConfig, Level, LintLevel};
use keywright::diagnostics::{Diagnostics, Style, render};
use keywright::limits::Limits;
use keywright::lint::{Levels, RULES, Rule, to_markdown};

/// The folder of the fixtures.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/lint")
}

/// The levels by which one rule alone counts.
fn only(rule: &Rule) -> Vec<LintLevel> {
    let level = |it: &Rule| LintLevel {
        rule: it.name.to_owned(),
        level: if it.name == rule.name {
            Level::Warn
        } else {
            Level::Allow
        },
        place: None,
    };
    RULES.iter().map(level).collect()
}

/// What is said of a document.
fn linted(document: &Path, levels: &[LintLevel]) -> String {
    let mut found = Diagnostics::default();
    let levels = Levels::of(levels, &mut found);
    let api = ApiConfig::new("zoo", document);
    keywright::lint(&api, &Limits::default(), &levels, &mut found);
    let folder = document.parent().expect("it is in a folder").display();
    let texts = found.iter().map(|it| render(it, Style::Plain));
    let texts: Vec<String> = texts
        .map(|it| it.replace(&format!("{folder}/"), ""))
        .collect();
    texts.join("\n")
}

#[test]
fn every_rule_finds_what_it_is_about() {
    for rule in RULES {
        let document = fixtures().join(format!("{}.yaml", rule.name));
        let text = linted(&document, &levels_for(rule));
        assert!(
            text.contains(&rule.code.to_string()),
            "{}:\n{text}",
            rule.name
        );
        insta::with_settings!({
            snapshot_path => "../../../tests/snapshots/lint",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(rule.name, text);
        });
    }
}

/// Exceptions are about other rules, which count as usual there.
fn levels_for(rule: &Rule) -> Vec<LintLevel> {
    if rule.name == "useless-allow" {
        Vec::new()
    } else {
        only(rule)
    }
}

#[test]
fn every_rule_is_quiet_where_it_has_no_cause() {
    for rule in RULES {
        let document = fixtures().join(format!("{}-quiet.yaml", rule.name));
        assert_eq!(linted(&document, &levels_for(rule)), "", "{}", rule.name);
    }
}

#[test]
fn the_four_documents_are_quiet() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for entry in fs::read_dir(specs).expect("the folder is there") {
        let document = entry.expect("it can be read").path();
        assert_eq!(linted(&document, &[]), "", "{}", document.display());
    }
}

/// The session that is proposed, put where it belongs, is one that the generator understands: lint has nothing more to
/// say, and the generator no warning.
#[test]
fn a_proposed_session_can_be_pasted() {
    let rule = Rule::by_name("undeclared-session").expect("there is such a rule");
    let document = fixtures().join("undeclared-session.yaml");
    let text = linted(&document, &only(rule));
    let (_, help) = text.split_once("`keeper`:\n").expect("there is help");
    let mut block = String::new();
    for line in help.lines() {
        let line = line.strip_prefix("           ").unwrap_or(line);
        let _ = writeln!(block, "      {line}");
    }
    let scheme = "      scheme: bearer\n";
    let pasted = fs::read_to_string(&document).expect("the fixture is there");
    let pasted = pasted.replace(scheme, &format!("{scheme}{block}")).replace(
        "operationId: keeperLogin\n",
        "operationId: keeperLogin\n      security: []\n",
    );
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("pasted.yaml");
    fs::write(&path, &pasted).expect("it can be written");

    assert_eq!(linted(&path, &only(rule)), "", "{pasted}");
    let mut found = Diagnostics::default();
    let api = ApiConfig::new("zoo", &path);
    let named = keywright::read(&api, &Limits::default(), &mut found).expect("it is read");
    let texts: Vec<String> = found.iter().map(|it| render(it, Style::Plain)).collect();
    assert_eq!(texts, Vec::<String>::new());
    let [session] = &*named.api.sessions else {
        panic!("there is one session");
    };
    assert!(session.renew.is_some() && session.revoke.is_some());
}

/// Likewise for a device flow.
#[test]
fn a_proposed_device_flow_can_be_pasted() {
    let rule = Rule::by_name("undeclared-device-flow").expect("there is such a rule");
    let document = fixtures().join("undeclared-device-flow.yaml");
    let text = linted(&document, &only(rule));
    let (_, help) = text.split_once("`pairScreen`:\n").expect("there is help");
    let mut block = String::new();
    for line in help.lines() {
        let line = line.strip_prefix("           ").unwrap_or(line);
        let _ = writeln!(block, "      {line}");
    }
    let start = "operationId: pairScreen\n";
    let pasted = fs::read_to_string(&document).expect("the fixture is there");
    let pasted = pasted.replace(start, &format!("{start}{block}"));
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("pasted.yaml");
    fs::write(&path, &pasted).expect("it can be written");

    assert_eq!(linted(&path, &only(rule)), "", "{pasted}");
    let mut found = Diagnostics::default();
    let api = ApiConfig::new("zoo", &path);
    let named = keywright::read(&api, &Limits::default(), &mut found).expect("it is read");
    let texts: Vec<String> = found.iter().map(|it| render(it, Style::Plain)).collect();
    assert_eq!(texts, Vec::<String>::new());
    let [flow] = &*named.api.device_flows else {
        panic!("there is one flow");
    };
    assert_eq!(
        (&flow.poll.pending[..], &flow.poll.gone[..]),
        (&[409][..], &[410][..])
    );
}

/// The table of `docs/LINT.md` is that of the code. `INSTA_UPDATE=always` writes it.
#[test]
fn the_docs_have_every_rule() {
    const MARK: &str = "<!-- The rest of this file comes from the table of rules. -->\n\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/LINT.md");
    let text = fs::read_to_string(&path).expect("the docs are there");
    let (before, _) = text.split_once(MARK).expect("the mark is there");
    let wanted = format!("{before}{MARK}{}", to_markdown());
    if std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always") {
        fs::write(&path, &wanted).expect("the docs can be written");
        return;
    }
    assert_eq!(text, wanted, "run this test with `INSTA_UPDATE=always`");
}
