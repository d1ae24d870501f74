use serde_json::{Value, json};

use super::{read, write};
use crate::mock::contract::Contract;
use crate::mock::samples;
use crate::model::SchemaId;

/// A document with a body in XML whose components are these, and the schema of the body.
fn document(version: &str, root: &str, components: &str) -> (Contract, SchemaId) {
    let document = format!(
        "{{ openapi: {version}, info: {{ title: T, version: '1' }}, components: {{ schemas: {{ {components} }} }}, \
         paths: {{ /a: {{ put: {{ requestBody: {{ content: {{ application/xml: {{ schema: {root} }} }} }}, \
         responses: {{ '204': {{ description: D }} }} }} }} }} }}"
    );
    let contract = samples::contract(&document);
    let body = contract.operations[0].body.as_ref();
    let id = body.and_then(|it| it.content[0].xml);
    (contract, id.expect("it is XML"))
}

/// Writes a value, and reads it again.
fn both_ways(version: &str, root: &str, components: &str, value: &Value) -> String {
    let (contract, id) = document(version, root, components);
    let text = write(contract.looks(), id, value);
    let again = read(contract.looks(), id, &text);
    assert_eq!(again.as_ref(), Ok(value), "{text}");
    text.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "")
}

#[test]
fn nodes_are_as_the_schema_says() {
    let schema = "A: { type: object, xml: { name: a, namespace: 'urn:a', prefix: n }, required: [list], properties: { \
        id: { type: integer, xml: { attribute: true } }, \
        list: { type: array, items: { type: string, xml: { name: item } } }, \
        held: { type: array, xml: { wrapped: true }, items: { type: boolean } }, \
        some: { type: [string, 'null'] }, rest: { type: object, additionalProperties: { type: number } } } }";
    let value = json!({
        "id": 1, "list": ["x", "<&>"], "held": [true], "some": null, "rest": { "b": 1.5 },
    });
    let text = both_ways(
        "3.1.0",
        "{ $ref: '#/components/schemas/A' }",
        schema,
        &value,
    );
    insta::assert_snapshot!(text);
}

#[test]
fn components_have_names_of_their_own_in_3_2() {
    let schemas = "A: { type: object, properties: { around: { $ref: '#/components/schemas/B', xml: { nodeType: element, name: out } }, \
        B: { $ref: '#/components/schemas/B' }, raw: { type: string, xml: { nodeType: cdata } } } }, \
        B: { type: object, properties: { text: { type: string, xml: { nodeType: text } } } }";
    let value = json!({ "around": { "text": "x" }, "B": { "text": "y" }, "raw": "a]]>b" });
    let text = both_ways(
        "3.2.0",
        "{ $ref: '#/components/schemas/A' }",
        schemas,
        &value,
    );
    insta::assert_snapshot!(text);
}

#[test]
fn a_choice_is_told_by_name_or_by_what_is_there() {
    let schemas = "C: { type: object, xml: { name: c }, properties: { r: { type: number } } }, \
        S: { type: object, xml: { name: s }, properties: { w: { type: number } } }";
    let choice =
        "{ oneOf: [{ $ref: '#/components/schemas/C' }, { $ref: '#/components/schemas/S' }] }";
    let text = both_ways("3.1.0", choice, schemas, &json!({ "w": 2 }));
    assert_eq!(text, "<s><w>2</w></s>");
    let list = format!("{{ type: array, xml: {{ name: all, wrapped: true }}, items: {choice} }}");
    let text = both_ways("3.1.0", &list, schemas, &json!([{ "w": 2 }, { "r": 1 }]));
    assert_eq!(text, "<all><s><w>2</w></s><c><r>1</r></c></all>");
}

#[test]
fn what_is_no_xml_is_no_value() {
    let (contract, id) = document("3.1.0", "{ type: string }", "");
    for text in [
        "",
        "<a>",
        "<a></b>",
        "a",
        "<a/><b/>",
        "<a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
    ] {
        assert!(read(contract.looks(), id, text).is_err(), "{text}");
    }
    let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
    assert!(read(contract.looks(), id, &deep).is_err());
}

#[test]
fn text_is_no_object_and_no_list() {
    let schema = "A: { type: object, properties: { b: { type: object }, \
        l: { type: array, xml: { wrapped: true }, items: { type: string } } } }";
    let (contract, id) = document("3.1.0", "{ $ref: '#/components/schemas/A' }", schema);
    let read = |text: &str| read(contract.looks(), id, text);
    assert_eq!(read("<A><b>true</b></A>"), Ok(json!({ "b": "true" })));
    assert_eq!(read("<A><b> </b></A>"), Ok(json!({ "b": {} })));
    assert_eq!(read("<A><l>x</l></A>"), Ok(json!({ "l": "x" })));
    assert_eq!(read("<A><l><l>x</l></l></A>"), Ok(json!({ "l": ["x"] })));
}
