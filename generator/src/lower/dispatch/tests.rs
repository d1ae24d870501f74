//! Unions in, what tells their branches apart out.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::config::Overrides;
use crate::diagnostics::Diagnostics;
use crate::{ir, lower, testing};

/// How the branches of the component `S` are told apart, after what was reported; the other components are given
/// before it, a line of YAML each.
fn decided(components: &str, schema: &str) -> String {
    let components = format!("{components}\nS: {schema}");
    let components = components.trim().replace('\n', "\n    ");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    {components}\n"
    );
    let mut found = Diagnostics::new(false);
    let description = testing::describe(&text, &mut found);
    let api = lower::lower(&description, Overrides::default(), &mut found);
    let mut out = String::new();
    for it in found.iter() {
        let _ = writeln!(out, "{}: {}", it.code, it.message);
    }
    let printed = ir::print(&api);
    let of_union = printed
        .lines()
        .skip_while(|line| *line != "union S")
        .skip(1);
    for line in of_union.take_while(|line| line.starts_with(' ')) {
        if let Some(choice) = line.trim().strip_prefix("by ") {
            let _ = writeln!(out, "{choice}");
        }
    }
    out
}

/// A choice of components by a discriminator.
fn one_of(names: &str, discriminator: &str) -> String {
    let branches: Vec<String> = names
        .split(' ')
        .map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"))
        .collect();
    format!(
        "{{ oneOf: [{}], discriminator: {{ {discriminator} }} }}",
        branches.join(", ")
    )
}

/// An object with a property `kind`.
fn object(name: &str, required: bool, kind: &str, others: &str) -> String {
    let required = if required { "required: [kind], " } else { "" };
    format!("{name}: {{ type: object, {required}properties: {{ kind: {kind}{others} }} }}")
}

#[test]
fn what_branches_allow_goes_before_their_names() {
    let code = object("Code", true, "{ type: string, enum: [code, one_time] }", "");
    let token = object("Token", true, "{ const: token }", "");
    let plain = object("Plain", true, "{ type: string }", "");
    let preset = object("Preset", true, "{ type: string, default: preset }", "");
    let components = [&code[..], &token, &plain, &preset].join("\n");
    assert_snapshot!(
        decided(&components, &one_of("Code Token Plain Preset", "propertyName: kind")),
        @r#"Object: Tag kind { "Plain": Only(2), "code": Only(0), "one_time": Only(0), "token": Only(1), "preset": Only(3) }"#
    );
    // A mapping that contradicts them counts beside them.
    assert_snapshot!(
        decided(&components, &one_of("Code Token", "propertyName: kind, mapping: { TOKEN: Token, code: Code }")),
        @r#"Object: Tag kind { "TOKEN": Only(1), "code": Only(0), "one_time": Only(0), "token": Only(1) }"#
    );
    // What all have from a base says nothing, unless it is their names.
    let base = object("Base", true, "{ enum: [Cat, Dog, bird, fish] }", "");
    let extending =
        |name: &str| format!("{name}: {{ allOf: [{{ $ref: '#/components/schemas/Base' }}] }}");
    let components = [base, extending("Cat"), extending("Dog")].join("\n");
    assert_snapshot!(
        decided(&components, &one_of("Cat Dog", "propertyName: kind, mapping: { bird: Dog }")),
        @r#"
    KW0409: `Cat` and `Dog` cannot be told apart where `kind` is `fish`
    Object: Tag kind { "bird": Only(1), "Cat": Only(0), "Dog": Only(1), "fish": Trial([0, 1]) }
    "#
    );
    // It may be nested, nullable and another's.
    let kinds = "Kinds: { enum: [lent, sold, null], type: [string, 'null'] }\nAlias: { $ref: '#/components/schemas/Kinds' }";
    let lent = object(
        "Lent",
        true,
        "{ allOf: [{ $ref: '#/components/schemas/Alias' }] }",
        "",
    );
    let inner = "Inner: { allOf: [{ $ref: '#/components/schemas/Lent' }, { properties: { x: { type: string } } }] }\nOuter: { $ref: '#/components/schemas/Inner' }";
    let given = object(
        "Given",
        true,
        "{ anyOf: [{ const: given }, { const: left }] }",
        "",
    );
    assert_snapshot!(
        decided(&[kinds, &lent, inner, &given].join("\n"), &one_of("Outer Given", "propertyName: kind")),
        @r#"Object: Tag kind { "lent": Only(0), "sold": Only(0), "given": Only(1), "left": Only(1), absent: Only(0) }"#
    );
    // A choice among branches leads to these.
    let choice = "Some: { oneOf: [{ $ref: '#/components/schemas/Code' }, { $ref: '#/components/schemas/Token' }] }";
    assert_snapshot!(
        decided(&[&code, &token, &plain, choice].join("\n"), &one_of("Some Plain", "propertyName: kind, mapping: { tok: Token }")),
        @r#"Object: Tag kind { "tok": Only(0), "Plain": Only(1), "code": Only(0), "one_time": Only(0), "token": Only(0) }"#
    );
}

#[test]
fn values_that_branches_share_are_not_decided_in_silence() {
    let a = object("A", true, "{ enum: [x, y] }", ", a: { type: string }");
    let b = object("B", true, "{ enum: [y, z] }", ", b: { type: string }");
    let components = [a, b].join("\n");
    assert_snapshot!(decided(&components, &one_of("A B", "propertyName: kind")), @r#"
    KW0409: `A` and `B` cannot be told apart where `kind` is `y`
    Object: Tag kind { "x": Only(0), "y": Trial([0, 1]), "z": Only(1) }
    "#);
    assert_snapshot!(
        decided(&components, &one_of("A B", "propertyName: kind, mapping: { y: B }")),
        @r#"Object: Tag kind { "y": Only(1), "x": Only(0), "z": Only(1) }"#
    );
    // By a second property.
    let a = object("A", true, "{ const: x }", ", level: { enum: [1] }");
    let b = object("B", true, "{ const: x }", ", level: { enum: [2] }");
    let c = object("C", true, "{ const: y }", "");
    let components = [a, b, c].join("\n");
    assert_snapshot!(decided(&components, &one_of("A B C", "propertyName: kind")), @r#"Object: Tag kind { "x": Tag level { 1: Only(0), 2: Only(1), absent: Trial([0, 1]) }, "y": Only(2) }"#);
    // By what only one has, and demands.
    let a = "A: { required: [kind, a], properties: { kind: { const: x }, a: { type: string } } }";
    let b = "B: { required: [kind, b], properties: { kind: { const: x }, b: { type: string } } }";
    assert_snapshot!(decided(&format!("{a}\n{b}"), &one_of("A B", "propertyName: kind")), @r#"Object: Tag kind { "x": Key { a: 0, b: 1 } }"#);
}

#[test]
fn tags_are_of_the_type_of_their_property() {
    let one = object("One", true, "{ type: integer }", "");
    let two = object("Two", true, "{ type: integer, enum: [2, 22] }", "");
    let none = "None: { type: object, properties: { x: { type: string } } }";
    let components = [&one, &two, none].join("\n");
    assert_snapshot!(
        decided(&components, &one_of("One Two None", "propertyName: kind, mapping: { '1': One, '3': None, four: None }")),
        @"
    KW0412: the `discriminator` maps values that `kind` cannot have: `four`
    Object: Tag kind { 1: Only(0), 3: Only(2), 2: Only(1), 22: Only(1), absent: Only(2) }
    "
    );
    let yes = object("Yes", true, "{ type: boolean, enum: [true] }", "");
    let no = object("No", true, "{ const: false }", "");
    let components = [yes, no].join("\n");
    assert_snapshot!(decided(&components, &one_of("Yes No", "propertyName: kind")), @"Object: Tag kind { true: Only(0), false: Only(1) }");
    assert_snapshot!(
        decided(&components, "{ oneOf: [{ $ref: '#/components/schemas/Yes' }, { $ref: '#/components/schemas/No' }] }"),
        @"Object: Tag kind { true: Only(0), false: Only(1) }"
    );
    let many = object("Many", true, "{ type: array, items: { type: string } }", "");
    assert_snapshot!(
        decided(&format!("{many}\n{two}"), &one_of("Many Two", "propertyName: kind, mapping: { m: Many, other: Missing, self: S }")),
        @"
    KW0201: no schema is named `Missing`
    KW0412: the `discriminator` maps values that `kind` cannot have: `m`
    KW0413: the `discriminator` maps values to schemas that are not branches: `self`
    Object: Tag kind { 2: Only(1), 22: Only(1), else: Trial([0]) }
    "
    );
}

#[test]
fn what_is_optional_tells_apart_too() {
    let optional = |name: &str, kind: &str, others: &str| object(name, false, kind, others);
    let choice = "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }";
    let a = optional("A", "{ const: a }", "");
    let b = object("B", true, "{ enum: [b, 7] }", ", b: { type: string }");
    let c = optional("C", "{ enum: [c] }", ", c: { type: string }");
    assert_snapshot!(decided(&[&a, &b, &c[..]].join("\n"), choice), @r#"Object: Tag kind { "a": Only(0), "b": Only(1), 7: Only(1), "c": Only(2), absent: Trial([0, 2]) }"#);
    // Some branches allow any value, or do not know the property.
    let free = object("C", true, "{ type: string }", "");
    assert_snapshot!(decided(&[&a, &b, &free[..]].join("\n"), choice), @r#"Object: Tag kind { "a": Trial([0], else [2]), "b": Trial([1], else [2]), 7: Trial([1], else [2]), else: Trial([2]), absent: Only(0) }"#);
    let without = "C: { type: object, properties: { c: { type: string } } }";
    assert_snapshot!(decided(&[&a, &b, without].join("\n"), choice), @r#"Object: Tag kind { "a": Trial([0], else [2]), "b": Trial([1], else [2]), 7: Trial([1], else [2]), else: Trial([2]), absent: Trial([0, 2]) }"#);
    let closed =
        "C: { type: object, properties: { c: { type: string } }, additionalProperties: false }";
    assert_snapshot!(decided(&[&a, &b, closed].join("\n"), choice), @r#"Object: Tag kind { "a": Only(0), "b": Only(1), 7: Only(1), absent: Trial([0, 2]) }"#);
    let map = "C: { type: object, additionalProperties: { type: string } }";
    assert_snapshot!(decided(&[&a, &b, map].join("\n"), choice), @r#"Object: Tag kind { "a": Trial([0], else [2]), "b": Trial([1], else [2]), 7: Trial([1], else [2]), else: Trial([2]), absent: Trial([0, 2]) }"#);
    // A mere list of words marks no branch where others do not know the property.
    let unit = "A: { properties: { unit: { enum: [kg, g] } } }";
    let others =
        "B: { properties: { b: { type: string } } }\nC: { properties: { c: { type: string } } }";
    assert_snapshot!(decided(&[unit, others].join("\n"), choice), @"
    KW0409: `A` and `B` and `C` cannot be told apart
    Object: Trial([0, 1, 2])
    ");
    // One value that all have tells what is none of them.
    let ok = |name: &str| optional(name, "{ const: ok }", "");
    assert_snapshot!(decided(&[ok("A"), ok("B"), ok("C")].join("\n"), choice), @r#"
    KW0409: `A` and `B` and `C` cannot be told apart where `kind` is `ok`
    Object: Tag kind { "ok": Trial([0, 1, 2]), absent: Trial([0, 1, 2]) }
    "#);
    // What only one demands goes before what some list.
    let a = "A: { required: [kind, a], properties: { kind: { const: a }, a: {} } }";
    let b = "B: { required: [kind, b], properties: { kind: { type: string }, b: {} } }";
    let c = "C: { required: [c], properties: { c: {} } }";
    assert_snapshot!(decided(&[a, b, c].join("\n"), choice), @"Object: Key { a: 0, b: 1, c: 2 }");
}
