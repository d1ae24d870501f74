//! Clients called with arguments that were made from their document, by a program that was made from it, too.
//!
//! [`code`] writes the program, [`cases`] makes the calls, and [`exchange`] lets a server on loopback see one of them and
//! answer it. What was sent can then be checked by whoever reads the document in a way of their own.

pub mod cases;
pub mod code;
pub mod mutate;
mod places;
mod travel;
pub mod witness;

use std::fmt;

use serde_json::Value;

use crate::faults::{Answer, FaultServer};
use crate::recorder::Recorded;
use crate::round_trip::difference;
use cases::Case;

/// The operations of fixtures whose answers are known to be read as others, each with the reason.
pub const KNOWN: [(&str, &str, &str); 4] = [
    (
        "dynamic-references.yaml",
        "GET /names",
        "the answers are made without regard to the dynamic scope",
    ),
    (
        "references-3.1.yaml",
        "GET /tree",
        "the answers are made without regard to `$id`, against which the references count",
    ),
    (
        "credentials-conflicts.yaml",
        "GET /vault",
        "it wants two credentials in one header, so that it is refused",
    ),
    (
        "http-schemes.yaml",
        "GET /both",
        "it wants two credentials in one header, so that it is refused",
    ),
];

/// The operations of fixtures whose clients and stand-ins are known to disagree, each with the reason.
pub const KNOWN_OF_STAND_INS: [(&str, &str, &str); 1] = [(
    "dynamic-references.yaml",
    "GET /members",
    "the answers are made without regard to the dynamic scope",
)];

/// Whether an operation of a document is known to have a fault.
#[must_use]
pub fn is_known(document: &str, operation: &str) -> bool {
    let mut known = KNOWN.iter();
    known.any(|(file, name, _)| *name == operation && document.ends_with(file))
}

/// Whether something between the client of a document and its stand-in is known: the operation, by method and path.
#[must_use]
pub fn is_known_of_stand_in(document: &str, fault: &str) -> bool {
    let mut known = KNOWN_OF_STAND_INS.iter();
    known.any(|(file, name, _)| document.ends_with(file) && fault.contains(name))
        || KNOWN
            .iter()
            .any(|(file, name, _)| document.ends_with(file) && fault.contains(name))
}

/// A call that was made.
#[derive(Debug)]
pub struct Exchange {
    /// What arrived; `None` when the client did not send anything.
    pub request: Option<Recorded>,
    /// What is wrong.
    pub fault: Option<Fault>,
}

/// What is wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was sent.
    Refused(String),
    /// More than one request was sent.
    Repeated,
    /// The answer could not be read.
    Unread(String),
    /// The answer was read as something else.
    Differs(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(message) => write!(f, "is not sent: {message}"),
            Self::Repeated => f.write_str("is sent more than once"),
            Self::Unread(message) => write!(f, "has an answer that is not read: {message}"),
            Self::Differs(at) => write!(f, "has an answer that is read as another: {at}"),
        }
    }
}

/// Makes a call to a server. `call` is the program: it takes the case, and tells what the client made of the answer.
pub fn exchange(
    server: &FaultServer,
    case: &Case,
    call: impl FnOnce(Value) -> Result<Value, String>,
) -> Exchange {
    let given = &case.answer;
    let status = format!("{} Status", given.status);
    server.answer([match &given.body {
        Some((media_type, bytes)) => Answer::reply(&status, &[("content-type", media_type)], bytes),
        None => Answer::empty(&status),
    }]);
    let told = call(case.to_json());
    let mut requests = server.recorder().take();
    let fault = match (requests.len(), told) {
        (0, Err(message)) => Some(Fault::Refused(message)),
        (0, Ok(_)) => Some(Fault::Refused("and is answered all the same".to_owned())),
        (1, _) if !given.is_documented => None,
        (1, Err(message)) => Some(Fault::Unread(message)),
        (1, Ok(told)) => judge(case, &told).map(Fault::Differs),
        _ => Some(Fault::Repeated),
    };
    let request = if requests.is_empty() {
        None
    } else {
        Some(requests.remove(0))
    };
    Exchange { request, fault }
}

/// Where what the client told differs from what the server said.
fn judge(case: &Case, told: &Value) -> Option<String> {
    if told["status"] != case.answer.status {
        return Some(format!(
            "status {} became {}",
            case.answer.status, told["status"]
        ));
    }
    difference(case.answer.value.as_ref()?, &told["body"], "#")
}
