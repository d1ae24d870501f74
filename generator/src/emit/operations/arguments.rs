//! Arguments: the struct of those that a method needs, where these are many, and how each gets into a request.

use super::style;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::pairs::{Argument, Operation};
use crate::emit::written::{self, Written};
use crate::ir::{self, ParameterKind, Serialization, Value};
use crate::markdown::prose;
use crate::output::Unformatted;
use crate::shape;

/// Where a value is taken from.
#[derive(Clone, Copy)]
pub(super) enum From {
    /// An argument of the function.
    Argument,
    /// A field of its argument `arguments`.
    Field,
}

impl From {
    /// The expression that is looked at, which is a reference.
    pub(super) fn reference(self, name: &str, argument: &shape::Argument) -> String {
        match (self, argument) {
            (_, shape::Argument::Reference(_)) => self.value(name),
            (Self::Field, _) => format!("&arguments.{name}"),
            (Self::Argument, shape::Argument::Into(_)) => format!("&{name}.into()"),
            (Self::Argument, _) => format!("&{name}"),
        }
    }

    /// The expression that is handed over.
    pub(super) fn value(self, name: &str) -> String {
        match self {
            Self::Argument => name.to_owned(),
            Self::Field => format!("arguments.{name}"),
        }
    }
}

/// `pub struct MovePetArguments`, where a method would take more than reads well in a row.
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Option<Unformatted> {
    let name = operation.shape.arguments_struct.as_ref()?;
    let mut written = Written::default();
    let method = &operation.shape.method;
    written.docs(
        0,
        prose!("The required arguments of [`Client::{}`].", method),
    );
    let derives = if operation.shape.is_once {
        "Debug"
    } else {
        "Clone, Debug"
    };
    written.line(0, format!("#[derive({derives})]"));
    written.line(
        0,
        format!("pub struct {name}{} {{", lifetime(operation, "'a")),
    );
    for argument in operation.arguments(true) {
        written.docs(1, docs::operation::argument(cx, argument.ir));
        written.deprecated(1, argument.ir.deprecated);
        let ty = field(cx, argument.shape);
        written.line(1, format!("pub {}: {ty},", argument.name));
    }
    if let Some((ir, shape)) = operation.body(true) {
        written.docs(1, docs::operation::body(ir));
        let ty = field(cx, &shape.argument);
        written.line(1, format!("pub {}: {ty},", shape.name));
    }
    written.line(0, "}");
    Some(written.finish())
}

/// `<'a>`, where the struct of an operation's arguments borrows some of them.
pub(super) fn lifetime(operation: Operation<'_>, name: &str) -> String {
    let is_borrowed = |it: Argument<'_>| match it.shape {
        shape::Argument::Value(_) | shape::Argument::Into(_) => false,
        shape::Argument::Reference(_)
        | shape::Argument::Text
        | shape::Argument::Slice(_)
        | shape::Argument::Texts => true,
    };
    if operation.arguments(true).any(is_borrowed) {
        format!("<{name}>")
    } else {
        String::new()
    }
}

/// The type of a field.
fn field(cx: &Cx<'_>, argument: &shape::Argument) -> String {
    match argument {
        shape::Argument::Value(it) | shape::Argument::Into(it) => written::ty(cx, it),
        shape::Argument::Reference(it) => format!("&'a {}", written::ty(cx, it)),
        shape::Argument::Text => "&'a str".to_owned(),
        shape::Argument::Slice(it) => format!("&'a [{}]", written::ty(cx, it)),
        shape::Argument::Texts => "&'a [&'a str]".to_owned(),
    }
}

/// The statement that puts an argument into a request: `call.query("limit", &limit, Style::FORM);`
pub(super) fn statement(cx: &Cx<'_>, call: &str, argument: Argument<'_>, from: From) -> String {
    let wire_name = written::literal(&argument.ir.wire_name);
    let value = match (argument.shape, from) {
        (shape::Argument::Texts, From::Argument) => {
            let runtime = written::name(cx, "super::runtime");
            format!("&{runtime}::texts({})", argument.name)
        }
        (other, _) => from.reference(argument.name.as_str(), other),
    };
    let serialization = &argument.ir.serialization;
    if let (ParameterKind::QueryString, Serialization::Form(styles)) =
        (argument.ir.kind, serialization)
    {
        let styles = style::written_all(cx, styles);
        return format!("{call}.query_form({wire_name}, {value}, {styles});");
    }
    let place = place(argument.ir.kind);
    let style = style::written(cx, serialization);
    format!("{call}.{place}({wire_name}, {value}, {style});")
}

/// The statement that sends an argument which has one value: `call.query("Version", &"1", Style::FORM);`
pub(super) fn constant(cx: &Cx<'_>, call: &str, argument: &ir::Argument, value: &Value) -> String {
    let wire_name = written::literal(&argument.wire_name);
    // A number has to be of some type.
    let suffix = if value.is_number() { "_i64" } else { "" };
    let value = written::scalar(value) + suffix;
    let (place, style) = (
        place(argument.kind),
        style::written(cx, &argument.serialization),
    );
    format!("{call}.{place}({wire_name}, &{value}, {style});")
}

/// Whether a setter is a line of a table: what it takes is only looked at, and written by a style.
pub(super) fn is_tabular(argument: Argument<'_>) -> bool {
    let is_plain = match argument.shape {
        shape::Argument::Value(_)
        | shape::Argument::Reference(_)
        | shape::Argument::Text
        | shape::Argument::Slice(_) => true,
        shape::Argument::Into(_) | shape::Argument::Texts => false,
    };
    let is_form = matches!(argument.ir.serialization, Serialization::Form(_));
    is_plain && !(is_form && argument.ir.kind == ParameterKind::QueryString)
}

/// A setter as a line of a table: `limit: i64 => query("limit", Style::FORM);`
pub(super) fn line(cx: &Cx<'_>, argument: Argument<'_>) -> String {
    let (name, ty) = (argument.name, written::argument(cx, argument.shape));
    let (place, wire_name) = (
        place(argument.ir.kind),
        written::literal(&argument.ir.wire_name),
    );
    let style = style::written(cx, &argument.ir.serialization);
    format!("{name}: {ty} => {place}({wire_name}, {style});")
}

/// The method of a request in the making that takes an argument.
fn place(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Path => "path",
        ParameterKind::Query => "query",
        ParameterKind::QueryString => "query_string",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    }
}
