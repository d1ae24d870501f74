//! Choices: a value of one of several types.

use super::branch_hints::{self, BranchHint};
use super::{object, xml};
use crate::ir::{self, Branch, Docs, ItemKind, Type, Union};
use crate::lower::context::{Context, Role};
use crate::lower::docs;
use crate::lower::schema::{self, Kind};
use crate::model::SchemaId;

/// What a schema with branches becomes. How they are told apart is found when all items are there.
pub(super) fn lower(cx: &mut Context, id: SchemaId, role: &Role) -> Kind {
    let branches = cx.schema(id).one_of.clone();
    let hints = branch_hints::of_branches(cx, id, &branches);
    let mut lowered: Vec<Branch> = branches
        .into_iter()
        .zip(hints)
        .map(|(branch, hint)| lower_branch(cx, branch, &hint, role))
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

fn lower_branch(cx: &mut Context, branch: SchemaId, hint: &BranchHint, role: &Role) -> Branch {
    let ty = schema::lower_value(cx, branch, &role.part(hint.text()));
    let schema = cx.schema(branch);
    let mut docs = docs::property(schema, object::referred(cx, branch));
    // The name of a property alone does not say that it is one.
    if let BranchHint::Property(name) = hint
        && docs == Docs::default()
        && !name.contains('`')
    {
        docs.summary = Some(format!("An object with `{name}`."));
    }
    Branch {
        origin: ir::Origin {
            place: schema.place.clone(),
        },
        hint: hint.text().to_owned(),
        docs,
        ty,
        xml: xml::at_place(cx, branch),
    }
}
