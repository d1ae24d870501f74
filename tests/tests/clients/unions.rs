//! Unions: which branch a value is read as, and what is written.

use keywright_tests::clients::one_of_tags::models::{
    Delivery, Door, Figure, Flag, Note, Payment, Rule, SendSignal200Response,
    SendSignal200ResponseProblemJson, Setting, Signal, Verdict,
};
use keywright_tests::clients::runtime::{Decode, Encode, from_slice, to_vec};

/// Reads a value, which is written again as it was.
fn read<T: Decode + Encode>(json: &str) -> T {
    let value = from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(written(&value), json);
    value
}

fn written(value: &dyn Encode) -> String {
    let json = to_vec(value).expect("it can be written");
    String::from_utf8(json).expect("it is text")
}

/// Asserts that JSON is read as something.
macro_rules! assert_reads {
    ($($json:literal => $pattern:pat),+ $(,)?) => { $(
        let value = read($json);
        assert!(matches!(value, $pattern), "{} is {value:?}", $json);
    )+ };
}

#[test]
fn what_branches_list_tells_them_apart_and_a_mapping_adds_to_it() {
    assert_reads! {
        r#"{"method":"card","digits":"1"}"# => Payment::CardPayment(_),
        r#"{"method":"contactless","digits":"1"}"# => Payment::CardPayment(_),
        r#"{"method":"plastic","digits":"1"}"# => Payment::CardPayment(_),
        r#"{"change":5,"method":"cash"}"# => Payment::CashPayment(_),
        r#"{"method":"voucher","code":"x"}"# => Payment::VoucherPayment(_),
        r#"{"code":"x"}"# => Payment::VoucherPayment(_),
        r#"{"method":"Barter","goods":"x"}"# => Payment::Barter(_),
        r#"{"method":"CardPayment"}"# => Payment::Unknown(_),
        r#"{"method":"seashells"}"# => Payment::Unknown(_),
        r#"{"method":1}"# => Payment::Unknown(_),
    }
    let error = from_slice::<Payment>(br#"{"method":"card"}"#).expect_err("it has no digits");
    insta::assert_snapshot!(error, @"$: expected the property `digits`, found an object without it (line 1, column 1)");
}

#[test]
fn tags_may_be_whole_numbers_and_booleans() {
    assert_reads! {
        r#"{"code":1,"color":"red"}"# => Signal::Lamp(_),
        r#"{"code":3,"volume":0.5}"# => Signal::Horn(_),
        r#"{"code":-4,"cloth":"linen"}"# => Signal::Flag(_),
        r#"{"code":9}"# => Signal::Unknown(_),
        r#"{"code":"1"}"# => Signal::Unknown(_),
        r#"{"open":true,"since":"noon"}"# => Door::OpenTrue(_),
        r#"{"open":false,"locked":true}"# => Door::OpenFalse(_),
        r#"{"open":"true"}"# => Door::Unknown(_),
        r#"{"locked":true}"# => Door::Unknown(_),
    }
    // The branch has no place for its tag.
    let flag = Signal::from(Flag::new("silk"));
    assert_eq!(written(&flag), r#"{"code":-4,"cloth":"silk"}"#);
}

#[test]
fn a_tag_need_not_be_there() {
    assert_reads! {
        r#"{"verdict":"passed","score":5}"# => Verdict::Passed(_),
        r#"{"verdict":"expelled","reason":"x"}"# => Verdict::Failed(_),
        r#"{"verdict":"absent"}"# => Verdict::Absent(_),
        r#"{"verdict":null}"# => Verdict::Absent(_),
        // None of these is a success.
        r#"{"verdict":"postponed"}"# => Verdict::Unknown(_),
        r#"{"verdict":true,"score":5}"# => Verdict::Unknown(_),
        r#"{"score":5}"# => Verdict::Passed(_),
        r#"{"reason":"x"}"# => Verdict::Failed(_),
    }
}

#[test]
fn some_branches_may_take_what_others_do_not_list() {
    assert_reads! {
        r#"{"state":"lost","search":"x"}"# => Delivery::Lost(_),
        r#"{"state":"returned"}"# => Delivery::Sent(_),
        r#"{"state":"burnt","text":"x"}"# => Delivery::Other(_),
        r#"{"state":3}"# => Delivery::Unknown(_),
        r#"{"shape":"polygon","sides":4}"# => Figure::Sides4(_),
        r#"{"shape":"polygon","sides":3}"# => Figure::Sides3(_),
        r#"{"shape":"polygon","sides":5}"# => Figure::Unknown(_),
        r#"{"shape":"circle","radius":1.5}"# => Figure::Circle(_),
        r#"{"effect":2,"who":"x"}"# => Rule::Allow(_),
        r#"{"effect":3}"# => Rule::Effect3(_),
        r#"{"effect":4}"# => Rule::Unknown(_),
    }
    // A branch that lists a value goes before one that takes any, unless it cannot be read.
    let lost = from_slice::<Delivery>(br#"{"state":"lost","text":"x"}"#);
    assert!(matches!(lost, Ok(Delivery::Lost(_))), "{lost:?}");
    assert_reads! {
        r#"{"state":"sent","carrier":"x"}"# => Delivery::Sent(_),
        r#"{"open":true}"# => Note::Door(_),
        r#"{"shape":"circle"}"# => Note::Figure(_),
        r#"{"memo":"x"}"# => Note::Memo(_),
    }
}

#[test]
fn where_anything_goes_nothing_is_an_error() {
    assert_reads! {
        r#"{"key":"volume","level":5}"# => Setting::Volume(_),
        r#"{"key":"volume","level":"loud"}"# => Setting::Unknown(_),
        r#"{"key":"font"}"# => Setting::Unknown(_),
        "5" => Setting::Unknown(_),
    }
}

#[test]
fn twins_keep_their_own_mappings() {
    assert_reads! {
        r#"{"code":1,"device":"light"}"# => SendSignal200Response::Lamp(_),
        r#"{"code":1,"device":"Horn"}"# => SendSignal200Response::Horn(_),
        r#"{"code":1,"device":"Lamp"}"# => SendSignal200ResponseProblemJson::Lamp(_),
        r#"{"code":1,"device":"light"}"# => SendSignal200ResponseProblemJson::Unknown(_),
    }
}
