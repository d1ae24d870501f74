//! A document and an overlay in; what becomes of the document, and what is wrong with the overlay, out.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::super::{Limits, from_texts_with};
use crate::diagnostics::{Diagnostics, Style, render};
use crate::document::{Node, Spec, print};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Pets, version: '1' }
tags: [a, b]
paths:
  /pets:
    get: { tags: [a], description: All., responses: {} }
    post: { tags: [b], responses: {} }
  /owners:
    get: { tags: [a], responses: {} }
";

fn read(overlays: &[(&str, &str)], found: &mut Diagnostics) -> Option<Spec> {
    let names: Vec<&str> = overlays.iter().map(|(name, _)| *name).collect();
    let mut files = vec![("api.yaml", DOCUMENT)];
    files.extend(overlays);
    from_texts_with(&names, &files, &Limits::default(), found)
}

/// The document after an overlay of these actions, in a line per part.
pub(super) fn applied(version: &str, actions: &str) -> String {
    let text = format!(
        "overlay: {version}\ninfo: {{ title: O, version: '1' }}\nactions:\n{}",
        actions.trim_start_matches('\n')
    );
    shown(&[("o.yaml", &text)])
}

pub(super) fn shown(overlays: &[(&str, &str)]) -> String {
    let mut found = Diagnostics::default();
    let spec = read(overlays, &mut found).expect("the document can be read");
    let findings = found.iter().map(|it| render(it, Style::Plain) + "\n");
    let mut out: String = findings.collect();
    for entry in spec.entry().root.entries().iter().skip(1) {
        let _ = writeln!(out, "{}: {}", entry.key, entry.value.to_json());
    }
    out
}

#[test]
fn updates_mappings_lists_and_other_values() {
    assert_snapshot!(applied("1.1.0", "
  - target: $.info
    update: { title: Cats, contact: { name: Ada } }
  - target: $.tags
    update: [c, d]
  - target: $.tags
    update: { name: e }
  - target: $.paths['/pets'].get.description
    update: Every one.
  - target: $.paths.*.get
    update: { tags: [read], x-safe: true }
"), @r#"
info: {"title":"Cats","version":"1","contact":{"name":"Ada"}}
tags: ["a","b","c","d",{"name":"e"}]
paths: {"/pets":{"get":{"tags":["a","read"],"description":"Every one.","responses":{},"x-safe":true},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a","read"],"responses":{},"x-safe":true}}}
"#);
}

#[test]
fn removes_and_copies() {
    assert_snapshot!(applied("1.1.0", "
  - target: $.paths
    update: { /cats: {} }
  - target: $.paths['/cats']
    copy: $.paths['/pets']
  - target: $.paths['/pets']
    remove: true
  - target: $..tags[?@ == 'a']
    remove: true
"), @r#"
info: {"title":"Pets","version":"1"}
tags: ["b"]
paths: {"/owners":{"get":{"tags":[],"responses":{}}},"/cats":{"get":{"tags":[],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}}}
"#);
}

#[test]
fn version_1_0_appends_one_entry_and_replaces_what_differs() {
    assert_snapshot!(applied("1.0.0", "
  - target: $.tags
    update: [c, d]
  - target: $.info
    update: { title: [a] }
  - target: $.info.version
    update: '2'
  - target: $.info.version
    remove: true
"), @r#"
error[KW0113]: the target is a string, and overlays of version 1.0 change mappings and lists only
 --> o.yaml:9:13 at #/actions/2/update
  |
9 |     update: '2'
  |             ^^^
  |
  = help: write `overlay: 1.1.0`
error[KW0113]: overlays of version 1.0 remove mappings and lists only
  --> o.yaml:10:13 at #/actions/3/target
   |
10 |   - target: $.info.version
   |             ^^^^^^^^^^^^^^
   |
   = help: write `overlay: 1.1.0`
info: {"title":["a"],"version":"1"}
tags: ["a","b",["c","d"]]
paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
"#);
}

#[test]
fn actions_see_what_those_before_them_did() {
    let first = "overlay: 1.1.0\ninfo: { title: O, version: '1' }\nactions: [{ target: $, update: { x-a: { b: 1 } } }]\n";
    let second = "overlay: 1.1.0\ninfo: { title: O, version: '1' }\nactions: [{ target: '$[\"x-a\"].b', update: 2 }, { target: $.paths, remove: true }, { target: $.tags, remove: true }]\n";
    assert_snapshot!(shown(&[("1.yaml", first), ("2.yaml", second)]), @r#"
    info: {"title":"Pets","version":"1"}
    x-a: {"b":2}
    "#);
}

#[test]
fn reports_actions_that_match_nothing() {
    assert_snapshot!(applied("1.1.0", "
  - target: $.paths['/pet'].get
    update: { x-a: 1 }
  - target: $.infos.title
    remove: true
  - target: $.paths.*.patch
    remove: true
"), @r#"
warning[KW0112]: `$.paths['/pet'].get` matches nothing in the document
 --> o.yaml:4:13 at #/actions/0/target
  |
4 |   - target: $.paths['/pet'].get
  |             ^^^^^^^^^^^^^^^^^^^
  |
  = help: a key with a similar name exists: `/pets`
warning[KW0112]: `$.infos.title` matches nothing in the document
 --> o.yaml:6:13 at #/actions/1/target
  |
6 |   - target: $.infos.title
  |             ^^^^^^^^^^^^^
  |
  = help: a key with a similar name exists: `info`
warning[KW0112]: `$.paths.*.patch` matches nothing in the document
 --> o.yaml:8:13 at #/actions/2/target
  |
8 |   - target: $.paths.*.patch
  |             ^^^^^^^^^^^^^^^
  |
  = help: correct the target, or remove the action
info: {"title":"Pets","version":"1"}
tags: ["a","b"]
paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
"#);
}

#[test]
fn reports_actions_that_do_not_fit() {
    assert_snapshot!(applied("1.1.0", "
  - target: $.info
    update: { title: { en: Pets } }
  - target: $.info
    update: text
  - target: $.info.title
    update: [a]
  - target: $
    remove: true
  - target: $.*
    update: { a: 1 }
  - target: $.info
    copy: $.paths.*
  - target: $.info
    copy: $.path
  - target: $.info
    copy: $.tags
"), @r#"
error[KW0113]: `title` is a string in the document, and a mapping in the overlay
 --> o.yaml:5:22 at #/actions/0/update/title
  |
5 |     update: { title: { en: Pets } }
  |                      ^^^^^^^^^^^^
  |
  = help: remove the node in an action before this one, and then add it
error[KW0113]: the target is a mapping, and the value is a string
 --> o.yaml:7:13 at #/actions/1/update
  |
7 |     update: text
  |             ^^^^
  |
  = help: select another target, or give another value
error[KW0113]: the target is a string, and the value is a list
 --> o.yaml:9:13 at #/actions/2/update
  |
9 |     update: [a]
  |             ^^^
  |
  = help: select another target, or give another value
error[KW0113]: the document itself cannot be removed
  --> o.yaml:10:13 at #/actions/3/target
   |
10 |   - target: $
   |             ^
   |
   = help: select nodes in it
error[KW0113]: `$.*` matches nodes of different kinds
  --> o.yaml:12:13 at #/actions/4/target
   |
12 |   - target: $.*
   |             ^^^
   |
   = help: select only mappings, only lists, or only other values
error[KW0113]: `$.paths.*` matches 2 nodes in the document, not one
  --> o.yaml:15:11 at #/actions/5/copy
   |
15 |     copy: $.paths.*
   |           ^^^^^^^^^
   |
   = help: select exactly one node to copy
error[KW0113]: `$.path` matches nothing in the document, not one
  --> o.yaml:17:11 at #/actions/6/copy
   |
17 |     copy: $.path
   |           ^^^^^^
   |
   = help: a key with a similar name exists: `paths`
error[KW0113]: the target is a mapping, and the value is a list
  --> o.yaml:19:11 at #/actions/7/copy
   |
19 |     copy: $.tags
   |           ^^^^^^
   |
   = help: select another target, or give another value
info: {"title":"Pets","version":"1"}
tags: ["a","b"]
paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
"#);
}

#[test]
fn places_are_in_the_overlay() {
    let overlay = "overlay: 1.1.0\ninfo: { title: O, version: '1' }\nactions:\n  - target: $.info\n    update: { contact: { nam: Ada } }\n";
    let mut found = Diagnostics::default();
    let spec = read(&[("o.yaml", overlay)], &mut found).expect("it can be read");
    let printed = print(&spec);
    let lines: Vec<&str> = printed.lines().filter(|it| it.contains("o.yaml")).collect();
    assert_eq!(
        lines,
        [
            "  o.yaml:5:24    contact: mapping",
            "  o.yaml:5:31      nam: string \"Ada\""
        ]
    );
    let references = crate::resolve::resolve(&spec, &mut found);
    crate::normalize::normalize(&spec, &references, &mut found).expect("it is OpenAPI");
    let findings: String = found.iter().map(|it| render(it, Style::Plain)).collect();
    assert_snapshot!(findings, @"
    warning[KW0304]: `nam` is not a field of the contact object
     --> o.yaml:5:26 at #/info/contact/nam
      |
    5 |     update: { contact: { nam: Ada } }
      |                          ^^^ ignored
      |
      = help: a field with a similar name exists: `name`warning[KW0302]: expected a tag object, found a string
     --> api.yaml:3:8 at #/tags/0
      |
    3 | tags: [a, b]
      |        ^ left out
      |
      = help: write a mapping with the fields of the objectwarning[KW0302]: expected a tag object, found a string
     --> api.yaml:3:11 at #/tags/1
      |
    3 | tags: [a, b]
      |           ^ left out
      |
      = help: write a mapping with the fields of the objectwarning[KW0314]: the operation documents no responses
     --> api.yaml:6:10 at #/paths/~1pets/get
      |
    6 |     get: { tags: [a], description: All., responses: {} }
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every response is an undocumented status
      |
      = help: document at least one response:
              responses:
                '200':
                  description: What a successful response means.warning[KW0314]: the operation documents no responses
     --> api.yaml:7:11 at #/paths/~1pets/post
      |
    7 |     post: { tags: [b], responses: {} }
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every response is an undocumented status
      |
      = help: document at least one response:
              responses:
                '200':
                  description: What a successful response means.warning[KW0314]: the operation documents no responses
     --> api.yaml:9:10 at #/paths/~1owners/get
      |
    9 |     get: { tags: [a], responses: {} }
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every response is an undocumented status
      |
      = help: document at least one response:
              responses:
                '200':
                  description: What a successful response means.
    ");
}

#[test]
fn stays_within_limits() {
    let doubling = "  - { target: $.x, update: { a: 1 } }\n  - { target: $, copy: $ }\n  - { target: $.paths, copy: $ }\n";
    let overlay = format!(
        "overlay: 1.1.0\ninfo: {{ title: O, version: '1' }}\nactions:\n{}",
        doubling.repeat(20)
    );
    let limits = Limits {
        nodes: 5_000,
        ..Limits::default()
    };
    let mut found = Diagnostics::default();
    let files = [("api.yaml", DOCUMENT), ("o.yaml", &*overlay)];
    let spec = from_texts_with(&["o.yaml"], &files, &limits, &mut found);
    let spec = spec.expect("the document can be read");
    assert!(depth(&spec.entry().root) <= limits.depth);
    let exceeded = |name: &str| {
        let message = format!("the overlay makes the document exceed the limit `{name}`");
        found.iter().any(|it| it.message == message)
    };
    assert!(exceeded("nodes"));
}

fn depth(node: &Node) -> usize {
    let items = node.items().iter();
    let inner = items.chain(node.entries().iter().map(|it| &it.value));
    1 + inner.map(depth).max().unwrap_or(0)
}
