//! Old names that a module keeps for a while, as deprecated aliases of the new ones.
//!
//! Comes from the configuration and the shape of the module; goes to whatever prints Rust. What is called after a
//! renamed model or operation has an alias, too: `GetBookError`, `AuthorAddress`. Whatever cannot have an alias is
//! reported at its place in the configuration.

mod faults;
mod known;
mod path;

use std::collections::HashSet;

use super::{Member, Module, Parameter};
use crate::config;
use crate::diagnostics::Diagnostics;
use crate::document::Place;
use crate::ir::{self, Api, FormerNames, Ident, ItemId, NameHint, Names, OperationId};

use faults::Fault;
use path::Path;

/// An old name, and what has another name now.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The old path within the module: `models::Author`.
    pub old: String,
    /// The new path: `models::Person`.
    pub new: String,
    /// The old name: `Author`.
    pub name: Ident,
    /// What it is an alias of.
    pub of: Renamed,
    /// The place in the configuration that demands it, if that is a file.
    pub place: Option<Place>,
}

/// What has another name now.
#[derive(Clone, Debug)]
pub enum Renamed {
    /// A model.
    Model(ItemId),
    /// A value of an enumeration: the model, and the index of the value.
    Variant(ItemId, usize),
    /// An operation, and its types: the old name of each, and the new one.
    Operation(OperationId, Vec<(Ident, Ident)>),
    /// A setter of a request.
    Setter(Setter),
    /// The trait of the operations that share an argument, by its index in [`Module::shared`], and the old name of the
    /// argument.
    Marker(usize, Ident),
}

/// A setter of a request that has another name now.
#[derive(Clone, Debug)]
pub struct Setter {
    /// The operation.
    pub operation: OperationId,
    /// The argument, by index. `None` for the body.
    pub argument: Option<usize>,
    /// The old name of the setter that sends the argument without a value, if there is one.
    pub empty: Option<Ident>,
    /// Whether every operation that shares the argument has the alias, so that one setter does for all of them.
    pub is_shared: bool,
}

/// A module whose parts have other names now.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The name of the module.
    pub module: &'a str,
    /// The API.
    pub api: &'a Api,
    /// Its identifiers.
    pub names: &'a Names,
    /// Its shape.
    pub shape: &'a Module,
    /// Gives what goes with an old name.
    pub former: fn(&str) -> FormerNames,
}

/// Finds out what the aliases of a configuration are aliases of.
#[must_use]
pub fn aliases(
    subject: Subject<'_>,
    wanted: &[config::Alias],
    diagnostics: &mut Diagnostics,
) -> Vec<Alias> {
    let mut making = Making {
        it: subject,
        wanted: wanted
            .iter()
            .filter_map(|it| Path::parse(subject.module, &it.old))
            .map(|it| it.to_string())
            .collect(),
        made: Vec::new(),
    };
    // A path to a part may begin with the old name of the whole.
    for is_part in [false, true] {
        for alias in wanted {
            match making.parsed(alias) {
                Ok((old, _)) if old.is_part() != is_part => {}
                Ok((old, new)) => match making.make(old, new) {
                    Ok(kind) => making.add(alias, kind),
                    Err(fault) => fault.report(alias, diagnostics),
                },
                Err(fault) if !is_part => fault.report(alias, diagnostics),
                Err(_) => {}
            }
        }
    }
    making.share();
    making.made
}

impl Path<'_> {
    fn is_part(self) -> bool {
        matches!(self, Self::Variant(..) | Self::Argument(..))
    }
}

/// An alias that is possible: the old path and the new one, both with the new names of what is around them, and what
/// it is an alias of.
struct Possible {
    old: String,
    new: String,
    name: Ident,
    of: Renamed,
}

struct Making<'a> {
    it: Subject<'a>,
    /// The old paths that the configuration names, which have no other aliases.
    wanted: HashSet<String>,
    made: Vec<Alias>,
}

impl Making<'_> {
    /// The paths of an alias, which must be of one kind.
    fn parsed<'p>(&self, alias: &'p config::Alias) -> Result<(Path<'p>, Path<'p>), Fault> {
        let parse = |text: &'p str| {
            let path = Path::parse(self.it.module, text);
            path.ok_or_else(|| Fault::malformed(text))
        };
        let (old, new) = (
            parse(&alias.old)?,
            parse(&alias.new).map_err(Fault::of_target)?,
        );
        if std::mem::discriminant(&old) != std::mem::discriminant(&new) {
            return Err(Fault::mixed(old, new).of_target());
        }
        Ok((old, new))
    }

    fn make(&self, old: Path<'_>, new: Path<'_>) -> Result<Possible, Fault> {
        match (old, new) {
            (Path::Model(name), Path::Model(of)) => self.model(name, of),
            (Path::Operation(name), Path::Operation(of)) => self.operation(name, of),
            (Path::Variant(around, name), Path::Variant(item, of)) => {
                self.variant((around, name), (item, of))
            }
            (Path::Argument(around, name), Path::Argument(operation, of)) => {
                self.argument((around, name), (operation, of))
            }
            (Path::Field(..), Path::Field(item, of)) => Err(self.field(old, item, of)),
            _ => Err(Fault::response(old)),
        }
    }

    fn model(&self, name: &str, of: &str) -> Result<Possible, Fault> {
        let id = self.item(of)?;
        let path = Path::Model(name);
        self.check_free(path, self.former(name).is_for_models)?;
        Ok(Possible {
            old: path.to_string(),
            new: Path::Model(of).to_string(),
            name: ident(name),
            of: Renamed::Model(id),
        })
    }

    fn variant(&self, old: (&str, &str), new: (&str, &str)) -> Result<Possible, Fault> {
        let id = self.item(new.0)?;
        let is_same = old.0 == new.0
            || self.renamed(Path::Model(old.0)) == Some(Path::Model(new.0).to_string());
        if !is_same {
            return Err(Fault::apart(
                Path::Variant(old.0, old.1),
                Path::Variant(new.0, new.1),
            ));
        }
        let index = self.value(id, Path::Variant(new.0, new.1), new.1)?;
        // The other names of an enumeration have no values of their own.
        let item = self.it.shape[self.it.shape.twin(id)].name.as_str();
        let path = Path::Variant(item, old.1);
        self.check_free(path, self.former(old.1).is_for_models)?;
        Ok(Possible {
            old: path.to_string(),
            new: Path::Variant(item, new.1).to_string(),
            name: ident(old.1),
            of: Renamed::Variant(self.it.shape.twin(id), index),
        })
    }

    fn operation(&self, name: &str, of: &str) -> Result<Possible, Fault> {
        let id = self.operation_id(of)?;
        let former = self.former(name);
        let path = Path::Operation(name);
        self.check_free(path, former.is_for_methods)?;
        let shape = &self.it.shape[id];
        let mut types = Vec::new();
        for new in shape.types() {
            let Some(role) = new.as_str().strip_prefix(shape.name.as_str()) else {
                continue;
            };
            let old = format!("{}{role}", former.operation);
            if self.is_type(&old) {
                return Err(Fault::type_exists(path, &old));
            }
            types.push((Ident(old), new.clone()));
        }
        Ok(Possible {
            old: path.to_string(),
            new: Path::Operation(of).to_string(),
            name: ident(name),
            of: Renamed::Operation(id, types),
        })
    }

    fn argument(&self, old: (&str, &str), new: (&str, &str)) -> Result<Possible, Fault> {
        let id = self.operation_id(new.0)?;
        let is_same = old.0 == new.0
            || self.renamed(Path::Operation(old.0)) == Some(Path::Operation(new.0).to_string());
        let new_path = Path::Argument(new.0, new.1);
        if !is_same {
            return Err(Fault::apart(Path::Argument(old.0, old.1), new_path));
        }
        let argument = self.setter(id, new_path, new.1)?;
        let path = Path::Argument(new.0, old.1);
        self.check_free(path, self.former(old.1).is_for_setters)?;
        let empties = &self.it.names.operation(id).empties;
        let empty = argument.and_then(|index| empties[index].as_ref());
        // It is called after the argument.
        let empty = empty.and_then(|it| it.as_str().strip_prefix(new.1));
        Ok(Possible {
            old: path.to_string(),
            new: new_path.to_string(),
            name: ident(old.1),
            of: Renamed::Setter(Setter {
                operation: id,
                argument,
                empty: empty.map(|role| Ident(format!("{}{role}", old.1))),
                is_shared: false,
            }),
        })
    }

    /// A field has no alias. Where it is there, its part of the document is known.
    fn field(&self, old: Path<'_>, item: &str, of: &str) -> Fault {
        let id = match self.item(item) {
            Ok(id) => id,
            Err(fault) => return fault,
        };
        let (super::Kind::Struct(shape), ir::ItemKind::Struct(ir)) =
            (&self.it.shape[id].kind, &self.it.api[id].kind)
        else {
            return Fault::field(old, None);
        };
        let mut fields = shape.members.iter().zip(&ir.fields);
        let field = fields.find(|(member, _)| match member {
            Member::Field(field) => field.name.as_str() == of,
            Member::Constant(_) => false,
        });
        Fault::field(old, field.map(|(_, ir)| &ir.origin.place.pointer))
    }

    /// Adds an alias, and those of the models that are called after it.
    fn add(&mut self, wanted: &config::Alias, it: Possible) {
        let derived = match &it.of {
            Renamed::Model(id) => self.derived(*id, it.name.as_str()),
            Renamed::Operation(id, _) => self.derived_of_operation(*id, it.name.as_str()),
            Renamed::Variant(..) | Renamed::Setter(_) | Renamed::Marker(..) => Vec::new(),
        };
        self.made.push(Alias {
            old: it.old,
            new: it.new,
            name: it.name,
            of: it.of,
            place: wanted.places.as_ref().map(|it| it.old.clone()),
        });
        for (id, name) in derived {
            self.made.push(Alias {
                old: Path::Model(name.as_str()).to_string(),
                new: Path::Model(self.it.shape[id].name.as_str()).to_string(),
                name,
                of: Renamed::Model(id),
                place: wanted.places.as_ref().map(|it| it.old.clone()),
            });
        }
    }

    /// The models that stand in a model and are called after it, each with its old name.
    fn derived(&self, of: ItemId, old: &str) -> Vec<(ItemId, Ident)> {
        let new = self.it.shape[of].name.as_str();
        self.called_after(old, new, |root| matches!(root, Root::Item(id) if id == of))
    }

    fn derived_of_operation(&self, of: OperationId, old: &str) -> Vec<(ItemId, Ident)> {
        let (old, new) = (self.former(old).operation, &self.it.shape[of].name);
        let is_own = |root| matches!(root, Root::Operation(id) if id == of);
        self.called_after(old.as_str(), new.as_str(), is_own)
    }

    fn called_after(
        &self,
        old: &str,
        new: &str,
        is_own: impl Fn(Root) -> bool,
    ) -> Vec<(ItemId, Ident)> {
        let derived = self.it.api.item_ids().filter_map(|id| {
            let role = self.known_item(id)?.strip_prefix(new)?;
            let name = format!("{old}{role}");
            let is_derived = !role.is_empty() && self.root(id).is_some_and(&is_own);
            let is_free = is_derived
                && !self.is_model(&name)
                && !self.wanted.contains(&Path::Model(&name).to_string());
            is_free.then_some((id, Ident(name)))
        });
        derived.collect()
    }

    /// What the name of a model begins with.
    fn root(&self, id: ItemId) -> Option<Root> {
        let mut id = id;
        // A type that contains itself has a name of its own, so that there is an end; a document says what it will.
        for _ in 0..DEEPEST {
            match &self.it.api[id].hint {
                NameHint::Inner(owner, _) => id = *owner,
                NameHint::Operation(operation, _) => return Some(Root::Operation(*operation)),
                NameHint::Own(_) | NameHint::Given(_) => return Some(Root::Item(id)),
                NameHint::Words(_) => return None,
            }
        }
        None
    }

    /// Where all operations that share an argument have an alias for it, the trait has one, too.
    fn share(&mut self) {
        for (index, shared) in self.it.shape.shared.iter().enumerate() {
            let operations = self.it.shape.operations.iter().enumerate();
            let uses: Vec<(usize, usize)> = operations
                .filter_map(|(id, it)| {
                    let mut taken = it.shared.iter();
                    let (argument, _) = taken.find(|(_, marker)| **marker == shared.marker)?;
                    Some((id, *argument))
                })
                .collect();
            let is_use = |alias: &Alias, of: (usize, usize)| match &alias.of {
                Renamed::Setter(it) => it.argument == Some(of.1) && it.operation.0 as usize == of.0,
                _ => false,
            };
            let Some(first) = self.made.iter().find(|it| is_use(it, uses[0])).cloned() else {
                continue;
            };
            let name = first.name.clone();
            let is_same = |of: &(usize, usize)| {
                self.made
                    .iter()
                    .any(|it| it.name == name && is_use(it, *of))
            };
            let marker = self.former(name.as_str()).marker;
            if !uses.iter().all(is_same) || self.is_marker(marker.as_str()) {
                continue;
            }
            for alias in &mut self.made {
                let is_of_use = alias.name == name && uses.iter().any(|it| is_use(alias, *it));
                if let Renamed::Setter(setter) = &mut alias.of
                    && is_of_use
                {
                    setter.is_shared = true;
                }
            }
            self.made.push(Alias {
                old: marker.to_string(),
                new: shared.marker.to_string(),
                name: marker,
                of: Renamed::Marker(index, name),
                place: first.place,
            });
        }
    }

    fn former(&self, name: &str) -> FormerNames {
        (self.it.former)(name)
    }
}

/// How many models are looked through for the one whose name others begin with.
const DEEPEST: usize = 64;

/// What the name of a model begins with.
#[derive(Clone, Copy)]
enum Root {
    Item(ItemId),
    Operation(OperationId),
}

fn ident(name: &str) -> Ident {
    Ident(name.to_owned())
}

impl Module {
    /// The same module with aliases.
    #[must_use]
    pub fn with_aliases(mut self, aliases: Vec<Alias>) -> Self {
        self.aliases = aliases;
        self
    }

    /// The aliases of a model.
    pub fn aliases_of_model(&self, id: ItemId) -> impl Iterator<Item = &Alias> {
        let aliases = self.aliases.iter();
        aliases.filter(move |it| matches!(it.of, Renamed::Model(of) if of == id))
    }

    /// The aliases of the values of an enumeration, each with the index of the value.
    pub fn aliases_of_values(&self, id: ItemId) -> impl Iterator<Item = (usize, &Alias)> {
        let aliases = self.aliases.iter();
        aliases.filter_map(move |it| match it.of {
            Renamed::Variant(of, index) if of == id => Some((index, it)),
            _ => None,
        })
    }

    /// The aliases of an operation, each with the old and the new names of its types.
    pub fn aliases_of_operation(
        &self,
        id: OperationId,
    ) -> impl Iterator<Item = (&Alias, &[(Ident, Ident)])> {
        let aliases = self.aliases.iter();
        aliases.filter_map(move |it| match &it.of {
            Renamed::Operation(of, types) if *of == id => Some((it, &types[..])),
            _ => None,
        })
    }

    /// The aliases of the setters of an operation's request.
    pub fn aliases_of_setters(&self, id: OperationId) -> impl Iterator<Item = (&Alias, &Setter)> {
        let aliases = self.aliases.iter();
        aliases.filter_map(move |it| match &it.of {
            Renamed::Setter(setter) if setter.operation == id => Some((it, setter)),
            _ => None,
        })
    }

    /// The aliases of the trait of an argument that operations share, by its index, each with the old name of the setter.
    pub fn aliases_of_marker(&self, index: usize) -> impl Iterator<Item = (&Alias, &Ident)> {
        let aliases = self.aliases.iter();
        aliases.filter_map(move |it| match &it.of {
            Renamed::Marker(of, setter) if *of == index => Some((it, setter)),
            _ => None,
        })
    }

    /// The setter that an alias stands for, as callers name it.
    #[must_use]
    pub fn renamed_setter(&self, setter: &Setter) -> Option<&Ident> {
        let operation = &self[setter.operation];
        match setter.argument {
            Some(index) => match &operation.parameters[index] {
                Parameter::Argument(name, _) => Some(name),
                Parameter::Constant(_) => None,
            },
            None => operation.body.as_ref().map(|it| &it.name),
        }
    }
}
