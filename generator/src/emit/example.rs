//! The examples in the docs: how a client is made, and the call of each operation, as doc tests.

use proc_macro2::Literal;

use super::context::Cx;
use super::pairs::Operation;
use super::written::literal;
use crate::config::{Dates, Layout};
use crate::ir::{
    self, Alternative, BodyEncoding, EnumerationValues, IntegerFormat, ItemId, ItemKind,
    OperationId, SchemeId, Type, Value,
};
use crate::shape::{Argument, Constructor, Kind, Member, Session, Struct};

/// How deep an example goes into types that contain themselves.
const DEPTH: usize = 6;

/// How many characters of an example still read well.
const LONG: usize = 48;

/// How many credentials an example sets.
const MOST_CREDENTIALS: usize = 8;

/// How wide a line may be, where it can be broken.
const WIDTH: usize = 100;

/// Whether a value is given to something that converts it, such as `impl Into<String>`.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Converted,
    Exact,
}

/// An expression.
enum Expression {
    /// One that stays in its line.
    Plain(String),
    /// One with others in it: what stands before them, they, and what stands after.
    List(String, Vec<Expression>, &'static str),
    /// One with something after it.
    Then(Box<Expression>, &'static str),
}

impl Expression {
    fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    fn list(open: impl Into<String>, items: Vec<Self>, close: &'static str) -> Self {
        Self::List(open.into(), items, close)
    }

    fn then(self, end: &'static str) -> Self {
        Self::Then(Box::new(self), end)
    }

    /// The same expression after some text: `name: `, `&`.
    fn after(self, text: &str) -> Self {
        match self {
            Self::Plain(it) => Self::Plain(format!("{text}{it}")),
            Self::List(open, items, close) => Self::List(format!("{text}{open}"), items, close),
            Self::Then(inner, end) => inner.after(text).then(end),
        }
    }

    /// In one line.
    fn flat(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(open, items, close) => {
                let items: Vec<String> = items.iter().map(Self::flat).collect();
                format!("{open}{}{close}", items.join(", "))
            }
            Self::Then(inner, end) => inner.flat() + end,
        }
    }

    /// In as many lines as it takes, `depth` levels to the right.
    fn lines(&self, depth: usize, before: &str, after: &str) -> Vec<String> {
        let indent = "    ".repeat(depth);
        let flat = format!("{indent}{before}{}{after}", self.flat());
        match self {
            _ if flat.chars().count() <= WIDTH => vec![flat],
            Self::Plain(_) => vec![flat],
            Self::Then(inner, end) => inner.lines(depth, before, &format!("{end}{after}")),
            Self::List(_, items, _) if items.is_empty() => vec![flat],
            Self::List(open, items, close) => {
                let items = items.iter().flat_map(|it| it.lines(depth + 1, "", ","));
                std::iter::once(format!("{indent}{before}{open}"))
                    .chain(items)
                    .chain([format!("{indent}{close}{after}")])
                    .collect()
            }
        }
    }
}

/// The lines of a doc test in an async function. Those that every example has are hidden from readers.
pub(super) fn doc_test(hidden: &[String], shown: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = ["# Examples", "```no_run"].map(str::to_owned).into();
    lines.extend(hidden.iter().map(|line| format!("# {line}")));
    lines.extend(shown);
    lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
    lines
}

/// How a client is made. Nothing where the name of the crate is not known.
pub(super) fn emit_client(cx: &Cx<'_>) -> Vec<String> {
    if cx.output.layout == Layout::Modules {
        return Vec::new();
    }
    let (krate, module) = (krate(cx), cx.module);
    let operations = cx.api.operations.iter();
    let mut credentials = operations.map(|it| credentials(cx, it));
    let credentials = credentials.find(|it| !it.is_empty()).unwrap_or_default();
    let mut chain = vec!["Client::builder()".to_owned()];
    chain.extend(credentials);
    chain.push(".build()?;".to_owned());
    let flat = format!("let client = {}", chain.concat());
    let shown = if flat.chars().count() <= WIDTH {
        vec![flat]
    } else {
        let rest = chain.iter().skip(1).map(|it| format!("    {it}"));
        let first = format!("let client = {}", chain[0]);
        std::iter::once(first).chain(rest).collect()
    };
    let hidden = [
        format!("use {krate}::{module}::Client;"),
        format!("fn example() -> Result<(), {krate}::Error> {{"),
    ];
    doc_test(&hidden, shown)
}

/// The call of an operation, after an empty line. Nothing where the name of the crate is not known, or an argument has no
/// value that is short enough to read.
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<String> {
    if cx.output.layout == Layout::Modules {
        return Vec::new();
    }
    let Some(call) = call(cx, operation) else {
        return Vec::new();
    };
    let result = if operation.shape.output.is_unit() {
        ""
    } else {
        "let output = "
    };
    let shown = call.lines(0, result, ".await?;");
    let krate = krate(cx);
    let hidden = [
        imports(cx, operation, &shown),
        format!("async fn example(client: Client) -> Result<(), {krate}::Error> {{"),
    ];
    let mut lines = vec![String::new()];
    lines.extend(doc_test(&hidden, shown));
    lines
}

/// How a client is made that signs in by itself, after an empty line.
pub(super) fn emit_sign_in(cx: &Cx<'_>, session: &Session, id: OperationId) -> Vec<String> {
    let set = &session.names.set;
    emit_lifecycle(cx, id, "fn example()", |call| {
        let mut shown = vec!["let client = Client::builder()".to_owned()];
        shown.extend(call.lines(1, &format!(".{set}(|client| "), ")"));
        shown.push("    .build()?;".to_owned());
        shown
    })
}

/// How a user confirms on another device, after an empty line.
pub(super) fn emit_confirmation(cx: &Cx<'_>, session: &Session, id: OperationId) -> Vec<String> {
    let confirm = &session.names.confirm;
    emit_lifecycle(cx, id, "async fn example(client: Client)", |call| {
        let mut shown = call.lines(0, &format!("let confirmation = client.{confirm}("), ");");
        shown.extend([
            "let confirming = confirmation.start().await?;".to_owned(),
            "println!(\"confirm at {}\", confirming.url().unwrap_or_default());".to_owned(),
            "let client = confirming.wait().await?;".to_owned(),
        ]);
        shown
    })
}

/// An example in which the call of an operation is handed to something else.
fn emit_lifecycle(
    cx: &Cx<'_>,
    id: OperationId,
    function: &str,
    shown: impl FnOnce(Expression) -> Vec<String>,
) -> Vec<String> {
    if cx.output.layout == Layout::Modules {
        return Vec::new();
    }
    let operation = Operation::new(cx, id);
    let Some(call) = call(cx, operation) else {
        return Vec::new();
    };
    let shown = shown(call);
    let hidden = [
        imports(cx, operation, &shown),
        format!("{function} -> Result<(), Box<dyn std::error::Error>> {{"),
    ];
    let mut lines = vec![String::new()];
    lines.extend(doc_test(&hidden, shown));
    lines
}

/// What an example of an operation imports.
fn imports(cx: &Cx<'_>, operation: Operation<'_>, shown: &[String]) -> String {
    let (krate, module) = (krate(cx), cx.module);
    let arguments = operation.shape.arguments_struct.as_ref();
    let arguments = arguments.map(|it| format!(", {it}")).unwrap_or_default();
    let used = match shown.concat().contains("models::") {
        true => format!("{{Client{arguments}, models}}"),
        false if arguments.is_empty() => "Client".to_owned(),
        false => format!("{{Client{arguments}}}"),
    };
    format!("use {krate}::{module}::{used};")
}

/// The generated crate, as others name it.
pub(super) fn krate(cx: &Cx<'_>) -> String {
    cx.output.package.replace('-', "_")
}

/// The setters of the first alternative that the client can satisfy, unless the operation goes without.
fn credentials(cx: &Cx<'_>, operation: &ir::Operation) -> Vec<String> {
    if operation.security.iter().any(Alternative::is_anonymous) {
        return Vec::new();
    }
    let mut alternatives = operation.security.iter();
    let schemes = alternatives
        .find(|it| it.foreign.is_empty() && cx.api.conflict(it).is_none())
        .map(|it| it.schemes.as_slice())
        .unwrap_or_default();
    let schemes = schemes.iter().take(MOST_CREDENTIALS);
    schemes.map(|(id, _)| credential(cx, *id)).collect()
}

fn credential(cx: &Cx<'_>, SchemeId(index): SchemeId) -> String {
    let credential = &cx.shape.credentials[index as usize];
    let arguments = credential.arguments.iter();
    let arguments: Vec<String> = arguments.map(|(name, _)| literal(name)).collect();
    format!(".{}({})", credential.setter, arguments.join(", "))
}

/// `client.get_pet(7)`
fn call(cx: &Cx<'_>, operation: Operation<'_>) -> Option<Expression> {
    let is_struct = operation.shape.arguments_struct.is_some();
    let required = operation.arguments(true).map(|it| {
        let example = it.ir.examples.first().or(it.ir.default.as_ref());
        let value = argument(cx, it.shape, &it.ir.ty, example, &it.ir.wire_name)?;
        let converted = is_struct && matches!(it.shape, Argument::Into(_));
        Some((
            it.name,
            if converted {
                value.then(".into()")
            } else {
                value
            },
        ))
    });
    let body = operation.body(true).into_iter().map(|(ir, shape)| {
        let value = body(cx, ir)?;
        let converted = is_struct && matches!(shape.argument, Argument::Into(_));
        Some((
            &shape.name,
            if converted {
                value.then(".into()")
            } else {
                value
            },
        ))
    });
    let values: Vec<_> = required.chain(body).collect::<Option<_>>()?;
    let method = &operation.shape.method;
    let open = format!("client.{method}(");
    let Some(name) = &operation.shape.arguments_struct else {
        let values = values.into_iter().map(|(_, value)| value);
        return Some(Expression::list(open, values.collect(), ")"));
    };
    let fields = values
        .into_iter()
        .map(|(name, value)| value.after(&format!("{name}: ")));
    let fields = Expression::list(format!("{open}{name} {{ "), fields.collect(), " })");
    Some(fields)
}

fn body(cx: &Cx<'_>, body: &ir::Body) -> Option<Expression> {
    // Of several payloads the first stands for all.
    let payload = body.payloads.first()?;
    let example = payload.examples.first();
    let target = if body.payloads.len() == 1 {
        Target::Converted
    } else {
        Target::Exact
    };
    match payload.form().encoding {
        BodyEncoding::Bytes | BodyEncoding::Events if target == Target::Exact => {
            let krate = krate(cx);
            Some(Expression::plain(format!(
                "{krate}::runtime::Body::from(\"text\")"
            )))
        }
        BodyEncoding::Bytes | BodyEncoding::Events => Some(text(None, "text")),
        BodyEncoding::Lines => {
            let item = value(cx, &payload.ty, example, "text", Target::Exact, DEPTH)?;
            Some(Expression::list("vec![", vec![item], "]"))
        }
        BodyEncoding::Json
        | BodyEncoding::Xml
        | BodyEncoding::Form(_)
        | BodyEncoding::Multipart
        | BodyEncoding::Text => value(cx, &payload.ty, example, "text", target, DEPTH),
    }
}

/// An argument that a method only looks at.
fn argument(
    cx: &Cx<'_>,
    argument: &Argument,
    ty: &Type,
    example: Option<&Value>,
    name: &str,
) -> Option<Expression> {
    let value = |example, target| value(cx, ty, example, name, target, DEPTH);
    let item = |target| {
        let Type::Array(inner) = cx.api.resolve(ty) else {
            return None;
        };
        let example = example.and_then(|it| it.get(0));
        let item = self::value(cx, inner, example, name, target, DEPTH)?;
        Some(Expression::list("&[", vec![item], "]"))
    };
    match argument {
        Argument::Value(_) | Argument::Into(_) => value(example, Target::Converted),
        Argument::Text => Some(text(example, name)),
        Argument::Texts => item(Target::Converted),
        Argument::Slice(_) => item(Target::Exact),
        Argument::Reference(_) => {
            let referenced = value(example, Target::Exact)?;
            Some(referenced.after("&"))
        }
    }
}

/// A value of the type: the example, if it is one, or something that compiles. `None` when the type goes deeper
/// than an example should.
fn value(
    cx: &Cx<'_>,
    ty: &Type,
    example: Option<&Value>,
    name: &str,
    target: Target,
    depth: usize,
) -> Option<Expression> {
    let depth = depth.checked_sub(1)?;
    Some(match ty {
        Type::String | Type::Bytes => convert(text(example, name), ".to_owned()", target),
        Type::Secret => convert(text(example, name), ".into()", target),
        Type::Boolean => {
            let value = example.and_then(Value::as_bool).unwrap_or(true);
            Expression::plain(value.to_string())
        }
        Type::Integer(format) => integer(*format, example),
        Type::Number => {
            let value = example.and_then(Value::as_f64).unwrap_or(1.5);
            Expression::plain(Literal::f64_unsuffixed(value).to_string())
        }
        Type::DateTime => match cx.output.dates {
            Dates::Text => convert(text(example, "2030-01-01T00:00:00Z"), ".into()", target),
            Dates::Jiff => Expression::plain("jiff::Timestamp::UNIX_EPOCH"),
            Dates::Chrono => Expression::plain("chrono::DateTime::UNIX_EPOCH.fixed_offset()"),
        },
        Type::Date => match cx.output.dates {
            Dates::Text => convert(text(example, "2030-01-01"), ".into()", target),
            Dates::Jiff => Expression::plain("jiff::civil::date(2030, 1, 1)"),
            Dates::Chrono => Expression::plain("chrono::NaiveDate::MAX"),
        },
        Type::Uuid => Expression::plain("uuid::Uuid::nil()"),
        Type::Base64 => Expression::plain("b\"bytes\".to_vec().into()"),
        Type::Any => Expression::plain("serde_json::json!({ \"any\": \"value\" })"),
        Type::Array(inner) => {
            let example = example.and_then(|it| it.get(0));
            let item = value(cx, inner, example, name, Target::Exact, depth);
            item.map_or_else(
                || Expression::plain("Vec::new()"),
                |item| Expression::list("vec![", vec![item], "]"),
            )
        }
        Type::Null => Expression::plain(format!("{}::runtime::Null", krate(cx))),
        Type::Tuple(items) => {
            let items = items.iter().enumerate().map(|(place, item)| {
                let example = example.and_then(|it| it.get(place));
                value(cx, item, example, name, Target::Exact, depth)
            });
            let items: Vec<Expression> = items.collect::<Option<_>>()?;
            let close = if items.len() == 1 { ",)" } else { ")" };
            Expression::list("(", items, close)
        }
        Type::Map(_) => Expression::plain("std::collections::BTreeMap::new()"),
        Type::Nullable(_) => Expression::plain("None"),
        Type::Item(id) => item(cx, *id, example, name, target, depth)?,
        Type::File => convert(text(None, "content"), ".into()", target),
        Type::Part(inner) => {
            let value = value(cx, inner, example, name, Target::Exact, depth)?;
            convert(value, ".into()", target)
        }
        Type::Multipart => Expression::plain(format!("{}::runtime::Multipart::new()", krate(cx))),
        Type::Error => Expression::plain("()"),
    })
}

/// A value of a type with a name.
fn item(
    cx: &Cx<'_>,
    id: ItemId,
    example: Option<&Value>,
    name: &str,
    target: Target,
    depth: usize,
) -> Option<Expression> {
    let names = cx.names.item(id);
    let ty = &names.ty;
    let item = &cx.api[id];
    let example = example.or_else(|| item.examples.first());
    Some(match (&item.kind, &cx.shape[cx.shape.twin(id)].kind) {
        (ItemKind::Enumeration(it), _) => {
            let known = match &it.values {
                EnumerationValues::Strings(variants) => variants
                    .iter()
                    .position(|it| example.and_then(Value::as_str) == Some(&it.value)),
                EnumerationValues::Integers(variants) => variants
                    .iter()
                    .position(|it| example.and_then(Value::as_i64) == Some(it.value)),
                EnumerationValues::Mixed(variants) => {
                    variants.iter().position(|it| example == Some(&it.value))
                }
            };
            let variant = names.members.get(known.unwrap_or(0))?;
            Expression::plain(format!("models::{ty}::{variant}"))
        }
        (ItemKind::Union(it), Kind::Union(shape)) => {
            // The first branch stands for all.
            let (branch, variant) = it.branches.first().zip(shape.variants.first())?;
            let inner = value(cx, &branch.ty, example, name, Target::Exact, depth)?;
            let is_boxed = variant.ty.is_boxed();
            let variant = &variant.name;
            if is_boxed {
                let open = format!("models::{ty}::{variant}(Box::new(");
                Expression::list(open, vec![inner], "))")
            } else {
                Expression::list(format!("models::{ty}::{variant}("), vec![inner], ")")
            }
        }
        (ItemKind::Struct(ir), Kind::Struct(shape)) => {
            structure(cx, ty, ir, shape, example, depth)?
        }
        (ItemKind::Alias(ty), _) => value(cx, ty, example, name, target, depth)?,
        (ItemKind::Struct(_) | ItemKind::Union(_), _) => return None,
    })
}

/// What a constructor makes of its arguments.
fn structure(
    cx: &Cx<'_>,
    ty: &ir::Ident,
    ir: &ir::Struct,
    shape: &Struct,
    example: Option<&Value>,
    depth: usize,
) -> Option<Expression> {
    let target = match shape.constructor {
        Constructor::Empty | Constructor::Positional => Target::Converted,
        Constructor::Named(_) => Target::Exact,
        Constructor::None => return None,
    };
    let members = ir.fields.iter().zip(&shape.members);
    let required = members.filter_map(|(ir, member)| match member {
        Member::Field(field) if field.is_required() => Some((ir, field)),
        Member::Field(_) | Member::Constant(_) => None,
    });
    let values = required.map(|(ir, field)| {
        let name = &field.name;
        if ir.presence == ir::Presence::Nullable {
            return Some((name, Expression::plain("None")));
        }
        let given = example.and_then(|it| it.get(&ir.wire_name));
        let given = given
            .or_else(|| ir.examples.first())
            .or(ir.default.as_ref());
        let value = value(cx, &ir.ty, given, &ir.wire_name, target, depth)?;
        Some((name, value))
    });
    let values: Vec<(&ir::Ident, Expression)> = values.collect::<Option<_>>()?;
    let open = format!("models::{ty}::new(");
    let Constructor::Named(required) = &shape.constructor else {
        let values = values.into_iter().map(|(_, value)| value);
        return Some(Expression::list(open, values.collect(), ")"));
    };
    let fields = values
        .into_iter()
        .map(|(name, value)| value.after(&format!("{name}: ")));
    let open = format!("{open}models::{required} {{ ");
    Some(Expression::list(open, fields.collect(), " })"))
}

fn convert(text: Expression, method: &'static str, target: Target) -> Expression {
    match target {
        Target::Converted => text,
        Target::Exact => text.then(method),
    }
}

/// A string literal: the example if it is short and printable.
fn text(example: Option<&Value>, otherwise: &str) -> Expression {
    let fits = |text: &&str| text.chars().count() <= LONG && !text.chars().any(char::is_control);
    let text = example
        .and_then(Value::as_str)
        .filter(fits)
        .unwrap_or(otherwise);
    Expression::plain(literal(text))
}

fn integer(format: IntegerFormat, example: Option<&Value>) -> Expression {
    let value = example
        .and_then(Value::as_i64)
        .filter(|value| match format {
            IntegerFormat::I32 => i32::try_from(*value).is_ok(),
            IntegerFormat::I64 | IntegerFormat::I128 => true,
            IntegerFormat::U32 => u32::try_from(*value).is_ok(),
            IntegerFormat::U64 | IntegerFormat::U128 => u64::try_from(*value).is_ok(),
        });
    Expression::plain(value.unwrap_or(1).to_string())
}
