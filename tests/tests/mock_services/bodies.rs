//! Bodies of every kind, as a service gets them.

use keywright_tests::clients::binary::{self, PutPhoto};
use keywright_tests::clients::forms::models::{
    SearchRequest, SearchRequestNear, SearchRequestPage, SearchRequestWhere,
};
use keywright_tests::clients::forms::{self, Search};
use keywright_tests::clients::multipart::{self, ReplaceUpload, models::UploadForm};
use keywright_tests::clients::payloads::models::{Mood, Pet, Step};
use keywright_tests::clients::payloads::{
    AddPet, AddPetBody, AddPetSuccess, PatchPet, PatchPetBody, PutMotto, mock::Service,
};
use keywright_tests::clients::runtime::mock::block_on;
use keywright_tests::clients::runtime::{Body, File};
use keywright_tests::clients::streams::{self, WriteLogs, models::News};
use keywright_tests::clients::xml_types::{self, PutNames};

fn rex() -> Pet {
    Pet::new("7").with_tags(vec!["good boy".to_owned(), "ä&b".to_owned()])
}

#[test]
fn each_of_several_payloads_is_known_by_its_media_type() {
    let service = Service::new().on_add_pet(|request| match request.body {
        AddPetBody::Json(pet) | AddPetBody::Form(pet) => AddPet::ok(*pet),
        AddPetBody::Csv(text) => AddPet::ok(Pet::new(text)),
        AddPetBody::Binary(body) => AddPet::ok(Pet::new(format!("{:?}", body.as_bytes()))),
        _ => AddPet::client_error_html(400, "unknown"),
    });
    let client = service.client().build().expect("it is set up");
    let bodies = [
        (AddPetBody::Json(rex().into()), rex()),
        (AddPetBody::Form(rex().into()), rex()),
        (AddPetBody::from("a,b"), Pet::new("a,b")),
        (
            AddPetBody::from(Body::from("\u{1}")),
            Pet::new("Some(b\"\\x01\")"),
        ),
    ];
    for (body, expected) in bodies {
        let added = block_on(client.add_pet(body).send_with_response());
        let added = added.expect("it is answered").into_body();
        let AddPetSuccess::Ok(pet) = added else {
            panic!("{added:?}");
        };
        assert_eq!(*pet, expected);
    }
}

#[test]
fn a_body_may_be_left_out() {
    let service = Service::new()
        .on_patch_pet(|_| PatchPet::no_content())
        .on_put_motto(|request| PutMotto::ok(request.body.as_str()));
    let client = service.client().build().expect("it is set up");
    block_on(client.patch_pet("1").send()).expect("it is answered");
    let step = PatchPetBody::from(vec![Step::new("remove", "/tags")]);
    block_on(client.patch_pet("1").body(step).send()).expect("it is answered");
    let mut requests = service.requests::<PatchPet>();
    assert!(requests.remove(0).body.is_none());
    let Some(PatchPetBody::JsonPatchJson(steps)) = requests.remove(0).body else {
        panic!("another body");
    };
    assert_eq!(steps[0].path, "/tags");
    block_on(client.put_motto(Mood::Wild).send()).expect("it is answered");
    assert_eq!(service.requests::<PutMotto>()[0].body, Mood::Wild);
}

#[test]
fn forms_are_read_by_their_styles() {
    let service = forms::mock::Service::new().on_search(|_| Search::no_content());
    let client = service.client().build().expect("it is set up");
    let sent = search();
    block_on(client.search(sent.clone()).send()).expect("it is answered");
    assert_eq!(service.requests::<Search>()[0].body, sent);
}

fn search() -> SearchRequest {
    SearchRequest::new("7")
        .with_tags(vec!["one".to_owned()])
        .with_ids(vec![1, 2])
        .with_where(SearchRequestWhere::new().with_city("A + b"))
        .with_near(SearchRequestNear::new().with_lat(1.5).with_lon(-2.0))
        .with_page(SearchRequestPage::new().with_size(3))
        .with_path("a/b")
}

#[test]
fn parts_are_taken_apart() {
    let service =
        multipart::mock::Service::new().on_replace_upload(|_| ReplaceUpload::no_content());
    let client = service.client().build().expect("it is set up");
    let body = UploadForm::new("Rex\r\n--").with_content(File::new("photo").named("a \"b\".png"));
    block_on(client.replace_upload(body).send()).expect("it is answered");
    let parts = &service.requests::<ReplaceUpload>()[0].body;
    assert_eq!(parts.text("name"), Some("Rex\r\n--"));
    assert!(
        parts
            .media_type
            .starts_with("multipart/form-data; boundary=")
    );
    let content = parts.part("content").expect("it is sent");
    assert_eq!(content.file_name.as_deref(), Some("a \"b\".png"));
    assert_eq!(&content.bytes[..], b"photo");
    assert_eq!(parts.parts.len(), 2);
}

#[test]
fn bytes_come_with_their_media_type() {
    let service = binary::mock::Service::new().on_put_photo(|_| PutPhoto::no_content());
    let client = service.client().build().expect("it is set up");
    let photo = Body::from("photo").of_type("image/webp");
    block_on(client.put_photo("1", photo).send()).expect("it is answered");
    let body = &service.requests::<PutPhoto>()[0].body;
    assert_eq!(
        (body.media_type.as_str(), &body.bytes[..]),
        ("image/webp", &b"photo"[..])
    );
}

#[test]
fn lines_and_xml_are_read() {
    let service = streams::mock::Service::new().on_write_logs(|_| WriteLogs::no_content());
    let client = service.client().build().expect("it is set up");
    let news = vec![News::new("one"), News::new("2")];
    block_on(client.write_logs(news.clone()).send()).expect("it is answered");
    assert_eq!(service.requests::<WriteLogs>()[0].body, news);

    let service =
        xml_types::mock::Service::new().on_put_names(|request| PutNames::ok(request.body));
    let client = service.client().build().expect("it is set up");
    let names = vec!["<a>".to_owned(), "b".to_owned()];
    let read = block_on(client.put_names(names.clone()).send());
    assert_eq!(read.expect("it is answered"), names);
}
