//! Old names of operations, of their types, and of the setters of their requests.

use super::arguments::lifetime;
use super::method;
use crate::emit::context::Cx;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::ir::{Group, Ident};
use crate::markdown::{code, prose};
use crate::output::Unformatted;

/// The types of a group's operations under their old names.
pub(in crate::emit) fn declared(cx: &Cx<'_>, group: &Group) -> Vec<String> {
    let operations = group.operations.iter();
    let aliases = operations.flat_map(|id| cx.shape.aliases_of_operation(*id));
    let types = aliases.flat_map(|(_, types)| types);
    types.map(|(old, _)| old.to_string()).collect()
}

/// `pub fn get_book(&self, id: i64) -> Request<ReadBook>`
pub(super) fn emit_methods(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Unformatted> {
    let new = &operation.shape.method;
    let aliases = cx.shape.aliases_of_operation(operation.id);
    let methods = aliases.map(|(alias, _)| {
        let mut out = Written::default();
        out.docs(1, prose!("Renamed to [`Client::{}`].", new));
        out.renamed(1, &format!("Client::{new}"));
        let open = format!("pub fn {}(", alias.name);
        let close = format!(") -> {} {{", operation.request(cx));
        let parameters = method::parameters(cx, operation);
        out.list(1, &open, &parameters, &close);
        let names = parameters.iter().skip(1);
        let names = names.filter_map(|it| Some(it.split_once(':')?.0.to_owned()));
        let names: Vec<String> = names.collect();
        out.list(2, &format!("self.{new}("), &names, ")");
        out.line(1, "}");
        out.finish()
    });
    methods.collect()
}

/// `pub type GetBookError = ReadBookError;`
pub(super) fn emit_types(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Unformatted> {
    let aliases = cx.shape.aliases_of_operation(operation.id);
    let types = aliases.flat_map(|(_, types)| types).map(|(old, new)| {
        let is_arguments = operation.shape.arguments_struct.as_ref() == Some(new);
        let lifetime = if is_arguments {
            lifetime(operation, "'a")
        } else {
            String::new()
        };
        let mut out = Written::default();
        out.docs(0, prose!("Renamed to [`{}`].", new));
        out.renamed(0, new.as_str());
        out.line(0, format!("pub type {old}{lifetime} = {new}{lifetime};"));
        out.finish()
    });
    types.collect()
}

/// `pub fn limit(self, limit: i64) -> Self`
pub(super) fn emit_setters(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Unformatted> {
    let mut setters = Vec::new();
    for (alias, setter) in cx.shape.aliases_of_setters(operation.id) {
        let of = setter.argument.and_then(|index| operation.argument(index));
        let taken = match of {
            Some(argument) => Some((argument.name, argument.shape)),
            None => operation
                .body(false)
                .map(|(_, body)| (&body.name, &body.argument)),
        };
        if let Some((new, shape)) = taken.filter(|_| !setter.is_shared) {
            let ty = written::argument(cx, shape);
            setters.push(emit_setter(&alias.name, new, Some(&ty)));
        }
        let empties = &operation.names.empties;
        let empty = setter.argument.and_then(|index| empties[index].as_ref());
        if let (Some(old), Some(new)) = (&setter.empty, empty) {
            setters.push(emit_setter(old, new, None));
        }
    }
    setters
}

/// A setter that calls another one.
pub(super) fn emit_setter(old: &Ident, new: &Ident, ty: Option<&str>) -> Unformatted {
    let mut out = Written::default();
    // Requests of other operations may have a method of the name, so that a link would be ambiguous.
    out.docs(1, prose!("Renamed to {}.", code(new.as_str())));
    out.renamed(1, new.as_str());
    if let Some(ty) = ty {
        out.line(1, format!("pub fn {old}(self, {old}: {ty}) -> Self {{"));
        out.line(2, format!("self.{new}({old})"));
    } else {
        out.line(1, format!("pub fn {old}(self) -> Self {{"));
        out.line(2, format!("self.{new}()"));
    }
    out.line(1, "}");
    out.finish()
}
