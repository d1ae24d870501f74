//! TVmaze: an API key that a user grants by confirming a request, and a look whether a key is right.

use serde_json::json;

use super::{Answer, Authorization, Call, Credentials, Operation, Property, START, Service};

/// How far apart two polls must be, in seconds.
const POLL_INTERVAL: i64 = 10;

/// The service, which knows two users, of whom one never confirmed his address.
#[derive(Debug)]
pub struct TvMaze {
    now: i64,
    requests: Vec<Confirmation>,
    starts_are_throttled: bool,
    retry_after: Option<u32>,
}

/// A confirmation request.
#[derive(Debug)]
struct Confirmation {
    token: String,
    is_confirmed: bool,
    is_handed_out: bool,
    last_poll: Option<i64>,
}

impl Default for TvMaze {
    fn default() -> Self {
        Self {
            now: START,
            requests: Vec::new(),
            starts_are_throttled: false,
            retry_after: None,
        }
    }
}

impl TvMaze {
    /// The address of the user.
    pub const EMAIL: &'static str = "ada@example.org";
    /// The name of the user.
    pub const USER_NAME: &'static str = "ada";
    /// The API key of the user.
    pub const API_KEY: &'static str = "k-0123456789";
    /// The address of the user who never confirmed it.
    pub const UNCONFIRMED_EMAIL: &'static str = "charles@example.org";

    /// Lets time pass.
    pub fn pass_seconds(&mut self, seconds: i64) {
        self.now += seconds;
    }

    /// Refuses to start further confirmation requests for now.
    pub fn throttle_starts(&mut self) {
        self.starts_are_throttled = true;
    }

    /// Sends `Retry-After` with every 429 from now on; at first, none is sent.
    pub fn set_retry_after(&mut self, seconds: u32) {
        self.retry_after = Some(seconds);
    }

    /// Does what the user does with the link in the mail: confirms all requests.
    pub fn confirm(&mut self) {
        for request in &mut self.requests {
            request.is_confirmed = true;
        }
    }

    fn start(&mut self, call: &Call) -> Answer {
        if self.starts_are_throttled {
            return self.too_many();
        }
        match call.text("email") {
            Self::EMAIL => {
                let token = format!("d3b07384{}", self.requests.len());
                let answer = json!({ "token": token, "confirm_url": format!("https://www.tvmaze.com/confirm/{token}") });
                self.requests.push(Confirmation {
                    token,
                    is_confirmed: false,
                    is_handed_out: false,
                    last_poll: None,
                });
                Answer::json(200, &answer)
            }
            Self::UNCONFIRMED_EMAIL => {
                refused(401, "Unauthorized", "this address was never confirmed")
            }
            _ => refused(404, "Not Found", "nobody has this address"),
        }
    }

    fn poll(&mut self, call: &Call) -> Answer {
        let now = self.now;
        let request = self
            .requests
            .iter_mut()
            .find(|request| request.token == call.text("token"));
        let Some(request) = request else {
            return refused(404, "Not Found", "no such request");
        };
        if request.last_poll.is_some_and(|at| now < at + POLL_INTERVAL) {
            return self.too_many();
        }
        request.last_poll = Some(now);
        if request.is_handed_out {
            refused(404, "Not Found", "the key was handed out already")
        } else if request.is_confirmed {
            request.is_handed_out = true;
            Answer::json(
                200,
                &json!({ "username": Self::USER_NAME, "apikey": Self::API_KEY }),
            )
        } else {
            refused(403, "Forbidden", "the user has not confirmed yet")
        }
    }

    fn too_many(&self) -> Answer {
        // What it says is not documented, nor that it is empty.
        let answer = Answer::empty(429);
        match self.retry_after {
            Some(seconds) => answer.header("retry-after", seconds.to_string()),
            None => answer,
        }
    }
}

fn validate(call: &Call) -> Answer {
    let right = Authorization::Basic(TvMaze::USER_NAME.to_owned(), TvMaze::API_KEY.to_owned());
    if call.authorization == Some(right) {
        Answer::json(200, &json!({ "premium": 2 }))
    } else {
        refused(401, "Unauthorized", "wrong user name or key")
    }
}

/// No body is documented for these, but one client expects this form.
fn refused(status: u16, name: &str, message: &str) -> Answer {
    Answer::json(status, &json!({ "name": name, "message": message }))
}

impl Service for TvMaze {
    const BASE_PATH: &'static str = "/v1";
    const OPERATIONS: &'static [Operation] = &[
        Operation {
            id: "start",
            method: "POST",
            path: "/auth/start",
            credentials: Credentials::Basic,
            body: &[
                Property::Required("email"),
                Property::OptionalBoolean("email_confirmation"),
            ],
        },
        Operation {
            id: "poll",
            method: "POST",
            path: "/auth/poll",
            credentials: Credentials::Basic,
            body: &[Property::Required("token")],
        },
        Operation {
            id: "validate",
            method: "GET",
            path: "/auth/validate",
            credentials: Credentials::Basic,
            body: &[],
        },
    ];

    fn now(&self) -> i64 {
        self.now
    }

    fn answer(&mut self, call: &Call) -> Answer {
        match call.operation {
            "start" => self.start(call),
            "poll" => self.poll(call),
            _ => validate(call),
        }
    }
}
