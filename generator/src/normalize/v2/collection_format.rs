//! `collectionFormat` (OAS 2.0, Parameter Object, Items Object and Header Object): how a list is written, which
//! has become a style.

use crate::diagnostics::{Code, similar};
use crate::document::{Node, Value};
use crate::model::{ParameterLocation, Style};
use crate::normalize::cx::Cx;
use crate::normalize::object::Object;

/// The formats of a list.
const FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];

/// Reads how the value of a parameter or header is written: style and `explode`. A field of a form is written
/// as in a query.
pub(super) fn style<'a>(
    cx: &mut Cx<'a, '_>,
    object: &mut Object<'a>,
    location: ParameterLocation,
) -> (Style, bool) {
    let in_query = location == ParameterLocation::Query;
    let ty = object.at.node.get("type").and_then(Node::as_str);
    if ty == Some("object") && in_query {
        // 2.0 has no objects there; this is how they are written since.
        object.skip("collectionFormat");
        return (Style::Form, true);
    }
    report_inner(cx, object);
    let plain = match location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::QueryString | ParameterLocation::Cookie => {
            Style::Form
        }
    };
    let Some(format) = stated(cx, object).filter(|_| ty == Some("array")) else {
        return (plain, false);
    };
    match format {
        "ssv" => return (Style::SpaceDelimited, false),
        "tsv" => return (Style::TabDelimited, false),
        "pipes" => return (Style::PipeDelimited, false),
        "multi" if in_query => return (Style::Form, true),
        _ => {}
    }
    if format == "multi"
        && let Some(at) = object.child(cx, "collectionFormat")
    {
        let message =
            "`collectionFormat: multi` is only allowed in queries and forms; it is read as `csv`";
        cx.warn(Code::InvalidValue, &at, message);
    }
    (plain, false)
}

/// The format that is stated, if there is such a one.
fn stated<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<&'static str> {
    let at = object.child(cx, "collectionFormat")?;
    let text = object.text(cx, "collectionFormat")?;
    let known = FORMATS.into_iter().find(|it| *it == text);
    if known.is_none() {
        let message = format!("`{text}` is not a `collectionFormat`; it is read as `csv`");
        let finding = cx.finding(Code::InvalidValue, &at, message).harmless();
        let help = match similar(&text, FORMATS) {
            Some(meant) => format!("a format with a similar name exists: `{meant}`"),
            None => format!("use one of `{}`", FORMATS.join("`, `")),
        };
        cx.diagnostics.report(finding.help(help));
    }
    known
}

/// Says that the format of a list within a list has no effect: there is a style for the outer one alone.
fn report_inner<'a>(cx: &mut Cx<'a, '_>, object: &Object<'a>) {
    let mut at = object.at.clone();
    while let Some(items) = at.node.entries().iter().find(|it| &*it.key == "items") {
        at = at.child(items);
        let format = at
            .node
            .entries()
            .iter()
            .find(|it| &*it.key == "collectionFormat");
        if let Some(format) = format.filter(|_| matches!(at.node.value, Value::Mapping(_))) {
            let is_list = at.node.get("type").and_then(Node::as_str) == Some("array");
            if is_list {
                let message =
                    "`collectionFormat` of a list inside another list is not supported yet";
                cx.report(Code::UnsupportedFeature, &at.child(format), message);
            }
        }
    }
}
