//! Overlays that are malformed in, what is wrong with them out.

use insta::assert_snapshot;

use super::overlays::{applied, shown};

#[test]
fn reports_what_is_no_overlay_that_is_known() {
    assert_snapshot!(shown(&[
        ("1.yaml", "overlay: 2.0.0\n"),
        ("2.yaml", "[]"),
        ("3.yaml", "info: {}\n"),
        ("missing.yaml", "\t"),
    ]), @r#"
    error[KW0102]: the file is empty
     --> missing.yaml:1:1
      |
    1 |     
      | ^
      |
      = help: correct the text here; an editor with YAML or JSON support shows it, too
    error[KW0111]: `2.0.0` is not a version of overlays that is read
     --> 1.yaml:1:10 at #/overlay
      |
    1 | overlay: 2.0.0
      |          ^^^^^
      |
      = help: write the overlay in version 1.0.0 or 1.1.0
    error[KW0111]: an overlay is a list, not a mapping
     --> 2.yaml:1:1
      |
    1 | []
      | ^^
      |
      = help: write `overlay: 1.1.0`
    error[KW0111]: the overlay does not state its version
     --> 3.yaml:1:1
      |
    1 | info: {}
      | ^^^^^^^^
      |
      = help: write `overlay: 1.1.0`
    info: {"title":"Pets","version":"1"}
    tags: ["a","b"]
    paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
    "#);
}

#[test]
fn reports_malformed_overlays() {
    let head = "info: { title: O, version: '1' }";
    assert_snapshot!(shown(&[
        (
            "4.yaml",
            "overlay: 1.0.0\nextends: other.yaml\nactons: []\n"
        ),
        (
            "5.yaml",
            "overlay: 1.1.0\ninfo: { title: O }\nactions: []\nextends: https://example.org/a.yaml\n"
        ),
        (
            "6.yaml",
            &format!("overlay: 1.1.0\n{head}\nextends: 7\nactions: 7\n")
        ),
    ]), @r#"
    warning[KW0111]: `actons` is not a key of `overlay`
     --> 4.yaml:3:1 at #/actons
      |
    3 | actons: []
      | ^^^^^^
      |
      = help: did you mean `actions`?
    warning[KW0111]: the overlay has no `info`
     --> 4.yaml:1:1
      |
    1 | overlay: 1.0.0
      | ^^^^^^^^^^^^^^
      |
      = help: add `info` with `title` and `version`
    warning[KW0111]: the overlay is for `other.yaml`, and is applied to `api.yaml`
     --> 4.yaml:2:1 at #/extends
      |
    2 | extends: other.yaml
      | ^^^^^^^
      |
      = help: correct `extends`, or leave it out
    error[KW0111]: the overlay has no `actions`
     --> 4.yaml:1:1
      |
    1 | overlay: 1.0.0
      | ^^^^^^^^^^^^^^
      |
      = help: list at least one action: `- target: $.info` with `update` or `remove`
    warning[KW0111]: `info` has no `version`
     --> 5.yaml:2:1 at #/info
      |
    2 | info: { title: O }
      | ^^^^
      |
      = help: add `info` with `title` and `version`
    error[KW0111]: `actions` is empty
     --> 5.yaml:3:10 at #/actions
      |
    3 | actions: []
      |          ^^
      |
      = help: list at least one action: `- target: $.info` with `update` or `remove`
    error[KW0111]: `extends` is a number, not text
     --> 6.yaml:3:10 at #/extends
      |
    3 | extends: 7
      |          ^
      |
      = help: name the document that the overlay is for
    error[KW0111]: `actions` is a number, not a list
     --> 6.yaml:4:10 at #/actions
      |
    4 | actions: 7
      |          ^
      |
      = help: list at least one action: `- target: $.info` with `update` or `remove`
    info: {"title":"Pets","version":"1"}
    tags: ["a","b"]
    paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
    "#);
}

#[test]
fn reports_malformed_actions() {
    assert_snapshot!(applied("1.1.0", "
  - update: 1
  - target: $.info[
    remove: true
  - target: $.x-a
    remove: true
  - target: $.info
  - target: $.info
    update: {}
    copy: $.tags
  - target: $.tags
    update: c
    remove: true
  - target: $.info
    remove: 'yes'
  - 7
"), @r#"
error[KW0111]: the action has no `target`
 --> o.yaml:4:5 at #/actions/0
  |
4 |   - update: 1
  |     ^^^^^^^^^
  |
  = help: say which nodes the action changes: `target: $.paths['/pets']`
error[KW0111]: `target` is not a JSONPath: nothing fits from character 7 on
 --> o.yaml:5:13 at #/actions/1/target
  |
5 |   - target: $.info[
  |             ^^^^^^^
  |
  = help: write a JSONPath of RFC 9535: `$.paths['/pets'].get`
error[KW0111]: `target` is not a JSONPath: nothing fits from character 4 on
 --> o.yaml:7:13 at #/actions/2/target
  |
7 |   - target: $.x-a
  |             ^^^^^
  |
  = help: put a name with a hyphen into brackets: `$['x-internal']`
error[KW0111]: the action changes nothing
 --> o.yaml:9:5 at #/actions/3
  |
9 |   - target: $.info
  |     ^^^^^^^^^^^^^^
  |
  = help: add `update` or `remove: true`
error[KW0111]: an action has both `update` and `copy`
  --> o.yaml:12:11 at #/actions/4/copy
   |
12 |     copy: $.tags
   |           ^^^^^^
   |
   = help: write two actions
warning[KW0111]: an action that removes its target does nothing else
  --> o.yaml:14:5 at #/actions/5/update
   |
14 |     update: c
   |     ^^^^^^
   |
   = help: keep `remove`, or write a second action for the other change
error[KW0111]: `remove` is a string, not a boolean
  --> o.yaml:17:13 at #/actions/6/remove
   |
17 |     remove: 'yes'
   |             ^^^^^
   |
   = help: write `remove: true`
error[KW0111]: an action is a number, not a mapping
  --> o.yaml:18:5 at #/actions/7
   |
18 |   - 7
   |     ^
   |
   = help: write `target`, and `update` or `remove`
info: {"title":"Pets","version":"1"}
paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
"#);
    assert_snapshot!(applied("1.0.0", "
  - target: $.info
    copy: $.tags
"), @r#"
warning[KW0111]: `copy` is not a key of `action`
 --> o.yaml:5:5 at #/actions/0/copy
  |
5 |     copy: $.tags
  |     ^^^^
  |
  = help: the keys are `target`, `description`, `update`, `remove`
error[KW0111]: the action changes nothing
 --> o.yaml:4:5 at #/actions/0
  |
4 |   - target: $.info
  |     ^^^^^^^^^^^^^^
  |
  = help: add `update` or `remove: true`
info: {"title":"Pets","version":"1"}
tags: ["a","b"]
paths: {"/pets":{"get":{"tags":["a"],"description":"All.","responses":{}},"post":{"tags":["b"],"responses":{}}},"/owners":{"get":{"tags":["a"],"responses":{}}}}
"#);
}
