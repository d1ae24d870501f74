//! The last requests.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::mock::judge::Finding;

/// How many requests are remembered; the oldest are forgotten first.
const MOST: usize = 200;
/// How many bytes of a body are remembered.
const MOST_BODY: usize = 16 * 1024;

/// A request, and what was answered.
///
/// Its `Debug` shows nothing of what was sent, which may be secret.
#[derive(Clone)]
pub struct Record {
    /// Its number, counted from 1.
    pub number: u64,
    /// When it arrived, in seconds since 1970.
    pub at: i64,
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, cut off where it is long.
    pub body: Bytes,
    /// The module of the API, if it is of an operation.
    pub module: Option<String>,
    /// The operation, if it is of one.
    pub operation: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// What was wrong with it.
    pub findings: Vec<Finding>,
    /// What went wrong on demand: the number of the rule, 0 for what the request asked for itself.
    pub rule: Option<u64>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("number", &self.number)
            .field("at", &self.at)
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

/// The last requests.
#[derive(Debug, Default)]
pub struct Records {
    count: u64,
    last: VecDeque<Record>,
}

impl Records {
    /// Adds a request, which gets its number here.
    pub fn add(&mut self, mut record: Record) {
        self.count += 1;
        record.number = self.count;
        if record.body.len() > MOST_BODY {
            // A slice would keep all of it.
            record.body = Bytes::copy_from_slice(&record.body[..MOST_BODY]);
        }
        self.last.push_back(record);
        if self.last.len() > MOST {
            self.last.pop_front();
        }
    }

    /// Returns how many requests there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the last requests, the oldest first.
    #[must_use]
    pub fn last(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.last.iter()
    }

    /// Forgets every request.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
