//! What a service remembers of calls, and which it fails.

use auth_apis::runtime::mock::block_on;
use auth_apis::tvmaze::mock::Service;
use auth_apis::tvmaze::{AuthStartPost, AuthStartPostError, AuthValidateGet, models};

use super::chain;

#[test]
fn an_application_is_tested_in_ten_lines() {
    let service = Service::new()
        .on_auth_start_post(|request| match request.body.email.as_str() {
            "ada@example.org" => AuthStartPost::ok(models::AuthStartPost200Response::new("T")),
            _ => AuthStartPost::not_found(),
        })
        .on_auth_validate_get(|_| AuthValidateGet::ok(models::AuthValidateGet200Response::new()));
    let client = service
        .client()
        .usertoken("ada", "key")
        .build()
        .expect("it is set up");
    let start = |email: &str| {
        block_on(
            client
                .auth_start_post(models::AuthStartPostRequest::new(email))
                .send(),
        )
    };
    start("ada@example.org").expect("she is known");
    assert!(matches!(
        start("bob@example.org"),
        Err(AuthStartPostError::NotFound(_))
    ));
    block_on(client.auth_validate_get().send()).expect("the key is right");

    assert_eq!(
        service.requests::<AuthStartPost>()[1].body.email,
        "bob@example.org"
    );
    let calls: Vec<_> = service
        .calls()
        .iter()
        .map(|it| (it.operation(), it.status().map(|it| it.as_u16())))
        .collect();
    let expected = [
        ("authStartPost", Some(200)),
        ("authStartPost", Some(404)),
        ("authValidateGet", Some(200)),
    ];
    assert_eq!(calls, expected);
}

#[test]
fn a_call_of_an_operation_without_a_closure_fails_and_says_what_to_do() {
    let service = Service::new();
    let client = service
        .client()
        .usertoken("ada", "key")
        .build()
        .expect("it is set up");
    let error = block_on(client.auth_validate_get().send()).expect_err("nothing responds");
    let message =
        "nothing responds to `authValidateGet`: call `.on_auth_validate_get(..)` on the service";
    assert!(chain(&error).ends_with(message), "{}", chain(&error));
    let calls = service.calls();
    assert_eq!((calls.len(), calls[0].status()), (1, None));
    assert_eq!(calls[0].problem(), Some(message));
    assert!(!format!("{calls:?} {service:?}").contains("key"));
}

#[test]
fn a_request_that_does_not_conform_fails_and_says_where() {
    use keywright_tests::clients::parameters::{GetFile, mock::Service};

    let service = Service::new().on_get_file(|_| GetFile::ok("text"));
    let client = service.client().build().expect("it is set up");
    let get = || client.get_file(7, "a.txt", 1, &["\"1\""]);
    block_on(get().send()).expect("it conforms");
    let wrong = get().with_header("x-request-id", "no UUID");
    let error = block_on(wrong.send()).expect_err("it does not conform");
    let message = "the header `x-request-id` does not match the document";
    assert!(
        chain(&error).to_lowercase().contains(message),
        "{}",
        chain(&error)
    );
    assert!(!chain(&error).contains("no UUID"));
    // It is remembered, but there is nothing to look at.
    assert_eq!(
        (service.calls().len(), service.requests::<GetFile>().len()),
        (2, 1)
    );
}

#[test]
fn a_client_may_keep_its_own_base_url() {
    let service = Service::new().on_auth_validate_get(|_| AuthValidateGet::unauthorized());
    let builder = auth_apis::tvmaze::Client::builder().transport(service.clone());
    let client = builder
        .usertoken("ada", "key")
        .build()
        .expect("it is set up");
    let error = block_on(client.auth_validate_get().send()).expect_err("it is refused");
    assert!(matches!(
        error,
        auth_apis::tvmaze::AuthValidateGetError::Unauthorized(_)
    ));
    let path = service.calls()[0].uri().path().to_owned();
    assert_eq!(path, "/v1/auth/validate");

    let builder = auth_apis::tvmaze::Client::builder().transport(service);
    let builder = builder
        .base_url("https://elsewhere.invalid/v2")
        .usertoken("ada", "key");
    let client = builder.build().expect("it is set up");
    let error = block_on(client.auth_validate_get().send()).expect_err("it leads nowhere");
    let message = "no operation of TVmaze user API is `GET /v2/auth/validate`";
    assert!(chain(&error).contains(message), "{}", chain(&error));
}
