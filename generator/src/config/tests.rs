//! Configurations in, what they say or what is wrong with them out.

use std::path::Path;

use insta::{assert_debug_snapshot, assert_snapshot};

use super::{Config, Level, read, relative, schema};
use crate::diagnostics::{Diagnostics, Style, render};

/// Reads a configuration of the folder `here`.
pub(crate) fn from_text(text: &str, diagnostics: &mut Diagnostics) -> Option<Config> {
    read::from_text("keywright.toml", text, Path::new("here"), diagnostics).whole()
}

/// Whether the schema for editors accepts a configuration.
pub(crate) fn is_valid(text: &str) -> bool {
    let schema = serde_json::from_str(&schema()).expect("it is JSON");
    let validator = jsonschema::draft7::new(&schema).expect("it is a schema");
    let config: serde_json::Value = toml::from_str(text).expect("it is TOML");
    validator.is_valid(&config)
}

fn faults(text: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    let config = from_text(text, &mut diagnostics);
    assert!(config.is_none());
    assert!(toml::from_str::<toml::Table>(text).is_err() || !is_valid(text));
    diagnostics
        .iter()
        .map(|it| render(it, Style::Plain))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
#[expect(clippy::too_many_lines, reason = "the whole configuration is shown")]
fn reads_everything() {
    let text = "
        [output]
        dir = 'out'
        package = 'auth-apis'
        version = '1.2.3'
        license = 'MIT'
        dates = 'jiff'
        mock = true
        [limits]
        files = 3
        [[api]]
        module = 'tvmaze'
        spec = 'specs/tvmaze.yaml'
        root = 'specs'
        copies = { 'https://example.org/common.yaml' = 'specs/common.yaml' }
        layout = 'by-tag'
        [[api]]
        spec = 'specs/The TVDB.yaml'
    ";
    let config = from_text(text, &mut Diagnostics::default());
    assert!(is_valid(text));
    assert_debug_snapshot!(config, @r#"
Some(
    Config {
        output: Output {
            dir: "here/out",
            package: "auth-apis",
            version: "1.2.3",
            license: Some(
                "MIT",
            ),
            dates: Jiff,
            layout: Crate,
            mock: true,
            snapshots: None,
        },
        apis: [
            ApiConfig {
                module: "tvmaze",
                spec: "here/specs/tvmaze.yaml",
                root: Some(
                    "here/specs",
                ),
                copies: {
                    "https://example.org/common.yaml": "here/specs/common.yaml",
                },
                overlays: [],
                names: [],
                aliases: [],
                types: [],
                sessions: None,
                device_flows: None,
                layout: ByTag,
                revision: None,
                include: Patterns {
                    operations: [],
                    tags: [],
                },
                exclude: Patterns {
                    operations: [],
                    tags: [],
                },
            },
            ApiConfig {
                module: "the_tvdb",
                spec: "here/specs/The TVDB.yaml",
                root: None,
                copies: {},
                overlays: [],
                names: [],
                aliases: [],
                types: [],
                sessions: None,
                device_flows: None,
                layout: Whole,
                revision: None,
                include: Patterns {
                    operations: [],
                    tags: [],
                },
                exclude: Patterns {
                    operations: [],
                    tags: [],
                },
            },
        ],
        limits: Limits {
            document_size: 67108864,
            files: 3,
            nodes: 3000000,
            depth: 128,
            pointer_size: 4000,
            alias_nodes: 1000000,
            alias_size: 33554432,
            schemas: 150000,
            operations: 20000,
            members: 10000,
            composition: 50000,
        },
        lint: [],
        diff_allow: [],
    },
)
"#);
}

#[test]
fn reports_every_fault_at_its_place() {
    let text = "
[output]
pakage = 'x'
package = 7
dates = 'time'
[[api]]
module = 'fn'
spec = 'a.yaml'
[[api]]
module = 'a'
[[api]]
module = 'b'
spec = 'b.yaml'
[[api]]
module = 'b'
spec = 'b.yaml'
copies = { 'common.yaml' = 'a.yaml', 'https://example.org/' = 1 }
layout = 'by-tags'
[[api]]
spec = 'native.yaml'
layout = 'by-tag'
[other]
";
    assert_snapshot!(faults(text), @r#"
error[KW0002]: `pakage` is not a key of `output`
 --> keywright.toml:3:1 at #/output/pakage
  |
3 | pakage = 'x'
  | ^^^^^^
  |
  = help: did you mean `package`?
error[KW0002]: `package` is a number, not text
 --> keywright.toml:4:11 at #/output/package
  |
4 | package = 7
  |           ^
error[KW0002]: `time` is not a value of `dates`
 --> keywright.toml:5:9 at #/output/dates
  |
5 | dates = 'time'
  |         ^^^^^^
  |
  = help: choose `text`, `jiff` or `chrono`
error[KW0002]: there is no `spec`
 --> keywright.toml:9:1 at #/api/1
  |
9 | [[api]]
  | ^^^^^^^
  |
  = help: add it: `spec = "specs/tvmaze.yaml"`
error[KW0002]: `https://example.org/` is a number, not a path
  --> keywright.toml:17:63 at #/api/3/copies/https:~1~1example.org~1
   |
17 | …n.yaml' = 'a.yaml', 'https://example.org/' = 1 }
   |                                               ^
error[KW0002]: `by-tags` is not a value of `layout`
  --> keywright.toml:18:10 at #/api/3/layout
   |
18 | layout = 'by-tags'
   |          ^^^^^^^^^
   |
   = help: did you mean `by-tag`?
error[KW0002]: `other` is not a table of the configuration
  --> keywright.toml:22:2 at #/other
   |
22 | [other]
   |  ^^^^^
   |
   = help: the keys are `output`, `api`, `lint`, `diff`, `limits`
error[KW0002]: `common.yaml` is not the URL of a document
  --> keywright.toml:17:12 at #/api/3/copies/common.yaml
   |
17 | copies = { 'common.yaml' = 'a.yaml', 'https://example.org/' = 1 }
   |            ^^^^^^^^^^^^^
   |
   = help: write it as the `$ref` does, up to its `#`
error[KW0002]: `fn` cannot be the name of a module
 --> keywright.toml:7:10 at #/api/0/module
  |
7 | module = 'fn'
  |          ^^^^
  |
  = help: use small letters, digits and `_`, beginning with a letter, and no word that Rust or the generated crate uses itself
error[KW0002]: two APIs have the module `b`
  --> keywright.toml:15:10 at #/api/3/module
   |
15 | module = 'b'
   |          ^^^
   |
   = help: give each API a module of its own
error[KW0002]: `native` cannot be laid out by tag: one of its features could be `native-tls`
  --> keywright.toml:19:1 at #/api/4
   |
19 | [[api]]
   | ^^^^^^^
   |
   = help: give the API another `module`
"#);
}

#[test]
fn reports_invalid_toml() {
    assert_snapshot!(faults("[output\ndir = 1"), @r#"
error[KW0002]: unclosed table, expected `]`
 --> keywright.toml:1:8
  |
1 | [output
  |        ^
"#);
}

#[test]
fn finds_the_way_to_a_copy() {
    let way = |folder: &str, path: &str| relative(Path::new(folder), Path::new(path));
    assert_eq!(way("here/specs", "here/specs/common.yaml"), "common.yaml");
    assert_eq!(way("here/specs", "here/copies/a.yaml"), "../copies/a.yaml");
    assert_eq!(way("", "copies/a.yaml"), "copies/a.yaml");
    assert_eq!(way("specs", "../copies/a.yaml"), "../../copies/a.yaml");
    assert_eq!(way("/a/specs", "/b/c.yaml"), "../../b/c.yaml");
    assert_eq!(way("specs", "/b/c.yaml"), "/b/c.yaml");
}

#[test]
fn reads_levels_of_lint_and_allowed_changes() {
    let text = "
[lint]
no-operation-id = 'deny'
ambiguous-union = 'allow'
[[diff.allow]]
fingerprint = '1f2e'
reason = 'nobody calls it'
";
    let mut diagnostics = Diagnostics::default();
    let text = format!("{text}[[api]]\nspec = 'a.yaml'\n");
    let config = from_text(&text, &mut diagnostics).expect("it is right");
    assert!(is_valid(&text));
    let lint = config.lint.iter().map(|it| {
        let place = it.place.as_ref().expect("it is in the file");
        (&*it.rule, it.level, place.line_column().line)
    });
    assert_eq!(
        lint.collect::<Vec<_>>(),
        [
            ("no-operation-id", Level::Deny, 3),
            ("ambiguous-union", Level::Allow, 4)
        ]
    );
    let [allowed] = &*config.diff_allow else {
        panic!("there is one");
    };
    assert_eq!(allowed.fingerprint, "1f2e");
    assert_eq!(allowed.reason, "nobody calls it");
    let place = allowed.place.as_ref().expect("it is in the file");
    assert_eq!(place.line_column().line, 6);
}

#[test]
fn reports_faults_of_reviews() {
    let text = "
[lint]
a = 'wran'
b = 1
[diff]
alow = 1
[[diff.allow]]
fingerprint = 'a'
reason = ' '
[[diff.allow]]
fingerprint = 7
reason = 'so'
[[diff.allow]]
fingerprnt = 'a'
reason = 'so'
[[api]]
spec = 'a.yaml'
";
    assert_snapshot!(faults(text), @r#"
error[KW0002]: `wran` is not a value of `a`
 --> keywright.toml:3:5 at #/lint/a
  |
3 | a = 'wran'
  |     ^^^^^^
  |
  = help: did you mean `warn`?
error[KW0002]: `b` is a number, not text
 --> keywright.toml:4:5 at #/lint/b
  |
4 | b = 1
  |     ^
error[KW0002]: `alow` is not a key of `diff`
 --> keywright.toml:6:1 at #/diff/alow
  |
6 | alow = 1
  | ^^^^
  |
  = help: did you mean `allow`?
error[KW0002]: `reason` is empty
 --> keywright.toml:9:10 at #/diff/allow/0/reason
  |
9 | reason = ' '
  |          ^^^
  |
  = help: write it like this: `reason = "nobody calls it any more"`
error[KW0002]: `fingerprint` is a number, not text
  --> keywright.toml:11:15 at #/diff/allow/1/fingerprint
   |
11 | fingerprint = 7
   |               ^
error[KW0002]: `fingerprnt` is not a key of `diff.allow`
  --> keywright.toml:14:1 at #/diff/allow/2/fingerprnt
   |
14 | fingerprnt = 'a'
   | ^^^^^^^^^^
   |
   = help: did you mean `fingerprint`?
error[KW0002]: there is no `fingerprint`
  --> keywright.toml:13:1 at #/diff/allow/2
   |
13 | [[diff.allow]]
   | ^^^^^^^^^^^^^^
   |
   = help: add it: `fingerprint = "4f726e3d9c21"`
"#);
}
