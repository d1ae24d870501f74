//! The models: structs, enumerations, unions, and other names of types.

use std::collections::HashMap;

use super::{Argument, Cx, Type, reach, twins};
use crate::ir::{
    self, Additional, Api, EnumerationValues, Ident, ItemId, ItemKind, NameHint, Presence,
    TypeNames, Value,
};

/// A constructor takes so many arguments in a row. Beyond that it takes a struct of them, which names each at the call.
const MOST_ARGUMENTS: usize = 4;

/// A model.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub name: Ident,
    /// Which way its values go.
    pub direction: Direction,
    /// Whether a value holds a secret, directly or inside. It is not compared then.
    pub holds_secret: bool,
    /// Whether it is the type of one property, whose docs say what it is.
    pub is_told_at_field: bool,
    /// What it is.
    pub kind: Kind,
}

/// Which way the values of a type go. What goes neither way is received: it is there to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Direction {
    /// Whether requests carry them.
    pub sent: bool,
    /// Whether responses carry them.
    pub received: bool,
}

/// What a model is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A struct.
    Struct(Struct),
    /// An enumeration.
    Enumeration(Enumeration),
    /// An enum of types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// Another name for a model that is equal in everything.
    Twin(ItemId),
    /// Nothing: it has one value, and every property of the type is a [`Constant`].
    Omitted,
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its properties, by index of the IR's.
    pub members: Vec<Member>,
    /// The field that keeps properties without a field of their own, and the type of its values.
    pub rest: Option<(Ident, Type)>,
    /// How one is made.
    pub constructor: Constructor,
    /// What is derived.
    pub derives: Vec<&'static str>,
}

impl Struct {
    /// The fields, without those that keep the rest.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.members.iter().filter_map(|it| match it {
            Member::Field(field) => Some(field),
            Member::Constant(_) => None,
        })
    }
}

/// A property of a struct.
#[derive(Clone, Debug)]
pub enum Member {
    /// One with a field.
    Field(Field),
    /// One whose value is always the same.
    Constant(Constant),
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: Type,
    /// Whether it must be there, even if it may be null.
    pub presence: Presence,
    /// Whether a box is around its value.
    pub is_boxed: bool,
    /// How a constructor or a setter takes its value.
    pub argument: Argument,
    /// The method that sets it, if it has one: it is optional, and clients send it.
    pub setter: Option<Ident>,
}

impl Field {
    /// Whether a constructor asks for it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        match self.presence {
            Presence::Required | Presence::Nullable => true,
            Presence::Optional | Presence::OptionalNullable => false,
        }
    }
}

/// A property whose schema allows one value: it is written and checked, and no field.
#[derive(Clone, Debug)]
pub struct Constant {
    /// The value: text, a whole number or a boolean.
    pub value: Value,
}

/// How a struct is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constructor {
    /// Not by callers: it is only received.
    None,
    /// `new()`
    Empty,
    /// `new(id, name)`
    Positional,
    /// `new(OrderRequired { .. })`
    Named(Ident),
}

/// An enumeration.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// Its values, by index.
    pub variants: Vec<Variant>,
    /// The variant that keeps a value which is not known.
    pub unknown: Ident,
}

/// A value of an enumeration, or a type of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// What it holds; `()` in an enumeration.
    pub ty: Type,
    /// The type that converts into it, without the box.
    pub from: Option<Type>,
}

/// An enum of types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its types, by index.
    pub variants: Vec<Variant>,
    /// The variant that keeps a value which fits none.
    pub unknown: Ident,
    /// What is derived.
    pub derives: Vec<&'static str>,
}

/// The models, by id.
pub(super) fn shape(cx: &Cx<'_>) -> Vec<Item> {
    let omitted = omitted(cx);
    let told = told_at_fields(cx);
    let twins = twins::find(cx, &omitted, &told);
    let mut directions = reach::directions(cx);
    for (index, twin) in twins.iter().enumerate() {
        let of = *twin;
        directions[of].sent |= directions[index].sent;
        directions[of].received |= directions[index].received;
    }
    let secrets = reach::secrets(cx);
    let items = cx.api.items.iter().zip(&cx.names.types).enumerate();
    items
        .map(|(index, (item, names))| {
            let (direction, holds_secret) = (directions[twins[index]], secrets[index]);
            let kind = if omitted[index] {
                Kind::Omitted
            } else if twins[index] != index {
                Kind::Twin(reach::item_id(twins[index]))
            } else {
                kind(cx, item, names, direction, holds_secret, &twins)
            };
            Item {
                name: names.ty.clone(),
                direction,
                holds_secret,
                is_told_at_field: told[index],
                kind,
            }
        })
        .collect()
}

fn kind(
    cx: &Cx<'_>,
    item: &ir::Item,
    names: &TypeNames,
    direction: Direction,
    holds_secret: bool,
    twins: &[usize],
) -> Kind {
    match &item.kind {
        ItemKind::Struct(it) => Kind::Struct(structure(cx, it, names, direction, holds_secret)),
        ItemKind::Enumeration(_) => {
            let variant = |name: &Ident| Variant {
                name: name.clone(),
                ty: Type::unit(),
                from: None,
            };
            Kind::Enumeration(Enumeration {
                variants: names.members.iter().map(variant).collect(),
                unknown: rest(names),
            })
        }
        ItemKind::Union(it) => Kind::Union(Union {
            variants: variants(cx, it, names, direction, twins),
            unknown: rest(names),
            derives: derives(true, !holds_secret, false),
        }),
        ItemKind::Alias(ty) => Kind::Alias(cx.owned(ty)),
    }
}

/// The name of the member that keeps what has none.
fn rest(names: &TypeNames) -> Ident {
    let otherwise = || Ident("Unknown".to_owned());
    names.rest.clone().unwrap_or_else(otherwise)
}

fn structure(
    cx: &Cx<'_>,
    it: &ir::Struct,
    names: &TypeNames,
    direction: Direction,
    holds_secret: bool,
) -> Struct {
    let fields = it.fields.iter().zip(&names.members).zip(&names.setters);
    let members: Vec<Member> = fields
        .map(|((field, name), setter)| match constant(cx, it, field) {
            Some(value) => Member::Constant(Constant { value }),
            None => Member::Field(shape_field(cx, field, name, setter, direction)),
        })
        .collect();
    let is_required = |it: &&Member| matches!(it, Member::Field(field) if field.is_required());
    let required = members.iter().filter(is_required).count();
    let constructor = match required {
        _ if !direction.sent => Constructor::None,
        0 => Constructor::Empty,
        1..=MOST_ARGUMENTS => Constructor::Positional,
        _ => Constructor::Named(names.required.clone()),
    };
    let rest = match (&it.additional, &names.rest) {
        (Additional::Kept(ty), Some(name)) => Some((name.clone(), cx.owned(ty))),
        _ => None,
    };
    // Files may be streams, which are read once.
    let is_plain = it.parts.is_none();
    Struct {
        derives: derives(
            is_plain,
            is_plain && !holds_secret,
            constructor == Constructor::Empty,
        ),
        members,
        rest,
        constructor,
    }
}

fn derives(clone: bool, compared: bool, default: bool) -> Vec<&'static str> {
    let all = [
        (clone, "Clone"),
        (true, "Debug"),
        (compared, "PartialEq"),
        (default, "Default"),
    ];
    let derived = all.into_iter().filter(|(is_derived, _)| *is_derived);
    derived.map(|(_, name)| name).collect()
}

fn shape_field(
    cx: &Cx<'_>,
    field: &ir::Field,
    name: &Ident,
    setter: &Ident,
    direction: Direction,
) -> Field {
    let argument = if field.presence == Presence::Nullable {
        Argument::Value(cx.owned(&field.ty).option())
    } else {
        cx.kept(&field.ty)
    };
    let is_optional = match field.presence {
        Presence::Optional | Presence::OptionalNullable => true,
        Presence::Required | Presence::Nullable => false,
    };
    let is_set = is_optional && direction.sent && !field.read_only;
    Field {
        name: name.clone(),
        ty: cx.field(field),
        presence: field.presence,
        is_boxed: field.boxed,
        argument,
        setter: is_set.then(|| setter.clone()),
    }
}

/// The one value of a property that has no other. One that may be left out tells something by being there.
fn constant(cx: &Cx<'_>, it: &ir::Struct, field: &ir::Field) -> Option<Value> {
    if it.parts.is_some() || field.presence != Presence::Required {
        return None;
    }
    let ir::Type::Item(id) = cx.api.resolve(&field.ty) else {
        return None;
    };
    sole_value(&cx.api[*id])
}

/// The one value of a required argument that has no other.
pub(super) fn constant_argument(api: &Api, argument: &ir::Argument) -> Option<Value> {
    match api.resolve(&argument.ty) {
        ir::Type::Item(id) if argument.required => sole_value(&api[*id]),
        _ => None,
    }
}

/// The value of an enumeration that has one.
fn sole_value(item: &ir::Item) -> Option<Value> {
    let ItemKind::Enumeration(it) = &item.kind else {
        return None;
    };
    let value = match &it.values {
        EnumerationValues::Strings(them) => match &them[..] {
            [only] => Value::from(only.value.clone()),
            _ => return None,
        },
        EnumerationValues::Integers(them) => match &them[..] {
            [only] => Value::from(only.value),
            _ => return None,
        },
        EnumerationValues::Mixed(them) => match &them[..] {
            [only] => only.value.clone(),
            _ => return None,
        },
    };
    let is_exact = value.is_string() || value.is_boolean() || value.is_i64();
    is_exact.then_some(value)
}

/// Which items are needed by no type: those of one value whose properties all are constants. A component stays.
fn omitted(cx: &Cx<'_>) -> Vec<bool> {
    let api = cx.api;
    let mut found = Vec::new();
    for item in &api.items {
        if let ItemKind::Struct(it) = &item.kind {
            let fields = it
                .fields
                .iter()
                .filter(|field| constant(cx, it, field).is_none());
            fields.for_each(|field| reach::items_in(&field.ty, &mut found));
            if let Additional::Kept(ty) = &it.additional {
                reach::items_in(ty, &mut found);
            }
        } else {
            let types = reach::types_in(item).into_iter();
            types.for_each(|ty| reach::items_in(ty, &mut found));
        }
    }
    // What the API sends is read by its caller, who may look at it.
    let arguments = api.operations.iter().flat_map(|it| &it.arguments);
    let arguments = arguments.filter(|it| constant_argument(api, it).is_none());
    let incoming = api.incoming.iter().flat_map(|it| &it.arguments);
    let arguments = arguments.chain(incoming).map(|it| &it.ty);
    let bodies = api.bodies().flat_map(|it| &it.payloads).map(|it| &it.ty);
    let payloads = api.responses().flat_map(|it| &it.payloads).map(|it| &it.ty);
    let headers = api.responses().flat_map(|it| &it.headers).map(|it| &it.ty);
    let types = arguments.chain(bodies).chain(payloads).chain(headers);
    types.for_each(|ty| reach::items_in(ty, &mut found));
    let mut is_needed = vec![false; api.items.len()];
    for index in found {
        is_needed[index] = true;
    }
    let items = api.items.iter().zip(is_needed);
    items
        .map(|(item, is_needed)| {
            let is_inline = !matches!(item.hint, NameHint::Own(_) | NameHint::Given(_));
            is_inline && !is_needed && sole_value(item).is_some()
        })
        .collect()
}

/// Which inline items are the type of a property, where the docs of the schema stand.
fn told_at_fields(cx: &Cx<'_>) -> Vec<bool> {
    let mut told = vec![false; cx.api.items.len()];
    for (index, item) in cx.api.items.iter().enumerate() {
        let ItemKind::Struct(it) = &item.kind else {
            continue;
        };
        for field in &it.fields {
            if let ir::Type::Item(ItemId(inner)) = &field.ty
                && let NameHint::Inner(owner, _) = &cx.api.items[*inner as usize].hint
                && *owner == reach::item_id(index)
            {
                told[*inner as usize] = true;
            }
        }
    }
    told
}

/// The types of a union. One that is the only one of its Rust type converts into the union.
fn variants(
    cx: &Cx<'_>,
    union: &ir::Union,
    names: &TypeNames,
    direction: Direction,
    twins: &[usize],
) -> Vec<Variant> {
    let identity = |ty: &ir::Type| cx.owned(&twins::identity(cx.api, ty, twins));
    let identities: Vec<Type> = union.branches.iter().map(|it| identity(&it.ty)).collect();
    let mut counts: HashMap<&Type, usize> = HashMap::new();
    // What fits no type is any value.
    let any = cx.owned(&ir::Type::Any);
    for ty in identities.iter().chain([&any]) {
        *counts.entry(ty).or_default() += 1;
    }
    let branches = union.branches.iter().zip(&identities).zip(&names.members);
    branches
        .map(|((branch, identity), name)| Variant {
            name: name.clone(),
            ty: cx.held(&branch.ty),
            from: (direction.sent && counts[identity] == 1).then(|| cx.owned(&branch.ty)),
        })
        .collect()
}
