//! Where a JSON pointer leads in values of a type.

use std::collections::HashSet;

use crate::document::JsonPointer;
use crate::ir::{Additional, Api, EnumerationValues, ItemKind, JsonType, Type};

/// How many steps a pointer may have. Longer ones would let a small document ask for much work.
const LONGEST: usize = 64;

/// A step of a pointer that leads nowhere.
pub(super) struct Lost<'a> {
    /// The key or index.
    pub(super) step: String,
    /// The properties that there are instead.
    pub(super) properties: Vec<&'a str>,
}

/// The types of what a pointer leads to in a value of one of some types. Where a schema allows several types or says
/// nothing, it is enough that one of them leads on. What is sent is in no list: nobody says what else would be in it.
pub(super) fn reach<'a>(
    api: &'a Api,
    types: Vec<&'a Type>,
    pointer: &str,
    is_sent: bool,
) -> Result<Vec<&'a Type>, Lost<'a>> {
    let pointer = JsonPointer::from_text(pointer);
    let mut types = alternatives(api, types);
    for (number, step) in pointer.segments().enumerate() {
        let next: Vec<_> = types
            .iter()
            .filter(|ty| !(is_sent && matches!(ty, Type::Array(_) | Type::Tuple(_))))
            .filter_map(|ty| child(api, ty, &step))
            .collect();
        if next.is_empty() || number == LONGEST {
            let properties = types.iter().flat_map(|ty| properties(api, ty));
            return Err(Lost {
                step,
                properties: properties.collect(),
            });
        }
        types = alternatives(api, next);
    }
    Ok(types)
}

/// What types are without aliases, `null` and unions.
pub(super) fn alternatives<'a>(api: &'a Api, types: Vec<&'a Type>) -> Vec<&'a Type> {
    let mut met = HashSet::new();
    let mut open = types;
    open.reverse();
    let mut found = Vec::new();
    while let Some(ty) = open.pop() {
        match api.resolve(ty) {
            Type::Nullable(inner) => open.push(inner),
            ty @ Type::Item(id) => {
                if !met.insert(*id) {
                    continue;
                }
                match &api[*id].kind {
                    ItemKind::Union(it) => {
                        open.extend(it.branches.iter().rev().map(|branch| &branch.ty));
                    }
                    ItemKind::Struct(_) | ItemKind::Enumeration(_) | ItemKind::Alias(_) => {
                        found.push(ty);
                    }
                }
            }
            ty => found.push(ty),
        }
    }
    found
}

/// The type of a property or an item of a value.
fn child<'a>(api: &'a Api, ty: &'a Type, step: &str) -> Option<&'a Type> {
    match ty {
        Type::Any | Type::Error => Some(ty),
        Type::Map(inner) => Some(inner),
        Type::Array(inner) => index(step).map(|_| &**inner),
        Type::Tuple(items) => items.get(index(step)?),
        Type::Item(id) => {
            let ItemKind::Struct(structure) = &api[*id].kind else {
                return None;
            };
            let field = structure.fields.iter().find(|it| it.wire_name == step);
            match (field, &structure.additional) {
                (Some(field), _) => Some(&field.ty),
                (None, Additional::Kept(ty)) => Some(ty),
                (None, Additional::Skipped | Additional::Denied) => None,
            }
        }
        _ => None,
    }
}

/// An index of an array (RFC 6901, section 4).
fn index(step: &str) -> Option<usize> {
    let is_index = step == "0" || !step.starts_with(['0', '+']);
    step.parse().ok().filter(|_| is_index)
}

/// The names of the properties of a value.
fn properties<'a>(api: &'a Api, ty: &Type) -> impl Iterator<Item = &'a str> + use<'a> {
    let structure = match ty {
        Type::Item(id) => match &api[*id].kind {
            ItemKind::Struct(structure) => Some(structure),
            _ => None,
        },
        _ => None,
    };
    let fields = structure.into_iter().flat_map(|it| &it.fields);
    fields.map(|it| it.wire_name.as_str())
}

/// Whether a value of a type, of those that [`alternatives`] gives, may be text.
pub(super) fn is_text(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Error => true,
        Type::Item(id) => match &api[*id].kind {
            ItemKind::Enumeration(it) => !matches!(it.values, EnumerationValues::Integers(_)),
            _ => false,
        },
        ty => ty.json_type() == Some(JsonType::String),
    }
}

/// Whether it may be text or a number.
pub(super) fn is_text_or_number(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Item(id) => matches!(api[*id].kind, ItemKind::Enumeration(_)),
        ty => is_text(api, ty) || ty.json_type() == Some(JsonType::Number),
    }
}
