use insta::assert_snapshot;

use super::resolve;
use crate::diagnostics::{Diagnostics, Style, render};
use crate::load::{Limits, from_texts};

/// Where every reference leads, by the text of the reference, and what was found.
fn resolved(files: &[(&str, &str)]) -> String {
    let mut diagnostics = Diagnostics::default();
    let spec = from_texts(files, &Limits::default(), &mut diagnostics).expect("the entry is YAML");
    let references = resolve(&spec, &mut diagnostics);
    let mut lines: Vec<(u32, String)> = references
        .targets
        .iter()
        .map(|(id, target)| {
            (
                id.0,
                format!("{}{}", spec.file(target.file).path, target.pointer),
            )
        })
        .collect();
    lines.sort();
    let mut lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    lines.extend(diagnostics.iter().map(|it| render(it, Style::Plain)));
    lines.join("\n")
}

/// The same for component schemas.
fn schemas(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    let lines = lines.join("\n");
    resolved(&[(
        "api.yaml",
        &format!("openapi: 3.1.0\ncomponents:\n  schemas:\n{lines}"),
    )])
}

#[test]
fn follows_pointers() {
    assert_snapshot!(schemas("A: {$ref: '#/components/schemas/a~1b%20~0'}\na/b ~: {}"), @"api.yaml#/components/schemas/a~1b ~0");
    assert_snapshot!(schemas("A: {allOf: [{}, {}]}\nB: {$ref: '#/components/schemas/A/allOf/1'}"), @"api.yaml#/components/schemas/A/allOf/1");
    assert_snapshot!(schemas("A: {properties: {x: {$ref: '#/components/schemas/A'}}}"), @"api.yaml#/components/schemas/A");
    assert_snapshot!(schemas("A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/C'}\nC: {}"), @"
    api.yaml#/components/schemas/B
    api.yaml#/components/schemas/C
    ");
}

#[test]
fn follows_files_and_back() {
    let entry = "openapi: 3.1.0
paths: {/a: {$ref: 'paths/a.yaml'}}
components: {schemas: {Pet: {}}}
";
    let path = "get: {responses: {200: {$ref: '#/r'}}}
r: {content: {a/b: {schema: {$ref: '../api.yaml#/components/schemas/Pet'}}}}
";
    assert_snapshot!(resolved(&[("api.yaml", entry), ("paths/a.yaml", path)]), @"
    paths/a.yaml#
    paths/a.yaml#/r
    api.yaml#/components/schemas/Pet
    ");
}

#[test]
fn reads_discriminator_mappings() {
    assert_snapshot!(
        schemas("A: {discriminator: {propertyName: t, mapping: {d: Dog, c: '#/components/schemas/Cat', x: Cow}}}\nDog: {}\nCat: {}"),
        @r#"
    api.yaml#/components/schemas/Dog
    api.yaml#/components/schemas/Cat
    error[KW0201]: no schema is named `Cow`
     --> api.yaml:4:94 at #/components/schemas/A/discriminator/mapping/x
      |
    4 | …: {d: Dog, c: '#/components/schemas/Cat', x: Cow}}}
      |                                               ^^^ referenced here
      |
      = help: add what is missing, or correct the reference
    "#
    );
}

#[test]
fn reports_what_leads_nowhere() {
    assert_snapshot!(schemas("Pet: {}\nA: {$ref: '#/components/schemas/Pett'}"), @"
    error[KW0201]: no schema is named `Pett`
     --> api.yaml:5:15 at #/components/schemas/A/$ref
      |
    5 |     A: {$ref: '#/components/schemas/Pett'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: a schema with a similar name exists: `Pet`
    ");
    assert_snapshot!(schemas("A: {properties: {name: {}}}\nB: {$ref: '#/components/schemas/A/properties/nme'}"), @"
    error[KW0201]: nothing is at `#/components/schemas/A/properties/nme`
     --> api.yaml:5:15 at #/components/schemas/B/$ref
      |
    5 |     B: {$ref: '#/components/schemas/A/properties/nme'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: a similar name exists there: `name`
    ");
    assert_snapshot!(schemas("A: {$ref: '#/components/schemas/A/allOf/01'}"), @r#"
    error[KW0201]: nothing is at `#/components/schemas/A/allOf/01`
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#/components/schemas/A/allOf/01'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: add what is missing, or correct the reference
    "#);
    assert_snapshot!(schemas("A: {$ref: '#pet'}"), @"
    error[KW0201]: `#pet` names an anchor, which is not looked up yet
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#pet'}
      |               ^^^^^^
      |
      = help: refer to the schema that has `$anchor: pet` by a JSON pointer, such as `#/components/schemas/pet`
    ");
    assert_snapshot!(schemas("A: {$ref: 'http://example.org/a.yaml'}"), @"
    error[KW0202]: `http://example.org/a.yaml` leads out of the spec, and nothing is fetched
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: 'http://example.org/a.yaml'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = help: put a copy of the file beside this one and refer to it by a relative path, or bundle the spec into one file, as `redocly bundle` does
    ");
    assert_snapshot!(schemas("A: {$ref: '/a.yaml'}\nB: {$ref: '%ff'}"), @"
    error[KW0204]: `/a.yaml` is an absolute path
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '/a.yaml'}
      |               ^^^^^^^^^
      |
      = help: refer to the file by its path relative to this one
    error[KW0204]: `%ff` is not a URI reference with a JSON pointer
     --> api.yaml:5:15 at #/components/schemas/B/$ref
      |
    5 |     B: {$ref: '%ff'}
      |               ^^^^^
      |
      = help: write it as `file.yaml#/path/to/node`, with `%` as `%25`
    ");
}

#[test]
fn reports_pure_cycles_once() {
    assert_snapshot!(
        schemas("A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}\nC: {$ref: '#/components/schemas/A'}"),
        @"
    api.yaml#/components/schemas/A
    error[KW0203]: this reference leads back to itself without a schema between
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#/components/schemas/B'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: api.yaml:5:15 at #/components/schemas/B/$ref
      |
    5 |     B: {$ref: '#/components/schemas/A'}
      |               ------------------------ by way of this one
      |
      = help: write the schema out in one of the places
    "
    );
    assert_snapshot!(schemas("A: {$ref: '#/components/schemas/A'}"), @"
    error[KW0203]: this reference leads back to itself without a schema between
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#/components/schemas/A'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the schema out in one of the places
    ");
}

#[test]
fn looks_up_quickly_in_large_mappings() {
    let mut lines: Vec<String> = (0..10_000)
        .map(|number| {
            format!(
                "S{number}: {{$ref: '#/components/schemas/S{}'}}",
                number + 1
            )
        })
        .collect();
    lines.push("S10000: {}".to_owned());
    let text = lines.join("\n");
    assert_eq!(schemas(&text).lines().count(), 10_000);
}
