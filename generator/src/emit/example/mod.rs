//! The examples in the docs as doc tests: building a client, and calling each operation.

mod expression;
mod layout;
mod sample;
mod value;

pub(super) use self::expression::{Expression, WIDTH};
pub(super) use self::layout::{closure_statement, statement};
pub(super) use self::sample::{Sample, Seen};
use self::value::{DEPTH, Target, argument, text, value};
use super::context::Cx;
use super::pairs::Operation;
use super::written::literal;
use crate::config::Layout;
use crate::ir::{self, Alternative, BodyEncoding, Ident, OperationId, SchemeId, StatusPattern};
use crate::shape::{Argument, Given, MockOperation, Session};

/// How many credentials an example sets.
const MOST_CREDENTIALS: usize = 8;

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
    let result = if operation.shape.output.is_unit() {
        ""
    } else {
        "let output = "
    };
    let function = format!(
        "async fn example(client: Client) -> Result<(), {}::Error> {{",
        krate(cx)
    );
    emit_call(cx, operation, function, |call| {
        call.lines(0, result, ".await?;")
    })
}

/// How a test of an application has a service respond to an operation. Nothing where the name of the crate is not known, a
/// feature may switch the operation off, or a value is too long to read.
pub(super) fn emit_mock(
    cx: &Cx<'_>,
    operation: Operation<'_>,
    mock: &MockOperation,
) -> Option<Vec<String>> {
    let needs_session = |id: &SchemeId| cx.api.session(*id).is_some();
    let mut needed = operation.ir.security.iter().flat_map(|it| &it.schemes);
    if !shows_mock(cx) || needed.any(|(id, _)| needs_session(id)) {
        return None;
    }
    let (krate, module, name) = (krate(cx), cx.module, &operation.shape.name);
    let response = response(cx, operation, mock)?;
    let call = call(cx, operation)?;
    let open = format!("let service = Service::new().{}(|_| ", mock.on);
    let mut shown = response.lines(0, &open, ");");
    let credentials = credentials(cx, operation.ir).concat();
    shown.push(format!(
        "let client = service.client(){credentials}.build()?;"
    ));
    shown.extend(call.lines(0, "let result = block_on(", ".send());"));
    shown.push("assert!(result.is_ok());".to_owned());
    shown.push(format!(
        "assert_eq!(service.requests::<{name}>().len(), 1);"
    ));
    let models = if shown.concat().contains("models::") {
        ", models"
    } else {
        ""
    };
    let arguments = operation.shape.arguments_struct.as_ref();
    let arguments = arguments.map(|it| format!(", {it}")).unwrap_or_default();
    let mut lines = vec!["# Examples".to_owned(), "```".to_owned()];
    lines.push(format!(
        "use {krate}::{module}::{{{name}{arguments}, mock::Service{models}}};"
    ));
    lines.push(format!("use {krate}::runtime::mock::block_on;"));
    lines.push(String::new());
    lines.extend(shown);
    lines.push("# Ok::<(), Box<dyn std::error::Error>>(())".to_owned());
    lines.push("```".to_owned());
    Some(lines)
}

/// Whether there are examples of the service.
fn shows_mock(cx: &Cx<'_>) -> bool {
    cx.output.layout == Layout::Crate && cx.shape.parts.is_none()
}

/// A response that the document does not have, which does not compile. Nothing where there are no examples, or the
/// operation has that very response.
pub(super) fn emit_undocumented(
    cx: &Cx<'_>,
    operation: Operation<'_>,
    mock: &MockOperation,
) -> Option<Vec<String>> {
    const UNDOCUMENTED: &str = "im_a_teapot";
    let mut responses = mock.responses.iter();
    if !shows_mock(cx) || responses.any(|it| it.name.as_str() == UNDOCUMENTED) {
        return None;
    }
    let (krate, module, name) = (krate(cx), cx.module, &operation.shape.name);
    Some(vec![
        "A response that the document does not have does not compile:".to_owned(),
        String::new(),
        "```compile_fail,E0599".to_owned(),
        format!("# use {krate}::{module}::{name};"),
        format!("let response = {name}::{UNDOCUMENTED}();"),
        "```".to_owned(),
    ])
}

/// A documented success: `GetPet::ok(models::Pet::new("Rex"))`
fn response(cx: &Cx<'_>, operation: Operation<'_>, mock: &MockOperation) -> Option<Expression> {
    let successes = operation.ir.success.responses();
    let mut responses = mock.responses.iter();
    let it = responses.find(|it| successes.contains(&it.response))?;
    let of = &operation.ir.responses[it.response];
    if !matches!(of.status, StatusPattern::Code(_)) {
        return None;
    }
    let open = format!("{}::{}(", operation.shape.name, it.name);
    let Some((payload, given)) = &it.body else {
        return Some(Expression::plain(open + ")"));
    };
    let Given::One(argument) = given else {
        return None;
    };
    let payload = &of.payloads[*payload];
    let target = if matches!(argument, Argument::Into(_)) {
        Target::Converted
    } else {
        Target::Exact
    };
    let body = match payload.form().encoding {
        BodyEncoding::Json => value(
            &Sample::to_read(cx),
            &payload.ty,
            payload.examples.first(),
            "text",
            target,
            DEPTH,
        )?,
        _ => return None,
    };
    Some(Expression::list(open, vec![body], ")"))
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
    let function = format!("{function} -> Result<(), Box<dyn std::error::Error>> {{");
    emit_call(cx, Operation::new(cx, id), function, shown)
}

/// An example with the call of an operation, after an empty line. `function` is the line by which the function begins.
fn emit_call(
    cx: &Cx<'_>,
    operation: Operation<'_>,
    function: String,
    shown: impl FnOnce(Expression) -> Vec<String>,
) -> Vec<String> {
    if cx.output.layout == Layout::Modules {
        return Vec::new();
    }
    let Some(call) = call(cx, operation) else {
        return Vec::new();
    };
    let shown = shown(call);
    let hidden = [imports(cx, operation, &shown), function];
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
    let arguments = arguments(&Sample::to_read(cx), operation)?;
    Some(assemble(operation, arguments))
}

/// An argument of a call.
pub(super) struct CallArgument<'a> {
    pub(super) name: &'a Ident,
    pub(super) value: Expression,
    /// Whether the call only looks at the value.
    pub(super) is_borrowed: bool,
    /// Whether the value is converted to what is wanted.
    is_converted: bool,
    /// Whether something in it is asked for.
    pub(super) is_asked: bool,
}

/// The arguments that the call of an operation cannot do without. Nothing where one has no value that is short enough to
/// read.
pub(super) fn arguments<'a>(
    of: &Sample<'_>,
    operation: Operation<'a>,
) -> Option<Vec<CallArgument<'a>>> {
    // In a struct nothing is converted by itself.
    let is_struct = operation.shape.arguments_struct.is_some();
    let required = operation.arguments(true).map(|it| {
        let example = it.ir.examples.first().or(it.ir.default.as_ref());
        let of = match it.ir.default {
            Some(_) => of.with_default(),
            None => *of,
        };
        let asked = of.asked();
        let (value, is_borrowed) = argument(&of, it.shape, &it.ir.ty, example, &it.ir.wire_name)?;
        Some(CallArgument {
            name: it.name,
            value,
            is_borrowed,
            is_converted: is_struct && matches!(it.shape, Argument::Into(_)),
            is_asked: of.asked() > asked,
        })
    });
    let body = operation.body(true).into_iter().map(|(ir, shape)| {
        let asked = of.asked();
        Some(CallArgument {
            name: &shape.name,
            value: body(of, ir)?,
            is_borrowed: false,
            is_converted: is_struct && matches!(shape.argument, Argument::Into(_)),
            is_asked: of.asked() > asked,
        })
    });
    required.chain(body).collect()
}

/// The call with these arguments.
pub(super) fn assemble<'a>(
    operation: Operation<'_>,
    arguments: impl IntoIterator<Item = CallArgument<'a>>,
) -> Expression {
    let values = arguments.into_iter().map(|it| {
        let mut value = it.value;
        if it.is_borrowed {
            value = value.after("&");
        }
        if it.is_converted {
            value = value.then(".into()");
        }
        (it.name, value)
    });
    let method = &operation.shape.method;
    let open = format!("client.{method}(");
    let Some(name) = &operation.shape.arguments_struct else {
        let values = values.map(|(_, value)| value);
        return Expression::list(open, values.collect(), ")");
    };
    let fields = values.map(|(name, value)| value.after(&format!("{name}: ")));
    Expression::list(format!("{open}{name} {{ "), fields.collect(), " })")
}

fn body(of: &Sample<'_>, body: &ir::Body) -> Option<Expression> {
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
            let krate = krate(of.cx);
            Some(Expression::plain(format!(
                "{krate}::runtime::Body::from(\"text\")"
            )))
        }
        BodyEncoding::Bytes | BodyEncoding::Events => Some(text(None, "text")),
        BodyEncoding::Lines => {
            let item = value(of, &payload.ty, example, "text", Target::Exact, DEPTH)?;
            Some(Expression::list("vec![", vec![item], "]"))
        }
        BodyEncoding::Json
        | BodyEncoding::Xml
        | BodyEncoding::Form(_)
        | BodyEncoding::Multipart
        | BodyEncoding::Text => value(of, &payload.ty, example, "text", target, DEPTH),
    }
}
