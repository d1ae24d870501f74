//! Optional arguments that several operations have alike: one setter does for all of them, with its docs.

use std::collections::BTreeMap;

use super::{Operation, Parameter, reach};
use crate::ir::{self, Api, Ident, ItemId, Names, OperationId};

/// A setter of the requests of several operations.
#[derive(Clone, Debug)]
pub struct SharedArgument {
    /// The trait of the operations that take it: `TakesLimit`.
    pub marker: Ident,
    /// An operation that takes it.
    pub operation: OperationId,
    /// Which of that operation's arguments it is, by index.
    pub parameter: usize,
    /// The models in its type.
    pub items: Vec<ItemId>,
}

/// An argument of an operation, by index.
type Use = (usize, usize);

/// Finds the arguments that are shared, and notes them at the operations that have them.
///
/// Of arguments that are called alike and differ in something, the ones that most operations have are shared: two traits
/// cannot bring a method of the same name, since an operation might have both.
pub(super) fn find(api: &Api, names: &Names, operations: &mut [Operation]) -> Vec<SharedArgument> {
    let mut shared = Vec::new();
    for (name, classes) in classes(api, operations) {
        // Of several that are as large, the first.
        let largest = classes.into_iter().rev().max_by_key(Vec::len);
        let Some(uses) = largest.filter(|uses| uses.len() > 1) else {
            continue;
        };
        let Some(marker) = names.markers.get(&name) else {
            continue;
        };
        for (operation, parameter) in &uses {
            let taken = &mut operations[*operation].shared;
            taken.insert(*parameter, marker.clone());
        }
        let (operation, parameter) = uses[0];
        shared.push(SharedArgument {
            marker: marker.clone(),
            operation: OperationId(u32::try_from(operation).unwrap_or(u32::MAX)),
            parameter,
            items: items_in(&api.operations[operation].arguments[parameter].ty),
        });
    }
    shared
}

/// The optional arguments by name, and those of a name by what they have alike.
fn classes(api: &Api, operations: &[Operation]) -> BTreeMap<Ident, Vec<Vec<Use>>> {
    let mut names: BTreeMap<Ident, Vec<Vec<Use>>> = BTreeMap::new();
    for (operation, shape) in operations.iter().enumerate() {
        for (index, parameter) in shape.parameters.iter().enumerate() {
            let argument = &api.operations[operation].arguments[index];
            let Parameter::Argument(name, taken) = parameter else {
                continue;
            };
            if argument.required {
                continue;
            }
            let is_alike = |uses: &&mut Vec<Use>| {
                let (other, of_other) = uses[0];
                let other_taken = &operations[other].parameters[of_other];
                matches!(other_taken, Parameter::Argument(_, it) if it == taken)
                    && is_alike(&api.operations[other].arguments[of_other], argument)
            };
            let classes = names.entry(name.clone()).or_default();
            match classes.iter_mut().find(is_alike) {
                Some(uses) => uses.push((operation, index)),
                None => classes.push(vec![(operation, index)]),
            }
        }
    }
    names
}

/// Whether two arguments that are taken alike are sent and described alike.
fn is_alike(one: &ir::Argument, other: &ir::Argument) -> bool {
    // What is added to an argument is to be looked at here.
    let ir::Argument {
        origin: _,
        wire_name,
        rust_name: _,
        kind,
        docs,
        ty: _,
        only: _,
        required: _,
        may_be_empty: _,
        deprecated,
        serialization,
        default,
        examples,
        constraints,
        replaces,
        is_idempotency_key,
    } = one;
    *wire_name == other.wire_name
        && *kind == other.kind
        && *docs == other.docs
        && *deprecated == other.deprecated
        && *serialization == other.serialization
        && *default == other.default
        && *examples == other.examples
        && *constraints == other.constraints
        && *replaces == other.replaces
        && *is_idempotency_key == other.is_idempotency_key
}

fn items_in(ty: &ir::Type) -> Vec<ItemId> {
    let mut found = Vec::new();
    reach::items_in(ty, &mut found);
    let ids = found.into_iter().filter_map(|it| u32::try_from(it).ok());
    ids.map(ItemId).collect()
}
