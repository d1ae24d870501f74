//! TheTVDB v2: a JWT for an API key, good for 24 hours and replaceable while it is valid.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Answer, Call, Credentials, Operation, Property, START, Service, jwt};

const DAY: i64 = 24 * 60 * 60;

/// The service, which knows one application and one user.
#[derive(Debug)]
pub struct TheTvdb {
    now: i64,
    /// Each JWT that was issued, and when it expires.
    issued: BTreeMap<String, i64>,
}

impl Default for TheTvdb {
    fn default() -> Self {
        Self {
            now: START,
            issued: BTreeMap::new(),
        }
    }
}

impl TheTvdb {
    /// The application's key.
    pub const API_KEY: &'static str = "0123456789ABCDEF";
    /// The user's name.
    pub const USER_NAME: &'static str = "ada";
    /// The user's identifier.
    pub const USER_KEY: &'static str = "5EC0FFEE12345.67890123";

    /// Lets time pass.
    pub fn pass_hours(&mut self, hours: i64) {
        self.now += hours * 60 * 60;
    }

    fn login(&mut self, call: &Call) -> Answer {
        let user = (call.text("username"), call.text("userkey"));
        if call.text("apikey") == Self::API_KEY
            && [("", ""), (Self::USER_NAME, Self::USER_KEY)].contains(&user)
        {
            self.issue()
        } else {
            Answer::json(401, &json!({ "Error": "Not Authorized" }))
        }
    }

    fn refresh(&mut self, call: &Call) -> Answer {
        let expires = call.token().and_then(|token| self.issued.get(token));
        if expires.is_some_and(|at| self.now < *at) {
            self.issue()
        } else {
            // The text is seen in this case, too.
            Answer::json(401, &json!({ "Error": "Not authorized" }))
        }
    }

    /// Nothing revokes a JWT, so that its predecessor stays valid.
    fn issue(&mut self) -> Answer {
        let expires = self.now + DAY;
        let serial = self.issued.len() + 1;
        let token = jwt(&json!({ "exp": expires, "id": serial, "orig_iat": self.now }));
        self.issued.insert(token.clone(), expires);
        Answer::json(200, &json!({ "token": token }))
    }
}

impl Service for TheTvdb {
    const BASE_PATH: &'static str = "";
    const OPERATIONS: &'static [Operation] = &[
        Operation {
            id: "login",
            method: "POST",
            path: "/login",
            credentials: Credentials::None,
            body: &[
                Property::Required("apikey"),
                Property::Optional("userkey"),
                Property::Optional("username"),
            ],
        },
        Operation {
            id: "refresh",
            method: "GET",
            path: "/refresh_token",
            credentials: Credentials::Bearer,
            body: &[],
        },
    ];

    fn now(&self) -> i64 {
        self.now
    }

    fn answer(&mut self, call: &Call) -> Answer {
        match call.operation {
            "login" => self.login(call),
            _ => self.refresh(call),
        }
    }
}
