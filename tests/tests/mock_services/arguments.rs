//! Parameters of every style, there and back.

use std::collections::BTreeMap;

use keywright_tests::clients::runtime::mock::block_on;
use keywright_tests::clients::styles::mock::Service;
use keywright_tests::clients::styles::models::{Color, ColorRgb, ExamplesRaw, FormWhole};
use keywright_tests::clients::styles::models::{ExamplesCoordinates, RestLevel, RestSortItem};
use keywright_tests::clients::styles::{
    Cells, Client, Examples, Form, JsonPath, Paths, PathsArguments, Rest,
};

fn service() -> Service {
    Service::new()
        .on_paths(|_| Paths::no_content())
        .on_cells(|_| Cells::no_content())
        .on_examples(|_| Examples::no_content())
        .on_form(|_| Form::no_content())
        .on_json_path(|_| JsonPath::no_content())
        .on_rest(|_| Rest::no_content())
}

fn client(service: &Service) -> Client {
    service.client().build().expect("it is set up")
}

fn text(text: &str) -> Color {
    Color::String(text.to_owned())
}

fn array(items: &[&str]) -> Color {
    Color::Array(items.iter().map(|it| (*it).to_owned()).collect())
}

fn rgb() -> Color {
    Color::from(ColorRgb::new().with_r(100).with_g(200).with_b(150))
}

#[test]
fn every_style_of_a_path_is_read() {
    let texts = [text("blue"), text("a/b, ä;c=d%")];
    let arrays = [array(&["blue", "black", "br,own"])];
    for color in texts.iter().chain(&arrays) {
        let service = service();
        let arguments = PathsArguments {
            simple: color,
            simple_exploded: color,
            label: color,
            label_exploded: color,
            matrix: color,
            matrix_exploded: color,
        };
        block_on(client(&service).paths(arguments).send()).expect("it is answered");
        let requests = service.requests::<Paths>();
        let got = &requests[0];
        for found in [
            &got.simple,
            &got.simple_exploded,
            &got.label,
            &got.label_exploded,
            &got.matrix,
            &got.matrix_exploded,
        ] {
            assert_eq!(found, color);
        }
    }
    // Without `explode` an object looks like an array.
    let service = service();
    let color = &rgb();
    let arguments = PathsArguments {
        simple: color,
        simple_exploded: color,
        label: color,
        label_exploded: color,
        matrix: color,
        matrix_exploded: color,
    };
    block_on(client(&service).paths(arguments).send()).expect("it is answered");
    let requests = service.requests::<Paths>();
    let got = &requests[0];
    assert_eq!(got.simple_exploded, rgb());
    assert_eq!(got.label_exploded, rgb());
    assert_eq!(got.matrix_exploded, rgb());
    assert_eq!(got.simple, array(&["R", "100", "G", "200", "B", "150"]));
}

#[test]
fn every_style_of_a_query_and_of_cookies_is_read() {
    type Set = fn(
        keywright_tests::clients::runtime::Request<Cells>,
        &Color,
    ) -> keywright_tests::clients::runtime::Request<Cells>;
    type Get = fn(&keywright_tests::clients::styles::mock::CellsRequest) -> Option<&Color>;
    // With how it is set and read, whether an object can be told from an array, and an array from a text.
    let cells: [(Set, Get, bool); 12] = [
        (|it, color| it.form(color), |it| it.form.as_ref(), false),
        (
            |it, color| it.form_exploded(color),
            |it| it.form_exploded.as_ref(),
            true,
        ),
        (|it, color| it.space(color), |it| it.space.as_ref(), false),
        (
            |it, color| it.space_exploded(color),
            |it| it.space_exploded.as_ref(),
            true,
        ),
        (|it, color| it.pipe(color), |it| it.pipe.as_ref(), false),
        (|it, color| it.deep(color), |it| it.deep.as_ref(), true),
        (|it, color| it.simple(color), |it| it.simple.as_ref(), false),
        (
            |it, color| it.simple_exploded(color),
            |it| it.simple_exploded.as_ref(),
            true,
        ),
        (
            |it, color| it.cookie_form(color),
            |it| it.cookie_form.as_ref(),
            false,
        ),
        (
            |it, color| it.cookie_form_exploded(color),
            |it| it.cookie_form_exploded.as_ref(),
            true,
        ),
        (|it, color| it.cookie(color), |it| it.cookie.as_ref(), false),
        (
            |it, color| it.cookie_exploded(color),
            |it| it.cookie_exploded.as_ref(),
            true,
        ),
    ];
    for (index, (set, get, has_objects)) in cells.into_iter().enumerate() {
        let mut colors = vec![text("blue"), array(&["blue", "black"])];
        if has_objects {
            colors.push(rgb());
        }
        for color in colors {
            // An array in `deepObject` has no meaning.
            if index == 5 && matches!(color, Color::Array(_)) {
                continue;
            }
            let service = service();
            let request = set(client(&service).cells(), &color);
            block_on(request.send()).expect("it is answered");
            let requests = service.requests::<Cells>();
            assert_eq!(get(&requests[0]), Some(&color), "{index}");
        }
        let service = service();
        block_on(client(&service).cells().send()).expect("it is answered");
        assert_eq!(get(&service.requests::<Cells>()[0]), None, "{index}");
    }
}

#[test]
fn types_say_what_a_text_is() {
    let service = service();
    let free_form = BTreeMap::from([("one".to_owned(), 1), ("two".to_owned(), 2)]);
    let raw = ExamplesRaw::new().with_greeting("7").with_code(7);
    let request = client(&service)
        .examples("007")
        .thing(&["7"])
        .free_form(&free_form)
        .coordinates(&ExamplesCoordinates::new(1.5, -2.0))
        .words(&["true", "null"])
        .heart("5")
        .x_token(&[12_345_678, 90_099]);
    block_on(request.raw(&raw).send()).expect("it is answered");
    let requests = service.requests::<Examples>();
    let got = &requests[0];
    assert_eq!(got.username, "007");
    assert_eq!(got.thing.as_deref(), Some(&["7".to_owned()][..]));
    assert_eq!(got.free_form, Some(free_form));
    assert_eq!(got.coordinates, Some(ExamplesCoordinates::new(1.5, -2.0)));
    let words = ["true".to_owned(), "null".to_owned()];
    assert_eq!(got.words.as_deref(), Some(&words[..]));
    assert_eq!(got.heart.as_deref(), Some("5"));
    assert_eq!(got.x_token, Some(vec![12_345_678, 90_099]));
    assert_eq!(got.raw, Some(raw));
    assert_eq!(got.greeting.as_deref(), Some("7"));
}

#[test]
fn whole_queries_are_read() {
    let service = service();
    let client = client(&service);
    let whole = FormWhole::new().with_foo("a + b&c").with_bar(true);
    block_on(client.form(&whole).send()).expect("it is answered");
    assert_eq!(service.requests::<Form>()[0].whole, whole);
    block_on(client.json_path().selector("$.a[?(@.b==1)]").send()).expect("it is answered");
    let selector = service.requests::<JsonPath>().remove(0).selector;
    assert_eq!(selector.as_deref(), Some("$.a[?(@.b==1)]"));
}

#[test]
fn what_no_style_says_is_read() {
    let service = service();
    let arguments = BTreeMap::from([("a".to_owned(), "ä".to_owned())]);
    let request = client(&service)
        .rest("a:b+c", &[1, 2])
        .verbose_empty()
        .note("")
        .level(3)
        .level_header(&RestLevel::Low)
        .sort(&[RestSortItem::Name, RestSortItem::MinusDate])
        .arguments(&arguments)
        .level_cookie("a/b")
        .prepared("7");
    block_on(request.send()).expect("it is answered");
    let requests = service.requests::<Rest>();
    let got = &requests[0];
    assert_eq!((got.file.as_str(), &got.json[..]), ("a:b+c", &[1, 2][..]));
    assert_eq!((got.verbose, got.note.as_deref()), (None, Some("")));
    assert_eq!(
        (got.level, got.level_header.as_ref()),
        (Some(3), Some(&RestLevel::Low))
    );
    let sort = [RestSortItem::Name, RestSortItem::MinusDate];
    assert_eq!(got.sort.as_deref(), Some(&sort[..]));
    assert_eq!(got.arguments, Some(arguments));
    assert_eq!(got.level_cookie.as_deref(), Some("a/b"));
    assert_eq!(got.prepared.as_deref(), Some("7"));
}
