//! How the body of a request gets into it.

use super::arguments::From;
use super::style;
use crate::emit::context::Cx;
use crate::emit::written::{self, Written};
use crate::emit::xml;
use crate::ir::{Body, BodyEncoding, Payload, Type};
use crate::shape;

/// An expression, which may be of tokens that are yet to be laid out.
pub(super) struct Expression {
    text: String,
    is_rough: bool,
}

impl Expression {
    pub(super) fn plain(text: String) -> Self {
        Self {
            text,
            is_rough: false,
        }
    }

    pub(super) fn rough(text: String) -> Self {
        Self {
            text,
            is_rough: true,
        }
    }

    /// Whether it is of tokens.
    pub(super) fn is_rough(&self) -> bool {
        self.is_rough
    }

    /// The text, to be put into `written`.
    pub(super) fn expression(self, written: &mut Written) -> String {
        if self.is_rough {
            written.roughen();
        }
        self.text
    }
}

/// What puts the body into the request: `call.json("application/json", &body)`
pub(super) fn statement(
    cx: &Cx<'_>,
    call: &str,
    body: &Body,
    shape: &shape::Body,
    from: From,
) -> Expression {
    let name = shape.name.as_str();
    let value = from.value(name);
    let [payload] = &body.payloads[..] else {
        let call = if call == "call" {
            "&mut call"
        } else {
            "&mut self.call"
        };
        return Expression::plain(match from {
            From::Argument => format!("{value}.into().put({call})"),
            From::Field => format!("{value}.put({call})"),
        });
    };
    let is_converted = !matches!(
        payload.form().encoding,
        BodyEncoding::Lines | BodyEncoding::Multipart
    );
    let reference = if is_converted {
        from.reference(name, &shape.argument)
    } else {
        format!("&{value}")
    };
    put(cx, call, payload, &value, &reference)
}

/// What puts a payload into the request. What is encoded is only looked at, by `reference`; what is sent as it is goes
/// as `value`.
pub(super) fn put(
    cx: &Cx<'_>,
    call: &str,
    payload: &Payload,
    value: &str,
    reference: &str,
) -> Expression {
    let form = payload.form();
    let media_type = written::literal(sent_media_type(&form.media_type, &form.encoding));
    Expression::plain(match &form.encoding {
        // `null` is a body as others are; a body that is left out is not set.
        BodyEncoding::Json if matches!(cx.api.resolve(&payload.ty), Type::Nullable(_)) => {
            let nullable = written::name(cx, "super::runtime::Nullable");
            format!("{call}.json({media_type}, &{nullable}({reference}))")
        }
        BodyEncoding::Json => format!("{call}.json({media_type}, {reference})"),
        BodyEncoding::Form(styles) => {
            let styles = style::written_all(cx, styles);
            format!("{call}.form({reference}, {styles})")
        }
        BodyEncoding::Text if matches!(cx.api.resolve(&payload.ty), Type::String) => {
            format!("{call}.text({media_type}, {value})")
        }
        BodyEncoding::Text => format!("{call}.scalar({media_type}, {reference})"),
        BodyEncoding::Bytes | BodyEncoding::Events => format!("{call}.body({media_type}, {value})"),
        BodyEncoding::Lines => format!("{call}.lines({media_type}, {reference})"),
        BodyEncoding::Multipart => format!("{call}.multipart({media_type}, {value})"),
        BodyEncoding::Xml => {
            let shape = xml::shape(cx, payload);
            return Expression::rough(format!("{call}.xml({media_type}, {reference}, &{shape})"));
        }
    })
}

/// The media type to send, where the document has a range for what is encoded.
fn sent_media_type<'a>(documented: &'a str, encoding: &BodyEncoding) -> &'a str {
    if !documented.contains('*') {
        return documented;
    }
    match encoding {
        BodyEncoding::Json => "application/json",
        BodyEncoding::Xml => "application/xml",
        BodyEncoding::Text => "text/plain",
        BodyEncoding::Multipart => "multipart/form-data",
        BodyEncoding::Form(_)
        | BodyEncoding::Bytes
        | BodyEncoding::Events
        | BodyEncoding::Lines => documented,
    }
}
