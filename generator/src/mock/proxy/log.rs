//! What is wrong with what has passed, a line of JSON for each finding.

use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use http::Method;
use serde_json::json;

use crate::mock::contract::{Contract, Operation};
use crate::mock::judge::Finding;

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To the service.
    Request,
    /// From the service.
    Response,
}

/// How much has passed, and what was wrong with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many requests were passed on.
    pub requests: u64,
    /// How many things were wrong.
    pub findings: u64,
    /// How many bodies were not looked into, or not to their end: they were too long, encoded, or cut off.
    pub unread: u64,
    /// How many requests the service did not answer.
    pub unanswered: u64,
}

/// "2 findings in 10 requests; 1 was not answered"
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: u64, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        let findings = count(self.findings, "finding", "findings");
        let requests = count(self.requests, "request", "requests");
        write!(f, "{findings} in {requests}")?;
        if self.unanswered > 0 {
            let unanswered = count(self.unanswered, "was", "were");
            write!(f, "; {unanswered} not answered")?;
        }
        if self.unread > 0 {
            let unread = count(self.unread, "body was", "bodies were");
            write!(f, "; {unread} not read to the end")?;
        }
        Ok(())
    }
}

/// Writes findings, and counts.
pub struct Log {
    inner: Mutex<Inner>,
    /// The texts that stand in the paths of the documents.
    known: HashSet<String>,
}

struct Inner {
    out: Box<dyn Write + Send>,
    tally: Tally,
    error: Option<io::Error>,
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("tally", &self.tally()).finish()
    }
}

impl Log {
    /// Creates a log that is written to `out`.
    pub(super) fn new(contracts: &[Contract], out: Box<dyn Write + Send>) -> Self {
        let operations = contracts.iter().flat_map(|it| &it.operations);
        let texts = operations.flat_map(|it| it.path.text.split('/'));
        Self {
            known: texts.map(str::to_owned).collect(),
            inner: Mutex::new(Inner {
                out,
                tally: Tally::default(),
                error: None,
            }),
        }
    }

    /// Returns what has been counted.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.with(|it| it.tally)
    }

    /// Returns why something could not be written, once.
    #[must_use]
    pub fn take_error(&self) -> Option<io::Error> {
        self.with(|it| it.error.take())
    }

    pub(super) fn count(&self, count: impl FnOnce(&mut Tally)) {
        self.with(|it| count(&mut it.tally));
    }

    fn with<T>(&self, run: impl FnOnce(&mut Inner) -> T) -> T {
        run(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes what is wrong with a request or response.
    pub(super) fn findings(&self, subject: &Subject, way: Way, findings: &[Finding]) {
        for finding in findings {
            let line = json!({
                "time": now(),
                "direction": match way {
                    Way::Request => "request",
                    Way::Response => "response",
                },
                "method": subject.method,
                "path": subject.path,
                "operation": subject.operation,
                "in": finding.part.to_string(),
                "message": finding.message,
                "document": finding.document,
            });
            self.with(|it| {
                it.tally.findings += 1;
                let written = it.out.write_all(format!("{line}\n").as_bytes());
                if let Err(error) = written.and_then(|()| it.out.flush()) {
                    it.error.get_or_insert(error);
                }
            });
        }
    }

    /// What a request is of that is of no operation. Of its path only that is shown which the documents have, too.
    pub(super) fn stranger(&self, method: &Method, path: &str) -> Subject {
        let shown = |segment: &str| {
            if self.known.contains(segment) {
                segment.to_owned()
            } else {
                "…".to_owned()
            }
        };
        let segments: Vec<String> = path.split('/').map(shown).collect();
        Subject {
            method: known_method(method).to_owned(),
            path: segments.join("/"),
            operation: None,
        }
    }
}

/// What a finding is about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    method: String,
    path: String,
    operation: Option<String>,
}

impl Subject {
    /// A request of an operation.
    pub(super) fn of(operation: &Operation) -> Self {
        Self {
            method: operation.method.clone(),
            path: operation.path.text.clone(),
            operation: Some(operation.id.clone()),
        }
    }
}

/// A method by its name, if it is one that everybody knows.
fn known_method(method: &Method) -> &str {
    let known = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
    ];
    let found = known.into_iter().find(|it| *it == method.as_str());
    found.unwrap_or("…")
}

/// The time, as RFC 3339 has it.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
