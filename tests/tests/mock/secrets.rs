//! Nothing that is secret is shown, wherever a request had it.

use keywright::mock::Settings;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{Served, contract, contract_of};

/// A document in which secrets stand wherever they can.
const DOCUMENT: &str = "openapi: 3.2.0
info: { title: Secrets, version: '1' }
paths:
  /users/{name}/keys/{key}:
    post:
      operationId: put
      security: [{ header: [], query: [], cookie: [] }]
      parameters:
        - { name: name, in: path, required: true, schema: { type: string } }
        - { name: key, in: path, required: true, schema: { type: string, format: password } }
        - { name: page, in: query, schema: { type: integer } }
        - { name: code, in: query, schema: { type: string, x-keywright-sensitive: true } }
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: X-Signature, in: header, schema: { $ref: '#/components/schemas/Secret' } }
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/User' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/User' } }
          multipart/form-data: { schema: { $ref: '#/components/schemas/User' } }
          application/jsonl: { itemSchema: { $ref: '#/components/schemas/User' } }
          text/plain: { schema: { $ref: '#/components/schemas/Secret' } }
      responses: { '204': { description: Done. } }
  /basic:
    get: { operationId: basic, security: [{ basic: [] }], responses: { '204': { description: Done. } } }
components:
  securitySchemes:
    header: { type: apiKey, in: header, name: X-Api-Key }
    query: { type: apiKey, in: query, name: api_key }
    cookie: { type: apiKey, in: cookie, name: session }
    basic: { type: http, scheme: basic }
  schemas:
    Secret: { anyOf: [{ type: string, format: password }, { type: 'null' }] }
    User:
      allOf:
        - type: object
          properties:
            name: { type: string }
            tags: { type: array, items: { type: string } }
            pin: { type: [string, integer], writeOnly: true }
            friends: { type: array, items: { $ref: '#/components/schemas/User' } }
        - type: object
          properties:
            password: { $ref: '#/components/schemas/Secret' }
            keys: { type: object, additionalProperties: { type: string, x-keywright-sensitive: true } }
            notes: { type: object, additionalProperties: { type: string } }
";

/// What every secret begins with.
const MARK: &str = "s3cret";
/// What every text begins with that may be shown.
const PLAIN: &str = "plain";

/// Everything that the control interface says, and the page.
async fn all_of(served: &Served) -> String {
    let mut text = String::new();
    for path in [
        "",
        "state",
        "requests",
        "rules",
        "operations",
        "requests?operation=put",
    ] {
        let url = format!("{}/__keywright/{path}", served.origin());
        let response = Client::new().get(url).send().await.expect("it answers");
        assert_eq!(response.status().as_u16(), 200, "{path}");
        text.push_str(&response.text().await.expect("it is text"));
    }
    text
}

async fn send(served: &Served, path: &str, headers: &[(&str, &str)], body: &str) {
    let url = format!("{}{path}", served.origin());
    let mut request = Client::new().post(url).body(body.to_owned());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("it answers");
}

#[tokio::test]
async fn secrets_of_requests_are_masked() {
    let served = Served::of(vec![contract_of("secrets", DOCUMENT)], Settings::default());
    let path =
        "/users/plain-ada/keys/s3cret-1?page=7&code=s3cret-2&api_key=s3cret-3&other=s3cret-4";
    let user = json!({
        "name": "plain-name",
        "tags": ["plain-tag"],
        "pin": "s3cret-5",
        "password": "s3cret-6",
        "pasword": "s3cret-7",
        "keys": { "a": "s3cret-8" },
        "notes": { "a": "plain-note" },
        "friends": [{ "name": "plain-friend", "password": "s3cret-9", "friends": [{ "pin": "s3cret-10" }] }],
        "more": { "s3cret-11": ["s3cret-12"] },
    });
    let form = "name=plain-form&password=s3cret-13&pin=s3cret-14&unknown=s3cret-15";
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nplain-part\r\n\
        --b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\ns3cret-16\r\n--b--\r\n";
    let headers = |content_type| {
        [
            ("content-type", content_type),
            ("authorization", "Bearer s3cret-17"),
            ("proxy-authorization", "s3cret-18"),
            ("cookie", "session=s3cret-19; other=s3cret-20"),
            ("x-api-key", "s3cret-21"),
            ("x-signature", "s3cret-22"),
            ("x-other", "s3cret-23"),
            ("x-trace", "plain-trace"),
        ]
    };
    let (lines, broken) = (
        format!("{user}\n{user}\n"),
        user.to_string().replace('}', ""),
    );
    for (content_type, body) in [
        ("application/json", user.to_string()),
        ("application/x-www-form-urlencoded", form.to_owned()),
        ("multipart/form-data; boundary=b", multipart.to_owned()),
        ("application/jsonl", lines),
        ("text/plain", "s3cret-24".to_owned()),
        ("application/json", broken),
        ("application/json", "\"s3cret-25\"".to_owned()),
        ("application/xml", "<name>s3cret-26</name>".to_owned()),
    ] {
        send(&served, path, &headers(content_type), &body).await;
    }
    // Neither are requests of no operation, nor those with a method that is not there.
    let lost = format!("/lost?api_key=s3cret-27&page={MARK}");
    send(&served, &lost, &headers("application/json"), "s3cret-28").await;
    let url = format!("{}/users/a/keys/s3cret-29", served.origin());
    Client::new().get(url).send().await.expect("it answers");
    let url = format!("{}/basic", served.origin());
    let request = Client::new().get(url).basic_auth("user", Some("s3cret-30"));
    request.send().await.expect("it answers");

    let shown = all_of(&served).await;
    let at = shown.find(MARK);
    assert_eq!(
        at,
        None,
        "{}",
        &shown[at.map_or(0, |it| it.saturating_sub(200))..]
    );
    for plain in [
        "ada", "name", "tag", "note", "friend", "form", "part", "trace",
    ] {
        let text = format!("{PLAIN}-{plain}");
        // What was sent as JSON stands there and on the page; what is in a header, there.
        assert!(shown.contains(&text) || plain == "ada", "{text}");
    }
    assert!(shown.contains("/users/{name}/keys/{key}"));
    assert!(!format!("{:?}", served.stand_in()).contains(MARK));
}

#[tokio::test]
async fn credentials_that_were_issued_are_masked() {
    let contracts = ["tvmaze", "aivo", "pacerpro"].map(contract).into();
    let settings = Settings {
        credentials: vec![("usertoken".to_owned(), "ada:s3cret-key".to_owned())],
        ..Settings::default()
    };
    let served = Served::of(contracts, settings);
    let ask = async |path: &str, token: &str, body: Value| -> Value {
        let url = format!("{}{path}", served.origin());
        let request = Client::new()
            .post(url)
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body.to_string());
        let text = request.send().await.expect("it answers").text().await;
        serde_json::from_str(&text.expect("it is text")).unwrap_or_default()
    };
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let login = json!({ "email": "ada@example.org", "password": "s3cret-password" });
    let session = ask("/auth/v1/login", "", login).await;
    let (access, refresh) = (
        text(&session["accessToken"]),
        text(&session["refreshToken"]),
    );
    let renewal = json!({ "refreshToken": refresh });
    ask("/auth/v1/refresh", &access, renewal).await;
    let started = json!({ "email": "ada@example.org" });
    let token = text(&ask("/v1/auth/start", "", started).await["token"]);
    ask("/v1/auth/poll", "", json!({ "token": token })).await;
    // Where they do not belong they are masked, too.
    ask("/v1/auth/start", "", json!({ "email": "s3cret-key" })).await;
    ask("/v1/auth/start", "", json!({ "email": access })).await;
    ask(&format!("/v1/{refresh}"), "", Value::Null).await;

    let shown = all_of(&served).await;
    for secret in [&access, &refresh, &token, "s3cret-password", "s3cret-key"] {
        assert!(!shown.contains(secret), "{secret}");
    }
    assert!(shown.contains("ada@example.org"));
    let (_, state) = served.control(Method::GET, "state", Value::Null).await;
    let aivo = &state["schemes"][0];
    assert_eq!(aivo["module"], "aivo");
    assert_eq!((&aivo["sessions"], &aivo["issued"]), (&json!(1), &json!(4)));
    assert_eq!(aivo["tokens"][1]["kind"], "refresh");
    assert_eq!(aivo["tokens"][1]["state"], "used");
}
