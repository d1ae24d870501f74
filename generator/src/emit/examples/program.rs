//! The `main` of an example, as it is being written.

use super::plan::Plan;
use super::variables::Variables;
use crate::emit::context::Cx;
use crate::emit::example::{CallArgument, Expression, Seen, statement};
use crate::emit::pairs::Operation;

/// What `main` and its file have of their own, which a variable must not hide.
const OWN: [&str; 4] = ["builder", "client", "session", "variable"];

/// The statements of `main`, and what they need.
pub(super) struct Program<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) plan: &'a Plan<'a>,
    pub(super) variables: Variables,
    pub(super) seen: Seen,
    /// The structs of arguments that it names.
    pub(super) argument_structs: Vec<String>,
    pub(super) lines: Vec<String>,
}

impl<'a> Program<'a> {
    /// A program without statements.
    pub(super) fn new(cx: &'a Cx<'a>, plan: &'a Plan<'a>) -> Self {
        Self {
            cx,
            plan,
            variables: Variables::new(cx.module),
            seen: Seen::default(),
            argument_structs: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Adds lines.
    pub(super) fn push<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        let lines = lines.into_iter().map(|it| format!("    {it}"));
        self.lines.extend(lines);
    }

    /// Adds `let app = App::new(id);`.
    pub(super) fn statement(&mut self, before: &str, value: &Expression) {
        self.lines.extend(statement(1, before, value));
    }

    /// Begins a part of the program.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|it| !it.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Notes that the call of an operation names the struct of its arguments.
    pub(super) fn name_struct(&mut self, operation: Operation<'_>) {
        let names = operation.shape.arguments_struct.iter();
        self.argument_structs.extend(names.map(ToString::to_string));
    }

    /// Has a variable for each argument with something that is asked for. A call that does not only look at it takes it
    /// with this after it.
    pub(super) fn declare(&mut self, arguments: &mut [CallArgument<'_>], after: &str) {
        let names: Vec<String> = arguments.iter().map(|it| it.name.to_string()).collect();
        for (index, argument) in arguments.iter_mut().enumerate() {
            if !argument.is_asked {
                continue;
            }
            let mut name = names[index].clone();
            let others = || (0..).zip(&names).filter(|(other, _)| *other != index);
            while OWN.contains(&&*name) || others().any(|(_, other)| *other == name) {
                name.push('_');
            }
            self.statement(&format!("let {name} = "), &argument.value);
            let after = if argument.is_borrowed { "" } else { after };
            argument.value = Expression::plain(format!("{name}{after}"));
        }
    }
}
