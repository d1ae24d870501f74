//! Schemas in, the IR of their types out.

use insta::assert_snapshot;

use super::{lowered, schema, schemas};

#[test]
fn scalars() {
    assert_snapshot!(schema("{ type: string }"), @"alias S = String");
    assert_snapshot!(schema("{ type: string, format: password }"), @"alias S = Secret");
    assert_snapshot!(schema("{ type: string, x-keywright-sensitive: true }"), @"alias S = Secret");
    assert_snapshot!(schema("{ type: string, format: date-time }"), @"alias S = DateTime");
    assert_snapshot!(schema("{ type: string, format: odd }"), @"
    KW0403: the format `odd` is unknown
    alias S = String
    ");
    assert_snapshot!(schema("{ type: integer }"), @"alias S = Integer");
    assert_snapshot!(schema("{ type: integer, format: int32 }"), @"alias S = i32");
    assert_snapshot!(schema("{ type: number, format: float }"), @"alias S = Number");
    assert_snapshot!(schema("{}"), @"alias S = Any");
}

#[test]
fn objects() {
    assert_snapshot!(schema("{ type: object }"), @"alias S = {Any}");
    assert_snapshot!(schema("{ type: object, additionalProperties: false }"), @"struct S closed");
    assert_snapshot!(schema("{ type: object, additionalProperties: { type: integer } }"), @"alias S = {Integer}");
    assert_snapshot!(schema("{ properties: { a: { type: string } }, required: [a] }"), @r#"
    struct S
      a: String
    "#);
    assert_snapshot!(
        schema("{ type: object, properties: { a: { type: [string, 'null'] } }, additionalProperties: true }"),
        @r#"
    struct S + Any
      a: String? | null
    "#
    );
    assert_snapshot!(schema("{ type: object, properties: { in: { properties: { x: { type: boolean } } } } }"), @r#"
    struct S
      in: S/in?
    struct S/in
      x: Boolean?
    "#);
}

#[test]
fn arrays_and_enumerations() {
    assert_snapshot!(schema("{ type: array, items: { type: [integer, 'null'] } }"), @"alias S = [(Integer | null)]");
    assert_snapshot!(schema("{ type: array, items: { enum: [a, b] } }"), @r#"
    alias S = [S/item]
    enum S/item = "a" | "b"
    "#);
    assert_snapshot!(schema("{ type: integer, enum: [1, 2, 2] }"), @"enum S = 1 | 2");
    assert_snapshot!(schema("{ const: only }"), @r#"enum S = "only""#);
    assert_snapshot!(schema("{ enum: [a, 1] }"), @r#"enum S = "a" | 1"#);
}

#[test]
fn all_of() {
    let base = "Base: { type: object, required: [id], properties: { id: { type: integer } } }";
    assert_snapshot!(
        schemas("3.0.3", &format!("{base}\nS: {{ allOf: [{{ $ref: '#/components/schemas/Base' }}, {{ type: object, properties: {{ b: {{ type: string }} }} }}], required: [b] }}")),
        @r#"
    struct Base
      id: Integer
    struct S
      id: Integer
      b: String
    "#
    );
    // A description beside a reference needs `allOf` in 3.0, and makes no type of its own.
    assert_snapshot!(
        schemas("3.0.3", &format!("{base}\nS: {{ type: object, properties: {{ base: {{ nullable: true, description: d, allOf: [{{ $ref: '#/components/schemas/Base' }}] }} }} }}")),
        @r#"
    struct Base
      id: Integer
    struct S
      base: Base? | null
    "#
    );
    // In 3.1 it does not, and siblings that say something count.
    assert_snapshot!(
        schemas("3.1.0", &format!("{base}\nS: {{ $ref: '#/components/schemas/Base', required: [x], properties: {{ x: {{ type: string }} }} }}")),
        @r#"
    struct Base
      id: Integer
    struct S
      id: Integer
      x: String
    "#
    );
    assert_snapshot!(
        schema("{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }"),
        @"
    KW0402: `allOf` gives the property `a` two types that no value can have
    struct S
      a: Integer?
    "
    );
    assert_snapshot!(schema("{ allOf: [{ type: string }, { maxLength: 3 }] }"), @"alias S = String");
}

#[test]
fn unions() {
    let pets = "Cat: { type: object, required: [type], properties: { type: { type: string } } }\n\
                Dog: { type: object, required: [type], properties: { type: { type: string } } }";
    assert_snapshot!(
        schemas("3.1.0", &format!("{pets}\nS: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}], discriminator: {{ propertyName: type, mapping: {{ c: '#/components/schemas/Cat' }} }} }}")),
        @r#"
    struct Cat
      type: String
    struct Dog
      type: String
    union S
      Cat: Cat
      Dog: Dog
      by Object: Tag type { "c": Only(0), "Dog": Only(1) }
    "#
    );
    assert_snapshot!(
        schemas("3.1.0", &format!("{pets}\nS: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}] }}")),
        @"
    KW0409: `Cat` and `Dog` cannot be told apart
    struct Cat
      type: String
    struct Dog
      type: String
    union S
      Cat: Cat
      Dog: Dog
      by Object: Trial([0, 1])
    "
    );
    assert_snapshot!(
        schema("{ oneOf: [{ properties: { kind: { const: a } }, required: [kind] }, { properties: { kind: { enum: [b, c] } }, required: [kind] }] }"),
        @r#"
    union S
      a: S/a
      b or c: S/b or c
      by Object: Tag kind { "a": Only(0), "b": Only(1), "c": Only(1) }
    struct S/a
      kind: S/a/kind
    enum S/a/kind = "a"
    struct S/b or c
      kind: S/b or c/kind
    enum S/b or c/kind = "b" | "c"
    "#
    );
    assert_snapshot!(
        schema("{ oneOf: [{ title: A, properties: { a: { type: string } }, required: [a] }, { title: B, properties: { b: { type: string } } }] }"),
        @r#"
    union S
      A: S/A
      B: S/B
      by Object: Key { a: 0, else: 1 }
    struct S/A
      a: String
    struct S/B
      b: String?
    "#
    );
    assert_snapshot!(schema("{ type: [string, integer, 'null'] }"), @r#"
    union S
      string: String
      integer: Integer
      by Number: Only(1)
      by String: Only(0)
    "#);
    assert_snapshot!(schema("{ oneOf: [{ type: integer }, { type: 'null' }] }"), @"alias S = Integer");
    assert_snapshot!(schema("{ anyOf: [{ type: string }, { enum: [a, b] }] }"), @r#"enum S = "a" | "b""#);
    assert_snapshot!(
        schema("{ anyOf: [{ properties: { a: { type: string }, x: { type: string } }, required: [x] }, { properties: { a: { type: integer }, x: { type: string } }, required: [x] }] }"),
        @r#"
    struct S
      a: S/a?
      x: String
    union S/a
      string: String
      integer: Integer
      by Number: Only(1)
      by String: Only(0)
    "#
    );
    assert_snapshot!(
        schema("{ type: object, properties: { a: { type: string }, b: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }"),
        @r#"
    struct S
      a: String?
      b: String?
    "#
    );
    assert_snapshot!(schema("{ oneOf: [{ $ref: '#/components/schemas/S' }, { type: string }] }"), @"alias S = String");
}

#[test]
fn recursion_needs_a_box_only_where_nothing_else_is_between() {
    assert_snapshot!(
        schemas(
            "3.1.0",
            "A: { type: object, properties: { a: { $ref: '#/components/schemas/A' }, list: { type: array, items: { $ref: '#/components/schemas/A' } }, b: { $ref: '#/components/schemas/B' }, c: { $ref: '#/components/schemas/C' } } }\n\
             B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }\n\
             C: { type: object, properties: { x: { type: string } } }"
        ),
        @r#"
    struct A
      a: box A?
      list: [A]?
      b: box B?
      c: C?
    struct B
      a: box A?
    struct C
      x: String?
    "#
    );
    // An alias that leads only to itself has no Rust type.
    assert_snapshot!(schema("{ type: array, items: { $ref: '#/components/schemas/S' } }"), @r#"
    union S
      array: [S]
      by Array: Only(0)
    "#);
}

#[test]
fn what_is_said_of_xml_stands_where_it_is_said() {
    let document = "\
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody: { content: { application/xml: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
      responses:
        '200': { description: d, content: { application/xml: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '400': { description: d, content: { text/xml: { schema: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Tags' }] } } } }
components:
  schemas:
    Pet:
      type: object
      xml: { name: pet, namespace: 'urn:pets', prefix: p }
      properties:
        id: { type: integer, xml: { attribute: true } }
        plain: { type: string }
        tags: { $ref: '#/components/schemas/Tags', xml: { name: labels } }
        owner: { allOf: [{ $ref: '#/components/schemas/Pet' }], xml: { name: owner } }
        inline: { type: object, xml: { name: within }, properties: { a: { type: string } } }
        lists: { type: array, items: { type: array, items: { type: string, xml: { name: x } }, xml: { wrapped: true } } }
        notWrapped: { type: string, xml: { wrapped: true } }
    Tags: { type: array, items: { type: string, xml: { name: tag } }, xml: { wrapped: true } }
";
    assert_snapshot!(lowered(document), @"
    KW0410: the root element of the XML has no name
    server 
    struct Pet <p: pet in urn:pets>
      id: Integer? <attribute>
      plain: String?
      tags: Tags? <labels>
      owner: box Pet? <owner>
      inline: Pet/inline?
      lists: [[String]]? <[element [x]]>
      notWrapped: String?
    struct Pet/inline <within>
      a: String?
    alias Tags <element [tag]> = [String]
    union put-a/400 response
      Pet: Pet
      Tags: Tags
      by Array: Only(1)
      by Object: Only(0)
    group -
      put-a PUT /a
        body? [Pet] as Xml application/xml <element root [pet]>
        ok 200: Pet as Xml application/xml <pet>
        err 400: put-a/400 response as Xml text/xml <none [pet, Tags]>
    ");
}

#[test]
fn chains_and_nests_that_no_type_has() {
    let chain = |count: usize, link: &str, end: &str| {
        let links = (0..count).map(|it| {
            format!(
                "c{it}: {}\n",
                link.replace("NEXT", &format!("'#/x-chain/c{}'", it + 1))
            )
        });
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {{ type: object, properties: {{ p: {{ $ref: '#/x-chain/c0' }} }} }}\nx-chain:\n  {}c{count}: {end}\n",
            links.map(|it| it + "  ").collect::<String>()
        )
    };
    let first = |text: &str| lowered(text).lines().next().unwrap_or_default().to_owned();
    assert_snapshot!(first(&chain(70, "{ type: array, items: { $ref: NEXT } }", "{ type: string }")), @"KW0401: a schema nested in more than 64 arrays or maps is not supported yet");
    assert_snapshot!(first(&chain(1100, "{ type: object, properties: { p: { $ref: NEXT } } }", "{ type: string }")), @"KW0401: an inline schema nested more than a thousand levels deep is not supported yet");
    assert_snapshot!(first(&chain(1100, "{ description: d, $ref: NEXT }", "{ type: string }")), @"KW0401: a chain of more than 1000 references is not supported");
    let pair =
        "{ type: array, prefixItems: [{ $ref: NEXT }, { $ref: NEXT }], minItems: 2, maxItems: 2 }";
    assert_snapshot!(first(&chain(60, pair, "{ type: string }")), @"KW0401: a tuple with more than 500 types is not supported yet");
}

/// A schema that is written in `PetOwner` is not written in `Pet`, whose name it begins with.
#[test]
fn inline_schemas_are_called_after_what_they_stand_in() {
    assert_snapshot!(schemas("3.1.0", "Pet: { type: object, properties: { home: { $ref: '#/components/schemas/PetOwner/properties/address' } } }
PetOwner: { type: object, properties: { address: { type: object, properties: { city: { type: string } } } } }"), @r"
    struct Pet
      home: PetOwner address?
    struct PetOwner
      address: PetOwner address?
    struct PetOwner address
      city: String?
    ");
}

/// Bounds that no `double` holds count to the last digit.
#[test]
fn bounds_are_exact() {
    let bounded = |most: &str| schema(&format!("{{ type: integer, minimum: 0, maximum: {most} }}"));
    assert_snapshot!(bounded("170141183460469231731687303715884105727"), @"alias S = i128");
    assert_snapshot!(bounded("170141183460469231731687303715884105728"), @"alias S = u128");
    assert_snapshot!(bounded("340282366920938463463374607431768211455"), @"alias S = u128");
    assert_snapshot!(bounded("340282366920938463463374607431768211456"), @"
    KW0415: the bounds of this integer exceed every integer type
    alias S = Any
    ");
    assert_snapshot!(bounded("3.402823669209385e38"), @"alias S = u128");
}
