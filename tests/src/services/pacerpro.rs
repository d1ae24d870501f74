//! PacerPro: a JWT for a password, a successor for a JWT, and a sign-out that revokes all of a user's JWTs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, Call, Credentials, Operation, Property, START, Service, jwt};

/// Life of a JWT in seconds. It is not documented.
const LIFE: i64 = 12 * 60 * 60;

/// The service, which knows one user.
#[derive(Debug)]
pub struct PacerPro {
    now: i64,
    serial: i64,
    /// The JWTs that are not revoked, and when they expire.
    valid: BTreeMap<String, i64>,
    delete_body: DeleteBody,
}

/// What a successful DELETE is answered with: the two public client libraries do not agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DeleteBody {
    /// 200 and `{}`, as in the C# client.
    #[default]
    Object,
    /// 200 and nothing, as in the Ruby client.
    Empty,
    /// 204, as one might expect.
    NoContent,
    /// 200 and this.
    Json(Value),
}

impl Default for PacerPro {
    fn default() -> Self {
        Self {
            now: START,
            serial: 0,
            valid: BTreeMap::new(),
            delete_body: DeleteBody::default(),
        }
    }
}

impl PacerPro {
    /// The user's address.
    pub const EMAIL: &'static str = "ada@example.org";
    /// The user's password.
    pub const PASSWORD: &'static str = "correct-horse";

    /// Lets time pass.
    pub fn pass_hours(&mut self, hours: i64) {
        self.now += hours * 60 * 60;
    }

    /// Changes what a successful DELETE is answered with.
    pub fn set_delete_body(&mut self, body: DeleteBody) {
        self.delete_body = body;
    }

    /// Wrong, empty and malformed credentials are all the same.
    fn create(&mut self, call: &Call) -> Answer {
        if (call.text("email"), call.text("password")) == (Self::EMAIL, Self::PASSWORD) {
            self.issue()
        } else {
            refused("Unauthorized")
        }
    }

    fn refresh(&mut self, call: &Call) -> Answer {
        if self.is_valid(call) {
            self.issue()
        } else {
            refused("Token no longer accepted")
        }
    }

    fn delete(&mut self, call: &Call) -> Answer {
        if !self.is_valid(call) {
            return refused("Token no longer accepted");
        }
        self.valid.clear();
        match &self.delete_body {
            DeleteBody::Object => Answer::json(200, &json!({})),
            DeleteBody::Empty => Answer::empty(200),
            DeleteBody::NoContent => Answer::empty(204),
            DeleteBody::Json(body) => Answer::json(200, body),
        }
    }

    fn is_valid(&self, call: &Call) -> bool {
        call.token()
            .and_then(|token| self.valid.get(token))
            .is_some_and(|expires| self.now < *expires)
    }

    /// A predecessor stays valid until it expires or is revoked.
    fn issue(&mut self) -> Answer {
        self.serial += 1;
        let expires = self.now + LIFE;
        let token = jwt(&json!({ "jti": self.serial, "sub": 1815, "exp": expires, "scp": "user" }));
        self.valid.insert(token.clone(), expires);
        let expires = Timestamp::from_second(expires).expect("the clock is in range");
        Answer::json(
            200,
            &json!({ "jwtToken": token, "expiresAt": format!("{expires:.3}") }),
        )
    }
}

fn refused(message: &str) -> Answer {
    Answer::json(
        401,
        &json!({ "error": "Unauthorized", "message": message, "status": 401, "type": "error" }),
    )
}

impl Service for PacerPro {
    const BASE_PATH: &'static str = "/v1";
    const OPERATIONS: &'static [Operation] = &[
        Operation {
            id: "create",
            method: "POST",
            path: "/session",
            credentials: Credentials::None,
            body: &[Property::Required("email"), Property::Required("password")],
        },
        Operation {
            id: "refresh",
            method: "GET",
            path: "/session",
            credentials: Credentials::Bearer,
            body: &[],
        },
        Operation {
            id: "delete",
            method: "DELETE",
            path: "/session",
            credentials: Credentials::Bearer,
            body: &[],
        },
    ];

    fn now(&self) -> i64 {
        self.now
    }

    fn answer(&mut self, call: &Call) -> Answer {
        match call.operation {
            "create" => self.create(call),
            "refresh" => self.refresh(call),
            _ => self.delete(call),
        }
    }
}
