//! Models: fields, variants, constructors.

use super::{Difference, Finding, values};
use crate::diff::matching::Pair;
use crate::diff::{Cx, Rule, shown};
use crate::outline::{Fact, Node, NodeKind, Ty, Value};

pub(super) fn differs(cx: &Cx<'_>, it: Difference<'_>) -> Vec<Finding> {
    let finding = match it.pair.new.kind {
        NodeKind::Item => item(cx, it),
        NodeKind::Field => field(cx, it),
        NodeKind::Variant => variant(cx, it),
        NodeKind::Constant => constant(it),
        _ => None,
    };
    finding.into_iter().collect()
}

/// A model that is another kind of type.
pub(super) fn other_kind(cx: &Cx<'_>, pair: Pair<'_>) -> Option<Finding> {
    let Pair { old, new } = pair;
    // Another name for a type that is equal in all is no change.
    let model = |name: &str| Ty::Model(name.to_owned());
    let is_alias = [old, new].iter().any(|it| it.text(Fact::Kind) == "alias");
    if is_alias && cx.types.of_old(&model(&old.name)) == cx.types.of_new(&model(&new.name)) {
        return None;
    }
    let kind = |node: &Node| match node.get(Fact::Type).and_then(shown) {
        Some(target) => format!("type {} = {target}", node.name),
        None => format!("{} {}", node.text(Fact::Kind), node.name),
    };
    Some(
        Finding::new(Rule::ModelKindChanged)
            .before(kind(old))
            .after(kind(new))
            .on(Fact::Kind),
    )
}

fn item(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Type, Some(Value::Type(old)), Some(Value::Type(new))) => {
            let is_same = cx.types.are_same(old, new);
            (!is_same).then(|| values::type_changed(it, Rule::AliasTargetChanged, old, new))
        }
        (Fact::Signature, None, Some(_)) => Some(it.is(Rule::ConstructorAdded)),
        (Fact::Signature, Some(_), None) => Some(it.is(Rule::ConstructorRemoved)),
        (Fact::Signature, Some(_), Some(_)) => constructor(cx, it, Rule::ConstructorChanged),
        (Fact::MockSignature, Some(_), Some(_)) => {
            constructor(cx, it, Rule::MockConstructorChanged)
        }
        // The arguments differ, too.
        (Fact::Additional, ..) => Some(it.is(Rule::AdditionalPropertiesChanged)),
        (Fact::Dispatch, ..) => dispatch(it),
        _ => None,
    }
}

/// A constructor whose arguments differ in number, order or type, or in name where they are fields.
fn constructor(cx: &Cx<'_>, it: Difference<'_>, rule: Rule) -> Option<Finding> {
    let (Some(Value::Arguments(old)), Some(Value::Arguments(new))) = (it.old, it.new) else {
        return None;
    };
    let is_named = it.pair.new.is(Fact::IsStruct);
    let is_same_form = it.pair.old.is(Fact::IsStruct) == is_named;
    let is_same = |((name, ty), (new_name, new_ty)): (&(String, Ty), &(String, Ty))| {
        cx.types.are_same(ty, new_ty) && (!is_named || name == new_name)
    };
    let is_same = is_same_form
        && old.len() == new.len()
        && if is_named {
            // Fields have no order.
            old.iter()
                .all(|one| new.iter().any(|other| is_same((one, other))))
        } else {
            old.iter().zip(new).all(is_same)
        };
    if is_same && !is_named && swaps(old, new) {
        let help = "pass the arguments in the new order: their types are the same, so that the compiler does not notice";
        return Some(it.is(rule).help(help));
    }
    (!is_same).then(|| it.is(rule))
}

/// Whether arguments of one type have changed places.
fn swaps(old: &[(String, Ty)], new: &[(String, Ty)]) -> bool {
    let names = |all: &[(String, Ty)]| {
        let mut names: Vec<String> = all.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    };
    let is_moved = old.iter().zip(new).any(|(one, other)| one.0 != other.0);
    is_moved && names(old) == names(new)
}

/// How a union is decided. That variants came and went is told by them.
fn dispatch(it: Difference<'_>) -> Option<Finding> {
    let variants = |node: &Node| {
        let variants = node.children(NodeKind::Variant);
        variants.map(|it| it.name.clone()).collect::<Vec<_>>()
    };
    let mut old = variants(it.pair.old);
    let mut new = variants(it.pair.new);
    old.sort();
    new.sort();
    (old == new).then(|| it.is(Rule::DiscriminatorChanged))
}

fn field(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Type, Some(Value::Type(old)), Some(Value::Type(new))) => {
            let is_same = cx.types.are_same(old, new);
            let changed = || values::type_changed(it, Rule::FieldTypeChanged, old, new);
            (!is_same).then(|| on_required(it, changed()))
        }
        (Fact::Setter, None, Some(_)) => Some(on_required(it, it.is(Rule::SetterAdded))),
        (Fact::Setter, Some(_), None) => Some(on_required(it, it.is(Rule::SetterRemoved))),
        // Its name and type are those of the field.
        (Fact::Setter, ..) => {
            let is_told = it.pair.is_renamed() || has_other_type(cx, it.pair);
            (!is_told).then(|| it.is(Rule::SetterChanged))
        }
        (Fact::WireName, Some(_), Some(_)) if !it.pair.is_renamed() => {
            Some(it.is(Rule::PropertyRenamedOnWire))
        }
        // Where the type says so, too, it is told by that.
        (Fact::Presence, ..) if !has_other_type(cx, it.pair) => {
            Some(on_required(it, it.is(Rule::PresenceChanged)))
        }
        (Fact::ReadOnly, ..) => Some(it.is(Rule::ReadOnlyChanged)),
        (Fact::WriteOnly, ..) => Some(it.is(Rule::WriteOnlyChanged)),
        (Fact::Part, ..) => Some(it.is(Rule::PartChanged)),
        (Fact::Default, ..) => Some(it.is(Rule::DefaultChanged)),
        _ => None,
    }
}

/// A finding about a property that became required, or optional, is about the list of those that are.
fn on_required(it: Difference<'_>, finding: Finding) -> Finding {
    let is_required = |node: &Node| node.text(Fact::Presence).starts_with("required");
    if is_required(it.pair.old) == is_required(it.pair.new) {
        return finding;
    }
    finding.on(Fact::Required)
}

/// A property that had a field and has a fixed value now, or the other way round.
pub(in crate::diff) fn fixed(pair: Pair<'_>) -> Finding {
    let text = |node: &Node| values::declaration(node).unwrap_or_default();
    let rule = if pair.new.kind == NodeKind::Constant {
        Rule::FieldFixed
    } else {
        Rule::FieldUnfixed
    };
    let finding = Finding::new(rule).before(text(pair.old));
    finding.after(text(pair.new)).on(Fact::WireValue)
}

/// Whether two nodes have different types.
pub(super) fn has_other_type(cx: &Cx<'_>, pair: Pair<'_>) -> bool {
    match (pair.old.get(Fact::Type), pair.new.get(Fact::Type)) {
        (Some(Value::Type(old)), Some(Value::Type(new))) => !cx.types.are_same(old, new),
        (old, new) => old != new,
    }
}

fn variant(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Type, Some(Value::Type(old)), Some(Value::Type(new))) => {
            let is_same = cx.types.are_same(old, new);
            (!is_same).then(|| values::type_changed(it, Rule::VariantTypeChanged, old, new))
        }
        (Fact::From, ..) => Some(it.gained_or_lost(Rule::ConversionAdded, Rule::ConversionRemoved)),
        (Fact::WireValue, ..) => Some(it.is(Rule::WireValueChanged)),
        _ => None,
    }
}

fn constant(it: Difference<'_>) -> Option<Finding> {
    match it.fact {
        Fact::WireValue => Some(it.is(Rule::ConstantChanged)),
        Fact::WireName if !it.pair.is_renamed() => Some(it.is(Rule::PropertyRenamedOnWire)),
        _ => None,
    }
}
