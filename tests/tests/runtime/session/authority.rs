//! A server that signs in, renews with rotation, detects reuse, revokes, and misbehaves as it is told.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::response::Response;
use serde_json::{Value, json};

use super::super::runtime::{Description, Status};
use super::super::server::Server;

/// How a request for a token is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// With a token, and another one to renew it.
    Token,
    /// With a token, and nothing to renew it.
    NoRefreshToken,
    /// With a token of which nobody says when it expires.
    NoExpiry,
    /// With a token that has expired.
    Expired,
    /// With JSON that has no token.
    Garbage,
    /// By a page of some proxy, as a success.
    Page,
    /// By a page of some proxy, with this status.
    BadPage(u16),
    /// By this status.
    Status(u16),
    /// By this status and `Retry-After: 7`.
    Later(u16),
    /// By this status and as long a `Retry-After` as there is.
    Never(u16),
    /// Not at all.
    Hang,
}

/// What the server knows.
#[derive(Default)]
pub(super) struct State {
    count: u32,
    /// The tokens that are accepted.
    pub(super) valid: BTreeSet<String>,
    refresh: Option<String>,
    used: BTreeSet<String>,
    /// How often somebody signed in, renewed, and signed out.
    pub(super) sign_ins: u32,
    pub(super) renewals: u32,
    pub(super) sign_outs: u32,
    /// What the requests carried that signed out.
    pub(super) signed_out: Vec<String>,
    /// How often a token was used again by which another had been renewed.
    pub(super) reuses: u32,
    /// How the next requests for tokens are answered.
    pub(super) answers: VecDeque<Answer>,
    /// How the next other requests are answered, if not as the token deserves.
    pub(super) statuses: VecDeque<u16>,
    pub(super) lifetime: u64,
}

impl State {
    /// A server whose tokens are good for so many seconds.
    pub(super) fn new(lifetime: u64) -> Self {
        Self {
            lifetime,
            ..Self::default()
        }
    }

    fn give(&mut self, answer: Answer) -> Reply {
        self.count += 1;
        let (token, refresh) = (format!("A{}", self.count), format!("R{}", self.count));
        self.valid.insert(token.clone());
        let mut body = json!({ "token": token, "refresh": refresh, "expires": self.lifetime });
        match answer {
            Answer::NoRefreshToken => body["refresh"] = Value::Null,
            Answer::NoExpiry => body["expires"] = Value::Null,
            Answer::Expired => body["expires"] = json!(-1),
            _ => {}
        }
        if answer != Answer::NoRefreshToken {
            self.refresh = Some(refresh);
        }
        reply(200, "application/json", &body.to_string())
    }

    fn grant(&mut self, target: &str, body: &[u8]) -> Reply {
        let answer = self.answers.pop_front().unwrap_or(Answer::Token);
        match answer {
            Answer::Garbage => return reply(200, "application/json", "{\"token\": 7}"),
            Answer::Page => return reply(200, "text/html", "<p>Sign in to the network</p>"),
            Answer::BadPage(status) => return reply(status, "text/html", "<p>Bad gateway</p>"),
            Answer::Status(status) => return reply(status, "text/plain", ""),
            Answer::Later(status) => {
                return Reply {
                    retry_after: Some("7"),
                    ..reply(status, "text/plain", "")
                };
            }
            Answer::Never(status) => {
                return Reply {
                    retry_after: Some("18446744073709551615"),
                    ..reply(status, "text/plain", "")
                };
            }
            Answer::Hang => unreachable!("the server hangs before it asks"),
            Answer::Token | Answer::NoRefreshToken | Answer::NoExpiry | Answer::Expired => {}
        }
        if target == "/login" {
            return self.give(answer);
        }
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let sent = body["refresh"].as_str().unwrap_or_default().to_owned();
        if self.used.contains(&sent) {
            // Whoever has it may have stolen it: all that came of it ends.
            self.reuses += 1;
            self.refresh = None;
            self.valid.clear();
        }
        if self.refresh.as_ref() != Some(&sent) {
            return reply(401, "application/json", "{}");
        }
        if answer != Answer::NoRefreshToken {
            self.used.insert(sent);
        }
        self.valid.clear();
        self.give(answer)
    }

    /// Answers a request for a path, with a token and a body.
    pub(super) fn answer(&mut self, target: &str, authorization: &str, body: &[u8]) -> Reply {
        match target {
            "/login" => {
                self.sign_ins += 1;
                self.grant(target, body)
            }
            "/renew" => {
                self.renewals += 1;
                self.grant(target, body)
            }
            "/logout" => {
                self.sign_outs += 1;
                self.signed_out.push(authorization.to_owned());
                if let Some(status) = self.statuses.pop_front() {
                    return reply(status, "text/plain", "");
                }
                self.valid.clear();
                self.refresh = None;
                reply(204, "text/plain", "")
            }
            _ => {
                if let Some(status) = self.statuses.pop_front() {
                    return reply(status, "text/plain", "");
                }
                let token = authorization.strip_prefix("Bearer ").unwrap_or_default();
                let status = if self.valid.contains(token) { 200 } else { 401 };
                reply(status, "text/plain", token)
            }
        }
    }
}

/// What the server says.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) media_type: &'static str,
    pub(super) retry_after: Option<&'static str>,
    pub(super) body: String,
}

fn reply(status: u16, media_type: &'static str, body: &str) -> Reply {
    Reply {
        status,
        media_type,
        retry_after: None,
        body: body.to_owned(),
    }
}

impl Reply {
    pub(super) fn response(self) -> Response {
        let mut response = Response::builder().status(self.status);
        if let Some(time) = self.retry_after {
            response = response.header("retry-after", time);
        }
        let response = response.header("content-type", self.media_type);
        response.body(self.body.into()).expect("a response")
    }
}

/// The server, running.
#[derive(Clone)]
pub(super) struct Authority {
    pub(super) url: String,
    state: Arc<Mutex<State>>,
}

impl Authority {
    /// Starts a server whose tokens are good for so many seconds.
    pub(super) async fn start(lifetime: u64) -> Self {
        let state = Arc::new(Mutex::new(State::new(lifetime)));
        let shared = Arc::clone(&state);
        let server = Server::start(move |seen| {
            let mut state = shared
                .lock()
                .expect("no test panics while it holds the lock");
            if state.answers.front() == Some(&Answer::Hang) && seen.method == http::Method::POST {
                state.answers.pop_front();
                state.renewals += 1;
                // Nothing ever comes of it.
                let body = futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>();
                return Response::new(axum::body::Body::from_stream(body));
            }
            let authorization = seen.header("authorization").unwrap_or_default();
            let reply = state.answer(&seen.target, authorization, &seen.body);
            reply.response()
        });
        Self {
            url: server.await.url,
            state,
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("no test panics while it holds the lock")
    }

    /// How often somebody asked for a token.
    pub(super) fn exchanges(&self) -> u32 {
        let state = self.state();
        state.sign_ins + state.renewals
    }
}

const fn operation(
    id: &'static str,
    method: &'static str,
    path: &'static str,
    security: &'static [&'static [usize]],
) -> Description {
    Description {
        security,
        responses: &[(Status::Code(200), ""), (Status::Code(401), "")],
        ..Description::new(id, method, path)
    }
}

pub(super) static LOGIN: Description = operation("login", "POST", "/login", &[]);
pub(super) static RENEW: Description =
    operation("renew", "POST", "/renew", &[&[super::super::JWT]]);
pub(super) static LOGOUT: Description =
    operation("logout", "POST", "/logout", &[&[super::super::JWT]]);
pub(super) static READ: Description = operation("read", "GET", "/get", &[&[super::super::JWT]]);
pub(super) static WRITE: Description = operation("write", "POST", "/put", &[&[super::super::JWT]]);
