//! Responses of every kind, as a client reads them.

use keywright_tests::clients::binary::{self, GetPhoto, GetPhotoError};
use keywright_tests::clients::payloads::models::{AddPetDefaultResponse, Pet, Problem};
use keywright_tests::clients::payloads::{
    AddPet, AddPet4xxBody, AddPet201Body, AddPetDefaultBody, AddPetError, AddPetSuccess, CountPets,
    CountPetsError, mock::Service,
};
use keywright_tests::clients::response_headers::{self, ListPets, ListPetsError, models::Color};
use keywright_tests::clients::runtime::mock::{MockResponse, block_on, in_turn};
use keywright_tests::clients::runtime::{Body, Event, TransportErrorKind};
use keywright_tests::clients::streams::models::{Chunk, Completion, News};
use keywright_tests::clients::streams::{
    self, Complete, Complete200Body, FollowNews, FollowTicks, ReadLogs, ReadRecords,
};

use super::chain;

#[test]
fn each_documented_response_is_read_as_such() {
    let problem = || Problem::new().with_title("No.");
    let other = AddPetDefaultResponse::new().with_code(7);
    let service = Service::new().on_add_pet(in_turn([
        AddPet::ok(Pet::new("Rex")),
        AddPet::created_json(Pet::new("Rex")).with_location("/pets/1"),
        AddPet::created_csv("a,b"),
        AddPet::created_image(Body::from("image").of_type("image/png")),
        AddPet::client_error_problem_json(422, problem()),
        AddPet::client_error_html(404, "<p>No.</p>"),
        AddPet::default_json(500, other),
        AddPet::default_problem_json(503, problem()),
    ]));
    let client = service.client().build().expect("it is set up");
    let add = || block_on(client.add_pet(Pet::new("Rex")).send_with_response());

    let ok = add().expect("it is answered");
    assert!(matches!(ok.body(), AddPetSuccess::Ok(pet) if pet.name == "Rex"));
    let created = add().expect("it is answered");
    let headers = created.documented_headers().expect("they are read");
    assert_eq!(headers.location.as_deref(), Some("/pets/1"));
    let is_json = |it: &AddPetSuccess| matches!(it, AddPetSuccess::Created(AddPet201Body::Json(_)));
    assert!(is_json(created.body()));
    let csv = add().expect("it is answered").into_body();
    assert!(matches!(csv, AddPetSuccess::Created(AddPet201Body::Csv(text)) if text == "a,b"));
    let image = add().expect("it is answered").into_body();
    assert!(matches!(
        image,
        AddPetSuccess::Created(AddPet201Body::Image(_))
    ));

    let Err(AddPetError::ClientError(error)) = add() else {
        panic!("another response");
    };
    assert_eq!(error.status(), 422);
    assert!(matches!(error.body(), AddPet4xxBody::ProblemJson(it) if it.title.is_some()));
    let Err(AddPetError::ClientError(error)) = add() else {
        panic!("another response");
    };
    assert!(matches!(error.body(), AddPet4xxBody::Html(_)));
    let Err(AddPetError::Default(error)) = add() else {
        panic!("another response");
    };
    assert_eq!(error.status(), 500);
    assert!(matches!(error.body(), AddPetDefaultBody::Json(it) if it.code == Some(7)));
    let Err(AddPetError::Default(error)) = add() else {
        panic!("another response");
    };
    assert!(matches!(error.body(), AddPetDefaultBody::ProblemJson(_)));
    let Err(AddPetError::Other(error)) = add() else {
        panic!("another response");
    };
    assert!(chain(&error).contains("all responses of `in_turn` have been given"));
}

#[test]
fn a_status_that_is_documented_otherwise_fails_the_call() {
    let service = Service::new().on_add_pet(|_| AddPet::client_error_html(503, "no"));
    let client = service.client().build().expect("it is set up");
    let Err(AddPetError::Other(error)) = block_on(client.add_pet(Pet::new("Rex")).send()) else {
        panic!("another response");
    };
    let expected = "`addPet` documents another response for the status 503, or none";
    assert!(chain(&error).contains(expected), "{}", chain(&error));
}

#[test]
fn text_and_bytes_are_read() {
    let service =
        Service::new().on_count_pets(in_turn([CountPets::ok(7), CountPets::not_found("none")]));
    let client = service.client().build().expect("it is set up");
    assert_eq!(
        block_on(client.count_pets().send()).expect("it is answered"),
        7
    );
    let Err(CountPetsError::NotFound(text)) = block_on(client.count_pets().send()) else {
        panic!("another response");
    };
    assert_eq!(text.body(), "none");

    let service = binary::mock::Service::new().on_get_photo(in_turn([
        GetPhoto::ok("photo"),
        GetPhoto::not_found("none"),
    ]));
    let client = service.client().build().expect("it is set up");
    let photo = block_on(client.get_photo("1").send()).expect("it is answered");
    assert_eq!(&block_on(photo.bytes()).expect("it comes")[..], b"photo");
    let missing = block_on(client.get_photo("1").send());
    assert!(matches!(missing, Err(GetPhotoError::NotFound(_))));
}

#[test]
fn documented_headers_are_read() {
    let color = || Color::new().with_r(1).with_g(2);
    let service = response_headers::mock::Service::new().on_list_pets(in_turn([
        ListPets::ok(vec![])
            .with_x_next("/2")
            .with_x_total(7)
            .with_x_kinds(vec!["cat".to_owned(), "dog".to_owned()])
            .with_x_color(color())
            .with_x_shade(color())
            .with_x_meta(color())
            .with_header("x-other", "other"),
        ListPets::unauthorized().with_set_cookie(vec!["a=1; Secure".to_owned(), "b=2".to_owned()]),
        ListPets::too_many_requests().with_retry_after(3),
    ]));
    let client = service.client().build().expect("it is set up");
    let none = keywright_tests::clients::runtime::Retry::none();
    let list = || block_on(client.list_pets().with_retry(none).send_with_response());
    let response = list().expect("it is answered");
    let headers = response.documented_headers().expect("they are read");
    assert_eq!(
        (headers.x_next.as_deref(), headers.x_total),
        (Some("/2"), Some(7))
    );
    assert_eq!(headers.x_kinds.expect("it is there"), ["cat", "dog"]);
    for found in [headers.x_color, headers.x_shade, headers.x_meta] {
        assert_eq!(found, Some(color()));
    }
    assert_eq!(response.headers()["x-other"], "other");
    let Err(ListPetsError::Unauthorized(refused)) = list() else {
        panic!("another response");
    };
    let headers = refused.documented_headers().expect("they are read");
    assert_eq!(
        headers.set_cookie.expect("it is there"),
        ["a=1; Secure", "b=2"]
    );
    let Err(ListPetsError::TooManyRequests(later)) = list() else {
        panic!("another response");
    };
    assert_eq!(later.retry_after().map(|it| it.as_secs()), Some(3));
}

#[test]
fn streams_are_read_bit_by_bit() {
    let news = |title: &str| News::new(title);
    let service = streams::mock::Service::new()
        .on_complete(in_turn([
            Complete::ok_json(Completion::new("all")),
            Complete::ok_event_stream([Chunk::new("one"), Chunk::new("two\r\nlines")]),
        ]))
        .on_follow_news(|_| {
            let second = Event::new(News::new("two")).of_type("late").with_id("2");
            FollowNews::ok([Event::new(News::new("one")), second])
        })
        .on_follow_ticks(|_| FollowTicks::ok(["a\nb".to_owned()]))
        .on_read_logs(move |_| ReadLogs::ok([news("one"), news("two")]))
        .on_read_records(|_| ReadRecords::ok([1, 2]));
    let client = service.client().build().expect("it is set up");
    block_on(async {
        let prompt = streams::models::CompleteRequest::new("?");
        let all = client
            .complete(prompt.clone())
            .await
            .expect("it is answered");
        assert!(matches!(all, Complete200Body::Json(it) if it.text == "all"));
        let bits = client.complete(prompt).await.expect("it is answered");
        let Complete200Body::EventStream(mut events) = bits else {
            panic!("another response");
        };
        let first = events
            .next()
            .await
            .expect("there is one")
            .expect("it is read");
        assert_eq!(first.data.delta, "one");
        let second = events
            .next()
            .await
            .expect("there is one")
            .expect("it is read");
        assert_eq!(second.data.delta, "two\r\nlines");
        assert!(events.next().await.is_none());

        let mut events = client.follow_news().await.expect("it is answered");
        events
            .next()
            .await
            .expect("there is one")
            .expect("it is read");
        let second = events
            .next()
            .await
            .expect("there is one")
            .expect("it is read");
        assert_eq!(
            (second.event.as_str(), second.id.as_deref()),
            ("late", Some("2"))
        );
        let mut ticks = client.follow_ticks().await.expect("it is answered");
        let tick = ticks
            .next()
            .await
            .expect("there is one")
            .expect("it is read");
        assert_eq!(tick.data, "a\nb");
        let mut logs = client.read_logs().await.expect("it is answered");
        logs.next()
            .await
            .expect("there is one")
            .expect("it is read");
        let second = logs
            .next()
            .await
            .expect("there is one")
            .expect("it is read");
        assert_eq!(second.title, "two");
        let mut records = client.read_records().await.expect("it is answered");
        assert_eq!(
            records
                .next()
                .await
                .expect("there is one")
                .expect("it is read"),
            1
        );
        assert_eq!(
            records
                .next()
                .await
                .expect("there is one")
                .expect("it is read"),
            2
        );
    });
}

#[test]
fn failures_on_the_way_are_retried_as_others() {
    let broken = MockResponse::failure(TransportErrorKind::Broken);
    let service = Service::new().on_count_pets(in_turn([broken, CountPets::ok(1)]));
    let client = service.client().build().expect("it is set up");
    // By the service's clock, the pause takes no time.
    assert_eq!(
        block_on(client.count_pets().send()).expect("it is answered"),
        1
    );
    assert_eq!(service.calls().len(), 2);

    let service =
        Service::new().on_count_pets(|_| MockResponse::failure(TransportErrorKind::Timeout));
    let client = service.client().build().expect("it is set up");
    let Err(CountPetsError::Other(error)) = block_on(client.count_pets().send()) else {
        panic!("another response");
    };
    assert!(error.is_timeout());
}
