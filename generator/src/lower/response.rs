//! Responses, and which of them are successes.

use super::context::{Context, Role};
use super::{body, extension, parameter};
use crate::ir::{self, BodyEncoding, StatusPattern, Success, Type};
use crate::model;

/// Lowers a response. A body that cannot be read yet is handed out as bytes.
pub(super) fn lower(
    cx: &mut Context,
    owner: &Role,
    status: StatusPattern,
    response: &model::Response,
) -> ir::Response {
    let word = match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}xx"),
        StatusPattern::Default => "default".to_owned(),
    };
    let payload = match body::choose(&response.content) {
        Some(chosen) => {
            body::report_others(
                cx,
                &response.content,
                chosen,
                "only the first supported media type is read",
            );
            Some(body::payload(
                cx,
                chosen,
                &owner.part(&format!("{word} response")),
            ))
        }
        None => response.content.first().map(|content| {
            let feature = format!("a response of type `{}`", content.name);
            cx.unsupported(&content.place, &feature, "handed out as bytes");
            let media_type = content.name.clone();
            ir::Payload {
                media_type,
                encoding: BodyEncoding::Bytes,
                ty: Type::Bytes,
                examples: Vec::new(),
            }
        }),
    };
    ir::Response {
        origin: ir::Origin {
            place: response.place.clone(),
        },
        status,
        rust_name: extension::name(cx, &response.place, &response.extensions),
        description: response.description.trim().to_owned(),
        payload,
        media_types: response
            .content
            .iter()
            .map(|content| content.name.clone())
            .collect(),
        headers: parameter::lower_headers(cx, owner, &word, &response.headers),
        links: Vec::new(),
    }
}

/// Which responses count as success: the documented 2xx; without one `default`, which then stands for every
/// status; without that the documented 3xx, which are what the operation is for.
pub(super) fn success(responses: &[ir::Response]) -> Success {
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
    let body = |index: usize| {
        responses[index]
            .payload
            .as_ref()
            .map(|it| (it.encoding, &it.ty))
    };
    let alike = found
        .iter()
        .all(|index| body(*index) == body(found[0]) && responses[*index].headers.is_empty());
    if found.len() == 1 || alike {
        Success::One(found)
    } else {
        Success::Several(found)
    }
}
