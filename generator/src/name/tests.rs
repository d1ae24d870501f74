//! Names in, identifiers out.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use proptest::prelude::*;

use super::conflict::{self, Case, Scope, Wish};
use super::{reserved, words};
use crate::ir::Ident;

/// A table of wire names and what they become as a field and as a type.
fn table(wire_names: &[&str]) -> String {
    let rows = wire_names.iter().map(|wire| {
        let field = reserved::escape(words::snake(wire));
        let ty = reserved::escape(words::camel(wire));
        format!("{wire:?} -> {field}, {ty}")
    });
    rows.collect::<Vec<_>>().join("\n")
}

const ARGUMENTS: Scope<'_> = Scope {
    case: Case::Snake,
    taken: &["send"],
    suffix: "argument",
};
const TYPES: Scope<'_> = Scope {
    case: Case::Camel,
    taken: &["Vec"],
    suffix: "model",
};

fn settled(wire_names: &[&str], scope: Scope<'_>) -> Vec<String> {
    let wishes: Vec<_> = wire_names.iter().map(|wire| Wish::of(wire, None)).collect();
    let names = conflict::settle(&wishes, scope);
    names.into_iter().map(|ident| ident.0).collect()
}

/// Every wire name and its Rust name.
fn by_wire_name(wire_names: &[&str], scope: Scope<'_>) -> BTreeMap<String, String> {
    let names = settled(wire_names, scope);
    wire_names
        .iter()
        .map(|it| (*it).to_owned())
        .zip(names)
        .collect()
}

#[test]
fn spelling() {
    let wire_names = [
        "petId",
        "pet-id",
        "Pet ID",
        "HTTPServer",
        "type",
        "self",
        "Self",
        "crate",
        "gen",
        "2fa",
        "+1",
        "-1",
        "",
        "_",
        "$ref",
        "@type",
        "<=",
        "größe",
        "名前",
        "e-mail",
        "a.b.c",
        "1.0",
        "2024-01-01",
        "-name",
        ">=5",
        "👍",
        "X-Rate-Limit",
        "été",
        "r#fn",
        "a\u{202e}b",
        "AuthPollPost200Response",
        "𝒳",
        "1ª",
        "①",
        "ĸ",
        "cafe\u{301}",
        "क़ीमत",
    ];
    assert_snapshot!(table(&wire_names), @r#"
    "petId" -> pet_id, PetId
    "pet-id" -> pet_id, PetId
    "Pet ID" -> pet_id, PetId
    "HTTPServer" -> http_server, HttpServer
    "type" -> type_, Type
    "self" -> self_, Self_
    "Self" -> self_, Self_
    "crate" -> crate_, Crate
    "gen" -> gen_, Gen
    "2fa" -> n2fa, N2fa
    "+1" -> plus_1, Plus1
    "-1" -> minus_1, Minus1
    "" -> empty, Empty
    "_" -> underscore, Underscore
    "$ref" -> ref_, Ref
    "@type" -> type_, Type
    "<=" -> less_equal, LessEqual
    "größe" -> größe, Größe
    "名前" -> 名前, 名前
    "e-mail" -> e_mail, EMail
    "a.b.c" -> a_b_c, ABC
    "1.0" -> n1_0, N1_0
    "2024-01-01" -> n2024_01_01, N2024_01_01
    "-name" -> minus_name, MinusName
    ">=5" -> greater_equal_5, GreaterEqual5
    "👍" -> u1f44d, U1f44d
    "X-Rate-Limit" -> x_rate_limit, XRateLimit
    "été" -> été, Été
    "r#fn" -> r_fn, RFn
    "a\u{202e}b" -> a_b, AB
    "AuthPollPost200Response" -> auth_poll_post200_response, AuthPollPost200Response
    "𝒳" -> x, X
    "1ª" -> n1a, N1a
    "①" -> n1, N1
    "ĸ" -> u138, U138
    "cafe\u{301}" -> café, Café
    "क\u{93c}ीमत" -> क_ीमत, कीमत
    "#);
}

#[test]
fn long_names_are_cut_off_where_they_differ() {
    let long = |last: &str| format!("{}{last}", "long name ".repeat(30));
    let name = words::snake(&long("a"));
    assert!(name.len() <= 200, "{name}");
    assert_snapshot!(&name[170..], @"long_name_long_name_xd1fee96c");
    assert_snapshot!(&words::camel(&long("a"))[130..], @"ngNameLongNameLongNameXd1fee96c");
    assert_ne!(name, words::snake(&long("b")));
    assert!(words::snake(&"名".repeat(300)).len() <= 200);
}

#[test]
fn collisions() {
    let fields = |wire_names: &[&str]| settled(wire_names, ARGUMENTS).join(" ");
    let types = |wire_names: &[&str]| settled(wire_names, TYPES).join(" ");
    // Who has the name already keeps it, then the plainer; the others are told apart by what they are.
    assert_snapshot!(fields(&["a-b", "a_b", "aB"]), @"a_dash_b a_b a_b_camel");
    assert_snapshot!(fields(&["self", "Self", "SELF"]), @"self_ self_capital self_upper");
    assert_snapshot!(fields(&["id", "_id", "@id", "$id", "ID", "Id"]), @"id underscore_id at_id dollar_id id_upper id_capital");
    assert_snapshot!(fields(&["send", "send_argument"]), @"send_lower send_argument");
    assert_snapshot!(types(&["foo", "Foo", "FOO", "foo_bar", "FooBar", "foo-bar"]), @"FooLower Foo FooUpper FooUnderscoreBar FooBar FooDashBar");
    assert_snapshot!(types(&["Vec", "vec", "VecModel"]), @"VecCapital VecLower VecModel");
    assert_snapshot!(types(&["asc", "ASC", "-asc", "+asc"]), @"Asc AscUpper MinusAsc PlusAsc");
    assert_snapshot!(types(&["1.0", "10", "1", "1.", "v1.10", "v11.0"]), @"N1_0 N10 N1 N1Dot V1_10 V11_0");
    // Numbers are the last resort.
    assert_snapshot!(types(&["aBc", "abC", "ab-c", "ab dash c"]), @"ABc AbCCamel AbC AbDashC");
}

#[test]
fn rust_names_given_go_first() {
    let given = "Bar".to_owned();
    let wishes = [
        Wish::of("Bar", None),
        Wish::of("foo", Some(&given)),
        Wish::of("baz", Some(&given)),
    ];
    let names = conflict::settle(&wishes, TYPES);
    let names: Vec<&str> = names.iter().map(Ident::as_str).collect();
    assert_snapshot!(names.join(" "), @"BarCapital Foo Bar");
}

#[test]
fn families_keep_their_members_free() {
    let wishes = ["getPet", "getPetError", "getPetErrorModel"].map(|it| Wish::of(it, None));
    let names =
        conflict::settle_families(wishes.into(), TYPES, |_, name| vec![format!("{name}Error")]);
    let names: Vec<&str> = names.iter().map(Ident::as_str).collect();
    assert_snapshot!(names.join(" "), @"GetPet GetPetErrorModel GetPetErrorModelCamel");
}

/// Whether Rust takes a text for an identifier.
fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

/// Texts of every kind: any characters, and such as collide often.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        any::<String>(),
        "[aAbB_. -]{0,4}",
        "[-+ _$@.#<>=!a1A]{0,4}",
        "([oO][aA]uth|E[Tt]ag|I[Dd]s|IPv|URLs|[a-z]{1,3}|[A-Z]|[0-9_-]){1,5}",
        "[a-zé𝒳日\u{301}]{60,140}",
    ];
    prop::collection::btree_set(text, 1..12).prop_map(|texts| texts.into_iter().collect())
}

proptest! {
    #[test]
    fn names_are_identifiers_and_distinct(texts in texts()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for scope in [ARGUMENTS, TYPES] {
            let names = settled(&texts, scope);
            for (text, name) in texts.iter().zip(&names) {
                prop_assert!(is_identifier(name), "{text:?} became {name:?}");
                // What rustc's lints ask for.
                let is_of_case = match scope.case {
                    Case::Snake => !name.contains(char::is_uppercase) && name.len() < 220,
                    Case::Camel => !name.starts_with(char::is_lowercase),
                };
                prop_assert!(is_of_case, "{text:?} became {name:?}");
            }
            let distinct: BTreeSet<_> = names.iter().collect();
            prop_assert_eq!(distinct.len(), names.len());
        }
    }

    #[test]
    fn names_do_not_depend_on_order((texts, shuffled) in texts().prop_flat_map(|texts| {
        (Just(texts.clone()), Just(texts).prop_shuffle())
    })) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let shuffled: Vec<&str> = shuffled.iter().map(String::as_str).collect();
        for scope in [ARGUMENTS, TYPES] {
            prop_assert_eq!(by_wire_name(&texts, scope), by_wire_name(&shuffled, scope));
        }
    }

    /// What is added renames only what has a name that it could have itself.
    #[test]
    fn what_is_unrelated_renames_nothing(texts in texts(), added in any::<String>()) {
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.retain(|text| *text != added);
        for scope in [ARGUMENTS, TYPES] {
            let before = by_wire_name(&texts, scope);
            let wanted = words::spellings(&added).map(|text| scope.case.spell(&text));
            prop_assume!(!before.values().any(|name| {
                wanted.iter().any(|wanted| name.starts_with(wanted.as_str()))
            }));
            let with: Vec<&str> = texts.iter().copied().chain([added.as_str()]).collect();
            let mut after = by_wire_name(&with, scope);
            after.remove(&added);
            prop_assert_eq!(before, after);
        }
    }

    /// What is one name in snake case is one in camel case, since the latter can be made of the former.
    #[test]
    fn camel_case_follows_from_snake_case(text in "[aA1_.-]{0,6}") {
        prop_assert_eq!(words::camel(&words::snake(&text)), words::camel(&text));
    }
}
