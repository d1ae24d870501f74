//! Schemas in, the model out.

use insta::assert_snapshot;

use super::schemas;

#[test]
fn folds_null() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: [string, 'null']}
B: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}
C: {oneOf: [{type: string}, {type: integer}, {const: null}]}
D: {type: 'null'}
E: {enum: [a, null]}
F: {type: string, nullable: true}
G: {oneOf: [{$ref: '#/components/schemas/D'}, {$ref: '#/components/schemas/A'}]}"), @r#"
    Warning KW0307 #/components/schemas/F/nullable: `nullable` comes from OpenAPI 3.0; it is read as an additional type `null`
    schema A: string or null
    schema B: or null any of A
    schema C: or null one of (string), (integer)
    schema D: null or null
    schema E: or null enum ["a"]
    schema F: string or null
    schema G: or null one of A
    "#);
    assert_snapshot!(schemas("3.0.3", "
A: {type: string, nullable: true, enum: [a, null]}
B: {type: string, enum: [a, null]}
C: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}
D: {type: [string, 'null']}
E: {type: string, x-nullable: true}"), @r#"
    Warning KW0307 #/components/schemas/B: `enum` contains null, but the type does not allow it; null is allowed
    Warning KW0307 #/components/schemas/D/type: `type` comes from OpenAPI 3.1; it is read as a list of types
    Warning KW0307 #/components/schemas/E/x-nullable: `x-nullable` is read as `nullable`
    schema A: string or null enum ["a"]
    schema B: string or null enum ["a"]
    schema C: or null all of A
    schema D: string or null
    schema E: string or null x-nullable=true
    "#);
}

#[test]
fn reads_references() {
    assert_snapshot!(schemas("3.0.3", "
A: {$ref: '#/components/schemas/B'}
B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B', type: object, minLength: 1, nullable: true, description: d}}}
C: {$ref: '#/components/schemas/B/properties/a'}"), @r#"
    Warning KW0304 #/components/schemas/B/properties/b/minLength: `minLength` next to `$ref` is ignored
    schema A: -> B
    schema B: object
      a: A
      b: (-> B or null about "d")
    schema C: -> A
    "#);
    assert_snapshot!(schemas("3.1.0", "
A: {$ref: '#/components/schemas/B', properties: {x: {type: string}}}
B: {properties: {b: {$ref: '#/components/schemas/Nowhere'}}}"), @"
    Warning KW0201 #/components/schemas/B/properties/b/$ref: no schema is named `Nowhere`
    schema A: -> B
      x: (string)
    schema B: 
      b: ()
    ");
}

#[test]
fn reads_objects_and_arrays() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: object, required: [a, a, c], properties: {a: true, b: }, additionalProperties: false}
B: {additionalProperties: {type: integer}, patternProperties: {x: {}}, propertyNames: {}}
C: {type: array, items: {type: string}, prefixItems: [{type: integer}]}
D: {items: [{type: integer}]}
E: {properties: {a: {type: string, required: true}}}"), @r#"
    Warning KW0315 #/components/schemas/A/required: `required` lists `c`, but `properties` does not define it
    Warning KW0302 #/components/schemas/A/properties/b: the schema has no value; it allows every value
    Warning KW0307 #/components/schemas/D/items: `items` is a list, as in older JSON Schema; it is read as `prefixItems`
    Warning KW0302 #/components/schemas/E/properties/a/required: `required` is a boolean, not a list; it is ignored
    schema A: object required ["a", "c"] others (never)
      a: ()
      b: ()
    schema B: /x/: () keys () others (integer)
    schema C: array items (string) prefix (integer)
    schema D: prefix (integer)
    schema E: 
      a: (string)
    "#);
}

#[test]
fn reads_compositions() {
    assert_snapshot!(schemas("3.1.0", "
A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: t, mapping: {b: B, c: '#/components/schemas/C', d: D}}}
B: {type: object}
C: {allOf: [{$ref: '#/components/schemas/B'}, {required: [x], properties: {y: {}}}], discriminator: t}
D: {not: {type: string}, if: {}, then: {}, xml: {name: d}}"), @r#"
    Warning KW0307 #/components/schemas/C/discriminator: `discriminator` is a bare name, as in OpenAPI 2.0; it is read as `propertyName`
    schema A: one of B, C by t {b = B, c = C, d = D}
    schema B: object
    schema C: all of B, (y: () required ["x"]) by t {}
    schema D: not (string) perhaps () perhaps () xml d
    "#);
}

#[test]
fn reads_xml() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: integer, xml: {name: a b, prefix: p, attribute: true, x-a: 1}}
B: {type: array, xml: {name: bs, wrapped: true, nodeType: none, namespce: 'urn:b'}}
C: {xml: {nodeType: comment}}
D: {xml: c}
E: {$ref: '#/components/schemas/A', xml: {name: e}}"), @"
    Warning KW0305 #/components/schemas/A/xml/name: `a b` is not a valid XML name
    Warning KW0307 #/components/schemas/B/xml/nodeType: `nodeType` comes from OpenAPI 3.2; it is read as it would be there
    Warning KW0304 #/components/schemas/B/xml/namespce: `namespce` is not a field of the XML object
    Warning KW0305 #/components/schemas/C/xml/nodeType: `comment` is not an XML node type
    Warning KW0302 #/components/schemas/D/xml: expected an XML object, found a string
    schema A: integer xml attribute p:
    schema B: array xml none wrapped bs
    schema C: xml 
    schema D: 
    schema E: -> A xml e
    ");
    assert_snapshot!(schemas("3.2.0", "
A: {xml: {nodeType: attribute}}
B: {$ref: '#/components/schemas/A', xml: {name: b}}
C: {$ref: '#/components/schemas/A', xml: {name: c, nodeType: element}}"), @"
    Warning KW0304 #/components/schemas/B: the XML name next to `$ref` is ignored
    schema A: xml attribute
    schema B: -> A xml 
    schema C: -> A xml element c
    ");
}

#[test]
fn reads_bounds() {
    assert_snapshot!(schemas("3.0.3", "
A: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
B: {minLength: 1.0, maximum: '5', minimum: .inf, maxLength: -1}
C: {exclusiveMinimum: 3, const: 4}"), @"
    Warning KW0302 #/components/schemas/B/maximum: `maximum` is a string, not a number; it is read as a number
    Warning KW0302 #/components/schemas/B/minimum: `minimum` is not a JSON number; it is ignored
    Warning KW0305 #/components/schemas/B/maxLength: `maxLength` is not a non-negative integer; it is ignored
    Warning KW0307 #/components/schemas/C/exclusiveMinimum: `exclusiveMinimum` comes from OpenAPI 3.1; it is read as it would be there
    Warning KW0307 #/components/schemas/C/const: `const` comes from OpenAPI 3.1; it is read as it would be there
    schema A: integer > 1 <= 9
    schema B: <= 5 length >= 1
    schema C: const 4 > 3
    ");
}

#[test]
fn reports_faults_of_schemas() {
    assert_snapshot!(schemas("3.1.0", "
A: {type: strin, desciption: d, format: 3, x-a: {b: 1}}
B: [a]
C: {properties: [a], required: {a: b}, enum: a, type: {a: b}}
D:
E: {readOnly: 'true', writeOnly: 3}"), @r#"
    Warning KW0305 #/components/schemas/A/type: `strin` is not a type; it is ignored
    Warning KW0304 #/components/schemas/A/desciption: `desciption` is not a field of the schema
    Warning KW0302 #/components/schemas/A/format: `format` is a number, not a string; it is read as `3`
    Warning KW0302 #/components/schemas/B: expected a schema, found a list
    Error KW0302 #/components/schemas/C/properties: `properties` is a list, not a mapping
    Error KW0302 #/components/schemas/C/required: `required` is a mapping, not a list
    Warning KW0302 #/components/schemas/C/enum: `enum` is a string, not a list; it is read as a list with one value
    Warning KW0302 #/components/schemas/C/type: `type` is a mapping, not a string; it is ignored
    Warning KW0302 #/components/schemas/D: the schema has no value; it allows every value
    Warning KW0302 #/components/schemas/E/readOnly: `readOnly` is a string, not a boolean; it is read as `true`
    Warning KW0302 #/components/schemas/E/writeOnly: `writeOnly` is a number, not a boolean; it is ignored
    schema A: format "3" x-a={"b":1}
    schema B: 
    schema C: enum ["a"]
    schema D: 
    schema E: read-only
    "#);
}
