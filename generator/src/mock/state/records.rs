//! The last requests.

use std::collections::VecDeque;

use bytes::Bytes;
use http::HeaderMap;

use crate::mock::judge::Finding;

/// How many requests are remembered; the oldest are forgotten first.
const MOST: usize = 200;
/// How many bytes of a body are remembered.
const MOST_BODY: usize = 16 * 1024;

/// A request, and what was answered.
#[derive(Clone, Debug)]
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
    /// The operation, if it is of one.
    pub operation: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// What was wrong with it.
    pub findings: Vec<Finding>,
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
        record.body.truncate(MOST_BODY);
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
