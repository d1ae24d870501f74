//! Operations: arguments, bodies, responses.

use super::{Difference, Finding, security, values};
use crate::diff::matching::Pair;
use crate::diff::{Cx, Rule};
use crate::outline::{Fact, Node, NodeKind, Ty, Value, route};

pub(super) fn differs(cx: &Cx<'_>, it: Difference<'_>) -> Vec<Finding> {
    let finding = match it.pair.new.kind {
        NodeKind::Operation if it.fact == Fact::Security => return security::requirements(cx, it),
        NodeKind::Operation => operation(cx, it),
        NodeKind::Argument => argument(cx, it),
        NodeKind::Body => body(cx, it),
        NodeKind::Response => response(cx, it),
        NodeKind::Header => header(cx, it),
        NodeKind::Incoming => incoming(cx, it),
        _ => None,
    };
    finding.into_iter().collect()
}

fn operation(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        // They are called after the operation.
        (Fact::Types, ..) => types(it),
        (Fact::Signature, Some(Value::Arguments(old)), Some(Value::Arguments(new))) => {
            is_reordered(old, new)
                .then(|| it.is(Rule::ArgumentsReordered))
                .filter(|_| !it.pair.new.is(Fact::IsStruct))
        }
        (Fact::IsStruct, ..) => {
            let form = |node: &Node| {
                let form = if node.is(Fact::IsStruct) {
                    "a struct"
                } else {
                    "in a row"
                };
                form.to_owned()
            };
            let finding = Finding::new(Rule::SignatureChanged).on(Fact::Signature);
            Some(finding.before(form(it.pair.old)).after(form(it.pair.new)))
        }
        (Fact::Output, Some(Value::Type(old)), Some(Value::Type(new))) => {
            let is_same = cx.types.are_same(old, new) || is_own(it.pair, old, new);
            (!is_same).then(|| values::type_changed(it, Rule::OutputChanged, old, new))
        }
        (Fact::Headers, old, new) if old.is_none() != new.is_none() => {
            Some(it.is(Rule::ResponseHeadersChanged))
        }
        (Fact::Method, ..) => Some(it.is(Rule::MethodChanged)),
        (Fact::Path, ..) => path(it),
        (Fact::Servers, ..) => Some(it.is(Rule::OperationServersChanged)),
        (Fact::Retry, ..) => Some(it.is(Rule::RetryChanged)),
        _ => None,
    }
}

/// Whether an output is the operation's own enum on both sides: its variants tell what is new in it.
fn is_own(pair: Pair<'_>, old: &Ty, new: &Ty) -> bool {
    let is = |node: &Node, ty: &Ty| match node.get(Fact::Types) {
        Some(Value::Table(types)) => {
            let mut types = types.iter();
            types.any(|(role, name)| role == "success" && *ty == Ty::path(name.as_str()))
        }
        _ => false,
    };
    is(pair.old, old) && is(pair.new, new)
}

/// Names that differ although the operation has its name still: another item wanted them.
fn types(it: Difference<'_>) -> Option<Finding> {
    if it.pair.is_renamed() {
        return None;
    }
    let (Some(Value::Table(old)), Some(Value::Table(new))) = (it.old, it.new) else {
        return None;
    };
    let other = old.iter().find_map(|(role, name)| {
        let (_, now) = new.iter().find(|(other, _)| other == role)?;
        (now != name).then_some((name, now))
    });
    let (before, after) = other?;
    let finding = Finding::new(Rule::OperationTypesRenamed);
    Some(finding.before(before.as_str()).after(after.as_str()))
}

/// Whether arguments that are on both sides stand in another order.
fn is_reordered(old: &[(String, Ty)], new: &[(String, Ty)]) -> bool {
    let common = |all: &[(String, Ty)], other: &[(String, Ty)]| -> Vec<String> {
        let names = all.iter().map(|(name, _)| name);
        let names = names.filter(|name| other.iter().any(|(it, _)| it == *name));
        names.cloned().collect()
    };
    common(old, new) != common(new, old)
}

/// A path, unless only the names of its parameters differ.
fn path(it: Difference<'_>) -> Option<Finding> {
    let (Some(Value::Text(old)), Some(Value::Text(new))) = (it.old, it.new) else {
        return None;
    };
    (route(old) != route(new)).then(|| it.is(Rule::PathChanged))
}

fn argument(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Type, Some(Value::Type(old)), Some(Value::Type(new))) => {
            argument_type(cx, it, old, new)
        }
        (Fact::Type, Some(_), None) => Some(it.is(Rule::ArgumentFixed).on(Fact::WireValue)),
        (Fact::Type, None, Some(_)) => Some(it.is(Rule::RequiredArgumentAdded).on(Fact::WireValue)),
        // It is fixed now, or no longer.
        (Fact::WireValue, Some(_), Some(_)) => Some(it.is(Rule::ConstantChanged)),
        (Fact::Required, ..) => Some(
            it.gained_or_lost(Rule::ArgumentBecameRequired, Rule::ArgumentBecameOptional)
                .after(values::declaration(it.pair.new).unwrap_or_default()),
        ),
        (Fact::EmptySetter, None, Some(_)) => Some(it.is(Rule::EmptySetterAdded)),
        (Fact::EmptySetter, Some(_), None) => Some(it.is(Rule::EmptySetterRemoved)),
        (Fact::WireName, ..) => wire_name(cx, it),
        (Fact::Location, ..) => Some(it.is(Rule::ParameterMoved)),
        // A place has a style of its own.
        (Fact::Serialization, ..) => {
            let is_moved = it.pair.old.get(Fact::Location) != it.pair.new.get(Fact::Location);
            (!is_moved).then(|| it.is(Rule::SerializationChanged))
        }
        (Fact::Replaces, old, new) => {
            let schemes = |value: Option<&Value>| match value {
                Some(Value::List(list)) => list.clone(),
                _ => Vec::new(),
            };
            let old: Vec<String> = schemes(old).iter().map(|it| cx.scheme(it)).collect();
            (old != schemes(new)).then(|| it.is(Rule::CredentialReplacedByArgument))
        }
        (Fact::Default, ..) => Some(it.is(Rule::DefaultChanged)),
        _ => None,
    }
}

/// The name of a parameter on the wire: those of paths travel nowhere, and one that has another name in Rust, too, is
/// told of by that where callers notice.
fn wire_name(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    let is_path = it.pair.new.text(Fact::Location) == "path";
    let is_told = it.pair.is_renamed()
        && !it.pair.new.is(Fact::Required)
        && !cx.types.kept().keeps(it.pair.old, it.pair.new);
    // Names of headers have no case (RFC 9110, section 5.1).
    let is_header = |node: &Node| node.text(Fact::Location) == "header";
    let is_same = is_header(it.pair.old)
        && is_header(it.pair.new)
        && it
            .pair
            .old
            .text(Fact::WireName)
            .eq_ignore_ascii_case(it.pair.new.text(Fact::WireName));
    (!is_path && !is_told && !is_same).then(|| it.is(Rule::ParameterRenamedOnWire))
}

/// An argument of another type. What takes more than before breaks nobody.
fn argument_type(cx: &Cx<'_>, it: Difference<'_>, old: &Ty, new: &Ty) -> Option<Finding> {
    if cx.types.are_same(old, new) {
        return None;
    }
    let is_wider = new
        .inside("impl Into")
        .is_some_and(|inner| cx.types.are_same(old, inner) || converts(it.pair, old, new));
    if is_wider {
        return Some(it.is(Rule::ArgumentWidened));
    }
    Some(values::type_changed(
        it,
        Rule::ArgumentTypeChanged,
        old,
        new,
    ))
}

/// Whether what was passed before converts into the enum of bodies that is taken now.
fn converts(pair: Pair<'_>, old: &Ty, new: &Ty) -> bool {
    let plain = old.inside("impl Into").unwrap_or(old);
    let mut variants = pair.new.children(NodeKind::Variant);
    // `impl Into` of a type takes more than the type, which an enum of bodies does not.
    let is_plain = plain == old;
    new.inside("impl Into").is_some()
        && is_plain
        && variants.any(|it| {
            it.is(Fact::From)
                && matches!(it.get(Fact::Type), Some(Value::Type(ty)) if ty.inside("Box").unwrap_or(ty) == plain)
        })
}

fn body(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Type, Some(Value::Type(old)), Some(Value::Type(new))) => {
            argument_type(cx, it, old, new)
        }
        (Fact::Required, ..) => Some(
            it.gained_or_lost(Rule::ArgumentBecameRequired, Rule::ArgumentBecameOptional)
                .after(values::declaration(it.pair.new).unwrap_or_default()),
        ),
        (Fact::MediaTypes, ..) => Some(it.is(Rule::RequestMediaTypeChanged)),
        (Fact::Serialization, ..) => {
            let is_told = it.pair.old.get(Fact::MediaTypes) != it.pair.new.get(Fact::MediaTypes);
            (!is_told).then(|| it.is(Rule::SerializationChanged))
        }
        _ => None,
    }
}

fn response(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    let (old, new) = (it.pair.old, it.pair.new);
    let is_moved = old.get(Fact::Role) != new.get(Fact::Role);
    let is_error = |node: &Node| node.text(Fact::Role) != "success";
    match (it.fact, it.old, it.new) {
        (Fact::Role, ..) => Some(it.is(Rule::StatusMoved).on(Fact::Status)),
        // The type of the only success is the output of the operation.
        (Fact::Type, Some(Value::Type(before)), Some(Value::Type(after))) if !is_moved => {
            let rule = if is_error(new) {
                Rule::ErrorVariantChanged
            } else {
                Rule::VariantTypeChanged
            };
            let is_same = cx.types.are_same(before, after);
            (!is_same).then(|| values::type_changed(it, rule, before, after))
        }
        (Fact::MediaTypes, ..) => {
            // A body that came or went is told by its type.
            let is_bare =
                |value: Option<&Value>| matches!(value, Some(Value::List(list)) if list.is_empty());
            (!is_bare(it.old) && !is_bare(it.new)).then(|| it.is(Rule::ResponseMediaTypeChanged))
        }
        (Fact::Status, ..) if !is_moved => Some(it.is(Rule::SuccessStatusChanged)),
        _ => None,
    }
}

fn header(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Type, Some(Value::Type(old)), Some(Value::Type(new))) => {
            let is_same = cx.types.are_same(old, new);
            (!is_same).then(|| values::type_changed(it, Rule::HeaderTypeChanged, old, new))
        }
        (Fact::WireName, ..) if !it.pair.is_renamed() => Some(it.is(Rule::HeaderRenamedOnWire)),
        (Fact::Serialization, ..) => Some(it.is(Rule::SerializationChanged)),
        _ => None,
    }
}

fn incoming(cx: &Cx<'_>, it: Difference<'_>) -> Option<Finding> {
    match (it.fact, it.old, it.new) {
        (Fact::Output, Some(Value::Type(old)), Some(Value::Type(new))) => {
            let is_same = cx.types.are_same(old, new);
            (!is_same).then(|| values::type_changed(it, Rule::IncomingTypeChanged, old, new))
        }
        (Fact::Method, ..) => Some(it.is(Rule::MethodChanged)),
        (Fact::MediaTypes, ..) => Some(it.is(Rule::RequestMediaTypeChanged)),
        (Fact::Url, ..) => Some(it.is(Rule::PathChanged)),
        _ => None,
    }
}

/// An argument of another name: setters and fields are called by it, arguments in a row are not.
pub(super) fn argument_renamed(pair: Pair<'_>) -> Option<Finding> {
    if pair.old.get(Fact::Type).is_none() || pair.new.get(Fact::Type).is_none() {
        // What has one value has no name in Rust.
        return None;
    }
    let is_called = !pair.new.is(Fact::Required) || !pair.old.is(Fact::Required);
    let rule = if is_called {
        Rule::ArgumentRenamed
    } else {
        Rule::ArgumentNameChanged
    };
    Some(Finding::renamed(rule, pair))
}

pub(super) fn argument_removed(node: &Node) -> Finding {
    let rule = match node.get(Fact::Type) {
        Some(_) => Rule::ArgumentRemoved,
        None => Rule::ConstantChanged,
    };
    Finding {
        before: values::declaration(node),
        ..Finding::new(rule)
    }
}

pub(super) fn argument_added(node: &Node) -> Finding {
    let rule = match node.get(Fact::Type) {
        None => Rule::ConstantChanged,
        Some(_) if node.is(Fact::Required) => Rule::RequiredArgumentAdded,
        Some(_) => Rule::OptionalArgumentAdded,
    };
    Finding {
        after: values::declaration(node),
        ..Finding::new(rule)
    }
}

/// A response under another name: that of its variant, where callers match it.
pub(super) fn response_renamed(pair: Pair<'_>) -> Option<Finding> {
    let Pair { old, new } = pair;
    let is_told = old.get(Fact::Role) != new.get(Fact::Role)
        || old.get(Fact::Status) != new.get(Fact::Status);
    let is_named = new.get(Fact::Type).is_some();
    let plain = |name: &str| name.trim_start_matches("success ").to_owned();
    (!is_told && is_named).then(|| {
        Finding::new(Rule::ErrorVariantRenamed)
            .before(plain(&old.name))
            .after(plain(&new.name))
    })
}

pub(super) fn response_removed(node: &Node) -> Finding {
    let rule = match (node.text(Fact::Role), node.get(Fact::Type)) {
        ("success", None) => Rule::SuccessResponseRemoved,
        ("success", Some(_)) => Rule::VariantRemoved,
        _ => Rule::ErrorVariantRemoved,
    };
    Finding {
        before: values::declaration(node),
        ..Finding::new(rule)
    }
}

pub(super) fn response_added(node: &Node) -> Finding {
    let rule = match (node.text(Fact::Role), node.get(Fact::Type)) {
        ("success", None) => Rule::SuccessResponseAdded,
        ("success", Some(_)) => Rule::VariantAdded,
        _ => Rule::ErrorVariantAdded,
    };
    Finding {
        after: values::declaration(node),
        ..Finding::new(rule)
    }
}
