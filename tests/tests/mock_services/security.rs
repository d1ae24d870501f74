//! Credentials: each in its place and form, as the alternatives of an operation say.

use keywright_tests::clients::runtime::mock::block_on;
use keywright_tests::clients::security::{
    Both, ByDefault, Client, Either, Optional, Public, mock::Service,
};

fn service() -> Service {
    Service::new()
        .on_by_default(|_| ByDefault::no_content())
        .on_public(|_| Public::no_content())
        .on_optional(|_| Optional::no_content())
        .on_either(|_| Either::no_content())
        .on_both(|_| Both::no_content())
}

/// Sends the requests of a client that has every credential through a service, after another header was set.
fn client(service: &Service) -> Client {
    let builder = service
        .client()
        .bearer_auth("token")
        .basic("ada", "password");
    let builder = builder
        .header_key("key")
        .query_key("a b")
        .cookie_key("cookie");
    builder.build().expect("it is set up")
}

#[test]
fn credentials_in_every_place_are_found() {
    let service = service();
    let client = client(&service);
    block_on(async {
        client.by_default().await.expect("it has a token");
        client.public().await.expect("it needs none");
        client.optional().await.expect("it has a password");
        client.either().await.expect("it has a key");
        client.both().await.expect("it has both keys");
    });
    let query = service
        .client()
        .query_key("a b")
        .build()
        .expect("it is set up");
    block_on(query.either().send()).expect("it has the other key");
    let none = service.client().build().expect("it is set up");
    block_on(none.optional().send()).expect("it needs none");
}

#[test]
fn a_request_without_its_credentials_gets_401_before_any_closure() {
    let service = service().on_by_default(|_| panic!("it must not be asked"));
    let client = client(&service);
    for header in ["Basic YTpi", "Bearer", "Bearer  ", "token"] {
        let request = client.by_default().with_header("authorization", header);
        let error = block_on(request.send()).expect_err("it is refused");
        let error = keywright_tests::clients::runtime::Error::from(error);
        assert_eq!(error.status().map(|it| it.as_u16()), Some(401), "{header}");
    }
    let request = client.both().with_header("cookie", "session=");
    block_on(request.send()).expect_err("the cookie is empty");
    let problems: Vec<_> = service
        .calls()
        .iter()
        .map(|it| it.problem().map(str::to_owned))
        .collect();
    assert_eq!(
        problems[0].as_deref(),
        Some("there is no credential of `bearerAuth`")
    );
    assert_eq!(
        problems[4].as_deref(),
        Some("there is no credential of `cookieKey`")
    );
}
