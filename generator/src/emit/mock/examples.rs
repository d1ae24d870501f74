//! Examples of responses, as JSON made from their schemas, which the service sends by itself.

use crate::emit::context::Cx;
use crate::emit::{json, written};
use crate::ir;

/// `Example::json(401, "application/json", r#"{"error":"error"}"#)`. It has the places in `wanted`, which are JSON
/// pointers.
pub(super) fn emit(
    cx: &Cx<'_>,
    response: Option<&ir::Response>,
    status: u16,
    wanted: &[&str],
) -> String {
    let payload = response.and_then(|it| it.payloads.iter().find(|it| it.json().is_some()));
    let Some((payload, form)) = payload.and_then(|it| Some((it, it.json()?))) else {
        return empty(cx, status);
    };
    let ty = written::name(cx, "super::runtime::mock::Example");
    let media_type = if form.media_type.contains('*') {
        "application/json"
    } else {
        &form.media_type
    };
    let media_type = written::literal(media_type);
    let json = json::value(cx, &payload.ty, None, "text", wanted);
    format!(
        "{ty}::json({status}, {media_type}, {})",
        literal(&json.to_string())
    )
}

/// `Example::empty(401)`
pub(super) fn empty(cx: &Cx<'_>, status: u16) -> String {
    let ty = written::name(cx, "super::runtime::mock::Example");
    format!("{ty}::empty({status})")
}

/// A text with quotes in it, as a raw literal where that reads as the text itself.
fn literal(json: &str) -> String {
    let escaped = written::literal(json);
    let is_plain = json.chars().all(|it| it == ' ' || it.is_ascii_graphic());
    let is_raw = json.contains('"') && !json.contains("\"#");
    if is_plain && is_raw && !json.contains('\\') {
        format!("r#\"{json}\"#")
    } else {
        escaped
    }
}
