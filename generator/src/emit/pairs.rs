//! Pairs of the IR of a thing and its shape.

use super::context::Cx;
use super::written;
use crate::ir::OperationId;
use crate::shape::Parameter;
use crate::{ir, shape};

/// An operation: what travels, and what Rust it becomes.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) id: OperationId,
    /// What travels.
    pub(super) ir: &'a ir::Operation,
    /// What is written.
    pub(super) shape: &'a shape::Operation,
    /// The names of what only emitters know of.
    pub(super) names: &'a ir::OperationNames,
}

impl<'a> Operation<'a> {
    /// The operation with an id.
    pub(super) fn new(cx: &Cx<'a>, id: OperationId) -> Self {
        Self {
            id,
            ir: &cx.api[id],
            shape: &cx.shape[id],
            names: cx.names.operation(id),
        }
    }

    /// The arguments that a call cannot do without, or the others.
    pub(super) fn arguments(self, required: bool) -> impl Iterator<Item = Argument<'a>> {
        let all = (0..self.ir.arguments.len()).filter_map(move |index| self.argument(index));
        all.filter(move |it| it.ir.required == required)
    }

    /// An argument that is asked for, by index.
    pub(super) fn argument(self, index: usize) -> Option<Argument<'a>> {
        let marker = self.shape.shared.get(&index);
        match &self.shape.parameters[index] {
            Parameter::Argument(name, shape) => Some(Argument {
                ir: &self.ir.arguments[index],
                name,
                shape,
                marker,
            }),
            Parameter::Constant(_) => None,
        }
    }

    /// The arguments that have one value, which is sent without being asked for.
    pub(super) fn constants(self) -> impl Iterator<Item = (&'a ir::Argument, &'a ir::Value)> {
        let parameters = self.ir.arguments.iter().zip(&self.shape.parameters);
        parameters.filter_map(|(ir, it)| match it {
            Parameter::Argument(..) => None,
            Parameter::Constant(value) => Some((ir, value)),
        })
    }

    /// The body, where a call cannot do without it, or can.
    pub(super) fn body(self, required: bool) -> Option<(&'a ir::Body, &'a shape::Body)> {
        let body = self.ir.body.as_ref().zip(self.shape.body.as_ref());
        body.filter(|(it, _)| it.required == required)
    }

    /// The type that the client's method returns: `Request<GetPet>`.
    pub(super) fn request(self, cx: &Cx<'_>) -> String {
        let request = written::name(cx, "super::runtime::Request");
        let name = &self.shape.name;
        if self.shape.is_once {
            let once = written::name(cx, "super::runtime::Once");
            format!("{request}<{name}, {once}>")
        } else {
            format!("{request}<{name}>")
        }
    }
}

/// An argument other than the body.
#[derive(Clone, Copy)]
pub(super) struct Argument<'a> {
    /// What travels.
    pub(super) ir: &'a ir::Argument,
    /// Its name.
    pub(super) name: &'a ir::Ident,
    /// How it is taken.
    pub(super) shape: &'a shape::Argument,
    /// The trait of the operations that have it, where several do.
    pub(super) marker: Option<&'a ir::Ident>,
}

/// A request that the API makes, and the function that reads it.
#[derive(Clone, Copy)]
pub(super) struct Incoming<'a> {
    /// What travels.
    pub(super) ir: &'a ir::Incoming,
    /// What is written.
    pub(super) shape: &'a shape::Incoming,
}
