//! The steps of an example: the client, the call, and what is before and after it.

use super::plan::Plan;
use super::program::Program;
use super::sign_in;
use crate::emit::context::Cx;
use crate::emit::example::{self, CallArgument, Expression, Sample};
use crate::emit::pairs::Operation;
use crate::ir::{OperationId, SchemeId, SchemeKind};
use crate::markdown::{code, prose};

/// How many characters a call has at most to be awaited in the same line: fewer than rustfmt breaks (`chain_width`).
const CHAIN: usize = 54;

/// Writes the program that does what is planned. Nothing where something has no value that is short enough to read.
pub(super) fn write<'a>(cx: &'a Cx<'a>, plan: &'a Plan<'a>) -> Option<Program<'a>> {
    let mut program = Program::new(cx, plan);
    client(&mut program)?;
    sign_in::signed_in(&mut program);
    if let Some(id) = plan.call {
        call(&mut program, id)?;
    }
    sign_in::sign_out(&mut program);
    Some(program)
}

/// The client, with the credentials that its user has.
fn client(program: &mut Program<'_>) -> Option<()> {
    program.push([
        "let mut builder = Client::builder();",
        "if let Some(base_url) = std::env::args().nth(1) {",
        "    builder = builder.base_url(base_url);",
        "}",
    ]);
    for scheme in &program.plan.credentials {
        credential(program, *scheme);
    }
    sign_in::set_up(program)?;
    program.push(["let client = builder.build()?;"]);
    sign_in::ask_user(program)
}

/// `builder = builder.usertoken(variable("..")?, variable("..")?);`
fn credential(program: &mut Program<'_>, scheme: SchemeId) {
    let credential = &program.cx.shape.credentials[scheme.0 as usize];
    let ir = &program.cx.api[scheme];
    let name = code(&ir.name);
    let setter = credential.setter.as_str();
    let mut arguments = Vec::new();
    for (what, _) in &credential.arguments {
        if ir.kind == SchemeKind::MutualTls {
            let about = prose!("a PEM file with the certificate for {} and its key", name);
            let file = program.variables.read(setter, "file", about);
            let pem = Expression::list("std::fs::read_to_string(", vec![file], ")").then("?");
            program.statement("let pem = ", &pem);
            arguments.push(Expression::plain("pem"));
        } else {
            let about = prose!("the {} for {}", *what, name);
            arguments.push(program.variables.read(setter, what, about));
        }
    }
    let set = Expression::list(format!("builder.{setter}("), arguments, ")");
    program.statement("builder = ", &set);
}

/// The call, and what came of it.
fn call(program: &mut Program<'_>, id: OperationId) -> Option<()> {
    program.blank();
    let operation = Operation::new(program.cx, id);
    let mut arguments = arguments(program, operation)?;
    program.declare(&mut arguments, "");
    let call = example::assemble(operation, arguments);
    let awaited = format!("{}.await?", call.flat());
    let awaited = if awaited.chars().count() <= CHAIN {
        awaited
    } else {
        program.statement("let request = ", &call);
        "request.await?".to_owned()
    };
    if operation.shape.output.is_unit() {
        let method = &operation.shape.method;
        program.push([
            &*format!("{awaited};"),
            &format!("println!(\"{method}: done\");"),
        ]);
    } else {
        let response = format!("let response = {awaited};");
        program.push([&*response, "println!(\"{response:?}\");"]);
    }
    Some(())
}

/// What the call cannot do without: the document's examples, and variables where it has none.
fn arguments<'a>(
    program: &mut Program<'a>,
    operation: Operation<'a>,
) -> Option<Vec<CallArgument<'a>>> {
    let id = code(&operation.ir.id);
    let variables = &program.variables;
    let ask = |name: &str| variables.read("", name, prose!("{} for {}", code(name), id));
    let sample = Sample::to_run(program.cx, &ask, &program.seen);
    let arguments = example::arguments(&sample, operation)?;
    program.name_struct(operation);
    Some(arguments)
}
