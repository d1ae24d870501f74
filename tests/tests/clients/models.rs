//! Values of models: what conforms to a schema is read as what it is, and written as it was.

use std::fmt::Debug;

use keywright_tests::clients::branch_names::models::{SignIn200Response, SignInRequest};
use keywright_tests::clients::dynamic_references::models::{
    ListTeams200Response, MemberPage, Page, SharedFolder,
};
use keywright_tests::clients::inheritance_levels::models::{
    Document, Event, Factor, GetLatest200Response, Inbox, Notice, Session, Step,
};
use keywright_tests::clients::integers::models::{Numbers, NumbersEither};
use keywright_tests::clients::patterns::models::{Claims, Closed, ClosedValue, Every};
use keywright_tests::clients::recursive::models::Endless;
use keywright_tests::clients::references_components::models::{Attachment, Ticket};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value read from JSON, from which the same JSON is written, by way of `serde`.
#[track_caller]
fn read<T: DeserializeOwned + Serialize + Debug>(json: &str) -> T {
    let value: T = serde_json::from_str(json).expect("it conforms");
    assert_eq!(
        serde_json::to_string(&value).ok().as_deref(),
        Some(json),
        "{value:?}"
    );
    value
}

#[test]
fn subtypes_are_found_beside_an_all_of() {
    let invoice = read(r#"{"id":"1","format":"invoice","total":9.5}"#);
    assert!(
        matches!(&invoice, Document::Invoice(it) if it.total.to_string() == "9.5"),
        "{invoice:?}"
    );
    let receipt = read(r#"{"id":"1","format":"receipt","paidAt":"2024-01-02"}"#);
    assert!(
        matches!(&receipt, Document::Receipt(it) if it.paid_at.is_some()),
        "{receipt:?}"
    );
    let unknown = read(r#"{"id":"1","format":"quote","until":"2024"}"#);
    assert!(
        matches!(&unknown, Document::Base(it) if it.additional_properties["until"] == "2024"),
        "{unknown:?}"
    );
}

#[test]
fn subtypes_are_found_over_levels() {
    let login = read(r#"{"id":"1","event":"login","device":"phone"}"#);
    assert!(
        matches!(&login, Event::Login(it) if it.device == "phone"),
        "{login:?}"
    );
    let json = r#"{"id":"1","event":"revoked","minutes":3,"by":"admin"}"#;
    let revoked = read(json);
    assert!(
        matches!(&revoked, Event::Revocation(it) if it.by == "admin"),
        "{revoked:?}"
    );
    // The level between is one of several itself.
    let revoked = read(json);
    assert!(
        matches!(&revoked, Session::Revocation(it) if it.minutes == Some(3)),
        "{revoked:?}"
    );
    let session = read(r#"{"id":"1","event":"session","minutes":3}"#);
    assert!(
        matches!(&session, Event::Session(it) if matches!(&**it, Session::Base(_))),
        "{session:?}"
    );
    // What adds to a base where it is used keeps the choice.
    let json = r#"{"id":"1","event":"revoked","minutes":3,"traceId":"t","by":"admin"}"#;
    let latest = read(json);
    assert!(
        matches!(&latest, GetLatest200Response::Revocation(it) if it.by == "admin" && it.trace_id == "t"),
        "{latest:?}"
    );
}

#[test]
fn a_level_may_have_a_discriminator_of_its_own() {
    let json = r#"{"step":"factor","method":"sms","phone":"1"}"#;
    let step = read(json);
    assert!(
        matches!(&step, Step::Factor(it) if matches!(&**it, Factor::SmsFactor(_))),
        "{step:?}"
    );
    let factor = read(json);
    assert!(
        matches!(&factor, Factor::SmsFactor(it) if it.phone == "1"),
        "{factor:?}"
    );
}

#[test]
fn a_mapping_may_name_what_does_not_extend_the_base() {
    let mail = read(r#"{"channel":"mail","to":"a"}"#);
    assert!(
        matches!(&mail, Notice::Mail(it) if it.to == "a"),
        "{mail:?}"
    );
    let push = read(r#"{"channel":"push","token":"t"}"#);
    assert!(
        matches!(&push, Notice::Push(it) if it.token == "t"),
        "{push:?}"
    );
    let inbox: Inbox = read(r#"{"last":{"channel":"push","token":"t"},"first":null}"#);
    assert!(matches!(inbox.last, Some(Notice::Push(_))), "{inbox:?}");
    let inbox: Inbox = read(r#"{"last":null}"#);
    assert!(inbox.last.is_none(), "{inbox:?}");
}

#[test]
fn a_base_may_stand_in_another_file() {
    let image = read(r#"{"kind":"image","url":"u","width":3}"#);
    assert!(
        matches!(&image, Attachment::Image(it) if it.width == Some(3)),
        "{image:?}"
    );
    let ticket: Ticket = read(r#"{"id":1,"attachments":[{"kind":"image","width":3}]}"#);
    let attachments = ticket.attachments.unwrap_or_default();
    assert!(
        matches!(&attachments[..], [Attachment::Image(_)]),
        "{attachments:?}"
    );
}

#[test]
fn branches_are_called_after_what_is_theirs() {
    let request = read(r#"{"tenant":"t","username":"u","password":"p"}"#);
    assert!(
        matches!(&request, SignInRequest::Username(_)),
        "{request:?}"
    );
    let request = read(r#"{"tenant":"t","device_code":"c"}"#);
    assert!(
        matches!(&request, SignInRequest::DeviceCode(_)),
        "{request:?}"
    );
    let response = read(r#"[{"user":"u"}]"#);
    assert!(
        matches!(&response, SignIn200Response::UserList(_)),
        "{response:?}"
    );
    let response = read(r#"{"next":"n"}"#);
    assert!(
        matches!(&response, SignIn200Response::Next(_)),
        "{response:?}"
    );
}

#[test]
fn integers_keep_every_digit() {
    let json = r#"{"plain":9223372036854775807,"rounded":9223372036854776000,"upTo":100000000000000000000000000,"roundedPositive":9223372036854776000,"roundedUnsigned":18446744073709552000,"address":340282366920938463463374607431768211455,"balance":-170141183460469231731687303715884105728}"#;
    let numbers: Numbers = read(json);
    assert_eq!(numbers.address, Some(u128::MAX));
    assert_eq!(numbers.balance, Some(i128::MIN));
    assert_eq!(numbers.up_to, Some(10_i128.pow(26)));
    let either = read("99999999999999999999");
    assert!(
        matches!(either, NumbersEither::Integer(99_999_999_999_999_999_999)),
        "{either:?}"
    );
}

#[test]
fn keys_that_match_no_pattern_hold_anything() {
    let claims: Claims = read(r#"{"sub":"s","other":{"a":[1]},"x-age":3}"#);
    assert_eq!(claims.additional_properties["x-age"], 3);
    let closed: Closed = read(r#"{"id":"i","n-1":1,"s-1":"t"}"#);
    assert_eq!(
        closed.additional_properties["n-1"],
        ClosedValue::Integer(1),
        "{closed:?}"
    );
    let every: Every = read(r#"{"a":1}"#);
    assert_eq!(every["a"], 1);
}

#[test]
fn templates_are_of_what_the_way_to_them_says() {
    let members: MemberPage = read(r#"{"entries":[{"id":"1"}],"paging":{}}"#);
    assert_eq!(members.entries[0].id, "1");
    let teams: ListTeams200Response =
        read(r#"{"entries":[{"slug":"a"}],"paging":{"next":"n"},"facets":{"first":{"slug":"b"}}}"#);
    assert_eq!(teams.entries[0].slug, "a");
    let page: Page = read(r#"{"entries":[1,"a",null],"paging":{}}"#);
    assert_eq!(page.entries.len(), 3);
    let folder: SharedFolder =
        read(r#"{"name":"a","children":[{"name":"b","sharedWith":["c"]}],"sharedWith":[]}"#);
    let children = folder.children.unwrap_or_default();
    assert_eq!(
        children[0].shared_with.as_deref(),
        Some(&["c".to_owned()][..])
    );
}

#[test]
fn what_a_type_demands_of_itself_ends_somewhere() {
    let one: Endless = read(r#"{"name":"a","next":{"name":"b","other":{"leaf":{}}}}"#);
    assert!(one.next.is_some_and(|next| next.next.is_none()));
    assert!(serde_json::from_str::<Endless>("{}").is_err());
}
