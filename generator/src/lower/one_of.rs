//! Choices: a value of one of several types.

use super::context::{Context, Role};
use super::schema::{self, Kind};
use super::{docs, object, xml};
use crate::ir::{self, Branch, ItemKind, Type, Union};
use crate::model::{SchemaId, SimpleType};

/// What a schema with branches becomes. How they are told apart is found when all items are there.
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let branches = cx.schema(id).one_of.clone();
    let is_list = |branch: &&SchemaId| {
        schema::inferred_types(object::referred(cx, **branch)) == [SimpleType::Array]
    };
    let has_lists = branches.iter().filter(is_list).count() > 1;
    let mut lowered: Vec<Branch> = branches
        .into_iter()
        .map(|branch| {
            let hint = branch_hint(cx, branch, has_lists);
            let ty = schema::lower_value(cx, branch, &role.part(&hint));
            let schema = cx.schema(branch);
            let origin = ir::Origin {
                place: schema.place.clone(),
            };
            Branch {
                origin,
                hint,
                docs: docs::property(schema, object::referred(cx, branch)),
                ty,
                xml: xml::at_place(cx, branch),
            }
        })
        .collect();
    // A branch for anything is what every union has for what fits no other.
    let is_open = lowered.iter().any(|branch| branch.ty == Type::Any);
    lowered.retain(|branch| branch.ty != Type::Any);
    if lowered.is_empty() {
        let place = &cx.schema(id).place;
        return Kind::Item(ItemKind::Alias(cx.any(place, ir::Why::Empty)));
    }
    cx.note_union(id);
    Kind::Item(ItemKind::Union(Union {
        branches: lowered,
        dispatch: Vec::new(),
        is_open,
    }))
}

/// What a branch is called after: its component, its title, the constant that marks it, or its type. Where there
/// are several lists, their items count.
fn branch_hint(cx: &Context, branch: SchemaId, has_lists: bool) -> String {
    if let Some(hint) = cx.hint_of(branch) {
        return hint.to_owned();
    }
    let schema = cx.schema(branch);
    let target = object::referred(cx, branch);
    let own = schema.component.as_ref().or(target.component.as_ref());
    if let Some(name) = own.or(schema.title.as_ref()) {
        return name.clone();
    }
    if let Some(constant) = constant(cx, branch) {
        return constant;
    }
    let word = match schema::inferred_types(target)[..] {
        [ty] => ty.as_str(),
        _ => "value",
    };
    match target.format.as_deref() {
        Some(format) => format!("{format} {word}"),
        None if has_lists && word == SimpleType::Array.as_str() => match target.items {
            Some(items) => list_hint(cx, items),
            None => word.to_owned(),
        },
        None => word.to_owned(),
    }
}

/// What an array of some items is called after.
fn list_hint(cx: &Context, items: SchemaId) -> String {
    let target = object::referred(cx, items);
    let named = cx
        .schema(items)
        .component
        .as_ref()
        .or(target.component.as_ref());
    match (named, &schema::inferred_types(target)[..]) {
        (Some(name), _) => format!("{name} list"),
        (None, [ty]) => format!("{} array", ty.as_str()),
        (None, _) => SimpleType::Array.as_str().to_owned(),
    }
}

/// The constant text of a property that a branch demands.
fn constant(cx: &Context, branch: SchemaId) -> Option<String> {
    let schema = object::referred(cx, branch);
    schema.properties.iter().find_map(|(name, property)| {
        let property = object::referred(cx, *property);
        let sole = match property.enumeration.as_deref() {
            Some([value]) => Some(value),
            _ => property.constant.as_ref(),
        };
        let text = sole?.as_str()?;
        schema.required.contains(name).then(|| text.to_owned())
    })
}
