//! Tests of mock servers, called in process.

mod answers;
mod keep;
mod requests;
mod security;
mod sessions;

use bytes::Bytes;
use serde_json::Value;

use super::answer::Reply;
use super::{Settings, StandIn, contract};
use crate::diagnostics::Diagnostics;
use crate::lower::lower;
use crate::{load, normalize, resolve};

/// A stand-in for a document.
fn stand_in_with(text: &str, settings: Settings) -> StandIn {
    let mut found = Diagnostics::default();
    let spec = load::from_text("test.yaml", text, &load::Limits::default(), &mut found);
    let spec = spec.expect("the test is YAML");
    let references = resolve::resolve(&spec, &mut found);
    let description = normalize::normalize(&spec, &references, &mut found);
    let description = description.expect("the test is OpenAPI");
    let overrides = crate::config::ApiConfig::new("test", "test.yaml");
    let api = lower(&description, overrides.overrides(), &mut found);
    let contract = contract::read("test".to_owned(), spec, &description, api, None);
    let contract = contract.expect("the test has schemas");
    StandIn::new(vec![contract], settings).expect("the test fits together")
}

fn stand_in(text: &str) -> StandIn {
    stand_in_with(text, Settings::default())
}

/// What a stand-in answers.
fn ask(stand_in: &StandIn, route: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let (method, target) = route.split_once(' ').expect("method and target");
    let mut request = http::Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Bytes::copy_from_slice(body.as_bytes());
    stand_in.answer(&request.body(body).expect("it is a request"))
}

/// The headers of a body in JSON.
const JSON: (&str, &str) = ("content-type", "application/json");

fn value(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.whole_body()).unwrap_or(Value::Null)
}

/// The status of an answer, and the findings in it.
fn outcome(reply: &Reply) -> String {
    said(reply, None)
}

/// The status of an answer, and the findings in it, with what stands in the document where they lead.
fn outcome_in(text: &str, reply: &Reply) -> String {
    said(reply, Some(text))
}

/// What stands at a place, such as `test.yaml:3:7`, up to the next space or colon.
fn standing_at(text: &str, place: &str) -> String {
    let mut numbers = place
        .split(':')
        .skip(1)
        .map(|it| it.parse::<usize>().expect("a number"));
    let (line, column) = (
        numbers.next().expect("a line"),
        numbers.next().expect("a column"),
    );
    let line = text.lines().nth(line - 1).unwrap_or_default();
    let rest: String = line.chars().skip(column - 1).collect();
    rest.split([' ', ':']).next().unwrap_or_default().to_owned()
}

fn said(reply: &Reply, text: Option<&str>) -> String {
    let findings = reply.headers.get_all("keywright-finding").iter();
    let findings = findings.filter_map(|it| it.to_str().ok()).map(|finding| {
        let (message, place) = finding.rsplit_once(" (test.yaml").unwrap_or((finding, ""));
        match text {
            Some(text) if !place.is_empty() => {
                format!(
                    "{message} [{}]",
                    standing_at(text, place.trim_end_matches(')'))
                )
            }
            _ => message.to_owned(),
        }
    });
    let findings: Vec<String> = findings.collect();
    format!("{} {}", reply.status.as_u16(), findings.join(" | "))
        .trim()
        .to_owned()
}
