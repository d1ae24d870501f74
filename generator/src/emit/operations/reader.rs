//! How the body of a response is read: by a method of the runtime's `RawResponse`, or by the media type that it has.

use indexmap::IndexMap;

use crate::emit::context::Cx;
use crate::emit::pairs::Operation;
use crate::emit::{written, xml};
use crate::ir::{BodyEncoding, Form, Payload, Type};

/// What reads a body.
pub(super) enum Reader {
    /// A method without arguments: `json`.
    Method(&'static str),
    /// A method that is told how the type looks as XML: `xml`, `json_or_xml`.
    Shaped(&'static str, String),
    /// One of these, by the media type.
    Choice(Vec<(String, Reader)>),
    /// The function of the enum of several payloads.
    Enum(String),
}

impl Reader {
    /// What reads the body of a response, by its index.
    pub(super) fn of(cx: &Cx<'_>, operation: Operation<'_>, index: usize) -> Self {
        let payloads = &operation.ir.responses[index].payloads;
        match (&operation.shape.responses[index].choice, &payloads[..]) {
            (Some(choice), _) => Self::Enum(choice.name.to_string()),
            (None, [payload, ..]) => Self::of_payload(cx, payload),
            (None, []) => Self::Method("empty"),
        }
    }

    /// What reads a payload, in whatever form it comes.
    pub(super) fn of_payload(cx: &Cx<'_>, payload: &Payload) -> Self {
        let is_any = |wanted: fn(&BodyEncoding) -> bool| {
            payload.forms.iter().any(|form| wanted(&form.encoding))
        };
        let json = is_any(|it| *it == BodyEncoding::Json);
        let xml = is_any(|it| *it == BodyEncoding::Xml);
        let text = is_any(|it| *it == BodyEncoding::Text);
        match (json, xml, text) {
            (true, true, false) => Self::Shaped("json_or_xml", xml::shape(cx, payload)),
            (true, false, true) => Self::Method("scalar"),
            (_, true, true) => {
                let read = |form: &Form| {
                    let reader = Self::of_form(cx, payload, form);
                    (form.media_type.clone(), reader)
                };
                Self::Choice(payload.forms.iter().map(read).collect())
            }
            _ => Self::of_form(cx, payload, payload.form()),
        }
    }

    fn of_form(cx: &Cx<'_>, payload: &Payload, form: &Form) -> Self {
        let is_string = matches!(cx.api.resolve(&payload.ty), Type::String);
        match form.encoding {
            BodyEncoding::Json => Self::Method("json"),
            BodyEncoding::Xml => Self::Shaped("xml", xml::shape(cx, payload)),
            BodyEncoding::Text if is_string && !form.media_type.contains('*') => {
                Self::Method("text")
            }
            // Forms are sent, not received.
            BodyEncoding::Text | BodyEncoding::Form(_) => Self::Method("scalar"),
            BodyEncoding::Bytes | BodyEncoding::Multipart => Self::Method("body"),
            BodyEncoding::Events => Self::Method("events"),
            BodyEncoding::Lines => Self::Method("lines"),
        }
    }

    /// Whether what it writes is laid out by the pretty-printer.
    pub(super) fn is_rough(&self) -> bool {
        matches!(self, Self::Shaped(..) | Self::Choice(_))
    }

    /// `response.json()`
    pub(super) fn call(&self) -> String {
        match self {
            Self::Method(method) => format!("response.{method}()"),
            Self::Shaped(method, shape) => format!("response.{method}(&{shape})"),
            Self::Enum(ty) => format!("{ty}::read(response)"),
            Self::Choice(readers) => {
                let calls = readers.iter();
                choose(calls.map(|(media_type, reader)| (media_type.clone(), reader.call())))
            }
        }
    }

    /// What reads a body, as a function: `RawResponse::json`.
    pub(super) fn path(&self, cx: &Cx<'_>) -> String {
        match self {
            Self::Method(method) => {
                let response = written::name(cx, "super::runtime::RawResponse");
                format!("{response}::{method}")
            }
            Self::Enum(ty) => format!("{ty}::read"),
            Self::Shaped(..) | Self::Choice(_) => format!("|response| {}", self.call()),
        }
    }
}

/// `match response.choose(&["application/json", "text/csv"]) { 0 => .., _ => .. }`
pub(super) fn choose(choice: impl Iterator<Item = (String, String)>) -> String {
    // Media types that lead to the same share an arm.
    let mut media_types = Vec::new();
    let mut arms: IndexMap<String, Vec<String>> = IndexMap::new();
    for (index, (media_type, result)) in choice.enumerate() {
        media_types.push(written::literal(&media_type));
        arms.entry(result).or_default().push(index.to_string());
    }
    // The last one stands for the rest, of which there is nothing.
    let last = arms.pop().map(|(result, _)| result).unwrap_or_default();
    let arms = arms
        .iter()
        .map(|(result, indices)| format!("{} => {result}, ", indices.join(" | ")));
    format!(
        "match response.choose(&[{}]) {{ {}_ => {last}, }}",
        media_types.join(", "),
        arms.collect::<String>()
    )
}
