//! What a closure gets of a request, and how it is read from what travels.

use super::{Operation, emit_condition};
use crate::emit::context::Cx;
use crate::emit::operations::style;
use crate::emit::written::{self, Written};
use crate::emit::{docs, xml};
use crate::ir::{
    self, Additional, ApiKeyLocation, BodyEncoding, Ident, ItemKind, ParameterKind, Payload,
    Serialization, Style, Type,
};
use crate::markdown::prose;
use crate::output::Unformatted;
use crate::shape::RequestBody;

/// `runtime::mock::receive! { pub struct GetPetRequest for super::GetPet: request => { .. } }`
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Unformatted {
    let runtime = written::name(cx, "super::runtime");
    let (shape, mock) = (operation.of.shape, operation.mock);
    let mut out = Written::default();
    emit_condition(cx, &mut out, operation.id, 0);
    out.line(0, format!("{runtime}::mock::receive! {{"));
    let method = &shape.method;
    out.docs(
        1,
        prose!(
            "A request of [`Client::{}`](super::Client::{}).",
            method,
            method
        ),
    );
    let head = format!(
        "pub struct {} for super::{}: request => ",
        mock.request, shape.name
    );
    let arguments = operation.of.ir.arguments.iter().zip(&mock.arguments);
    let arguments = arguments.filter_map(|(ir, it)| Some((ir, it.as_ref()?)));
    let arguments: Vec<_> = arguments.collect();
    if arguments.is_empty() && mock.body.is_none() {
        out.line(1, format!("{head}{{}}"));
        out.line(0, "}");
        return out.finish();
    }
    out.line(1, format!("{head}{{"));
    for (ir, (name, ty)) in arguments {
        out.docs(2, docs::operation::argument(cx, ir));
        let (ty, read) = (written::ty(cx, ty), argument(cx, operation.of.ir, ir));
        out.line(2, format!("{name}: {ty} = {read},"));
    }
    if let (Some(ir), Some((name, it))) = (&operation.of.ir.body, &mock.body) {
        out.docs(2, docs::operation::body(ir));
        let (ty, read) = body(cx, ir, it);
        let (ty, open, close) = if ir.required {
            (ty, "", "")
        } else {
            (format!("Option<{ty}>"), "request.optional(|request| ", ")")
        };
        out.line(
            2,
            format!("{name}: {ty} = {open}{}{close},", read.join("\n        ")),
        );
    }
    out.line(1, "}");
    out.line(0, "}");
    out.finish()
}

/// `request.query("limit", Style::FORM_EXPLODED)`
fn argument(cx: &Cx<'_>, operation: &ir::Operation, it: &ir::Argument) -> String {
    let optional = if it.required { "" } else { "optional_" };
    let name = written::literal(&it.wire_name);
    let style = style::written(cx, &it.serialization);
    let names = names(cx, operation, it);
    let object = if names.is_some() { "_object" } else { "" };
    let more = names.map(|it| format!(", {it}")).unwrap_or_default();
    match it.kind {
        ParameterKind::Path => format!("request.path({name}, {style})"),
        ParameterKind::Query => {
            format!("request.{optional}query{object}({name}, {style}{more})")
        }
        ParameterKind::QueryString => match &it.serialization {
            Serialization::Form(styles) if !styles.is_empty() => {
                let styles = style::written_all(cx, styles);
                format!("request.{optional}query_form({name}, {style}, {styles})")
            }
            _ => format!("request.{optional}query_string({name}, {style})"),
        },
        ParameterKind::Header => format!("request.{optional}header({name}, {style})"),
        ParameterKind::Cookie => {
            format!("request.{optional}cookie{object}({name}, {style}{more})")
        }
    }
}

/// `Names::Only(&["R", "G", "B"])`: the names of the pairs that an argument is which may be an object; `None` for one
/// that has pairs of its own name alone.
fn names(cx: &Cx<'_>, operation: &ir::Operation, it: &ir::Argument) -> Option<String> {
    let is_exploded = matches!(
        it.serialization,
        Serialization::Style { explode: true, style, .. } if style != Style::DeepObject
    );
    let location = match it.kind {
        ParameterKind::Query => ApiKeyLocation::Query,
        ParameterKind::Cookie => ApiKeyLocation::Cookie,
        ParameterKind::Path | ParameterKind::QueryString | ParameterKind::Header => return None,
    };
    if !is_exploded {
        return None;
    }
    let mut properties = Vec::new();
    let is_open = add_properties(cx, &it.ty, &mut properties, 8);
    if properties.is_empty() && !is_open {
        return None;
    }
    let names = written::name(cx, "super::runtime::mock::Names");
    let list = |names: Vec<&str>| {
        let names: Vec<String> = names.into_iter().map(written::literal).collect();
        format!("&[{}]", names.join(", "))
    };
    if !is_open {
        return Some(format!("{names}::Only({})", list(properties)));
    }
    let others = operation
        .arguments
        .iter()
        .filter(|other| other.kind == it.kind);
    let others = others.map(|other| other.wire_name.as_str());
    let keys = cx
        .api
        .schemes
        .iter()
        .filter_map(|scheme| scheme.kind.target());
    let keys = keys.filter(|(at, _)| *at == location).map(|(_, name)| name);
    Some(format!(
        "{names}::AllBut({})",
        list(others.chain(keys).collect())
    ))
}

/// Adds the names of the properties of an object; returns whether it may have others, too.
fn add_properties<'a>(cx: &Cx<'a>, ty: &'a Type, found: &mut Vec<&'a str>, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return true;
    };
    match cx.api.resolve(ty) {
        Type::Map(_) | Type::Any => true,
        Type::Nullable(inner) => add_properties(cx, inner, found, depth),
        Type::Item(id) => match &cx.api[*id].kind {
            ItemKind::Struct(it) => {
                found.extend(it.fields.iter().map(|field| field.wire_name.as_str()));
                matches!(it.additional, Additional::Kept(_))
            }
            ItemKind::Union(it) => {
                let mut branches = it.branches.iter();
                branches.any(|branch| add_properties(cx, &branch.ty, found, depth))
            }
            ItemKind::Enumeration(_) | ItemKind::Alias(_) => false,
        },
        _ => false,
    }
}

/// The type of a body, and the lines of what reads it.
fn body(cx: &Cx<'_>, ir: &ir::Body, it: &RequestBody) -> (String, Vec<String>) {
    let first = ir.payloads.first();
    match (it, first) {
        (RequestBody::Value(ty), Some(payload)) => {
            (written::ty(cx, ty), vec![payload_read(cx, payload, "raw")])
        }
        (RequestBody::Choice(ty, variants), _) => {
            let name = format!("super::{}", written::ty(cx, ty));
            let read = choice(cx, &ir.payloads, &name, variants);
            (name, read)
        }
        (RequestBody::Parts, Some(payload)) => {
            let ty = written::name(cx, "super::runtime::mock::IncomingParts");
            let media_type = written::literal(&payload.form().media_type);
            (ty, vec![format!("request.multipart({media_type})")])
        }
        _ => {
            let ty = written::name(cx, "super::runtime::mock::RawBody");
            let media_type = match &ir.payloads[..] {
                [only] => written::literal(&only.form().media_type),
                _ => written::literal("*/*"),
            };
            (ty, vec![format!("request.raw({media_type})")])
        }
    }
}

/// The lines of what reads one of several payloads, by the media type.
fn choice(cx: &Cx<'_>, payloads: &[Payload], name: &str, variants: &[Ident]) -> Vec<String> {
    let media_types = payloads.iter();
    let media_types = media_types.map(|it| written::literal(&it.form().media_type));
    let media_types: Vec<String> = media_types.collect();
    let last = variants.len().saturating_sub(1);
    let arms = payloads.iter().zip(variants).enumerate();
    let arms = arms.map(|(index, (payload, variant))| {
        let pattern = if index == last {
            "_".to_owned()
        } else {
            index.to_string()
        };
        let read = payload_read(cx, payload, "bytes");
        format!("    {pattern} => {name}::{variant}({read}?),")
    });
    let open = format!(
        "request.choose(&[{}]).and_then(|index| Ok(match index {{",
        media_types.join(", ")
    );
    let lines = std::iter::once(open).chain(arms);
    lines.chain(["}))".to_owned()]).collect()
}

/// `request.json("application/json")`
fn payload_read(cx: &Cx<'_>, payload: &Payload, raw: &str) -> String {
    let form = payload.form();
    let media_type = written::literal(&form.media_type);
    match &form.encoding {
        BodyEncoding::Json => format!("request.json({media_type})"),
        BodyEncoding::Form(styles) => {
            let styles = style::written_all(cx, styles);
            format!("request.form(\"application/x-www-form-urlencoded\", {styles})")
        }
        BodyEncoding::Text if matches!(cx.api.resolve(&payload.ty), Type::String) => {
            format!("request.text({media_type})")
        }
        BodyEncoding::Text => format!("request.scalar({media_type})"),
        BodyEncoding::Lines => format!("request.lines({media_type})"),
        BodyEncoding::Xml => {
            format!("request.xml({media_type}, &{})", xml::shape(cx, payload))
        }
        BodyEncoding::Bytes | BodyEncoding::Events | BodyEncoding::Multipart => {
            format!("request.{raw}({media_type})")
        }
    }
}
