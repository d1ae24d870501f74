//! Responses, and which of them are successes.

use super::context::{Context, Role};
use super::payload::{self, Direction};
use super::{extension, parameter};
use crate::ir::{self, StatusPattern, Success};
use crate::model;

/// Lowers a response.
pub(super) fn lower(
    cx: &mut Context,
    owner: &Role,
    status: StatusPattern,
    response: &model::Response,
    has_body: bool,
) -> ir::Response {
    let word = match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}xx"),
        StatusPattern::Default => "default".to_owned(),
    };
    let role = owner.part(&format!("{word} response"));
    let content = if has_body { &response.content[..] } else { &[] };
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
