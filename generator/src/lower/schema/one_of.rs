//! Choices: a value of one of several types.

use super::branch_hints::BranchHint;
use super::xml;
use crate::ir::{self, Branch, Docs, ItemKind, Type, Union};
use crate::lower::context::Context;
use crate::lower::docs;
use crate::model::SchemaId;

/// What a schema becomes that has such branches.
pub(super) fn lower(cx: &mut Context, id: SchemaId, mut branches: Vec<Branch>) -> ItemKind {
    // A branch for anything is what every union has for what fits no other.
    let is_open = branches.iter().any(|branch| branch.ty == Type::Any);
    branches.retain(|branch| branch.ty != Type::Any);
    if branches.is_empty() {
        let place = &cx.schema(id).place;
        return ItemKind::Alias(cx.any(place, ir::Why::Empty));
    }
    cx.note_union(id);
    ItemKind::Union(Union {
        branches,
        dispatch: Vec::new(),
        is_open,
    })
}

/// A branch whose type is known.
pub(super) fn branch(cx: &Context, branch: SchemaId, hint: &BranchHint, ty: Type) -> Branch {
    let schema = cx.schema(branch);
    let mut docs = docs::property(schema, cx.referred(branch));
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
