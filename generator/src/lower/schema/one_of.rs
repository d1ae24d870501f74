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
    if docs == Docs::default() {
        docs.summary = summary(hint);
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

/// What a branch is of which the document says nothing, as far as its name does not say that.
fn summary(hint: &BranchHint) -> Option<String> {
    let (names, summary) = match hint {
        BranchHint::Constant {
            property, value, ..
        } => (
            vec![property, value],
            format!("An object whose `{property}` is `{value}`."),
        ),
        BranchHint::Property(name) => (vec![name], format!("An object with `{name}`.")),
        BranchHint::Name(_) | BranchHint::Type(_) => return None,
    };
    let is_plain = |name: &&String| !name.is_empty() && !name.contains(['`', '\n']);
    names.iter().all(is_plain).then_some(summary)
}
