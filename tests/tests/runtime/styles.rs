//! The table of OAS 3.1.1, "Style Examples", and what it leaves open.

use serde_json::{Value, json};

use super::runtime::{Style, Tree, from_slice, to_vec};

fn tree(json: &str) -> Tree {
    from_slice(json.as_bytes()).expect("valid JSON")
}

fn query(style: Style, value: &Tree) -> String {
    let pairs = style.query("color", value);
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

const EMPTY: &str = r#""""#;
const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

#[test]
fn the_table_of_the_specification_in_paths() {
    let table = [
        (
            Style::MATRIX,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::MATRIX_EXPLODED,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Style::LABEL,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Style::LABEL_EXPLODED,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Style::SIMPLE,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Style::SIMPLE_EXPLODED,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
    ];
    for (style, expected) in table {
        let written = [EMPTY, STRING, ARRAY, OBJECT].map(|value| style.path("color", &tree(value)));
        assert_eq!(written, expected, "{style:?}");
    }
}

#[test]
fn the_table_of_the_specification_in_queries() {
    let table = [
        (Style::FORM, EMPTY, "color="),
        (Style::FORM, STRING, "color=blue"),
        (Style::FORM, ARRAY, "color=blue,black,brown"),
        (Style::FORM, OBJECT, "color=R,100,G,200,B,150"),
        (Style::FORM_EXPLODED, EMPTY, "color="),
        (Style::FORM_EXPLODED, STRING, "color=blue"),
        (
            Style::FORM_EXPLODED,
            ARRAY,
            "color=blue&color=black&color=brown",
        ),
        (Style::FORM_EXPLODED, OBJECT, "R=100&G=200&B=150"),
        (Style::SPACE_DELIMITED, ARRAY, "color=blue%20black%20brown"),
        (
            Style::SPACE_DELIMITED,
            OBJECT,
            "color=R%20100%20G%20200%20B%20150",
        ),
        (Style::PIPE_DELIMITED, ARRAY, "color=blue%7Cblack%7Cbrown"),
        (
            Style::PIPE_DELIMITED,
            OBJECT,
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            Style::DEEP_OBJECT,
            OBJECT,
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ];
    for (style, value, expected) in table {
        assert_eq!(query(style, &tree(value)), expected, "{style:?} of {value}");
    }
}

#[test]
fn headers() {
    let table = [
        (
            Style::SIMPLE,
            [
                Some(""),
                Some("blue"),
                Some("blue,black,brown"),
                Some("R,100,G,200,B,150"),
            ],
        ),
        (
            Style::SIMPLE_EXPLODED,
            [
                Some(""),
                Some("blue"),
                Some("blue,black,brown"),
                Some("R=100,G=200,B=150"),
            ],
        ),
    ];
    for (style, expected) in table {
        let written = [EMPTY, STRING, ARRAY, OBJECT].map(|value| style.header(&tree(value)));
        assert_eq!(
            written.each_ref().map(Option::as_deref),
            expected,
            "{style:?}"
        );
    }
}

#[test]
fn what_the_table_leaves_open() {
    let table = [
        // Undefined values and empty lists are left out (RFC 6570, sections 2.3 and 3.2.1).
        (Style::FORM, "null", ""),
        (Style::FORM, "[]", ""),
        (Style::FORM_EXPLODED, "{}", ""),
        (Style::FORM, r#"["a",null,"b"]"#, "color=a,b"),
        (Style::FORM_EXPLODED, r#"{"a":null,"b":1}"#, "b=1"),
        // Nothing is defined for arrays and objects inside of others: they are JSON.
        (
            Style::FORM_EXPLODED,
            r#"[["a"],{"b":1}]"#,
            "color=%5B%22a%22%5D&color=%7B%22b%22%3A1%7D",
        ),
        (
            Style::DEEP_OBJECT,
            r#"{"a":{"b":[1,2]},"c d":"e&f"}"#,
            "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2&color%5Bc%20d%5D=e%26f",
        ),
        // Scalars do without a delimiter.
        (Style::PIPE_DELIMITED, r#""a|b""#, "color=a%7Cb"),
        (Style::DEEP_OBJECT, "true", "color=true"),
        // An array in an exploded object repeats its name, as one beside it would.
        (
            Style::FORM_EXPLODED,
            r#"{"page":1,"sort":["a,b","c"]}"#,
            "page=1&sort=a%2Cb&sort=c",
        ),
        // A separator that OAS 2.0 has.
        (Style::TAB_DELIMITED, r#"["a","b"]"#, "color=a%09b"),
        // Parameters with `content`.
        (Style::TEXT, r#""a=b""#, "color=a%3Db"),
        (Style::TEXT, "null", ""),
        (Style::FORM_TEXT, r#"{"a":"b c"}"#, "color=a%3Db%2Bc"),
        (Style::JSON, r#"{"a":[1]}"#, "color=%7B%22a%22%3A%5B1%5D%7D"),
        // Numbers are written as they are.
        (Style::FORM, "1.50", "color=1.50"),
    ];
    for (style, value, expected) in table {
        assert_eq!(query(style, &tree(value)), expected, "{style:?} of {value}");
    }
}

#[test]
fn delimiters_in_values_are_encoded() {
    let value = tree(r#"["a,b","c d","é&=","100%"]"#);
    assert_eq!(
        query(Style::FORM, &value),
        "color=a%2Cb,c%20d,%C3%A9%26%3D,100%25"
    );
    assert_eq!(
        Style::SIMPLE.path("color", &value),
        "a%2Cb,c%20d,%C3%A9%26%3D,100%25"
    );
    assert_eq!(
        Style::LABEL_EXPLODED.path("color", &tree(r#"["a/b"]"#)),
        ".a%2Fb"
    );
}

#[test]
fn reserved_characters_are_left_where_that_is_allowed() {
    let value = tree(r#""/?:@!$'()*,;=[]#&+%41%""#);
    let expected = "color=/?:@!$'()*,;=%5B%5D%23%26%2B%41%25";
    assert_eq!(query(Style::FORM.allow_reserved(), &value), expected);
    assert_eq!(
        Style::SIMPLE.allow_reserved().path("color", &value),
        "%2F%3F:@!$'()*,;=%5B%5D%23&+%41%25"
    );
}

#[test]
fn cookies_are_encoded_or_sent_as_they_are() {
    let value = tree(r#""a/b;c, \"d=%41""#);
    let table = [
        (Style::FORM, "a%2Fb%3Bc%2C%20%22d%3D%2541"),
        (Style::FORM.allow_reserved(), "a/b%3Bc%2C%20%22d=%41"),
        (Style::COOKIE, "a/b;c, \"d=%41"),
        (Style::TEXT, "a/b;c, \"d=%41"),
        (Style::JSON, "%22a%2Fb%3Bc%2C%20%5C%22d%3D%2541%22"),
    ];
    for (style, expected) in table {
        let expected = ("c=d".replace('=', "%3D"), expected.to_owned());
        assert_eq!(style.cookies("c=d", &value), [expected], "{style:?}");
    }
}

#[test]
fn lists_of_2_0_in_paths_and_headers() {
    let value = tree(r#"["a|b","c"]"#);
    assert_eq!(Style::PIPE_DELIMITED.path("l", &value), "a%7Cb%7Cc");
    assert_eq!(
        Style::TAB_DELIMITED.header(&value).as_deref(),
        Some("a|b\tc")
    );
}

#[test]
fn names_are_encoded() {
    assert_eq!(
        Style::FORM.query("filter[a b]", &tree("1")),
        [("filter%5Ba%20b%5D".to_owned(), "1".to_owned())]
    );
}

#[test]
fn values_are_written_in_their_order() {
    let value: Value = json!({"a": 1});
    let json = to_vec(&value).expect("JSON");
    assert_eq!(
        from_slice::<Tree>(&json),
        Ok(Tree::Object(vec![(
            "a".to_owned(),
            Tree::Number("1".to_owned())
        )]))
    );
}

/// What `generator/src/lower/operation/convention.rs` says of values without a defined serialization (KW0430): these
/// are the texts of its labels.
#[test]
fn conventions_are_as_the_warning_says() {
    let sent = |style: Style, json: &str| query(style, &tree(json));
    let table = [
        // A list, and a simple value, in the style `deepObject`.
        (Style::DEEP_OBJECT, r#"["a","b"]"#, "color=a&color=b"),
        (Style::DEEP_OBJECT, r#""a""#, "color=a"),
        // An object, and a list, inside an object.
        (
            Style::DEEP_OBJECT,
            r#"{"k":{"l":1}}"#,
            "color%5Bk%5D%5Bl%5D=1",
        ),
        (
            Style::DEEP_OBJECT,
            r#"{"k":["a","b"]}"#,
            "color%5Bk%5D=a&color%5Bk%5D=b",
        ),
        (Style::FORM_EXPLODED, r#"{"k":["a","b"]}"#, "k=a&k=b"),
        (
            Style::FORM_EXPLODED,
            r#"{"k":{"l":1}}"#,
            "k=%7B%22l%22%3A1%7D",
        ),
        (Style::FORM, r#"{"k":["a"]}"#, "color=k,%5B%22a%22%5D"),
        (Style::FORM, r#"{"k":{"l":1}}"#, "color=k,%7B%22l%22%3A1%7D"),
        // A list, and an object, inside a list.
        (Style::FORM_EXPLODED, r#"[["a"]]"#, "color=%5B%22a%22%5D"),
        (
            Style::FORM_EXPLODED,
            r#"[{"l":1}]"#,
            "color=%7B%22l%22%3A1%7D",
        ),
        (
            Style::DEEP_OBJECT,
            r#"{"k":[["a"]]}"#,
            "color%5Bk%5D=%5B%22a%22%5D",
        ),
        // Null.
        (Style::FORM, "null", ""),
        (Style::FORM, r#"["a",null]"#, "color=a"),
        (Style::FORM_EXPLODED, r#"{"k":null,"l":1}"#, "l=1"),
        (Style::DEEP_OBJECT, r#"{"k":null}"#, ""),
    ];
    for (style, value, expected) in table {
        assert_eq!(sent(style, value), expected, "{style:?} {value}");
    }
    // Joined by commas, as in paths and headers, all that is nested is JSON; matrix has pairs.
    for style in [Style::SIMPLE, Style::SIMPLE_EXPLODED] {
        let header = style.header(&tree(r#"{"k":["a"]}"#)).unwrap_or_default();
        assert!(header.ends_with(r#"["a"]"#), "{header}");
    }
    let label = Style::LABEL_EXPLODED.path("color", &tree(r#"{"k":["a"]}"#));
    assert_eq!(label, ".k=%5B%22a%22%5D");
    let matrix = Style::MATRIX_EXPLODED.path("color", &tree(r#"{"k":["a","b"]}"#));
    assert_eq!(matrix, ";k=a;k=b");
    assert_eq!(Style::SIMPLE.header(&tree("null")), None);
}
