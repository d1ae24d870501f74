//! What several kinds of nodes have in common: types, traits, declarations.

use std::collections::BTreeSet;

use super::{Difference, Finding};
use crate::diff::{Rule, shown};
use crate::outline::{Fact, Node, NodeKind, Ty, Value};

/// The type that keeps secrets.
const SECRET: &str = "SecretString";

/// The traits that a type lost or gained.
pub(super) fn traits(it: Difference<'_>) -> Vec<Finding> {
    let set = |value: Option<&Value>| -> BTreeSet<String> {
        match value {
            Some(Value::List(list)) => list.iter().cloned().collect(),
            _ => BTreeSet::new(),
        }
    };
    let (old, new) = (set(it.old), set(it.new));
    let lost = old.difference(&new).map(|name| {
        Finding::new(Rule::TraitLost)
            .before(name.clone())
            .on(it.fact)
    });
    let gained = new.difference(&old).map(|name| {
        Finding::new(Rule::TraitGained)
            .after(name.clone())
            .on(it.fact)
    });
    lost.chain(gained).collect()
}

/// What something is declared as, for a reader.
pub(super) fn declaration(node: &Node) -> Option<String> {
    let text = |fact: Fact| node.get(fact).and_then(shown);
    match node.kind {
        NodeKind::Field => text(Fact::Type).map(|ty| format!("{}: {ty}", node.name)),
        NodeKind::Argument | NodeKind::Header => {
            text(Fact::Type).map(|ty| format!("{}: {ty}", node.name))
        }
        NodeKind::Body => text(Fact::Type).map(|ty| format!("{}: {ty}", node.name)),
        NodeKind::Response => {
            let status = text(Fact::Status).unwrap_or_default();
            Some(match text(Fact::Type) {
                Some(ty) => format!("{status}: {ty}"),
                None => status,
            })
        }
        NodeKind::Variant => match node.get(Fact::Type) {
            Some(Value::Type(ty)) if !ty.is_unit() => Some(format!("{}({ty})", node.name)),
            _ => text(Fact::WireValue).map(|value| format!("{} = {value}", node.name)),
        },
        NodeKind::Operation => Some(format!(
            "{} {}",
            node.text(Fact::Method),
            node.text(Fact::Path)
        )),
        NodeKind::Item => Some(format!("{} {}", node.text(Fact::Kind), node.name)),
        NodeKind::Constant => {
            text(Fact::WireValue).map(|value| format!("{:?}: {value}", node.name))
        }
        NodeKind::Server => text(Fact::Url),
        NodeKind::Scheme | NodeKind::ForeignScheme => Some(node.text(Fact::Kind).to_owned()),
        NodeKind::Incoming => text(Fact::Output),
        NodeKind::Marker => text(Fact::Setter),
        NodeKind::Alias => text(Fact::Target),
        NodeKind::Package
        | NodeKind::Feature
        | NodeKind::Dependency
        | NodeKind::RuntimeItem
        | NodeKind::Api
        | NodeKind::ServerVariable
        | NodeKind::Flow
        | NodeKind::Session
        | NodeKind::DeviceFlow => None,
    }
}

/// Two types that differ: whether a secret is gained or lost, and what to do.
pub(super) fn type_changed(it: Difference<'_>, rule: Rule, old: &Ty, new: &Ty) -> Finding {
    let finding = match (old.mentions(SECRET), new.mentions(SECRET)) {
        (true, false) => return it.is(Rule::SecretExposed),
        (false, true) => return it.is(Rule::SecretProtected),
        _ => it.is(rule),
    };
    let is_presence = new.inside("Option") == Some(old) || old.inside("Option") == Some(new);
    let finding = Finding {
        fact: if is_presence {
            Some(Fact::Presence)
        } else {
            finding.fact
        },
        ..finding
    };
    match advice(old, new) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// What callers do about a type in the place of another.
fn advice(old: &Ty, new: &Ty) -> Option<&'static str> {
    const WRAPPERS: [(&str, &str, &str); 4] = [
        (
            "Option",
            "handle `None` where you read the value, and wrap what you set in `Some`",
            "use the value as it is: it is always there",
        ),
        (
            "Box",
            "wrap what you set in `Box::new`, and dereference what you read",
            "pass and read the value without the box",
        ),
        (
            "Maybe",
            "match `Maybe::Absent`, `Maybe::Null` and `Maybe::Value`",
            "use the value as it is: absent and null no longer differ",
        ),
        (
            "Vec",
            "pass and read a list of values",
            "pass and read a single value",
        ),
    ];
    WRAPPERS.iter().find_map(|(wrapper, around, off)| {
        if new.inside(wrapper) == Some(old) {
            Some(*around)
        } else if old.inside(wrapper) == Some(new) {
            Some(*off)
        } else {
            None
        }
    })
}
