//! Bodies of several media types, in both directions (OAS 3.1.1, Request Body Object and Response Object; RFC 9110,
//! sections 8.3 and 12.5.1).

use keywright_tests::clients::formats_unread::{GetOwn200Body, GetTextSuccess};
use keywright_tests::clients::payloads::models::{Mood, Pet, Step};
use keywright_tests::clients::payloads::{
    AddPet4xxBody, AddPet201Body, AddPetBody, AddPetDefaultBody, AddPetError, AddPetSuccess,
    Client, CountPetsError, PatchPetBody,
};
use keywright_tests::clients::response_headers::ListPetsError;
use keywright_tests::clients::runtime::{Body, Error};
use keywright_tests::clients::{binary, formats_unread, forms, nullable_3_1, response_headers};
use keywright_tests::faults::{Answer, FaultServer};

fn client(server: &FaultServer) -> Client {
    let builder = Client::builder().base_url(server.origin());
    builder.build().expect("it is set up")
}

/// A server that answers with a body of a media type; none is said where that is empty.
fn answering(status: &str, media_type: &str, body: &str) -> FaultServer {
    let headers = [("content-type", media_type)];
    let headers = if media_type.is_empty() {
        &[][..]
    } else {
        &headers[..]
    };
    FaultServer::start([Answer::reply(status, headers, body)])
}

fn rex() -> Pet {
    Pet::new("Rex").with_tags(vec!["good boy".to_owned(), "ä&b".to_owned()])
}

#[tokio::test]
async fn the_caller_picks_the_form_of_a_body() {
    let server = answering("200 OK", "application/json", r#"{"name":"Rex"}"#);
    let json = r#"{"name":"Rex","tags":["good boy","ä&b"]}"#;
    let cases = [
        (AddPetBody::from(rex()), "application/json", json),
        (AddPetBody::Json(rex().into()), "application/json", json),
        (
            AddPetBody::Form(rex().into()),
            "application/x-www-form-urlencoded",
            "name=Rex&tags=good+boy&tags=%C3%A4%26b",
        ),
        (
            AddPetBody::from("name\nRex"),
            "text/csv; charset=utf-8",
            "name\nRex",
        ),
        (
            AddPetBody::from(Body::from("\u{1}\u{2}")),
            "application/octet-stream",
            "\u{1}\u{2}",
        ),
    ];
    for (body, media_type, bytes) in cases {
        let answer = client(&server).add_pet(body).send().await;
        answer.expect("it is answered");
        let sent = server.recorder().only();
        assert_eq!(sent.header("content-type"), Some(media_type));
        assert_eq!(sent.text(), bytes);
        let length = bytes.len().to_string();
        assert_eq!(sent.header("content-length"), Some(&*length));
    }
}

#[tokio::test]
async fn patches_are_told_apart_by_their_media_types() {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let step = Step::new("remove", "/tags");
    let cases = [
        (
            PatchPetBody::MergePatchJson(rex().into()),
            "application/merge-patch+json",
        ),
        (
            PatchPetBody::from(vec![step]),
            "application/json-patch+json",
        ),
        (PatchPetBody::Json(rex().into()), "application/json"),
    ];
    for (body, media_type) in cases {
        let answer = client(&server).patch_pet("1").body(body).send().await;
        answer.expect("it is answered");
        let sent = server.recorder().only();
        assert_eq!(sent.header("content-type"), Some(media_type));
    }
    let answer = client(&server).patch_pet("1").send().await;
    answer.expect("the body is optional");
    let sent = server.recorder().only();
    assert_eq!((sent.header("content-type"), sent.text()), (None, ""));
}

#[tokio::test]
async fn asks_for_what_is_documented_the_most_specific_first() {
    let server = answering("200 OK", "application/json", r#"{"name":"Rex"}"#);
    let answer = client(&server).add_pet(rex()).send().await;
    answer.expect("it is answered");
    let sent = server.recorder().only();
    assert_eq!(
        sent.header("accept"),
        Some(
            "application/json, text/json, text/plain, text/csv, application/problem+json, text/html, image/*"
        )
    );
    let answer = client(&server)
        .add_pet(rex())
        .with_accept("text/csv")
        .send();
    answer.await.expect("it is answered");
    let sent = server.recorder().only();
    assert_eq!(sent.header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn one_type_is_read_under_every_name() {
    for media_type in [
        "application/json",
        "Application/JSON;charset=UTF-8",
        "text/plain",
        "text/json",
        "application/vnd.unheard-of+json",
        "",
    ] {
        let server = answering("200 OK", media_type, r#"{"name":"Rex"}"#);
        let answer = client(&server).add_pet(rex()).send().await;
        let Ok(AddPetSuccess::Ok(pet)) = &answer else {
            panic!("as `{media_type}` it is {answer:?}");
        };
        assert_eq!(pet.name, "Rex");
    }
}

#[tokio::test]
async fn the_media_type_tells_what_an_answer_is() {
    let created = async |media_type: &str, body: &str| {
        let server = answering("201 Created", media_type, body);
        match client(&server).add_pet(rex()).send().await {
            Ok(AddPetSuccess::Created(body)) => Ok(body),
            Ok(other) => panic!("it is {other:?}"),
            Err(error) => Err(error),
        }
    };
    let body = created("application/json", r#"{"name":"Rex"}"#).await;
    assert!(
        matches!(&body, Ok(AddPet201Body::Json(pet)) if pet.name == "Rex"),
        "{body:?}"
    );
    let body = created("TEXT/CSV; header=present", "name\nRex").await;
    assert!(
        matches!(&body, Ok(AddPet201Body::Csv(text)) if text == "name\nRex"),
        "{body:?}"
    );
    let body = created("image/png", "\u{1}PNG").await;
    let Ok(AddPet201Body::Image(image)) = body else {
        panic!("it is {body:?}");
    };
    assert_eq!(
        &*image.bytes().await.expect("it comes"),
        "\u{1}PNG".as_bytes()
    );

    // Neither a documented media type nor anything like one.
    let error = created("application/pdf", "%PDF").await;
    let Err(AddPetError::Other(Error::Decode(error))) = error else {
        panic!("it is {error:?}");
    };
    assert_eq!(error.status(), 201);
    assert_eq!(&**error.body(), b"%PDF");
    assert_eq!(error.headers()["content-type"], "application/pdf");
}

#[tokio::test]
async fn failures_have_several_forms_too() {
    let failed = async |status: &str, media_type: &str, body: &str| {
        let server = answering(status, media_type, body);
        let answer = client(&server).add_pet(rex()).send().await;
        answer.expect_err("it is a failure")
    };
    let error = failed(
        "422 Unprocessable Content",
        "application/problem+json",
        r#"{"title":"No"}"#,
    )
    .await;
    let AddPetError::ClientError(response) = &error else {
        panic!("it is {error:?}");
    };
    assert!(
        matches!(response.body(), AddPet4xxBody::ProblemJson(it) if it.title.as_deref() == Some("No"))
    );
    let error = failed("404 Not Found", "text/html", "<p>Gone").await;
    let AddPetError::ClientError(response) = &error else {
        panic!("it is {error:?}");
    };
    assert!(matches!(response.body(), AddPet4xxBody::Html(text) if text == "<p>Gone"));
    let error = failed(
        "500 Internal Server Error",
        "application/json",
        r#"{"code":7}"#,
    )
    .await;
    let AddPetError::Default(response) = &error else {
        panic!("it is {error:?}");
    };
    assert!(matches!(response.body(), AddPetDefaultBody::Json(it) if it.code == Some(7)));
    assert_eq!(response.status(), 500);
}

#[tokio::test]
async fn text_may_stand_for_other_things() {
    let server = answering("200 OK", "text/plain; charset=utf-8", "42\n");
    assert_eq!(
        client(&server).count_pets().send().await.expect("a number"),
        42
    );
    let server = answering("200 OK", "text/plain", "many");
    let error = client(&server).count_pets().send().await;
    assert!(
        matches!(error, Err(CountPetsError::Other(Error::Decode(_)))),
        "{error:?}"
    );
    for (media_type, body) in [("text/plain", "none"), ("application/json", "\"none\"")] {
        let server = answering("404 Not Found", media_type, body);
        let error = client(&server).count_pets().send().await;
        let Err(CountPetsError::NotFound(text)) = &error else {
            panic!("it is {error:?}");
        };
        assert_eq!(&**text, "none");
    }

    let server = answering("200 OK", "text/plain", "Yes, \"quoted\"");
    let answer = client(&server).put_motto(Mood::Wild).send().await;
    assert_eq!(answer.expect("any text"), "Yes, \"quoted\"");
    let sent = server.recorder().only();
    assert_eq!(
        sent.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(sent.text(), "wild");
}

/// OAS 3.1.1, Style Examples, `simple`; a header with `content` is of that media type.
#[tokio::test]
async fn headers_hold_lists_and_objects() {
    let headers = [
        ("content-type", "application/json"),
        ("x-total", "7"),
        ("x-kinds", "cat, dog"),
        ("x-color", "name,red,R,100,G,200"),
        ("x-shade", "name=dark,R=100"),
        ("x-meta", "{\"G\": 1}"),
    ];
    let server = FaultServer::start([Answer::reply("200 OK", &headers, "[]")]);
    let client = response_headers::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    let answer = client.list_pets().send_with_response().await;
    let answer = answer.expect("it is answered").documented_headers();
    let answer = answer.expect("they are as documented");
    assert_eq!(answer.x_next, None, "it is left out");
    assert_eq!(answer.x_total, Some(7));
    let kinds = answer.x_kinds;
    assert_eq!(kinds, Some(vec!["cat".to_owned(), "dog".to_owned()]));
    let color = answer.x_color.expect("it is there");
    assert_eq!(
        (color.name.as_deref(), color.r, color.g),
        (Some("red"), Some(100), Some(200))
    );
    let shade = answer.x_shade.expect("it is there");
    assert_eq!(
        (shade.name.as_deref(), shade.r, shade.g),
        (Some("dark"), Some(100), None)
    );
    let meta = answer.x_meta.expect("it is there");
    assert_eq!(meta.g, Some(1));

    server.answer([Answer::reply("200 OK", &[("x-color", "red")], "[]")]);
    let answer = client.list_pets().send_with_response().await;
    let answer = answer.expect("it is answered").documented_headers();
    assert_eq!(
        answer.expect_err("it is no object").path(),
        "$[\"x-color\"]"
    );
}

/// RFC 9110, sections 5.3 and 11.6.1; RFC 6265, section 3; RFC 8288, section 3.
#[tokio::test]
async fn a_comma_does_not_always_separate() {
    let cookies = [
        "sid=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT",
        "lang=en; Path=/",
    ];
    let expires = "Sun, 06 Nov 1994 08:49:37 GMT";
    let headers = [
        ("set-cookie", cookies[0]),
        ("set-cookie", cookies[1]),
        (
            "www-authenticate",
            "Basic realm=\"a, b\", charset=\"UTF-8\", Negotiate",
        ),
        (
            "link",
            "<https://h/?a=1,2>; rel=\"next, last\", </b>; rel=prev",
        ),
        ("x-note", "\"a, b\""),
        ("expires", expires),
    ];
    let server = FaultServer::start([Answer::reply("401 Unauthorized", &headers, "")]);
    let client = response_headers::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    let list = |items: [&str; 2]| Some(items.map(str::to_owned).to_vec());
    let error = client.list_pets().send().await.expect_err("no success");
    let ListPetsError::Unauthorized(answer) = error else {
        panic!("{error}")
    };
    let answer = answer.documented_headers().expect("as documented");
    assert_eq!(answer.set_cookie, list(cookies));
    assert_eq!(
        answer.www_authenticate,
        list(["Basic realm=\"a, b\", charset=\"UTF-8\"", "Negotiate"])
    );
    assert_eq!(
        answer.link,
        list(["<https://h/?a=1,2>; rel=\"next, last\"", "</b>; rel=prev"])
    );
    assert_eq!(answer.x_note.as_deref(), Some("a, b"));

    server.answer([Answer::reply("403 Forbidden", &headers, "")]);
    let error = client.list_pets().send().await.expect_err("no success");
    let ListPetsError::Forbidden(answer) = error else {
        panic!("{error}")
    };
    let answer = answer.documented_headers().expect("as documented");
    assert_eq!(answer.set_cookie, Some(cookies.join("\n")));
    assert_eq!(answer.www_authenticate.as_deref(), Some(headers[2].1));
    let moment = answer.expires.expect("it is there");
    assert_eq!(moment.as_str(), expires);
}

#[tokio::test]
async fn null_is_a_body() {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let client = nullable_3_1::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    let sent = async |body: Option<Option<&str>>| {
        let request = client.put_motto();
        let request = match body {
            Some(body) => request.body(body.map(str::to_owned)),
            None => request,
        };
        request.send().await.expect("it is sent");
        let sent = server.recorder().only();
        (
            sent.header("content-type").is_some(),
            sent.text().to_owned(),
        )
    };
    assert_eq!(sent(Some(Some("Go"))).await, (true, "\"Go\"".to_owned()));
    assert_eq!(sent(Some(None)).await, (true, "null".to_owned()));
    assert_eq!(sent(None).await, (false, String::new()));
}

#[tokio::test]
async fn an_empty_body_is_not_json() {
    let server = answering("201 Created", "application/json", "");
    let error = client(&server).add_pet(rex()).send().await;
    let Err(AddPetError::Other(Error::Decode(error))) = &error else {
        panic!("it is {error:?}");
    };
    assert_eq!(error.status(), 201);
}

#[tokio::test]
async fn bodies_of_any_type_say_which() {
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let client = binary::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    let png = Body::from(b"PNG".to_vec()).of_type("image/png");
    client.put_photo("1", png).send().await.expect("it is sent");
    let sent = server.recorder().only();
    assert_eq!(
        (sent.header("content-type"), sent.text()),
        (Some("image/png"), "PNG")
    );

    for body in [
        Body::from("PNG"),
        Body::from("{}").of_type("application/json"),
    ] {
        let error = client.put_photo("1", body).send().await;
        let Err(binary::PutPhotoError::Other(Error::Request(error))) = error else {
            panic!("it is {error:?}");
        };
        assert!(error.to_string().contains("image/*"), "{error}");
    }
    assert_eq!(server.recorder().take(), [], "nothing was sent");

    let _ = client.post_anything("anything").send().await;
    let sent = server.recorder().only();
    assert_eq!(
        sent.header("content-type"),
        Some("application/octet-stream")
    );
    let body = Body::from("a: b").of_type("application/yaml");
    let _ = client.post_anything(body).send().await;
    let sent = server.recorder().only();
    assert_eq!(sent.header("content-type"), Some("application/yaml"));
    client.put_backup().send().await.expect("it is optional");
    assert_eq!(server.recorder().only().header("content-type"), None);
}

#[tokio::test]
async fn properties_of_forms_have_styles() {
    use forms::models::{SearchRequest, SearchRequestNear, SearchRequestPage, SearchRequestWhere};
    let server = FaultServer::start([Answer::empty("204 No Content")]);
    let client = forms::Client::builder().base_url(server.origin());
    let client = client.build().expect("it is set up");
    let body = SearchRequest::new("a b&c")
        .with_tags(vec!["x".to_owned(), "y z".to_owned()])
        .with_ids(vec![1, 2])
        .with_where(SearchRequestWhere::new().with_city("Köln"))
        .with_near(SearchRequestNear::new().with_lat(50.5).with_lon(7.0))
        .with_page(SearchRequestPage::new().with_size(10))
        .with_path("/a/b?c&d");
    client.search(body).send().await.expect("it is sent");
    let sent = server.recorder().only();
    let pairs: Vec<&str> = sent.text().split('&').collect();
    // Objects without a style are JSON (OAS 3.0.4, Encoding Object, `contentType`). A comma between items is as good
    // encoded as not.
    let pairs: Vec<String> = pairs.iter().map(|it| it.replace("%2C", ",")).collect();
    assert_eq!(
        pairs,
        [
            "q=a+b%26c",
            "tags=x",
            "tags=y+z",
            "ids=1,2",
            "where=%7B%22city%22%3A%22K%C3%B6ln%22%7D",
            "near%5Blat%5D=50.5",
            "near%5Blon%5D=7.0",
            "page=%7B%22size%22%3A10%7D",
            "path=/a/b?c%26d",
        ]
    );
}

#[tokio::test]
async fn only_what_can_be_read_is_asked_for() {
    let client = |server: &FaultServer| {
        let builder = formats_unread::Client::builder().base_url(server.origin());
        builder.build().expect("it is set up")
    };
    let rows = r#"[{"id":1}]"#;
    let server = answering("200 OK", "application/json", rows);
    let same = client(&server).get_same().send().await;
    assert_eq!(same.expect("it is JSON").len(), 1);
    let sent = server.recorder().only();
    assert_eq!(
        sent.header("accept"),
        Some("application/json, application/problem+json")
    );

    let own = client(&server).get_own().send().await;
    assert!(matches!(own, Ok(GetOwn200Body::Json(rows)) if rows.len() == 1));
    let sent = server.recorder().only();
    assert_eq!(sent.header("accept"), Some("application/json, text/yaml"));

    let server = answering("200 OK", "text/csv", "id\n1");
    let own = client(&server)
        .get_own()
        .with_accept("text/csv")
        .send()
        .await;
    let Ok(GetOwn200Body::Csv(table)) = own else {
        panic!("it is a table")
    };
    assert_eq!(table.bytes().await.expect("it comes"), "id\n1");
    assert_eq!(server.recorder().only().header("accept"), Some("text/csv"));

    let server = answering("200 OK", "application/x-protobuf", "\u{8}\u{1}");
    let only = client(&server).get_only().send().await;
    let only = only.expect("it comes").bytes().await;
    assert_eq!(only.expect("it comes"), "\u{8}\u{1}");
    let put = client(&server).put_only("- id: 1").send().await;
    assert!(put.is_ok(), "{put:?}");
    let sent = server.recorder().take().pop().expect("it was sent");
    assert_eq!(sent.header("content-type"), Some("application/yaml"));
    assert_eq!(sent.text(), "- id: 1");
}

#[tokio::test]
async fn the_documented_name_of_a_vendor_is_json() {
    let client = |server: &FaultServer| {
        let builder = formats_unread::Client::builder().base_url(server.origin());
        builder.build().expect("it is set up")
    };
    let server = answering("202 Accepted", "application/vnd.example.v2", r#"{"id":1}"#);
    let row = client(&server).get_text().send().await;
    assert!(matches!(row, Ok(GetTextSuccess::Accepted(row)) if row.id == 1));

    let server = answering("202 Accepted", "application/vnd.example.v3", r#"{"id":1}"#);
    let row = client(&server).get_text().send().await;
    assert!(row.is_err(), "nobody knows that one");
}
