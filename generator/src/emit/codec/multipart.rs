//! Structs of parts: how they become a multipart body.

use crate::emit::context::Cx;
use crate::emit::operations;
use crate::emit::written::{self, Written};
use crate::ir::{self, ItemId, Part, PartEncoding, Parts};
use crate::output::Unformatted;
use crate::shape::{Member, Struct};

/// `impl From<models::UploadForm> for Multipart`
pub(super) fn emit(
    cx: &Cx<'_>,
    id: ItemId,
    it: &Struct,
    of: &ir::Struct,
    parts: &Parts,
) -> Unformatted {
    let multipart = written::name(cx, "super::runtime::Multipart");
    let ty = cx.item_text(id);
    let mut out = Written::default();
    out.line(0, format!("impl From<{ty}> for {multipart} {{"));
    out.line(1, format!("fn from(body: {ty}) -> Self {{"));
    out.line(2, "let mut form = Self::new();");
    for ((member, field), part) in it.members.iter().zip(&of.fields).zip(&parts.fields) {
        if let Member::Field(member) = member {
            let name = written::literal(&field.wire_name);
            let value = format!("body.{}", member.name);
            emit_part(cx, &mut out, 2, part, &name, &value);
        }
    }
    if let (Some((rest, _)), Some(part)) = (&it.rest, &parts.rest) {
        out.line(2, format!("for (name, value) in body.{rest} {{"));
        emit_part(cx, &mut out, 3, part, "&name", "value");
        out.line(2, "}");
    }
    out.line(2, "form");
    out.line(1, "}");
    out.line(0, "}");
    out.finish()
}

/// `form.text("name", &body.name, None);`
fn emit_part(cx: &Cx<'_>, out: &mut Written, depth: usize, part: &Part, name: &str, value: &str) {
    let some = |text: &String| format!("Some({})", written::literal(text));
    let media_type = part.media_type.as_ref();
    let media_type = media_type.map_or_else(|| "None".to_owned(), some);
    let (method, value, last) = match &part.encoding {
        PartEncoding::File => ("file", value.to_owned(), vec![media_type]),
        PartEncoding::Text => match &part.transfer_encoding {
            None => ("text", format!("&{value}"), vec![media_type]),
            Some(encoding) => {
                let last = vec![media_type, written::literal(encoding)];
                ("encoded", format!("&{value}"), last)
            }
        },
        PartEncoding::Json => {
            let media_type = part.media_type.as_deref().unwrap_or("application/json");
            (
                "json",
                format!("&{value}"),
                vec![written::literal(media_type)],
            )
        }
        PartEncoding::Value => ("value", format!("&{value}"), vec![media_type]),
        PartEncoding::Style(serialization) => {
            let style = operations::style::written(cx, serialization);
            ("styled", format!("&{value}"), vec![style])
        }
    };
    let mut arguments = vec![name.to_owned(), value];
    arguments.extend(last);
    out.list(depth, &format!("form.{method}("), &arguments, ");");
}
