//! Optional arguments that several operations have alike: one setter does for all of them, with its docs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Module, Operation, Parameter, Renamed, reach};
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

/// Keeps apart what modules of one package share. All requests are of one type of the runtime, so that two modules cannot
/// both give those of some operations a method of one name: the first module shares it, and in the others each operation
/// has a setter of its own.
pub(super) fn keep_apart(modules: &mut [Module]) {
    let mut taken: BTreeSet<Ident> = BTreeSet::new();
    for module in modules {
        let names: Vec<Option<Ident>> = module.shared.iter().map(|it| setter(module, it)).collect();
        let is_kept: Vec<bool> = names
            .iter()
            .map(|name| name.as_ref().is_none_or(|name| !taken.contains(name)))
            .collect();
        taken.extend(names.into_iter().flatten());
        if is_kept.contains(&false) {
            unshare(module, &is_kept);
        }
    }
}

/// The name of the method.
fn setter(module: &Module, it: &SharedArgument) -> Option<Ident> {
    match &module[it.operation].parameters[it.parameter] {
        Parameter::Argument(name, _) => Some(name.clone()),
        Parameter::Constant(_) => None,
    }
}

/// Gives the operations setters of their own for what is not kept.
fn unshare(module: &mut Module, is_kept: &[bool]) {
    let kept = || is_kept.iter().copied();
    let markers: BTreeSet<Ident> = module
        .shared
        .iter()
        .zip(kept())
        .filter(|(_, is_kept)| !is_kept)
        .map(|(it, _)| it.marker.clone())
        .collect();
    for operation in &mut module.operations {
        operation
            .shared
            .retain(|_, marker| !markers.contains(marker));
    }
    let mut index = 0;
    let indices: Vec<Option<usize>> = kept()
        .map(|is_kept| {
            is_kept.then(|| {
                index += 1;
                index - 1
            })
        })
        .collect();
    let mut each = kept();
    module.shared.retain(|_| each.next().unwrap_or(true));
    let operations = &module.operations;
    module.aliases.retain_mut(|alias| match &mut alias.of {
        Renamed::Marker(index, _) => match indices[*index] {
            Some(new) => {
                *index = new;
                true
            }
            None => false,
        },
        Renamed::Setter(setter) => {
            let shared = &operations[setter.operation.0 as usize].shared;
            let is_shared = setter.argument.is_some_and(|it| shared.contains_key(&it));
            setter.is_shared &= is_shared;
            true
        }
        _ => true,
    });
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
