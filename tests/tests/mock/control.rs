//! The control interface, as programs and browsers see it.

use keywright::mock::Settings;
use reqwest::Method;
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use crate::{Served, contract, contract_of};

async fn get(served: &Served, path: &str) -> Value {
    let (status, value) = served.control(Method::GET, path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {value}");
    value
}

/// Starts a sign-in of TVmaze. Returns the token of the client.
async fn start(served: &Served) -> String {
    let url = format!("{}/v1/auth/start", served.origin());
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/json")
        .body(r#"{"email":"ada@example.org"}"#);
    let text = request.send().await.expect("it answers").text().await;
    let answer: Value = serde_json::from_str(&text.expect("it is text")).expect("it is JSON");
    answer["token"].as_str().expect("there is one").to_owned()
}

async fn poll(served: &Served, token: &str) -> u16 {
    let url = format!("{}/v1/auth/poll", served.origin());
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/json")
        .body(json!({ "token": token }).to_string());
    request.send().await.expect("it answers").status().as_u16()
}

#[tokio::test]
async fn shows_what_it_remembers() {
    let served = Served::of(
        vec![contract("tvmaze"), contract("aivo")],
        Settings::default(),
    );
    let operations = get(&served, "operations").await;
    assert_eq!(operations[0]["module"], "tvmaze");
    let first = &operations[0]["operations"][0];
    assert_eq!(first["id"], "authStartPost");
    assert_eq!(first["path"], "/v1/auth/start");
    assert_eq!(first["security"], json!([{ "usertoken": [] }, {}]));
    assert_eq!(first["statuses"], json!(["200", "401", "404", "429"]));

    start(&served).await;
    let state = get(&served, "state").await;
    assert_eq!(state["requests"], 1);
    let flow = &state["confirmations"][0];
    assert_eq!(
        (&flow["module"], &flow["state"]),
        (&json!("tvmaze"), &json!("pending"))
    );
    let page = format!(
        "/__keywright/confirm/{}",
        flow["code"].as_str().expect("it has one")
    );
    assert_eq!(flow["page"], page.as_str());

    let requests = get(&served, "requests").await;
    assert_eq!(requests[0]["operation"], "authStartPost");
    assert_eq!(requests[0]["body"], json!({ "email": "ada@example.org" }));
    assert_eq!(requests[0]["findings"], json!([]));
    assert_eq!(get(&served, "requests?operation=login").await, json!([]));
    let (status, _) = served
        .control(Method::DELETE, "requests", Value::Null)
        .await;
    assert_eq!((status, get(&served, "requests").await), (204, json!([])));
}

#[tokio::test]
async fn decides_for_users() {
    let served = Served::start("tvmaze");
    let decide = async |what: &str, code: Value| {
        let path = format!("flows/{what}");
        served
            .control(Method::POST, &path, json!({ "code": code }))
            .await
            .0
    };
    for (what, expected, again) in [("confirm", 200, 404), ("deny", 404, 404)] {
        let token = start(&served).await;
        let state = get(&served, "state").await;
        let last = state["confirmations"]
            .as_array()
            .and_then(|it| it.last().cloned());
        let code = last.expect("there is one")["code"].clone();
        assert_eq!(poll(&served, &token).await, 403);
        assert_eq!(decide(what, code.clone()).await, 204);
        assert_eq!(decide(what, code).await, 409);
        // Polls may not come too soon.
        served
            .control(Method::POST, "clock", json!({ "advance": 10 }))
            .await;
        assert_eq!(poll(&served, &token).await, expected, "{what}");
        served
            .control(Method::POST, "clock", json!({ "advance": 10 }))
            .await;
        assert_eq!(poll(&served, &token).await, again, "{what}");
    }
    assert_eq!(decide("confirm", json!("NONE-SUCH")).await, 404);
    assert_eq!(decide("confirm", json!(7)).await, 400);
}

#[tokio::test]
async fn changes_the_clock_and_forgets_everything() {
    let served = Served::start("tvmaze");
    start(&served).await;
    served.rule(json!({ "delay": 0 })).await;
    let (status, clock) = served
        .control(Method::POST, "clock", json!({ "advance": 3600 }))
        .await;
    assert_eq!((status, &clock["ahead"]), (200, &json!(3600)));
    let state = get(&served, "state").await;
    assert_eq!(state["confirmations"][0]["state"], "over");
    assert_eq!(state["rules"], 1);
    let (status, _) = served.control(Method::POST, "reset", Value::Null).await;
    assert_eq!(status, 204);
    let state = get(&served, "state").await;
    assert_eq!(state["clock"]["ahead"], 0);
    assert_eq!(state["confirmations"], json!([]));
    assert_eq!(
        (&state["requests"], &state["rules"]),
        (&json!(0), &json!(0))
    );
    let (status, _) = served
        .control(Method::POST, "clock", json!({ "advance": "soon" }))
        .await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn adds_replaces_and_removes_rules() {
    let served = Served::start("tvmaze");
    let numbers = |rules: &Value| -> Vec<u64> {
        let rules = rules.as_array().expect("it is a list").iter();
        rules
            .map(|it| it["number"].as_u64().expect("it is one"))
            .collect()
    };
    served
        .rule(json!([{ "status": 401 }, { "delay": "1s" }]))
        .await;
    let (status, rules) = served
        .control(Method::PUT, "rules", json!([{ "html": true }]))
        .await;
    assert_eq!((status, numbers(&rules)), (200, vec![3]));
    served.rule(json!({ "drop": true })).await;
    let remove = async |path: &str| served.control(Method::DELETE, path, Value::Null).await.0;
    assert_eq!(
        [remove("rules/3").await, remove("rules/3").await],
        [204, 404]
    );
    assert_eq!(numbers(&get(&served, "rules").await), [4]);
    assert_eq!(remove("rules").await, 204);
    assert_eq!(get(&served, "rules").await, json!([]));

    let (status, problem) = served
        .control(
            Method::POST,
            "rules",
            json!([{ "status": 401 }, { "operation": "authPolPost", "drop": true }]),
        )
        .await;
    assert_eq!(status, 400);
    assert_eq!(
        problem["detail"],
        "rule 2: no operation is called `authPolPost`: did you mean `authPollPost`?"
    );
    assert_eq!(get(&served, "rules").await, json!([]), "all or nothing");
}

#[tokio::test]
async fn refuses_what_it_does_not_have() {
    let served = Served::start("tvmaze");
    let ask = async |method: Method, path: &str, body: &'static str| {
        let url = format!("{}/__keywright{path}", served.origin());
        let response = reqwest::Client::new().request(method, url).body(body);
        let response = response.send().await.expect("it answers");
        let allow = response.headers().get("allow").cloned();
        let allow = allow.map(|it| it.to_str().expect("it is text").to_owned());
        (response.status().as_u16(), allow)
    };
    assert_eq!(ask(Method::GET, "/nowhere", "").await, (404, None));
    let allowed = Some("GET, POST, PUT, DELETE".to_owned());
    assert_eq!(ask(Method::PATCH, "/rules", "").await, (405, allowed));
    assert_eq!(
        ask(Method::GET, "/reset", "").await,
        (405, Some("POST".to_owned()))
    );
    assert_eq!(ask(Method::POST, "/rules", "{").await, (400, None));
    assert_eq!(ask(Method::POST, "/rules", "").await, (400, None));
    assert_eq!(ask(Method::HEAD, "/", "").await, (200, None));
    assert_eq!(served.seen(), [""; 0], "it keeps no record of these");
}

/// A document of which everything would be markup.
const HOSTILE: &str = "openapi: 3.1.0
info: { title: '<script>alert(1)</script>', version: '1' }
paths:
  '/\"><img src=x>/{id}':
    get:
      operationId: '\"><b>bold'
      summary: '</table><script>alert(2)</script>'
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      security: [{ '<i>': ['<u>'] }]
      responses: { '204': { description: Fine. } }
components: { securitySchemes: { '<i>': { type: http, scheme: bearer } } }
";

#[tokio::test]
async fn the_page_has_nothing_that_runs() {
    let served = Served::of(vec![contract_of("hostile", HOSTILE)], Settings::default());
    let path =
        "/%22%3E%3Cimg%20src=x%3E/%3Cscript%3Ealert(3)%3C%2Fscript%3E?<script>=<svg/onload=x>";
    let client = reqwest::Client::new();
    let url = format!("{}{path}", served.origin());
    client.get(url).send().await.expect("it answers");
    served
        .rule(json!({ "headers": { "x": "<script>alert(4)</script>" } }))
        .await;
    let url = format!("{}/__keywright/", served.origin());
    let response = client.get(url).send().await.expect("it answers");
    let policy = response.headers()["content-security-policy"].to_str();
    assert!(
        policy
            .expect("it is text")
            .starts_with("default-src 'none'; style-src 'self';")
    );
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(
        response.headers()["content-type"],
        "text/html; charset=utf-8"
    );
    let page = response.text().await.expect("it is text");
    for markup in [
        "<script",
        "<img",
        "<svg",
        "<b>bold",
        "<i>",
        "<u>",
        "javascript:",
        "style=",
    ] {
        assert!(!page.contains(markup), "{markup}: {page}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("&quot;&gt;&lt;b&gt;bold"));
}

#[tokio::test]
async fn forms_do_what_programs_do() {
    let served = Served::start("tvmaze");
    let client = reqwest::Client::builder().redirect(Policy::none());
    let client = client.build().expect("it is set up");
    let send = async |path: &str, form: &'static str| {
        let request = client
            .post(format!("{}/__keywright/{path}", served.origin()))
            .header("accept", "text/html,application/xhtml+xml")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let response = request.send().await.expect("it answers");
        let status = response.status().as_u16();
        (status, response.text().await.expect("it is text"))
    };
    let form = "preset=unauthorized-once&operation=tvmaze%2FauthStartPost&effect=&times=";
    assert_eq!(send("rules", form).await.0, 303);
    let form = "preset=slow&operation=&effect=status%3D503%2C+delay%3D1s&times=3";
    assert_eq!(send("rules", form).await.0, 303);
    let rules = get(&served, "rules").await;
    let expected =
        json!({ "status": 401, "times": 1, "module": "tvmaze", "operation": "authStartPost" });
    assert_eq!(rules[0]["rule"], expected);
    let expected = json!({ "status": 503, "delay": "1s", "times": 3 });
    assert_eq!(rules[1]["rule"], expected);

    let (status, page) = send("rules", "preset=&operation=&effect=stats%3D1&times=").await;
    assert_eq!(status, 400);
    assert!(
        page.contains(
            "role=\"alert\">rule 1: `stats` is not a key of a rule: did you mean `status`?"
        ),
        "{page}"
    );
    assert_eq!(send("rules/1", "_method=DELETE").await.0, 303);
    assert_eq!(send("clock", "advance=60").await.0, 303);
    assert_eq!(get(&served, "state").await["clock"]["ahead"], 60);
    assert_eq!(send("reset", "").await.0, 303);
    assert_eq!(get(&served, "rules").await, json!([]));
}
