//! Reading and writing JSON.

use std::collections::BTreeMap;

use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::runtime::{
    self, Blank, Decode, DecodeError, DecodeErrorKind, Encode, Kind, Maybe, Null, Reader, Tag,
    Tree, create, from_slice, to_vec,
};

#[derive(Clone, Debug, PartialEq)]
struct User {
    id: i64,
    email: Option<String>,
    avatar: Maybe<String>,
    manager: Option<Box<User>>,
    last_login: Option<String>,
    roles: Vec<Role>,
}

runtime::string_enum! {
    /// A role.
    pub enum Role {
        /// `admin`: may do everything.
        Admin = "admin",
        Member = "member",
    }
}

runtime::integer_enum! {
    /// A level.
    pub enum Level {
        /// `1`: not much.
        Low = 1,
        High = 2,
    }
}

runtime::value_enum! {
    /// A size.
    pub enum Size {
        Small = "s",
        Half = 0.5,
        Any = true,
    }
}

runtime::object! { User {
    id = "id",
    email = "email",
    avatar = "avatar",
    manager = "manager",
    #[nullable] last_login = "lastLogin",
    roles = "roles",
} }

#[derive(Debug, PartialEq)]
struct Labels {
    kind: String,
    additional_properties: BTreeMap<String, i64>,
}

runtime::object! { Labels {
    kind = "kind",
    ..additional_properties
} }

fn read<T: Decode>(json: &str) -> Result<T, DecodeError> {
    from_slice(json.as_bytes())
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(to_vec(value).expect("a value that can be written")).expect("UTF-8")
}

/// Returns what is wrong with JSON that is read as `T`.
fn fault<T: Decode>(json: &str) -> String {
    match read::<T>(json) {
        Ok(_) => panic!("{json} was read"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn absent_null_and_a_value_stay_apart() {
    let json = r#"{"id":1,"lastLogin":null,"roles":[]}"#;
    let user: User = read(json).expect("it is valid");
    assert_eq!(
        (user.avatar.clone(), user.email.clone()),
        (Maybe::Absent, None)
    );
    assert_eq!(written(&user), json);

    let json = r#"{"id":1,"avatar":null,"lastLogin":"now","roles":["admin","else"]}"#;
    let user: User = read(json).expect("it is valid");
    assert_eq!(
        (user.avatar.is_null(), user.last_login.as_deref()),
        (true, Some("now"))
    );
    assert_eq!(user.roles, [Role::Admin, Role::from("else")]);
    assert_eq!(written(&user), json);

    let user: User = read(r#"{"id":1,"email":null,"avatar":"a","lastLogin":null,"roles":[]}"#)
        .expect("it is valid");
    assert_eq!(
        written(&user),
        r#"{"id":1,"avatar":"a","lastLogin":null,"roles":[]}"#
    );
}

#[test]
fn properties_come_in_any_order_more_than_once_and_with_others() {
    let json = r#"{"roles":[],"x":{"id":[1,{"y":"\u0041"}]},"lastLogin":null,"id":1,"\u0069d":2}"#;
    assert_eq!(read::<User>(json).expect("it is valid").id, 2);
}

#[test]
fn of_a_property_that_comes_twice_nothing_is_left_but_the_last_value() {
    let of =
        |manager: &str| format!(r#"{{"id":1,"manager":{manager},"lastLogin":null,"roles":[]}}"#);
    let full = r#"{"id":2,"email":"a","avatar":"b","lastLogin":"c","roles":["admin"]}"#;
    let bare = r#"{"id":3,"lastLogin":null,"roles":[]}"#;
    let twice: User = read(&of(&format!(r#"{full},"manager":{bare}"#))).expect("it is valid");
    assert_eq!(written(&twice), of(bare));
    let labels = r#"[{"kind":"k","a":1,"kind":"l","a":2}]"#;
    let labels: Vec<Labels> = read(labels).expect("it is valid");
    assert_eq!(written(&labels), r#"[{"kind":"l","a":2}]"#);
    let maps = r#"[{"a":{"b":1},"a":{"c":2}},{"a":{}}]"#;
    let maps: Vec<BTreeMap<String, BTreeMap<String, i64>>> = read(maps).expect("it is valid");
    assert_eq!(written(&maps), r#"[{"a":{"c":2}},{"a":{}}]"#);
}

/// A struct of more properties than a word has bits, of which some have one value.
#[derive(Debug, PartialEq)]
struct Many {
    first: Option<i64>,
    last: Option<i64>,
}

runtime::object! { Many {
    first = "first",
    "kind" = "many",
    "version" = 2,
    "final" = true,
    last = "last",
} }

#[test]
fn properties_of_one_value_are_no_fields() {
    let json = r#"{"kind":"many","version":2,"final":true,"last":1}"#;
    let many: Many = read(json).expect("it is valid");
    assert_eq!((many.first, many.last), (None, Some(1)));
    assert_eq!(written(&many), json);
    assert_eq!(
        fault::<Many>(r#"{"kind":"many","final":true}"#),
        "$: expected the property `version`, found an object without it (line 1, column 1)"
    );
    // Another value is no error, but a misfit: a union by trial takes another type.
    let misfits = |json: &str| {
        let mut reader = Reader::new(json.as_bytes());
        let closest = reader.closest().offer(|it: Many| it.last);
        let closest = closest.offer(|_: BTreeMap<String, Value>| Some(-1));
        closest.or_unknown(|_| None)
    };
    assert_eq!(misfits(json), Ok(Some(1)));
    for json in [
        r#"{"kind":"few","version":2,"final":true,"last":1}"#,
        r#"{"kind":["many"],"version":2,"final":true,"last":1}"#,
        r#"{"kind":"many","version":2.5,"final":true,"last":1}"#,
        r#"{"kind":"many","version":9223372036854775808,"final":true,"last":1}"#,
        r#"{"kind":"many","version":2,"final":null,"last":1}"#,
    ] {
        assert_eq!(read::<Many>(json).map(|it| it.last), Ok(Some(1)), "{json}");
        assert_eq!(misfits(json), Ok(Some(-1)), "{json}");
    }
    assert_eq!(
        misfits(r#"{"kind":"many","version":2.0,"final":true,"last":1}"#),
        Ok(Some(1))
    );
}

#[test]
fn objects_may_have_many_properties() {
    const COUNT: usize = 200;
    let names: Vec<&str> = (0..COUNT).map(|at| &*format!("p{at}").leak()).collect();
    let mut values = vec![Some(-1_i64); COUNT];
    let odd = (0..COUNT).filter(|at| at % 2 == 1);
    let odd: Vec<String> = odd.map(|at| format!("\"p{at}\":{at}")).collect();
    let json = format!("{{{}}}", odd.join(","));
    let mut fields: Vec<&mut dyn runtime::Fill> = Vec::new();
    for value in &mut values {
        fields.push(value);
    }
    let mut reader = Reader::new(json.as_bytes());
    assert_eq!(reader.object(&names, &mut fields, &mut []), Ok(()));
    for (at, value) in (0..).zip(values) {
        assert_eq!(value, (at % 2 == 1).then_some(at));
    }
}

#[test]
fn missing_properties_are_named() {
    let found = "an object without it (line 1, column 1)";
    assert_eq!(
        fault::<User>(r#"{"id":1,"roles":[]}"#),
        format!("$: expected the property `lastLogin`, found {found}")
    );
    assert_eq!(
        fault::<User>("{}"),
        format!("$: expected the property `id`, found {found}")
    );
}

#[test]
fn errors_know_where() {
    let json = "{\n  \"id\": 1, \"manager\": {\"id\": 2,\n \"roles\": [\"admin\", null]}}";
    let error = read::<User>(json).expect_err("a role is null");
    assert_eq!(
        error.to_string(),
        "$.manager.roles[1]: expected a string, found null (line 3, column 21)"
    );
    assert_eq!(
        (error.kind(), error.path().as_str()),
        (DecodeErrorKind::Type, "$.manager.roles[1]")
    );
    assert_eq!(error.offset(), json.find("null"));
    assert_eq!(
        fault::<BTreeMap<String, bool>>(r#"{"a b":1}"#),
        r#"$["a b"]: expected a boolean, found a number (line 1, column 8)"#
    );
}

#[test]
fn integers() {
    for (json, value) in [
        ("0", 0),
        ("-0", 0),
        ("-7", -7),
        ("1.0", 1),
        ("1e2", 100),
        ("1.50e1", 15),
        ("100e-2", 1),
    ] {
        assert_eq!(read::<i32>(json), Ok(value), "{json}");
        assert_eq!(read::<i64>(json), Ok(i64::from(value)), "{json}");
    }
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read::<i64>("0e999999999999"), Ok(0));
    assert_eq!(
        fault::<i64>("9223372036854775808"),
        "$: expected an integer of 64 bits, found a number that does not fit (line 1, column 1)"
    );
    for json in [
        "2147483648",
        "1e10",
        "-2147483649",
        "1e99999999999999999999",
        "1e400",
        "99999999999999999999999999999999999999999",
    ] {
        assert_eq!(
            read::<i32>(json).expect_err(json).kind(),
            DecodeErrorKind::Range,
            "{json}"
        );
    }
    assert_eq!(
        read::<u8>("-1").expect_err("negative").kind(),
        DecodeErrorKind::Range
    );
    assert_eq!(
        fault::<i64>("1.5"),
        "$: expected an integer of 64 bits, found a number with a fraction (line 1, column 1)"
    );
    assert_eq!(
        fault::<i64>("1e-1"),
        "$: expected an integer of 64 bits, found a number with a fraction (line 1, column 1)"
    );
    assert_eq!(
        fault::<u32>("\"1\""),
        "$: expected an integer of 32 bits, not negative, found a string (line 1, column 1)"
    );
    for json in [
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "NaN",
        "Infinity",
        "-Infinity",
    ] {
        assert!(read::<i64>(json).is_err(), "{json}");
        assert!(read::<f64>(json).is_err(), "{json}");
        assert!(read::<f32>(json).is_err(), "{json}");
        assert!(read::<Value>(json).is_err(), "{json}");
    }
}

#[test]
fn floats() {
    assert_eq!(read::<f64>("1"), Ok(1.0));
    assert_eq!(read::<f64>("0.1"), Ok(0.1));
    assert_eq!(read::<f32>("16777217"), Ok(16_777_216.0));
    assert_eq!(
        read::<f64>("1e400").expect_err("too large").kind(),
        DecodeErrorKind::Range
    );
    assert_eq!(
        read::<f32>("1e39").expect_err("too large").kind(),
        DecodeErrorKind::Range
    );
    assert_eq!(written(&vec![0.1_f64, 1.0, 1e300]), "[0.1,1.0,1e+300]");
    assert_eq!(written(&0.1_f32), "0.1");
}

#[test]
fn numbers_that_json_lacks_are_remembered_with_their_path() {
    let prices = BTreeMap::from([
        ("b".to_owned(), vec![1.0, f64::NAN, f64::INFINITY]),
        ("c".to_owned(), vec![f64::NAN]),
    ]);
    let error = to_vec(&vec![prices]).expect_err("it has a NaN");
    assert_eq!(
        error.to_string(),
        "$[0].b[1]: NaN and infinity cannot be written as JSON"
    );
}

#[test]
fn syntax() {
    let early = "$: expected valid JSON, found an early end";
    assert!(fault::<Vec<i64>>("[1,").starts_with(early));
    assert!(fault::<User>("{\"id\":").contains("an early end"));
    assert_eq!(
        read::<i64>(" ").expect_err("nothing").kind(),
        DecodeErrorKind::Empty
    );
    for json in [
        "[1,]",
        "[1 2]",
        "1 1",
        "tru",
        "{\"a\" 1}",
        "{a:1}",
        "\"\n\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "[1]]",
        "\u{b}1",
    ] {
        assert_eq!(
            read::<Value>(json).expect_err(json).kind(),
            DecodeErrorKind::Syntax,
            "{json}"
        );
    }
    assert!(from_slice::<String>(b"\"\xff\"").is_err());
    assert_eq!(from_slice::<i64>(b"\xEF\xBB\xBF 5 "), Ok(5));
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(read::<Value>(&nested(128)).is_ok());
    assert_eq!(
        read::<Value>(&nested(129)).expect_err("too deep").kind(),
        DecodeErrorKind::Depth
    );
    assert_eq!(
        read::<Tree>(&nested(100_000)).expect_err("too deep").kind(),
        DecodeErrorKind::Depth
    );
    assert_eq!(
        read::<()>(&nested(100_000)).expect_err("too deep").kind(),
        DecodeErrorKind::Depth
    );
    let unknown = format!(
        r#"{{"id":1,"lastLogin":null,"roles":[],"x":{}}}"#,
        nested(100_000)
    );
    assert_eq!(
        read::<User>(&unknown).expect_err("too deep").kind(),
        DecodeErrorKind::Depth
    );
}

#[test]
fn errors_never_show_values() {
    let secret = "hunter2";
    for json in [
        format!("{{\"id\":\"{secret}\"}}"),
        format!("[\"{secret}\"]"),
        format!("\"{secret}\" x"),
        secret.to_owned(),
    ] {
        let error = read::<User>(&json).expect_err("it is no user");
        assert!(!format!("{error} {error:?}").contains(secret), "{error}");
    }
}

#[test]
fn secrets() {
    let secret: SecretString = read(r#""a\"b""#).expect("a string");
    assert_eq!(secret.expose_secret(), "a\"b");
    assert_eq!(written(&secret), r#""a\"b""#);
}

#[test]
fn additional_properties() {
    let json = r#"{"kind":"k","a":1,"b":2}"#;
    let labels: Labels = read(json).expect("it is valid");
    assert_eq!(labels.additional_properties.len(), 2);
    assert_eq!(written(&labels), json);
    assert_eq!(
        fault::<Labels>(r#"{"kind":"k","a":"x"}"#),
        "$.a: expected an integer of 64 bits, found a string (line 1, column 17)"
    );
}

#[test]
fn enums() {
    let unknown = "x".parse::<Role>().expect("any text is one");
    assert_eq!((unknown.as_str(), unknown.is_known()), ("x", false));
    assert_eq!(read::<Role>("\"member\""), Ok(Role::Member));
    assert_eq!(
        (Role::from("admin".to_owned()), Role::Admin.as_ref()),
        (Role::Admin, "admin")
    );
    assert_eq!(
        format!("[{:>6}] {} {}", Role::Admin, Level::High, Level::from(3)),
        "[ admin] 2 3"
    );
    assert_eq!(
        (read::<Level>("3"), written(&Level::from(-1))),
        (Ok(Level::from(3)), "-1".to_owned())
    );
    for (json, size) in [
        ("\"s\"", Size::Small),
        ("0.5", Size::Half),
        ("true", Size::Any),
    ] {
        assert_eq!((read(json), written(&size)), (Ok(size), json.to_owned()));
    }
    let unknown = read::<Size>("[null]").expect("it is kept");
    assert_eq!(
        (unknown.to_value(), unknown.is_known()),
        (json!([null]), false)
    );
}

#[test]
fn free_form_values_keep_numbers_and_order() {
    let json = r#"{"b":1.10,"a":[12345678901234567890123,-0,1E5,true,null,"\u00e9\n"]}"#;
    assert_eq!(
        written(&read::<Tree>(json).expect("it is valid")),
        r#"{"b":1.10,"a":[12345678901234567890123,-0,1E5,true,null,"é\n"]}"#
    );
    for json in ["18446744073709551615", "-5", "0.1", "1e300", "-0"] {
        assert_eq!(
            read::<Value>(json).ok(),
            serde_json::from_str::<Value>(json).ok(),
            "{json}"
        );
    }
}

#[test]
fn the_reader_looks_ahead_and_returns() {
    let json = br#" {"a": {"kind": "wrong"}, "kind" : "dog", "bark": true} "#;
    let mut reader = Reader::new(json);
    assert_eq!(reader.kind(), Ok(Kind::Object));
    assert_eq!(reader.tag("kind"), Ok(Tag::Text("dog".into())));
    assert_eq!(reader.tag("bark"), Ok(Tag::Bool(true)));
    assert_eq!(reader.tag("a"), Ok(Tag::Other));
    assert_eq!(reader.tag("b"), Ok(Tag::Absent));
    assert_eq!(reader.first_of(&["meow", "a", "bark"]), Ok(Some(1)));
    assert_eq!(reader.first_of(&["meow"]), Ok(None));
    let mark = reader.mark();
    assert!(reader.bool().is_err());
    assert_eq!(reader.raw().map(<[u8]>::len), Ok(json.len() - 2));
    reader.rewind(&mark);
    assert!(reader.read::<BTreeMap<String, Value>>().is_ok());
    assert!(reader.finish().is_ok());
}

#[test]
fn tags_are_texts_integers_and_booleans() {
    let tag = |value: &str| {
        let json = format!(r#"{{"first":0,"tag":{value},"last":0}}"#);
        let mut reader = Reader::new(json.as_bytes());
        let tag = reader.tag("tag").expect("it is valid");
        assert!(reader.read::<BTreeMap<String, Value>>().is_ok());
        match tag {
            Tag::Text(text) => Tag::Text(text.into_owned()),
            Tag::Integer(value) => Tag::Integer(value),
            Tag::Bool(value) => Tag::Bool(value),
            Tag::Absent => Tag::Absent,
            Tag::Other => Tag::Other,
        }
    };
    assert_eq!(tag(r#""\u0061b""#), Tag::Text("ab".to_owned()));
    for one in ["1", "1.0", "10e-1"] {
        assert_eq!(tag(one), Tag::Integer(1), "{one}");
    }
    assert_eq!(tag("-9223372036854775808"), Tag::Integer(i64::MIN));
    for other in ["9223372036854775808", "1.5", "[1]", r#"{"tag":1}"#] {
        assert_eq!(tag(other), Tag::Other, "{other}");
    }
    assert_eq!(tag("false"), Tag::Bool(false));
    assert_eq!(tag("null"), Tag::Absent);
    // The last one counts, as it does where the value is read.
    assert_eq!(tag(r#"1,"tag":2"#), Tag::Integer(2));
    assert_eq!(Reader::new(b"[]").tag("tag"), Ok(Tag::Absent));
    assert!(Reader::new(br#"{"a":"#).tag("tag").is_err());
}

#[test]
fn the_reader_counts_values_of_no_type() {
    let mut reader = Reader::new(br#"["owner",{"more":1}]"#);
    let mark = reader.mark();
    let mut read = |reader: &mut Reader<'_>| reader.unknown::<Value>().map(drop);
    assert!(reader.array(&mut read).is_ok());
    assert_eq!(reader.unknown_values(), 2);
    reader.rewind(&mark);
    assert_eq!(reader.unknown_values(), 0);
    // Enums are open, and what has no place is skipped.
    assert!(Reader::new(br#"["owner"]"#).read::<Vec<Role>>().is_ok());
    let mut reader = Reader::new(br#"{"more":"x"}"#);
    assert!(reader.object(&[], &mut [], &mut []).is_ok());
    assert_eq!(reader.unknown_values(), 0);
}

#[test]
fn a_trial_takes_what_leaves_least_unread() {
    /// A value with two properties, which have other names for each number.
    #[derive(Debug, PartialEq)]
    struct Named<const N: usize>([Option<i64>; 2]);

    impl<const N: usize> Blank for Named<N> {
        fn blank() -> Self {
            Self([None, None])
        }
    }

    impl<const N: usize> Decode for Named<N> {
        fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
            create(reader)
        }

        fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
            let [first, second] = &mut self.0;
            let names = [["a", "b"], ["b", "c"], ["d", "e"]][N];
            reader.object(&names, &mut [first, second], &mut [])
        }
    }

    #[derive(Debug, PartialEq)]
    enum Choice {
        Ab(Named<0>),
        Bc(Named<1>),
        De(Named<2>),
        Flag(bool),
        Unknown(Value),
    }

    let choose = |json: &str| {
        let mut reader = Reader::new(json.as_bytes());
        let closest = reader.closest().offer(Choice::Ab).offer(Choice::Bc);
        let closest = closest.offer(Choice::De).offer(Choice::Flag);
        let chosen = closest.or_unknown(Choice::Unknown);
        assert!(chosen.is_err() || reader.finish().is_ok(), "{json}");
        let is_unknown = !matches!(
            chosen,
            Ok(Choice::Ab(_) | Choice::Bc(_) | Choice::De(_) | Choice::Flag(_))
        );
        assert_eq!(reader.unknown_values(), usize::from(is_unknown), "{json}");
        chosen.ok()
    };
    assert_eq!(choose("{}"), Some(Choice::Ab(Named([None, None]))));
    assert_eq!(
        choose(r#"{"c":1,"b":2}"#),
        Some(Choice::Bc(Named([Some(2), Some(1)])))
    );
    assert_eq!(
        choose(r#"{"x":0,"b":2}"#),
        Some(Choice::Ab(Named([None, Some(2)])))
    );
    assert_eq!(
        choose(r#"{"x":{},"e":2}"#),
        Some(Choice::De(Named([None, Some(2)])))
    );
    // One that cannot be read does not count, whatever it has.
    assert_eq!(
        choose(r#"{"a":"1","b":"2","e":3}"#),
        Some(Choice::De(Named([None, Some(3)])))
    );
    assert_eq!(choose("true"), Some(Choice::Flag(true)));
    assert_eq!(choose("5"), Some(Choice::Unknown(json!(5))));
    assert_eq!(choose("{"), None);

    // Once it is settled, only what cannot be read goes on.
    let settled = |json: &str| {
        let mut reader = Reader::new(json.as_bytes());
        let closest = reader.closest().offer(Choice::Ab).settle();
        closest.offer(Choice::Bc).or_any(Choice::Unknown).ok()
    };
    assert_eq!(
        settled(r#"{"c":1,"b":2}"#),
        Some(Choice::Ab(Named([None, Some(2)])))
    );
    assert_eq!(
        settled(r#"{"a":"1","b":2}"#),
        Some(Choice::Bc(Named([Some(2), None])))
    );
}

#[derive(Debug, PartialEq)]
enum Animal {
    Cat(Box<Labels>),
    Dog(BTreeMap<String, i64>),
    Text(String),
    Unknown(Value),
}

runtime::union! { Animal, holds_null: true {
    Cat,
    Dog where "tail" = 1,
    Text,
} reader => match reader.kind()? {
    Kind::Object => match reader.tag("tail")?.as_deref() {
        Tag::Integer(1) => reader.read().map(Self::Dog),
        _ => reader.closest().offer(Self::Cat).or_unknown(Self::Unknown),
    },
    Kind::String => reader.read().map(Self::Text),
    _ => reader.unknown().map(Self::Unknown),
} }

runtime::union_from! { Animal {
    Cat(Labels),
    Dog(BTreeMap<String, i64>),
} }

#[test]
fn unions_are_read_by_decision_and_written_with_their_tags() {
    let labels = Labels {
        kind: "k".to_owned(),
        additional_properties: BTreeMap::from([("a".to_owned(), 1)]),
    };
    let json = r#"{"kind":"k","a":1}"#;
    assert_eq!(
        (read(json), written(&Animal::from(labels))),
        (
            Ok(Animal::Cat(read(json).expect("it is one"))),
            json.to_owned()
        )
    );
    let dog = Animal::from(BTreeMap::from([("age".to_owned(), 2)]));
    assert_eq!(written(&dog), r#"{"tail":1,"age":2}"#);
    assert!(matches!(read(r#"{"tail":1,"age":2}"#), Ok(Animal::Dog(dog)) if dog.len() == 2));
    assert_eq!(read(r#""a""#), Ok(Animal::Text("a".to_owned())));
    for json in ["null", "5", r#"{"kind":5}"#] {
        let unknown = read::<Animal>(json).expect("it is kept");
        assert_eq!(
            (unknown.is_known(), written(&unknown).as_str()),
            (false, json)
        );
    }
    assert_eq!(read("null"), Ok(Some(Animal::Unknown(Value::Null))));
}

#[test]
fn numbers_of_128_bits() {
    for json in [
        "170141183460469231731687303715884105727",
        "-99999999999999999999",
        "0",
    ] {
        assert_eq!(written(&read::<i128>(json).expect(json)), json);
    }
    assert_eq!(read::<i128>("1e20").ok(), Some(100_000_000_000_000_000_000));
    assert!(read::<i128>("1.5").is_err());
    let least = "-170141183460469231731687303715884105728";
    assert_eq!(read::<i128>(least).ok(), Some(i128::MIN));
    assert!(read::<i128>(&least[1..]).is_err());
    let most = u128::MAX.to_string();
    assert_eq!(written(&read::<u128>(&most).expect("it fits")), most);
    assert_eq!(read::<u128>("1.5e1").ok(), Some(15));
    for json in [
        "-1",
        "340282366920938463463374607431768211456",
        "1e39",
        "0.5",
    ] {
        assert!(read::<u128>(json).is_err(), "{json}");
    }
}

#[test]
fn tuples_have_exactly_their_items() {
    type Point = (f64, Option<i64>, String);
    let point: Point = read(r#"[0.5, null, "a"]"#).expect("it is one");
    assert_eq!(written(&point), r#"[0.5,null,"a"]"#);
    assert_eq!(read::<(bool,)>("[true]").ok(), Some((true,)));
    for json in ["[0.5,1]", r#"[0.5,1,"a",2]"#, "[]", "{}"] {
        assert!(read::<Point>(json).is_err(), "{json}");
    }
    assert!(fault::<Point>("[1, 2, 3]").contains("[2]"));
}

#[test]
fn null_is_null_alone() {
    assert_eq!(written(&read::<Null>("null").expect("it is null")), "null");
    assert!(read::<Null>("0").is_err());
}

#[test]
fn a_value_stands_for_nothing_only_where_it_may() {
    let (mut number, mut option, mut maybe) = (1_i64, Some(1_i64), Maybe::Value(1_i64));
    assert!(!number.absent() && !().absent());
    assert!(option.absent() && maybe.absent());
    assert_eq!((option, maybe), (None, Maybe::Absent));
    assert_eq!((i64::empty(), Option::<i64>::empty()), (None, None));
    assert_eq!(<()>::empty(), Some(()));
}

#[test]
fn formats() {
    use chrono::{DateTime, NaiveDate, Utc};
    use jiff::{Timestamp, civil};

    fn round_trip<T: Encode + Decode>(json: &str) {
        assert_eq!(written(&read::<T>(json).expect(json)), json);
        assert!(fault::<T>("\"x?\"").ends_with("found another string (line 1, column 1)"));
        assert!(fault::<T>("5").ends_with("expected a string, found a number (line 1, column 1)"));
    }

    round_trip::<runtime::Base64>(r#""aGk/""#);
    round_trip::<runtime::Base64>(r#""""#);
    assert_eq!(read(r#""aA""#), Ok(runtime::Base64(b"h".to_vec())));
    round_trip::<uuid::Uuid>(r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#);
    round_trip::<Timestamp>(r#""2024-02-29T12:00:00.5Z""#);
    round_trip::<civil::Date>(r#""2024-02-29""#);
    round_trip::<civil::Time>(r#""12:30:01""#);
    round_trip::<DateTime<Utc>>(r#""2024-02-29T12:00:00.500Z""#);
    round_trip::<NaiveDate>(r#""2024-02-29""#);
    assert!(read::<DateTime<Utc>>(r#""2024-02-30T12:00:00Z""#).is_err());
}

#[test]
fn strings_of_every_length_and_with_anything_anywhere() {
    for length in 0..150 {
        let plain = "a".repeat(length);
        assert_eq!(read(&format!("\"{plain}\"")), Ok(plain.clone()));
        assert_eq!(written(&plain), format!("\"{plain}\""));
        for at in 0..length {
            for special in ["\"", "\\", "\u{1}", "\u{7f}", "é", "\u{1f600}", "\n\r"] {
                let mut text = plain.clone();
                text.insert_str(at, special);
                let json = serde_json::to_string(&text).expect("it is text");
                assert_eq!((written(&text), read(&json)), (json.clone(), Ok(text)));
            }
            let mut raw = format!("\"{plain}\"").into_bytes();
            raw[at + 1] = 0x1F;
            assert!(from_slice::<String>(&raw).is_err(), "{length} {at}");
            raw[at + 1] = 0xFF;
            assert!(from_slice::<String>(&raw).is_err(), "{length} {at}");
            // What is skipped need not be text.
            let list = [b"[".as_slice(), &raw, b"]"].concat();
            assert!(from_slice::<()>(&list).is_ok(), "{length} {at}");
        }
    }
}

#[test]
fn strings_are_checked_wherever_they_stand() {
    // Text is looked through in blocks; a character may begin in one and end in the next.
    for length in 8100..8300 {
        let text = format!("{}é\u{1f600}", "a".repeat(length));
        let json = format!("[\"a\",{{\"{text}\":\"{text}\"}},\"é\"]");
        assert_eq!(read::<Value>(&json).ok(), serde_json::from_str(&json).ok());
        let mut raw = json.into_bytes();
        let last = raw.len() - 4;
        raw[last] = 0xC3;
        raw[last + 1] = 0x28;
        assert!(from_slice::<Value>(&raw).is_err());
    }
}

/// Any JSON value.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // `serde_json` does not always read the nearest number; of these it does.
        any::<i32>().prop_map(|value| Value::from(f64::from(value) / 64.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #[test]
    fn writes_what_serde_json_reads(value in values()) {
        let json = to_vec(&value).expect("every number is finite");
        prop_assert_eq!(&serde_json::from_slice::<Value>(&json).expect("valid JSON"), &value);
        prop_assert_eq!(serde_json::to_vec(&value).expect("JSON"), json);
    }

    #[test]
    fn takes_for_json_what_serde_json_does(
        value in values(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8, any::<prop::sample::Index>()), 0..4),
    ) {
        const BYTES: &[u8] = b"{}[]:,\"\\/u0123456789abcdefDC+-.eE tfn\n\r\t\x00\x1f\x7f\x80\xbf\xc0\xc3\xe2\xed\xf0\xf4\xff";
        let mut json = serde_json::to_vec(&value).expect("JSON");
        for (at, kind, which) in edits {
            let byte = BYTES[which.index(BYTES.len())];
            match (kind, json.len()) {
                (_, 0) => json.push(byte),
                (0 | 1, length) => json.insert(at.index(length + 1), byte),
                (2 | 3, length) => json[at.index(length)] = byte,
                (4, length) => drop(json.remove(at.index(length))),
                (_, length) => json.truncate(at.index(length)),
            }
        }
        let theirs = serde_json::from_slice::<Value>(&json);
        let ours = from_slice::<Value>(&json);
        prop_assert_eq!(
            ours.as_ref().ok(),
            theirs.as_ref().ok(),
            "{}: {:?}, {:?}", String::from_utf8_lossy(&json), ours, theirs
        );
    }

    #[test]
    fn reads_what_serde_json_writes(value in values()) {
        let json = serde_json::to_vec_pretty(&value).expect("JSON");
        prop_assert_eq!(&from_slice::<Value>(&json).expect("valid JSON"), &value);
        let tree = from_slice::<Tree>(&json).expect("valid JSON");
        prop_assert_eq!(serde_json::from_slice::<Value>(&to_vec(&tree).expect("JSON")).expect("JSON"), value);
    }

    #[test]
    fn integers_are_written_as_serde_json_does(signed: i64, unsigned: u64, small: i8) {
        prop_assert_eq!(written(&signed), signed.to_string());
        prop_assert_eq!(written(&unsigned), unsigned.to_string());
        prop_assert_eq!(written(&small), small.to_string());
        prop_assert_eq!(read::<i64>(&signed.to_string()), Ok(signed));
        prop_assert_eq!(read::<u64>(&unsigned.to_string()), Ok(unsigned));
    }

    #[test]
    fn decimals_are_read_as_the_nearest_number(
        json in r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
    ) {
        let nearest: f64 = json.parse().expect("it is a number");
        let value = read::<f64>(&json).map(f64::to_bits).ok();
        prop_assert_eq!(value, nearest.is_finite().then_some(nearest.to_bits()));
        let exact = json.parse::<i64>().ok();
        if exact.is_some() {
            prop_assert_eq!(read::<i64>(&json).ok(), exact);
        }
    }

    #[test]
    fn floats_survive(double: f64, single: f32) {
        prop_assume!(double.is_finite() && single.is_finite());
        prop_assert_eq!(read::<f64>(&written(&double)).map(f64::to_bits), Ok(double.to_bits()));
        prop_assert_eq!(read::<Value>(&written(&double)).ok(), Some(json!(double)));
        prop_assert_eq!(read::<f32>(&written(&single)).map(f32::to_bits), Ok(single.to_bits()));
    }

    #[test]
    fn accepts_and_refuses_what_serde_json_does(json in r#"[\[\]{}:,"\\0-9.eE+\-tfn a-z\n]{0,24}"#) {
        let ours = from_slice::<Value>(json.as_bytes());
        let theirs = serde_json::from_str::<Value>(&json);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
    }

    #[test]
    fn no_bytes_are_a_panic(json in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = from_slice::<User>(&json);
        let _ = from_slice::<Tree>(&json);
        let _ = from_slice::<i64>(&json);
        let mut reader = Reader::new(&json);
        let _ = (reader.tag("a"), reader.first_of(&["a"]), reader.raw().map(<[u8]>::len));
    }
}
