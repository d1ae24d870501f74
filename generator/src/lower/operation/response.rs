//! Responses, and which of them are successes.

use super::parameter;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, StatusPattern, Success};
use crate::lower::body::payload::{self, Direction};
use crate::lower::context::{Context, Role};
use crate::lower::extension;
use crate::model;

/// Lowers a response to a request of a method. Some have no body, whatever the document says.
pub(super) fn lower(
    cx: &mut Context,
    owner: &Role,
    status: StatusPattern,
    response: &model::Response,
    method: &str,
) -> ir::Response {
    let word = match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}xx"),
        StatusPattern::Default => "default".to_owned(),
    };
    let role = owner.part(&format!("{word} response"));
    let content = if has_body(method, status) {
        &response.content[..]
    } else {
        report_impossible(cx, response, method, &word);
        &[]
    };
    let payloads = payload::lower_all(cx, content, &role, Direction::Received);
    ir::Response {
        origin: ir::Origin {
            place: response.place.clone(),
        },
        status,
        rust_name: extension::name(cx, &response.place, &response.extensions),
        description: response.description.trim().to_owned(),
        payloads,
        headers: parameter::lower_headers(cx, owner, &word, &response.headers),
        links: Vec::new(),
    }
}

/// Whether an answer may have content (RFC 9110, sections 9.3.2, 15.2, 15.3.5, 15.3.6 and 15.4.5).
fn has_body(method: &str, status: StatusPattern) -> bool {
    let is_bare = matches!(
        status,
        StatusPattern::Code(100..=199 | 204 | 205 | 304) | StatusPattern::Range(1)
    );
    method != "HEAD" && !is_bare
}

fn report_impossible(cx: &mut Context, response: &model::Response, method: &str, status: &str) {
    let Some(content) = response.content.first() else {
        return;
    };
    let what = if method == "HEAD" {
        "a response to `HEAD`".to_owned()
    } else {
        format!("a response with status {status}")
    };
    let message = format!("{what} cannot have a body");
    cx.report(
        Diagnostic::at(Code::ImpossibleBody, &content.place, message)
            .label("left out: HTTP does not allow it")
            .help("remove `content`, or document the body under a status that can have one"),
    );
}

/// Which responses count as success: the documented 2xx; without one `default`, which then stands for every
/// status; without that the documented 3xx, which are what the operation is for.
pub(super) fn success(cx: &Context, responses: &[ir::Response]) -> Success {
    let with = |wanted: fn(StatusPattern) -> bool| -> Vec<usize> {
        (0..responses.len())
            .filter(|index| wanted(responses[*index].status))
            .collect()
    };
    let candidates = [
        with(|status| {
            matches!(
                status,
                StatusPattern::Code(200..=299) | StatusPattern::Range(2)
            )
        }),
        with(|status| matches!(status, StatusPattern::Default)),
        with(|status| {
            matches!(
                status,
                StatusPattern::Code(300..=399) | StatusPattern::Range(3)
            )
        }),
    ];
    let Some(found) = candidates.into_iter().find(|indices| !indices.is_empty()) else {
        return Success::Undocumented;
    };
    let alike = found.iter().all(|index| {
        let (one, other) = (&responses[found[0]].payloads, &responses[*index].payloads);
        one.len() == other.len()
            && one
                .iter()
                .zip(other)
                .all(|(one, other)| payload::is_same(cx, one, other))
    });
    if found.len() == 1 || alike {
        Success::One(found)
    } else {
        Success::Several(found)
    }
}
