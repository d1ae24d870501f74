//! What a document costs, by the memory that is asked for on the way to its client: twice the document, twice the
//! cost. Time is not measured, since no two machines have the same; what takes more of it than it should also asks for
//! more memory, nearly always.
//!
//! The tests share the one counter, and so are one test.

use std::alloc::System;
use std::fmt::Write as _;
use std::iter::empty;

use keywright::config::{Config, Overrides};
use keywright::diagnostics::{Diagnostics, Severity};
use keywright::limits::Limits;
use keywright::{emit, format, load, lower, name, normalize, resolve, shape};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What a document led to.
struct Run {
    /// How many bytes were asked for.
    bytes: usize,
    /// The codes of the errors.
    errors: Vec<String>,
}

/// Makes a client of a document.
fn run(text: &str) -> Run {
    let region = Region::new(MEMORY);
    let mut diagnostics = Diagnostics::default();
    generate(text, &mut diagnostics);
    let errors = diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    let errors = errors.map(|it| it.code.to_string()).collect();
    Run {
        bytes: region.change().bytes_allocated,
        errors,
    }
}

/// Goes through the stages, to both layouts. `None` when the document has errors.
fn generate(text: &str, diagnostics: &mut Diagnostics) -> Option<usize> {
    let spec = load::from_text("api.yaml", text, &Limits::default(), diagnostics)?;
    let references = resolve::resolve(&spec, diagnostics);
    let description = normalize::normalize(&spec, &references, diagnostics)?;
    let api = lower::lower(&description, Overrides::default(), diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let names = name::assign(&api, diagnostics);
    let config = Config::of_spec("api.yaml".as_ref(), "client".as_ref());
    let emitted = |shape: &shape::Module| {
        let modules = [emit::Module {
            name: "api",
            api: &api,
            names: &names,
            shape,
        }];
        format::format(emit::emit(&modules, &config.output)).len()
    };
    let shape = shape::shape(&api, &names, config.output.dates);
    Some(emitted(&shape) + emitted(&shape.by_tag(&api, &names)))
}

/// A document of these fields besides those that every document has.
fn document(fields: Value) -> String {
    let mut document = json!({
        "openapi": "3.2.0",
        "info": { "title": "T", "version": "1" },
        "paths": {},
    });
    if let (Value::Object(document), Value::Object(fields)) = (&mut document, fields) {
        document.extend(fields);
    }
    document.to_string()
}

fn schemas(schemas: Value) -> String {
    let components = Value::from_iter([("schemas", schemas)]);
    document(Value::from_iter([("components", components)]))
}

/// A schema `S` beside others.
fn schema(schema: Value, others: impl Iterator<Item = (String, Value)>) -> String {
    schemas(
        [("S".to_owned(), schema)]
            .into_iter()
            .chain(others)
            .collect(),
    )
}

fn operation(fields: Value) -> String {
    let mut operation = json!({ "responses": { "200": { "description": "d" } } });
    if let (Value::Object(operation), Value::Object(fields)) = (&mut operation, fields) {
        operation.extend(fields);
    }
    document(json!({ "paths": { "/x": { "post": operation } } }))
}

fn reference(name: impl std::fmt::Display) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object with a property of its own.
fn object(index: usize) -> Value {
    json!({ "type": "object", "required": [format!("p{index}")], "properties": { format!("p{index}"): { "type": "string" } } })
}

/// So many entries, each named and made after its index.
fn each(
    count: usize,
    entry: impl Fn(usize) -> (String, Value),
) -> impl Iterator<Item = (String, Value)> {
    (0..count).map(entry)
}

fn list(count: usize, item: impl Fn(usize) -> Value) -> Value {
    (0..count).map(item).collect()
}

fn map(count: usize, name: &str, item: impl Fn(usize) -> Value) -> Value {
    each(count, |index| (format!("{name}{index}"), item(index))).collect()
}

/// Components of a kind, each but the last a reference to the next.
fn chain(count: usize, kind: &str, last: &Value) -> Value {
    let item = |index: usize| {
        if index + 1 == count {
            last.clone()
        } else {
            json!({ "$ref": format!("#/components/{kind}/c{}", index + 1) })
        }
    };
    json!({ "components": { kind: map(count, "c", item) } })
}

/// A name that is one in Rust with all others.
fn colliding(index: usize) -> String {
    format!("a{}", "_".repeat(index % 30) + &"-".repeat(index / 30))
}

/// A family of documents: its name, a size, and the document of a size.
type Family = (&'static str, usize, fn(usize) -> String);

/// Documents whose cost must be in proportion to their size.
const PROPORTIONATE: &[Family] = &[
    ("properties", 100, |n| {
        schema(
            json!({ "type": "object", "properties": map(n, "p", |_| json!({ "type": "string" })) }),
            empty(),
        )
    }),
    ("required properties", 100, |n| {
        schema(
            json!({
                "type": "object",
                "required": list(n, |it| json!(format!("p{it}"))),
                "properties": map(n, "p", |_| json!({ "type": "string" })),
            }),
            empty(),
        )
    }),
    ("components", 60, |n| schemas(map(n, "S", object))),
    ("references to schemas", 200, |n| {
        document(chain(n, "schemas", &json!({ "type": "string" })))
    }),
    ("references to responses", 200, |n| {
        document(chain(n, "responses", &json!({ "description": "d" })))
    }),
    ("references to parameters", 200, |n| {
        let last = json!({ "name": "a", "in": "query", "schema": { "type": "string" } });
        document(chain(n, "parameters", &last))
    }),
    ("references to bodies", 200, |n| {
        document(chain(n, "requestBodies", &json!({ "content": {} })))
    }),
    ("references to headers", 200, |n| {
        document(chain(
            n,
            "headers",
            &json!({ "schema": { "type": "string" } }),
        ))
    }),
    ("references through extensions", 100, |n| {
        let item = |index| json!({ "$ref": format!("#/x-chain/c{}", index + 1) });
        let links = each(n, |it| (format!("c{it}"), item(it)));
        let last = (format!("c{n}"), json!({ "type": "string" }));
        let properties = map(n, "p", |it| json!({ "$ref": format!("#/x-chain/c{it}") }));
        document(json!({
            "x-chain": links.chain([last]).collect::<Value>(),
            "components": { "schemas": { "S": { "type": "object", "properties": properties } } },
        }))
    }),
    ("lists of lists", 100, |n| {
        schemas(map(
            n,
            "S",
            |it| json!({ "type": "array", "items": reference(format!("S{}", (it + 1) % n)) }),
        ))
    }),
    ("objects in objects", 60, |n| {
        schemas(map(
            n,
            "S",
            |it| json!({ "type": "object", "properties": { "next": reference(format!("S{}", (it + 1) % n)) } }),
        ))
    }),
    ("tags that share models", 150, |n| {
        let answer = |it| {
            let content = json!({ "application/json": { "schema": reference(format!("S{it}")) } });
            json!({ "200": { "description": "d", "content": content } })
        };
        let next = |it: usize| reference(format!("S{}", (it + 1).min(n - 1)));
        let operations = each(n, |it| {
            let operation = json!({ "tags": [format!("t{it}")], "responses": answer(it) });
            (format!("/p{it}"), json!({ "get": operation }))
        });
        let schemas = map(
            n,
            "S",
            |it| json!({ "type": "object", "properties": { "next": next(it) } }),
        );
        document(json!({
            "paths": operations.collect::<Value>(),
            "components": { "schemas": schemas },
        }))
    }),
    ("choices in choices", 60, |n| {
        schemas(map(
            n,
            "S",
            |it| json!({ "oneOf": [reference(format!("S{}", (it + 1) % n)), object(it)] }),
        ))
    }),
    ("a choice of objects", 60, |n| {
        schema(json!({ "oneOf": list(n, object) }), empty())
    }),
    ("a choice of components", 60, |n| {
        schema(
            json!({ "oneOf": list(n, |it| reference(format!("B{it}"))) }),
            each(n, |it| (format!("B{it}"), object(it))),
        )
    }),
    ("any of objects", 60, |n| {
        schema(json!({ "anyOf": list(n, object) }), empty())
    }),
    ("all of objects", 60, |n| {
        schema(json!({ "allOf": list(n, object) }), empty())
    }),
    ("a discriminator", 60, |n| {
        let tagged = json!({ "type": "object", "properties": { "kind": { "type": "string" } } });
        let mapping = map(n, "k", |it| json!(format!("#/components/schemas/B{it}")));
        schema(
            json!({
                "oneOf": list(n, |it| reference(format!("B{it}"))),
                "discriminator": { "propertyName": "kind", "mapping": mapping },
            }),
            each(n, |it| (format!("B{it}"), tagged.clone())),
        )
    }),
    ("extensions of a base", 60, |n| {
        let base = json!({
            "type": "object",
            "required": ["kind"],
            "properties": { "kind": { "type": "string" } },
            "discriminator": { "propertyName": "kind" },
        });
        schema(
            base,
            each(n, |it| {
                (
                    format!("B{it}"),
                    json!({ "allOf": [reference("S"), object(it)] }),
                )
            }),
        )
    }),
    ("values of an enum", 200, |n| {
        schema(
            json!({ "type": "string", "enum": list(n, |it| json!(format!("v{it}"))) }),
            empty(),
        )
    }),
    ("named values of an enum", 200, |n| {
        let names = list(
            n,
            |it| json!({ "value": format!("v{it}"), "name": format!("N{it}") }),
        );
        schema(
            json!({
                "type": "string",
                "enum": list(n, |it| json!(format!("v{it}"))),
                "x-ms-enum": { "values": names },
            }),
            empty(),
        )
    }),
    ("names that are one in Rust", 100, |n| {
        schemas(each(n, |it| (colliding(it), object(0))).collect())
    }),
    ("operations", 30, |n| {
        document(json!({ "paths": map(n, "/x", |it| json!({
            "get": { "operationId": format!("o{it}"), "responses": { "200": { "description": "d" } } },
        })) }))
    }),
    ("groups of operations", 30, |n| {
        document(json!({ "paths": map(n, "/x", |it| json!({
            "get": { "tags": [format!("t{it}")], "responses": { "200": { "description": "d" } } },
        })) }))
    }),
    ("operations with two equal types", 30, |n| {
        let content = json!({ "application/json": { "schema": object(0) }, "text/json": { "schema": object(0) } });
        document(json!({ "paths": map(n, "/x", |_| json!({
            "get": { "responses": { "200": { "description": "d", "content": content } } },
        })) }))
    }),
    ("tags in tags", 100, |n| {
        let tag = |it: usize| match it.checked_sub(1) {
            Some(parent) => json!({ "name": format!("t{it}"), "parent": format!("t{parent}") }),
            None => json!({ "name": "t0" }),
        };
        document(json!({ "tags": list(n, tag) }))
    }),
    ("parameters", 60, |n| {
        operation(json!({ "parameters": list(n, |it| json!({
            "name": format!("p{it}"), "in": "query", "allowEmptyValue": true, "schema": { "type": "integer" },
        })) }))
    }),
    ("media types", 30, |n| {
        let content = map(n, "application/vnd.x", |it| json!({ "schema": object(it) }));
        operation(json!({ "responses": { "200": { "description": "d", "content": content } } }))
    }),
    ("response headers", 60, |n| {
        let headers = map(n, "X-", |_| json!({ "schema": { "type": "string" } }));
        operation(json!({ "responses": { "200": { "description": "d", "headers": headers } } }))
    }),
    ("security schemes", 60, |n| {
        document(json!({
            "security": list(n, |it| json!({ format!("s{it}"): [] })),
            "components": { "securitySchemes": map(n, "s", |it| json!({
                "type": "apiKey", "in": "header", "name": format!("X-{it}"),
            })) },
        }))
    }),
    ("servers", 60, |n| {
        document(
            json!({ "servers": list(n, |it| json!({ "url": format!("https://h{it}.example.org") })) }),
        )
    }),
    ("links to nowhere", 100, |n| {
        let links = map(
            n,
            "l",
            |it| json!({ "operationId": format!("missing{it}") }),
        );
        operation(json!({ "responses": { "200": { "description": "d", "links": links } } }))
    }),
    ("webhooks", 30, |n| {
        let content = json!({ "application/json": { "schema": object(0) } });
        document(json!({ "webhooks": map(n, "w", |_| json!({
            "post": { "requestBody": { "content": content }, "responses": { "200": { "description": "d" } } },
        })) }))
    }),
    ("unknown fields in one line", 300, |n| {
        schemas(map(
            n,
            "S",
            |_| json!({ "type": "string", "unknown": "é".repeat(100) }),
        ))
    }),
    ("references to nowhere", 300, |n| {
        schemas(map(n, "S", |it| reference(format!("Missing{it}"))))
    }),
    ("equal keys", 300, |n| {
        let mut text =
            "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\nx-many:\n".to_owned();
        for _ in 0..n {
            let _ = writeln!(text, "  a: 1");
        }
        text
    }),
    ("a long description", 2000, |n| {
        schema(
            json!({ "type": "string", "description": "word ".repeat(n) }),
            empty(),
        )
    }),
];

/// A document: its name, the code of the limit that it meets, and its text.
type Limited = (&'static str, &'static str, fn() -> String);

/// Documents that ask for far more than their size.
const LIMITED: &[Limited] = &[
    ("a chain of allOf", "KW0424", || {
        schemas(map(2000, "S", |it| match it.checked_sub(1) {
            Some(before) => json!({ "allOf": [reference(format!("S{before}")), object(it)] }),
            None => object(0),
        }))
    }),
    ("a chain of allOf of both", "KW0424", || {
        schemas(map(2000, "S", |it| match it.checked_sub(1) {
            Some(before) => {
                let before = reference(format!("S{before}"));
                json!({ "allOf": [before, before, object(it)] })
            }
            None => object(0),
        }))
    }),
    ("a circle of allOf", "KW0424", || {
        schemas(map(
            2000,
            "S",
            |it| json!({ "allOf": [reference(format!("S{}", (it + 1) % 2000)), object(it)] }),
        ))
    }),
    ("a chain of base schemas", "KW0424", || {
        let discriminator = json!({ "propertyName": "p0" });
        schemas(map(2000, "S", |it| {
            let before = it.checked_sub(1).map(|it| reference(format!("S{it}")));
            json!({ "allOf": before.into_iter().collect::<Value>(), "properties": { "p0": { "type": "string" } }, "discriminator": discriminator })
        }))
    }),
    ("one property in a chain of allOf", "KW0424", || {
        schemas(map(2000, "S", |it| {
            let own = json!({ "type": "object", "properties": { "p": object(it) } });
            match it.checked_sub(1) {
                Some(before) => json!({ "allOf": [reference(format!("S{before}")), own] }),
                None => own,
            }
        }))
    }),
    ("more properties than an object may have", "KW0103", || {
        let properties = map(10_001, "p", |_| json!({ "type": "string" }));
        schemas(json!({ "S": { "type": "object", "properties": properties } }))
    }),
    (
        "more properties than an object may have from others",
        "KW0424",
        || {
            let part = |it: usize| {
                let properties = map(6000, &format!("p{it}x"), |_| json!({ "type": "string" }));
                json!({ "type": "object", "properties": properties })
            };
            schemas(json!({ "S": { "allOf": [part(0), part(1)] } }))
        },
    ),
    ("aliases of a long text", "KW0103", || {
        let text = "a".repeat(100_000);
        let head = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\nx-text: &t '{text}'\nx-many:\n"
        );
        head + &"  - *t\n".repeat(1000)
    }),
    ("operations", "KW0103", || {
        document(json!({ "paths": map(20_001, "/x", |_| json!({ "get": {} })) }))
    }),
    ("a long key", "KW0103", || {
        schemas(json!({ "S".repeat(5000): { "type": "string" } }))
    }),
];

/// How much more a document of twice the size may cost.
const TWICE: f64 = 2.3;

#[test]
fn cost_is_in_proportion_to_the_document() {
    // What is done once is done before it is measured.
    run(&document(json!({})));
    let nothing = run(&document(json!({}))).bytes;
    let mut faults = String::new();
    for (name, size, text) in PROPORTIONATE {
        let costs = [1, 2].map(|times| {
            let run = run(&text(size * times));
            if !run.errors.is_empty() {
                let _ = writeln!(faults, "{name}: {:?}", run.errors);
            }
            run.bytes.saturating_sub(nothing)
        });
        #[expect(clippy::cast_precision_loss, reason = "a ratio need not be exact")]
        let ratio = costs[1] as f64 / costs[0] as f64;
        if ratio > TWICE {
            let _ = writeln!(faults, "{name}: {costs:?} bytes, {ratio:.2} times");
        }
    }
    for (name, code, text) in LIMITED {
        let text = text();
        let run = run(&text);
        if !run.errors.iter().any(|it| it == code) {
            let _ = writeln!(faults, "{name}: {:?} without {code}", run.errors);
        }
        // Some tens of bytes for each of the document's; without a limit it would be thousands.
        if run.bytes > 400 * text.len().max(500_000) {
            let _ = writeln!(faults, "{name}: {} bytes for {}", run.bytes, text.len());
        }
    }
    assert_eq!(faults, "");
}
