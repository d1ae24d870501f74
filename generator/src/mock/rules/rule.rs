//! A rule, as data.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value};

use crate::mock::answer::Cut;
use crate::mock::contract::{Contract, Operation};

/// A rule: what goes wrong for which requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// The rule as it was given.
    pub stated: Map<String, Value>,
    /// The module of the API; any when absent.
    pub module: Option<String>,
    /// An `operationId`, or method and path; any request when absent.
    pub operation: Option<String>,
    /// How many requests it is for; no limit when absent.
    pub times: Option<u64>,
    /// How many requests it lets pass before the first that it is for.
    pub after: u64,
    /// The share of the requests that it is for; all when absent.
    pub probability: Option<f64>,
    /// What goes wrong.
    pub effect: Effect,
}

/// What goes wrong with a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// What becomes of all credentials before the request is answered.
    pub tokens: Option<Fate>,
    /// By how many seconds the clock is ahead while the request is answered.
    pub skew: i64,
    /// What is answered instead of the usual response.
    pub instead: Option<Instead>,
    /// Headers that the response has in place of its own of the same names.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What is wrong with the body.
    pub spoil: Option<Spoil>,
    /// How long the response is held back.
    pub delay: Duration,
    /// Where the connection breaks.
    pub drop: Option<Cut>,
}

/// What becomes of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Access tokens expire. Refresh tokens stay good.
    Expire,
    /// All of them end.
    Revoke,
}

/// A response in place of the usual one. The request is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The response that the document has for a status; a problem (RFC 9457) where it has none.
    Documented(StatusCode),
    /// A body that the rule gives, with its media type.
    Given(StatusCode, &'static str, Bytes),
    /// The error page of a proxy.
    Html(StatusCode),
}

/// What is wrong with a body. Its length is right all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    /// It is not JSON.
    Malformed,
    /// It ends after so many bytes.
    Ends(usize),
}

impl Rule {
    /// Returns whether the rule is about a request, by the operation that it is of, if it is of one.
    #[must_use]
    pub fn is_about(&self, found: Option<(&Contract, &Operation)>) -> bool {
        let Some((contract, operation)) = found else {
            return self.module.is_none() && self.operation.is_none();
        };
        let is_module = self.module.as_ref().is_none_or(|it| *it == contract.module);
        let wanted = self.operation.as_deref();
        is_module && wanted.is_none_or(|it| is_called(contract, operation, it))
    }
}

/// Whether an operation goes by a name: its `operationId`, or its method and path, with or without the base path.
pub(super) fn is_called(contract: &Contract, operation: &Operation, name: &str) -> bool {
    if name == operation.id {
        return true;
    }
    let Some((method, path)) = name.split_once(' ') else {
        return false;
    };
    let whole = operation.path.text.as_str();
    let below = whole.strip_prefix(contract.base_path.as_str());
    method == operation.method && (path == whole || Some(path) == below)
}
