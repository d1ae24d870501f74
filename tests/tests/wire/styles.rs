//! The specification's own examples of parameters, sent by a generated client: OAS 3.2.0, "Style Examples", "Parameter
//! Object Examples" and appendix C. The cells of the table of 3.0.4 and 3.1.1 are the same.

use std::collections::BTreeMap;

use keywright_tests::clients::runtime::{Maybe, Request};
use keywright_tests::clients::styles::models::{
    Color, ColorRgb, ExamplesCoordinates, ExamplesRaw, FormWhole, JsonJson, RestLevel, RestSortItem,
};
use keywright_tests::clients::styles::{Cells, Client, PathsArguments};
use keywright_tests::faults::{Answer, FaultServer};
use keywright_tests::recorder::Recorded;

fn start() -> (FaultServer, Client) {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let client = Client::builder().base_url(server.origin()).build();
    (server, client.expect("it is set up"))
}

/// `string`, `array` and `object` of the table, and the empty text.
fn colors() -> [Color; 4] {
    let texts = ["blue", "black", "brown"].map(str::to_owned);
    let rgb = ColorRgb::new().with_r(100).with_g(200).with_b(150);
    [
        Color::from("blue".to_owned()),
        Color::from(texts.to_vec()),
        Color::from(rgb),
        Color::from(String::new()),
    ]
}

#[tokio::test]
async fn the_table_in_paths() {
    let (server, client) = start();
    let table = [
        // The segments: simple, label and matrix, each without and with `explode`.
        "/blue/blue/.blue/.blue/;color=blue/;color=blue",
        "/blue,black,brown/blue,black,brown/.blue,black,brown/.blue.black.brown\
         /;color=blue,black,brown/;color=blue;color=black;color=brown",
        "/R,100,G,200,B,150/R=100,G=200,B=150/.R,100,G,200,B,150/.R=100.G=200.B=150\
         /;color=R,100,G,200,B,150/;R=100;G=200;B=150",
    ];
    for (color, expected) in colors().iter().zip(table) {
        let sent = client.paths(PathsArguments {
            simple: color,
            simple_exploded: color,
            label: color,
            label_exploded: color,
            matrix: color,
            matrix_exploded: color,
        });
        sent.send().await.expect("it is answered");
        let target = server.recorder().only().target;
        let target = target.replace("matrixExploded=", "color=");
        assert_eq!(target.replace("matrix=", "color="), expected);
    }
}

/// What a cell of the table is called in the document, how it is set, and what is sent for each of [`colors`]; `None`
/// where the table has `n/a`.
type Cell = (
    &'static str,
    fn(Request<Cells>, &Color) -> Request<Cells>,
    [Option<&'static str>; 4],
);

#[tokio::test]
async fn the_table_in_queries() {
    let table: [Cell; 6] = [
        (
            "form",
            |call, color| call.form(color),
            [
                Some("color=blue"),
                Some("color=blue,black,brown"),
                Some("color=R,100,G,200,B,150"),
                Some("color="),
            ],
        ),
        (
            "formExploded",
            |call, color| call.form_exploded(color),
            [
                Some("color=blue"),
                Some("color=blue&color=black&color=brown"),
                Some("R=100&G=200&B=150"),
                Some("color="),
            ],
        ),
        (
            "space",
            |call, color| call.space(color),
            [
                None,
                Some("color=blue%20black%20brown"),
                Some("color=R%20100%20G%20200%20B%20150"),
                None,
            ],
        ),
        (
            // The table has nothing; `explode` makes "separate parameters for each value", whatever the delimiter.
            "spaceExploded",
            |call, color| call.space_exploded(color),
            [
                None,
                Some("color=blue&color=black&color=brown"),
                Some("R=100&G=200&B=150"),
                None,
            ],
        ),
        (
            "pipe",
            |call, color| call.pipe(color),
            [
                None,
                Some("color=blue%7Cblack%7Cbrown"),
                Some("color=R%7C100%7CG%7C200%7CB%7C150"),
                None,
            ],
        ),
        (
            "deep",
            |call, color| call.deep(color),
            [
                None,
                None,
                Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
                None,
            ],
        ),
    ];
    compare(&table, |sent| {
        let query = sent.target.strip_prefix("/cells?");
        query.map(str::to_owned)
    })
    .await;
}

#[tokio::test]
async fn the_table_in_headers() {
    let table: [Cell; 2] = [
        (
            "simple",
            |call, color| call.simple(color),
            [
                Some("blue"),
                Some("blue,black,brown"),
                Some("R,100,G,200,B,150"),
                Some(""),
            ],
        ),
        (
            "simple-exploded",
            |call, color| call.simple_exploded(color),
            [
                Some("blue"),
                Some("blue,black,brown"),
                Some("R=100,G=200,B=150"),
                Some(""),
            ],
        ),
    ];
    compare(&table, |sent| {
        let value = sent
            .header("simple")
            .or_else(|| sent.header("simple-exploded"));
        value.map(str::to_owned)
    })
    .await;
}

#[tokio::test]
async fn the_table_in_cookies() {
    let exploded = [
        Some("color=blue"),
        // Of `form` the table has `&`, of which appendix D says that it is wrong in cookies.
        Some("color=blue; color=black; color=brown"),
        Some("R=100; G=200; B=150"),
        Some("color="),
    ];
    let whole = [
        Some("color=blue"),
        Some("color=blue,black,brown"),
        Some("color=R,100,G,200,B,150"),
        Some("color="),
    ];
    let table: [Cell; 4] = [
        ("cookieForm", |call, color| call.cookie_form(color), whole),
        (
            "cookieFormExploded",
            |call, color| call.cookie_form_exploded(color),
            exploded,
        ),
        ("cookie", |call, color| call.cookie(color), whole),
        (
            "cookieExploded",
            |call, color| call.cookie_exploded(color),
            exploded,
        ),
    ];
    compare(&table, |sent| sent.header("cookie").map(str::to_owned)).await;
}

async fn compare(table: &[Cell], part: fn(&Recorded) -> Option<String>) {
    let (server, client) = start();
    for (name, set, expected) in table {
        for (color, expected) in colors().iter().zip(expected) {
            let Some(expected) = expected else { continue };
            let sent = set(client.cells(), color).send().await;
            sent.expect("it is answered");
            let sent = part(&server.recorder().only()).expect("it is sent");
            let sent = sent.replace(&format!("{name}%"), "color%");
            let sent = sent.replace(&format!("{name}="), "color=");
            assert_eq!(&sent, expected, "{name}");
        }
    }
}

#[tokio::test]
async fn the_examples() {
    let (server, client) = start();
    let usernames = [
        ("edijkstra", "edijkstra"),
        ("diṅnāga", "di%E1%B9%85n%C4%81ga"),
        (
            "الخوارزميّ",
            "%D8%A7%D9%84%D8%AE%D9%88%D8%A7%D8%B1%D8%B2%D9%85%D9%8A%D9%91",
        ),
    ];
    for (username, expected) in usernames {
        let sent = client.examples(username).send().await;
        sent.expect("it is answered");
        let expected = format!("/examples/{expected}");
        assert_eq!(server.recorder().only().target, expected);
    }

    let free_form = BTreeMap::from([("page".to_owned(), 4), ("pageSize".to_owned(), 50)]);
    // Appendix C has `x%2By` here, since what reserved expansion would let through is left to the caller. This client
    // encodes what would mean something else in a query, and leaves what is encoded already.
    let formulas = [("a", "x%2By"), ("b", "x/y"), ("c", "x^y"), ("d", "x+y")];
    let formulas = formulas.map(|(name, it)| (name.to_owned(), it.to_owned()));
    let call = client
        .examples("e")
        .thing(&["one thing", "another thing"])
        .free_form(&free_form)
        .coordinates(&ExamplesCoordinates::new(10.0, 60.0))
        .formulas(&BTreeMap::from(formulas))
        .words(&["math", "is", "fun"])
        .heart("love!")
        .x_token(&[12_345_678, 90_099])
        .greeting("Hello, world!")
        .raw(
            &ExamplesRaw::new()
                .with_greeting("Hello%2C world!")
                .with_code(42),
        );
    call.send().await.expect("it is answered");
    let sent = server.recorder().only();
    // Of the type `number`, 10 is `10.0`, which is the same in JSON.
    let expected = [
        "/examples/e?thing=one%20thing&thing=another%20thing",
        "page=4&pageSize=50",
        "coordinates=%7B%22lat%22%3A10.0%2C%22long%22%3A60.0%7D",
        "a=x%2By&b=x/y&c=x%5Ey&d=x%2By",
        "words=math%20is%20fun",
        "%E2%9D%A4%EF%B8%8F=love%21",
    ];
    assert_eq!(sent.target, expected.join("&"));
    assert_eq!(sent.header("x-token"), Some("12345678,90099"));
    assert_eq!(
        sent.header("cookie"),
        Some("greeting=Hello%2C%20world%21; greeting=Hello%2C world!; code=42")
    );
}

#[tokio::test]
async fn whole_queries() {
    let (server, client) = start();
    let form = FormWhole::new().with_foo("a + b").with_bar(true);
    client.form(&form).send().await.expect("it is answered");
    assert_eq!(
        server.recorder().only().target,
        "/form?foo=a+%2B+b&bar=true"
    );
    let mut json = JsonJson::new().with_numbers(vec![1, 2]);
    json.flag = Maybe::Null;
    client
        .json()
        .json(&json)
        .send()
        .await
        .expect("it is answered");
    assert_eq!(
        server.recorder().only().target,
        "/json?%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D"
    );
    let call = client.json_path().selector("$.a.b[1:1]");
    call.send().await.expect("it is answered");
    assert_eq!(
        server.recorder().only().target,
        "/jsonpath?%24.a.b%5B1%3A1%5D"
    );
}

#[tokio::test]
async fn what_the_specification_has_no_example_of() {
    let (server, client) = start();
    let call = client
        .rest("a:b/c?d#[e]%41%", &[1, 2])
        .verbose(true)
        .verbose_empty()
        .note("")
        .level(3)
        .table("a,b\nc,d")
        .level_header(&RestLevel::High)
        .sort(&[RestSortItem::Name, RestSortItem::MinusDate])
        .arguments(&BTreeMap::from([("path".to_owned(), "/é🦀".to_owned())]))
        .level_cookie("a/b;c d")
        .prepared("Hello%2C=world");
    call.send().await.expect("it is answered");
    let sent = server.recorder().only();
    assert_eq!(
        sent.target,
        "/rest/a:b%2Fc%3Fd%23%5Be%5D%41%25/%5B1%2C2%5D\
         ?verbose=&note=&level=3&table=a%2Cb%0Ac%2Cd&sort=name,-date"
    );
    assert_eq!(sent.header("level"), Some("high"));
    assert_eq!(
        sent.header("arguments"),
        Some(r#"{"path":"/\u00e9\ud83e\udd80"}"#)
    );
    assert_eq!(
        sent.header("cookie"),
        Some("level=a/b%3Bc%20d; prepared=Hello%2C=world")
    );

    let error = client.rest("f", &[]).prepared("a; b=c").send().await;
    let error = error.expect_err("it would be two cookies");
    assert!(error.to_string().contains("`prepared`"), "{error}");
    assert!(server.recorder().is_empty());
}
