//! Names in, identifiers out.

use std::collections::HashMap;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::{conflict, reserved, words};

/// A table of wire names and what they become as a field and as a type.
fn table(wire_names: &[&str]) -> String {
    let rows = wire_names.iter().map(|wire| {
        let field = reserved::escape(words::snake(wire));
        let ty = reserved::escape(words::camel(wire));
        format!("{wire:?} -> {field}, {ty}")
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn settled(wire_names: &[&str]) -> Vec<String> {
    let wanted = wire_names.iter().map(|wire| (*wire, words::snake(wire)));
    let names = conflict::settle(wanted, &["send"], "argument");
    names.into_iter().map(|ident| ident.0).collect()
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
        "X-Rate-Limit",
        "été",
        "r#fn",
        "a\u{202e}b",
        "AuthPollPost200Response",
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
    "X-Rate-Limit" -> x_rate_limit, XRateLimit
    "été" -> été, Été
    "r#fn" -> r_fn, RFn
    "a\u{202e}b" -> a_b, AB
    "AuthPollPost200Response" -> auth_poll_post200_response, AuthPollPost200Response
    "#);
}

#[test]
fn collisions() {
    // Who has the name already keeps it; the others are numbered in the alphabet of their wire names.
    assert_snapshot!(settled(&["a-b", "a_b", "aB"]).join(" "), @"a_b_2 a_b a_b_3");
    assert_snapshot!(settled(&["self", "Self"]).join(" "), @"self_ self_2");
    assert_snapshot!(settled(&["send", "a", "a_2", "A"]).join(" "), @"send_argument a a_2 a_3");
}

/// Whether Rust takes a text for an identifier.
fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

proptest! {
    #[test]
    fn every_text_becomes_an_identifier(text in any::<String>()) {
        let field = reserved::escape(words::snake(&text));
        let ty = reserved::escape(words::camel(&text));
        prop_assert!(is_identifier(&field), "{text:?} became {field:?}");
        prop_assert!(is_identifier(&ty), "{text:?} became {ty:?}");
    }

    #[test]
    fn every_short_text_of_signs_becomes_an_identifier(text in "[-+ _$@.#<>=!a1A]{0,4}") {
        prop_assert!(is_identifier(&reserved::escape(words::snake(&text))));
        prop_assert!(is_identifier(&reserved::escape(words::camel(&text))));
    }

    #[test]
    fn names_are_unique_and_do_not_depend_on_order(
        texts in prop::collection::hash_set("[aAbB_-]{1,3}", 1..12),
    ) {
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.sort_unstable();
        let forward: HashMap<_, _> = texts.iter().copied().zip(settled(&texts)).collect();
        texts.reverse();
        let backward: HashMap<_, _> = texts.iter().copied().zip(settled(&texts)).collect();
        prop_assert_eq!(&forward, &backward);
        let distinct: std::collections::HashSet<_> = forward.values().collect();
        prop_assert_eq!(distinct.len(), forward.len());
    }
}
