//! Texts in, trees and what is wrong with them out.

mod files;
mod overlay_faults;
mod overlay_oracle;
mod overlays;

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::*;
use crate::diagnostics::{Style, render};
use crate::document::{Node, Value};

/// A tree in one line, each scalar as its type and text.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Boolean(it) => it.to_string(),
        Value::Number(it) => it.to_string(),
        Value::String(it) => format!("{it:?}"),
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|it| format!("{}: {}", it.key, shown(&it.value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn findings(diagnostics: &Diagnostics) -> String {
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|it| render(it, Style::Plain))
        .collect();
    texts.join("\n\n")
}

/// The tree of a text, or what is wrong with it.
fn read_as(name: &str, text: &str, limits: &Limits) -> String {
    let mut diagnostics = Diagnostics::default();
    let spec = from_text(name, text, limits, &mut diagnostics);
    let tree = spec
        .map(|spec| shown(&spec.entry().root))
        .unwrap_or_default();
    if diagnostics.is_empty() {
        tree
    } else {
        findings(&diagnostics)
    }
}

fn yaml(text: &str) -> String {
    read_as("a.yaml", text, &Limits::default())
}

fn json(text: &str) -> String {
    read_as("a.json", text, &Limits::default())
}

#[test]
fn reads_yaml() {
    assert_snapshot!(yaml("a: [1, 'x', ~]\r\nb:\r\n\t\r\n  - on\r\n200: {c: !!str 12}\r\ntrue: |\r\n  text\r\n"), @r#"{a: [1, "x", null], b: ["on"], 200: {c: "12"}, true: "text\n"}"#);
    assert_snapshot!(yaml("\u{feff}a: 1\n"), @"{a: 1}");
    assert_snapshot!(yaml("[é, 'ü']"), @r#"["é", "ü"]"#);
}

#[test]
fn reads_json() {
    assert_snapshot!(json("\u{feff}{\"a\\u0062\": [1.50, -2e3, true, null], \"<<\": {}}"), @"{ab: [1.50, -2e3, true, null], <<: {}}");
    assert_snapshot!(json("{\"big\": 123456789012345678901234567890}"), @"{big: 123456789012345678901234567890}");
}

#[test]
fn chooses_by_content() {
    assert_snapshot!(read_as("a", "{a: b, c: [d,]}", &Limits::default()), @r#"{a: "b", c: ["d"]}"#);
    assert_snapshot!(json("a: 1"), @"{a: 1}");
    assert_snapshot!(json("{a: b}"), @"
    error[KW0102]: invalid JSON: a key in quotes is expected here
     --> a.json:1:2
      |
    1 | {a: b}
      |  ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
}

#[test]
fn expands_aliases_and_merges() {
    assert_snapshot!(yaml("a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\n"), @"{a: {x: 1, y: 2}, b: {x: 1, y: 2}, c: {x: 1, y: 3}}");
    assert_snapshot!(yaml("a: &a {x: 1}\nb: &b {x: 2, z: 4}\nc:\n  k: 0\n  <<: [*a, *b]\n  l: 5\n"), @"{a: {x: 1}, b: {x: 2, z: 4}, c: {k: 0, x: 1, z: 4, l: 5}}");
    assert_snapshot!(yaml("a:\n  <<: 3\n"), @"
    error[KW0102]: `<<` needs a mapping or a list of mappings
     --> a.yaml:2:7 at #/a
      |
    2 |   <<: 3
      |       ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
    assert_snapshot!(yaml("a: &a [*a]\n"), @"
    error[KW0102]: an alias refers to a value that contains the alias
     --> a.yaml:1:8
      |
    1 | a: &a [*a]
      |        ^^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
    assert_snapshot!(yaml("'<<': 1\n&k key: 2\n*k : 3\n"), @"
    warning[KW0104]: the key `key` appears twice
     --> a.yaml:3:1
      |
    3 | *k : 3
      | ^^ this value is used
      |
     ::: a.yaml:2:1
      |
    2 | &k key: 2
      | ------ this value is ignored
      |
      = help: remove one of the two, or rename it
    ");
}

#[test]
fn places_are_bytes() {
    let text = "é: 'ü'\r\nb: {ö: [a, \"b\"]}\n# end\n";
    let mut diagnostics = Diagnostics::default();
    let spec = from_text("a.yaml", text, &Limits::default(), &mut diagnostics).expect("it is YAML");
    let mut lines = String::new();
    visit(&spec.entry().root, &mut |node| {
        let part = &text[node.span.start as usize..node.span.end as usize];
        let _ = writeln!(lines, "{part:?}");
    });
    assert_snapshot!(lines, @r#"
    "é: 'ü'\r\nb: {ö: [a, \"b\"]}"
    "'ü'"
    "{ö: [a, \"b\"]}"
    "[a, \"b\"]"
    "a"
    "\"b\""
    "#);
}

fn visit(node: &Node, see: &mut dyn FnMut(&Node)) {
    see(node);
    for item in node.items() {
        visit(item, see);
    }
    for entry in node.entries() {
        visit(&entry.value, see);
    }
}

#[test]
fn json_and_yaml_agree_on_places() {
    let text = "{\"é\": [1, {\"a\" : \"ü\"}], \"b\":true}";
    let spans = |name: &str| {
        let mut ids = NodeIds::default();
        let limits = Limits::default();
        let parsed = match name {
            "json" => json::parse(text, &limits, &mut ids),
            _ => yaml::parse(text, &limits, &mut ids),
        };
        let mut spans = Vec::new();
        visit(&parsed.root.expect("it is both"), &mut |node| {
            spans.push(node.span);
            spans.extend(node.entries().iter().map(|entry| entry.key_span));
        });
        spans
    };
    assert_eq!(spans("json"), spans("yaml"));
}

#[test]
fn reports_syntax() {
    assert_snapshot!(yaml("a: [1\nb: 2\n"), @"
    error[KW0102]: invalid YAML: a `:` is not allowed here
     --> a.yaml:2:2
      |
    2 | b: 2
      |  ^
      |
      = help: put the text in quotes
    ");
    assert_snapshot!(yaml("a:\n\tb: 1\n"), @"
    error[KW0102]: invalid YAML: tabs disallowed within this context (block indentation)
     --> a.yaml:2:2
      |
    2 |     b: 1
      |     ^
      |
      = help: indent with spaces; YAML does not allow tabs here
    ");
    assert_snapshot!(yaml("a: 1\n---\nb: 2\n"), @"
    error[KW0102]: the file contains a second YAML document
     --> a.yaml:2:1
      |
    2 | ---
      | ^^^
      |
      = help: move each document into its own file, or remove the `---`
    ");
    assert_snapshot!(yaml("# nothing\n"), @"
    error[KW0102]: the file is empty
     --> a.yaml:1:1
      |
    1 | # nothing
      | ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
    assert_snapshot!(yaml("a: !!int x\n"), @"
    error[KW0102]: `x` is not a valid `!!int` value
     --> a.yaml:1:4 at #/a
      |
    1 | a: !!int x
      |    ^^^^^^^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
    assert_snapshot!(json("{\"a\": 1,}"), @r#"
    error[KW0102]: invalid JSON: a comma stands behind the last item
     --> a.json:1:9
      |
    1 | {"a": 1,}
      |         ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    "#);
    assert_snapshot!(json("{\"a\": 1} x"), @r#"
    error[KW0102]: invalid JSON: there is more text after the end of the document
     --> a.json:1:10
      |
    1 | {"a": 1} x
      |          ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    "#);
    assert_snapshot!(json("{\"a\": \"\\ud800\"}"), @r#"
    error[KW0102]: invalid JSON: unexpected end of hex escape
     --> a.json:1:14
      |
    1 | {"a": "\ud800"}
      |              ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    "#);
}

#[test]
fn reads_brackets_that_are_indented_too_little() {
    let text = "a:\n  - b: {\n  \"c\": [1,\n2, don't], # }\n}\n  - d\ne:\n  f: [\n]\n";
    let mut diagnostics = Diagnostics::default();
    let spec = from_text("a.yaml", text, &Limits::default(), &mut diagnostics).expect("it is read");
    assert_snapshot!(shown(&spec.entry().root), @r#"{a: [{b: {c: [1, 2, "don't"]}}, "d"], e: {f: []}}"#);
    assert_snapshot!(findings(&diagnostics), @r#"
    warning[KW0102]: the following lines must be indented deeper than the block they belong to
     --> a.yaml:3:3 at #/a/0/b
      |
    3 |   "c": [1,
      |   ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too

    warning[KW0102]: the following lines must be indented deeper than the block they belong to
     --> a.yaml:9:1 at #/e/f
      |
    9 | ]
      | ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    "#);
    assert_snapshot!(yaml("a:\n  b: {\nc: [\n"), @"
    error[KW0102]: invalid YAML: a value is expected here
     --> a.yaml:4:1
      |
    4 |
      | ^
      |
     ::: a.yaml:3:4
      |
    3 | c: [
      |    - opened here
      |
      = help: close every `[` with `]` and every `{` with `}`, and put `,` between items
    ");
}

#[test]
fn reports_keys() {
    assert_snapshot!(yaml("x:\n  a: 1\n  b: 2\n  a: 3\n"), @"
    warning[KW0104]: the key `a` appears twice
     --> a.yaml:4:3 at #/x
      |
    4 |   a: 3
      |   ^ this value is used
      |
     ::: a.yaml:2:3 at #/x
      |
    2 |   a: 1
      |   - this value is ignored
      |
      = help: remove one of the two, or rename it
    ");
    assert_snapshot!(json("{\"x\": {\"a\": 1, \"a\": 2}}"), @r#"
    warning[KW0104]: the key `a` appears twice
     --> a.json:1:16 at #/x
      |
    1 | {"x": {"a": 1, "a": 2}}
      |                ^^^ this value is used
      |
     ::: a.json:1:8 at #/x
      |
    1 | {"x": {"a": 1, "a": 2}}
      |        --- this value is ignored
      |
      = help: remove one of the two, or rename it
    "#);
    assert_snapshot!(yaml("? [1, 2]\n: 3\n: 4\n"), @"
    error[KW0105]: a key is a string, not a list
     --> a.yaml:1:3
      |
    1 | ? [1, 2]
      |   ^^^^^^
      |
      = help: write the key as a string

    error[KW0105]: the key is missing
     --> a.yaml:3:1
      |
    3 | : 4
      | ^
      |
      = help: write the key as a string
    ");
}

#[test]
fn finds_a_duplicate_among_many_keys() {
    let mut lines: Vec<String> = (0..100).map(|number| format!("k{number}: 1")).collect();
    lines.push("k50: 2".to_owned());
    let text = lines.join("\n");
    assert!(yaml(&text).contains("the key `k50` appears twice"));
}

#[test]
fn keeps_to_limits() {
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    assert!(yaml(&deep(128)).starts_with("[["));
    assert_snapshot!(yaml(&deep(129)).lines().next().unwrap(), @"error[KW0103]: mappings and lists are nested deeper than 128 levels");
    let object = format!("{{\"a\": {}}}", deep(128));
    assert_snapshot!(json(&object).lines().next().unwrap(), @"error[KW0103]: mappings and lists are nested deeper than 128 levels");
    let deepest = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    assert!(read_as("a.yaml", &"- ".repeat(10_000), &deepest).contains("deeper than 512 levels"));

    let few = Limits {
        alias_nodes: 10,
        ..Limits::default()
    };
    assert_snapshot!(read_as("a.yaml", "a: &a [1, 2, 3]\nb: [*a, *a]\n", &few).lines().next().unwrap(), @"error[KW0103]: anchors and aliases add more than 10 nodes to the document");
    let short = Limits {
        alias_size: 10,
        ..Limits::default()
    };
    let text = "a: &a abc\n*a : 1\nb: { k: *a }\n";
    assert!(read_as("a.yaml", text, &short).starts_with('{'));
    assert_snapshot!(read_as("a.yaml", &format!("{text}c: *a\n"), &short).lines().next().unwrap(), @"error[KW0103]: anchors and aliases add more than 10 bytes of text to the document");
    let small = Limits {
        document_size: 3,
        ..Limits::default()
    };
    let few = Limits {
        nodes: 3,
        ..Limits::default()
    };
    for name in ["a.yaml", "a.json"] {
        assert!(read_as(name, "{\"a\": [1]}", &few).starts_with('{'));
        let found = read_as(name, "{\"a\": [1, 2]}", &few);
        assert!(
            found.contains("the spec contains more than 3 values"),
            "{found}"
        );
    }
    assert_snapshot!(read_as("a.yaml", "a: 1", &small), @"
    error[KW0103]: the spec is larger than 3 bytes, all files together
     |
     = note: the limit was reached in `a.yaml`
     = help: if this is intended, raise the limit with `--limit document_size=NUMBER`, or set `document_size` under `[limits]` in the configuration
    ");
}

#[test]
fn the_last_of_two_keys_counts() {
    assert_snapshot!(yaml("a: 1\nb: 2\na: 3\n"), @"
    warning[KW0104]: the key `a` appears twice
     --> a.yaml:3:1
      |
    3 | a: 3
      | ^ this value is used
      |
     ::: a.yaml:1:1
      |
    1 | a: 1
      | - this value is ignored
      |
      = help: remove one of the two, or rename it
    ");
    assert_snapshot!(json("{\"a\": 1, \"b\": 2, \"a\": 3}"), @r#"
    warning[KW0104]: the key `a` appears twice
     --> a.json:1:18
      |
    1 | {"a": 1, "b": 2, "a": 3}
      |                  ^^^ this value is used
      |
     ::: a.json:1:2
      |
    1 | {"a": 1, "b": 2, "a": 3}
      |  --- this value is ignored
      |
      = help: remove one of the two, or rename it
    "#);
}

#[test]
fn quoted_texts_may_be_indented_too_little() {
    assert_snapshot!(yaml("a:\n  b: \"one\ntwo\n\n three\"\n  c: 'it''s\nso'\n"), @"
    warning[KW0102]: the following lines must be indented deeper than the block they belong to
     --> a.yaml:3:1 at #/a/b
      |
    3 | two
      | ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too

    warning[KW0102]: the following lines must be indented deeper than the block they belong to
     --> a.yaml:7:1 at #/a/c
      |
    7 | so'
      | ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    ");
}
