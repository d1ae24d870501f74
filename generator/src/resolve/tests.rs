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
        @"
    api.yaml#/components/schemas/Dog
    api.yaml#/components/schemas/Cat
    warning[KW0201]: no schema is named `Cow`
     --> api.yaml:4:94 at #/components/schemas/A/discriminator/mapping/x
      |
    4 | …: {d: Dog, c: '#/components/schemas/Cat', x: Cow}}}
      |                                               ^^^ referenced here
      |
      = help: add what is missing, or correct the reference
    "
    );
}

#[test]
fn reports_what_leads_nowhere() {
    assert_snapshot!(schemas("Pet: {}\nA: {$ref: '#/components/schemas/Pett'}"), @"
    warning[KW0201]: no schema is named `Pett`
     --> api.yaml:5:15 at #/components/schemas/A/$ref
      |
    5 |     A: {$ref: '#/components/schemas/Pett'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: a schema with a similar name exists: `Pet`
    ");
    assert_snapshot!(schemas("A: {properties: {name: {}}}\nB: {$ref: '#/components/schemas/A/properties/nme'}"), @"
    warning[KW0201]: `#/components/schemas/A/properties/nme` does not exist
     --> api.yaml:5:15 at #/components/schemas/B/$ref
      |
    5 |     B: {$ref: '#/components/schemas/A/properties/nme'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: a similar name exists there: `name`
    ");
    assert_snapshot!(schemas("A: {$ref: '#/components/schemas/A/allOf/01'}"), @"
    warning[KW0201]: `#/components/schemas/A/allOf/01` does not exist
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#/components/schemas/A/allOf/01'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: add what is missing, or correct the reference
    ");
    assert_snapshot!(schemas("A: {$ref: '#pet'}\nB: {}"), @"
    warning[KW0201]: no schema has the anchor `pet`
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#pet'}
      |               ^^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: add `$anchor: pet` to the schema, or refer to it by a JSON pointer
    ");
    assert_snapshot!(schemas("A: {$ref: 'http://example.org/a.yaml'}"), @r#"
    warning[KW0202]: `http://example.org/a.yaml` points to the network; Keywright does not fetch anything
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: 'http://example.org/a.yaml'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: save a copy and name it in the configuration under `[[api]]`: `copies = { "http://example.org/a.yaml" = "path/to/copy" }`; or bundle the spec into one file, for example with `redocly bundle`
    "#);
    assert_snapshot!(schemas("A: {$ref: '/a.yaml'}\nB: {$ref: '%ff'}"), @r#"
    warning[KW0204]: `/a.yaml` is an absolute path
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '/a.yaml'}
      |               ^^^^^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: use a path relative to this file; if it points outside the root folder, choose another root: `--root DIR`, or `root = "DIR"` under `[[api]]` in the configuration
    warning[KW0204]: `%ff` is not a valid URI reference with a JSON pointer
     --> api.yaml:5:15 at #/components/schemas/B/$ref
      |
    5 |     B: {$ref: '%ff'}
      |               ^^^^^ referenced here
      |
      = note: until then, any value is allowed here
      = help: write it as `file.yaml#/path/to/node`, and `%` as `%25`
    "#);
}

#[test]
fn follows_anchors() {
    assert_snapshot!(schemas("A: {$ref: '#pet'}\nB: {$anchor: pet, properties: {example: {$anchor: inner}}, example: {$anchor: data}}\nC: {$ref: '#inner'}"), @"
    api.yaml#/components/schemas/B
    api.yaml#/components/schemas/B/properties/example
    ");
    assert_snapshot!(resolved(&[
        ("api.yaml", "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: 'pets.yaml#cat'}, B: {$anchor: cat}, C: {$ref: 'pets.yaml#dog'}}}"),
        ("pets.yaml", "Cat: {$anchor: cat, properties: {b: {$ref: 'api.yaml#cat'}}}"),
    ]), @"
    pets.yaml#/Cat
    api.yaml#/components/schemas/B
    warning[KW0201]: no schema has the anchor `dog`
     --> api.yaml:2:81 at #/components/schemas/C/$ref
      |
    2 | …ets.yaml#cat'}, B: {$anchor: cat}, C: {$ref: 'pets.yaml#dog'}}}
      |                                               ^^^^^^^^^^^^^^^ referenced here
      |
      = note: looked up in `pets.yaml`
      = note: until then, any value is allowed here
      = help: add `$anchor: dog` to the schema, or refer to it by a JSON pointer
    ");
}

#[test]
fn follows_identifiers() {
    // A pointer starts at the schema that has the identifier; where it leads nowhere, at the file.
    assert_snapshot!(schemas("
A:
  $id: https://example.org/schemas/a
  $defs: {x: {$anchor: x}, y: {$id: y, $ref: '#/$defs/z', $defs: {z: {}}}}
  properties: {x: {$ref: '#/$defs/x'}, y: {$ref: y}, b: {$ref: '#/components/schemas/B'}, anchor: {$ref: '#x'}}
B: {$ref: 'https://example.org/schemas/a#/$defs/x'}
C: {$ref: 'https://example.org/schemas/y'}
D: {$ref: 'https://example.org/schemas/a#x'}"), @"
    api.yaml#/components/schemas/A/$defs/y/$defs/z
    api.yaml#/components/schemas/A/$defs/x
    api.yaml#/components/schemas/A/$defs/y
    api.yaml#/components/schemas/B
    api.yaml#/components/schemas/A/$defs/x
    api.yaml#/components/schemas/A/$defs/x
    api.yaml#/components/schemas/A/$defs/y
    api.yaml#/components/schemas/A/$defs/x
    ");
    // Many an identifier is an ornament, and the files beside it are meant.
    assert_snapshot!(resolved(&[
        ("api.yaml", "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: 'schemas/a.json'}}}"),
        ("schemas/a.json", r#"{"$id": "https://example.org/a.json", "properties": {"b": {"$ref": "b.json"}}}"#),
        ("schemas/b.json", r#"{"$id": "https://example.org/b.json", "properties": {"a": {"$ref": "a.json"}}}"#),
    ]), @"
    schemas/a.json#
    schemas/b.json#
    schemas/a.json#
    ");
    assert_snapshot!(resolved(&[
        ("api.yaml", "openapi: 3.2.0\n$self: https://example.org/api\ncomponents: {schemas: {A: {$ref: '/api#/components/schemas/B'}, B: {}}}"),
    ]), @"api.yaml#/components/schemas/B");
}

#[test]
fn follows_dynamic_references() {
    assert_snapshot!(schemas("A: {$dynamicAnchor: node, properties: {children: {items: {$dynamicRef: '#node'}}}}"), @"api.yaml#/components/schemas/A");
    assert_snapshot!(schemas("
A: {$id: a, $dynamicAnchor: node, properties: {children: {items: {$dynamicRef: '#node'}}}}
B: {$id: b, $dynamicAnchor: node, $ref: a}"), @"
    api.yaml#/components/schemas/A
    api.yaml#/components/schemas/A
    ");
}

#[test]
fn follows_the_words_of_2_0() {
    assert_snapshot!(resolved(&[
        ("api.yaml", "swagger: '2.0'
paths:
  /a:
    parameters: [{$ref: '#/parameters/P'}]
    get:
      responses: {200: {$ref: '#/responses/R'}, 404: {$ref: 'more.yaml#/responses/~0'}}
parameters: {P: {name: p, in: body, schema: {$ref: '#/definitions/D'}}}
responses: {R: {schema: {type: string}, examples: {application/json: {$ref: data}}}}
securityDefinitions: {s: {$ref: 'more.yaml#/s'}}
definitions: {D: {properties: {d: {$ref: '#/paths/~1a/get/responses/200/schema'}}}}
"),
        ("more.yaml", "{responses: {'~': {schema: {$ref: 'api.yaml#/definitions/D'}}}, s: {type: basic}}"),
    ]), @"
    api.yaml#/parameters/P
    api.yaml#/responses/R
    more.yaml#/responses/~0
    api.yaml#/definitions/D
    more.yaml#/s
    api.yaml#/responses/R/schema
    api.yaml#/definitions/D
    ");
}

#[test]
fn reports_pure_cycles_once() {
    assert_snapshot!(
        schemas("A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}\nC: {$ref: '#/components/schemas/A'}"),
        @"
    api.yaml#/components/schemas/A
    error[KW0203]: this reference refers to itself without passing through a schema
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#/components/schemas/B'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^ starts and ends here
      |
     ::: api.yaml:5:15 at #/components/schemas/B/$ref
      |
    5 |     B: {$ref: '#/components/schemas/A'}
      |               ------------------------ through this reference
      |
      = help: replace one of the references with the schema itself
    "
    );
    assert_snapshot!(schemas("A: {$ref: '#/components/schemas/A'}"), @"
    error[KW0203]: this reference refers to itself without passing through a schema
     --> api.yaml:4:15 at #/components/schemas/A/$ref
      |
    4 |     A: {$ref: '#/components/schemas/A'}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^ starts and ends here
      |
      = help: replace one of the references with the schema itself
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
