//! The requests that a server has received, for a test to look at.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

/// Names of JSON properties whose values no snapshot shows.
const SECRETS: [&str; 7] = [
    "accessToken",
    "apikey",
    "jwtToken",
    "password",
    "refreshToken",
    "token",
    "userkey",
];

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// Path and query, with whatever is in front of them, exactly as they stood in the request line.
    pub target: String,
    /// Names in lower case, in the order of their arrival.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// Returns the value of a header; `None` if it was not sent.
    ///
    /// # Panics
    ///
    /// If it was sent several times: no header of these clients ever is.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(sent, _)| sent == name)
            .map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "`{name}` was sent more than once");
        value
    }

    /// Returns the body as text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }

    /// Returns the body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }

    /// Returns the request as text for a snapshot: headers sorted, JSON indented, secrets and chance masked.
    #[must_use]
    pub fn render(&self) -> String {
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", mask(name, value)))
            .collect();
        headers.sort_unstable();
        let mut text = format!("{} {}\n{}\n", self.method, self.target, headers.join("\n"));
        if let Ok(json) = serde_json::from_slice(&self.body) {
            let _ = write!(text, "\n{:#}\n", masked(json));
        } else if !self.body.is_empty() {
            let _ = write!(text, "\n{}\n", String::from_utf8_lossy(&self.body));
        }
        text
    }
}

/// Returns a header's value without what is secret or differs from run to run.
fn mask(name: &str, value: &str) -> String {
    match (name, value.split_once(' '), value.split_once('/')) {
        ("authorization", Some((scheme, _)), _) => format!("{scheme} ***"),
        ("authorization", None, _) => "***".to_owned(),
        ("host", _, _) => "<host>".to_owned(),
        ("user-agent", _, Some((product, _))) => format!("{product}/<version>"),
        _ => value.to_owned(),
    }
}

/// Returns JSON without secrets and with sorted properties, whichever map `serde_json` was built with.
fn masked(json: Value) -> Value {
    match json {
        Value::Object(properties) => {
            let sorted: BTreeMap<_, _> = properties.into_iter().collect();
            let masked = sorted.into_iter().map(|(name, value)| {
                let is_secret = value.is_string() && SECRETS.contains(&name.as_str());
                (
                    name,
                    if is_secret {
                        "***".into()
                    } else {
                        masked(value)
                    },
                )
            });
            Value::Object(masked.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(masked).collect()),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => scalar,
    }
}

/// The requests that one server has received so far. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Vec<Recorded>>>);

impl Recorder {
    /// Adds a request.
    pub fn record(&self, request: Recorded) {
        self.requests().push(request);
    }

    /// Removes and returns all requests, the oldest first.
    #[must_use]
    pub fn take(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.requests())
    }

    /// Removes and returns the one request that has arrived since the last look.
    ///
    /// # Panics
    ///
    /// If it is not exactly one.
    #[must_use]
    pub fn only(&self) -> Recorded {
        let mut requests = self.take();
        assert_eq!(
            requests.len(),
            1,
            "one request should have arrived, not {requests:#?}"
        );
        requests.remove(0)
    }

    /// Returns whether nothing has arrived since the last look.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requests().is_empty()
    }

    fn requests(&self) -> MutexGuard<'_, Vec<Recorded>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rendered_request_shows_no_secret_and_no_port() {
        let request = Recorded {
            method: "POST".to_owned(),
            target: "/v1/auth/poll?page=2".to_owned(),
            headers: [
                ("host", "127.0.0.1:40123"),
                ("user-agent", "auth-apis/1.2.3"),
                ("authorization", "Basic YWRhOks="),
                ("accept", "application/json"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
            body: br#"{"token":"T","more":[{"password":"P","email":"ada@example.org"}]}"#.to_vec(),
        };
        insta::assert_snapshot!(request.render(), @r#"
        POST /v1/auth/poll?page=2
        accept: application/json
        authorization: Basic ***
        host: <host>
        user-agent: auth-apis/<version>

        {
          "more": [
            {
              "email": "ada@example.org",
              "password": "***"
            }
          ],
          "token": "***"
        }
        "#);
    }
}
