//! Aivo: a pair of tokens for a password, a renewal that uses up its refresh token, and a sign-out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Answer, Call, Credentials, Operation, Property, START, Service, jwt};

/// The service, which knows one user.
#[derive(Debug)]
pub struct Aivo {
    now: i64,
    pairs: i64,
    /// Each access token that is not signed out, and when it expires.
    access_tokens: BTreeMap<String, i64>,
    /// The refresh tokens that were not used yet.
    refresh_tokens: BTreeSet<String>,
    user: Map<String, Value>,
}

impl Default for Aivo {
    fn default() -> Self {
        let user = json!({
            "id": "7c9e6679-7425-40de-944b-e07fc1e90ae7",
            "email": Self::EMAIL,
            "firstName": "Ada",
            "lastName": "Lovelace",
            "role": "learner",
            "tenantId": "0b7c1f0e-3f5e-4b57-9a3e-5d1c7f2b8a44",
            "status": "active",
            "createdAt": "2025-09-01T08:30:00.000000+00:00",
            "updatedAt": "2025-09-13T00:14:42.935897+00:00",
        });
        Self {
            now: START,
            pairs: 0,
            access_tokens: BTreeMap::new(),
            refresh_tokens: BTreeSet::new(),
            user: user.as_object().cloned().unwrap_or_default(),
        }
    }
}

impl Aivo {
    /// The user's address.
    pub const EMAIL: &'static str = "ada@example.org";
    /// The user's password.
    pub const PASSWORD: &'static str = "correct-horse";
    /// For how many seconds an access token is valid.
    pub const EXPIRES_IN: i64 = 3600;

    /// Lets time pass.
    pub fn pass_seconds(&mut self, seconds: i64) {
        self.now += seconds;
    }

    /// Sets a property of the user.
    pub fn set_user(&mut self, property: &str, value: Value) {
        self.user.insert(property.to_owned(), value);
    }

    fn login(&mut self, call: &Call) -> Answer {
        let (email, password) = (call.text("email"), call.text("password"));
        let mut faults = Vec::new();
        if !email.contains('@') {
            faults.push(json!({ "field": "email", "message": "not an address" }));
        }
        if password.chars().count() < 8 {
            faults.push(json!({ "field": "password", "message": "shorter than 8 characters" }));
        }
        if !faults.is_empty() {
            return Answer::json(
                422,
                &json!({ "error": "VALIDATION_FAILED", "message": "Bad input", "validationErrors": faults }),
            );
        }
        if (email, password) == (Self::EMAIL, Self::PASSWORD) {
            self.issue()
        } else {
            refused("Bad credentials")
        }
    }

    /// The access token may have expired, but not have been signed out. The refresh token is used up.
    fn refresh(&mut self, call: &Call) -> Answer {
        if !call
            .token()
            .is_some_and(|token| self.access_tokens.contains_key(token))
        {
            refused("Token not accepted")
        } else if self.refresh_tokens.remove(call.text("refreshToken")) {
            self.issue()
        } else {
            refused("Refresh token not accepted")
        }
    }

    fn logout(&mut self, call: &Call) -> Answer {
        let expires = call
            .token()
            .and_then(|token| self.access_tokens.remove(token));
        match expires {
            Some(at) if self.now < at => Answer::empty(204),
            Some(_) => refused("Token expired"),
            None => refused("Token not accepted"),
        }
    }

    fn issue(&mut self) -> Answer {
        self.pairs += 1;
        let expires = self.now + Self::EXPIRES_IN;
        let access_token =
            jwt(&json!({ "exp": expires, "jti": self.pairs, "sub": self.user["id"] }));
        let refresh_token = format!("rt-6f1c00{}", self.pairs);
        self.access_tokens.insert(access_token.clone(), expires);
        self.refresh_tokens.insert(refresh_token.clone());
        Answer::json(
            200,
            &json!({
                "accessToken": access_token,
                "refreshToken": refresh_token,
                "user": self.user,
                "expiresIn": Self::EXPIRES_IN,
            }),
        )
    }
}

fn refused(message: &str) -> Answer {
    Answer::json(401, &json!({ "error": "UNAUTHORIZED", "message": message }))
}

impl Service for Aivo {
    const BASE_PATH: &'static str = "/auth/v1";
    const OPERATIONS: &'static [Operation] = &[
        Operation {
            id: "login",
            method: "POST",
            path: "/login",
            credentials: Credentials::None,
            body: &[Property::Required("email"), Property::Required("password")],
        },
        Operation {
            id: "refresh",
            method: "POST",
            path: "/refresh",
            credentials: Credentials::Bearer,
            body: &[Property::Required("refreshToken")],
        },
        Operation {
            id: "logout",
            method: "POST",
            path: "/logout",
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
            "refresh" => self.refresh(call),
            _ => self.logout(call),
        }
    }
}
