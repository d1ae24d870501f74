//! The models: structs, enumerations, unions, and other names of types.

use std::collections::HashMap;

use super::{Argument, Cx, Type, foreign, reach, twins};
use crate::ir::{
    self, Additional, EnumerationValues, Ident, ItemId, ItemKind, NameHint, Presence, TypeNames,
    Value,
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
    /// How one is made in a mock service, where callers make none.
    pub mock_constructor: Option<Constructor>,
    /// What is derived.
    pub derives: Vec<&'static str>,
}

impl Struct {
    /// Whether there is a blank value to read others into.
    #[must_use]
    pub fn has_blank(&self) -> bool {
        self.fields().all(|(_, field)| field.has_blank)
    }

    /// The fields, without the one that keeps the rest, each with the index of its property.
    pub fn fields(&self) -> impl Iterator<Item = (usize, &Field)> {
        let members = self.members.iter().enumerate();
        members.filter_map(|(index, it)| match it {
            Member::Field(field) => Some((index, field)),
            Member::Constant(_) => None,
        })
    }

    /// Those that a constructor asks for.
    pub fn required(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields().filter(|(_, field)| field.is_required())
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
    /// Whether there is a blank value of its type; a type of another crate has none.
    pub has_blank: bool,
    /// How a constructor or a setter takes its value.
    pub argument: Argument,
    /// The method that sets it, if it has one: it is optional, and clients send it.
    pub setter: Option<Ident>,
    /// The method that sets it in a mock service, where clients have none.
    pub mock_setter: Option<Ident>,
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

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// What it holds; `()` when nothing.
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
pub(super) fn shape(cx: &Cx<'_>, omitted: &[bool], told_at_fields: &[bool]) -> Vec<Item> {
    let mut directions = reach::directions(cx);
    for (index, twin) in cx.twins.iter().enumerate() {
        let of = *twin;
        directions[of].sent |= directions[index].sent;
        directions[of].received |= directions[index].received;
    }
    let secrets = reach::secrets(cx);
    let indices = 0..cx.api.items.len();
    indices
        .map(|index| {
            let twin = cx.twins[index];
            let (direction, holds_secret) = (directions[twin], secrets[index]);
            let kind = if omitted[index] {
                Kind::Omitted
            } else if twin != index {
                Kind::Twin(reach::item_id(twin))
            } else {
                kind(cx, index, direction, holds_secret)
            };
            Item {
                name: cx.names.types[index].ty.clone(),
                direction,
                holds_secret,
                is_told_at_field: told_at_fields[index],
                kind,
            }
        })
        .collect()
}

fn kind(cx: &Cx<'_>, index: usize, direction: Direction, holds_secret: bool) -> Kind {
    let names = &cx.names.types[index];
    match &cx.api.items[index].kind {
        ItemKind::Struct(it) => Kind::Struct(structure(cx, index, it, direction, holds_secret)),
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
            variants: variants(cx, it, names, direction),
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
    index: usize,
    it: &ir::Struct,
    direction: Direction,
    holds_secret: bool,
) -> Struct {
    let names = &cx.names.types[index];
    let fields = it.fields.iter().zip(&names.members).zip(&names.setters);
    let members: Vec<Member> = fields
        .map(
            |((field, name), setter)| match constant(cx, index, it, field) {
                Some(value) => Member::Constant(Constant { value }),
                None => Member::Field(shape_field(cx, field, name, setter, direction)),
            },
        )
        .collect();
    let is_required = |it: &&Member| matches!(it, Member::Field(field) if field.is_required());
    let required = members.iter().filter(is_required).count();
    let constructor = if direction.sent {
        constructor(required, names)
    } else {
        Constructor::None
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
        mock_constructor: None,
    }
}

/// What a struct is made of that has so many required fields.
pub(super) fn constructor(required: usize, names: &TypeNames) -> Constructor {
    match required {
        0 => Constructor::Empty,
        1..=MOST_ARGUMENTS => Constructor::Positional,
        _ => Constructor::Named(names.required.clone()),
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
        has_blank: field.presence != Presence::Required
            || !foreign::is_without(&cx.without_blank, &field.ty),
        argument,
        setter: is_set.then(|| setter.clone()),
        mock_setter: None,
    }
}

/// The one value of a property that has no other: its schema allows no other, or a union is told by it which of its
/// types this is. One that may be left out tells something by being there.
fn constant(cx: &Cx<'_>, index: usize, it: &ir::Struct, field: &ir::Field) -> Option<Value> {
    let is_foreign = cx.api.foreign(&field.ty).is_some();
    if it.parts.is_some() || field.presence != Presence::Required || is_foreign {
        return None;
    }
    let only = field.only.as_ref();
    only.or_else(|| cx.tags.value(index, field)).cloned()
}

/// The one value of a required argument that has no other.
pub(super) fn constant_argument(argument: &ir::Argument) -> Option<Value> {
    argument.only.clone().filter(|_| argument.required)
}

/// Whether an enumeration has one value.
fn is_single(item: &ir::Item) -> bool {
    let ItemKind::Enumeration(it) = &item.kind else {
        return false;
    };
    let count = match &it.values {
        EnumerationValues::Strings(them) => them.len(),
        EnumerationValues::Integers(them) => them.len(),
        EnumerationValues::Mixed(them) => them.len(),
    };
    count == 1
}

/// Which items are needed by no type: those of one value whose properties all are constants. A component stays.
pub(super) fn omitted(cx: &Cx<'_>) -> Vec<bool> {
    let api = cx.api;
    let mut found = Vec::new();
    for (index, item) in api.items.iter().enumerate() {
        if let ItemKind::Struct(it) = &item.kind {
            let fields = it
                .fields
                .iter()
                .filter(|field| constant(cx, index, it, field).is_none());
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
    let arguments = arguments.filter(|it| constant_argument(it).is_none());
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
            is_inline && !is_needed && is_single(item)
        })
        .collect()
}

/// Which inline items are the type of a property, where the docs of the schema stand.
pub(super) fn told_at_fields(cx: &Cx<'_>) -> Vec<bool> {
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
) -> Vec<Variant> {
    let identity = |ty: &ir::Type| cx.owned(&twins::identity(cx, ty));
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
