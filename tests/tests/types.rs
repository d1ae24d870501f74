//! Types of other crates in the place of schemas: how they are read and written wherever a schema may stand, and what is
//! said when they refuse a value.

use insta::assert_snapshot;
use keywright::config::{self, Config};
use keywright::diagnostics::Diagnostics;
use keywright::diff::diff;
use keywright::outline::{of_apis, of_package};
use keywright_tests::clients::runtime::{Decode, Encode, Maybe, from_slice, to_vec};
use keywright_tests::clients::shop::Client;
use keywright_tests::clients::shop::models::{Line, Order, OrderRequired, Payment};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::shop::{Cash, Money};
use serde_json::{Value, json};
use uuid::Uuid;

fn euros(text: &str) -> Money {
    format!("{text} EUR").parse().expect("it is an amount")
}

fn order() -> Order {
    Order::new(OrderRequired {
        id: Uuid::from_u128(7),
        total: euros("12.50"),
        discount: None,
        first: Line::new(euros("1.00"), "tea"),
        payment: Payment::Cash(Cash {
            paid: euros("20.00"),
        }),
    })
}

fn order_as_json() -> Value {
    json!({
        "id": "00000000-0000-0000-0000-000000000007",
        "total": "12.50 EUR",
        "discount": null,
        "first": { "price": "1.00 EUR", "item": "tea" },
        "payment": { "kind": "cash", "paid": "20.00 EUR" },
    })
}

fn shown(value: &dyn Encode) -> Value {
    let json = to_vec(value).expect("it can be written");
    serde_json::from_slice(&json).expect("it is JSON")
}

fn read<T: Decode>(json: &Value) -> T {
    from_slice(json.to_string().as_bytes()).expect("it is a value of the type")
}

/// Says why an order is refused whose JSON has another value somewhere.
fn refusal(pointer: &str, value: Value) -> String {
    let mut json = full();
    *json.pointer_mut(pointer).expect("it is there") = value;
    let error = from_slice::<Order>(json.to_string().as_bytes());
    error.expect_err("it is refused").to_string()
}

/// An order in which every property has a value.
fn full() -> Value {
    let mut json = order_as_json();
    let more = json!({
        "discount": "0.50 EUR",
        "tip": "0.10 EUR",
        "refund": null,
        "described": "3.00 EUR",
        "parts": ["4.00 EUR", "5.00 EUR"],
        "maybe": ["6.00 EUR", null],
        "by_name": { "a": "7.00 EUR" },
        "lines": [{ "price": "8.00 EUR", "item": "cup", "count": 2 }],
        "pair": ["9.00 EUR", null],
        "parent": order_as_json(),
        "site": "https://shop.example/a",
        "other": "10.00 EUR",
    });
    let (Value::Object(json), Value::Object(more)) = (&mut json, more) else {
        unreachable!("both are objects");
    };
    json.extend(more);
    Value::Object(json.clone())
}

#[test]
fn what_is_required_is_read_and_written() {
    assert_eq!(shown(&order()), order_as_json());
    assert_eq!(read::<Order>(&order_as_json()), order());
}

#[test]
fn types_stand_wherever_a_schema_does() {
    let order: Order = read(&full());
    assert_eq!(shown(&order), full());
    assert_eq!(order.discount, Some(euros("0.50")));
    assert_eq!(order.tip, Some(euros("0.10")));
    assert_eq!(order.refund, Maybe::Null);
    assert_eq!(order.described, Some(euros("3.00")));
    assert_eq!(order.parts, Some(vec![euros("4.00"), euros("5.00")]));
    assert_eq!(order.maybe, Some(vec![Some(euros("6.00")), None]));
    let by_name = order.by_name.expect("it is there");
    assert_eq!(by_name["a"], euros("7.00"));
    assert_eq!(order.pair, Some((euros("9.00"), None)));
    let site: url::Url = order.site.expect("it is there");
    assert_eq!(site.path(), "/a");
    assert_eq!(order.additional_properties["other"], euros("10.00"));
    assert_eq!(*order.parent.expect("it is there"), self::order());
}

#[test]
fn unions_choose_them() {
    let payment: Payment = read(&json!("1.00 EUR"));
    assert_eq!(payment, Payment::Money(euros("1.00")));
    let cash = json!({ "kind": "cash", "paid": "1.00 EUR" });
    let payment: Payment = read(&cash);
    assert_eq!(shown(&payment), cash);
    assert!(matches!(payment, Payment::Cash(it) if it.paid == euros("1.00")));
    let card = json!({ "kind": "card", "number": "1234" });
    assert!(matches!(read::<Payment>(&card), Payment::Card(_)));
    let other = json!({ "kind": "shells" });
    let payment: Payment = read(&other);
    assert!(matches!(payment, Payment::Unknown(_)));
    assert_eq!(shown(&payment), other);
    assert_eq!(Payment::from(euros("2.00")), Payment::Money(euros("2.00")));
}

#[test]
fn a_refusal_has_its_path_and_no_value() {
    let refusals = [
        refusal("/total", json!("secret")),
        refusal("/total", json!(12.5)),
        refusal("/total", Value::Null),
        refusal("/first/price", json!("1 EUR")),
        refusal("/parts/1", json!([])),
        refusal("/maybe/0", json!({})),
        refusal("/by_name/a", json!(true)),
        refusal("/lines/0/price", json!("")),
        refusal("/pair/0", Value::Null),
        refusal("/parent/payment/paid", json!("secret")),
        refusal("/site", json!("not a URL")),
        refusal("/id", json!("not a UUID")),
    ];
    assert_snapshot!(refusals.join("\n"), @r"
    $.total: expected a value of `crate::shop::Money`, found a string that does not fit (line 1, column 54)
    $.total: expected a value of `crate::shop::Money`, found a number that does not fit (line 1, column 54)
    $.total: expected a value of `crate::shop::Money`, found `null`, which does not fit (line 1, column 54)
    $.first.price: expected a value of `crate::shop::Money`, found a string that does not fit (line 1, column 105)
    $.parts[1]: expected a value of `crate::shop::Money`, found an array that does not fit (line 1, column 249)
    $.maybe[0]: expected a value of `crate::shop::Money`, found an object that does not fit (line 1, column 270)
    $.by_name.a: expected a value of `crate::shop::Money`, found a boolean that does not fit (line 1, column 302)
    $.lines[0].price: expected a value of `crate::shop::Money`, found a string that does not fit (line 1, column 332)
    $.pair[0]: expected a value of `crate::shop::Money`, found `null`, which does not fit (line 1, column 376)
    $.parent.payment: expected a value of `crate::shop::Cash`, found an object that does not fit (line 1, column 535)
    $.site: expected a value of `url::Url`, found a string that does not fit (line 1, column 578)
    $.id: expected a UUID, found another string (line 1, column 7)
    ");
    let mut json = order_as_json();
    let properties = json.as_object_mut().expect("it is an object");
    properties.remove("total");
    let error = from_slice::<Order>(json.to_string().as_bytes()).expect_err("it is refused");
    assert_snapshot!(error, @"$: expected the property `total`, found an object without it (line 1, column 1)");
}

#[test]
fn models_with_them_have_serde() {
    let order: Order = serde_json::from_value(full()).expect("it is an order");
    assert_eq!(
        serde_json::to_value(&order).expect("it can be written"),
        full()
    );
}

fn client(server: &FaultServer) -> Client {
    let client = Client::builder().base_url(server.origin()).build();
    client.expect("the client can be made")
}

#[tokio::test]
async fn parameters_and_headers_are_of_them() {
    let body = full().to_string();
    let headers = [
        ("content-type", "application/json"),
        ("x-total", "7.25 EUR"),
    ];
    let server = FaultServer::start([Answer::reply("200 OK", &headers, &body)]);
    let seen = [euros("1.00"), euros("2.00")];
    let response = client(&server)
        .get_order(&Uuid::from_u128(7))
        .max(&euros("9.99"))
        .seen(&seen)
        .x_limit(&euros("3.00"))
        .send_with_response()
        .await
        .expect("it is answered");
    let headers = response.documented_headers().expect("they can be read");
    assert_eq!(headers.x_total, Some(euros("7.25")));
    let request = server.recorder().only();
    let limit = request.header("x-limit").unwrap_or_default();
    assert_snapshot!(format!("{} {limit}", request.target), @"/orders/00000000-0000-0000-0000-000000000007?max=9.99%20EUR&seen=1.00%20EUR&seen=2.00%20EUR 3.00 EUR");
}

#[tokio::test]
async fn bodies_are_of_them() {
    let headers = [("content-type", "application/json")];
    let server = FaultServer::start([Answer::reply("200 OK", &headers, "\"7.25 EUR\"")]);
    let total = client(&server).get_total().await.expect("it is answered");
    assert_eq!(total, euros("7.25"));
}

#[tokio::test]
async fn xml_holds_them() {
    let headers = [("content-type", "application/xml")];
    let xml = "<Line><price>7.25 EUR</price><item>tea</item></Line>";
    let server = FaultServer::start([Answer::reply("200 OK", &headers, xml)]);
    let line = Line::new(euros("1.00"), "cup");
    let answer = client(&server)
        .put_line(line)
        .await
        .expect("it is answered");
    assert_eq!(answer, Line::new(euros("7.25"), "tea"));
    let request = server.recorder().only();
    let text = request.text();
    assert!(text.contains("<price>1.00 EUR</price>"), "{text}");
}

fn configured() -> Config {
    let mut found = Diagnostics::new(false);
    let config = config::read("fixtures/types/keywright.toml".as_ref(), &mut found);
    config.expect("the configuration can be read")
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of them are snapshots")]
fn surface_and_wire_name_them() {
    let config = configured();
    let mut found = Diagnostics::new(false);
    let apis = keywright::read_all(&config, &mut found).expect("the document can be read");
    assert!(found.is_empty(), "{found:?}");
    let shapes = keywright::shapes(&apis, &config);
    let api = &apis[0];
    let surface = keywright::surface::surface("shop", &api.api, &api.names, &shapes[0]);
    let models = surface.split("\nmodels\n").nth(1).expect("it has models");
    assert_snapshot!(models, @r#"
    struct Card
        new(number: impl Into<String>)
        "kind" is "card"
        number: String
    enum Payment
        Cash(crate::shop::Cash)
        Card(Card)
        Money(crate::shop::Money)
    struct Line
        new(price: crate::shop::Money, item: impl Into<String>)
        price: crate::shop::Money
        item: String
        count: Option<i64>
    type Pair = (crate::shop::Money, Option<String>)
    struct Order
        new(OrderRequired { id: uuid::Uuid, total: crate::shop::Money, discount: Option<crate::shop::Money>, first: Line, payment: Payment })
        id: uuid::Uuid
        total: crate::shop::Money
        discount: Option<crate::shop::Money>, never left out
        first: Line
        payment: Payment
        tip: Option<crate::shop::Money>
        refund: Maybe<crate::shop::Money>
        described: Option<crate::shop::Money>
        parts: Option<Vec<crate::shop::Money>>
        maybe: Option<Vec<Option<crate::shop::Money>>>
        by_name: Option<BTreeMap<String, crate::shop::Money>>
        lines: Option<Vec<Line>>
        pair: Option<Pair>
        parent: Option<Box<Order>>
        site: Option<url::Url>
        additional_properties: BTreeMap<String, crate::shop::Money>
    "#);
    let wire = keywright::wire::wire("shop", &api.api, &api.names);
    assert_snapshot!(wire, @r#"
    wire of shop

    server https://shop.example

    GET /orders/{id}
      path id: uuid::Uuid, simple
      query? max: crate::shop::Money, form, exploded
      query? seen: array of crate::shop::Money, form, exploded
      header? X-Limit: crate::shop::Money, simple
      200 application/json: Order
        header? X-Total: crate::shop::Money, simple

    PUT /orders/{id}
      path id: uuid::Uuid, simple
      body application/json: Order
      204 without a body

    PUT /line
      body application/xml: Line <Line>
      200 application/xml: Line <Line>

    GET /total
      200 application/json: crate::shop::Money

    uuid::Uuid: string (uuid)

    crate::shop::Money: string

    crate::shop::Cash: object
      kind: always "cash"
      paid: crate::shop::Money
      notes?: CashNotes

    CashKind: one of
      "cash"

    CashNotes: object
      count?: integer

    Card: object
      kind: always "card"
      number: string

    CardKind: one of
      "card"

    Payment: one of these types
      crate::shop::Cash
      Card
      crate::shop::Money

    Line: object
      price: crate::shop::Money
      item: string
      count?: integer

    Pair: tuple of (crate::shop::Money, (string or null))

    Order: object
      id: uuid::Uuid
      total: crate::shop::Money
      discount: crate::shop::Money or null
      first: Line
      payment: Payment
      tip?: crate::shop::Money
      refund?: crate::shop::Money or null
      described?: crate::shop::Money
      parts?: array of crate::shop::Money
      maybe?: array of (crate::shop::Money or null)
      by_name?: map of crate::shop::Money
      lines?: array of Line
      pair?: Pair
      parent?: Order
      site?: url::Url
      any other: crate::shop::Money

    url::Url: string
    "#);
}

#[test]
fn a_package_with_them_says_what_its_document_says() {
    let config = configured();
    let mut found = Diagnostics::new(false);
    let apis = keywright::read_all(&config, &mut found).expect("the document can be read");
    let package = of_package(&keywright::print(&apis, &config)).expect("it was generated");
    let outline = of_apis(&apis, &config);
    let changes = |old, new| {
        let changes = diff(old, new).changes.into_iter();
        let changes = changes.map(|it| format!("{}: {}", it.path, it.message()));
        changes.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(changes(&package, &outline), "");
    assert_eq!(changes(&outline, &package), "");

    let mut without = configured();
    without.apis[0]
        .types
        .retain(|it| !it.pointer.ends_with("Money"));
    let apis = keywright::read_all(&without, &mut found).expect("the document can be read");
    let plain = of_apis(&apis, &without);
    assert_snapshot!(changes(&plain, &outline), @r"
    shop::Client::get_order(max): An argument has another type: `&str` -> `&crate::shop::Money`
    shop::Client::get_order(seen): An argument has another type: `&[impl AsRef<str>]` -> `&[crate::shop::Money]`
    shop::Client::get_order(x_limit): An argument has another type: `&str` -> `&crate::shop::Money`
    shop::GetOrder200Headers.x_total: A response header has another type: `Option<Money>` -> `Option<crate::shop::Money>`
    shop::Client::get_total: A successful call returns another type: `Money` -> `crate::shop::Money`
    shop::models::Payment::Money: A variant holds another type: `Money` -> `crate::shop::Money`
    shop::models::Line: `new` takes other arguments: `(price: impl Into<Money>, item: impl Into<String>)` -> `(price: crate::shop::Money, item: impl Into<String>)`
    shop::models::Line.price: A field has another type: `Money` -> `crate::shop::Money`
    shop::models::Pair: A type alias stands for another type: `(Money, Option<String>)` -> `(crate::shop::Money, Option<String>)`
    shop::models::Order: `new` takes other arguments: `(id: Uuid, total: Money, discount: Option<Money>, first: Line, payment: Payment)` -> `(id: Uuid, total: crate::shop::Money, discount: Option<crate::shop::Money>, first: Line, payment: Payment)`
    shop::models::Order.total: A field has another type: `Money` -> `crate::shop::Money`
    shop::models::Order.discount: A field has another type: `Option<Money>` -> `Option<crate::shop::Money>`
    shop::models::Order.tip: A field has another type: `Option<Money>` -> `Option<crate::shop::Money>`
    shop::models::Order.refund: A field has another type: `Maybe<Money>` -> `Maybe<crate::shop::Money>`
    shop::models::Order.described: A field has another type: `Option<Money>` -> `Option<crate::shop::Money>`
    shop::models::Order.parts: A field has another type: `Option<Vec<Money>>` -> `Option<Vec<crate::shop::Money>>`
    shop::models::Order.maybe: A field has another type: `Option<Vec<Option<Money>>>` -> `Option<Vec<Option<crate::shop::Money>>>`
    shop::models::Order.by_name: A field has another type: `Option<BTreeMap<String, Money>>` -> `Option<BTreeMap<String, crate::shop::Money>>`
    shop::models::Order.additional_properties: A field has another type: `BTreeMap<String, Money>` -> `BTreeMap<String, crate::shop::Money>`
    shop::models::Money: A model was removed: `alias Money`
    ");
}
