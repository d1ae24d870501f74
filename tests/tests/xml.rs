//! Bodies in XML, over HTTP: the specification's own examples, and every kind of type, both ways. What is sent is read
//! by `roxmltree`, which knows nothing of shapes.

use std::path::Path;

use keywright::config::ApiConfig;
use keywright::diagnostics::Diagnostics;
use keywright::document::Copies;
use keywright::load::{self, Limits};
use keywright_tests::clients::runtime::{Body, BoxFuture, Transport, TransportError};
use keywright_tests::clients::runtime::{Decode, Encode, Error, from_slice, to_vec};
use keywright_tests::clients::{xml_3_1, xml_3_2, xml_types};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::round_trip::{self, types};
use serde_json::{Value, json};

/// A document as lines: names with their namespaces, attributes in order, and text without the white space around it.
fn canonical(xml: &str) -> String {
    fn name(namespace: Option<&str>, name: &str) -> String {
        namespace.map_or_else(|| name.to_owned(), |it| format!("{{{it}}}{name}"))
    }
    fn add(node: roxmltree::Node<'_, '_>, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            lines.extend((!text.trim().is_empty()).then(|| format!("{indent}{:?}", text.trim())));
        }
        if node.is_element() {
            let attributes = node.attributes().map(|it| {
                let name = name(it.namespace(), it.name());
                format!(" {name}={:?}", it.value())
            });
            let mut attributes: Vec<String> = attributes.collect();
            attributes.sort();
            let name = name(node.tag_name().namespace(), node.tag_name().name());
            lines.push(format!("{indent}{name}{}", attributes.concat()));
        }
        for child in node.children() {
            add(child, depth + 1, lines);
        }
    }
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let mut lines = Vec::new();
    add(document.root_element(), 0, &mut lines);
    lines.join("\n")
}

fn value<T: Decode>(json: &Value) -> T {
    from_slice(json.to_string().as_bytes()).expect("it is a value of the type")
}

fn shown(value: &dyn Encode) -> Value {
    let json = to_vec(value).expect("it can be written");
    serde_json::from_slice(&json).expect("it is JSON")
}

fn serve(media_type: &str, xml: &str) -> FaultServer {
    FaultServer::start([Answer::reply(
        "200 OK",
        &[("content-type", media_type)],
        xml,
    )])
}

/// Sends a value and receives it, and looks at what travelled.
macro_rules! both_ways {
    ($client:ident . $method:ident, $json:expr, $xml:expr) => {{
        let (json, xml): (Value, &str) = ($json, $xml);
        let server = serve("application/xml", xml);
        let client = $client::Client::builder().base_url(server.origin()).build();
        let client = client.expect("it is set up");
        let answer = client.$method(value(&json)).send().await;
        let answer = answer.unwrap_or_else(|error| panic!("{error}: {xml}"));
        assert_eq!(shown(&answer), json, "{xml}");
        let sent = server.recorder().only();
        assert_eq!(canonical(sent.text()), canonical(xml), "{}", sent.text());
    }};
}

#[tokio::test]
async fn examples_of_3_1() {
    let list = json!({ "animals": ["one", "two"] });
    let json = json!({
        "basicString": { "animals": "..." },
        "basicArray": list,
        "nameReplacement": { "animals": "..." },
        "person": { "id": 123, "name": "example" },
        "elementNames": list,
        "externalName": list,
        "wrapped": list,
        "wrappedWithNames": list,
        "bothNames": list,
        "externalNameAlone": list,
    });
    let xml = r#"
<Examples>
  <basicString><animals>...</animals></basicString>
  <basicArray><animals>one</animals><animals>two</animals></basicArray>
  <nameReplacement><animal>...</animal></nameReplacement>
  <person id="123">
    <sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name>
  </person>
  <elementNames><animal>one</animal><animal>two</animal></elementNames>
  <externalName><animal>one</animal><animal>two</animal></externalName>
  <wrapped><animals><animals>one</animals><animals>two</animals></animals></wrapped>
  <wrappedWithNames><animals><animal>one</animal><animal>two</animal></animals></wrappedWithNames>
  <bothNames><aliens><animal>one</animal><animal>two</animal></aliens></bothNames>
  <externalNameAlone><aliens><aliens>one</aliens><aliens>two</aliens></aliens></externalNameAlone>
</Examples>"#;
    both_ways!(xml_3_1.put_examples, json, xml);
}

#[tokio::test]
async fn examples_of_3_2() {
    let list = json!({ "animals": ["dog", "cat", "hamster"] });
    let person = json!({ "id": 123, "name": "example" });
    let json = json!({
        "person": person,
        "wrapped": list,
        "bothNames": list,
        "around": person,
        "ignored": { "unit": "cubits", "value": 42.0 },
    });
    let xml = r#"
<Lists xmlns:sample="https://example.com/schema/sample">
  <Person id="123"><sample:name>example</sample:name></Person>
  <wrapped><animals><animals>dog</animals><animals>cat</animals><animals>hamster</animals></animals></wrapped>
  <bothNames><aliens><animal>dog</animal><animal>cat</animal><animal>hamster</animal></aliens></bothNames>
  <about><Person id="123"><sample:name>example</sample:name></Person></about>
  <Two unit="cubits">42</Two>
</Lists>"#;
    both_ways!(xml_3_2.put_lists, json, xml);

    let animals = json!([{ "kind": "Cat", "name": "Fluffy" }, { "kind": "Dog", "name": "Fido" }]);
    let xml = r#"
<animals>
  <animal kind="Cat">Fluffy</animal>
  <animal kind="Dog">Fido</animal>
</animals>"#;
    both_ways!(xml_3_2.put_animals, animals, xml);

    let docs = "<html><head><title>Awesome Docs</title></head><body></body><html>";
    let xml = format!("<Documentation>\n  <![CDATA[{docs}]]>\n</Documentation>");
    both_ways!(xml_3_2.put_documentation, json!({ "content": docs }), &xml);

    let product = json!({ "count": null, "description": "Thing", "related": null });
    let xml = r#"
<product xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <description>Thing</description>
  <related xsi:nil="true" />
</product>"#;
    both_ways!(xml_3_2.put_product, product, xml);
    let product = json!({ "count": 42.0, "description": "Thing", "related": {} });
    let xml = r#"
<product count="42">
  <description>Thing</description>
  <related></related>
</product>"#;
    both_ways!(xml_3_2.put_product, product, xml);
}

#[tokio::test]
async fn examples_of_3_2_with_an_answer_of_another_name() {
    let docs = "<html><head><title>Awesome Docs</title></head><body></body><html>";
    let server = serve(
        "application/xml",
        &format!("<StoredDocument>\n  <![CDATA[{docs}]]>\n</StoredDocument>"),
    );
    let client = xml_3_2::Client::builder().base_url(server.origin()).build();
    let client = client.expect("it is set up");
    let document = value(&json!({ "content": docs }));
    let stored = client.put_docs(document).send().await;
    assert_eq!(
        shown(&stored.expect("it is answered")),
        json!({ "content": docs })
    );
    insta::assert_snapshot!(server.recorder().only().text(), @r#"<?xml version="1.0" encoding="UTF-8"?><UpdatedDocument><![CDATA[<html><head><title>Awesome Docs</title></head><body></body><html>]]></UpdatedDocument>"#);

    let report = "<Report>Some preamble text.<data>42</data>Some postamble text.</Report>";
    server.answer([Answer::reply(
        "200 OK",
        &[("content-type", "application/xml")],
        report,
    )]);
    let ordered = json!(["Some text", { "unit": "cubits", "value": 42.0 }, null]);
    let answer = client.put_ordered(value(&ordered)).send().await;
    assert_eq!(
        shown(&answer.expect("it is answered")),
        json!(["Some preamble text.", 42.0, "Some postamble text."])
    );
    let xml = r#"
<OneTwoThree xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <One>Some text</One>
  <Two unit="cubits">42</Two>
  <Three xsi:nil="true" />
</OneTwoThree>"#;
    let sent = server.recorder().take();
    let sent = sent.last().expect("it was sent");
    assert_eq!(canonical(sent.text()), canonical(xml), "{}", sent.text());
}

#[tokio::test]
async fn every_kind_of_type() {
    let json = json!({
        "id": 1,
        "ids": [1, 2],
        "text": " <&>\"' \r\n\t]]> ",
        "number": -1.5,
        "flag": true,
        "at": "2024-01-02T03:04:05Z",
        "bytes": "aGk=",
        "kind": "small",
        "level": 2,
        "mixed": true,
        "tags": ["a", ""],
        "matrix": [[1.0, 2.0], [], [3.0]],
        "empty": [],
        "nullable": null,
        "gaps": [1, null, 3],
        "pair": ["x", 7],
        "labels": { "a": "1", "b-c": "" },
        "groups": { "even": [2, 4], "odd": [1] },
        "open": { "known": 1, "other": "2" },
        "owner": { "name": "Ada" },
        "buyer": { "name": "Bob" },
        "parts": [{ "number": 1, "part": { "number": 2 } }, {}],
        "lang": "en",
        "tree": [[], [[]]],
    });
    let xml = r#"
<thing xmlns="https://example.org/things" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    id="1" ids="1 2" xml:lang="en">
  <text> &lt;&amp;&gt;"' &#13;
&#9;]]&gt; </text>
  <number>-1.5</number>
  <flag>true</flag>
  <at>2024-01-02T03:04:05Z</at>
  <bytes>aGk=</bytes>
  <kind>small</kind>
  <level>2</level>
  <mixed>true</mixed>
  <tags>a</tags><tags/>
  <matrix><matrix>1</matrix><matrix>2</matrix></matrix><matrix/><matrix><matrix>3</matrix></matrix>
  <empty/>
  <nullable xsi:nil="true"/>
  <gaps>1</gaps><gaps xsi:nil="true"/><gaps>3</gaps>
  <first>x</first><second>7</second>
  <labels><a>1</a><b-c/></labels>
  <groups><even>2</even><even>4</even><odd>1</odd></groups>
  <open known="1"><other>2</other></open>
  <owner><name>Ada</name></owner>
  <buyer><name>Bob</name></buyer>
  <part number="1"><part number="2"/></part><part/>
  <tree><tree/><tree><tree/></tree></tree>
</thing>"#;
    let server = serve("text/xml; charset=UTF-8", xml);
    let client = xml_types::Client::builder()
        .base_url(server.origin())
        .build();
    let client = client.expect("it is set up");
    let answer = client.put_thing(value(&json)).send().await;
    assert_eq!(shown(&answer.expect("it is answered")), json);
    let sent = server.recorder().only();
    assert_eq!(sent.header("content-type"), Some("text/xml"));
    assert_eq!(canonical(sent.text()), canonical(xml), "{}", sent.text());
}

#[tokio::test]
async fn branches_of_unions() {
    let json = json!({
        "all": [{ "radius": 1.5 }, { "side": 2.0 }, { "radius": 3.0 }],
        "pet": { "kind": "Dog", "lives": 1 },
        "grade": { "level": 1, "wet": true },
        "size": { "width": 3 },
    });
    let xml = r#"
<Shapes>
  <circle radius="1.5"/><square side="2"/><circle radius="3"/>
  <pet kind="Dog"><lives>1</lives></pet>
  <grade><level>1</level><wet>true</wet></grade>
  <size><width>3</width></size>
</Shapes>"#;
    both_ways!(xml_types.put_shapes, json, xml);
    let json = json!({ "all": [], "grade": { "level": 2, "angle": 9.5 } });
    let xml = "<Shapes><grade><level>2</level><angle>9.5</angle></grade></Shapes>";
    both_ways!(xml_types.put_shapes, json, xml);
    let json = json!({ "all": [], "size": "large" });
    both_ways!(
        xml_types.put_shapes,
        json,
        "<Shapes><size>large</size></Shapes>"
    );
    let json = json!({ "all": [], "size": 7 });
    both_ways!(
        xml_types.put_shapes,
        json,
        "<Shapes><size>7</size></Shapes>"
    );
    both_ways!(
        xml_types.put_shape,
        json!({ "side": 2.0 }),
        "<square side=\"2\"/>"
    );
    both_ways!(
        xml_types.put_names,
        json!(["Ada", "Bob"]),
        "<root><item>Ada</item><item>Bob</item></root>"
    );
}

#[tokio::test]
async fn the_media_type_tells_json_from_xml() {
    let json = r#"[{"id":1,"tags":[],"matrix":[]}]"#;
    let xml = "<things><thing id='1'/></things>";
    let answers = [
        ("application/json", json),
        ("text/xml", xml),
        ("application/vnd.things+xml; v=2", xml),
        ("Application/Problem+JSON; charset=utf-8", json),
        ("", xml),
        ("", json),
    ];
    for (media_type, body) in answers {
        let server = serve(media_type, body);
        let client = xml_types::Client::builder()
            .base_url(server.origin())
            .build();
        let client = client.expect("it is set up");
        let things = client.list_things().send().await;
        let things = things.unwrap_or_else(|error| panic!("{media_type}: {error}"));
        assert_eq!(things[0].id, 1, "{media_type}");
        insta::allow_duplicates! {
            let sent = server.recorder().only();
            insta::assert_snapshot!(sent.header("accept").unwrap_or_default(), @"application/json, application/vnd.things+xml, application/xml");
        }
    }
}

#[tokio::test]
async fn a_fault_says_where_it_is() {
    let fails = async |media_type: &str, xml: &str| {
        let server = serve(media_type, xml);
        let client = xml_types::Client::builder()
            .base_url(server.origin())
            .build();
        let client = client.expect("it is set up");
        let error = client.list_things().send().await.expect_err("it is wrong");
        let xml_types::ListThingsError::Other(Error::Decode(error)) = error else {
            panic!("another error: {error}")
        };
        error.to_string()
    };
    let xml = "application/xml";
    insta::assert_snapshot!(fails(xml, "<things><thing id='x'/></things>").await, @"`listThings`: the response (200) is not as documented: $[0].id: expected an integer of 64 bits, found a string");
    insta::assert_snapshot!(fails(xml, "<things>\n<thing id='1'></things>").await, @"`listThings`: the response (200) is not as documented: $: expected well-formed XML, found tags that do not match (line 2, column 15)");
    insta::assert_snapshot!(fails("text/html", "<html/>").await, @"`listThings`: the response (200) is not as documented: expected a body of JSON, found a body of `text/html`");
    insta::assert_snapshot!(fails("text/xml; charset=iso-8859-1", "<things>\u{e9}</things>").await, @"`listThings`: the response (200) is not as documented: expected XML in UTF-8, found `iso-8859-1`");
}

#[tokio::test]
async fn an_error_may_be_xml() {
    let fault = "<Fault><message>gone</message></Fault>";
    let server = FaultServer::start([Answer::reply(
        "404 Not Found",
        &[("content-type", "application/xml")],
        fault,
    )]);
    let client = xml_types::Client::builder()
        .base_url(server.origin())
        .build();
    let error = client.expect("it is set up").list_things().send().await;
    assert!(
        matches!(&error, Err(xml_types::ListThingsError::NotFound(it)) if it.message == "gone"),
        "{error:?}"
    );
}

/// Answers a request with its own body.
#[derive(Clone, Debug)]
struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (parts, body) = request.into_parts();
        let mut response = http::Response::new(body);
        let media_type = parts.headers.get("content-type").cloned();
        let media_type = media_type.expect("a body has a media type");
        response.headers_mut().insert("content-type", media_type);
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// A value without the lists that XML does not tell from nothing: empty ones without an element of their own.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(properties) => {
            let is_there = |it: &Value| !matches!(it, Value::Array(items) if items.is_empty());
            let properties = properties.into_iter();
            let properties = properties.map(|(name, it)| (name, without_nothing(it)));
            Value::Object(properties.filter(|(_, it)| is_there(it)).collect())
        }
        Value::Array(items) => items.into_iter().map(without_nothing).collect(),
        other => other,
    }
}

/// Sends instances of a schema as XML to a server that sends them back.
macro_rules! come_back {
    ($fixture:literal, $client:ident . $method:ident, $ty:literal) => {{
        let path = Path::new(concat!("fixtures/", $fixture, ".yaml"));
        let client = $client::Client::builder().transport(Echo).build();
        let client = client.expect("it is set up");
        let (mut sent, mut refused) = (0, Vec::new());
        for instance in instances(path, $ty) {
            let Ok(value) = from_slice(instance.to_string().as_bytes()) else {
                continue;
            };
            let expected = without_nothing(shown(&value));
            match client.$method(value).send().await {
                Ok(answer) => {
                    sent += 1;
                    assert_eq!(without_nothing(shown(&answer)), expected, "{instance}");
                }
                // Keys of maps are names of elements.
                Err(error) if error.to_string().contains("does not allow in names") => {}
                Err(error) => refused.push(format!("{error} {instance}")),
            }
        }
        assert_eq!(refused.first(), None, "{} are refused", refused.len());
        assert!(sent > 30, "{sent} of {} were sent", $ty);
    }};
}

/// Values that conform to the schema of a type.
fn instances(path: &Path, name: &str) -> Vec<Value> {
    let mut found = Diagnostics::new(false);
    let api = ApiConfig::new("fixture", path);
    let named = keywright::read(&api, &Limits::default(), &mut found).expect("it can be read");
    let types = types::of(&named);
    let spec = load::load(path, &Copies::default(), &Limits::default(), &mut found);
    let spec = spec.expect("it can be read");
    let bundle = round_trip::bundle(&spec, &types).expect("it is JSON Schema");
    let ty = types.iter().find(|ty| ty.name == name);
    let ty = ty.expect("there is such a type");
    let sample = round_trip::sample(&bundle, &spec, ty, 200);
    let mut instances = sample.expect("its schema is there").instances;
    // What XML cannot hold is refused, which another test looks at.
    instances.retain(|it| !it.to_string().contains("\\u0001"));
    // A text that looks like a number is one where either is allowed.
    instances.retain(|it| it["size"] != "42");
    instances
}

#[tokio::test]
async fn what_conforms_comes_back() {
    come_back!("xml-3.1", xml_3_1.put_examples, "Examples");
    come_back!("xml-3.2", xml_3_2.put_lists, "Lists");
    come_back!("xml-3.2", xml_3_2.put_product, "Product");
    come_back!("xml-types", xml_types.put_thing, "Thing");
    come_back!("xml-types", xml_types.put_shapes, "Shapes");
}

#[test]
fn what_the_api_sends_may_be_xml() {
    for text in ["{\"id\":1}", " <Changed><id>1</id></Changed>"] {
        let changed = xml_types::webhooks::changed(text.as_bytes());
        assert_eq!(changed.expect("it can be read").id, 1, "{text}");
    }
    let text = b"<all><Changed><id>1</id></Changed><Changed><id>2</id></Changed></all>";
    let removed = xml_types::webhooks::removed(text).expect("it can be read");
    assert_eq!(removed.iter().map(|it| it.id).sum::<i64>(), 3);
}
