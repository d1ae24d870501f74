//! What an effect makes of a response.

use bytes::Bytes;
use http::{Method, StatusCode};

use super::keys::has_no_body;
use super::rule::{Effect, Instead, Spoil};
use crate::mock::answer::{Cut, Reply, problem};

impl Effect {
    /// Spoils a response to a request of this method.
    pub(in crate::mock) fn spoil(&self, method: &Method, reply: &mut Reply) {
        for (name, value) in &self.headers {
            reply.headers.insert(name, value.clone());
        }
        let body = reply.whole_body();
        match self.spoil {
            Some(Spoil::Malformed) if !body.is_empty() => reply.body = vec![malformed(&body)],
            Some(Spoil::Ends(length)) if length < body.len() => {
                reply.body = vec![body.slice(..length)];
            }
            _ => {}
        }
        reply.delay = reply.delay.saturating_add(self.delay);
        if let Some(cut) = self.drop {
            // Where no body is sent there is none to be cut.
            let has_body = !reply.whole_body().is_empty() && *method != Method::HEAD;
            reply.cut = Some(if has_body { cut } else { Cut::Unanswered });
        }
    }
}

/// A body that is no JSON, whatever it was.
fn malformed(body: &Bytes) -> Bytes {
    let rest = body.get(1..).unwrap_or_default();
    [b"{,", rest].concat().into()
}

impl Instead {
    /// The response to a request for which no document has one.
    pub(in crate::mock) fn reply(&self) -> Reply {
        match self {
            Self::Documented(status) if has_no_body(*status) => Reply::new(*status),
            Self::Documented(status) => problem(*status, "a rule says so", &[]),
            Self::Given(status, media_type, body) => {
                Reply::with_body(*status, media_type, body.clone())
            }
            Self::Html(status) => Reply::with_body(*status, "text/html", page(*status)),
        }
    }
}

/// The page with which proxies answer for a service that they cannot reach.
fn page(status: StatusCode) -> String {
    let name = status.canonical_reason().unwrap_or("Error");
    let title = format!("{} {name}", status.as_u16());
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>stand-in proxy</center>\r\n</body>\r\n</html>\r\n"
    )
}
