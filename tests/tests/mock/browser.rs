//! The page in a browser: headless Chromium, driven by the protocol of W3C (`WebDriver`).
//!
//! It needs `chromium` and `chromedriver`, which Debian has (`apt-get install chromium chromium-driver`), and is run by
//!
//! ```text
//! cargo test -p keywright-tests --test mock -- --ignored
//! ```

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::Served;

/// The key of a reference to an element (`WebDriver`, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser, and what drives it.
struct Browser {
    driver: Child,
    session: String,
}

impl Browser {
    async fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("`chromedriver` is installed");
        let said = driver.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(said).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let port = port.expect("it says where it listens");
        // It goes on talking, and nobody must stop it by not listening.
        std::thread::spawn(move || lines.for_each(drop));
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}/session"),
        };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ];
        let options = json!({ "args": arguments });
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let started = browser.ask(Method::POST, "", wanted).await;
        let id = started["sessionId"].as_str().expect("a session starts");
        browser.session = format!("{}/{id}", browser.session);
        browser
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Value {
        let mut request = Client::new().request(method, format!("{}{path}", self.session));
        if !body.is_null() {
            request = request.body(body.to_string());
        }
        let text = request.send().await.expect("it answers").text().await;
        let text = text.expect("it is text");
        let answer: Value = serde_json::from_str(&text).expect("it is JSON");
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }

    async fn open(&self, url: &str) {
        self.ask(Method::POST, "/url", json!({ "url": url })).await;
    }

    /// Clicks on an element, by its path (`XPath`).
    async fn click(&self, path: &str) {
        let wanted = json!({ "using": "xpath", "value": path });
        let found = self.ask(Method::POST, "/element", wanted).await;
        let id = found[ELEMENT].as_str().expect("there is one").to_owned();
        let click = format!("/element/{id}/click");
        self.ask(Method::POST, &click, json!({})).await;
    }

    /// What a person can read.
    async fn text(&self) -> String {
        let wanted = json!({ "using": "css selector", "value": "body" });
        let found = self.ask(Method::POST, "/element", wanted).await;
        let id = found[ELEMENT].as_str().expect("there is one").to_owned();
        let text = self
            .ask(Method::GET, &format!("/element/{id}/text"), Value::Null)
            .await;
        text.as_str().expect("it is text").to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser ends with what drives it.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

async fn post(served: &Served, path: &str, body: Value) -> (u16, Value) {
    let request = Client::new()
        .post(format!("{}{path}", served.origin()))
        .header("content-type", "application/json")
        .body(body.to_string());
    let response = request.send().await.expect("it answers");
    let status = response.status().as_u16();
    let text = response.text().await.expect("it is text");
    (status, serde_json::from_str(&text).unwrap_or_default())
}

#[tokio::test]
#[ignore = "it needs a browser"]
async fn a_person_steers_a_stand_in() {
    let served = Served::start("tvmaze");
    let email = || json!({ "email": "ada@example.org" });
    let browser = Browser::start().await;
    browser
        .open(&format!("{}/__keywright/", served.origin()))
        .await;
    let page = browser.text().await;
    assert!(
        page.contains("No rule is in force.") && page.contains("authPollPost"),
        "{page}"
    );

    browser
        .click("//select[@name='preset']/option[.='403 always']")
        .await;
    browser
        .click("//select[@name='operation']//option[.='authStartPost']")
        .await;
    browser.click("//button[.='Add rule']").await;
    let page = browser.text().await;
    assert!(page.contains("tvmaze authStartPost status = 403"), "{page}");
    assert_eq!(post(&served, "/v1/auth/start", email()).await.0, 403);

    browser.click("//button[.='Reset everything']").await;
    let page = browser.text().await;
    assert!(
        page.contains("No rule is in force.") && page.contains("No request has come."),
        "{page}"
    );

    let (status, started) = post(&served, "/v1/auth/start", email()).await;
    assert_eq!(status, 200);
    browser.click("//a[.='Refresh']").await;
    let page = browser.text().await;
    assert!(page.contains("Waiting for a user to confirm"), "{page}");
    assert!(page.contains("POST /v1/auth/start"), "{page}");
    browser.click("//button[.='Confirm']").await;
    let token = json!({ "token": started["token"] });
    let (status, confirmed) = post(&served, "/v1/auth/poll", token).await;
    assert_eq!(status, 200, "{confirmed}");
    assert!(confirmed["apikey"].is_string());
    browser.click("//a[.='Refresh']").await;
    let page = browser.text().await;
    assert!(!page.contains("Waiting for a user"), "{page}");
    assert!(page.contains("tvmaze usertoken"), "{page}");
}
