//! XML as it is written and read: what may stand in a document, and what is refused.

use proptest::prelude::*;

use super::runtime::xml::{Content, Property, Shape, Tag, Union, from_slice, to_vec};
use super::runtime::{DecodeErrorKind, Tree, from_slice as from_json, to_vec as to_json};

static NOTE: Content = Content::ObjectWith(
    &[
        Property::required("id", Shape::attribute("id", Content::Number)),
        Property::optional("text", Shape::element("text", Content::String)),
        Property::optional("flag", Shape::element("flag", Content::Boolean)),
        Property::or_empty(
            "notes",
            Shape::inline(Content::List(&Shape::element("note", Content::Of(&NOTE)))),
        ),
        Property::optional("any", Shape::element("any", Content::Any)),
        Property::optional("choice", Shape::element("choice", CHOICE)),
    ],
    &Shape::keyed(Content::String),
);

static CHOICE: Content = Content::Union(&Union {
    tag: Some(Tag {
        property: "kind",
        content: Content::String,
        values: &[("a", 0), ("b", 1)],
    }),
    branches: &[
        // Only the first declares the tag.
        Shape::keyed(Content::Object(&[
            Property::required("kind", Shape::attribute("kind", Content::String)),
            Property::optional("x", Shape::element("x", Content::Number)),
        ])),
        Shape::keyed(Content::Object(&[Property::optional(
            "x",
            Shape::element("x", Content::String),
        )])),
        Shape::keyed(Content::List(&Shape::element("item", Content::String))),
        Shape::keyed(Content::Boolean),
    ],
});

static ROOT: Shape = Shape::element("note", Content::Of(&NOTE));

/// The JSON of a document, or what is wrong with it.
fn read(xml: impl AsRef<[u8]>) -> String {
    match from_slice::<Tree>(xml.as_ref(), &ROOT) {
        Ok(tree) => {
            let json = to_json(&tree).expect("what was read is JSON");
            String::from_utf8(json).expect("JSON is UTF-8")
        }
        Err(error) => error.to_string(),
    }
}

/// The document of a JSON value, or what is wrong with it.
fn written(json: &str) -> String {
    let tree: Tree = from_json(json.as_bytes()).expect("it is JSON");
    match to_vec(&tree, &ROOT) {
        Ok(xml) => {
            let xml = String::from_utf8(xml).expect("it is UTF-8");
            let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
            xml.strip_prefix(declaration)
                .expect("it has a declaration")
                .to_owned()
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn documents_of_all_sorts_are_read() {
    for xml in [
        "<note id='1'><text>a &amp; b</text></note>",
        "<?xml version='1.0'?>\n<!-- c --><note id=\"1\"><text>a &#38; b</text></note><!-- c -->",
        "\u{feff}<note id='1'>\n  <text>a <!-- c -->&#x26;<?pi?> b</text>\n</note>\n",
        "<note id='1'><text><![CDATA[a & ]]><![CDATA[b]]></text></note>",
        "<!DOCTYPE note SYSTEM 'note.dtd'><note id='1'><text>a &amp; b</text></note>",
        "<n:note xmlns:n='urn:n' n:id='1'><n:text>a &amp; b</n:text></n:note>",
        "<other id=' 1 '><text>a &amp; b</text></other>",
        "<?xml version='1.0' encoding='utf-8' standalone='yes'?><note id='+01'><text>a &amp; b</text></note>",
        "<?xml version='1.0' encoding='ISO-8859-1'?><note id='1.0'><text>a &amp; b</text></note>",
        "<note xsi:type='x' xsi:schemaLocation='y' id='1'><text>a &amp; b</text></note>",
    ] {
        let found = read(xml).replace("1.0", "1");
        assert_eq!(found, r#"{"id":1,"text":"a & b","notes":[]}"#, "{xml}");
    }
}

#[test]
fn values_are_read_as_what_they_are() {
    insta::assert_snapshot!(read("<note id='1'><text> \r\n </text><flag> 1 </flag></note>"), @r#"{"id":1,"text":" \n ","flag":true,"notes":[]}"#);
    insta::assert_snapshot!(read("<note id='1'><text/><flag/></note>"), @r#"{"id":1,"text":"","flag":null,"notes":[]}"#);
    insta::assert_snapshot!(read("<note id='-0.50e3'><text xsi:nil='true'/><flag>yes</flag></note>"), @r#"{"id":-0.50e3,"text":null,"flag":"yes","notes":[]}"#);
    insta::assert_snapshot!(read("<note id='x' more='1'><other>2</other><note id='.5'/><note id='2'/></note>"), @r#"{"id":"x","notes":[{"id":0.5,"notes":[]},{"id":2,"notes":[]}],"other":"2","more":"1"}"#);
    insta::assert_snapshot!(read("<note id='1'><any a='1'><b>2</b><b/><c><d>e</d></c></any></note>"), @r#"{"id":1,"notes":[],"any":{"b":["2",""],"c":{"d":"e"},"a":"1"}}"#);
    insta::assert_snapshot!(read("<note id='1'><any>1</any><any>2</any></note>"), @r#"{"id":1,"notes":[],"any":["1","2"]}"#);
    insta::assert_snapshot!(read("<note id='1'><notes id='2'/></note>"), @r#"{"id":1,"notes":[{"id":2,"notes":[]}]}"#);
}

#[test]
fn branches_are_chosen_by_their_tag_or_by_what_is_there() {
    let choice = |xml: &str| read(format!("<note id='1'><choice{xml}</choice></note>"));
    insta::assert_snapshot!(choice(" kind='a'><x>1</x>"), @r#"{"id":1,"notes":[],"choice":{"kind":"a","x":1}}"#);
    insta::assert_snapshot!(choice("><kind>b</kind><x>1</x>"), @r#"{"id":1,"notes":[],"choice":{"kind":"b","x":"1"}}"#);
    insta::assert_snapshot!(choice("><x>1</x>"), @r#"{"id":1,"notes":[],"choice":{"x":"1"}}"#);
    insta::assert_snapshot!(choice("><item>1</item><item>2</item>"), @r#"{"id":1,"notes":[],"choice":["1","2"]}"#);
    insta::assert_snapshot!(choice(">true"), @r#"{"id":1,"notes":[],"choice":true}"#);
    insta::assert_snapshot!(written(r#"{"id":1,"choice":{"kind":"b","x":"1"}}"#), @r#"<note id="1"><choice><kind>b</kind><x>1</x></choice></note>"#);
    insta::assert_snapshot!(written(r#"{"id":1,"choice":["a"]}"#), @r#"<note id="1"><choice><item>a</item></choice></note>"#);
    insta::assert_snapshot!(written(r#"{"id":1,"choice":"none of them"}"#), @r#"<note id="1"><choice>none of them</choice></note>"#);
}

#[test]
fn what_is_no_plain_document_is_refused() {
    let laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><note id='1'>&b;</note>";
    insta::assert_snapshot!(read(laughs), @"$: expected well-formed XML, found a document type with declarations (line 1, column 52)");
    insta::assert_snapshot!(read("<note id='1'>&b;</note>"), @"$: expected well-formed XML, found an entity that XML does not know (line 1, column 17)");
    insta::assert_snapshot!(read("<note id='&b;'/>"), @"$: expected well-formed XML, found a reference that XML does not know (line 1, column 17)");
    insta::assert_snapshot!(read("<note id='1'>&#xFFFFFFFF;</note>"), @"$: expected well-formed XML, found a reference that XML does not know (line 1, column 26)");
    insta::assert_snapshot!(read("<note id='1'>&#0;</note>"), @"$: expected well-formed XML, found a reference that XML does not know (line 1, column 18)");
    insta::assert_snapshot!(read("<note id='1'>&#1;</note>"), @"$: expected well-formed XML, found a character that XML does not have (line 1, column 18)");
    insta::assert_snapshot!(read("<note id='&#x1b;'/>"), @"$: expected well-formed XML, found a character that XML does not have (line 1, column 20)");
    insta::assert_snapshot!(read("<note id='1'>a\u{0}b</note>"), @"$: expected well-formed XML, found a character that XML does not have (line 1, column 15)");
    insta::assert_snapshot!(read("<note id='1'>\n<text></note>"), @"$: expected well-formed XML, found tags that do not match (line 2, column 7)");
    insta::assert_snapshot!(read("<note id='1'><text>"), @"$: expected well-formed XML, found an early end (line 1, column 20)");
    insta::assert_snapshot!(read("<note id='1'/><note id='2'/>"), @"$: expected well-formed XML, found a second root element (line 1, column 29)");
    insta::assert_snapshot!(read("<note id='1'/>text"), @"$: expected well-formed XML, found text outside of the root element (line 1, column 19)");
    insta::assert_snapshot!(read("<note id=1/>"), @"$: expected well-formed XML, found a malformed attribute (line 1, column 13)");
    insta::assert_snapshot!(read("<note id='1'/"), @"$: expected well-formed XML, found markup that does not end (line 1, column 1)");
    insta::assert_snapshot!(read("<!-- -->"), @"$: expected well-formed XML, found no element (line 1, column 9)");
    insta::assert_snapshot!(read(" "), @"expected a body of XML, found none: the body is empty");
    insta::assert_snapshot!(read("{}"), @"$: expected well-formed XML, found text outside of the root element (line 1, column 3)");
    insta::assert_snapshot!(read("<?xml version='1.0' encoding='ISO-8859-1'?><note id='1'>é</note>"), @"$: expected XML in UTF-8, found `ISO-8859-1` (line 1, column 44)");
    insta::assert_snapshot!(read(b"<note id='1'>\xe9</note>"), @"$: expected XML in UTF-8, found other bytes (line 1, column 14)");
    insta::assert_snapshot!(read(b"\xff\xfe<\0n\0"), @"$: expected XML in UTF-8, found other bytes (line 1, column 1)");
    let deep = |depth: usize| [r"<note id='1'>".repeat(depth), "</note>".repeat(depth)].concat();
    assert!(read(deep(60)).starts_with('{'));
    insta::assert_snapshot!(read(deep(129)), @"$: expected at most 128 elements inside each other, found more (line 1, column 1678)");
    let error = from_slice::<Tree>(deep(200_000).as_bytes(), &ROOT).expect_err("it is too deep");
    assert_eq!(error.kind(), DecodeErrorKind::Depth);
}

#[test]
fn what_xml_cannot_hold_is_refused() {
    insta::assert_snapshot!(written(r#"{"id":1,"text":"a\u0000b"}"#), @"$.text: a text has characters that XML cannot represent");
    insta::assert_snapshot!(written(r#"{"id":1,"notes":[{"id":2},{"id":3,"a b":"c"}]}"#), @r#"$.note["a b"]: a name has characters that XML does not allow in names"#);
    insta::assert_snapshot!(written(r#"{"id":1,"a:b":"c"}"#), @"$: a key with a colon cannot be the name of an element");
    insta::assert_snapshot!(written(r#"{"id":1,"":"c"}"#), @r#"$[""]: a name has characters that XML does not allow in names"#);
    insta::assert_snapshot!(written(r#"{"id":1,"><a":"c"}"#), @r#"$["><a"]: a name has characters that XML does not allow in names"#);
    insta::assert_snapshot!(written(r#"{"id":"\" x=\"","text":"</text>"}"#), @r#"<note id="&quot; x=&quot;"><text>&lt;/text&gt;</text></note>"#);
    let error = to_vec(&Tree::Array(Vec::new()), &Shape::keyed(Content::Any));
    insta::assert_snapshot!(error.expect_err("it has no root"), @"$: an XML document has one root element, and this value has none or several");
}

/// Values of [`NOTE`] that XML tells apart.
fn notes() -> impl Strategy<Value = Tree> {
    let text = || "[ -~é\r\n\t\u{1F600}]{0,6}".prop_map(Tree::String);
    let number = (-9_i64..99_999).prop_map(|it| Tree::Number(it.to_string()));
    let plain = (
        number,
        proptest::option::of(text()),
        proptest::option::of(any::<bool>().prop_map(Tree::Bool)),
        proptest::collection::btree_map("[u-zé][a-e0-9._-]{0,3}", text(), 0..3),
    );
    let properties = |(id, text, flag, further): (Tree, Option<Tree>, Option<Tree>, _)| {
        let further: std::collections::BTreeMap<String, Tree> = further;
        let declared = [("id", Some(id)), ("text", text), ("flag", flag)];
        let declared = declared.into_iter();
        let declared = declared.filter_map(|(name, it)| Some((name.to_owned(), it?)));
        let mut all: Vec<(String, Tree)> = declared.collect();
        all.push(("notes".to_owned(), Tree::Array(Vec::new())));
        all.extend(further);
        Tree::Object(all)
    };
    let leaf = plain.prop_map(properties);
    leaf.prop_recursive(3, 12, 3, |inner| {
        let children = proptest::collection::vec(inner.clone(), 0..3);
        (inner, children).prop_map(|(mut note, children)| {
            if let Tree::Object(properties) = &mut note
                && let Some((_, notes)) = properties.iter_mut().find(|(name, _)| name == "notes")
            {
                *notes = Tree::Array(children);
            }
            note
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(note in notes()) {
        let xml = to_vec(&note, &ROOT).expect("XML holds it");
        let text = std::str::from_utf8(&xml).expect("it is UTF-8");
        roxmltree::Document::parse(text).expect("it is well-formed");
        prop_assert_eq!(from_slice::<Tree>(&xml, &ROOT).expect("it can be read"), note);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(<|>|</|/>|&|;|note|id=|'|\"|x| |<!|\\[|]|>|\\?|CDATA|--|#|\u{e9}|1){0,24}") {
        let _ = from_slice::<Tree>(text.as_bytes(), &ROOT);
        let inside = format!("<note id='1'>{text}</note>");
        let _ = from_slice::<Tree>(inside.as_bytes(), &ROOT);
    }
}
