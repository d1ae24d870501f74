//! An authorization server and the API beside it, written from RFC 6749, 6750, 7009, 7636, 8414, 8628 and 9207.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use url::Url;

/// The app that is registered. The secret is a mark, which must not be seen anywhere else.
pub(super) const CLIENT_ID: &str = "the-app";
pub(super) const CLIENT_SECRET: &str = "MARK client-secret:ä";

/// How long tokens are good for, in seconds.
pub(super) const LIFETIME: u64 = 1000;

/// How a request to the authorization server is answered.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// As it deserves.
    Usual,
    /// With this status and JSON.
    Json(u16, &'static str),
    /// By a page of some proxy.
    Page(u16),
    /// By this status and `Retry-After: 7`.
    Later(u16),
    /// By a redirect to a place that would take everything.
    Redirect,
    /// With a body that does not end.
    Endless,
    /// With a connection that breaks.
    Broken,
}

/// A request to the authorization server, as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) authorization: Option<String>,
    pub(super) form: Vec<(String, String)>,
}

impl Seen {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.form.iter();
        Some(pairs.find(|(it, _)| it == name)?.1.as_str())
    }

    /// The request in a line, with what chance has made of it named.
    pub(super) fn line(&self) -> String {
        let basic = self
            .authorization
            .as_deref()
            .and_then(|it| it.strip_prefix("Basic "));
        let basic = basic.map(|it| BASE64_STANDARD.decode(it).expect("it is Base64"));
        let basic = basic.map(|it| format!(" Basic {}", String::from_utf8_lossy(&it)));
        let form = self.form.iter().map(|(name, value)| match &**name {
            "code_verifier" => format!("{name}=({})", value.len()),
            _ => format!("{name}={value}"),
        });
        let form: Vec<String> = form.collect();
        format!(
            "{}{} {}",
            self.path,
            basic.unwrap_or_default(),
            form.join(" & ")
        )
    }
}

/// An authorization that a user has given in a browser.
struct Grant {
    challenge: String,
    redirect_uri: String,
}

/// What the servers know.
#[derive(Default)]
pub(super) struct Known {
    count: u32,
    codes: BTreeMap<String, Grant>,
    refresh: BTreeSet<String>,
    /// The access tokens that are refused.
    pub(super) refused: BTreeSet<String>,
    /// What has been revoked.
    pub(super) revoked: Vec<String>,
    /// Whether a refresh token serves once.
    pub(super) rotates: bool,
    /// How often a user still has not confirmed on the other device.
    pub(super) pending: u32,
    /// How the next requests are answered, if not as they deserve.
    pub(super) answers: VecDeque<Answer>,
    pub(super) seen: Vec<Seen>,
    /// Changes of the metadata.
    pub(super) metadata: BTreeMap<&'static str, Value>,
}

/// The servers, running.
#[derive(Clone)]
pub(super) struct Authority {
    pub(super) origin: String,
    known: Arc<Mutex<Known>>,
}

impl Authority {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let known = Known {
            rotates: true,
            ..Known::default()
        };
        let authority = Self {
            origin,
            known: Arc::new(Mutex::new(known)),
        };
        let router = axum::Router::new()
            .fallback(handle)
            .with_state(authority.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        authority
    }

    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.known
            .lock()
            .expect("no test panics while it holds the lock")
    }

    /// The requests since the last time that this was asked, a line for each.
    pub(super) fn requests(&self) -> String {
        let seen = std::mem::take(&mut self.known().seen);
        let lines: Vec<String> = seen.iter().map(Seen::line).collect();
        lines.join("\n").replace(&self.origin, "http://server")
    }

    /// What a browser does at the authorization endpoint, where a user agrees: returns where it is sent then.
    pub(super) fn authorize(&self, url: &Url) -> Url {
        assert_eq!(url.path(), "/oauth/authorize");
        let asked: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(asked["client_id"], CLIENT_ID);
        assert!(asked["state"].len() >= 20, "nobody guesses it");
        let mut target = Url::parse(&asked["redirect_uri"]).expect("it is a URL");
        let mut known = self.known();
        known.count += 1;
        let count = known.count;
        if asked["response_type"] == "token" {
            let token = format!("MARK-A{count}");
            let fragment = format!(
                "access_token={token}&token_type=Bearer&expires_in={LIFETIME}&state={}",
                asked["state"]
            );
            target.set_fragment(Some(&fragment));
            return target;
        }
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        let code = format!("MARK-code-{count}");
        let grant = Grant {
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
        };
        known.codes.insert(code.clone(), grant);
        target
            .query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &asked["state"])
            .append_pair("iss", &self.origin);
        target
    }
}

async fn handle(State(authority): State<Authority>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20)
        .await
        .expect("a small body");
    let header = parts.headers.get("authorization");
    let authorization = header.map(|it| it.to_str().expect("ASCII").to_owned());
    let path = parts.uri.path().to_owned();
    if path.starts_with("/v1/") {
        return authority.known().api(authorization.as_deref());
    }
    let seen = Seen {
        path,
        authorization,
        form: form(&body),
    };
    let mut known = authority.known();
    known.seen.push(seen.clone());
    let answer = known.answers.pop_front().unwrap_or(Answer::Usual);
    let answer = match answer {
        Answer::Usual => known.serve(&seen, &authority.origin),
        Answer::Json(status, text) => reply(status, "application/json", text),
        Answer::Page(status) => reply(status, "text/html", "<p>MARK-page</p>"),
        Answer::Later(status) => {
            let mut later = reply(status, "text/plain", "");
            later
                .headers_mut()
                .insert("retry-after", "7".parse().expect("a value"));
            later
        }
        Answer::Redirect => {
            let mut redirect = reply(307, "text/plain", "");
            let target = "/oauth/elsewhere".parse().expect("a value");
            redirect.headers_mut().insert("location", target);
            redirect
        }
        Answer::Broken => {
            let broken = std::io::Error::other("it breaks");
            let chunks = [Ok(Bytes::from_static(b"{")), Err(broken)];
            Response::new(axum::body::Body::from_stream(futures_util::stream::iter(
                chunks,
            )))
        }
        Answer::Endless => {
            let chunk = || Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 1024]));
            let body = futures_util::stream::repeat_with(chunk);
            let mut endless = Response::new(axum::body::Body::from_stream(body));
            let json = "application/json".parse().expect("a value");
            endless.headers_mut().insert("content-type", json);
            endless
        }
    };
    drop(known);
    answer
}

fn form(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body).into_owned().collect()
}

fn reply(status: u16, media_type: &str, body: &str) -> Response {
    let response = Response::builder()
        .status(status)
        .header("content-type", media_type)
        // By the clock of the tests when they begin.
        .header("date", "Fri, 15 Jan 2027 08:00:00 GMT");
    response.body(body.to_owned().into()).expect("a response")
}

fn json_reply(status: u16, body: &Value) -> Response {
    reply(status, "application/json;charset=UTF-8", &body.to_string())
}

fn error(status: u16, code: &str) -> Response {
    json_reply(status, &json!({ "error": code }))
}

impl Known {
    /// The API: it says which token it has seen.
    fn api(&self, authorization: Option<&str>) -> Response {
        let token = authorization.and_then(|it| it.strip_prefix("Bearer "));
        match token.filter(|it| !self.refused.contains(*it)) {
            Some(token) => reply(200, "text/plain", token),
            None => reply(401, "text/plain", ""),
        }
    }

    fn serve(&mut self, seen: &Seen, origin: &str) -> Response {
        match &*seen.path {
            "/.well-known/openid-configuration" | "/.well-known/oauth-authorization-server" => {
                let mut metadata = json!({
                    "issuer": origin,
                    "authorization_endpoint": format!("{origin}/oauth/authorize"),
                    "token_endpoint": format!("{origin}/oauth/token"),
                    "device_authorization_endpoint": format!("{origin}/oauth/device"),
                    "revocation_endpoint": format!("{origin}/oauth/revoke"),
                    "authorization_response_iss_parameter_supported": true,
                });
                for (name, value) in &self.metadata {
                    metadata[*name] = value.clone();
                }
                json_reply(200, &metadata)
            }
            _ if !is_client(seen) => error(401, "invalid_client"),
            "/oauth/device" => {
                self.count += 1;
                json_reply(
                    200,
                    &json!({
                        "device_code": format!("MARK-device-{}", self.count),
                        "user_code": "WDJB-MJHT",
                        "verification_uri": "https://example.com/device",
                        "verification_uri_complete": "https://example.com/device?user_code=WDJB-MJHT",
                        "expires_in": 1800,
                    }),
                )
            }
            "/oauth/token" | "/oauth/refresh" => self.token(seen),
            "/oauth/revoke" => {
                let token = seen.get("token").unwrap_or_default().to_owned();
                self.refresh.remove(&token);
                self.revoked.push(token);
                reply(200, "text/plain", "")
            }
            _ => reply(404, "text/plain", ""),
        }
    }

    fn token(&mut self, seen: &Seen) -> Response {
        match seen.get("grant_type") {
            Some("client_credentials") => self.give(false),
            Some("password") if seen.get("password") == Some("MARK-password") => self.give(true),
            Some("authorization_code") => {
                let grant = seen.get("code").and_then(|it| self.codes.remove(it));
                let verifier = seen.get("code_verifier").unwrap_or_default();
                let is_proven = grant.is_some_and(|it| {
                    it.challenge == challenge(verifier)
                        && Some(it.redirect_uri.as_str()) == seen.get("redirect_uri")
                });
                if is_proven {
                    self.give(true)
                } else {
                    error(400, "invalid_grant")
                }
            }
            Some("refresh_token") => {
                let token = seen.get("refresh_token").unwrap_or_default();
                if !self.refresh.contains(token) {
                    return error(400, "invalid_grant");
                }
                if self.rotates {
                    self.refresh.remove(token);
                }
                self.give(self.rotates)
            }
            Some("urn:ietf:params:oauth:grant-type:device_code") => {
                if self.pending > 0 {
                    self.pending -= 1;
                    return error(400, "authorization_pending");
                }
                self.give(true)
            }
            Some(_) => error(400, "invalid_grant"),
            None => error(400, "invalid_request"),
        }
    }

    fn give(&mut self, can_be_renewed: bool) -> Response {
        self.count += 1;
        let count = self.count;
        let mut body = json!({
            "access_token": format!("MARK-A{count}"),
            "token_type": "Bearer",
            "expires_in": LIFETIME,
        });
        if can_be_renewed {
            let token = format!("MARK-R{count}");
            body["refresh_token"] = json!(token);
            self.refresh.insert(token);
        }
        json_reply(200, &body)
    }
}

/// Whether a request comes from the registered app: by its secret, or as a public one (RFC 6749, section 2.3.1).
fn is_client(seen: &Seen) -> bool {
    let Some(basic) = &seen.authorization else {
        let secret = seen.get("client_secret");
        return seen.get("client_id") == Some(CLIENT_ID)
            && secret.is_none_or(|it| it == CLIENT_SECRET);
    };
    let basic = basic
        .strip_prefix("Basic ")
        .and_then(|it| BASE64_STANDARD.decode(it).ok());
    let basic = basic
        .and_then(|it| String::from_utf8(it).ok())
        .unwrap_or_default();
    let (id, secret) = basic.split_once(':').unwrap_or_default();
    let decode = |text: &str| form(format!("it={text}").as_bytes())[0].1.clone();
    decode(id) == CLIENT_ID && decode(secret) == CLIENT_SECRET
}

/// What a verifier is proven by (RFC 7636, section 4.6).
fn challenge(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[test]
fn the_server_knows_pkce() {
    // RFC 7636, appendix B.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(
        challenge(verifier),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
}
