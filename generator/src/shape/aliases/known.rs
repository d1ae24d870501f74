//! What a module has, by the paths that the configuration names it by.

use super::faults::Fault;
use super::path::Path;
use super::{Making, Renamed};
use crate::diagnostics::similar;
use crate::ir::{ItemId, OperationId};
use crate::shape::{Constructor, Kind, Operation, Parameter};

impl<'a> Making<'a> {
    /// The name of a model, if that is written.
    pub(super) fn known_item(&self, id: ItemId) -> Option<&'a str> {
        let item = &self.it.shape[id];
        (!matches!(item.kind, Kind::Omitted)).then_some(item.name.as_str())
    }

    /// The model of a name.
    pub(super) fn item(&self, name: &str) -> Result<ItemId, Fault> {
        let mut ids = self.it.api.item_ids();
        let found = ids.find(|id| self.known_item(*id) == Some(name));
        found.ok_or_else(|| {
            let all = self.it.api.item_ids().filter_map(|id| self.known_item(id));
            let near = similar(name, all).map(|it| Path::Model(it).to_string());
            Fault::unknown(Path::Model(name), near)
        })
    }

    /// The operation of a name.
    pub(super) fn operation_id(&self, name: &str) -> Result<OperationId, Fault> {
        let operations = || self.it.shape.operations.iter();
        let mut found = (0..).map(OperationId).zip(operations());
        let found = found.find(|(_, it)| it.method.as_str() == name);
        found.map(|(id, _)| id).ok_or_else(|| {
            let near = similar(name, operations().map(|it| it.method.as_str()));
            let near = near.map(|it| Path::Operation(it).to_string());
            Fault::unknown(Path::Operation(name), near)
        })
    }

    /// The value of an enumeration that a path leads to, by index.
    pub(super) fn value(&self, id: ItemId, path: Path<'_>, name: &str) -> Result<usize, Fault> {
        let item = &self.it.shape[self.it.shape.twin(id)];
        let variants = match &item.kind {
            Kind::Enumeration(it) => &it.variants,
            Kind::Union(it) => {
                let is_known = it.variants.iter().any(|it| it.name.as_str() == name);
                return Err(if is_known {
                    Fault::holds(path)
                } else {
                    Fault::unknown(path, None)
                });
            }
            Kind::Struct(_) | Kind::Alias(_) | Kind::Twin(_) | Kind::Omitted => {
                return Err(Fault::unknown(path, None));
            }
        };
        let mut names = variants.iter().map(|it| it.name.as_str());
        let found = names.position(|it| it == name);
        found.ok_or_else(|| {
            let near = similar(name, variants.iter().map(|it| it.name.as_str()));
            let near = near.map(|it| Path::Variant(item.name.as_str(), it).to_string());
            Fault::unknown(path, near)
        })
    }

    /// The argument whose setter a path leads to, by index; `None` for the body.
    pub(super) fn setter(
        &self,
        id: OperationId,
        path: Path<'_>,
        name: &str,
    ) -> Result<Option<usize>, Fault> {
        let (ir, shape) = (&self.it.api[id], &self.it.shape[id]);
        let arguments = ir.arguments.iter().zip(&shape.parameters).enumerate();
        let arguments = arguments.filter_map(|(index, (ir, it))| match it {
            Parameter::Argument(name, _) => Some((name.as_str(), ir.required, Some(index))),
            Parameter::Constant(_) => None,
        });
        let body = ir.body.iter().zip(&shape.body);
        let body = body.map(|(ir, it)| (it.name.as_str(), ir.required, None));
        let all: Vec<_> = arguments.chain(body).collect();
        match all.iter().find(|(it, ..)| *it == name) {
            Some((_, true, _)) => Err(Fault::positional(path)),
            Some((_, false, index)) => Ok(*index),
            None => {
                let near = similar(name, all.iter().map(|(name, ..)| *name));
                let method = shape.method.as_str();
                let near = near.map(|it| Path::Argument(method, it).to_string());
                Err(Fault::unknown(path, near))
            }
        }
    }

    /// The new path of what an alias that is made already stands for.
    pub(super) fn renamed(&self, old: Path<'_>) -> Option<String> {
        let old = old.to_string();
        let found = self.made.iter().find(|it| it.old == old);
        found.map(|it| it.new.clone())
    }

    /// Refuses a path that something in the module has, or that no such thing can have.
    pub(super) fn check_free(&self, path: Path<'_>, is_possible: bool) -> Result<(), Fault> {
        if !is_possible {
            return Err(Fault::reserved(path));
        }
        let exists = match path {
            Path::Model(name) => self.is_model(name),
            Path::Operation(name) => self.is_method(name),
            Path::Variant(item, name) => self.item(item).is_ok_and(|id| {
                let Kind::Enumeration(it) = &self.it.shape[self.it.shape.twin(id)].kind else {
                    return false;
                };
                let mut variants = it.variants.iter().map(|it| &it.name).chain([&it.unknown]);
                variants.any(|it| it.as_str() == name)
            }),
            Path::Argument(operation, name) => self
                .operation_id(operation)
                .is_ok_and(|id| self.is_setter(id, name)),
            Path::Field(..) | Path::Response(..) => false,
        };
        if exists || self.renamed(path).is_some() {
            return Err(Fault::exists(path));
        }
        Ok(())
    }

    /// Whether the models have a type of a name.
    pub(super) fn is_model(&self, name: &str) -> bool {
        let is_required = |id: ItemId| match &self.it.shape[id].kind {
            Kind::Struct(it) => {
                let constructors = [Some(&it.constructor), it.mock_constructor.as_ref()];
                let mut constructors = constructors.into_iter().flatten();
                constructors.any(|it| matches!(it, Constructor::Named(ty) if ty.as_str() == name))
            }
            _ => false,
        };
        let mut ids = self.it.api.item_ids();
        ids.any(|id| self.known_item(id) == Some(name) || is_required(id))
            || self.renamed(Path::Model(name)).is_some()
    }

    /// Whether an operation has a type of a name.
    pub(super) fn is_type(&self, name: &str) -> bool {
        let mut types = self.it.shape.operations.iter().flat_map(Operation::types);
        let is_alias = self.made.iter().any(|it| match &it.of {
            Renamed::Operation(_, types) => types.iter().any(|(old, _)| old.as_str() == name),
            _ => false,
        });
        is_alias || types.any(|it| it.as_str() == name)
    }

    /// Whether operations share an argument by a trait of a name.
    pub(super) fn is_marker(&self, name: &str) -> bool {
        let mut markers = self.it.shape.shared.iter().map(|it| &it.marker);
        let is_alias = self
            .made
            .iter()
            .any(|it| matches!(it.of, Renamed::Marker(..)) && it.name.as_str() == name);
        is_alias || markers.any(|it| it.as_str() == name)
    }

    /// Whether the client has a method of a name.
    fn is_method(&self, name: &str) -> bool {
        let operations = self.it.shape.operations.iter().map(|it| &it.method);
        let credentials = self.it.shape.credentials.iter();
        let credentials = credentials.filter_map(|it| it.others.as_ref());
        let credentials = credentials.flat_map(|it| [&it.with, &it.with_provider]);
        let sessions = self.it.shape.sessions.iter();
        let sessions = sessions.flat_map(|it| [&it.names.get, &it.names.with, &it.names.confirm]);
        let flows = self.it.shape.sessions.iter();
        let flows = flows.filter_map(|it| it.flows.as_ref());
        let flows = flows.flat_map(|it| [&it.authorization_code, &it.implicit, &it.device]);
        let mut all = operations.chain(credentials).chain(sessions).chain(flows);
        all.any(|it| it.as_str() == name)
    }

    /// Whether the requests of an operation have a setter of a name, or its method an argument.
    fn is_setter(&self, id: OperationId, name: &str) -> bool {
        let shape = &self.it.shape[id];
        let arguments = shape.parameters.iter().filter_map(|it| match it {
            Parameter::Argument(name, _) => Some(name),
            Parameter::Constant(_) => None,
        });
        let empties = self.it.names.operation(id).empties.iter().flatten();
        let body = shape.body.iter().map(|it| &it.name);
        let mut all = arguments.chain(empties).chain(body);
        all.any(|it| it.as_str() == name)
    }
}
