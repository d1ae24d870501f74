//! `arguments.rs`: the optional arguments that several operations have alike, each with the trait of these operations.

use super::aliases;
use super::arguments::is_tabular;
use super::optional;
use crate::emit::context::Cx;
use crate::emit::features;
use crate::emit::pairs::{Argument, Operation};
use crate::emit::written::{self, Written};
use crate::ir::Ident;
use crate::markdown::{code, prose};
use crate::output::{Source, Unformatted};
use crate::shape::{Alias, SharedArgument};

/// The file of the shared arguments; `None` when there are none.
pub(in crate::emit) fn emit(cx: &Cx<'_>) -> Option<Source> {
    let markers = cx.shape.shared.iter().map(|it| it.marker.to_string());
    let old_names = cx.shape.aliases.iter().map(|it| it.name.to_string());
    let cx = cx.file(markers.chain(old_names));
    let arguments = cx.shape.shared.iter().enumerate();
    let arguments = arguments.filter_map(|(index, it)| {
        let argument = Operation::new(&cx, it.operation).argument(it.parameter)?;
        let aliases = cx.shape.aliases_of_marker(index);
        let aliases = aliases.flat_map(|(alias, name)| emit_alias(&cx, it, argument, alias, name));
        let own = emit_argument(&cx, it, argument);
        Some(own.into_iter().chain(aliases).collect::<Vec<_>>())
    });
    let items: Vec<Unformatted> = arguments.flatten().collect();
    if items.is_empty() {
        return None;
    }
    Some(Source {
        docs: "The optional arguments that several operations share, each with a trait for these operations."
            .to_owned(),
        items: cx.imports.complete(items),
    })
}

/// `pub trait TakesLimit {}`, and the setter for all that have it.
fn emit_argument(cx: &Cx<'_>, it: &SharedArgument, argument: Argument<'_>) -> [Unformatted; 2] {
    let marker = &it.marker;
    let mut declaration = Written::default();
    let name = code(argument.name.as_str());
    declaration.docs(0, prose!("An operation with the argument {}.", name));
    declaration.line(0, format!("pub trait {marker} {{}}"));

    let setter = if is_tabular(argument) {
        optional::emit_table(cx, &[argument])
    } else {
        Some(optional::emit_setter(cx, argument))
    };
    let setter = Unformatted::Impl {
        head: head_of_setter(cx, it),
        members: setter.into_iter().collect(),
    };
    [declaration.finish(), setter]
}

/// `impl<O: TakesLimit, B> Request<O, B>`
fn head_of_setter(cx: &Cx<'_>, it: &SharedArgument) -> String {
    let mut head = Written::default();
    for id in &it.items {
        features::emit_condition_of(cx, &mut head, *id);
    }
    let request = written::name(cx, "super::runtime::Request");
    head.line(0, format!("impl<O: {}, B> {request}<O, B>", it.marker));
    head.text()
}

/// The trait under its old name, and the setter for all that have it.
fn emit_alias(
    cx: &Cx<'_>,
    it: &SharedArgument,
    argument: Argument<'_>,
    alias: &Alias,
    name: &Ident,
) -> [Unformatted; 3] {
    let (old, new) = (&alias.name, &it.marker);
    let mut declaration = Written::default();
    declaration.docs(0, prose!("Renamed to [`{}`].", new));
    declaration.renamed(0, new.as_str());
    declaration.line(0, format!("pub trait {old}: {new} {{}}"));

    let mut implementation = Written::default();
    let reason = "callers may still use the old name";
    implementation.line(0, format!("#[expect(deprecated, reason = \"{reason}\")]"));
    implementation.line(0, format!("impl<O: {new}> {old} for O {{}}"));

    let ty = written::argument(cx, argument.shape);
    let setter = Unformatted::Impl {
        head: head_of_setter(cx, it),
        members: vec![aliases::emit_setter(name, argument.name, Some(&ty))],
    };
    [declaration.finish(), implementation.finish(), setter]
}

/// `impl arguments::TakesLimit for ListPets {}`, a line for each argument that the operation shares with others.
pub(super) fn emit_uses(cx: &Cx<'_>, operation: Operation<'_>) -> Option<Unformatted> {
    let markers = &operation.shape.shared;
    if markers.is_empty() {
        return None;
    }
    let (module, name) = (written::name(cx, "super::arguments"), &operation.shape.name);
    let mut out = Written::default();
    for marker in markers.values() {
        out.line(0, format!("impl {module}::{marker} for {name} {{}}"));
    }
    Some(out.finish())
}
