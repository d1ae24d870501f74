//! Requests that conform in ways that are easily taken for others, and their like that do not.

use bytes::Bytes;

use super::request;
use crate::mock::samples;

/// What is wrong with a request of the one operation of a document, whose parameters or body these are.
fn findings(operation: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Vec<String> {
    let document = format!(
        "{{ openapi: 3.2.0, info: {{ title: T, version: '1' }}, paths: {{ /a: {{ post: {{ {operation}, \
         responses: {{ '204': {{ description: D }} }} }} }} }} }}"
    );
    let contract = samples::contract(&document);
    let mut made = http::Request::builder().method("POST").uri(target);
    for (name, value) in headers {
        made = made.header(*name, *value);
    }
    let made = made.body(Bytes::copy_from_slice(body.as_bytes()));
    let made = made.expect("it is a request");
    let judged = request(&contract, &contract.operations[0], &[], &made);
    let findings = judged.findings.iter();
    findings
        .map(|it| format!("{}: {}", it.part, it.message))
        .collect()
}

fn of_query(parameters: &str, query: &str) -> Vec<String> {
    let operation = format!("parameters: [{parameters}]");
    findings(&operation, &format!("/a?{query}"), &[], "")
}

fn of_body(content: &str, content_type: &str, body: &str) -> Vec<String> {
    let operation = format!("requestBody: {{ required: true, content: {{ {content} }} }}");
    findings(&operation, "/a", &[("content-type", content_type)], body)
}

#[test]
fn objects_without_a_name_share_a_query() {
    let open = "{ name: counts, in: query, schema: { type: object, additionalProperties: { type: integer } } }";
    let both = format!(
        "{open}, {{ name: words, in: query, schema: {{ type: object, properties: {{ w: {{ type: integer }} }}, \
         additionalProperties: {{ type: string }} }} }}"
    );
    assert_eq!(of_query(&both, "a=1&b=x&w=2"), [""; 0]);
    // Where there is nobody else, a pair can be of nothing else.
    assert_eq!(
        of_query(open, "a=1&b=x"),
        ["query parameter `counts/b`: it is not of type \"integer\""]
    );
    let twice = "{ name: one, in: query, schema: { type: object, properties: { r: { type: integer } } } }, \
        { name: r, in: query, schema: { type: string } }";
    assert_eq!(of_query(twice, "r=x&r=1"), [""; 0]);
}

#[test]
fn no_item_and_an_empty_one_look_alike() {
    let list = "{ name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }";
    assert_eq!(of_query(list, "ids="), [""; 0]);
    assert_eq!(
        of_query(list, "ids=1,"),
        ["query parameter `ids/1`: it is not of type \"integer\""]
    );
    let form = "application/x-www-form-urlencoded: { schema: { type: object, properties: { ids: { type: array, \
        items: { type: integer } } } }, encoding: { ids: { style: form, explode: false } } }";
    let name = "application/x-www-form-urlencoded";
    assert_eq!(of_body(form, name, "ids="), [""; 0]);
    assert_eq!(of_body(form, name, "ids=1,2"), [""; 0]);
    assert_eq!(of_body(form, name, "ids=1%2C2"), [""; 0]);
    assert_eq!(of_body(form, name, "ids=x").len(), 1);
}

#[test]
fn what_is_empty_may_be_null_or_a_whole_form() {
    let nullable = "{ name: at, in: query, schema: { type: [string, 'null'], format: date } }";
    assert_eq!(of_query(nullable, "at="), [""; 0]);
    assert_eq!(of_query(nullable, "at=x").len(), 1);
    let whole = |required: &str| {
        let schema = format!(
            "{{ type: object, required: [{required}], properties: {{ a: {{ type: string }} }} }}"
        );
        let content = format!("application/x-www-form-urlencoded: {{ schema: {schema} }}");
        let parameter =
            format!("{{ name: whole, in: querystring, required: true, content: {{ {content} }} }}");
        findings(&format!("parameters: [{parameter}]"), "/a", &[], "").len()
    };
    assert_eq!((whole(""), whole("a")), (0, 1));
}

#[test]
fn formats_that_nobody_reads_are_not_judged() {
    let rows = "schema: { type: array, items: { type: integer } }";
    let csv = format!("text/csv: {{ {rows} }}");
    assert_eq!(of_body(&csv, "text/csv", "a,b"), [""; 0]);
    let in_query = format!("{{ name: table, in: query, content: {{ text/csv: {{ {rows} }} }} }}");
    assert_eq!(of_query(&in_query, "table=a,b"), [""; 0]);
    // Text that may be one value is read.
    let number = "text/plain: { schema: { type: integer } }";
    assert_eq!(of_body(number, "text/plain", "5"), [""; 0]);
    assert_eq!(of_body(number, "text/plain", "x").len(), 1);
}

#[test]
fn any_json_is_of_the_range_of_its_suffix() {
    let any = "'application/*+json': { schema: { type: object } }";
    assert_eq!(of_body(any, "application/json", "{}"), [""; 0]);
    assert_eq!(of_body(any, "application/problem+json", "[]").len(), 1);
    assert_eq!(
        of_body(any, "text/plain", "{}"),
        ["media type: it is none of `application/*+json`"]
    );
}

/// A multipart body.
fn parts(parts: &[(&str, &str, &str)]) -> String {
    let part = |(name, ty, value): &(&str, &str, &str)| {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {ty}");
        format!("--B\r\n{head}\r\n\r\n{value}\r\n")
    };
    let parts: String = parts.iter().map(part).collect();
    format!("{parts}--B--\r\n")
}

#[test]
fn parts_are_read_by_their_style_or_media_type() {
    let form = "multipart/form-data: { schema: { type: object, required: [held], properties: { \
        ids: { type: array, items: { type: integer } }, held: { type: string }, \
        table: { type: array, items: { type: object } }, \
        near: { type: object, properties: { lat: { type: number } } } } }, \
        encoding: { ids: { style: form, explode: false }, near: { style: deepObject } } }";
    let judge =
        |it: &[(&str, &str, &str)]| of_body(form, "multipart/form-data; boundary=B", &parts(it));
    let held = ("held", "application/json", "{\"a\":1}");
    let right = [
        ("ids", "text/plain", "1,2"),
        held,
        ("table", "text/csv", "a,b"),
        ("near[lat]", "text/plain", "1.5"),
    ];
    assert_eq!(judge(&right), [""; 0]);
    assert_eq!(
        judge(&[held, ("ids", "text/plain", "1,x")]),
        ["body /ids/1: it is not of type \"integer\""]
    );
    assert_eq!(
        judge(&[held, ("near[lat]", "text/plain", "x")]),
        ["body /near/lat: it is not of type \"number\""]
    );
    assert_eq!(
        judge(&right[..1]),
        ["body: \"held\" is a required property"]
    );
}

#[test]
fn findings_do_not_show_names_that_only_the_value_has() {
    let closed = "application/json: { schema: { type: object, properties: { a: {} }, additionalProperties: false } }";
    assert_eq!(
        of_body(closed, "application/json", r#"{"SECRET":1}"#),
        ["body: it has a property that is not allowed"]
    );
}
